//! `primary_key`, and the sections `unique`, `check` and `foreign_key` of a table.

use crate::catalog::{
    Catalog, Check, Deferrable, Entry, ForeignKey, Kind, Name, Object, ObjectId, Part, PartOf, PrimaryKey, Unique,
};
use crate::diagnostic::{Diagnostic, Place};
use crate::dialect::{Dialect, DialectName};
use crate::suggest;

use super::super::fields::{Attributes, Fields};
use super::super::lower::{Declared, Lowering, PendingReference, nearest_column};
use super::super::names;
use super::super::stored;
use super::{COMMON, Databases, Key, KeyIndex, NAMED, Section, Shape};

const PG: Databases = Databases::POSTGRES;
const LITE: Databases = Databases::SQLITE;

const UNNAMED: Key = Key::new(
    "unnamed",
    Shape::Bool,
    "Whether the database keeps it without a name; the key is then a label, and it is matched by what it is.",
)
.only(LITE);
const COLUMNS: Key = Key::new("columns", Shape::Parts, "Its columns, in their order.");
const DEFERRABLE: Key = Key::new(
    "deferrable",
    Shape::Words(&["deferred", "immediate"]),
    "That its check may wait for the end of the transaction, and whether it does unless told.",
)
.hint("`true` would be \"immediate\": write `deferrable = \"immediate\"`, or \"deferred\" to wait always; leave the key out for neither");

static KEY_COLUMNS: &[Key] = &[
    COLUMNS,
    Key::field("include", Shape::Names, "Columns that its index carries along.").only(PG),
    Key::field("nulls_not_distinct", Shape::Bool, "Whether two NULLs are the same.").only(PG),
    Key::field(
        "without_overlaps",
        Shape::Bool,
        "Whether the last column is a range, or names a period, that may not overlap.",
    )
    .only(PG.or(Databases::MARIADB)),
    Key::field("with", Shape::Params, "Storage parameters of its index.").only(PG),
    Key::new("tablespace", Shape::Text, "Where its index is kept.").only(PG),
    Key::new("index_comment", Shape::Text, "The comment of its index.").only(PG),
    DEFERRABLE.stored_as("deferrable").only(PG),
];

pub(super) static PRIMARY_KEY: Section = Section {
    word: "primary_key",
    noun: "primary key",
    kind: Some(Kind::PrimaryKey),
    on: Databases::ANY,
    doc: "The primary key of a table.",
    short: Some((Shape::Parts, "columns")),
    required: &["columns"],
    index: KeyIndex::new(),
    keys: &[&[Key::new("name", Shape::Text, "Its own name.")], KEY_COLUMNS, NAMED, COMMON],
};

pub(super) static UNIQUE: Section = Section {
    word: "unique",
    noun: "unique constraint",
    kind: Some(Kind::Unique),
    on: Databases::ANY,
    doc: "Columns whose values may be there together only once.",
    short: Some((Shape::Parts, "columns")),
    required: &["columns"],
    index: KeyIndex::new(),
    keys: &[&[UNNAMED], KEY_COLUMNS, NAMED, COMMON],
};

pub(super) static CHECK: Section = Section {
    word: "check",
    noun: "check constraint",
    kind: Some(Kind::Check),
    on: Databases::ANY,
    doc: "A condition on every row.",
    short: Some((Shape::Sql, "sql")),
    required: &["sql"],
    index: KeyIndex::new(),
    keys: &[
        &[
            Key::new("sql", Shape::Sql, "The condition."),
            UNNAMED,
            Key::field("no_inherit", Shape::Bool, "Whether inheriting tables do without it.").only(PG),
            Key::field("not_valid", Shape::Bool, "Whether rows that were there before may violate it.").only(PG),
            Key::new("enforced", Shape::Not, "Whether it is checked at all.")
                .stored_as("not_enforced")
                .only(PG.or(Databases::MYSQL)),
        ],
        NAMED,
        COMMON,
    ],
};

