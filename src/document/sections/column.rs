//! `[table.order.column]`, and the constraints that can be written on a column.

use crate::catalog::{Check, Column, Generated, Kind, Object, OptionKey, Options, Part, PrimaryKey, Unique};
use crate::diagnostic::{Diagnostic, Place};
use crate::dialect::Mistake;
use crate::suggest;

use super::super::fields::{Attributes, Fields, option_value};
use super::super::lower::{Declared, Lowering};
use super::super::names;
use super::super::stored;
use super::constraint::{CHECK, foreign_key_object};
use super::space::{CACHE, CYCLE, INCREMENT, MAXVALUE, MINVALUE, START};
use super::{COMMON, Databases, Key, KeyIndex, NAMED, Section, Shape};

const PG: Databases = Databases::POSTGRES;
const MY: Databases = Databases::MYSQL;
const LITE: Databases = Databases::SQLITE;

pub(super) static COLUMN: Section = Section {
    word: "column",
    noun: "column",
    kind: Some(Kind::Column),
    on: Databases::ANY,
    doc: "A column.",
    short: None,
    required: &[],
    index: KeyIndex::new(),
    keys: &[KEYS, NAMED, COMMON],
};

static KEYS: &[Key] = &[
    Key::new("type", Shape::Type, "The type, as the database spells it; SQLite lets it be missing."),
    Key::new("null", Shape::Bool, "Whether NULL is accepted; NOT NULL unless it is true."),
    Key::new("default", Shape::Literal, "What a row gets that says nothing: a literal, or { sql = \"now()\" }."),
    Key::new("generated", Shape::Record(GENERATED), "The expression that computes it, stored or virtual.")
        .hint("write `generated = { stored = \"a + b\" }` or `{ virtual = \"a + b\" }`"),
    Key::new("collation", Shape::Text, "The order of its strings."),
    Key::new("primary_key", Shape::Bool, "Whether it alone is the primary key.")
        .hint("the columns of a key stand on the table: `primary_key = [\"a\", \"b\"]`"),
    Key::new("unique", Shape::Bool, "Whether a value may be there only once."),
    Key::new("check", Shape::Object(&CHECK), "A condition on every row."),
    Key::new("references", Shape::Reference, "The table, or table and column, that it refers to: \"customer(id)\"."),
    Key::new("on_delete", Shape::Action, "What deleting the row it refers to does."),
    Key::new(
        "on_update",
        Shape::Either(&Shape::Record(ON_UPDATE), &Shape::Action),
        "What changing the key it refers to does; MySQL: { sql = \"current_timestamp\" }, the value a changed row gets.",
    ),
    Key::new("using", Shape::Sql, "The expression that converts the rows when the type changes."),
    Key::new("backfill", Shape::Literal, "What existing rows get when the column is added or made NOT NULL."),
    Key::new(
        "autoincrement",
        Shape::OptionOf(Kind::PrimaryKey, OptionKey::Autoincrement),
        "Whether a number is never given twice.",
    )
    .only(LITE),
    Key::new("on_conflict", Shape::Record(ON_CONFLICT), "What violating each of its constraints does.")
        .only(LITE)
        .hint("it says of which constraint: `on_conflict = { not_null = \"ignore\" }`"),
    Key::field(
        "identity",
        Shape::Either(&Shape::Record(IDENTITY), &Shape::Words(&["always", "by default"])),
        "Whether the database counts it up: \"always\", \"by default\", or a table with more.",
    )
    .only(PG),
    Key::field(
        "not_null",
        Shape::Record(NOT_NULL),
        "The NOT NULL constraint, where more is to be said of it than that it is there.",
    )
    .only(PG),
    Key::new("storage", Shape::Text, "How large values are kept.").only(PG.or(MY)),
    Key::new("compression", Shape::Text, "How large values are compressed.").only(PG),
    Key::new("statistics_target", Shape::Integer, "How much the planner learns of it.").only(PG),
    Key::field("options", Shape::Settings, "Options of a foreign table's column.").only(PG),
    Key::field("with", Shape::Params, "Parameters of the planner: n_distinct.").only(PG),
    Key::new("auto_increment", Shape::Bool, "Whether the database counts it up.").only(MY),
    Key::new("charset", Shape::Text, "The character set.").only(MY),
    Key::new("invisible", Shape::Bool, "Whether `select *` leaves it out.").only(MY),
    Key::new("srid", Shape::Integer, "The spatial reference system.").only(MY),
];

