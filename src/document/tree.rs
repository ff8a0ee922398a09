//! The values of a TOML file, each with its place.

use std::collections::HashSet;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{FileId, Place};

/// A value.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Its text; for a table with a header, the header.
    pub(super) place: Place,
    pub(super) value: Value,
}

#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(String),
    /// A number with its digits as written; underscores are TOML's and go.
    Integer(String),
    Float(String),
    Bool(bool),
    Date(String),
    List(Vec<Node>),
    Table(Vec<Item>),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) key: Arc<str>,
    /// The text of the key.
    pub(super) place: Place,
    pub(super) node: Node,
}

impl Node {
    pub(super) fn table(&self) -> Option<&[Item]> {
        match &self.value {
            Value::Table(items) => Some(items),
            _ => None,
        }
    }

    pub(super) fn list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(nodes) => Some(nodes),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    pub(super) fn integer(&self) -> Option<i64> {
        match &self.value {
            Value::Integer(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// What it is, for an error: "a string".
    pub(super) fn noun(&self) -> &'static str {
        match self.value {
            Value::Text(_) => "a string",
            Value::Integer(_) | Value::Float(_) => "a number",
            Value::Bool(true) => "true",
            Value::Bool(false) => "false",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// The item of a key.
pub(super) fn find<'a>(items: &'a [Item], key: &str) -> Option<&'a Item> {
    items.iter().find(|item| *item.key == *key)
}

/// The keys of a file, each kept once: most come again in every table.
#[derive(Default)]
pub(super) struct Interner(HashSet<Arc<str>>);

impl Interner {
    fn get(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        self.0.insert(Arc::clone(&new));
        new
    }
}

/// The values of a parsed table, in the order in which they are written. `from` is where the parsed text
/// begins in its file.
pub(super) fn items(file: FileId, from: usize, table: &DeTable<'_>, words: &mut Interner) -> Vec<Item> {
    let mut items: Vec<Item> = table
        .iter()
        .map(|(key, value)| {
            let place = Place::new(file, from + key.span().start..from + key.span().end);
            let mut node = node(file, from, value.get_ref(), value.span(), words);
            if node.place.span().is_empty() {
                // A table that only longer headers imply has no text of its own.
                node.place = place;
            }
            Item { key: words.get(key.get_ref()), place, node }
        })
        .collect();
    // The parser moves a table to the end when its header follows those of its children.
    items.sort_by_key(start);
    items
}

/// Where a key or anything below it stands first.
fn start(item: &Item) -> usize {
    let below = item.node.table().and_then(<[Item]>::first).map_or(usize::MAX, start);
    item.place.span().start.min(below)
}

fn node(file: FileId, from: usize, value: &DeValue<'_>, span: std::ops::Range<usize>, words: &mut Interner) -> Node {
    let value = match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => Value::Integer(digits(number.as_str(), number.radix())),
        DeValue::Float(number) => Value::Float(number.as_str().trim_start_matches('+').to_owned()),
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(nodes) => {
            Value::List(nodes.iter().map(|value| node(file, from, value.get_ref(), value.span(), words)).collect())
        }
        DeValue::Table(table) => Value::Table(items(file, from, table, words)),
    };
    Node { place: Place::new(file, from + span.start..from + span.end), value }
}

/// Hexadecimal numbers are SQL's too; octal and binary ones are not everywhere, so they become decimal.
fn digits(text: &str, radix: u32) -> String {
    match radix {
        10 => text.trim_start_matches('+').to_owned(),
        16 => format!("0x{text}"),
        _ => u128::from_str_radix(text, radix).map_or_else(|_| text.to_owned(), |number| number.to_string()),
    }
}
