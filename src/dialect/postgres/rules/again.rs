//! What has to be dropped and made again around a change, by what the server itself recorded of dependencies.
//!
//! A table is never made again. A column that uses what goes loses its default for a while, or has another type
//! for a while; only a generated column, whose values follow from the others, is dropped and added.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::catalog::{Catalog, Column, Kind, Name, Object, ObjectId, Part, Publication, Range, Sql};
use crate::diff::Delta;
use crate::plan::{Draft, Resource};

use super::super::render::collation as collation_name;
use super::super::sql::{made_up_multirange_name, quote};
use super::super::tokens::identifiers;
use super::{
    Alter, ById, Cx, Drafts, alter, beside, column, create, detour, dispatch, domain, drop, enumeration, heirs, index,
    is_contained, moving, needs, others, partitioning, routine, typed,
};

/// How an object is made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// It is dropped and made.
    Whole,
    /// What it belongs to is dropped, and it with that; it is made.
    WithParent,
    /// A column that is without its default meanwhile.
    Default,
    /// A column that is a text meanwhile.
    Type,
    /// A column that is sorted otherwise meanwhile.
    Collation,
}

/// One object that is made again.
#[derive(Debug, Clone)]
pub(super) struct One {
    pub(super) how: How,
    /// What it is for.
    pub(super) cause: ObjectId,
    /// The same in words.
    pub(super) because: String,
}

/// All of them.
pub(super) type Again = ById<One>;

/// What becomes of something that others depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It goes.
    Gone,
    /// It goes and comes again.
    Remade,
    /// A column that changes its type.
    Retyped,
    /// A column that is a text meanwhile.
    Detoured,
}

struct Search<'a, 'b> {
    cx: &'b Cx<'a>,
    dependents: BTreeMap<ObjectId, BTreeSet<ObjectId>>,
    /// What differs, stays, and can be changed in place, so that it leaves what it depends on by itself.
    severs: BTreeSet<ObjectId>,
    found: Again,
    open: VecDeque<(ObjectId, Fate)>,
}

/// Finds all that is made again in a plan.
pub(super) fn find(cx: &Cx<'_>) -> Again {
    let is_plain = |id: &ObjectId| !domain::has(id) && !heirs::is_retyped_when_left(cx, id);
    if cx.deltas.iter().all(|(id, delta)| *delta == Delta::Create && is_plain(id)) {
        return Again::new();
    }
    let mut search =
        Search { cx, dependents: dependents(cx), severs: BTreeSet::new(), found: Again::new(), open: VecDeque::new() };
    let (mut recreated, mut leaving) = (Vec::new(), Vec::new());
    for (id, delta) in cx.deltas {
        match delta {
            Delta::Create if domain::is_made_again_for(cx, id) => recreated.push(id.root().clone()),
            Delta::Create => {
                if let Some(table) = id.parent().filter(|_| heirs::is_retyped_when_left(cx, id)) {
                    search.follow_heir(table, id, Fate::Retyped);
                }
            }
            // What a table or a view only said of it goes; the column stays.
            Delta::Drop if id.kind() == Kind::Column && column::is_of_another(cx, id) => {}
            Delta::Drop => search.open.push_back((id.clone(), Fate::Gone)),
            Delta::Alter => match alter(cx, id) {
                // An attribute and a domain's check are part of their type.
                Alter::Recreate if id.kind() == Kind::Attribute || domain::has(id) => recreated.push(id.root().clone()),
                Alter::Recreate => match partitioning::parted_by(cx, id).filter(|_| column::is_retyped(cx, id)) {
                    Some(whole) => recreated.push(whole.clone()),
                    None if id.kind() == Kind::Table => recreated.push(partitioning::whole(cx, id).clone()),
                    None => recreated.push(id.clone()),
                },
                Alter::InPlace(_) => {
                    if is_said_anew(cx, id) {
                        search.severs.insert(id.clone());
                    }
                    if moving::moves_within(cx, id) {
                        leaving.push(id.clone());
                    }
                    let retyped = dispatch::retyped(cx, id).into_iter().map(|column| (column, Fate::Retyped));
                    search.open.extend(retyped);
                }
                Alter::Refuse(_) => {}
            },
        }
    }
    for id in recreated {
        search.take(&id, How::Whole, &id, "it cannot be changed in place".to_owned());
    }
    // The server lets no partition go whose rows a key refers to, though they come again.
    for id in leaving {
        for key in moving::keys_above(cx, &id) {
            search.take(&key, How::Whole, &id, format!("{id} leaves its table for other bounds"));
        }
    }
    for (key, table) in &cx.persistence().in_circles {
        search.take(key, How::Whole, table, format!("{table} changes whether it is logged"));
    }
    while let Some((id, fate)) = search.open.pop_front() {
        search.follow(&id, fate);
    }
    search.found
}

