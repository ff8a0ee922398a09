//! Constraints and indexes that only have another name: they are renamed, though nobody wrote it. Nothing can be lost by it,
//! and nothing is built again.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Index, Kind, Name, Object, ObjectId};

/// The (old, new) pairs of which each is the only one that the other can be, in the catalog once the renames that people
/// wrote are done, which are `asked`; what is below one of `ignored` stays as it is. `of_tables` are the names of indexes
/// where two tables may have one each of a name.
pub fn implied(
    live: &Catalog,
    desired: &Catalog,
    asked: &[(ObjectId, ObjectId)],
    ignored: impl Fn(&ObjectId) -> bool,
    in_place: impl Fn(&ObjectId, &ObjectId) -> bool,
    of_tables: bool,
) -> Vec<(ObjectId, ObjectId)> {
    let (gone, new) = on_one_side(live, desired);
    if gone.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let taken = taken(live, of_tables);
    let is_free = |id: &ObjectId| !taken.contains(&(None, id.name())) && !taken.contains(&(id.parent(), id.name()));
    let written: BTreeSet<&ObjectId> = asked.iter().flat_map(|(old, new)| [old, new]).collect();
    let heirs = with_heirs(live, desired);
    let may_be = |id: &&ObjectId| {
        let table = id.root();
        let stays = live.contains(table) && desired.contains(table);
        // The server hands checks down by name.
        let is_handed_down = id.kind() == Kind::Check && heirs.contains(table);
        stays && !written.contains(id) && !is_handed_down && !ignored(table)
    };
    let by_place = |ids: Vec<&'_ ObjectId>| {
        let mut places: BTreeMap<(ObjectId, Kind), Vec<ObjectId>> = BTreeMap::new();
        for id in ids.into_iter().filter(may_be) {
            places.entry((id.root().clone(), id.kind())).or_default().push(id.clone());
        }
        places
    };
    let (gone, new) = (by_place(gone), by_place(new));
    let mut found = BTreeMap::new();
    // The index of a partition is the same only once that of which it is a part is.
    loop {
        let before = found.len();
        for (place, gone) in &gone {
            let new = new.get(place).map_or(&[][..], Vec::as_slice);
            for (old, new) in pairs(live, desired, gone, new, &found) {
                // One whose name something else gives up first is made anew: renames come before all else.
                if is_free(new) && in_place(old, new) {
                    found.insert(old.clone(), new.clone());
                }
            }
        }
        if found.len() == before {
            return found.into_iter().collect();
        }
    }
}

/// Those of one table and kind of which each is like only one other.
fn pairs<'a>(
    live: &Catalog,
    desired: &Catalog,
    gone: &'a [ObjectId],
    new: &'a [ObjectId],
    found: &BTreeMap<ObjectId, ObjectId>,
) -> Vec<(&'a ObjectId, &'a ObjectId)> {
    let alike = |old: &ObjectId, new: &ObjectId| match (live.object(old), desired.object(new)) {
        (Some(Object::Index(old)), Some(Object::Index(new))) => {
            let part_of = old.part_of.as_ref().map(|whole| found.get(whole).unwrap_or(whole));
            part_of == new.part_of.as_ref()
                && Index { part_of: None, ..old.clone() } == Index { part_of: None, ..new.clone() }
        }
        (old, new) => old == new,
    };
    let likes = |old: &ObjectId| new.iter().filter(|new| alike(old, new)).collect::<Vec<_>>();
    let all: Vec<(&ObjectId, Vec<&ObjectId>)> = gone.iter().map(|old| (old, likes(old))).collect();
    let only = all.iter().filter_map(|(old, likes)| match likes[..] {
        [one] if all.iter().filter(|(_, others)| others.contains(&one)).count() == 1 => Some((*old, one)),
        _ => None,
    });
    only.collect()
}

/// What can be renamed so and is only live, or only desired.
fn on_one_side<'a>(live: &'a Catalog, desired: &'a Catalog) -> (Vec<&'a ObjectId>, Vec<&'a ObjectId>) {
    let kinds = |id: &&ObjectId| {
        matches!(id.kind(), Kind::Unique | Kind::Check | Kind::ForeignKey | Kind::Exclusion | Kind::Index)
    };
    let ids = |catalog: &'a Catalog| catalog.iter().map(|(id, _)| id).filter(kinds).peekable();
    let (mut old, mut new) = (ids(live), ids(desired));
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    loop {
        let order = match (old.peek(), new.peek()) {
            (Some(a), Some(b)) => a.cmp(b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return (gone, come),
        };
        if order != Ordering::Greater {
            gone.extend(old.next().filter(|_| order == Ordering::Less));
        }
        if order != Ordering::Less {
            come.extend(new.next().filter(|_| order == Ordering::Greater));
        }
    }
}

/// The names that are taken: with their tables those of what belongs to one, and without those that a schema may have once.
fn taken(live: &Catalog, of_tables: bool) -> BTreeSet<(Option<&ObjectId>, &Name)> {
    let mut names = BTreeSet::new();
    for (id, entry) in live.iter() {
        match &entry.object {
            Object::PrimaryKey(key) if !of_tables => {
                names.extend(key.name.as_ref().map(|name| (None, name)));
            }
            Object::Index(_) | Object::Unique(_) | Object::Exclusion(_) if !of_tables => {
                names.extend([(None, id.name()), (id.parent(), id.name())]);
            }
            _ => {
                names.insert((id.parent(), id.name()));
            }
        }
    }
    names
}

/// The tables that hand down to others, or have from them.
fn with_heirs(live: &Catalog, desired: &Catalog) -> BTreeSet<ObjectId> {
    let all = live.iter().chain(desired.iter());
    all.filter_map(|(id, entry)| {
        let parents: Vec<&ObjectId> = entry.object.parents().collect();
        (!parents.is_empty()).then(|| parents.into_iter().chain([id]).cloned().collect::<Vec<_>>())
    })
    .flatten()
    .collect()
}
