//! What every statement needs, makes and ends, by the kind-independent facts: ids, references and names.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Entry, Kind, Name, Object, ObjectId};
use crate::diff::Delta;
use crate::plan::{Draft, Resource};

use super::super::render::plain_constraint_name;
use super::super::sql::{made_up_name, quote};
use super::{Cx, circle, contains, dispatch, heirs, moving, not_null, persistence};

/// What an object belongs to, as it stands: after renames, and not yet gone.
pub(super) fn standing(id: &ObjectId) -> Vec<Resource> {
    std::iter::successors(Some(id), |id| id.parent()).map(|id| Resource::Old(id.clone())).collect()
}

/// The statements that make an object with all that it contains.
pub(super) fn of_create(cx: &Cx<'_>, id: &ObjectId, drafts: Vec<Draft>) -> Vec<Draft> {
    let parts = contained(cx, id);
    let exact: Vec<Resource> = parts
        .iter()
        .flat_map(|(part, entry)| exact(part, entry))
        .filter(|other| !other.is_within(id))
        .map(Resource::New)
        .collect();
    let later = circle::functions(cx, id);
    let mentions: BTreeSet<ObjectId> = parts
        .iter()
        .flat_map(|(_, entry)| &entry.mentions)
        .filter(|other| !other.is_within(id) && !later.contains(*other))
        .flat_map(|other| with_changed_parts(cx, id, other))
        .chain(heirs::changed_above(cx, id, cx.desired_entry(id)))
        .collect();
    let guesses: BTreeSet<ObjectId> = parts
        .iter()
        .flat_map(|(part, _)| cx.named_in_body(part))
        .filter(|other| !other.is_within(id) && !later.contains(*other))
        .flat_map(|other| with_changed_parts(cx, id, other))
        .collect();
    // A foreign key rests on a key or a unique index, which it does not name: not on one that is about to go.
    // That of a partition may be a part of one further above.
    let referred: BTreeSet<ObjectId> = parts
        .iter()
        .filter_map(|(_, entry)| match &entry.object {
            Object::ForeignKey(key) => Some(&key.references),
            _ => None,
        })
        .flat_map(|table| {
            heirs::ancestors(cx.desired, table).into_iter().map(|(above, _)| above).chain([table.clone()])
        })
        .collect();
    let indexes: Vec<Resource> = referred
        .iter()
        .flat_map(|table| cx.desired.children(table).chain(cx.live.children(table)))
        .filter(|(part, _)| matches!(part.kind(), Kind::Index | Kind::PrimaryKey | Kind::Unique))
        .map(|(part, _)| Resource::New(part.clone()))
        .collect();
    let below = heirs::gone_below(cx, id);
    let names: Vec<Resource> = parts.iter().flat_map(|(part, _)| names(cx, cx.desired, part)).collect();
    let made: Vec<Resource> = parts.iter().map(|(part, _)| Resource::New((*part).clone())).collect();
    let schema = cx.desired_entry(id).and_then(|entry| entry.in_schema.as_ref());
    let (moved, rows) = (moving::awaited(cx, id), moving::read(cx, id));
    let mut drafts = drafts;
    if let Some(first) = drafts.first_mut() {
        first.produces.extend(names);
    }
    drafts
        .into_iter()
        .map(|draft| {
            let waits = waits_for_part(&draft, id);
            draft
                .producing(made.iter().filter(|_| !waits).cloned())
                .consuming(belonging(cx, id))
                .consuming(exact.iter().cloned())
                .consuming(moved.iter().cloned())
                .preferring(rows.iter().cloned())
                .preferring(cx.departures_from(id))
                .preferring(indexes.iter().cloned())
                .preferring(below.iter().cloned())
                .preferring(mentions.iter().cloned().map(Resource::New))
                .guessing(guesses.iter().cloned().map(Resource::New))
                .in_schema(schema)
        })
        .collect()
}

