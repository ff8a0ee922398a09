//! NOT NULL: since PostgreSQL 18 a constraint with a name, which can be in the way of another.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Column, Kind, Name, NotNull, Object, ObjectId};
use crate::diff::Delta;
use crate::plan::{Draft, Resource};

use super::super::render::{bound, relation};
use super::super::sql::{made_up_name, name, parenthesised, quote};
use super::column::{alter_column, alter_table, column, rename_constraint};
use super::heirs::{column_names, is_attached, parents};
use super::{Cx, needs};

/// The statements that make a column NOT NULL, or nullable, or give its constraint another name.
pub(super) fn changes(cx: &Cx<'_>, id: &ObjectId, old: &Column, new: &Column) -> Vec<String> {
    let (table, column) = (alter_table(id), alter_column(id));
    let mut sql = Vec::new();
    let backfill = cx.intent.backfill_of(id).filter(|_| !new.null && old.null && cx.live.contains(id));
    sql.extend(backfill.map(|value| {
        format!(
            "UPDATE {} SET {column} = {value} WHERE {column} IS NULL",
            relation(id),
            column = name(id),
            value = parenthesised(value.as_str())
        )
    }));
    let said = |column| constraint(column).cloned().map(|not_null| as_altered(cx, id, new, not_null));
    let (was, is) = (said(old).filter(is_said), said(new).filter(is_said));
    let (was, is) = (was.as_ref(), is.as_ref());
    if old.null == new.null && was == is {
        return sql;
    }
    if !old.null && (new.null || was != is) {
        if is_renamed(old, new) {
            let (from, to) = (own_name(id, was), own_name(id, is));
            if was.is_some_and(|was| was.not_valid) {
                sql.push(format!("{table} VALIDATE CONSTRAINT {}", quote(&from)));
            }
            if from != to {
                let to = if is_taken(cx, id, &to) { aside(cx, id, &to) } else { to };
                sql.push(rename_constraint(id, &from, &to));
            }
            return sql;
        }
        sql.push(format!("{column} DROP NOT NULL"));
    }
    if !new.null {
        sql.push(match is {
            None => format!("{column} SET NOT NULL"),
            Some(not_null) => {
                let named = not_null.name.as_ref();
                let named = named.map_or(String::new(), |name| format!("CONSTRAINT {} ", quote(name.as_str())));
                let no_inherit = if not_null.no_inherit { " NO INHERIT" } else { "" };
                let not_valid = if not_null.not_valid { " NOT VALID" } else { "" };
                format!("{table} ADD {named}NOT NULL {}{no_inherit}{not_valid}", name(id))
            }
        });
    }
    sql
}

/// The step that changes a column, with the constraint names that it takes and frees. A name that another has until then
/// is taken by a step of its own: two may trade theirs.
pub(super) fn steps(cx: &Cx<'_>, id: &ObjectId, draft: Draft) -> Vec<Draft> {
    let draft = draft.consuming(freed_above(cx, id).map(Resource::New));
    let (had, has) = (takes(cx, cx.live, id), takes(cx, cx.desired, id));
    if had == has {
        return vec![draft];
    }
    let draft = draft.destroying(had);
    match (column(cx.live.object(id)), column(cx.desired.object(id))) {
        (Some(old), Some(new)) if is_renamed(old, new) => {
            let to = own_name(id, constraint(new));
            if is_taken(cx, id, &to) {
                let sql = rename_constraint(id, &aside(cx, id, &to), &to);
                return vec![draft, Draft::new(id, format!("name the NOT NULL of {id}"), sql).producing(has)];
            }
        }
        _ => {}
    }
    vec![draft.producing(has)]
}

/// The column of a parent that becomes nullable too, and before this one ("cannot drop inherited constraint").
fn freed_above(cx: &Cx<'_>, id: &ObjectId) -> Option<ObjectId> {
    let null = |catalog: &Catalog, id: &ObjectId| column(catalog.object(id)).map(|column| column.null);
    let is_freed = |id: &ObjectId| null(cx.live, id) == Some(false) && null(cx.desired, id) == Some(true);
    let above = parents(cx.live.object(id.root())).into_iter();
    above.map(|(parent, _)| parent.child(Kind::Column, id.name().clone())).find(is_freed).filter(|_| is_freed(id))
}

/// The constraint name that a column takes in its table. What it inherits is named above.
pub(super) fn takes(cx: &Cx<'_>, catalog: &Catalog, id: &ObjectId) -> Option<Resource> {
    let column = column(catalog.object(id)).filter(|column| !column.null && column.ty.is_some())?;
    has_names(cx).then(|| needs::constraint_name(id.root(), &own_name(id, constraint(column))))
}

