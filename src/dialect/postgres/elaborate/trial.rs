//! What is new is tried before anything runs, so that what the server refuses is shown where it was written.
//!
//! Only what rests on nothing else that the plan makes or changes: the rest shows when it is applied, in a transaction.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Kind, ObjectId};
use crate::database::Elaborated;
use crate::diff::{Delta, Deltas};
use crate::error::{Error, Result};

use super::super::connect::Failure;
use super::super::session::Session;
use super::stand_in::{StandIn, Which};
use super::{Against, BATCH, all_at_once, attempt, is_fault, refuse};

/// Tries what is new, in transactions that are rolled back.
pub(super) fn trial(session: &mut Session, against: &Against<'_>, elaborated: &mut Elaborated) -> Result<()> {
    let changed = Changed::of(against.live, against.desired, against.deltas);
    // Names are unique within a schema, and so in the temporary one that stands for it.
    let mut all: BTreeMap<Option<&str>, Vec<StandIn>> = BTreeMap::new();
    let new = against.deltas.iter().filter(|(_, delta)| **delta == Delta::Create);
    let mut roots: Vec<&ObjectId> = new.map(|(id, _)| id.root()).collect();
    roots.dedup();
    for root in roots {
        if !changed.stands_alone(against.desired, root) {
            continue;
        }
        if let Some(stand_in) = StandIn::of(against, root, &[], Which::AlteredAndNew) {
            all.entry(root.schema().map(crate::catalog::Name::as_str)).or_default().push(stand_in);
        }
    }
    for batch in all.values().flat_map(|all| all.chunks(BATCH)) {
        session.run("begin; set local client_min_messages = error; set local check_function_bodies = off")?;
        let tried = match all_at_once(session, against, batch) {
            Ok(true) => Ok(()),
            Ok(false) => one_by_one(session, against, batch, &changed, elaborated),
            Err(error) => Err(error),
        };
        if session.client.is_closed() {
            return tried;
        }
        session.run("rollback")?;
        tried?;
    }
    Ok(())
}

fn one_by_one(
    session: &mut Session,
    against: &Against<'_>,
    batch: &[StandIn],
    changed: &Changed<'_>,
    elaborated: &mut Elaborated,
) -> Result<()> {
    for stand_in in batch {
        if let Some(base) = &stand_in.base
            && attempt(session, against.schema(&stand_in.root), base)?.is_err()
        {
            continue;
        }
        for part in &stand_in.parts {
            let Err(failure) = attempt(session, against.schema(&part.id), &part.sql)? else { continue };
            let is_new = against.deltas.get(&part.id) == Some(&Delta::Create);
            if is_new && is_fault(&failure) && !changed.explains(&failure, &stand_in.root) {
                refuse(elaborated, part, failure);
            }
            // What comes after a column that is missing may rest on it.
            if part.id.kind() == Kind::Column {
                break;
            }
        }
    }
    Ok(())
}

/// What this plan makes or changes.
struct Changed<'a> {
    /// By what stands on its own.
    roots: BTreeSet<&'a ObjectId>,
    /// Whether an extension or a cast is among it: what these bring has no name.
    by_extension: bool,
    /// The names of what is new, in lower case.
    names: Vec<String>,
}

impl<'a> Changed<'a> {
    fn of(live: &'a Catalog, desired: &'a Catalog, deltas: &'a Deltas) -> Self {
        let roots: BTreeSet<&ObjectId> = deltas.keys().map(ObjectId::root).collect();
        let by_extension = roots.iter().any(|root| matches!(root.kind(), Kind::Extension | Kind::Cast));
        let new = deltas.keys().filter(|id| desired.contains(id) && !live.contains(id) && id.kind() != Kind::Grant);
        let bare = |id: &ObjectId| id.name().as_str().split('(').next().unwrap_or_default().to_lowercase();
        let mut names: Vec<String> = new.map(bare).filter(|name| !name.is_empty()).collect();
        names.sort();
        names.dedup();
        Self { roots, by_extension, names }
    }

    /// Whether nothing else that changes is named by an object and what belongs to it, foreign keys aside.
    fn stands_alone(&self, desired: &Catalog, root: &ObjectId) -> bool {
        let parts = desired.within(root).filter(|(id, _)| !matches!(id.kind(), Kind::ForeignKey | Kind::Grant));
        let mut refers = parts.flat_map(|(id, entry)| entry.references(id));
        !refers.any(|other| other.root() != root && self.roots.contains(other.root()))
    }

    /// Whether the plan may bring what the server misses; nothing does away with bad syntax.
    fn explains(&self, failure: &Failure, root: &ObjectId) -> bool {
        if failure.state.as_ref().is_some_and(|state| state.code() == "42601") {
            return false;
        }
        let Error::Statement { message, .. } = &failure.error else { return true };
        let message = message.to_lowercase();
        // The stand-in has another type of rows than the table.
        let own = root.name().as_str().to_lowercase();
        let mut words = message.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        self.by_extension || words.any(|word| word == own || self.names.iter().any(|name| name == word))
    }
}
