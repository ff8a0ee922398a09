//! How one object is written: a long form of keys, and a short one where that says the same.

use crate::catalog::{OptionKey, OptionValue, Options};

use super::value::{Pairs, Value, pair};

/// An object that stands under a key of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    /// Without keys, where that says everything.
    pub(crate) short: Option<Value>,
    /// With keys.
    pub(crate) long: Pairs,
}

impl Form {
    /// A form that has keys only.
    pub(crate) fn long(long: Pairs) -> Self {
        Self { short: None, long }
    }

    /// The shorter of both, for a line.
    pub(crate) fn value(&self) -> Value {
        self.short.clone().unwrap_or_else(|| Value::Table(self.long.clone()))
    }
}

/// One key below a column, nested keys by their path: `["on_conflict", "unique"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribute {
    /// The keys.
    pub(crate) path: Vec<&'static str>,
    /// The value.
    pub(crate) value: Value,
}

impl Attribute {
    /// A key directly below the column.
    pub(crate) fn new(key: &'static str, value: Value) -> Self {
        Self { path: vec![key], value }
    }

    /// What a violated constraint does, which the column collects in one table.
    pub(crate) fn on_conflict(of: &'static str, value: &OptionValue) -> Self {
        Self { path: vec![OptionKey::OnConflict.word(), of], value: option_value(value) }
    }
}

/// The keys of a column in the order in which they are read; options come where `None` stands.
const COLUMN_KEYS: [Option<&str>; 13] = [
    Some("type"),
    Some("null"),
    Some("default"),
    Some("generated"),
    Some("collation"),
    None,
    Some("autoincrement"),
    Some("unique"),
    Some("check"),
    Some("references"),
    Some("on_delete"),
    Some("on_update"),
    Some("renamed_from"),
];

/// Where a key of a column stands among the others.
pub(crate) fn column_key_rank(key: &str) -> usize {
    let options = COLUMN_KEYS.iter().position(Option::is_none);
    COLUMN_KEYS.iter().position(|known| *known == Some(key)).or(options).unwrap_or_default()
}

/// The inline table of these attributes.
pub(crate) fn inline_table(mut attributes: Vec<Attribute>) -> Value {
    attributes.sort_by_key(|attribute| attribute.path.first().map_or(0, |key| column_key_rank(key)));
    let mut pairs = Pairs::new();
    for Attribute { path, value } in attributes {
        match path.as_slice() {
            [key, inner] => match pairs.iter_mut().find(|(known, _)| known == key) {
                Some((_, Value::Table(table))) => table.push(pair(inner, value)),
                _ => pairs.push(pair(key, Value::Table(vec![pair(inner, value)]))),
            },
            [key] => pairs.push(pair(key, value)),
            _ => {}
        }
    }
    Value::Table(pairs)
}

/// An option's value.
pub(crate) fn option_value(value: &OptionValue) -> Value {
    match value {
        OptionValue::Bool(value) => Value::Bool(*value),
        OptionValue::Integer(value) => Value::Number(value.to_string()),
        OptionValue::Text(value) => Value::text(value.as_str()),
    }
}

/// The options of an object by their key words.
pub(crate) fn options(options: &Options) -> Pairs {
    options.iter().map(|(key, value)| pair(key.word(), option_value(value))).collect()
}
