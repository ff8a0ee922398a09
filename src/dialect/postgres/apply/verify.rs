//! Is the database what was desired? What differs as text is for the server to judge.

use std::collections::BTreeSet;

use crate::apply::left_over;
use crate::catalog::{Catalog, ObjectId};
use crate::diff;
use crate::error::{Error, Result};
use crate::plan::Plan;

use super::super::dialect::POSTGRES;
use super::super::elaborate;
use super::super::session::Session;

/// Compares the catalog as it is now with the plan's. `inside`: the transaction is still open.
pub(super) fn verify(session: &mut Session, plan: &Plan, now: &Catalog, inside: bool) -> Result<()> {
    let left = left_over(plan, now, &POSTGRES, &mut |now, desired, deltas| {
        if inside {
            elaborate::elaborate_inside(session, now, desired, deltas)
        } else {
            elaborate::elaborate(session, now, desired, deltas)
        }
    })?;
    let mut wrong: BTreeSet<ObjectId> = left.into_keys().collect();
    wrong.retain(|id| !is_owner_alone(plan, now, id));
    let Some(first) = wrong.first() else { return Ok(()) };
    let list = wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let what = match (now.object(first), plan.desired.object(first)) {
        (Some(now), Some(wanted)) => diff::differences(now, wanted)
            .iter()
            .map(|difference| {
                let show = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
                format!("{} is {}, not {}", difference.attribute, show(&difference.from), show(&difference.to))
            })
            .collect::<Vec<_>>()
            .join("; "),
        (None, _) => "it is not there".to_owned(),
        (_, None) => "it is still there".to_owned(),
    };
    if inside {
        return Err(Error::NotConverged(format!("{list} ({first}: {what})")));
    }
    Err(Error::usage_with_help(
        format!("all steps are done, but the database differs from the TOML: {list} ({first}: {what})"),
        "run `trueup plan` to see what is left",
    ))
}

/// What is new belongs to whoever made it, where the TOML names nobody.
fn is_owner_alone(plan: &Plan, now: &Catalog, id: &ObjectId) -> bool {
    match (now.get(id), plan.desired.get(id)) {
        (Some(now), Some(wanted)) => {
            wanted.owner.is_none() && now.object == wanted.object && now.comment == wanted.comment
        }
        _ => false,
    }
}
