//! What a database holds, as nouns: no I/O and no SQL in here.

mod fingerprint;
mod foreign;
mod id;
mod kind;
mod name;
mod object;
mod operator;
mod option;
mod recent;
mod rights;
mod routine;
mod sequence;
mod setting;
mod space;
mod sql;
mod table;
mod types;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use fingerprint::Fingerprint;
pub use foreign::{ForeignDataWrapper, ForeignServer, ForeignTable, Publication, Published, Subscription, UserMapping};
pub use id::{ObjectId, quote_part};
pub use kind::Kind;
pub use name::{Folding, Name};
pub use object::{Enabled, Event, EventTrigger, ForEach, Index, Object, Rule, Statistics, Timing, Trigger, View};
pub use operator::{
    Cast, CastContext, Operator, OperatorClass, OperatorFamily, TextSearchConfiguration, TextSearchDictionary,
};
pub use option::{OptionKey, OptionSpec, OptionType, OptionValue, Options};
pub(crate) use recent::Recent;
pub use rights::{Command, DefaultGrants, DefaultPrivilege, Grant, Policy};
pub use routine::{Aggregate, Routine, ScheduledEvent};
pub use sequence::{Generation, Identity, Numbering, Sequence};
pub use setting::{Parameters, Setting, Settings};
pub use space::{Collation, Database, Extension, Schema};
pub use sql::Sql;
pub use table::{
    Action, Check, Column, Deferrable, Exclusion, ForeignKey, Generated, NotNull, Nulls, Order, Part, PartOf,
    Partition, Period, PrimaryKey, ReplicaIdentity, Subpartition, Table, Unique, VirtualTable,
};
pub use types::{Attribute, Composite, Domain, Enum, Range};

/// Whether a field has nothing to say, for serde.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// One object with what every object can have, and what is kept beside it outside equality.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    /// The object.
    pub object: Object,
    /// What people should know about it, where the database keeps that.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<Arc<str>>,
    /// The role that owns it; in the desired catalog none means whoever it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub owner: Option<Name>,
    /// The schema in which the SQL of its file looks for names first, before the default one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub in_schema: Option<Name>,
    /// Where it stands among its siblings: columns in a table, objects in a file.
    pub position: u32,
    /// What its SQL text mentions that is an object of this catalog: weak references.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub mentions: Vec<ObjectId>,
    /// The statement that made it, where the database keeps it byte for byte (SQLite).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub source: Option<Arc<str>>,
    /// The next number that the database would give (MySQL's `AUTO_INCREMENT`): no part of what the table is.
    #[serde(skip)]
    pub counter: Option<i64>,
}

impl Entry {
    /// An object with nothing beside it.
    pub fn new(object: Object, position: u32) -> Self {
        Self {
            object,
            comment: None,
            owner: None,
            in_schema: None,
            position,
            mentions: Vec::new(),
            source: None,
            counter: None,
        }
    }

    /// Whether nothing that counts differs: the object, its comment, its owner.
    pub fn equals(&self, other: &Self) -> bool {
        self.object == other.object && self.comment == other.comment && self.owner == other.owner
    }

    /// Everything it refers to, exactly or by mention.
    pub fn references(&self, id: &ObjectId) -> Vec<ObjectId> {
        let mut ids = self.object.refers_to(id);
        ids.extend(self.mentions.iter().cloned());
        ids
    }
}

/// A set of objects and what each refers to. Copies share their entries until one is changed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Catalog {
    #[serde(with = "as_list")]
    entries: BTreeMap<ObjectId, Arc<Entry>>,
}

impl Catalog {
    /// Adds an object, unless the id is taken: then the entry is given back.
    pub fn insert(&mut self, id: ObjectId, entry: Entry) -> Result<(), Box<Entry>> {
        match self.entries.entry(id) {
            std::collections::btree_map::Entry::Vacant(vacant) => {
                vacant.insert(Arc::new(entry));
                Ok(())
            }
            std::collections::btree_map::Entry::Occupied(_) => Err(Box::new(entry)),
        }
    }

