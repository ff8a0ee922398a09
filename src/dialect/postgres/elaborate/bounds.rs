//! The bounds of partitions: the server keeps what their expressions come to, so partitions are made to be compared.

use crate::catalog::{Object, ObjectId, Table};
use crate::database::Elaborated;
use crate::diff::Delta;
use crate::error::Result;

use super::super::introspect::partition;
use super::super::render::bound;
use super::super::session::Session;
use super::super::sql::{qualified, quote, string};
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
    session.run("set local client_min_messages = error")?;
    for (at, (id, new)) in differing.into_iter().enumerate() {
        let Some(parent) = &new.partition_of else { continue };
        let Some(Object::Table(Table { partition_by: Some(by), .. })) = against.live.object(parent) else { continue };
        // Each has a table of its own, since bounds must not overlap.
        let (whole, part) =
            (format!("pg_temp.{}", quote(&format!("whole {at}"))), format!("pg_temp.{}", quote(&format!("part {at}"))));
        let sql = format!(
            "create temp table {whole} (like {}) partition by {}; create temp table {part} partition of {whole} {}",
            qualified(parent),
            by.as_str(),
            bound(new.values.as_ref())
        );
        if attempt(session, against.schema(id), &sql)?.is_err() {
            continue;
        }
        let shown = session.value(&format!(
            "select pg_get_expr(relpartbound, oid) from pg_class where oid = {}::regclass",
            string(&part)
        ))?;
        let live = match against.live.object(id) {
            Some(Object::Table(old)) => old.values.clone(),
            _ => None,
        };
        if shown.map(|shown| partition(&shown)) == live {
            elaborated.equal.insert(id.clone());
        }
    }
    session.run(end)
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
