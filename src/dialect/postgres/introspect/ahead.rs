//! The queries of a reading are sent before their turn comes: the server works on the next ones while one is read.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio_postgres::error::SqlState;
use tokio_postgres::{Error, Row};

use super::super::connect::{Client, Pending};

/// How many are on their way at once. Their rows are kept until they are read.
const AT_ONCE: usize = 4;

/// A query as the folder has it and as it is sent.
struct Query {
    source: &'static str,
    sql: String,
    oids: Option<Arc<Vec<u32>>>,
}

/// Queries that will be asked for, in this order.
#[derive(Default)]
pub(super) struct Ahead {
    waiting: VecDeque<Query>,
    sent: VecDeque<(&'static str, Pending)>,
}

impl Ahead {
    /// Has a query sent after those before it.
    pub(super) fn plan(&mut self, source: &'static str, sql: String, oids: Option<Arc<Vec<u32>>>) {
        self.waiting.push_back(Query { source, sql, oids });
    }

    /// The rows of the next query, if it is this one.
    pub(super) fn take(&mut self, client: &Client, source: &str) -> Option<Result<Vec<Row>, Error>> {
        let is_planned = self.sent.iter().map(|(next, _)| *next).chain(self.waiting.iter().map(|next| next.source));
        if !is_planned.into_iter().any(|next| next == source) {
            return None;
        }
        // What nobody asked for after all stands before it.
        let pending = loop {
            self.send(client);
            let (next, pending) = self.sent.pop_front()?;
            if next == source {
                break pending;
            }
            debug_assert!(false, "the order of queries.rs is not the readers': {next}");
        };
        let rows = client.receive(pending)?;
        self.send(client);
        Some(rows.map_err(|error| self.cause(client, error)))
    }

    fn send(&mut self, client: &Client) {
        while self.sent.len() < AT_ONCE {
            let Some(query) = self.waiting.pop_front() else { return };
            let Some(pending) = client.send(query.sql, query.oids) else { return };
            self.sent.push_back((query.source, pending));
        }
    }

    /// A query that failed makes all fail that come after it, whichever of them is looked at first.
    fn cause(&mut self, client: &Client, error: Error) -> Error {
        let is_consequence = |error: &Error| error.code() == Some(&SqlState::IN_FAILED_SQL_TRANSACTION);
        if !is_consequence(&error) {
            return error;
        }
        let others = self.sent.drain(..).filter_map(|(_, pending)| client.receive(pending)?.err());
        others.into_iter().find(|other| !is_consequence(other)).unwrap_or(error)
    }
}
