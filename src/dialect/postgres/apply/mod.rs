//! Runs a plan: in one transaction where the server allows it, checked before that is committed.

mod holders;
mod verify;

use std::collections::BTreeSet;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::apply::{Progress, require_fresh, require_no_new_losses, unsaid_losses};
use crate::catalog::Kind;
use crate::database::ApplyOptions;
use crate::error::{Error, Result};
use crate::plan::{Plan, Run, Step};

use super::introspect::introspect;
use super::probe::{ask, inside};
use super::session::{Session, about, search_path};
use super::sql::qualified;

/// The key of the one lock: `trueup` in numbers.
const LOCK: &str = "(1953658213, 1970303600)";

/// Runs a plan.
pub(super) fn apply(
    session: &mut Session,
    plan: &Plan,
    options: &ApplyOptions,
    progress: &mut dyn Progress,
) -> Result<()> {
    progress.doing(&format!("taking the lock of {}", plan.target));
    lock(session, plan, options.lock_timeout)?;
    let milliseconds = options.lock_timeout.as_millis().min(i32::MAX as u128);
    let result =
        session.run(&format!("set lock_timeout = {milliseconds}")).and_then(|()| locked(session, plan, progress));
    if !session.client.is_closed() {
        // The error that led here is the one to report, and the lock ends with the session at the latest.
        let _ = session.run(&format!("rollback; set search_path = public; select pg_advisory_unlock{LOCK}"));
    }
    result
}

/// Waits for the lock that every apply takes.
fn lock(session: &mut Session, plan: &Plan, timeout: Duration) -> Result<()> {
    let begun = Instant::now();
    loop {
        if session.value(&format!("select pg_try_advisory_lock{LOCK}"))?.as_deref() == Some("t") {
            return Ok(());
        }
        if begun.elapsed() >= timeout {
            return Err(Error::Busy {
                database: plan.target.url.clone(),
                reason: format!(
                    "somebody else is applying a plan to it and was not done within {} s (--lock-timeout)",
                    timeout.as_secs_f32()
                ),
            });
        }
        sleep(Duration::from_millis(100).min(timeout));
    }
}

fn locked(session: &mut Session, plan: &Plan, progress: &mut dyn Progress) -> Result<()> {
    let live = introspect(&mut session.client, session.version)?;
    require_fresh(plan, &live.catalog)?;
    require_no_new_losses(plan, &mut |probe| ask(session, probe))?;
    let runs = plan.runs();
    let mut done = 0;
    for (at, run) in runs.iter().enumerate() {
        let whole = runs.len() == 1;
        let last = at + 1 == runs.len();
        let result = one_run(session, plan, run, done, progress, whole);
        match result {
            Ok(()) => done = run.end,
            Err(error) => {
                if !session.client.is_closed() {
                    let _ = session.run("rollback");
                }
                return Err(error);
            }
        }
        if last && (!whole || run.alone) {
            progress.doing("checking the result");
            verify::verify(session, plan, progress, false)?;
        }
    }
    Ok(())
}

fn one_run(
    session: &mut Session,
    plan: &Plan,
    run: &Run,
    done: usize,
    progress: &mut dyn Progress,
    whole: bool,
) -> Result<()> {
    if !run.alone {
        session.run("begin; set local check_function_bodies = off; set local client_min_messages = warning")?;
    }
    if run.start == 0 && !run.alone {
        under_lock(session, plan, run)?;
    }
    let help = advice(done, plan.steps.len());
    let mut path = None;
    for (at, step) in plan.steps.iter().enumerate().take(run.end).skip(run.start) {
        progress.step(at, plan.steps.len(), step);
        let wanted = search_path(step.in_schema.as_deref());
        if path.as_ref() != Some(&wanted) {
            session.run(&format!("set {} search_path = {wanted}", if run.alone { "" } else { "local" }))?;
            path = Some(wanted);
        }
        run_step(session, step, &help).map_err(|error| match error {
            Error::Busy { .. } => holders::busy(session, plan, step, &help, run.alone),
            other => other,
        })?;
    }
    if run.alone {
        return session.run("set search_path = public");
    }
    // What is checked at the end of the transaction alone is checked while it can be told whose fault it is.
    session.run("set constraints all immediate; set local search_path = public")?;
    if whole {
        progress.doing("checking the result");
        verify::verify(session, plan, progress, true)?;
    }
    session.run("commit")
}

/// What was not said to be lost is looked for once more when nobody else can write any more: rows that came while the
/// apply waited for its locks are seen only then.
fn under_lock(session: &mut Session, plan: &Plan, run: &Run) -> Result<()> {
    let steps = plan.steps.get(run.start..run.end).unwrap_or_default();
    let mut locked = BTreeSet::new();
    for step in steps {
        for table in unsaid_losses(step).map(|probe| probe.id.root()) {
            // One that is renamed is known by its old name still, and asked without the lock.
            if table.kind() != Kind::Table || !plan.live.contains(table) || !locked.insert(table) {
                continue;
            }
            let lock = format!("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", qualified(table));
            session.run(&lock).map_err(|error| match error {
                Error::Busy { .. } => holders::busy(session, plan, step, "nothing was changed", false),
                other => other,
            })?;
        }
    }
    if locked.is_empty() { Ok(()) } else { require_no_new_losses(plan, &mut |probe| inside(session, probe)) }
}

/// Runs the statements of a step; `help` says what was done before it.
fn run_step(session: &mut Session, step: &Step, help: &str) -> Result<()> {
    for sql in &step.sql {
        let full = session.with_secrets(&step.id, sql)?;
        session.run(&full).map_err(|error| match error {
            // Not the statement that ran: a secret may be in it.
            Error::Statement { message, object, help: hint, .. } => {
                about(Error::Statement { message, object, sql: sql.clone(), help: hint }, &step.id, help)
            }
            other => other,
        })?;
    }
    Ok(())
}

/// What was done and what to do where a statement failed.
fn advice(done: usize, of: usize) -> String {
    if done == 0 {
        "nothing was changed".to_owned()
    } else {
        format!(
            "{done} of {of} steps are done and stay, as they had to be committed before this one; \
             remove the cause and run `trueup apply` again: it goes on from there"
        )
    }
}
