//! Has the server judge what differs as text: it is made as temporary objects in a transaction that is always rolled
//! back, and read back by the same reader.

mod bodies;
mod bounds;
mod extensions;
mod foreign_keys;
mod gone;
mod inherited;
mod lineage;
mod namesakes;
mod not_null_names;
mod parting;
mod roles;
mod secrets;
mod settled;
mod shared;
mod shown;
mod stand_in;
mod standing;
mod subscriptions;
mod too_long;
mod trial;
mod whole_row;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Entry, Kind, Object, ObjectId, OptionKey};
use crate::database::{Elaborated, Within};
use crate::diff::{Delta, Deltas};
use crate::error::{Error, Result};

use super::connect::Failure;
use super::introspect::{Scope, read};
use super::renames;
use super::rules::{grant, space, text_search};
use super::session::{Session, search_path};
use super::sql::{qualified, string};
use super::written_out;
use settled::Settled;
use shared::Shared;
use stand_in::{StandIn, StandInPart, Which};

/// Names the views whose stand-ins have other columns than they have.
const RETYPED: &str = include_str!("../queries/retyped_views.sql");

/// What is at fault, the attribute where that is known, and why.
type Refused = (ObjectId, Option<&'static str>, String);

/// How many objects share one transaction: each is locked until its end.
const BATCH: usize = 100;

/// Judges what differs, in a transaction of its own.
pub(super) fn elaborate(
    session: &mut Session,
    live: &Catalog,
    desired: &Catalog,
    deltas: &Deltas,
) -> Result<Elaborated> {
    judge(session, live, desired, deltas, false)
}

/// The same inside the transaction that is open.
pub(super) fn elaborate_inside(
    session: &mut Session,
    live: &Catalog,
    desired: &Catalog,
    deltas: &Deltas,
) -> Result<Elaborated> {
    judge(session, live, desired, deltas, true)
}

fn judge(
    session: &mut Session,
    live: &Catalog,
    desired: &Catalog,
    deltas: &Deltas,
    inside: bool,
) -> Result<Elaborated> {
    let mut elaborated = Elaborated::default();
    if !inside {
        elaborated.refused.extend(too_long::too_long(desired, deltas));
        elaborated.refused.extend(secrets::in_the_clear(desired, deltas));
        elaborated.refused.extend(namesakes::namesakes(desired, deltas));
        elaborated.refused.extend(roles::refused(session, desired, deltas)?);
        elaborated.refused.extend(extensions::refused(session, live, desired, deltas)?);
        elaborated.refused.extend(foreign_keys::refused(session, desired, deltas)?);
        elaborated.refused.extend(lineage::circular(desired, deltas));
        elaborated.refused.extend(gone::refused(desired, deltas, &session.renames));
    }
    let grants = deltas.keys().filter(|id| id.kind() == Kind::Grant && desired.contains(id));
    let first = &session.granted_first;
    let same = |id: &&ObjectId| grant::is_the_same(live, desired, id, session.version / 10_000, first.get(*id));
    elaborated.equal.extend(grants.filter(same).cloned());
    // Defaults that are the built-in ones are nowhere to be found.
    for kind in [Kind::DefaultGrants, Kind::DefaultPrivilege] {
        let new = deltas.iter().filter(|(id, delta)| id.kind() == kind && **delta == Delta::Create).map(|(id, _)| id);
        let built_in = |id: &&ObjectId| desired.children(id).all(|(part, _)| elaborated.equal.contains(part));
        let found: Vec<ObjectId> = new.filter(built_in).cloned().collect();
        elaborated.equal.extend(found);
    }
    for (id, delta) in deltas.iter().filter(|(_, delta)| **delta != Delta::Drop) {
        let Some(new) = desired.get(id) else { continue };
        // The default schema is there, and no object where nothing is said of it.
        if *delta == Delta::Create && space::is_standing(id) && new.comment.is_none() && new.owner.is_none() {
            elaborated.equal.insert(id.clone());
        }
        let Some(object) = written_out::unset(&new.object) else { continue };
        match live.get(id) {
            Some(old) if old.object == object && old.comment == new.comment && old.owner == new.owner => {
                elaborated.equal.insert(id.clone());
            }
            _ => drop(elaborated.reworded.insert(id.clone(), object)),
        }
    }
    let mut shared = Shared::default();
    let against = Against { live, desired, deltas, inside, stand_ins_first: false };
    let mut roots: BTreeMap<Option<String>, BTreeSet<ObjectId>> = BTreeMap::new();
    for (id, _) in deltas.iter().filter(|(_, delta)| **delta == Delta::Alter) {
        let (Some(old), Some(new)) = (live.get(id), desired.get(id)) else { continue };
        if old.object == new.object {
            continue;
        }
        if let (Object::TextSearchConfiguration(old), Object::TextSearchConfiguration(new)) = (&old.object, &new.object)
            && text_search::is_same(old, new)
        {
            elaborated.equal.insert(id.clone());
        }
        if let (Object::Subscription(old), Object::Subscription(new)) = (&old.object, &new.object) {
            let kept = subscriptions::kept(new);
            if kept == *old {
                elaborated.equal.insert(id.clone());
            } else if kept != *new {
                elaborated.reworded.insert(id.clone(), Object::Subscription(kept));
            }
        }
        if session.version < 180_000 && without_attached(&old.object) == without_attached(&new.object) {
            elaborated.equal.insert(id.clone());
        }
        // Names are unique within a schema, and so in the temporary one that stands for it.
        let schema = id.root().schema().map(|schema| schema.as_str().to_owned());
        roots.entry(schema).or_default().insert(id.root().clone());
    }
    let mut judged = Judged::default();
    for set in roots.into_values() {
        let (mut all, mut on_kept): (Vec<StandIn>, Vec<StandIn>) = Default::default();
        for root in set {
            on_kept.extend(StandIn::of(&against, &root, &session.renames, Which::OnKept));
            let Some(mut stand_in) = StandIn::of(&against, &root, &session.renames, Which::Altered) else { continue };
            if session.renames.is_empty() {
                shared.take(live, desired, &root, &mut stand_in);
            }
            if !stand_in.parts.is_empty() {
                all.push(stand_in);
            }
        }
        for batch in all.chunks(BATCH).chain(on_kept.chunks(BATCH)) {
            session.run(against.begin())?;
            let done = one_batch(session, &against, batch, &mut shared, &mut judged, &mut elaborated);
            if session.client.is_closed() {
                return done.map(|()| elaborated);
            }
            session.run(against.end())?;
            done?;
        }
    }
    let Judged { objects, retyped } = judged;
    settle(&against, objects, &retyped, &mut elaborated);
    parting::parting(session, &against, &mut elaborated)?;
    bounds::bounds(session, &against, &mut elaborated)?;
    shared.judge(&against, &retyped, &mut elaborated);
    elaborated.retyped = retyped;
    elaborated.retract_stale(desired, deltas, &settled::takes_all_columns);
    not_null_names::name(session.version, &against, &mut elaborated);
    if !inside && session.renames.is_empty() {
        trial::trial(session, &against, &mut elaborated)?;
        bodies::read(session, &against, &mut elaborated)?;
    }
    Ok(elaborated)
}

/// Before PostgreSQL 18 nothing tells whether a partition was a table first.
fn without_attached(object: &Object) -> Cow<'_, Object> {
    match object {
        Object::Table(table) if table.options.is_on(OptionKey::Attached) => {
            let mut table = table.clone();
            table.options.clear(OptionKey::Attached);
            Cow::Owned(Object::Table(table))
        }
        _ => Cow::Borrowed(object),
    }
}

