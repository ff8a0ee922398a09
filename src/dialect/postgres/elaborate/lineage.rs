//! Tables that would inherit from themselves.

use crate::catalog::{Catalog, Object, ObjectId};
use crate::diff::Deltas;

/// The tables that are their own parents, by way of others or not.
pub(super) fn circular(desired: &Catalog, deltas: &Deltas) -> Vec<(ObjectId, Option<&'static str>, String)> {
    let above =
        |id: &ObjectId| -> Vec<&ObjectId> { desired.object(id).into_iter().flat_map(Object::parents).collect() };
    let is_own = |id: &ObjectId| {
        let (mut open, mut seen) = (above(id), Vec::new());
        while let Some(parent) = open.pop() {
            if parent == id {
                return true;
            }
            if !seen.contains(&parent) {
                seen.push(parent);
                open.extend(above(parent));
            }
        }
        false
    };
    let tables = deltas.keys().filter(|id| id.parent().is_none() && !above(id).is_empty() && is_own(id));
    tables
        .map(|id| {
            (
                id.clone(),
                Some("inherits"),
                "it would inherit from itself\ntake one of the tables on the way back out of `inherits`".to_owned(),
            )
        })
        .collect()
}
