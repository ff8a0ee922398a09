//! What an object that is tried rests on: with which other stand-ins it can be made before anything runs.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Entry, Kind, Object, ObjectId};
use crate::database::Elaborated;
use crate::diff::Delta;

use super::super::mentions::BySchema;
use super::Against;

/// What must be there before an object can be tried.
#[derive(Clone)]
enum Standing<'a> {
    /// Nothing of this plan.
    AsItIs,
    /// Stand-ins, in this order.
    Needs(Vec<&'a ObjectId>),
    /// What no stand-in can be for.
    Beyond,
}

/// What this plan makes or changes, and what rests on it.
pub(super) struct Grounds<'a> {
    against: &'a Against<'a>,
    /// What stands on its own and becomes something else to what uses it.
    changed: BTreeSet<&'a ObjectId>,
    by_schema: BySchema<'a>,
    known: BTreeMap<&'a ObjectId, Standing<'a>>,
}

/// What is tried, and on what.
pub(super) struct Tried<'a> {
    pub(super) root: &'a ObjectId,
    /// The stand-ins before its own, in this order.
    pub(super) needs: Vec<&'a ObjectId>,
    /// Its parts that cannot be tried: indexes, triggers and the like, on which nothing rests.
    pub(super) without: Vec<&'a ObjectId>,
}

impl<'a> Grounds<'a> {
    pub(super) fn of(against: &'a Against<'a>, elaborated: &Elaborated) -> Self {
        let matters = |id: &ObjectId, delta: Delta| match delta {
            Delta::Create | Delta::Drop => true,
            Delta::Alter => {
                against.live.object(id) != against.desired.object(id)
                    && !elaborated.equal.contains(id)
                    && elaborated.reworded.get(id).or_else(|| against.desired.object(id)) != against.live.object(id)
            }
        };
        let changed = against.deltas.iter().filter(|(id, delta)| !is_leaf(id) && matters(id, **delta));
        Self {
            against,
            changed: changed.map(|(id, _)| id.root()).collect(),
            by_schema: BySchema::of(against.desired),
            known: BTreeMap::new(),
        }
    }

    /// None where an object cannot be tried.
    pub(super) fn tried(&mut self, root: &'a ObjectId) -> Option<Tried<'a>> {
        let mut without = Vec::new();
        match self.below(root, &mut without) {
            Standing::AsItIs => Some(Tried { root, needs: Vec::new(), without }),
            Standing::Needs(needs) => Some(Tried { root, needs, without }),
            Standing::Beyond => None,
        }
    }

    /// What stands for an object itself has to stand on.
    fn standing(&mut self, root: &'a ObjectId) -> Standing<'a> {
        if let Some(known) = self.known.get(root) {
            return known.clone();
        }
        // Circles are closed by foreign keys and sequences alone, which are not followed.
        self.known.insert(root, Standing::AsItIs);
        let changes = self.changed.contains(root);
        let standing = match self.below(root, &mut Vec::new()) {
            Standing::AsItIs if !changes => Standing::AsItIs,
            Standing::AsItIs if self.has_stand_in(root) => Standing::Needs(vec![root]),
            Standing::Needs(mut needs) if changes && self.has_stand_in(root) => {
                needs.push(root);
                Standing::Needs(needs)
            }
            // What is there already uses what is there already.
            _ => Standing::Beyond,
        };
        self.known.insert(root, standing.clone());
        standing
    }

    /// What must stand before an object and its parts.
    fn below(&mut self, root: &'a ObjectId, without: &mut Vec<&'a ObjectId>) -> Standing<'a> {
        // The table that a sequence belongs to is no more to it than its end.
        if root.kind() == Kind::Sequence {
            return Standing::AsItIs;
        }
        let mut needs: Vec<&ObjectId> = Vec::new();
        let desired = self.against.desired;
        for (id, entry) in desired.within(root) {
            if matches!(id.kind(), Kind::ForeignKey | Kind::Grant) {
                continue;
            }
            match self.below_part(root, id, entry) {
                Standing::AsItIs => {}
                Standing::Needs(more) => {
                    let known: BTreeSet<&ObjectId> = needs.iter().copied().collect();
                    needs.extend(more.into_iter().filter(|other| !known.contains(other)));
                }
                Standing::Beyond if is_leaf(id) => without.push(id),
                Standing::Beyond => return Standing::Beyond,
            }
        }
        if needs.is_empty() { Standing::AsItIs } else { Standing::Needs(needs) }
    }

    fn below_part(&mut self, root: &'a ObjectId, id: &ObjectId, entry: &'a Entry) -> Standing<'a> {
        let mut needs = Vec::new();
        // What stands for a parent is taken for it; other structure names its tables in full.
        let named = if matches!(entry.object, Object::Table(_)) { Vec::new() } else { entry.object.refers_to(id) };
        let by_schema = self.by_schema.named_by(id, entry);
        let mut seen = BTreeSet::new();
        for other in entry.references(id) {
            let Some((other, _)) = self.against.desired.get_key_value(other.root()) else { continue };
            if other == root || other.kind() == Kind::Schema || !seen.insert(other) {
                continue;
            }
            match self.standing(other) {
                Standing::AsItIs => {}
                Standing::Needs(more) => {
                    let in_full = named.iter().chain(by_schema.iter().copied()).any(|named| named.root() == other);
                    if in_full || !self.at_home(id, root) || other.schema() != root.schema() {
                        return Standing::Beyond;
                    }
                    let known: BTreeSet<&ObjectId> = needs.iter().copied().collect();
                    needs.extend(more.into_iter().filter(|other| !known.contains(other)));
                }
                Standing::Beyond => return Standing::Beyond,
            }
        }
        if needs.is_empty() { Standing::AsItIs } else { Standing::Needs(needs) }
    }

