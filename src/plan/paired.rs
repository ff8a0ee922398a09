//! What is selected of what gets another name: `--target` and `--exclude` may say either, and mean both.

use crate::catalog::{Catalog, ObjectId};
use crate::diff::{Selection, Together};

/// The renames that are selected: by either name, or as something of the object is.
pub(super) fn selected(
    renames: &[(ObjectId, ObjectId)],
    selection: &dyn Selection,
    (live, wanted): (&Catalog, &Catalog),
) -> Vec<(ObjectId, ObjectId)> {
    let any = |catalog: &Catalog, id: &ObjectId| catalog.within(id).any(|(part, _)| selection.selects(part));
    let is_selected = |(old, new): &&(ObjectId, ObjectId)| match selection.of_both(old, new) {
        Together::Selected => true,
        Together::NotAsked => any(live, old) || any(wanted, new),
        Together::LeftOut | Together::Apart => false,
    };
    renames.iter().filter(is_selected).cloned().collect()
}

/// A selection in which what gets another name is one object.
pub(super) struct Paired<'a> {
    inner: &'a dyn Selection,
    renames: Vec<(ObjectId, ObjectId)>,
}

impl<'a> Paired<'a> {
    pub(super) fn new(
        inner: &'a dyn Selection,
        renames: &[(ObjectId, ObjectId)],
        (live, wanted): (&Catalog, &Catalog),
    ) -> Self {
        // What belongs to a renamed table is named below its new name.
        let is_there = |old: &ObjectId| live.contains(old) || old.parent().is_some();
        let renames = renames.iter().filter(|(old, new)| is_there(old) && wanted.contains(new)).cloned().collect();
        Self { inner, renames }
    }

    /// All names of an object, this one first: its own and its table's may both be others.
    fn names(&self, id: &ObjectId) -> Vec<ObjectId> {
        let mut names = vec![id.clone()];
        let mut at = 0;
        while let Some(id) = names.get(at).cloned() {
            at += 1;
            for (old, new) in &self.renames {
                let other = match (id.is_within(old), id.is_within(new)) {
                    (true, _) => id.renamed(old, new),
                    (_, true) => id.renamed(new, old),
                    _ => continue,
                };
                if !names.contains(&other) {
                    names.push(other);
                }
            }
        }
        names
    }
}

impl Selection for Paired<'_> {
    fn selects(&self, id: &ObjectId) -> bool {
        let found: Vec<Together> = self.names(id).iter().skip(1).map(|other| self.inner.of_both(id, other)).collect();
        if found.contains(&Together::LeftOut) {
            return false;
        }
        found.contains(&Together::Selected) || self.inner.selects(id)
    }

    fn selects_everything(&self) -> bool {
        self.inner.selects_everything()
    }
}
