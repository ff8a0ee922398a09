//! Asking the rows.

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::database::Probed;
use crate::error::{Error, Result};
use crate::plan::Probe;

use super::connect::message;

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
    let mut found = Probed { rows, ..Probed::default() };
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
fn shown(value: ValueRef<'_>) -> String {
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
