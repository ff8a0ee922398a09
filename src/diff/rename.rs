//! Which of the renames that people wrote are still to be done, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::catalog::{Catalog, Column, Kind, Name, Object, ObjectId};

/// Something that a person should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The object it is about.
    pub id: ObjectId,
    /// One sentence.
    pub message: String,
}

/// Renames that are to be done, in an order in which no name is taken twice.
#[derive(Debug, Clone, Default)]
pub struct Renames {
    /// (from, to) as executed: two objects that trade names go over a third one. Ids of children are
    /// those that hold once the renames before them are done.
    pub steps: Vec<(ObjectId, ObjectId)>,
    /// What each renamed object was called in the live catalog.
    pub origins: BTreeMap<ObjectId, ObjectId>,
    /// What is named by the types it takes, of which one got another name: new id and the one in the live catalog.
    pub followers: BTreeMap<ObjectId, ObjectId>,
    /// What only stood in the way of a rename and is dropped: its id on the way out. `origins` has its own.
    pub displaced: BTreeSet<ObjectId>,
    /// What the database cannot rename and so makes anew: new id and old id.
    pub remade: BTreeMap<ObjectId, ObjectId>,
    /// What is only spelled otherwise and has to be made anew for it.
    pub respelled: BTreeSet<ObjectId>,
    /// What people should know.
    pub notes: Vec<Note>,
}

/// What a database says of names.
#[derive(Clone, Copy)]
pub struct Naming<'a> {
    /// Which objects it can rename so. What it cannot is dropped and made under its new name.
    pub in_place: &'a dyn Fn(&ObjectId, &ObjectId) -> bool,
    /// The id of an object once another has its new name: (id, from, to).
    pub renamed: &'a dyn Fn(&ObjectId, &ObjectId, &ObjectId) -> ObjectId,
    /// The kinds that share one set of names.
    pub shared: &'a [&'a [Kind]],
}

/// Finds the renames that are still to be done. `wanted` are the (old, new) pairs that people wrote.
///
/// A rename is done already when its new name is there and is not itself renamed away. Objects that
/// trade names are renamed only when one of them is, in the live catalog, what another is desired to be:
/// otherwise nobody could tell whether it was done before.
pub fn resolve(live: &Catalog, desired: &Catalog, wanted: &[(ObjectId, ObjectId)], naming: &Naming<'_>) -> Renames {
    let mut renames = Renames::default();
    let mut current = live.clone();
    // Tables and what else stands alone first: the ids of what belongs to them, or is named by its types, follow.
    let level = |(_, new): &&(ObjectId, ObjectId)| match new {
        new if new.kind() == Kind::Schema => 0,
        new if new.parent().is_some() => 3,
        new if new.kind().is_routine() => 2,
        _ => 1,
    };
    for at in 0..4 {
        let mut possible = Vec::new();
        for (old, new) in wanted.iter().filter(|pair| level(pair) == at) {
            let steps = renames.steps.iter().filter(|_| new.parent().is_none());
            let now = steps.fold(old.clone(), |id, (from, to)| (naming.renamed)(&id, from, to));
            if !(naming.in_place)(&now, new) {
                if new.kind().is_routine() && current.contains(&now) && !current.contains(new) {
                    let message = format!(
                        "it cannot be renamed from {old}, which is dropped: what the TOML does not say of it, such as grants, is lost"
                    );
                    renames.notes.push(Note { id: new.clone(), message });
                }
                renames.remade.insert(new.clone(), under(&now, new));
                continue;
            }
            let now = under(&now, new);
            let aside = left_aside(&now, &current).filter(|aside| !desired.contains(aside));
            possible.push((aside.unwrap_or(now), new.clone()));
        }
        let (pairs, in_the_way) = pending(possible, (&current, naming.shared), desired, &mut renames.notes);
        for id in in_the_way {
            let aside = scratch(&id, &current);
            run(&[(id, aside.clone())], &mut current, &mut renames, naming);
            renames.displaced.insert(aside);
        }
        run(&pairs, &mut current, &mut renames, naming);
    }
    for (id, _) in desired.iter() {
        if let Some((there, _)) = current.get_key_value(id)
            && !there.name().same_spelling(id.name())
        {
            if (naming.in_place)(there, id) {
                run(&[(there.clone(), id.clone())], &mut Catalog::default(), &mut renames, naming);
            } else {
                renames.respelled.insert(id.clone());
            }
        }
    }
    renames
}

impl Renames {
    /// The same with these, of which each takes a name that is free in the catalog after all others.
    pub fn add(&mut self, pairs: &[(ObjectId, ObjectId)], current: &Catalog, naming: &Naming<'_>) {
        run(pairs, &mut current.clone(), self, naming);
    }
}

