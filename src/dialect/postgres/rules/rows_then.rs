//! The rows that there are, as the plan is to leave them: what is asked over columns that change or are new.

use crate::catalog::{Column, Kind, Object, ObjectId};
use crate::diff::Delta;
use crate::plan::Probe;

use super::super::home_types::written;
use super::super::sql::{name, parenthesised};
use super::column::{column, conversion, is_retyped};
use super::of_domain::Domains;
use super::probes::{Whose, check_fails, duplicates, nulls_of, orphans, rows_now};
use super::{Cx, heirs, kept, retype};

/// What a column is to hold in the rows that there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// What it holds now.
    Kept,
    /// An expression over the columns as they are, under their new names.
    Sql(String),
    /// What only the server knows, once it has done it.
    Unknown,
}

/// What a column is to hold. One that comes from a table above is asked of there.
pub(super) fn value(cx: &Cx<'_>, id: &ObjectId) -> Value {
    let Some(new) = column(cx.desired.object(id)) else { return Value::Kept };
    let Some(old) = column(cx.live.object(id)) else { return filled(cx, id, new).map_or(Value::Unknown, Value::Sql) };
    if new.generated.is_some() {
        return generated(cx, id, old, new);
    }
    let of_nulls = cx.intent.backfill_of(id).filter(|_| old.null && !new.null);
    let with_nulls = |kept: &str| match of_nulls {
        Some(value) => format!("coalesce({kept}, {})", parenthesised(value.as_str())),
        None => kept.to_owned(),
    };
    if is_retyped(cx, id) {
        return if rests_on_changes(cx, id) {
            in_words(cx, id, new).map_or(Value::Unknown, |ty| Value::Sql(with_nulls(&format!("{}::{ty}", name(id)))))
        } else {
            let converted = conversion(cx, id, old, new).unwrap_or_else(|| name(id));
            // The rows without a value get theirs when the column has its type.
            Value::Sql(with_nulls(&format!("{}::{}", parenthesised(&converted), retype::of(new))))
        };
    }
    if of_nulls.is_some() { Value::Sql(with_nulls(&name(id))) } else { Value::Kept }
}

/// The type in which the values of a column can be asked that gets one which comes or changes with the plan: those of an enum
/// are told apart by their words, those of a domain by what it is over.
fn in_words(cx: &Cx<'_>, id: &ObjectId, new: &Column) -> Option<String> {
    let below = kept::innermost(cx.plan.desired, retype::of(new));
    if cx.intent.using_of(id).is_some() || below.ends_with(']') {
        return None;
    }
    if is_enum(cx, &below) {
        return Some("text".to_owned());
    }
    // What is of the database's own making is there already.
    (below != retype::of(new) && !below.contains('.') && retype::is_known(retype::base(&below))).then_some(below)
}

fn is_enum(cx: &Cx<'_>, ty: &str) -> bool {
    written(Kind::Enum, ty).is_some_and(|id| cx.desired.contains(&id))
}

/// Whether the values of a column are asked as words that have another order than what they will be.
pub(super) fn has_other_order(cx: &Cx<'_>, id: &ObjectId) -> bool {
    let Some(new) = column(cx.desired.object(id)) else { return false };
    let comes = !cx.live.contains(id) || is_retyped(cx, id);
    comes && rests_on_changes(cx, id) && is_enum(cx, &kept::innermost(cx.plan.desired, retype::of(new)))
}

/// What is computed of columns that stay as they are.
fn generated(cx: &Cx<'_>, id: &ObjectId, old: &Column, new: &Column) -> Value {
    let Some(generated) = &new.generated else { return Value::Unknown };
    let entry = cx.desired_entry(id);
    let sources = entry.into_iter().flat_map(|entry| &entry.mentions).filter(|other| other.kind() == Kind::Column);
    let sources_stay = sources.clone().all(|other| other == id || value(cx, other) == Value::Kept);
    if sources_stay && old.generated.as_ref() == Some(generated) && !is_retyped(cx, id) {
        return Value::Kept;
    }
    if !sources_stay || rests_on_changes(cx, id) {
        return Value::Unknown;
    }
    Value::Sql(format!("{}::{}", parenthesised(generated.sql.as_str()), retype::of(new)))
}

