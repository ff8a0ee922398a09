//! What PostgreSQL says of a statement.

use std::collections::BTreeSet;
use std::error::Error as _;

use tokio_postgres::error::{DbError, ErrorPosition, Severity, SqlState};

use crate::error::Error;

/// A statement that failed, and where in it.
#[derive(Debug)]
pub(in crate::dialect::postgres) struct Failure {
    /// The error for people.
    pub(in crate::dialect::postgres) error: Error,
    /// The SQLSTATE, where the server said one.
    pub(in crate::dialect::postgres) state: Option<SqlState>,
    /// The character of the statement at which the server stopped, from 0.
    pub(in crate::dialect::postgres) position: Option<usize>,
}

impl Failure {
    /// The words of what the server said, in small letters: names among them.
    pub(in crate::dialect::postgres) fn words(&self) -> BTreeSet<String> {
        let Error::Statement { message, .. } = &self.error else { return BTreeSet::new() };
        let message = message.to_lowercase();
        let words = message.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        failure.error
    }
}

/// The error of a statement. `database` is the database without its password.
pub(in crate::dialect::postgres) fn failure(error: &tokio_postgres::Error, database: &str, sql: &str) -> Failure {
    let Some(said) = error.as_db_error() else {
        return Failure { error: without_answer(error, database, sql), state: None, position: None };
    };
    let state = said.code().clone();
    let database = database.to_owned();
    let error = if state == SqlState::LOCK_NOT_AVAILABLE {
        Error::Busy { database, reason: message(said) }
    } else if went_away(said) {
        lost(database, Some(&message(said)))
    } else {
        let help = said.hint().map(str::to_owned);
        Error::Statement { message: message(said), object: None, sql: sql.to_owned(), help }
    };
    let position = match said.position() {
        Some(ErrorPosition::Original(position)) => usize::try_from(*position).ok().and_then(|at| at.checked_sub(1)),
        _ => None,
    };
    Failure { error, state: Some(state), position }
}

/// The error of a statement, where its position is of no use.
pub(in crate::dialect::postgres) fn statement_error(error: &tokio_postgres::Error, database: &str, sql: &str) -> Error {
    failure(error, database, sql).error
}

/// A session that ended under a statement, with what the server could still say of it.
fn lost(database: String, last_words: Option<&str>) -> Error {
    let reason = match last_words {
        Some(words) => format!("the connection was lost: {words}"),
        None => "the connection was lost".to_owned(),
    };
    let help = "see the server's log; run trueup again once it answers".to_owned();
    Error::Connect { database, reason, help: Some(help) }
}

fn without_answer(error: &tokio_postgres::Error, database: &str, sql: &str) -> Error {
    let broken = error.is_closed() || error.source().is_some_and(<dyn std::error::Error>::is::<std::io::Error>);
    if broken {
        return lost(database.to_owned(), None);
    }
    Error::Statement { message: in_full(error), object: None, sql: sql.to_owned(), help: None }
}

/// Whether the server ended the session: by an administrator, a crash, or a connection that broke. What another server is to
/// a foreign table may end as well, and is an error of the statement alone.
fn went_away(said: &DbError) -> bool {
    let state = said.code();
    let ended = [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW];
    let is_fatal = said.parsed_severity().is_none_or(|is| matches!(is, Severity::Fatal | Severity::Panic));
    is_fatal && (ended.contains(state) || state.code().starts_with("08"))
}

/// What the server said, with its details.
pub(super) fn message(said: &DbError) -> String {
    match said.detail() {
        Some(detail) => format!("{}\n{detail}", said.message()),
        None => said.message().to_owned(),
    }
}

/// An error of the client with its causes, as the outermost alone says nothing.
pub(super) fn in_full(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let more = inner.to_string();
        if !text.ends_with(&more) {
            text = format!("{text}: {more}");
        }
        cause = inner.source();
    }
    text
}
