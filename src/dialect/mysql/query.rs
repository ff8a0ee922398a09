//! Runs statements that read: rows as texts, and many statements in one round trip.

use mysql::prelude::Queryable as _;
use mysql::{Conn, Error as MysqlError, Row};

use crate::error::Result;

use super::connect::statement_error;

/// The values of a row as texts; NULL, and what is no text, is none.
pub(super) type Texts = Vec<Option<String>>;

fn texts(row: Row) -> Texts {
    row.unwrap_raw().into_iter().map(|value| mysql::from_value_opt::<Option<String>>(value?).ok().flatten()).collect()
}

/// A connection, with the name of its database for errors.
#[derive(Debug)]
pub(super) struct Link<'a> {
    pub(super) conn: &'a mut Conn,
    pub(super) url: &'a str,
}

impl Link<'_> {
    /// All rows of a query.
    pub(super) fn rows(&mut self, sql: &str) -> Result<Vec<Texts>> {
        let found: mysql::Result<Vec<Row>> = self.conn.query(sql);
        Ok(found.map_err(|error| statement_error(self.url, &error, sql))?.into_iter().map(texts).collect())
    }
}

/// What one statement of several answered: its first row, or what the server said against it.
pub(super) type Answer = std::result::Result<Texts, MysqlError>;

/// How many statements go in one round trip.
const BATCH: usize = 100;

impl Link<'_> {
    /// Runs statements in as few round trips as can be. One that fails keeps none of the others from running.
    pub(super) fn batch(&mut self, statements: &[String]) -> Result<Vec<Answer>> {
        let mut answers = Vec::with_capacity(statements.len());
        while answers.len() < statements.len() {
            let rest = statements.get(answers.len()..).unwrap_or_default();
            let chunk = rest.get(..BATCH.min(rest.len())).unwrap_or_default();
            let text = chunk.join(";\n");
            let before = answers.len();
            if let Some(error) = run(self.conn, &text, &mut answers) {
                // Only what the server said is an answer; a connection that is gone is an end.
                if !matches!(error, MysqlError::MySqlError(_)) {
                    return Err(statement_error(self.url, &error, &text));
                }
                answers.push(Err(error));
            }
            if answers.len() == before {
                answers.push(Ok(Vec::new()));
            }
        }
        Ok(answers)
    }
}

fn run(conn: &mut Conn, text: &str, answers: &mut Vec<Answer>) -> Option<MysqlError> {
    let mut result = match conn.query_iter(text) {
        Ok(result) => result,
        Err(error) => return Some(error),
    };
    while let Some(set) = result.iter() {
        let mut first = None;
        for row in set {
            match row {
                Ok(row) if first.is_none() => first = Some(texts(row)),
                Ok(_) => {}
                Err(error) => return Some(error),
            }
        }
        answers.push(Ok(first.unwrap_or_default()));
    }
    None
}
