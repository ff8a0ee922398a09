//! Reads the statements that the server shows into objects, and writes tables back.

mod body;
mod column;
pub(super) mod cursor;
mod key;
mod options;
mod partition;
mod routine;
mod sequence;
mod table;
mod view;

use std::collections::BTreeMap;

use crate::catalog::{Entry, Object, ObjectId, OptionKey, OptionValue, Options};

use super::dialect::Mysql;

pub(super) use body::body;
pub(super) use routine::create_routine;
pub(super) use sequence::create_sequence;
pub(super) use table::{create_table, quoted_key_names};
pub(super) use view::{create_view, without_database};

/// What the server says of its character sets.
#[derive(Debug, Clone, Default)]
pub(super) struct Charsets {
    /// The collation of each where none is named.
    pub(super) defaults: BTreeMap<String, String>,
}

impl Charsets {
    /// The collation that a charset or a collation, or both, stand for.
    pub(super) fn collation(&self, charset: Option<&str>, collation: Option<&str>) -> Option<String> {
        match (charset, collation) {
            (_, Some(collation)) => Some(collation.to_ascii_lowercase()),
            (Some(charset), None) => {
                let charset = charset.to_ascii_lowercase();
                let charset = if charset == "utf8" { "utf8mb3" } else { charset.as_str() };
                self.defaults.get(charset).cloned()
            }
            (None, None) => None,
        }
    }
}

/// The charset of a collation.
pub(super) fn charset_of(collation: &str) -> &str {
    collation.split('_').next().unwrap_or(collation)
}

/// What a statement is read against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) dialect: &'static Mysql,
    pub(super) charsets: &'a Charsets,
    /// Of the database.
    pub(super) collation: &'a str,
    /// Its name, which is left out before the names of what it has.
    pub(super) database: &'a str,
}

/// Objects in the order in which they stand.
#[derive(Debug, Default)]
pub(super) struct Objects {
    pub(super) list: Vec<(ObjectId, Entry)>,
}

impl Objects {
    fn push(&mut self, id: ObjectId, object: Object, comment: Option<String>) {
        let position = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        let mut entry = Entry::new(object, position);
        entry.comment = comment.filter(|comment| !comment.is_empty()).map(Into::into);
        self.list.push((id, entry));
    }
}

fn put(options: &mut Options, key: OptionKey, value: impl Into<OptionValue>) {
    options.put(key, value.into());
}

impl From<bool> for OptionValue {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}
impl From<i64> for OptionValue {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}
impl From<String> for OptionValue {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}
impl From<&str> for OptionValue {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
