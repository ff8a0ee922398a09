//! Who may do what.
use serde::{Deserialize, Serialize};

use super::is_default;
use super::sql::Sql;

/// A row-level security policy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// The commands it is for.
    #[serde(skip_serializing_if = "is_default", default)]
    pub command: Command,
    /// The roles it is for, ordered; none: all.
    #[serde(skip_serializing_if = "is_default", default)]
    pub roles: Vec<String>,
    /// Whether a row must pass it, as against any one of the others.
    #[serde(skip_serializing_if = "is_default", default)]
    pub restrictive: bool,
    /// The rows that can be seen.
    #[serde(skip_serializing_if = "is_default", default)]
    pub using: Option<Sql>,
    /// The rows that can be written.
    #[serde(skip_serializing_if = "is_default", default)]
    pub with_check: Option<Sql>,
}

/// A role, the name of the id, that grants on what it will make.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultPrivilege {}

/// For one kind of object: the name of the id, `table`; in the id's schema, or in all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultGrants {}

/// What a role, the name of the id, has on the parent beyond or below the built-in defaults: exactly this.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// In lower case and ordered: `select`, `update (a, b)`; `all`.
    #[serde(skip_serializing_if = "is_default", default)]
    pub privileges: Vec<String>,
    /// Those of them that it can pass on.
    #[serde(skip_serializing_if = "is_default", default)]
    pub with_grant_option: Vec<String>,
}

/// The commands that a policy is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// All of them.
    #[default]
    All,
    /// SELECT.
    Select,
    /// INSERT.
    Insert,
    /// UPDATE.
    Update,
    /// DELETE.
    Delete,
}

impl Command {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::All, Self::Select, Self::Insert, Self::Update, Self::Delete];

    /// The word in SQL and TOML, in lower case.
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Select => "select",
            Self::Insert => "insert",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }
}
