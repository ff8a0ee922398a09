//! Writes a table of the model as CREATE TABLE: to be compared with what the server shows, and to have the
//! server say how it would show it.

use std::fmt::Write as _;

use crate::catalog::{
    Catalog, Column, Entry, Index, Kind, Name, Object, ObjectId, OptionKey, OptionValue, Options, Part, PartOf,
    Partition, Sql, Table,
};

use super::super::connect::Flavour;
use super::super::{defaults, sql, types};

/// How a table is written.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct How<'a> {
    pub(in super::super) flavour: Flavour,
    /// The name in the statement.
    pub(in super::super) name: &'a str,
    /// Whether it is a temporary table, which can have neither foreign keys nor partitions, nor much else.
    pub(in super::super) temporary: bool,
}

/// CREATE TABLE.
pub(in super::super) fn create(catalog: &Catalog, id: &ObjectId, how: How<'_>) -> String {
    let children = ordered(catalog, id);
    let table = match catalog.object(id) {
        Some(Object::Table(table)) => table.clone(),
        _ => Table::default(),
    };
    let mut elements = Vec::new();
    let mut partitions = Vec::new();
    for (at, (id, entry)) in children.iter().enumerate() {
        match &entry.object {
            Object::Partition(partition) => partitions.push((id.name(), partition, *entry)),
            _ => elements.extend(element(id, entry, at, how)),
        }
    }
    if !how.temporary {
        for period in &table.period {
            let name = if period.name.key() == "system_time" { "SYSTEM_TIME".to_owned() } else { quote(&period.name) };
            elements.push(format!("PERIOD FOR {name} ({}, {})", quote(&period.from), quote(&period.to)));
        }
    }
    let kind = if how.temporary { "TEMPORARY TABLE" } else { "TABLE" };
    let mut out = format!("CREATE {kind} {} (\n{}\n)", sql::quote(how.name), elements.join(",\n"));
    let comment = catalog.get(id).and_then(|entry| entry.comment.as_deref());
    table_options(&mut out, &table, comment, how);
    if !how.temporary {
        partitioning(&mut out, &table, &mut partitions);
    }
    out
}

/// What belongs to a table, in the order in which it is written.
pub(in super::super) fn ordered<'a>(catalog: &'a Catalog, id: &'a ObjectId) -> Vec<(&'a ObjectId, &'a Entry)> {
    let mut children: Vec<(&ObjectId, &Entry)> = catalog.children(id).collect();
    children.sort_by_key(|(id, entry)| (rank(id.kind()), entry.position));
    children
}

/// The order in which the server shows them, as far as it counts.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Column => 0,
        Kind::PrimaryKey => 1,
        Kind::Index => 2,
        Kind::ForeignKey => 3,
        Kind::Check => 4,
        _ => 5,
    }
}

fn quote(name: &Name) -> String {
    sql::quote(name.as_str())
}

fn element(id: &ObjectId, entry: &Entry, at: usize, how: How<'_>) -> Option<String> {
    let comment = entry.comment.as_deref();
    match &entry.object {
        Object::Column(object) => Some(column(id.name(), object, comment, how)),
        Object::PrimaryKey(key) => {
            let overlaps = if key.without_overlaps { " WITHOUT OVERLAPS" } else { "" };
            let mut out = format!("PRIMARY KEY ({}{overlaps})", parts(&key.columns));
            key_options(&mut out, &key.options, comment);
            Some(out)
        }
        Object::Index(object) => index(id.name(), object, comment, how),
        Object::Check(check) => {
            // Names of checks are unique in a MySQL database, so that of a temporary table is none of them.
            let name = if how.temporary { scratch_check(at) } else { quote(id.name()) };
            let enforced = if check.not_enforced { " NOT ENFORCED" } else { "" };
            Some(format!("CONSTRAINT {name} CHECK ({}){enforced}", closed(&check.sql)))
        }
        Object::ForeignKey(_) if how.temporary => None,
        Object::ForeignKey(key) => {
            let names = |names: &[Name]| sql::quote_list(names.iter().map(Name::as_str));
            let to = match key.references.schema() {
                Some(schema) => sql::qualified(schema.as_str(), key.references.name().as_str()),
                None => quote(key.references.name()),
            };
            let mut out = format!(
                "CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {to} ({})",
                quote(id.name()),
                names(&key.columns),
                names(&key.ref_columns)
            );
            for (word, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
                if action != how.flavour.unsaid_action() {
                    let _ = write!(out, " ON {word} {}", action.words());
                }
            }
            Some(out)
        }
        _ => None,
    }
}

