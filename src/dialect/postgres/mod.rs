//! PostgreSQL, from 14 to 18.

mod apply;
mod array_casts;
mod canonical;
mod chains;
mod connect;
mod database;
mod dialect;
mod elaborate;
mod home_types;
mod introspect;
mod mentions;
mod names;
mod not_nulls;
mod one_piece;
mod options;
mod probe;
mod renames;
mod render;
mod rules;
mod session;
mod sql;
mod tokens;
mod types;
mod written_out;

pub use database::PostgresDatabase;
pub use dialect::{POSTGRES, Postgres};
pub(crate) use session::search_path;
