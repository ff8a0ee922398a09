//! Writes objects as the statements that make them, without semicolons at the end.

mod object;
mod table;

pub use object::{create_index, create_trigger, create_view, create_virtual_table};
pub use table::{column_definition, constraint_definition, create_table};

use crate::catalog::{Catalog, Object, ObjectId};

/// The statement that makes an object; nothing for one that only stands inside a table.
pub fn create(catalog: &Catalog, id: &ObjectId) -> String {
    match catalog.object(id) {
        Some(Object::Table(_)) => create_table(catalog, id, None),
        Some(Object::VirtualTable(table)) => create_virtual_table(id, table),
        Some(Object::Index(index)) => create_index(id, index),
        Some(Object::View(view)) => create_view(id, view),
        Some(Object::Trigger(trigger)) => create_trigger(id, trigger),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
