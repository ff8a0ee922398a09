//! What is new is tried before anything runs, so that what the server refuses is shown where it was written.
//!
//! It is made as temporary objects, on stand-ins for what else the plan makes. What rests on something that has none, a
//! function, an operator, shows when it is applied, in a transaction.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Kind, Name, ObjectId};
use crate::database::Elaborated;
use crate::diff::Delta;
use crate::error::{Error, Result};

use super::super::connect::Failure;
use super::super::session::Session;
use super::stand_in::{StandIn, Which};
use super::standing::{Grounds, Tried, new_names, unseen};
use super::{Against, BATCH, all_at_once, attempt, cannot_judge, is_fault, refuse};

/// How many stand-ins one object may rest on: each is locked until the end of the transaction.
const MOST: usize = 4 * BATCH;

/// Tries what is new, in transactions that are rolled back.
pub(super) fn trial(session: &mut Session, against: &Against<'_>, elaborated: &mut Elaborated) -> Result<()> {
    let new = against.deltas.iter().filter(|(_, delta)| **delta == Delta::Create);
    let mut roots: Vec<&ObjectId> = new.map(|(id, _)| id.root()).collect();
    roots.dedup();
    if roots.is_empty() {
        return Ok(());
    }
    let mut grounds = Grounds::of(against, elaborated);
    // Names are unique within a schema, and so in the temporary one that stands for it.
    let mut all: BTreeMap<(Option<&Name>, bool), Vec<Tried<'_>>> = BTreeMap::new();
    for root in roots {
        let at_home = against.desired.within(root).all(|(id, _)| grounds.at_home(id, root));
        if let Some(tried) = grounds.tried(root) {
            all.entry((root.schema(), at_home)).or_default().push(tried);
        }
    }
    let unseen = Unseen::of(against);
    for ((_, at_home), all) in all {
        let against = &Against { stand_ins_first: at_home, ..*against };
        let mut done = BTreeSet::new();
        let mut batch = Batch::default();
        for tried in all {
            if tried.needs.len() > MOST {
                continue;
            }
            if !batch.has_room(&tried) {
                std::mem::take(&mut batch).run(session, against, &unseen, &mut done, elaborated)?;
            }
            batch.add(against, tried);
        }
        batch.run(session, against, &unseen, &mut done, elaborated)?;
    }
    Ok(())
}

/// What is tried in one transaction.
#[derive(Default)]
struct Batch<'a> {
    stand_ins: Vec<StandIn>,
    /// All that is in it, and what that rests on.
    needs: BTreeMap<&'a ObjectId, Vec<&'a ObjectId>>,
}

impl<'a> Batch<'a> {
    fn has_room(&self, tried: &Tried<'a>) -> bool {
        let more = tried.needs.iter().copied().chain([tried.root]).filter(|id| !self.needs.contains_key(id)).count();
        self.needs.is_empty() || self.needs.len() + more <= BATCH
    }

    fn add(&mut self, against: &Against<'_>, tried: Tried<'a>) {
        let Tried { root, needs, without } = tried;
        for (at, id) in needs.iter().enumerate() {
            // Those before one are all that it can rest on.
            self.make(against, id, &needs[..at], &[]);
        }
        self.make(against, root, &needs, &without);
    }

