//! Writes objects as the statements that make them, without semicolons at the end.

mod object;
mod table;

pub use object::{create_index, create_trigger, create_view, create_virtual_table};
pub use table::{column_definition, constraint_definition, create_table};

#[cfg(test)]
mod tests;