impl Search<'_, '_> {
    /// Everything that depends on one object.
    fn follow(&mut self, id: &ObjectId, fate: Fate) {
        if id.kind() == Kind::Column
            && let (Some(parent), name) = (id.parent(), id.name())
        {
            let heirs: Vec<ObjectId> = self.cx.heirs_of(parent).cloned().collect();
            for heir in heirs {
                let column = heir.child(Kind::Column, name.clone());
                if !self.cx.live.contains(&column) {
                    self.follow_heir(&heir, id, fate);
                }
                self.open.push_back((column, fate));
            }
        }
        if id.kind() == Kind::Attribute {
            for table in typed::of_type(self.cx, id.root()) {
                self.follow_heir(table, id, fate);
                self.open.push_back((table.child(Kind::Column, id.name().clone()), fate));
            }
        }
        let dependents: Vec<ObjectId> = self.dependents.get(id).into_iter().flatten().cloned().collect();
        for dependent in dependents {
            self.consider(&dependent, id, fate);
        }
    }

    /// What may depend on a column that a table has from another: the server's dependencies name the table alone, since
    /// the column is no object.
    fn follow_heir(&mut self, heir: &ObjectId, column: &ObjectId, fate: Fate) {
        let uses = |object: &Object| match object {
            Object::View(_) | Object::Trigger(_) | Object::Policy(_) | Object::Rule(_) => true,
            Object::Column(column) => column.generated.is_some(),
            // ALTER COLUMN TYPE makes these anew by itself.
            other => fate != Fate::Retyped && heirs::looks_at(other, column.name()),
        };
        let live = self.cx.live;
        let own = live.children(heir).map(|(child, _)| child.clone());
        let all = own.chain(self.dependents.get(heir).into_iter().flatten().cloned());
        let found: Vec<ObjectId> = all.filter(|other| live.object(other).is_some_and(uses)).collect();
        for other in found {
            self.consider(&other, column, fate);
        }
    }

    fn consider(&mut self, id: &ObjectId, cause: &ObjectId, fate: Fate) {
        let stays = self.cx.desired.contains(id);
        let leaves = fate == Fate::Gone
            && self.severs.contains(id)
            && !self.has_namesake(cause)
            && !self.takes_or_gives(id, cause)
            && !self.goes_over(id);
        if !stays || id.is_within(cause) || self.found.contains_key(id) {
            return;
        }
        let because = match fate {
            Fate::Gone => format!("{cause} is dropped"),
            Fate::Remade => format!("{cause} is made again"),
            Fate::Retyped | Fate::Detoured => format!("{cause} changes its type"),
        };
        match id.kind() {
            Kind::Column => self.consider_column(id, cause, fate, because),
            // They keep what they hold; what they need of the change is a matter of order.
            Kind::Table
            | Kind::Sequence
            | Kind::Schema
            | Kind::Extension
            | Kind::Database
            | Kind::VirtualTable
            | Kind::Partition
            | Kind::Event
            | Kind::Enum
            | Kind::Subscription
            | Kind::DefaultPrivilege
            | Kind::DefaultGrants
            | Kind::Grant => {}
            // The rows that it sends are told by the column.
            Kind::Publication => {
                if matches!(fate, Fate::Retyped | Fate::Detoured) {
                    self.take(id, How::Whole, cause, because);
                }
            }
            // ALTER COLUMN TYPE makes them anew by itself (`ATPostAlterTypeCleanup`).
            Kind::PrimaryKey | Kind::Unique | Kind::Check | Kind::Exclusion | Kind::Index | Kind::Statistics => {
                if fate != Fate::Retyped && !leaves {
                    self.take(id, How::Whole, cause, because);
                }
            }
            Kind::Attribute => {
                if !leaves && let Some(composite) = id.parent() {
                    self.take(&composite.clone(), How::Whole, cause, because);
                }
            }
            Kind::ForeignKey
            | Kind::View
            | Kind::Rule
            | Kind::Trigger
            | Kind::Policy
            | Kind::EventTrigger
            | Kind::Function
            | Kind::Procedure
            | Kind::Aggregate
            | Kind::Operator
            | Kind::OperatorFamily
            | Kind::OperatorClass
            | Kind::Cast
            | Kind::Collation
            | Kind::Composite
            | Kind::Domain
            | Kind::Range
            | Kind::TextSearchDictionary
            | Kind::TextSearchConfiguration
            | Kind::ForeignDataWrapper
            | Kind::ForeignServer
            | Kind::ForeignTable
            | Kind::UserMapping => {
                if !leaves {
                    self.take(id, How::Whole, cause, because);
                }
            }
        }
    }