    fn make(&mut self, against: &Against<'_>, root: &'a ObjectId, needs: &[&'a ObjectId], without: &[&ObjectId]) {
        if self.needs.contains_key(root) {
            return;
        }
        self.needs.insert(root, needs.to_vec());
        if let Some(mut stand_in) = StandIn::of(against, root, &[], Which::AlteredAndNew) {
            stand_in.parts.retain(|part| !without.contains(&&part.id));
            self.stand_ins.push(stand_in);
        }
    }

    fn run(
        self,
        session: &mut Session,
        against: &Against<'_>,
        unseen: &Unseen,
        done: &mut BTreeSet<ObjectId>,
        elaborated: &mut Elaborated,
    ) -> Result<()> {
        if self.stand_ins.is_empty() {
            return Ok(());
        }
        session.run("begin; set local client_min_messages = error; set local check_function_bodies = off")?;
        let tried = match all_at_once(session, against, &self.stand_ins) {
            Ok(true) => Ok(()),
            Ok(false) => self.one_by_one(session, against, unseen, done, elaborated),
            Err(error) => Err(error),
        };
        if session.client.is_closed() {
            return tried;
        }
        session.run("rollback")?;
        done.extend(self.needs.into_keys().cloned());
        tried
    }

    fn one_by_one(
        &self,
        session: &mut Session,
        against: &Against<'_>,
        unseen: &Unseen,
        done: &BTreeSet<ObjectId>,
        elaborated: &mut Elaborated,
    ) -> Result<()> {
        let mut failed: BTreeSet<&ObjectId> = BTreeSet::new();
        for stand_in in &self.stand_ins {
            let root = &stand_in.root;
            let rests_on_failed =
                self.needs.get(root).is_some_and(|needs| needs.iter().any(|other| failed.contains(other)));
            if let Some(base) = &stand_in.base
                && let Err(failure) = attempt(session, &against.path(root), base)?
            {
                if cannot_judge(&failure) {
                    return Ok(());
                }
                failed.insert(root);
                continue;
            }
            for part in &stand_in.parts {
                let Err(failure) = attempt(session, &against.path(&part.id), &part.sql)? else { continue };
                let is_new = against.deltas.get(&part.id) == Some(&Delta::Create);
                let is_known = rests_on_failed && !is_syntax(&failure);
                if is_new && !done.contains(root) && is_fault(&failure) && !is_known && !unseen.explains(&failure, root)
                {
                    refuse(elaborated, part, failure);
                }
                // What comes after a column that is missing may rest on it.
                let is_column = part.id.kind() == Kind::Column;
                let is_missing = match &part.bare {
                    Some(bare) => attempt(session, &against.path(&part.id), bare)?.is_err(),
                    None => is_column || part.id == *root,
                };
                if is_missing {
                    failed.insert(root);
                }
                if is_missing && is_column {
                    break;
                }
            }
        }
        Ok(())
    }
}

/// Nothing that the plan brings does away with bad syntax.
fn is_syntax(failure: &Failure) -> bool {
    failure.state.as_ref().is_some_and(|state| state.code() == "42601")
}

/// What the plan brings, and the stand-ins do not show.
pub(super) struct Unseen {
    /// The names of all that is new.
    new: Vec<String>,
    /// Of these the names of what has no stand-in.
    names: Vec<String>,
    /// Whether what comes brings things that have no name in the plan.
    nameless: bool,
}

impl Unseen {
    pub(super) fn of(against: &Against<'_>) -> Self {
        let brings = |id: &ObjectId| {
            matches!(
                id.kind(),
                Kind::Extension | Kind::Cast | Kind::Operator | Kind::OperatorClass | Kind::OperatorFamily
            )
        };
        Self { new: new_names(against), names: unseen(against), nameless: against.deltas.keys().any(brings) }
    }

    /// Whether the plan may bring what the server misses.
    pub(super) fn explains(&self, failure: &Failure, root: &ObjectId) -> bool {
        let is = |codes: &[&str]| failure.state.as_ref().is_some_and(|state| codes.contains(&state.code()));
        let is_column = is(&["42703"]);
        // Stand-ins come one after the other: what is only named by a policy, or comes with a type, may come later.
        let names = if is(&["42P01", "42704", "42883"]) { &self.new } else { &self.names };
        if is_syntax(failure) {
            return false;
        }
        if !matches!(failure.error, Error::Statement { .. }) {
            return true;
        }
        let words = failure.words();
        // The stand-in has another type of rows than the table.
        let is_own = words.contains(&root.bare_name().to_lowercase());
        (self.nameless && !is_column) || is_own || names.iter().any(|name| words.contains(name))
    }
}
