//! Tables, columns, and the constraints that are part of a table.

use serde::{Deserialize, Serialize};

use super::id::ObjectId;
use super::is_default;
use super::name::Name;
use super::option::{OptionKey, Options};
use super::sequence::Identity;
use super::setting::{Parameters, Settings};
use super::sql::Sql;

/// A table; its columns and constraints are objects of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// PostgreSQL: the tables whose columns it takes over.
    #[serde(skip_serializing_if = "is_default", default)]
    pub inherits: Vec<ObjectId>,
    /// PostgreSQL: the composite type it is made of.
    #[serde(skip_serializing_if = "is_default", default)]
    pub of_type: Option<Sql>,
    /// How its rows are spread over partitions: `list (region)`.
    #[serde(skip_serializing_if = "is_default", default)]
    pub partition_by: Option<Sql>,
    /// MySQL: how the rows of a partition are spread.
    #[serde(skip_serializing_if = "is_default", default)]
    pub subpartition_by: Option<Sql>,
    /// PostgreSQL: the table it is a partition of.
    #[serde(skip_serializing_if = "is_default", default)]
    pub partition_of: Option<ObjectId>,
    /// PostgreSQL: which rows of that it has: `in ('us')`, `default`.
    #[serde(skip_serializing_if = "is_default", default)]
    pub values: Option<Sql>,
    /// PostgreSQL: storage parameters.
    #[serde(skip_serializing_if = "is_default", default)]
    pub with: Parameters,
    /// PostgreSQL: what identifies a row to subscribers.
    #[serde(skip_serializing_if = "is_default", default)]
    pub replica_identity: ReplicaIdentity,
    /// PostgreSQL: the index by which CLUSTER sorts it.
    #[serde(skip_serializing_if = "is_default", default)]
    pub cluster_on: Option<Name>,
    /// MariaDB: its application period, with the columns that bound it.
    #[serde(skip_serializing_if = "is_default", default)]
    pub period: Vec<Period>,
    /// What only this database has.
    #[serde(flatten)]
    pub options: Options,
}

/// MariaDB: a period over two columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// Its name.
    pub name: Name,
    /// The column that says from when.
    pub from: Name,
    /// The column that says until when.
    pub to: Name,
}

/// What identifies a row to subscribers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplicaIdentity {
    /// The primary key.
    #[default]
    Default,
    /// All columns.
    Full,
    /// Nothing.
    Nothing,
    /// The columns of this index.
    Index(Name),
}

/// A partition that is no table itself (MySQL); its position counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partition {
    /// Its place among the partitions of its table.
    #[serde(skip_serializing_if = "is_default", default)]
    pub position: u32,
    /// Which rows it has: `less than (2000)`, `in (1, 2)`; none for hash and key.
    #[serde(skip_serializing_if = "is_default", default)]
    pub values: Option<Sql>,
    /// Its own parts, in order, where they are named.
    #[serde(rename = "subpartition", skip_serializing_if = "is_default", default)]
    pub subpartitions: Vec<Subpartition>,
    /// What only this database has.
    #[serde(flatten)]
    pub options: Options,
}

/// A part of a partition (MySQL).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subpartition {
    /// Its name.
    pub name: Name,
    /// Its comment.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
    /// What only this database has.
    #[serde(flatten)]
    pub options: Options,
}

/// A table that a module answers for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VirtualTable {
    /// The module and its arguments, `fts5(title, body)`.
    pub using: Sql,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The declared type; SQLite allows none.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none", default)]
    pub ty: Option<Sql>,
    /// Whether NULL is accepted, as the database reports it.
    #[serde(default)]
    pub null: bool,
    /// The default, as an expression without surrounding parentheses.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub default: Option<Sql>,
    /// The expression that computes it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub generated: Option<Generated>,
    /// The collation that was written, if one was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub collation: Option<Name>,
    /// PostgreSQL: a sequence of its own that fills it.
    #[serde(skip_serializing_if = "is_default", default)]
    pub identity: Option<Identity>,
    /// PostgreSQL 18: its NOT NULL constraint, where more is to be said of it than that it is there.
    #[serde(skip_serializing_if = "is_default", default)]
    pub not_null: Option<NotNull>,
    /// PostgreSQL: options of a foreign table's column.
    #[serde(rename = "options", skip_serializing_if = "is_default", default)]
    pub settings: Settings,
    /// PostgreSQL: parameters of the planner: `n_distinct`.
    #[serde(skip_serializing_if = "is_default", default)]
    pub with: Parameters,
    /// MySQL: the value that a changed row gets.
    #[serde(skip_serializing_if = "is_default", default)]
    pub on_update: Option<Sql>,
    /// MariaDB: the column's own condition, which has no name.
    #[serde(skip_serializing_if = "is_default", default)]
    pub check: Option<Sql>,
    /// What only this database has.
    #[serde(flatten)]
    pub options: Options,
}

