//! The plan as people and programs see it, and as it is kept in a file.

use serde::{Deserialize, Serialize};

use crate::catalog::{Catalog, Fingerprint, ObjectId};
use crate::database::{Probed, Target};
use crate::diff::{Difference, Note};
use crate::document::Intent;

/// The version of the plan file; another one is refused.
pub const FORMAT: u32 = 1;

/// What would be done, in order, and what it was made for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Plan {
    /// The version of this format.
    pub format: u32,
    /// The version of trueup that made it.
    pub trueup: String,
    /// The database it is for.
    pub target: Target,
    /// The live catalog it was made for.
    pub fingerprint: Fingerprint,
    /// What changes, in the order of the objects.
    pub changes: Vec<Change>,
    /// What is run, in order.
    pub steps: Vec<Step>,
    /// Which steps come before which, by their places in `steps`.
    #[serde(default)]
    pub edges: Vec<(usize, usize)>,
    /// What trueup.toml protects and the plan would drop or make again; nothing is applied while there is any.
    #[serde(default)]
    pub protected: Vec<ObjectId>,
    /// What the plan cannot make true, with why. The rest is still in the plan.
    pub refusals: Vec<Refusal>,
    /// What could not be compared.
    pub unknown: Vec<Unknown>,
    /// What is not in the TOML and stays, since something that is left out uses it.
    #[serde(default)]
    pub needed: Vec<Needed>,
    /// What is in the database and is not managed, a sentence each.
    pub unmanaged: Vec<String>,
    /// What a person should know: "looks like a rename".
    pub notes: Vec<Note>,
    /// The live catalog.
    pub live: Catalog,
    /// The desired catalog.
    pub desired: Catalog,
    /// What people said of the way from one to the other, as far as it was selected.
    pub intent: Intent,
    /// A digest of all the rest, where it is kept in a file; see [`Plan::sealed`].
    #[serde(default)]
    pub seal: String,
}

impl Plan {
    /// The plan for a file: sealed, so that an edit of it is found out.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        self.seal = self.digest();
        self
    }

    /// Whether nothing of it was changed since it was sealed.
    pub fn is_sealed(&self) -> bool {
        self.seal == self.digest()
    }

    /// The digest of all but the seal.
    fn digest(&self) -> String {
        let bare = Self { seal: String::new(), ..self.clone() };
        // A plan has no map whose keys are not strings, so it always has a JSON form.
        Fingerprint::of_bytes(&serde_json::to_vec(&bare).unwrap_or_default()).to_string()
    }

    /// Whether the database is exactly as described: nothing to do, nothing refused, nothing unknown, nothing too many.
    pub fn is_clean(&self) -> bool {
        self.changes.is_empty()
            && self.steps.is_empty()
            && self.refusals.is_empty()
            && self.unknown.is_empty()
            && self.needed.is_empty()
    }

    /// All hazards of all steps, in order.
    pub fn hazards(&self) -> impl Iterator<Item = &Hazard> {
        self.steps.iter().flat_map(|step| &step.hazards)
    }

    /// The renames that the plan does in place: (old id, new id).
    pub fn renames(&self) -> Vec<(ObjectId, ObjectId)> {
        let pair = |change: &Change| match &change.action {
            Action::Rename { from } if self.live.contains(from) && change.id.kind().holds_data() => {
                Some((from.clone(), change.id.clone()))
            }
            _ => None,
        };
        self.changes.iter().filter_map(pair).collect()
    }

    /// The steps as they are committed together, in order.
    pub fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut open = false;
        for (at, step) in self.steps.iter().enumerate() {
            let alone = step.transaction == Transaction::Alone;
            match runs.last_mut() {
                Some(run) if open && !alone => run.end = at + 1,
                _ => runs.push(Run { start: at, end: at + 1, alone }),
            }
            open = step.transaction == Transaction::Shared;
        }
        runs
    }

    /// The objects whose loss needs leave, in order and once each.
    pub fn destructive(&self) -> Vec<ObjectId> {
        let mut ids: Vec<_> = self.hazards().filter(|h| h.kind == HazardKind::DataLoss).map(|h| h.id.clone()).collect();
        ids.sort();
        ids.dedup();
        ids
    }
}

/// What happens to an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "action")]
pub enum Action {
    /// It is made.
    Create,
    /// It is changed where it stands.
    Alter,
    /// It gets another name; it may be altered too.
    Rename {
        /// Its id before.
        from: ObjectId,
    },
    /// It is dropped and made again.
    Recreate {
        /// Why, where it does not differ itself.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        because: Option<String>,
    },
    /// It is dropped.
    Drop,
}

