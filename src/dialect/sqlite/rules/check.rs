//! Checks: ADD CONSTRAINT and DROP CONSTRAINT (SQLite 3.53). One without a name can be added but not dropped.

use crate::catalog::{Object, ObjectId};
use crate::diff::Delta;
use crate::plan::{Context, Draft, Resource, Way};

use super::super::sql::{parenthesised, quote};
use super::{alter, owner, probes};

pub(super) fn way(cx: &Context<'_>, id: &ObjectId, delta: Delta) -> Way {
    match delta {
        Delta::Create => Way::InPlace(vec![add(cx, id)]),
        Delta::Drop if can_drop(cx, id) => Way::InPlace(vec![drop(id)]),
        Delta::Alter if can_drop(cx, id) && is_named(cx.desired.object(id)) => {
            let gone = Resource::Name("constraint", id.name().clone());
            Way::InPlace(vec![drop(id).destroying([gone.clone()]), add(cx, id).producing([gone])])
        }
        Delta::Drop | Delta::Alter => Way::Rebuild,
    }
}

fn is_named(object: Option<&Object>) -> bool {
    matches!(object, Some(Object::Check(check)) if !check.unnamed)
}

/// DROP CONSTRAINT takes the first constraint of that name, so the name must be the only one of its table.
pub(super) fn can_drop(cx: &Context<'_>, id: &ObjectId) -> bool {
    let same_name = cx.live.children(owner(id)).filter(|(other, entry)| match &entry.object {
        Object::PrimaryKey(key) => key.name.as_ref() == Some(id.name()),
        Object::Unique(_) | Object::Check(_) | Object::ForeignKey(_) => other.name() == id.name(),
        Object::Table(_)
        | Object::VirtualTable(_)
        | Object::Column(_)
        | Object::Index(_)
        | Object::View(_)
        | Object::Trigger(_) => false,
    });
    is_named(cx.live.object(id)) && same_name.count() == 1
}

fn add(cx: &Context<'_>, id: &ObjectId) -> Draft {
    let Some(Object::Check(check)) = cx.desired.object(id) else { return Draft::of(id, String::new(), Vec::new()) };
    let named = if check.unnamed { String::new() } else { format!("CONSTRAINT {} ", quote(id.name().as_str())) };
    let mentions = cx.desired.get(id).map(|entry| entry.mentions.clone()).unwrap_or_default();
    Draft::new(id, format!("add {id}"), format!("{} ADD {named}CHECK {}", alter(id), parenthesised(check.sql.as_str())))
        .producing([Resource::New(id.clone())])
        .consuming([Resource::Old(owner(id).clone())])
        .consuming(mentions.into_iter().map(Resource::New))
        .asking(probes::check_fails(cx, id, check))
}

fn drop(id: &ObjectId) -> Draft {
    Draft::new(id, format!("drop {id}"), format!("{} DROP CONSTRAINT {}", alter(id), quote(id.name().as_str())))
        .destroying([Resource::Old(id.clone())])
        .consuming([Resource::Old(owner(id).clone())])
}
