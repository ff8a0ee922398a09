//! What is selected needs what `--target` or `--exclude` leaves out, and the database does not have: the database would blame
//! the TOML, or fail half-way.

use crate::catalog::{Catalog, Kind, ObjectId};
use crate::database::Elaborated;
use crate::diff::{Deltas, Selection};

/// Notes each object that cannot be made without another that the TOML has and the plan does not cover.
pub(super) fn refuse(
    elaborated: &mut Elaborated,
    selection: &dyn Selection,
    (target, wanted): (&Catalog, &Catalog),
    deltas: &Deltas,
) {
    let does_not_work = |id: &ObjectId| {
        elaborated.broken.contains_key(id) || elaborated.refused.iter().any(|(refused, ..)| refused == id)
    };
    let missing = |id: &ObjectId| {
        let entry = target.get(id)?;
        let mut needs = entry.object.refers_to(id);
        // A word of a query may be the name of something else.
        if id.kind() == Kind::View && does_not_work(id) {
            let read = entry.mentions.iter().filter(|other| matches!(other.kind(), Kind::Table | Kind::View));
            needs.extend(read.cloned());
        }
        needs.into_iter().find(|other| wanted.contains(other) && !target.contains(other) && !selection.selects(other))
    };
    let found: Vec<(ObjectId, ObjectId)> = deltas.keys().filter_map(|id| Some((id.clone(), missing(id)?))).collect();
    for (id, other) in found {
        // What the database makes of its absence is no help.
        elaborated.refused.retain(|(refused, ..)| *refused != id);
        elaborated.refused_at.remove(&id);
        let message = format!(
            "it needs {other}, which the database does not have and the selection leaves out: select `{other}` too"
        );
        elaborated.refused.push((id, None, message));
    }
}