    /// Whether a new routine has the name of this one, so that a call may mean either while both are there.
    fn has_namesake(&self, id: &ObjectId) -> bool {
        dispatch::is_routine(id)
            && self.cx.deltas.iter().any(|(other, delta)| *delta == Delta::Create && dispatch::are_namesakes(id, other))
    }

    /// Whether it comes to be over a relation that is new, which may take a name that what it leaves has until then, or wait
    /// for what that holds: it cannot be over both.
    fn goes_over(&self, id: &ObjectId) -> bool {
        let is_new = |other: &ObjectId| {
            let is_relation = matches!(other.kind(), Kind::Table | Kind::View | Kind::ForeignTable);
            is_relation && self.cx.delta(other) == Some(Delta::Create)
        };
        let says_it = id.kind().is_routine() || id.kind() == Kind::View;
        says_it && self.cx.desired_entry(id).is_some_and(|entry| entry.references(id).iter().any(is_new))
    }

    /// Whether it is a routine that has this type, which leaves its name to one of another kind.
    fn takes_or_gives(&self, id: &ObjectId, cause: &ObjectId) -> bool {
        let types = self.cx.live.object(id).map(routine::types_of).unwrap_or_default();
        types.iter().any(|ty| is_made_by(self.cx.live, ty, cause))
    }

    fn consider_column(&mut self, id: &ObjectId, cause: &ObjectId, fate: Fate, because: String) {
        let (Some(Object::Column(old)), Some(Object::Column(new))) =
            (self.cx.live.object(id), self.cx.desired.object(id))
        else {
            return;
        };
        let of = |catalog: &Catalog, column: &Column| {
            column.ty.as_ref().is_some_and(|ty| is_made_by(catalog, ty.as_str(), cause))
        };
        let makes_type = matches!(
            cause.kind(),
            Kind::Enum | Kind::Domain | Kind::Range | Kind::Composite | Kind::Table | Kind::View
        );
        if makes_type && of(self.cx.live, old) {
            // What goes may leave its name to a type of another kind.
            let stays = old.ty == new.ty || of(self.cx.desired, new);
            if stays && old.generated.is_some() {
                self.take(id, How::Whole, cause, because);
            } else if stays && matches!(fate, Fate::Remade | Fate::Gone) {
                self.take(id, How::Type, cause, because);
            }
            return;
        }
        if cause.kind() == Kind::Collation
            && fate == Fate::Remade
            && old.generated.is_none()
            && is_sorted_by(old, cause)
        {
            // A column that is to have another is retyped, and done with it.
            if is_sorted_by(new, cause) {
                self.take(id, How::Collation, cause, because);
            }
            return;
        }
        let leaves = fate == Fate::Gone
            && (old.default != new.default || old.generated != new.generated)
            && !self.has_namesake(cause);
        if old.generated.is_some() && new.generated.is_some() {
            if !leaves || matches!(fate, Fate::Retyped | Fate::Detoured) {
                self.take(id, How::Whole, cause, because);
            }
        } else if old.default.is_some() && !leaves && matches!(fate, Fate::Gone | Fate::Remade) {
            self.take(id, How::Default, cause, because);
        }
    }

