//! Foreign keys that the server would refuse when both ends are made (errors 3780, 1822, 150). It tells so only of real
//! tables, so what can be known is said here.

use crate::catalog::{Catalog, Column, ForeignKey, Kind, Name, Object, ObjectId, Part};
use crate::diff::{Delta, Deltas};

/// New and changed foreign keys whose ends do not fit each other.
pub(super) fn refused(desired: &Catalog, deltas: &Deltas) -> Vec<(ObjectId, Option<&'static str>, String)> {
    let differ = deltas.iter().filter(|(_, delta)| **delta != Delta::Drop).map(|(id, _)| id);
    let reason = |id: &ObjectId| match (desired.object(id), id.parent()) {
        (Some(Object::ForeignKey(key)), Some(table)) => {
            unlike(desired, table, key).or_else(|| without_index(desired, key))
        }
        _ => None,
    };
    differ.filter_map(|id| Some((id.clone(), None, reason(id)?))).collect()
}

/// Columns of two kinds of integers, or an integer and a text.
fn unlike(desired: &Catalog, table: &ObjectId, key: &ForeignKey) -> Option<String> {
    let column = |table: &ObjectId, name: &Name| match desired.object(&table.child(Kind::Column, name.clone())) {
        Some(Object::Column(column)) => class(column),
        _ => None,
    };
    key.columns.iter().zip(&key.ref_columns).find_map(|(own, theirs)| {
        let (from, to) = (column(table, own)?, column(&key.references, theirs)?);
        (from != to).then(|| {
            format!("`{own}` is {from} and `{theirs}` of `{}` is {to}; both have to be one type", key.references)
        })
    })
}

/// An integer with its size and sign, or a text.
fn class(column: &Column) -> Option<String> {
    let text = column.ty.as_ref()?.canonical().to_lowercase();
    let word = text.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned();
    match word.as_str() {
        "tinyint" | "smallint" | "mediumint" | "int" | "bigint" => {
            let unsigned = text.contains("unsigned") || text.contains("zerofill");
            Some(if unsigned { format!("{word} unsigned") } else { word })
        }
        "char" | "varchar" => Some("a text".to_owned()),
        _ => None,
    }
}

/// The target has no index that begins with the columns.
fn without_index(desired: &Catalog, key: &ForeignKey) -> Option<String> {
    let table = &key.references;
    let (Some(Object::Table(_)), None) = (desired.object(table), table.schema()) else { return None };
    let begins = |parts: &[Part]| {
        let mut first: Vec<&Name> = parts.iter().take(key.ref_columns.len()).filter_map(Part::as_column).collect();
        let mut wanted: Vec<&Name> = key.ref_columns.iter().collect();
        first.sort();
        wanted.sort();
        first == wanted
    };
    let has = desired.children(table).any(|(_, entry)| match &entry.object {
        Object::PrimaryKey(key) => begins(&key.columns),
        Object::Index(index) => begins(&index.columns),
        // The index of a key of the table itself serves as well.
        Object::ForeignKey(other) => other.columns.starts_with(&key.ref_columns),
        _ => false,
    });
    let names: Vec<String> = key.ref_columns.iter().map(|name| format!("`{name}`")).collect();
    (!has).then(|| format!("`{table}` has no key or index that begins with {}", names.join(", ")))
}
