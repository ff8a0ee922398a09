//! Is the database still what the plan was made for, and is it afterwards what the plan promised?

use crate::catalog::{Catalog, Fingerprint, Kind, ObjectId};
use crate::database::{Elaborated, Probed};
use crate::dialect::Dialect;
use crate::diff::{self, Deltas};
use crate::error::{Error, Refused, Result};
use crate::plan::{Hazard, HazardKind, Plan, Probe, ProbeKind, Step};

/// Refuses a plan that was made for another live catalog.
pub fn require_fresh(plan: &Plan, live: &Catalog) -> Result<()> {
    if Fingerprint::of(live) == plan.fingerprint {
        return Ok(());
    }
    Err(Refused::Stale(diff::what_differs(&plan.live, live)).into())
}

/// The database as read again must be what was desired, in every object and every spelling.
pub fn verify(plan: &Plan, now: &Catalog) -> Result<()> {
    let mut wrong: Vec<String> = diff::compare(now, &plan.desired).into_keys().map(|id| id.to_string()).collect();
    let respelled = now.iter().filter(|(id, _)| {
        plan.desired.get_key_value(id).is_some_and(|(wanted, _)| !wanted.name().same_spelling(id.name()))
    });
    wrong.extend(respelled.map(|(id, _)| id.to_string()));
    if wrong.is_empty() { Ok(()) } else { Err(Error::NotConverged(wrong.join(", "))) }
}

/// Rows may have come since the plan was made: what was not said to be lost must not be lost.
pub fn require_no_new_losses(plan: &Plan, ask: &mut dyn FnMut(&Probe) -> Result<Probed>) -> Result<()> {
    for step in &plan.steps {
        for probe in unsaid_losses(step) {
            let found = ask(probe)?;
            if found.rows > 0 {
                return Err(Refused::Stale(format!("{}: {}", probe.id, probe.sentence(&found))).into());
            }
        }
    }
    Ok(())
}

/// The questions whose answer was that nothing would be lost.
pub fn unsaid_losses(step: &Step) -> impl Iterator<Item = &Probe> {
    step.probes.iter().filter(|probe| {
        let said = |hazard: &Hazard| hazard.kind == HazardKind::DataLoss && hazard.id == probe.id;
        probe.kind == ProbeKind::Loss && !step.hazards.iter().any(said)
    })
}

/// What an apply has left to do.
pub struct LeftOver {
    /// What was desired, with what the plan's own creations left unsaid.
    pub desired: Catalog,
    /// What still differs from it.
    pub deltas: Deltas,
}

/// What of the database as read again is not what was desired, once the database itself has judged what is only
/// written otherwise. Nothing, if the plan came true.
pub fn left_over(
    plan: &Plan,
    now: &Catalog,
    dialect: &dyn Dialect,
    elaborate: &mut dyn FnMut(&Catalog, &Catalog, &Deltas) -> Result<Elaborated>,
) -> Result<LeftOver> {
    // What the plan made has got from the database what was left unsaid of it: a definer. What was a table's own may have
    // become its parent's.
    let given = |id: &ObjectId| matches!(id.kind(), Kind::Column | Kind::Check) && !plan.desired.contains(id);
    let made = now.iter().filter(|(id, _)| !plan.live.contains(id) || given(id));
    let made = made.map(|(id, entry)| (id.clone(), entry.clone()));
    let mut desired = plan.desired.clone();
    diff::leave_unsaid(&mut desired, &made.collect(), &|_| false, dialect);
    let mut deltas = diff::compare(now, &desired);
    if !deltas.is_empty() {
        let judged = elaborate(now, &desired, &deltas)?;
        if !judged.reworded.is_empty() {
            judged.reword(&mut desired);
            deltas = diff::compare(now, &desired);
        }
        deltas.retain(|id, _| !judged.equal.contains(id));
    }
    Ok(LeftOver { desired, deltas })
}
