//! Parts of a table that come from another: they stay when it is detached, and are no longer its own when it is attached.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Column, Entry, Kind, Name, NotNull, Object, ObjectId, OptionKey, Part, PartOf, Sql};
use crate::diff::Delta;
use crate::plan::{Draft, Resource};

use super::super::render::{constraint, definition, relation};
use super::super::sql::{name, quote};
use super::super::tokens::identifiers;
use super::again::Again;
use super::column::{alter_column, alter_table, changes, column};
use super::{ById, Cx, moving, needs, not_null, retype};

/// The steps for a part that is there already though it differs, because what the table comes from changes.
pub(super) fn stays(cx: &Cx<'_>, again: &Again, id: &ObjectId, delta: Delta) -> Option<Vec<Draft>> {
    let table = id.parent()?;
    let (old, new) = (ancestors(cx.live, table), ancestors(cx.desired, table));
    let (mut lost, won) = (minus(&old, &new), minus(&new, &old));
    // What a parent alone loses stays as the table's own (see `leaving`).
    let theirs = |parent: &ObjectId| parent.child(id.kind(), id.name().clone());
    if id.kind() == Kind::Column && delta == Delta::Drop {
        let gains = |(parent, _): &&(ObjectId, bool)| cx.delta(&theirs(parent)) == Some(Delta::Create);
        if let Some((parent, _)) = new.iter().filter(|one| old.contains(one)).find(gains) {
            return Some(handed_up(cx, again, id, &theirs(parent)));
        }
    }
    let stays = old.iter().filter(|one| new.contains(one));
    lost.extend(stays.filter(|(parent, _)| cx.delta(&theirs(parent)) == Some(Delta::Drop)).cloned());
    let (catalog, parents): (&Catalog, _) = match delta {
        Delta::Create => (cx.live, lost),
        Delta::Drop => (cx.desired, won),
        Delta::Alter => return None,
    };
    let own = if delta == Delta::Create { cx.desired } else { cx.live }.object(id)?;
    let found = parents.iter().find_map(|(parent, partition)| {
        let whole = |other: &ObjectId, object: &Object| match object {
            Object::Column(_) => *other == parent.child(id.kind(), id.name().clone()),
            // One of the same name that says something else is no part of the parent's.
            Object::Check(_) => {
                other.kind() == id.kind() && other.name() == id.name() && (delta == Delta::Create || object == own)
            }
            _ => *partition && is_same_key(object, own),
        };
        catalog.children(parent).find(|(other, entry)| whole(other, &entry.object)).map(|(_, entry)| &entry.object)
    })?;
    let (Some(theirs), Some(new)) = (column(Some(found)), column(cx.desired.object(id))) else {
        return Some(Vec::new());
    };
    let not_null = not_null::as_it_is_called(cx, id, theirs);
    let was = Column { identity: new.identity.clone(), not_null, ..theirs.clone() };
    let sql = changes(cx, id, &was, new);
    let retyped = was.ty.is_some() && was.ty != new.ty && cx.intent.using_of(id).is_none();
    let probes = if retyped { retype::probes(cx, id, &was, new) } else { Vec::new() };
    // A default that was its parent's goes before what it calls, such as the parent's sequence.
    let above = theirs_of(cx, id, &old);
    let draft = Draft::of(id, format!("keep {id}"), sql).consuming(above.into_iter().map(Resource::Old)).asking(probes);
    // What looks at a column that changes its type is gone before: to the server it looks at the table.
    let draft = draft.destroying(is_retyped_when_left(cx, id).then(|| Resource::Old(table.clone())));
    Some(if draft.step.sql.is_empty() { Vec::new() } else { needs::of_create(cx, id, vec![draft]) })
}

/// Whether a column that a table keeps when it leaves a parent is to have another type than it had from there.
pub(super) fn is_retyped_when_left(cx: &Cx<'_>, id: &ObjectId) -> bool {
    let (Some(table), Some(new)) = (id.parent(), column(cx.desired.object(id))) else { return false };
    if cx.live.contains(id) || new.ty.is_none() {
        return false;
    }
    let lost = minus(&ancestors(cx.live, table), &ancestors(cx.desired, table));
    let theirs = lost.iter().map(|(parent, _)| parent.child(id.kind(), id.name().clone()));
    let types = theirs.filter_map(|theirs| column(cx.live.object(&theirs))?.ty.clone());
    types.into_iter().any(|ty| new.ty.as_ref() != Some(&ty))
}

