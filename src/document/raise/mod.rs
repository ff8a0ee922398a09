//! From a catalog to the TOML that people would write for it.

mod check;
mod column;
mod foreign_key;
mod form;
mod index;
mod name;
mod order;
mod primary_key;
mod stored;
pub(super) mod sugar;
mod table;
mod trigger;
mod unique;
mod value;
mod view;
mod virtual_table;

#[cfg(test)]
pub(super) mod tests;

use crate::catalog::{Catalog, Entry, Kind, Object, ObjectId};
use crate::dialect::Dialect;

pub(super) use form::{Attribute, Form, column_key_rank};
pub(super) use name::top_key;
pub(super) use order::reading_order;
use value::pair;
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
    if id.kind() == Kind::DefaultPrivilege {
        return Block { id: id.clone(), sections: default_privileges(catalog, id, &root, dialect) };
    }
    let mut sections = table::sections(catalog, id, &root, dialect);
    let own = own_form(catalog, id, dialect).map(|form| form.long).unwrap_or_default();
    if !own.is_empty() || sections.is_empty() {
        sections.insert(0, Section { path: root.clone(), pairs: own });
    }
    if id.kind() == Kind::Extension {
        sections.extend(member_grants(catalog, id, &root, dialect));
    }
    let mut rest: Vec<_> = catalog.children(id).filter(|(child, _)| stands_beside(child.kind())).collect();
    rest.sort_by_key(|(child, entry)| (child.kind(), place(entry), *child));
    for (child, entry) in rest {
        let Some(form) = object_form(entry, dialect) else { continue };
        let mut path = child_path(&root, child.kind(), child.name().as_str());
        if has_own_section(child.kind()) {
            sections.push(Section { path, pairs: form.long });
            continue;
        }
        let line = (path.pop().unwrap_or_default(), form.value());
        match sections.iter_mut().find(|section| section.path == path) {
            Some(section) => section.pairs.push(line),
            None => sections.push(Section { path, pairs: vec![line] }),
        }
    }
    Block { id: id.clone(), sections }
}

/// Where an object stands among its siblings: partitions say so themselves.
fn place(entry: &Entry) -> u32 {
    match &entry.object {
        Object::Partition(partition) => partition.position,
        _ => entry.position,
    }
}

/// Whether objects of a kind stand beside the columns and constraints of their parent.
const fn stands_beside(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Attribute
            | Kind::UserMapping
            | Kind::Partition
            | Kind::Exclusion
            | Kind::Statistics
            | Kind::Rule
            | Kind::Trigger
            | Kind::Policy
            | Kind::Grant
    )
}

/// Whether each object of a kind has a header of its own, as against a line under one.
pub(super) const fn has_own_section(kind: Kind) -> bool {
    matches!(kind, Kind::Rule | Kind::Trigger | Kind::Policy)
}

/// The nested tables of a role's default privileges.
fn default_privileges(catalog: &Catalog, id: &ObjectId, root: &[String], dialect: &dyn Dialect) -> Vec<Section> {
    let kinds = catalog.children(id).map(|(of_kind, _)| {
        let mut path = root.to_vec();
        if let Some(schema) = of_kind.schema() {
            path.extend(["in_schema".to_owned(), schema.as_str().to_owned()]);
        }
        path.push(of_kind.name().as_str().to_owned());
        let grants = catalog.children(of_kind);
        let pairs = grants.filter_map(|(grant, entry)| {
            Some((grant.name().as_str().to_owned(), object_form(entry, dialect)?.value()))
        });
        Section { path, pairs: pairs.collect() }
    });
    kinds.collect()
}

/// The privileges on members of an extension, which are no objects of their own.
fn member_grants(catalog: &Catalog, id: &ObjectId, root: &[String], dialect: &dyn Dialect) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for (grant, entry) in catalog.within(id) {
        let Some(member) = grant.parent().filter(|member| grant.kind() == Kind::Grant && *member != id) else {
            continue;
        };
        let Some(form) = object_form(entry, dialect) else { continue };
        let mut path = child_path(root, member.kind(), member.name().as_str());
        path.push(Kind::Grant.word().to_owned());
        let line = (grant.name().as_str().to_owned(), form.value());
        match sections.last_mut().filter(|section| section.path == path) {
            Some(section) => section.pairs.push(line),
            None => sections.push(Section { path, pairs: vec![line] }),
        }
    }
    sections
}

/// The keys of a top-level object.
pub(super) fn root_path(id: &ObjectId) -> Vec<String> {
    if id.kind() == Kind::Database {
        return vec![id.kind().word().to_owned()];
    }
    vec![id.kind().word().to_owned(), top_key(id)]
}

/// The keys of what belongs to it.
pub(super) fn child_path(root: &[String], kind: Kind, key: &str) -> Vec<String> {
    let mut path = root.to_vec();
    path.extend([kind.word().to_owned(), key.to_owned()]);
    path
}

/// What a top-level object says of itself.
pub(super) fn own_form(catalog: &Catalog, id: &ObjectId, dialect: &dyn Dialect) -> Option<Form> {
    let entry = catalog.get(id)?;
    match &entry.object {
        Object::Table(table) => {
            let mut pairs = beside(entry);
            pairs.extend(table::own(catalog, id, table, dialect));
            Some(Form::long(pairs))
        }
        _ => object_form(entry, dialect),
    }
}

/// What every object can say: its owner and its comment.
fn beside(entry: &Entry) -> Pairs {
    let comment = entry.comment.as_ref().map(|comment| pair("comment", Value::text(comment.as_ref())));
    let owner = entry.owner.as_ref().map(|owner| pair("owner", Value::text(owner.as_str())));
    comment.into_iter().chain(owner).collect()
}

/// What an object with a key of its own says; tables and columns say more than one object.
pub(super) fn object_form(entry: &Entry, dialect: &dyn Dialect) -> Option<Form> {
    let object = &entry.object;
    let section = stored::section_of(object.kind());
    let more = || stored::more(section, object, dialect);
    let mut form = match object {
        Object::Column(_) => return None,
        Object::Table(table) => Form::long(form::options(&table.options)),
        Object::VirtualTable(table) => Form::long(virtual_table::form(table).long),
        Object::PrimaryKey(key) => primary_key::form(key, more()),
        Object::Unique(unique) => unique::form(unique, more()),
        Object::Check(check) => check::form(check, more()),
        Object::ForeignKey(key) => foreign_key::form(key, dialect.unsaid_action(), more()),
        Object::Index(index) => index::form(index, more()),
        Object::View(view) => view::form(view, more()),
        Object::Trigger(trigger) => trigger::form(trigger, more()),
        _ => {
            let long = stored::pairs(section, object, dialect);
            let short = match (section.short, long.as_slice()) {
                (Some((_, key)), [(only, value)]) if only == key => Some(value.clone()),
                _ => None,
            };
            Form { short, long }
        }
    };
    let mut pairs = beside(entry);
    if !pairs.is_empty() {
        form.short = None;
        pairs.append(&mut form.long);
        form.long = pairs;
    }
    Some(form)
}

pub(super) use column::attributes as column_attributes;
pub(super) use primary_key::at_column as primary_key_at_column;
pub(super) use table::{column_comment, column_value};
