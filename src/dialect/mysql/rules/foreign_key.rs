//! Foreign keys. A key comes off before anything happens to either of its ends, and goes on after all of it, so
//! tables that refer to each other are no cycle and no key is ever made unchecked.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, ForeignKey, Index, Kind, Name, Object, ObjectId, Part};
use crate::diff::Delta;
use crate::plan::{Context, Draft, Resource, Way};

use super::super::connect::Flavour;
use super::super::render;
use super::super::sql::quote;
use super::{algorithm, alter, becoming, name, probes};

pub(super) fn way(cx: &Context<'_>, id: &ObjectId, delta: Delta, flavour: Flavour) -> Way {
    let table = id.parent().and_then(|table| cx.delta(table));
    match delta {
        Delta::Create if is_inline(cx, id) => Way::Within,
        Delta::Create => Way::InPlace(vec![create(cx, id, flavour)]),
        // Only where something happens to the target too does the server mind in which order.
        Delta::Drop if table == Some(Delta::Drop) && !target_changes(cx, id) => Way::Within,
        Delta::Drop => Way::InPlace(vec![drop(cx, id, flavour)]),
        Delta::Alter => Way::Recreate(vec![drop(cx, id, flavour), create(cx, id, flavour)]),
    }
}

fn key<'a>(catalog: &'a Catalog, id: &ObjectId) -> Option<&'a ForeignKey> {
    match catalog.object(id) {
        Some(Object::ForeignKey(key)) => Some(key),
        _ => None,
    }
}

fn target_changes(cx: &Context<'_>, id: &ObjectId) -> bool {
    let target = key(cx.live, id).map(|key| &key.references).filter(|target| Some(*target) != id.parent());
    target.is_some_and(|target| cx.live.within(target).any(|(part, _)| cx.delta(part).is_some()))
}

/// Whether a new table's key can stand in its CREATE TABLE: its target is there and stays as it is, or is the table.
pub(super) fn is_inline(cx: &Context<'_>, id: &ObjectId) -> bool {
    let Some(table) = id.parent().filter(|table| cx.delta(table) == Some(Delta::Create)) else { return false };
    key(cx.desired, id).is_some_and(|key| {
        let target = &key.references;
        let untouched =
            || cx.live.within(target).chain(cx.desired.within(target)).all(|(id, _)| cx.delta(id).is_none());
        target == table || target.schema().is_some() || (cx.live.contains(target) && untouched())
    })
}

/// What belongs to a table and is part of its ALTER TABLE.
fn parts<'a>(catalog: &'a Catalog, table: &'a ObjectId) -> impl Iterator<Item = ObjectId> + 'a {
    catalog.within(table).map(|(id, _)| id).filter(|id| !matches!(id.kind(), Kind::ForeignKey | Kind::Trigger)).cloned()
}

fn create(cx: &Context<'_>, id: &ObjectId, flavour: Flavour) -> Draft {
    let table = id.parent().unwrap_or(id);
    let key = key(cx.desired, id);
    let clause = key.map(|key| render::foreign_key(id, key, flavour)).unwrap_or_default();
    let target = key.map(|key| &key.references);
    let waits = std::iter::once(table).chain(target).flat_map(|table| parts(cx.desired, table)).map(Resource::New);
    let kept: String =
        key.and_then(|key| kept_index(cx, table, key, flavour)).map(|kept| kept + ", ").unwrap_or_default();
    let start = format!("ALTER TABLE {}", render::name(table));
    // Nobody waits for a table that comes with the plan.
    let is_there = cx.delta(table) != Some(Delta::Create);
    Draft::new(id, format!("create {id}"), format!("{start} {kept}ADD {clause}"))
        .joining(Some(start))
        .producing([Resource::New(id.clone()), name(id)])
        .consuming(waits)
        .risking(is_there.then(|| algorithm::Cost::Copy.hazard(id, flavour)))
        .asking(probes::orphans(cx, id))
}

