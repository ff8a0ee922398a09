//! Asking the rows.

use crate::database::Probed;
use crate::error::{Error, Result};
use crate::plan::Probe;

use super::session::Session;

/// No answer is worth more waiting than this.
const BEGIN: &str = "begin read only; set local statement_timeout = '10s'";

/// Asks the rows one question, in a transaction of its own.
pub(super) fn ask(session: &mut Session, probe: &Probe) -> Result<Probed> {
    session.run(BEGIN)?;
    let found = inside(session, probe);
    session.run("rollback")?;
    found.map_err(|error| match error {
        Error::Statement { message, sql, help, .. } => {
            Error::Statement { message, object: Some(probe.id.clone()), sql, help }
        }
        other => other,
    })
}

/// The same inside the transaction that is open.
pub(super) fn inside(session: &mut Session, probe: &Probe) -> Result<Probed> {
    let rows = session.value(&probe.count)?.and_then(|count| count.parse().ok()).unwrap_or_default();
    let mut found = Probed { rows, examples: Vec::new() };
    if let Some(sql) = probe.examples.as_deref().filter(|_| rows > 0) {
        for row in session.rows(sql)? {
            let cells = row.columns().iter().enumerate().map(|(at, column)| {
                let value = row.try_get(at).ok().flatten();
                format!("{} = {}", column.name(), value.map_or_else(|| "NULL".to_owned(), shown))
            });
            found.examples.push(format!("({})", cells.collect::<Vec<_>>().join(", ")));
        }
    }
    Ok(found)
}

/// A value for people: cut where it is long.
fn shown(text: &str) -> String {
    let cut: String = text.chars().take(40).collect();
    let more = if cut.len() < text.len() { "…" } else { "" };
    if text.parse::<f64>().is_ok() { format!("{cut}{more}") } else { format!("'{cut}{more}'") }
}
