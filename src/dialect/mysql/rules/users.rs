//! What still names a column or a table that goes. The server lets it go all the same, and what names it fails from then on.

use crate::catalog::{Kind, Object, ObjectId};
use crate::plan::{Context, Hazard, HazardKind};

use super::super::mentions::read_from;
use super::super::tokens::significant;

/// The views that are to stay and name the column, as far as nothing else that they read has one of its name.
pub(super) fn left_without(cx: &Context<'_>, column: &ObjectId) -> Vec<Hazard> {
    let Some(table) = column.parent() else { return Vec::new() };
    let own = column.name().as_str();
    let has = |other: &ObjectId| {
        other.kind() == Kind::View || cx.desired.contains(&other.child(Kind::Column, column.name().clone()))
    };
    let views = cx.desired.iter().filter_map(|(id, entry)| match &entry.object {
        Object::View(view) if entry.mentions.contains(table) => {
            let text = view.query.as_str();
            let named =
                significant(text).filter_map(|token| token.identifier(text)).any(|name| name.eq_ignore_ascii_case(own));
            let elsewhere = entry.mentions.iter().any(|other| other != table && has(other));
            (named && !elsewhere).then_some(id)
        }
        _ => None,
    });
    let broken = |id: &ObjectId| Hazard {
        kind: HazardKind::Broken,
        id: id.clone(),
        message: format!("names `{own}`, which {table} loses: it will not work"),
    };
    views.map(broken).collect()
}

/// What shares one set of names.
const RELATIONS: [Kind; 3] = [Kind::Table, Kind::View, Kind::Sequence];

/// The views that are to stay and read a table or a view that goes.
pub(super) fn left_over(cx: &Context<'_>, relation: &ObjectId) -> Vec<Hazard> {
    let own = relation.name().as_str();
    let takes_place = |kind| cx.desired.contains(&ObjectId::top(kind, None, relation.name().clone()));
    if RELATIONS.into_iter().any(takes_place) {
        return Vec::new();
    }
    let views = cx.desired.iter().filter(|(_, entry)| match &entry.object {
        Object::View(view) => read_from(view.query.as_str()).contains(own),
        _ => false,
    });
    let broken = |id: &ObjectId| Hazard {
        kind: HazardKind::Broken,
        id: id.clone(),
        message: format!("reads {relation}, which is dropped: it will not work"),
    };
    views.map(|(id, _)| broken(id)).collect()
}
