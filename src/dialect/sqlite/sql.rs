//! The one place that writes SQLite's names and literals.

use super::keywords::{WordClass, classify, is_keyword};
use super::tokens::{Token, TokenKind, tokens};

/// Whether a name is a word that SQLite reads as itself: ASCII, and neither `true` nor `false`.
/// It may still be a keyword.
pub(super) fn is_plain(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !name.eq_ignore_ascii_case("true")
        && !name.eq_ignore_ascii_case("false")
}

/// A name: in double quotes unless it is a plain word and no keyword.
pub fn quote(name: &str) -> String {
    if is_plain(name) && !is_keyword(name) { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

/// Names with commas between them.
pub fn quote_list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(quote).collect::<Vec<_>>().join(", ")
}

/// A string literal.
pub fn string(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// SQL text that something can follow on the same line: a line comment at its end is ended.
pub fn closed(sql: &str) -> String {
    let ends_open = tokens(sql).last().is_some_and(|token| token.kind == TokenKind::LineComment);
    if ends_open { format!("{sql}\n") } else { sql.to_owned() }
}

/// An expression in parentheses.
pub fn parenthesised(sql: &str) -> String {
    format!("({})", closed(sql))
}

/// What stands behind DEFAULT: the expression, in parentheses where the grammar wants them.
pub fn default_value(sql: &str) -> String {
    let tokens: Vec<_> = tokens(sql).collect();
    let bare = match tokens.as_slice() {
        [one] => is_term(one, sql) || is_bare_name(one, sql),
        [sign, one] => matches!(sign.text(sql), "+" | "-") && is_term(one, sql),
        _ => false,
    };
    if bare { sql.to_owned() } else { parenthesised(sql) }
}

/// The `term` of SQLite's grammar.
fn is_term(token: &Token, sql: &str) -> bool {
    match token.kind {
        TokenKind::String | TokenKind::Blob | TokenKind::Number => true,
        TokenKind::Word => ["null", "current_date", "current_time", "current_timestamp"]
            .iter()
            .any(|word| token.text(sql).eq_ignore_ascii_case(word)),
        _ => false,
    }
}

/// A name as a default stands for the string of its letters, and only without parentheses.
fn is_bare_name(token: &Token, sql: &str) -> bool {
    match token.kind {
        TokenKind::DoubleQuoted | TokenKind::Quoted => true,
        TokenKind::Word => {
            matches!(classify(token.text(sql)), WordClass::Plain | WordClass::Fallback)
                || token.text(sql).eq_ignore_ascii_case("indexed")
        }
        _ => false,
    }
}

/// A declared type as the grammar takes it: words with an optional size, else all of it in quotes.
pub fn type_name(text: &str) -> String {
    if is_type(text) { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

fn is_type(text: &str) -> bool {
    let tokens: Vec<_> = tokens(text).collect();
    let is_word = |token: &Token, first: bool| match token.kind {
        TokenKind::Word => matches!(classify(token.text(text)), WordClass::Plain | WordClass::Fallback),
        // SQLite resolves the quotes of a type that begins with them.
        TokenKind::DoubleQuoted
        | TokenKind::Quoted
        | TokenKind::String
        | TokenKind::LineComment
        | TokenKind::BlockComment => !first,
        _ => false,
    };
    let words = tokens.iter().enumerate().take_while(|(at, token)| is_word(token, *at == 0)).count();
    let (names, size) = tokens.split_at(words);
    let Some(last) = names.last() else { return false };
    let named = |token: &Token, word: &str| token.text(text).eq_ignore_ascii_case(word);
    let looks_generated = names.iter().any(|token| named(token, "generated"));
    !looks_generated && !last.is_comment() && is_size(size, text)
}

/// Nothing, `(10)` or `(10, -2)`.
fn is_size(tokens: &[Token], sql: &str) -> bool {
    let mut rest = tokens.iter().filter(|token| !token.is_comment()).peekable();
    if rest.peek().is_none() {
        return tokens.is_empty();
    }
    let mut number = |open: &str| {
        let opened = rest.next().is_some_and(|token| token.text(sql) == open);
        rest.next_if(|token| matches!(token.text(sql), "+" | "-"));
        let number = rest.next().is_some_and(|token| token.kind == TokenKind::Number);
        let more = rest.peek().is_some_and(|token| token.text(sql) == ",");
        (opened && number, more)
    };
    let good = match number("(") {
        (true, true) => number(",") == (true, false),
        (good, _) => good,
    };
    good && rest.next().is_some_and(|token| token.text(sql) == ")") && rest.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_only_where_they_need_it() {
        for (name, quoted) in [
            ("total", "total"),
            ("Total_2", "Total_2"),
            ("order", "\"order\""),
            ("key", "\"key\""),
            ("true", "\"true\""),
            ("a b", "\"a b\""),
            ("a\"b", "\"a\"\"b\""),
            ("größe", "\"größe\""),
            ("", "\"\""),
            ("2nd", "\"2nd\""),
        ] {
            assert_eq!(quote(name), quoted);
        }
        assert_eq!(string("it's"), "'it''s'");
    }

    #[test]
    fn defaults_stand_in_parentheses_only_where_they_must() {
        for (sql, written) in [
            ("1", "1"),
            ("-1.5", "-1.5"),
            ("- 1", "- 1"),
            ("'x'", "'x'"),
            ("x'00'", "x'00'"),
            ("NULL", "NULL"),
            ("current_timestamp", "current_timestamp"),
            ("TRUE", "TRUE"),
            ("\"x\"", "\"x\""),
            ("1 + 1", "(1 + 1)"),
            ("-true", "(-true)"),
            ("1 /* one */", "(1 /* one */)"),
            ("now() -- here", "(now() -- here\n)"),
        ] {
            assert_eq!(default_value(sql), written);
        }
    }

    #[test]
    fn types_are_quoted_only_where_they_must() {
        for (text, written) in [
            ("int", "int"),
            ("double precision", "double precision"),
            ("numeric(15, 4)", "numeric(15, 4)"),
            ("numeric ( +1 , -2 )", "numeric ( +1 , -2 )"),
            ("order", "\"order\""),
            ("varchar(max)", "\"varchar(max)\""),
            ("int[]", "int[]"),
            ("int generated always", "\"int generated always\""),
            ("numeric(1,2,3)", "\"numeric(1,2,3)\""),
        ] {
            assert_eq!(type_name(text), written);
        }
    }
}