    /// An object is made again, and all that belongs to it.
    fn take(&mut self, id: &ObjectId, how: How, cause: &ObjectId, because: String) {
        if self.found.contains_key(id) {
            return;
        }
        if matches!(how, How::Type | How::Collation)
            && let Some(whole) = partitioning::parted_by(self.cx, id)
        {
            let whole = whole.clone();
            return self.take(&whole, How::Whole, cause, because);
        }
        let of_parent = id.parent().and_then(|parent| self.found.get(parent)).map(|one| one.how);
        let how = if matches!(of_parent, Some(How::Whole | How::WithParent)) { How::WithParent } else { how };
        self.found.insert(id.clone(), One { how, cause: cause.clone(), because: because.clone() });
        match how {
            How::Default => {}
            How::Type | How::Collation => self.open.push_back((id.clone(), Fate::Detoured)),
            How::Whole | How::WithParent => {
                self.open.push_back((id.clone(), Fate::Remade));
                if id.kind() == Kind::Table {
                    for part in partitioning::below(self.cx, id) {
                        if self.cx.desired.contains(&part) {
                            self.take(&part, How::Whole, id, format!("{id} is made again"));
                        }
                    }
                }
                let children: Vec<ObjectId> = self.cx.live.children(id).map(|(child, _)| child.clone()).collect();
                for child in children {
                    if self.cx.desired.contains(&child) {
                        self.found.remove(&child);
                        self.take(&child, How::WithParent, cause, because.clone());
                    } else {
                        self.open.push_back((child, Fate::Gone));
                    }
                }
            }
        }
    }
}

/// Whether an object that stays is said anew where it refers to others, so that it leaves those it no longer needs.
fn is_said_anew(cx: &Cx<'_>, id: &ObjectId) -> bool {
    match (cx.live.object(id), cx.desired.object(id)) {
        (Some(Object::View(old)), Some(Object::View(new))) => {
            old.query != new.query || old.column_names != new.column_names
        }
        (Some(Object::Check(old)), Some(Object::Check(new))) => old.sql != new.sql,
        (Some(Object::Domain(old)), Some(Object::Domain(new))) => old.default != new.default,
        (Some(old), Some(new)) => old != new && !matches!(id.kind(), Kind::Index | Kind::Statistics | Kind::ForeignKey),
        _ => false,
    }
}

/// What depends on each object.
fn dependents(cx: &Cx<'_>) -> BTreeMap<ObjectId, BTreeSet<ObjectId>> {
    let mut map: BTreeMap<ObjectId, BTreeSet<ObjectId>> = BTreeMap::new();
    for (id, entry) in cx.live.iter() {
        for other in entry.references(id) {
            map.entry(other).or_default().insert(id.clone());
        }
        if let Object::Publication(publication) = &entry.object {
            for column in told_by(cx, publication) {
                map.entry(column).or_default().insert(id.clone());
            }
        }
        if let Object::ForeignKey(key) = &entry.object {
            let wanted: BTreeSet<&Name> = key.ref_columns.iter().collect();
            for (target, target_entry) in cx.live.children(&key.references) {
                let (parts, primary) = key_parts(&target_entry.object);
                let columns: BTreeSet<&Name> = parts.iter().filter_map(|part| part.as_column()).collect();
                let same = !columns.is_empty() && columns == wanted;
                if same || (primary && wanted.is_empty()) {
                    map.entry(target.clone()).or_default().insert(id.clone());
                }
            }
        }
    }
    map
}

/// The columns by which a publication tells the rows that it sends: the server changes the type of none of them.
fn told_by(cx: &Cx<'_>, publication: &Publication) -> Vec<ObjectId> {
    let columns = publication.tables.iter().flat_map(|published| {
        let text = published.predicate.as_ref().map_or("", Sql::as_str);
        let words: BTreeSet<String> = identifiers(text).collect();
        let columns = cx.live.columns(&published.table).into_iter().map(|(column, _)| column.clone());
        columns.filter(move |column| words.contains(column.name().as_str()))
    });
    columns.collect()
}

/// The parts of a key that foreign keys can refer to, and whether it is the primary one.
fn key_parts(object: &Object) -> (&[Part], bool) {
    match object {
        Object::PrimaryKey(target) => (&target.columns, true),
        Object::Unique(target) => (&target.columns, false),
        Object::Index(index) if index.unique => (&index.columns, false),
        _ => (&[], false),
    }
}

