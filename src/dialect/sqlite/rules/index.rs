//! Indexes: SQLite alters none, so a change is a drop and a creation.

use crate::catalog::ObjectId;
use crate::diff::Delta;
use crate::plan::{Context, Draft, Resource, Way};

use super::super::render;
use super::super::sql::quote;
use super::{name, needs, owner, probes};

pub(super) fn way(cx: &Context<'_>, id: &ObjectId, delta: Delta) -> Way {
    Way::Recreate(match delta {
        Delta::Create => vec![create(cx, id)],
        Delta::Drop => vec![drop(cx, id)],
        Delta::Alter => vec![drop(cx, id), create(cx, id)],
    })
}

/// Makes an index; where it does not differ, by the statement that made it, byte for byte.
pub(super) fn create(cx: &Context<'_>, id: &ObjectId) -> Draft {
    let sql = super::unchanged_source(cx, id).unwrap_or_else(|| render::create(cx.desired, id));
    let probe = cx.delta(id).and_then(|_| probes::duplicates_of_index(cx, id));
    Draft::new(id, format!("create {id}"), sql)
        .producing([Resource::New(id.clone()), name(id)])
        .consuming([Resource::New(owner(id).clone())])
        .preferring(needs(cx, id))
        .asking(probe)
}

/// Drops an index. A table that is copied or dropped takes its indexes along, so this comes before.
fn drop(cx: &Context<'_>, id: &ObjectId) -> Draft {
    let columns = cx.live.get(id).map(|entry| entry.references(id)).unwrap_or_default();
    Draft::new(id, format!("drop {id}"), format!("DROP INDEX {}", quote(id.name().as_str())))
        .destroying([Resource::Old(id.clone()), name(id)])
        .consuming([Resource::Old(owner(id).clone())])
        .consuming(columns.into_iter().map(Resource::Old))
}
