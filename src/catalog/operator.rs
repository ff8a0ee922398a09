//! Operators, their classes, casts and text search.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::is_default;
use super::setting::Settings;
use super::sql::Sql;

/// An operator; the name of its id has its operands: `+(a, b)`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// The function that computes it.
    #[serde(skip_serializing_if = "is_default", default)]
    pub function: Sql,
    /// The operator that does the same with its operands exchanged.
    #[serde(skip_serializing_if = "is_default", default)]
    pub commutator: Option<Sql>,
    /// The operator that gives the opposite.
    #[serde(skip_serializing_if = "is_default", default)]
    pub negator: Option<Sql>,
    /// How many rows the planner expects.
    #[serde(skip_serializing_if = "is_default", default)]
    pub restrict: Option<Sql>,
    /// How many rows of a join the planner expects.
    #[serde(skip_serializing_if = "is_default", default)]
    pub join: Option<Sql>,
    /// Whether a hash join may use it.
    #[serde(skip_serializing_if = "is_default", default)]
    pub hashes: bool,
    /// Whether a merge join may use it.
    #[serde(skip_serializing_if = "is_default", default)]
    pub merges: bool,
}

/// Operator classes that go together; the name of its id has its access method: `name using btree`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorFamily {
    /// Operators that belong to no class: `1 =(integer, bigint)`.
    #[serde(skip_serializing_if = "is_default", default)]
    pub operators: Vec<Sql>,
    /// Functions that belong to no class.
    #[serde(skip_serializing_if = "is_default", default)]
    pub functions: Vec<Sql>,
}

/// How an index treats a type; the name of its id has its access method: `name using btree`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorClass {
    /// The type.
    #[serde(skip_serializing_if = "is_default", default)]
    pub for_type: Sql,
    /// Whether it is the type's own.
    #[serde(skip_serializing_if = "is_default", default)]
    pub default: bool,
    /// The family, where it has not the class's name.
    #[serde(skip_serializing_if = "is_default", default)]
    pub family: Option<Sql>,
    /// The type that is kept, where it is another.
    #[serde(skip_serializing_if = "is_default", default)]
    pub storage: Option<Sql>,
    /// The operators: `1 <`.
    #[serde(skip_serializing_if = "is_default", default)]
    pub operators: Vec<Sql>,
    /// The support functions: `1 btint4cmp(integer, integer)`.
    #[serde(skip_serializing_if = "is_default", default)]
    pub functions: Vec<Sql>,
}

/// A way from one type to another; the name of its id is `a as b`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cast {
    /// The function that converts; none: the bytes stay as they are.
    #[serde(skip_serializing_if = "is_default", default)]
    pub function: Option<Sql>,
    /// Whether it goes by the text.
    #[serde(skip_serializing_if = "is_default", default)]
    pub inout: bool,
    /// Where it is used unasked.
    #[serde(skip_serializing_if = "is_default", default)]
    pub context: CastContext,
}

/// How words are made searchable.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSearchDictionary {
    /// What it is made from.
    #[serde(skip_serializing_if = "is_default", default)]
    pub template: Sql,
    /// Its options.
    #[serde(skip_serializing_if = "is_default", default)]
    pub options: Settings,
}

/// How texts are made searchable.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSearchConfiguration {
    /// How texts become words.
    #[serde(skip_serializing_if = "is_default", default)]
    pub parser: Sql,
    /// The dictionaries of each kind of word.
    #[serde(skip_serializing_if = "is_default", default)]
    pub mapping: BTreeMap<String, Vec<Sql>>,
}

/// Where a cast is used unasked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CastContext {
    /// Nowhere.
    #[default]
    Explicit,
    /// When a value is put into a column.
    Assignment,
    /// In every expression.
    Implicit,
}
