//! Foreign keys that cannot be: to a table that is nowhere, or between types that PostgreSQL does not compare. It says so
//! only when the key is made.

use std::collections::{BTreeMap, BTreeSet};

use tokio_postgres::SimpleQueryRow;

use crate::catalog::{Catalog, Column, ForeignKey, Kind, Name, Object, ObjectId};
use crate::diff::{Delta, Deltas};
use crate::error::Result;

use super::super::session::Session;
use super::super::sql::{qualified, string};
use super::Refused;

const FAR_TYPES: &str = include_str!("../queries/far_types.sql");
const ABSENT: &str = include_str!("../queries/absent_relations.sql");

/// The keys that differ, or one of whose columns does.
pub(super) fn refused(session: &mut Session, desired: &Catalog, deltas: &Deltas) -> Result<Vec<Refused>> {
    let changes = |id: &ObjectId| deltas.get(id).is_some_and(|delta| *delta != Delta::Drop);
    let keys: Vec<(&ObjectId, &ForeignKey)> = desired
        .iter()
        .filter_map(|(id, entry)| match &entry.object {
            Object::ForeignKey(key) => Some((id, key)),
            _ => None,
        })
        .filter(|(id, key)| {
            let ends = ends(id, key).into_iter().flat_map(|(own, theirs)| [own, theirs]);
            changes(id) || ends.into_iter().any(|id| changes(&id))
        })
        .collect();
    let mut found = nowhere(session, desired, &keys)?;
    let pairs: Vec<(&ObjectId, [(ObjectId, &str); 2])> = keys
        .iter()
        .flat_map(|(id, key)| ends(id, key).into_iter().map(move |ends| (*id, ends)))
        .filter_map(|(id, (own, theirs))| {
            let (one, other) = (type_of(desired, &own)?, type_of(desired, &theirs)?);
            (one != other).then_some((id, [(own, one), (theirs, other)]))
        })
        .collect();
    let mut asked: BTreeMap<(&str, &str), bool> =
        pairs.iter().map(|(_, [(_, one), (_, other)])| ((*one, *other), false)).collect();
    if asked.is_empty() {
        return Ok(found);
    }
    let list: Vec<String> = asked
        .keys()
        .enumerate()
        .map(|(at, (one, other))| format!("({at}, to_regtype({}), to_regtype({}))", string(one), string(other)))
        .collect();
    let rows = session.rows(&FAR_TYPES.replace("(0, null::regtype, null::regtype)", &list.join(", ")))?;
    let far = places(&rows);
    for (at, is_far) in asked.values_mut().enumerate() {
        *is_far = far.contains(&at);
    }
    for (id, [(own, one), (theirs, other)]) in pairs {
        if asked.get(&(one, other)) == Some(&true) {
            let message = format!(
                "`{}` is {one} and `{}` of `{}` is {other}, which PostgreSQL does not compare\ngive both one type",
                own.name(),
                theirs.name(),
                theirs.root()
            );
            found.push((id.clone(), None, message));
        }
    }
    Ok(found)
}

/// The columns at the two ends of a key, in pairs.
fn ends(id: &ObjectId, key: &ForeignKey) -> Vec<(ObjectId, ObjectId)> {
    let column = |table: &ObjectId, name: &Name| table.child(Kind::Column, name.clone());
    let Some(table) = id.parent() else { return Vec::new() };
    let pairs = key.columns.iter().zip(&key.ref_columns);
    pairs.map(|(own, theirs)| (column(table, own), column(&key.references, theirs))).collect()
}

fn type_of<'c>(catalog: &'c Catalog, id: &ObjectId) -> Option<&'c str> {
    match catalog.object(id)? {
        Object::Column(Column { ty: Some(ty), .. }) => Some(ty.as_str()),
        _ => None,
    }
}

/// The keys to a table that neither the TOML nor the database has.
fn nowhere(session: &mut Session, desired: &Catalog, keys: &[(&ObjectId, &ForeignKey)]) -> Result<Vec<Refused>> {
    let far: Vec<&(&ObjectId, &ForeignKey)> =
        keys.iter().filter(|(_, key)| !desired.contains(&key.references)).collect();
    if far.is_empty() {
        return Ok(Vec::new());
    }
    let list: Vec<String> = far
        .iter()
        .enumerate()
        .map(|(at, (_, key))| format!("({at}, to_regclass({}))", string(&qualified(&key.references))))
        .collect();
    let absent = places(&session.rows(&ABSENT.replace("/* names */", &list.join(", ")))?);
    let lost = far.into_iter().enumerate().filter(|(at, _)| absent.contains(at));
    let message = |key: &ForeignKey| format!("there is no {}\ndeclare it, or correct the name", key.references);
    Ok(lost.map(|(_, (id, key))| ((*id).clone(), None, message(key))).collect())
}

/// The numbers that a query gave.
fn places(rows: &[SimpleQueryRow]) -> BTreeSet<usize> {
    rows.iter().filter_map(|row| row.try_get(0).ok().flatten()?.parse().ok()).collect()
}
