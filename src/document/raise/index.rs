//! `[table.t.index]`

use crate::catalog::Index;

use super::form::Form;
use super::name::parts;
use super::value::{Value, pair};

/// Under `[table.t.index]`.
pub(crate) fn form(index: &Index) -> Form {
    let columns = parts(&index.columns);
    let plain = !index.unique && index.predicate.is_none();
    let mut long = vec![pair("columns", columns.clone())];
    if index.unique {
        long.push(pair("unique", Value::Bool(true)));
    }
    if let Some(predicate) = &index.predicate {
        long.push(pair("where", Value::text(predicate.as_str())));
    }
    Form { short: plain.then_some(columns), long }
}
