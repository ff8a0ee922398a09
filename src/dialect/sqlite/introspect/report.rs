//! What SQLite reports: the stored statements, and its own reading of them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rusqlite::{Connection, Row};

use crate::catalog::Recent;
use crate::error::Result;

use super::super::connect::statement_error;

/// What `sqlite_schema` calls an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StoredKind {
    Table,
    VirtualTable,
    Index,
    View,
    Trigger,
}

/// One row of `sqlite_schema`.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) kind: StoredKind,
    pub(super) name: String,
    /// The table or view it belongs to, or itself.
    pub(super) table: String,
    /// The statement. Only internal objects have none, and damaged ones.
    pub(super) sql: Arc<str>,
}

/// A column as SQLite sees it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ReportedColumn {
    pub(super) name: Arc<str>,
    pub(super) ty: Arc<str>,
    pub(super) not_null: bool,
    pub(super) default: Option<Arc<str>>,
    pub(super) key_position: u32,
    pub(super) hidden: u8,
}

/// One column of a foreign key as SQLite sees it; rows of one `id` belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReportedReference {
    pub(super) id: u32,
    pub(super) table: Arc<str>,
    pub(super) from: Arc<str>,
    pub(super) to: Option<Arc<str>>,
    pub(super) on_update: Arc<str>,
    pub(super) on_delete: Arc<str>,
}

/// An index as SQLite sees it.
#[derive(Debug)]
pub(super) struct ReportedIndex {
    pub(super) name: Arc<str>,
    pub(super) unique: bool,
    pub(super) origin: Arc<str>,
    pub(super) partial: bool,
    pub(super) parts: Vec<ReportedPart>,
}

/// A part of an index as SQLite sees it; an expression has no name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ReportedPart {
    pub(super) column: Option<Arc<str>>,
    pub(super) descending: bool,
    pub(super) collation: Arc<str>,
}

/// How a table is kept, as SQLite sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReportedTable {
    pub(super) shadow: bool,
    pub(super) without_rowid: bool,
    pub(super) strict: bool,
}

/// Everything that SQLite reports, by the names of the tables.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) stored: Vec<Stored>,
    pub(super) tables: HashMap<String, ReportedTable>,
    pub(super) columns: HashMap<String, Vec<ReportedColumn>>,
    pub(super) references: HashMap<String, Vec<ReportedReference>>,
    pub(super) indexes: HashMap<String, Vec<ReportedIndex>>,
    /// The names of the modules that are there, in lower case.
    pub(super) modules: HashSet<String>,
}

impl Report {
    /// Asks for the stored statements only.
    pub(super) fn stored(conn: &Connection) -> Result<Self> {
        let mut report = Self::default();
        each(conn, include_str!("../queries/schema.sql"), |row| {
            let kind = match (row.get_ref(0)?.as_str()?, row.get(3)?) {
                ("table", true) => StoredKind::VirtualTable,
                ("table", false) => StoredKind::Table,
                ("index", _) => StoredKind::Index,
                ("view", _) => StoredKind::View,
                _ => StoredKind::Trigger,
            };
            let sql = row.get_ref(4)?.as_str_or_null()?.unwrap_or_default().into();
            report.stored.push(Stored { kind, name: row.get(1)?, table: row.get(2)?, sql });
            Ok(())
        })?;
        Ok(report)
    }

    /// Asks for SQLite's reading of them.
    pub(super) fn complete(&mut self, conn: &Connection) -> Result<()> {
        each(conn, include_str!("../queries/tables.sql"), |row| {
            let table = ReportedTable { shadow: row.get(1)?, without_rowid: row.get(2)?, strict: row.get(3)? };
            self.tables.insert(row.get(0)?, table);
            Ok(())
        })?;
        let mut words = Recent::new();
        each(conn, include_str!("../queries/columns.sql"), |row| {
            let column = ReportedColumn {
                name: word(&mut words, row, 1)?,
                ty: word(&mut words, row, 2)?,
                not_null: row.get(3)?,
                default: optional_word(&mut words, row, 4)?,
                key_position: row.get(5)?,
                hidden: row.get(6)?,
            };
            of_table(&mut self.columns, row)?.push(column);
            Ok(())
        })?;
        each(conn, include_str!("../queries/foreign_keys.sql"), |row| {
            let reference = ReportedReference {
                id: row.get(1)?,
                table: word(&mut words, row, 2)?,
                from: word(&mut words, row, 3)?,
                to: optional_word(&mut words, row, 4)?,
                on_update: word(&mut words, row, 5)?,
                on_delete: word(&mut words, row, 6)?,
            };
            of_table(&mut self.references, row)?.push(reference);
            Ok(())
        })?;
        each(conn, include_str!("../queries/indexes.sql"), |row| {
            let column = optional_word(&mut words, row, 5)?;
            let part = ReportedPart { column, descending: row.get(6)?, collation: word(&mut words, row, 7)? };
            let name = row.get_ref(1)?.as_str()?;
            let indexes = of_table(&mut self.indexes, row)?;
            match indexes.last_mut().filter(|last| &*last.name == name) {
                Some(last) => last.parts.push(part),
                None => indexes.push(ReportedIndex {
                    name: name.into(),
                    unique: row.get(2)?,
                    origin: word(&mut words, row, 3)?,
                    partial: row.get(4)?,
                    parts: vec![part],
                }),
            }
            Ok(())
        })?;
        if self.stored.iter().any(|stored| stored.kind == StoredKind::VirtualTable) {
            each(conn, include_str!("../queries/modules.sql"), |row| {
                self.modules.insert(row.get_ref(0)?.as_str()?.to_ascii_lowercase());
                Ok(())
            })?;
        }
        Ok(())
    }
}

/// What is collected for the table that the row's first column names.
fn of_table<'a, T>(map: &'a mut HashMap<String, Vec<T>>, row: &Row<'_>) -> rusqlite::Result<&'a mut Vec<T>> {
    let table = row.get_ref(0)?.as_str()?;
    if !map.contains_key(table) {
        map.insert(table.to_owned(), Vec::new());
    }
    map.get_mut(table).ok_or(rusqlite::Error::QueryReturnedNoRows)
}

/// A text that many rows repeat.
fn word(words: &mut Recent<Arc<str>>, row: &Row<'_>, at: usize) -> rusqlite::Result<Arc<str>> {
    let text = row.get_ref(at)?.as_str()?;
    Ok(words.of(text, || text.into()))
}

fn optional_word(words: &mut Recent<Arc<str>>, row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Arc<str>>> {
    let text = row.get_ref(at)?.as_str_or_null()?;
    Ok(text.map(|text| words.of(text, || text.into())))
}

fn each(conn: &Connection, sql: &str, row: impl FnMut(&Row<'_>) -> rusqlite::Result<()>) -> Result<()> {
    let run = || -> rusqlite::Result<()> { conn.prepare(sql)?.query_map([], row)?.collect() };
    run().map_err(|error| statement_error(&error, sql))
}
