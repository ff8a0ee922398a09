//! The bounds of partitions: the server keeps what their expressions come to, so partitions are made to be compared.

use crate::catalog::{Object, ObjectId, Sql, Table};
use crate::database::Elaborated;
use crate::diff::Delta;
use crate::error::Result;

use super::super::render::bound;
use super::super::session::Session;
use super::Against;
use super::shown::{self, Asked};
use super::stand_in::copy;

/// Judges partitions whose bounds differ.
pub(super) fn bounds(session: &mut Session, against: &Against<'_>, elaborated: &mut Elaborated) -> Result<()> {
    let altered = against.deltas.iter().filter(|(_, delta)| **delta == Delta::Alter).map(|(id, _)| id);
    let mut asked = Vec::new();
    for (id, table) in altered.filter_map(|id| Some((id, by_bounds(against, elaborated, id)?))) {
        let sql = statements(against, &session.renames, asked.len(), &table);
        asked.extend(sql.map(|sql| Asked { id, table, sql }));
    }
    shown::judge(session, against, elaborated, asked, |table, shown| Table { values: Some(shown), ..table })
}

/// Makes a partition with these bounds, of a table of its own, since bounds must not overlap.
fn statements(against: &Against<'_>, renames: &[(ObjectId, ObjectId)], at: usize, new: &Table) -> Option<String> {
    let parent = new.partition_of.as_ref()?;
    let Some(Object::Table(Table { partition_by: Some(by), .. })) = against.live.object(parent) else { return None };
    let (plain, whole, part) = (shown::helper("plain", at), shown::helper("whole", at), shown::name(at));
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
