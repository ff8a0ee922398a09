//! The form in which PostgreSQL's SQL is compared: its tokens, spelled one way where the server reads them as one.
//!
//! What is equal here is equal to the server. What differs here may still be equal to it: that the server itself
//! is asked (`elaborate`).

use std::borrow::Cow;
use std::cell::RefCell;

use crate::catalog::{Recent, Sql};

use super::tokens::{Token, TokenKind, significant};
use super::{array_casts, chains, sql, types};

/// What the server prints otherwise than it reads it, as it was.
fn as_it_was(text: &str) -> Cow<'_, str> {
    match array_casts::without(text) {
        Cow::Borrowed(text) => chains::written(text),
        Cow::Owned(text) => Cow::Owned(chains::written(&text).into_owned()),
    }
}

/// An expression, without the parentheses around the whole of it.
pub(in crate::dialect::postgres) fn expression(text: &str) -> Sql {
    thread_local!(static RECENT: RefCell<Recent<Sql>> = RefCell::new(Recent::new()));
    RECENT.with_borrow_mut(|recent| {
        recent.of(text, || {
            let text = &*as_it_was(text);
            of_tokens(text, &bare(text, significant(text).collect()))
        })
    })
}

/// A query, without semicolons and comments at its end.
pub(in crate::dialect::postgres) fn query(text: &str) -> Sql {
    let text = &*as_it_was(text);
    of_tokens(text, &without_semicolons(text, significant(text).collect()))
}

/// What stands behind DEFAULT.
pub(super) fn default_value(text: &str) -> Sql {
    expression(text)
}

/// A type.
pub(in crate::dialect::postgres) fn type_name(text: &str) -> Sql {
    thread_local!(static RECENT: RefCell<Recent<Sql>> = RefCell::new(Recent::new()));
    RECENT.with_borrow_mut(|recent| recent.of(text, || Sql::new(text.trim(), types::canonical(text))))
}

/// The default of a column as the server prints it. A literal that the server shows with the type that it has
/// anyway is the bare literal: `'new'::order_status` for a column of that type, `'-1'::integer`.
pub(in crate::dialect::postgres) fn column_default(text: &str, column_type: &str) -> Sql {
    let text = &*as_it_was(text);
    let all = bare(text, significant(text).collect());
    let [value, cast, rest @ ..] = all.as_slice() else { return of_tokens(text, &all) };
    if cast.text(text) != "::" || rest.is_empty() {
        return of_tokens(text, &all);
    }
    let (Some(from), Some(to)) = (rest.first(), rest.last()) else { return of_tokens(text, &all) };
    let cast = text.get(from.start..to.end).unwrap_or_default();
    let cast_type = types::canonical(cast);
    if let Some(number) = value.string(text).filter(|value| is_negative_number(value, &cast_type)) {
        return expression(&number);
    }
    let is_literal = value.string(text).is_some() || value.is_word(text, "null");
    // `'app.t'::regclass` is a reference, which a bare string is not.
    if is_literal && base(&cast_type) == base(column_type) && !types::is_of_names(&cast_type) {
        return of_tokens(text, std::slice::from_ref(value));
    }
    of_tokens(text, &all)
}

/// The type that a literal of a column is read as.
fn base(ty: &str) -> String {
    match types::identity(ty).as_str() {
        "bpchar" => "character".to_owned(),
        "bpchar[]" => "character[]".to_owned(),
        // `interval day` and the like: the fields are a modifier.
        other if other.starts_with("interval ") => "interval".to_owned(),
        other => other.to_owned(),
    }
}

/// Whether the server shows the number -1 so: with the type that its digits have by themselves.
fn is_negative_number(value: &str, ty: &str) -> bool {
    let Some(digits) = value.strip_prefix('-') else { return false };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') || digits.starts_with('.') {
        return false;
    }
    match ty {
        "integer" => value.parse::<i32>().is_ok(),
        "bigint" => value.parse::<i64>().is_ok() && value.parse::<i32>().is_err(),
        "numeric" => value.contains('.') || value.parse::<i64>().is_err(),
        _ => false,
    }
}

fn of_tokens(text: &str, all: &[Token]) -> Sql {
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return Sql::default() };
    let mut canonical = String::with_capacity(text.len());
    for token in all {
        if !canonical.is_empty() {
            canonical.push(' ');
        }
        push(&mut canonical, token, text);
    }
    Sql::new(text.get(first.start..last.end).unwrap_or_default(), canonical)
}

