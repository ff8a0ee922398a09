//! What of the desired catalog is to be made true: everything, but for what is not managed, not selected or ignored.
//! All of that becomes, in the desired catalog, what it is in the live one, so that no later stage has to know of it.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::catalog::{Catalog, Entry, Kind, Object, ObjectId};

use super::rename::Note;

/// Says which objects a plan may touch.
pub trait Selection {
    /// Whether this object may be created, altered or dropped.
    fn selects(&self, id: &ObjectId) -> bool;

    /// What is done of an object with two names, the one that it has and the one that it is to have.
    fn of_both(&self, one: &ObjectId, other: &ObjectId) -> Together {
        match (self.selects(one), self.selects(other)) {
            (true, true) => Together::Selected,
            (false, false) => Together::NotAsked,
            _ => Together::Apart,
        }
    }

    /// Whether it is every object, so that none need be asked about.
    fn selects_everything(&self) -> bool {
        false
    }
}

/// Whether an object that gets another name is selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Together {
    /// Under both names.
    Selected,
    /// Under neither, by its own name.
    LeftOut,
    /// Under neither, as others are selected.
    NotAsked,
    /// Each name for itself: it is no rename.
    Apart,
}

/// All objects.
#[derive(Debug, Clone, Copy)]
pub struct Everything;

impl Selection for Everything {
    fn selects(&self, _: &ObjectId) -> bool {
        true
    }

    fn selects_everything(&self) -> bool {
        true
    }
}

/// Settles the desired catalog. `ignore` are the patterns below an object: `comment`, `column.*.default`, `index.tmp_*`.
/// Gives what is selected and not desired, and stays for what is left out; with what uses it.
pub fn settle(
    desired: &mut Catalog,
    live: &Catalog,
    selection: &dyn Selection,
    ignore: &[(ObjectId, Vec<String>)],
) -> Vec<(ObjectId, ObjectId)> {
    let mut needed = Vec::new();
    if !selection.selects_everything() {
        let both = live.iter().chain(desired.iter()).map(|(id, _)| id);
        let left: BTreeSet<ObjectId> = both.filter(|id| !selection.selects(id)).cloned().collect();
        // A part of an object that is not there yet takes the whole object along.
        let wanted = desired.iter().map(|(id, _)| id).filter(|id| !left.contains(*id) && !live.contains(id.root()));
        let whole: BTreeSet<ObjectId> = wanted.map(|id| id.root().clone()).collect();
        let left: Vec<ObjectId> = left.into_iter().filter(|id| !whole.contains(id.root())).collect();
        for id in &left {
            keep_live(desired, live, id);
        }
        for id in &left {
            forget_source(desired, live, id);
        }
        needed = keep_needed(desired, live, left);
        needed.retain(|(kept, _)| selection.selects(kept));
    }
    for (root, patterns) in ignore {
        let ids: BTreeSet<ObjectId> = live.within(root).chain(desired.within(root)).map(|(id, _)| id.clone()).collect();
        for id in ids {
            for pattern in patterns {
                ignore_in(desired, live, root, &id, pattern);
            }
        }
    }
    needed
}

/// Leaves one object as it is.
pub fn keep_live(desired: &mut Catalog, live: &Catalog, id: &ObjectId) {
    desired.remove(id);
    if let Some((id, entry)) = live.get_key_value(id)
        // A member of an extension is no object of its own.
        && (id.parent().is_none_or(|parent| desired.contains(parent) || live.contains(parent))
            || desired.contains(id.root()))
    {
        // It was just taken out.
        let _ = desired.insert(id.clone(), entry.clone());
    }
}

/// The statement that made an object does not make it with what is selected of it.
fn forget_source(desired: &mut Catalog, live: &Catalog, id: &ObjectId) {
    let same = |((one, a), (other, b)): ((&ObjectId, &Entry), (&ObjectId, &Entry))| one == other && a.equals(b);
    let is_whole = |desired: &Catalog| {
        desired.within(id).count() == live.within(id).count() && desired.within(id).zip(live.within(id)).all(same)
    };
    if desired.get(id).is_some_and(|entry| entry.source.is_some())
        && !is_whole(desired)
        && let Some(entry) = desired.get_mut(id)
    {
        entry.source = None;
    }
}

