//! What is set for every connection, and what is read of the server in the same round trip.

use std::time::Duration;

use mysql::Conn;
use mysql::prelude::Queryable as _;

/// What the server says of itself and of the database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a variable of the server")]
pub(crate) struct Session {
    /// `@@version`.
    pub version: String,
    /// `@@version_comment`.
    pub version_comment: String,
    /// The database, as the server spells it.
    pub database: String,
    /// 0: names of tables are as written; 1: in small letters; 2: kept but compared without case.
    pub lower_case_table_names: u8,
    /// Of new databases.
    pub server_charset: String,
    /// Of new databases.
    pub server_collation: String,
    /// Of new tables here.
    pub database_charset: String,
    /// Of new tables here.
    pub database_collation: String,
    /// Of literals: what utf8mb4 stands for on this server.
    pub connection_collation: String,
    /// The engine of tables that name none.
    pub default_storage_engine: String,
    /// The server's own `sql_mode`, not that of this session.
    pub global_sql_mode: String,
    /// Whether TIMESTAMP is a type as any other.
    pub explicit_defaults_for_timestamp: bool,
    /// Whether InnoDB refuses options that it cannot follow.
    pub innodb_strict_mode: bool,
    /// Whether a table without a primary key is refused.
    pub requires_primary_key: bool,
    /// Whether a table without a primary key gets an invisible one.
    pub generates_primary_key: bool,
    /// Whether a foreign key has to refer to a key that is unique.
    pub requires_unique_target: bool,
    /// MariaDB's collation of each charset where it is not the built-in one: `utf8mb4=utf8mb4_uca1400_ai_ci`.
    pub charset_collations: String,
}

const SET: &str = include_str!("../queries/session.sql");
const READ: &str = include_str!("../queries/server.sql");

/// One text, so one round trip.
fn statements(lock_timeout: Duration) -> String {
    // MySQL takes whole seconds from 1 on.
    let seconds = lock_timeout.as_millis().div_ceil(1000).clamp(1, 31_536_000);
    format!("{SET}, lock_wait_timeout = {seconds}, innodb_lock_wait_timeout = {seconds};\n{READ}")
}

/// Sets the session and reads it; `None` if the server answers in no form that is known.
pub(super) fn begin(conn: &mut Conn, lock_timeout: Duration) -> mysql::Result<Option<Session>> {
    let mut found = None;
    let mut result = conn.query_iter(statements(lock_timeout))?;
    while let Some(set) = result.iter() {
        for row in set {
            found = Some(row?);
        }
    }
    drop(result);
    let Some(row) = found else { return Ok(None) };
    let mut values = row
        .unwrap_raw()
        .into_iter()
        .map(|value| value.and_then(|value| mysql::from_value_opt::<String>(value).ok()).unwrap_or_default());
    let mut next = || values.next().unwrap_or_default();
    Ok(Some(Session {
        version: next(),
        version_comment: next(),
        database: next(),
        lower_case_table_names: next().parse().unwrap_or(0),
        server_charset: next(),
        server_collation: next(),
        database_charset: next(),
        database_collation: next(),
        connection_collation: next(),
        default_storage_engine: next(),
        global_sql_mode: next(),
        explicit_defaults_for_timestamp: is_on(&next()),
        innodb_strict_mode: is_on(&next()),
        requires_primary_key: is_on(&next()),
        generates_primary_key: is_on(&next()),
        requires_unique_target: is_on(&next()),
        charset_collations: next(),
    }))
}

fn is_on(value: &str) -> bool {
    value.eq_ignore_ascii_case("on") || value == "1"
}