/// The name of a check in a temporary table, by its place.
pub(in super::super) fn scratch_check(at: usize) -> String {
    sql::quote(&format!("trueup_check_{at}"))
}

fn closed(text: &Sql) -> String {
    sql::closed(text.as_str())
}

fn column(name: &Name, column: &Column, comment: Option<&str>, how: How<'_>) -> String {
    let ty = column.ty.as_ref();
    let mut out = format!("{} {}", quote(name), ty.map_or("", Sql::as_str));
    let options = &column.options;
    if options.is_on(OptionKey::Compressed) {
        out.push_str(" COMPRESSED");
    }
    if let Some(charset) = options.word(OptionKey::Charset) {
        let _ = write!(out, " CHARACTER SET {}", sql::quote(charset));
    }
    if let Some(collation) = &column.collation {
        let _ = write!(out, " COLLATE {}", quote(collation));
    }
    if let Some(generated) = &column.generated {
        let kind = if generated.stored { "STORED" } else { "VIRTUAL" };
        let _ = write!(out, " GENERATED ALWAYS AS ({}) {kind}", closed(&generated.sql));
    }
    let bounds = [(OptionKey::RowStart, "START"), (OptionKey::RowEnd, "END")];
    let bound = bounds.into_iter().find(|(key, _)| options.is_on(*key));
    if let Some((_, word)) = bound.filter(|_| !how.temporary) {
        let _ = write!(out, " GENERATED ALWAYS AS ROW {word}");
    }
    let takes_null_word = column.generated.is_none() || how.flavour == Flavour::Mysql;
    let is_timestamp = ty.is_some_and(|ty| ty.canonical().starts_with("timestamp"));
    if !column.null && bound.is_none() && takes_null_word {
        out.push_str(" NOT NULL");
    } else if column.null && is_timestamp && takes_null_word {
        out.push_str(" NULL");
    }
    default(&mut out, column, how);
    if let Some(on_update) = &column.on_update {
        let _ = write!(out, " ON UPDATE {on_update}");
    }
    if options.is_on(OptionKey::AutoIncrement) {
        out.push_str(" AUTO_INCREMENT");
    }
    column_options(&mut out, options, how);
    if let Some(comment) = comment {
        let _ = write!(out, " COMMENT {}", sql::string(comment));
    }
    if let Some(check) = &column.check {
        let _ = write!(out, " CHECK ({})", closed(check));
    }
    out
}

fn default(out: &mut String, column: &Column, how: How<'_>) {
    let bare = column.ty.as_ref().is_some_and(types::has_no_literal_default) && how.flavour == Flavour::Mysql;
    match &column.default {
        Some(value) => {
            let text = value.as_str();
            let as_it_is = (defaults::is_literal(text) && !bare) || defaults::is_now(value);
            let text = if as_it_is { text.to_owned() } else { sql::parenthesised(text) };
            let _ = write!(out, " DEFAULT {text}");
        }
        None if column.null
            && !(how.flavour == Flavour::Mysql && column.ty.as_ref().is_some_and(types::shows_no_null))
            && column.generated.is_none()
            && !column.options.is_on(OptionKey::AutoIncrement) =>
        {
            out.push_str(" DEFAULT NULL");
        }
        None => {}
    }
}

