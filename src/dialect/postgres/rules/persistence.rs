//! Tables that become unlogged, or logged again. A logged table may not refer to an unlogged one, so they change in an
//! order, and foreign keys that go round are away meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Kind, Name, Object, ObjectId, OptionKey, Sequence, Table};
use crate::diff::Delta;
use crate::plan::{Draft, Hazard, HazardKind, Resource};

use super::super::sql::qualified;
use super::{ById, Cx};

/// In which order tables change, and what is in the way.
#[derive(Debug, Default)]
pub(super) struct Persistence {
    /// The foreign keys that no order satisfies, and the table that cannot wait for them.
    pub(super) in_circles: ById<ObjectId>,
    /// What each table waits for.
    waits: ById<Vec<Resource>>,
}

/// Whether a table is to survive a crash and did not, or the other way round: then whether it is unlogged.
fn becomes_unlogged(old: &Table, new: &Table) -> Option<bool> {
    let [old, new] = [old, new].map(|table| table.options.is_on(OptionKey::Unlogged));
    (old != new).then_some(new)
}

/// Whether a table that stays becomes unlogged, or logged.
pub(super) fn changes(cx: &Cx<'_>, table: &ObjectId) -> bool {
    match (cx.live.object(table), cx.desired.object(table)) {
        (Some(Object::Table(old)), Some(Object::Table(new))) => becomes_unlogged(old, new).is_some(),
        _ => false,
    }
}

/// Whether a sequence is unlogged: as it says, or else as the table of its column is, since 15.
pub(super) fn of_sequence(cx: &Cx<'_>, catalog: &Catalog, sequence: &Sequence) -> bool {
    sequence.unlogged.unwrap_or_else(|| cx.major >= 15 && sequence.is_of_unlogged(catalog))
}

/// Finds the order.
pub(super) fn find(cx: &Cx<'_>) -> Persistence {
    let altered = cx.deltas.iter().filter(|(id, delta)| **delta == Delta::Alter && id.kind() == Kind::Table);
    let changing: ById<bool> = altered
        .filter_map(|(id, _)| match (cx.live.object(id), cx.desired.object(id)) {
            (Some(Object::Table(old)), Some(Object::Table(new))) => Some((id.clone(), becomes_unlogged(old, new)?)),
            _ => None,
        })
        .collect();
    let mut found = Persistence::default();
    if changing.is_empty() {
        return found;
    }
    // Of each table, those that change before it, by the keys between them.
    let mut before: BTreeMap<&ObjectId, BTreeMap<&ObjectId, Vec<&ObjectId>>> =
        changing.keys().map(|table| (table, BTreeMap::new())).collect();
    for (id, entry) in cx.live.iter() {
        // What is unlogged is sent nowhere, so it leaves its publications before.
        if let Object::Publication(publication) = &entry.object
            && cx.delta(id).is_some()
        {
            let unlogged = publication.tables.iter().filter(|sent| changing.get(&sent.table) == Some(&true));
            for sent in unlogged {
                found.waits.entry(sent.table.clone()).or_default().push(Resource::New(id.clone()));
            }
        }
        let Object::ForeignKey(key) = &entry.object else { continue };
        let (from, to) = (id.root(), &key.references);
        // One that refers becomes unlogged first, one that is referred to becomes logged first.
        let (first, then) = match (changing.get(from), changing.get(to)) {
            (_, Some(true)) => (from, to),
            (Some(false), _) => (to, from),
            _ => continue,
        };
        if cx.delta(id) == Some(Delta::Drop) {
            found.waits.entry(then.clone()).or_default().push(gone(id));
        } else if first != then
            && changing.contains_key(first)
            && let Some(earlier) = before.get_mut(then)
        {
            earlier.entry(first).or_default().push(id);
        }
    }
    let mut order = Order { before, begun: BTreeSet::new(), done: BTreeSet::new(), found };
    for table in changing.keys() {
        order.place(table);
    }
    order.found
}

struct Order<'a> {
    before: BTreeMap<&'a ObjectId, BTreeMap<&'a ObjectId, Vec<&'a ObjectId>>>,
    begun: BTreeSet<&'a ObjectId>,
    done: BTreeSet<&'a ObjectId>,
    found: Persistence,
}

impl<'a> Order<'a> {
    /// Places a table after those that change before it. The keys to one that is being placed close a circle.
    fn place(&mut self, table: &'a ObjectId) {
        if !self.begun.insert(table) {
            return;
        }
        for (first, keys) in self.before.remove(table).into_iter().flatten() {
            self.place(first);
            let waits = self.found.waits.entry(table.clone()).or_default();
            if self.done.contains(first) {
                waits.push(changed(first));
            } else {
                waits.extend(keys.iter().map(|key| gone(key)));
                self.found.in_circles.extend(keys.into_iter().map(|key| (key.clone(), table.clone())));
            }
        }
        self.done.insert(table);
    }
}

/// The statement for one table.
pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId, old: &Table, new: &Table) -> Option<Draft> {
    let word = if becomes_unlogged(old, new)? { "UNLOGGED" } else { "LOGGED" };
    let hazard =
        Hazard { kind: HazardKind::Rewrite, id: id.clone(), message: "writes the whole table anew".to_owned() };
    let waits = cx.persistence().waits.get(id).into_iter().flatten().cloned();
    let draft = Draft::new(id, format!("alter {id}"), format!("ALTER TABLE {} SET {word}", qualified(id)));
    Some(draft.risking([hazard]).producing([changed(id)]).consuming(waits))
}

/// That a table has changed.
fn changed(table: &ObjectId) -> Resource {
    Resource::Name("persistence", Name::exact(table.address()))
}

/// That a foreign key has gone, for good or for a while.
pub(super) fn gone(key: &ObjectId) -> Resource {
    Resource::Name("gone", Name::exact(key.address()))
}
