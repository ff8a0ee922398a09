//! The form in which SQLite's SQL is compared: its tokens, spelled one way where SQLite reads them as one.

use std::cell::RefCell;

use crate::catalog::{Recent, Sql};

use super::keywords::is_keyword;
use super::sql::is_plain;
use super::tokens::{Token, TokenKind, significant, trim, unquote};

/// An expression, a query or a body with the form in which it is compared.
pub(super) fn expression(text: &str) -> Sql {
    thread_local!(static RECENT: RefCell<Recent<Sql>> = RefCell::new(Recent::new()));
    let text = trim(text);
    RECENT.with_borrow_mut(|recent| recent.of(text, || Sql::new(text, canonical(text))))
}

/// The query of a view: the names of its columns come from its text.
pub(super) fn query(text: &str) -> Sql {
    let text = trim(text);
    Sql::new(text, super::query::canonical(text))
}

/// What stands behind DEFAULT. A bare name there is the string of its letters, so their case counts.
pub(super) fn default_value(text: &str) -> Sql {
    let text = trim(text);
    let mut all = significant(text);
    match (all.next(), all.next()) {
        (Some(token), None) if is_bare_string(&token, text) => {
            let mut canonical = String::with_capacity(text.len());
            push_token(&mut canonical, &token, text, Case::Kept);
            Sql::new(text, canonical)
        }
        _ => expression(text),
    }
}

fn is_bare_string(token: &Token, sql: &str) -> bool {
    match token.kind {
        TokenKind::Word => {
            let values = ["true", "false", "null", "current_date", "current_time", "current_timestamp"];
            !values.iter().any(|value| token.text(sql).eq_ignore_ascii_case(value))
        }
        TokenKind::DoubleQuoted | TokenKind::Quoted => true,
        _ => false,
    }
}

/// A declared type: SQLite reports it with its spacing, and reads it without regard to case.
pub(super) fn type_name(text: &str) -> Sql {
    thread_local!(static RECENT: RefCell<Recent<Sql>> = RefCell::new(Recent::new()));
    let text = trim(text);
    RECENT.with_borrow_mut(|recent| recent.of(text, || Sql::new(text, text.to_ascii_lowercase())))
}

/// A module and its arguments, which are the module's to read: only the spaces between tokens and
/// the case of the module's own name do not count.
pub(super) fn module(text: &str) -> Sql {
    let text = trim(text);
    let mut canonical = String::with_capacity(text.len());
    for token in significant(text) {
        if canonical.is_empty() {
            push(&mut canonical, &token.text(text).to_ascii_lowercase());
        } else {
            push(&mut canonical, token.text(text));
        }
    }
    Sql::new(text, canonical)
}

/// The tokens joined by one space, without comments and trailing semicolons; unquoted words and
/// names that need no quotes in lower case. What differs here may still be equal to SQLite;
/// what is equal here is equal to SQLite.
fn canonical(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Semicolons wait until something follows them.
    let mut semicolons = 0;
    for token in significant(text) {
        if token.text(text) == ";" {
            semicolons += 1;
            continue;
        }
        for _ in 0..std::mem::take(&mut semicolons) {
            push(&mut out, ";");
        }
        push_token(&mut out, &token, text, Case::Folded);
    }
    out
}

/// A canonical form as people would write it: `length(name) > 0`. Equal forms stay equal.
pub(super) fn readable(canonical: &str) -> String {
    let mut out = String::with_capacity(canonical.len());
    let mut before: Option<Token> = None;
    for token in significant(canonical) {
        let text = token.text(canonical);
        let close = before.is_none_or(|before| {
            let last = before.text(canonical);
            let calls = text == "(" && before.kind == TokenKind::Word && !is_keyword(last);
            calls || matches!(last, "(" | ".") || matches!(text, ")" | "," | ".")
        });
        if !close {
            out.push(' ');
        }
        out.push_str(text);
        before = Some(token);
    }
    out
}

/// Whether the case of a name's letters counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Folded,
    Kept,
}

pub(super) fn push(out: &mut String, text: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(text);
}

pub(super) fn push_token(out: &mut String, token: &Token, sql: &str, case: Case) {
    let text = token.text(sql);
    match token.kind {
        TokenKind::Word if case == Case::Kept && !is_keyword(text) => push(out, text),
        TokenKind::Word => push(out, &text.to_ascii_lowercase()),
        TokenKind::DoubleQuoted | TokenKind::Quoted => {
            let name = unquote(text);
            // `"Total"` is the string 'Total' where no column has that name, so its case counts.
            let case_counts = token.kind == TokenKind::DoubleQuoted && name.bytes().any(|b| b.is_ascii_uppercase());
            if is_word(&name) && case == Case::Kept {
                push(out, &name);
            } else if is_word(&name) && !case_counts {
                push(out, &name.to_ascii_lowercase());
            } else {
                push(out, &format!("\"{}\"", name.replace('"', "\"\"")));
            }
        }
        _ => push(out, text),
    }
}

/// Whether a name means the same without its quotes.
fn is_word(name: &str) -> bool {
    is_plain(name) && !is_keyword(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canonical_form_reads_well() {
        for (sql, shown) in [
            ("LENGTH( name )>0 and t . a IN(1,2)", "length(name) > 0 and t.a in (1, 2)"),
            ("a like '( x' and -b > 1", "a like '( x' and - b > 1"),
            ("not (a or \"b c\")", "not (a or \"b c\")"),
        ] {
            assert_eq!(readable(&canonical(sql)), shown);
        }
    }

    #[test]
    fn equal_to_sqlite_is_equal_here() {
        for (a, b) in [
            ("a+1", "A  + 1"),
            ("\"total\" > 0", "total>0"),
            ("[Total] > 0", "`total` > /* none */ 0"),
            ("select * from T;", "SELECT *\nFROM t -- all\n;"),
            ("[a b]", "\"a b\""),
        ] {
            assert_eq!(expression(a), expression(b), "{a} and {b}");
        }
    }

    #[test]
    fn different_to_sqlite_is_different_here() {
        for (a, b) in [
            ("'A'", "'a'"),
            ("x is \"null\"", "x is null"),
            ("x = \"true\"", "x = true"),
            ("\"Total\"", "\"total\""),
            ("1.0", "1.00"),
            ("a - - b", "a--b\n"),
            ("a b", "ab"),
            ("a == b", "a = b"),
            ("'a' 'b'", "'a''b'"),
        ] {
            assert_ne!(expression(a), expression(b), "{a} and {b}");
        }
        for (a, b) in
            [("Foo", "foo"), ("[Bar]", "[bar]"), ("\"a b\"", "\"A b\""), ("\"true\"", "true"), ("Key", "kEY2")]
        {
            assert_ne!(default_value(a), default_value(b), "{a} and {b}");
        }
        for (a, b) in
            [("TRUE", "true"), ("Current_Date", "current_date"), ("[Foo]", "Foo"), ("Lower('A')", "lower('A')")]
        {
            assert_eq!(default_value(a), default_value(b), "{a} and {b}");
        }
        assert_ne!(module("fts5(Title)"), module("fts5(title)"));
        assert_eq!(module("FTS5 ( title , body )"), module("fts5(title,body)"));
        assert_eq!(type_name("VARCHAR(20)"), type_name("varchar(20)"));
        assert_ne!(type_name("varchar (20)"), type_name("varchar(20)"));
    }
}
