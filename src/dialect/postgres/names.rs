//! The names that PostgreSQL gives to what has none, and the types that tell overloaded ones apart.

use std::collections::BTreeSet;

use crate::catalog::{Index, Kind, Name, Object, ObjectId, Part, PartOf, Sql};
use crate::dialect::ImpliedName;

use super::sql::{made_up_name, quote};
use super::tokens::{Token, TokenKind, significant};
use super::types;

/// The longest name, in bytes, and its end.
const NAMEDATALEN: usize = 64;

/// The name of a constraint without one. The server numbers what collides: `t_a_key1`.
pub(super) fn implied(table: &ObjectId, constraint: &Object, copy: usize) -> ImpliedName {
    let (columns, label) = match constraint {
        Object::PrimaryKey(_) => (Vec::new(), "pkey"),
        Object::Unique(unique) => {
            let all = unique.columns.iter().map(part).chain(unique.include.iter().map(|name| name.as_str().to_owned()));
            (all.collect(), "key")
        }
        Object::ForeignKey(key) => (key.columns.iter().map(|name| name.as_str().to_owned()).collect(), "fkey"),
        Object::Exclusion(exclusion) => (exclusion.columns.iter().map(part).collect(), "excl"),
        Object::Check(check) => (only_column(&check.sql).into_iter().collect(), "check"),
        _ => (Vec::new(), "key"),
    };
    let label = if copy == 0 { label.to_owned() } else { format!("{label}{copy}") };
    let name = made_up_name(table.name().as_str(), &addition(&columns), &label);
    ImpliedName { name: Name::exact(name), unnamed: false }
}

fn part(part: &Part) -> String {
    match &part.of {
        PartOf::Column(name) => name.as_str().to_owned(),
        PartOf::Sql(_) => "expr".to_owned(),
    }
}

/// `ChooseIndexNameAddition`: the columns, as far as there is room.
fn addition(columns: &[String]) -> String {
    let mut all = String::new();
    for column in columns {
        if !all.is_empty() {
            all.push('_');
        }
        all.push_str(column);
        if all.len() >= NAMEDATALEN {
            break;
        }
    }
    all
}

/// The name that the server makes up for the part of an index that a partition gets.
pub(super) fn part_of_index(table: &ObjectId, index: &Index) -> String {
    let names = index.columns.iter().map(|part| match &part.of {
        PartOf::Column(name) => name.as_str().to_owned(),
        PartOf::Sql(sql) => match sql.as_str().split_once('(') {
            Some((function, _)) if quote(function) == function => function.to_owned(),
            _ => "expr".to_owned(),
        },
    });
    let include = index.include.iter().map(|name| name.as_str().to_owned());
    let columns = names.chain(include).collect::<Vec<_>>().join("_");
    made_up_name(table.name().as_str(), &columns, "idx")
}

/// The column of a check that has only one: a word that is neither a keyword, a function nor a type.
fn only_column(sql: &Sql) -> Option<String> {
    let text = sql.as_str();
    let all: Vec<Token> = significant(text).collect();
    let mut columns = BTreeSet::new();
    for (at, token) in all.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| all.get(at)).map_or("", |token| token.text(text));
        let (after, after_kind) = all.get(at + 1).map_or(("", None), |token| (token.text(text), Some(token.kind)));
        let Some(name) = token.identifier(text) else { continue };
        let keyword = token.kind == TokenKind::Word && (quote(&name) != name || is_operator_word(&name));
        let other = matches!(before, "::" | ".")
            || matches!(after, "(" | ".")
            || after_kind == Some(TokenKind::String)
            || after.eq_ignore_ascii_case("from");
        // The words of `timestamp with time zone` and the like.
        let of_type = token.kind == TokenKind::Word && matches!(name.as_str(), "zone" | "varying" | "without");
        if !keyword && !other && !of_type {
            columns.insert(name);
        }
    }
    if columns.len() == 1 { columns.pop_first() } else { None }
}

fn is_operator_word(word: &str) -> bool {
    matches!(word, "at" | "escape" | "by" | "unknown" | "document" | "within")
}

/// The name of a routine, an aggregate, an operator or a cast with the types that identify it.
pub(super) fn signature(kind: Kind, key: &str, arguments: &str) -> Name {
    if kind == Kind::Cast {
        let mut parts = key.splitn(2, " as ");
        return match (parts.next(), parts.next()) {
            (Some(from), Some(to)) => Name::exact(format!("{} as {}", types::canonical(from), types::canonical(to))),
            _ => Name::exact(key),
        };
    }
    let (name, list) = match key.find('(') {
        Some(at) if key.ends_with(')') => (&key[..at], key.get(at + 1..key.len() - 1).unwrap_or_default()),
        _ => (key, arguments),
    };
    Name::exact(format!("{}({})", name.trim(), identity(kind, list)))
}

