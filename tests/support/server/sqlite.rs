//! SQLite: a database is a file.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::Value;

use super::{Database, Rows, Seen, Server, numbers};
use crate::support::case::{Expect, Query};
use crate::support::program::url;
use crate::support::rows::{AllRows, show};
use crate::support::{oracle, server};

/// The SQLite that is built in.
pub(crate) struct Sqlite;

impl Server for Sqlite {
    fn label(&self) -> String {
        "sqlite".to_owned()
    }

    fn flavour(&self) -> &'static str {
        "sqlite"
    }

    fn version(&self) -> Vec<u32> {
        numbers(rusqlite::version())
    }

    fn create(&self, folder: &Path, letter: &str, _: &Expect) -> Result<Box<dyn Database>, String> {
        Ok(Box::new(File(folder.join(format!("{letter}.db")))))
    }

    fn make(&self, sql: &str, seed: &str, _: &Expect) -> Result<Vec<String>, String> {
        let file = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
        Connection::open(file.path())
            .and_then(|connection| {
                connection
                    .execute_batch("pragma foreign_keys = off; pragma synchronous = off; pragma journal_mode = off")?;
                connection.execute_batch(&format!("begin; {sql}\n; {seed}\n; commit"))
            })
            .map_err(|error| error.to_string())?;
        oracle::report(file.path())
    }
}

/// A database file.
struct File(PathBuf);

impl Database for File {
    fn url(&self) -> String {
        url(&self.0)
    }

    fn run(&self, sql: &str) -> Result<(), String> {
        let connection = Connection::open(&self.0).map_err(|error| error.to_string())?;
        connection
            .execute_batch("pragma foreign_keys = off; pragma synchronous = off")
            .map_err(|error| error.to_string())?;
        connection.execute_batch(&format!("begin; {sql}\n; commit")).map_err(|error| format!("{error} in {sql}"))
    }

    fn dump(&self) -> Result<Vec<String>, String> {
        oracle::report(&self.0)
    }

    fn seen(&self) -> Result<server::Seen, String> {
        let connection = oracle::open(&self.0)?;
        let read = || -> rusqlite::Result<_> {
            Ok((oracle::stored(&connection)?, AllRows::read(&connection)?, oracle::complaints(&connection)?))
        };
        let (stored, rows, complaints) = read().map_err(|error| format!("{}: {error}", self.0.display()))?;
        let report = oracle::report(&self.0)?;
        Ok(Seen { report, stored, rows: Rows::Sqlite(rows), complaints, identities: [].into() })
    }

    fn check(&self, query: &Query) -> Result<(), String> {
        let connection = oracle::open(&self.0)?;
        let found = select(&connection, &query.query).map_err(|error| format!("{error} in {}", query.query))?;
        if found == query.rows() {
            return Ok(());
        }
        let shown: Vec<_> = found.iter().map(|row| row.iter().map(show).collect::<Vec<_>>()).collect();
        Err(format!("{} gives {shown:?}", query.query))
    }
}

fn select(connection: &Connection, query: &str) -> rusqlite::Result<Vec<Vec<Value>>> {
    let mut statement = connection.prepare(query)?;
    let width = statement.column_count();
    statement.query_map([], |row| (0..width).map(|i| row.get(i)).collect())?.collect()
}
