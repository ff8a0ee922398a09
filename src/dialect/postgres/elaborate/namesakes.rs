//! Names that two objects would share: relations have one set of names in a schema, indexes among them, and types another.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::catalog::{Catalog, Kind, Name, Object, ObjectId};
use crate::diff::{Delta, Deltas};

use super::Refused;

/// What is to be made under a name that something else has.
pub(super) fn namesakes(desired: &Catalog, deltas: &Deltas) -> Vec<Refused> {
    if !deltas.iter().any(|(id, delta)| *delta == Delta::Create && relation(desired, id).or(ty(id)).is_some()) {
        return Vec::new();
    }
    let mut relations: BTreeMap<(&str, &str), &ObjectId> = BTreeMap::new();
    let mut types: BTreeMap<(&str, &str), &ObjectId> = BTreeMap::new();
    let mut found = Vec::new();
    for (id, _) in desired.iter() {
        for (names, name) in [(&mut relations, relation(desired, id)), (&mut types, ty(id))] {
            let Some(name) = name else { continue };
            let schema = id.root().schema().map_or("public", |schema| schema.as_str());
            match names.entry((schema, name)) {
                Entry::Occupied(other) => found.extend(refusal(deltas, id, other.get(), name)),
                Entry::Vacant(free) => _ = free.insert(id),
            }
        }
    }
    found.dedup_by(|a, b| a.0 == b.0);
    found
}

/// The name that an object has among relations.
fn relation<'c>(catalog: &'c Catalog, id: &'c ObjectId) -> Option<&'c str> {
    match id.kind() {
        Kind::Table | Kind::ForeignTable | Kind::View | Kind::Sequence | Kind::Composite | Kind::Index => {
            Some(id.name().as_str())
        }
        // The index behind it. The server finds a free name for that of a key which has none.
        Kind::PrimaryKey => match catalog.object(id) {
            Some(Object::PrimaryKey(key)) => key.name.as_ref().map(Name::as_str),
            _ => None,
        },
        Kind::Unique | Kind::Exclusion => Some(id.name().as_str()),
        _ => None,
    }
}

/// The name that an object has among types.
fn ty(id: &ObjectId) -> Option<&str> {
    let is_type = matches!(
        id.kind(),
        Kind::Table | Kind::ForeignTable | Kind::View | Kind::Composite | Kind::Enum | Kind::Domain | Kind::Range
    );
    is_type.then(|| id.name().as_str())
}

fn refusal(deltas: &Deltas, id: &ObjectId, other: &ObjectId, name: &str) -> Option<Refused> {
    let is_new = |id: &ObjectId| deltas.get(id) == Some(&Delta::Create);
    let new = [id, other].into_iter().find(|one| is_new(one))?;
    let taken = if new == id { other } else { id };
    let message = format!(
        "the name `{name}` is that of {taken} too\nchoose another: in a schema, tables, views, indexes, sequences and types share their names"
    );
    Some((new.clone(), None, message))
}
