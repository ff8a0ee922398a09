//! Leave to lose data: what a person allowed for this plan, and what is left without it.

use std::collections::BTreeSet;

use crate::catalog::ObjectId;
use crate::database::Database;
use crate::diagnostic::Sources;
use crate::diff::{Selection, Together};
use crate::document::Desired;
use crate::error::{Error, Refused, Result};

use super::artifact::{HazardKind, Plan};
use super::make::{PlanOptions, make};

/// What a person allowed to be lost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leave {
    /// Everything.
    pub all: bool,
    /// These objects and what belongs to them.
    pub some: BTreeSet<ObjectId>,
}

impl Leave {
    /// Whether this object may be lost.
    pub fn covers(&self, id: &ObjectId) -> bool {
        self.all || self.some.contains(id) || id.parent().is_some_and(|parent| self.covers(parent))
    }
}

/// Whether a plan may be applied with this leave: nothing protected, nothing lost without leave, nothing impossible.
pub fn check(plan: &Plan, leave: &Leave) -> Result<()> {
    if !plan.protected.is_empty() {
        return Err(Refused::Protected(plan.protected.clone()).into());
    }
    if !plan.refusals.is_empty() {
        let line = |refusal: &super::Refusal| format!("{}: {}; {}", refusal.id, refusal.reason, refusal.advice);
        return Err(Refused::Impossible(plan.refusals.iter().map(line).collect()).into());
    }
    let lost: Vec<ObjectId> = plan.destructive().into_iter().filter(|id| !leave.covers(id)).collect();
    if !lost.is_empty() {
        return Err(Refused::Destructive(lost).into());
    }
    let fails = plan.hazards().filter(|hazard| hazard.kind == HazardKind::Fails);
    let rows: Vec<String> =
        fails.map(|hazard| format!("{}: {}", hazard.id, hazard.message.trim_start_matches("fails: "))).collect();
    if rows.is_empty() { Ok(()) } else { Err(Refused::Rows(rows).into()) }
}

/// The plan without what would lose data that nobody gave leave for, and what was left out.
pub fn without_losses(
    db: &mut dyn Database,
    desired: &Desired,
    sources: &Sources,
    options: &PlanOptions<'_>,
    plan: Plan,
    leave: &Leave,
) -> Result<(Plan, Vec<ObjectId>)> {
    let mut left_out: Vec<ObjectId> = Vec::new();
    let mut plan = plan;
    // Leaving one thing out can show another loss; each round leaves out at least one more object.
    loop {
        let lost: Vec<ObjectId> = plan.destructive().into_iter().filter(|id| !leave.covers(id)).collect();
        if lost.is_empty() {
            return Ok((plan, left_out));
        }
        let mut more: Vec<ObjectId> = lost.iter().filter(|id| !left_out.contains(id)).cloned().collect();
        if more.is_empty() {
            // It is lost by what happens to something else: the values of a column by an attribute of its type.
            let changes = |id: &ObjectId| plan.changes.iter().any(|change| change.id.root() == id);
            let references = lost.iter().filter_map(|id| Some(plan.live.get(id)?.references(id))).flatten();
            let causes = references.map(|id| id.root().clone()).filter(changes);
            more.extend(causes.filter(|id| !left_out.contains(id) && !lost.iter().any(|lost| lost.root() == id)));
            more.sort();
            more.dedup();
        }
        if more.is_empty() {
            return Err(Error::from(Refused::Destructive(lost)));
        }
        // What is to have the name of what stays cannot come.
        let shared = db.dialect().shared_names();
        let named = more.iter().filter(|id| id.parent().is_none()).flat_map(|id| {
            let kinds = shared.iter().filter(|kinds| kinds.contains(&id.kind())).flat_map(|kinds| kinds.iter());
            kinds.map(|kind| ObjectId::top(*kind, id.schema().cloned(), id.name().clone()))
        });
        let named: Vec<ObjectId> =
            named.filter(|id| desired.catalog.contains(id) && !more.contains(id) && !left_out.contains(id)).collect();
        left_out.extend(more);
        left_out.extend(named);
        let selection = Except { inner: options.selection, ids: &left_out };
        plan = make(db, desired, sources, &PlanOptions { selection: &selection, ..*options })?;
    }
}

struct Except<'a> {
    inner: &'a dyn Selection,
    ids: &'a [ObjectId],
}

impl Except<'_> {
    fn leaves_out(&self, id: &ObjectId) -> bool {
        self.ids.iter().any(|except| id.is_within(except))
    }
}

impl Selection for Except<'_> {
    fn selects(&self, id: &ObjectId) -> bool {
        !self.leaves_out(id) && self.inner.selects(id)
    }

    fn of_both(&self, one: &ObjectId, other: &ObjectId) -> Together {
        if self.leaves_out(one) || self.leaves_out(other) { Together::LeftOut } else { self.inner.of_both(one, other) }
    }
}
