//! What a table or a materialized view says of one of its indexes: by which it is sorted, and which identifies its rows.

use crate::catalog::{Kind, Name, Object, ObjectId, ReplicaIdentity};
use crate::plan::{Draft, Resource};

use super::super::render::{self, address};
use super::super::sql::quote;
use super::Cx;

/// What an index can be for its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Identity,
    Order,
}

impl Use {
    fn clause(self, index: &Name) -> String {
        match self {
            Self::Identity => format!("REPLICA IDENTITY USING INDEX {}", quote(index.as_str())),
            Self::Order => format!("CLUSTER ON {}", quote(index.as_str())),
        }
    }
}

/// What an object says of its indexes.
fn said(object: &Object) -> Vec<(Use, &Name)> {
    let (identity, order) = match object {
        Object::Table(table) => (Some(&table.replica_identity), table.cluster_on.as_ref()),
        Object::View(view) => (None, view.cluster_on.as_ref()),
        _ => (None, None),
    };
    let identity = match identity {
        Some(ReplicaIdentity::Index(index)) => Some(index),
        _ => None,
    };
    let identity = identity.map(|index| (Use::Identity, index));
    identity.into_iter().chain(order.map(|index| (Use::Order, index))).collect()
}

/// What names an index of the object, once that is there, where the object did not name it yet.
pub(super) fn named(cx: &Cx<'_>, id: &ObjectId, old: Option<&Object>) -> Vec<Draft> {
    let Some(new) = cx.desired.object(id) else { return Vec::new() };
    let (old, new) = (old.map(said).unwrap_or_default(), said(new));
    let is_sorted = |said: &[(Use, &Name)]| said.iter().any(|(used, _)| *used == Use::Order);
    let alter = format!("ALTER {}", address(cx.desired, id));
    let mut drafts = Vec::new();
    if is_sorted(&old) && !is_sorted(&new) {
        drafts.push(Draft::new(id, format!("let {id} be sorted by none"), format!("{alter} SET WITHOUT CLUSTER")));
    }
    drafts.extend(new.into_iter().filter(|said| !old.contains(said)).map(|(used, index)| {
        let parts = cx.desired.children(id).map(|(part, _)| part).filter(|part| {
            matches!(part.kind(), Kind::Index | Kind::PrimaryKey | Kind::Unique | Kind::Exclusion)
                && render::plain_constraint_name(cx.desired, part) == index.as_str()
        });
        let needs: Vec<Resource> = parts.map(|part| Resource::New(part.clone())).collect();
        let sql = format!("{alter} {}", used.clause(index));
        Draft::new(id, format!("let {id} use {}", index.as_str()), sql).consuming(needs)
    }));
    drafts
}

/// What the object of an index that is made again says of it, which went with it.
pub(super) fn again(cx: &Cx<'_>, id: &ObjectId) -> Vec<String> {
    let Some(owner) = id.parent().filter(|owner| cx.live.contains(owner)) else { return Vec::new() };
    let Some(object) = cx.desired.object(owner) else { return Vec::new() };
    let name = render::plain_constraint_name(cx.desired, id);
    let alter = format!("ALTER {}", address(cx.desired, owner));
    let of_this = said(object).into_iter().filter(|(_, index)| index.as_str() == name);
    of_this.map(|(used, index)| format!("{alter} {}", used.clause(index))).collect()
}
