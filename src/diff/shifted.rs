//! What only stands at another place because others came or went before it.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Kind, Object, ObjectId, Partition};

use super::compare::Deltas;

/// The partitions that differ in their numbers alone, and stand among those that stay as they did.
pub fn only_shifted(live: &Catalog, desired: &Catalog, deltas: &Deltas) -> BTreeSet<ObjectId> {
    let differing = deltas.keys().filter(|id| id.kind() == Kind::Partition);
    let tables: BTreeSet<&ObjectId> = differing.clone().filter_map(ObjectId::parent).collect();
    let ranks = |catalog| -> BTreeMap<&ObjectId, usize> {
        tables.iter().flat_map(|table| among_those_that_stay(live, desired, catalog, table)).collect()
    };
    let (was, is) = (ranks(live), ranks(desired));
    let shifted = differing.filter(|id| was.get(id) == is.get(id) && alike(live, desired, id));
    shifted.cloned().collect()
}

/// The partitions that both catalogs have, with their places among them in one.
fn among_those_that_stay<'a>(
    live: &Catalog,
    desired: &Catalog,
    catalog: &'a Catalog,
    table: &'a ObjectId,
) -> impl Iterator<Item = (&'a ObjectId, usize)> {
    let mut stay: Vec<(u32, &ObjectId)> = catalog
        .children(table)
        .filter(|(id, _)| live.contains(id) && desired.contains(id))
        .filter_map(|(id, entry)| match &entry.object {
            Object::Partition(partition) => Some((partition.position, id)),
            _ => None,
        })
        .collect();
    stay.sort_unstable();
    stay.into_iter().enumerate().map(|(rank, (_, id))| (id, rank))
}

/// Whether a partition is the same but for its number.
fn alike(live: &Catalog, desired: &Catalog, id: &ObjectId) -> bool {
    let (Some(was), Some(is)) = (live.get(id), desired.get(id)) else { return false };
    let (Object::Partition(old), Object::Partition(new)) = (&was.object, &is.object) else { return false };
    was.comment == is.comment && Partition { position: new.position, ..old.clone() } == *new
}