/// What a column of these parents refers to, and the column itself.
fn theirs_of(cx: &Cx<'_>, id: &ObjectId, parents: &[(ObjectId, bool)]) -> Vec<ObjectId> {
    let columns = parents.iter().map(|(parent, _)| parent.child(id.kind(), id.name().clone()));
    let entries = columns.filter_map(|column| Some((cx.live_entry(&column)?.references(&column), column)));
    entries
        .flat_map(|(mut all, column)| {
            all.push(column);
            all
        })
        .collect()
}

/// A table's own column becomes its parent's. The server would take both for one, and the table's own still: so the
/// values wait under another name.
fn handed_up(cx: &Cx<'_>, again: &Again, id: &ObjectId, parent: &ObjectId) -> Vec<Draft> {
    let table = alter_table(id);
    let (own, aside) = (name(id), quote(&format!("{} aside", id.name().as_str().chars().take(40).collect::<String>())));
    let (room, there) = (room_for(parent), Resource::New(parent.clone()));
    let away = Draft::new(id, format!("set {id} aside"), format!("{table} RENAME COLUMN {own} TO {aside}"))
        .consuming(needs::standing(id))
        .producing([room.clone()]);
    let is_generated = column(cx.live.object(id)).is_some_and(|column| column.generated.is_some());
    // An expression of ALTER COLUMN TYPE would fire nothing, but the column is the parent's by then.
    let update = vec![format!("UPDATE ONLY {} SET {own} = {aside}", relation(id))];
    let (mut sql, rules) =
        if is_generated { (Vec::new(), Vec::new()) } else { moving::quietly(cx, again, id.root(), update) };
    sql.push(format!("{table} DROP COLUMN {aside}"));
    let back = Draft::of(id, format!("give {id} its values again"), sql)
        .consuming([there, room])
        .producing([Resource::New(id.clone()), moving::rows_back(id.root())])
        .producing(rules);
    vec![away, back]
}

/// What has to happen before a table gets a column: its heirs make room for it.
pub(super) fn room_for(id: &ObjectId) -> Resource {
    Resource::Name("room", Name::exact(id.address()))
}

/// The columns that change in this plan, belong to a parent of a table, and may be looked at by a part of that table, or
/// by a view over it: to the server's dependencies these look at the table.
pub(super) fn changed_above(cx: &Cx<'_>, id: &ObjectId, entry: Option<&Entry>) -> BTreeSet<ObjectId> {
    let mut open: Vec<ObjectId> = match (id.kind(), entry) {
        (
            Kind::Index | Kind::Check | Kind::Exclusion | Kind::Statistics | Kind::Trigger | Kind::Policy | Kind::Rule,
            _,
        ) => {
            vec![id.root().clone()]
        }
        (Kind::View, Some(entry)) => {
            entry.mentions.iter().map(ObjectId::root).filter(|other| other.kind() == Kind::Table).cloned().collect()
        }
        _ => return BTreeSet::new(),
    };
    let mut found = BTreeSet::new();
    while let Some(table) = open.pop() {
        let above = parents(cx.live.object(&table)).into_iter().chain(parents(cx.desired.object(&table)));
        for (parent, _) in above {
            let columns = cx.live.children(&parent).chain(cx.desired.children(&parent));
            let columns = columns.filter(|(column, _)| column.kind() == Kind::Column);
            // One of a type that is made again is something else meanwhile.
            let is_made =
                |other: &ObjectId| matches!(other.kind(), Kind::Enum | Kind::Domain | Kind::Composite | Kind::Range);
            let changed = columns
                .filter(|(column, entry)| cx.delta(column).is_some() || entry.references(column).iter().any(is_made));
            found.extend(changed.map(|(column, _)| column.clone()));
            open.push(parent);
        }
    }
    found
}

