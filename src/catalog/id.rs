//! Typed ids. Nobody takes an address apart again: an id is made where the object is made.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use super::name::Name;

/// The identity of one object. Cheap to clone; its `Display` is the address.
#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct ObjectId(Arc<Node>);

struct Node {
    kind: Kind,
    parent: Option<ObjectId>,
    schema: Option<Name>,
    name: Name,
    /// The way from the top: what belongs to an object begins with its path, and paths sort as ids do. Ids are compared
    /// more often than anything else is done.
    path: Box<[u8]>,
}

/// An id as it is stored.
#[derive(Serialize, Deserialize)]
struct Written {
    kind: Kind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<ObjectId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    schema: Option<Name>,
    name: Name,
}

impl From<Written> for ObjectId {
    fn from(written: Written) -> Self {
        Self::new(written.kind, written.parent, written.schema, written.name)
    }
}

impl From<ObjectId> for Written {
    fn from(id: ObjectId) -> Self {
        let (parent, schema) = (id.parent().cloned(), id.schema().cloned());
        Self { kind: id.kind(), parent, schema, name: id.name().clone() }
    }
}

impl ObjectId {
    fn new(kind: Kind, parent: Option<Self>, schema: Option<Name>, name: Name) -> Self {
        let above = parent.as_ref().map_or(&[][..], |parent| &parent.0.path);
        let within = schema.as_ref().map_or("", Name::key);
        let mut path = Vec::with_capacity(above.len() + within.len() + name.key().len() + 4);
        path.extend_from_slice(above);
        path.push(kind as u8);
        path.push(u8::from(schema.is_some()));
        if schema.is_some() {
            append(&mut path, within);
        }
        append(&mut path, name.key());
        Self(Arc::new(Node { kind, parent, schema, name, path: path.into_boxed_slice() }))
    }

    /// An object that stands on its own. `schema` is absent in the connection's default schema
    /// and in databases that have none.
    pub fn top(kind: Kind, schema: Option<Name>, name: Name) -> Self {
        Self::new(kind, None, schema, name)
    }

    /// An object that belongs to this one.
    #[must_use]
    pub fn child(&self, kind: Kind, name: Name) -> Self {
        Self::new(kind, Some(self.clone()), None, name)
    }

    /// An object that belongs to this one, for one schema: default privileges.
    #[must_use]
    pub fn child_in(&self, kind: Kind, schema: Option<Name>, name: Name) -> Self {
        Self::new(kind, Some(self.clone()), schema, name)
    }

    /// The primary key of this table. Its own name, if it has one, is an attribute.
    #[must_use]
    pub fn primary_key(&self) -> Self {
        self.child(Kind::PrimaryKey, Name::exact(""))
    }

    /// What kind of object it is.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// The object it belongs to.
    pub fn parent(&self) -> Option<&Self> {
        self.0.parent.as_ref()
    }

    /// The top-level object it belongs to, or itself.
    pub fn root(&self) -> &Self {
        let mut id = self;
        while let Some(parent) = id.parent() {
            id = parent;
        }
        id
    }

    /// The schema of a top-level object, unless it is the default one.
    pub fn schema(&self) -> Option<&Name> {
        self.0.schema.as_ref()
    }

    /// The object's own name; empty for a primary key.
    pub fn name(&self) -> &Name {
        &self.0.name
    }

    /// The name without the types that tell a routine from others of its name.
    pub fn bare_name(&self) -> &str {
        let name = self.name().as_str();
        if self.kind().is_routine() { name.split_once('(').map_or(name, |(bare, _)| bare) } else { name }
    }

    /// Whether it is this object or belongs to it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.path.starts_with(&other.0.path)
    }

    /// The same object under another parent or name: what renaming `from` to `to` makes of it.
    #[must_use]
    pub fn renamed(&self, from: &Self, to: &Self) -> Self {
        if self == from {
            return to.clone();
        }
        if from.kind() == Kind::Schema {
            return self.in_renamed_schema(from, to);
        }
        match self.parent() {
            Some(parent) if self.is_within(from) => {
                parent.renamed(from, to).child_in(self.kind(), self.schema().cloned(), self.name().clone())
            }
            _ => self.clone(),
        }
    }

    /// The id of the same object once the schema that it lives in, or is beside, has another name.
    fn in_renamed_schema(&self, from: &Self, to: &Self) -> Self {
        let schema = self.schema().map(|schema| if schema == from.name() { to.name() } else { schema }).cloned();
        match self.parent() {
            Some(parent) => parent.renamed(from, to).child_in(self.kind(), schema, self.name().clone()),
            None => Self::top(self.kind(), schema, self.name().clone()),
        }
    }

    /// Whether it lives in a schema, by itself or with what it belongs to.
    pub fn is_in_schema(&self, schema: &Self) -> bool {
        schema.kind() == Kind::Schema && self.root().schema() == Some(schema.name())
    }

    /// The address written with dots and, where a name needs it, double quotes.
    pub fn address(&self) -> String {
        self.to_string()
    }
}

