//! Tables of a composite type, whose columns are its attributes.
//!
//! One that becomes such a table, or is one no longer: the server has words for it as long as the columns are those of the
//! type. What else its columns need is said with them.

use crate::catalog::{Attribute, Column, Entry, Kind, Object, ObjectId, Sql, Table};
use crate::plan::{Context, Draft, Probe, Resource};

use super::super::render::{definition, types::attributes};
use super::super::sql::{name, qualified};
use super::again::is_of_type;
use super::column::{alter_table, changes, column};
use super::probes::values_lost;
use super::{Alter, Cx, refusal, retype};

/// The composite type that a table comes to be of, or leaves.
fn changed<'c>(cx: &Cx<'c>, old: &Table, new: &Table) -> Option<(&'c ObjectId, bool)> {
    let (ty, joins) = match (&old.of_type, &new.of_type) {
        (None, Some(ty)) => (ty, true),
        (Some(ty), None) => (ty, false),
        _ => return None,
    };
    let catalog = if joins { cx.plan.desired } else { cx.plan.live };
    let composite = |id: &&ObjectId| id.kind() == Kind::Composite && is_of_type(ty.as_str(), id);
    catalog.iter().map(|(id, _)| id).find(composite).map(|id| (id, joins))
}

/// Whether what becomes of a column is said by its table.
pub(super) fn is_said_by_table(cx: &Cx<'_>, id: &ObjectId) -> bool {
    use crate::catalog::Object::Table;
    let table = id.parent().filter(|_| id.kind() == Kind::Column);
    match table.map(|table| (cx.live.object(table), cx.desired.object(table))) {
        Some((Some(Table(old)), Some(Table(new)))) => changed(cx, old, new).is_some(),
        _ => false,
    }
}

/// The steps; none where the table is of the type that it was of, or of none.
pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId, old: &Table, new: &Table) -> Option<Alter> {
    let (ty, joins) = changed(cx, old, new)?;
    let is_moved = cx.deltas.keys().any(|other| other.root() == ty);
    if is_moved {
        let reason = "the type that the table comes to be of, or leaves, changes at the same time";
        return Some(Alter::Refuse(refusal(id, reason, "do one after the other, in two applies")));
    }
    let catalog = if joins { cx.plan.desired } else { cx.plan.live };
    let attributes = attributes(catalog, ty);
    let (mut before, mut probes, mut ended) = (Vec::new(), Vec::new(), Vec::new());
    let typed = |part: &ObjectId| attributes.iter().find(|(other, _)| other.name() == part.name()).map(|(_, it)| *it);
    let mut step = |part: &ObjectId, was: Option<Column>, is: Option<Column>| match (was, is) {
        (Some(was), Some(is)) => {
            before.extend(changes(cx, part, &was, &is));
            if was.ty != is.ty {
                probes.extend(retype::probes(cx, part, &was, &is));
                ended.push(Resource::Old(part.clone()));
            }
        }
        (None, Some(is)) => before.push(format!("{} ADD COLUMN {}", alter_table(part), definition(part, &is))),
        (Some(_), None) => {
            before.push(format!("{} DROP COLUMN {}", alter_table(part), name(part)));
            probes.extend(values_lost(cx, part));
            ended.push(Resource::Old(part.clone()));
        }
        (None, None) => {}
    };
    let own =
        |columns: Vec<(&ObjectId, &Column)>| columns.into_iter().map(|(part, _)| part.clone()).collect::<Vec<_>>();
    let mut parts: Vec<ObjectId> = own(cx.live.columns(id));
    parts.extend(own(cx.desired.columns(id)));
    parts.extend(attributes.iter().map(|(part, _)| id.child(Kind::Column, part.name().clone())));
    let mut seen = std::collections::BTreeSet::new();
    parts.retain(|part| seen.insert(part.clone()));
    for part in &parts {
        let plain = |catalog| column(crate::catalog::Catalog::object(catalog, part)).cloned();
        let of_type = |catalog| typed(part).map(|attribute| as_typed(attribute, plain(catalog)));
        if joins {
            step(part, plain(cx.plan.live), of_type(cx.plan.desired));
        } else {
            step(part, of_type(cx.plan.live), plain(cx.plan.desired));
        }
    }
    let table = format!("ALTER TABLE {}", qualified(id));
    let sql = if joins {
        before.push(format!("{table} OF {}", new.of_type.as_ref().map_or("", Sql::as_str)));
        before
    } else {
        std::iter::once(format!("{table} NOT OF")).chain(before).collect()
    };
    let columns = parts.into_iter().map(Resource::New);
    Some(Alter::InPlace(vec![
        Draft::of(id, format!("alter {id}"), sql).asking(probes).producing(columns).destroying(ended),
    ]))
}

/// A table with the names of the types that it is of, before and after.
pub(super) type Pair = (ObjectId, [Sql; 2]);

/// The tables that are of a type, and stay.
pub(super) fn all(plan: &Context<'_>) -> Vec<Pair> {
    let of = |object: Option<&Object>| match object {
        Some(Object::Table(table)) => table.of_type.clone(),
        _ => None,
    };
    let pair =
        |(id, entry): (&ObjectId, &Entry)| Some((id.clone(), [of(Some(&entry.object))?, of(plan.desired.object(id))?]));
    plan.live.iter().filter_map(pair).collect()
}

/// Those of one type.
pub(super) fn of_type<'c>(cx: &'c Cx<'_>, ty: &ObjectId) -> Vec<&'c ObjectId> {
    let of = |(_, types): &&Pair| types.iter().all(|name| is_of_type(name.as_str(), ty));
    cx.typed_tables().iter().filter(of).map(|(id, _)| id).collect()
}

/// The step for an attribute, with what it does to the tables of the type: their rows are asked, what looks at their
/// columns is gone before, and comes again behind it.
pub(super) fn with_tables(
    cx: &Cx<'_>,
    draft: Draft,
    attribute: &ObjectId,
    probes: impl Fn(&ObjectId) -> Vec<Probe>,
) -> Draft {
    let tables = of_type(cx, attribute.root());
    let columns: Vec<ObjectId> =
        tables.iter().map(|table| table.child(Kind::Column, attribute.name().clone())).collect();
    draft
        .asking(columns.iter().flat_map(probes))
        .destroying(tables.iter().map(|table| Resource::Old((*table).clone())))
        .producing(tables.iter().map(|table| Resource::New((*table).clone())))
}

/// A column of a typed table, with what the table says of it.
pub(super) fn as_typed(attribute: &Attribute, said: Option<Column>) -> Column {
    let said = said.unwrap_or(Column { null: true, ..Column::default() });
    Column { ty: attribute.ty.clone(), collation: attribute.collation.clone(), ..said }
}
