//! Random schemas that MySQL and MariaDB take, as data, so that they shrink; and small variations of one.

mod generate;
mod vary;
mod write;

pub(crate) use generate::schema;
pub(crate) use write::On;

/// A schema.
#[derive(Debug, Clone)]
pub(crate) struct Schema {
    /// Its tables; what they refer to is by index, taken modulo how many there are.
    pub(crate) tables: Vec<Table>,
    /// Functions, procedures, events and sequences: which of them, and which form each has.
    pub(crate) programs: Vec<(usize, usize)>,
    /// The view over the view of a table.
    pub(crate) over: Option<usize>,
}

/// A table. It has a column `id`, and a row for each number from 1 to [`ROWS`].
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) key: Key,
    pub(crate) columns: Vec<Column>,
    pub(crate) indexes: Vec<Index>,
    pub(crate) checks: Vec<(usize, usize)>,
    pub(crate) foreign_keys: Vec<ForeignKey>,
    pub(crate) partition: Option<usize>,
    pub(crate) charset: Option<usize>,
    pub(crate) option: Option<usize>,
    pub(crate) view: Option<View>,
    pub(crate) triggers: Vec<(usize, usize)>,
}

/// How many rows each table has.
pub(crate) const ROWS: usize = 3;

/// The kinds of primary key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    None,
    Plain,
    AutoIncrement,
    /// The id and the first column.
    Composite,
}

/// A column beside the key `id`.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) ty: usize,
    pub(crate) not_null: bool,
    pub(crate) default: Option<usize>,
    pub(crate) collation: Option<usize>,
    /// Whether it is stored, if it is generated.
    pub(crate) generated: Option<bool>,
    pub(crate) invisible: bool,
    pub(crate) comment: Option<usize>,
}

/// An index.
#[derive(Debug, Clone)]
pub(crate) struct Index {
    pub(crate) name: String,
    pub(crate) kind: usize,
    pub(crate) columns: (usize, usize),
    pub(crate) comment: Option<usize>,
    /// Whether the optimizer leaves it out.
    pub(crate) unseen: bool,
}

/// A foreign key from a column of its own to the id of a table.
#[derive(Debug, Clone)]
pub(crate) struct ForeignKey {
    pub(crate) table: usize,
    pub(crate) on_delete: usize,
    pub(crate) on_update: usize,
    /// Whether its column has an index that people wrote.
    pub(crate) index: bool,
}

/// A view of a table.
#[derive(Debug, Clone)]
pub(crate) struct View {
    pub(crate) form: usize,
    pub(crate) column: usize,
}
