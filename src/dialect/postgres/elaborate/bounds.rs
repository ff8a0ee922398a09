//! The bounds of partitions: the server keeps what their expressions come to, so partitions are made to be compared.

use crate::catalog::{Object, ObjectId, Sql, Table};
use crate::database::Elaborated;
use crate::diff::Delta;
use crate::error::Result;

use super::super::introspect::partition;
use super::super::render::bound;
use super::super::session::{Session, search_path};
use super::super::sql::quote;
use super::stand_in::copy;
use super::{Against, attempt, note};

/// Judges partitions whose bounds differ.
pub(super) fn bounds(session: &mut Session, against: &Against<'_>, elaborated: &mut Elaborated) -> Result<()> {
    let altered = against.deltas.iter().filter(|(_, delta)| **delta == Delta::Alter).map(|(id, _)| id);
    let differing: Vec<(&ObjectId, Table)> =
        altered.filter_map(|id| Some((id, by_bounds(against, elaborated, id)?))).collect();
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
        let judged = Table { values: Some(partition(&shown)), ..new };
        note(elaborated, id, (old, wanted), Object::Table(judged));
    }
    Ok(())
}

/// The bounds of each as the server shows them, where it makes such a partition: all in one round trip, most of the time.
fn shown(
    session: &mut Session,
    against: &Against<'_>,
    differing: &[(&ObjectId, Table)],
) -> Result<Vec<Option<String>>> {
    session.run("set local client_min_messages = error")?;
    let made: Vec<Option<String>> =
        differing.iter().enumerate().map(|(at, (_, new))| statements(against, &session.renames, at, new)).collect();
    let in_path = |(id, sql): (&ObjectId, &String)| {
        format!("set local search_path = {}, pg_temp; {sql}", search_path(against.schema(id)))
    };
    let all = || differing.iter().map(|(id, _)| *id).zip(&made).filter_map(|(id, sql)| Some((id, sql.as_ref()?)));
    if attempt(session, None, &all().map(in_path).collect::<Vec<_>>().join("; "))?.is_err() {
        for (id, sql) in all() {
            // What the server refuses here it refuses with the plan's statement too, with its reason.
            let _ = attempt(session, against.schema(id), sql)?;
        }
    }
    let rows = session.rows(
        "select relname, pg_get_expr(relpartbound, oid) from pg_class \
         where relnamespace = pg_my_temp_schema() and relispartition",
    )?;
    let mut shown = vec![None; differing.len()];
    for row in rows {
        let text = |at: usize| row.try_get(at).ok().flatten();
        let at = text(0).and_then(|name| name.strip_prefix("part ")?.parse::<usize>().ok());
        if let Some(place) = at.and_then(|at| shown.get_mut(at)) {
            *place = text(1).map(str::to_owned);
        }
    }
    Ok(shown)
}

/// Makes a partition with these bounds, of a table of its own, since bounds must not overlap.
fn statements(against: &Against<'_>, renames: &[(ObjectId, ObjectId)], at: usize, new: &Table) -> Option<String> {
    let parent = new.partition_of.as_ref()?;
    let Some(Object::Table(Table { partition_by: Some(by), .. })) = against.live.object(parent) else { return None };
    let [plain, whole, part] =
        ["plain", "whole", "part"].map(|word| format!("pg_temp.{}", quote(&format!("{word} {at}"))));
    Some(format!(
        "{}; create temp table {whole} (like {plain}) partition by {}; create temp table {part} partition of {whole} {}",
        copy(renames, parent, &plain),
        by.as_str(),
        bound(new.values.as_ref())
    ))
}

/// The table as it is to be, where it stays a partition of the same and its bounds are written otherwise.
fn by_bounds(against: &Against<'_>, elaborated: &Elaborated, id: &ObjectId) -> Option<Table> {
    // What the server has said of a table before is kept.
    let wanted = |id: &ObjectId| elaborated.reworded.get(id).or_else(|| against.desired.object(id));
    let (Object::Table(old), Object::Table(new)) = (against.live.object(id)?, wanted(id)?) else { return None };
    let parent = new.partition_of.as_ref().filter(|parent| old.partition_of.as_ref() == Some(parent))?;
    let by = |object: Option<&Object>| -> Option<Sql> {
        match object {
            Some(Object::Table(table)) => table.partition_by.clone(),
            _ => None,
        }
    };
    let parted_alike = elaborated.equal.contains(parent) || by(against.live.object(parent)) == by(wanted(parent));
    (parted_alike && new.values.is_some() && new.values != old.values).then(|| new.clone())
}
