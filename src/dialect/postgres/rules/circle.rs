//! A new table with a default or a check that calls a new function which reads the table. Neither can be first, so the
//! table is made without it, and it is set once the function is there.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::catalog::{Catalog, Kind, Object, ObjectId, Sql};
use crate::plan::{Draft, Resource};

use super::super::render;
use super::super::sql::{closed, name, qualified};
use super::Cx;
use super::needs::contained;

/// The functions that a table calls and that read it.
pub(super) fn functions(cx: &Cx<'_>, table: &ObjectId) -> BTreeSet<ObjectId> {
    if table.kind() != Kind::Table {
        return BTreeSet::new();
    }
    let parts = contained(cx, table).into_iter().filter(|(_, entry)| can_wait(&entry.object).is_some());
    let called: BTreeSet<&ObjectId> = parts
        .flat_map(|(_, entry)| &entry.mentions)
        .filter(|other| other.kind() == Kind::Function && cx.delta(other).is_some())
        .collect();
    called.into_iter().filter(|function| reads(cx, function, table)).cloned().collect()
}

/// What of a part can be said after the table is made.
fn can_wait(object: &Object) -> Option<&Sql> {
    match object {
        Object::Column(column) => column.default.as_ref(),
        Object::Check(check) => Some(&check.sql),
        _ => None,
    }
}

fn reads(cx: &Cx<'_>, function: &ObjectId, table: &ObjectId) -> bool {
    let (mut open, mut seen) = (vec![function.clone()], BTreeSet::new());
    while let Some(id) = open.pop() {
        if id.root() == table {
            return true;
        }
        if cx.delta(id.root()).is_some() && seen.insert(id.clone()) {
            let parts = contained(cx, &id);
            open.extend(
                parts.iter().flat_map(|(part, entry)| entry.mentions.iter().chain(cx.named_in_body(part))).cloned(),
            );
        }
    }
    false
}

/// The parts of a table that have to wait for these functions.
fn waiting<'a>(cx: &Cx<'a>, table: &ObjectId, functions: &BTreeSet<ObjectId>) -> Vec<(&'a ObjectId, &'a Object)> {
    let parts = contained(cx, table).into_iter();
    parts
        .filter(|(_, entry)| can_wait(&entry.object).is_some())
        .filter(|(_, entry)| entry.mentions.iter().any(|other| functions.contains(other)))
        .map(|(part, entry)| (part, &entry.object))
        .collect()
}

/// The catalog to make the table from: without what waits.
pub(super) fn without<'a>(cx: &Cx<'a>, table: &ObjectId) -> Cow<'a, Catalog> {
    let desired: &'a Catalog = cx.plan.desired;
    let functions = functions(cx, table);
    if functions.is_empty() {
        return Cow::Borrowed(desired);
    }
    let waiting: BTreeSet<&ObjectId> = waiting(cx, table, &functions).into_iter().map(|(part, _)| part).collect();
    let mut catalog = Catalog::default();
    for (id, entry) in desired.within(table) {
        let mut entry = entry.clone();
        match &mut entry.object {
            Object::Check(_) if waiting.contains(id) => continue,
            Object::Column(column) if waiting.contains(id) => column.default = None,
            _ => {}
        }
        // Every id is there once.
        let _ = catalog.insert(id.clone(), entry);
    }
    Cow::Owned(catalog)
}

/// What waits, once the table and the functions are there.
pub(super) fn afterwards(cx: &Cx<'_>, table: &ObjectId) -> Vec<Draft> {
    let functions = functions(cx, table);
    if functions.is_empty() {
        return Vec::new();
    }
    let alter = format!("ALTER TABLE {}", qualified(table));
    let drafts = waiting(cx, table, &functions).into_iter().filter_map(|(part, object)| {
        let (what, sql) = match object {
            Object::Column(column) => {
                let default = closed(column.default.as_ref()?.as_str());
                (
                    format!("set the default of {part}"),
                    format!("{alter} ALTER COLUMN {} SET DEFAULT {default}", name(part)),
                )
            }
            _ => (format!("add {part}"), format!("{alter} ADD {}", render::constraint(cx.desired, part)?)),
        };
        Some(Draft::new(part, what, sql))
    });
    let needs: Vec<Resource> = functions.iter().chain([table]).cloned().map(Resource::New).collect();
    drafts.map(|draft| draft.consuming(needs.clone())).collect()
}
