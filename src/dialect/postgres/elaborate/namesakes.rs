//! Names that two objects would share: relations have one set of names in a schema, indexes among them, and types another.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Kind, Object, ObjectId};
use crate::diff::{Delta, Deltas};

use super::super::render::plain_constraint_name;

type Refused = (ObjectId, Option<&'static str>, String);

/// What is to be made under a name that something else has.
pub(super) fn namesakes(desired: &Catalog, deltas: &Deltas) -> Vec<Refused> {
    let mut relations: BTreeMap<(String, String), &ObjectId> = BTreeMap::new();
    let mut types: BTreeMap<(String, String), &ObjectId> = BTreeMap::new();
    let mut found = Vec::new();
    for (id, entry) in desired.iter() {
        let schema = id.root().schema().map_or("public", |schema| schema.as_str()).to_owned();
        let own = || id.name().as_str().to_owned();
        let relation = match &entry.object {
            Object::Table(_)
            | Object::ForeignTable(_)
            | Object::View(_)
            | Object::Sequence(_)
            | Object::Composite(_) => Some(own()),
            Object::Index(_) => Some(own()),
            // The server finds a free name for one that has none.
            Object::PrimaryKey(key) => key.name.as_ref().map(|_| plain_constraint_name(desired, id)),
            Object::Unique(_) | Object::Exclusion(_) if id.root().kind() == Kind::Table => Some(own()),
            _ => None,
        };
        let ty = match &entry.object {
            Object::Table(_)
            | Object::ForeignTable(_)
            | Object::View(_)
            | Object::Composite(_)
            | Object::Enum(_)
            | Object::Domain(_)
            | Object::Range(_) => Some(own()),
            _ => None,
        };
        for (names, name) in [(&mut relations, relation), (&mut types, ty)] {
            let Some(name) = name else { continue };
            match names.get(&(schema.clone(), name.clone())) {
                Some(other) => found.extend(refusal(deltas, id, other, &name)),
                None => {
                    names.insert((schema.clone(), name), id);
                }
            }
        }
    }
    found.dedup_by(|a, b| a.0 == b.0);
    found
}

fn refusal(deltas: &Deltas, id: &ObjectId, other: &ObjectId, name: &str) -> Option<Refused> {
    let is_new = |id: &ObjectId| deltas.get(id) == Some(&Delta::Create);
    let new = [id, other].into_iter().find(|one| is_new(one))?;
    let taken = if new == id { other } else { id };
    let message = format!(
        "the name `{name}` is that of {taken} too\nin a schema, tables, views, indexes, sequences and types share their names"
    );
    Some((new.clone(), None, message))
}
