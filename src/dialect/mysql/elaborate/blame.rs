//! Which part of a table it is that the server refuses: each is tried by itself, among columns that say no more than
//! their types.

use crate::catalog::{Column, Object, ObjectId, OptionKey};
use crate::error::Result;

use super::super::query::Link;
use super::super::sql;
use super::table::said;
use super::{Judged, scratch};

/// A refused part: the object, its attribute where that is known, and what the server says.
pub(super) type Refused = (ObjectId, Option<&'static str>, String);

/// The parts of a table that the server refuses by themselves.
pub(super) fn parts(link: &mut Link<'_>, cx: &Judged<'_>, table: &ObjectId) -> Result<Vec<Refused>> {
    let mut found = Vec::new();
    let columns = cx.desired.columns(table);
    for (id, column) in &columns {
        let only = |other: &ObjectId, object: &mut Object| other == *id && reduce(object);
        if let Some(message) = refused(link, cx, table, &only)? {
            let attribute = match message.to_lowercase() {
                message if message.contains("collation") => "collation",
                message if message.contains("character set") => "charset",
                _ => "type",
            };
            let attribute = column.ty.as_ref().map(|_| attribute);
            found.push(((*id).clone(), attribute, message));
        }
    }
    if !found.is_empty() {
        return Ok(found);
    }
    for (id, entry) in cx.desired.children(table) {
        let with = |other: &ObjectId, object: &mut Object| {
            if other == id {
                // What counts needs a key.
                if let Object::Column(column) = object {
                    column.options.clear(OptionKey::AutoIncrement);
                }
                true
            } else {
                matches!(object, Object::Column(_)) && reduce(object)
            }
        };
        let says_more = match &entry.object {
            Object::Column(column) => attributes(column).next().is_some(),
            Object::Check(_) | Object::Index(_) | Object::PrimaryKey(_) => true,
            _ => false,
        };
        if !says_more {
            continue;
        }
        if let Some(message) = refused(link, cx, table, &with)? {
            let attribute = match &entry.object {
                Object::Column(column) => Some(attributes(column)).and_then(|mut all| all.next().xor(all.next())),
                Object::Check(_) => Some("sql"),
                _ => None,
            };
            found.push((id.clone(), attribute, message));
        }
    }
    Ok(found)
}

/// The texts that a column has.
fn attributes(column: &Column) -> impl Iterator<Item = &'static str> {
    let said = [
        ("default", column.default.is_some()),
        ("generated", column.generated.is_some()),
        ("check", column.check.is_some()),
        ("on_update", column.on_update.is_some()),
    ];
    said.into_iter().filter(|(_, is_said)| *is_said).map(|(word, _)| word)
}

/// A column with no more than its type.
fn reduce(object: &mut Object) -> bool {
    if let Object::Column(column) = object {
        (column.default, column.generated, column.check, column.on_update) = (None, None, None, None);
        column.options.clear(OptionKey::AutoIncrement);
    }
    true
}

/// What the server says against these parts of a table by themselves, so that its words end with the statement.
fn refused(link: &mut Link<'_>, cx: &Judged<'_>, table: &ObjectId, pick: scratch::Pick<'_>) -> Result<Option<String>> {
    let made = link.batch(&[scratch::create(cx, table, pick)])?;
    let drop = format!("DROP TEMPORARY TABLE IF EXISTS {}", sql::quote(scratch::NAME));
    link.batch(&[drop])?;
    let error = made.into_iter().find_map(Result::err);
    Ok(error.map(|error| scratch::in_own_names(&said(&error), cx.desired, table)))
}