/// The old id as it is once the parent of the new one has its new name.
fn under(old: &ObjectId, new: &ObjectId) -> ObjectId {
    new.parent().map_or_else(|| old.clone(), |parent| parent.child(old.kind(), old.name().clone()))
}

/// Which of the renames of one level are to be done, and what has to go out of their way to be dropped.
fn pending(
    wanted: Vec<(ObjectId, ObjectId)>,
    (live, shared): (&Catalog, &[&[Kind]]),
    desired: &Catalog,
    notes: &mut Vec<Note>,
) -> (Vec<(ObjectId, ObjectId)>, Vec<ObjectId>) {
    let mut left: Vec<_> = wanted.into_iter().filter(|(old, new)| old != new && live.contains(old)).collect();
    let mut done = Vec::new();
    let mut freed: BTreeSet<ObjectId> = BTreeSet::new();
    // A name that is free, or becomes free by a rename found before, can be taken.
    loop {
        let (free, taken): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|(_, new)| holder(live, new, shared).is_none_or(|held| freed.contains(&held)));
        left = taken;
        if free.is_empty() {
            break;
        }
        freed.extend(free.iter().map(|(old, _)| old.clone()));
        done.extend(free);
    }
    // What is left waits for names that are taken: objects that trade names, or renames done before.
    let olds: BTreeSet<&ObjectId> = left.iter().map(|(old, _)| old).collect();
    let news: BTreeSet<&ObjectId> = left.iter().map(|(_, new)| new).collect();
    let trades = |(old, new): &(ObjectId, ObjectId)| olds.contains(new) && news.contains(old);
    let not_done =
        |(old, new): &(ObjectId, ObjectId)| alike(live, old, desired, new) && !alike(live, new, desired, new);
    let traded = left.iter().filter(|pair| trades(pair)).any(not_done);
    let mut in_the_way = Vec::new();
    for pair in &left {
        let (old, new) = pair;
        if let Some(held) = holder(live, new, shared).filter(|held| held != new) {
            // Of another kind: it was not renamed before.
            if !desired.contains(&held) && !olds.contains(&held) {
                in_the_way.push(held);
            }
            done.push(pair.clone());
        } else if traded && trades(pair) {
            done.push(pair.clone());
        } else if trades(pair) && alike(live, old, desired, new) {
            let message = format!(
                "renamed_from = \"{}\" is taken as done: the two that trade names look the same; remove it once they have",
                old.name()
            );
            notes.push(Note { id: new.clone(), message });
        } else if !desired.contains(old) && not_done(pair) {
            in_the_way.push(new.clone());
            done.push(pair.clone());
        } else if !desired.contains(old) {
            notes.push(Note {
                id: new.clone(),
                message: format!("renamed_from = \"{}\" is not done: {new} is there already, beside {old}", old.name()),
            });
        }
    }
    (done, in_the_way)
}

/// Whether one is, but for its name, what the other is, with the columns that belong to it.
fn alike(live: &Catalog, a: &ObjectId, desired: &Catalog, b: &ObjectId) -> bool {
    let shape = |catalog: &Catalog, id: &ObjectId| {
        let of = catalog.within(id).filter(|(child, _)| *child == id || child.kind() == Kind::Column);
        // A default may name what follows the rename, as the sequence of a `serial`.
        let bare = |object: &Object| match object {
            Object::Column(column) => Object::Column(Column { default: None, ..column.clone() }),
            other => other.clone(),
        };
        of.map(|(child, entry)| ((child != id).then(|| child.name().clone()), bare(&entry.object))).collect::<Vec<_>>()
    };
    shape(live, a) == shape(desired, b)
}

/// Adds the renames in an order in which each name is free when it is taken, and does them in `current`.
fn run(pairs: &[(ObjectId, ObjectId)], current: &mut Catalog, renames: &mut Renames, naming: &Naming<'_>) {
    let mut left: Vec<(ObjectId, ObjectId)> = pairs.to_vec();
    let before = |old: &ObjectId| renames.origins.get(old).or(renames.followers.get(old)).unwrap_or(old).clone();
    let origins: Vec<(ObjectId, ObjectId)> = pairs.iter().map(|(old, new)| (new.clone(), before(old))).collect();
    for (old, _) in pairs {
        renames.origins.remove(old);
        renames.followers.remove(old);
    }
    renames.origins.extend(origins);
    let contents = pairs.iter().filter(|(old, _)| old.kind() == Kind::Schema).flat_map(|(old, new)| {
        let inside = current.iter().map(|(id, _)| id).filter(|id| id.parent().is_none() && id.is_in_schema(old));
        inside.map(|id| ((naming.renamed)(id, old, new), id.clone())).collect::<Vec<_>>()
    });
    renames.origins.extend(contents);
    while !left.is_empty() {
        // What its table has taken along is there.
        left.retain(|(old, new)| old == new || current.contains(old) || !current.contains(new));
        let is_free = |new: &ObjectId| holder(current, new, naming.shared).is_none();
        let next = left.iter().position(|(old, new)| is_by_case(old, new) || (old != new && is_free(new)));
        if left.is_empty() {
            break;
        }
        let (old, new) = left.remove(next.unwrap_or(0));
        let to = if next.is_some() { new.clone() } else { scratch(&old, current) };
        for (id, now) in rename(current, &old, &to, naming) {
            if id.parent().is_some() || id == old || renames.origins.contains_key(&now) {
                continue;
            }
            if let Some(origin) = renames.origins.remove(&id) {
                renames.origins.insert(now, origin);
            } else {
                let origin = renames.followers.remove(&id).unwrap_or(id);
                renames.followers.insert(now, origin);
            }
        }
        if next.is_none() {
            left.push((to.clone(), new));
        }
        renames.steps.push((old, to));
    }
}

