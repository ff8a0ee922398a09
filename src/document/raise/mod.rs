//! From a catalog to the TOML that people would write for it.

mod check;
mod column;
mod foreign_key;
mod form;
mod index;
mod name;
mod order;
mod primary_key;
pub(super) mod sugar;
mod table;
mod trigger;
mod unique;
mod value;
mod view;
mod virtual_table;

#[cfg(test)]
pub(super) mod tests;

use crate::catalog::{Catalog, Kind, Object, ObjectId};
use crate::dialect::Dialect;

pub(super) use form::{Attribute, Form, column_key_rank};
pub(super) use name::top_key;
pub(super) use order::reading_order;
pub use value::{Pairs, Value, quote_key, quote_path};

use super::align::{Line, aligned};

/// One top-level object with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The object.
    pub id: ObjectId,
    /// Its sections, the object's own first.
    pub sections: Vec<Section>,
}

/// A header and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The keys of the header.
    pub path: Vec<String>,
    /// The lines.
    pub pairs: Pairs,
}

impl Block {
    /// The text, one blank line between the sections, `eol` at the end of each line.
    pub fn render(&self, eol: &str) -> String {
        self.sections.iter().map(|section| section.render(eol)).collect::<Vec<_>>().join(eol)
    }
}

impl Section {
    /// The text, with the equal signs aligned.
    pub fn render(&self, eol: &str) -> String {
        let mut out = format!("[{}]{eol}", quote_path(&self.path));
        let lines: Vec<_> = self.pairs.iter().map(|(key, value)| Line::new(quote_key(key), value.render())).collect();
        for line in aligned(&lines) {
            out.push_str(&line);
            out.push_str(eol);
        }
        out
    }
}

/// Every top-level object of a catalog, in the order for reading.
pub fn raise(catalog: &Catalog, dialect: &dyn Dialect) -> Vec<Block> {
    reading_order(catalog).iter().map(|id| raise_object(catalog, id, dialect)).collect()
}

/// One top-level object.
pub fn raise_object(catalog: &Catalog, id: &ObjectId, dialect: &dyn Dialect) -> Block {
    let root = root_path(id);
    let mut sections = table::sections(catalog, id, &root, dialect);
    let own = own_form(catalog, id).map(|form| form.long).unwrap_or_default();
    if !own.is_empty() || sections.is_empty() {
        sections.insert(0, Section { path: root.clone(), pairs: own });
    }
    let mut triggers: Vec<_> = catalog.children(id).filter(|(child, _)| child.kind() == Kind::Trigger).collect();
    triggers.sort_by_key(|(child, entry)| (entry.position, *child));
    for (child, entry) in triggers {
        let path = child_path(&root, Kind::Trigger, child.name().as_str());
        let pairs = object_form(&entry.object).map(|form| form.long).unwrap_or_default();
        sections.push(Section { path, pairs });
    }
    Block { id: id.clone(), sections }
}

/// The keys of a top-level object.
pub(super) fn root_path(id: &ObjectId) -> Vec<String> {
    vec![id.kind().word().to_owned(), top_key(id)]
}

/// The keys of what belongs to it.
pub(super) fn child_path(root: &[String], kind: Kind, key: &str) -> Vec<String> {
    let mut path = root.to_vec();
    path.extend([kind.word().to_owned(), key.to_owned()]);
    path
}

/// What a top-level object says of itself.
pub(super) fn own_form(catalog: &Catalog, id: &ObjectId) -> Option<Form> {
    match catalog.object(id)? {
        Object::Table(table) => Some(Form::long(table::own(catalog, id, table))),
        other => object_form(other),
    }
}

/// What an object with a key of its own says; tables and columns say more than one object.
pub(super) fn object_form(object: &Object) -> Option<Form> {
    match object {
        Object::Table(table) => Some(Form::long(form::options(&table.options))),
        Object::Column(_) => None,
        Object::VirtualTable(table) => Some(virtual_table::form(table)),
        Object::PrimaryKey(key) => Some(primary_key::form(key)),
        Object::Unique(unique) => Some(unique::form(unique)),
        Object::Check(check) => Some(check::form(check)),
        Object::ForeignKey(key) => Some(foreign_key::form(key)),
        Object::Index(index) => Some(index::form(index)),
        Object::View(view) => Some(view::form(view)),
        Object::Trigger(trigger) => Some(trigger::form(trigger)),
        _ => None,
    }
}

pub(super) use column::attributes as column_attributes;
pub(super) use primary_key::at_column as primary_key_at_column;
pub(super) use table::column_value;
