//! Tables that would inherit from themselves, and types that would be made of themselves.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Kind, Object, ObjectId};
use crate::diff::Deltas;

/// The tables and types that are above themselves, by way of others or not.
pub(super) fn circular(desired: &Catalog, deltas: &Deltas) -> Vec<(ObjectId, Option<&'static str>, String)> {
    let differ = || deltas.keys().filter(|id| id.parent().is_none() && desired.contains(id));
    let tables = differ().filter(|id| comes_back(id, |id| parents(desired, id))).map(|id| {
        let reason = "it would inherit from itself\ntake one of the tables on the way back out of `inherits`";
        (id.clone(), Some("inherits"), reason.to_owned())
    });
    let types = differ().filter(|id| is_type(id) && comes_back(id, |id| made_of(desired, id))).map(|id| {
        let attribute = (id.kind() == Kind::Domain).then_some("type");
        (id.clone(), attribute, "it would be made of itself\ngive one of the types on the way back another".to_owned())
    });
    let views = differ().filter(|id| id.kind() == Kind::View && comes_back(id, |id| read(desired, id))).map(|id| {
        let reason = "it would read itself\ntake one of the views on the way back out of its `query`";
        (id.clone(), Some("query"), reason.to_owned())
    });
    tables.chain(types).chain(views).collect()
}

/// Whether a way up from here leads here.
fn comes_back<'a>(id: &ObjectId, above: impl Fn(&ObjectId) -> Vec<&'a ObjectId>) -> bool {
    let (mut open, mut seen) = (above(id), BTreeSet::new());
    while let Some(other) = open.pop() {
        if other == id {
            return true;
        }
        if seen.insert(other) {
            open.extend(above(other));
        }
    }
    false
}

fn parents<'a>(desired: &'a Catalog, id: &ObjectId) -> Vec<&'a ObjectId> {
    desired.object(id).into_iter().flat_map(Object::parents).collect()
}

/// The views that one reads.
fn read<'a>(desired: &'a Catalog, id: &ObjectId) -> Vec<&'a ObjectId> {
    let references = desired.get(id).map(|entry| entry.references(id)).unwrap_or_default();
    let views = references.into_iter().filter(|other| other.kind() == Kind::View);
    views.filter_map(|view| desired.get_key_value(&view).map(|(view, _)| view)).collect()
}

fn is_type(id: &ObjectId) -> bool {
    matches!(id.kind(), Kind::Domain | Kind::Composite)
}

/// The types of a domain and of a composite's attributes.
fn made_of<'a>(desired: &'a Catalog, id: &ObjectId) -> Vec<&'a ObjectId> {
    let parts = desired.within(id).filter(|(part, _)| *part == id || part.kind() == Kind::Attribute);
    let types = parts.flat_map(|(part, entry)| entry.references(part)).filter(is_type);
    types.filter_map(|ty| desired.get_key_value(&ty).map(|(ty, _)| ty)).collect()
}