/// An index that a foreign key has made for itself goes without a word when another index, or that of another key,
/// can serve in its place. One that stays is said again in the same statement, which makes it one of people's.
fn kept_index(cx: &Context<'_>, table: &ObjectId, key: &ForeignKey, flavour: Flavour) -> Option<String> {
    let (id, _) = cx.live.children(table).find(|(id, _)| {
        stays(cx, id) && index(cx.live, id).is_some_and(|index| may_be_implied(index) && covers(&index.columns, key))
    })?;
    said_again(cx.desired, id, flavour)
}

/// The clauses that put a key of this catalog on a table, and keep the index that it may have made for itself.
pub(super) fn put_on(catalog: &Catalog, id: &ObjectId, table: &ObjectId, flavour: Flavour) -> Option<String> {
    let key = key(catalog, id)?;
    let own = catalog
        .children(table)
        .map(|(id, _)| id)
        .find(|id| index(catalog, id).is_some_and(|index| may_be_implied(index) && covers(&index.columns, key)));
    let kept = own.and_then(|index| said_again(catalog, index, flavour)).map(|kept| kept + ", ").unwrap_or_default();
    Some(format!("{kept}ADD {}", render::foreign_key(id, key, flavour)))
}

/// The clauses that say an index again.
pub(super) fn said_again(catalog: &Catalog, id: &ObjectId, flavour: Flavour) -> Option<String> {
    let comment = catalog.get(id).and_then(|entry| entry.comment.as_deref());
    let index = render::index(id.name(), index(catalog, id)?, comment, flavour);
    Some(format!("DROP INDEX {}, ADD {index}", quote(id.name().as_str())))
}

/// Whether an index is there before and after, and this plan does nothing to it.
fn stays(cx: &Context<'_>, id: &ObjectId) -> bool {
    cx.delta(id).is_none() && cx.desired.contains(id)
}

fn index<'a>(catalog: &'a Catalog, id: &ObjectId) -> Option<&'a Index> {
    match catalog.object(id) {
        Some(Object::Index(index)) => Some(index),
        _ => None,
    }
}

/// Whether an index is as one that the server makes for a foreign key.
fn may_be_implied(index: &Index) -> bool {
    let plain = |part: &Part| part.as_column().is_some() && part.length.is_none() && !part.order.is_descending();
    !index.unique && index.method.is_none() && index.options.is_empty() && index.columns.iter().all(plain)
}

fn covers(parts: &[Part], key: &ForeignKey) -> bool {
    parts.len() == key.columns.len() && parts.iter().map(Part::as_column).eq(key.columns.iter().map(Some))
}

/// The indexes of live foreign keys that stay, and that the server would let go for the new index.
pub(super) fn displaced<'a>(cx: &Context<'a>, table: &'a ObjectId, new: &[Part]) -> Vec<&'a ObjectId> {
    let keys: Vec<&ForeignKey> = cx.live.children(table).filter_map(|(id, _)| key(cx.live, id)).collect();
    let found = cx.live.children(table).map(|(id, _)| id).filter(|id| {
        let Some(index) = index(cx.live, id).filter(|index| may_be_implied(index)) else { return false };
        let begins = new.len() >= index.columns.len()
            && new.iter().zip(&index.columns).all(|(new, old)| new.as_column() == old.as_column());
        begins && stays(cx, id) && keys.iter().any(|key| covers(&index.columns, key))
    });
    found.collect()
}

