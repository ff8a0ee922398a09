//! The form in which SQL is compared: its tokens, spelled one way where the server reads them as one.

use super::keywords::is_reserved;
use super::sql;
use super::tokens::{Token, TokenKind, significant};
use crate::catalog::Sql;

/// Whether the case of a name's letters counts: it does for tables, not for columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Folded,
    Kept,
}

/// An expression over columns, as of a check or a default.
pub(super) fn expression(text: &str) -> Sql {
    Sql::new(text.trim(), canonical(text, Case::Folded))
}

/// A query or a body, whose tables may be told apart by case.
pub(super) fn query(text: &str) -> Sql {
    Sql::new(text.trim(), canonical(text, Case::Kept))
}

/// Tokens joined by one space, without comments, trailing semicolons and parentheses around the whole.
pub(super) fn canonical(text: &str, case: Case) -> String {
    let all: Vec<Token> = significant(text).collect();
    let mut rest = all.as_slice();
    while let Some((last, before)) = rest.split_last() {
        if last.is_symbol(text, ";") {
            rest = before;
        } else if is_enclosed(rest, text) {
            rest = before.get(1..).unwrap_or_default();
        } else {
            break;
        }
    }
    let mut out = String::with_capacity(text.len());
    for (at, token) in rest.iter().enumerate() {
        let called = rest.get(at + 1).is_some_and(|next| next.is_symbol(text, "("));
        push(&mut out, &spelling(token, text, case, called));
    }
    out
}

/// Whether the first parenthesis is closed by the last token.
fn is_enclosed(all: &[Token], text: &str) -> bool {
    if !all.first().is_some_and(|first| first.is_symbol(text, "(")) {
        return false;
    }
    let mut depth = 0_usize;
    for (at, token) in all.iter().enumerate() {
        if token.is_symbol(text, "(") {
            depth += 1;
        } else if token.is_symbol(text, ")") {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at + 1 == all.len();
            }
        }
    }
    false
}

fn push(out: &mut String, text: &str) {
    if !text.is_empty() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(text);
    }
}

fn spelling(token: &Token, sql: &str, case: Case, called: bool) -> String {
    let text = token.text(sql);
    match token.kind {
        TokenKind::Word if case == Case::Folded || called || is_reserved(text) => text.to_lowercase(),
        TokenKind::Quoted => {
            let name = super::tokens::unquote(text);
            let name = if case == Case::Folded { name.to_lowercase() } else { name };
            // Before a parenthesis the backticks tell a stored function from a built-in one.
            if sql::is_plain(&name) && !is_reserved(&name) && !called { name } else { sql::quote(&name) }
        }
        TokenKind::String => sql::string(&token.string(sql).unwrap_or_default()),
        TokenKind::Introducer => match text.to_ascii_lowercase().as_str() {
            // The charset of the session, so of every literal without one.
            "_utf8mb4" if followed_by_string(token, sql) => String::new(),
            "n" => "_utf8mb3".to_owned(),
            other => other.to_owned(),
        },
        TokenKind::Bits => bits(text),
        TokenKind::Number => text.to_ascii_lowercase(),
        TokenKind::Symbol => match text {
            "!=" => "<>",
            "&&" => "and",
            // As PIPES_AS_CONCAT is not in the session's sql_mode.
            "||" => "or",
            other => other,
        }
        .to_owned(),
        // A name of which the case counts among them.
        _ => text.to_owned(),
    }
}

/// Bits without a charset are binary, so there `_utf8mb4` counts.
fn followed_by_string(token: &Token, sql: &str) -> bool {
    sql.get(token.end..).is_some_and(|rest| rest.trim_start().starts_with(['\'', '"']))
}

/// `x'AB'` and `0xab` are one.
fn bits(text: &str) -> String {
    let digits = text.get(2..).unwrap_or_default().trim_end_matches('\'').to_ascii_lowercase();
    let hex = text.starts_with(['x', 'X']) || text.starts_with("0x");
    match (hex, digits.is_empty()) {
        // There is no 0x without digits.
        (_, true) => text.to_ascii_lowercase(),
        // 0xa is the byte 0a.
        (true, false) if digits.len() % 2 == 1 => format!("0x0{digits}"),
        (true, false) => format!("0x{digits}"),
        (false, false) => format!("0b{digits}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_to_the_server_is_equal_here() {
        for (a, b) in [
            ("(`a` > 1)", "A>1"),
            ("((`a` + `b`))", "a + b"),
            ("Length(`n`) <> _utf8mb4'x'", "length(n) != 'x'"),
            ("'it\\'s'", "\"it's\""),
            ("x'AB'", "0xab"),
            ("a /* c */ && b;", "a and b"),
            ("/*!50100 a */", "a"),
        ] {
            assert_eq!(expression(a), expression(b), "{a} and {b}");
        }
        assert_eq!(query("SELECT `a` FROM `T`;"), query("select a from T"));
    }

    #[test]
    fn different_to_the_server_is_different_here() {
        for (a, b) in [
            ("(a) + (b)", "a) + (b"),
            ("`null`", "null"),
            ("`current_timestamp`", "current_timestamp"),
            ("'A'", "'a'"),
            ("_latin1'a'", "'a'"),
            ("_utf8mb4 0x61", "0x61"),
            ("`count`(a)", "count(a)"),
            ("'a\\\\b'", "'ab'"),
            ("'\\%'", "'%'"),
        ] {
            assert_ne!(expression(a), expression(b), "{a} and {b}");
        }
        assert_ne!(query("select a from T"), query("select a from t"));
    }
}
