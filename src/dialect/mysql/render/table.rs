//! CREATE TABLE.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::catalog::{Catalog, Entry, Name, Object, ObjectId, OptionKey, Part, Period, Table};

use super::super::connect::Flavour;
use super::super::sql::{quote, string};
use super::{check, column, foreign_key, index, name, of_table, partition_by, primary_key};

/// Which foreign keys stand in a CREATE TABLE.
pub(in super::super) type Keys<'a> = &'a dyn Fn(&ObjectId) -> bool;

/// CREATE TABLE with all that is part of it: columns, keys, checks, options, partitions, and the foreign keys that
/// `keys` takes.
pub(in super::super) fn table(catalog: &Catalog, id: &ObjectId, flavour: Flavour, keys: Keys<'_>) -> String {
    let default = Table::default();
    let entry = catalog.get(id);
    let table = match entry.map(|entry| &entry.object) {
        Some(Object::Table(table)) => table,
        _ => &default,
    };
    let mut lines: Vec<String> = Vec::new();
    let mut end = None;
    for (column_id, it) in catalog.columns(id) {
        end = end.or(Some(column_id.name()).filter(|_| it.options.is_on(OptionKey::RowEnd)));
        let comment = catalog.get(column_id).and_then(|entry| entry.comment.as_deref());
        lines.push(column(column_id.name(), it, comment, flavour));
    }
    let mut parts: Vec<(u8, u32, &ObjectId, String)> = Vec::new();
    for (child, Entry { object, comment, position, .. }) in catalog.children(id) {
        let comment = comment.as_deref();
        let (rank, text) = match &*with_end(object, end) {
            Object::PrimaryKey(key) => (0, primary_key(key, comment, flavour)),
            Object::Index(it) => (1 + u8::from(!it.unique), index(child.name(), it, comment, flavour)),
            Object::ForeignKey(key) if keys(child) => (3, foreign_key(child, key, flavour)),
            Object::Check(it) => (4, check(child, it)),
            _ => continue,
        };
        parts.push((rank, *position, child, text));
    }
    parts.sort();
    lines.extend(parts.into_iter().map(|(.., text)| text));
    for period in &table.period {
        lines.push(definition(period));
    }
    let mut out = format!("CREATE TABLE {} (\n  {}\n)", name(id), lines.join(",\n  "));
    for option in of_table(&table.options) {
        let _ = write!(out, " {option}");
    }
    if let Some(comment) = entry.and_then(|entry| entry.comment.as_deref()) {
        let _ = write!(out, " COMMENT={}", string(comment));
    }
    if table.options.is_on(OptionKey::SystemVersioning) {
        out.push_str(" WITH SYSTEM VERSIONING");
    }
    if let Some(partitions) = partition_by(catalog, id, table) {
        let _ = write!(out, "\n{partitions}");
    }
    out
}

/// A unique key as MariaDB shows it where a column of the table's own ends the time of its rows: that stands last in it.
fn with_end<'a>(object: &'a Object, end: Option<&Name>) -> Cow<'a, Object> {
    let Some(end) = end else { return Cow::Borrowed(object) };
    let mut object = object.clone();
    let parts = match &mut object {
        Object::PrimaryKey(key) => &mut key.columns,
        Object::Index(index) if index.unique => &mut index.columns,
        _ => return Cow::Owned(object),
    };
    if parts.iter().all(|part| part.as_column() != Some(end)) {
        parts.push(Part::column(end.clone()));
    }
    Cow::Owned(object)
}

/// `PERIOD FOR name (from, to)`
fn definition(period: &Period) -> String {
    let (from, to) = (quote(period.from.as_str()), quote(period.to.as_str()));
    format!("PERIOD FOR {} ({from}, {to})", period_name(&period.name))
}

/// The clause that adds a period.
pub(in super::super) fn add_period(period: &Period) -> String {
    format!("ADD {}", definition(period))
}

/// The period of system versioning is a keyword, an application period a name.
pub(in super::super) fn period_name(name: &Name) -> String {
    let name = name.as_str();
    if name.eq_ignore_ascii_case("system_time") { "SYSTEM_TIME".to_owned() } else { quote(name) }
}
