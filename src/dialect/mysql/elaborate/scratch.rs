//! The temporary table that stands for a table: what of it a temporary one can have.

use std::collections::BTreeMap;

use crate::catalog::{
    Catalog, Column, Entry, Index, Kind, Name, Object, ObjectId, OptionKey, OptionValue, Options, Part, PrimaryKey,
    Table,
};
use crate::dialect::Dialect as _;

use super::super::render;
use super::Judged;

/// Its name; no table of people's should have it.
pub(super) const NAME: &str = "trueup_elaborate";

/// Which parts of a table are made, and how.
pub(super) type Pick<'a> = &'a dyn Fn(&ObjectId, &mut Object) -> bool;

/// CREATE TEMPORARY TABLE, of the parts that `pick` takes.
pub(super) fn create(cx: &Judged<'_>, table: &ObjectId, pick: Pick<'_>) -> String {
    let catalog = cx.desired;
    let scratch = ObjectId::top(Kind::Table, None, Name::exact(NAME));
    let checks: BTreeMap<ObjectId, String> = checks(catalog, table).into_iter().map(|(name, id)| (id, name)).collect();
    let mut list: BTreeMap<ObjectId, Entry> = BTreeMap::new();
    if let Some(Object::Table(table)) = catalog.object(table) {
        let kept = [OptionKey::Engine, OptionKey::Charset, OptionKey::Collation];
        let mut options = Options::default();
        for (key, value) in table.options.iter().filter(|(key, _)| kept.contains(key)) {
            options.put(key, value.clone());
        }
        let says_none = [OptionKey::Charset, OptionKey::Collation].iter().all(|key| options.get(*key).is_none());
        if cx.gives_other && says_none {
            options.put(OptionKey::Collation, OptionValue::Text(cx.defaults.collation.clone()));
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
    if cx.needs_key && !list.keys().any(|id| id.kind() == Kind::PrimaryKey) {
        list.extend(key(cx, &scratch));
    }
    let list: Catalog = list.into_iter().collect();
    render::table(&list, &scratch, cx.dialect.flavour, &|_| false).replacen("CREATE", "CREATE TEMPORARY", 1)
}

/// The key of a table that has none, where the server takes none such. It comes last, where no part is looked for.
fn key(cx: &Judged<'_>, scratch: &ObjectId) -> [(ObjectId, Entry); 2] {
    let name = cx.dialect.called(Kind::Column, "trueup_key");
    let column = Column { ty: Some(cx.dialect.type_name("int")), ..Column::default() };
    let key = PrimaryKey { columns: vec![Part::column(name.clone())], ..PrimaryKey::default() };
    [
        (scratch.child(Kind::Column, name), Entry::new(Object::Column(column), u32::MAX)),
        (scratch.child(Kind::PrimaryKey, Name::default()), Entry::new(Object::PrimaryKey(key), u32::MAX)),
    ]
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
