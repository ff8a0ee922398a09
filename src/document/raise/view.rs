//! `[view.v]`

use crate::catalog::View;

use super::form::{Form, options};
use super::name::names;
use super::value::{Pairs, Value, pair};

/// A section of its own.
pub(crate) fn form(view: &View, more: Pairs) -> Form {
    let mut long = Vec::new();
    if !view.column_names.is_empty() {
        long.push(pair("column_names", names(&view.column_names)));
    }
    long.extend(options(&view.options));
    long.extend(more);
    long.push(pair("query", Value::text(view.query.as_str())));
    Form::long(long)
}
