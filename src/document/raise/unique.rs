//! `unique` of a table or a column.

use crate::catalog::{Name, OptionKey, Order, Unique};

use super::form::{Attribute, Form, options};
use super::name::parts;
use super::value::{Pairs, Value, pair};

/// Under `[table.t.unique]`.
pub(crate) fn form(unique: &Unique, more: Pairs) -> Form {
    let columns = parts(&unique.columns);
    let plain = unique.options.is_empty() && !unique.unnamed && more.is_empty();
    let mut long = vec![pair("columns", columns.clone())];
    long.extend(options(&unique.options));
    if unique.unnamed {
        long.push(pair("unnamed", Value::Bool(true)));
    }
    long.extend(more);
    Form { short: plain.then_some(columns), long }
}

/// As sugar on its column.
pub(crate) fn sugar(unique: &Unique) -> Option<(&Name, Vec<Attribute>)> {
    let [part] = unique.columns.as_slice() else { return None };
    let whole = Unique {
        unnamed: unique.unnamed,
        columns: unique.columns.clone(),
        options: unique.options.clone(),
        ..Unique::default()
    };
    if *unique != whole || part.collation.is_some() || part.order != Order::Unsaid {
        return None;
    }
    let mut list = vec![Attribute::new("unique", Value::Bool(true))];
    for (key, value) in unique.options.iter() {
        match key {
            OptionKey::OnConflict => list.push(Attribute::on_conflict("unique", value)),
            _ => return None,
        }
    }
    Some((part.as_column()?, list))
}

/// The label of one that has no name.
pub(crate) fn label(table: &str, unique: &Unique) -> String {
    let columns = unique.columns.iter().filter_map(|part| part.as_column().map(Name::as_str));
    let words: Vec<_> = std::iter::once(table).chain(columns).chain(["key"]).collect();
    words.join("_")
}
