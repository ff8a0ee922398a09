//! Rows of a catalog query, read by the names of their columns.

use std::cell::Cell;

use tokio_postgres::types::FromSqlOwned;

use crate::catalog::{Name, Sql};
use crate::error::{Error, Result};

use super::text;

/// A row. What a query gives and what its reader expects stand beside each other, so a mismatch is a fault of trueup,
/// or of a server that is no PostgreSQL; it is an error, not a panic.
pub(in crate::dialect::postgres) struct Row {
    row: tokio_postgres::Row,
    /// Where the next name is looked for first: readers take columns in their order most of the time.
    next: Cell<usize>,
}

impl From<tokio_postgres::Row> for Row {
    fn from(row: tokio_postgres::Row) -> Self {
        Self { row, next: Cell::new(0) }
    }
}

impl Row {
    /// A column as it comes: `oid` is `u32`, `"char"` is to be cast to text in the query.
    pub(in crate::dialect::postgres) fn get<T: FromSqlOwned>(&self, column: &str) -> Result<T> {
        let (before, after) = self.row.columns().split_at(self.next.get());
        let found = after.iter().chain(before).position(|other| other.name() == column);
        let got = match found.map(|ahead| (self.next.get() + ahead) % self.row.len()) {
            Some(at) => {
                self.next.set(at + 1);
                self.row.try_get(at)
            }
            None => self.row.try_get(column),
        };
        got.map_err(|error| Error::Statement {
            message: format!("the answer of the server cannot be read: {error}"),
            object: None,
            sql: column.to_owned(),
            help: None,
        })
    }

    /// A text that is always there.
    pub(in crate::dialect::postgres) fn text(&self, column: &str) -> Result<String> {
        self.get(column)
    }

    /// A text that may be NULL.
    pub(in crate::dialect::postgres) fn maybe_text(&self, column: &str) -> Result<Option<String>> {
        self.get(column)
    }

    /// The only letter of a `"char"` that was cast to text; a blank where it is empty or NULL.
    pub(in crate::dialect::postgres) fn letter(&self, column: &str) -> Result<char> {
        Ok(self.maybe_text(column)?.and_then(|text| text.chars().next()).unwrap_or(' '))
    }

    /// A name that is always there.
    pub(in crate::dialect::postgres) fn name(&self, column: &str) -> Result<Name> {
        Ok(Name::exact(self.text(column)?))
    }

    /// A name that may be NULL.
    pub(in crate::dialect::postgres) fn maybe_name(&self, column: &str) -> Result<Option<Name>> {
        Ok(self.maybe_text(column)?.map(Name::exact))
    }

    /// An oid; 0 where it is NULL.
    pub(in crate::dialect::postgres) fn oid(&self, column: &str) -> Result<u32> {
        Ok(self.get::<Option<u32>>(column)?.unwrap_or_default())
    }

    /// Yes or no; NULL is no.
    pub(in crate::dialect::postgres) fn flag(&self, column: &str) -> Result<bool> {
        Ok(self.get::<Option<bool>>(column)?.unwrap_or_default())
    }

    /// A list of texts; NULL is empty.
    pub(in crate::dialect::postgres) fn texts(&self, column: &str) -> Result<Vec<String>> {
        Ok(self.get::<Option<Vec<String>>>(column)?.unwrap_or_default())
    }

    /// An expression that may be NULL.
    pub(in crate::dialect::postgres) fn expression(&self, column: &str) -> Result<Option<Sql>> {
        Ok(self.maybe_text(column)?.map(|sql| text::expression(&sql)))
    }

    /// A type that may be NULL.
    pub(in crate::dialect::postgres) fn type_name(&self, column: &str) -> Result<Option<Sql>> {
        Ok(self.maybe_text(column)?.map(|sql| text::type_name(&sql)))
    }
}
