//! Random schemas that SQLite takes, as data, so that they shrink; and small variations of one.

mod generate;
mod vary;
mod write;

pub(crate) use generate::{rows, schema};

/// A schema.
#[derive(Debug, Clone)]
pub(crate) struct Schema {
    /// Its tables; what they refer to is by index, taken modulo how many there are.
    pub(crate) tables: Vec<Table>,
    pub(crate) search: Option<Search>,
}

/// A full text index.
#[derive(Debug, Clone)]
pub(crate) struct Search {
    /// Which of its own columns it has, a bit each.
    pub(crate) columns: usize,
    /// The table whose rows it is over, where one can be; else it has rows of its own.
    pub(crate) content: Option<usize>,
    pub(crate) prefix: bool,
    pub(crate) porter: bool,
    /// Whether a trigger and a view name it.
    pub(crate) named: bool,
}

/// A table.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) key: Key,
    pub(crate) strict: bool,
    pub(crate) columns: Vec<Column>,
    pub(crate) checks: Vec<(Option<String>, usize)>,
    pub(crate) uniques: Vec<Unique>,
    pub(crate) indexes: Vec<Index>,
    pub(crate) foreign_keys: Vec<ForeignKey>,
    pub(crate) view: Option<View>,
    pub(crate) trigger: Option<Trigger>,
}

/// The kinds of primary key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    None,
    Rowid,
    Autoincrement,
    /// The first columns, as `primary key (a, b desc)`.
    Composite {
        descending: bool,
    },
    /// A text, in a table with rowids.
    Text,
    WithoutRowid,
}

/// A column beside the key `id`.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) ty: usize,
    pub(crate) not_null: bool,
    pub(crate) default: Option<usize>,
    pub(crate) collation: Option<usize>,
    pub(crate) generated: Option<bool>,
}

/// A unique constraint over one or two columns.
#[derive(Debug, Clone)]
pub(crate) struct Unique {
    pub(crate) name: Option<String>,
    pub(crate) columns: (usize, usize),
    pub(crate) on_conflict: Option<usize>,
}

/// An index.
#[derive(Debug, Clone)]
pub(crate) struct Index {
    pub(crate) name: String,
    pub(crate) columns: (usize, usize),
    pub(crate) descending: bool,
    pub(crate) expression: bool,
    pub(crate) partial: bool,
    pub(crate) collation: Option<usize>,
}

/// A foreign key from a column to the key of a table.
#[derive(Debug, Clone)]
pub(crate) struct ForeignKey {
    pub(crate) name: Option<String>,
    pub(crate) column: usize,
    pub(crate) table: usize,
    pub(crate) on_delete: usize,
    pub(crate) deferred: bool,
}

/// A view of a table, some columns of it.
#[derive(Debug, Clone)]
pub(crate) struct View {
    pub(crate) star: bool,
    pub(crate) column: usize,
    pub(crate) comment: bool,
}

/// A trigger of a table.
#[derive(Debug, Clone)]
pub(crate) struct Trigger {
    pub(crate) timing: usize,
    pub(crate) event: usize,
    pub(crate) column: usize,
    pub(crate) table: usize,
}
