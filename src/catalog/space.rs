//! What stands around the tables: the database, schemas, extensions, collations.
use serde::{Deserialize, Serialize};

use super::is_default;
use super::name::Name;
use super::option::Options;

/// The database's own settings, which new tables inherit (MySQL).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Database {
    /// Its character set and collation.
    #[serde(flatten)]
    pub options: Options,
}

/// A schema.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {}

/// An extension. Its members belong to it and are never objects of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The schema of its members; none: whichever it is.
    #[serde(skip_serializing_if = "is_default", default)]
    pub in_schema: Option<Name>,
    /// Its version; none: any.
    #[serde(skip_serializing_if = "is_default", default)]
    pub version: Option<String>,
    /// Whether the server refuses to move it to another schema; never declared.
    #[serde(skip_serializing_if = "is_default", default)]
    pub is_fixed: bool,
    /// The comment that it brings along; never declared.
    #[serde(skip_serializing_if = "is_default", default)]
    pub own_comment: Option<String>,
}

/// An order of strings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collation {
    /// Who implements it: `icu`, `libc`, `builtin`; none: libc.
    #[serde(skip_serializing_if = "is_default", default)]
    pub provider: Option<String>,
    /// The locale, where one stands for both of the following.
    #[serde(skip_serializing_if = "is_default", default)]
    pub locale: Option<String>,
    /// The locale of the order.
    #[serde(skip_serializing_if = "is_default", default)]
    pub lc_collate: Option<String>,
    /// The locale of letter cases.
    #[serde(skip_serializing_if = "is_default", default)]
    pub lc_ctype: Option<String>,
    /// Whether strings that differ can be equal.
    #[serde(skip_serializing_if = "is_default", default)]
    pub nondeterministic: bool,
    /// Further rules of ICU.
    #[serde(skip_serializing_if = "is_default", default)]
    pub rules: Option<String>,
}
