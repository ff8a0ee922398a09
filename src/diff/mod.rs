//! What differs between the live catalog and the desired one. The same code for every kind and every database.

mod compare;
mod describe;
mod implied;
mod parents;
mod rename;
mod settle;
mod shifted;
mod signed;
mod similar;
mod unsaid;

pub use compare::{Delta, Deltas, compare, what_differs};
pub use describe::{Difference, differences, entry_differences, summary};
pub use implied::implied;
pub use rename::{Naming, Note, Renames, resolve, taken_along};
pub use settle::{Everything, Selection, Together, keep_live, settle, unmatched};
pub use shifted::only_shifted;
pub use signed::signed;
pub use similar::lookalikes;
pub use unsaid::{completable, leave_unsaid, leave_unsaid_of_remade, without_unsaid};
