//! What differs between the live catalog and the desired one. The same code for every kind and every database.

mod compare;
mod describe;
mod rename;
mod settle;
mod similar;

pub use compare::{Delta, Deltas, compare};
pub use describe::{differences, summary};
pub use rename::{Renames, resolve};
pub use settle::{Selection, keep_live, settle};
pub use similar::lookalikes;
