//! Tables as a whole.

use crate::catalog::{Kind, Object, ObjectId};
use crate::diff::Delta;
use crate::plan::{Context, Draft, Resource, Way};

use super::super::connect::Flavour;
use super::super::render;
use super::{foreign_key, name, probes, users};

pub(super) fn way(cx: &Context<'_>, id: &ObjectId, delta: Delta, flavour: Flavour) -> Way {
    match delta {
        Delta::Create => Way::InPlace(vec![create(cx, id, flavour)]),
        Delta::Drop => Way::InPlace(vec![drop(cx, id)]),
        Delta::Alter => Way::Together,
    }
}

fn create(cx: &Context<'_>, id: &ObjectId, flavour: Flavour) -> Draft {
    let inline = |key: &ObjectId| foreign_key::is_inline(cx, key);
    let sql = render::table(cx.desired, id, flavour, &inline);
    let parts = cx.desired.children(id).filter(|(_, entry)| !matches!(entry.object, Object::Trigger(_)));
    let parts: Vec<Resource> = parts
        .filter(|(child, _)| child.kind() != Kind::ForeignKey || inline(child))
        .flat_map(|(child, _)| {
            let name = matches!(child.kind(), Kind::ForeignKey | Kind::Check).then(|| name(child));
            [Some(Resource::New(child.clone())), name].into_iter().flatten()
        })
        .collect();
    Draft::new(id, format!("create {id}"), sql)
        .producing([Resource::New(id.clone()), name(id)])
        .producing(parts)
        .preferring(super::needs(cx, id))
}

fn drop(cx: &Context<'_>, id: &ObjectId) -> Draft {
    let parts = cx.live.within(id).flat_map(|(child, _)| {
        let name = matches!(child.kind(), Kind::ForeignKey | Kind::Check | Kind::Trigger).then(|| name(child));
        [Some(Resource::Old(child.clone())), name].into_iter().flatten()
    });
    Draft::new(id, format!("drop {id}"), format!("DROP TABLE {}", render::name(id)))
        .destroying([name(id)])
        .destroying(parts)
        .asking([probes::rows_of_table(cx, id)])
        .risking(users::left_over(cx, id))
}