pub(super) static FOREIGN_KEY: Section = Section {
    word: "foreign_key",
    noun: "foreign key",
    kind: Some(Kind::ForeignKey),
    on: Databases::ANY,
    doc: "Columns whose values are the key of a row of another table.",
    short: None,
    required: &["columns", "references"],
    index: KeyIndex::new(),
    keys: &[
        &[
            Key::new("columns", Shape::Names, "The columns of this table."),
            Key::new(
                "references",
                Shape::Reference,
                "The table and its columns: \"customer(id)\"; without parentheses its primary key.",
            ),
            Key::new("on_delete", Shape::Action, "What deleting a row that is referred to does."),
            Key::new("on_update", Shape::Action, "What changing a key that is referred to does."),
            Key::new("match", Shape::Words(&["simple", "full", "partial"]), "The MATCH clause."),
            DEFERRABLE.only(PG.or(LITE)),
            UNNAMED,
            Key::field("not_valid", Shape::Bool, "Whether rows that were there before may violate it.").only(PG),
            Key::new("enforced", Shape::Not, "Whether it is checked at all.").stored_as("not_enforced").only(PG),
            Key::field("period", Shape::Bool, "Whether the last column is a range that must be covered.").only(PG),
        ],
        NAMED,
        COMMON,
    ],
};

/// All constraints that stand on the table.
pub(super) fn lower_all(lowering: &mut Lowering<'_>, table: &Declared<'_>, fields: &Fields<'_>) {
    if let (Some(node), Some(place)) = (fields.get("primary_key"), fields.key_place("primary_key")) {
        let declared = table.by_key(table.id.primary_key(), "primary_key", place, node);
        if !super::super::fields::is_excluded(node, lowering.dialect.name()) {
            primary_key(lowering, table, &declared);
        }
    }
    for child in fields.children("unique") {
        unique(lowering, table, &table.child(lowering.dialect, Kind::Unique, child, "unique"));
    }
    for child in fields.children("check") {
        lower_check(lowering, table, &table.child(lowering.dialect, Kind::Check, child, "check"));
    }
    for child in fields.children("foreign_key") {
        let declared = table.child(lowering.dialect, Kind::ForeignKey, child, "foreign_key");
        let fields = Fields::of(lowering.dialect, &FOREIGN_KEY, declared.node);
        let columns = fields.names("columns").into_iter();
        let columns = columns.map(|(name, place)| (lowering.name(Kind::Column, name), place)).collect();
        let Some((text, place)) = fields.text("references") else { continue };
        let Some(key) = foreign_key_object(lowering, columns, text, &place, &fields) else { continue };
        for (name, place) in &key.columns {
            lowering.check_column(&table.id, name, place, "the foreign key");
        }
        let is_named = !fields.is_true("unnamed");
        insert_foreign_key(lowering, table, &declared, key, &fields, is_named);
    }
}

/// A check of a table or a domain under its own name.
pub(super) fn lower_check(lowering: &mut Lowering<'_>, table: &Declared<'_>, declared: &Declared<'_>) {
    let fields = Fields::of(lowering.dialect, &CHECK, declared.node);
    let Some((sql, place)) = fields.sql("sql") else { return };
    let mut attributes = vec![("sql", place)];
    let object = Object::Check(Check { unnamed: false, sql, ..Check::default() });
    let object = stored::extend(lowering, &CHECK, declared, &fields, object, &mut attributes);
    if let Some(object) = object {
        named(lowering, table, declared, object, attributes, &fields);
    }
}

fn primary_key(lowering: &mut Lowering<'_>, table: &Declared<'_>, declared: &Declared<'_>) {
    let fields = Fields::of(lowering.dialect, &PRIMARY_KEY, declared.node);
    let Some(columns) = key_columns(lowering, table, &fields, "the primary key") else { return };
    let (options, mut attributes) = fields.options(Kind::PrimaryKey);
    attributes.extend(fields.get("columns").map(|node| ("columns", node.place)));
    let name = fields.text("name").map(|(name, place)| {
        attributes.push(("name", place));
        lowering.name(Kind::PrimaryKey, name)
    });
    let name = name.filter(|name| !lowering.dialect.is_implied_key_name(&table.id, name));
    let object = Object::PrimaryKey(PrimaryKey { name, columns, options, ..PrimaryKey::default() });
    if let Some(object) = stored::extend(lowering, &PRIMARY_KEY, declared, &fields, object, &mut attributes) {
        lowering.insert(declared, object, attributes);
    }
}