/// What stays keeps what it rests on: its schema, the type of a column, the table of a view. Gives what, and for what.
fn keep_needed(desired: &mut Catalog, live: &Catalog, mut open: Vec<ObjectId>) -> Vec<(ObjectId, ObjectId)> {
    let mut needed = Vec::new();
    while let Some(id) = open.pop() {
        let Some(entry) = live.get(&id).filter(|_| desired.contains(&id)) else { continue };
        let schema = id.root().schema().map(|name| ObjectId::top(Kind::Schema, None, name.clone()));
        for other in entry.references(&id).into_iter().chain(schema) {
            if !live.contains(&other) || desired.contains(&other) {
                continue;
            }
            let root = other.root();
            needed.push((if desired.contains(root) { other.clone() } else { root.clone() }, id.clone()));
            let kept: Vec<ObjectId> = if desired.contains(root) {
                vec![other]
            } else {
                live.within(root).map(|(part, _)| part.clone()).collect()
            };
            for part in &kept {
                keep_live(desired, live, part);
            }
            open.extend(kept);
        }
    }
    needed
}

/// The patterns of `ignore` that match nothing, most likely misspelled.
pub fn unmatched(desired: &Catalog, live: &Catalog, ignore: &[(ObjectId, Vec<String>)]) -> Vec<Note> {
    let mut notes = Vec::new();
    for (root, patterns) in ignore {
        let ids: BTreeSet<&ObjectId> = live.within(root).chain(desired.within(root)).map(|(id, _)| id).collect();
        let hits = |pattern: &str| {
            let (object, _) = pattern.rsplit_once('.').unwrap_or(("", pattern));
            ids.iter().any(|id| {
                let path = id.address();
                let below = path.strip_prefix(&root.address()).unwrap_or_default().trim_start_matches('.');
                let whole = *id != root
                    && (matches(pattern, below)
                        || (!pattern.contains('.') && below.split('.').next() == Some(pattern)));
                // An attribute of the object itself may be any; one of a part needs the part.
                whole || (matches(object, below) && (*id != root || !pattern.contains('.')))
            })
        };
        let lonely = patterns.iter().filter(|pattern| !hits(pattern));
        notes.extend(
            lonely.map(|pattern| Note { id: root.clone(), message: format!("ignore = \"{pattern}\" matches nothing") }),
        );
    }
    notes
}

fn ignore_in(desired: &mut Catalog, live: &Catalog, root: &ObjectId, id: &ObjectId, pattern: &str) {
    let path = id.address();
    let below = path.strip_prefix(&root.address()).unwrap_or_default().trim_start_matches('.');
    // `column.*.default` is an attribute of what `column.*` matches; `comment` is one of the root itself.
    let (object, attribute) = pattern.rsplit_once('.').unwrap_or(("", pattern));
    if id != root && (matches(pattern, below) || (!pattern.contains('.') && below.split('.').next() == Some(pattern))) {
        keep_live(desired, live, id);
    } else if matches(object, below) {
        keep_attribute(desired, live, id, attribute);
    }
}

/// `*` stands for one whole part, or for the rest of one: `tmp_*`.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('.').collect(), path.split('.').collect());
    pattern.len() == path.len()
        && pattern.iter().zip(&path).all(|(pattern, part)| match pattern.strip_suffix('*') {
            Some(start) => part.starts_with(start),
            None => pattern == part,
        })
}

fn keep_attribute(desired: &mut Catalog, live: &Catalog, id: &ObjectId, attribute: &str) {
    let (Some(old), Some(new)) = (live.get(id), desired.get_mut(id)) else { return };
    if let Some(object) = with_attribute(&new.object, &old.object, attribute) {
        *new = Entry { object, source: None, ..new.clone() };
    }
}

/// The object with one attribute taken from another, by its key in the TOML.
fn with_attribute(object: &Object, from: &Object, attribute: &str) -> Option<Object> {
    let (mut value, from) = (serde_json::to_value(object).ok()?, serde_json::to_value(from).ok()?);
    let fields = fields_of(&mut value)?;
    match from.as_object().and_then(|outer| outer.values().next()).and_then(|fields| fields.get(attribute)) {
        Some(theirs) => fields.insert(attribute.to_owned(), theirs.clone()),
        None => fields.shift_remove(attribute),
    };
    serde_json::from_value(value).ok()
}

fn fields_of(value: &mut Value) -> Option<&mut Map<String, Value>> {
    value.as_object_mut()?.values_mut().next()?.as_object_mut()
}
