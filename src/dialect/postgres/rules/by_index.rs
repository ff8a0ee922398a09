//! What a table or a materialized view says of one of its indexes: by which it is sorted, and which identifies its rows.

use crate::catalog::{Kind, Name, Object, ObjectId, ReplicaIdentity};
use crate::plan::{Draft, Resource};

use super::super::render::{self, address};
use super::super::sql::quote;
use super::Cx;

/// What an object says of its indexes, and the clause that says it.
fn said(object: &Object) -> Vec<(&Name, String)> {
    let (identity, cluster) = match object {
        Object::Table(table) => (Some(&table.replica_identity), table.cluster_on.as_ref()),
        Object::View(view) => (None, view.cluster_on.as_ref()),
        _ => (None, None),
    };
    let mut said = Vec::new();
    if let Some(ReplicaIdentity::Index(index)) = identity {
        said.push((index, format!("REPLICA IDENTITY USING INDEX {}", quote(index.as_str()))));
    }
    said.extend(cluster.map(|index| (index, format!("CLUSTER ON {}", quote(index.as_str())))));
    said
}

/// What names an index of the object, once that is there, where the object did not name it yet.
pub(super) fn named(cx: &Cx<'_>, id: &ObjectId, old: Option<&Object>) -> Vec<Draft> {
    let Some(new) = cx.desired.object(id) else { return Vec::new() };
    let is_cluster = |clause: &str| clause.starts_with("CLUSTER");
    let (old, new) = (old.map(said).unwrap_or_default(), said(new));
    let alter = format!("ALTER {}", address(cx.desired, id));
    let mut drafts = Vec::new();
    if old.iter().any(|(_, clause)| is_cluster(clause)) && !new.iter().any(|(_, clause)| is_cluster(clause)) {
        drafts.push(Draft::new(id, format!("let {id} be sorted by none"), format!("{alter} SET WITHOUT CLUSTER")));
    }
    drafts.extend(new.into_iter().filter(|said| !old.contains(said)).map(|(index, clause)| {
        let parts = cx.desired.children(id).map(|(part, _)| part).filter(|part| {
            matches!(part.kind(), Kind::Index | Kind::PrimaryKey | Kind::Unique | Kind::Exclusion)
                && render::plain_constraint_name(cx.desired, part) == index.as_str()
        });
        let needs: Vec<Resource> = parts.map(|part| Resource::New(part.clone())).collect();
        Draft::new(id, format!("let {id} use {}", index.as_str()), format!("{alter} {clause}")).consuming(needs)
    }));
    drafts
}

/// What the object of an index that is made again says of it, which went with it.
pub(super) fn again(cx: &Cx<'_>, id: &ObjectId) -> Vec<String> {
    let Some(owner) = id.parent().filter(|owner| cx.live.contains(owner)) else { return Vec::new() };
    let Some(object) = cx.desired.object(owner) else { return Vec::new() };
    let name = render::plain_constraint_name(cx.desired, id);
    let alter = format!("ALTER {}", address(cx.desired, owner));
    let of_this = said(object).into_iter().filter(|(index, _)| index.as_str() == name);
    of_this.map(|(_, clause)| format!("{alter} {clause}")).collect()
}