fn unique(lowering: &mut Lowering<'_>, table: &Declared<'_>, declared: &Declared<'_>) {
    let fields = Fields::of(lowering.dialect, &UNIQUE, declared.node);
    let Some(columns) = key_columns(lowering, table, &fields, "the unique constraint") else { return };
    let (options, mut attributes) = fields.options(Kind::Unique);
    attributes.extend(fields.get("columns").map(|node| ("columns", node.place)));
    let object = Object::Unique(Unique { unnamed: false, columns, options, ..Unique::default() });
    let Some(object) = stored::extend(lowering, &UNIQUE, declared, &fields, object, &mut attributes) else { return };
    named(lowering, table, declared, object, attributes, &fields);
}

/// A constraint with the name of its key, unless it says that it has none.
fn named(
    lowering: &mut Lowering<'_>,
    table: &Declared<'_>,
    declared: &Declared<'_>,
    object: Object,
    attributes: Attributes,
    fields: &Fields<'_>,
) {
    let is_named = !fields.is_true("unnamed");
    if lowering.insert_constraint(table, declared.clone(), object, attributes, is_named).is_some() && is_named {
        lowering.renamed_child(declared, fields);
    }
}

fn key_columns(
    lowering: &mut Lowering<'_>,
    table: &Declared<'_>,
    fields: &Fields<'_>,
    what: &str,
) -> Option<Vec<Part>> {
    let parts = fields.parts("columns");
    for (part, place) in &parts {
        match &part.of {
            PartOf::Column(name) => lowering.check_column(&table.id, name, place, what),
            PartOf::Sql(_) => lowering.error(
                format!("{what} has columns only, no expressions"),
                place,
                "",
                "make a unique index instead: `[table.NAME.index]` with `unique = true`".to_owned(),
            ),
        }
    }
    (!parts.is_empty()).then(|| parts.into_iter().map(|(part, _)| part).collect())
}

/// A foreign key as read, its columns with their places.
pub(super) struct ReadKey {
    columns: Vec<(Name, Place)>,
    key: ForeignKey,
    place: Place,
}

/// A foreign key from its `references` and what stands beside it.
pub(super) fn foreign_key_object(
    lowering: &mut Lowering<'_>,
    columns: Vec<(Name, Place)>,
    text: &str,
    place: &Place,
    fields: &Fields<'_>,
) -> Option<ReadKey> {
    let reference = names::reference(text).ok()?;
    let references = lowering.referenced_table(reference.table, place)?;
    let ref_columns: Vec<_> = reference.columns.into_iter().map(|name| lowering.name(Kind::Column, name)).collect();
    if !ref_columns.is_empty() && !columns.is_empty() && ref_columns.len() != columns.len() {
        let message =
            format!("the foreign key has {} and refers to {}", count(columns.len()), count(ref_columns.len()));
        lowering.error(message, place, "", "both sides need the same number of columns".to_owned());
        return None;
    }
    let unsaid = lowering.dialect.unsaid_action();
    let action = |key| fields.text(key).and_then(|(text, _)| names::action(text)).unwrap_or(unsaid);
    let deferrable = match fields.text("deferrable") {
        Some(("deferred", _)) => Deferrable::Deferred,
        Some(("immediate", _)) => Deferrable::Immediate,
        _ => Deferrable::No,
    };
    let words = fields.text("on_delete").map(|(words, _)| words).unwrap_or_default();
    let on_delete_columns = names::action_columns(words).into_iter().map(|name| lowering.name(Kind::Column, name));
    let key = ForeignKey {
        unnamed: false,
        columns: columns.iter().map(|(name, _)| name.clone()).collect(),
        references,
        ref_columns,
        on_delete: action("on_delete"),
        on_update: action("on_update"),
        matching: fields.text("match").map(|(text, _)| text.to_lowercase()),
        deferrable,
        on_delete_columns: on_delete_columns.collect(),
        not_valid: false,
        not_enforced: false,
        period: false,
    };
    Some(ReadKey { columns, key, place: *place })
}

