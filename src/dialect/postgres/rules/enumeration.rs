//! Enums. The server adds and renames values; for everything else a new type takes the place of the old one.

use crate::catalog::{Enum, Kind, Name, ObjectId};
use crate::plan::{Draft, ProbeKind, Resource, Transaction};

use super::super::render::types;
use super::super::sql::{closed, qualified, quote, string};
use super::others::of;
use super::{Alter, Cx, column, users};

/// The enum, or while another takes its place, the new one.
pub(super) fn create(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(new) = of!(cx.desired.object(id), Enum) else { return Vec::new() };
    vec![Draft::new(id, format!("create {id}"), types::enumeration(id, new))]
}

/// An enum that is replaced only steps aside first.
pub(super) fn drop(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(aside) = aside(cx, id) else { return vec![super::dispatch::dropped(cx, id)] };
    // The rows go over by their text, so they need the new names before.
    let mut sql = match (of!(cx.live.object(id), Enum), of!(cx.desired.object(id), Enum)) {
        (Some(old), Some(new)) => rename_values(id, &renames(cx, id, old, new).0),
        _ => Vec::new(),
    };
    sql.push(format!("ALTER TYPE {} RENAME TO {}", qualified(id), quote(aside.name().as_str())));
    let summary = format!("move the old {id} aside");
    vec![Draft::of(id, summary, sql).producing([Resource::New(aside)]).asking(removed_values(cx, id))]
}

/// Once every column has the new type, the old one goes.
pub(super) fn finish(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(aside) = aside(cx, id) else { return Vec::new() };
    let draft = Draft::new(id, format!("drop the old {id}"), format!("DROP TYPE {}", qualified(&aside)));
    let aside = Resource::New(aside);
    // Also columns that get another type than the new one have left it by then.
    let columns = users::holders(cx, id).into_iter().map(|holder| Resource::New(holder.column.clone()));
    vec![draft.consuming([aside.clone(), Resource::New(id.clone())]).preferring(columns).destroying([aside])]
}

/// The old type while it is replaced.
fn aside(cx: &Cx<'_>, id: &ObjectId) -> Option<ObjectId> {
    if !cx.live.contains(id) || !cx.desired.contains(id) {
        return None;
    }
    let free = |name: &ObjectId| !cx.live.contains(name) && !cx.desired.contains(name);
    let own: String = id.name().as_str().chars().take(40).collect();
    let names = (0_u32..).map(|n| if n == 0 { format!("{own}__old") } else { format!("{own}__old{n}") });
    names.map(|name| ObjectId::top(Kind::Enum, id.schema().cloned(), Name::exact(name))).find(free)
}

/// A column that goes from the old type to the new one, if that is all that happens to its type.
pub(super) fn retype(cx: &Cx<'_>, column: &ObjectId, id: &ObjectId) -> Option<Draft> {
    if id.kind() != Kind::Enum {
        return None;
    }
    let aside = aside(cx, id)?;
    let (old, new) = (of!(cx.live.object(column), Column)?, of!(cx.desired.object(column), Column)?);
    let ty = new.ty.as_ref()?.as_str();
    let text = if ty.ends_with(']') { "text[]" } else { "text" };
    let alter = column::alter_column(column);
    let name = super::super::sql::name(column);
    let mut sql = Vec::new();
    if old.default.is_some() {
        sql.push(format!("{alter} DROP DEFAULT"));
    }
    let using = cx.plan.intent.using_of(column);
    let using = using.map_or_else(|| format!("{name}::{text}::{ty}"), |using| closed(using.as_str()));
    sql.push(format!("{alter} TYPE {ty}{}", super::retype::using_clause(column, &using)));
    sql.extend(new.default.as_ref().map(|default| format!("{alter} SET DEFAULT {}", closed(default.as_str()))));
    let draft = Draft::of(column, format!("give {column} the new {id}"), sql);
    // What looks at the column is gone before.
    let draft = draft.destroying([Resource::Old(column.clone())]).risking([column::rewrite(column)]);
    Some(draft.consuming([Resource::New(id.clone()), Resource::New(aside)]))
}

/// Rows that hold what the new type lacks.
fn removed_values(cx: &Cx<'_>, id: &ObjectId) -> Vec<crate::plan::Probe> {
    let (Some(old), Some(new)) = (of!(cx.live.object(id), Enum), of!(cx.desired.object(id), Enum)) else {
        return Vec::new();
    };
    let (_, after) = renames(cx, id, old, new);
    let gone: Vec<&String> =
        old.values.iter().zip(&after).filter(|(_, name)| !new.values.contains(name)).map(|(value, _)| value).collect();
    if gone.is_empty() {
        return Vec::new();
    }
    let literals = gone.iter().map(|value| string(value)).collect::<Vec<_>>().join(", ");
    let plain = gone.iter().map(|value| format!("\"{value}\"")).collect::<Vec<_>>().join(", ");
    let meaning = format!("the enum no longer has {plain}, which stands in {{rows}}");
    let condition = |value: &str| format!("{value}::text IN ({literals})");
    let advice = "give these rows another value first, or keep the value";
    let ask = |holder| users::probe(cx, &holder, ProbeKind::Obstacle, &condition, &meaning, advice);
    // What people say of the way sees to its values.
    let is_left = |holder: &users::Holder<'_>| cx.plan.intent.using_of(holder.column).is_none();
    users::holders(cx, id).into_iter().filter(is_left).filter_map(ask).collect()
}

