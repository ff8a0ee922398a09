//! Reads a whole database: a constant number of queries, in one snapshot.
//!
//! The stored statements give the objects. SQLite's own report of its tables is the test of that
//! reading: what does not agree with it is kept, and said to be not understood.

mod broken;
mod build;
mod honesty;
mod report;

use std::collections::HashSet;
use std::sync::Arc;

use rusqlite::Connection;

use crate::catalog::{Entry, Kind, Object, ObjectId};
use crate::database::Live;
use crate::dialect::Dialect;
use crate::error::Result;

use super::connect::statement_error;
use super::dialect::{SQLITE, name};
use super::parse::{self, NamedClauses};
use report::{Report, ReportedColumn, Stored, StoredKind};

/// Reads all that is there, in the caller's transaction or one of its own.
pub fn introspect(conn: &Connection) -> Result<Live> {
    if !conn.is_autocommit() {
        return read(conn);
    }
    conn.execute_batch("begin").map_err(|error| statement_error(&error, "begin"))?;
    let live = read(conn);
    let ended = conn.execute_batch("rollback").map_err(|error| statement_error(&error, "rollback"));
    live.and_then(|live| ended.map(|()| live))
}

fn read(conn: &Connection) -> Result<Live> {
    let mut report = Report::stored(conn)?;
    // Before the tables are listed: SQLite then knows the columns of the views and need not search for them.
    let views = report.stored.iter().filter(|stored| stored.kind == StoredKind::View);
    let broken_views = broken::views(conn, views.map(|view| view.name.as_str()));
    report.complete(conn)?;

    let mut reader =
        Reader { live: Live::default(), report: &report, hidden: HashSet::new(), named: NamedClauses::default() };
    reader.live.broken.extend(broken_views);
    reader.find_shadows();
    // What stands on a table comes after it, whatever the order in the file.
    let is_relation = |stored: &Stored| !matches!(stored.kind, StoredKind::Index | StoredKind::Trigger);
    for relations in [true, false] {
        for (position, stored) in (0_u32..).zip(&report.stored) {
            if is_relation(stored) == relations && !reader.hidden.contains(stored.table.as_str()) {
                reader.read(stored, position);
            }
        }
    }
    reader.tell_named_clauses();
    let Reader { mut live, .. } = reader;
    broken::triggers(conn, &live.catalog, &report, &mut live.broken);
    drop(report);
    SQLITE.find_mentions(&mut live.catalog);
    Ok(live)
}

struct Reader<'a> {
    live: Live,
    report: &'a Report,
    /// Tables that belong to virtual tables.
    hidden: HashSet<&'a str>,
    /// The clauses whose names the catalog does not have.
    named: NamedClauses,
}

impl<'a> Reader<'a> {
    /// Tables that a module keeps its data in are the module's. SQLite says which they are, unless
    /// the module is not there: then everything is left alone that begins with the virtual table's name.
    fn find_shadows(&mut self) {
        let shadows = self.report.tables.iter().filter(|(_, table)| table.shadow);
        self.hidden.extend(shadows.map(|(name, _)| name.as_str()));
        for stored in self.report.stored.iter().filter(|stored| stored.kind == StoredKind::VirtualTable) {
            let Ok(table) = parse::create_virtual_table(&stored.sql) else { continue };
            if self.report.modules.contains(&table.module.to_ascii_lowercase()) {
                continue;
            }
            let prefix = format!("{}_", stored.name.to_ascii_lowercase());
            let theirs: Vec<_> = self
                .report
                .stored
                .iter()
                .filter(|other| other.kind == StoredKind::Table)
                .map(|other| other.name.as_str())
                .filter(|name| name.to_ascii_lowercase().starts_with(&prefix))
                .collect();
            if !theirs.is_empty() {
                self.live.unmanaged.push(format!(
                    "{}, which may belong to the virtual table {} (its module {} is not there to ask)",
                    theirs.join(", "),
                    stored.name,
                    table.module
                ));
            }
            let reason = format!("no such module: {}", table.module);
            self.live.not_understood.insert(build::relation(Kind::VirtualTable, &stored.name), reason);
            self.hidden.extend(theirs);
        }
    }

