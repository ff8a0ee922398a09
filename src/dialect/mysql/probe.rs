//! Asking the rows.

use mysql::prelude::Queryable as _;
use mysql::{Conn, Row, Value};

use crate::database::Probed;
use crate::error::{Error, Result};
use crate::plan::Probe;

use super::connect::{Flavour, code, error_text};

/// How long the server may look for an answer.
const SECONDS: u32 = 10;

/// Asks the rows one question, for a bounded time.
pub(super) fn ask(conn: &mut Conn, flavour: Flavour, probe: &Probe) -> Result<Probed> {
    let failed = |error: &mysql::Error, sql: &str| Error::Statement {
        message: match code(error) {
            Some(3024 | 1969) => format!("no answer within {SECONDS} s"),
            _ => error_text(error),
        },
        object: Some(probe.id.clone()),
        sql: sql.to_owned(),
        help: None,
    };
    let limited = |sql: &str| match flavour {
        Flavour::Mysql => sql.replacen("SELECT ", &format!("SELECT /*+ MAX_EXECUTION_TIME({SECONDS}000) */ "), 1),
        Flavour::Mariadb => format!("SET STATEMENT max_statement_time = {SECONDS} FOR {sql}"),
    };
    let count: Option<u64> = conn.query_first(limited(&probe.count)).map_err(|error| failed(&error, &probe.count))?;
    let mut found = Probed { rows: count.unwrap_or_default(), ..Probed::default() };
    if let Some(sql) = probe.examples.as_deref().filter(|_| found.rows > 0) {
        let rows: Vec<Row> = conn.query(limited(sql)).map_err(|error| failed(&error, sql))?;
        found.examples = rows.into_iter().map(|row| shown(row.as_ref(0))).collect();
    }
    Ok(found)
}

/// A value for people: cut where it is long.
fn shown(value: Option<&Value>) -> String {
    match value {
        Some(Value::Bytes(bytes)) => {
            let text = String::from_utf8_lossy(bytes);
            let cut: String = text.chars().take(40).collect();
            format!("{cut}{}", if cut.len() < text.len() { "…" } else { "" })
        }
        Some(value) => value.as_sql(false),
        None => "NULL".to_owned(),
    }
}
