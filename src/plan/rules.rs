//! What a database's rules answer: how one difference is made true.

use crate::catalog::{Catalog, ObjectId, Sql};
use crate::database::{Elaborated, Live};
use crate::diff::{Delta, Deltas, Renames};
use crate::document::Intent;

use super::artifact::Refusal;
use super::draft::Draft;

/// All that a rule may look at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The live catalog, under the desired names.
    pub live: &'a Catalog,
    /// The catalog to make true.
    pub desired: &'a Catalog,
    /// What differs.
    pub deltas: &'a Deltas,
    /// What is renamed.
    pub renames: &'a Renames,
    /// What people said of the way.
    pub intent: &'a Intent,
    /// What was read, with what is broken already.
    pub read: &'a Live,
    /// What the database said of the desired catalog.
    pub elaborated: &'a Elaborated,
    /// The server's version, as [`Database::version`](crate::database::Database::version) gives it.
    pub version: u32,
    /// Whether somebody without a grant in the TOML is to have none, as against what the server gives by itself.
    pub complete_grants: bool,
}

impl Context<'_> {
    /// How an object differs.
    pub fn delta(&self, id: &ObjectId) -> Option<Delta> {
        self.deltas.get(id).copied()
    }
}

/// How a difference is made true.
#[derive(Debug)]
pub enum Way {
    /// By these steps, which leave the rest of the table alone.
    InPlace(Vec<Draft>),
    /// By dropping and making it again, in these drafts.
    Recreate(Vec<Draft>),
    /// With all other differences of its table at once, by [`Rules::together`] (MySQL: one ALTER TABLE).
    Together,
    /// With a copy of its whole table, one for all of the table's differences.
    Rebuild,
    /// By what is done to the object it belongs to: its table is made, dropped or rebuilt anyway.
    Within,
    /// Not at all.
    Refuse(Refusal),
}

/// A database's knowledge of how changes are made.
pub trait Rules {
    /// Whether this object can be renamed so; what cannot is dropped and made anew, with what it holds.
    fn renames_in_place(&self, from: &ObjectId, to: &ObjectId) -> bool;

    /// The id of an object once another has its new name: types may be a part of it.
    fn renamed(&self, id: &ObjectId, from: &ObjectId, to: &ObjectId) -> ObjectId {
        id.renamed(from, to)
    }

    /// Whether indexes of two tables may have one name.
    fn names_indexes_by_table(&self) -> bool {
        false
    }

    /// One rename, as executed.
    fn rename(&self, cx: &Context<'_>, from: &ObjectId, to: &ObjectId) -> Draft;

    /// How one difference is made. What belongs to a table that is made or dropped is asked for too.
    fn way(&self, cx: &Context<'_>, id: &ObjectId, delta: Delta) -> Way;

    /// How each difference is made, where one decides over others: the rules of a database may look at all of them once.
    fn ways(&self, cx: &Context<'_>) -> Vec<(ObjectId, Delta, Way)> {
        cx.deltas.iter().map(|(id, delta)| (id.clone(), *delta, self.way(cx, id, *delta))).collect()
    }

    /// What does not differ itself but has to change its place for a moment, by the differences that there are.
    fn drawn_in(&self, _cx: &Context<'_>) -> Vec<ObjectId> {
        Vec::new()
    }

    /// All differences of a table that go together.
    fn together(&self, _cx: &Context<'_>, _table: &ObjectId) -> Vec<Draft> {
        Vec::new()
    }

    /// A query that evaluates an expression over the rows of a live table, and looks at none of them.
    fn trial(&self, _cx: &Context<'_>, _table: &ObjectId, _expression: &Sql) -> Option<String> {
        None
    }

    /// The copy of a table.
    fn rebuild(&self, cx: &Context<'_>, table: &ObjectId) -> Vec<Draft>;

    /// Steps for what does not differ itself but is in the way of the others: the objects that have to be
    /// dropped and made again around them, each with why. `drafts` is all there is so far.
    fn surroundings(
        &self,
        cx: &Context<'_>,
        drafts: &[Draft],
        rebuilt: &[ObjectId],
    ) -> Vec<(ObjectId, String, Vec<Draft>)>;
}
