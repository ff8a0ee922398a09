//! `primary_key` of a table, and what a column says of it.

use crate::catalog::{ObjectId, OptionKey, PrimaryKey};

use super::form::{Attribute, Form, options};
use super::name::parts;
use super::value::{Pairs, Value, pair};

/// The key at the table; AUTOINCREMENT stands at its column.
pub(crate) fn form(key: &PrimaryKey, more: Pairs) -> Form {
    let columns = parts(&key.columns);
    let at_table: Pairs = options(&key.options)
        .into_iter()
        .filter(|(word, _)| word != OptionKey::Autoincrement.word() || key.columns.len() != 1)
        .collect();
    let short = (key.name.is_none() && at_table.is_empty() && more.is_empty()).then(|| columns.clone());
    let mut long = Pairs::new();
    if let Some(name) = &key.name {
        long.push(pair("name", Value::text(name.as_str())));
    }
    long.push(pair("columns", columns));
    long.extend(at_table);
    long.extend(more);
    Form { short, long }
}

/// What it says at its column.
pub(crate) fn at_column(table: &ObjectId, key: &PrimaryKey) -> Option<(ObjectId, Attribute)> {
    let [part] = key.columns.as_slice() else { return None };
    let column = table.child(crate::catalog::Kind::Column, part.as_column()?.clone());
    let word = OptionKey::Autoincrement;
    key.options.is_on(word).then(|| (column, Attribute::new(word.word(), Value::Bool(true))))
}
