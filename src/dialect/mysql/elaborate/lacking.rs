//! What the server at hand does not have, said with who has it: its own message would be one of syntax.

use crate::catalog::{Catalog, Column, Index, Kind, Object, ObjectId, OptionKey, Order, PartOf};
use crate::diff::{Delta, Deltas};

use super::super::connect::{Flavour, Server};
use super::super::tokens::significant;

type Version = Option<(u16, u16, u16)>;

/// The first versions that have a thing; none where none has it.
struct Since {
    what: &'static str,
    mysql: Version,
    mariadb: Version,
}

const ALWAYS: Version = Some((0, 0, 0));

const fn since(what: &'static str, mysql: Version, mariadb: Version) -> Since {
    Since { what, mysql, mariadb }
}

const UUID: Since = since("the type uuid", None, Some((10, 7, 0)));
const INET4: Since = since("the type inet4", None, Some((10, 10, 0)));
const INET6: Since = since("the type inet6", None, ALWAYS);
const XML: Since = since("the type xmltype", None, Some((12, 3, 0)));
const VECTOR: Since = since("the type vector", Some((9, 0, 0)), Some((11, 7, 0)));
const VECTOR_INDEX: Since = since("vector indexes", None, Some((11, 7, 0)));
const FUNCTIONAL: Since = since("indexes over expressions", Some((8, 0, 13)), None);
const DESCENDING: Since = since("descending indexes", ALWAYS, Some((10, 8, 0)));
const CHECKS: Since = since("checks", Some((8, 0, 16)), ALWAYS);
const NOT_ENFORCED: Since = since("checks that are not enforced", Some((8, 0, 16)), None);
const INVISIBLE_COLUMN: Since = since("invisible columns", Some((8, 0, 23)), ALWAYS);
const EXPRESSION: Since = since("defaults that are expressions", Some((8, 0, 13)), ALWAYS);
// <https://mariadb.com/kb/en/create-sequence/>
const TYPED_SEQUENCE: Since = since("sequences of another type than bigint", None, Some((11, 5, 0)));

impl Since {
    fn is_of(&self, server: &Server) -> bool {
        let since = if server.flavour == Flavour::Mysql { self.mysql } else { self.mariadb };
        since.is_some_and(|since| server.version >= since)
    }

    /// `MariaDB 10.6.18 has no uuid; MariaDB has it from 10.7 on`.
    fn message(&self, server: &Server) -> String {
        let of = |product: &str, version: Version| match version {
            Some((0, ..)) => Some(format!("{product} has")),
            Some((major, minor, 0)) => Some(format!("{product} has from {major}.{minor} on")),
            Some((major, minor, patch)) => Some(format!("{product} has from {major}.{minor}.{patch} on")),
            None => None,
        };
        let others: Vec<String> =
            [of("MySQL", self.mysql), of("MariaDB", self.mariadb)].into_iter().flatten().collect();
        format!("{} has not {}, which {}", server.text, self.what, others.join(" and "))
    }
}

/// What has a key of its own in the TOML and is said in another.
pub(super) fn said_elsewhere(desired: &Catalog, deltas: &Deltas) -> Vec<(ObjectId, Option<&'static str>, String)> {
    let mut found = Vec::new();
    for (id, _) in deltas.iter().filter(|(_, delta)| **delta != Delta::Drop) {
        match desired.object(id) {
            Some(Object::Event(event)) => {
                let text = event.schedule.as_str();
                let word = |word: &str| significant(text).any(|token| token.is_word(text, word));
                if let Some(word) = ["starts", "ends"].into_iter().find(|one| word(one)) {
                    let help = format!("write `{word} = \"2030-01-01 00:00:00\"` beside the schedule");
                    found.push((id.clone(), Some("schedule"), format!("`{word}` is a key of its own\n{help}")));
                } else if word("at") && (word("interval") || text.contains('(') || word("current_timestamp")) {
                    // The server works it out once: it would be another one with each plan.
                    let message = "an event that runs once needs its moment\nwrite `at '2030-01-01 00:00:00'`";
                    found.push((id.clone(), Some("schedule"), message.to_owned()));
                }
            }
            Some(Object::Column(Column { ty: Some(ty), .. })) => {
                if let Some(message) = serial(ty.as_str()).or_else(|| more_than_a_type(ty.as_str())) {
                    found.push((id.clone(), Some("type"), message));
                }
            }
            Some(Object::Index(Index { method: Some(method), .. }))
                if ["fulltext", "spatial", "vector"].contains(&method.to_lowercase().as_str()) =>
            {
                let message = format!("`{method}` is a kind of index, not a method\nwrite `kind = \"{method}\"`");
                found.push((id.clone(), Some("method"), message));
            }
            _ => {}
        }
    }
    found
}

/// What stands behind a type in a statement has keys of its own in the TOML.
fn more_than_a_type(ty: &str) -> Option<String> {
    const KEYS: [(&str, &str); 13] = [
        ("auto_increment", "auto_increment = true"),
        ("primary", "primary_key = true"),
        ("key", "primary_key = true"),
        ("unique", "unique = true"),
        ("comment", "comment = ..."),
        ("default", "default = ..."),
        ("null", "null = true, or nothing where it is not"),
        ("on", "on_update = ..."),
        ("references", "references = ..."),
        ("check", "check = ..."),
        ("as", "generated = ..."),
        ("generated", "generated = ..."),
        ("invisible", "invisible = true"),
    ];
    // The members of an enum are strings.
    let found = significant(ty).find_map(|token| KEYS.iter().find(|(word, _)| token.is_word(ty, word)));
    found.map(|(word, key)| format!("`{word}` is no part of a type\nwrite `{key}` beside it"))
}

