//! What constraints have in common: DROP CONSTRAINT (SQLite 3.53) takes named checks and foreign keys; keys and
//! foreign keys can only be added with a column or by a copy of the table.

use crate::catalog::{Action, Check, ForeignKey, Object, ObjectId};
use crate::diff::Delta;
use crate::plan::{Context, Draft, Resource, Way};

use super::super::sql::quote;
use super::{alter, column, owner};

/// Primary keys and unique constraints: `constraint may not be dropped`.
pub(super) fn key() -> Way {
    Way::Rebuild
}

pub(super) fn foreign_key(cx: &Context<'_>, id: &ObjectId, delta: Delta) -> Way {
    match delta {
        Delta::Create if comes_with(cx, id).is_some() => Way::Within,
        Delta::Drop if can_drop(cx, id) => Way::InPlace(vec![drop(cx, id)]),
        Delta::Create | Delta::Alter | Delta::Drop => Way::Rebuild,
    }
}

/// The new column that this new foreign key can be added with: its only one, added by ADD COLUMN.
pub(super) fn comes_with(cx: &Context<'_>, id: &ObjectId) -> Option<ObjectId> {
    let (Some(Delta::Create), Some(Object::ForeignKey(key)), Some(table)) =
        (cx.delta(id), cx.desired.object(id), id.parent())
    else {
        return None;
    };
    let [name] = key.columns.as_slice() else { return None };
    let columns = cx.desired.columns(table);
    let (column, definition) = columns.into_iter().find(|(column, _)| column.name() == name)?;
    let added = cx.delta(column) == Some(Delta::Create) && column::can_add(cx, column, definition);
    added.then(|| column.clone())
}

/// Whether it has a name of its own, so far.
pub(super) fn is_named(object: Option<&Object>) -> bool {
    matches!(
        object,
        Some(Object::Check(Check { unnamed: false, .. }) | Object::ForeignKey(ForeignKey { unnamed: false, .. }))
    )
}

/// DROP CONSTRAINT takes the first constraint of that name, so the name must be the only one of its table.
pub(super) fn can_drop(cx: &Context<'_>, id: &ObjectId) -> bool {
    let same_name = cx.live.children(owner(id)).filter(|(other, entry)| match &entry.object {
        Object::PrimaryKey(key) => key.name.as_ref() == Some(id.name()),
        Object::Unique(_) | Object::Check(_) | Object::ForeignKey(_) => other.name() == id.name(),
        _ => false,
    });
    // SQLite 3.54 takes the DEFAULT of SET DEFAULT for the beginning of another clause and leaves it behind.
    let sets_default = |key: &ForeignKey| [key.on_delete, key.on_update].contains(&Action::SetDefault);
    let whole = !matches!(cx.live.object(id), Some(Object::ForeignKey(key)) if sets_default(key));
    whole && is_named(cx.live.object(id)) && same_name.count() == 1
}

/// Drops a named check or foreign key; before any column that it names.
pub(super) fn drop(cx: &Context<'_>, id: &ObjectId) -> Draft {
    let columns = cx.live.get(id).map(|entry| entry.references(id)).unwrap_or_default();
    Draft::new(id, format!("drop {id}"), format!("{} DROP CONSTRAINT {}", alter(id), quote(id.name().as_str())))
        .destroying([Resource::Old(id.clone())])
        .consuming([Resource::Old(owner(id).clone())])
        .consuming(columns.into_iter().filter(|column| column.is_within(owner(id))).map(Resource::Old))
}
