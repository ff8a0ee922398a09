//! Makes a plan: reads, compares, asks the rules, orders, and counts what would be lost.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::thread;

use super::paired::{Paired, selected};
use crate::catalog::{Catalog, Fingerprint, ObjectId};
use crate::database::{Database, Elaborated, Live};
use crate::diagnostic::{Diagnostics, Sources};
use crate::diff::{self, Delta, Deltas, Note, Renames, Selection};
use crate::document::{Desired, Intent};
use crate::error::{Error, Result};

use super::artifact::{
    Action, Change, FORMAT, Hazard, HazardKind, Needed, Plan, Probe, ProbeKind, Refusal, Step, Unknown,
};
use super::draft::{Draft, Resource};
use super::fault::refused;
use super::rules::{Context, Rules, Way};
use super::{fills, graph, left_out};

/// What a plan is asked to cover.
pub struct PlanOptions<'a> {
    /// The objects it may touch.
    pub selection: &'a dyn Selection,
    /// The objects that are never dropped nor made again.
    pub protected: &'a dyn Fn(&ObjectId) -> bool,
    /// Of which attributes and kinds absent means none, as against left alone: `owner`, `grant`.
    pub complete: &'a dyn Fn(&str) -> bool,
    /// Whether to ask the rows which steps they forbid.
    pub probe: bool,
}

/// Makes the plan that takes the live database to what the document says.
pub fn make(db: &mut dyn Database, desired: &Desired, sources: &Sources, options: &PlanOptions<'_>) -> Result<Plan> {
    let live = db.introspect()?;
    make_from(db, &live, desired, sources, options)
}

/// The same where the database has been read before.
pub fn make_from(
    db: &mut dyn Database,
    live: &Live,
    desired: &Desired,
    sources: &Sources,
    options: &PlanOptions<'_>,
) -> Result<Plan> {
    let dialect = db.dialect();
    let judge = |elaborated: &Elaborated| match refused(elaborated, desired, sources, dialect) {
        items if items.is_empty() => Ok(()),
        items => Err(Error::Input(Box::new(Diagnostics { sources: sources.clone(), items }))),
    };
    let mut plan = of_catalogs(db, live, &desired.catalog, &desired.intent, options, &judge)?;
    ask_rows(db, &mut plan.steps, options.probe)?;
    Ok(plan)
}

/// The plan for two catalogs, before the rows are asked. `judge` sees what the database said of the desired one.
pub(crate) fn of_catalogs(
    db: &mut dyn Database,
    live: &Live,
    wanted: &Catalog,
    intent: &Intent,
    options: &PlanOptions<'_>,
    judge: &dyn Fn(&Elaborated) -> Result<()>,
) -> Result<Plan> {
    thread::scope(|scope| {
        // A digest of the whole catalog takes as long as the comparison, and neither needs the other.
        let fingerprint = scope.spawn(|| Fingerprint::of(&live.catalog));
        let fingerprint = || fingerprint.join().unwrap_or_else(|panic| resume_unwind(panic));
        compared(db, live, wanted, intent, options, judge, fingerprint)
    })
}

