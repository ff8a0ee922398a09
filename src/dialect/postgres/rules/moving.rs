//! Rows that move: nothing that people hang on a table fires for it, and no key looks, before all rows are back.
//!
//! What comes with the plan waits until then. What stands on a table that stays is off meanwhile, as its owner may do.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Kind, Name, Object, ObjectId, OptionKey};
use crate::diff::Delta;
use crate::plan::Resource;

use super::super::render::{enabled, relation};
use super::super::sql::name;
use super::again::{Again, aside};
use super::{ById, Cx, heirs};

/// That the rows of a table are where they belong.
pub(super) fn rows_back(table: &ObjectId) -> Resource {
    Resource::Name("rows back", Name::exact(table.address()))
}

/// That a partition which left a table for other bounds is back.
pub(super) fn attached_again(whole: &ObjectId) -> Resource {
    Resource::Name("attached again", Name::exact(whole.address()))
}

/// What has to be back before an object is made or changed that would fire, or that asks the rows.
pub(super) fn awaited(cx: &Cx<'_>, id: &ObjectId) -> Vec<Resource> {
    match cx.desired.object(id) {
        Some(Object::Trigger(_) | Object::Rule(_)) => vec![rows_back(id.root())],
        Some(Object::ForeignKey(key)) => {
            let both = [id.root(), &key.references];
            both.into_iter().flat_map(|table| [rows_back(table), attached_again(table)]).collect()
        }
        _ => Vec::new(),
    }
}

/// The rows that a new materialized view reads, so far as its query says.
pub(super) fn read(cx: &Cx<'_>, id: &ObjectId) -> Vec<Resource> {
    if !matches!(cx.desired.object(id), Some(Object::View(view)) if view.materialized) {
        return Vec::new();
    }
    let (mut open, mut seen, mut tables) = (vec![id.clone()], BTreeSet::new(), BTreeSet::new());
    while let Some(id) = open.pop().filter(|id| seen.insert(id.clone())) {
        if id.kind() == Kind::Table {
            tables.insert(id);
            continue;
        }
        let mentions = cx.desired_entry(&id).map(|entry| entry.mentions.iter()).into_iter().flatten();
        open.extend(mentions.chain(cx.named_in_body(&id)).map(ObjectId::root).cloned());
    }
    tables.iter().map(rows_back).collect()
}

/// Statements that write rows of a table which stays, and around them what keeps its triggers, its rules and its
/// policies out of it. Also what the rules that do not stay have to do with that.
pub(super) fn quietly(cx: &Cx<'_>, again: &Again, table: &ObjectId, sql: Vec<String>) -> (Vec<String>, Vec<Resource>) {
    let alter = format!("ALTER TABLE {}", relation(table));
    let (mut off, mut on, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    let stays = |id: &ObjectId| cx.delta(id) != Some(Delta::Drop) && !again.contains_key(id);
    let mut has_triggers = false;
    for (id, entry) in cx.live.children(table) {
        match &entry.object {
            Object::Trigger(trigger) => {
                has_triggers = true;
                if stays(id) {
                    on.push(format!("{alter} {} TRIGGER {}", enabled(trigger.enabled), name(id)));
                }
            }
            Object::Rule(_) if !stays(id) => gone.push(aside(id)),
            Object::Rule(rule) => {
                off.push(format!("{alter} DISABLE RULE {}", name(id)));
                on.push(format!("{alter} {} RULE {}", enabled(rule.enabled), name(id)));
            }
            _ => {}
        }
    }
    // Those that go may have gone, so none is named. Both statements reach the clones on partitions.
    off.extend(has_triggers.then(|| format!("{alter} DISABLE TRIGGER USER")));
    if is_forced(cx, table) {
        off.push(no_force(table));
        on.push(force(table));
    }
    (off.into_iter().chain(sql).chain(on).collect(), gone)
}

/// Whether policies hold for the owner too, before and after: then the server lets nobody but a superuser move rows.
pub(super) fn is_forced(cx: &Cx<'_>, table: &ObjectId) -> bool {
    let forced = |object: Option<&Object>| match object {
        Some(Object::Table(table)) => {
            let on = |key| table.options.is_on(key);
            on(OptionKey::RowLevelSecurity) && on(OptionKey::ForceRowLevelSecurity)
        }
        _ => false,
    };
    forced(cx.live.object(table)) && forced(cx.desired.object(table))
}

pub(super) fn no_force(table: &ObjectId) -> String {
    format!("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY", relation(table))
}

pub(super) fn force(table: &ObjectId) -> String {
    format!("ALTER TABLE {} FORCE ROW LEVEL SECURITY", relation(table))
}

/// The foreign keys that refer to what a table is a partition of, and stay.
pub(super) fn keys_above(cx: &Cx<'_>, id: &ObjectId) -> Vec<ObjectId> {
    all_keys_above(cx, id).filter(|key| cx.desired.contains(key)).cloned().collect()
}

/// The same, and those that do not stay.
pub(super) fn all_keys_above<'b>(cx: &'b Cx<'_>, id: &ObjectId) -> impl Iterator<Item = &'b ObjectId> {
    above(cx, id).into_iter().flat_map(|table| cx.keys_to(table))
}

/// The foreign keys that refer to each table.
pub(super) fn keys_to(catalog: &Catalog) -> ById<Vec<ObjectId>> {
    let mut map: ById<Vec<ObjectId>> = ById::new();
    for (id, entry) in catalog.iter() {
        if let Object::ForeignKey(key) = &entry.object {
            map.entry(key.references.clone()).or_default().push(id.clone());
        }
    }
    map
}

/// What a live table is a partition of, at all levels.
pub(super) fn above<'c>(cx: &Cx<'c>, id: &ObjectId) -> Vec<&'c ObjectId> {
    let parent = |id: &ObjectId| cx.plan.live.object(id).and_then(Object::partition_of);
    std::iter::successors(parent(id), |id| parent(id)).collect()
}

/// That the partitions which a table loses, or that leave it for other bounds, are out of the way of another.
pub(super) fn room(cx: &Cx<'_>, id: &ObjectId, parent: &ObjectId) -> Vec<Resource> {
    let others = cx.heirs_of(parent).filter(|other| *other != id && cx.delta(other).is_some());
    let gone = |other: &ObjectId| match cx.delta(other) {
        Some(Delta::Drop) => Resource::New(other.clone()),
        _ => heirs::left(other, parent),
    };
    others.map(gone).collect()
}

/// Whether a table stays a partition of the same one, but for other rows, so that it leaves it for a moment.
pub(super) fn moves_within(cx: &Cx<'_>, id: &ObjectId) -> bool {
    let whole = |object: Option<&Object>| object.and_then(Object::partition_of).cloned();
    let (was, is) = (whole(cx.live.object(id)), whole(cx.desired.object(id)));
    was.is_some() && was == is && heirs::is_detached(cx, id)
}
