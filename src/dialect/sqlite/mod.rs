//! SQLite, as the library that is built in understands it.

mod apply;
mod blame;
mod canonical;
pub mod connect;
mod database;
mod dialect;
mod elaborate;
mod habits;
pub mod introspect;
mod keywords;
mod mentions;
mod module;
mod options;
pub mod parse;
mod probe;
mod query;
pub mod render;
mod rules;
mod run;
mod scratch;
pub mod sql;
pub mod tokens;

pub use database::SqliteDatabase;
pub use dialect::{SQLITE, Sqlite};
