//! MariaDB: how a table begins or ceases to keep the history of its rows. Two columns bound the time of each row, hidden
//! ones unless the table says its own; they come and go with the history and in one statement with it.

use crate::catalog::{Catalog, Column, Name, Object, ObjectId, OptionKey, Table};
use crate::diff::Delta;
use crate::plan::{Context, Probe};

use super::super::connect::Flavour;
use super::super::render;
use super::super::sql::quote;
use super::probes;

/// What comes before all else of a table: other clauses are right or wrong by what the table is then.
#[derive(Default)]
pub(super) struct Versioning {
    /// The clauses of each statement.
    pub(super) statements: Vec<Vec<String>>,
    /// The columns that they drop.
    pub(super) dropped: Vec<Name>,
    /// The columns that they add.
    pub(super) added: Vec<Name>,
    /// The table is not partitioned any more.
    pub(super) unparted: bool,
    /// What is lost by them.
    pub(super) probe: Option<Probe>,
}

/// The statements for a table that keeps a history before or after; none where both do and by the same columns.
pub(super) fn change(cx: &Context<'_>, table: &ObjectId, flavour: Flavour) -> Versioning {
    let (was, is) = (bounds(cx.live, table), bounds(cx.desired, table));
    let names = |bounds: &Option<Vec<(&ObjectId, &Column)>>| {
        let names = |list: &Vec<(&ObjectId, &Column)>| list.iter().map(|(id, _)| id.name().clone()).collect::<Vec<_>>();
        bounds.as_ref().map(names)
    };
    let (old, new) = (names(&was), names(&is));
    let mut change = Versioning::default();
    if flavour != Flavour::Mariadb || old == new || !cx.live.contains(table) || !cx.desired.contains(table) {
        return change;
    }
    if let Some(old) = old {
        // Partitions by its time stand in the way of dropping it (error 4131), and go by a statement of their own.
        change.unparted = is_parted_by_time(cx.live, table);
        if change.unparted {
            change.statements.push(vec!["REMOVE PARTITIONING".to_owned()]);
        }
        let mut clauses = vec!["DROP SYSTEM VERSIONING".to_owned()];
        clauses.extend(old.iter().map(dropping));
        change.statements.push(clauses);
        change.dropped = old;
        change.probe = Some(probes::history(cx, table));
    }
    if let Some(is) = is {
        let taken = |id: &&ObjectId| cx.live.contains(id) && !change.dropped.contains(id.name());
        let taken: Vec<Name> = is.iter().map(|(id, _)| *id).filter(taken).map(|id| id.name().clone()).collect();
        let mut clauses: Vec<String> = taken.iter().map(dropping).collect();
        clauses.extend(is.iter().map(|(id, column)| {
            let comment = cx.desired.get(id).and_then(|entry| entry.comment.as_deref());
            format!("ADD COLUMN {}", render::column(id.name(), column, comment, flavour))
        }));
        let periods = table_of(cx.desired, table).into_iter().flat_map(|table| &table.period);
        clauses.extend(periods.filter(|period| is_of_system(&period.name)).map(render::add_period));
        clauses.push("ADD SYSTEM VERSIONING".to_owned());
        change.statements.push(clauses);
        change.dropped.extend(taken);
        change.added.extend(new.into_iter().flatten());
    }
    change
}

/// Whether a column differs that bounds the time of the rows before and after: only a new history could change it.
pub(super) fn is_fixed(cx: &Context<'_>, id: &ObjectId) -> bool {
    let Some(table) = id.parent() else { return false };
    let names = |catalog| -> Option<Vec<Name>> {
        bounds(catalog, table).map(|list| list.into_iter().map(|(id, _)| id.name().clone()).collect())
    };
    let (was, is) = (names(cx.live), names(cx.desired));
    cx.delta(id) == Some(Delta::Alter) && was == is && is.is_some_and(|names| names.contains(id.name()))
}

fn dropping(name: &Name) -> String {
    format!("DROP COLUMN {}", quote(name.as_str()))
}

/// Whether a period is that of the history.
pub(super) fn is_of_system(name: &Name) -> bool {
    name.as_str().eq_ignore_ascii_case("system_time")
}

/// Whether the rows of a table's history are in partitions of their own.
pub(super) fn is_parted_by_time(catalog: &Catalog, table: &ObjectId) -> bool {
    let by = table_of(catalog, table).and_then(|table| table.partition_by.as_ref());
    by.is_some_and(|by| by.canonical().starts_with("system_time"))
}

fn table_of<'a>(catalog: &'a Catalog, id: &ObjectId) -> Option<&'a Table> {
    match catalog.object(id) {
        Some(Object::Table(table)) => Some(table),
        _ => None,
    }
}

/// The columns of a table's own that bound the time of a row, where it keeps a history.
fn bounds<'a>(catalog: &'a Catalog, table: &'a ObjectId) -> Option<Vec<(&'a ObjectId, &'a Column)>> {
    let is_bound =
        |column: &Column| [OptionKey::RowStart, OptionKey::RowEnd].iter().any(|key| column.options.is_on(*key));
    probes::is_versioned(catalog, table)
        .then(|| catalog.columns(table).into_iter().filter(|(_, column)| is_bound(column)).collect())
}
