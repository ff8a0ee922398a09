//! How tables are partitioned: the server prints the expressions of a key in its own words, so tables are made to be
//! compared.

use crate::catalog::{Catalog, Object, ObjectId, Sql, Table};
use crate::database::Elaborated;
use crate::diff::Delta;
use crate::error::Result;

use super::super::session::Session;
use super::Against;
use super::shown::{self, Asked};
use super::stand_in::copy;

/// Judges tables whose keys are written otherwise.
pub(super) fn parting(session: &mut Session, against: &Against<'_>, elaborated: &mut Elaborated) -> Result<()> {
    let altered = against.deltas.iter().filter(|(_, delta)| **delta == Delta::Alter).map(|(id, _)| id);
    let differing = altered.filter_map(|id| Some((id, parted_otherwise(against, id)?)));
    let asked = differing.enumerate().map(|(at, (id, (new, by)))| {
        let (plain, parted) = (shown::helper("plain", at), shown::name(at));
        let copy = copy(&session.renames, id, &plain);
        let sql = format!("{copy}; create temp table {parted} (like {plain}) partition by {}\n", by.as_str());
        Asked { id, table: new.clone(), sql }
    });
    let asked = asked.collect();
    shown::judge(session, against, elaborated, asked, |table, shown| Table { partition_by: Some(shown), ..table })
}

/// The table as it is to be with its key, where it stays partitioned, by a key that is written otherwise over the same
/// columns.
fn parted_otherwise<'a>(against: &Against<'a>, id: &ObjectId) -> Option<(&'a Table, &'a Sql)> {
    let table = |catalog: &'a Catalog| match catalog.object(id) {
        Some(Object::Table(table)) => Some(table),
        _ => None,
    };
    let (old, new) = (table(against.live)?, table(against.desired)?);
    let (was, by) = (old.partition_by.as_ref()?, new.partition_by.as_ref()?);
    let ty = |catalog: &Catalog, column: &ObjectId| match catalog.object(column) {
        Some(Object::Column(column)) => column.ty.clone(),
        _ => None,
    };
    let columns = against.desired.columns(id).into_iter().filter(|(column, _)| against.live.contains(column));
    let stay = columns.map(|(column, _)| column).all(|column| ty(against.live, column) == ty(against.desired, column));
    (was != by && stay).then_some((new, by))
}
