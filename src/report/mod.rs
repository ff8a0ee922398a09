//! What people and programs are told: one file an output.

pub mod diagnostic;
pub mod error;
pub mod graph;
pub mod json;
mod line_diff;
pub mod markdown;
mod outline;
#[cfg(test)]
mod sample;
pub mod sql;
pub mod style;
pub mod text;

pub use outline::Counts;