/// The statements that drop an object with all that belongs to it.
pub(super) fn of_drop(cx: &Cx<'_>, id: &ObjectId, drafts: Vec<Draft>) -> Vec<Draft> {
    let within: Vec<(&ObjectId, &Entry)> = cx.live.within(id).collect();
    let ended: Vec<Resource> = within.iter().map(|(part, _)| Resource::Old((*part).clone())).collect();
    let freed = within.iter().flat_map(|(part, _)| names(cx, cx.live, part));
    let freed: Vec<Resource> =
        freed.chain(within.iter().flat_map(|(part, entry)| hidden_names(cx, part, entry))).collect();
    // Foreign keys went before.
    let referred: BTreeSet<ObjectId> = within
        .iter()
        .flat_map(|(part, entry)| match part.kind() {
            _ if *part == id || !super::goes_apart(cx, part) => all(part, entry),
            // Its default went before.
            Kind::Column => exact(part, entry),
            _ => Vec::new(),
        })
        .filter(|other| !other.is_within(id) && !is_owned_sequence(cx, id, other))
        // A column is dropped by its name, whatever its type is called by then.
        .filter(|other| id.kind() != Kind::Column || !stays_aside(cx, other))
        .chain(heirs::changed_above(cx, id, cx.live_entry(id)))
        .collect();
    // The server lets no partition go while a key refers to the whole.
    let keys: Vec<Resource> = match id.kind() {
        Kind::Table => moving::all_keys_above(cx, id).map(persistence::gone).collect(),
        _ => Vec::new(),
    };
    // No schema goes before what is in it.
    let schema = cx.live_entry(id).and_then(|entry| match &entry.object {
        Object::Extension(extension) => extension.in_schema.as_ref(),
        _ => id.root().schema(),
    });
    let schema = schema.map(|name| Resource::Old(ObjectId::top(Kind::Schema, None, name.clone())));
    // What follows the drop waits for it as for a creation: a new view must not find a column that goes.
    let settled = Resource::New(id.clone());
    drafts
        .into_iter()
        .map(|draft| {
            draft
                .destroying(ended.iter().cloned())
                .destroying(freed.iter().cloned())
                .consuming(standing(id))
                .preferring(cx.departures_from(id))
                .preferring(keys.iter().cloned())
                .consuming(schema.clone())
                .consuming(referred.iter().cloned().map(Resource::Old))
                .producing((!cx.desired.contains(id)).then(|| settled.clone()))
                .producing(heirs::left_all(cx, id))
                .producing((id.kind() == Kind::ForeignKey).then(|| persistence::gone(id)))
        })
        .collect()
}

/// The statements that change an object that stays.
pub(super) fn of_alter(cx: &Cx<'_>, id: &ObjectId, drafts: Vec<Draft>) -> Vec<Draft> {
    let (Some(old), Some(new)) = (cx.live_entry(id), cx.desired_entry(id)) else { return drafts };
    let before: BTreeSet<ObjectId> = all(id, old).into_iter().collect();
    let after: BTreeSet<ObjectId> = exact(id, new).into_iter().collect();
    // What goes cannot go before it is off it.
    let is_left = |other: &ObjectId| before.contains(other) && cx.delta(other) == Some(Delta::Drop);
    let mentions: BTreeSet<ObjectId> = new
        .mentions
        .iter()
        .flat_map(|other| with_changed_parts(cx, id, other))
        .filter(|other| !is_left(other))
        .collect();
    let guesses: BTreeSet<ObjectId> =
        cx.named_in_body(id).iter().flat_map(|other| with_changed_parts(cx, id, other)).collect();
    let moved = moving::awaited(cx, id);
    // A body that the server has parsed holds what it names: that goes once the body no longer does.
    let left: Vec<Resource> = before
        .iter()
        .filter(|other| id.kind().is_routine() && cx.delta(other) == Some(Delta::Drop))
        .filter(|other| !new.references(id).contains(other))
        .cloned()
        .map(Resource::Old)
        .collect();
    let mut drafts = drafts;
    // The name of a primary key is no part of its id.
    if id.kind() == Kind::PrimaryKey
        && let Some(first) = drafts.first_mut()
    {
        let (had, has) = (names(cx, cx.live, id), names(cx, cx.desired, id));
        first.produces.extend(has.iter().filter(|name| !had.contains(name)).cloned());
        first.destroys.extend(had.into_iter().filter(|name| !has.contains(name)));
    }
    in_turn(id, drafts)
        .into_iter()
        .enumerate()
        .map(|(at, draft)| {
            let waits = waits_for_part(&draft, id);
            draft
                .producing((!waits).then(|| Resource::New(id.clone())))
                .consuming(standing(id).into_iter().skip(usize::from(at > 0)))
                .preferring(cx.departures_from(id))
                .consuming(moved.iter().cloned())
                .consuming(left.iter().cloned())
                .consuming(after.iter().filter(|other| *other != id).cloned().map(Resource::New))
                .preferring(mentions.iter().filter(|other| *other != id).cloned().map(Resource::New))
                .guessing(guesses.iter().filter(|other| *other != id).cloned().map(Resource::New))
                // What it refers to no longer can go once it is changed; an enum that stays steps aside at most.
                .preferring(
                    before.iter().filter(|other| *other != id && !stays_aside(cx, other)).cloned().map(Resource::Old),
                )
                .in_schema(new.in_schema.as_ref())
        })
        .collect()
}

