//! The names of NOT NULL constraints: since PostgreSQL 18 they have one, and it stays when the table or the column gets
//! another.

use crate::catalog::{Catalog, Kind, Name, NotNull, Object, ObjectId};

use super::sql::made_up_name;

/// The version from which on a NOT NULL has a name.
pub(super) const NAMED: u32 = 180_000;

fn made_up(column: &ObjectId) -> Name {
    Name::exact(made_up_name(column.root().name().as_str(), column.name().as_str(), "not_null"))
}

/// Has the columns say the names that a rename leaves to their constraints. Those of tables below others have theirs
/// from above.
pub(super) fn keep(before: &Catalog, after: &mut Catalog, from: &ObjectId, to: &ObjectId) {
    let stands_alone = before.object(from.root()).is_some_and(|table| table.parents().next().is_none());
    if !matches!(from.kind(), Kind::Table | Kind::ForeignTable | Kind::Column) || !stands_alone {
        return;
    }
    for (id, entry) in before.within(from) {
        let Object::Column(old) = &entry.object else { continue };
        let new_id = id.renamed(from, to);
        let (false, Some(Object::Column(new))) = (old.null, after.get_mut(&new_id).map(|entry| &mut entry.object))
        else {
            continue;
        };
        let own = old.not_null.as_ref().and_then(|not_null| not_null.name.clone());
        let name = Some(own.unwrap_or_else(|| made_up(id))).filter(|name| *name != made_up(&new_id));
        let not_null = NotNull { name, ..new.not_null.clone().unwrap_or_default() };
        new.not_null = Some(not_null).filter(|not_null| *not_null != NotNull::default());
    }
}
