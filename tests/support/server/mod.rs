//! The databases that cases run on: each dialect makes them, asks them what they are and forgets them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use super::case::{Expect, Query};
use super::oracle::Stored;
use super::rows::AllRows;
use super::table_rows::TableRows;

pub(crate) mod mysql;
pub(crate) mod own;
pub(crate) mod postgres;
pub(crate) mod sqlite;

/// A server, or SQLite itself.
pub(crate) trait Server: Send + Sync {
    /// What it is called in messages: `postgres 15`.
    fn label(&self) -> String;
    /// `sqlite`, `postgres`, `mysql` or `mariadb`.
    fn flavour(&self) -> &'static str;
    /// The parts of its version.
    fn version(&self) -> Vec<u32>;
    /// A new and empty database, with the roles that the case names; it is gone when the value is.
    fn create(&self, folder: &Path, letter: &str, expect: &Expect) -> Result<Box<dyn Database>, String>;

    /// What the dump says of a database that this SQL makes.
    fn make(&self, sql: &str, seed: &str, expect: &Expect) -> Result<Vec<String>, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let database = self.create(folder.path(), "m", expect)?;
        database.run(sql)?;
        if !seed.is_empty() {
            database.run(seed)?;
        }
        database.dump()
    }
}

/// One database.
pub(crate) trait Database {
    /// Its URL for the program.
    fn url(&self) -> String;
    /// Runs statements.
    fn run(&self, sql: &str) -> Result<(), String>;
    /// What it is by the database's own word: one fact an entry, sorted; the order of columns is no part of it.
    fn dump(&self) -> Result<Vec<String>, String>;
    /// All of it.
    fn seen(&self) -> Result<Seen, String>;
    /// Whether a query gives what it should.
    fn check(&self, query: &Query) -> Result<(), String>;
}

/// A database at one moment.
pub(crate) struct Seen {
    /// Its dump.
    pub(crate) report: Vec<String>,
    /// The texts that SQLite keeps of each object; others keep none.
    pub(crate) stored: Vec<Stored>,
    /// Its rows.
    pub(crate) rows: Rows,
    /// What the database finds wrong with itself.
    pub(crate) complaints: Vec<String>,
    /// What tells a table from another of its name, where the database has that.
    pub(crate) identities: BTreeMap<String, String>,
}

/// All rows of a database.
pub(crate) enum Rows {
    /// SQLite's, with their rowids.
    Sqlite(AllRows),
    /// A server's.
    Server(TableRows),
}

impl Rows {
    /// What was lost on the way to another state, of what both have.
    pub(crate) fn lost_in(&self, after: &Self) -> Vec<String> {
        match (self, after) {
            (Self::Sqlite(before), Self::Sqlite(after)) => before.lost_in(after),
            (Self::Server(before), Self::Server(after)) => before.lost_in(after),
            _ => vec!["rows of two kinds of databases".to_owned()],
        }
    }
}

impl Seen {
    /// Tables that were dropped and made again though both states have them.
    pub(crate) fn made_again(&self, after: &Self) -> Vec<String> {
        let other = |name: &String, identity: &String| after.identities.get(name).is_some_and(|now| now != identity);
        self.identities.iter().filter(|(name, identity)| other(name, identity)).map(|(name, _)| name.clone()).collect()
    }
}

/// A name that no other database of any test process has.
pub(crate) fn unique(letter: &str) -> String {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    let moment = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.subsec_micros());
    format!("trueup_{}_{moment}_{}_{letter}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed))
}

/// The URLs that `scripts/servers` wrote for a kind of server: the one that was given, else all that were started.
fn urls(kind: &str) -> Vec<String> {
    let given = format!("TRUEUP_TEST_{kind}");
    if let Ok(url) = std::env::var(&given) {
        return vec![url];
    }
    let started = format!("{given}_");
    let is_version = |name: &str| {
        name.strip_prefix(&started).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    std::env::vars().filter(|(name, _)| is_version(name)).map(|(_, url)| url).collect()
}

/// The servers of the cases of a dialect; none where none run. Under `scripts/test` there must be some.
pub(crate) fn of_dialect(dialect: &str) -> Result<Vec<Arc<dyn Server>>, String> {
    let mut servers: Vec<Arc<dyn Server>> = Vec::new();
    match dialect {
        "sqlite" => servers.push(Arc::new(sqlite::Sqlite)),
        "postgres" => {
            for url in urls("POSTGRES") {
                servers.push(Arc::new(postgres::Postgres::connect(&url)?));
            }
        }
        "mysql" => {
            for url in ["MYSQL", "MARIADB"].into_iter().flat_map(urls) {
                servers.push(Arc::new(mysql::MySql::connect(&url)?));
            }
        }
        other => return Err(format!("there is no dialect {other}")),
    }
    servers.sort_by_key(|server| (server.flavour(), server.version()));
    if servers.is_empty() {
        if std::env::var("TRUEUP_TEST_SERVERS").is_ok_and(|word| word == "required") {
            return Err(format!("no server of {dialect} runs, and scripts/test needs one"));
        }
        println!(
            "not run: {dialect}, as no server is given. `scripts/test` starts some, or: \
             scripts/servers start postgres_15 mysql_9 mariadb_10 && source target/servers/env"
        );
    }
    Ok(servers)
}

/// Whether a case is for a server.
pub(crate) fn is_for(expect: &Expect, server: &dyn Server) -> bool {
    let flavour = server.flavour();
    if !expect.servers.is_empty() && !expect.servers.iter().any(|name| name == flavour) {
        return false;
    }
    let least = match &expect.min_version {
        Some(toml::Value::Table(table)) => table.get(flavour).and_then(toml::Value::as_str),
        Some(value) => value.as_str(),
        None => None,
    };
    least.is_none_or(|least| server.version() >= numbers(least))
}

/// The leading numbers of a version.
pub(crate) fn numbers(version: &str) -> Vec<u32> {
    let digits = version.split(|c: char| c != '.' && !c.is_ascii_digit()).next().unwrap_or_default();
    digits.split('.').filter_map(|part| part.parse().ok()).collect()
}

/// What a query of a server gave against what it should, both as text.
fn compare(query: &Query, truths: [&str; 2], found: &[Vec<Option<String>>]) -> Result<(), String> {
    let value = |value: &toml::Value| match value {
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Float(number) => Some(number.to_string()),
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Boolean(truth) => Some(truths[usize::from(*truth)].to_owned()),
        toml::Value::Datetime(moment) => Some(moment.to_string()),
        toml::Value::Array(_) | toml::Value::Table(_) => None,
    };
    let expected: Vec<Vec<_>> = query.is.iter().map(|row| row.iter().map(value).collect()).collect();
    if found == expected { Ok(()) } else { Err(format!("{} gives {found:?}", query.query)) }
}