/// Whether what refers to it may leave it after it has stepped aside for its successor.
fn stays_aside(cx: &Cx<'_>, id: &ObjectId) -> bool {
    id.kind() == Kind::Enum && cx.live.contains(id) && cx.desired.contains(id)
}

/// Whether a step waits for a part of the object, such as an index: then it is not what makes the object.
fn waits_for_part(draft: &Draft, id: &ObjectId) -> bool {
    draft.consumes.iter().any(|one| matches!(one, Resource::New(part) if part != id && part.is_within(id)))
}

/// A rename, with the names that it takes and frees.
pub(super) fn of_rename(cx: &Cx<'_>, from: &ObjectId, to: &ObjectId, draft: Draft) -> Draft {
    // A scratch name, over which two trade theirs, is nobody else's.
    let taken = if cx.desired.contains(to) { names(cx, cx.desired, to) } else { Vec::new() };
    let freed = if cx.renames.origins.values().any(|old| old == from) { own_names(from) } else { Vec::new() };
    draft.producing(taken).destroying(freed)
}

/// What an object belongs to as it is to be: its parent, and its schema.
fn belonging(cx: &Cx<'_>, id: &ObjectId) -> Vec<Resource> {
    let mut needs: Vec<Resource> = id.parent().map(|parent| Resource::New(parent.clone())).into_iter().collect();
    let schema = cx.desired.get(id).and_then(|entry| match &entry.object {
        Object::Statistics(statistics) => statistics.in_schema.clone(),
        Object::Extension(extension) => extension.in_schema.clone(),
        _ => None,
    });
    let schemas = id.root().schema().cloned().into_iter().chain(schema);
    needs.extend(schemas.map(|name| Resource::New(ObjectId::top(Kind::Schema, None, name))));
    needs
}

/// The exact references that hold when the object is made. A sequence is owned by its column only afterwards.
fn exact(id: &ObjectId, entry: &Entry) -> Vec<ObjectId> {
    if matches!(entry.object, Object::Sequence(_)) { Vec::new() } else { entry.object.refers_to(id) }
}

/// The same with what is only mentioned.
fn all(id: &ObjectId, entry: &Entry) -> Vec<ObjectId> {
    if matches!(entry.object, Object::Sequence(_)) { Vec::new() } else { entry.references(id) }
}

/// One step of an object after the other.
fn in_turn(id: &ObjectId, drafts: Vec<Draft>) -> Vec<Draft> {
    let turn = |at: usize| Resource::Name("turn", Name::exact(format!("{} {at}", id.address())));
    let last = drafts.len();
    let chained = drafts.into_iter().enumerate().map(|(at, draft)| {
        // What takes a name comes after what frees it.
        let draft = if at > 0 { draft.producing([turn(at)]) } else { draft };
        if at + 1 < last { draft.destroying([turn(at + 1)]) } else { draft }
    });
    chained.collect()
}

