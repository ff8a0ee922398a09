//! What every apply does, whatever the database: tells what it is doing, and checks before and after.

mod check;
mod progress;
mod saved;

pub use check::{require_fresh, verify};
pub use progress::{Progress, Silent};
pub use saved::revive;
