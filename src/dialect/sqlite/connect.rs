//! Opens a SQLite database, and says in words why it cannot be used.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::{Error, Result};

/// An open database.
#[derive(Debug)]
pub struct Opened {
    /// The connection.
    pub connection: Connection,
    /// Whether there is no such file: the connection is then to an empty database in memory.
    pub missing: bool,
}

/// What a URL names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A database that is gone when it is closed.
    Memory,
    /// A file.
    File(PathBuf),
}

/// Reads `sqlite:path`, `sqlite://path`, `sqlite:///path` and `sqlite::memory:`.
pub fn location(url: &str) -> Result<Location> {
    let path = url.strip_prefix("sqlite:").unwrap_or(url);
    let path = path.strip_prefix("//").unwrap_or(path);
    match without_mode(path).0 {
        "" => Err(Error::usage_with_help(
            format!("`{url}` names no file"),
            "write sqlite:path/to/file.db or sqlite::memory:",
        )),
        ":memory:" => Ok(Location::Memory),
        // SQLite would read the rest as a URI with options of its own.
        path if path.starts_with("file:") => Ok(Location::File(Path::new(".").join(path))),
        path => Ok(Location::File(PathBuf::from(path))),
    }
}

/// The URL with an absolute path and without parameters: the same however the file was named.
pub(super) fn absolute(url: &str) -> String {
    match location(url) {
        Ok(Location::File(path)) => {
            // A file that is not there yet has a folder that is.
            let resolved = path.canonicalize().or_else(|_| std::path::absolute(&path)).unwrap_or(path);
            format!("sqlite:{}", resolved.display())
        }
        Ok(Location::Memory) | Err(_) => url.to_owned(),
    }
}

/// The path, and whether `?mode=ro` behind it asks not to write.
fn without_mode(path: &str) -> (&str, bool) {
    match path.strip_suffix("?mode=ro") {
        Some(path) => (path, true),
        None => (path.strip_suffix("?mode=rw").unwrap_or(path), false),
    }
}

/// Opens the database of a URL, waiting for locks at most `lock_timeout` at a time. With `create`
/// a missing file is made and a file that cannot be written to is an error.
pub fn open(url: &str, lock_timeout: Duration, create: bool) -> Result<Opened> {
    let read_only = without_mode(url).1;
    let mode = if read_only { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
    let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let (opened, missing) = match location(url)? {
        Location::Memory => (Connection::open_in_memory(), false),
        Location::File(path) => {
            check_path(url, &path)?;
            check_parameters(url, &path)?;
            match (path.exists(), create) {
                (false, false) => (Connection::open_in_memory(), true),
                (false, true) => (Connection::open_with_flags(&path, flags | OpenFlags::SQLITE_OPEN_CREATE), false),
                (true, _) => (Connection::open_with_flags(&path, flags), false),
            }
        }
    };
    let usable = opened.and_then(|connection| {
        connection.busy_timeout(lock_timeout)?;
        connection.query_row("select count(*) from sqlite_schema", [], |_| Ok(()))?;
        let read_only = connection.is_readonly("main")?;
        Ok((connection, read_only))
    });
    match usable {
        Ok((_, true)) if create => Err(read_only_error(url)),
        Ok((connection, _)) => Ok(Opened { connection, missing }),
        Err(error) => Err(connect_error(url, &error)),
    }
}

/// What the system knows better than SQLite, which only says that it is unable to open the file.
fn check_path(url: &str, path: &Path) -> Result<()> {
    let wrong = |reason: String, help: &str| {
        Err(Error::Connect { database: url.to_owned(), reason, help: Some(help.to_owned()) })
    };
    if path.is_dir() {
        return wrong("it is a folder, not a file".to_owned(), "name the file of the database");
    }
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) if !folder.exists() => {
            wrong(format!("there is no folder {}", folder.display()), "make the folder, or correct the path")
        }
        _ => Ok(()),
    }
}

/// Why nothing can be applied to a file that cannot be written to.
pub(super) fn read_only_error(url: &str) -> Error {
    Error::Connect {
        database: url.to_owned(),
        reason: "the file is read-only".to_owned(),
        help: Some("make the file and its folder writable for this user, and leave ?mode=ro out".to_owned()),
    }
}

