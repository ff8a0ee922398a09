//! Columns that a table has from another: what stands for the table has them as they are to be.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::catalog::{Catalog, Name, Object, ObjectId, Sql};

use super::super::sql::{name, qualified};
use super::Against;

/// The statements that give a stand-in the inherited columns that differ in type, or are new. A type is looked for where
/// the parent's file looks for it.
pub(super) fn changes(against: &Against<'_>, root: &ObjectId, temp: &ObjectId) -> String {
    let Against { live, desired, .. } = *against;
    let path = |id: &ObjectId| format!("; set local search_path = {}", against.path(id));
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
    for (column, (theirs, ty)) in wanted {
        let id = root.child(crate::catalog::Kind::Column, column.clone());
        let is_own = matches!(desired.object(&id), Some(Object::Column(own)) if own.ty.is_some());
        if !is_own && there.get(column).map(|(_, ty)| *ty) != Some(ty) {
            let (table, own) = (qualified(temp), name(&id));
            let _ = write!(
                sql,
                "{}; alter table {table} drop column if exists {own}; alter table {table} add column {own} {}\n{}",
                path(theirs),
                ty.as_str(),
                path(root)
            );
        }
    }
    sql
}

/// The types of the columns of a table, its own before its parents', and whose they are.
fn columns<'c>(catalog: &'c Catalog, table: &'c ObjectId, found: &mut BTreeMap<&'c Name, (&'c ObjectId, &'c Sql)>) {
    for (id, column) in catalog.columns(table) {
        if let Some(ty) = &column.ty {
            found.entry(id.name()).or_insert((id, ty));
        }
    }
    for parent in catalog.object(table).into_iter().flat_map(Object::parents) {
        columns(catalog, parent, found);
    }
}
