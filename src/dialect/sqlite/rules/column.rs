//! Columns: ADD COLUMN, DROP COLUMN and ALTER COLUMN where they can do it, else a copy.

use crate::catalog::{Column, Kind, Name, Object, ObjectId, OptionKey, Sql};
use crate::diff::Delta;
use crate::plan::{Context, Draft, Resource, Way};

use super::super::dialect::FOLDING;
use super::super::parse::{self, ConstraintDef};
use super::super::sql::quote;
use super::super::tokens::{TokenKind, significant};
use super::super::{canonical, render};
use super::{ALTERED, CLEARED, alter, constraint, owner, probes, rebuild};

pub(super) fn way(cx: &Context<'_>, id: &ObjectId, delta: Delta) -> Way {
    match (cx.live.object(id), cx.desired.object(id)) {
        (None, Some(Object::Column(column))) if can_add(cx, id, column) => Way::InPlace(vec![add(cx, id)]),
        (Some(Object::Column(column)), None)
            if can_drop(cx, id) && rebuild::unregistered_collation(cx.live).is_none() =>
        {
            Way::InPlace(vec![drop(cx, id, column)])
        }
        (Some(Object::Column(old)), Some(Object::Column(new)))
            if delta == Delta::Alter && only_null(cx, id, old, new) =>
        {
            Way::InPlace(vec![set_null(cx, id, new)])
        }
        _ => Way::Rebuild,
    }
}

/// Whether a column is called as SQLite calls the rowid: no ALTER adds, drops or renames it.
pub(super) fn is_rowid_word(id: &ObjectId) -> bool {
    ["rowid", "_rowid_", "oid"].contains(&id.name().key())
}

/// ADD COLUMN takes no STORED column, and on a table with rows neither a default that is not constant
/// (nor CURRENT_TIMESTAMP) nor NOT NULL without a default (documentation of ALTER TABLE ADD COLUMN).
pub(super) fn can_add(cx: &Context<'_>, id: &ObjectId, column: &Column) -> bool {
    if is_rowid_word(id) || cx.renames.remade.contains_key(id) {
        return false;
    }
    if cx.intent.backfill_of(id).is_some() || column.generated.as_ref().is_some_and(|generated| generated.stored) {
        return false;
    }
    match &column.default {
        None => column.null || column.generated.is_some(),
        Some(default) => is_constant(default) && (column.null || !is_null(default)),
    }
}

fn is_constant(default: &Sql) -> bool {
    let tokens: Vec<_> = significant(default.as_str()).collect();
    let literal = |at: usize| {
        tokens.get(at).is_some_and(|token| match token.kind {
            TokenKind::String | TokenKind::Blob | TokenKind::Number | TokenKind::DoubleQuoted | TokenKind::Quoted => {
                true
            }
            TokenKind::Word => !token.text(default.as_str()).to_ascii_lowercase().starts_with("current_"),
            _ => false,
        })
    };
    match tokens.as_slice() {
        [_] => literal(0),
        [sign, _] => matches!(sign.text(default.as_str()), "+" | "-") && literal(1),
        _ => false,
    }
}

fn is_null(default: &Sql) -> bool {
    default.canonical().eq_ignore_ascii_case("null")
}

fn add(cx: &Context<'_>, id: &ObjectId) -> Draft {
    // A foreign key of this column alone comes with it.
    let keys: Vec<ObjectId> = cx
        .desired
        .children(owner(id))
        .filter(|(key, entry)| {
            matches!(&entry.object, Object::ForeignKey(_)) && constraint::comes_with(cx, key) == Some(id.clone())
        })
        .map(|(key, _)| key.clone())
        .collect();
    let definition = render::column_definition(cx.desired, id, &keys);
    let mentions = cx.desired.get(id).map(|entry| entry.mentions.clone()).unwrap_or_default();
    let orphans = keys.iter().filter_map(|key| probes::orphans(cx, key));
    let nulls = match cx.desired.object(id) {
        Some(Object::Column(Column { null: false, generated: Some(_), .. })) => Some(probes::generated_nulls(cx, id)),
        _ => None,
    };
    // New columns stand in the order in which they are written.
    let columns = cx.desired.columns(owner(id)).into_iter().map(|(other, _)| other);
    let before = columns.take_while(|other| *other != id).filter(|other| cx.delta(other) == Some(Delta::Create)).last();
    Draft::new(id, format!("add {id}"), format!("{} ADD COLUMN {definition}", alter(id)))
        .producing([Resource::New(id.clone())])
        .preferring(before.map(|other| Resource::New(other.clone())))
        .producing(keys.iter().map(|key| Resource::New(key.clone())))
        .consuming([Resource::Old(owner(id).clone())])
        .preferring(mentions.into_iter().map(Resource::New))
        .asking(orphans)
        .asking(nulls)
}

