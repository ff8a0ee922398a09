//! Where each constraint of a table is written: on its column where that says the same, else on its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Entry, Kind, Name, Object, ObjectId};
use crate::dialect::Dialect;

use super::form::Attribute;
use super::{check, foreign_key, unique};

/// Where a constraint is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Home {
    /// As keys of a column.
    Column { column: ObjectId, attributes: Vec<Attribute> },
    /// Under a key of the table's section for its kind: its name, or a label where it has none.
    Section { key: String },
}

/// What a constraint says as sugar on its one column, if that says the same.
pub(crate) fn of(
    catalog: &Catalog,
    id: &ObjectId,
    entry: &Entry,
    dialect: &dyn Dialect,
) -> Option<(ObjectId, Vec<Attribute>)> {
    let table = id.parent()?;
    // On its column there is no place for its comment.
    if entry.comment.is_some() {
        return None;
    }
    let (unnamed, found) = match &entry.object {
        Object::Unique(unique) => (unique.unnamed, unique::sugar(unique)),
        // There `check` of a column is another thing, which is no constraint of the table.
        Object::Check(_) if dialect.column_check_is_its_own() => return None,
        Object::Check(check) => (check.unnamed, check::sugar(table, entry, check)),
        Object::ForeignKey(key) => (key.unnamed, foreign_key::sugar(key, dialect.unsaid_action())),
        _ => return None,
    };
    let (column, attributes) = found?;
    if !unnamed {
        let implied = dialect.implied_name(table, &entry.object, 0);
        if implied.unnamed || implied.name != *id.name() {
            return None;
        }
    }
    let column = table.child(Kind::Column, column.clone());
    catalog.contains(&column).then_some((column, attributes))
}

/// Where all constraints and indexes of a table are written.
pub(crate) fn homes(catalog: &Catalog, table: &ObjectId, dialect: &dyn Dialect) -> BTreeMap<ObjectId, Home> {
    let mut candidates = Vec::new();
    let mut labels = Labels::default();
    for (id, entry) in in_reading_order(catalog, table) {
        if let Some(name) = own_name(id, &entry.object) {
            labels.take(id.kind(), name.as_str());
        }
        candidates.push((id, entry, of(catalog, id, entry, dialect)));
    }
    // Two checks of one column have one key to share: which of them it would be, nobody could tell.
    let mut checks: BTreeMap<&ObjectId, usize> = BTreeMap::new();
    for (column, _) in candidates.iter().filter(|(id, ..)| id.kind() == Kind::Check).filter_map(|(.., s)| s.as_ref()) {
        *checks.entry(column).or_default() += 1;
    }
    let mut taken = BTreeSet::new();
    let mut homes = BTreeMap::new();
    for (id, entry, sugar) in &candidates {
        let free = sugar.as_ref().filter(|(column, _)| {
            (id.kind() != Kind::Check || checks.get(column) == Some(&1)) && taken.insert((id.kind(), column))
        });
        let home = match free {
            Some((column, attributes)) => Home::Column { column: column.clone(), attributes: attributes.clone() },
            None => Home::Section { key: labels.key(id, &entry.object) },
        };
        homes.insert((*id).clone(), home);
    }
    homes
}

/// What belongs to a table and has a key of its own there, in the order in which it is read.
pub(crate) fn in_reading_order<'a>(catalog: &'a Catalog, table: &'a ObjectId) -> Vec<(&'a ObjectId, &'a Entry)> {
    let mut list: Vec<_> = catalog
        .children(table)
        .filter(|(id, _)| matches!(id.kind(), Kind::Unique | Kind::Check | Kind::ForeignKey | Kind::Index))
        .collect();
    list.sort_by_key(|(id, entry)| (id.kind(), entry.position, *id));
    list
}

/// The keys in use below one table, and the labels made up for what has no name.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    taken: BTreeSet<(Kind, String)>,
    numbers: BTreeMap<(Kind, String), u32>,
}

impl Labels {
    /// Says that a key is in use.
    pub(crate) fn take(&mut self, kind: Kind, key: &str) {
        self.taken.insert((kind, key.to_lowercase()));
    }

    /// The key of an object: its name, or a label that no other has.
    pub(crate) fn key(&mut self, id: &ObjectId, object: &Object) -> String {
        if let Some(name) = own_name(id, object) {
            return name.as_str().to_owned();
        }
        let table = id.parent().map_or("", |table| table.name().as_str());
        let label = match object {
            Object::Unique(one) => unique::label(table, one),
            Object::Check(_) => check::label(table),
            Object::ForeignKey(one) => foreign_key::label(table, one),
            _ => id.name().as_str().to_owned(),
        };
        self.free(id.kind(), label)
    }

    fn free(&mut self, kind: Kind, label: String) -> String {
        if self.taken.insert((kind, label.to_lowercase())) {
            return label;
        }
        let stem = label.strip_suffix("_1").unwrap_or(&label).to_owned();
        // The number goes on where it stopped, so that a thousand checks are not a million tries.
        let number = self.numbers.entry((kind, stem.clone())).or_insert(1);
        loop {
            *number += 1;
            let label = format!("{stem}_{number}");
            if self.taken.insert((kind, label.to_lowercase())) {
                return label;
            }
        }
    }
}

fn own_name<'a>(id: &'a ObjectId, object: &Object) -> Option<&'a Name> {
    let unnamed = match object {
        Object::Unique(unique) => unique.unnamed,
        Object::Check(check) => check.unnamed,
        Object::ForeignKey(key) => key.unnamed,
        _ => false,
    };
    (!unnamed).then(|| id.name())
}
