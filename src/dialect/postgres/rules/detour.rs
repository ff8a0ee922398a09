//! A column that is something else for a while, because what it rests on is made again.

use crate::catalog::ObjectId;
use crate::plan::{Draft, Resource};

use super::super::render::collation;
use super::super::sql::{closed, name, quote};
use super::as_text::{self, AsText};
use super::column::{alter_column, column, old_type, rewrite};
use super::retype::using_clause;
use super::{Cx, casts, kept, needs, probes, retype};

/// A column with the database's collation, while its own is made again; no row is written for it.
pub(super) fn without_collation(cx: &Cx<'_>, id: &ObjectId) -> Draft {
    let sql = format!("{} TYPE {} COLLATE \"default\"", alter_column(id), old_type(cx, id));
    Draft::new(id, format!("keep {id} in another order meanwhile"), sql)
        .destroying([Resource::Old(id.clone())])
        .consuming(needs::standing(id).into_iter().skip(1))
}

/// The column with its collation again.
pub(super) fn with_collation(cx: &Cx<'_>, id: &ObjectId) -> Draft {
    let own = column(cx.desired.object(id)).and_then(|column| column.collation.as_ref()).map(collation);
    let own = own.unwrap_or_else(|| quote("default"));
    let sql = format!("{} TYPE {} COLLATE {own}", alter_column(id), old_type(cx, id));
    let entry = cx.desired_entry(id);
    let needs = entry.map(|entry| entry.references(id)).unwrap_or_default().into_iter().map(Resource::New);
    Draft::new(id, format!("give {id} its collation again"), sql)
        .preferring(needs)
        .in_schema(entry.and_then(|entry| entry.in_schema.as_ref()))
}

/// A column as text, while its type is made again.
pub(super) fn to_text(cx: &Cx<'_>, id: &ObjectId) -> Draft {
    let mut sql = Vec::new();
    let old = column(cx.live.object(id));
    if old.is_some_and(|column| column.default.is_some()) {
        sql.push(format!("{} DROP DEFAULT", alter_column(id)));
    }
    let new = column(cx.desired.object(id)).and_then(|column| column.ty.as_ref()).map_or("", |ty| ty.as_str());
    let old = old_type(cx, id);
    let text = if old.ends_with(']') { "text[]" } else { "text" };
    let AsText { before, using, after, odd } = as_text::of_column(cx, id, old, new);
    sql.extend(before);
    sql.push(format!("{} TYPE {text}{}", alter_column(id), using_clause(id, &using)));
    sql.extend(after);
    Draft::of(id, format!("keep {id} as text meanwhile"), sql)
        .destroying([Resource::Old(id.clone())])
        .consuming(needs::standing(id).into_iter().skip(1))
        .asking(odd.and_then(|condition| probes::odd_arrays(cx, id, &condition)))
        .risking([rewrite(id)])
}

/// The column with its type again.
pub(super) fn from_text(cx: &Cx<'_>, id: &ObjectId) -> Draft {
    let mut sql = Vec::new();
    let mut probe = None;
    if let Some(new) = column(cx.desired.object(id)) {
        let ty = new.ty.as_ref().map_or("", |ty| ty.canonical());
        let using = cx.intent.using_of(id).map(|using| closed(using.as_str()));
        // What was a domain goes by the type below it: '5.00' is no integer, 5.00 is.
        let to = kept::innermost(cx.plan.desired, ty);
        let below = probes::domain_base(cx, old_type(cx, id))
            .filter(|below| is_cast(below) && casts::cast(below, &to).is_some());
        let using = using.unwrap_or_else(|| match below {
            Some(below) => format!("{}::{below}::{ty}", name(id)),
            None => format!("{}::{ty}", name(id)),
        });
        sql.push(format!("{} TYPE {ty}{}", alter_column(id), using_clause(id, &using)));
        let default = new.default.as_ref().map(crate::catalog::Sql::as_str);
        sql.extend(default.map(|default| format!("{} SET DEFAULT {}", alter_column(id), closed(default))));
        let values = probes::enum_values(cx, ty);
        probe = values
            .and_then(|values| probes::unconvertible(cx, id, &format!("{}::text NOT IN ({values})", name(id)), ty));
    }
    let entry = cx.desired_entry(id);
    let needs = entry.map(|entry| entry.references(id)).unwrap_or_default().into_iter().map(Resource::New);
    Draft::of(id, format!("give {id} its type again"), sql)
        .asking(probe)
        .preferring(needs)
        .in_schema(entry.and_then(|entry| entry.in_schema.as_ref()))
}

/// Whether casts lead from a type to others: a range, say, is only read as one over another type.
fn is_cast(ty: &str) -> bool {
    retype::is_known(retype::base(ty))
}
