//! A connection to a live database: the only thing that talks to one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::apply::{Interrupt, Progress};
use crate::catalog::{Catalog, Grant, Kind, Name, Object, ObjectId};
use crate::dialect::{Dialect, DialectName};
use crate::diff::{Delta, Deltas};
use crate::error::Result;
use crate::plan::{Plan, Probe, Rules, grouped};

/// Which database a plan is for. No password is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The kind of database.
    pub dialect: DialectName,
    /// Where it is, as it was named: `sqlite:shop.db`.
    pub url: String,
    /// Where it is from anywhere, `sqlite:/srv/shop/shop.db`: the same for all ways to name it.
    pub location: String,
    /// What answered, `SQLite 3.54.1`.
    pub server: String,
    /// What people should know of it: a version that is newer than any that trueup knows, a pooler.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}

/// A live database as read.
#[derive(Debug, Clone, Default)]
pub struct Live {
    /// What is managed.
    pub catalog: Catalog,
    /// What is there and is not managed, a sentence each: `2 operators`.
    pub unmanaged: Vec<String>,
    /// Objects that could not be reproduced exactly from their model, with why; never altered on a guess.
    pub not_understood: BTreeMap<ObjectId, String>,
    /// The kinds of which this user does not see all there may be.
    pub unseen: BTreeMap<Kind, Unseen>,
    /// What a role had on a member of an extension when that was made, of those that ever changed: by the id of the grant.
    pub granted_first: BTreeMap<ObjectId, Grant>,
    /// Who granted what is granted, where that is not the owner alone: by the id of the grant.
    pub granted_by: BTreeMap<ObjectId, BTreeSet<Name>>,
    /// The statements that grant again what was granted on a routine and goes with it when it is made again; none where
    /// the server does not show it.
    pub granted_again: Option<BTreeMap<ObjectId, Vec<String>>>,
    /// Views and triggers that are broken already, with what the database says.
    pub broken: BTreeMap<ObjectId, String>,
}

impl Live {
    /// Why an object that was not read may be there all the same.
    pub fn hides(&self, id: &ObjectId) -> Option<&str> {
        let unseen = self.unseen.get(&id.kind())?;
        let seen = self.catalog.contains(id) || id.parent().is_some_and(|parent| unseen.seen_of.contains(parent));
        (!seen).then_some(unseen.reason.as_str())
    }
}

/// That a user may not see all objects of a kind.
#[derive(Debug, Clone, Default)]
pub struct Unseen {
    /// Why, and what that means for one of them.
    pub reason: String,
    /// The tables of which every one is seen.
    pub seen_of: BTreeSet<ObjectId>,
}

/// What the database says of the desired catalog.
#[derive(Debug, Clone, Default)]
pub struct Elaborated {
    /// What is written otherwise and is, by the database's own word, what is live.
    pub equal: BTreeSet<ObjectId>,
    /// What differs otherwise than by how it is written: the desired object in the database's own words.
    pub reworded: BTreeMap<ObjectId, Object>,
    /// What could not be compared, with the database's reason.
    pub unknown: BTreeMap<ObjectId, String>,
    /// What the database accepts but will refuse to use, with its reason (a view of a table that is not there).
    pub broken: BTreeMap<ObjectId, String>,
    /// What the database refuses, with its message: the attribute at fault where it is known.
    pub refused: Vec<(ObjectId, Option<&'static str>, String)>,
    /// The views of which a column gets another type, or goes: another query cannot take the place of theirs.
    pub retyped: BTreeSet<ObjectId>,
    /// Where the database stopped in a statement that it refuses, if it says so.
    pub refused_at: BTreeMap<ObjectId, Within>,
}

impl Elaborated {
    /// Has the desired catalog say in the database's own words what is only written otherwise.
    pub(crate) fn reword(&self, desired: &mut Catalog) {
        for (id, object) in &self.reworded {
            if let Some(entry) = desired.get_mut(id) {
                entry.object = object.clone();
                // Its names are now those of the default schema. How a column's rows are converted stays as it is written.
                if !matches!(object, Object::Column(_)) {
                    entry.in_schema = None;
                }
            }
        }
    }

    /// Takes back that a text is equal where it has `*` over a view that is to be another one: that may get other
    /// columns. `takes_all` says of an object whether its text has one.
    pub(crate) fn retract_stale(&mut self, desired: &Catalog, deltas: &Deltas, takes_all: &dyn Fn(&Object) -> bool) {
        loop {
            let differs = |other: &ObjectId| {
                let is_altered = deltas.get(other) == Some(&Delta::Alter);
                other.kind() == Kind::View && is_altered && !self.equal.contains(other)
            };
            let stale = |id: &&ObjectId| {
                let entry = desired.get(id).filter(|entry| entry.references(id).iter().any(differs));
                entry.is_some_and(|entry| takes_all(&entry.object))
            };
            let found: Vec<ObjectId> = self.equal.iter().chain(self.reworded.keys()).filter(stale).cloned().collect();
            if found.is_empty() {
                return;
            }
            for id in &found {
                self.equal.remove(id);
                self.reworded.remove(id);
            }
        }
    }
}

/// A place in a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Within {
    /// The statement.
    pub sql: String,
    /// The byte, a character's first.
    pub at: usize,
}

