//! Is the database still what the plan was made for, and is it afterwards what the plan promised?

use crate::catalog::{Catalog, Fingerprint};
use crate::diff;
use crate::error::{Error, Refused, Result};
use crate::plan::Plan;

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
