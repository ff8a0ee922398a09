//! Tables, columns, and the constraints that are part of a table.

use serde::{Deserialize, Serialize};

use super::id::ObjectId;
use super::name::Name;
use super::option::Options;
use super::sql::Sql;

/// A table; its columns and constraints are objects of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What only this database has.
    #[serde(flatten)]
    pub options: Options,
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
}

impl Part {
    /// A plain ascending column.
    pub fn column(name: Name) -> Self {
        Self { of: PartOf::Column(name), collation: None, order: Order::Unsaid }
    }

    /// The column, unless it is an expression.
    pub fn as_column(&self) -> Option<&Name> {
        match &self.of {
            PartOf::Column(name) => Some(name),
            PartOf::Sql(_) => None,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrimaryKey {
    /// Its own name, if it has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<Name>,
    /// Its columns.
    pub columns: Vec<Part>,
    /// What only this database has.
    #[serde(flatten)]
    pub options: Options,
}

/// A unique constraint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unique {
    /// SQLite: made without a name; the id's name is then what it is (`(a, b)`).
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub unnamed: bool,
    /// Its columns.
    pub columns: Vec<Part>,
    /// What only this database has.
    #[serde(flatten)]
    pub options: Options,
}

/// A check constraint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// SQLite: made without a name; the id's name is then its canonical expression.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub unnamed: bool,
    /// The condition, without surrounding parentheses.
    pub sql: Sql,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
