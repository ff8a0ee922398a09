//! Runs statements that read: rows as texts, and many statements in one round trip.

use mysql::prelude::Queryable as _;
use mysql::{Conn, Error as MysqlError, Row, Value};

use crate::error::Result;

use super::connect::statement_error;

/// The values of a row as texts; NULL, and what is no text, is none.
pub(super) type Texts = Vec<Option<String>>;

fn texts(row: Row) -> Texts {
    row.unwrap_raw().into_iter().map(|value| text(value?)).collect()
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::Bytes(bytes) => Some(String::from_utf8(bytes).unwrap_or_else(|error| readable(error.as_bytes()))),
        other => mysql::from_value_opt::<Option<String>>(other).ok().flatten(),
    }
}

/// A statement with literals that are no text: MariaDB before 11 shows the default of a binary column byte for byte.
/// They become `x'00ff'`.
fn readable(sql: &[u8]) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'\'' | b'`' | b'"')) {
        let (before, quoted) = rest.split_at(at);
        out.push_str(&String::from_utf8_lossy(before));
        let (length, content) = literal(quoted);
        let (literal, behind) = quoted.split_at(length);
        if let Ok(text) = std::str::from_utf8(literal) {
            out.push_str(text);
        } else {
            let digits: Vec<String> = content.iter().map(|byte| format!("{byte:02x}")).collect();
            out.extend(["x'", &digits.concat(), "'"]);
        }
        rest = behind;
    }
    out.push_str(&String::from_utf8_lossy(rest));
    out
}

/// The length of what is quoted at the beginning, and what it says.
fn literal(sql: &[u8]) -> (usize, Vec<u8>) {
    let quote = sql.first().copied().unwrap_or_default();
    let (mut at, mut content) = (1, Vec::new());
    while let Some(byte) = sql.get(at).copied() {
        let next = sql.get(at + 1).copied();
        match (byte, next) {
            (b'\\', Some(escaped)) if quote != b'`' => {
                content.push(match escaped {
                    b'0' => 0,
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'Z' => 26,
                    other => other,
                });
                at += 2;
            }
            (byte, next) if byte == quote && next == Some(quote) => {
                content.push(byte);
                at += 2;
            }
            (byte, _) if byte == quote => return (at + 1, content),
            (byte, _) => {
                content.push(byte);
                at += 1;
            }
        }
    }
    (sql.len(), content)
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

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn a_literal_that_is_no_text_is_shown_by_its_bytes() {
        let shown = b"`\xc3\xa4` binary(4) DEFAULT '\\0\xff''\\\\', `b` text DEFAULT 'it''s \xc3\xa4'";
        assert_eq!(readable(shown), "`\u{e4}` binary(4) DEFAULT x'00ff275c', `b` text DEFAULT 'it''s \u{e4}'");
    }
}
