//! Asking the rows.

use crate::database::Probed;
use crate::error::{Error, Result};
use crate::plan::Probe;

use super::connect::Failure;
use super::session::Session;

/// No answer is worth more waiting than this.
const BEGIN: &str = "begin read only; set local statement_timeout = '10s'";

/// The class of errors that are a value's: what cannot be read, is out of range, is divided by zero.
const DATA_EXCEPTION: &str = "22";

/// Asks the rows one question, in a transaction of its own.
pub(super) fn ask(session: &mut Session, probe: &Probe) -> Result<Probed> {
    session.run(BEGIN)?;
    let found = answer(session, probe);
    session.run("rollback")?;
    let is_data = |failure: &Failure| failure.state.as_ref().is_some_and(|is| is.code().starts_with(DATA_EXCEPTION));
    found.or_else(|failure| {
        let is_data = is_data(&failure);
        match failure.error {
            Error::Statement { message, .. } if is_data => Ok(Probed { refused: Some(message), ..Probed::default() }),
            Error::Statement { message, sql, help, .. } => {
                Err(Error::Statement { message, object: Some(probe.id.clone()), sql, help })
            }
            other => Err(other),
        }
    })
}

/// The same inside the transaction that is open.
pub(super) fn inside(session: &mut Session, probe: &Probe) -> Result<Probed> {
    answer(session, probe).map_err(Error::from)
}

/// The answer; where the server has none yet, and there is nothing that it could be about, that.
fn answer(session: &mut Session, probe: &Probe) -> std::result::Result<Probed, Failure> {
    let Some(otherwise) = &probe.otherwise else { return counted(session, probe) };
    session.try_run("savepoint trueup_probe")?;
    let found = counted(session, probe).or_else(|failure| {
        session.try_run("rollback to savepoint trueup_probe")?;
        let at_most = Probe { count: otherwise.clone(), examples: None, ..probe.clone() };
        let found = counted(session, &at_most)?;
        if found.rows == 0 { Ok(found) } else { Err(failure) }
    })?;
    // What follows in an apply is none of it.
    session.try_run("release savepoint trueup_probe")?;
    Ok(found)
}

fn counted(session: &mut Session, probe: &Probe) -> std::result::Result<Probed, Failure> {
    let counted = session.try_rows(&probe.count)?;
    let count = counted.first().and_then(|row| row.try_get(0).ok().flatten());
    let rows = count.and_then(|count| count.parse().ok()).unwrap_or_default();
    let mut found = Probed { rows, ..Probed::default() };
    if let Some(sql) = probe.examples.as_deref().filter(|_| rows > 0) {
        for row in session.try_rows(sql)? {
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
