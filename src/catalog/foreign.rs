//! Data of other servers, and what is sent to and received from them.
use serde::{Deserialize, Serialize};

use super::id::ObjectId;
use super::is_default;
use super::name::Name;
use super::setting::Settings;
use super::sql::Sql;

/// A way to reach other data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignDataWrapper {
    /// The function that plans and runs.
    #[serde(skip_serializing_if = "is_default", default)]
    pub handler: Option<Sql>,
    /// The function that checks options.
    #[serde(skip_serializing_if = "is_default", default)]
    pub validator: Option<Sql>,
    /// Its options.
    #[serde(skip_serializing_if = "is_default", default)]
    pub options: Settings,
}

/// Another server that is reached.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignServer {
    /// How it is reached.
    pub wrapper: Name,
    /// Its type.
    #[serde(rename = "type", skip_serializing_if = "is_default", default)]
    pub ty: Option<String>,
    /// Its version.
    #[serde(skip_serializing_if = "is_default", default)]
    pub version: Option<String>,
    /// Its options.
    #[serde(skip_serializing_if = "is_default", default)]
    pub options: Settings,
}

/// As whom a role, the name of its id, reaches the server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserMapping {
    /// Its options.
    #[serde(skip_serializing_if = "is_default", default)]
    pub options: Settings,
}

/// A table whose rows another server has; its columns and constraints are objects of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignTable {
    /// The server.
    pub server: Name,
    /// Its options.
    #[serde(skip_serializing_if = "is_default", default)]
    pub options: Settings,
    /// The tables whose columns it takes over.
    #[serde(skip_serializing_if = "is_default", default)]
    pub inherits: Vec<ObjectId>,
    /// The table it is a partition of.
    #[serde(skip_serializing_if = "is_default", default)]
    pub partition_of: Option<ObjectId>,
    /// Which rows of that it has: `for values ...`, `default`.
    #[serde(skip_serializing_if = "is_default", default)]
    pub values: Option<Sql>,
}

/// What is sent to subscribers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Whether all tables are.
    #[serde(skip_serializing_if = "is_default", default)]
    pub all_tables: bool,
    /// The tables, ordered by id.
    #[serde(skip_serializing_if = "is_default", default)]
    pub tables: Vec<Published>,
    /// The schemas whose tables are, ordered.
    #[serde(skip_serializing_if = "is_default", default)]
    pub schemas: Vec<Name>,
    /// Further parameters.
    #[serde(skip_serializing_if = "is_default", default)]
    pub with: Settings,
}

/// What is received from a publication.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// How the publisher is reached.
    #[serde(skip_serializing_if = "is_default", default)]
    pub connection: Option<super::setting::Setting>,
    /// What is received.
    #[serde(skip_serializing_if = "is_default", default)]
    pub publications: Vec<String>,
    /// Whether it rests.
    #[serde(skip_serializing_if = "is_default", default)]
    pub disabled: bool,
    /// Further parameters.
    #[serde(skip_serializing_if = "is_default", default)]
    pub with: Settings,
}

/// One table of a publication.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Published {
    /// The table.
    pub table: ObjectId,
    /// Its columns that are sent; none named: all.
    #[serde(skip_serializing_if = "is_default", default)]
    pub columns: Vec<Name>,
    /// Which of its rows are sent.
    #[serde(rename = "where", skip_serializing_if = "is_default", default)]
    pub predicate: Option<Sql>,
}
