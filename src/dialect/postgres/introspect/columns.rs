//! Columns of tables, and what is said of those of views.

use std::collections::HashMap;

use crate::catalog::{Column, Entry, Generated, Generation, Kind, Name, NotNull, Object, ObjectId, OptionKey};
use crate::error::Result;

use super::super::canonical;
use super::super::options::{set_bool, set_integer, set_text};
use super::super::sql::made_up_name;
use super::others::settings;
use super::reader::Reader;
use super::relations::Parents;
use super::row::Row;
use super::sequences::Identities;
use super::{class, text};

const COLUMNS: &str = include_str!("../queries/columns.sql");

/// The names of columns by table and number.
#[derive(Debug, Default)]
pub(super) struct ColumnNames(HashMap<(u32, i16), Name>);

impl ColumnNames {
    /// The names of these numbers.
    pub(super) fn of(&self, relation: u32, numbers: &[i16]) -> Vec<Name> {
        numbers.iter().filter_map(|number| self.0.get(&(relation, *number))).cloned().collect()
    }
}

/// One column as the server has it.
struct Read {
    relation: u32,
    number: i16,
    name: Name,
    column: Column,
    is_local: bool,
    has_comment: bool,
    default: u32,
    not_null: u32,
    not_null_name: Option<Name>,
}

/// Reads the columns. What a column only has from the table above it is no object.
pub(super) fn read(reader: &mut Reader<'_>, parents: &Parents, mut identities: Identities) -> Result<ColumnNames> {
    let mut read = Vec::new();
    let mut names = ColumnNames::default();
    for row in reader.run(COLUMNS)? {
        let column = column(reader, &row, &mut identities)?;
        names.0.insert((column.relation, column.number), column.name.clone());
        read.push(column);
    }
    let places: HashMap<(u32, &Name), usize> =
        read.iter().enumerate().map(|(at, column)| ((column.relation, &column.name), at)).collect();
    for own in &read {
        let key = (class::CLASS, own.relation, i32::from(own.number));
        let Some(table) = reader.object((class::CLASS, own.relation, 0)).cloned() else { continue };
        let id = table.child(Kind::Column, own.name.clone());
        let mut above = parents.get(&own.relation).into_iter().flatten();
        let above = above.find_map(|parent| places.get(&(*parent, &own.name))).and_then(|at| read.get(*at));
        if let Some(above) = above.filter(|above| is_named_otherwise(own, above)) {
            mark_attached(reader, above.relation, own.relation);
        }
        let Some(column) = said(reader, &table, own, above) else {
            hide(reader, own, &table);
            continue;
        };
        hide(reader, own, &id);
        let position = u32::try_from(own.number).unwrap_or_default();
        reader.insert(key, id, Entry::new(Object::Column(column), position));
    }
    Ok(names)
}

/// Whether the NOT NULL of what comes from a table above has another name than there: that of a table of its own.
fn is_named_otherwise(own: &Read, above: &Read) -> bool {
    !own.is_local && own.not_null_name.is_some() && own.not_null_name != above.not_null_name && !above.column.null
}

/// A partition that was made as one has the names of the table that it is a partition of.
fn mark_attached(reader: &mut Reader<'_>, parent: u32, partition: u32) {
    let parent = reader.relation(parent).cloned();
    let Some(entry) = reader.entry_mut((class::CLASS, partition, 0)) else { return };
    if let Object::Table(table) = &mut entry.object
        && table.partition_of.is_some()
        && table.partition_of == parent
    {
        set_bool(&mut table.options, Kind::Table, OptionKey::Attached, true);
    }
}

/// What the server keeps apart of a column.
fn hide(reader: &mut Reader<'_>, own: &Read, within: &ObjectId) {
    if own.default != 0 {
        reader.hide((class::ATTRDEF, own.default, 0), within.clone());
    }
    if own.not_null != 0 {
        reader.hide((class::CONSTRAINT, own.not_null, 0), within.clone());
    }
}

