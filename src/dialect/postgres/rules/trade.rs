//! Primary keys that trade their names, which are no part of their ids: none of them can be renamed first.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Kind, Name, ObjectId};

use super::super::render::plain_constraint_name;
use super::Cx;

/// All that take the name of the next one, in a circle.
pub(super) fn find(cx: &Cx<'_>) -> BTreeSet<ObjectId> {
    let altered = cx
        .plan
        .deltas
        .keys()
        .filter(|id| id.kind() == Kind::PrimaryKey && cx.plan.live.contains(id) && cx.plan.desired.contains(id));
    let mut wanted: BTreeMap<(Option<&Name>, String), &ObjectId> = BTreeMap::new();
    for id in altered {
        let (old, new) = (plain_constraint_name(cx.plan.live, id), plain_constraint_name(cx.plan.desired, id));
        if old != new {
            wanted.insert((id.root().schema(), new), id);
        }
    }
    // From each to the one that takes its name.
    let next = |id: &ObjectId| wanted.get(&(id.root().schema(), plain_constraint_name(cx.plan.live, id))).copied();
    let mut seen = BTreeSet::new();
    let mut found = BTreeSet::new();
    for start in wanted.values().copied() {
        let mut way: Vec<&ObjectId> = Vec::new();
        let mut at = Some(start);
        while let Some(id) = at.filter(|id| seen.insert(*id)) {
            way.push(id);
            at = next(id);
        }
        if let Some(begin) = at.and_then(|id| way.iter().position(|other| *other == id)) {
            found.extend(way.drain(begin..).cloned());
        }
    }
    found
}
