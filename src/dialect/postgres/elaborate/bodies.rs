//! Bodies of routines are read before anything runs: an apply makes routines without a look into them, since they may name
//! each other in circles, and would put a body in place that is no SQL.

use std::collections::{BTreeMap, BTreeSet};

use tokio_postgres::error::SqlState;

use crate::catalog::{Kind, Name, Object, ObjectId, Sql};
use crate::database::Elaborated;
use crate::diff::Delta;
use crate::error::Result;

use super::super::connect::Failure;
use super::super::session::Session;
use super::super::tokens::identifiers;
use super::stand_in::{StandIn, Which};
use super::trial::Unseen;
use super::{Against, BATCH, attempt, message};

/// Finds bodies with mistakes in their syntax. What a body names is looked for only when it runs, and may be made by then:
/// what is not there, nor comes with the plan, is said.
pub(super) fn read(session: &mut Session, against: &Against<'_>, elaborated: &mut Elaborated) -> Result<()> {
    // Names are unique within a schema, and so in the temporary one that stands for it.
    let mut all: BTreeMap<Option<&str>, Vec<StandIn>> = BTreeMap::new();
    for id in against.deltas.keys().filter(|id| has_new_body(against, id)) {
        if let Some(stand_in) = StandIn::of(against, id, &[], Which::AlteredAndNew) {
            all.entry(id.schema().map(Name::as_str)).or_default().push(stand_in);
        }
    }
    for batch in all.values().flat_map(|all| all.chunks(BATCH)) {
        session.run("begin; set local client_min_messages = error; set local check_function_bodies = on")?;
        let read = one_batch(session, against, batch, elaborated);
        if session.client.is_closed() {
            return read;
        }
        session.run("rollback")?;
        read?;
    }
    Ok(())
}

fn one_batch(
    session: &mut Session,
    against: &Against<'_>,
    batch: &[StandIn],
    elaborated: &mut Elaborated,
) -> Result<()> {
    if super::all_at_once(session, against, batch)? {
        return Ok(());
    }
    // The server knows what is renamed by its old name.
    let knows_names = session.renames.is_empty();
    let unseen = Unseen::of(against);
    let changed = changed_columns(against);
    for part in batch.iter().flat_map(|stand_in| &stand_in.parts) {
        let Err(failure) = attempt(session, &against.path(&part.id), &part.sql)? else { continue };
        let is_syntax = failure.state.as_ref().is_some_and(|state| state.code() == "42601");
        // `t.a%type` is only read where the table is there, which this plan may make.
        let is_settled = is_syntax && !failure.error.to_string().contains("\"%\"");
        if is_settled && elaborated.refused.iter().all(|(id, ..)| *id != part.id) {
            // The server counts from the beginning of the body, or not at all.
            elaborated.refused.push((part.id.clone(), Some("body"), message(failure.error)));
        } else if !is_syntax
            && is_missing(&failure)
            && knows_names
            && !unseen.explains(&failure, &part.id)
            && !is_missed(against, &part.id, &failure, &changed)
        {
            elaborated.broken.insert(part.id.clone(), message(failure.error));
        }
    }
    Ok(())
}

/// Whether something that a body names is not there: a column, a table, a function, a type.
fn is_missing(failure: &Failure) -> bool {
    let is = |state: &SqlState| matches!(state.code(), "42703" | "42P01" | "42883" | "42704");
    failure.state.as_ref().is_some_and(is)
}

/// The names of the columns that tables get which are there, or get with another type: the server reads a body over those
/// that they have.
fn changed_columns(against: &Against<'_>) -> BTreeSet<String> {
    let is_new = |id: &ObjectId| against.deltas.get(id) == Some(&Delta::Create);
    let columns = against.deltas.iter().filter(|(id, delta)| id.kind() == Kind::Column && **delta != Delta::Drop);
    columns.filter(|(id, _)| !is_new(id.root())).map(|(id, _)| id.name().to_string()).collect()
}

/// Whether what the server misses may be one of these columns, or what there is for its type.
fn is_missed(against: &Against<'_>, id: &ObjectId, failure: &Failure, changed: &BTreeSet<String>) -> bool {
    let is_column = failure.state.as_ref().is_some_and(|state| state.code() == "42703");
    let message = failure.error.to_string();
    let text = if is_column { Some(message.as_str()) } else { body(against.desired.object(id)).map(Sql::as_str) };
    text.is_some_and(|text| identifiers(text).any(|name| changed.contains(&name)))
}

fn body(object: Option<&Object>) -> Option<&Sql> {
    match object {
        Some(Object::Function(routine) | Object::Procedure(routine)) => routine.body.as_ref(),
        _ => None,
    }
}

fn has_new_body(against: &Against<'_>, id: &ObjectId) -> bool {
    let is_routine = matches!(id.kind(), Kind::Function | Kind::Procedure);
    is_routine
        && body(against.desired.object(id))
            .is_some_and(|new| body(against.live.object(id)).is_none_or(|old| old != new))
}
