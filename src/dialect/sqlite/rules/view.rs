//! Views: SQLite alters none, so a change is a drop and a creation; its INSTEAD OF triggers are made again.

use crate::catalog::ObjectId;
use crate::diff::Delta;
use crate::plan::{Context, Draft, Hazard, HazardKind, Resource, Way};

use super::super::render;
use super::super::sql::quote;
use super::{ALTERED, CLEARED, name, needs, trigger};

pub(super) fn way(cx: &Context<'_>, id: &ObjectId, delta: Delta) -> Way {
    Way::Recreate(match delta {
        Delta::Create => vec![create(cx, id)],
        Delta::Drop => vec![drop(id)],
        Delta::Alter => {
            let triggers = cx.desired.children(id).filter(|(id, _)| cx.delta(id).is_none());
            let mut drafts = vec![drop(id), create(cx, id)];
            drafts.extend(triggers.map(|(id, _)| trigger::create(cx, id)));
            drafts
        }
    })
}

pub(super) fn create(cx: &Context<'_>, id: &ObjectId) -> Draft {
    let sql = super::unchanged_source(cx, id).unwrap_or_else(|| render::create(cx.desired, id));
    Draft::new(id, format!("create {id}"), sql)
        .producing([Resource::New(id.clone()), name(id)])
        .consuming([ALTERED])
        .preferring(needs(cx, id))
        .risking(broken(cx, id))
}

/// SQLite makes a view or a trigger that it will refuse to use.
pub(super) fn broken(cx: &Context<'_>, id: &ObjectId) -> Option<Hazard> {
    let reason = cx.elaborated.broken.get(id)?;
    Some(Hazard { kind: HazardKind::Broken, id: id.clone(), message: format!("will not work: {reason}") })
}

pub(super) fn drop(id: &ObjectId) -> Draft {
    Draft::new(id, format!("drop {id}"), format!("DROP VIEW {}", quote(id.name().as_str())))
        .destroying([Resource::Old(id.clone()), name(id)])
        .producing([CLEARED])
}