/// What is judged, and where.
struct Against<'a> {
    live: &'a Catalog,
    desired: &'a Catalog,
    deltas: &'a Deltas,
    /// Inside the transaction of an apply: what cannot be judged there is no fault.
    inside: bool,
    /// Whether a name that both have means the stand-in, as where that is what will be there.
    stand_ins_first: bool,
}

impl Against<'_> {
    /// Begins what is rolled back once it is read.
    const fn begin(&self) -> &'static str {
        if self.inside { "savepoint trueup_elaborate" } else { "begin" }
    }

    /// Undoes all since.
    const fn end(&self) -> &'static str {
        if self.inside { "rollback to savepoint trueup_elaborate; set local search_path = public" } else { "rollback" }
    }

    /// Where the names in the text of an object, or of what it belongs to, are looked up.
    fn path(&self, id: &ObjectId) -> String {
        let path = search_path(self.schema(id));
        if self.stand_ins_first { format!("pg_catalog, pg_temp, {path}") } else { format!("{path}, pg_temp") }
    }

    /// The schema that the text of an object or of what it belongs to was written for.
    fn schema(&self, id: &ObjectId) -> Option<&str> {
        let of = |id| self.desired.get(id)?.in_schema.as_ref();
        of(id).or_else(|| of(id.root())).map(crate::catalog::Name::as_str)
    }
}

/// What the server made of what differs.
#[derive(Default)]
struct Judged {
    objects: Vec<(ObjectId, Object)>,
    /// The views of which columns have other types than they have now.
    retyped: BTreeSet<ObjectId>,
}

