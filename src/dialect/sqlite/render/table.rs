//! CREATE TABLE and what stands inside it.

use crate::catalog::{
    Action, Catalog, Check, Column, Deferrable, ForeignKey, Kind, Name, Object, ObjectId, OptionKey, Options, Order,
    Part, PartOf, PrimaryKey, Unique,
};

use super::super::dialect::is_rowid_alias;
use super::super::sql::{closed, default_value, parenthesised, quote, quote_list, type_name};

/// CREATE TABLE, under another name if one is given: columns in order, constraints after them.
pub fn create_table(catalog: &Catalog, table: &ObjectId, name: Option<&Name>) -> String {
    let mut lines: Vec<_> = catalog.columns(table).into_iter().map(|(id, _)| column_line(catalog, id)).collect();
    lines.extend(
        constraints(catalog, table)
            .into_iter()
            .filter(|(id, _)| !is_on_column(catalog, id))
            .map(|(id, object)| definition(id, object)),
    );
    let name = name.unwrap_or_else(|| table.name());
    format!("CREATE TABLE {} (\n  {}\n){}", quote(name.as_str()), lines.join(",\n  "), options(catalog, table))
}

/// A column for ALTER TABLE ... ADD COLUMN, with the constraints of `with` that are over it alone.
pub fn column_definition(catalog: &Catalog, column: &ObjectId, with: &[ObjectId]) -> String {
    let mut text = column_line(catalog, column);
    for id in with {
        let written = match catalog.object(id) {
            Some(Object::Unique(unique)) => format!("UNIQUE{}", on_conflict(&unique.options)),
            Some(Object::ForeignKey(key)) => references(key),
            Some(object) => definition_without_name(object),
            None => continue,
        };
        text = format!("{} {}{written}", closed(&text), constraint_name(id, catalog.object(id)));
    }
    text
}

/// A constraint as it stands in a table: `CONSTRAINT c CHECK (a > 0)`.
pub fn constraint_definition(catalog: &Catalog, constraint: &ObjectId) -> String {
    catalog.object(constraint).map(|object| definition(constraint, object)).unwrap_or_default()
}

/// In the order in which they were found, which is the order of their positions.
fn constraints<'a>(catalog: &'a Catalog, table: &'a ObjectId) -> Vec<(&'a ObjectId, &'a Object)> {
    let mut found: Vec<_> = catalog
        .children(table)
        .filter(|(id, _)| matches!(id.kind(), Kind::PrimaryKey | Kind::Unique | Kind::Check | Kind::ForeignKey))
        .collect();
    found.sort_by_key(|(id, entry)| (entry.position, *id));
    found.into_iter().map(|(id, entry)| (id, &entry.object)).collect()
}

fn options(catalog: &Catalog, table: &ObjectId) -> String {
    let Some(Object::Table(table)) = catalog.object(table) else { return String::new() };
    let words = [(OptionKey::WithoutRowid, "WITHOUT ROWID"), (OptionKey::Strict, "STRICT")];
    let on: Vec<_> = words.iter().filter(|(key, _)| table.options.is_on(*key)).map(|(_, word)| *word).collect();
    if on.is_empty() { String::new() } else { format!(" {}", on.join(", ")) }
}

/// Whether a constraint is written on its column: the key that is the rowid, where it has no name, and
/// the key that only is not the rowid because it stands there.
fn is_on_column(catalog: &Catalog, id: &ObjectId) -> bool {
    let Some(Object::PrimaryKey(key)) = catalog.object(id) else { return false };
    let [Part { of: PartOf::Column(name), collation: None, order, .. }] = key.columns.as_slice() else { return false };
    if key.options.is_off(OptionKey::RowidAlias) {
        return true;
    }
    let column = id.parent().map(|table| table.child(Kind::Column, name.clone()));
    key.name.is_none() && *order == Order::Unsaid && column.is_some_and(|column| is_rowid_alias(catalog, &column))
}

fn column_line(catalog: &Catalog, id: &ObjectId) -> String {
    let Some(Object::Column(column)) = catalog.object(id) else { return quote(id.name().as_str()) };
    let mut text = quote(id.name().as_str());
    if let Some(ty) = &column.ty {
        text.push(' ');
        text.push_str(&type_name(ty.as_str()));
    }
    if let Some((key_id, key)) = own_key(catalog, id) {
        let name = constraint_name(&key_id, catalog.object(&key_id));
        let order = if key.columns.iter().any(|part| part.order.is_descending()) { " DESC" } else { "" };
        let autoincrement = if key.options.is_on(OptionKey::Autoincrement) { " AUTOINCREMENT" } else { "" };
        let conflict = on_conflict(&key.options);
        for piece in [" ", &name, "PRIMARY KEY", order, &conflict, autoincrement] {
            text.push_str(piece);
        }
    }
    text.push_str(&attributes(column, is_implied_not_null(catalog, id)));
    text
}