/// Whether the name is that of another constraint of the table before the plan.
fn is_taken(cx: &Cx<'_>, id: &ObjectId, name: &str) -> bool {
    let (table, wanted) = (id.root(), needs::constraint_name(id.root(), name));
    cx.delta(id) == Some(Delta::Alter)
        && cx.live.children(table).any(|(part, _)| part != id && needs::names(cx, cx.live, part).contains(&wanted))
}

/// A name on the way to another, one for each column.
fn aside(cx: &Cx<'_>, id: &ObjectId, name: &str) -> String {
    let at = cx.desired.children(id.root()).position(|(part, _)| part == id).unwrap_or_default();
    made_up_name("__trueup", name, &at.to_string())
}

fn constraint(column: &Column) -> Option<&NotNull> {
    column.not_null.as_ref().filter(|_| !column.null)
}

fn is_said(not_null: &NotNull) -> bool {
    *not_null != NotNull::default()
}

/// What of a constraint can be altered by itself: what a partition has from above is named before it is attached.
fn as_altered(cx: &Cx<'_>, id: &ObjectId, new: &Column, not_null: NotNull) -> NotNull {
    let partition =
        new.ty.is_none() && cx.desired.object(id.root()).is_some_and(|table| table.partition_of().is_some());
    if partition { NotNull { name: None, ..not_null } } else { not_null }
}

/// Whether NOT NULLs of a partition are to have other names than they have, for which it leaves its table for a moment.
pub(super) fn are_renamed(cx: &Cx<'_>, id: &ObjectId) -> bool {
    let of = |catalog: &Catalog| {
        let own = |(column, _): &(&ObjectId, &Column)| Some((*column).clone()).zip(own_column_name(catalog, column));
        let names: Vec<_> = catalog.columns(id).iter().filter_map(own).collect();
        (is_attached(catalog, id), names)
    };
    has_names(cx) && of(cx.plan.live) != of(cx.plan.desired)
}

/// Whether a NOT NULL of the whole gets another name that this partition calls otherwise: the server renames it in all
/// partitions, by its old name.
pub(super) fn keeps_from_renaming(cx: &Cx<'_>, id: &ObjectId) -> bool {
    let whole = |object: Option<&Object>| object.and_then(Object::partition_of).cloned();
    let Some(parent) = whole(cx.live.object(id)).filter(|parent| whole(cx.desired.object(id)).as_ref() == Some(parent))
    else {
        return false;
    };
    let is_renamed = |column: &Name| {
        let (had, has) = (name_of(cx.live, &parent, column), name_of(cx.desired, &parent, column));
        had.is_some() && has.is_some() && had != has && name_of(cx.live, id, column) != had
    };
    has_names(cx) && is_attached(cx.live, id) && column_names(cx.live, &parent).iter().any(is_renamed)
}

/// The partitions that stay as they are but keep their table from renaming a NOT NULL.
pub(super) fn in_the_way(cx: &Cx<'_>) -> Vec<ObjectId> {
    if !has_names(cx) {
        return Vec::new();
    }
    let renamed = cx.deltas.iter().filter(|(id, delta)| **delta == Delta::Alter && id.kind() == Kind::Column);
    let tables: BTreeSet<&ObjectId> = renamed.map(|(id, _)| id.root()).collect();
    let partitions = tables.into_iter().flat_map(|table| cx.heirs_of(table));
    partitions.filter(|id| cx.delta(id).is_none() && keeps_from_renaming(cx, id)).cloned().collect()
}

/// The names of NOT NULLs alone change in a partition that stays where it is.
pub(super) fn renamed_within(cx: &Cx<'_>, id: &ObjectId) -> Option<Draft> {
    let table = id.root();
    let names = |catalog| own_column_name(catalog, id);
    if cx.delta(table).is_some() || !has_names(cx) || names(cx.live) == names(cx.desired) {
        return None;
    }
    let (parent, values) = match cx.desired.object(table)? {
        Object::Table(table) => (table.partition_of.as_ref()?, table.values.as_ref()),
        Object::ForeignTable(table) => (table.partition_of.as_ref()?, table.values.as_ref()),
        _ => return None,
    };
    let name = |catalog| name_of(catalog, table, id.name());
    let (from, to) = (name(cx.live)?, name(cx.desired)?);
    let sql = apart(table, parent, &bound(values), vec![rename_constraint(id, &from, &to)]);
    Some(Draft::of(id, format!("name the NOT NULL of {id}"), sql))
}

/// Statements that a partition can only take while it is a table of its own.
fn apart(id: &ObjectId, parent: &ObjectId, bound: &str, statements: Vec<String>) -> Vec<String> {
    let (own, parent) = (relation(id), relation(parent));
    let detach = format!("ALTER TABLE {parent} DETACH PARTITION {own}");
    let attach = format!("ALTER TABLE {parent} ATTACH PARTITION {own} {bound}");
    std::iter::once(detach).chain(statements).chain([attach]).collect()
}