/// The types of arguments: `w numeric, h numeric default 1` is `numeric, numeric`.
fn identity(kind: Kind, list: &str) -> String {
    if kind == Kind::Aggregate && matches!(list.trim(), "*" | "") {
        return "*".to_owned();
    }
    let all: Vec<Token> = significant(list).collect();
    let order =
        all.windows(2).position(|pair| matches!(pair, [a, b] if a.is_word(list, "order") && b.is_word(list, "by")));
    let types = |tokens: &[Token]| arguments(list, tokens, false).join(", ");
    match order {
        Some(at) => {
            let direct = types(all.get(..at).unwrap_or_default());
            let rest = types(all.get(at + 2..).unwrap_or_default());
            if direct.is_empty() { format!("order by {rest}") } else { format!("{direct} order by {rest}") }
        }
        None => types(&all),
    }
}

/// The types of all arguments, or of the columns of `TABLE (...)`.
pub(super) fn argument_types(list: &str) -> Vec<String> {
    let all: Vec<Token> = significant(list).collect();
    match all.as_slice() {
        [first, _, inner @ .., _] if first.is_word(list, "table") => arguments(list, inner, true),
        all => arguments(list, all, true),
    }
}

fn arguments(text: &str, tokens: &[Token], outputs: bool) -> Vec<String> {
    let mut depth = 0_usize;
    let mut pieces: Vec<Vec<Token>> = vec![Vec::new()];
    for token in tokens {
        match token.text(text) {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            "," if depth == 0 => {
                pieces.push(Vec::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = pieces.last_mut() {
            last.push(*token);
        }
    }
    pieces.iter().filter_map(|piece| argument(text, piece, outputs)).collect()
}

/// The type of one argument; none of one that only comes out, unless those are wanted too.
fn argument(text: &str, piece: &[Token], outputs: bool) -> Option<String> {
    let end = piece.iter().position(|token| token.is_word(text, "default") || matches!(token.text(text), "=" | ":="));
    let mut rest = piece.get(..end.unwrap_or(piece.len()))?;
    let mut out = false;
    while let [mode, more @ ..] = rest {
        let is_in = mode.is_word(text, "in") || mode.is_word(text, "inout") || mode.is_word(text, "variadic");
        let is_out = mode.is_word(text, "out");
        if more.is_empty() || !(is_in || is_out) {
            break;
        }
        // `IN OUT` is `INOUT`.
        out = is_out && !out && std::ptr::eq(rest.as_ptr(), piece.as_ptr());
        rest = more;
    }
    if out && !outputs {
        return None;
    }
    let words = |tokens: &[Token]| -> Option<String> {
        let (first, last) = (tokens.first()?, tokens.last()?);
        text.get(first.start..last.end).map(str::to_owned)
    };
    let whole = words(rest)?;
    if whole.eq_ignore_ascii_case("none") {
        return Some("none".to_owned());
    }
    let is_type = |text: &str| types::parse(text).is_some_and(|(_, end)| end == text.len());
    match rest {
        [_, more @ ..] if !is_type(&whole) => words(more).map(|ty| types::identity(&ty)),
        _ => Some(types::identity(&whole)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Check, Unique};

    #[test]
    fn routines_are_known_by_their_types() {
        for (kind, key, arguments, name) in [
            (Kind::Function, "area", "w numeric, h numeric default 1", "area(numeric, numeric)"),
            (Kind::Function, "area(numeric(10,2))", "w numeric", "area(numeric)"),
            (Kind::Function, "f", "", "f()"),
            (
                Kind::Function,
                "f",
                "a int, out b text, inout c int[], variadic d varchar(3)[]",
                "f(integer, integer[], character varying[])",
            ),
            (Kind::Function, "f", "double precision, timestamptz", "f(double precision, timestamp with time zone)"),
            (Kind::Function, "f", "x text = 'a, b'", "f(text)"),
            (Kind::Aggregate, "last", "anyelement", "last(anyelement)"),
            (Kind::Aggregate, "n", "", "n(*)"),
            (Kind::Aggregate, "n", "*", "n(*)"),
            (Kind::Operator, "+(int, int)", "", "+(integer, integer)"),
            (Kind::Operator, "-(none, int)", "", "-(none, integer)"),
            (Kind::Cast, "int4 as public.money2", "", "integer as money2"),
        ] {
            assert_eq!(signature(kind, key, arguments).as_str(), name);
        }
    }

    #[test]
    fn constraints_are_called_what_the_server_calls_them() {
        let table = ObjectId::top(Kind::Table, None, Name::exact("t"));
        let unique = Object::Unique(Unique {
            columns: vec![Part::column(Name::exact("a")), Part::column(Name::exact("b"))],
            ..Unique::default()
        });
        assert_eq!(implied(&table, &unique, 0).name.as_str(), "t_a_b_key");
        assert_eq!(implied(&table, &unique, 1).name.as_str(), "t_a_b_key1");
        for (sql, name) in [
            ("a > 0", "t_a_check"),
            ("a > 0 and a < 9", "t_a_check"),
            ("a > b", "t_check"),
            ("lower(a) = 'x'::text", "t_a_check"),
            ("a > date '2020-01-01'", "t_a_check"),
            ("true", "t_check"),
            ("a = ANY (ARRAY['x'::text, 'y'::text])", "t_a_check"),
        ] {
            let check = Object::Check(Check { sql: super::super::canonical::expression(sql), ..Check::default() });
            assert_eq!(implied(&table, &check, 0).name.as_str(), name, "{sql}");
        }
    }
}
