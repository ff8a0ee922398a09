//! The values behind DEFAULT and ON UPDATE.

use crate::catalog::Sql;

use super::canonical;
use super::tokens::{Token, TokenKind, significant};

/// A default with the form in which it is compared: the ways to say the present time are one.
pub(super) fn of(text: &str) -> Sql {
    let text = text.trim();
    let plain = canonical::expression(text);
    let canonical = now(plain.canonical()).unwrap_or_else(|| plain.canonical().to_owned());
    Sql::new(text, canonical)
}

/// A default as MariaDB tells it apart: with the charset of its literal.
pub(super) fn as_written(text: &str) -> Sql {
    let plain = of(text);
    if is_introduced(text) {
        let canonical = format!("_utf8mb4 {}", plain.canonical());
        return Sql::new(text.trim(), canonical);
    }
    plain
}

/// Whether a text is one literal with its charset, where that is the one it has anyway.
pub(super) fn is_introduced(text: &str) -> bool {
    let all: Vec<Token> = significant(text).collect();
    matches!(all.as_slice(), [charset, literal] if charset.kind == TokenKind::Introducer
        && literal.kind == TokenKind::String && charset.text(text).eq_ignore_ascii_case("_utf8mb4"))
}

/// `now()`, `current_timestamp`, `current_timestamp()`, `localtime(6)`.
fn now(canonical: &str) -> Option<String> {
    let mut words = canonical.split(' ');
    let first = words.next()?;
    let is_now = matches!(first, "now" | "current_timestamp" | "localtime" | "localtimestamp");
    let rest: Vec<&str> = words.collect();
    match (is_now, rest.as_slice()) {
        (true, []) if first == "now" => None,
        (true, [] | ["(", ")"] | ["(", "0", ")"]) => Some("current_timestamp".to_owned()),
        (true, ["(", digits, ")"]) => Some(format!("current_timestamp({digits})")),
        _ => None,
    }
}

/// Whether a text is one literal: a string, a number, bits.
pub(super) fn is_literal(text: &str) -> bool {
    let all: Vec<Token> = significant(text).collect();
    match all.as_slice() {
        [one] => {
            matches!(one.kind, TokenKind::String | TokenKind::Number | TokenKind::Bits)
                || ["null", "true", "false"].iter().any(|word| one.is_word(text, word))
        }
        [sign, number] => (sign.is_symbol(text, "-") || sign.is_symbol(text, "+")) && number.kind == TokenKind::Number,
        _ => false,
    }
}

/// Digits that TOML can hold as they are: no leading zeros, digits on both sides of a point.
pub(super) fn is_plain_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let whole = |part: &str| digits(part) && (part == "0" || !part.starts_with('0'));
    match text.split_once('.') {
        Some((before, after)) => whole(before) && digits(after) && text.len() <= 40,
        None => whole(text) && text.parse::<i64>().is_ok(),
    }
}

/// Whether it is a number as the server keeps it in a string: `'-1.50'`, `'1e20'`.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && is_literal(digits)
        && !digits.starts_with("0x")
        && !digits.starts_with("0b")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_present_time_is_said_in_many_ways() {
        for text in ["now()", "CURRENT_TIMESTAMP", "current_timestamp()", "LOCALTIME", "(now())"] {
            assert_eq!(of(text).canonical(), "current_timestamp", "{text}");
        }
        assert_eq!(of("now(6)"), of("current_timestamp(6)"));
        assert_ne!(of("now(6)"), of("now()"));
        assert!(is_number("-1.50") && is_number("1e5") && !is_number("0x1") && !is_number("a") && !is_number(""));
    }
}