/// The name that a partition says for the NOT NULL of a column that it has from above.
fn own_column_name(catalog: &Catalog, id: &ObjectId) -> Option<Name> {
    let column = column(catalog.object(id)).filter(|column| column.ty.is_none())?;
    constraint(column)?.name.clone()
}

/// Whether the constraint stays and at most gets another name.
fn is_renamed(old: &Column, new: &Column) -> bool {
    !old.null
        && !new.null
        && constraint(old).is_none_or(|was| !was.no_inherit)
        && constraint(new).is_none_or(|is| !is.no_inherit && !is.not_valid)
}

fn own_name(id: &ObjectId, not_null: Option<&NotNull>) -> String {
    let own = not_null.and_then(|not_null| not_null.name.as_ref()).map(|name| name.as_str().to_owned());
    own.unwrap_or_else(|| made_up_name(id.root().name().as_str(), id.name().as_str(), "not_null"))
}

/// The NOT NULL of a column that a table has from above, by the name that it has in the table.
pub(super) fn as_it_is_called(cx: &Cx<'_>, id: &ObjectId, theirs: &Column) -> Option<NotNull> {
    let name = name_of(cx.live, id.root(), id.name()).filter(|_| has_names(cx) && !theirs.null);
    let Some(name) = name else { return theirs.not_null.clone() };
    Some(NotNull { name: Some(Name::exact(name)), ..theirs.not_null.clone().unwrap_or_default() })
}

/// What the NOT NULL constraint of a column is called, if it has one.
fn name_of(catalog: &Catalog, table: &ObjectId, name: &Name) -> Option<String> {
    let own = column(catalog.object(&table.child(Kind::Column, name.clone())));
    if let Some(named) = own.and_then(|column| column.not_null.as_ref()?.name.as_ref()) {
        return Some(named.as_str().to_owned());
    }
    let made_up = || made_up_name(table.name().as_str(), name.as_str(), "not_null");
    if let Some(column) = own.filter(|column| column.ty.is_some()) {
        return (!column.null).then(made_up);
    }
    let mut parents = parents(catalog.object(table)).into_iter();
    let above = parents.find_map(|(parent, _)| name_of(catalog, &parent, name));
    if is_attached(catalog, table) { above.map(|_| made_up()) } else { above }
}

/// Gives the NOT NULL constraints of a table that is to be a partition the names that they shall have. Once it is attached
/// that is no longer possible ("cannot rename inherited constraint").
pub(super) fn take_names(cx: &Cx<'_>, id: &ObjectId) -> Vec<String> {
    let made_up = |column: &Name| made_up_name(id.name().as_str(), column.as_str(), "not_null");
    renamed_not_nulls(cx, id, |column| name_of(cx.live, id, column).unwrap_or_else(|| made_up(column)))
}

/// The same of one that has left its table for a moment, after that had all that it is to have.
pub(super) fn take_names_again(cx: &Cx<'_>, id: &ObjectId, parent: &ObjectId) -> Vec<String> {
    let own = |column: &Name| {
        name_of(cx.live, id, column).filter(|own| name_of(cx.live, parent, column).as_ref() != Some(own))
    };
    let theirs = |column: &Name| name_of(cx.desired, parent, column);
    renamed_not_nulls(cx, id, |column| own(column).or_else(|| theirs(column)).unwrap_or_default())
}

/// A partition whose NOT NULL constraints have names of their own was a table first: made as a partition it has those of
/// the table above.
pub(super) fn names_of_its_own(cx: &Cx<'_>, id: &ObjectId, parent: &ObjectId, bound: &str) -> Vec<String> {
    if !is_attached(cx.desired, id) {
        return Vec::new();
    }
    let renamed = renamed_not_nulls(cx, id, |column| name_of(cx.desired, parent, column).unwrap_or_default());
    if renamed.is_empty() {
        return renamed;
    }
    apart(id, parent, bound, renamed)
}

fn renamed_not_nulls(cx: &Cx<'_>, id: &ObjectId, from: impl Fn(&Name) -> String) -> Vec<String> {
    if !has_names(cx) {
        return Vec::new();
    }
    let renamed = column_names(cx.desired, id).into_iter().filter_map(|column| {
        let (wanted, own) = (name_of(cx.desired, id, &column)?, from(&column));
        (own != wanted).then(|| rename_constraint(&id.child(Kind::Column, column), &own, &wanted))
    });
    renamed.collect()
}

/// Whether a NOT NULL is a constraint with a name: since PostgreSQL 18.
pub(super) fn has_names(cx: &Cx<'_>) -> bool {
    cx.major >= 18
}
