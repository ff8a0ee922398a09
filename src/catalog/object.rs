//! One addressable thing in a database.

use serde::{Deserialize, Serialize};

use super::id::{Kind, ObjectId};
use super::name::Name;
use super::sql::Sql;
use super::table::{Check, Column, ForeignKey, Part, PrimaryKey, Table, Unique, VirtualTable};

/// An object. Equality is derived and says what matters; spelling, position and source text are kept beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Object {
    /// A table.
    Table(Table),
    /// A table that a module answers for.
    VirtualTable(VirtualTable),
    /// A column.
    Column(Column),
    /// A primary key.
    PrimaryKey(PrimaryKey),
    /// A unique constraint.
    Unique(Unique),
    /// A check constraint.
    Check(Check),
    /// A foreign key.
    ForeignKey(ForeignKey),
    /// An index.
    Index(Index),
    /// A view.
    View(View),
    /// A trigger.
    Trigger(Trigger),
}

impl Object {
    /// Its kind.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Table(_) => Kind::Table,
            Self::VirtualTable(_) => Kind::VirtualTable,
            Self::Column(_) => Kind::Column,
            Self::PrimaryKey(_) => Kind::PrimaryKey,
            Self::Unique(_) => Kind::Unique,
            Self::Check(_) => Kind::Check,
            Self::ForeignKey(_) => Kind::ForeignKey,
            Self::Index(_) => Kind::Index,
            Self::View(_) => Kind::View,
            Self::Trigger(_) => Kind::Trigger,
        }
    }

    /// What its structure refers to: exact. What only its SQL text mentions is the dialect's to find.
    /// `id` is this object's own.
    pub fn refers_to(&self, id: &ObjectId) -> Vec<ObjectId> {
        let own = |name: &Name| id.parent().map(|table| table.child(Kind::Column, name.clone()));
        let parts = |parts: &[Part]| parts.iter().filter_map(Part::as_column).filter_map(own).collect::<Vec<_>>();
        match self {
            Self::PrimaryKey(key) => parts(&key.columns),
            Self::Unique(unique) => parts(&unique.columns),
            Self::Index(index) => parts(&index.columns),
            Self::ForeignKey(key) => {
                let mut ids: Vec<_> = key.columns.iter().filter_map(own).collect();
                ids.push(key.references.clone());
                ids.extend(key.ref_columns.iter().map(|name| key.references.child(Kind::Column, name.clone())));
                ids
            }
            Self::Trigger(trigger) => trigger
                .events
                .iter()
                .flat_map(|event| match event {
                    Event::Update { of } => of.iter().filter_map(own).collect::<Vec<_>>(),
                    Event::Insert | Event::Delete => Vec::new(),
                })
                .collect(),
            Self::Table(_) | Self::VirtualTable(_) | Self::Column(_) | Self::Check(_) | Self::View(_) => Vec::new(),
        }
    }
}

/// An index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Its columns and expressions.
    pub columns: Vec<Part>,
    /// Whether it allows a key only once.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub unique: bool,
    /// The rows it covers, if not all.
    #[serde(rename = "where", skip_serializing_if = "Option::is_none", default)]
    pub predicate: Option<Sql>,
}

/// A view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The query.
    pub query: Sql,
    /// The names of its columns, where they are given apart from the query.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub column_names: Vec<Name>,
}

/// A trigger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// When it fires.
    pub timing: Timing,
    /// On what it fires, each kind of event at most once.
    pub events: Vec<Event>,
    /// Whether it fires for each row or each statement, as far as it was said.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub for_each: Option<ForEach>,
    /// The condition under which it fires.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub when: Option<Sql>,
    /// What it does; SQLite: the statements between BEGIN and END.
    pub body: Sql,
}

/// What a trigger fires once for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForEach {
    /// Each row.
    Row,
    /// Each statement.
    Statement,
}

impl ForEach {
    /// The word in SQL and TOML, in lower case.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Statement => "statement",
        }
    }
}

/// When a trigger fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Timing {
    /// Before the row changes.
    #[serde(rename = "before")]
    Before,
    /// After the row has changed.
    #[serde(rename = "after")]
    After,
    /// In place of the change, on a view.
    #[serde(rename = "instead of")]
    InsteadOf,
}

impl Timing {
    /// The words in SQL and TOML, in lower case.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
            Self::InsteadOf => "instead of",
        }
    }
}

/// What a trigger fires on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A new row.
    Insert,
    /// A changed row; of some columns only, unless none are named.
    Update {
        /// The columns.
        of: Vec<Name>,
    },
    /// A removed row.
    Delete,
}