impl Column {
    /// PostgreSQL: what a new table below this one has of it, all but the type and what is of this table's own rows. The
    /// name of its NOT NULL comes from here too, as long as the table below says none.
    #[must_use]
    pub fn inherited(&self) -> Self {
        let mut column =
            Self { ty: None, identity: None, settings: Settings::new(), with: Parameters::new(), ..self.clone() };
        column.options.clear(OptionKey::StatisticsTarget);
        let not_null = column.not_null.map(|not_null| NotNull { name: None, ..not_null });
        column.not_null = not_null.filter(|not_null| *not_null != NotNull::default());
        column
    }
}

/// PostgreSQL 18: a NOT NULL constraint.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotNull {
    /// Its name, where it is not the one that the server makes up.
    #[serde(skip_serializing_if = "is_default", default)]
    pub name: Option<Name>,
    /// Whether inheriting tables do without it.
    #[serde(skip_serializing_if = "is_default", default)]
    pub no_inherit: bool,
    /// Whether rows that were there before may violate it.
    #[serde(skip_serializing_if = "is_default", default)]
    pub not_valid: bool,
}

/// A generated column's expression.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generated {
    /// The expression, without surrounding parentheses.
    pub sql: Sql,
    /// Whether the value is kept in the row, as against computed when read.
    pub stored: bool,
}

/// One part of a key or an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// A column or an expression.
    #[serde(flatten)]
    pub of: PartOf,
    /// The collation that was written, if one was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub collation: Option<Name>,
    /// Which way it is sorted, as far as it was said.
    #[serde(skip_serializing_if = "Order::is_unsaid", default)]
    pub order: Order,
    /// PostgreSQL: where NULLs stand, where it is not the default of the order.
    #[serde(skip_serializing_if = "is_default", default)]
    pub nulls: Option<Nulls>,
    /// PostgreSQL: the operator class with its parameters, where it is not the type's own.
    #[serde(skip_serializing_if = "is_default", default)]
    pub opclass: Option<Sql>,
    /// PostgreSQL: the operator of an exclusion constraint.
    #[serde(skip_serializing_if = "is_default", default)]
    pub operator: Option<Sql>,
    /// MySQL: how many letters of the column are in the index.
    #[serde(skip_serializing_if = "is_default", default)]
    pub length: Option<u32>,
}

impl Part {
    /// A plain ascending column.
    pub fn column(name: Name) -> Self {
        Self::of(PartOf::Column(name))
    }

    /// A plain ascending part.
    pub fn of(of: PartOf) -> Self {
        Self { of, collation: None, order: Order::Unsaid, nulls: None, opclass: None, operator: None, length: None }
    }

    /// The column, unless it is an expression.
    pub fn as_column(&self) -> Option<&Name> {
        match &self.of {
            PartOf::Column(name) => Some(name),
            PartOf::Sql(_) => None,
        }
    }
}

/// Where NULLs stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nulls {
    /// Before all other values.
    First,
    /// Behind them.
    Last,
}

impl Nulls {
    /// The words in SQL and TOML, in lower case.
    pub const fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Last => "last",
        }
    }
}

/// Which way a part is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Not said, which is ascending.
    #[default]
    Unsaid,
    /// Ascending, in so many words. SQLite keeps them; a database that does not reports the former.
    Asc,
    /// Descending.
    Desc,
}

impl Order {
    /// Whether it descends.
    pub fn is_descending(self) -> bool {
        self == Self::Desc
    }

    /// The word in SQL and TOML, where one was said.
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::Unsaid => None,
            Self::Asc => Some("asc"),
            Self::Desc => Some("desc"),
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_unsaid(&self) -> bool {
        *self == Self::Unsaid
    }
}

/// What a part is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartOf {
    /// A column of the table.
    Column(Name),
    /// An expression over its columns, without surrounding parentheses.
    Sql(Sql),
}

/// A primary key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrimaryKey {
    /// Its own name, if it has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<Name>,
    /// Its columns.
    pub columns: Vec<Part>,
    /// PostgreSQL: further columns that are kept in its index.
    #[serde(skip_serializing_if = "is_default", default)]
    pub include: Vec<Name>,
    /// PostgreSQL: whether the last column is a range that must not overlap.
    #[serde(skip_serializing_if = "is_default", default)]
    pub without_overlaps: bool,
    /// When it is checked.
    #[serde(skip_serializing_if = "Deferrable::is_default", default)]
    pub deferrable: Deferrable,
    /// PostgreSQL: storage parameters of its index.
    #[serde(skip_serializing_if = "is_default", default)]
    pub with: Parameters,
    /// What only this database has.
    #[serde(flatten)]
    pub options: Options,
}

/// A unique constraint.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unique {
    /// SQLite: made without a name; the id's name is then what it is (`(a, b)`).
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub unnamed: bool,
    /// Its columns.
    pub columns: Vec<Part>,
    /// PostgreSQL: further columns that are kept in its index.
    #[serde(skip_serializing_if = "is_default", default)]
    pub include: Vec<Name>,
    /// PostgreSQL: whether the last column is a range that must not overlap.
    #[serde(skip_serializing_if = "is_default", default)]
    pub without_overlaps: bool,
    /// PostgreSQL: whether two NULLs are the same value.
    #[serde(skip_serializing_if = "is_default", default)]
    pub nulls_not_distinct: bool,
    /// When it is checked.
    #[serde(skip_serializing_if = "Deferrable::is_default", default)]
    pub deferrable: Deferrable,
    /// PostgreSQL: storage parameters of its index.
    #[serde(skip_serializing_if = "is_default", default)]
    pub with: Parameters,
    /// What only this database has.
    #[serde(flatten)]
    pub options: Options,
}

