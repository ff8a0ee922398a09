//! Tables: made and dropped whole; STRICT and WITHOUT ROWID need a copy.

use crate::catalog::{Kind, ObjectId};
use crate::diff::Delta;
use crate::plan::{Context, Draft, Hazard, Resource, Way};

use super::super::render;
use super::super::sql::quote;
use super::{CLEARED, name, probes, view};

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
        .risking(left_broken(cx, id))
}

/// The views and triggers that stay as they are and look at the table: SQLite leaves them.
fn left_broken(cx: &Context<'_>, table: &ObjectId) -> Vec<Hazard> {
    let looks = |id: &ObjectId| {
        let references = cx.live.get(id).map(|entry| entry.references(id)).unwrap_or_default();
        references.iter().any(|other| other.is_within(table))
    };
    let broken = cx.elaborated.broken.keys().filter(|id| cx.delta(id).is_none() && !cx.read.broken.contains_key(*id));
    broken.filter(|id| looks(id)).filter_map(|id| view::broken(cx, id)).collect()
}