/// The primary key that is written on this column.
fn own_key<'a>(catalog: &'a Catalog, column: &ObjectId) -> Option<(ObjectId, &'a PrimaryKey)> {
    let table = column.parent()?;
    let (id, key) = (table.primary_key(), catalog.primary_key(table)?);
    let is_it = key.columns.first().and_then(Part::as_column) == Some(column.name());
    (is_it && is_on_column(catalog, &id)).then_some((id, key))
}

/// Whether the column is NOT NULL without a word, as part of its table's key.
fn is_implied_not_null(catalog: &Catalog, column: &ObjectId) -> bool {
    let Some(table) = column.parent() else { return false };
    let in_key = catalog
        .primary_key(table)
        .is_some_and(|key| key.columns.iter().filter_map(Part::as_column).any(|name| name == column.name()));
    let keeps_out_null = match catalog.object(table) {
        Some(Object::Table(table)) => {
            table.options.is_on(OptionKey::Strict) || table.options.is_on(OptionKey::WithoutRowid)
        }
        _ => false,
    };
    in_key && keeps_out_null && !is_rowid_alias(catalog, column)
}

fn attributes(column: &Column, implied_not_null: bool) -> String {
    let mut text = String::new();
    let conflict = on_conflict(&column.options);
    let goes_without_saying = implied_not_null && conflict.is_empty();
    if !column.null && !goes_without_saying {
        text.push_str(" NOT NULL");
        text.push_str(&conflict);
    }
    if let Some(default) = &column.default {
        text.push_str(" DEFAULT ");
        text.push_str(&default_value(default.as_str()));
    }
    if let Some(collation) = &column.collation {
        text.push_str(" COLLATE ");
        text.push_str(&quote(collation.as_str()));
    }
    if let Some(generated) = &column.generated {
        text.push_str(" GENERATED ALWAYS AS ");
        text.push_str(&parenthesised(generated.sql.as_str()));
        text.push_str(if generated.stored { " STORED" } else { " VIRTUAL" });
    }
    text
}

fn on_conflict(options: &Options) -> String {
    match options.word(OptionKey::OnConflict) {
        Some(word) => format!(" ON CONFLICT {}", word.to_ascii_uppercase()),
        None => String::new(),
    }
}

/// `CONSTRAINT name `, where the constraint has one.
fn constraint_name(id: &ObjectId, object: Option<&Object>) -> String {
    let name = match object {
        Some(Object::PrimaryKey(key)) => key.name.as_ref(),
        Some(
            Object::Unique(Unique { unnamed: false, .. })
            | Object::Check(Check { unnamed: false, .. })
            | Object::ForeignKey(ForeignKey { unnamed: false, .. }),
        ) => Some(id.name()),
        _ => None,
    };
    name.map(|name| format!("CONSTRAINT {} ", quote(name.as_str()))).unwrap_or_default()
}

fn definition(id: &ObjectId, object: &Object) -> String {
    format!("{}{}", constraint_name(id, Some(object)), definition_without_name(object))
}

fn definition_without_name(object: &Object) -> String {
    match object {
        Object::PrimaryKey(key) => {
            let autoincrement = if key.options.is_on(OptionKey::Autoincrement) { " AUTOINCREMENT" } else { "" };
            format!("PRIMARY KEY ({}{autoincrement}){}", parts(&key.columns), on_conflict(&key.options))
        }
        Object::Unique(unique) => format!("UNIQUE ({}){}", parts(&unique.columns), on_conflict(&unique.options)),
        Object::Check(check) => format!("CHECK {}", parenthesised(check.sql.as_str())),
        Object::ForeignKey(key) => {
            format!("FOREIGN KEY ({}) {}", quote_list(key.columns.iter().map(Name::as_str)), references(key))
        }
        _ => String::new(),
    }
}

fn references(key: &ForeignKey) -> String {
    let mut text = format!("REFERENCES {}", quote(key.references.name().as_str()));
    if !key.ref_columns.is_empty() {
        text = format!("{text} ({})", quote_list(key.ref_columns.iter().map(Name::as_str)));
    }
    for (event, action) in [("UPDATE", key.on_update), ("DELETE", key.on_delete)] {
        if action != Action::NoAction {
            text = format!("{text} ON {event} {}", action.words().to_ascii_uppercase());
        }
    }
    if let Some(matching) = &key.matching {
        text = format!("{text} MATCH {}", quote(matching));
    }
    text.push_str(match key.deferrable {
        Deferrable::No => "",
        Deferrable::Immediate => " DEFERRABLE",
        Deferrable::Deferred => " DEFERRABLE INITIALLY DEFERRED",
    });
    text
}

/// The parts of a key or an index with commas between them.
pub(super) fn parts(parts: &[Part]) -> String {
    let part = |part: &Part| {
        let mut text = match &part.of {
            PartOf::Column(name) => quote(name.as_str()),
            PartOf::Sql(sql) => closed(sql.as_str()),
        };
        if let Some(collation) = &part.collation {
            text.push_str(" COLLATE ");
            text.push_str(&quote(collation.as_str()));
        }
        if let Some(word) = part.order.word() {
            text.push(' ');
            text.push_str(&word.to_ascii_uppercase());
        }
        text
    };
    parts.iter().map(part).collect::<Vec<_>>().join(", ")
}
