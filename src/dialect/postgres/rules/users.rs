//! Who uses a type, and questions to their rows.

use crate::catalog::{Object, ObjectId};
use crate::plan::{Probe, ProbeKind};

use super::super::sql::{name, qualified};
use super::Cx;
use super::again::is_of_type;

/// The live columns of a type or of an array of it.
pub(super) fn columns<'a>(cx: &Cx<'a>, ty: &ObjectId) -> Vec<(&'a ObjectId, bool)> {
    let live = cx.plan.live;
    let of = |(id, entry): (&'a ObjectId, &'a crate::catalog::Entry)| match &entry.object {
        Object::Column(column) => {
            let text = column.ty.as_ref()?.as_str();
            is_of_type(text, ty).then(|| (id, text.ends_with(']')))
        }
        _ => None,
    };
    // A view's columns hold no rows.
    live.iter().filter_map(of).filter(|(id, _)| matches!(live.object(id.root()), Some(Object::Table(_)))).collect()
}

/// A question to the rows of a column. `condition` is made with the name that the column has now.
pub(super) fn probe(
    cx: &Cx<'_>,
    column: &ObjectId,
    kind: ProbeKind,
    condition: impl Fn(&str) -> String,
    meaning: &str,
    advice: &str,
) -> Probe {
    let now = |id: &ObjectId| cx.renames.origins.get(id).cloned().unwrap_or_else(|| id.clone());
    let (table, own) = (qualified(&now(column.root())), name(&now(column)));
    let from = format!("FROM {table} WHERE {}", condition(&own));
    Probe {
        kind,
        id: column.clone(),
        count: format!("SELECT count(*) {from}"),
        examples: (kind == ProbeKind::Obstacle).then(|| format!("SELECT {own}::text {from} LIMIT 3")),
        meaning: meaning.to_owned(),
        advice: advice.to_owned(),
    }
}
