//! MySQL, from 8.0, and MariaDB, from 10.6: one dialect in two flavours.

mod apply;
mod canonical;
mod connect;
mod database;
mod defaults;
mod dialect;
mod elaborate;
mod inherited;
mod introspect;
mod keywords;
mod mentions;
mod numbering;
mod options;
mod parse;
mod probe;
mod query;
mod renames;
mod render;
mod routines;
mod rules;
mod size;
mod sql;
mod tokens;
mod types;

pub use database::MysqlDatabase;
pub use dialect::{MARIADB, MYSQL};
