//! Runs a plan: in one transaction where the server allows it, checked before that is committed.

mod holders;
mod verify;

use std::collections::BTreeSet;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::apply::{Done, Progress, require_fresh, require_no_new_losses, unsaid_losses};
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
    for (id, sql) in plan.steps.iter().flat_map(|step| step.sql.iter().map(|sql| (&step.id, sql))) {
        // One that is not set is told before anything runs.
        session.with_secrets(id, sql)?;
    }
    let cancel = session.client.canceller();
    options.interrupt.arm(move || cancel());
    progress.doing(&format!("taking the lock of {}", plan.target));
    lock(session, plan, options).map_err(|error| options.interrupt.explain(error, Done::default(), plan))?;
    let result = Applying { session, plan, options, progress, done: Done::default() }.go();
    if !session.client.is_closed() {
        // The error that led here is the one to report, and the lock ends with the session at the latest.
        let _ = session.run(&format!("rollback; set search_path = public; select pg_advisory_unlock{LOCK}"));
    }
    result
}

/// Waits for the lock that every apply takes.
fn lock(session: &mut Session, plan: &Plan, options: &ApplyOptions) -> Result<()> {
    let (begun, timeout) = (Instant::now(), options.lock_timeout);
    loop {
        options.interrupt.check(Done::default(), plan)?;
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

/// An apply that has its lock.
struct Applying<'a> {
    session: &'a mut Session,
    plan: &'a Plan,
    options: &'a ApplyOptions,
    progress: &'a mut dyn Progress,
    /// What is committed.
    done: Done,
}

impl Applying<'_> {
    /// Checks, does and checks, and says what stays where that fails.
    fn go(mut self) -> Result<()> {
        self.all().map_err(|error| {
            if !self.session.client.is_closed() {
                let _ = self.session.run("rollback");
            }
            match self.options.interrupt.explain(error, self.done, self.plan) {
                // Where nothing was committed yet, a connection that is lost by the COMMIT itself may have done it all.
                Error::Connect { database, reason, help } if !self.done.is_nothing() => {
                    let done = self.committed();
                    let help = help.map_or_else(|| done.clone(), |help| format!("{done}; {help}"));
                    Error::Connect { database, reason, help: Some(help) }
                }
                other => other,
            }
        })
    }

    fn all(&mut self) -> Result<()> {
        let milliseconds = self.options.lock_timeout.as_millis().min(i32::MAX as u128);
        self.session.run(&format!("set lock_timeout = {milliseconds}"))?;
        let live = introspect(&mut self.session.client, self.session.version)?;
        require_fresh(self.plan, &live.catalog)?;
        require_no_new_losses(self.plan, &mut |probe| ask(self.session, probe))?;
        let runs = self.plan.runs();
        for (at, run) in runs.iter().enumerate() {
            let whole = runs.len() == 1;
            let last = at + 1 == runs.len();
            self.one_run(run, whole)?;
            self.done.steps = run.end;
            if last && (!whole || run.alone) {
                self.verify(false)?;
            }
        }
        Ok(())
    }

    fn one_run(&mut self, run: &Run, whole: bool) -> Result<()> {
        if !run.alone {
            self.session
                .run("begin; set local check_function_bodies = off; set local client_min_messages = warning")?;
        }
        if run.start == 0 && !run.alone {
            under_lock(self.session, self.plan, run)?;
        }
        let help = self.advice();
        let mut path = None;
        for (at, step) in self.plan.steps.iter().enumerate().take(run.end).skip(run.start) {
            self.options.interrupt.check(self.done, self.plan)?;
            self.progress.step(at, self.plan.steps.len(), step);
            let wanted = search_path(step.in_schema.as_deref());
            if path.as_ref() != Some(&wanted) {
                self.session.run(&format!("set {} search_path = {wanted}", if run.alone { "" } else { "local" }))?;
                path = Some(wanted);
            }
            run_step(self.session, step, &help).map_err(|error| match error {
                Error::Busy { .. } => {
                    holders::busy(self.session, self.plan, step, (&help, self.done.is_nothing()), run.alone)
                }
                other => other,
            })?;
        }
        if run.alone {
            return self.session.run("set search_path = public");
        }
        // What is checked at the end of the transaction alone is checked while it can be told whose fault it is.
        self.session.run("set constraints all immediate; set local search_path = public")?;
        if whole {
            self.verify(true)?;
        }
        self.options.interrupt.check(self.done, self.plan)?;
        self.session.run("commit")
    }

    fn verify(&mut self, in_transaction: bool) -> Result<()> {
        self.progress.doing("checking the result");
        verify::verify(self.session, self.plan, self.progress, in_transaction)
    }

    /// What was done for good.
    fn committed(&self) -> String {
        self.done.words(self.plan.steps.len())
    }

    /// The same with what to do where a statement fails.
    fn advice(&self) -> String {
        let committed = self.committed();
        if self.done.is_nothing() {
            return committed;
        }
        format!(
            "{committed}, as they had to be committed before this one; \
             remove the cause and run `trueup apply` again: it goes on from there"
        )
    }
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
                Error::Busy { .. } => {
                    holders::busy(session, plan, step, (&Done::default().words(plan.steps.len()), true), false)
                }
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
