//! Which database a URL names: the one place that knows them all.

use crate::database::{Database, OpenOptions};
use crate::dialect::{Dialect, DialectName, mysql, postgres, sqlite};
use crate::error::{Error, Result};

/// The dialect that a URL speaks of.
pub fn of_url(url: &str) -> Result<&'static dyn Dialect> {
    match url.split_once(':').map(|(scheme, _)| scheme) {
        Some("sqlite") => Ok(&sqlite::SQLITE),
        Some("mysql") => Ok(&mysql::MYSQL),
        Some("mariadb") => Ok(&mysql::MARIADB),
        Some("postgres" | "postgresql") => Ok(&postgres::POSTGRES),
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
    match of_url(url)?.name() {
        // What answers may be the other of the two; the connection tells which.
        DialectName::Mysql | DialectName::Mariadb => Ok(Box::new(mysql::MysqlDatabase::open(url, options)?)),
        DialectName::Postgres => Ok(Box::new(postgres::PostgresDatabase::open(url, options)?)),
        DialectName::Sqlite => Ok(Box::new(sqlite::SqliteDatabase::open(url, options)?)),
    }
}