    fn read(&mut self, stored: &Stored, position: u32) {
        match stored.kind {
            StoredKind::Table => self.table(stored, position),
            StoredKind::VirtualTable => {
                let read = parse::create_virtual_table(&stored.sql).map(|def| build::virtual_table(&def));
                let id = build::relation(Kind::VirtualTable, &stored.name);
                self.insert(stored, position, id, read.map_err(|error| error.to_string()));
            }
            StoredKind::View => {
                let read = parse::create_view(&stored.sql).map(|def| build::view(&def));
                let id = build::relation(Kind::View, &stored.name);
                self.insert(stored, position, id, read.map_err(|error| error.to_string()));
            }
            StoredKind::Index => self.index(stored, position),
            StoredKind::Trigger => {
                let read = parse::create_trigger(&stored.sql).map(|def| build::trigger(&def));
                let view = build::relation(Kind::View, &stored.table);
                let on =
                    if self.live.catalog.contains(&view) { view } else { build::relation(Kind::Table, &stored.table) };
                let id = on.child(Kind::Trigger, name(stored.name.as_str()));
                self.insert(stored, position, id, read.map_err(|error| error.to_string()));
            }
        }
    }

    fn columns(&self, table: &str) -> &'a [ReportedColumn] {
        self.report.columns.get(table).map_or(&[], Vec::as_slice)
    }

    fn table(&mut self, stored: &Stored, position: u32) {
        let id = build::relation(Kind::Table, &stored.name);
        let columns = self.columns(&stored.name);
        let catalog = &mut self.live.catalog;
        let entry = |object| entry(stored, position, object);
        let reason = match parse::create_table(&stored.sql) {
            Ok(def) => {
                self.named.add(&def.named_clauses);
                let twice = build::table(catalog, &id, entry, &def, columns);
                twice.or_else(|| honesty::of_table(&def, self.report, &stored.name))
            }
            Err(error) => {
                build::reported_table(catalog, &id, entry, columns);
                Some(error.to_string())
            }
        };
        if let Some(reason) = reason {
            self.live.not_understood.insert(id, reason);
        }
    }

    /// The names of clauses that are no objects of their own are lost when a table is rebuilt.
    fn tell_named_clauses(&mut self) {
        let NamedClauses { not_null, default, collate, generated } = self.named;
        let found = [(not_null, "NOT NULL"), (default, "DEFAULT"), (collate, "COLLATE"), (generated, "GENERATED")];
        for (count, clause) in found.into_iter().filter(|(count, _)| *count > 0) {
            let (name, constraint) = if count == 1 { ("the name", "constraint") } else { ("names", "constraints") };
            self.live.unmanaged.push(format!("{name} of {count} {clause} {constraint}"));
        }
    }

    fn index(&mut self, stored: &Stored, position: u32) {
        let table = build::relation(Kind::Table, &stored.table);
        // Ids of one table are compared faster when they share its own.
        let known = self.live.catalog.get_key_value(&table).map_or(&table, |(id, _)| id);
        let id = known.child(Kind::Index, name(stored.name.as_str()));
        let columns = self.columns(&stored.table);
        let reported =
            self.report.indexes.get(&stored.table).and_then(|all| all.iter().find(|i| *i.name == *stored.name));
        match (parse::create_index(&stored.sql), reported) {
            (Ok(def), Some(reported)) => {
                if let Some(reason) = honesty::of_index(&def, columns, reported) {
                    self.live.not_understood.insert(id.clone(), reason);
                }
                self.insert(stored, position, id, Ok(build::index(&def, columns)));
            }
            (Ok(_), None) => self.insert(stored, position, id, Err("SQLite does not report it".to_owned())),
            (Err(error), _) => self.insert(stored, position, id, Err(error.to_string())),
        }
    }

    /// An object that stands by itself; one that could not be read is named as not managed.
    fn insert(&mut self, stored: &Stored, position: u32, id: ObjectId, read: Result<Object, String>) {
        match read {
            Ok(object) => {
                if let Err(again) = self.live.catalog.insert(id.clone(), entry(stored, position, object)) {
                    let reason = format!("{} stands in sqlite_schema twice", again.object.kind().noun());
                    self.live.not_understood.insert(id, reason);
                }
            }
            Err(reason) => self.live.unmanaged.push(format!("{id}: {reason}")),
        }
    }
}

fn entry(stored: &Stored, position: u32, object: Object) -> Entry {
    Entry { source: Some(Arc::clone(&stored.sql)), ..Entry::new(object, position) }
}

#[cfg(test)]
mod tests;