/// The clauses that give each key that stays an index of its own, as the server does, where the one under it goes.
pub(super) fn left_without_index(cx: &Context<'_>, table: &ObjectId, flavour: Flavour) -> Vec<String> {
    let begins = |parts: &[Part], key: &ForeignKey| {
        parts.len() >= key.columns.len()
            && parts
                .iter()
                .zip(&key.columns)
                .all(|(part, name)| part.as_column() == Some(name) && part.length.is_none())
    };
    let serves = |catalog: &Catalog, id: &ObjectId, key: &ForeignKey| match catalog.object(id) {
        Some(Object::Index(index)) => begins(&index.columns, key),
        Some(Object::PrimaryKey(primary)) => begins(&primary.columns, key),
        _ => false,
    };
    let gone: Vec<&ObjectId> =
        cx.live.children(table).map(|(id, _)| id).filter(|id| cx.delta(id) == Some(Delta::Drop)).collect();
    let mut given: Vec<&[Name]> = Vec::new();
    let mut clauses = Vec::new();
    for (id, _) in cx.live.children(table).filter(|(id, _)| stays(cx, id)) {
        let Some(key) = key(cx.desired, id) else { continue };
        let is_left = gone.iter().any(|id| serves(cx.live, id, key))
            && !cx.desired.children(table).any(|(id, _)| serves(cx.desired, id, key))
            && !given.iter().any(|columns| columns.starts_with(&key.columns));
        if is_left {
            given.push(&key.columns);
            let columns = key.columns.iter().cloned().map(Part::column).collect();
            let own = Index { columns, ..Index::default() };
            clauses.push(format!("ADD {}", render::index(id.name(), &own, None, flavour)));
        }
    }
    clauses
}

fn drop(cx: &Context<'_>, id: &ObjectId, flavour: Flavour) -> Draft {
    let table = id.parent().unwrap_or(id);
    let target = key(cx.live, id).map(|key| &key.references);
    let before = std::iter::once(table).chain(target).flat_map(|table| parts(cx.live, table)).map(Resource::Old);
    let sql = format!("ALTER TABLE {} DROP FOREIGN KEY {}", render::name(table), quote(id.name().as_str()));
    Draft::new(id, format!("drop {id}"), sql)
        .destroying([Resource::Old(id.clone()), name(id)])
        .consuming(before)
        .risking([algorithm::Cost::metadata(flavour).hazard(table, flavour)])
}

/// The keys that do not differ and are in the way of a change of their columns. An index under them is no matter: the
/// servers ask only that the table has one in the end.
pub(super) fn around(cx: &Context<'_>, flavour: Flavour) -> Vec<(ObjectId, String, Vec<Draft>)> {
    let altered = cx.deltas.iter().filter(|(_, delta)| **delta == Delta::Alter).map(|(id, _)| id);
    // Columns may get other letters from their table.
    let columns = altered.flat_map(|id| match id.kind() {
        Kind::Column => vec![id],
        Kind::Table => cx.live.columns(id).into_iter().map(|(column, _)| column).collect(),
        _ => Vec::new(),
    });
    let counted = |id: &ObjectId| flavour == Flavour::Mysql && alter::begins_or_ends_to_count(cx, id);
    // Whether it may be NULL the servers change under a key, but not with a copy of the table (error 1832).
    let copied = |id: &ObjectId| id.parent().is_some_and(|table| alter::copies(cx, table, flavour));
    let changes = |id: &ObjectId| becoming::another(cx, id) || (alter::changes_type(cx, id) && copied(id));
    let retyped: BTreeSet<&ObjectId> = columns.filter(|id| changes(id) || counted(id)).collect();
    if retyped.is_empty() {
        return Vec::new();
    }
    let mut around = Vec::new();
    for (id, entry) in cx.live.iter() {
        let (Object::ForeignKey(key), Some(table)) = (&entry.object, id.parent()) else { continue };
        if cx.delta(id).is_some() || !cx.desired.contains(id) {
            continue;
        }
        let touches = |table: &ObjectId, columns: &[Name]| {
            columns.iter().map(|name| table.child(Kind::Column, name.clone())).find(|id| retyped.contains(id))
        };
        let column = touches(table, &key.columns).or_else(|| touches(&key.references, &key.ref_columns));
        let Some(column) = column else { continue };
        let because = if becoming::another(cx, &column) {
            format!("{column} changes its type")
        } else {
            format!("{column} changes, with a copy of its table")
        };
        around.push((id.clone(), because, vec![drop(cx, id, flavour), create(cx, id, flavour)]));
    }
    around
}
