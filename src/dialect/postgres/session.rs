//! The open connection with what errors need to say of it.

use std::collections::BTreeMap;

use tokio_postgres::{SimpleQueryMessage, SimpleQueryRow};

use crate::catalog::{Grant, Kind, ObjectId};
use crate::error::{Error, Result};

use super::connect::{Client, Failure, statement_failure};
use super::sql::{quote, string};

/// An open connection.
pub(super) struct Session {
    pub(super) client: Client,
    /// The database as errors name it.
    pub(super) named: String,
    /// The server's version, `150018`.
    pub(super) version: u32,
    /// The variables from which secrets are taken.
    pub(super) variables: BTreeMap<String, String>,
    /// What roles had first on members of extensions (see `Live`), as it was last read.
    pub(super) granted_first: BTreeMap<ObjectId, Grant>,
    /// What the catalog that is judged has under new names already, and the server not yet.
    pub(super) renames: Vec<(ObjectId, ObjectId)>,
}

impl Session {
    /// Runs a statement that answers nothing.
    pub(super) fn run(&mut self, sql: &str) -> Result<()> {
        self.try_run(sql).map_err(Error::from)
    }

    /// The same, with all that the server said of a failure.
    pub(super) fn try_run(&mut self, sql: &str) -> std::result::Result<(), Failure> {
        self.client.batch_execute(sql).map_err(|error| statement_failure(&error, &self.named, sql))
    }

    /// The rows of a query, as text.
    pub(super) fn rows(&mut self, sql: &str) -> Result<Vec<SimpleQueryRow>> {
        self.try_rows(sql).map_err(Error::from)
    }

    /// The same, with all that the server said of a failure.
    pub(super) fn try_rows(&mut self, sql: &str) -> std::result::Result<Vec<SimpleQueryRow>, Failure> {
        let answer = self.client.simple_query(sql).map_err(|error| statement_failure(&error, &self.named, sql))?;
        let rows = answer.into_iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        Ok(rows.collect())
    }

    /// The first value of the first row.
    pub(super) fn value(&mut self, sql: &str) -> Result<Option<String>> {
        let rows = self.rows(sql)?;
        Ok(rows.first().and_then(|row| row.try_get(0).ok().flatten()).map(str::to_owned))
    }

    /// The statement with its secrets, which stand in it as `'${NAME}'`. Elsewhere that is a string like any other.
    pub(super) fn with_secrets(&self, id: &ObjectId, sql: &str) -> Result<String> {
        let has_secrets = matches!(
            id.root().kind(),
            Kind::ForeignDataWrapper
                | Kind::ForeignServer
                | Kind::ForeignTable
                | Kind::UserMapping
                | Kind::Subscription
        );
        if !has_secrets {
            return Ok(sql.to_owned());
        }
        let mut out = String::with_capacity(sql.len());
        let mut rest = sql;
        while let Some(at) = rest.find("'${") {
            let (before, mark) = rest.split_at(at);
            let name = mark.get(3..).and_then(|mark| mark.split_once("}'"));
            let Some((name, after)) =
                name.filter(|(name, _)| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
            else {
                out.push_str(rest);
                return Ok(out);
            };
            let Some(value) = self.variables.get(name) else {
                return Err(Error::usage_with_help(
                    format!("the environment variable {name} is not set, and a statement takes a secret from it"),
                    "set it, and apply again",
                ));
            };
            out.push_str(before);
            out.push_str(&string(value));
            rest = after;
        }
        out.push_str(rest);
        Ok(out)
    }
}

/// The search path of SQL that was written for a schema.
pub(crate) fn search_path(schema: Option<&str>) -> String {
    match schema {
        Some(schema) if schema != "public" => format!("{}, public", quote(schema)),
        _ => "public".to_owned(),
    }
}

/// The error with the object that its statement was for, and more to say.
pub(super) fn about(error: Error, id: &ObjectId, more: &str) -> Error {
    match error {
        Error::Statement { message, sql, help, .. } => {
            let help = help.into_iter().chain([more.to_owned()]).collect::<Vec<_>>().join("\n");
            Error::Statement { message, object: Some(id.clone()), sql, help: Some(help) }
        }
        other => other,
    }
}