fn one_batch(
    session: &mut Session,
    against: &Against<'_>,
    batch: &[StandIn],
    shared: &mut Shared,
    judged: &mut Judged,
    elaborated: &mut Elaborated,
) -> Result<()> {
    session.run("set local client_min_messages = error; set local check_function_bodies = off")?;
    let made: Vec<&StandInPart> = if all_at_once(session, against, batch)? {
        batch.iter().flat_map(|stand_in| &stand_in.parts).collect()
    } else {
        one_by_one(session, against, batch, &mut judged.objects, elaborated)?
    };
    if made.is_empty() {
        return Ok(());
    }
    session.run("set local search_path = public, pg_temp")?;
    let read = read(&mut session.client, session.version, Scope::Temporary)?.catalog;
    let routines = stand_in::routines(session)?;
    for part in made {
        if let Some(found) = stand_in::found(&read, &part.id) {
            shared.answer(&part.id, found);
        }
        let Some(new) = against.desired.get(&part.id).filter(|_| against.live.contains(&part.id)) else { continue };
        let found = stand_in::read_back(&read, &routines, &part.id, &new.object);
        // The server still prints the old names, which stand for nothing after the renames.
        let found = found.filter(|found| !renames::may_name_renamed(&part.id, found, &session.renames));
        judged.objects.extend(found.map(|found| (part.id.clone(), found)));
    }
    judged.retyped.extend(retyped_views(session, batch)?);
    Ok(())
}

/// Notes what the server made of each, once what that means is settled: by what it made of others, it may be.
fn settle(
    against: &Against<'_>,
    mut objects: Vec<(ObjectId, Object)>,
    retyped: &BTreeSet<ObjectId>,
    elaborated: &mut Elaborated,
) {
    loop {
        let (settled, rest): (Vec<_>, Vec<_>) = {
            let by = Settled::new(against, elaborated, retyped);
            objects.into_iter().partition(|(id, _)| by.is_settled(id))
        };
        if settled.is_empty() {
            return;
        }
        for (id, found) in settled {
            if let (Some(old), Some(new)) = (against.live.get(&id), against.desired.get(&id)) {
                note(elaborated, &id, (old, new), found);
            }
        }
        objects = rest;
    }
}

/// Notes what the server made of a desired object.
fn note(elaborated: &mut Elaborated, id: &ObjectId, (old, new): (&Entry, &Entry), judged: Object) {
    let beside = new.comment == old.comment && (new.owner.is_none() || new.owner == old.owner);
    if judged == old.object && beside {
        elaborated.reworded.remove(id);
        elaborated.equal.insert(id.clone());
    } else if judged != new.object {
        elaborated.reworded.insert(id.clone(), judged);
    }
}

/// The views of a batch, all of one schema, whose stand-ins have another type for a column, or none.
fn retyped_views(session: &mut Session, batch: &[StandIn]) -> Result<Vec<ObjectId>> {
    let views = batch.iter().filter(|stand_in| {
        stand_in.root.kind() == Kind::View && stand_in.parts.iter().any(|part| part.id == stand_in.root)
    });
    let views: Vec<&ObjectId> = views.map(|stand_in| &stand_in.root).collect();
    if views.is_empty() {
        return Ok(Vec::new());
    }
    let asked = views.iter().map(|view| format!("({}, {})", string(view.name().as_str()), string(&qualified(view))));
    let sql = RETYPED.replace("/* views */", &asked.collect::<Vec<_>>().join(", "));
    let rows = session.rows(&sql)?;
    let found: BTreeSet<&str> = rows.iter().filter_map(|row| row.try_get(0).ok().flatten()).collect();
    Ok(views.into_iter().filter(|view| found.contains(view.name().as_str())).cloned().collect())
}

/// Makes the whole batch in one round trip: most of the time nothing in it is wrong.
fn all_at_once(session: &mut Session, against: &Against<'_>, batch: &[StandIn]) -> Result<bool> {
    let mut sql = String::new();
    let mut path = None;
    for stand_in in batch {
        let base = stand_in.base.iter().map(|base| (&stand_in.root, base));
        for (id, statement) in base.chain(stand_in.parts.iter().map(|part| (&part.id, &part.sql))) {
            let needed = against.path(id);
            if path.as_ref() != Some(&needed) {
                sql.extend(["set local search_path = ", &needed, "; "]);
                path = Some(needed);
            }
            sql.extend([statement.as_str(), "\n; "]);
        }
    }
    Ok(attempt(session, "public, pg_temp", &sql)?.is_ok())
}

