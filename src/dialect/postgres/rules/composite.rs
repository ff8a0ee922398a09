//! Composite types and their attributes.

use crate::catalog::{Kind, Name, ObjectId};
use crate::diff::Delta;
use crate::plan::{Draft, ProbeKind, Resource};

use super::super::render::types;
use super::super::sql::{name, qualified};
use super::others::{of, pair};
use super::{Alter, Cx, refusal, users};

pub(super) fn create(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    vec![Draft::new(id, format!("create {id}"), types::composite(cx.desired, id))]
}

/// Attributes come and go by themselves; only another order of those that stay needs a new type.
pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((old, new)) = pair!(cx, id, Composite) else { return Alter::InPlace(Vec::new()) };
    let stays: Vec<&Name> = old.order.iter().filter(|name| new.order.contains(name)).collect();
    let in_place = new.order.len() >= stays.len() && stays.iter().zip(&new.order).all(|(a, b)| *a == b);
    if in_place {
        return Alter::InPlace(Vec::new());
    }
    if users::columns(cx, id).is_empty() {
        return Alter::Recreate;
    }
    let reason = "columns hold values of this type, and its attributes cannot change their order under them";
    Alter::Refuse(refusal(id, reason, "keep the order, with new attributes at the end, or make another type"))
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
    let plain = users::columns(cx, id.root()).into_iter().filter(|(_, array)| !array);
    let own = cx.renames.origins.get(id).unwrap_or(id);
    let values = plain.map(|(column, _)| {
        let condition = |column: &str| format!("({column}).{} IS NOT NULL", name(own));
        let meaning = format!("{{rows}} have a value in the attribute {}", id.name());
        users::probe(cx, column, ProbeKind::Loss, condition, &meaning, "")
    });
    vec![draft.asking(values)]
}

/// Where columns hold the type, the server does not change an attribute of it: they are text meanwhile.
pub(super) fn alter_attribute(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((_, new)) = pair!(cx, id, Attribute) else { return Alter::InPlace(Vec::new()) };
    let composite = id.root();
    if users::columns(cx, composite).is_empty() {
        let sql = format!("{} ALTER ATTRIBUTE {} TYPE {} CASCADE", target(id), name(id), types::attribute(new));
        return Alter::InPlace(vec![Draft::new(id, format!("change the type of {id}"), sql)]);
    }
    let others = cx
        .deltas
        .iter()
        .any(|(other, delta)| other.kind() == Kind::Attribute && other.root() == composite && *delta != Delta::Alter);
    if others {
        let reason = "columns hold values of this type, and it gains or loses attributes at the same time";
        return Alter::Refuse(refusal(id, reason, "do one after the other, in two applies"));
    }
    Alter::Recreate
}
