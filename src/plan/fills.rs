//! What fills a column may read rows that the same plan drops: it comes first.

use std::collections::BTreeSet;

use crate::catalog::{Kind, ObjectId};
use crate::diff::Delta;

use super::draft::{Draft, Resource};
use super::rules::Context;

/// Has the steps that run a `backfill` or a `using` run before what its text names goes: a column that moves to another
/// table takes its values along.
pub(super) fn before_drops(cx: &Context<'_>, drafts: &mut [Draft]) {
    let goes = |(id, delta): &(&ObjectId, &Delta)| {
        **delta == Delta::Drop && matches!(id.kind(), Kind::Table | Kind::View | Kind::Column | Kind::ForeignTable)
    };
    let dropped: Vec<&ObjectId> = cx.deltas.iter().filter(goes).map(|(id, _)| id).collect();
    if dropped.is_empty() {
        return;
    }
    for (column, sql) in cx.intent.backfill.iter().chain(&cx.intent.using) {
        let words = words(sql.as_str());
        let is_named = |id: &&&ObjectId| {
            let own = |id: &ObjectId| words.contains(&id.name().as_str().to_lowercase());
            id.root() != column.root() && own(id) && id.parent().is_none_or(own)
        };
        let named: Vec<Resource> = dropped.iter().filter(is_named).map(|id| Resource::Old((*id).clone())).collect();
        if named.is_empty() {
            continue;
        }
        let runs = |draft: &Draft| draft.step.sql.iter().any(|statement| statement.contains(sql.as_str()));
        for draft in drafts.iter_mut().filter(|draft| draft.step.id.root() == column.root() && runs(draft)) {
            draft.prefers.extend(named.iter().cloned());
        }
    }
}

/// The words of a text, whatever they are.
fn words(sql: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    sql.split(|c| !is_part(c)).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
