//! The temporary table that stands for a table: what of it a temporary one can have.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Entry, Index, Kind, Name, Object, ObjectId, OptionKey, Options, Part, Table};

use super::super::connect::Flavour;
use super::super::render;

/// Its name; no table of people's should have it.
pub(super) const NAME: &str = "trueup_elaborate";

/// Which parts of a table are made, and how.
pub(super) type Pick<'a> = &'a dyn Fn(&ObjectId, &mut Object) -> bool;

/// CREATE TEMPORARY TABLE, of the parts that `pick` takes.
pub(super) fn create(catalog: &Catalog, table: &ObjectId, flavour: Flavour, pick: Pick<'_>) -> String {
    let scratch = ObjectId::top(Kind::Table, None, Name::exact(NAME));
    let checks: BTreeMap<ObjectId, String> = checks(catalog, table).into_iter().map(|(name, id)| (id, name)).collect();
    let mut list: BTreeMap<ObjectId, Entry> = BTreeMap::new();
    if let Some(Object::Table(table)) = catalog.object(table) {
        let kept = [OptionKey::Engine, OptionKey::Charset, OptionKey::Collation];
        let mut options = Options::default();
        for (key, value) in table.options.iter().filter(|(key, _)| kept.contains(key)) {
            options.put(key, value.clone());
        }
        list.insert(scratch.clone(), Entry::new(Object::Table(Table { options, ..Table::default() }), 0));
    }
    for (id, entry) in catalog.children(table) {
        let Some(mut object) = possible(&entry.object) else { continue };
        if !pick(id, &mut object) {
            continue;
        }
        // Names of checks are unique in a MySQL database, so that of a temporary table is none of them.
        let name = checks.get(id).map_or_else(|| id.name().clone(), Name::exact);
        let mut entry = entry.clone();
        entry.object = object;
        list.insert(scratch.child(id.kind(), name), entry);
    }
    let list: Catalog = list.into_iter().collect();
    render::table(&list, &scratch, flavour, &|_| false).replacen("CREATE", "CREATE TEMPORARY", 1)
}

/// The names of checks there.
pub(super) fn checks(catalog: &Catalog, table: &ObjectId) -> BTreeMap<String, ObjectId> {
    let checks = catalog.children(table).map(|(id, _)| id).filter(|id| id.kind() == Kind::Check);
    checks.enumerate().map(|(at, id)| (format!("trueup_check_{at}"), id.clone())).collect()
}

/// A message of the server's with the names that people know.
pub(super) fn in_own_names(message: &str, catalog: &Catalog, table: &ObjectId) -> String {
    let checks = checks(catalog, table).into_iter().map(|(name, id)| (name, id.name().clone()));
    let names = checks.chain([(NAME.to_owned(), table.name().clone())]);
    names.fold(message.to_owned(), |message, (made, own)| {
        ['\'', '`'].into_iter().fold(message, |message, mark| {
            message.replace(&format!("{mark}{made}{mark}"), &format!("{mark}{own}{mark}"))
        })
    })
}

/// Whether a temporary table can have an index: it has no full-text and vector indexes.
pub(super) fn fits_temporary(index: &Index) -> bool {
    !matches!(index.options.word(OptionKey::IndexKind), Some("fulltext" | "vector" | "spatial"))
}

/// The last part of a key WITHOUT OVERLAPS, which is a period; a temporary table has none.
pub(super) fn period(parts: &[Part], without_overlaps: bool) -> Option<&Part> {
    parts.last().filter(|_| without_overlaps)
}

/// An object as a temporary table can have it: without foreign keys, partitions, periods and versions.
fn possible(object: &Object) -> Option<Object> {
    let mut object = object.clone();
    match &mut object {
        Object::Column(column) => {
            for key in [OptionKey::RowStart, OptionKey::RowEnd, OptionKey::WithoutSystemVersioning] {
                column.options.clear(key);
            }
        }
        Object::PrimaryKey(key) if key.without_overlaps => {
            key.columns.pop();
            key.without_overlaps = false;
            if key.columns.is_empty() {
                return None;
            }
        }
        Object::Index(index) if !fits_temporary(index) => return None,
        Object::Index(index) if index.options.is_on(OptionKey::WithoutOverlaps) => {
            index.options.clear(OptionKey::WithoutOverlaps);
            index.columns.pop();
            if index.columns.is_empty() {
                return None;
            }
        }
        Object::PrimaryKey(_) | Object::Index(_) | Object::Check(_) => {}
        _ => return None,
    }
    Some(object)
}