/// A name as a part of a path: no part is the beginning of another, and they sort as the names do.
fn append(path: &mut Vec<u8>, name: &str) {
    for byte in name.bytes() {
        // The end is a zero, so a zero within is none; TOML can hold one, though no database can.
        match byte {
            0 | 1 => path.extend([1, byte]),
            byte => path.push(byte),
        }
    }
    path.push(0);
}

impl PartialEq for ObjectId {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.path == other.0.path
    }
}
impl Eq for ObjectId {}
impl Hash for ObjectId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.path.hash(state);
    }
}

/// By the path from the top, so that what belongs to an object follows it.
impl Ord for ObjectId {
    fn cmp(&self, other: &Self) -> Ordering {
        if Arc::ptr_eq(&self.0, &other.0) { Ordering::Equal } else { self.0.path.cmp(&other.0.path) }
    }
}
impl PartialOrd for ObjectId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A name as one part of an address: quoted when it holds a dot, a quote or nothing plain.
pub fn quote_part(name: &str) -> String {
    let plain = !name.is_empty()
        && name.chars().all(|c| c != '.' && c != '"' && c != '\'' && !c.is_whitespace() && !c.is_control());
    if plain {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent() {
            write!(f, "{parent}.")?;
        }
        if self.kind() == Kind::DefaultGrants {
            // As it is written: `default_privilege.app.in_schema.billing.table`.
            return match self.schema() {
                Some(schema) => write!(f, "in_schema.{}.{}", quote_part(schema.as_str()), self.name()),
                None => write!(f, "{}", self.name()),
            };
        }
        write!(f, "{}", self.kind())?;
        if self.kind().is_nameless() {
            return Ok(());
        }
        f.write_str(".")?;
        if let Some(schema) = self.schema() {
            write!(f, "{}.", quote_part(schema.as_str()))?;
        }
        f.write_str(&quote_part(self.name().as_str()))
    }
}
impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str) -> ObjectId {
        ObjectId::top(Kind::Table, None, Name::exact(name))
    }

    #[test]
    fn address_is_the_path_in_the_toml() {
        let order = table("order");
        assert_eq!(order.child(Kind::Column, Name::exact("total")).to_string(), "table.order.column.total");
        assert_eq!(order.primary_key().to_string(), "table.order.primary_key");
        assert_eq!(table("a.b").to_string(), "table.\"a.b\"");
        let billing = ObjectId::top(Kind::Table, Some(Name::exact("billing")), Name::exact("invoice"));
        assert_eq!(billing.to_string(), "table.billing.invoice");
    }

    #[test]
    fn children_sort_after_their_parent_and_before_its_next_sibling() {
        let (a, b) = (table("a"), table("b"));
        let column = a.child(Kind::Column, Name::exact("z"));
        let mut ids = [b.clone(), column.clone(), a.clone()];
        ids.sort();
        assert_eq!(ids, [a, column, b]);
    }

    #[test]
    fn ids_sort_by_the_names_and_none_is_within_another_by_chance() {
        let names = ["", "\0", "\0a", "\u{1}", "a", "a\0", "a\0b", "a\u{1}", "ab", "b"];
        let tables: Vec<ObjectId> = names.iter().map(|name| table(name)).collect();
        assert!(tables.is_sorted());
        for (at, one) in tables.iter().enumerate() {
            for (other_at, other) in tables.iter().enumerate() {
                assert_eq!(one.child(Kind::Column, Name::exact("")).is_within(other), at == other_at, "{one} {other}");
            }
        }
    }

    #[test]
    fn renaming_a_table_moves_what_belongs_to_it() {
        let column = table("a").child(Kind::Column, Name::exact("c"));
        assert_eq!(column.renamed(&table("a"), &table("b")).to_string(), "table.b.column.c");
        assert_eq!(column.renamed(&table("x"), &table("b")), column);
    }
}
