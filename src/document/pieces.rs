//! Long files are parsed piece by piece, since the parser needs many times the text's size at once.
//!
//! A header begins anew at the top of the file, so a text may be cut before any of them. What one piece
//! cannot see of another (an object that is declared in both) is looked for afterwards; where there is any
//! doubt, the file is parsed as one.

use std::collections::HashSet;

use toml::de::DeTable;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use crate::diagnostic::FileId;

use super::tree::{Interner, Item, Node, Value, items};

/// How much text a piece has at least.
const PIECE: usize = 1 << 18;

/// The values of a file without errors, if it is long enough to be worth it and can be read in pieces.
pub(super) fn parse(file: FileId, text: &str) -> Option<Vec<Item>> {
    if text.len() < 2 * PIECE { None } else { in_pieces(file, text, PIECE) }
}

fn in_pieces(file: FileId, text: &str, at_least: usize) -> Option<Vec<Item>> {
    let mut all: Vec<Item> = Vec::new();
    let mut words = Interner::default();
    let mut start = 0;
    for end in cuts(text, at_least).chain([text.len()]) {
        let (table, errors) = DeTable::parse_recoverable(text.get(start..end)?);
        if !errors.is_empty() {
            return None;
        }
        for item in items(file, start, table.get_ref(), &mut words) {
            match all.iter_mut().find(|known| known.key == item.key) {
                None => all.push(item),
                Some(known) => join(text, known, item)?,
            }
        }
        start = end;
    }
    let is_once = |item: &Item| {
        let mut seen = HashSet::new();
        item.node.table().is_none_or(|items| items.iter().all(|item| seen.insert(&*item.key)))
    };
    all.iter().all(is_once).then_some(all)
}

/// Joins a section of a later piece to the same one of an earlier; only one that nothing but longer headers
/// imply may stand in both.
fn join(text: &str, known: &mut Item, again: Item) -> Option<()> {
    let is_implied = |item: &Item| {
        let is_in_header = text.get(..item.place.span.start).is_some_and(|before| before.trim_end().ends_with('['));
        is_in_header && item.node.place == item.place
    };
    if !is_implied(known) || !is_implied(&again) {
        return None;
    }
    match (&mut known.node.value, again.node) {
        (Value::Table(known), Node { value: Value::Table(more), .. }) => {
            known.extend(more);
            Some(())
        }
        _ => None,
    }
}

/// Where the headers of another object begin, far enough apart.
fn cuts(text: &str, at_least: usize) -> impl Iterator<Item = usize> {
    let (mut last, mut depth) = (0, 0_u32);
    let mut is_line_start = true;
    // The header that is being read, and how many dots it has so far.
    let mut header: Option<(usize, u32)> = None;
    let mut object = "";
    Source::new(text).lex().filter_map(move |token| {
        let at = token.span().start();
        let begins_line = is_line_start;
        is_line_start = match token.kind() {
            TokenKind::Newline => true,
            TokenKind::Whitespace => is_line_start,
            _ => false,
        };
        let mut named = None;
        match token.kind() {
            TokenKind::LeftSquareBracket if depth == 0 && begins_line => {
                header = Some((at, 0));
                depth = 1;
            }
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => depth += 1,
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                depth = depth.saturating_sub(1);
                named = header.take();
            }
            TokenKind::Dot => match &mut header {
                Some((_, 1)) => named = header.take(),
                Some((_, dots)) => *dots += 1,
                None => {}
            },
            _ => {}
        }
        let (start, _) = named?;
        let is_another = std::mem::replace(&mut object, text.get(start..at)?) != object;
        (is_another && start - last >= at_least).then(|| {
            last = start;
            start
        })
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::diagnostic::Sources;

    fn both(text: &str) -> (Option<String>, String) {
        let file = Sources::default().add("a.toml", text);
        let whole = items(file, 0, DeTable::parse(text).unwrap().get_ref(), &mut Interner::default());
        (in_pieces(file, text, 1).map(|items| format!("{items:#?}")), format!("{whole:#?}"))
    }

    #[test]
    fn pieces_give_what_the_whole_gives() {
        for text in [
            "",
            "only = [\"sqlite\"]\n[table.a]\nx = 1\n[table.b.column]\ny = { type = \"a\" }\n",
            "[table.a.column]\nx = 1\n  [table.b]\nx = '''\n[table.c]\n'''\ny = [\n[1],\n[2]]\n[view.v]\nsql = \"[x]\"\n",
            "[table.a.index]\ny = 1\n[table.a]\nx = 1\n[table.b]\n[table.b.column]\n[ table . c ]\n",
            "a.b = 1\n\n# [c]\n[table.\"ä\"]\nx = \"\"\"\n[table.a]\"\"\"\n[table.b]\n",
        ] {
            let (pieces, whole) = both(text);
            assert_eq!(pieces.as_deref(), Some(whole.as_str()), "{text}");
        }
    }

    #[test]
    fn what_pieces_cannot_judge_is_left_to_the_whole() {
        for text in [
            "[table.a]\nx = 1\n[table]\ny = 1\n",
            "[[table]]\nx = 1\n[[view]]\n[[table]]\ny = 1\n",
            "[table.a]\ny = 1\n[table.b]\n[table.a.index]\nx = 1\n",
        ] {
            assert_eq!(both(text).0, None, "{text}");
        }
        let file = Sources::default().add("a.toml", "");
        for text in [
            "[table.a]\n[table.a]\n",
            "x = [\n[table.a]\n",
            "table.a.x = 1\n[table.b]\n",
            "x = \"\n[table.a]\n[table.b]\n",
        ] {
            assert!(in_pieces(file, text, 1).is_none(), "{text}");
        }
    }
}