/// Whether an expression of a part of a table names a column.
pub(super) fn looks_at(part: &Object, column: &Name) -> bool {
    let names = |sql: &Sql| identifiers(sql.as_str()).any(|name| name == column.as_str());
    let named_in = |parts: &[Part], predicate: Option<&Sql>| {
        parts.iter().any(|part| matches!(&part.of, PartOf::Sql(sql) if names(sql))) || predicate.is_some_and(names)
    };
    match part {
        Object::Index(index) => named_in(&index.columns, index.predicate.as_ref()),
        Object::Exclusion(exclusion) => named_in(&exclusion.columns, exclusion.predicate.as_ref()),
        Object::Statistics(statistics) => named_in(&statistics.columns, None),
        Object::Check(check) => names(&check.sql),
        _ => false,
    }
}

/// The tables that keep a column which this parent of theirs loses, and those that lose it too, if any keeps it.
pub(super) fn leaving(cx: &Cx<'_>, id: &ObjectId) -> Option<Vec<ObjectId>> {
    let parent = id.parent()?;
    let (mut keeps, mut loses) = (false, Vec::new());
    for heir in cx.heirs_of(parent) {
        let inherits =
            |object: Option<&Object>| parents(object).iter().any(|(one, partition)| one == parent && !partition);
        if !inherits(cx.live.object(heir)) || !inherits(cx.desired.object(heir)) {
            continue;
        }
        let column = heir.child(id.kind(), id.name().clone());
        let has_type = |catalog: &Catalog| {
            super::column::column(catalog.object(&column)).is_some_and(|column| column.ty.is_some())
        };
        match cx.delta(&column) {
            Some(Delta::Create) => keeps = true,
            // It said what it had of its own, and is its own now.
            Some(Delta::Alter) if has_type(cx.desired) && !has_type(cx.live) => keeps = true,
            None if cx.desired.contains(&column) => {}
            _ => loses.push(column),
        }
    }
    keeps.then_some(loses)
}

/// The tables that take over what each has.
pub(super) fn all(catalog: &Catalog) -> ById<BTreeSet<ObjectId>> {
    let mut map: ById<BTreeSet<ObjectId>> = ById::new();
    for (id, entry) in catalog.iter() {
        for (parent, _) in parents(Some(&entry.object)) {
            map.entry(parent).or_default().insert(id.clone());
        }
    }
    map
}

/// What goes from the partitions of a table before the table gets something like it: the server would take an index for a
/// part of the new one, and does not take two triggers of one name.
pub(super) fn gone_below(cx: &Cx<'_>, id: &ObjectId) -> Vec<Resource> {
    let kinds = [Kind::Index, Kind::Unique, Kind::PrimaryKey, Kind::Trigger];
    let Some(table) = id.parent().filter(|_| kinds.contains(&id.kind())) else { return Vec::new() };
    let (mut open, mut gone) = (vec![table], Vec::new());
    while let Some(table) = open.pop() {
        for heir in cx.heirs_of(table) {
            let parts = cx.live.children(heir).map(|(part, _)| part).filter(|part| kinds.contains(&part.kind()));
            let dropped = parts.filter(|part| cx.delta(part) == Some(Delta::Drop));
            gone.extend(dropped.map(|part| Resource::New(part.clone())));
            open.push(heir);
        }
    }
    gone
}

/// A table that leaves one that it comes from.
pub(super) struct Departure {
    heir: ObjectId,
    parent: ObjectId,
    /// Whether only what columns and checks do must wait for that: it comes back, or is dropped.
    pub(super) columns_only: bool,
}

impl Departure {
    /// That it has left.
    pub(super) fn done(&self) -> Resource {
        left(&self.heir, &self.parent)
    }
}

/// The tables that leave each table in this plan, or one below it.
pub(super) fn departures(cx: &Cx<'_>) -> ById<Vec<Departure>> {
    let mut map: ById<Vec<Departure>> = ById::new();
    for (id, delta) in cx.deltas.iter().filter(|(_, delta)| **delta != Delta::Create) {
        let (old, new) = (parents(cx.live.object(id)), parents(cx.desired.object(id)));
        let comes_back = |one: &(ObjectId, bool)| one.1 && not_null::keeps_from_renaming(cx, id);
        for (parent, _) in old.iter().filter(|one| !new.contains(one) || comes_back(one)) {
            let after = ancestors(cx.desired, id);
            let above = ancestors(cx.live, parent).into_iter().map(|(table, _)| table);
            for table in std::iter::once(parent.clone()).chain(above) {
                // One that is dropped takes what is its parent's along.
                let columns_only = *delta == Delta::Drop || after.iter().any(|(other, _)| *other == table);
                let departure = Departure { heir: id.clone(), parent: parent.clone(), columns_only };
                map.entry(table).or_default().push(departure);
            }
        }
    }
    map
}

