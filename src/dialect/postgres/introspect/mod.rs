//! Reads a whole database: a constant number of queries, in one snapshot.
//!
//! Every part reads its kinds by queries of its own and registers the server's key of each object, so that what the
//! server knows of dependencies, comments and rights finds the object at the end.

mod ahead;
pub(in crate::dialect::postgres) mod class;
mod columns;
mod constraints;
mod indexes;
mod others;
mod policies;
mod queries;
mod reader;
mod relations;
mod rewrite;
mod row;
mod sequences;
mod statistics;
mod text;
mod triggers;

pub(super) use text::partition;

use crate::database::Live;
use crate::error::Result;

use super::connect::{Client, statement_error};
pub(in crate::dialect::postgres) use others::is_secret;
pub(in crate::dialect::postgres) use reader::Reader;

/// How much is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dialect::postgres) enum Scope {
    /// The database.
    Database,
    /// What this session has made in its temporary schema; the ids have no schema.
    Temporary,
}

const BEGIN: &str = "begin isolation level repeatable read read only";

/// Reads the database in a snapshot of its own. `server` is the number of its version, `150018` for 15.18.
pub(in crate::dialect::postgres) fn introspect(client: &mut Client, server: u32) -> Result<Live> {
    let run = |client: &mut Client, sql| {
        client.batch_execute(sql).map_err(|error| statement_error(&error, "the server", sql))
    };
    run(client, BEGIN)?;
    let live = read(client, server, Scope::Database);
    let ended = run(client, "rollback");
    live.and_then(|live| ended.map(|()| live))
}

/// Reads in the transaction that is open.
pub(in crate::dialect::postgres) fn read(client: &mut Client, server: u32, scope: Scope) -> Result<Live> {
    let mut reader = Reader::new(client, server, scope)?;
    match scope {
        Scope::Database => {
            for part in others::PARTS.iter().chain(PARTS).chain(others::LAST) {
                part(&mut reader)?;
            }
            reader.dependencies()?;
        }
        // Nobody asks for more of what is made only to be compared.
        Scope::Temporary => {
            for part in others::TEMPORARY.iter().chain(PARTS) {
                part(&mut reader)?;
            }
        }
    }
    Ok(reader.live)
}

/// The relations: what belongs to an object comes after it. What is not a relation stands around them.
const PARTS: &[fn(&mut Reader<'_>) -> Result<()>] = &[relations::read];
