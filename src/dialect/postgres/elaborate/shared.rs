//! What is written the same over columns of the same types is asked once, whatever the number of tables.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use crate::catalog::{Catalog, Index, Object, ObjectId, Options, Parameters, Table};
use crate::database::Elaborated;

use super::settled::Settled;
use super::stand_in::{StandIn, merged};
use super::{Against, is_its_own, note};

/// The questions so far.
#[derive(Default)]
pub(super) struct Shared {
    /// The object that asks for all who would ask the same.
    asked: HashMap<String, ObjectId>,
    /// Who does not ask, and who does instead.
    followers: Vec<(ObjectId, ObjectId)>,
    /// What the server made of those that others rely on.
    answers: HashMap<ObjectId, Object>,
}

impl Shared {
    /// Takes out what another object asks already.
    pub(super) fn take(&mut self, live: &Catalog, desired: &Catalog, root: &ObjectId, stand_in: &mut StandIn) {
        let Some(columns) = columns(live, desired, root, stand_in) else { return };
        stand_in.parts.retain(|part| {
            let Some(entry) = desired.get(&part.id) else { return true };
            let Some(key) = key(root, &entry.object, &columns) else { return true };
            // The path that unqualified names are looked up on.
            let in_schema = entry.in_schema.as_ref().or_else(|| desired.get(root)?.in_schema.as_ref());
            let key = format!("{key} in {in_schema:?}");
            if let Some(first) = self.asked.get(&key) {
                self.followers.push((part.id.clone(), first.clone()));
                return false;
            }
            self.asked.insert(key, part.id.clone());
            true
        });
    }

    /// Keeps what the server made of an object.
    pub(super) fn answer(&mut self, id: &ObjectId, found: &Object) {
        if matches!(found, Object::Check(_) | Object::Index(_)) {
            self.answers.insert(id.clone(), found.clone());
        }
    }

    /// Judges those that did not ask.
    pub(super) fn judge(self, against: &Against<'_>, retyped: &BTreeSet<ObjectId>, elaborated: &mut Elaborated) {
        let Against { live, desired, deltas, .. } = *against;
        for (id, first) in self.followers {
            if let Some(reason) = elaborated.unknown.get(&first) {
                elaborated.unknown.insert(id, reason.clone());
                continue;
            }
            let (Some(old), Some(new)) = (live.get(&id), desired.get(&id)) else { continue };
            if let Some((_, attribute, message)) = elaborated.refused.iter().find(|(other, ..)| *other == first) {
                if is_its_own(new, &id, desired, deltas) {
                    elaborated.refused.push((id, *attribute, message.clone()));
                }
                continue;
            }
            let settled = Settled::new(against, elaborated, retyped).is_settled(&id);
            if let Some(judged) =
                self.answers.get(&first).and_then(|found| merged(&new.object, found)).filter(|_| settled)
            {
                note(elaborated, &id, (old, new), judged);
            }
        }
    }
}

/// The types of a table's columns, where they are all that its checks and indexes can depend on.
fn columns(live: &Catalog, desired: &Catalog, root: &ObjectId, stand_in: &StandIn) -> Option<BTreeMap<String, String>> {
    for catalog in [live, desired] {
        let Some(Object::Table(Table { inherits, partition_of: None, of_type: None, .. })) = catalog.object(root)
        else {
            return None;
        };
        if !inherits.is_empty() {
            return None;
        }
    }
    // A column that changes is another one in the stand-in.
    if stand_in.parts.iter().any(|part| matches!(desired.object(&part.id), Some(Object::Column(_)))) {
        return None;
    }
    let mut columns = BTreeMap::new();
    for (id, entry) in live.within(root) {
        let Object::Column(column) = &entry.object else { continue };
        let name = id.name().as_str();
        if !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
            return None;
        }
        let ty = column.ty.as_ref()?.as_str();
        columns.insert(name.to_owned(), format!("{ty} collate {:?}", column.collation));
    }
    Some(columns)
}

/// The question: the texts, and the types of all that they can mean.
fn key(root: &ObjectId, object: &Object, columns: &BTreeMap<String, String>) -> Option<String> {
    let mut key = match object {
        Object::Check(check) => format!("{check:?}"),
        Object::Index(index) => {
            let plain = Index { part_of: None, with: Parameters::new(), options: Options::default(), ..index.clone() };
            format!("{plain:?}")
        }
        _ => return None,
    };
    if key.contains("\\\\") {
        return None;
    }
    let text = key.replace("\\n", " ").replace("\\t", " ").replace("\\r", " ").to_lowercase();
    let own = root.name().as_str().to_lowercase();
    let own: BTreeSet<&str> = words(&own).collect();
    for word in words(&text).collect::<BTreeSet<_>>() {
        // The row as a whole, or the table by its name.
        if own.contains(word) {
            return None;
        }
        if let Some(ty) = columns.get(word) {
            let _ = write!(key, "; {word} {ty}");
        }
    }
    Some(key)
}

/// The words of a text, whatever they are.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}