/// Makes what can be made of a batch, each on its own; gives what was made.
fn one_by_one<'b>(
    session: &mut Session,
    against: &Against<'_>,
    batch: &'b [StandIn],
    judged: &mut Vec<(ObjectId, Object)>,
    elaborated: &mut Elaborated,
) -> Result<Vec<&'b StandInPart>> {
    let mut made = Vec::new();
    for stand_in in batch {
        if let Some(base) = &stand_in.base
            && let Err(failure) = attempt(session, &against.path(&stand_in.root), base)?
        {
            if against.inside {
                elaborated
                    .equal
                    .extend(stand_in.parts.iter().filter(|_| is_forbidden(&failure)).map(|part| part.id.clone()));
            } else if cannot_judge(&failure) {
                let reason = format!("the server cannot be asked: {}", failure.error);
                elaborated.unknown.extend(stand_in.parts.iter().map(|part| (part.id.clone(), reason.clone())));
            }
            continue;
        }
        for part in &stand_in.parts {
            let Some(entry) = against.desired.get(&part.id) else { continue };
            let Err(failure) = attempt(session, &against.path(&part.id), &part.sql)? else {
                made.push(part);
                continue;
            };
            // What comes after a column is read over its type, whatever its default calls.
            let has_type = match &part.bare {
                Some(bare) => attempt(session, &against.path(&part.id), bare)?.is_ok(),
                None => false,
            };
            // Over the type that it has now all else would say something else.
            if let Some(without) = part.without.as_ref().filter(|_| !has_type) {
                let _ = attempt(session, &against.path(&part.id), without)?;
            }
            if session.renames.is_empty()
                && !cannot_judge(&failure)
                && let Some(shown) = whole_row::shown(session, against, &part.id)?
            {
                judged.push((part.id.clone(), shown));
                continue;
            }
            if against.inside {
                elaborated.equal.extend(is_forbidden(&failure).then(|| part.id.clone()));
                continue;
            }
            if cannot_judge(&failure) {
                let reason = format!("the server cannot be asked: {}", failure.error);
                elaborated.unknown.insert(part.id.clone(), reason);
            } else if session.renames.is_empty()
                && is_fault(&failure)
                && !is_of_other_rows(&failure, entry, &part.id, against.deltas)
                && is_its_own(entry, &part.id, against.desired, against.deltas)
                && !is_missed(&failure, entry, &part.id, against)
            {
                refuse(elaborated, part, failure);
            }
        }
    }
    Ok(made)
}

/// Runs statements that stand or fall together, with their names looked up on a path.
fn attempt(session: &mut Session, path: &str, sql: &str) -> Result<std::result::Result<(), Failure>> {
    // Apart: where the syntax is wrong, nothing of what is sent with it is run.
    session.run(&format!("savepoint trueup_part; set local search_path = {path}"))?;
    match session.try_run(&format!("{sql}; release savepoint trueup_part")) {
        Ok(()) => Ok(Ok(())),
        Err(failure) if session.client.is_closed() => Err(failure.into()),
        Err(failure) => {
            session.run("rollback to savepoint trueup_part; release savepoint trueup_part")?;
            Ok(Err(failure))
        }
    }
}

/// Notes what the server refuses, and where in the statement.
fn refuse(elaborated: &mut Elaborated, part: &StandInPart, failure: Failure) {
    if elaborated.refused.iter().any(|(id, ..)| *id == part.id) {
        return;
    }
    if let Some((at, _)) = failure.position.and_then(|at| part.sql.char_indices().nth(at)) {
        elaborated.refused_at.insert(part.id.clone(), Within { sql: part.sql.clone(), at });
    }
    let message = message(failure.error);
    let attribute = if message.contains("index predicate") { Some("where") } else { part.attribute };
    elaborated.refused.push((part.id.clone(), attribute, message));
}

/// An error that an event trigger raises over a statement (`raise_exception`).
const RAISED: &str = "P0001";

/// Whether it is the server that takes no temporary objects: a standby, a role without the right, an event trigger against it.
fn cannot_judge(failure: &Failure) -> bool {
    failure.state.as_ref().is_some_and(|state| matches!(state.code(), "25006" | "42501" | "0A000" | RAISED))
}

/// Whether the role may make no temporary objects. What it has just made of the text of the TOML is taken for that then.
fn is_forbidden(failure: &Failure) -> bool {
    failure.state.as_ref().is_some_and(|state| matches!(state.code(), "42501" | RAISED))
}

/// Whether the text is at fault, as against the circumstances: a stand-in has another type of rows than the table.
fn is_fault(failure: &Failure) -> bool {
    if failure.error.to_string().contains("pg_temp") {
        return false;
    }
    failure.state.as_ref().is_some_and(|state| {
        matches!(
            state.code(),
            "42601" | "42703" | "42883" | "42804" | "42704" | "42P01" | "22P02" | "42846" | "42702" | "42P10" | "42P17"
        )
    })
}

