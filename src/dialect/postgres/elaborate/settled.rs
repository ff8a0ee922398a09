//! What the server cannot judge yet, because the same plan changes what a text means.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Kind, Object, ObjectId, Sql};
use crate::database::Elaborated;
use crate::diff::{Delta, Deltas};

use super::super::tokens::{Token, significant};

/// Whether a text means to the server as it is what it will mean after the plan: a function that comes or goes, a column
/// that gets another type or that `*` will bring may have it read otherwise.
pub(super) fn is_settled(
    live: &Catalog,
    desired: &Catalog,
    deltas: &Deltas,
    elaborated: &Elaborated,
    id: &ObjectId,
) -> bool {
    let mut refers: BTreeSet<ObjectId> = BTreeSet::new();
    for entry in [live.get(id), desired.get(id)].into_iter().flatten() {
        refers.extend(entry.references(id).into_iter().filter(|other| other.root() != id.root()));
    }
    let ty = |object: Option<&Object>| match object {
        Some(Object::Column(column)) => Some((column.ty.clone(), column.collation.clone())),
        Some(Object::Function(routine)) => Some((routine.returns.clone(), None)),
        Some(Object::Domain(domain)) => Some((domain.ty.clone(), None)),
        _ => None,
    };
    let stays = |other: &ObjectId| match deltas.get(other) {
        None => true,
        Some(Delta::Create | Delta::Drop) => false,
        // What is only written otherwise means the same.
        Some(Delta::Alter) if elaborated.equal.contains(other) => true,
        Some(Delta::Alter) => {
            ty(live.object(other)) == ty(elaborated.reworded.get(other).or_else(|| desired.object(other)))
        }
    };
    let brings = |other: &ObjectId| {
        let columns = desired.children(other).filter(|(part, _)| part.kind() == Kind::Column);
        columns.map(|(part, _)| part).any(|part| deltas.get(part) == Some(&Delta::Create))
    };
    let changes_as_type = |other: &ObjectId| {
        let Some(Object::Table(table)) = desired.object(other.root()) else { return false };
        let types = || desired.get(other.root()).into_iter().flat_map(|entry| entry.references(other.root()));
        table.of_type.is_some()
            && types().filter(|ty| ty.kind() == Kind::Composite).any(|ty| deltas.keys().any(|id| id.root() == &ty))
    };
    if refers.iter().chain([id]).any(changes_as_type) {
        return false;
    }
    let takes_all = || desired.get(id).is_some_and(|entry| takes_all_columns(&entry.object));
    refers.iter().all(&stays) && !(refers.iter().any(brings) && takes_all())
}

/// Whether a text has `select *` or `t.*` in it.
pub(super) fn takes_all_columns(object: &Object) -> bool {
    let texts: Vec<&str> = match object {
        Object::View(view) => vec![view.query.as_str()],
        Object::Rule(rule) => vec![rule.action.as_str()],
        Object::Policy(policy) => policy.using.iter().chain(&policy.with_check).map(Sql::as_str).collect(),
        Object::Function(routine) | Object::Procedure(routine) => routine.body.iter().map(Sql::as_str).collect(),
        _ => Vec::new(),
    };
    texts.into_iter().any(|text| {
        let tokens: Vec<Token> = significant(text).collect();
        tokens.windows(2).any(|pair| {
            let [before, star] = pair else { return false };
            let all = star.text(text) == "*";
            all && (matches!(before.text(text), "," | ".")
                || ["select", "all", "distinct"].iter().any(|word| before.is_word(text, word)))
        })
    })
}
