//! Running one statement, and what SQLite says when it fails.

use rusqlite::{Connection, Error, ErrorCode};

use super::tokens::{Token, TokenKind, significant};

/// Runs exactly one statement to its end. A text that holds a second one is refused before the first runs:
/// nothing that stands in a TOML can smuggle a statement in.
pub(super) fn run(conn: &Connection, sql: &str) -> rusqlite::Result<()> {
    if more_follows(sql) {
        return Err(Error::MultipleStatement);
    }
    let mut statement = conn.prepare(sql)?;
    let mut rows = statement.raw_query();
    while rows.next()?.is_some() {}
    Ok(())
}

/// Whether anything but comments stands behind the first statement. Only a trigger holds semicolons of its own,
/// and what follows its END shows as tokens after the last one.
fn more_follows(sql: &str) -> bool {
    let tokens: Vec<_> = significant(sql).collect();
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.text(sql).eq_ignore_ascii_case(word));
    let trigger = is(0, "create") && (1..4).any(|at| is(at, "trigger"));
    let semicolon = |token: &Token| token.kind == TokenKind::Symbol && token.text(sql) == ";";
    let end = if trigger {
        // `; END` closes the body; inside it END closes only CASE, and never follows a semicolon.
        tokens
            .windows(2)
            .position(|pair| semicolon(&pair[0]) && pair[1].text(sql).eq_ignore_ascii_case("end"))
            .map(|at| at + 1)
    } else {
        tokens.iter().position(semicolon)
    };
    end.is_some_and(|end| tokens.iter().skip(end + 1).any(|token| !semicolon(token)))
}

/// Whether somebody else holds the database.
pub(super) fn is_busy(error: &Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}
