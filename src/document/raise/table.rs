//! `[table.t]` and the sections below it.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Column, Kind, Object, ObjectId, Table};
use crate::dialect::Dialect;

use super::form::{Attribute, inline_table, options};
use super::sugar::{Home, homes, in_reading_order};
use super::value::{Pairs, Value, pair};
use super::{Section, column, object_form, primary_key, stored};

/// What stands directly under the table's header.
pub(super) fn own(catalog: &Catalog, id: &ObjectId, table: &Table, dialect: &dyn Dialect) -> Pairs {
    let mut pairs = Pairs::new();
    if let Some(form) = catalog.get(&id.primary_key()).and_then(|entry| object_form(entry, dialect)) {
        pairs.push(pair(Kind::PrimaryKey.word(), form.value()));
    }
    pairs.extend(options(&table.options));
    pairs.extend(stored::more(stored::section_of(Kind::Table), &Object::Table(table.clone()), dialect));
    let from_elsewhere = table.partition_of.is_some() || table.of_type.is_some() || !table.inherits.is_empty();
    if dialect.has_schemas() && !from_elsewhere && catalog.columns(id).is_empty() {
        pairs.push(pair(Kind::Column.word(), Value::Table(Pairs::new())));
    }
    pairs
}

/// The columns, constraints and indexes of a table or a view.
pub(super) fn sections(catalog: &Catalog, id: &ObjectId, root: &[String], dialect: &dyn Dialect) -> Vec<Section> {
    let homes = homes(catalog, id, dialect);
    let mut sugar = SugarOf::default();
    let mut by_kind: BTreeMap<Kind, Pairs> = BTreeMap::new();
    for (child, entry) in in_reading_order(catalog, id) {
        match homes.get(child) {
            Some(Home::Column { column, attributes }) => sugar.add(column, attributes),
            Some(Home::Section { key }) => {
                if let Some(form) = object_form(entry, dialect) {
                    by_kind.entry(child.kind()).or_default().push(pair(key, form.value()));
                }
            }
            None => {}
        }
    }
    if let Some((column, attribute)) = catalog.primary_key(id).and_then(|key| primary_key::at_column(id, key)) {
        sugar.add(&column, &[attribute]);
    }
    let columns = catalog.columns(id).into_iter().map(|(child, column)| {
        pair(child.name().as_str(), column_value(catalog, child, column, sugar.take(child), dialect))
    });
    by_kind.insert(Kind::Column, columns.collect());
    by_kind
        .into_iter()
        .filter(|(_, pairs)| !pairs.is_empty())
        .map(|(kind, pairs)| {
            let mut path = root.to_vec();
            path.push(kind.word().to_owned());
            Section { path, pairs }
        })
        .collect()
}

/// A column with its sugar.
pub(crate) fn column_value(
    catalog: &Catalog,
    id: &ObjectId,
    column: &Column,
    sugar: Vec<Attribute>,
    dialect: &dyn Dialect,
) -> Value {
    // The column of a view takes NULL as its query gives it.
    let of_view = id.parent().is_some_and(|parent| parent.kind() == Kind::View);
    let null = if of_view { None } else { dialect.written_null(catalog, id) };
    let mut attributes = column::attributes(column, null, dialect);
    attributes.extend(sugar);
    attributes.extend(column_comment(catalog, id));
    inline_table(attributes)
}

/// The comment of a column.
pub(crate) fn column_comment(catalog: &Catalog, id: &ObjectId) -> Option<Attribute> {
    let comment = catalog.get(id)?.comment.as_deref()?;
    Some(Attribute::new("comment", Value::text(comment)))
}

/// The sugar of each column.
#[derive(Default)]
struct SugarOf(BTreeMap<ObjectId, Vec<Attribute>>);

impl SugarOf {
    fn add(&mut self, column: &ObjectId, attributes: &[Attribute]) {
        self.0.entry(column.clone()).or_default().extend_from_slice(attributes);
    }

    fn take(&mut self, column: &ObjectId) -> Vec<Attribute> {
        self.0.remove(column).unwrap_or_default()
    }
}
