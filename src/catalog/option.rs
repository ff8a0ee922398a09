//! What only one database has on a kind: declared once, in that dialect's table of options.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::Kind;

/// Every option that any dialect declares; its serialised name is its key in the TOML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionKey {
    /// SQLite: a STRICT table.
    Strict,
    /// SQLite: a WITHOUT ROWID table.
    WithoutRowid,
    /// SQLite: an AUTOINCREMENT primary key.
    Autoincrement,
    /// SQLite: what a violated constraint does; on a column, what its NOT NULL does.
    OnConflict,
    /// SQLite: whether a lone INTEGER primary key is the rowid. `INTEGER PRIMARY KEY DESC`, written
    /// on the column, is not, by an old bug that is kept for compatibility.
    RowidAlias,
}

impl OptionKey {
    /// The key in the TOML.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::WithoutRowid => "without_rowid",
            Self::Autoincrement => "autoincrement",
            Self::OnConflict => "on_conflict",
            Self::RowidAlias => "rowid_alias",
        }
    }
}

/// The value of an option.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OptionValue {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// One of the words its declaration lists, or free text.
    Text(String),
}

impl fmt::Display for OptionValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Text(value) => write!(f, "{value}"),
        }
    }
}

/// What an option's value may be, and its default (which is never stored).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionType {
    /// Yes or no, with the default.
    Bool(bool),
    /// One of some words, with the default.
    Word(&'static [&'static str], &'static str),
}

impl OptionType {
    /// The value that an absent option has.
    pub fn default(self) -> OptionValue {
        match self {
            Self::Bool(value) => OptionValue::Bool(value),
            Self::Word(_, word) => OptionValue::Text(word.to_owned()),
        }
    }
}

/// One option of one kind of object in one dialect.
#[derive(Debug, Clone, Copy)]
pub struct OptionSpec {
    /// Its key.
    pub key: OptionKey,
    /// The kind that has it.
    pub on: Kind,
    /// Its values and its default.
    pub value: OptionType,
    /// One sentence for the reference and the JSON Schema.
    pub doc: &'static str,
}

/// The options of one object that differ from their defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Options(BTreeMap<OptionKey, OptionValue>);

impl Options {
    /// Sets an option; its default value is the same as its absence.
    pub fn set(&mut self, spec: &OptionSpec, value: OptionValue) {
        if value == spec.value.default() {
            self.0.remove(&spec.key);
        } else {
            self.0.insert(spec.key, value);
        }
    }

    /// The value, where it is not the default.
    pub fn get(&self, key: OptionKey) -> Option<&OptionValue> {
        self.0.get(&key)
    }

    /// Whether a yes-or-no option that defaults to no is on.
    pub fn is_on(&self, key: OptionKey) -> bool {
        self.get(key) == Some(&OptionValue::Bool(true))
    }

    /// Whether a yes-or-no option that defaults to yes is off.
    pub fn is_off(&self, key: OptionKey) -> bool {
        self.get(key) == Some(&OptionValue::Bool(false))
    }

    /// The word of an option, where it is not the default.
    pub fn word(&self, key: OptionKey) -> Option<&str> {
        match self.get(key) {
            Some(OptionValue::Text(word)) => Some(word),
            Some(OptionValue::Bool(_) | OptionValue::Integer(_)) | None => None,
        }
    }

    /// Whether all have their defaults.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The options that differ from their defaults, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (OptionKey, &OptionValue)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }
}
