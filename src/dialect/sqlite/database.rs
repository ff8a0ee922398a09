//! The connection to a live SQLite database.

use rusqlite::Connection;

use crate::apply::Progress;
use crate::catalog::{Catalog, ObjectId};
use crate::database::{ApplyOptions, Database, Elaborated, Live, OpenOptions, Probed, Target};
use crate::dialect::{Dialect, DialectName};
use crate::diff::Deltas;
use crate::error::Result;
use crate::plan::{Plan, Probe, Rules};

use super::connect::{self, Opened};
use super::dialect::SQLITE;
use super::introspect::introspect;
use super::probe::ask;
use super::rules::SqliteRules;
use super::{apply, elaborate};

/// A connection to a live SQLite database.
#[derive(Debug)]
pub struct SqliteDatabase {
    conn: Connection,
    url: String,
    options: OpenOptions,
    /// Whether there is no file yet: the database is an empty one in memory until something is applied.
    missing: bool,
}

impl SqliteDatabase {
    /// Opens a database. Where there is no file yet, nothing is made before an apply.
    pub fn open(url: &str, options: &OpenOptions) -> Result<Self> {
        let Opened { connection: conn, missing } = connect::open(url, options.lock_timeout, false)?;
        Ok(Self { conn, url: url.to_owned(), options: options.clone(), missing })
    }
}

impl Database for SqliteDatabase {
    fn dialect(&self) -> &'static dyn Dialect {
        &SQLITE
    }

    fn target(&self) -> Target {
        Target {
            dialect: DialectName::Sqlite,
            url: self.url.clone(),
            location: connect::absolute(&self.url),
            server: format!("SQLite {}", rusqlite::version()),
            notes: Vec::new(),
        }
    }

    fn introspect(&mut self) -> Result<Live> {
        introspect(&self.conn)
    }

    fn after_renames(&mut self, live: &Live, renames: &[(ObjectId, ObjectId)]) -> Result<Catalog> {
        elaborate::after_renames(live, renames)
    }

    fn elaborate(&mut self, live: &Catalog, desired: &Catalog, deltas: &Deltas) -> Result<Elaborated> {
        elaborate::elaborate(live, desired, deltas)
    }

    fn rules(&self) -> &'static dyn Rules {
        &SqliteRules
    }

    fn probe(&mut self, probe: &Probe) -> Result<Probed> {
        ask(&self.conn, probe)
    }

    fn apply(&mut self, plan: &Plan, options: &ApplyOptions, progress: &mut dyn Progress) -> Result<()> {
        if self.missing {
            let Opened { connection, .. } = connect::open(&self.url, self.options.lock_timeout, true)?;
            self.conn = connection;
            self.missing = false;
        }
        if matches!(self.conn.is_readonly("main"), Ok(true)) {
            return Err(connect::read_only_error(&self.url));
        }
        apply::apply(&self.conn, plan, options, progress)
    }
}
