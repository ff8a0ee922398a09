//! Triggers: SQLite alters none, so a change is a drop and a creation.

use crate::catalog::{Kind, ObjectId};
use crate::diff::Delta;
use crate::plan::{Context, Draft, Resource, Way};

use super::super::render;
use super::super::sql::quote;
use super::{ALTERED, CLEARED, name, needs, owner, view};

pub(super) fn way(cx: &Context<'_>, id: &ObjectId, delta: Delta) -> Way {
    // A view that is dropped for its own change takes its triggers along.
    let gone_already = owner(id).kind() == Kind::View && cx.delta(owner(id)) == Some(Delta::Alter);
    Way::Recreate(match delta {
        Delta::Create => vec![create(cx, id)],
        Delta::Drop => vec![drop(id)],
        Delta::Alter if gone_already => vec![create(cx, id)],
        Delta::Alter => vec![drop(id), create(cx, id)],
    })
}

pub(super) fn create(cx: &Context<'_>, id: &ObjectId) -> Draft {
    let sql = super::unchanged_source(cx, id).unwrap_or_else(|| render::create(cx.desired, id));
    Draft::new(id, format!("create {id}"), sql)
        .producing([Resource::New(id.clone()), name(id)])
        .consuming([ALTERED, Resource::New(owner(id).clone())])
        .preferring(needs(cx, id))
        .risking(view::broken(cx, id))
}

pub(super) fn drop(id: &ObjectId) -> Draft {
    Draft::new(id, format!("drop {id}"), format!("DROP TRIGGER {}", quote(id.name().as_str())))
        .destroying([Resource::Old(id.clone()), name(id)])
        .producing([CLEARED])
}