fn column_options(out: &mut String, options: &Options, how: How<'_>) {
    if let Some(number) = options.integer(OptionKey::Srid) {
        let _ = match how.flavour {
            Flavour::Mysql => write!(out, " SRID {number}"),
            Flavour::Mariadb => write!(out, " REF_SYSTEM_ID={number}"),
        };
    }
    for (key, word) in [(OptionKey::Storage, "STORAGE"), (OptionKey::ColumnFormat, "COLUMN_FORMAT")] {
        if let Some(value) = options.word(key) {
            let _ = write!(out, " {word} {value}");
        }
    }
    if options.is_on(OptionKey::Invisible) {
        out.push_str(" INVISIBLE");
    }
    attributes(out, options);
    if options.is_on(OptionKey::WithoutSystemVersioning) && !how.temporary {
        out.push_str(" WITHOUT SYSTEM VERSIONING");
    }
}

fn attributes(out: &mut String, options: &Options) {
    for (key, word) in [
        (OptionKey::EngineAttribute, "ENGINE_ATTRIBUTE"),
        (OptionKey::SecondaryEngineAttribute, "SECONDARY_ENGINE_ATTRIBUTE"),
    ] {
        if let Some(value) = options.word(key) {
            let _ = write!(out, " {word} {}", sql::string(value));
        }
    }
}

/// Whether a temporary table can have an index: it has no full-text and vector indexes.
pub(in super::super) fn fits_temporary(index: &Index) -> bool {
    !matches!(index.options.word(OptionKey::IndexKind), Some("fulltext" | "vector" | "spatial"))
}

fn index(name: &Name, index: &Index, comment: Option<&str>, how: How<'_>) -> Option<String> {
    if how.temporary && !fits_temporary(index) {
        return None;
    }
    let kind = match index.options.word(OptionKey::IndexKind) {
        Some(kind) => format!("{} ", kind.to_uppercase()),
        None if index.unique => "UNIQUE ".to_owned(),
        None => String::new(),
    };
    let mut out = format!("{kind}KEY {} ({})", quote(name), parts(&index.columns));
    if let Some(method) = &index.method {
        let _ = write!(out, " USING {method}");
    }
    key_options(&mut out, &index.options, comment);
    Some(out)
}

fn key_options(out: &mut String, options: &Options, comment: Option<&str>) {
    if let Some(method) = options.word(OptionKey::Method) {
        let _ = write!(out, " USING {method}");
    }
    for (key, word) in [(OptionKey::KeyBlockSize, "KEY_BLOCK_SIZE="), (OptionKey::M, "M=")] {
        if let Some(number) = options.integer(key) {
            let _ = write!(out, " {word}{number}");
        }
    }
    if let Some(distance) = options.word(OptionKey::Distance) {
        let _ = write!(out, " DISTANCE={distance}");
    }
    if let Some(parser) = options.word(OptionKey::Parser) {
        let _ = write!(out, " WITH PARSER {}", sql::quote(parser));
    }
    if let Some(comment) = comment {
        let _ = write!(out, " COMMENT {}", sql::string(comment));
    }
    for (key, word) in [(OptionKey::Invisible, "INVISIBLE"), (OptionKey::Ignored, "IGNORED")] {
        if options.is_on(key) {
            let _ = write!(out, " {word}");
        }
    }
    attributes(out, options);
}

fn parts(parts: &[Part]) -> String {
    let part = |part: &Part| {
        let of = match &part.of {
            PartOf::Column(name) => quote(name),
            PartOf::Sql(sql) => format!("({})", closed(sql)),
        };
        let length = part.length.map(|length| format!("({length})")).unwrap_or_default();
        format!("{of}{length}{}", if part.order.is_descending() { " DESC" } else { "" })
    };
    parts.iter().map(part).collect::<Vec<_>>().join(",")
}

