//! Composite types and their attributes.

use crate::catalog::{Entry, Kind, Name, ObjectId};
use crate::diff::Delta;
use crate::plan::{Draft, Probe, ProbeKind, Resource};

use super::super::render::types;
use super::super::sql::{name, qualified};
use super::others::{of, pair};
use super::probes::values_lost;
use super::users::{self, Holder};
use super::{Alter, Cx, dispatch, kept, refusal, retype, typed};

pub(super) fn create(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    vec![Draft::new(id, format!("create {id}"), types::composite(cx.desired, id))]
}

/// A type that is made again loses attributes with the old one, or parts of their values.
pub(super) fn drop(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let all = cx.live.children(id).map(|(part, _)| part);
    let all = all.filter(|part| part.kind() == Kind::Attribute && cx.desired.contains(id));
    let of = |part| if cx.desired.contains(part) { kept::of_attribute(cx, part) } else { lost_values(cx, part) };
    vec![dispatch::dropped(cx, id).asking(all.flat_map(of))]
}

/// Attributes come and go by themselves; only another order of those that stay needs a new type.
pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((old, new)) = pair!(cx, id, Composite) else { return Alter::InPlace(Vec::new()) };
    let stays: Vec<&Name> = old.order.iter().filter(|name| new.order.contains(name)).collect();
    let in_place = new.order.len() >= stays.len() && stays.iter().zip(&new.order).all(|(a, b)| *a == b);
    if in_place { Alter::InPlace(Vec::new()) } else { recreate(cx, id, id) }
}

/// The type is made again, unless there are tables of it: the server keeps the order of their columns.
fn recreate(cx: &Cx<'_>, id: &ObjectId, composite: &ObjectId) -> Alter {
    let is_bound = |holder: &Holder<'_>| holder.path.contains(&users::Step::Bounds);
    if let Some(holder) = users::holders(cx, composite).into_iter().find(is_bound) {
        let reason =
            format!("{} holds ranges over the type, whose bounds cannot be written for another", holder.column);
        return Alter::Refuse(refusal(id, reason, "make a new type, and move the values"));
    }
    match typed::of_type(cx, composite).first() {
        None => Alter::Recreate,
        Some(table) => Alter::Refuse(refusal(
            id,
            format!("the type would have to be made again, and {table} is of it"),
            "keep the attributes that stay in their order and add others behind them, or take `of_type` from the table first",
        )),
    }
}

fn target(id: &ObjectId) -> String {
    format!("ALTER TYPE {}", qualified(id.root()))
}

/// New attributes stand at the end, in their order.
pub(super) fn create_attribute(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(attribute) = of!(cx.desired.object(id), Attribute) else { return Vec::new() };
    let sql = format!("{} ADD ATTRIBUTE {} {} CASCADE", target(id), name(id), types::attribute(attribute));
    let siblings = types::attributes(cx.desired, id.root());
    let before = siblings.into_iter().map(|(part, _)| part).take_while(|part| *part != id);
    let before = before.filter(|part| cx.delta(part) == Some(Delta::Create)).last();
    let draft = Draft::new(id, format!("add {id}"), sql);
    vec![draft.consuming(before.map(|part| Resource::New(part.clone())))]
}

pub(super) fn drop_attribute(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let draft = Draft::new(id, format!("drop {id}"), format!("{} DROP ATTRIBUTE {} CASCADE", target(id), name(id)));
    let lost = |column: &ObjectId| values_lost(cx, column).into_iter().collect();
    vec![typed::with_tables(cx, draft.asking(lost_values(cx, id)), id, lost)]
}

/// Values that go with an attribute.
pub(super) fn lost_values(cx: &Cx<'_>, id: &ObjectId) -> Vec<Probe> {
    let own = cx.renames.origins.get(id).unwrap_or(id);
    let meaning = format!("the attribute {} has values in {{rows}}", id.name());
    let condition = |value: &str| format!("{value} IS NOT NULL");
    let ask =
        |holder: Holder<'_>| users::probe(cx, &holder.attribute(own.name()), ProbeKind::Loss, &condition, &meaning, "");
    users::holders(cx, id.root()).into_iter().filter_map(ask).collect()
}

/// Where columns hold the type, the server does not change an attribute of it: they are text meanwhile.
pub(super) fn alter_attribute(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((old, new)) = pair!(cx, id, Attribute) else { return Alter::InPlace(Vec::new()) };
    // Nor where an expression names it ("cannot alter type of a column used by ...").
    let names_it =
        |(other, entry): (&ObjectId, &Entry)| other.root() != id.root() && entry.references(other).contains(id);
    let is_named = || typed::of_type(cx, id.root()).is_empty() && cx.live.iter().any(names_it);
    if !users::holders(cx, id.root()).is_empty() || is_named() {
        return recreate(cx, id, id.root());
    }
    let sql = format!("{} ALTER ATTRIBUTE {} TYPE {} CASCADE", target(id), name(id), types::attribute(new));
    let draft = Draft::new(id, format!("change the type of {id}"), sql);
    let probes = |column: &ObjectId| {
        let of = |attribute| typed::as_typed(attribute, None);
        retype::probes(cx, column, &of(old), &of(new))
    };
    Alter::InPlace(vec![typed::with_tables(cx, draft, id, probes)])
}