/// Whether a partition is detached, for good or for a while.
pub(super) fn is_detached(cx: &Cx<'_>, id: &ObjectId) -> bool {
    let of = |catalog: &Catalog| match catalog.object(id) {
        Some(Object::Table(table)) => Some((table.partition_of.clone(), table.values.clone())),
        Some(Object::ForeignTable(table)) => Some((table.partition_of.clone(), table.values.clone())),
        _ => None,
    };
    of(cx.live) != of(cx.desired) || not_null::are_renamed(cx, id) || not_null::keeps_from_renaming(cx, id)
}

/// The columns and checks that a table had from a parent that it leaves, where it is to have them no more: they stay when
/// it leaves, and go after it.
pub(super) fn left_behind(cx: &Cx<'_>, id: &ObjectId, parent: &ObjectId) -> Option<Draft> {
    let (wanted, had) = (column_names(cx.desired, id), column_names(cx.live, parent));
    let (mut sql, mut probes) = (checks_left_behind(cx, id, parent), Vec::new());
    for column in had.difference(&wanted) {
        let column = id.child(Kind::Column, column.clone());
        let own = super::column::column(cx.live.object(&column)).is_some_and(|column| column.ty.is_some());
        if !own {
            sql.push(format!("{} DROP COLUMN {}", alter_table(&column), name(&column)));
            probes.extend(super::probes::values_lost(cx, &column));
        }
    }
    let draft = Draft::of(id, format!("drop what {id} had from {}", parent.name()), sql);
    // What looks at them is gone before: to the server's dependencies it looks at the table.
    let draft = draft.asking(probes).consuming([left(id, parent)]).destroying([Resource::Old(id.clone())]);
    (!draft.step.sql.is_empty()).then_some(draft)
}

fn checks_left_behind(cx: &Cx<'_>, id: &ObjectId, parent: &ObjectId) -> Vec<String> {
    let (mut had, mut wanted) = (Vec::new(), Vec::new());
    parts_of(cx.live, parent, &mut had);
    parts_of(cx.desired, id, &mut wanted);
    let inherits = |object: &Object| matches!(object, Object::Check(check) if !check.no_inherit);
    let is_wanted =
        |part: &ObjectId| wanted.iter().any(|(other, _)| other.kind() == part.kind() && other.name() == part.name());
    let own = |part: &ObjectId| id.child(Kind::Check, part.name().clone());
    let left = had.iter().filter(|(part, entry)| inherits(&entry.object) && !is_wanted(part));
    left.map(|(part, _)| own(part)).filter(|own| !cx.live.contains(own)).map(|own| drop_check(&own)).collect()
}

/// It may have gone with a column.
fn drop_check(id: &ObjectId) -> String {
    format!("{} DROP CONSTRAINT IF EXISTS {}", alter_table(id), name(id))
}

