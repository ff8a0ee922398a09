//! Which database a URL names: the one place that knows them all.

use crate::database::{Database, OpenOptions};
use crate::dialect::{Dialect, DialectName, mysql, postgres, sqlite};
use crate::error::{Error, Result};

/// The dialect that a URL speaks of.
pub fn of_url(url: &str) -> Result<&'static dyn Dialect> {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("sqlite") => Ok(&sqlite::SQLITE),
        Some("mysql") => Ok(&mysql::MYSQL),
        Some("mariadb") => Ok(&mysql::MARIADB),
        Some("postgres" | "postgresql") => Ok(&postgres::POSTGRES),
        scheme => Err(Error::usage_with_help(
            match scheme.filter(|scheme| is_scheme(scheme)) {
                Some(scheme) => format!("`{scheme}` is no kind of database that trueup knows"),
                // It may hold a password all the same, so nothing of it is said.
                None => "the database is not given as a URL".to_owned(),
            },
            "write it as one: postgres://user@host/database, mysql://user@host/database, mariadb://user@host/database or \
             sqlite:path/to/file.db",
        )),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
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