/// One object that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The object; its id afterwards, or before if it is dropped.
    pub id: ObjectId,
    /// What happens to it.
    #[serde(flatten)]
    pub action: Action,
    /// What differs, by the keys of the TOML.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub differences: Vec<Difference>,
    /// A few words on a new or dropped object: `text, null`.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub summary: String,
    /// Whether the whole table is copied for it.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub rebuild: bool,
}

/// Statements that only make sense together, most often one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The object it is for.
    pub id: ObjectId,
    /// What it does, for people: `rebuild table.order`.
    pub summary: String,
    /// The statements in order, without semicolons at their ends.
    pub sql: Vec<String>,
    /// How it goes with the transactions around it.
    #[serde(skip_serializing_if = "Transaction::is_shared", default)]
    pub transaction: Transaction,
    /// The schema in which its SQL looks for names first, where the TOML was written for one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub in_schema: Option<String>,
    /// What it risks.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub hazards: Vec<Hazard>,
    /// What to ask the rows before it runs.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub probes: Vec<Probe>,
}

/// Steps that are committed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The first step, counted from 0.
    pub start: usize,
    /// The step behind the last.
    pub end: usize,
    /// Whether it is one step outside any transaction.
    pub alone: bool,
}

/// How a step goes with transactions, where a database has them for changes of structure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transaction {
    /// It shares one with its neighbours.
    #[default]
    Shared,
    /// What it does is only usable once it is committed: the steps after it begin another one
    /// (PostgreSQL: a value added to an enum).
    CommitAfter,
    /// It runs by itself, outside any (PostgreSQL: `CREATE SUBSCRIPTION` with a slot).
    Alone,
}

impl Transaction {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_shared(&self) -> bool {
        *self == Self::Shared
    }
}

/// What a step risks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hazard {
    /// What kind of risk.
    pub kind: HazardKind,
    /// The object at risk; what `--allow` names.
    pub id: ObjectId,
    /// One line: `loses data: the table has 1,204 rows`.
    pub message: String,
}

/// The kinds of risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HazardKind {
    /// Data is lost that nothing brings back; needs leave.
    DataLoss,
    /// Rows that are there forbid the step.
    Fails,
    /// The whole table is copied.
    Rewrite,
    /// What is made will not work: a view of a table that is not there.
    Broken,
    /// Something small is lost: comments inside the stored SQL.
    Notice,
}

/// A question to the rows: which are in the way of a step, or lost by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probe {
    /// What it looks for.
    pub kind: ProbeKind,
    /// The object it is about.
    pub id: ObjectId,
    /// Counts the rows: one row, one number.
    pub count: String,
    /// Shows a few of them: text columns, at most three rows.
    pub examples: Option<String>,
    /// Counts the rows that it may be about, where the database cannot count them yet: what it would ask with comes with
    /// the plan.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub otherwise: Option<String>,
    /// What it means, with `{rows}` for their number: `the table has {rows}`.
    pub meaning: String,
    /// What to do about them.
    pub advice: String,
}

impl Probe {
    /// What was found, in words: `the table has 1,204 rows, such as ...`.
    pub fn sentence(&self, found: &Probed) -> String {
        let rows = format!("{} {}", grouped(found.rows), if found.rows == 1 { "row" } else { "rows" });
        let mut sentence = self.meaning.replace("{rows}", &rows);
        if !found.examples.is_empty() && self.kind == ProbeKind::Obstacle {
            sentence = format!("{sentence}, such as {}", found.examples.join("; "));
        }
        sentence
    }
}

/// A number with its thousands apart: `1,204`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut parts: Vec<&str> = if first > 0 { vec![&digits[..first]] } else { Vec::new() };
    parts.extend((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
    parts.join(",")
}

/// What a probe looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProbeKind {
    /// Rows or values that would be lost.
    Loss,
    /// Rows that forbid the step.
    Obstacle,
    /// No row: whether what a step evaluates for each row can be evaluated.
    Trial,
    /// No row: whether the database evaluates over every row what a step will.
    Conversion,
}

/// What the plan cannot make true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The object.
    pub id: ObjectId,
    /// Why.
    pub reason: String,
    /// What a person can do.
    pub advice: String,
}

/// What stays though it is not desired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needed {
    /// The object.
    pub id: ObjectId,
    /// What uses it.
    pub by: ObjectId,
}

impl Needed {
    /// Why it stays, for people.
    #[must_use]
    pub fn reason(&self) -> String {
        format!("not in the TOML, and stays: {} is left out and needs it; write it down, or leave it out too", self.by)
    }
}

/// What could not be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    /// The object.
    pub id: ObjectId,
    /// The database's reason.
    pub reason: String,
}