fn compared(
    db: &mut dyn Database,
    live: &Live,
    wanted: &Catalog,
    intent: &Intent,
    options: &PlanOptions<'_>,
    judge: &dyn Fn(&Elaborated) -> Result<()>,
    fingerprint: impl FnOnce() -> Fingerprint,
) -> Result<Plan> {
    let rules = db.rules();
    let said = diff::signed(&intent.renames, &live.catalog, wanted);
    let catalogs = (&live.catalog, wanted);
    let paired = Paired::new(options.selection, &said, catalogs);
    let options = &PlanOptions { selection: &paired, ..*options };
    let mut asked = selected(&said, options.selection, catalogs);
    let ignored = |table: &ObjectId| intent.ignore.iter().any(|(id, _)| id.is_within(table));
    let naming = diff::Naming {
        in_place: &|from, to| rules.renames_in_place(from, to),
        renamed: &|id, from, to| rules.renamed(id, from, to),
        shared: db.dialect().shared_names(),
    };
    let mut renames = diff::resolve(&live.catalog, wanted, &asked, &naming);
    let mut renamed = if renames.steps.is_empty() { None } else { Some(db.after_renames(live, &renames.steps)?) };
    // What only has another name is seen once what it is over has its own.
    let now = renamed.as_ref().unwrap_or(&live.catalog);
    let implied = diff::implied(now, wanted, &asked, ignored, naming.in_place, rules.names_indexes_by_table());
    let implied = selected(&implied, options.selection, (now, wanted));
    if !implied.is_empty() {
        renames.add(&implied, now, &naming);
        renamed = Some(db.after_renames(live, &renames.steps)?);
        asked.extend(implied);
    }
    let current = renamed.as_ref().unwrap_or(&live.catalog);
    let Settled { mut target, restated, needed } = settled(db, current, wanted, intent, options, &renames)?;
    let current = restated.as_ref().unwrap_or(current);
    let mut unknown = leave_alone(&mut target, current, live, &renames, options.selection);
    let first = deltas(current, &target, &renames);
    let mut elaborated = db.elaborate(current, &target, &first)?;
    if !options.selection.selects_everything() {
        left_out::refuse(&mut elaborated, options.selection, (&target, wanted), &first);
    }
    judge(&elaborated)?;
    for (id, reason) in &elaborated.unknown {
        for id in target.within(id).chain(current.within(id)).map(|(id, _)| id.clone()).collect::<BTreeSet<_>>() {
            diff::keep_live(&mut target, current, &id);
        }
        unknown.push(Unknown { id: id.clone(), reason: reason.clone() });
    }
    for id in &elaborated.equal {
        diff::keep_live(&mut target, current, id);
    }
    elaborated.reword(&mut target);
    let settled = elaborated.unknown.is_empty() && elaborated.equal.is_empty() && elaborated.reworded.is_empty();
    let compared = if settled { first } else { deltas(current, &target, &renames) };

    let cx = Context {
        live: current,
        desired: &target,
        deltas: &compared,
        renames: &renames,
        intent,
        read: live,
        elaborated: &elaborated,
        version: db.version(),
        complete_grants: (options.complete)("grant"),
    };
    let drawn_in = rules.drawn_in(&cx).into_iter().map(|id| (id, Delta::Alter));
    let deltas: Deltas = compared.clone().into_iter().chain(drawn_in).collect();
    let cx = Context { deltas: &deltas, ..cx };
    let mut made = steps(&cx, rules)?;
    let mut notes = renames.notes.clone();
    notes.extend(diff::unmatched(wanted, current, &intent.ignore));
    notes.extend(diff::lookalikes(current, &target, &deltas, db.dialect().default_schema()));
    let changes = changes(&cx, &made);
    say_sizes(db, &mut made.steps, &renames)?;
    let protected = protected(&cx, &made, options.protected);
    let mut plan = Plan {
        format: FORMAT,
        trueup: env!("CARGO_PKG_VERSION").to_owned(),
        target: db.target(),
        fingerprint: fingerprint(),
        changes,
        steps: made.steps,
        edges: made.edges,
        refusals: made.refusals,
        protected,
        unknown,
        needed,
        unmanaged: live.unmanaged.clone(),
        notes,
        live: live.catalog.clone(),
        desired: target,
        intent: Intent { renames: asked, ignore: Vec::new(), ..intent.clone() },
        seal: String::new(),
    };
    name_displaced(&mut plan, &renames);
    Ok(plan)
}

/// What the plan is to make true.
struct Settled {
    /// What is desired of all that the plan covers.
    target: Catalog,
    /// The live catalog, where that reads otherwise under what is desired.
    restated: Option<Catalog>,
    needed: Vec<Needed>,
}