pub(super) fn insert_foreign_key(
    lowering: &mut Lowering<'_>,
    table: &Declared<'_>,
    declared: &Declared<'_>,
    read: ReadKey,
    fields: &Fields<'_>,
    is_named: bool,
) {
    let mut attributes = vec![("references", read.place)];
    for key in ["columns", "on_delete", "on_update", "match", "deferrable"] {
        attributes.extend(fields.get(key).map(|node| (key, node.place)));
    }
    let object = Object::ForeignKey(read.key);
    let section = if fields.is_of(&FOREIGN_KEY) { Some(&FOREIGN_KEY) } else { None };
    let object = match section {
        Some(section) => stored::extend(lowering, section, declared, fields, object, &mut attributes),
        None => Some(object),
    };
    let Some(object) = object else { return };
    if let Some(key) = lowering.insert_constraint(table, declared.clone(), object, attributes, is_named) {
        if is_named {
            lowering.renamed_child(declared, fields);
        }
        lowering.references.push(PendingReference { key, place: read.place });
    }
}

/// Whether a table has a column, of its own or from what it is made of.
fn has_column<'c>(catalog: &'c Catalog, table: &'c ObjectId, name: &Name, seen: &mut Vec<&'c ObjectId>) -> bool {
    if catalog.contains(&table.child(Kind::Column, name.clone())) {
        return true;
    }
    if seen.contains(&table) {
        return false;
    }
    seen.push(table);
    match catalog.object(table) {
        // The columns of a type are told by that.
        Some(Object::Table(table)) if table.of_type.is_some() => true,
        Some(object) => object.parents().any(|parent| has_column(catalog, parent, name, seen)),
        // What no file declares may have any.
        None => true,
    }
}

/// Says which foreign keys have no target. SQLite would accept them, and refuse rows; the others refuse the key, unless
/// the table is one that is not managed here.
pub(in crate::document) fn check_references(lowering: &mut Lowering<'_>) {
    for PendingReference { key: id, place } in std::mem::take(&mut lowering.references) {
        let catalog = &lowering.desired.catalog;
        let Some(Object::ForeignKey(key)) = catalog.object(&id) else { continue };
        let refused = lowering.dialect.name() != DialectName::Sqlite;
        let is_strict = lowering.dialect.name() == DialectName::Postgres;
        if is_elsewhere(lowering.dialect, &key.references) {
            continue;
        }
        if !catalog.contains(&key.references) {
            let warning =
                Diagnostic::warning(format!("the foreign key refers to `{}`, which no file declares", key.references))
                    .at(place, "no such table");
            let help = lowering.nearest_table(&key.references).unwrap_or_else(|| {
                if refused {
                    return format!("{} refuses the key where the table is not there", product(lowering));
                }
                format!("{} makes the key all the same, and refuses rows until the table is there", product(lowering))
            });
            lowering.found.push(warning.with_help(help));
            continue;
        }
        let missing: Vec<_> = key
            .ref_columns
            .iter()
            .filter(|name| !has_column(catalog, &key.references, name, &mut Vec::new()))
            .collect();
        let mut warnings = Vec::new();
        if missing.is_empty() && !key.ref_columns.is_empty() && !is_key(catalog, &key.references, &key.ref_columns) {
            let columns = key.ref_columns.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>();
            let consequence = match lowering.dialect.name() {
                DialectName::Sqlite => "makes the key all the same, and then refuses rows",
                DialectName::Postgres => "refuses the key",
                DialectName::Mysql | DialectName::Mariadb => "may refuse the key",
            };
            warnings.push(
                weighed(
                    is_strict,
                    format!(
                        "the foreign key refers to {} of `{}`, over which there is neither a primary key nor a unique one",
                        suggest::list(&columns, "and"),
                        key.references
                    ),
                )
                .at(place, "not unique")
                .with_help(format!("make them unique there: {} {consequence}", product(lowering))),
            );
        }
        for name in missing {
            warnings.push(
                weighed(
                    refused,
                    format!("the foreign key refers to the column `{name}`, which `{}` does not have", key.references),
                )
                .at(place, "no such column")
                .with_help(nearest_column(catalog, &key.references, name)),
            );
        }
        if key.ref_columns.is_empty() {
            let primary = catalog.primary_key(&key.references).map_or(0, |primary| primary.columns.len());
            if primary != key.columns.len() {
                let has = if primary == 0 { "none".to_owned() } else { format!("one of {}", count(primary)) };
                warnings.push(
                    Diagnostic::warning(format!(
                        "the foreign key of {} refers to the primary key of `{}`, which has {has}",
                        count(key.columns.len()),
                        key.references
                    ))
                    .at(place, "")
                    .with_help("name the columns: `references = \"table(column)\"`"),
                );
            }
        }
        if !lowering.is_unsure(&key.references.clone()) {
            lowering.found.append(&mut warnings);
        }
    }
}

