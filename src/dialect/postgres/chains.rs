//! Chains of OR and AND that the server builds pair by pair, out of `a in (b, c, d)` over columns and of `(a, b, c) is
//! distinct from (d, e, f)`. It prints the pairs as they nest and reads them as one flat chain, which prints otherwise; so
//! they are written as what they came from.

use std::borrow::Cow;

use super::tokens::{Token, TokenKind, significant};

/// The text with these chains as people write them.
pub(super) fn written(text: &str) -> Cow<'_, str> {
    if !text.contains(")) OR (") && !text.contains(")) AND (") {
        return Cow::Borrowed(text);
    }
    let read = Read { text, all: significant(text).collect() };
    let mut out = String::with_capacity(text.len());
    let (mut copied, mut at) = (0, 0);
    while let Some(token) = read.all.get(at) {
        let found = read.chain(at).and_then(|(chain, close)| Some((chain.written()?, read.all.get(close)?, close)));
        if let Some((written, last, close)) = found {
            out.push_str(text.get(copied..token.start).unwrap_or_default());
            out.push_str(&written);
            (copied, at) = (last.end, close);
        }
        at += 1;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    Equal,
    Unequal,
    Distinct,
}

/// What stands on both sides of an operator.
struct Pair<'a> {
    left: &'a str,
    operator: Operator,
    right: &'a str,
    is_constant: bool,
}

/// Pairs from the innermost on, and whether they are joined by OR.
struct Chain<'a> {
    pairs: Vec<Pair<'a>>,
    is_or: bool,
}

impl Chain<'_> {
    /// What the server makes such a chain of; nothing where it makes none.
    fn written(&self) -> Option<String> {
        let first = self.pairs.first()?;
        if self.pairs.len() < 3 || self.pairs.iter().any(|pair| pair.operator != first.operator) {
            return None;
        }
        let list = |side: fn(&Pair<'_>) -> String| self.pairs.iter().map(side).collect::<Vec<_>>().join(", ");
        let rights = list(|pair| pair.right.to_owned());
        // Of several constants the server makes an array.
        let same = self.pairs.iter().all(|pair| pair.left == first.left)
            && self.pairs.iter().filter(|pair| pair.is_constant).count() < 2;
        match (first.operator, self.is_or) {
            (Operator::Distinct, true) => {
                Some(format!("(ROW({}) IS DISTINCT FROM ROW({rights}))", list(|pair| pair.left.to_owned())))
            }
            (Operator::Equal, true) if same => Some(format!("({} IN ({rights}))", first.left)),
            (Operator::Unequal, false) if same => Some(format!("({} NOT IN ({rights}))", first.left)),
            _ => None,
        }
    }
}

struct Read<'a> {
    text: &'a str,
    all: Vec<Token>,
}

impl<'a> Read<'a> {
    fn is(&self, at: usize, symbol: &str) -> bool {
        self.all.get(at).is_some_and(|token| token.kind == TokenKind::Symbol && token.text(self.text) == symbol)
    }

    fn is_word(&self, at: usize, word: &str) -> bool {
        self.all.get(at).is_some_and(|token| token.is_word(self.text, word))
    }

    /// The parenthesis that closes the one at a place.
    fn closing(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for at in open..self.all.len() {
            if self.is(at, "(") {
                depth += 1;
            } else if self.is(at, ")") {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
        }
        None
    }

    /// The chain in the parentheses that open at a place: `((pair) OR (pair))`, with a chain in place of the first pair or
    /// not; and where they close.
    fn chain(&self, open: usize) -> Option<(Chain<'a>, usize)> {
        if !self.is(open, "(") || !self.is(open + 1, "(") {
            return None;
        }
        let left = self.closing(open + 1)?;
        let is_or = self.is_word(left + 1, "or");
        if !is_or && !self.is_word(left + 1, "and") || !self.is(left + 2, "(") {
            return None;
        }
        let right = self.closing(left + 2)?;
        if !self.is(right + 1, ")") {
            return None;
        }
        let inner = self.chain(open + 1).map(|(chain, _)| chain).filter(|chain| chain.is_or == is_or);
        let mut pairs = match inner {
            Some(chain) => chain.pairs,
            None => vec![self.pair(open + 1, left)?],
        };
        pairs.push(self.pair(left + 2, right)?);
        Some((Chain { pairs, is_or }, right + 1))
    }

    /// A comparison in parentheses.
    fn pair(&self, open: usize, close: usize) -> Option<Pair<'a>> {
        let (mut depth, mut found) = (0_usize, None);
        for at in open + 1..close {
            if self.is(at, "(") || self.is(at, "[") {
                depth += 1;
            } else if self.is(at, ")") || self.is(at, "]") {
                depth = depth.checked_sub(1)?;
            } else if depth == 0 {
                let operator = match () {
                    () if self.is(at, "=") => Some((Operator::Equal, 1)),
                    () if self.is(at, "<>") => Some((Operator::Unequal, 1)),
                    () if self.is_word(at, "is")
                        && self.is_word(at + 1, "distinct")
                        && self.is_word(at + 2, "from") =>
                    {
                        Some((Operator::Distinct, 3))
                    }
                    () if self.is_word(at, "or") || self.is_word(at, "and") || self.is_word(at, "not") => return None,
                    () => None,
                };
                if let Some((operator, width)) = operator {
                    if found.is_some() {
                        return None;
                    }
                    found = Some((operator, at, at + width));
                }
            }
        }
        let (operator, end, begin) = found?;
        let first = self.all.get(begin)?;
        let quantified = self.is_word(begin, "any") || self.is_word(begin, "all");
        Some(Pair {
            left: self.between(open + 1, end)?,
            operator,
            right: self.between(begin, close)?,
            is_constant: matches!(first.kind, TokenKind::String | TokenKind::Number),
        })
        .filter(|_| !quantified)
    }

    fn between(&self, from: usize, to: usize) -> Option<&'a str> {
        let (first, last) = (self.all.get(from)?, self.all.get(to.checked_sub(1)?)?);
        self.text.get(first.start..last.end).filter(|text| !text.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nests_is_written_otherwise() {
        for (printed, expected) in [
            (
                "WHEN ((((old.a IS DISTINCT FROM new.a) OR (old.b IS DISTINCT FROM new.b)) OR (f(c, 1) IS DISTINCT FROM 2)))",
                "WHEN ((ROW(old.a, old.b, f(c, 1)) IS DISTINCT FROM ROW(new.a, new.b, 2)))",
            ),
            ("(((a = b) OR (a = c)) OR (a = (d + 1)))", "(a IN (b, c, (d + 1)))"),
            ("((((a <> 1) AND (a <> c)) AND (a <> d)) AND (x > 0))", "((a NOT IN (1, c, d)) AND (x > 0))"),
        ] {
            assert_eq!(written(printed), expected);
            assert_eq!(written(expected), expected);
        }
        for kept in [
            "((a = b) OR (a = c) OR (a = d))",
            "((a = b) OR ((a = c) OR (a = d)))",
            "(((a = b) OR (x = c)) OR (a = d))",
            "(((a = b) AND (a = c)) AND (a = d))",
            "(((a = 1) OR (a = 2)) OR (a = d))",
            "(((a = ANY (b)) OR (a = c)) OR (a = d))",
            "')) OR ('",
        ] {
            assert_eq!(written(kept), kept);
        }
    }
}