fn settled(
    db: &mut dyn Database,
    current: &Catalog,
    wanted: &Catalog,
    intent: &Intent,
    options: &PlanOptions<'_>,
    renames: &Renames,
) -> Result<Settled> {
    let dialect = db.dialect();
    let settled = |current: &Catalog| {
        let mut target = wanted.clone();
        let needed = diff::settle(&mut target, current, options.selection, &intent.ignore);
        diff::leave_unsaid(&mut target, current, options.complete, dialect);
        diff::leave_unsaid_of_remade(&mut target, current, &renames.remade, options.complete, dialect);
        (target, needed)
    };
    let first = settled(current);
    let restated = db.in_new_surroundings(current, &first.0)?;
    let (target, needed) = restated.as_ref().map_or(first, settled);
    let needed = needed.into_iter().map(|(id, by)| Needed { id, by }).collect();
    Ok(Settled { target, restated, needed })
}

/// The steps that take a database from where an apply has left it to what was desired: none where that is not possible
/// without losing anything.
pub(crate) fn follow_up(
    now: &Live,
    desired: &Catalog,
    deltas: &Deltas,
    plan: &Plan,
    rules: &dyn Rules,
    version: u32,
) -> Result<Vec<Step>> {
    let (renames, intent) = (Renames::default(), Intent { renames: Vec::new(), ..plan.intent.clone() });
    let cx = Context {
        live: &now.catalog,
        desired,
        deltas,
        renames: &renames,
        intent: &intent,
        read: now,
        elaborated: &Elaborated::default(),
        version,
        complete_grants: false,
    };
    let made = steps(&cx, rules)?;
    let loses = |step: &Step| step.probes.iter().any(|probe| probe.kind == ProbeKind::Loss);
    let possible = made.refusals.is_empty() && !made.steps.iter().any(loses);
    Ok(if possible { made.steps } else { Vec::new() })
}

/// What only stands in the way of a rename is dropped under a scratch name; people know it by its own.
fn name_displaced(plan: &mut Plan, renames: &Renames) {
    let own = |id: &mut ObjectId| {
        for aside in &renames.displaced {
            if let Some(name) = renames.origins.get(aside).filter(|_| id.is_within(aside)) {
                *id = id.renamed(aside, name);
            }
        }
    };
    if renames.displaced.is_empty() {
        return;
    }
    // One name stands for one change: the rename, and a note on what it replaces.
    plan.changes.retain(|change| !renames.displaced.iter().any(|aside| change.id.is_within(aside)));
    for name in renames.displaced.iter().filter_map(|aside| renames.origins.get(aside)) {
        let message =
            format!("the {} that has this name now is dropped; the renamed one takes its place", name.kind().noun());
        plan.notes.push(Note { id: name.clone(), message });
    }
    for step in &mut plan.steps {
        step.probes.iter_mut().for_each(|probe| own(&mut probe.id));
        step.hazards.iter_mut().for_each(|hazard| own(&mut hazard.id));
    }
}

fn deltas(live: &Catalog, desired: &Catalog, renames: &Renames) -> Deltas {
    let mut deltas = diff::compare(live, desired);
    for id in &renames.respelled {
        if live.contains(id) && desired.contains(id) {
            deltas.entry(id.clone()).or_insert(Delta::Alter);
        }
    }
    deltas
}

/// What could not be reproduced exactly from its model is never touched on a guess, nor made where it may be there.
fn leave_alone(
    target: &mut Catalog,
    current: &Catalog,
    live: &Live,
    renames: &Renames,
    selection: &dyn Selection,
) -> Vec<Unknown> {
    let mut unknown = Vec::new();
    for (id, reason) in &live.not_understood {
        let id = renames.origins.iter().find(|(_, old)| *old == id).map_or(id, |(new, _)| new);
        let ids: BTreeSet<ObjectId> = target.within(id).chain(current.within(id)).map(|(id, _)| id.clone()).collect();
        for id in &ids {
            diff::keep_live(target, current, id);
        }
        if current.contains(id) || selection.selects(id) {
            unknown.push(Unknown { id: id.clone(), reason: reason.clone() });
        }
    }
    let hidden = |id: &ObjectId| if current.contains(id) { None } else { live.hides(&before(renames, id)) };
    let roots: Vec<Unknown> = target
        .iter()
        .filter(|(id, _)| id.parent().is_none() || hidden(id.root()).is_none())
        .filter_map(|(id, _)| Some(Unknown { id: id.clone(), reason: hidden(id)?.to_owned() }))
        .collect();
    for Unknown { id, .. } in &roots {
        for part in target.within(id).map(|(part, _)| part.clone()).collect::<Vec<_>>() {
            target.remove(&part);
        }
    }
    unknown.extend(roots);
    unknown
}

