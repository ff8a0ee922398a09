//! Where columns come to stand, of a table whose order of columns counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Name, Object, ObjectId, OptionKey};
use crate::plan::Context;

use super::super::sql::quote;

/// `FIRST` or `AFTER a`, for each column that is new or has to move: as few as can be. Nothing where the order does
/// not count. `remade` are dropped and added again.
pub(super) fn places(cx: &Context<'_>, table: &ObjectId, remade: &BTreeSet<Name>) -> BTreeMap<Name, String> {
    let Some(Object::Table(desired)) = cx.desired.object(table) else { return BTreeMap::new() };
    if !desired.options.is_on(OptionKey::ColumnOrder) {
        return BTreeMap::new();
    }
    let live: Vec<&Name> = cx.live.columns(table).into_iter().map(|(id, _)| id.name()).collect();
    let wanted: Vec<&Name> = cx.desired.columns(table).into_iter().map(|(id, _)| id.name()).collect();
    let at = |name: &Name| live.iter().position(|other| *other == name).filter(|_| !remade.contains(name));
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
    places
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
