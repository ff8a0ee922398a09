//! Is the database what was desired? What differs as text is for the server to judge.

use crate::apply::{LeftOver, Progress, left_over};
use crate::catalog::{Catalog, Entry, ObjectId};
use crate::database::Live;
use crate::diff;
use crate::error::{Error, Result};
use crate::plan::{Plan, Transaction, follow_up};

use super::super::dialect::POSTGRES;
use super::super::elaborate;
use super::super::introspect;
use super::super::rules::{PostgresRules, space};
use super::super::session::{Session, search_path};
use super::run_step;

/// Compares the database with the plan; what only shows once the changes are made, such as the names that the server
/// gave, is followed up by one more round. `inside`: the transaction is still open.
pub(super) fn verify(session: &mut Session, plan: &Plan, progress: &mut dyn Progress, inside: bool) -> Result<()> {
    let now = read(session, inside)?;
    let left = left(session, plan, &now.catalog, inside)?;
    if left.deltas.is_empty() {
        return Ok(());
    }
    let steps = follow_up(&now, &left.desired, &left.deltas, plan, &PostgresRules, session.version)?;
    let fits = steps.iter().all(|step| step.transaction == Transaction::Shared);
    if steps.is_empty() || !fits {
        return Err(fault(plan, &now.catalog, &left, inside));
    }
    if !inside {
        session.run("begin")?;
    }
    for step in &steps {
        progress.doing(&format!("following up: {}", step.summary));
        session.run(&format!("set local search_path = {}", search_path(step.in_schema.as_deref())))?;
        run_step(session, step, if inside { "nothing was changed" } else { "run `trueup plan` to see what is left" })?;
    }
    session.run("set local search_path = public")?;
    let now = read(session, true)?;
    let left = self::left(session, plan, &now.catalog, true)?;
    if !left.deltas.is_empty() {
        return Err(fault(plan, &now.catalog, &left, inside));
    }
    if inside { Ok(()) } else { session.run("commit") }
}

fn read(session: &mut Session, inside: bool) -> Result<Live> {
    let live = if inside {
        introspect::read(&mut session.client, session.version, introspect::Scope::Database)
    } else {
        introspect::introspect(&mut session.client, session.version)
    }?;
    session.granted_first.clone_from(&live.granted_first);
    Ok(live)
}

fn left(session: &mut Session, plan: &Plan, now: &Catalog, inside: bool) -> Result<LeftOver> {
    let mut left = left_over(plan, now, &POSTGRES, &mut |now, desired, deltas| {
        if inside {
            elaborate::elaborate_inside(session, now, desired, deltas)
        } else {
            elaborate::elaborate(session, now, desired, deltas)
        }
    })?;
    left.deltas.retain(|id, _| !is_owner_alone(plan, now, id) && !is_as_made(plan, now, id));
    Ok(left)
}

fn fault(plan: &Plan, now: &Catalog, left: &LeftOver, inside: bool) -> Error {
    let list = left.deltas.keys().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let what = left.deltas.keys().next().map(|first| format!("{first}: {}", what(plan, now, first)));
    let what = what.unwrap_or_default();
    if inside {
        return Error::NotConverged(format!("{list} ({what})"));
    }
    Error::usage_with_help(
        format!("all steps are done, but the database differs from the TOML: {list} ({what})"),
        "run `trueup plan` to see what is left",
    )
}

fn what(plan: &Plan, now: &Catalog, id: &ObjectId) -> String {
    match (now.object(id), plan.desired.object(id)) {
        (Some(now), Some(wanted)) => {
            let show = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
            let differences = diff::differences(now, wanted);
            let words = differences.iter().map(|difference| {
                format!("{} is {}, not {}", difference.attribute, show(&difference.from), show(&difference.to))
            });
            words.collect::<Vec<_>>().join("; ")
        }
        (None, _) => "it is not there".to_owned(),
        (_, None) => "it is still there".to_owned(),
    }
}

/// The default schema is an object only while something of it, such as a grant, is not as the server made it.
fn is_as_made(plan: &Plan, now: &Catalog, id: &ObjectId) -> bool {
    let as_made = |entry: &Entry| {
        entry.comment.is_none() && entry.owner.as_ref().is_none_or(|owner| owner.as_str() == "pg_database_owner")
    };
    space::is_standing(id) && !now.contains(id) && plan.desired.get(id).is_some_and(as_made)
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
