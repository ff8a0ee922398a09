//! What an object has that is not written in its own keys: what every object can have beside itself, and what the
//! database would make up.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::{Entry, Index, Kind, Name, Object, ObjectId};

use super::Desired;
use super::fields::Attributes;
use super::lower::{Declared, Lowering};
use super::made_up::MadeUp;

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

    /// Adds a constraint. Without a name of its own it gets the one that the database would give, so the
    /// id is only known afterwards.
    pub(super) fn insert_constraint(
        &mut self,
        table: &Declared<'_>,
        mut declared: Declared<'_>,
        mut object: Object,
        attributes: Attributes,
        named: bool,
    ) -> Option<ObjectId> {
        if let Object::Unique(unique) = &object
            && self.dialect.unique_is_index()
        {
            let name = if named { declared.id.name().clone() } else { self.index_name(&table.id, unique) };
            declared.id = table.id.child(Kind::Index, name);
            let index = Index { columns: unique.columns.clone(), unique: true, ..Index::default() };
            return self.insert(&declared, Object::Index(index), attributes).then_some(declared.id);
        }
        if !named {
            let first = self.dialect.implied_name(&table.id, &object, 0);
            let kind = object.kind();
            let key = table.id.child(kind, first.name.clone());
            let copies = self.copies.entry(key).or_default();
            let implied = if *copies == 0 { first } else { self.dialect.implied_name(&table.id, &object, *copies) };
            let copy = *copies;
            *copies += 1;
            match &mut object {
                Object::Unique(unique) => unique.unnamed = implied.unnamed,
                Object::Check(check) => check.unnamed = implied.unnamed,
                Object::ForeignKey(key) => key.unnamed = implied.unnamed,
                _ => {}
            }
            declared.id = table.id.child(kind, implied.name);
            self.made_up.push(MadeUp { id: declared.id.clone(), copy });
        }
        self.insert(&declared, object, attributes).then_some(declared.id)
    }

    /// Has the types of a file's schema say it, in ids too.
    pub(super) fn write_schemas(&mut self) {
        for (old, new) in self.dialect.write_schemas(&mut self.desired.catalog) {
            let Desired { catalog, origins, shared, intent, .. } = &mut self.desired;
            let moved: Vec<ObjectId> = catalog.within(&old).map(|(id, _)| id.clone()).collect();
            for id in moved {
                let to = id.renamed(&old, &new);
                if let Some(entry) = catalog.remove(&id) {
                    // One of this signature is there already: it is declared twice, in two spellings.
                    let _ = catalog.insert(to.clone(), entry);
                }
                if let Some(origin) = origins.remove(&id) {
                    origins.insert(to.clone(), origin);
                }
                if let Some(others) = shared.remove(&id) {
                    shared.insert(to.clone(), others);
                }
            }
            let ignored = intent.ignore.iter_mut().map(|(id, _)| id);
            for id in intent.renames.iter_mut().map(|(_, to)| to).chain(ignored).filter(|id| id.is_within(&old)) {
                *id = id.renamed(&old, &new);
            }
        }
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