/// What a table needs before a new parent takes it: the parent's columns and checks that it lacks, and the types and the
/// NOT NULL of those that were its own.
/// `left` is the table that it was a partition of until then: what it had from there is its own now.
pub(super) fn made_to_fit(cx: &Cx<'_>, id: &ObjectId, parent: &ObjectId, left: Option<&ObjectId>) -> Draft {
    // What looks at a column goes before that changes, and comes after.
    let (mut gone, mut sql, mut checks): (Vec<String>, Vec<String>, Vec<String>) = Default::default();
    let (mut probes, mut retyped) = (Vec::new(), Vec::new());
    let mut theirs = Vec::new();
    parts_of(cx.desired, parent, &mut theirs);
    let mut had = Vec::new();
    parts_of(cx.live, id, &mut had);
    had.retain(|(part, _)| part.root() != id);
    let same = |part: &ObjectId| {
        had.iter()
            .find(|(other, _)| other.kind() == part.kind() && other.name() == part.name())
            .map(|(_, entry)| *entry)
    };
    for (part, entry) in had.iter().filter(|_| left.is_some()) {
        let is_theirs = theirs.iter().any(|(other, _)| other.kind() == part.kind() && other.name() == part.name());
        let inherits = matches!(&entry.object, Object::Check(check) if !check.no_inherit);
        if inherits && !is_theirs && !cx.desired.contains(&id.child(part.kind(), part.name().clone())) {
            gone.push(drop_check(&id.child(Kind::Check, part.name().clone())));
        }
    }
    let there = column_names(cx.live, id);
    let partition = cx.desired.object(id).and_then(Object::partition_of) == Some(parent);
    for (part, entry) in theirs {
        let own = id.child(part.kind(), part.name().clone());
        if cx.desired.contains(&own) {
            continue;
        }
        match (&entry.object, column(cx.live.object(&own))) {
            (Object::Column(theirs), Some(old)) => {
                let new = taken_over(old, theirs);
                sql.extend(changes(cx, &own, old, &new));
                // A partition has no identity of its own.
                let identity = old.identity.as_ref().filter(|_| partition);
                sql.extend(identity.map(|_| format!("{} DROP IDENTITY", alter_column(&own))));
                if new.ty.is_some() && old.ty.is_some() && old.ty != new.ty {
                    probes.extend(retype::probes(cx, &own, old, &new));
                    retyped.push(Resource::Old(own.clone()));
                }
                probes.extend(super::probes::nulls(cx, &own).filter(|_| old.null && !new.null));
            }
            (Object::Column(theirs), None) if !there.contains(part.name()) => {
                let bare = Column { identity: None, not_null: None, ..theirs.clone() };
                sql.push(format!("{} ADD COLUMN {}", alter_table(&own), definition(&own, &bare)));
                let empty = !bare.null && bare.default.is_none() && bare.generated.is_none();
                probes.extend(super::probes::any_row(cx, &own).filter(|_| empty));
            }
            (Object::Column(theirs), None) if left.is_some() => {
                let Some(old) = same(part).and_then(|entry| column(Some(&entry.object))) else { continue };
                let new = taken_over(old, theirs);
                sql.extend(changes(cx, &own, old, &new));
                if old.ty != new.ty {
                    probes.extend(retype::probes(cx, &own, old, &new));
                }
                probes.extend(super::probes::nulls(cx, &own).filter(|_| old.null && !new.null));
            }
            (Object::Column(theirs), None) if !theirs.null => {
                // It has it from another parent, where it may be NULL.
                let Some(old) = same(part).and_then(|entry| column(Some(&entry.object))).filter(|old| old.null) else {
                    continue;
                };
                sql.extend(changes(cx, &own, old, &Column { null: false, ..old.clone() }));
                probes.extend(super::probes::nulls(cx, &own));
            }
            // One of its own that says something else is gone by then.
            (Object::Check(check), _) if !check.no_inherit && cx.live.object(&own) != Some(&entry.object) => {
                match same(part) {
                    Some(old) if left.is_none() || old.object == entry.object => continue,
                    Some(_) => gone.push(drop_check(&own)),
                    None => {}
                }
                let text = constraint(cx.desired, part);
                checks.extend(text.map(|text| format!("{} ADD {text}", alter_table(&own))));
                probes.extend(super::probes::check_fails(cx, &own, check));
            }
            _ => {}
        }
    }
    // What looks at a column that changes its type is gone before.
    Draft::of(id, String::new(), [gone, sql, checks].concat()).asking(probes).destroying(retyped)
}

/// What a column becomes that its table is to have from above. The name of its NOT NULL is changed by itself.
fn taken_over(old: &Column, theirs: &Column) -> Column {
    let name = old.not_null.as_ref().and_then(|not_null| not_null.name.clone());
    let not_null = NotNull { name, ..theirs.not_null.clone().unwrap_or_default() };
    let not_null = Some(not_null).filter(|not_null| *not_null != NotNull::default());
    Column { identity: old.identity.clone(), not_null, ..theirs.clone() }
}

