//! Views and triggers that SQLite keeps but cannot use.
//!
//! Preparing a statement resolves every name in it and runs nothing.

use std::collections::{BTreeMap, HashMap};

use rusqlite::Connection;

use crate::catalog::{Catalog, Event, Kind, Object, ObjectId};

use super::super::sql::quote;
use super::super::tokens::significant;
use super::report::{Report, ReportedColumn};

/// Views that cannot be read, with what SQLite says.
pub(super) fn views<'a>(conn: &Connection, names: impl Iterator<Item = &'a str>) -> Vec<(ObjectId, String)> {
    let check = |name| {
        let message = refusal(conn, &format!("select * from main.{}", quote(name)))?;
        Some((super::build::relation(Kind::View, name), message))
    };
    names.filter_map(check).collect()
}

/// Triggers that make the statement fail on which they fire, with what SQLite says.
pub(super) fn triggers(conn: &Connection, catalog: &Catalog, report: &Report, broken: &mut BTreeMap<ObjectId, String>) {
    // Triggers on the same event of a table are compiled together.
    let mut by_statement: HashMap<String, Vec<&ObjectId>> = HashMap::new();
    for (id, entry) in catalog.iter() {
        let (Object::Trigger(trigger), Some(relation)) = (&entry.object, id.parent()) else { continue };
        if broken.contains_key(relation) {
            // It cannot be judged while its view is broken.
            continue;
        }
        for event in &trigger.events {
            if let Some(statement) = statement(conn, report, relation, event) {
                by_statement.entry(statement).or_default().push(id);
            }
        }
    }
    for (statement, ids) in by_statement {
        if let Some(message) = refusal(conn, &statement) {
            for id in at_fault(catalog, &ids, &message) {
                broken.insert(id.clone(), message.clone());
            }
        }
    }
}

/// A statement on which a trigger for this event fires.
fn statement(conn: &Connection, report: &Report, relation: &ObjectId, event: &Event) -> Option<String> {
    let table = format!("main.{}", quote(relation.name().as_str()));
    match event {
        Event::Insert => Some(format!("insert into {table} default values")),
        Event::Delete => Some(format!("delete from {table}")),
        Event::Truncate => None,
        Event::Update { of } => {
            let column = match of.first() {
                Some(column) => column.as_str().to_owned(),
                None => some_column(conn, report, relation)?,
            };
            Some(format!("update {table} set {0} = {0}", quote(&column)))
        }
    }
}

/// A column that can be set.
fn some_column(conn: &Connection, report: &Report, relation: &ObjectId) -> Option<String> {
    let name = relation.name().as_str();
    let settable = |column: &&ReportedColumn| column.hidden == 0;
    if let Some(columns) = report.columns.get(name) {
        return columns.iter().find(settable).map(|column| column.name.to_string());
    }
    let query = conn.prepare(&format!("select * from main.{}", quote(name))).ok()?;
    query.column_name(0).ok().map(ToOwned::to_owned)
}

/// The triggers that name what the message is about. Where none does, another trigger is to blame for a
/// name that is not there (the statements of a body fire triggers too), and all of them for anything else.
fn at_fault<'a>(catalog: &Catalog, ids: &[&'a ObjectId], message: &str) -> Vec<&'a ObjectId> {
    let subject = message.rsplit([' ', '.']).next().unwrap_or_default();
    let names_it = |id: &&&ObjectId| match catalog.object(id) {
        Some(Object::Trigger(trigger)) => {
            [trigger.body.as_ref(), trigger.when.as_ref()].into_iter().flatten().any(|sql| {
                let text = sql.as_str();
                significant(text)
                    .any(|token| token.identifier(text).is_some_and(|name| name.eq_ignore_ascii_case(subject)))
            })
        }
        _ => false,
    };
    let named: Vec<_> = ids.iter().filter(names_it).copied().collect();
    if named.is_empty() && !message.starts_with("no such ") { ids.to_vec() } else { named }
}

/// What SQLite says against a statement.
fn refusal(conn: &Connection, sql: &str) -> Option<String> {
    conn.prepare(sql).err().map(|error| super::super::connect::message(&error))
}
