//! Functions, procedures and aggregates, and what is done at set times.
use serde::{Deserialize, Serialize};

use super::is_default;
use super::option::Options;
use super::setting::Parameters;
use super::sql::Sql;

/// A function or a procedure. The id of one that can be overloaded has the types that identify it: `area(numeric)`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Routine {
    /// The arguments with names, modes and defaults, without the parentheses.
    #[serde(skip_serializing_if = "is_default", default)]
    pub arguments: Sql,
    /// The result: a type, `setof t`, `table(a integer)`; none for a procedure.
    #[serde(skip_serializing_if = "is_default", default)]
    pub returns: Option<Sql>,
    /// The language of the body.
    #[serde(skip_serializing_if = "is_default", default)]
    pub language: String,
    /// The body. One that begins with `BEGIN ATOMIC` or `RETURN` is SQL's own; none where a library has it.
    #[serde(skip_serializing_if = "is_default", default)]
    pub body: Option<Sql>,
    /// Whether NULL is returned at once where an argument is NULL.
    #[serde(skip_serializing_if = "is_default", default)]
    pub strict: bool,
    /// Whether it tells nothing of its arguments.
    #[serde(skip_serializing_if = "is_default", default)]
    pub leakproof: bool,
    /// Whether it is a window function.
    #[serde(skip_serializing_if = "is_default", default)]
    pub window: bool,
    /// What a call costs, where it is not the default.
    #[serde(skip_serializing_if = "is_default", default)]
    pub cost: Option<String>,
    /// How many rows it gives, where it is not the default.
    #[serde(skip_serializing_if = "is_default", default)]
    pub rows: Option<String>,
    /// The planner's support function.
    #[serde(skip_serializing_if = "is_default", default)]
    pub support: Option<Sql>,
    /// Settings that hold while it runs.
    #[serde(skip_serializing_if = "is_default", default)]
    pub set: Parameters,
    /// The types for which transforms are used.
    #[serde(skip_serializing_if = "is_default", default)]
    pub transform: Vec<Sql>,
    /// The library of a C function.
    #[serde(skip_serializing_if = "is_default", default)]
    pub library: Option<String>,
    /// Its symbol in the library.
    #[serde(skip_serializing_if = "is_default", default)]
    pub symbol: Option<String>,
    /// Volatility, parallel, security and what only one database has.
    #[serde(flatten)]
    pub options: Options,
}

/// An aggregate function; what it is made of stands in its options.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aggregate {
    /// The arguments: `anyelement order by anyelement`, `*`.
    #[serde(skip_serializing_if = "is_default", default)]
    pub arguments: Sql,
    /// `sfunc`, `stype`, `finalfunc` and so on.
    #[serde(flatten)]
    pub options: Options,
}

/// What is done at set times (MySQL).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduledEvent {
    /// When: `every 1 day`, `at '2030-01-01'`.
    #[serde(skip_serializing_if = "is_default", default)]
    pub schedule: Sql,
    /// From when on.
    #[serde(skip_serializing_if = "is_default", default)]
    pub starts: Option<String>,
    /// Until when.
    #[serde(skip_serializing_if = "is_default", default)]
    pub ends: Option<String>,
    /// What is done.
    #[serde(skip_serializing_if = "is_default", default)]
    pub body: Sql,
    /// Whether it is kept when it is over, whether it is enabled, who it runs as.
    #[serde(flatten)]
    pub options: Options,
}
