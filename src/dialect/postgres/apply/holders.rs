//! Who holds a lock that an apply waited for in vain.

use crate::catalog::{Kind, ObjectId};
use crate::error::Error;
use crate::plan::{Plan, Step};

use super::super::session::Session;
use super::super::sql::qualified;

const HOLDERS: &str = include_str!("../queries/lock_holders.sql");

/// The error for a step whose lock was not to be had; its transaction, if it is in one, is rolled back to ask.
/// After what was committed before it is no refusal that changed nothing.
pub(super) fn busy(session: &mut Session, plan: &Plan, step: &Step, (help, first): (&str, bool), alone: bool) -> Error {
    if !alone && let Err(error) = session.run("rollback") {
        return error;
    }
    let relation = relation(&step.id);
    let rows = session.client.query_about(HOLDERS, relation.as_deref()).unwrap_or_default();
    let held: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let text = |column: &str| row.try_get::<_, String>(column).ok();
            let application = text("application").filter(|name| !name.is_empty());
            let application = application.map(|name| format!(" by {name}")).unwrap_or_default();
            Some(format!(
                "session {} of {}{application} for {} s ({})",
                text("pid")?,
                text("role")?,
                text("seconds")?,
                text("query")?
            ))
        })
        .collect();
    let held = if held.is_empty() { String::new() } else { format!("; held by {}", held.join("; ")) };
    let reason = format!("{}: the lock was not to be had in time{held}", step.summary);
    if !first {
        let sql = step.sql.first().cloned().unwrap_or_default();
        return Error::Statement { message: reason, object: Some(step.id.clone()), sql, help: Some(help.to_owned()) };
    }
    let reason = format!("{reason}; {help}");
    Error::Busy { database: plan.target.url.clone(), reason }
}

/// The relation that the step locks, as SQL.
fn relation(id: &ObjectId) -> Option<String> {
    let root = id.root();
    matches!(root.kind(), Kind::Table | Kind::ForeignTable | Kind::View | Kind::Sequence).then(|| qualified(root))
}
