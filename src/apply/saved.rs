//! A plan that was kept in a file, and comes back.

use crate::catalog::ObjectId;
use crate::database::Database;
use crate::diff::Everything;
use crate::error::{Error, Result};

use crate::plan::{Plan, PlanOptions, ask_rows, of_catalogs};

use super::check::require_fresh;

/// Makes a saved plan anew from the catalogs it holds, for the database it was made for, with the rows asked
/// again. Refused where the file was edited, where it is for another database, or where the live catalog is
/// no longer the one it was made for.
///
/// `protected` are the objects that must not go now, whatever was protected when the plan was made.
pub fn revive(db: &mut dyn Database, saved: &Plan, protected: &dyn Fn(&ObjectId) -> bool) -> Result<Plan> {
    if !saved.is_sealed() {
        return Err(edited());
    }
    let target = db.target();
    if target.location != saved.target.location {
        return Err(Error::usage_with_help(
            format!("the plan was made for {}, not for {}", saved.target, target),
            "leave --database out, or make a plan for this database",
        ));
    }
    let live = db.introspect()?;
    require_fresh(saved, &live.catalog)?;
    let options = PlanOptions { selection: &Everything, protected, complete: &|_| true, probe: true };
    let mut plan = of_catalogs(db, &live, &saved.desired, &saved.intent, &options, &|_| Ok(()))?;
    let statements = |plan: &Plan| plan.steps.iter().map(|step| step.sql.clone()).collect::<Vec<_>>();
    if statements(&plan) != statements(saved) {
        return Err(edited());
    }
    ask_rows(db, &mut plan.steps, true)?;
    plan.unknown.clone_from(&saved.unknown);
    plan.needed.clone_from(&saved.needed);
    Ok(plan)
}

fn edited() -> Error {
    Error::usage_with_help(
        "the plan in this file is not the one that trueup made: it was edited",
        "make it again with `trueup plan --out FILE`",
    )
}
