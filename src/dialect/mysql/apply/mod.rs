//! Applies a plan to MySQL or MariaDB: step by step, since each statement commits by itself.

mod alter;
mod wait;

use mysql::Conn;
use mysql::prelude::Queryable as _;

use crate::apply::{Done, Progress, left_over, require_fresh, require_no_new_losses};
use crate::catalog::{Catalog, Entry, Kind, Object, ObjectId, Trigger};
use crate::database::{ApplyOptions, Database};
use crate::error::{Error, Refused, Result};
use crate::plan::{Plan, Step};

use super::connect::{Server, statement_error};

/// A connection that a plan can be applied over.
pub(super) trait Connected: Database {
    /// The connection itself.
    fn conn(&mut self) -> &mut Conn;

    /// What answered.
    fn server(&self) -> &Server;

    /// Cancels the statement that runs, from any thread.
    fn canceller(&self) -> Box<dyn Fn() + Send>;
}

/// Runs a plan under a lock of its own. What was done before an error stays done, and the error says so.
pub(super) fn apply(
    db: &mut dyn Connected,
    plan: &Plan,
    options: &ApplyOptions,
    progress: &mut dyn Progress,
) -> Result<()> {
    options.interrupt.arm(db.canceller());
    progress.doing(&format!("waiting for other applies to {}", plan.target));
    lock(db.conn(), plan, options).map_err(|error| options.interrupt.explain(error, Done::default(), plan))?;
    let mut done = Done::default();
    let result = locked(db, plan, options, &mut done, progress);
    let result = result.map_err(|error| options.interrupt.explain(error, done, plan));
    // The lock ends with the connection anyway, and the error that led here is the one to report.
    let _ = db.conn().query_drop("SELECT RELEASE_LOCK(CONCAT('trueup:', LEFT(SHA2(DATABASE(), 256), 50)))");
    result
}

/// One apply at a time. The name is a digest, since the name of a lock may have 64 characters and no more.
fn lock(conn: &mut Conn, plan: &Plan, options: &ApplyOptions) -> Result<()> {
    let sql = "SELECT GET_LOCK(CONCAT('trueup:', LEFT(SHA2(DATABASE(), 256), 50)), ?)";
    let seconds = options.lock_timeout.as_secs().max(1);
    let had: Option<Option<i64>> =
        conn.exec_first(sql, (seconds,)).map_err(|error| statement_error(&plan.target.url, &error, sql))?;
    if had.flatten() == Some(1) {
        return Ok(());
    }
    Err(Error::Busy {
        database: plan.target.url.clone(),
        reason: format!("another trueup is applying to it and did not finish within {seconds} s (--lock-timeout)"),
    })
}

/// Checks, does and checks.
fn locked(
    db: &mut dyn Connected,
    plan: &Plan,
    options: &ApplyOptions,
    done: &mut Done,
    progress: &mut dyn Progress,
) -> Result<()> {
    let live = db.introspect()?;
    require_fresh(plan, &live.catalog)?;
    require_no_new_losses(plan, &mut |probe| db.probe(probe))?;
    for (at, step) in plan.steps.iter().enumerate() {
        progress.step(at, plan.steps.len(), step);
        for sql in &step.sql {
            options.interrupt.check(*done, plan)?;
            wait::run(db, step, sql, options, progress).map_err(|error| failed(plan, *done, (step, sql), error))?;
            done.statements += 1;
        }
        *done = Done { steps: at + 1, statements: 0 };
    }
    progress.doing("checking the result");
    let now = db.introspect()?.catalog;
    let left = left_over(plan, &now, db.dialect(), &mut |live, desired, deltas| {
        db.elaborate(live, &behind_what_stays(desired), deltas)
    })?
    .deltas;
    if left.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = left.keys().map(ToString::to_string).collect();
    Err(Refused::Impossible(vec![format!(
        "every step was done, and the database still differs from the TOML in {}; `trueup plan` shows how",
        ids.join(", ")
    )])
    .into())
}

/// The same without the order of triggers behind those that went: what stays as it stood may have come behind them.
fn behind_what_stays(desired: &Catalog) -> Catalog {
    let is_left = |(id, entry): &(&ObjectId, &Entry)| match (&entry.object, id.parent()) {
        (Object::Trigger(Trigger { follows: Some(before), .. }), Some(table)) => {
            !desired.contains(&table.child(Kind::Trigger, before.clone()))
        }
        _ => false,
    };
    let left: Vec<ObjectId> = desired.iter().filter(is_left).map(|(id, _)| id.clone()).collect();
    let mut desired = desired.clone();
    for id in left {
        if let Some(Object::Trigger(trigger)) = desired.get_mut(&id).map(|entry| &mut entry.object) {
            trigger.follows = None;
        }
    }
    desired
}

/// The error with what was done before it.
fn failed(plan: &Plan, done: Done, (step, sql): (&Step, &str), error: Error) -> Error {
    let is_nothing = done.is_nothing();
    let done = if is_nothing {
        done.words(plan.steps.len())
    } else {
        let part = (done.statements > 0).then(|| format!("a part of: {}", step.summary));
        let whole = plan.steps.iter().take(done.steps).map(|step| step.summary.clone());
        let done: Vec<String> = whole.chain(part).collect();
        format!(
            "done before it, each for good: {}; correct the cause and run apply again: it goes on from there",
            done.join(", ")
        )
    };
    match error {
        Error::Statement { message, sql, help, .. } => Error::Statement {
            message,
            object: Some(step.id.clone()),
            sql,
            help: Some(help.map_or_else(|| done.clone(), |help| format!("{help}; {done}"))),
        },
        // A lock that is not had in the middle is no refusal that changed nothing.
        Error::Busy { reason, .. } if !is_nothing => {
            Error::Statement { message: reason, object: Some(step.id.clone()), sql: sql.to_owned(), help: Some(done) }
        }
        other => other,
    }
}
