//! SQLite, as the library that is built in understands it.

mod canonical;
pub mod connect;
mod dialect;
pub mod introspect;
mod keywords;
mod mentions;
mod options;
pub mod parse;
pub mod render;
pub mod sql;
pub mod tokens;

pub use dialect::{SQLITE, Sqlite};
