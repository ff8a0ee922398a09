//! What foreign keys are to do and cannot: put NULL where none may be, or change what is computed (errors 1830, 3104,
//! 1905, 1215).

use crate::catalog::{Action, Kind, Object};

use super::super::connect::Flavour;
use super::keys::{Ends, Fault};

pub(super) fn impossible(ends: &Ends<'_>) -> Option<Fault> {
    let actions = [("on_delete", ends.key.on_delete), ("on_update", ends.key.on_update)];
    actions.into_iter().find_map(|(attribute, action)| {
        let writes = matches!(action, Action::SetNull | Action::SetDefault)
            || (action == Action::Cascade && attribute == "on_update");
        let reason = match action {
            Action::SetDefault if ends.flavour == Flavour::Mariadb => {
                Some("MariaDB forgets `set default` without a word\nsay another action".to_owned())
            }
            Action::SetNull => not_null(ends),
            _ => None,
        };
        let reason = reason.or_else(|| computed(ends).filter(|_| writes))?;
        Some((Some(attribute), reason))
    })
}

/// A column that takes no NULL.
fn not_null(ends: &Ends<'_>) -> Option<String> {
    let name = ends.key.columns.iter().find(|name| ends.column(ends.table, name).is_some_and(|column| !column.null))?;
    Some(format!(
        "`{name}` is NOT NULL, so it cannot be set to NULL\nwrite `null = true` on the column, or say another action"
    ))
}

/// A column that is computed, or that a stored one is computed of.
fn computed(ends: &Ends<'_>) -> Option<String> {
    ends.key.columns.iter().find_map(|name| {
        let id = ends.table.child(Kind::Column, name.clone());
        if ends.column(ends.table, name)?.generated.is_some() {
            return Some(format!("`{name}` is generated, so no foreign key can change it"));
        }
        let mut others = ends.catalog.children(ends.table);
        others.find_map(|(other, entry)| {
            let Object::Column(column) = &entry.object else { return None };
            let stored = column.generated.as_ref().is_some_and(|generated| generated.stored);
            (stored && entry.mentions.contains(&id)).then(|| {
                format!("`{}` is stored and computed of `{name}`, so no foreign key can change that", other.name())
            })
        })
    })
}
