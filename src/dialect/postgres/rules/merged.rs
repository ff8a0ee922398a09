//! Columns that a table defines and a parent of it too: the server changes their types with the parent's, and no
//! otherwise.

use crate::catalog::{Column, Kind, Object, ObjectId};

use super::Cx;
use super::column::{column, is_retyped};

/// The column of a parent that gets the same type in this plan.
pub(super) fn retyped_above(cx: &Cx<'_>, id: &ObjectId) -> Option<ObjectId> {
    let table = id.parent()?;
    let stays = |parent: &&ObjectId| is_parent(cx.live.object(table), parent);
    let parents = cx.desired.object(table)?.parents().filter(|parent| is_parent(cx.desired.object(table), parent));
    let theirs = parents.filter(stays).map(|parent| parent.child(Kind::Column, id.name().clone()));
    let ty = |id: &ObjectId| column(cx.desired.object(id)).and_then(|column| column.ty.clone());
    let mut found = theirs.filter(|theirs| is_retyped(cx, theirs) && ty(theirs) == ty(id));
    found.next().filter(|_| is_retyped(cx, id))
}

/// What the change of the parent's column makes of this one.
pub(super) fn after(cx: &Cx<'_>, above: &ObjectId, old: &Column) -> Column {
    let (Some(was), Some(is)) = (column(cx.live.object(above)), column(cx.desired.object(above))) else {
        return old.clone();
    };
    Column {
        ty: is.ty.clone(),
        collation: is.collation.clone(),
        // The default is taken away for the conversion, and then set anew, here as there.
        default: if was.default.is_some() || is.default.is_some() { is.default.clone() } else { old.default.clone() },
        null: if was.null == is.null { old.null } else { is.null },
        ..old.clone()
    }
}

fn is_parent(object: Option<&Object>, parent: &ObjectId) -> bool {
    object.is_some_and(|object| object.partition_of().is_none() && object.parents().any(|one| one == parent))
}
