//! What fills a column may read rows that the same plan drops: it comes first.

use std::collections::BTreeSet;

use crate::catalog::{Kind, Object, ObjectId};
use crate::diff::Delta;

use super::artifact::{Probe, ProbeKind};
use super::draft::{Draft, Resource};
use super::rules::{Context, Rules};

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

/// Has what a step evaluates for the rows evaluated beforehand, where it rests on nothing that the plan changes.
pub(super) fn tried(cx: &Context<'_>, rules: &dyn Rules, drafts: &mut [Draft]) {
    let backfills = cx.intent.backfill.iter().filter(|(id, _)| is_filled(cx, id)).map(|run| (run, "backfill"));
    let usings = cx.intent.using.iter().filter(|(id, _)| is_converted(cx, id)).map(|run| (run, "using"));
    for ((id, sql), word) in backfills.chain(usings) {
        let words = words(sql.as_str());
        let says = |other: &ObjectId| {
            let name = other.name().as_str().split('(').next().unwrap_or_default().to_lowercase();
            words.contains(&name)
        };
        let is_named = |other: &ObjectId| {
            let of_another = other.root() != id.root() && says(other.root());
            let matters = other.kind() != Kind::Column || of_another || (other.root() == id.root() && other != id);
            matters && other != id.root() && says(other)
        };
        let is_new = !cx.live.contains(id) && words.contains(&id.name().as_str().to_lowercase());
        let is_named_anew = |other: &ObjectId| other == id.root() || other.kind() == Kind::Column;
        let is_renamed = cx.renames.origins.iter().any(|(new, old)| {
            let is_own = new.root() == id.root() && is_named_anew(new);
            is_own || (new.root() != id.root() && (says(new) || says(old)))
        });
        let elsewhere = cx.desired.get(id).is_some_and(|entry| entry.in_schema.is_some());
        let Some(table) = id.parent().filter(|table| cx.live.contains(table)) else { continue };
        if is_new || is_renamed || elsewhere || cx.deltas.keys().any(is_named) {
            continue;
        }
        let Some(count) = rules.trial(cx, table, sql) else { continue };
        let probe = Probe {
            kind: ProbeKind::Trial,
            id: id.clone(),
            count,
            examples: None,
            otherwise: None,
            meaning: format!("its `{word}` cannot be evaluated"),
            advice: "correct it in the TOML".to_owned(),
        };
        let own = drafts.iter().position(|draft| draft.step.id == *id);
        let own = own.or_else(|| drafts.iter().position(|draft| draft.step.id.root() == id.root()));
        if let Some(draft) = own.and_then(|at| drafts.get_mut(at)) {
            draft.step.probes.push(probe);
        }
    }
}

/// Whether the rows that there are get a value in a column.
fn is_filled(cx: &Context<'_>, id: &ObjectId) -> bool {
    match (cx.live.object(id), cx.desired.object(id)) {
        (None, Some(Object::Column(_))) => cx.delta(id) == Some(Delta::Create),
        (Some(Object::Column(old)), Some(Object::Column(new))) => old.null && !new.null,
        _ => false,
    }
}

/// Whether a column gets another type.
fn is_converted(cx: &Context<'_>, id: &ObjectId) -> bool {
    match (cx.live.object(id), cx.desired.object(id)) {
        (Some(Object::Column(old)), Some(Object::Column(new))) => old.ty != new.ty,
        _ => false,
    }
}

/// The words of a text, whatever they are.
fn words(sql: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    sql.split(|c| !is_part(c)).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
