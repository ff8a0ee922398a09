//! Keys and foreign keys: part of the table's own statement, so a change of one is a copy of the table.

use crate::catalog::{Object, ObjectId};
use crate::diff::Delta;
use crate::plan::{Context, Way};

use super::column;

/// Primary keys and unique constraints.
pub(super) fn key() -> Way {
    Way::Rebuild
}

pub(super) fn foreign_key(cx: &Context<'_>, id: &ObjectId, delta: Delta) -> Way {
    if delta == Delta::Create && comes_with(cx, id).is_some() { Way::Within } else { Way::Rebuild }
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
