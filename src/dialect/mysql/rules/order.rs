//! Where columns come to stand: where their order counts, and where one has to stand before another.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Column, Kind, Name, Object, ObjectId, OptionKey};
use crate::plan::Context;

use super::super::sql::quote;

/// The columns of a table as their clauses follow each other.
pub(super) struct Order<'c> {
    pub(super) columns: Vec<(&'c ObjectId, &'c Column)>,
    /// `FIRST` or `AFTER a`, for each column that is new or has to move: as few as can be.
    pub(super) places: BTreeMap<Name, String>,
}

/// Where the columns of a table come to stand. Nothing is said where the order does not count and none needs a place.
/// `remade` are dropped and added again.
pub(super) fn of<'c>(cx: &Context<'c>, table: &'c ObjectId, remade: &BTreeSet<Name>) -> Order<'c> {
    let mut columns = cx.desired.columns(table);
    let counts = match cx.desired.object(table) {
        Some(Object::Table(desired)) => desired.options.is_on(OptionKey::ColumnOrder),
        _ => false,
    };
    let live: Vec<&Name> = cx.live.columns(table).into_iter().map(|(id, _)| id.name()).collect();
    let at = |name: &Name| live.iter().position(|other| *other == name).filter(|_| !remade.contains(name));
    if !counts {
        // As the server would have them: what is new stands last.
        let mut left: Vec<_> = columns.clone();
        left.sort_by_key(|(id, _)| at(id.name()).unwrap_or(usize::MAX));
        match readers_last(cx.desired, &left) {
            Some(sorted) => columns = sorted,
            None => return Order { columns, places: BTreeMap::new() },
        }
    }
    let wanted: Vec<&Name> = columns.iter().map(|(id, _)| id.name()).collect();
    let staying = rising(&wanted.iter().filter_map(|name| at(name)).collect::<Vec<_>>());
    let mut places = BTreeMap::new();
    for (place, name) in wanted.iter().enumerate() {
        if at(name).is_some_and(|at| staying.contains(&at)) {
            continue;
        }
        let after = place.checked_sub(1).and_then(|before| wanted.get(before));
        places.insert(
            (*name).clone(),
            after.map_or("FIRST".to_owned(), |name| format!("AFTER {}", quote(name.as_str()))),
        );
    }
    Order { columns, places }
}

/// The columns in an order in which each stands behind those that its expression may only look back at (MySQL's errors
/// 3107 and 3767, `MariaDB`'s 4029), if they do not stand so already: a computed one at computed ones, a default at
/// what is computed or has a default of its own.
fn readers_last<'c>(
    catalog: &Catalog,
    columns: &[(&'c ObjectId, &'c Column)],
) -> Option<Vec<(&'c ObjectId, &'c Column)>> {
    let is_computed = |column: &Column| column.generated.is_some();
    let has_expression = |column: &Column| is_computed(column) || column.default.is_some();
    let at: BTreeMap<&Name, usize> = columns.iter().enumerate().map(|(place, (id, _))| (id.name(), place)).collect();
    let read = |(id, column): &(&ObjectId, &Column)| -> Vec<usize> {
        if !has_expression(column) {
            return Vec::new();
        }
        let mentions = catalog.get(id).into_iter().flat_map(|entry| &entry.mentions);
        let beside = mentions.filter(|other| other.kind() == Kind::Column && other.parent() == id.parent());
        let places = beside.filter(|other| *other != *id).filter_map(|other| at.get(other.name()).copied());
        let counts = |place: &usize| {
            columns
                .get(*place)
                .is_some_and(|(_, other)| if is_computed(column) { is_computed(other) } else { has_expression(other) })
        };
        places.filter(counts).collect()
    };
    let reads: Vec<Vec<usize>> = columns.iter().map(read).collect();
    if reads.iter().enumerate().all(|(place, list)| list.iter().all(|other| *other < place)) {
        return None;
    }
    let (mut sorted, mut placed) = (Vec::new(), BTreeSet::new());
    while sorted.len() < columns.len() {
        let is_next = |place: &usize| {
            !placed.contains(place) && reads.get(*place).is_some_and(|list| list.iter().all(|one| placed.contains(one)))
        };
        // A circle is the server's to refuse.
        let next = (0..columns.len()).find(is_next)?;
        placed.insert(next);
        sorted.extend(columns.get(next).copied());
    }
    Some(sorted)
}

/// The longest part of a list that rises; what is not in it has to move.
fn rising(list: &[usize]) -> BTreeSet<usize> {
    // For each length the smallest end of a part that long, and for each number what stands before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: BTreeMap<usize, Option<usize>> = BTreeMap::new();
    for number in list {
        let length = ends.partition_point(|end| end < number);
        before.insert(*number, length.checked_sub(1).and_then(|shorter| ends.get(shorter)).copied());
        match ends.get_mut(length) {
            Some(end) => *end = *number,
            None => ends.push(*number),
        }
    }
    let last = ends.last().copied();
    std::iter::successors(last, |number| before.get(number).copied().flatten()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_few_as_can_be_move() {
        for (list, stay) in [
            (vec![2, 0, 1], vec![0, 1]),
            (vec![0, 1, 2], vec![0, 1, 2]),
            (vec![1, 2, 3, 0], vec![1, 2, 3]),
            (vec![3, 2, 1], vec![1]),
            (vec![4, 0, 5, 1, 6, 2], vec![0, 1, 2]),
            (vec![], vec![]),
        ] {
            assert_eq!(rising(&list), stay.into_iter().collect(), "{list:?}");
        }
    }
}
