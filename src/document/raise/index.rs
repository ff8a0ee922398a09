//! `[table.t.index]`

use crate::catalog::Index;

use super::form::{Form, options};
use super::name::parts;
use super::value::{Pairs, Value, pair};

/// Under `[table.t.index]`.
pub(crate) fn form(index: &Index, more: Pairs) -> Form {
    let columns = parts(&index.columns);
    let plain = !index.unique && index.predicate.is_none() && more.is_empty() && index.options.is_empty();
    let mut long = vec![pair("columns", columns.clone())];
    if index.unique {
        long.push(pair("unique", Value::Bool(true)));
    }
    if let Some(predicate) = &index.predicate {
        long.push(pair("where", Value::text(predicate.as_str())));
    }
    long.extend(options(&index.options));
    long.extend(more);
    Form { short: plain.then_some(columns), long }
}