/// Whether a type as the server writes it is this one, or an array of it.
pub(super) fn is_of_type(ty: &str, id: &ObjectId) -> bool {
    let bare = ty.split(['[', '(']).next().unwrap_or(ty).trim();
    let name = quote(id.name().as_str());
    match id.schema() {
        Some(schema) => bare == format!("{}.{name}", quote(schema.as_str())),
        None => bare == name || bare.strip_prefix("public.") == Some(&name),
    }
}

/// The same, and whether it is the multirange type that comes with a range.
fn is_made_by(catalog: &Catalog, ty: &str, id: &ObjectId) -> bool {
    let multirange = || match catalog.object(id) {
        Some(Object::Range(Range { multirange: Some(name), .. })) => Some(name.clone()),
        Some(Object::Range(_)) => Some(Name::exact(made_up_multirange_name(id.name().as_str()))),
        _ => None,
    };
    is_of_type(ty, id)
        || multirange().is_some_and(|name| is_of_type(ty, &ObjectId::top(id.kind(), id.schema().cloned(), name)))
}

/// Whether a column has this collation of its own.
fn is_sorted_by(column: &Column, id: &ObjectId) -> bool {
    column.collation.as_ref().is_some_and(|collation| is_of_type(&collation_name(collation), id))
}

/// The statements around a change for one object.
pub(super) fn drafts(cx: &Cx<'_>, again: &Again, id: &ObjectId, one: &One) -> Drafts {
    let cause = Resource::Old(one.cause.clone());
    // All that a default calls, not only what it is made again for.
    let refers =
        || cx.live_entry(id).map(|entry| entry.references(id)).unwrap_or_default().into_iter().map(Resource::Old);
    match one.how {
        How::Whole if id.kind() == Kind::Table && !partitioning::is_within(cx, again, id) => {
            partitioning::again(cx, again, id)
        }
        How::Whole => {
            // The rows of a partition have moved by then.
            let moved = |mut draft: Draft| {
                draft.step.probes.retain(|_| id.kind() != Kind::Table);
                draft
            };
            let gone = drop(cx, id)?.into_iter().map(moved);
            // A key refers to the partitions too.
            let under: Vec<Resource> = match cx.live.object(id) {
                Some(Object::ForeignKey(key)) => partitioning::below(cx, &key.references),
                _ => Vec::new(),
            }
            .into_iter()
            .map(Resource::Old)
            .collect();
            let gone = gone
                .map(|draft| draft.consuming([cause.clone()]).consuming(under.iter().cloned()).destroying([aside(id)]));
            let after = Resource::New(one.cause.clone());
            let made = create(cx, id)?.into_iter().map(moved);
            let made = made.map(|draft| draft.producing([aside(id)]).preferring([after.clone()]));
            Ok(gone.chain(made).chain(others::finish(cx, id)).collect())
        }
        How::WithParent if is_contained(cx, again, id) => Ok(beside::of_created(cx, id)),
        How::WithParent if id.kind() == Kind::Index => {
            let stands = |whole: &ObjectId| cx.delta(whole) != Some(Delta::Create) && !again.contains_key(whole);
            let made = index::create_for(cx, id, &stands)?;
            Ok(needs::of_create(cx, id, made).into_iter().chain(beside::of_created(cx, id)).collect())
        }
        // Two tables that are made again may refer to each other, and a partition to the whole.
        How::WithParent if partitioning::refers_to_remade(cx, again, id) => {
            Ok(drop(cx, id)?.into_iter().chain(create(cx, id)?).collect())
        }
        How::WithParent => create(cx, id),
        How::Default => {
            let gone = column::drop_default(cx, id).consuming([cause]).consuming(refers());
            let mut drafts = vec![gone.destroying([aside(id)])];
            let mut rest = altered(cx, id)?;
            // The default comes last: what it calls may look at the column itself.
            let back = column::set_default(cx, id);
            let said = back.iter().flat_map(|draft| &draft.step.sql).cloned().collect::<Vec<_>>();
            for draft in &mut rest {
                // It is off what its default called already, but not off its type.
                draft.prefers.retain(|one| matches!(one, Resource::Old(old) if may_be_type(old)));
                draft.step.sql.retain(|sql| !said.contains(sql));
            }
            rest.retain(|draft| !draft.step.sql.is_empty());
            let remade = |other: &ObjectId| again.get(other).is_some_and(|one| one.how == How::Whole);
            let calls = cx.desired_entry(id).map(|entry| entry.references(id)).unwrap_or_default();
            let calls: Vec<Resource> = calls.into_iter().filter(remade).map(Resource::New).collect();
            let made = rest.is_empty().then(|| Resource::New(id.clone()));
            let back = back.map(|draft| draft.consuming(calls).consuming([retyped(id)]).producing(made));
            let rest = rest.into_iter().map(|draft| draft.producing([retyped(id)]));
            drafts.extend(rest.chain(back).map(|draft| draft.producing([aside(id)])));
            Ok(drafts)
        }
        How::Collation => {
            let gone = detour::without_collation(cx, id).consuming([cause]).destroying([aside(id)]);
            let back = detour::with_collation(cx, id).consuming([Resource::New(one.cause.clone())]);
            let rest = altered(cx, id)?;
            let mut drafts = vec![gone, back.producing([aside(id), Resource::New(id.clone())])];
            drafts.extend(rest.into_iter().map(|draft| draft.producing([aside(id)])));
            Ok(drafts)
        }
        How::Type if let Some(retype) = retyped_at_once(cx, again, id, one) => {
            let mut drafts = vec![retype.producing([aside(id), Resource::New(id.clone())])];
            let mut rest = altered(cx, id)?;
            for draft in &mut rest {
                draft.consumes.retain(|one| *one != Resource::Old(id.clone()));
                draft.prefers.retain(|one| !matches!(one, Resource::Old(_)));
            }
            drafts.extend(rest.into_iter().map(|draft| draft.consuming([aside(id)])));
            Ok(drafts)
        }
        How::Type => {
            let mut drafts =
                vec![detour::to_text(cx, id).consuming([cause]).consuming(refers()).destroying([aside(id)])];
            let back = detour::from_text(cx, id).consuming([Resource::New(one.cause.clone())]);
            drafts.push(back.producing([aside(id), Resource::New(id.clone())]));
            let mut rest = altered(cx, id)?;
            rest.retain(|_| !differs_by_type_alone(cx, id));
            for draft in &mut rest {
                draft.consumes.retain(|one| *one != Resource::Old(id.clone()));
                draft.prefers.retain(|one| !matches!(one, Resource::Old(_)));
            }
            drafts.extend(rest.into_iter().map(|draft| draft.producing([aside(id)])));
            Ok(drafts)
        }
    }
}