/// Adds what is new, in its place; anything else needs a new type.
pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let (Some(old), Some(new)) = (of!(cx.live.object(id), Enum), of!(cx.desired.object(id), Enum)) else {
        return Alter::InPlace(Vec::new());
    };
    let (renamed, values) = renames(cx, id, old, new);
    let kept: Vec<&String> = new.values.iter().filter(|value| values.contains(value)).collect();
    if kept.len() != values.len() || kept.iter().zip(&values).any(|(a, b)| *a != b) {
        return Alter::Recreate;
    }
    let mut drafts = Vec::new();
    if !renamed.is_empty() {
        drafts.push(Draft::of(id, format!("rename values of {id}"), rename_values(id, &renamed)));
    }
    let mut added = Vec::new();
    let mut names = Vec::new();
    for (at, value) in new.values.iter().enumerate().filter(|(_, value)| !values.contains(value)) {
        let place = match at.checked_sub(1).and_then(|before| new.values.get(before)) {
            Some(before) => format!(" AFTER {}", string(before)),
            None => values.first().map(|first| format!(" BEFORE {}", string(first))).unwrap_or_default(),
        };
        added.push(format!("ALTER TYPE {} ADD VALUE {}{place}", qualified(id), string(value)));
        names.push(format!("\"{value}\""));
    }
    if !added.is_empty() {
        // A new value cannot be used before the transaction that adds it has ended.
        let draft = Draft::of(id, format!("add {} to {id}", names.join(", ")), added);
        drafts.push(draft.in_transaction(Transaction::CommitAfter));
    }
    Alter::InPlace(drafts)
}

fn rename_values(id: &ObjectId, renamed: &[(String, String)]) -> Vec<String> {
    let rename = |(from, to): &(String, String)| {
        format!("ALTER TYPE {} RENAME VALUE {} TO {}", qualified(id), string(from), string(to))
    };
    renamed.iter().map(rename).collect()
}

/// The steps of the renames that people wrote, each onto a name that is free by then, and the old values, each by the name
/// that it has after them. A rename that is done already is none. Values that trade names tell by their order whether they
/// have.
fn renames(cx: &Cx<'_>, id: &ObjectId, old: &Enum, new: &Enum) -> (Vec<(String, String)>, Vec<String>) {
    let said = cx.intent.values.iter().filter(|(of, _, _)| of == id).map(|(_, from, to)| (from, to));
    let mut left: Vec<(&String, &String)> =
        said.filter(|(from, to)| from != to && old.values.contains(from) && new.values.contains(to)).collect();
    // A value that stays is renamed only where another comes in its place.
    loop {
        let all = left.clone();
        left.retain(|(from, _)| !new.values.contains(from) || all.iter().any(|(_, to)| to == from));
        if left.len() == all.len() {
            break;
        }
    }
    let mut values = old.values.clone();
    let mut steps = Vec::new();
    while let Some(at) = left.iter().position(|(_, to)| !values.contains(to)) {
        let (from, to) = left.remove(at);
        take(&mut values, from, to);
        steps.push((from.clone(), to.clone()));
    }
    let is_in_order = |values: &[String]| {
        let kept: Vec<&String> = values.iter().filter(|value| new.values.contains(value)).collect();
        kept.is_sorted_by_key(|value| new.values.iter().position(|one| one == *value))
    };
    let traded = |value: &String| left.iter().find(|(from, _)| *from == value).map_or(value, |(_, to)| *to).clone();
    let after: Vec<String> = values.iter().map(traded).collect();
    let trades = |(from, _): &(&String, &String)| left.iter().any(|(_, to)| to == from);
    if !left.is_empty() && left.iter().all(trades) && !is_in_order(&values) && is_in_order(&after) {
        let aside = |value: &String| format!("{}__trueup", value.chars().take(13).collect::<String>());
        steps.extend(left.iter().map(|(from, _)| ((*from).clone(), aside(from))));
        steps.extend(left.iter().map(|(from, to)| (aside(from), (*to).clone())));
        values = after;
    }
    (steps, values)
}

/// Gives a value another name.
fn take(values: &mut [String], from: &String, to: &String) {
    if let Some(value) = values.iter_mut().find(|value| *value == from) {
        value.clone_from(to);
    }
}
