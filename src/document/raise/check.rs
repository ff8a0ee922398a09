//! `check` of a table or a column.

use crate::catalog::{Check, Entry, Kind, Name, ObjectId};

use super::form::{Attribute, Form};
use super::value::{Pairs, Value, pair};

/// Under `[table.t.check]`.
pub(crate) fn form(check: &Check, more: Pairs) -> Form {
    let sql = Value::text(check.sql.as_str());
    let mut long = vec![pair("sql", sql.clone())];
    if check.unnamed {
        long.push(pair("unnamed", Value::Bool(true)));
    }
    let short = (!check.unnamed && more.is_empty()).then_some(sql);
    long.extend(more);
    Form { short, long }
}

/// As sugar on the one column that it mentions.
pub(crate) fn sugar<'a>(table: &ObjectId, entry: &'a Entry, check: &Check) -> Option<(&'a Name, Vec<Attribute>)> {
    if check.no_inherit || check.not_valid || check.not_enforced {
        return None;
    }
    let mut columns = entry.mentions.iter().filter(|id| id.kind() == Kind::Column && id.parent() == Some(table));
    let column = columns.next()?;
    if columns.any(|other| other != column) {
        return None;
    }
    Some((column.name(), vec![Attribute::new("check", Value::text(check.sql.as_str()))]))
}

/// The label of one that has no name.
pub(crate) fn label(table: &str) -> String {
    format!("{table}_check_1")
}
