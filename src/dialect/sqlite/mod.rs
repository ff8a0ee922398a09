//! SQLite, as the library that is built in understands it.

mod apply;
mod blame;
mod canonical;
pub mod connect;
mod database;
mod dialect;
mod elaborate;
pub mod introspect;
mod keywords;
mod mentions;
mod options;
pub mod parse;
mod probe;
pub mod render;
mod rules;
mod query;
mod run;
mod scratch;
pub mod sql;
pub mod tokens;

pub use database::SqliteDatabase;
pub use dialect::{SQLITE, Sqlite};
