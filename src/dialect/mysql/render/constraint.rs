//! Foreign keys and checks.

use std::fmt::Write as _;

use crate::catalog::{Check, ForeignKey, Name, ObjectId};

use super::super::connect::Flavour;
use super::super::sql::{parenthesised, quote, quote_list};
use super::name;

/// `CONSTRAINT name FOREIGN KEY (...) REFERENCES ...`
pub(in super::super) fn foreign_key(id: &ObjectId, key: &ForeignKey, flavour: Flavour) -> String {
    let list = |names: &[Name]| quote_list(names.iter().map(Name::as_str));
    let mut out = format!(
        "CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({})",
        quote(id.name().as_str()),
        list(&key.columns),
        name(&key.references),
        list(&key.ref_columns)
    );
    // RESTRICT and NO ACTION are one to InnoDB, but the server keeps what was written.
    for (event, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if action != flavour.unsaid_action() {
            let _ = write!(out, " ON {event} {}", action.words().to_ascii_uppercase());
        }
    }
    out
}

/// `CONSTRAINT name CHECK (...)`
pub(in super::super) fn check(id: &ObjectId, check: &Check) -> String {
    let enforced = if check.not_enforced { " NOT ENFORCED" } else { "" };
    format!("CONSTRAINT {} CHECK {}{enforced}", quote(id.name().as_str()), parenthesised(check.sql.as_str()))
}
