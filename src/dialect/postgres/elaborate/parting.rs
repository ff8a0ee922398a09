//! How tables are partitioned: the server prints the expressions of a key in its own words, so tables are made to be
//! compared.

use crate::catalog::{Catalog, Object, ObjectId, Table};
use crate::database::Elaborated;
use crate::diff::Delta;
use crate::error::Result;

use super::super::introspect::partition;
use super::super::session::{Session, search_path};
use super::super::sql::quote;
use super::stand_in::copy;
use super::{Against, attempt, note};

/// Judges tables whose keys are written otherwise.
pub(super) fn parting(session: &mut Session, against: &Against<'_>, elaborated: &mut Elaborated) -> Result<()> {
    let altered = against.deltas.iter().filter(|(_, delta)| **delta == Delta::Alter).map(|(id, _)| id);
    let differing: Vec<(&ObjectId, &Table)> =
        altered.filter_map(|id| Some((id, parted_otherwise(against, id)?))).collect();
    if differing.is_empty() {
        return Ok(());
    }
    session.run(against.begin())?;
    let shown = shown(session, against, &differing);
    if !session.client.is_closed() {
        session.run(against.end())?;
    }
    for ((id, new), shown) in differing.into_iter().zip(shown?) {
        let (Some(shown), Some(old), Some(wanted)) = (shown, against.live.get(id), against.desired.get(id)) else {
            continue;
        };
        let judged = Table { partition_by: Some(partition(&shown)), ..new.clone() };
        note(elaborated, id, (old, wanted), Object::Table(judged));
    }
    Ok(())
}

/// The key of each as the server shows it, where it takes it: all in one round trip, most of the time.
fn shown(
    session: &mut Session,
    against: &Against<'_>,
    differing: &[(&ObjectId, &Table)],
) -> Result<Vec<Option<String>>> {
    session.run("set local client_min_messages = error")?;
    let made: Vec<(&ObjectId, String)> = differing
        .iter()
        .enumerate()
        .map(|(at, (id, new))| {
            let by = new.partition_by.as_ref().map(crate::catalog::Sql::as_str).unwrap_or_default();
            let [plain, parted] = ["plain", "parted"].map(|word| format!("pg_temp.{}", quote(&format!("{word} {at}"))));
            let copy = copy(&session.renames, id, &plain);
            (*id, format!("{copy}; create temp table {parted} (like {plain}) partition by {by}\n"))
        })
        .collect();
    let in_path = |(id, sql): &(&ObjectId, String)| {
        format!("set local search_path = {}, pg_temp; {sql}", search_path(against.schema(id)))
    };
    if attempt(session, None, &made.iter().map(in_path).collect::<Vec<_>>().join("; "))?.is_err() {
        for (id, sql) in &made {
            // What the server refuses here it refuses with the plan's statement too, with its reason.
            let _ = attempt(session, against.schema(id), sql)?;
        }
    }
    session.run("set local search_path = public, pg_temp")?;
    let rows = session.rows(
        "select relname, pg_get_partkeydef(oid) from pg_class where relnamespace = pg_my_temp_schema() and relkind = 'p'",
    )?;
    let mut shown = vec![None; differing.len()];
    for row in rows {
        let text = |at: usize| row.try_get(at).ok().flatten();
        let at = text(0).and_then(|name| name.strip_prefix("parted ")?.parse::<usize>().ok());
        if let Some(place) = at.and_then(|at| shown.get_mut(at)) {
            *place = text(1).map(str::to_owned);
        }
    }
    Ok(shown)
}

/// The table as it is to be, where it stays partitioned, by a key that is written otherwise over the same columns.
fn parted_otherwise<'a>(against: &Against<'a>, id: &ObjectId) -> Option<&'a Table> {
    let table = |catalog: &'a Catalog| match catalog.object(id) {
        Some(Object::Table(table)) => Some(table),
        _ => None,
    };
    let (old, new) = (table(against.live)?, table(against.desired)?);
    let differs = old.partition_by.is_some() && new.partition_by.is_some() && old.partition_by != new.partition_by;
    let ty = |catalog: &Catalog, column: &ObjectId| match catalog.object(column) {
        Some(Object::Column(column)) => column.ty.clone(),
        _ => None,
    };
    let columns = against.desired.columns(id).into_iter().filter(|(column, _)| against.live.contains(column));
    let stay = columns.map(|(column, _)| column).all(|column| ty(against.live, column) == ty(against.desired, column));
    (differs && stay).then_some(new)
}
