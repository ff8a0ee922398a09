//! Reads the statements that SQLite keeps in `sqlite_schema`.
//!
//! What comes out is as written; what SQLite makes of it (which index is shared, what is NULL) is
//! for the reader of the database to know, and is compared there with SQLite's own report.

mod cursor;
mod index;
mod key;
mod table;
mod trigger;
mod view;
mod virtual_table;

pub use cursor::{ParseError, Parsed};
pub use index::{CreateIndex, create_index};
pub use key::{Conflict, KeyPart};
pub use table::{ColumnDef, ConstraintDef, CreateTable, ForeignKeyDef, NamedClauses, create_table};
pub use trigger::{CreateTrigger, TriggerEvent, create_trigger};
pub use view::{CreateView, create_view};
pub use virtual_table::{CreateVirtualTable, create_virtual_table};
