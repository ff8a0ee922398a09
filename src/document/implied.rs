//! What an object has that is not written in its own keys: what every object can have beside itself, and what the
//! database would make up.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::{Entry, Kind, Name, Object, ObjectId};

use super::lower::{Declared, Lowering};

impl Lowering<'_> {
    /// What every object can have beside itself.
    pub(super) fn beside(&self, declared: &Declared<'_>, entry: &mut Entry) {
        let kind = declared.id.kind();
        let name = self.dialect.name();
        let text = |key: &str| {
            let item = super::tree::find(declared.node.table()?, key)?;
            super::fields::for_database(&item.node, name)?.text()
        };
        if self.dialect.keeps_comments(kind) {
            entry.comment = text("comment").filter(|comment| !comment.is_empty()).map(Arc::from);
        }
        if self.dialect.has_schemas() {
            entry.owner = text("owner").map(Name::exact);
            entry.in_schema = self.in_schema.as_deref().map(Name::exact);
        }
    }

    /// The name that MySQL gives an index: its first column's, numbered from 2 where that is taken.
    pub(super) fn index_name(&self, table: &ObjectId, unique: &crate::catalog::Unique) -> Name {
        let first = unique.columns.first().and_then(crate::catalog::Part::as_column);
        let first = first.map_or("functional_index", Name::as_str);
        let names = std::iter::once(first.to_owned()).chain((2..).map(|number| format!("{first}_{number}")));
        let mut names = names.map(|name| self.name(Kind::Index, name));
        let free = names.find(|name| !self.desired.catalog.contains(&table.child(Kind::Index, name.clone())));
        free.unwrap_or_else(|| self.name(Kind::Index, first))
    }

    /// What lives in a schema declares it.
    pub(super) fn imply_schemas(&mut self) {
        if !self.dialect.has_schemas() {
            return;
        }
        let used: HashSet<Name> = self
            .desired
            .catalog
            .iter()
            .filter(|(id, _)| id.parent().is_none() && id.kind().lives_in_schema())
            .filter_map(|(id, _)| id.schema().cloned())
            .chain(self.desired.catalog.iter().filter_map(|(_, entry)| elsewhere(&entry.object).cloned()))
            .filter(|schema| self.dialect.default_schema() != Some(schema.as_str()))
            .collect();
        for name in used {
            let id = ObjectId::top(Kind::Schema, None, name);
            // One that is declared has more to say.
            let _ = self.desired.catalog.insert(id, Entry::new(Object::Schema(crate::catalog::Schema {}), 0));
        }
    }
}

/// The schema of an object that says its own, beside that of what it belongs to.
fn elsewhere(object: &Object) -> Option<&Name> {
    match object {
        Object::Extension(extension) => extension.in_schema.as_ref(),
        Object::Statistics(statistics) => statistics.in_schema.as_ref(),
        _ => None,
    }
}
