//! The old names of what types tell apart, which people write without the types.

use crate::catalog::{Catalog, Name, ObjectId};

/// The renames that people wrote, each with the types that its old name has: those of the new one where there is such
/// an object, or else those of the only one of this name that nobody wants any more.
pub fn signed(wanted: &[(ObjectId, ObjectId)], live: &Catalog, desired: &Catalog) -> Vec<(ObjectId, ObjectId)> {
    wanted.iter().map(|(old, new)| (with_types(old, new, live, desired), new.clone())).collect()
}

fn with_types(old: &ObjectId, new: &ObjectId, live: &Catalog, desired: &Catalog) -> ObjectId {
    let types = new.name().as_str().split_once('(').map(|(_, types)| types);
    let (true, None, Some(types)) = (new.kind().is_routine(), old.name().as_str().find('('), types) else {
        return old.clone();
    };
    let same = Name::exact(format!("{}({types}", old.name()));
    let same = ObjectId::top(old.kind(), old.schema().cloned(), same);
    if live.contains(&same) || live.contains(new) {
        return same;
    }
    let is_named = |id: &&ObjectId| {
        id.kind() == old.kind() && id.schema() == old.schema() && id.bare_name() == old.name().as_str()
    };
    let mut others = live.iter().map(|(id, _)| id).filter(is_named).filter(|id| !desired.contains(id));
    match (others.next(), others.next()) {
        (Some(only), None) => only.clone(),
        _ => same,
    }
}
