//! The statements' text: CREATE and its clauses, one file a kind.

mod address;
mod column;
mod constraint;
pub(super) mod foreign;
mod index;
pub(super) mod operator;
pub(super) mod rights;
pub(super) mod routine;
mod sequence;
pub(super) mod space;
mod table;
mod trigger;
pub(super) mod types;
mod view;

pub(super) use address::{address, comment_target, drop_statement, plain_constraint_name, relation};
pub(super) use column::{collation, definition, identity_options};
pub(super) use constraint::constraint;
pub(super) use index::index;
pub(super) use sequence::sequence;
pub(super) use table::{bound, foreign_table, table};
pub(super) use trigger::{enabled, policy, policy_roles, rule, statistics, trigger};
pub(super) use view::view;
