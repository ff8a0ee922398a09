//! The names of NOT NULL constraints that the TOML does not name, where the one that the server makes up is taken: it takes
//! the next one with a number.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Column, Kind, Name, NotNull, Object, ObjectId};
use crate::database::Elaborated;

use super::super::not_nulls::NAMED;
use super::super::render::plain_constraint_name;
use super::super::sql::made_up_name;
use super::Against;

/// How often the server may have counted on.
const MOST: usize = 100;

/// Gives such columns of the tables that differ the name that the server would have given, or has.
pub(super) fn name(version: u32, against: &Against<'_>, elaborated: &mut Elaborated) {
    if version < NAMED {
        return;
    }
    let Against { live, desired, deltas, .. } = *against;
    let mut tables: Vec<&ObjectId> = deltas.keys().map(ObjectId::root).collect();
    tables.dedup();
    for table in tables.into_iter().filter(|id| matches!(desired.object(id), Some(Object::Table(_)))) {
        let mut taken = taken(desired, table);
        let mut unnamed: Vec<(&ObjectId, &Column)> = desired.columns(table);
        unnamed.retain(|(_, column)| !column.null && column.ty.is_some() && own_name(column).is_none());
        let plain = |id: &ObjectId| made_up_name(table.name().as_str(), id.name().as_str(), "not_null");
        let mut free = taken.clone();
        if unnamed.iter().all(|(id, _)| free.insert(plain(id))) {
            continue;
        }
        // The name that one has stays its own.
        unnamed.sort_by_key(|(id, _)| !has_plain_name(live, id));
        for (id, column) in unnamed {
            let with = |label: &str| made_up_name(table.name().as_str(), id.name().as_str(), label);
            let numbered = || (1..MOST).map(|number| with(&format!("not_null{number}")));
            let had = live_name(live, id).filter(|had| numbered().any(|name| name == *had) && !taken.contains(had));
            let plain = plain(id);
            let name = match had {
                Some(had) if taken.contains(&plain) => had,
                _ => std::iter::once(plain.clone())
                    .chain(numbered())
                    .find(|name| !taken.contains(name))
                    .unwrap_or_default(),
            };
            if name != plain {
                let mut renamed = match elaborated.reworded.get(id) {
                    Some(Object::Column(column)) => column.clone(),
                    _ => column.clone(),
                };
                let named = renamed.not_null.take().unwrap_or_default();
                renamed.not_null = Some(NotNull { name: Some(Name::exact(&name)), ..named });
                elaborated.reworded.insert(id.clone(), Object::Column(renamed));
            }
            taken.insert(name);
        }
    }
}

/// The names of the constraints of a table that have one.
fn taken(catalog: &Catalog, table: &ObjectId) -> BTreeSet<String> {
    let name = |(id, entry): (&ObjectId, &crate::catalog::Entry)| match (&entry.object, id.kind()) {
        (Object::Column(column), _) => own_name(column).map(str::to_owned),
        (_, Kind::Check | Kind::ForeignKey) => Some(id.name().as_str().to_owned()),
        (_, Kind::PrimaryKey | Kind::Unique | Kind::Exclusion) => Some(plain_constraint_name(catalog, id)),
        _ => None,
    };
    catalog.children(table).filter_map(name).collect()
}

fn own_name(column: &Column) -> Option<&str> {
    column.not_null.as_ref()?.name.as_ref().map(Name::as_str)
}

fn live_name(live: &Catalog, id: &ObjectId) -> Option<String> {
    match live.object(id) {
        Some(Object::Column(column)) => own_name(column).map(str::to_owned),
        _ => None,
    }
}

fn has_plain_name(live: &Catalog, id: &ObjectId) -> bool {
    matches!(live.object(id), Some(Object::Column(column)) if !column.null && own_name(column).is_none())
}
