//! The bounds of partitions: the server keeps what their expressions come to, so partitions are made to be compared.

use crate::catalog::{Object, ObjectId, Table};
use crate::database::Elaborated;
use crate::diff::Delta;
use crate::error::Result;

use super::super::introspect::partition;
use super::super::render::bound;
use super::super::session::{Session, search_path};
use super::super::sql::{qualified, quote};
use super::{Against, attempt};

/// Judges partitions that differ by their bounds alone.
pub(super) fn bounds(session: &mut Session, against: &Against<'_>, elaborated: &mut Elaborated) -> Result<()> {
    let altered = against.deltas.iter().filter(|(_, delta)| **delta == Delta::Alter).map(|(id, _)| id);
    let differing: Vec<(&ObjectId, &Table)> =
        altered.filter_map(|id| Some((id, by_bounds_alone(against, id)?))).collect();
    if differing.is_empty() {
        return Ok(());
    }
    let (begin, end) = if against.inside {
        ("savepoint trueup_bounds", "rollback to savepoint trueup_bounds; set local search_path = public")
    } else {
        ("begin", "rollback")
    };
    session.run(begin)?;
    let shown = shown(session, against, &differing);
    if !session.client.is_closed() {
        session.run(end)?;
    }
    for ((id, _), shown) in differing.into_iter().zip(shown?) {
        let live = match against.live.object(id) {
            Some(Object::Table(old)) => old.values.as_ref(),
            _ => None,
        };
        if shown.is_some_and(|shown| Some(&partition(&shown)) == live) {
            elaborated.equal.insert(id.clone());
        }
    }
    Ok(())
}

/// The bounds of each as the server shows them, where it makes such a partition: all in one round trip, most of the time.
fn shown(
    session: &mut Session,
    against: &Against<'_>,
    differing: &[(&ObjectId, &Table)],
) -> Result<Vec<Option<String>>> {
    session.run("set local client_min_messages = error")?;
    let made: Vec<Option<String>> =
        differing.iter().enumerate().map(|(at, (_, new))| statements(against, at, new)).collect();
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
fn statements(against: &Against<'_>, at: usize, new: &Table) -> Option<String> {
    let parent = new.partition_of.as_ref()?;
    let Some(Object::Table(Table { partition_by: Some(by), .. })) = against.live.object(parent) else { return None };
    let (whole, part) = (quote(&format!("whole {at}")), quote(&format!("part {at}")));
    Some(format!(
        "create temp table pg_temp.{whole} (like {}) partition by {}; \
         create temp table pg_temp.{part} partition of pg_temp.{whole} {}",
        qualified(parent),
        by.as_str(),
        bound(new.values.as_ref())
    ))
}

/// The table as it is to be, where it stays a partition of the same and only its bounds are written otherwise.
fn by_bounds_alone<'a>(against: &Against<'a>, id: &ObjectId) -> Option<&'a Table> {
    let (was, is) = (against.live.get(id)?, against.desired.get(id)?);
    let (Object::Table(old), Object::Table(new)) = (&was.object, &is.object) else { return None };
    let parent = new.partition_of.as_ref()?;
    let same = Table { values: old.values.clone(), ..new.clone() } == *old;
    let by = |object: Option<&Object>| match object {
        Some(Object::Table(table)) => table.partition_by.clone(),
        _ => None,
    };
    let parted_alike = by(against.live.object(parent)) == by(against.desired.object(parent));
    let said_alike = was.comment == is.comment && (is.owner.is_none() || is.owner == was.owner);
    (same && new.values.is_some() && parted_alike && said_alike).then_some(new)
}