/// What a probe found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probed {
    /// How many rows.
    pub rows: u64,
    /// Up to three of them, as text.
    pub examples: Vec<String>,
    /// What the database said of a value that what it was asked to evaluate does not take.
    pub refused: Option<String>,
}

/// How large a table is, about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// How many rows.
    pub rows: u64,
    /// How many bytes, indexes included.
    pub bytes: u64,
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
        let (mut whole, mut unit) = (self.bytes / 1024, UNITS[0]);
        let mut tenths = (self.bytes % 1024) * 10 / 1024;
        for next in UNITS.into_iter().skip(1) {
            if whole >= 1024 {
                (tenths, whole, unit) = ((whole % 1024) * 10 / 1024, whole / 1024, next);
            }
        }
        let noun = if self.rows == 1 { "row" } else { "rows" };
        let tenths = if whole < 10 && tenths > 0 { format!(".{tenths}") } else { String::new() };
        write!(f, "about {} {noun}, {whole}{tenths} {unit}", grouped(self.rows))
    }
}

/// How a database is opened.
#[derive(Debug, Clone, Default)]
pub struct OpenOptions {
    /// How long to wait for a database that somebody else holds.
    pub lock_timeout: Duration,
    /// What the program's surroundings say of databases.
    pub environment: Environment,
}

/// What the clients of databases read beside the URL. The library asks the system for none of it.
#[derive(Clone, Default)]
pub struct Environment {
    /// The variables, such as `PGHOST`. One that is empty counts as not set.
    pub variables: BTreeMap<String, String>,
    /// The user's home folder.
    pub home: Option<PathBuf>,
    /// The user's name in the operating system.
    pub user: Option<String>,
}

impl Environment {
    /// A variable, unless it is empty.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

/// Without the values, as passwords are among them.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.variables.keys().collect();
        let Self { home, user, .. } = self;
        f.debug_struct("Environment").field("variables", &names).field("home", home).field("user", user).finish()
    }
}

/// How an apply behaves.
#[derive(Debug, Clone, Default)]
pub struct ApplyOptions {
    /// How long to wait for the database in all.
    pub lock_timeout: Duration,
    /// Stops it.
    pub interrupt: Interrupt,
}

/// A connection to a live database.
pub trait Database: Send {
    /// What is known of its kind.
    fn dialect(&self) -> &'static dyn Dialect;

    /// Which database it is.
    fn target(&self) -> Target;

    /// The server's version as one number that grows, for rules that differ by it: 150018 of PostgreSQL 15.18,
    /// 90700 of MySQL 9.7.0.
    fn version(&self) -> u32 {
        0
    }

    /// Reads all that is there, in one snapshot.
    fn introspect(&mut self) -> Result<Live>;

    /// What the live catalog is once these renames are done: the database's own rewriting of
    /// views, triggers and expressions included. The pairs are (from, to), in order.
    fn after_renames(&mut self, live: &Live, renames: &[(ObjectId, ObjectId)]) -> Result<Catalog>;

    /// The live catalog as it reads once the desired one holds of what is around the objects: what they inherit when they
    /// say nothing (the database's charset), and where what they name is (the schema of an extension); none where it reads
    /// the same.
    fn in_new_surroundings(&mut self, _live: &Catalog, _desired: &Catalog) -> Result<Option<Catalog>> {
        Ok(None)
    }

    /// Has the database judge what differs between the two catalogs, without changing anything.
    fn elaborate(&mut self, live: &Catalog, desired: &Catalog, deltas: &Deltas) -> Result<Elaborated>;

    /// How changes are made.
    fn rules(&self) -> &'static dyn Rules;

    /// How large these tables are, as far as the database knows without counting.
    fn sizes(&mut self, _tables: &[ObjectId]) -> Result<BTreeMap<ObjectId, Size>> {
        Ok(BTreeMap::new())
    }

    /// Asks the rows, without changing anything.
    fn probe(&mut self, probe: &Probe) -> Result<Probed>;

    /// Runs a plan: under the one lock, only if the live catalog has the plan's fingerprint, and with
    /// the result read again and compared. On an error of a transactional database nothing is changed.
    fn apply(&mut self, plan: &Plan, options: &ApplyOptions, progress: &mut dyn Progress) -> Result<()>;
}