/// Renames in the catalog; all ids that are others by it.
fn rename(catalog: &mut Catalog, old: &ObjectId, new: &ObjectId, naming: &Naming<'_>) -> Vec<(ObjectId, ObjectId)> {
    let renamed = |id: &ObjectId| (id.clone(), (naming.renamed)(id, old, new));
    let along: Vec<(ObjectId, ObjectId)> = taken_along(catalog, old, new).collect();
    let moved: Vec<(ObjectId, ObjectId)> = if old.parent().is_some() {
        catalog.within(old).map(|(id, _)| renamed(id)).collect()
    } else {
        catalog.iter().map(|(id, _)| renamed(id)).filter(|(id, now)| id.is_within(old) || id != now).collect()
    };
    let moved: Vec<(ObjectId, ObjectId)> = moved.into_iter().chain(along).collect();
    for (id, now) in &moved {
        if let Some(entry) = catalog.remove(id) {
            // The new name was seen to be free.
            let _ = catalog.insert(now.clone(), entry);
        }
    }
    moved
}

/// The sequences that columns of a table own, and that go to another schema with it.
pub fn taken_along<'c>(
    catalog: &'c Catalog,
    old: &'c ObjectId,
    new: &'c ObjectId,
) -> impl Iterator<Item = (ObjectId, ObjectId)> + 'c {
    let moves = old.kind() == Kind::Table && old.schema() != new.schema();
    let sequences = catalog.iter().filter(move |(id, entry)| match &entry.object {
        Object::Sequence(sequence) if moves && id.schema() == old.schema() => {
            sequence.owned_by.as_ref().is_some_and(|column| column.root() == old || column.root() == new)
        }
        _ => false,
    });
    sequences.map(|(id, _)| (id.clone(), ObjectId::top(Kind::Sequence, new.schema().cloned(), id.name().clone())))
}

/// What has the name that an object is to have: one of its kind, or of those that share their names with it.
fn holder(catalog: &Catalog, new: &ObjectId, shared: &[&[Kind]]) -> Option<ObjectId> {
    if catalog.contains(new) {
        return Some(new.clone());
    }
    if new.parent().is_some() {
        return None;
    }
    let kinds = shared.iter().filter(|kinds| kinds.contains(&new.kind())).flat_map(|kinds| kinds.iter());
    let mut others = kinds.map(|kind| ObjectId::top(*kind, new.schema().cloned(), new.name().clone()));
    others.find(|other| catalog.contains(other))
}

/// Whether only the case of a column's or an index's name changes, which takes one step; a table's may be a file's.
fn is_by_case(old: &ObjectId, new: &ObjectId) -> bool {
    old == new && matches!(old.kind(), Kind::Column | Kind::Index)
}

/// A name beside the old one that nothing has, short enough for every server.
fn scratch(id: &ObjectId, taken: &Catalog) -> ObjectId {
    (0..=taken.len()).map(|at| aside(id, at)).find(|third| !taken.contains(third)).unwrap_or_else(|| id.clone())
}

/// Such a name.
fn aside(id: &ObjectId, at: usize) -> ObjectId {
    let name = Name::exact(format!("__trueup_{at}_{}", id.name().key().chars().take(10).collect::<String>()));
    match id.parent() {
        Some(parent) => parent.child(id.kind(), name),
        None => ObjectId::top(id.kind(), id.schema().cloned(), name),
    }
}

/// What an apply that was interrupted has left under such a name on its way.
fn left_aside(id: &ObjectId, catalog: &Catalog) -> Option<ObjectId> {
    const LIKELY: usize = 4;
    (0..LIKELY).map(|at| aside(id, at)).find(|aside| catalog.contains(aside))
}
