//! Columns that are only computed come and go in place by themselves: with most of what may stand beside them in one ALTER
//! TABLE the servers copy (error 1846 of MySQL, 1845 of MariaDB). Tried on MySQL 9.7 and MariaDB 10.11.

use crate::catalog::{Catalog, Column, Index, Kind, Object, ObjectId, Part};
use crate::diff::Delta;

use super::super::connect::Flavour;
use super::algorithm::{Altered, Cost};

/// What changes in a table, as far as it may keep computed columns from coming and going in place: how many of each.
#[derive(Default)]
struct Beside {
    /// Computed columns that come, and go; to MySQL a key over an expression is one.
    comes: usize,
    goes: usize,
    /// Computed columns that come and do not stand behind the hidden ones.
    before: usize,
    /// Keys that come.
    keys: usize,
    /// Unique keys that come or go.
    unique: usize,
    /// Columns that come or go and have values of their own.
    own: usize,
    /// Other columns that differ, and what is said of the table.
    other: usize,
}

/// Whether the server copies though each change for itself would cost no more than this.
pub(super) fn copies(altered: &Altered<'_>, cost: Cost) -> bool {
    let beside = beside(altered);
    if beside.comes + beside.goes == 0 {
        return false;
    }
    if altered.flavour == Flavour::Mysql {
        if beside.before > 0 && beside.own == 0 {
            return true;
        }
        if cost == Cost::Instant {
            return false;
        }
    }
    beside.unique + beside.other + beside.own > 0 || (beside.comes > 0 && beside.goes > 0 && beside.keys > 0)
}

/// Whether the table has keys over expressions whose hidden columns stand behind that of another: behind all columns, in the
/// order of their names.
fn has_hidden_behind(altered: &Altered<'_>, key: Option<&ObjectId>) -> bool {
    let name = |id: &ObjectId| id.name().as_str().to_lowercase();
    let keys = altered.cx.live.children(altered.table);
    let mut hidden = keys.filter(|(_, entry)| index(Some(&entry.object)).is_some_and(has_expression));
    hidden.any(|(id, _)| key.is_none_or(|key| name(key) < name(id)))
}

fn beside(altered: &Altered<'_>) -> Beside {
    let (cx, table) = (altered.cx, altered.table);
    let mut found = Beside { other: usize::from(cx.delta(table) == Some(Delta::Alter)), ..Beside::default() };
    for (id, delta) in cx.deltas.iter().filter(|(id, _)| id.parent() == Some(table)) {
        let (was, is) = (cx.live.object(id), cx.desired.object(id));
        let (comes, goes) = match delta {
            Delta::Create => (true, false),
            Delta::Drop => (false, true),
            Delta::Alter => (true, true),
        };
        match id.kind() {
            Kind::Column if *delta == Delta::Alter && !altered.remade.contains(id.name()) => found.other += 1,
            Kind::Column => {
                let (comes_computed, goes_computed) = (comes && is_virtual(is), goes && is_virtual(was));
                found.comes += usize::from(comes_computed);
                found.goes += usize::from(goes_computed);
                found.before += usize::from(comes_computed && has_hidden_behind(altered, None));
                found.own += usize::from((comes && !comes_computed) || (goes && !goes_computed));
                found.unique += usize::from(goes && is_in_unique(cx.live, id));
            }
            Kind::Index => {
                let functional = |object: Option<&Object>| index(object).is_some_and(has_expression);
                let unique = |object: Option<&Object>| index(object).is_some_and(|index| index.unique);
                found.unique += usize::from(unique(was) || unique(is));
                found.keys += usize::from(comes);
                found.comes += usize::from(comes && functional(is));
                found.before += usize::from(comes && functional(is) && has_hidden_behind(altered, Some(id)));
                found.goes += usize::from(goes && functional(was));
            }
            Kind::PrimaryKey => found.other += 1,
            _ => {}
        }
    }
    found
}

fn is_virtual(object: Option<&Object>) -> bool {
    let computed = |column: &Column| column.generated.as_ref().is_some_and(|generated| !generated.stored);
    matches!(object, Some(Object::Column(column)) if computed(column))
}

fn index(object: Option<&Object>) -> Option<&Index> {
    match object {
        Some(Object::Index(index)) => Some(index),
        _ => None,
    }
}

fn has_expression(index: &Index) -> bool {
    index.columns.iter().any(|part| part.as_column().is_none())
}

/// Whether a unique key goes with the column.
fn is_in_unique(live: &Catalog, column: &ObjectId) -> bool {
    let over = |part: &Part| part.as_column() == Some(column.name());
    let keys = live.children(column.root()).filter_map(|(_, entry)| index(Some(&entry.object)));
    keys.filter(|index| index.unique).any(|index| index.columns.iter().any(over))
}
