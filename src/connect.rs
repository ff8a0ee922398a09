//! Which database a URL names: the one place that knows them all.

use crate::database::{Database, OpenOptions};
use crate::dialect::{Dialect, sqlite};
use crate::error::{Error, Result};

/// The dialect that a URL speaks of.
pub fn of_url(url: &str) -> Result<&'static dyn Dialect> {
    match url.split_once(':').map(|(scheme, _)| scheme) {
        Some("sqlite") => Ok(&sqlite::SQLITE),
        Some("postgres" | "postgresql" | "mysql" | "mariadb") => {
            Err(Error::usage("this version of trueup manages SQLite; PostgreSQL, MySQL and MariaDB follow"))
        }
        // What is no URL may hold a password all the same, so only its beginning is said.
        scheme => Err(Error::usage_with_help(
            format!(
                "`{}` is no kind of database that trueup knows",
                scheme.unwrap_or_else(|| url.split('@').next().unwrap_or(url))
            ),
            "write the database as a URL: sqlite:path/to/file.db",
        )),
    }
}

/// Opens a live database.
pub fn open(url: &str, options: &OpenOptions) -> Result<Box<dyn Database>> {
    of_url(url)?;
    Ok(Box::new(sqlite::SqliteDatabase::open(url, options)?))
}
