//! A database in memory that holds some objects of a catalog: where SQLite is asked without touching the real one.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use rusqlite::Connection;

use crate::catalog::{Catalog, Entry, Kind, ObjectId};
use crate::database::Live;
use crate::error::Result;

use super::connect;
use super::introspect::introspect;
use super::render;
use super::run::run;
use super::sql::quote;

/// A database in memory.
pub(super) struct Scratch {
    conn: Connection,
}

/// What SQLite refused.
pub(super) struct Failure {
    pub(super) id: ObjectId,
    pub(super) message: String,
}

impl Scratch {
    /// An empty one.
    pub(super) fn new() -> Result<Self> {
        let connect::Opened { connection, .. } = connect::open("sqlite::memory:", Duration::ZERO, true)?;
        let scratch = Self { conn: connection };
        for setting in ["PRAGMA foreign_keys = OFF", "PRAGMA legacy_alter_table = OFF"] {
            run(&scratch.conn, setting).map_err(|error| connect::statement_error(&error, setting))?;
        }
        Ok(scratch)
    }

    /// Makes these top-level objects with all that belongs to them, each by the statement that made it or
    /// else from its model. What SQLite refuses is left out and told; an object that is refused takes what
    /// belongs to it along.
    pub(super) fn make(&self, catalog: &Catalog, roots: &BTreeSet<ObjectId>) -> Vec<Failure> {
        let mut failures: Vec<Failure> = Vec::new();
        let objects = || roots.iter().flat_map(|root| catalog.within(root));
        // Triggers last: one on a view needs the view.
        for wave in [&[Kind::Table, Kind::VirtualTable][..], &[Kind::Index, Kind::View], &[Kind::Trigger]] {
            for (id, entry) in objects().filter(|(id, _)| wave.contains(&id.kind())) {
                let lost = failures.iter().any(|failure| id.is_within(&failure.id));
                if lost {
                    continue;
                }
                if let Err(error) = self.execute(&statement(catalog, id, entry)) {
                    failures.push(Failure { id: id.clone(), message: error });
                }
            }
        }
        failures
    }

    /// Runs one statement; the error is SQLite's own words.
    pub(super) fn execute(&self, sql: &str) -> std::result::Result<(), String> {
        run(&self.conn, sql).map_err(|error| connect::message(&error))
    }

    /// Has SQLite compile one statement, without running it; the error is its own words.
    pub(super) fn compile(&self, sql: &str) -> std::result::Result<(), String> {
        self.conn.prepare(sql).map(drop).map_err(|error| connect::message(&error))
    }

    /// Reads back what is there.
    pub(super) fn read(&self) -> Result<Live> {
        introspect(&self.conn)
    }
}

fn statement(catalog: &Catalog, id: &ObjectId, entry: &Entry) -> String {
    entry.source.as_deref().map_or_else(|| render::create(catalog, id), str::to_owned)
}

/// The statement of one rename.
pub(super) fn rename(from: &ObjectId, to: &ObjectId) -> String {
    let (old, new) = (quote(from.name().as_str()), quote(to.name().as_str()));
    match from.parent() {
        Some(table) => format!("ALTER TABLE {} RENAME COLUMN {old} TO {new}", quote(table.name().as_str())),
        None => format!("ALTER TABLE {old} RENAME TO {new}"),
    }
}

/// Which views and triggers look at which tables and views: by their top-level objects.
pub(super) struct Mentions {
    of: BTreeMap<ObjectId, BTreeSet<ObjectId>>,
    by: BTreeMap<ObjectId, BTreeSet<ObjectId>>,
}

impl Mentions {
    /// Those of a catalog. Foreign keys count only where `foreign_keys` says so: SQLite makes a table whose
    /// targets are not there, but rewrites them when a target is renamed.
    pub(super) fn new(catalog: &Catalog, foreign_keys: bool) -> Self {
        let mut mentions = Self { of: BTreeMap::new(), by: BTreeMap::new() };
        for (id, entry) in catalog.iter() {
            let counts = match id.kind() {
                Kind::View | Kind::Trigger => true,
                Kind::ForeignKey => foreign_keys,
                _ => false,
            };
            for other in entry.references(id).iter().filter(|_| counts) {
                let (from, to) = (id.root().clone(), other.root().clone());
                if from != to {
                    mentions.of.entry(from.clone()).or_default().insert(to.clone());
                    mentions.by.entry(to).or_default().insert(from);
                }
            }
        }
        mentions
    }

    /// These and all that they look at, directly or not.
    pub(super) fn needed(&self, roots: &BTreeSet<ObjectId>) -> BTreeSet<ObjectId> {
        closure(&self.of, roots)
    }

    /// These and all that looks at them, directly or not.
    pub(super) fn dependent(&self, roots: &BTreeSet<ObjectId>) -> BTreeSet<ObjectId> {
        closure(&self.by, roots)
    }
}

fn closure(edges: &BTreeMap<ObjectId, BTreeSet<ObjectId>>, roots: &BTreeSet<ObjectId>) -> BTreeSet<ObjectId> {
    let mut found = roots.clone();
    let mut todo: Vec<ObjectId> = roots.iter().cloned().collect();
    while let Some(id) = todo.pop() {
        for next in edges.get(&id).into_iter().flatten() {
            if found.insert(next.clone()) {
                todo.push(next.clone());
            }
        }
    }
    found
}