/// Whether the sequence goes with a column that goes.
fn is_owned_sequence(cx: &Cx<'_>, gone: &ObjectId, other: &ObjectId) -> bool {
    match cx.live.object(other) {
        Some(Object::Sequence(sequence)) => sequence.owned_by.as_ref().is_some_and(|column| column.is_within(gone)),
        _ => false,
    }
}

/// What is mentioned, with its parts that this plan changes: a query over a table may be over any of its columns, but
/// for one that waits for who mentions it, as a default that calls the function does.
fn with_changed_parts(cx: &Cx<'_>, by: &ObjectId, id: &ObjectId) -> Vec<ObjectId> {
    let mut ids = vec![id.clone()];
    if matches!(id.kind(), Kind::Table | Kind::View | Kind::ForeignTable) {
        let parts = cx.desired.children(id).chain(cx.live.children(id)).map(|(part, _)| part);
        let waits = |part: &ObjectId| cx.desired_entry(part).is_some_and(|entry| entry.mentions.contains(by));
        let kinds = [Kind::Column, Kind::PrimaryKey, Kind::Unique, Kind::Exclusion];
        let changed = parts.filter(|part| kinds.contains(&part.kind()) && !waits(part));
        ids.extend(changed.filter(|part| cx.delta(part).is_some()).cloned());
    }
    if id.kind().is_routine() {
        // Its rows are those of a table, whose columns are then the query's.
        let of = cx.desired_entry(id).map(|entry| entry.references(id)).unwrap_or_default();
        let has_rows = |other: &&ObjectId| matches!(other.kind(), Kind::Table | Kind::View | Kind::ForeignTable);
        let tables = of.iter().filter(has_rows).filter(|other| *other != by);
        ids.extend(
            tables.flat_map(|table| with_changed_parts(cx, by, table)).filter(|part| part.kind() == Kind::Column),
        );
    }
    ids
}

/// The object with the parts that its CREATE has in it.
pub(super) fn contained<'a>(cx: &Cx<'a>, id: &ObjectId) -> Vec<(&'a ObjectId, &'a Entry)> {
    let desired: &'a Catalog = cx.plan.desired;
    let Some((id, entry)) = desired.get_key_value(id) else { return Vec::new() };
    let mut parts = vec![(id, entry)];
    parts.extend(desired.children(id).filter(|(part, _)| contains(id.kind(), part.kind())));
    parts
}

/// The names that an object takes in the namespaces of the server.
pub(super) fn names(cx: &Cx<'_>, catalog: &Catalog, id: &ObjectId) -> Vec<Resource> {
    let relation = |name: &str| scoped("relation", id.root().schema(), name);
    match (id.kind(), catalog.object(id)) {
        (Kind::PrimaryKey | Kind::Unique | Kind::Exclusion, _) => {
            let name = plain_constraint_name(catalog, id);
            vec![relation(&name), constraint_name(id.root(), &name)]
        }
        (Kind::Column, Some(Object::Column(column))) => {
            let sequence = column.identity.as_ref().zip(id.parent()).map(|(identity, table)| {
                let made_up = || made_up_name(table.name().as_str(), id.name().as_str(), "seq");
                relation(&identity.name.as_ref().map_or_else(made_up, |name| name.as_str().to_owned()))
            });
            let own = sequence.map_or_else(|| own_names(id), |sequence| vec![sequence]);
            own.into_iter().chain(not_null::takes(cx, catalog, id)).collect()
        }
        _ => own_names(id),
    }
}