/// Whether a column that gets its type again is then all that it is to be.
fn differs_by_type_alone(cx: &Cx<'_>, id: &ObjectId) -> bool {
    match (cx.live.object(id), cx.desired.object(id)) {
        (Some(Object::Column(old)), Some(Object::Column(new))) => {
            Column { ty: new.ty.clone(), default: new.default.clone(), ..old.clone() } == *new
        }
        _ => false,
    }
}

/// A column that goes from an old enum to the one in its place, without a detour.
fn retyped_at_once(cx: &Cx<'_>, again: &Again, id: &ObjectId, one: &One) -> Option<Draft> {
    let replaced = again.get(&one.cause).is_some_and(|cause| cause.how == How::Whole);
    if replaced { enumeration::retype(cx, id, &one.cause) } else { None }
}

/// An object between its two states.
pub(super) fn aside(id: &ObjectId) -> Resource {
    Resource::Name("meanwhile", Name::exact(id.address()))
}

/// That a column which is without its default has all else.
fn retyped(id: &ObjectId) -> Resource {
    Resource::Name("all but its default", Name::exact(id.address()))
}

/// Whether a column may be of it, or of a type that belongs to it.
fn may_be_type(id: &ObjectId) -> bool {
    matches!(id.kind(), Kind::Extension | Kind::Enum | Kind::Domain | Kind::Composite | Kind::Range | Kind::Table)
}

/// What changes of a column itself.
fn altered(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    if cx.delta(id) != Some(Delta::Alter) {
        return Ok(Vec::new());
    }
    match alter(cx, id) {
        Alter::InPlace(drafts) => Ok(drafts),
        Alter::Refuse(refusal) => Err(refusal),
        Alter::Recreate => Ok(Vec::new()),
    }
}
