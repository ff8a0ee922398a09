//! Applies a plan to SQLite: everything in one transaction, checked before it is committed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::apply::{Done, Interrupt, Progress, require_fresh, require_no_new_losses, verify};
use crate::catalog::{Kind, ObjectId};
use crate::database::ApplyOptions;
use crate::error::{Error, Refused, Result};
use crate::plan::{HazardKind, Plan, Step};

use super::connect::message;
use super::introspect::introspect;
use super::probe::ask;
use super::run::{is_busy, run};
use super::sql::quote;

/// Runs a plan. On any error, and on any difference afterwards, nothing was changed.
pub(super) fn apply(conn: &Connection, plan: &Plan, options: &ApplyOptions, progress: &mut dyn Progress) -> Result<()> {
    let pragma = |sql: &str| run(conn, sql).map_err(|error| statement_error(&error, None, sql));
    let handle = conn.get_interrupt_handle();
    options.interrupt.arm(move || handle.interrupt());
    let before = setting(conn, "foreign_keys")?;
    // It cannot be changed inside a transaction, and a copy of a parent with foreign keys on deletes the children.
    pragma("PRAGMA foreign_keys = OFF")?;
    if setting(conn, "foreign_keys")? != 0 {
        return Err(Error::usage("foreign_keys could not be switched off: a transaction is open on this connection"));
    }
    let legacy = setting(conn, "legacy_alter_table")?;
    pragma("PRAGMA legacy_alter_table = OFF")?;
    progress.doing(&format!("taking the write lock of {}", plan.target));
    patiently(conn, "BEGIN IMMEDIATE", plan, options)?;
    let result =
        inside(conn, plan, &options.interrupt, progress).and_then(|()| patiently(conn, "COMMIT", plan, options));
    if result.is_err() && !conn.is_autocommit() {
        // The error that led here is the one to report.
        let _ = run(conn, "ROLLBACK");
    }
    pragma(&format!("PRAGMA legacy_alter_table = {legacy}"))?;
    pragma(&format!("PRAGMA foreign_keys = {before}"))?;
    result.map_err(|error| options.interrupt.explain(error, Done::default(), plan))
}

/// Runs what needs a lock of the file. SQLite's own waiting cannot be interrupted, so it is short and repeated.
fn patiently(conn: &Connection, sql: &str, plan: &Plan, options: &ApplyOptions) -> Result<()> {
    const TURN: Duration = Duration::from_millis(100);
    let waits = |time| conn.busy_timeout(time).map_err(|error| statement_error(&error, None, "PRAGMA busy_timeout"));
    let until = Instant::now() + options.lock_timeout;
    loop {
        waits(until.saturating_duration_since(Instant::now()).min(TURN))?;
        options.interrupt.check(Done::default(), plan)?;
        match run(conn, sql) {
            Ok(()) => return waits(options.lock_timeout),
            Err(error) if is_busy(&error) && Instant::now() < until => {}
            Err(error) if is_busy(&error) => return Err(busy(plan, options)),
            Err(error) => return Err(statement_error(&error, None, sql)),
        }
    }
}

fn inside(conn: &Connection, plan: &Plan, interrupt: &Interrupt, progress: &mut dyn Progress) -> Result<()> {
    let live = introspect(conn)?;
    require_fresh(plan, &live.catalog)?;
    require_no_new_losses(plan, &mut |probe| ask(conn, probe))?;
    let tables = touched(plan);
    let old_names: BTreeSet<ObjectId> = tables.iter().map(|id| name_before(plan, id)).collect();
    let orphans_before = orphans(conn, &plan.live, &old_names);
    let damage_before = damage(conn, plan, |id| name_before(plan, id))?;

    for (at, step) in plan.steps.iter().enumerate() {
        interrupt.check(Done::default(), plan)?;
        progress.step(at, plan.steps.len(), step);
        for sql in &step.sql {
            run(conn, sql).map_err(|error| statement_error(&error, Some(step), sql))?;
        }
    }

    progress.doing("checking the result");
    let missing =
        |parent: &str| !plan.desired.iter().any(|(id, _)| id.kind() == Kind::Table && id.name().key() == parent);
    let renamed = |orphan: &Orphan| {
        let now = |key: &str| {
            let pair = plan.renames().into_iter().find(|(old, _)| old.name().key() == key);
            pair.map_or_else(|| key.to_owned(), |(_, new)| new.name().key().to_owned())
        };
        Orphan { table: now(&orphan.table), rowid: orphan.rowid, parent: now(&orphan.parent) }
    };
    let before: BTreeMap<Orphan, usize> =
        orphans_before.into_iter().map(|(orphan, count)| (renamed(&orphan), count)).collect();
    let after = orphans(conn, &plan.desired, &tables);
    // Compared by their number, since a table may gain or lose its rowids.
    let known = per_key(&before);
    let more = per_key(&after).into_iter().filter(|(key, count)| known.get(key).is_none_or(|before| before < count));
    let more: BTreeSet<(String, String)> = more.map(|(key, _)| key).collect();
    let new: Vec<String> = after
        .keys()
        .filter(|orphan| more.contains(&orphan.key()) && !missing(&orphan.parent) && !before.contains_key(orphan))
        .map(ToString::to_string)
        .take(5)
        .collect();
    if !new.is_empty() {
        return Err(Refused::Rows(new).into());
    }
    let damage_after = damage(conn, plan, Clone::clone)?;
    if let Some(line) = damage_after.difference(&damage_before).next() {
        return Err(Error::NotConverged(format!("integrity_check says: {line}")));
    }
    verify(plan, &introspect(conn)?.catalog)?;
    interrupt.check(Done::default(), plan)
}