/// What stands in the message of a hazard for the size of its table.
const SIZE: &str = "{size}";

/// Puts the sizes of tables into the hazards that speak of them.
fn say_sizes(db: &mut dyn Database, steps: &mut [Step], renames: &Renames) -> Result<()> {
    let asked: BTreeSet<ObjectId> = steps
        .iter()
        .flat_map(|step| &step.hazards)
        .filter(|hazard| hazard.message.contains(SIZE))
        .map(|hazard| before(renames, hazard.id.root()))
        .collect();
    if asked.is_empty() {
        return Ok(());
    }
    let sizes = db.sizes(&asked.into_iter().collect::<Vec<_>>())?;
    for hazard in steps.iter_mut().flat_map(|step| &mut step.hazards) {
        let size = sizes.get(&before(renames, hazard.id.root()));
        let size = size.map(|size| format!(" ({size})")).unwrap_or_default();
        hazard.message = hazard.message.replace(SIZE, &size);
    }
    Ok(())
}

struct Made {
    steps: Vec<Step>,
    edges: Vec<(usize, usize)>,
    refusals: Vec<Refusal>,
    rebuilt: BTreeSet<ObjectId>,
    /// What is dropped and made again: with a reason where it does not differ itself.
    recreated: BTreeMap<ObjectId, Option<String>>,
}

fn steps(cx: &Context<'_>, rules: &dyn Rules) -> Result<Made> {
    let mut drafts = renames(cx, rules);
    let mut in_place: BTreeMap<ObjectId, Vec<Draft>> = BTreeMap::new();
    let (mut rebuilt, mut together) = (BTreeSet::new(), BTreeSet::new());
    let (mut refusals, mut stuck) = (Vec::new(), BTreeSet::new());
    let mut recreated = BTreeMap::new();
    for (id, delta, way) in rules.ways(cx) {
        if matches!(way, Way::Recreate(_)) && delta == Delta::Alter {
            recreated.insert(id.clone(), None);
        }
        match way {
            Way::InPlace(steps) | Way::Recreate(steps) if id.kind().is_part_of_table() => {
                in_place.entry(id.root().clone()).or_default().extend(steps);
            }
            Way::InPlace(steps) | Way::Recreate(steps) => drafts.extend(steps),
            Way::Together => {
                together.insert(id.root().clone());
            }
            Way::Rebuild => {
                rebuilt.insert(id.root().clone());
            }
            Way::Within => {}
            Way::Refuse(refusal) => {
                stuck.insert(id.root().clone());
                refusals.push(refusal);
            }
        }
    }
    // A table with a difference that cannot be made is left as it is: half a change is no change anybody asked for.
    rebuilt.retain(|table| !stuck.contains(table));
    let rebuilt_list: Vec<ObjectId> = rebuilt.iter().cloned().collect();
    drafts.extend(
        in_place
            .into_iter()
            .filter(|(table, _)| !rebuilt.contains(table) && !stuck.contains(table))
            .flat_map(|(_, steps)| steps),
    );
    drafts.extend(together.difference(&stuck).flat_map(|table| rules.together(cx, table)));
    drafts.extend(rebuilt.iter().flat_map(|table| rules.rebuild(cx, table)));
    for (id, because, steps) in rules.surroundings(cx, &drafts, &rebuilt_list) {
        drafts.extend(steps);
        recreated.entry(id).or_insert(Some(because));
    }
    fills::before_drops(cx, &mut drafts);
    fills::tried(cx, rules, &mut drafts);
    let ordered = graph::order(drafts)?;
    let steps = ordered.drafts.into_iter().map(|draft| draft.step).collect();
    Ok(Made { steps, edges: ordered.edges, refusals, rebuilt, recreated })
}