fn table_options(out: &mut String, table: &Table, comment: Option<&str>, how: How<'_>) {
    let options = &table.options;
    let _ = write!(out, " ENGINE={}", options.word(OptionKey::Engine).unwrap_or("InnoDB"));
    for (key, word) in [(OptionKey::Charset, "DEFAULT CHARSET"), (OptionKey::Collation, "COLLATE")] {
        if let Some(value) = options.word(key) {
            let _ = write!(out, " {word}={value}");
        }
    }
    if how.temporary {
        return;
    }
    for (key, value) in options.iter() {
        match (key, value) {
            (OptionKey::Engine | OptionKey::Charset | OptionKey::Collation, _) => {}
            (OptionKey::SystemVersioning, _) => out.push_str(" WITH SYSTEM VERSIONING"),
            (OptionKey::DataDirectory | OptionKey::IndexDirectory, OptionValue::Text(text)) => {
                let _ = write!(out, " {}={}", key.word().replace('_', " "), sql::string(text));
            }
            (OptionKey::Tablespace, OptionValue::Text(text)) => {
                let _ = write!(out, " TABLESPACE {}", sql::quote(text));
            }
            (OptionKey::Union, OptionValue::Text(text)) => {
                let _ = write!(out, " UNION={text}");
            }
            (_, OptionValue::Bool(value)) => {
                let _ = write!(out, " {}={}", key.word(), u8::from(*value));
            }
            (_, OptionValue::Integer(value)) => {
                let _ = write!(out, " {}={value}", key.word());
            }
            (_, OptionValue::Text(value)) => {
                let _ = write!(out, " {}={}", key.word(), sql::string(value));
            }
        }
    }
    if let Some(comment) = comment {
        let _ = write!(out, " COMMENT={}", sql::string(comment));
    }
}

fn partitioning(out: &mut String, table: &Table, partitions: &mut [(&Name, &Partition, &Entry)]) {
    let Some(by) = &table.partition_by else { return };
    let _ = write!(out, "\nPARTITION BY {by}");
    if let Some(by) = &table.subpartition_by {
        let _ = write!(out, "\nSUBPARTITION BY {by}");
    }
    if partitions.is_empty() {
        return;
    }
    partitions.sort_by_key(|(_, partition, _)| partition.position);
    let engine = table.options.word(OptionKey::Engine).unwrap_or("InnoDB");
    let list = partitions.iter().map(|(name, partition, entry)| {
        let values = match &partition.values {
            Some(values) if is_keyword_alone(values) => format!(" {values}"),
            Some(values) => format!(" VALUES {values}"),
            None => String::new(),
        };
        let mut one = format!("PARTITION {}{values}", quote(name));
        // The server shows the engine of the parts only where there are any.
        let (own, comment) = (&partition.options, entry.comment.as_deref());
        if partition.subpartitions.is_empty() {
            partition_options(&mut one, own, comment, engine);
        } else {
            let subpartitions = partition.subpartitions.iter().map(|part| {
                let mut out = format!("SUBPARTITION {}", quote(&part.name));
                partition_options(&mut out, &part.options, None, engine);
                out
            });
            let _ = write!(one, " ({})", subpartitions.collect::<Vec<_>>().join(", "));
        }
        one
    });
    let _ = write!(out, "\n({})", list.collect::<Vec<_>>().join(",\n"));
}

/// MariaDB: `history`, `current`, `default` without VALUES.
fn is_keyword_alone(values: &Sql) -> bool {
    matches!(values.canonical(), "history" | "current" | "default")
}

fn partition_options(out: &mut String, options: &Options, comment: Option<&str>, engine: &str) {
    if let Some(comment) = comment {
        let _ = write!(out, " COMMENT = {}", sql::string(comment));
    }
    for (key, word) in [(OptionKey::DataDirectory, "DATA DIRECTORY"), (OptionKey::IndexDirectory, "INDEX DIRECTORY")] {
        if let Some(value) = options.word(key) {
            let _ = write!(out, " {word} = {}", sql::string(value));
        }
    }
    for (key, word) in [(OptionKey::MaxRows, "MAX_ROWS"), (OptionKey::MinRows, "MIN_ROWS")] {
        if let Some(value) = options.integer(key) {
            let _ = write!(out, " {word} = {value}");
        }
    }
    if let Some(value) = options.word(OptionKey::Tablespace) {
        let _ = write!(out, " TABLESPACE = {}", sql::quote(value));
    }
    let _ = write!(out, " ENGINE = {}", options.word(OptionKey::Engine).unwrap_or(engine));
}
