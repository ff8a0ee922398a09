//! The one place that writes names and literals of MySQL and MariaDB.

use super::tokens::{Token, TokenKind, significant, tokens};

/// Whether a name is a word without backticks, unless it is a keyword.
pub(super) fn is_plain(name: &str) -> bool {
    name.bytes().next().is_some_and(|b| b.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// A name, in backticks as the server itself writes it.
pub(super) fn quote(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// A name in a database.
pub(super) fn qualified(database: &str, name: &str) -> String {
    format!("{}.{}", quote(database), quote(name))
}

/// Names with commas between them.
pub(super) fn quote_list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(quote).collect::<Vec<_>>().join(", ")
}

/// A string literal, for the `sql_mode` that every session has here: backslashes escape.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for c in text.chars() {
        match c {
            '\'' => out.push_str("''"),
            '\\' => out.push_str("\\\\"),
            '\0' => out.push_str("\\0"),
            other => out.push(other),
        }
    }
    out.push('\'');
    out
}

/// SQL text that something can follow on the same line: a line comment at its end is ended, a semicolon is left out.
pub(super) fn closed(sql: &str) -> String {
    let all: Vec<Token> = significant(sql).collect();
    let ends = all.iter().rev().take_while(|token| token.is_symbol(sql, ";")).last();
    let sql = ends.map_or(sql, |first| sql.get(..first.start).unwrap_or(sql));
    let ends_open = tokens(sql).last().is_some_and(|token| token.kind == TokenKind::LineComment);
    if ends_open { format!("{sql}\n") } else { sql.to_owned() }
}

/// An expression in parentheses.
pub(super) fn parenthesised(sql: &str) -> String {
    format!("({})", closed(sql))
}

#[cfg(test)]
mod tests {
    use super::super::tokens::unquote;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_and_strings() {
        assert_eq!(qualified("a`b", "order"), "`a``b`.`order`");
        assert_eq!(quote_list(["a", "b"]), "`a`, `b`");
        assert_eq!(string("it's \\ \0"), "'it''s \\\\ \\0'");
        assert_eq!(parenthesised("a # b"), "(a # b\n)");
        assert_eq!(closed("select ';' ; # b"), "select ';' ");
    }

    proptest! {
        #[test]
        fn what_is_quoted_is_one_token_of_the_same_text(text in ".{0,20}") {
            for quoted in [string(&text), quote(&text)] {
                prop_assert_eq!(tokens(&quoted).count(), 1);
                prop_assert_eq!(unquote(&quoted), text.clone());
            }
        }
    }
}
