//! Checks: ADD CONSTRAINT and DROP CONSTRAINT (SQLite 3.53). One without a name can be added but not dropped.

use crate::catalog::{Check, Object, ObjectId};
use crate::diff::Delta;
use crate::plan::{Context, Draft, Resource, Way};

use super::super::sql::{parenthesised, quote};
use super::constraint::{can_drop, drop, is_named};
use super::{alter, column, owner, probes};

pub(super) fn way(cx: &Context<'_>, id: &ObjectId, delta: Delta) -> Way {
    let desired = match cx.desired.object(id) {
        Some(Object::Check(check)) => Some(check),
        _ => None,
    };
    match (delta, desired) {
        (Delta::Create, Some(check)) => Way::InPlace(vec![add(cx, id, check)]),
        (Delta::Drop, _) if can_drop(cx, id) => Way::InPlace(vec![drop(cx, id)]),
        (Delta::Drop, _) if column::takes_along(cx, id) => Way::Within,
        (Delta::Alter, Some(check)) if can_drop(cx, id) && is_named(cx.desired.object(id)) => {
            let name = Resource::Name("constraint", id.name().clone());
            Way::InPlace(vec![drop(cx, id).destroying([name.clone()]), add(cx, id, check).producing([name])])
        }
        (Delta::Create | Delta::Drop | Delta::Alter, _) => Way::Rebuild,
    }
}

fn add(cx: &Context<'_>, id: &ObjectId, check: &Check) -> Draft {
    let named = if check.unnamed { String::new() } else { format!("CONSTRAINT {} ", quote(id.name().as_str())) };
    let mentions = cx.desired.get(id).map(|entry| entry.mentions.clone()).unwrap_or_default();
    let sql = format!("{} ADD {named}CHECK {}", alter(id), parenthesised(check.sql.as_str()));
    Draft::new(id, format!("add {id}"), sql)
        .producing([Resource::New(id.clone())])
        .consuming([Resource::Old(owner(id).clone())])
        .consuming(mentions.into_iter().map(Resource::New))
        .asking(probes::check_fails(cx, id, check))
}