fn push(out: &mut String, token: &Token, sql_text: &str) {
    let text = token.text(sql_text);
    match token.kind {
        TokenKind::Word | TokenKind::Number => out.push_str(&text.to_ascii_lowercase()),
        TokenKind::Quoted => out.push_str(&sql::quote(&super::tokens::unquote(text))),
        TokenKind::String | TokenKind::EscapeString | TokenKind::DollarString => match token.string(sql_text) {
            Some(value) => {
                out.push('\'');
                out.push_str(&value.replace('\'', "''"));
                out.push('\'');
            }
            None => out.push_str(text),
        },
        TokenKind::Symbol if text == "!=" => out.push_str("<>"),
        _ => out.push_str(text),
    }
}

fn without_semicolons(text: &str, mut all: Vec<Token>) -> Vec<Token> {
    while all.last().is_some_and(|token| token.text(text) == ";") {
        all.pop();
    }
    all
}

/// The tokens without the parentheses around all of them, and without semicolons behind them.
fn bare(text: &str, all: Vec<Token>) -> Vec<Token> {
    let mut all = without_semicolons(text, all);
    while encloses(text, &all) {
        all.pop();
        all.remove(0);
    }
    all
}

/// Whether the first parenthesis is closed by the last token, and is neither that of a row nor of a query.
fn encloses(text: &str, all: &[Token]) -> bool {
    let [first, inner @ .., last] = all else { return false };
    if first.text(text) != "(" || last.text(text) != ")" {
        return false;
    }
    let Some(begin) = inner.first() else { return false };
    if ["select", "with", "values", "table"].iter().any(|word| begin.is_word(text, word)) {
        return false;
    }
    let mut depth = 0_usize;
    for token in inner.iter().filter(|token| token.kind == TokenKind::Symbol) {
        match token.text(text) {
            "(" | "[" => depth += 1,
            ")" | "]" if depth == 0 => return false,
            ")" | "]" => depth -= 1,
            "," if depth == 0 => return false,
            _ => {}
        }
    }
    depth == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_to_the_server_is_equal_here() {
        for (a, b) in [
            ("a+1", "A  + 1"),
            ("((\"total\" > 0))", "total>0 -- positive"),
            ("x != $$it's$$", "x <> 'it''s'"),
            ("E'a\\\\b'", "'a\\b'"),
            ("now();", "NOW()"),
            ("lower(\"name\")", "lower( name )"),
        ] {
            assert_eq!(expression(a), expression(b), "{a} and {b}");
        }
        assert_eq!(query("SELECT 1 ;\n-- end"), query("select\n1"));
        assert_eq!(expression("((a > 0))").as_str(), "a > 0");
    }

    #[test]
    fn different_to_the_server_is_different_here() {
        for (a, b) in [
            ("'A'", "'a'"),
            ("\"Total\"", "Total"),
            ("\"user\"", "user"),
            ("(a) + (b)", "a) + (b"),
            ("(a, b)", "a, b"),
            ("(select 1)", "select 1"),
            ("a - -b", "a--b"),
            ("1.0", "1.00"),
        ] {
            assert_ne!(expression(a), expression(b), "{a} and {b}");
        }
    }

    #[test]
    fn a_default_loses_only_the_type_that_it_has_anyway() {
        for (printed, ty, bare) in [
            ("'pending'::order_status", "order_status", "'pending'"),
            ("'x'::text", "text", "'x'"),
            ("'x'::character varying", "character varying(20)", "'x'"),
            ("'x'::bpchar", "character(3)", "'x'"),
            ("'{}'::text[]", "text[]", "'{}'"),
            ("'-1'::integer", "numeric(10,2)", "-1"),
            ("'-1'::integer", "integer", "-1"),
            ("'-1.50'::numeric", "numeric", "-1.50"),
            ("'-5000000000'::bigint", "bigint", "-5000000000"),
            ("'1 day'::interval day", "interval day", "'1 day'"),
            ("NULL::character varying", "character varying", "NULL"),
            ("'x'::text", "email", "'x'::text"),
            ("('now'::text)::date", "date", "('now'::text)::date"),
            ("nextval('t_id_seq'::regclass)", "integer", "nextval('t_id_seq'::regclass)"),
            ("'app.t'::regclass", "regclass", "'app.t'::regclass"),
            ("0", "integer", "0"),
            ("'a'::text || 'b'::text", "text", "'a'::text || 'b'::text"),
        ] {
            let read = column_default(printed, ty);
            assert_eq!(read, expression(bare), "{printed}");
            assert_eq!(read.as_str(), bare);
        }
    }
}
