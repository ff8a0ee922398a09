//! Names that the database makes up of those of a table and its columns: they follow where these are renamed, or a key
//! would be built again, and a sequence begin anew, for a name that nobody wrote.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Kind, Name, Object, ObjectId, Part, PartOf};
use crate::dialect::Dialect;

use super::lower::Lowering;

/// A constraint without a name of its own.
pub(super) struct MadeUp {
    pub(super) id: ObjectId,
    /// How many of its table would have the same name before it.
    pub(super) copy: usize,
}

impl Lowering<'_> {
    /// Adds the renames that follow from those that are written.
    pub(super) fn rename_made_up(&mut self) {
        // Elsewhere such constraints have no names, or the server renames them.
        if self.desired.intent.renames.is_empty() || !self.dialect.keeps_made_up_names() {
            return;
        }
        let written: BTreeMap<&ObjectId, &ObjectId> =
            self.desired.intent.renames.iter().map(|(old, new)| (new, old)).collect();
        let before = Before { dialect: self.dialect, catalog: &self.desired.catalog, written: &written };
        let constraints = self.made_up.iter().filter_map(|made| Some((before.constraint(made)?, made.id.clone())));
        let sequences = before.catalog.iter().filter_map(|(id, entry)| match &entry.object {
            Object::Sequence(sequence) => Some((before.sequence(id, sequence.owned_by.as_ref()?)?, id.clone())),
            _ => None,
        });
        let all: Vec<(ObjectId, ObjectId)> =
            constraints.chain(sequences).filter(|(old, new)| old != new && !written.contains_key(new)).collect();
        // A name that something has is given up only where that follows too: tables trade theirs.
        let follows = |id: &ObjectId| all.iter().any(|(_, new)| new == id);
        let is_free = |old: &ObjectId| !before.catalog.contains(old) || follows(old);
        let follow: Vec<(ObjectId, ObjectId)> = all.iter().filter(|(old, _)| is_free(old)).cloned().collect();
        self.desired.intent.renames.extend(follow);
    }
}

/// What things were called before the renames that are written.
struct Before<'a> {
    dialect: &'a dyn Dialect,
    catalog: &'a Catalog,
    written: &'a BTreeMap<&'a ObjectId, &'a ObjectId>,
}

impl Before<'_> {
    fn table<'t>(&'t self, table: &'t ObjectId) -> &'t ObjectId {
        self.written.get(table).copied().unwrap_or(table)
    }

    fn column(&self, table: &ObjectId, column: &Name) -> Name {
        let id = table.child(Kind::Column, column.clone());
        self.written.get(&id).map_or_else(|| column.clone(), |old| old.name().clone())
    }

    /// The constraint under the name that it had, in the table as it is called now.
    fn constraint(&self, made: &MadeUp) -> Option<ObjectId> {
        let table = made.id.parent()?;
        let mut object = self.catalog.object(&made.id)?.clone();
        let parts = |parts: &mut Vec<Part>| {
            for part in parts {
                if let PartOf::Column(name) = &mut part.of {
                    *name = self.column(table, name);
                }
            }
        };
        match &mut object {
            Object::Unique(unique) => parts(&mut unique.columns),
            Object::ForeignKey(key) => key.columns.iter_mut().for_each(|name| *name = self.column(table, name)),
            Object::Check(check) => {
                // The name needs no more than which columns it is about.
                let columns = self.catalog.columns(table);
                let renamed = columns.into_iter().filter(|(id, _)| self.written.contains_key(id));
                let text = renamed.fold(check.sql.as_str().to_owned(), |text, (id, _)| {
                    replaced(&text, id.name().as_str(), self.column(table, id.name()).as_str())
                });
                check.sql = self.dialect.expression(&text);
            }
            _ => return None,
        }
        let implied = self.dialect.implied_name(self.table(table), &object, made.copy);
        Some(table.child(made.id.kind(), implied.name))
    }

    /// The sequence of a column, which goes with the table into another schema whatever its name.
    fn sequence(&self, id: &ObjectId, column: &ObjectId) -> Option<ObjectId> {
        let table = column.parent()?;
        let old = self.table(table);
        let name = |table: &ObjectId, column: &Name| self.dialect.sequence_name(table.name(), column);
        let is_made_up = id.name().as_str() == name(table, column.name());
        let own =
            if is_made_up { Name::exact(name(old, &self.column(table, column.name()))) } else { id.name().clone() };
        let moved = old.schema() != table.schema() && id.schema() == table.schema();
        let schema = if moved { old.schema() } else { id.schema() };
        Some(ObjectId::top(Kind::Sequence, schema.cloned(), own))
    }
}

/// A text with a word in the place of another.
fn replaced(text: &str, from: &str, to: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut made = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_word) {
        let end = rest[start..].find(|c| !is_word(c)).map_or(rest.len(), |end| start + end);
        made.push_str(&rest[..start]);
        made.push_str(if &rest[start..end] == from { to } else { &rest[start..end] });
        rest = &rest[end..];
    }
    made + rest
}