/// The tables whose rows or keys the plan touches, under their names afterwards, and those that refer to them.
fn touched(plan: &Plan) -> BTreeSet<ObjectId> {
    let mut tables: BTreeSet<ObjectId> = plan
        .steps
        .iter()
        .map(|step| step.id.root().clone())
        .chain(plan.renames().into_iter().map(|(_, new)| new.root().clone()))
        .filter(|id| id.kind() == Kind::Table)
        .collect();
    let refers = |catalog: &crate::catalog::Catalog| {
        let keys = catalog.iter().filter(|(id, _)| id.kind() == Kind::ForeignKey);
        let hit = keys.filter(|(id, entry)| entry.references(id).iter().any(|other| tables.contains(other)));
        hit.map(|(id, _)| id.root().clone()).collect::<Vec<_>>()
    };
    let more: Vec<ObjectId> = refers(&plan.desired).into_iter().chain(refers(&plan.live)).collect();
    tables.extend(more);
    tables
}

fn name_before(plan: &Plan, id: &ObjectId) -> ObjectId {
    plan.renames().into_iter().find(|(_, new)| new == id).map_or_else(|| id.clone(), |(old, _)| old)
}

/// A row whose foreign key finds no target.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Orphan {
    table: String,
    rowid: Option<i64>,
    parent: String,
}

impl Orphan {
    fn key(&self) -> (String, String) {
        (self.table.clone(), self.parent.clone())
    }
}

/// How many rows of each table find no target in each other.
fn per_key(orphans: &BTreeMap<Orphan, usize>) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for (orphan, count) in orphans {
        *counts.entry(orphan.key()).or_default() += count;
    }
    counts
}

impl std::fmt::Display for Orphan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let row = self.rowid.map_or_else(|| "a row".to_owned(), |rowid| format!("the row with rowid {rowid}"));
        write!(f, "{row} of table.{} would refer to nothing in table.{}", self.table, self.parent)
    }
}

/// What foreign_key_check finds in these tables. A key that SQLite cannot check at all finds nothing, before and after.
fn orphans(
    conn: &Connection,
    catalog: &crate::catalog::Catalog,
    tables: &BTreeSet<ObjectId>,
) -> BTreeMap<Orphan, usize> {
    let mut found: BTreeMap<Orphan, usize> = BTreeMap::new();
    for table in tables.iter().filter(|id| catalog.contains(id)) {
        let sql = format!("PRAGMA foreign_key_check({})", quote(table.name().as_str()));
        let mut read = || -> rusqlite::Result<()> {
            let mut statement = conn.prepare(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let key = |at| Ok::<_, rusqlite::Error>(row.get::<_, String>(at)?.to_ascii_lowercase());
                *found.entry(Orphan { table: key(0)?, rowid: row.get(1)?, parent: key(2)? }).or_default() += 1;
            }
            Ok(())
        };
        // "foreign key mismatch": the parent has no key of these columns. That is the schema's own doing.
        let _ = read();
    }
    found
}

/// What integrity_check says of the tables that are copied.
fn damage(conn: &Connection, plan: &Plan, name: impl Fn(&ObjectId) -> ObjectId) -> Result<BTreeSet<String>> {
    let copied = plan.steps.iter().filter(|step| step.hazards.iter().any(|hazard| hazard.kind == HazardKind::Rewrite));
    let mut lines = BTreeSet::new();
    for step in copied {
        let sql = format!("PRAGMA integrity_check({})", quote(name(&step.id).name().as_str()));
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = conn.prepare(&sql)?;
            let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
            rows.collect()
        };
        let said = read().map_err(|error| statement_error(&error, Some(step), &sql))?;
        lines.extend(said.into_iter().filter(|line| line != "ok"));
    }
    Ok(lines)
}

fn setting(conn: &Connection, name: &str) -> Result<i64> {
    let sql = format!("PRAGMA {name}");
    conn.query_row(&sql, [], |row| row.get(0)).map_err(|error| statement_error(&error, None, &sql))
}

fn statement_error(error: &rusqlite::Error, step: Option<&Step>, sql: &str) -> Error {
    let full =
        matches!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::DiskFull | rusqlite::ErrorCode::SystemIoFailure));
    Error::Statement {
        message: message(error),
        object: step.map(|step| step.id.clone()),
        sql: sql.to_owned(),
        help: Some(if full {
            "make room: the copy of a table needs its size again; nothing was changed".to_owned()
        } else {
            "nothing was changed".to_owned()
        }),
    }
}

fn busy(plan: &Plan, options: &ApplyOptions) -> Error {
    Error::Busy {
        database: plan.target.url.clone(),
        reason: format!(
            "another program holds its write lock and did not let go within {} s (--lock-timeout); SQLite does not tell which",
            options.lock_timeout.as_secs_f32()
        ),
    }
}
