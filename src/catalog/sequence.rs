//! Sequences, also those behind identity columns.
use serde::{Deserialize, Serialize};

use super::Catalog;
use super::id::ObjectId;
use super::is_default;
use super::name::Name;
use super::object::Object;
use super::option::OptionKey;
use super::sql::Sql;

/// How a sequence counts; what is none is the database's default for its type and direction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbering {
    /// The first number.
    #[serde(skip_serializing_if = "is_default", default)]
    pub start: Option<i64>,
    /// The distance between two; none: 1.
    #[serde(skip_serializing_if = "is_default", default)]
    pub increment: Option<i64>,
    /// The least number.
    #[serde(skip_serializing_if = "is_default", default)]
    pub minvalue: Option<i64>,
    /// The greatest number.
    #[serde(skip_serializing_if = "is_default", default)]
    pub maxvalue: Option<i64>,
    /// How many numbers a session takes at once; none: 1 (MariaDB: 1000).
    #[serde(skip_serializing_if = "is_default", default)]
    pub cache: Option<i64>,
    /// Whether it begins again after the last.
    #[serde(skip_serializing_if = "is_default", default)]
    pub cycle: bool,
}

/// A sequence. Its present value is never part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequence {
    /// The type of its numbers; none: bigint.
    #[serde(rename = "type", skip_serializing_if = "is_default", default)]
    pub ty: Option<Sql>,
    /// How it counts.
    #[serde(flatten)]
    pub numbering: Numbering,
    /// The column with which it is dropped.
    #[serde(skip_serializing_if = "is_default", default)]
    pub owned_by: Option<ObjectId>,
    /// Whether its value may be lost in a crash, where that is not as with the table of the column that owns it.
    #[serde(skip_serializing_if = "is_default", default)]
    pub unlogged: Option<bool>,
}

impl Sequence {
    /// Whether a column of an unlogged table owns it.
    pub fn is_of_unlogged(&self, catalog: &Catalog) -> bool {
        let table = self.owned_by.as_ref().and_then(|column| catalog.object(column.root()));
        matches!(table, Some(Object::Table(table)) if table.options.is_on(OptionKey::Unlogged))
    }
}

/// A column whose numbers come from a sequence of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Whether a row may bring its own number.
    pub generation: Generation,
    /// The name of the sequence, where it is not the one that the server makes up.
    #[serde(skip_serializing_if = "is_default", default)]
    pub name: Option<Name>,
    /// How it counts.
    #[serde(flatten)]
    pub numbering: Numbering,
}

/// Whether a row may bring its own number for an identity column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Generation {
    /// Only if it says `OVERRIDING SYSTEM VALUE`.
    #[default]
    #[serde(rename = "always")]
    Always,
    /// Yes.
    #[serde(rename = "by default")]
    ByDefault,
}

impl Generation {
    /// The words in SQL and TOML, in lower case.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::ByDefault => "by default",
        }
    }
}
