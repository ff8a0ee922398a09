//! Casts that the server makes by itself over the array of an IN or an ANY, and prints as if somebody had written them:
//! of `v in ('a', 'b')` over a varchar it makes `(v)::text = ANY ((ARRAY['a'::character varying, ...])::text[])`. Read
//! again, such a cast is one of each element, which prints otherwise; without it, the array is what it was.

use std::borrow::Cow;

use super::tokens::{Token, TokenKind, significant};

/// The text without these casts.
pub(super) fn without(text: &str) -> Cow<'_, str> {
    if !text.contains("])::") {
        return Cow::Borrowed(text);
    }
    let all: Vec<Token> = significant(text).collect();
    let mut plain = String::with_capacity(text.len());
    let mut copied = 0;
    for at in 0..all.len() {
        let Some((open, close)) = cast(text, &all, at) else { continue };
        for (start, end) in [open, close] {
            plain.push_str(text.get(copied..start).unwrap_or_default());
            copied = end;
        }
    }
    plain.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(plain)
}

/// Where the parenthesis before an array stands and what stands behind it, `)::text[]`, if the token is the ANY or ALL
/// of an operator over what is cast to the same type, or to numbers.
fn cast(text: &str, all: &[Token], at: usize) -> Option<((usize, usize), (usize, usize))> {
    let is = |at: usize, symbol: &str| all.get(at).is_some_and(|token| token.text(text) == symbol);
    let is_word = |at: usize, word: &str| all.get(at).is_some_and(|token| token.is_word(text, word));
    let quantified = is_word(at, "any") || is_word(at, "all") || is_word(at, "some");
    if !quantified || !is(at + 1, "(") || !is(at + 2, "(") || !is_word(at + 3, "array") || !is(at + 4, "[") {
        return None;
    }
    let end = closing(text, all, at + 4)?;
    if !is(end + 1, ")") || !is(end + 2, "::") {
        return None;
    }
    let last = (end + 3..all.len()).find(|at| is(*at, "["))?;
    if !is(last + 1, "]") || !is(last + 2, ")") {
        return None;
    }
    let ty = text.get(all.get(end + 3)?.start..all.get(last)?.start)?;
    let meant = match ty {
        "text" => is_text(text, all.get(..at)?),
        "numeric" | "double precision" | "real" => true,
        _ => false,
    };
    let (open, array) = (all.get(at + 2)?, all.get(at + 3)?);
    let (before, after) = (all.get(end)?, all.get(last + 1)?);
    meant.then_some(((open.start, array.start), (before.end, after.end)))
}

/// Whether the operand before an operator is cast to text: over another type the cast of the array may choose the operator.
fn is_text(text: &str, before: &[Token]) -> bool {
    let [operand @ .., operator] = before else { return false };
    let operand = match operand {
        [inner @ .., last] if last.text(text) == ")" => inner,
        operand => operand,
    };
    let [.., cast, ty] = operand else { return false };
    operator.kind == TokenKind::Symbol && cast.text(text) == "::" && ty.is_word(text, "text")
}

/// The bracket that closes the one at a place.
fn closing(text: &str, all: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in all.iter().enumerate().skip(open).filter(|(_, token)| token.kind == TokenKind::Symbol) {
        match token.text(text) {
            "[" => depth += 1,
            "]" if depth == 1 => return Some(at),
            "]" => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_casts_that_the_server_makes_go() {
        for (printed, plain) in [
            (
                "(v)::text = ANY ((ARRAY['a'::character varying, 'b]'::character varying])::text[])",
                "(v)::text = ANY (ARRAY['a'::character varying, 'b]'::character varying])",
            ),
            ("((v)::text || 'x'::text) <> ALL ((ARRAY[w])::text[])", "((v)::text || 'x'::text) <> ALL (ARRAY[w])"),
            (
                "n = ANY ((ARRAY[1, 2])::numeric[]) AND d = ANY ((ARRAY[(1)::numeric, a[1]])::double precision[])",
                "n = ANY (ARRAY[1, 2]) AND d = ANY (ARRAY[(1)::numeric, a[1]])",
            ),
        ] {
            assert_eq!(without(printed), plain);
            assert_eq!(without(plain), plain);
        }
        for kept in [
            "c = ANY ((ARRAY['a'::character varying])::text[])",
            "(v)::text = ANY (ARRAY[('a'::character varying)::text])",
            "f((ARRAY['a'::character varying])::text[])",
            "(v)::text = ANY ((ARRAY['a'::character varying])::text[] || w)",
            "'ANY ((ARRAY[1])::numeric[])'",
        ] {
            assert_eq!(without(kept), kept);
        }
    }
}
