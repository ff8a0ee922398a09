//! Names that PostgreSQL would cut, so that two could become one and none would be found again.

use crate::catalog::{Catalog, Kind, ObjectId};
use crate::diff::{Delta, Deltas};

/// The bytes of a name that are kept (`NAMEDATALEN` less one).
const KEPT: usize = 63;

/// The new objects whose names are too long, and what is wrong with them.
pub(super) fn too_long(desired: &Catalog, deltas: &Deltas) -> Vec<(ObjectId, Option<&'static str>, String)> {
    let created = deltas.iter().filter(|(id, delta)| **delta == Delta::Create && desired.contains(id));
    created
        .filter_map(|(id, _)| {
            let bytes = own_name(id)?.len();
            let message = format!(
                "its name has {bytes} bytes, and PostgreSQL cuts names after {KEPT} bytes\nchoose a shorter name"
            );
            (bytes > KEPT).then(|| (id.clone(), None, message))
        })
        .collect()
}

/// The name that the server keeps; none where there is no such name.
fn own_name(id: &ObjectId) -> Option<&str> {
    let name = id.name().as_str();
    match id.kind() {
        Kind::Function | Kind::Procedure | Kind::Aggregate | Kind::Operator => name.split('(').next(),
        Kind::OperatorClass | Kind::OperatorFamily => name.split(" using ").next(),
        Kind::Cast | Kind::Grant | Kind::DefaultGrants | Kind::DefaultPrivilege | Kind::UserMapping => None,
        _ => Some(name),
    }
}
