//! trueup makes a database match the TOML that describes it.
//!
//! The data flows one way: [`document`] → [`catalog`] → diff → [`plan`] → [`apply`]. What is known
//! of each database stands in [`dialect`]; only a [`database::Database`] talks to one.

pub mod apply;
pub mod catalog;
pub mod connect;
pub mod database;
pub mod diagnostic;
pub mod dialect;
pub mod diff;
pub mod document;
pub mod error;
pub mod manage;
pub mod plan;
pub mod report;
pub mod suggest;