/// The columns and checks that a table has, with those of its parents; its own come first.
fn parts_of<'c>(catalog: &'c Catalog, table: &'c ObjectId, found: &mut Vec<(&'c ObjectId, &'c Entry)>) {
    for (id, entry) in catalog.children(table) {
        let is_new = |(other, _): &(&ObjectId, &Entry)| other.kind() != id.kind() || other.name() != id.name();
        let whole = match &entry.object {
            Object::Column(column) => column.ty.is_some(),
            object => matches!(object, Object::Check(_)),
        };
        if whole && found.iter().all(is_new) {
            found.push((id, entry));
        }
    }
    for parent in catalog.object(table).into_iter().flat_map(Object::parents) {
        parts_of(catalog, parent, found);
    }
}

/// The columns of a table in their order, behind them those that only its parents have.
pub(super) fn columns_with_inherited<'c>(catalog: &'c Catalog, table: &'c ObjectId) -> Vec<&'c ObjectId> {
    let mut found: Vec<&ObjectId> = catalog.columns(table).into_iter().map(|(column, _)| column).collect();
    for parent in catalog.object(table).into_iter().flat_map(Object::parents) {
        for column in columns_with_inherited(catalog, parent) {
            if found.iter().all(|own| own.name() != column.name()) {
                found.push(column);
            }
        }
    }
    found
}

pub(super) fn column_names(catalog: &Catalog, table: &ObjectId) -> BTreeSet<Name> {
    columns_with_inherited(catalog, table).into_iter().map(|column| column.name().clone()).collect()
}

pub(super) fn is_attached(catalog: &Catalog, id: &ObjectId) -> bool {
    matches!(catalog.object(id), Some(Object::Table(table)) if table.options.is_on(OptionKey::Attached))
}

/// That a table has left its parent: what changes in the parent after that is none of its business.
pub(super) fn left(heir: &ObjectId, parent: &ObjectId) -> Resource {
    Resource::Name("left", Name::exact(format!("{} {}", heir.address(), parent.address())))
}

/// That a table which is dropped has left all its parents.
pub(super) fn left_all(cx: &Cx<'_>, id: &ObjectId) -> Vec<Resource> {
    parents(cx.live.object(id)).iter().map(|(parent, _)| left(id, parent)).collect()
}

/// What a table comes from, and whether as a partition.
pub(super) fn parents(object: Option<&Object>) -> Vec<(ObjectId, bool)> {
    let Some(object) = object else { return Vec::new() };
    object.parents().map(|parent| (parent.clone(), object.partition_of() == Some(parent))).collect()
}

/// All that a table comes from, at all levels, and whether as a partition.
pub(super) fn ancestors(catalog: &Catalog, id: &ObjectId) -> Vec<(ObjectId, bool)> {
    let mut found = parents(catalog.object(id));
    let mut next = 0;
    while let Some((parent, _)) = found.get(next).cloned() {
        let above = parents(catalog.object(&parent));
        found.extend(minus(&above, &found));
        next += 1;
    }
    found
}

fn minus(some: &[(ObjectId, bool)], others: &[(ObjectId, bool)]) -> Vec<(ObjectId, bool)> {
    some.iter().filter(|one| !others.contains(one)).cloned().collect()
}

/// Whether two keys, foreign keys or indexes are over the same columns.
fn is_same_key(a: &Object, b: &Object) -> bool {
    let names = |parts: &[Part]| -> Vec<Name> {
        let text = parts.iter().map(|part| match &part.of {
            PartOf::Column(name) => name.clone(),
            PartOf::Sql(sql) => Name::exact(sql.canonical()),
        });
        text.collect()
    };
    match (a, b) {
        (Object::PrimaryKey(a), Object::PrimaryKey(b)) => names(&a.columns) == names(&b.columns),
        (Object::Unique(a), Object::Unique(b)) => names(&a.columns) == names(&b.columns),
        (Object::Index(a), Object::Index(b)) => names(&a.columns) == names(&b.columns) && a.unique == b.unique,
        (Object::ForeignKey(a), Object::ForeignKey(b)) => a.columns == b.columns && a.references == b.references,
        _ => false,
    }
}