    /// Whether the names in the text of an object are looked up in its own schema first, as the stand-ins are.
    pub(super) fn at_home(&self, id: &ObjectId, root: &ObjectId) -> bool {
        self.against.schema(id).unwrap_or("public") == root.schema().map_or("public", |schema| schema.as_str())
    }

    fn has_stand_in(&self, root: &ObjectId) -> bool {
        // What is there already has rows, and columns elsewhere, of the type that is there.
        if self.against.live.contains(root) {
            return false;
        }
        match self.against.desired.object(root) {
            Some(Object::Table(table)) => table.of_type.is_none(),
            Some(
                Object::View(_)
                | Object::Enum(_)
                | Object::Composite(_)
                | Object::Domain(_)
                | Object::Range(_)
                | Object::Sequence(_),
            ) => true,
            _ => false,
        }
    }
}

/// Whether nothing rests on a part.
fn is_leaf(id: &ObjectId) -> bool {
    match id.kind() {
        Kind::Check => id.root().kind() != Kind::Domain,
        kind => matches!(
            kind,
            Kind::Index
                | Kind::Trigger
                | Kind::Policy
                | Kind::Rule
                | Kind::ForeignKey
                | Kind::Exclusion
                | Kind::PrimaryKey
                | Kind::Unique
                | Kind::Grant
        ),
    }
}

/// The names of what is new.
pub(super) fn new_names(against: &Against<'_>) -> Vec<String> {
    names(against, &|id| id.kind() != Kind::Grant)
}

/// Of these the names of what has no stand-in that other texts find: a message that has one of them may speak of what the
/// plan brings.
pub(super) fn unseen(against: &Against<'_>) -> Vec<String> {
    let seen = |id: &ObjectId| {
        matches!(
            id.root().kind(),
            Kind::Table
                | Kind::View
                | Kind::Enum
                | Kind::Composite
                | Kind::Domain
                | Kind::Range
                | Kind::Sequence
                | Kind::Grant
        )
    };
    names(against, &|id| !seen(id))
}

fn names(against: &Against<'_>, wanted: &dyn Fn(&ObjectId) -> bool) -> Vec<String> {
    let new =
        against.deltas.keys().filter(|id| against.desired.contains(id) && !against.live.contains(id) && wanted(id));
    let bare = |id: &ObjectId| id.name().as_str().split('(').next().unwrap_or_default().to_lowercase();
    let mut names: Vec<String> = new.map(bare).filter(|name| !name.is_empty()).collect();
    names.sort();
    names.dedup();
    names
}
