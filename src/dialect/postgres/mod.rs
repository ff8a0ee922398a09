//! PostgreSQL, from 14 to 18.
// Nothing outside uses it before the whole of it stands.
#![allow(dead_code, unused_imports)]

mod canonical;
mod connect;
pub mod dialect;
mod introspect;
mod mentions;
mod names;
mod options;
mod render;
mod rules;
mod sql;
mod tokens;
mod types;
