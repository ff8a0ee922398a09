//! Partitions. MySQL's are parts of their table, PostgreSQL's are tables of their own, with the columns of the table
//! that they are partitions of.

use crate::catalog::{Catalog, Column, Kind, Object, ObjectId, Table};
use crate::diagnostic::Diagnostic;

use super::super::fields::Fields;
use super::super::lower::{Declared, Lowering, nearest_column};
use super::beside::PARTITION;
use super::{Databases, object};

/// A partition in the block of its table.
pub(super) fn lower(lowering: &mut Lowering<'_>, table: &Declared<'_>, declared: &Declared<'_>) {
    if !Databases::POSTGRES.has(lowering.dialect.name()) {
        object::lower(lowering, &PARTITION, declared);
        return;
    }
    let fields = Fields::of(lowering.dialect, &PARTITION, declared.node);
    let mut attributes = Vec::new();
    let mut sql = |key: &'static str| {
        let (sql, place) = fields.sql(key)?;
        attributes.push((key, place));
        Some(sql)
    };
    let partition = Table {
        partition_of: Some(table.id.clone()),
        values: sql("values"),
        partition_by: sql("partition_by"),
        ..Table::default()
    };
    let id = ObjectId::top(Kind::Table, table.id.schema().cloned(), declared.id.name().clone());
    let own = Declared { id, ..declared.clone() };
    if lowering.insert(&own, Object::Table(partition), attributes) {
        lowering.renamed_beside(&own, &fields);
        for child in fields.children("partition") {
            lower(lowering, &own, &own.child(lowering.dialect, Kind::Partition, child, "partition"));
        }
    }
}

/// The columns that partitions say in full though they have them from above: what is said again is no difference, what is
/// said otherwise cannot be.
pub(in crate::document) fn settle_columns(lowering: &mut Lowering<'_>) {
    if !Databases::POSTGRES.has(lowering.dialect.name()) {
        return;
    }
    let catalog = &lowering.desired.catalog;
    let is_full = |object: &Object| matches!(object, Object::Column(column) if column.ty.is_some());
    let said: Vec<ObjectId> = catalog
        .iter()
        .filter(|(id, entry)| is_full(&entry.object) && partition_of(catalog, id.root()).is_some())
        .map(|(id, _)| id.clone())
        .collect();
    for id in said {
        settle_column(lowering, &id);
    }
}

fn settle_column(lowering: &mut Lowering<'_>, id: &ObjectId) {
    let catalog = &lowering.desired.catalog;
    let Some(whole) = lineage(catalog, id.root()).pop() else { return };
    let Some(Object::Table(Table { of_type: None, inherits, .. })) = catalog.object(&whole) else { return };
    if !inherits.is_empty() || lowering.is_unsure(&whole) {
        return;
    }
    let ty = column(catalog, &whole.child(Kind::Column, id.name().clone())).and_then(|column| column.ty.clone());
    let own = column(catalog, id).and_then(|column| column.ty.clone());
    if ty.is_some() && ty == own {
        say_less(&mut lowering.desired.catalog, id);
        return;
    }
    // Where none is kept, it is said again with its place.
    let place = lowering.desired.place(id, Some("type")).copied();
    let (message, help) = if let Some(ty) = ty {
        let message = format!("`{id}` is `{}` in `{whole}`, which it is a partition of", ty.as_str());
        (message, "leave its type out, or change that of the whole table".to_owned())
    } else {
        let message = format!("`{whole}` has no column `{}`, so its partitions have none", id.name());
        (message, nearest_column(catalog, &whole, id.name()))
    };
    lowering.found.push(Diagnostic::error(message).at_some(place).with_help(help));
}

/// Leaves out what the column has from above, all of it where nothing is its own.
fn say_less(catalog: &mut Catalog, id: &ObjectId) {
    let inherited = inherited(catalog, id);
    let Some(entry) = catalog.get_mut(id) else { return };
    let Object::Column(column) = &mut entry.object else { return };
    column.ty = None;
    column.identity = None;
    if entry.comment.is_none() && inherited.as_ref() == Some(column) {
        catalog.remove(id);
    }
}

/// What the nearest table above says of the column.
fn inherited(catalog: &Catalog, id: &ObjectId) -> Option<Column> {
    let above = lineage(catalog, id.root()).into_iter().skip(1);
    let mut said = above.filter_map(|table| column(catalog, &table.child(Kind::Column, id.name().clone())));
    said.next().map(Column::inherited)
}

/// A partition and what it is a partition of, up to the whole. That none is its own parent is told elsewhere.
fn lineage(catalog: &Catalog, table: &ObjectId) -> Vec<ObjectId> {
    let mut all = vec![table.clone()];
    while let Some(above) = all.last().and_then(|table| partition_of(catalog, table)).filter(|id| !all.contains(id)) {
        all.push(above.clone());
    }
    all
}

fn partition_of<'c>(catalog: &'c Catalog, table: &ObjectId) -> Option<&'c ObjectId> {
    catalog.object(table).and_then(Object::partition_of)
}

fn column<'c>(catalog: &'c Catalog, id: &ObjectId) -> Option<&'c Column> {
    match catalog.object(id) {
        Some(Object::Column(column)) => Some(column),
        _ => None,
    }
}
