//! Views that read what has another name by then, or is gone: on the server as it is their text still means something.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Entry, Kind, Name, Object, ObjectId};
use crate::diff::{Delta, Deltas};

use super::super::tokens::{Token, significant};
use super::Refused;

/// What shares one set of names.
const RELATIONS: [Kind; 4] = [Kind::Table, Kind::View, Kind::ForeignTable, Kind::Sequence];

/// The views whose text names a relation that this plan renames or drops, and nothing else has that name then.
pub(super) fn refused(desired: &Catalog, deltas: &Deltas, renames: &[(ObjectId, ObjectId)]) -> Vec<Refused> {
    let is_relation = |id: &ObjectId| RELATIONS.contains(&id.kind()) && id.parent().is_none();
    let dropped = deltas.iter().filter(|(id, delta)| **delta == Delta::Drop && is_relation(id));
    let mut left: Vec<(&ObjectId, String)> =
        dropped.map(|(id, _)| (id, format!("it reads {id}, which is not in the TOML"))).collect();
    let renamed = renames.iter().filter(|(from, to)| is_relation(from) && desired.contains(to));
    left.extend(renamed.map(|(from, to)| (from, format!("it reads {from}, which is {to} now"))));
    let is_free = |id: &ObjectId| {
        let named = |kind: &Kind| ObjectId::top(*kind, id.schema().cloned(), id.name().clone());
        !RELATIONS.iter().map(named).any(|id| desired.contains(&id))
    };
    left.retain(|(id, _)| is_free(id));
    if left.is_empty() {
        return Vec::new();
    }
    let views = desired.iter().filter(|(id, _)| id.kind() == Kind::View);
    views
        .filter_map(|(id, entry)| {
            let read = read_from(entry)?;
            let (_, reason) = left.iter().find(|(gone, _)| read.contains(&(schema(gone), gone.name().to_string())))?;
            Some((id.clone(), Some("query"), reason.clone()))
        })
        .collect()
}

fn schema(id: &ObjectId) -> String {
    id.schema().map_or("public", Name::as_str).to_owned()
}

/// What stands behind FROM and JOIN, each with its schema.
fn read_from(entry: &Entry) -> Option<BTreeSet<(String, String)>> {
    let Object::View(view) = &entry.object else { return None };
    let query = view.query.as_str();
    let home = entry.in_schema.as_ref().map_or("public", Name::as_str);
    let all: Vec<Token> = significant(query).collect();
    let is = |at: usize, word: &str| {
        all.get(at).is_some_and(|token| token.is_word(query, word) || token.text(query) == word)
    };
    let name = |at: usize| all.get(at).and_then(|token| token.identifier(query));
    // What a WITH names is nothing of the database's: `a as (`, `a (b, c) as not materialized (`.
    let begins = |at: &usize| is(*at, "as") && ["(", "materialized", "not"].iter().any(|word| is(at + 1, word));
    let name_before = |at: usize| {
        let at = at.checked_sub(1)?;
        let at = if is(at, ")") { (0..at).rev().find(|at| is(*at, "("))?.checked_sub(1)? } else { at };
        name(at)
    };
    let own: BTreeSet<String> = (0..all.len()).filter(begins).filter_map(name_before).collect();
    let mut found = BTreeSet::new();
    // `extract(year from a)` reads nothing, nor does `a is distinct from b`.
    let mut selects = vec![false];
    for (at, token) in all.iter().enumerate() {
        match token.text(query) {
            "(" => selects.push(false),
            ")" => drop(selects.pop()),
            _ if is(at, "select") => {
                selects.pop();
                selects.push(true);
            }
            _ => {}
        }
        let is_distinct = at.checked_sub(1).is_some_and(|before| is(before, "distinct"));
        if is_distinct || selects.last() != Some(&true) || !(is(at, "from") || is(at, "join")) {
            continue;
        }
        let at = if is(at + 1, "only") { at + 2 } else { at + 1 };
        match (name(at), is(at + 1, "."), name(at + 2)) {
            (Some(schema), true, Some(name)) if !is(at + 3, "(") => drop(found.insert((schema, name))),
            (Some(name), false, _) if !is(at + 1, "(") && !own.contains(&name) => {
                found.insert((home.to_owned(), name));
            }
            _ => {}
        }
    }
    Some(found)
}