    /// Takes an object out.
    pub fn remove(&mut self, id: &ObjectId) -> Option<Entry> {
        self.entries.remove(id).map(Arc::unwrap_or_clone)
    }

    /// The entry of an id.
    pub fn get(&self, id: &ObjectId) -> Option<&Entry> {
        self.entries.get(id).map(AsRef::as_ref)
    }

    /// The entry of an id, to change.
    pub fn get_mut(&mut self, id: &ObjectId) -> Option<&mut Entry> {
        self.entries.get_mut(id).map(Arc::make_mut)
    }

    /// The id and the entry, the id spelled as this catalog spells it.
    pub fn get_key_value(&self, id: &ObjectId) -> Option<(&ObjectId, &Entry)> {
        self.entries.get_key_value(id).map(|(id, entry)| (id, entry.as_ref()))
    }

    /// The object of an id.
    pub fn object(&self, id: &ObjectId) -> Option<&Object> {
        self.get(id).map(|entry| &entry.object)
    }

    /// Whether it is there.
    pub fn contains(&self, id: &ObjectId) -> bool {
        self.entries.contains_key(id)
    }

    /// Everything, in the order of ids.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&ObjectId, &Entry)> {
        self.entries.iter().map(|(id, entry)| (id, entry.as_ref()))
    }

    /// How many objects there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What belongs to an object directly, in the order of ids. Ids sort by path, so this is a range.
    pub fn children<'a>(&'a self, parent: &'a ObjectId) -> impl Iterator<Item = (&'a ObjectId, &'a Entry)> + Clone {
        self.within(parent).filter(move |(id, _)| id.parent() == Some(parent))
    }

    /// The object and everything that belongs to it.
    pub fn within<'a>(&'a self, root: &'a ObjectId) -> impl Iterator<Item = (&'a ObjectId, &'a Entry)> + Clone {
        let after = self.entries.range(root..).take_while(move |(id, _)| id.is_within(root));
        after.map(|(id, entry)| (id, entry.as_ref()))
    }

    /// The columns of a table in their order.
    pub fn columns<'a>(&'a self, table: &'a ObjectId) -> Vec<(&'a ObjectId, &'a Column)> {
        let mut columns: Vec<_> = self
            .children(table)
            .filter_map(|(id, entry)| match &entry.object {
                Object::Column(column) => Some((entry.position, id, column)),
                _ => None,
            })
            .collect();
        columns.sort_by_key(|(position, id, _)| (*position, *id));
        columns.into_iter().map(|(_, id, column)| (id, column)).collect()
    }

    /// The primary key of a table.
    pub fn primary_key(&self, table: &ObjectId) -> Option<&PrimaryKey> {
        match self.object(&table.primary_key()) {
            Some(Object::PrimaryKey(key)) => Some(key),
            _ => None,
        }
    }
}

impl FromIterator<(ObjectId, Entry)> for Catalog {
    fn from_iter<T: IntoIterator<Item = (ObjectId, Entry)>>(iter: T) -> Self {
        Self { entries: iter.into_iter().map(|(id, entry)| (id, Arc::new(entry))).collect() }
    }
}

/// JSON has no maps with keys that are not strings, so a catalog is a list of `{ id, ... }`.
mod as_list {
    use super::{Arc, BTreeMap, Entry, ObjectId};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize)]
    struct Ref<'a> {
        id: &'a ObjectId,
        #[serde(flatten)]
        entry: &'a Entry,
    }
    #[derive(Deserialize)]
    struct Owned {
        id: ObjectId,
        #[serde(flatten)]
        entry: Entry,
    }

    pub(super) fn serialize<S: Serializer>(
        entries: &BTreeMap<ObjectId, Arc<Entry>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(entries.iter().map(|(id, entry)| Ref { id, entry }))
    }
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<ObjectId, Arc<Entry>>, D::Error> {
        Ok(Vec::<Owned>::deserialize(deserializer)?
            .into_iter()
            .map(|owned| (owned.id, Arc::new(owned.entry)))
            .collect())
    }
}
