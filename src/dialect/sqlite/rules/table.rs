//! Tables: made and dropped whole; STRICT and WITHOUT ROWID need a copy.

use crate::catalog::{Kind, ObjectId};
use crate::diff::Delta;
use crate::plan::{Context, Draft, Resource, Way};

use super::super::render;
use super::super::sql::quote;
use super::{CLEARED, name, probes};

pub(super) fn way(cx: &Context<'_>, id: &ObjectId, delta: Delta) -> Way {
    match delta {
        Delta::Create => Way::InPlace(vec![create(cx, id)]),
        Delta::Drop => Way::InPlace(vec![drop(cx, id)]),
        Delta::Alter => Way::Rebuild,
    }
}

fn create(cx: &Context<'_>, id: &ObjectId) -> Draft {
    let parts = cx.desired.children(id).filter(|(id, _)| id.kind().is_part_of_table());
    let made = parts.clone().map(|(id, _)| Resource::New(id.clone()));
    let referred = parts.flat_map(|(id, entry)| entry.references(id)).filter(|other| !other.is_within(id));
    Draft::new(id, format!("create {id}"), render::create(cx.desired, id))
        .producing([Resource::New(id.clone()), name(id)])
        .producing(made)
        .preferring(referred.map(Resource::New))
}

fn drop(cx: &Context<'_>, id: &ObjectId) -> Draft {
    let within = cx.live.within(id);
    let freed =
        within.clone().filter(|(id, _)| matches!(id.kind(), Kind::Index | Kind::Trigger)).map(|(id, _)| name(id));
    let referred = within.clone().flat_map(|(id, entry)| entry.references(id)).filter(|other| !other.is_within(id));
    Draft::new(id, format!("drop {id}"), format!("DROP TABLE {}", quote(id.name().as_str())))
        .destroying([name(id)])
        .destroying(freed)
        .destroying(within.map(|(id, _)| Resource::Old(id.clone())))
        .preferring(referred.map(Resource::Old))
        .consuming([CLEARED, Resource::Old(id.clone())])
        .asking([probes::rows_lost(cx, id)])
}