/// Whether a check goes with a column that DROP COLUMN drops: it stands in its definition.
pub(super) fn takes_along(cx: &Context<'_>, check: &ObjectId) -> bool {
    let column = stands_on(cx, check);
    let is_dropped = |id: &ObjectId| cx.delta(id) == Some(Delta::Drop) && can_drop(cx, id);
    column.is_some_and(|id| is_dropped(&id) && rebuild::unregistered_collation(cx.live).is_none())
}

/// The column in whose definition a live check stands, as its table was written.
fn stands_on(cx: &Context<'_>, check: &ObjectId) -> Option<ObjectId> {
    let Object::Check(own) = cx.live.object(check)? else { return None };
    let table = check.parent()?;
    let source = cx.live.get(table)?.source.as_deref()?;
    let written = parse::create_table(source).ok()?;
    let same = |sql: &str| canonical::expression(sql) == own.sql;
    let columns: Vec<Option<String>> = written
        .constraints
        .into_iter()
        .filter_map(|constraint| match constraint {
            ConstraintDef::Check { sql, on_column, .. } if same(sql) => Some(on_column),
            _ => None,
        })
        .collect();
    match columns.as_slice() {
        [Some(column)] => Some(table.child(Kind::Column, Name::new(column, FOLDING))),
        _ => None,
    }
}

/// DROP COLUMN refuses a column of a key, and one that a constraint or another column names. A named check
/// and an index that go too are dropped before.
fn can_drop(cx: &Context<'_>, id: &ObjectId) -> bool {
    let in_the_way = |(other, entry): (&ObjectId, &crate::catalog::Entry)| {
        let goes_first = match other.kind() {
            Kind::Index => cx.delta(other).is_some(),
            // It is dropped by its name, and if it is only altered then added again at the end.
            Kind::Check if cx.delta(other) == Some(Delta::Drop) && stands_on(cx, other).as_ref() == Some(id) => true,
            Kind::Check | Kind::ForeignKey => {
                let goes = matches!(cx.delta(other), Some(Delta::Drop | Delta::Alter));
                goes && constraint::can_drop(cx, other) && (other.kind() == Kind::Check || !cx.desired.contains(other))
            }
            Kind::Trigger => true,
            _ => false,
        };
        !goes_first && other != id && entry.references(other).contains(id)
    };
    let becomes_another = cx.renames.remade.values().any(|old| old == id);
    !is_rowid_word(id) && !becomes_another && !cx.live.children(owner(id)).any(in_the_way)
}

fn drop(cx: &Context<'_>, id: &ObjectId, column: &Column) -> Draft {
    let added = cx
        .desired
        .children(owner(id))
        .filter(|(other, _)| cx.delta(other) == Some(Delta::Create) && other.kind() == Kind::Column);
    let draft =
        Draft::new(id, format!("drop {id}"), format!("{} DROP COLUMN {}", alter(id), quote(id.name().as_str())))
            .destroying([Resource::Old(id.clone())])
            .consuming([CLEARED, Resource::Old(owner(id).clone())])
            // A table is never without a column: what is added comes first.
            .preferring(added.map(|(id, _)| Resource::New(id.clone())))
            .producing([ALTERED]);
    if column.generated.is_some() { draft } else { draft.asking([probes::values_lost(cx, id)]) }
}

/// Whether NULL is all that differs, in a form that ALTER COLUMN takes (SQLite 3.53).
fn only_null(cx: &Context<'_>, id: &ObjectId, old: &Column, new: &Column) -> bool {
    let same_but_null = Column { null: new.null, ..old.clone() } == *new;
    let plain = new.options.get(OptionKey::OnConflict).is_none() && cx.intent.backfill_of(id).is_none();
    let table_changes = cx.delta(owner(id)) == Some(Delta::Alter);
    same_but_null && plain && !table_changes
}

fn set_null(cx: &Context<'_>, id: &ObjectId, new: &Column) -> Draft {
    let probe = || if new.generated.is_some() { probes::generated_nulls(cx, id) } else { probes::nulls(cx, id, None) };
    let (verb, probe) = if new.null { ("DROP", None) } else { ("SET", Some(probe())) };
    let column = quote(id.name().as_str());
    Draft::new(
        id,
        format!("{} not null of {id}", verb.to_lowercase()),
        format!("{} ALTER COLUMN {column} {verb} NOT NULL", alter(id)),
    )
    .consuming([Resource::Old(owner(id).clone())])
    .asking(probe)
}