/// A check constraint.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a clause of the statement, and any may stand with any")]
pub struct Check {
    /// SQLite: made without a name; the id's name is then its canonical expression.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub unnamed: bool,
    /// The condition, without surrounding parentheses.
    pub sql: Sql,
    /// PostgreSQL: whether inheriting tables do without it.
    #[serde(skip_serializing_if = "is_default", default)]
    pub no_inherit: bool,
    /// PostgreSQL: whether rows that were there before may violate it.
    #[serde(skip_serializing_if = "is_default", default)]
    pub not_valid: bool,
    /// Whether it is not checked at all.
    #[serde(skip_serializing_if = "is_default", default)]
    pub not_enforced: bool,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a clause of the statement, and any may stand with any")]
pub struct ForeignKey {
    /// SQLite: made without a name; the id's name is then `(a) references t (b)`.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub unnamed: bool,
    /// The columns of this table.
    pub columns: Vec<Name>,
    /// The table that is referred to; it need not exist in SQLite.
    pub references: ObjectId,
    /// Its columns; none written means its primary key.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub ref_columns: Vec<Name>,
    /// What deleting a referred row does.
    #[serde(skip_serializing_if = "Action::is_default", default)]
    pub on_delete: Action,
    /// What changing a referred key does.
    #[serde(skip_serializing_if = "Action::is_default", default)]
    pub on_update: Action,
    /// The MATCH clause as written, in lower case (SQLite keeps and ignores it).
    #[serde(rename = "match", skip_serializing_if = "Option::is_none", default)]
    pub matching: Option<String>,
    /// When it is checked.
    #[serde(skip_serializing_if = "Deferrable::is_default", default)]
    pub deferrable: Deferrable,
    /// PostgreSQL: the columns that ON DELETE SET NULL or SET DEFAULT changes; none named: all.
    #[serde(skip_serializing_if = "is_default", default)]
    pub on_delete_columns: Vec<Name>,
    /// PostgreSQL: whether rows that were there before may violate it.
    #[serde(skip_serializing_if = "is_default", default)]
    pub not_valid: bool,
    /// Whether it is not checked at all.
    #[serde(skip_serializing_if = "is_default", default)]
    pub not_enforced: bool,
    /// PostgreSQL: whether the last column is a range that must be covered.
    #[serde(skip_serializing_if = "is_default", default)]
    pub period: bool,
}

/// An exclusion constraint (PostgreSQL).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// The access method of its index; none: btree.
    #[serde(skip_serializing_if = "is_default", default)]
    pub method: Option<String>,
    /// Its columns and expressions with their operators.
    pub columns: Vec<Part>,
    /// Further columns that are kept in its index.
    #[serde(skip_serializing_if = "is_default", default)]
    pub include: Vec<Name>,
    /// The rows it covers, if not all.
    #[serde(rename = "where", skip_serializing_if = "is_default", default)]
    pub predicate: Option<Sql>,
    /// When it is checked.
    #[serde(skip_serializing_if = "Deferrable::is_default", default)]
    pub deferrable: Deferrable,
    /// PostgreSQL: storage parameters of its index.
    #[serde(skip_serializing_if = "is_default", default)]
    pub with: Parameters,
    /// What only this database has.
    #[serde(flatten)]
    pub options: Options,
}

/// What a foreign key does when its target changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Refuse, at the end of the statement.
    #[default]
    #[serde(rename = "no action")]
    NoAction,
    /// Refuse at once.
    #[serde(rename = "restrict")]
    Restrict,
    /// Do the same to the referring rows.
    #[serde(rename = "cascade")]
    Cascade,
    /// Put NULL into the referring columns.
    #[serde(rename = "set null")]
    SetNull,
    /// Put their defaults into the referring columns.
    #[serde(rename = "set default")]
    SetDefault,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 5] = [Self::NoAction, Self::Restrict, Self::Cascade, Self::SetNull, Self::SetDefault];

    /// The words in SQL and TOML, in lower case.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoAction => "no action",
            Self::Restrict => "restrict",
            Self::Cascade => "cascade",
            Self::SetNull => "set null",
            Self::SetDefault => "set default",
        }
    }

    /// The action of these words, in any case.
    pub fn from_words(words: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.words().eq_ignore_ascii_case(words.trim()))
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_default(&self) -> bool {
        *self == Self::NoAction
    }
}

/// When a constraint is checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deferrable {
    /// At every statement, always.
    #[default]
    No,
    /// At every statement, unless the transaction says otherwise.
    Immediate,
    /// At the end of the transaction.
    Deferred,
}

impl Deferrable {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_default(&self) -> bool {
        *self == Self::No
    }
}
