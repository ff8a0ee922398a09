//! Which part of an object SQLite refuses: each that fails by itself, with its own message.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Column, Entry, Kind, Object, ObjectId, Table};
use crate::error::Result;

use super::connect::MORE_THAN_ONE;
use super::render;
use super::scratch::{Failure, Scratch};
use super::sql::parenthesised;

/// A part that is refused: the attribute at fault, and what is wrong.
pub(super) type Fault = (ObjectId, Option<&'static str>, String);

/// The attribute that holds the SQL of an object.
pub(super) fn attribute_of(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Check => Some("sql"),
        Kind::View => Some("query"),
        Kind::Trigger => Some("body"),
        Kind::VirtualTable => Some("using"),
        Kind::Index | Kind::PrimaryKey | Kind::Unique | Kind::ForeignKey => Some("columns"),
        _ => None,
    }
}

/// Whether it is about something that an application may register and that is not there.
pub(super) fn is_unregistered(message: &str) -> bool {
    ["no such function", "no such collation sequence", "no such module", "unknown tokenizer"]
        .iter()
        .any(|start| message.starts_with(start))
}

/// What SQLite says, as a sentence about the part it is said of.
pub(super) fn sentence(message: &str) -> String {
    if message == MORE_THAN_ONE {
        "it holds more than one statement, or a semicolon where none may stand".to_owned()
    } else {
        format!("SQLite says: {message}")
    }
}

/// The parts of an object that SQLite refuses by themselves; the object where none does.
pub(super) fn faults(failure: &Failure, live: &Catalog, desired: &Catalog) -> Result<Vec<Fault>> {
    let id = &failure.id;
    let whole = |attribute| vec![(id.clone(), attribute, sentence(&failure.message))];
    match desired.object(id) {
        Some(Object::Table(_)) => {
            let mut trials = Trials { table: id, live, desired, base: Catalog::default(), faults: Vec::new() };
            trials.run()?;
            Ok(if trials.faults.is_empty() { whole(None) } else { trials.faults })
        }
        Some(Object::Index(index)) if index.predicate.is_some() => {
            let mut bare = desired.clone();
            if let Some(Entry { object: Object::Index(index), .. }) = bare.get_mut(id) {
                index.predicate = None;
            }
            let own: BTreeSet<ObjectId> = [id.root().clone()].into();
            let failures = Scratch::new()?.make(&bare, &own);
            Ok(match failures.iter().find(|failure| failure.id == *id) {
                Some(columns) => vec![(id.clone(), Some("columns"), sentence(&columns.message))],
                None => whole(Some("where")),
            })
        }
        _ => Ok(whole(attribute_of(id.kind()))),
    }
}

/// The defaults that SQLite takes without looking at their functions, and then refuses with each new row.
/// One that is there already is left alone: its function may be the application's own.
pub(super) fn faulty_defaults(scratch: &Scratch, table: &ObjectId, live: &Catalog, desired: &Catalog) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (id, column) in desired.columns(table) {
        let Some(default) = column.default.as_ref().filter(|sql| sql.as_str().contains('(')) else { continue };
        if matches!(live.object(id), Some(Object::Column(old)) if old.default.as_ref() == Some(default)) {
            continue;
        }
        let Err(message) = scratch.compile(&format!("SELECT {}", parenthesised(default.as_str()))) else { continue };
        if !message.starts_with("no such function") && !message.starts_with("wrong number of arguments") {
            // What else is wrong with it is told when the table is made.
            continue;
        }
        let hint = if message.ends_with(": now") { "; its word for the time is `current_timestamp`" } else { "" };
        let told = format!(
            "SQLite says: {message}; it would make the table all the same, and refuse each row that leaves the column out{hint}"
        );
        faults.push((id.clone(), Some("default"), told));
    }
    faults
}

/// The table with its bare columns and one of its parts at a time.
struct Trials<'a> {
    table: &'a ObjectId,
    live: &'a Catalog,
    desired: &'a Catalog,
    base: Catalog,
    faults: Vec<Fault>,
}

impl Trials<'_> {
    fn run(&mut self) -> Result<()> {
        for (id, entry) in self.desired.within(self.table) {
            let bare = match &entry.object {
                Object::Table(_) => Object::Table(Table::default()),
                Object::Column(column) => Object::Column(bare(column)),
                _ => continue,
            };
            // Ids of one catalog are unique.
            let _ = self.base.insert(id.clone(), Entry::new(bare, entry.position));
        }
        if self.refusal()?.is_some() {
            // No part is to blame for what the bare table does.
            return Ok(());
        }
        for (id, entry) in self.desired.within(self.table) {
            match &entry.object {
                Object::Column(column) => self.column(id, column)?,
                Object::PrimaryKey(_) | Object::Unique(_) | Object::Check(_) | Object::ForeignKey(_) => {
                    let _ = self.base.insert(id.clone(), Entry::new(entry.object.clone(), entry.position));
                    let refusal = self.refusal()?;
                    self.base.remove(id);
                    self.tell(id, attribute_of(id.kind()), refusal);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn column(&mut self, id: &ObjectId, column: &Column) -> Result<()> {
        let bare = bare(column);
        let Column { collation, default, generated, .. } = column.clone();
        let parts = [
            ("collation", collation.is_some(), Column { collation, ..bare.clone() }),
            ("default", default.is_some(), Column { default, ..bare.clone() }),
            ("generated", generated.is_some(), Column { generated, ..bare.clone() }),
        ];
        for (attribute, _, part) in parts.into_iter().filter(|(_, written, _)| *written) {
            self.put(id, part);
            let refusal = self.refusal()?;
            self.tell(id, Some(attribute), refusal);
        }
        self.put(id, bare);
        Ok(())
    }

    fn put(&mut self, id: &ObjectId, column: Column) {
        if let Some(entry) = self.base.get_mut(id) {
            entry.object = Object::Column(column);
        }
    }

    /// What SQLite says against the table as it stands.
    fn refusal(&self) -> Result<Option<String>> {
        Ok(Scratch::new()?.execute(&render::create_table(&self.base, self.table, None)).err())
    }

    fn tell(&mut self, id: &ObjectId, attribute: Option<&'static str>, refusal: Option<String>) {
        let Some(message) = refusal else { return };
        // What only the application knows was there before: it is no fault of the TOML.
        let known = is_unregistered(&message)
            && self.live.object(id).is_some_and(|object| self.desired.object(id) == Some(object));
        if !known {
            self.faults.push((id.clone(), attribute, sentence(&message)));
        }
    }
}

/// A column without what SQLite could refuse; its type decides what a key may be.
fn bare(column: &Column) -> Column {
    Column { null: true, default: None, generated: None, collation: None, ..column.clone() }
}