/// The ordered steps alone, and what is refused: for the tests of a database's rules.
#[cfg(test)]
pub(crate) fn steps_of(cx: &Context<'_>, rules: &dyn Rules) -> Result<(Vec<Step>, Vec<Refusal>)> {
    steps(cx, rules).map(|made| (made.steps, made.refusals))
}

/// The renames, one after the other; everything else that touches what is renamed comes after the last.
fn renames(cx: &Context<'_>, rules: &dyn Rules) -> Vec<Draft> {
    let steps = cx.renames.steps.iter().enumerate();
    steps
        .map(|(at, (from, to))| {
            let draft = rules.rename(cx, from, to).producing([Resource::Renamed(at)]);
            let last = at + 1 == cx.renames.steps.len();
            let draft = if at > 0 { draft.consuming([Resource::Renamed(at - 1)]) } else { draft };
            if last {
                let renamed = cx.renames.origins.keys().chain(cx.renames.followers.keys());
                let roots: BTreeSet<&ObjectId> = renamed.map(ObjectId::root).collect();
                let touched = roots.into_iter().flat_map(|root| cx.live.within(root)).map(|(id, _)| id);
                draft.producing(touched.flat_map(|id| [Resource::Old(id.clone()), Resource::New(id.clone())]))
            } else {
                draft
            }
        })
        .collect()
}

fn changes(cx: &Context<'_>, made: &Made) -> Vec<Change> {
    let mut changes: BTreeMap<ObjectId, Change> = BTreeMap::new();
    let shifted = diff::only_shifted(cx.live, cx.desired, cx.deltas);
    for (id, delta) in cx.deltas.iter().filter(|(id, _)| !shifted.contains(*id)) {
        let remade = cx.renames.remade.get(id).filter(|old| cx.delta(old) == Some(Delta::Drop));
        let (old, new) = (cx.live.get(id).or_else(|| cx.live.get(remade?)), cx.desired.get(id));
        let action = match delta {
            Delta::Create => remade.map_or(Action::Create, |from| Action::Rename { from: from.clone() }),
            Delta::Drop => Action::Drop,
            Delta::Alter if cx.renames.respelled.contains(id) => {
                let there = cx.live.get_key_value(id).map_or(id, |(there, _)| there);
                Action::Rename { from: there.clone() }
            }
            Delta::Alter if made.recreated.contains_key(id) => Action::Recreate { because: None },
            Delta::Alter => Action::Alter,
        };
        if *delta == Delta::Drop
            && cx.renames.remade.iter().any(|(new, old)| old == id && cx.delta(new) == Some(Delta::Create))
        {
            continue;
        }
        let rebuild = made.rebuilt.contains(id.root()) && (id.kind().is_part_of_table() || id.parent().is_none());
        changes.insert(
            id.clone(),
            Change {
                id: id.clone(),
                action,
                differences: old.zip(new).map(|(old, new)| diff::entry_differences(old, new)).unwrap_or_default(),
                summary: new.or(old).map(|entry| diff::summary(&entry.object)).unwrap_or_default(),
                rebuild,
            },
        );
    }
    for (id, old) in cx.renames.origins.iter().filter(|(id, _)| !cx.renames.displaced.contains(*id)) {
        let change = changes.entry(id.clone()).or_insert_with(|| Change {
            id: id.clone(),
            action: Action::Alter,
            differences: Vec::new(),
            summary: String::new(),
            rebuild: false,
        });
        change.action = Action::Rename { from: old.clone() };
    }
    for (id, because) in &made.recreated {
        changes.entry(id.clone()).or_insert_with(|| Change {
            id: id.clone(),
            action: Action::Recreate { because: because.clone() },
            differences: Vec::new(),
            summary: String::new(),
            rebuild: false,
        });
    }
    changes.into_values().collect()
}