/// What the rows that there are get in a new column; none where each may get another.
fn filled(cx: &Cx<'_>, id: &ObjectId, column: &Column) -> Option<String> {
    if column.identity.is_some() {
        return None;
    }
    let words = rests_on_changes(cx, id).then(|| in_words(cx, id, column));
    let ty = match &words {
        None => retype::of(column),
        Some(Some(words)) if column.generated.is_none() => words,
        Some(_) => return None,
    };
    if let Some(generated) = &column.generated {
        let mut sources = cx.desired_entry(id)?.mentions.iter().filter(|other| other.kind() == Kind::Column);
        let stay = sources.all(|other| other == id || value(cx, other) == Value::Kept);
        return stay.then(|| format!("{}::{ty}", parenthesised(generated.sql.as_str())));
    }
    // A default that calls a function gives each row a value of its own, as a rule.
    let constant = column.default.as_ref().filter(|value| !value.as_str().contains('('));
    if let Some(value) = cx.intent.backfill_of(id).or(constant) {
        let value = (!value.as_str().contains("nextval")).then(|| parenthesised(value.as_str()))?;
        return Some(if words.is_some() { format!("{value}::{ty}") } else { value });
    }
    let is_null = column.default.is_none() && !Domains::of(cx.desired, id, column).have_default();
    is_null.then(|| format!("NULL::{ty}"))
}

/// Whether it needs what the database does not have yet, a type or a function.
pub(super) fn rests_on_changes(cx: &Cx<'_>, id: &ObjectId) -> bool {
    let changes = |other: &ObjectId| matches!(cx.delta(other), Some(Delta::Create | Delta::Alter));
    let of = |id: &ObjectId| cx.desired_entry(id).map(|entry| entry.references(id)).unwrap_or_default();
    let all = of(id);
    // A value of an own column is one of its type.
    let own = all.iter().filter(|other| other.root() == id.root() && other.kind() == Kind::Column);
    let types: Vec<ObjectId> = own.flat_map(of).collect();
    all.iter().chain(&types).any(|other| other.root() != id.root() && changes(other))
}

/// The table as it is to be, where a question over it can be asked: `(SELECT a, (a + 1)::bigint AS b FROM t) AS t`.
pub(super) fn of(cx: &Cx<'_>, table: &ObjectId, whose: Whose) -> String {
    let live = heirs::columns_with_inherited(cx.live, table);
    let new = cx.desired.columns(table).into_iter().map(|(id, _)| id).filter(|id| !cx.live.contains(id));
    let mut changed = false;
    let mut list = Vec::new();
    for id in live.into_iter().chain(new) {
        match value(cx, id) {
            Value::Sql(sql) => {
                changed = true;
                list.push(format!("{sql} AS {}", name(id)));
            }
            _ if cx.live.contains(id) || id.root() != table => list.push(name(id)),
            Value::Kept | Value::Unknown => {}
        }
    }
    let rows = rows_now(cx, table, whose);
    if changed { format!("(SELECT {} FROM {rows}) AS {}", list.join(", "), name(table)) } else { rows }
}

/// What the new values of a column may break that stays as it is: NOT NULL, checks, keys, and foreign keys both ways.
pub(super) fn broken(cx: &Cx<'_>, id: &ObjectId, new: &Column) -> Vec<Probe> {
    let (Value::Sql(value), Some(table)) = (value(cx, id), id.parent()) else { return Vec::new() };
    let mut probes = Vec::new();
    if !new.null {
        probes.extend(nulls_of(cx, id, &value));
    }
    let rests = |part: &ObjectId| cx.desired.get(part).is_some_and(|entry| entry.references(part).contains(id));
    for (part, entry) in cx.desired.children(table).filter(|(part, _)| cx.delta(part).is_none() && rests(part)) {
        probes.extend(match &entry.object {
            Object::Check(check) => check_fails(cx, part, check),
            Object::ForeignKey(key) => orphans(cx, part, key),
            _ => duplicates(cx, part),
        });
        if matches!(entry.object, Object::PrimaryKey(_) | Object::Unique(_)) {
            probes.extend(referring(cx, table));
        }
    }
    probes
}

/// The foreign keys that refer to a table, and stay.
fn referring(cx: &Cx<'_>, table: &ObjectId) -> Vec<Probe> {
    let keys = cx.desired.iter().filter_map(|(id, entry)| match &entry.object {
        Object::ForeignKey(key) if key.references == *table && id.root() != table => Some((id, key)),
        _ => None,
    });
    keys.filter(|(id, _)| cx.delta(id).is_none()).filter_map(|(id, key)| orphans(cx, id, key)).collect()
}