static IDENTITY: &[Key] = &[
    Key::field("generation", Shape::Words(&["always", "by default"]), "Whether a row may bring its own number."),
    Key::field("name", Shape::Label, "The name of its sequence, where it is not the one that the server makes up."),
    START,
    INCREMENT,
    MINVALUE,
    MAXVALUE,
    CACHE,
    CYCLE,
];
static NOT_NULL: &[Key] = &[
    Key::field("name", Shape::Label, "Its name, where it is not the one that the server makes up."),
    Key::field("no_inherit", Shape::Bool, "Whether inheriting tables do without it."),
    Key::field("not_valid", Shape::Bool, "Whether rows that were there before may violate it."),
];
static GENERATED: &[Key] = &[
    Key::new("stored", Shape::Sql, "The expression; its value is kept in the row."),
    Key::new("virtual", Shape::Sql, "The expression; its value is computed when it is read."),
];
static ON_UPDATE: &[Key] = &[Key::new("sql", Shape::Sql, "The value that a changed row gets.").only(MY)];
const CONFLICT: Shape = Shape::OptionOf(Kind::Unique, OptionKey::OnConflict);
static ON_CONFLICT: &[Key] = &[
    Key::new("not_null", CONFLICT, "What a NULL does in a column that is NOT NULL.").only(LITE),
    Key::new("unique", CONFLICT, "What a value does that is there already, where `unique = true`.").only(LITE),
    Key::new("primary_key", CONFLICT, "What a key does that is there already, where this column is the primary key.")
        .only(LITE),
];

pub(super) fn lower(lowering: &mut Lowering<'_>, declared: &Declared<'_>) {
    let fields = Fields::of(lowering.dialect, &COLUMN, declared.node);
    let mut attributes = Attributes::new();
    let mut note = |key: &'static str, place: &Place| attributes.push((key, *place));

    let ty = fields.text("type").map(|(text, place)| {
        note("type", &place);
        if let Some(Mistake { message, instead }) = lowering.dialect.mistake_in_type(declared.id.name(), text) {
            lowering.found.push(
                Diagnostic::error(message).at(place, "").with_help(format!("write {}", suggest::list(&instead, "and"))),
            );
        }
        lowering.dialect.type_name(text)
    });
    let default = fields.literal("default").map(|(sql, place, text)| {
        note("default", &place);
        lowering.found.extend(text.and_then(|text| looks_like_sql(text, "default", &place)));
        lowering.dialect.default_value(sql.as_str())
    });
    let generated = generated(lowering, &fields).map(|(generated, place)| {
        note("generated", &place);
        generated
    });
    let collation = fields.text("collation").map(|(text, place)| {
        note("collation", &place);
        lowering.name(Kind::Column, text)
    });
    let null = fields.bool("null");
    if let Some((_, place)) = &null {
        note("null", place);
    }
    let (mut options, more) = fields.options(Kind::Column);
    attributes.extend(more);
    if let Some(place) = conflict(lowering, &fields, "not_null", Kind::Column, &mut options) {
        if null.as_ref().is_some_and(|(null, _)| *null) {
            let help = "remove `null = true` or this key".to_owned();
            lowering.error("a column that accepts NULL has no NOT NULL to violate".to_owned(), &place, "", help);
        }
        attributes.push(("on_conflict", place));
    }
    if let (Some(_), Some(_), Some(place)) = (&default, &generated, fields.key_place("default")) {
        let help = "a generated column has its value from the expression: remove one of the two".to_owned();
        lowering.error(format!("`{}` is both generated and has a default", declared.id), &place, "", help);
    }
    let serial = fields.text("type").and_then(|(text, _)| lowering.dialect.serial(text));
    let on_update = fields.inner("on_update").and_then(|inner| inner.sql("sql")).map(|(sql, _)| sql);
    let check = if lowering.dialect.column_check_is_its_own() {
        let check = fields.get("check").map(|node| Fields::of(lowering.dialect, &CHECK, node));
        check.and_then(|check| check.sql("sql")).map(|(sql, _)| sql)
    } else {
        None
    };
    let column =
        Column { ty, null: false, default, generated, collation, options, on_update, check, ..Column::default() };
    let object = Object::Column(column);
    let Some(mut object) = stored::extend(lowering, &COLUMN, declared, &fields, object, &mut attributes) else {
        return;
    };
    if let (Some(ty), Object::Column(column)) = (serial, &mut object) {
        super::sequence_of(lowering, declared, ty, column);
    }
    if !lowering.insert(declared, object, attributes) {
        return;
    }
    let place = null.as_ref().map_or_else(|| declared.place, |(_, place)| *place);
    lowering.nulls.push((declared.id.clone(), null.map(|(null, _)| null), place));
    lowering.renamed_child(declared, &fields);
    if let Some((sql, place, text)) = fields.literal("backfill") {
        lowering.found.extend(text.and_then(|text| looks_like_sql(text, "backfill", &place)));
        lowering.desired.intent.backfill.push((declared.id.clone(), sql));
    }
    if let Some((sql, _)) = fields.sql("using") {
        lowering.desired.intent.using.push((declared.id.clone(), sql));
    }
}

