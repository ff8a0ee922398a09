//! Random schemas that PostgreSQL takes, as data, so that they shrink; and small variations of one.
//!
//! Every kind of object has a few slots with fixed names; what refers to an object names a slot, and where that is
//! empty it does without. So any combination is a schema that holds together.

mod generate;
mod relations;
mod types;
mod vary;
mod write;

pub(crate) use generate::schema;

/// The roles that grants and policies name.
pub(crate) const ROLES: [&str; 2] = ["trueup_reader", "trueup_writer"];

/// The slots of tables with their schemas and names; two are called the same.
pub(crate) const TABLES: [&str; 4] = ["public.item", "other.item", "\"Odd one\".\"Order \"\"x\"\"\"", "public.list"];

/// The slots of views; two are called the same.
pub(crate) const VIEWS: [&str; 4] = ["seen", "other.seen", "\"Odd one\".\"It's\"", "sum"];

/// A schema.
#[derive(Debug, Clone)]
pub(crate) struct Schema {
    /// `mood` and `other.mood`: which list of values.
    pub(crate) enums: [Option<usize>; 2],
    /// `amount` and `"Odd one".amount`.
    pub(crate) domains: [Option<Domain>; 2],
    /// `pair`: which attributes it has, a bit each.
    pub(crate) composite: Option<usize>,
    /// `steps`: which options it has.
    pub(crate) sequence: Option<usize>,
    /// `twice(integer)`, `other.twice(integer)` and `label(mood)`, which need no table.
    pub(crate) early: [Option<Function>; 3],
    /// `total()` and `first_of(integer)`, which read the first table that is there.
    pub(crate) late: [Option<Function>; 2],
    pub(crate) tables: [Option<Table>; 4],
    pub(crate) views: [Option<View>; 4],
}

/// A domain.
#[derive(Debug, Clone)]
pub(crate) struct Domain {
    pub(crate) base: usize,
    pub(crate) default: bool,
    pub(crate) not_null: bool,
    pub(crate) check: Option<usize>,
}

/// A function; what it takes and gives back follows from its slot, in part.
#[derive(Debug, Clone)]
pub(crate) struct Function {
    pub(crate) language: usize,
    pub(crate) body: usize,
    pub(crate) options: usize,
    pub(crate) big: bool,
    pub(crate) grant: usize,
    pub(crate) comment: bool,
}

/// A table; its key is `id`.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that a table has or has not")]
pub(crate) struct Table {
    pub(crate) shape: Shape,
    pub(crate) key: Key,
    pub(crate) big_key: bool,
    pub(crate) columns: Vec<Column>,
    pub(crate) checks: Vec<(Option<usize>, usize)>,
    pub(crate) unique: Option<(usize, usize)>,
    pub(crate) exclusion: Option<usize>,
    pub(crate) foreign_key: Option<ForeignKey>,
    pub(crate) indexes: Vec<Index>,
    pub(crate) trigger: Option<Trigger>,
    pub(crate) policy: Option<Policy>,
    pub(crate) grants: usize,
    pub(crate) comment: usize,
    pub(crate) with: usize,
    pub(crate) late_default: bool,
    pub(crate) statistics: bool,
    pub(crate) rule: bool,
}

/// What stands behind a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Plain,
    /// Inherits from the table of a slot before it.
    Heir(usize),
    /// By range, list or hash, with more or fewer parts.
    Partitioned(usize, usize),
}

/// What gives the key its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Plain,
    Serial,
    Always,
    ByDefault,
    /// With options.
    Stepping(usize),
}

/// A column beside the key, with a name by its slot.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) slot: usize,
    pub(crate) ty: usize,
    pub(crate) not_null: bool,
    pub(crate) default: usize,
    pub(crate) generated: Option<usize>,
    pub(crate) extra: usize,
}

/// A foreign key of the column `ref`.
#[derive(Debug, Clone)]
pub(crate) struct ForeignKey {
    pub(crate) table: usize,
    pub(crate) action: usize,
    pub(crate) timing: usize,
    pub(crate) named: bool,
}

/// An index.
#[derive(Debug, Clone)]
pub(crate) struct Index {
    pub(crate) slot: usize,
    pub(crate) kind: usize,
    pub(crate) column: usize,
    pub(crate) unique: bool,
    pub(crate) partial: usize,
    pub(crate) include: bool,
}

/// A trigger.
#[derive(Debug, Clone)]
pub(crate) struct Trigger {
    pub(crate) event: usize,
    pub(crate) after: bool,
    pub(crate) row: bool,
    pub(crate) when: usize,
    pub(crate) state: usize,
}

/// Row level security with a policy.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    pub(crate) command: usize,
    pub(crate) using: usize,
    pub(crate) role: usize,
    pub(crate) forced: bool,
}

/// A view.
#[derive(Debug, Clone)]
pub(crate) struct View {
    /// A table, or, from 4 on, a view of a slot before it.
    pub(crate) over: usize,
    pub(crate) join: Option<usize>,
    pub(crate) columns: usize,
    pub(crate) filter: usize,
    pub(crate) materialized: bool,
    pub(crate) options: usize,
    pub(crate) grant: bool,
    pub(crate) comment: usize,
    pub(crate) trigger: bool,
}
