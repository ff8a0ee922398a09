//! What every apply does, whatever the database: tells what it is doing, and checks before and after.

mod check;
mod done;
mod interrupt;
mod progress;
mod saved;

pub use check::{LeftOver, left_over, require_fresh, require_no_new_losses, unsaid_losses, verify};
pub use done::Done;
pub use interrupt::Interrupt;
pub use progress::{Progress, Silent};
pub use saved::revive;