fn generated(lowering: &mut Lowering<'_>, fields: &Fields<'_>) -> Option<(Generated, Place)> {
    let inner = fields.inner("generated")?;
    match (inner.sql("stored"), inner.sql("virtual")) {
        (Some((sql, place)), None) => Some((Generated { sql, stored: true }, place)),
        (None, Some((sql, place))) => Some((Generated { sql, stored: false }, place)),
        (Some(_), Some((_, place))) => {
            let help = "keep one of the two".to_owned();
            lowering.error("a column is generated stored or virtual, not both".to_owned(), &place, "", help);
            None
        }
        (None, None) => None,
    }
}

/// Sets an `on_conflict` from the column's table of them; gives back its place.
fn conflict(lowering: &Lowering<'_>, fields: &Fields<'_>, of: &str, on: Kind, options: &mut Options) -> Option<Place> {
    let inner = fields.inner("on_conflict")?;
    let node = inner.get(of)?;
    let spec = lowering.dialect.option(on, OptionKey::OnConflict)?;
    options.set(spec, option_value(spec.value, node)?);
    Some(node.place)
}

/// The constraints written on a column, once all columns of the table are there.
pub(super) fn lower_sugar(lowering: &mut Lowering<'_>, table: &Declared<'_>, column: &Declared<'_>) {
    let fields = Fields::of(lowering.dialect, &COLUMN, column.node);
    let name = column.id.name().clone();
    let made = |id, key: &str| {
        let place = fields.key_place(key).unwrap_or(column.place);
        let node = fields.get(key).unwrap_or(column.node);
        column.by_key(id, key, place, node)
    };
    if fields.is_true("primary_key") {
        let declared = made(table.id.primary_key(), "primary_key");
        let attributes = vec![("columns", declared.place)];
        let key = PrimaryKey {
            name: None,
            columns: vec![Part::column(name.clone())],
            options: Options::default(),
            ..PrimaryKey::default()
        };
        lowering.insert(&declared, Object::PrimaryKey(key), attributes);
    }
    let mut options = Options::default();
    let place = conflict(lowering, &fields, "unique", Kind::Unique, &mut options);
    if fields.is_true("unique") {
        let declared = made(table.id.clone(), "unique");
        let attributes = vec![("columns", declared.place)];
        let unique = Unique { unnamed: false, columns: vec![Part::column(name.clone())], options, ..Unique::default() };
        lowering.insert_constraint(table, declared, Object::Unique(unique), attributes, false);
    } else if let Some(place) = place {
        let help = "write `unique = true` too, or remove this key".to_owned();
        lowering.error("there is no unique constraint on this column to violate".to_owned(), &place, "", help);
    }
    if let Some(node) = fields.get("check").filter(|_| !lowering.dialect.column_check_is_its_own()) {
        let check = Fields::of(lowering.dialect, &CHECK, node);
        if let Some((sql, place)) = check.sql("sql") {
            let object = Object::Check(Check { unnamed: false, sql, ..Check::default() });
            let mut attributes = vec![("sql", place)];
            let made = made(table.id.clone(), "check");
            if let Some(object) = stored::extend(lowering, &CHECK, &made, &check, object, &mut attributes) {
                lowering.insert_constraint(table, made, object, attributes, false);
            }
        }
    }
    if let Some((text, place)) = fields.text("references") {
        let columns = vec![(name, column.place)];
        if let Some(key) = foreign_key_object(lowering, columns, text, &place, &fields) {
            let declared = made(table.id.clone(), "references");
            super::constraint::insert_foreign_key(lowering, table, &declared, key, &fields, false);
        }
    } else if let Some(key) = ["on_delete", "on_update"].into_iter().find(|key| is_action(&fields, key)) {
        let place = fields.key_place(key).unwrap_or(column.place);
        let help = "write `references = \"table(column)\"` too, or put the action where the foreign key is".to_owned();
        lowering.error(format!("`{key}` says what a foreign key does, and this column has none"), &place, "", help);
    }
}

