//! What only the whole document tells: names that two objects share, columns without a type, what is said for nothing.

use std::collections::{BTreeSet, HashMap};

use crate::catalog::{Entry, Name, Object, ObjectId};
use crate::diagnostic::Diagnostic;
use crate::dialect::DialectName;

use super::lower::Lowering;

impl Lowering<'_> {
    /// Objects that share one set of names across the database, whatever table they belong to.
    pub(super) fn check_shared_names(&mut self) {
        // Two kinds may share more than one set.
        let mut said = BTreeSet::new();
        for kinds in self.dialect.shared_names() {
            let mut seen: HashMap<(Option<&Name>, &str), &ObjectId> = HashMap::new();
            let mut clashes = Vec::new();
            for (id, _) in self.desired.catalog.iter().filter(|(id, _)| kinds.contains(&id.kind())) {
                let key = (id.root().schema(), id.name().key());
                match seen.get(&key) {
                    Some(first) => clashes.push(((*first).clone(), id.clone())),
                    None => {
                        seen.insert(key, id);
                    }
                }
            }
            for (first, second) in clashes.into_iter().filter(|clash| said.insert(clash.clone())) {
                let mut error = Diagnostic::error(format!(
                    "`{second}` has the name of `{first}`, and {} has one of a name only",
                    self.dialect.name().product()
                ))
                .with_help("give one of them another name");
                let origin = |id| self.desired.origins.get(id);
                if let (Some(a), Some(b)) = (origin(&first), origin(&second)) {
                    error =
                        error.at(b.place, "the second of this name").with_related(a.place, "the first of this name");
                }
                self.found.push(error);
            }
        }
    }

    /// A column has a type, unless it comes from a table above or a type.
    pub(super) fn check_types(&mut self) {
        if self.dialect.name() == DialectName::Sqlite {
            return;
        }
        let catalog = &self.desired.catalog;
        let comes_from_elsewhere = |root: &ObjectId| match catalog.object(root) {
            Some(object @ Object::Table(table)) => object.parents().next().is_some() || table.of_type.is_some(),
            Some(object @ Object::ForeignTable(_)) => object.parents().next().is_some(),
            _ => true,
        };
        let lacks = |(id, entry): &(&ObjectId, &Entry)| match &entry.object {
            Object::Column(column) => column.ty.is_none() && !comes_from_elsewhere(id.root()),
            _ => false,
        };
        let lacking: Vec<ObjectId> = catalog.iter().filter(lacks).map(|(id, _)| id.clone()).collect();
        for id in lacking {
            if self.is_unsure(&id) {
                continue;
            }
            let error = Diagnostic::error(format!("`{id}` has no `type`")).with_help("write `type = \"...\"`");
            let place = self.desired.origins.get(&id).map(|origin| origin.place);
            self.found.push(match place {
                Some(place) => error.at(place, ""),
                None => error,
            });
        }
    }

    /// Takes out what is the default all the same.
    pub(super) fn shorten(&mut self) {
        let catalog = &mut self.desired.catalog;
        let shorter =
            catalog.iter().filter_map(|(id, entry)| Some((id.clone(), self.dialect.shortened(id, &entry.object)?)));
        let shorter: Vec<(ObjectId, Object)> = shorter.collect();
        for (id, object) in shorter {
            if let Some(entry) = catalog.get_mut(&id) {
                entry.object = object;
            }
        }
    }
}
