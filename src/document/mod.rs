//! The TOML, and nothing else: files, parsing with places, lowering to a catalog, raising from one, editing, formatting.

mod align;
mod edit;
mod elsewhere;
mod fields;
pub mod fmt;
mod implied;
pub mod import;
mod inline;
mod json_schema;
mod load;
mod lower;
mod made_up;
mod names;
mod parse;
mod pieces;
mod portable;
mod precedes;
mod quoted;
pub mod raise;
mod reference;
mod sections;
mod shape;
mod signed;
mod spec;
mod stored;
mod syntax;
#[cfg(test)]
mod tests;
mod tree;
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::catalog::{Catalog, ObjectId, Sql};
use crate::diagnostic::{Diagnostic, FileId, Place};
use crate::dialect::DialectName;

pub use json_schema::json_schema;
pub use load::read;
pub use parse::Document;
pub use reference::reference;
pub use syntax::SyntaxError;

/// What a document says for one database.
#[derive(Debug, Clone, Default)]
pub struct Desired {
    /// The objects.
    pub catalog: Catalog,
    /// What people said of the way there.
    pub intent: Intent,
    /// Where each object is declared.
    pub origins: BTreeMap<ObjectId, Origin>,
    /// Objects that the document has for other databases too: what these are.
    pub shared: BTreeMap<ObjectId, Vec<DialectName>>,
    /// The other databases that any part of it names.
    pub others: BTreeSet<DialectName>,
    /// Top-level objects that it has for other databases only, with their files.
    pub taken: BTreeMap<ObjectId, Vec<FileId>>,
    /// Whether a file says that it is meant if there are no objects.
    pub allow_empty: bool,
    /// What is worth a look.
    pub warnings: Vec<Diagnostic>,
}

impl Desired {
    /// Where an attribute of an object is written, or else the object.
    pub fn place(&self, id: &ObjectId, attribute: Option<&str>) -> Option<&Place> {
        let origin = self.origins.get(id)?;
        let exact = attribute.and_then(|name| origin.attributes.iter().find(|(key, _)| *key == name));
        Some(exact.map_or(&origin.place, |(_, place)| place))
    }
}

/// Where an object is declared.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The keys from the top of the file to what makes the object: `["table", "order", "column", "total"]`,
    /// and for sugar the key that makes it: `[.., "customer_id", "references"]`.
    pub path: Vec<Arc<str>>,
    /// The text of its key.
    pub place: Place,
    /// The places of the values that a database may refuse, by the attribute's key in the catalog.
    pub attributes: Vec<(&'static str, Place)>,
}

impl Origin {
    /// The path as keys of their own, to be edited.
    pub(crate) fn keys(&self) -> Vec<String> {
        self.path.iter().map(|key| String::from(&**key)).collect()
    }
}

/// What people said of the way from the live database to the desired one: no part of either.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// `renamed_from`: (old id, new id).
    pub renames: Vec<(ObjectId, ObjectId)>,
    /// `backfill`: what existing rows get in a column.
    pub backfill: Vec<(ObjectId, Sql)>,
    /// `using`: the expression that converts the rows when a column's type changes.
    pub using: Vec<(ObjectId, Sql)>,
    /// Values of an enum that are renamed: (enum, from, to).
    #[serde(default)]
    pub values: Vec<(ObjectId, String, String)>,
    /// `ignore`: differences that are left alone, as patterns below the object.
    pub ignore: Vec<(ObjectId, Vec<String>)>,
}

impl Intent {
    /// What existing rows get in this column.
    pub fn backfill_of(&self, column: &ObjectId) -> Option<&Sql> {
        self.backfill.iter().find(|(id, _)| id == column).map(|(_, sql)| sql)
    }

    /// What converts the rows of this column.
    pub fn using_of(&self, column: &ObjectId) -> Option<&Sql> {
        self.using.iter().find(|(id, _)| id == column).map(|(_, sql)| sql)
    }
}
