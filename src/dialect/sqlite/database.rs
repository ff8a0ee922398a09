//! The connection to a live SQLite database.

use rusqlite::Connection;

use crate::apply::Progress;
use crate::catalog::{Catalog, ObjectId};
use crate::database::{ApplyOptions, Database, Elaborated, Live, Probed, Target};
use crate::dialect::{Dialect, DialectName, OpenOptions};
use crate::diff::Deltas;
use crate::error::{Error, Result};
use crate::plan::{Plan, Probe, Rules};

use super::connect::{self, Opened, message};
use super::dialect::SQLITE;
use super::introspect::introspect;
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
            server: format!("SQLite {}", rusqlite::version()),
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

/// Asks the rows one question.
pub(super) fn ask(conn: &Connection, probe: &Probe) -> Result<Probed> {
    let failed = |error: rusqlite::Error, sql: &str| Error::Statement {
        message: message(&error),
        object: Some(probe.id.clone()),
        sql: sql.to_owned(),
        help: None,
    };
    let rows: i64 = conn.query_row(&probe.count, [], |row| row.get(0)).map_err(|error| failed(error, &probe.count))?;
    let rows = u64::try_from(rows).unwrap_or_default();
    let mut found = Probed { rows, examples: Vec::new() };
    if let Some(sql) = probe.examples.as_deref().filter(|_| rows > 0) {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = conn.prepare(sql)?;
            let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
            let mut rows = statement.query([])?;
            let mut examples = Vec::new();
            while let Some(row) = rows.next()? {
                let cells =
                    names.iter().enumerate().map(|(at, name)| Ok(format!("{name} = {}", shown(row.get_ref(at)?))));
                examples.push(format!("({})", cells.collect::<rusqlite::Result<Vec<_>>>()?.join(", ")));
            }
            Ok(examples)
        };
        found.examples = read().map_err(|error| failed(error, sql))?;
    }
    Ok(found)
}

/// A value for people: cut where it is long.
fn shown(value: rusqlite::types::ValueRef<'_>) -> String {
    use rusqlite::types::ValueRef;
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => {
            let text = String::from_utf8_lossy(text);
            let cut: String = text.chars().take(40).collect();
            format!("'{cut}{}'", if cut.len() < text.len() { "…" } else { "" })
        }
        ValueRef::Blob(bytes) => format!("a blob of {} bytes", bytes.len()),
    }
}
