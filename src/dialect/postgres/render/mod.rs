//! The statements' text: CREATE and its clauses, one file a kind.

mod address;

pub(super) use address::{address, comment_target, drop_statement, plain_constraint_name, relation};
