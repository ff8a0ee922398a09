//! The bounds of partitions: the server keeps what their expressions come to, so they are computed to be compared.

use crate::catalog::{Object, ObjectId, Partition};
use crate::database::Elaborated;
use crate::dialect::Dialect as _;
use crate::diff::Delta;
use crate::error::Result;

use super::super::query::{Link, Texts};
use super::super::sql::string;
use super::super::tokens::{TokenKind, significant};
use super::{Judged, settle};

pub(super) fn bounds(link: &mut Link<'_>, cx: &Judged<'_>, elaborated: &mut Elaborated) -> Result<()> {
    let altered = cx.deltas.iter().filter(|(id, delta)| **delta == Delta::Alter && !elaborated.equal.contains(*id));
    let pairs: Vec<(&ObjectId, &Partition, &Partition, Pieces)> = altered
        .filter_map(|(id, _)| match (cx.live.object(id), cx.desired.object(id)) {
            (Some(Object::Partition(live)), Some(Object::Partition(desired))) => {
                let pieces = Pieces::of(desired.values.as_ref()?.as_str());
                (!pieces.computed.is_empty()).then_some((id, live, desired, pieces))
            }
            _ => None,
        })
        .collect();
    if pairs.is_empty() {
        return Ok(());
    }
    let statements: Vec<String> =
        pairs.iter().map(|(.., pieces)| format!("SELECT {}", pieces.computed.join(", "))).collect();
    for ((id, live, desired, pieces), answer) in pairs.into_iter().zip(link.batch(&statements)?) {
        // What the server does not compute it refuses in the plan's statement too, with its reason.
        let Ok(values) = answer else { continue };
        let computed = Partition { values: Some(cx.dialect.expression(&pieces.with(&values))), ..desired.clone() };
        let (was, is) = (cx.live.get(id), cx.desired.get(id));
        let same_comment = was.map(|entry| &entry.comment) == is.map(|entry| &entry.comment);
        if same_comment && settle::partition(live, cx.dialect) == settle::partition(&computed, cx.dialect) {
            elaborated.equal.insert(id.clone());
        }
    }
    Ok(())
}

/// A text in which some parts are to be computed.
struct Pieces {
    /// What stands before, between and behind them.
    around: Vec<String>,
    computed: Vec<String>,
}

impl Pieces {
    /// The parts of a list in parentheses, in tuples too, that are more than a literal.
    fn of(text: &str) -> Self {
        let tokens: Vec<_> = significant(text).collect();
        let mut pieces = Self { around: Vec::new(), computed: Vec::new() };
        let (mut from, mut depth) = (0, 0_usize);
        // The first token of an item, and the parentheses that are open in it.
        let mut start: Option<(usize, usize)> = None;
        for (at, token) in tokens.iter().enumerate() {
            let symbol = token.text(text);
            let opens_list = symbol == "(" && start.is_none();
            if opens_list {
                depth += 1;
                continue;
            }
            let inner = start.map_or(0, |(_, depth)| depth);
            let ends = start.is_some() && inner == 0 && matches!(symbol, "," | ")");
            if ends && let Some((first, _)) = start {
                let expression = tokens.get(first).zip(tokens.get(at - 1)).map(|(a, b)| (a.start, b.end));
                if let Some((a, b)) =
                    expression.filter(|_| !is_literal(text, tokens.get(first..at).unwrap_or_default()))
                {
                    pieces.around.push(text.get(from..a).unwrap_or_default().to_owned());
                    pieces.computed.push(text.get(a..b).unwrap_or_default().to_owned());
                    from = b;
                }
                start = None;
            }
            match symbol {
                ")" if start.is_none() => depth = depth.saturating_sub(1),
                "," if start.is_none() => {}
                "(" => start = start.map(|(first, inner)| (first, inner + 1)),
                ")" => start = start.map(|(first, inner)| (first, inner.saturating_sub(1))),
                _ if start.is_none() && depth > 0 => start = Some((at, 0)),
                _ => {}
            }
        }
        pieces.around.push(text.get(from..).unwrap_or_default().to_owned());
        pieces
    }

    fn with(&self, values: &Texts) -> String {
        let mut out = String::new();
        for (at, around) in self.around.iter().enumerate() {
            out.push_str(around);
            if at < self.computed.len() {
                out.push_str(&match values.get(at).and_then(Option::as_deref) {
                    Some(number) if number.parse::<i128>().is_ok() => number.to_owned(),
                    Some(text) => string(text),
                    None => "null".to_owned(),
                });
            }
        }
        out
    }
}

/// Whether the server keeps it as it is written.
fn is_literal(text: &str, tokens: &[super::super::tokens::Token]) -> bool {
    match tokens {
        [one] => one.kind != TokenKind::Word || ["maxvalue", "null"].iter().any(|word| one.is_word(text, word)),
        [sign, number] => matches!(sign.text(text), "-" | "+") && number.kind == TokenKind::Number,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Pieces;

    #[test]
    fn what_is_computed_is_found() {
        for (text, computed) in [
            ("less than (2000)", vec![]),
            ("less than (maxvalue)", vec![]),
            ("less than maxvalue", vec![]),
            ("in (1, -2, null)", vec![]),
            ("less than (to_days('2020-01-01'))", vec!["to_days('2020-01-01')"]),
            ("in ((1, 'a'), (1 + 1, concat('b', 'c')))", vec!["1 + 1", "concat('b', 'c')"]),
        ] {
            let pieces = Pieces::of(text);
            assert_eq!(pieces.computed, computed, "{text}");
            assert_eq!(pieces.around.len(), computed.len() + 1);
        }
        let pieces = Pieces::of("less than (to_days('2020-01-01'), 'x')");
        assert_eq!(pieces.with(&vec![Some("737790".to_owned())]), "less than (737790, 'x')");
    }
}