/// Whether a row is made of as many values as its type is to have, and has not yet.
fn is_of_other_rows(failure: &Failure, entry: &Entry, id: &ObjectId, deltas: &Deltas) -> bool {
    let is_cast = failure.state.as_ref().is_some_and(|state| state.code() == "42846");
    let refers = entry.references(id);
    let is_part = |part: &&ObjectId| matches!(part.kind(), Kind::Column | Kind::Attribute);
    is_cast && deltas.keys().filter(is_part).any(|part| refers.contains(part.root()))
}

/// Whether nothing that is made or changed by this plan can be the reason: of what it refers to nothing differs,
/// nor of what that is made of, and nothing comes that might bring what is missing.
fn is_its_own(entry: &Entry, id: &ObjectId, desired: &Catalog, deltas: &Deltas) -> bool {
    let (refers, root) = (entry.references(id), id.root());
    // What belongs to a view looks at its columns.
    let of_view = (id != root && root.kind() == Kind::View).then_some(root);
    let others = refers.iter().filter(|other| other.root() != root).chain(of_view).cloned();
    // A value of an own column, or of the domain, is one of its type.
    let own = desired.within(root).filter(|(part, _)| *part == root || part.kind() == Kind::Column);
    let types = own.flat_map(|(part, entry)| entry.references(part)).filter(|ty| ty.root() != root);
    let types: BTreeSet<ObjectId> = types.collect();
    let made_of = rests_on(desired, others.chain(types.iter().cloned()).collect(), root);
    !deltas.iter().any(|(other, delta)| {
        let brings = *delta == Delta::Create
            && (other.parent().is_none() || (other.root() == root && other.kind() == Kind::Column));
        let of_type = types.contains(other.root()) || made_of.contains(other.root());
        brings || refers.contains(other) || of_type || of_view == Some(other)
    })
}

/// Whether the server misses a column by its name that comes with the plan: to a table whose rows are taken, or an attribute
/// to the type of a column.
fn is_missed(failure: &Failure, entry: &Entry, id: &ObjectId, against: &Against<'_>) -> bool {
    if failure.state.as_ref().is_none_or(|state| state.code() != "42703") {
        return false;
    }
    let words = failure.words();
    let new = against.deltas.iter().filter(|(_, delta)| **delta == Delta::Create).map(|(other, _)| other);
    let new = new.filter(|other| matches!(other.kind(), Kind::Column | Kind::Attribute));
    let mut named = new.filter(|other| words.contains(&other.name().as_str().to_lowercase())).peekable();
    if named.peek().is_none() {
        return false;
    }
    let mut within = rests_on(against.desired, vec![id.root().clone()], id.root());
    within.extend(entry.references(id).iter().map(|other| other.root().clone()));
    named.any(|other| within.contains(other.root()))
}

/// What objects are made of, at all depths: what views select from, tables above, the types of columns and attributes.
/// `but` is what asks.
fn rests_on(desired: &Catalog, mut open: Vec<ObjectId>, but: &ObjectId) -> BTreeSet<ObjectId> {
    let mut found: BTreeSet<ObjectId> = BTreeSet::new();
    while let Some(other) = open.pop() {
        // The columns of a view are what it selects.
        if let (Kind::View, Some(view)) = (other.root().kind(), desired.get(other.root())) {
            let selects = view.references(other.root()).into_iter().map(|id| id.root().clone());
            open.extend(selects.filter(|from| from != but && found.insert(from.clone())));
        }
        // Those of a table below another come from there too.
        let above = desired.object(other.root()).into_iter().flat_map(Object::parents).cloned();
        open.extend(above.filter(|table| table != but && found.insert(table.clone())));
        let parts = desired.within(other.root());
        for (part, entry) in
            parts.filter(|(part, _)| matches!(part.kind(), Kind::Column | Kind::Attribute | Kind::Domain))
        {
            // A column's type has columns or attributes of its own.
            let types = entry.references(part).into_iter().filter(|ty| {
                matches!(ty.kind(), Kind::Enum | Kind::Composite | Kind::Domain | Kind::Range | Kind::Table)
            });
            open.extend(types.filter(|ty| ty.root() != part.root() && found.insert(ty.clone())));
        }
    }
    found
}

fn message(error: Error) -> String {
    match error {
        Error::Statement { message, help: Some(help), .. } => format!("{message}\n{help}"),
        other => other.to_string(),
    }
}
