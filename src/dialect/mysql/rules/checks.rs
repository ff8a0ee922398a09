//! Checks: dropped and added in the one ALTER TABLE of their table, or off before, where tables trade their names.

use std::collections::BTreeSet;

use crate::catalog::{Kind, Name, Object, ObjectId};
use crate::plan::{Context, Draft};

use super::super::render;
use super::super::sql::quote;
use super::alter::{Clauses, names_any};
use super::{name, probes};

/// The clauses of checks. Those over a column that is dropped and added again go with it.
pub(super) fn clauses(
    cx: &Context<'_>,
    table: &ObjectId,
    (traded, remade): (&BTreeSet<&ObjectId>, &BTreeSet<Name>),
    out: &mut Clauses,
) {
    let drop = |id: &ObjectId| format!("DROP CONSTRAINT {}", quote(id.name().as_str()));
    let of_table = |id: &&ObjectId| id.kind() == Kind::Check && id.parent() == Some(table);
    for id in cx.deltas.keys().filter(of_table) {
        if cx.live.contains(id) && !traded.contains(id) {
            out.drops.push(drop(id));
        }
        if let Some(Object::Check(check)) = cx.desired.object(id) {
            out.adds.push(format!("ADD {}", render::check(id, check)));
            out.probes.extend(probes::violations(cx, id, check));
        }
    }
    for (id, _) in cx.live.children(table).filter(|(id, entry)| cx.delta(id).is_none() && names_any(entry, remade)) {
        if let Some(Object::Check(check)) = cx.desired.object(id) {
            out.drops.push(drop(id));
            out.adds.push(format!("ADD {}", render::check(id, check)));
        }
    }
    let is_computed_anew = |id: &ObjectId| id.parent() == Some(table) && probes::is_computed_anew(cx, id);
    for (id, entry) in cx.live.children(table).filter(|(id, _)| cx.delta(id).is_none()) {
        if let Some(Object::Check(check)) = cx.desired.object(id)
            && entry.mentions.iter().any(is_computed_anew)
        {
            out.probes.extend(probes::violations(cx, id, check));
        }
    }
}

/// The checks of a table whose names those of other tables take: they come off first, as two tables may trade them.
pub(super) fn traded<'a>(cx: &'a Context<'_>, table: &'a ObjectId) -> BTreeSet<&'a ObjectId> {
    let own = cx.live.children(table).map(|(id, _)| id);
    let off: Vec<&ObjectId> = own.filter(|id| id.kind() == Kind::Check && cx.delta(id).is_some()).collect();
    if off.is_empty() {
        return BTreeSet::new();
    }
    let changed = cx.deltas.keys().filter(|id| id.kind() == Kind::Check);
    let on = changed.filter(|id| id.parent() != Some(table) && cx.desired.contains(id));
    let taken: BTreeSet<&Name> = on.map(ObjectId::name).collect();
    off.into_iter().filter(|id| taken.contains(id.name())).collect()
}

/// Takes these checks off.
pub(super) fn without_traded(cx: &Context<'_>, table: &ObjectId) -> Option<Draft> {
    let traded = traded(cx, table);
    if traded.is_empty() {
        return None;
    }
    let drop = |id: &&ObjectId| format!("DROP CONSTRAINT {}", quote(id.name().as_str()));
    let clauses: Vec<String> = traded.iter().map(drop).collect();
    let sql = format!("ALTER TABLE {} {}", render::name(table), clauses.join(", "));
    let draft = Draft::new(table, format!("take checks off {table}"), sql);
    Some(draft.destroying(traded.iter().map(|id| name(id))))
}