/// Whether a table is in another database, which only MySQL and MariaDB refer to.
fn is_elsewhere(dialect: &dyn Dialect, table: &ObjectId) -> bool {
    !dialect.has_schemas() && table.schema().is_some()
}

/// An error where the database refuses what is said, else a warning.
fn weighed(refused: bool, message: String) -> Diagnostic {
    if refused { Diagnostic::error(message) } else { Diagnostic::warning(message) }
}

/// `references = "p"` means its primary key. MySQL and MariaDB want it to be said, and PostgreSQL says it: only SQLite
/// keeps the key as it was written.
pub(in crate::document) fn name_referenced_keys(lowering: &mut Lowering<'_>) {
    if lowering.dialect.name() == DialectName::Sqlite {
        return;
    }
    let catalog = &mut lowering.desired.catalog;
    let unnamed = catalog.iter().filter_map(|(id, entry)| match &entry.object {
        Object::ForeignKey(key) if key.ref_columns.is_empty() => Some((id.clone(), key.references.clone())),
        _ => None,
    });
    for (id, target) in unnamed.collect::<Vec<_>>() {
        let columns: Vec<Name> = catalog
            .primary_key(&target)
            .map(|key| key.columns.iter().filter_map(Part::as_column).cloned().collect())
            .unwrap_or_default();
        if let Some(Entry { object: Object::ForeignKey(key), .. }) = catalog.get_mut(&id) {
            key.ref_columns = columns;
        }
    }
}

/// Whether the rows of a table are told apart by these columns, in any order.
fn is_key(catalog: &Catalog, table: &ObjectId, columns: &[Name]) -> bool {
    let covers = |parts: &[Part]| {
        parts.len() == columns.len()
            && parts.iter().all(|part| part.as_column().is_some_and(|column| columns.contains(column)))
    };
    let has = |table: &ObjectId| {
        catalog.children(table).any(|(_, entry)| match &entry.object {
            Object::PrimaryKey(key) => covers(&key.columns),
            Object::Unique(unique) => covers(&unique.columns),
            Object::Index(index) => index.unique && index.predicate.is_none() && covers(&index.columns),
            _ => false,
        })
    };
    // A partition has the keys of its table. None is its own, but the TOML may say so before it is refused.
    let above = |table: &&ObjectId| catalog.object(table).and_then(Object::partition_of);
    std::iter::successors(Some(table), above).take(100).any(has)
}

fn product(lowering: &Lowering<'_>) -> &'static str {
    lowering.dialect.name().product()
}

fn count(columns: usize) -> String {
    if columns == 1 { "1 column".to_owned() } else { format!("{columns} columns") }
}
