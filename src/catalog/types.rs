//! Types that people define.
use serde::{Deserialize, Serialize};

use super::is_default;
use super::name::Name;
use super::sql::Sql;

/// A type with a list of values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enum {
    /// The values; their order counts.
    pub values: Vec<String>,
}

/// A type of attributes, which are objects below it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Composite {
    /// The names of its attributes in their order.
    #[serde(skip_serializing_if = "is_default", default)]
    pub order: Vec<Name>,
}

/// An attribute of a composite type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// Its type.
    #[serde(rename = "type", skip_serializing_if = "is_default", default)]
    pub ty: Option<Sql>,
    /// The order of its strings, where it is not the type's own.
    #[serde(skip_serializing_if = "is_default", default)]
    pub collation: Option<Name>,
}

/// A type with conditions, which are checks below it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// The type underneath.
    #[serde(rename = "type", skip_serializing_if = "is_default", default)]
    pub ty: Option<Sql>,
    /// What a column of it gets that says nothing.
    #[serde(skip_serializing_if = "is_default", default)]
    pub default: Option<Sql>,
    /// Whether NULL is refused.
    #[serde(skip_serializing_if = "is_default", default)]
    pub not_null: bool,
    /// The order of its strings, where it is not the type's own.
    #[serde(skip_serializing_if = "is_default", default)]
    pub collation: Option<Name>,
}

/// A type of ranges.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// What it is a range of.
    #[serde(skip_serializing_if = "is_default", default)]
    pub subtype: Option<Sql>,
    /// The operator class that orders it, where it is not the default one.
    #[serde(skip_serializing_if = "is_default", default)]
    pub opclass: Option<Sql>,
    /// The order of its strings.
    #[serde(skip_serializing_if = "is_default", default)]
    pub collation: Option<Name>,
    /// The function that brings a range into its canonical form.
    #[serde(skip_serializing_if = "is_default", default)]
    pub canonical: Option<Sql>,
    /// The function that tells how far apart two bounds are.
    #[serde(skip_serializing_if = "is_default", default)]
    pub subtype_diff: Option<Sql>,
    /// The name of its multirange type, where it is not the one that the server makes up.
    #[serde(skip_serializing_if = "is_default", default)]
    pub multirange: Option<Name>,
}
