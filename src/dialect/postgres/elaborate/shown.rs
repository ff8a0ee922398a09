//! Tables that are made to see how the server shows them, all in one round trip most of the time, and rolled back.

use crate::catalog::{Object, ObjectId, Sql, Table};
use crate::database::Elaborated;
use crate::error::Result;

use super::super::introspect::partition;
use super::super::session::Session;
use super::super::sql::quote;
use super::{Against, attempt, note};

/// A table whose partitioning is written otherwise.
pub(super) struct Asked<'a> {
    pub(super) id: &'a ObjectId,
    /// As it is to be.
    pub(super) table: Table,
    /// The statements that make one like it, under the `name` of its place.
    pub(super) sql: String,
}

/// The name of the table that is looked at.
pub(super) fn name(at: usize) -> String {
    helper("shown", at)
}

/// The name of a table that is needed to make that one.
pub(super) fn helper(word: &str, at: usize) -> String {
    format!("pg_temp.{}", quote(&format!("{word} {at}")))
}

/// Notes of each what the server makes of it; `said` puts that into the table.
pub(super) fn judge(
    session: &mut Session,
    against: &Against<'_>,
    elaborated: &mut Elaborated,
    asked: Vec<Asked<'_>>,
    said: fn(Table, Sql) -> Table,
) -> Result<()> {
    if asked.is_empty() {
        return Ok(());
    }
    session.run(against.begin())?;
    let shown = shown(session, against, &asked);
    if !session.client.is_closed() {
        session.run(against.end())?;
    }
    for (Asked { id, table, .. }, shown) in asked.into_iter().zip(shown?) {
        let (Some(shown), Some(old), Some(wanted)) = (shown, against.live.get(id), against.desired.get(id)) else {
            continue;
        };
        note(elaborated, id, (old, wanted), Object::Table(said(table, partition(&shown))));
    }
    Ok(())
}

/// The bounds of a partition, or else the key of a partitioned table; nothing of what the server does not take.
fn shown(session: &mut Session, against: &Against<'_>, asked: &[Asked<'_>]) -> Result<Vec<Option<String>>> {
    session.run("set local client_min_messages = error")?;
    let in_path = |Asked { id, sql, .. }: &Asked<'_>| format!("set local search_path = {}; {sql}", against.path(id));
    if attempt(session, "public, pg_temp", &asked.iter().map(in_path).collect::<Vec<_>>().join("; "))?.is_err() {
        for Asked { id, sql, .. } in asked {
            // What the server refuses here it refuses with the plan's statement too, with its reason.
            let _ = attempt(session, &against.path(id), sql)?;
        }
    }
    session.run("set local search_path = public, pg_temp")?;
    let rows = session.rows(
        "select relname, coalesce(pg_get_expr(relpartbound, oid), pg_get_partkeydef(oid)) from pg_class \
         where relnamespace = pg_my_temp_schema() and relname like 'shown %'",
    )?;
    let mut shown = vec![None; asked.len()];
    for row in rows {
        let text = |at: usize| row.try_get(at).ok().flatten();
        let at = text(0).and_then(|name| name.strip_prefix("shown ")?.parse::<usize>().ok());
        if let Some(place) = at.and_then(|at| shown.get_mut(at)) {
            *place = text(1).map(str::to_owned);
        }
    }
    Ok(shown)
}
