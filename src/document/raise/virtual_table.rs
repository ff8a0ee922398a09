//! `[virtual_table.t]`

use crate::catalog::VirtualTable;

use super::form::Form;
use super::value::{Value, pair};

/// A section of its own.
pub(crate) fn form(table: &VirtualTable) -> Form {
    Form::long(vec![pair("using", Value::text(table.using.as_str()))])
}