/// Whether the key says what a foreign key does, and not something else that was an error already.
fn is_action(fields: &Fields<'_>, key: &str) -> bool {
    fields.text(key).is_some_and(|(text, _)| names::action(text).is_some())
}

/// What columns say of the primary key, wherever that is written.
pub(super) fn finish(lowering: &mut Lowering<'_>, table: &Declared<'_>, fields: &Fields<'_>) {
    for child in fields.children("column") {
        let column = Fields::of(lowering.dialect, &COLUMN, &child.node);
        let mut given = Vec::new();
        if let (Some(node), Some(spec)) =
            (column.get("autoincrement"), lowering.dialect.option(Kind::PrimaryKey, OptionKey::Autoincrement))
        {
            given.extend(option_value(spec.value, node).map(|value| (spec, value, node.place)));
        }
        if let (Some(node), Some(spec)) = (
            column.inner("on_conflict").and_then(|inner| inner.get("primary_key")),
            lowering.dialect.option(Kind::PrimaryKey, OptionKey::OnConflict),
        ) {
            given.extend(option_value(spec.value, node).map(|value| (spec, value, node.place)));
        }
        if given.is_empty() {
            continue;
        }
        let name = lowering.name(Kind::Column, std::sync::Arc::clone(&child.key));
        let key_id = table.id.primary_key();
        let unsure = lowering.is_unsure(&key_id) || lowering.twice.contains(&key_id);
        for (spec, value, place) in given {
            let key = lowering.desired.catalog.get_mut(&key_id).and_then(|entry| match &mut entry.object {
                Object::PrimaryKey(key) if key.columns.len() == 1 => Some(key),
                _ => None,
            });
            match key.filter(|key| key.columns.first().and_then(Part::as_column) == Some(&name)) {
                Some(key) => {
                    key.options.set(spec, value);
                    if let Some(origin) = lowering.desired.origins.get_mut(&key_id) {
                        origin.attributes.push((spec.key.word(), place));
                    }
                }
                None if Some(&value) == spec.value.default().as_ref() || unsure => {}
                None => {
                    let message =
                        format!("`{}` needs the column `{name}` to be the primary key by itself", spec.key.word());
                    lowering.error(message, &place, "", "write `primary_key = true` on the column".to_owned());
                }
            }
        }
    }
}

/// A warning for a string that was most likely meant as SQL.
fn looks_like_sql(text: &str, key: &str, place: &Place) -> Option<Diagnostic> {
    const WORDS: [&str; 6] = ["null", "current_timestamp", "current_date", "current_time", "true", "false"];
    let call = text.strip_suffix(')').and_then(|text| text.split_once('(')).is_some_and(|(function, _)| {
        !function.is_empty() && function.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    });
    let word = WORDS.into_iter().find(|word| text.eq_ignore_ascii_case(word));
    if !call && word.is_none() {
        return None;
    }
    let meant = match word {
        Some("true" | "false") => format!("write `{key} = {}` for the boolean", text.to_ascii_lowercase()),
        Some("null") if key == "default" => "leave the key out: without a default a column gets NULL".to_owned(),
        _ => format!("write `{key} = {{ sql = \"{text}\" }}` for the expression"),
    };
    Some(
        Diagnostic::warning(format!("this {key} is the string '{text}', not the SQL `{text}`"))
            .at(*place, "a string")
            .with_help(meant),
    )
}
