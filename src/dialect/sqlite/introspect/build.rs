//! Makes objects of stored statements.

use crate::catalog::{
    Catalog, Check, Column, Entry, Event, ForeignKey, Generated, Index, Kind, Name, Object, ObjectId, OptionKey,
    OptionValue, Options, Part, PartOf, PrimaryKey, Table, Trigger, Unique, View, VirtualTable,
};
use crate::dialect::Dialect;

use super::super::canonical::{default_value, expression, module, query, type_name};
use super::super::dialect::{SQLITE, name};
use super::super::parse::{
    ColumnDef, Conflict, ConstraintDef, CreateIndex, CreateTable, CreateTrigger, CreateView, CreateVirtualTable,
    ForeignKeyDef, KeyPart, TriggerEvent,
};
use super::honesty::{is_column, rowid_column};
use super::report::ReportedColumn;

/// The id of a relation.
pub(super) fn relation(kind: Kind, text: &str) -> ObjectId {
    ObjectId::top(kind, None, name(text))
}

/// A table with all that is part of it. What cannot be told apart in a catalog comes back as a sentence.
pub(super) fn table(
    catalog: &mut Catalog,
    id: &ObjectId,
    entry: impl FnOnce(Object) -> Entry,
    def: &CreateTable<'_>,
    reported: &[ReportedColumn],
) -> Option<String> {
    let mut options = Options::default();
    set(&mut options, Kind::Table, OptionKey::Strict, OptionValue::Bool(def.strict));
    set(&mut options, Kind::Table, OptionKey::WithoutRowid, OptionValue::Bool(def.without_rowid));
    let mut members = Members { catalog, table: id, position: 0, twice: None };
    members.add(id, entry(Object::Table(Table { options, ..Table::default() })));
    for (at, column) in def.columns.iter().enumerate() {
        let null = reported.get(at).map_or(column.not_null.is_none(), |reported| !reported.not_null);
        members.push(&id.child(Kind::Column, name(&*column.name)), Object::Column(self::column(column, null)));
    }
    for constraint in &def.constraints {
        members.constraint(def, constraint);
    }
    members.twice
}

/// A table whose statement could not be read: its columns as SQLite reports them.
pub(super) fn reported_table(
    catalog: &mut Catalog,
    id: &ObjectId,
    entry: impl FnOnce(Object) -> Entry,
    reported: &[ReportedColumn],
) {
    let mut members = Members { catalog, table: id, position: 0, twice: None };
    members.add(id, entry(Object::Table(Table::default())));
    for column in reported {
        let object = Column {
            ty: Some(&*column.ty).filter(|ty| !ty.is_empty()).map(type_name),
            null: !column.not_null,
            default: column.default.as_deref().map(default_value),
            generated: None,
            collation: None,
            options: Options::default(),
            ..Column::default()
        };
        members.push(&id.child(Kind::Column, name(&*column.name)), Object::Column(object));
    }
}

fn set(options: &mut Options, on: Kind, key: OptionKey, value: OptionValue) {
    if let Some(spec) = SQLITE.option(on, key) {
        options.set(spec, value);
    }
}

fn on_conflict(options: &mut Options, on: Kind, conflict: Conflict) {
    set(options, on, OptionKey::OnConflict, OptionValue::Text(conflict.word().to_owned()));
}

fn column(def: &ColumnDef<'_>, null: bool) -> Column {
    let mut options = Options::default();
    on_conflict(&mut options, Kind::Column, def.not_null.unwrap_or_default());
    Column {
        ty: def.ty.as_deref().map(type_name),
        null,
        default: def.default.map(default_value),
        generated: def.generated.map(|(sql, stored)| Generated { sql: expression(sql), stored }),
        collation: def.collation.as_deref().map(name),
        options,
        ..Column::default()
    }
}

/// What is part of one table, as it is added to the catalog.
struct Members<'a> {
    catalog: &'a mut Catalog,
    table: &'a ObjectId,
    position: u32,
    twice: Option<String>,
}