/// A mistyped parameter would otherwise make a file of that name.
fn check_parameters(url: &str, path: &Path) -> Result<()> {
    match path.to_str().and_then(|path| path.split_once('?')) {
        Some((_, parameters)) if !path.exists() => Err(Error::usage_with_help(
            format!("`{url}`: the parameter `{parameters}` is not known"),
            "write ?mode=ro, ?mode=rw or nothing behind the path",
        )),
        _ => Ok(()),
    }
}

fn connect_error(url: &str, error: &rusqlite::Error) -> Error {
    let (reason, help) = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            return Error::Busy { database: url.to_owned(), reason: BUSY.to_owned() };
        }
        Some(ErrorCode::NotADatabase) => (
            "the file is not a SQLite database (or it is encrypted)".to_owned(),
            "check the path; trueup does not touch files that it cannot read",
        ),
        Some(ErrorCode::DatabaseCorrupt) => (
            format!("the file is damaged: {}", message(error)),
            "restore it from a backup, or try what sqlite3's `.recover` saves of it",
        ),
        Some(ErrorCode::CannotOpen) => {
            (message(error), "check that this user may read and write the file and its folder")
        }
        _ => (message(error), "check the path"),
    };
    Error::Connect { database: url.to_owned(), reason, help: Some(help.to_owned()) }
}

const BUSY: &str = "another connection is writing to it";

/// What is said of a text that holds a second statement.
pub(super) const MORE_THAN_ONE: &str = "more than one statement";

/// What SQLite says, in its own words.
pub fn message(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(message)) | rusqlite::Error::SqlInputError { msg: message, .. } => {
            message.clone()
        }
        rusqlite::Error::MultipleStatement => MORE_THAN_ONE.to_owned(),
        other => other.to_string(),
    }
}

/// The error of a statement that SQLite refused.
pub fn statement_error(error: &rusqlite::Error, sql: &str) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Error::Busy { database: "the database".to_owned(), reason: BUSY.to_owned() }
        }
        _ => Error::Statement { message: message(error), object: None, sql: sql.to_owned(), help: None },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn failure(url: &str, create: bool) -> String {
        open(url, Duration::from_millis(10), create).unwrap_err().to_string()
    }

    #[test]
    fn every_form_of_url() {
        for (url, path) in [
            ("sqlite:a/b.db", "a/b.db"),
            ("sqlite://a/b.db", "a/b.db"),
            ("sqlite:///a/b.db", "/a/b.db"),
            ("sqlite:/a/b c%20.db", "/a/b c%20.db"),
            ("b.db", "b.db"),
            ("sqlite:file:x?mode=ro", "./file:x"),
        ] {
            assert_eq!(location(url).unwrap(), Location::File(path.into()));
        }
        assert_eq!(location("sqlite::memory:").unwrap(), Location::Memory);
        assert!(location("sqlite:").is_err());
    }

    #[test]
    fn what_cannot_be_opened_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
        std::fs::write(folder.path().join("text"), "no database, but long enough to look at it".repeat(50)).unwrap();
        assert!(failure(&at("text"), false).contains("not a SQLite database"));
        assert!(failure(&at("none/x.db"), true).contains("there is no folder"));
        assert!(failure(&at(""), true).contains("it is a folder"));

        let missing = open(&at("new.db"), Duration::ZERO, false).unwrap();
        assert!(missing.missing && !folder.path().join("new.db").exists());

        let held = open(&at("held.db"), Duration::ZERO, true).unwrap();
        held.connection.execute_batch("create table t (a); begin exclusive").unwrap();
        assert!(matches!(open(&at("held.db"), Duration::ZERO, true), Err(Error::Busy { .. })));
    }

    #[test]
    fn a_damaged_file_is_said_to_be_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("d.db");
        let url = format!("sqlite:{}", path.display());
        drop({
            let opened = open(&url, Duration::ZERO, true).unwrap();
            opened.connection.execute_batch("create table t (a); create index i on t (a)").unwrap();
            opened
        });
        let mut bytes = std::fs::read(&path).unwrap();
        if let Some(cells) = bytes.get_mut(100..108) {
            cells.fill(0xff);
        }
        std::fs::write(&path, bytes).unwrap();
        assert!(failure(&url, false).contains("damaged"), "{}", failure(&url, false));
    }
}