/// The names that a constraint takes beside its own: a foreign key one for each partition of the table that it refers to,
/// a check its own in all tables that inherit it.
fn hidden_names(cx: &Cx<'_>, id: &ObjectId, entry: &Entry) -> Vec<Resource> {
    match &entry.object {
        Object::ForeignKey(key) => {
            let columns = key.columns.iter().map(Name::as_str).collect::<Vec<_>>().join("_");
            let name = made_up_name(id.root().name().as_str(), &columns, "fkey");
            let more = (1..10).map(|number| format!("{name}{number}"));
            let names = std::iter::once(name.clone()).chain(more).filter(|name| name != id.name().as_str());
            names.map(|name| constraint_name(id.root(), &name)).collect()
        }
        Object::Check(check) if !check.no_inherit => {
            cx.heirs_of(id.root()).map(|heir| constraint_name(heir, id.name().as_str())).collect()
        }
        _ => Vec::new(),
    }
}

/// The names that follow from the id alone.
fn own_names(id: &ObjectId) -> Vec<Resource> {
    let (root, name) = (id.root(), id.name().as_str());
    let relation = || scoped("relation", root.schema(), name);
    let ty = || scoped("type", root.schema(), name);
    match id.kind() {
        Kind::Table | Kind::ForeignTable | Kind::View | Kind::Composite => vec![relation(), ty()],
        Kind::Sequence | Kind::Index => vec![relation()],
        Kind::Enum | Kind::Domain | Kind::Range => vec![ty()],
        // While another of its name is there, a call may not say which it means.
        Kind::Function | Kind::Procedure | Kind::Aggregate => {
            let bare = scoped("routines", root.schema(), dispatch::bare_name(id));
            vec![scoped("routine", root.schema(), name), bare]
        }
        Kind::Check | Kind::ForeignKey => vec![constraint_name(root, name)],
        Kind::Trigger => vec![scoped_in("trigger", root, name)],
        Kind::Rule => vec![scoped_in("rule", root, name)],
        Kind::Policy => vec![scoped_in("policy", root, name)],
        Kind::Column | Kind::Attribute => vec![scoped_in("column", root, name)],
        Kind::Statistics => vec![scoped("statistics", root.schema(), name)],
        Kind::Schema => vec![scoped("schema", None, name)],
        Kind::Extension => vec![scoped("extension", None, name)],
        Kind::Collation => vec![scoped("collation", root.schema(), name)],
        Kind::Operator => vec![scoped("operator", root.schema(), name)],
        Kind::OperatorFamily => vec![scoped("operator family", root.schema(), name)],
        Kind::OperatorClass => vec![scoped("operator class", root.schema(), name)],
        Kind::Cast => vec![scoped("cast", None, name)],
        Kind::TextSearchDictionary => vec![scoped("dictionary", root.schema(), name)],
        Kind::TextSearchConfiguration => vec![scoped("configuration", root.schema(), name)],
        Kind::ForeignDataWrapper => vec![scoped("wrapper", None, name)],
        Kind::ForeignServer => vec![scoped("server", None, name)],
        Kind::UserMapping => vec![scoped_in("user mapping", root, name)],
        Kind::EventTrigger => vec![scoped("event trigger", None, name)],
        Kind::Publication => vec![scoped("publication", None, name)],
        Kind::Subscription => vec![scoped("subscription", None, name)],
        Kind::PrimaryKey
        | Kind::Unique
        | Kind::Exclusion
        | Kind::Database
        | Kind::VirtualTable
        | Kind::Partition
        | Kind::Event
        | Kind::DefaultPrivilege
        | Kind::DefaultGrants
        | Kind::Grant => Vec::new(),
    }
}

fn scoped(space: &'static str, schema: Option<&Name>, name: &str) -> Resource {
    let schema = schema.map_or("public", Name::as_str);
    Resource::Name(space, Name::exact(format!("{}.{}", quote(schema), quote(name))))
}

/// The name of a constraint, which is unique in its table.
pub(super) fn constraint_name(table: &ObjectId, name: &str) -> Resource {
    scoped_in("constraint", table, name)
}

fn scoped_in(space: &'static str, owner: &ObjectId, name: &str) -> Resource {
    Resource::Name(space, Name::exact(format!("{}.{}", owner.address(), quote(name))))
}