/// Asks what would be lost, always, and what stands in the way, where wanted: losses become hazards with
/// their numbers, and none where nothing would be lost.
pub(crate) fn ask_rows(db: &mut dyn Database, steps: &mut [Step], obstacles: bool) -> Result<()> {
    for step in steps {
        for at in 0..step.probes.len() {
            let Some(probe) = step.probes.get(at) else { continue };
            if !obstacles && matches!(probe.kind, ProbeKind::Obstacle | ProbeKind::Conversion) {
                continue;
            }
            let said = asked(db, probe, &step.probes)?;
            step.hazards.extend(said.filter(|said| !step.hazards.contains(said)));
        }
    }
    Ok(())
}

/// What one probe finds, of those of a step.
fn asked(db: &mut dyn Database, probe: &Probe, all: &[Probe]) -> Result<Option<Hazard>> {
    let hazard = |kind, message| Some(Hazard { kind, id: probe.id.clone(), message });
    let found = match db.probe(probe) {
        Ok(found) => found,
        Err(Error::Statement { message, .. }) => return Ok(uncounted(probe, &message)),
        Err(error) => return Err(error),
    };
    if let Some(reason) = found.refused {
        if probe.kind == ProbeKind::Conversion {
            return Ok(hazard(HazardKind::Fails, format!("fails: {}: {reason}; {}", probe.meaning, probe.advice)));
        }
        // What could not be compared may be what cannot be converted.
        let conversion = all.iter().find(|other| other.kind == ProbeKind::Conversion && other.id == probe.id);
        let said = conversion.map(|conversion| asked(db, conversion, all)).transpose()?.flatten();
        return Ok(said.or_else(|| uncounted(probe, &reason)));
    }
    Ok(match probe.kind {
        _ if found.rows == 0 => None,
        ProbeKind::Conversion => None,
        ProbeKind::Obstacle | ProbeKind::Trial => {
            hazard(HazardKind::Fails, format!("fails: {}; {}", probe.sentence(&found), probe.advice))
        }
        ProbeKind::Loss => hazard(HazardKind::DataLoss, format!("loses data: {}", probe.sentence(&found))),
    })
}

/// What cannot be counted counts as loss; what may be in the way shows when the step runs.
fn uncounted(probe: &Probe, reason: &str) -> Option<Hazard> {
    let (kind, message) = match probe.kind {
        ProbeKind::Loss => (HazardKind::DataLoss, format!("may lose data: its rows could not be counted ({reason})")),
        ProbeKind::Obstacle => (HazardKind::Notice, format!("its rows could not be looked at beforehand ({reason})")),
        ProbeKind::Trial => (HazardKind::Fails, format!("fails: {}: {reason}; {}", probe.meaning, probe.advice)),
        // It may rest on what the plan makes.
        ProbeKind::Conversion => return None,
    };
    Some(Hazard { kind, id: probe.id.clone(), message })
}

/// What would be dropped or made again although it is protected, under its name of now or of then. What belongs
/// to a protected object is protected with it where it holds data; its indexes and triggers may come and go.
fn protected(cx: &Context<'_>, made: &Made, protected: &dyn Fn(&ObjectId) -> bool) -> Vec<ObjectId> {
    let ends = |(id, delta): &(&ObjectId, &Delta)| {
        **delta == Delta::Drop || (**delta == Delta::Alter && made.recreated.contains_key(id))
    };
    let counts = |id: &ObjectId| id.kind().holds_data() || id.parent().is_none_or(|parent| !protected(parent));
    let hit = |id: &ObjectId| protected(id) && counts(id);
    let ended = cx.deltas.iter().filter(ends).map(|(id, _)| (id, before(cx.renames, id)));
    let mut found: Vec<ObjectId> = ended.filter(|(id, old)| hit(id) || hit(old)).map(|(_, old)| old).collect();
    found.sort();
    found.dedup();
    found
}

/// What an object is called before the plan.
fn before(renames: &Renames, id: &ObjectId) -> ObjectId {
    let own = std::iter::successors(Some(id), |id| id.parent());
    let renamed = own.filter_map(|part| renames.origins.get(part).map(|old| (part, old)));
    renamed.fold(id.clone(), |id, (new, old)| id.renamed(new, old))
}
