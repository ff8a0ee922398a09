//! Steps before they are ordered: what each needs, makes and ends.

use crate::catalog::{Name, ObjectId};

use super::artifact::{Hazard, Probe, Step, Transaction};

/// What steps have to do with each other through.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// An object as it is before the plan, once renames are done.
    Old(ObjectId),
    /// An object as it is after the plan.
    New(ObjectId),
    /// A name that only one object at a time can have, in a namespace of the dialect.
    Name(&'static str, Name),
    /// The first part of every plan: objects get their new names, one after the other.
    Renamed(usize),
    /// A state of the whole schema that some steps bring about and others wait for
    /// (SQLite: ALTER TABLE reads every view and trigger again).
    Barrier(&'static str),
}

/// A step and what it has to do with others.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The step.
    pub step: Step,
    /// What is there once it has run. A name that is taken, an object that is made or has its final form.
    pub produces: Vec<Resource>,
    /// What has to be there when it runs, or must not yet be gone.
    pub consumes: Vec<Resource>,
    /// As `consumes`, but only a wish: it gives way where it would close a cycle.
    pub prefers: Vec<Resource>,
    /// As `prefers`, by a guess, as from the names in a body that is read only when it runs: it gives way first.
    pub guesses: Vec<Resource>,
    /// What is gone, or no more as it was, once it has run. A name that is freed.
    pub destroys: Vec<Resource>,
    /// How the statement begins in which it may stand with others that begin so, where several of them would write the table
    /// anew: `ALTER TABLE t`.
    pub joins: Option<String>,
}

impl Draft {
    /// A step of one statement.
    pub fn new(id: &ObjectId, summary: impl Into<String>, sql: impl Into<String>) -> Self {
        Self::of(id, summary, vec![sql.into()])
    }

    /// A step of several statements.
    pub fn of(id: &ObjectId, summary: impl Into<String>, sql: Vec<String>) -> Self {
        Self {
            step: Step {
                id: id.clone(),
                summary: summary.into(),
                sql,
                transaction: Transaction::Shared,
                in_schema: None,
                hazards: Vec::new(),
                probes: Vec::new(),
            },
            produces: Vec::new(),
            consumes: Vec::new(),
            prefers: Vec::new(),
            guesses: Vec::new(),
            destroys: Vec::new(),
            joins: None,
        }
    }

    /// The same, in one statement with others that begin so.
    #[must_use]
    pub fn joining(mut self, start: Option<String>) -> Self {
        self.joins = start;
        self
    }

    /// The same, producing these too.
    #[must_use]
    pub fn producing(mut self, resources: impl IntoIterator<Item = Resource>) -> Self {
        self.produces.extend(resources);
        self
    }

    /// The same, consuming these too.
    #[must_use]
    pub fn consuming(mut self, resources: impl IntoIterator<Item = Resource>) -> Self {
        self.consumes.extend(resources);
        self
    }

    /// The same, preferring these too.
    #[must_use]
    pub fn preferring(mut self, resources: impl IntoIterator<Item = Resource>) -> Self {
        self.prefers.extend(resources);
        self
    }

    /// The same, guessing that these should be there too.
    #[must_use]
    pub fn guessing(mut self, resources: impl IntoIterator<Item = Resource>) -> Self {
        self.guesses.extend(resources);
        self
    }

    /// The same, destroying these too.
    #[must_use]
    pub fn destroying(mut self, resources: impl IntoIterator<Item = Resource>) -> Self {
        self.destroys.extend(resources);
        self
    }

    /// The same, in a transaction as said.
    #[must_use]
    pub fn in_transaction(mut self, transaction: Transaction) -> Self {
        self.step.transaction = transaction;
        self
    }

    /// The same, with names looked for in this schema first.
    #[must_use]
    pub fn in_schema(mut self, schema: Option<&Name>) -> Self {
        self.step.in_schema = schema.map(|name| name.as_str().to_owned());
        self
    }

    /// The same, with hazards.
    #[must_use]
    pub fn risking(mut self, hazards: impl IntoIterator<Item = Hazard>) -> Self {
        self.step.hazards.extend(hazards);
        self
    }

    /// The same, with questions to the rows.
    #[must_use]
    pub fn asking(mut self, probes: impl IntoIterator<Item = Probe>) -> Self {
        self.step.probes.extend(probes);
        self
    }
}