/// `serial` stands for a key too, and the others are PostgreSQL's.
fn serial(ty: &str) -> Option<String> {
    let ty = ty.trim().to_lowercase();
    let (plain, key) = match ty.as_str() {
        "serial" => ("bigint unsigned", ", unique = true"),
        "smallserial" | "serial2" => ("smallint", ""),
        "bigserial" | "serial8" => ("bigint", ""),
        "serial4" => ("int", ""),
        _ => return None,
    };
    Some(format!("`{ty}` is more than a type\nwrite `type = \"{plain}\", auto_increment = true{key}`"))
}

/// What is new or changed and cannot be here: the object, the attribute and why.
pub(super) fn lacking(
    server: &Server,
    desired: &Catalog,
    deltas: &Deltas,
) -> Vec<(ObjectId, Option<&'static str>, String)> {
    let mut found = Vec::new();
    for (id, _) in deltas.iter().filter(|(_, delta)| **delta != Delta::Drop) {
        let mut say = |since: &Since, attribute| {
            if !since.is_of(server) {
                found.push((id.clone(), attribute, since.message(server)));
            }
        };
        match desired.object(id) {
            Some(Object::Column(column)) => of_column(column, &mut say),
            Some(Object::Index(index)) => of_index(index, &mut say),
            Some(Object::Check(check)) if check.not_enforced => say(&NOT_ENFORCED, Some("enforced")),
            Some(Object::Check(_)) => say(&CHECKS, None),
            Some(Object::Sequence(sequence))
                if sequence.ty.as_ref().is_some_and(|ty| !ty.as_str().eq_ignore_ascii_case("bigint")) =>
            {
                say(&TYPED_SEQUENCE, Some("type"));
            }
            _ => {}
        }
    }
    found
}

fn of_column(column: &Column, say: &mut dyn FnMut(&Since, Option<&'static str>)) {
    let ty = column.ty.as_ref().map(|ty| ty.as_str().to_lowercase()).unwrap_or_default();
    let word = ty.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let of_type = match word {
        "uuid" => Some(&UUID),
        "inet4" => Some(&INET4),
        "inet6" => Some(&INET6),
        "xmltype" => Some(&XML),
        "vector" => Some(&VECTOR),
        _ => None,
    };
    if let Some(since) = of_type {
        say(since, Some("type"));
    }
    if column.options.is_on(OptionKey::Invisible) {
        say(&INVISIBLE_COLUMN, Some("invisible"));
    }
    let is_call = |text: &str| text.contains('(') && !text.to_lowercase().starts_with("current_timestamp");
    if column.default.as_ref().is_some_and(|default| !default.as_str().starts_with('\'') && is_call(default.as_str())) {
        say(&EXPRESSION, Some("default"));
    }
}

fn of_index(index: &Index, say: &mut dyn FnMut(&Since, Option<&'static str>)) {
    if index.options.word(OptionKey::IndexKind) == Some("vector") {
        say(&VECTOR_INDEX, Some("kind"));
    }
    if index.columns.iter().any(|part| matches!(part.of, PartOf::Sql(_))) {
        say(&FUNCTIONAL, Some("columns"));
    }
    if index.columns.iter().any(|part| part.order == Order::Desc) {
        // MariaDB read over the word before it had them.
        say(&DESCENDING, Some("columns"));
    }
}

/// Tables that are to count from a number on and have no column that counts.
pub(super) fn counts_nothing(desired: &Catalog, deltas: &Deltas) -> Vec<(ObjectId, Option<&'static str>, String)> {
    let counts = |id: &ObjectId| {
        desired.columns(id).into_iter().any(|(_, column)| column.options.is_on(OptionKey::AutoIncrement))
    };
    let told = deltas.keys().filter(|id| match desired.object(id) {
        Some(Object::Table(table)) => table.options.get(OptionKey::AutoIncrement).is_some(),
        _ => false,
    });
    told.filter(|id| !counts(id))
        .map(|id| {
            let reason = "no column of the table counts: one needs `auto_increment = true`".to_owned();
            (id.clone(), Some("auto_increment"), reason)
        })
        .collect()
}

/// Names that the server would cut or refuse only in the middle of an apply.
pub(super) fn too_long(desired: &Catalog, deltas: &Deltas) -> Vec<(ObjectId, Option<&'static str>, String)> {
    const MOST: usize = 64;
    let new = deltas.iter().filter(|(id, delta)| **delta == Delta::Create && desired.contains(id));
    new.map(|(id, _)| (id, id.name().as_str().chars().count()))
        .filter(|(id, length)| *length > MOST && id.kind() != Kind::PrimaryKey)
        .map(|(id, length)| (id.clone(), None, format!("the name has {length} characters, and {MOST} is the most")))
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_version_that_has_it_is_said() {
        let old = Server::read("10.6.18-MariaDB", "").unwrap();
        assert_eq!(UUID.message(&old), "MariaDB 10.6.18 has not the type uuid, which MariaDB has from 10.7 on");
        assert!(!UUID.is_of(&old) && !DESCENDING.is_of(&old) && INET6.is_of(&old));
        let mysql = Server::read("8.0.12", "MySQL").unwrap();
        assert!(!CHECKS.is_of(&mysql) && !FUNCTIONAL.is_of(&mysql) && !VECTOR.is_of(&mysql));
        assert_eq!(
            VECTOR.message(&mysql),
            "MySQL 8.0.12 has not the type vector, which MySQL has from 9.0 on and MariaDB has from 11.7 on"
        );
    }
}