/// The column as far as it is to be said; none: all of it comes from elsewhere.
fn said(reader: &Reader<'_>, table: &ObjectId, own: &Read, above: Option<&Read>) -> Option<Column> {
    let untyped = |column: &Column| Column { ty: None, identity: None, ..column.clone() };
    if table.kind() == Kind::View {
        // A view's columns are the query's; only a default and a comment are their own.
        let column = Column { default: own.column.default.clone(), null: true, ..Column::default() };
        return (own.has_comment || column.default.is_some()).then_some(column);
    }
    let typed = matches!(reader.live.catalog.object(table), Some(Object::Table(table)) if table.of_type.is_some());
    if typed {
        let plain = Column { null: true, ..Column::default() };
        // Both are the type's.
        let column = Column { ty: None, collation: None, ..own.column.clone() };
        return (own.has_comment || column != plain).then_some(column);
    }
    match above {
        Some(above) if !own.is_local => {
            let mut column = untyped(&own.column);
            let made_up = made_up_name(table.name().as_str(), own.name.as_str(), "not_null");
            let name = own.not_null_name.clone().filter(|name| name.as_str() != made_up);
            if is_named_otherwise(own, above) && name.is_some() {
                column.not_null.get_or_insert_default().name = name;
            }
            (own.has_comment || column != above.column.inherited()).then_some(column)
        }
        Some(_) | None => Some(own.column.clone()),
    }
}

fn column(reader: &Reader<'_>, row: &Row, identities: &mut Identities) -> Result<Read> {
    let (relation, number): (u32, i16) = (row.oid("relation")?, row.get("number")?);
    let name = row.name("name")?;
    let ty = row.text("type")?;
    let expression = row.maybe_text("default")?;
    let (default, generated) = match row.letter("generated")? {
        letter @ ('s' | 'v') => {
            (None, expression.map(|sql| Generated { sql: text::expression(&sql), stored: letter == 's' }))
        }
        _ => (expression.map(|sql| canonical::column_default(&sql, &ty)), None),
    };
    let generation = match row.letter("identity")? {
        'a' => Some(Generation::Always),
        'd' => Some(Generation::ByDefault),
        _ => None,
    };
    let identity = generation.and_then(|generation| {
        identities.remove(&(relation, number)).map(|identity| crate::catalog::Identity { generation, ..identity })
    });
    let table = reader.relation(relation).map_or("", |id| id.name().as_str());
    let mut column = Column {
        ty: Some(text::type_name(&ty)),
        null: !row.flag("not_null")?,
        default,
        generated,
        collation: row.maybe_name("collation")?,
        identity,
        not_null: not_null(row, table, &name)?,
        settings: settings(&[table, name.as_str()], &row.texts("foreign_options")?),
        with: text::parameters(&row.texts("options")?),
        ..Column::default()
    };
    let storage = match row.letter("storage")? {
        'p' => Some("plain"),
        'e' => Some("external"),
        'm' => Some("main"),
        'x' => Some("extended"),
        _ => None,
    };
    let compression = match row.letter("compression")? {
        'p' => Some("pglz"),
        'l' => Some("lz4"),
        _ => None,
    };
    let options = &mut column.options;
    set_text(options, Kind::Column, OptionKey::Storage, storage.map(str::to_owned));
    set_text(options, Kind::Column, OptionKey::Compression, compression.map(str::to_owned));
    let target: Option<i32> = row.get("statistics_target")?;
    set_integer(options, Kind::Column, OptionKey::StatisticsTarget, target.map(i64::from));
    Ok(Read {
        relation,
        number,
        name,
        column,
        is_local: row.flag("is_local")?,
        has_comment: row.flag("has_comment")?,
        default: row.oid("default_oid")?,
        not_null: row.oid("not_null_oid")?,
        not_null_name: row.maybe_name("not_null_name")?,
    })
}

/// What is to be said of NOT NULL beside that it is there. One that comes from the table above has its name from there.
fn not_null(row: &Row, table: &str, column: &Name) -> Result<Option<NotNull>> {
    let Some(name) = row.maybe_name("not_null_name")? else { return Ok(None) };
    let is_local = row.flag("not_null_is_local")?;
    let made_up = made_up_name(table, column.as_str(), "not_null");
    let not_null = NotNull {
        name: Some(name).filter(|name| is_local && name.as_str() != made_up),
        no_inherit: row.flag("not_null_no_inherit")?,
        not_valid: row.flag("not_null_not_valid")?,
    };
    Ok(Some(not_null).filter(|not_null| *not_null != NotNull::default()))
}