impl Members<'_> {
    fn add(&mut self, id: &ObjectId, entry: Entry) {
        if self.catalog.insert(id.clone(), entry).is_err() {
            self.twice.get_or_insert_with(|| format!("it has {id} twice"));
        }
    }

    fn push(&mut self, id: &ObjectId, object: Object) {
        let position = self.position;
        self.position += 1;
        self.add(id, Entry::new(object, position));
    }

    fn constraint(&mut self, table: &CreateTable<'_>, constraint: &ConstraintDef<'_>) {
        match constraint {
            ConstraintDef::PrimaryKey { name: own, parts, conflict, autoincrement, on_column } => {
                let mut options = Options::default();
                on_conflict(&mut options, Kind::PrimaryKey, *conflict);
                set(&mut options, Kind::PrimaryKey, OptionKey::Autoincrement, OptionValue::Bool(*autoincrement));
                // The same key written for the table would be the rowid: the difference must be kept.
                let alias = !(*on_column && !table.without_rowid && is_descending_integer(table, parts));
                set(&mut options, Kind::PrimaryKey, OptionKey::RowidAlias, OptionValue::Bool(alias));
                let key = PrimaryKey {
                    name: own.as_deref().map(name),
                    columns: key_columns(parts),
                    options,
                    ..PrimaryKey::default()
                };
                self.push(&self.table.primary_key(), Object::PrimaryKey(key));
            }
            ConstraintDef::Unique { name, parts, conflict } => {
                let mut options = Options::default();
                on_conflict(&mut options, Kind::Unique, *conflict);
                let unique =
                    Unique { unnamed: name.is_none(), columns: key_columns(parts), options, ..Unique::default() };
                self.named_or_not(Kind::Unique, name.as_deref(), Object::Unique(unique));
            }
            ConstraintDef::Check { name, sql, .. } => {
                let check = Check { unnamed: name.is_none(), sql: expression(sql), ..Check::default() };
                self.named_or_not(Kind::Check, name.as_deref(), Object::Check(check));
            }
            ConstraintDef::ForeignKey(key) => {
                self.named_or_not(Kind::ForeignKey, key.name.as_deref(), Object::ForeignKey(foreign_key(key)));
            }
        }
    }

    fn named_or_not(&mut self, kind: Kind, own: Option<&str>, object: Object) {
        let id = own.map_or_else(|| self.implied_id(kind, &object), |own| self.table.child(kind, name(own)));
        self.push(&id, object);
    }

    /// The id of a constraint without a name: what it is, and which of its equals.
    fn implied_id(&self, kind: Kind, object: &Object) -> ObjectId {
        let mut copy = 0;
        loop {
            let id = self.table.child(kind, SQLITE.implied_name(self.table, object, copy).name);
            if !self.catalog.contains(&id) {
                return id;
            }
            copy += 1;
        }
    }
}

fn is_descending_integer(table: &CreateTable<'_>, parts: &[KeyPart<'_>]) -> bool {
    // As if it stood for the table, where DESC does not matter.
    let [only] = parts else { return false };
    only.order.is_descending()
        && rowid_column(table).is_none()
        && table.columns.iter().any(|column| {
            Some(column.name.as_str()) == only.column.as_deref()
                && column.ty.as_deref().is_some_and(|ty| ty.eq_ignore_ascii_case("integer"))
        })
}

fn key_columns(parts: &[KeyPart<'_>]) -> Vec<Part> {
    parts.iter().map(|part| self::part(part, true)).collect()
}

fn part(part: &KeyPart<'_>, is_column: bool) -> Part {
    match part.column.as_deref().filter(|_| is_column) {
        Some(column) => Part {
            of: PartOf::Column(name(column)),
            collation: part.collation.as_deref().map(name),
            order: part.order,
            nulls: None,
            opclass: None,
            operator: None,
            length: None,
        },
        None => Part {
            of: PartOf::Sql(expression(part.text)),
            collation: None,
            order: part.order,
            nulls: None,
            opclass: None,
            operator: None,
            length: None,
        },
    }
}

fn names(texts: &[String]) -> Vec<Name> {
    texts.iter().map(|text| name(text.as_str())).collect()
}

fn foreign_key(key: &ForeignKeyDef) -> ForeignKey {
    ForeignKey {
        unnamed: key.name.is_none(),
        columns: names(&key.columns),
        references: relation(Kind::Table, &key.references),
        ref_columns: names(&key.ref_columns),
        on_delete: key.on_delete,
        on_update: key.on_update,
        matching: key.matching.clone(),
        deferrable: key.deferrable,
        on_delete_columns: Vec::new(),
        not_valid: false,
        not_enforced: false,
        period: false,
    }
}

/// An index. A part that is no column of its table is an expression: a string, to SQLite.
pub(super) fn index(def: &CreateIndex<'_>, columns: &[ReportedColumn]) -> Object {
    let parts = def.parts.iter().map(|part| {
        let is_column = part.column.as_deref().is_some_and(|name| is_column(columns, name));
        self::part(part, is_column)
    });
    Object::Index(Index {
        columns: parts.collect(),
        unique: def.unique,
        predicate: def.predicate.map(expression),
        ..Index::default()
    })
}

/// A view.
pub(super) fn view(def: &CreateView<'_>) -> Object {
    let column_names = def.column_names.iter().map(|text| Name::exact(text.as_str())).collect();
    Object::View(View { query: query(def.query), column_names, ..View::default() })
}

/// A virtual table.
pub(super) fn virtual_table(def: &CreateVirtualTable<'_>) -> Object {
    Object::VirtualTable(VirtualTable { using: module(def.using) })
}

/// A trigger.
pub(super) fn trigger(def: &CreateTrigger<'_>) -> Object {
    let event = match &def.event {
        TriggerEvent::Insert => Event::Insert,
        TriggerEvent::Update(columns) => Event::Update { of: names(columns) },
        TriggerEvent::Delete => Event::Delete,
    };
    let when = def.when.map(expression);
    Object::Trigger(Trigger {
        timing: def.timing,
        events: vec![event],
        for_each: def.for_each,
        when,
        body: Some(expression(def.body)),
        ..Trigger::default()
    })
}
