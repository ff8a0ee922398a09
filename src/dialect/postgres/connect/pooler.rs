//! What stands between us and the server: PgBouncer and the like.

use super::client::Client;
use crate::error::{Error, Result};

const OF_TRANSACTIONS: &str = "this is a pooler in transaction mode (such as PgBouncer): the settings and locks of a session would be another's at any time";

/// What to know of a pooler in session mode; the error is that it is in transaction mode. There two connections that rest
/// are given the same session of the server, the one that was used last (unless `server_round_robin` is set, or others
/// are busy on it).
pub(super) fn judge(first: &mut Client, second: &mut Client, named: &str) -> Result<String> {
    let (first, second) = (process(first), process(second));
    if first.is_some() && first == second {
        let help = "name the server itself, or a pool in session mode";
        return Err(Error::Connect {
            database: named.to_owned(),
            reason: OF_TRANSACTIONS.to_owned(),
            help: Some(help.to_owned()),
        });
    }
    let note = "a pooler such as PgBouncer stands before the server; unless its pool is in session mode, name the server itself";
    Ok(note.to_owned())
}

/// The process that answers.
fn process(client: &mut Client) -> Option<String> {
    let answer = client.simple_query("select pg_backend_pid()").ok()?;
    super::first_row(answer)?.try_get(0).ok().flatten().map(str::to_owned)
}
