//! Columns that a table has from another: what stands for the table has them as they are to be.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::catalog::{Catalog, Name, Object, ObjectId, Sql};

use super::super::sql::{name, qualified};

/// The statements that give a stand-in the inherited columns that differ in type, or are new.
pub(super) fn changes(live: &Catalog, desired: &Catalog, root: &ObjectId, temp: &ObjectId) -> String {
    let mut wanted = BTreeMap::new();
    for parent in desired.object(root).into_iter().flat_map(Object::parents) {
        columns(desired, parent, &mut wanted);
    }
    if wanted.is_empty() {
        return String::new();
    }
    let mut there = BTreeMap::new();
    columns(live, root, &mut there);
    let mut sql = String::new();
    for (column, ty) in wanted {
        let id = root.child(crate::catalog::Kind::Column, column.clone());
        let is_own = matches!(desired.object(&id), Some(Object::Column(own)) if own.ty.is_some());
        if !is_own && there.get(column) != Some(&ty) {
            let (table, own) = (qualified(temp), name(&id));
            let _ = write!(
                sql,
                "; alter table {table} drop column if exists {own}; alter table {table} add column {own} {}",
                ty.as_str()
            );
        }
    }
    sql
}

/// The types of the columns of a table, its own before its parents'.
fn columns<'c>(catalog: &'c Catalog, table: &'c ObjectId, found: &mut BTreeMap<&'c Name, &'c Sql>) {
    for (id, column) in catalog.columns(table) {
        if let Some(ty) = &column.ty {
            found.entry(id.name()).or_insert(ty);
        }
    }
    for parent in catalog.object(table).into_iter().flat_map(Object::parents) {
        columns(catalog, parent, found);
    }
}
