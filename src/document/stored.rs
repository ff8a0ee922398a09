//! The keys that are fields of the catalog: from the TOML to the object, by the shapes that the sections declare.
//!
//! An object of the catalog is a serde type whose fields are named as the keys, so its JSON is the common ground:
//! what a shape reads here, `raise::stored` writes.

use serde_json::{Map, Value as Json, json};

use crate::catalog::{Kind, Object, ObjectId};

use super::fields::{Attributes, Fields, for_database, literal, part};
use super::lower::{Declared, Lowering};
use super::names;
use super::spec::{Key, Section, Shape};
use super::tree::{self, Item, Node, Value};

/// An object all of whose keys are fields.
pub(super) fn object(
    lowering: &mut Lowering<'_>,
    section: &'static Section,
    declared: &Declared<'_>,
    fields: &Fields<'_>,
) -> Option<(Object, Attributes)> {
    let kind = declared.id.kind();
    let (options, mut attributes) = fields.options(kind);
    let mut map = match serde_json::to_value(options) {
        Ok(Json::Object(map)) => map,
        _ => Map::new(),
    };
    collect(lowering, section.keys(), &|key| fields.get(key), &mut map, &mut attributes);
    finish(lowering, declared, kind, map).map(|object| (object, attributes))
}

/// An object with what its keys say that are fields, where code of its own reads the others.
pub(super) fn extend(
    lowering: &mut Lowering<'_>,
    section: &'static Section,
    declared: &Declared<'_>,
    fields: &Fields<'_>,
    object: Object,
    attributes: &mut Attributes,
) -> Option<Object> {
    let mut more = Map::new();
    let keys = section.keys.iter().flat_map(|keys| keys.iter()).filter(|key| key.field.is_some()).copied();
    collect(lowering, keys, &|key| fields.get(key), &mut more, attributes);
    if more.is_empty() {
        return Some(object);
    }
    let kind = object.kind();
    let mut map = fields_of(&object);
    map.append(&mut more);
    finish(lowering, declared, kind, map)
}

/// The fields of an object as JSON.
pub(super) fn fields_of(object: &Object) -> Map<String, Json> {
    match serde_json::to_value(object) {
        Ok(Json::Object(outer)) => match outer.into_iter().next() {
            Some((_, Json::Object(map))) => map,
            _ => Map::new(),
        },
        _ => Map::new(),
    }
}

fn finish(lowering: &mut Lowering<'_>, declared: &Declared<'_>, kind: Kind, map: Map<String, Json>) -> Option<Object> {
    let wrapped = Map::from_iter([(kind.word().to_owned(), Json::Object(map))]);
    match serde_json::from_value(Json::Object(wrapped)) {
        Ok(object) => Some(object),
        // What is missing or wrong is said already.
        Err(_) if declared.unsure => None,
        Err(error) => {
            lowering.error(format!("`{}` cannot be read: {error}", declared.id), &declared.place, "", String::new());
            None
        }
    }
}

fn collect<'n>(
    lowering: &mut Lowering<'_>,
    keys: impl Iterator<Item = Key>,
    get: &dyn Fn(&str) -> Option<&'n Node>,
    map: &mut Map<String, Json>,
    attributes: &mut Attributes,
) {
    let name = lowering.dialect.name();
    for key in keys.filter(|key| key.on.has(name)) {
        let (Some(field), Some(node)) = (key.field, get(key.name)) else { continue };
        if let (true, Shape::Record(inner)) = (field.is_empty(), key.shape) {
            let of = |word: &str| for_database(&tree::find(node.table()?, word)?.node, name);
            collect(lowering, inner.iter().copied(), &of, map, attributes);
        } else if let Some(value) = value(lowering, key.shape, node) {
            map.insert(field.to_owned(), value);
            attributes.push((key.name, node.place));
        }
    }
}

/// The fields of a table of keys.
fn record(lowering: &mut Lowering<'_>, keys: &'static [Key], items: &[Item]) -> Map<String, Json> {
    let (name, mut map) = (lowering.dialect.name(), Map::new());
    let of = |word: &str| for_database(&tree::find(items, word)?.node, name);
    collect(lowering, keys.iter().copied(), &of, &mut map, &mut Attributes::new());
    map
}

fn json<T: serde::Serialize>(value: T) -> Option<Json> {
    serde_json::to_value(value).ok()
}

/// The JSON of a value, as the field of its shape has it.
fn value(lowering: &mut Lowering<'_>, shape: Shape, node: &Node) -> Option<Json> {
    let dialect = lowering.dialect;
    match shape.resolved() {
        Shape::Bool => node.bool().map(Json::Bool),
        Shape::Not => node.bool().map(|value| Json::Bool(!value)),
        Shape::Integer => node.integer().map(Json::from),
        Shape::Digits => scalar(node).map(Json::String),
        Shape::Text | Shape::Words(_) => json(node.text()?),
        Shape::Label => json(lowering.name(Kind::Column, node.text()?)),
        Shape::Name => json(lowering.name(Kind::Column, names::name(node.text()?).ok()?)),
        Shape::NameOf(kind) => json(lowering.name(kind, names::name(node.text()?).ok()?)),
        Shape::Names => list(node, |node| json(lowering.name(Kind::Column, names::name(node.text()?).ok()?))),
        Shape::Roles => {
            let mut roles: Vec<_> = node.list()?.iter().filter_map(|node| names::name(node.text()?).ok()).collect();
            // PUBLIC is all of them, which is what there is without.
            if roles.iter().any(|role| role.eq_ignore_ascii_case("public")) {
                roles.clear();
            }
            roles.sort_unstable();
            json(roles)
        }
        Shape::Texts => list(node, |node| json(node.text()?)),
        Shape::Sql => json(dialect.expression(node.text()?)),
        Shape::Type => json(dialect.type_name(node.text()?)),
        Shape::Body => json(dialect.body(node.text()?)),
        Shape::Sqls => list(node, |node| json(dialect.expression(node.text()?))),
        Shape::Types => list(node, |node| json(dialect.type_name(node.text()?))),
        Shape::Literal => json(literal(dialect, node).map(|(sql, ..)| dialect.default_value(sql.as_str()))),
        Shape::Parts => list(node, |node| json(part(dialect, node)?)),
        Shape::Table => json(table(lowering, node)?),
        Shape::Tables => list(node, |node| json(table(lowering, node)?)),
        Shape::ColumnOf => {
            let (table, column) = names::column_of(node.text()?).ok()?;
            let table = lowering.qualified_id(Kind::Table, table, &node.place)?;
            json(table.child(Kind::Column, lowering.name(Kind::Column, column)))
        }
        Shape::IndexOf => {
            let (table, index) = names::column_of(node.text()?).ok()?;
            let table = lowering.qualified_id(Kind::Table, table, &node.place)?;
            json(table.child(Kind::Index, lowering.name(Kind::Index, index)))
        }
        Shape::Setting => setting(node),
        Shape::Settings => map_of(node, setting),
        Shape::Params => map_of(node, |node| scalar(node).map(Json::String)),
        Shape::Mapping => map_of(node, |node| list(node, |node| json(dialect.expression(node.text()?)))),
        Shape::Enabled => json(match (node.bool(), node.text()) {
            (Some(false), _) => "disabled",
            (None, Some("always")) => "always",
            (None, Some("replica")) => "replica",
            _ => "origin",
        }),
        Shape::Values => list(node, |node| {
            let value = node.table().map_or(Some(node), |items| Some(&tree::find(items, "value")?.node));
            json(value?.text()?)
        }),
        Shape::Record(keys) => Some(Json::Object(record(lowering, keys, node.table()?))),
        Shape::Records(keys) => list(node, |node| match (node.table(), keys.first()) {
            (Some(items), _) => Some(Json::Object(record(lowering, keys, items))),
            (None, Some(first)) => Some(json!({ first.field?: value(lowering, first.shape, node)? })),
            (None, None) => None,
        }),
        Shape::Named(keys) => Some(Json::Array(
            node.table()?
                .iter()
                .map(|item| {
                    let mut map = record(lowering, keys, item.node.table().unwrap_or_default());
                    // Periods and parts of partitions are told apart as columns are.
                    let name = lowering.name(Kind::Column, &*item.key);
                    map.insert("name".to_owned(), json(name).unwrap_or_default());
                    Json::Object(map)
                })
                .collect(),
        )),
        Shape::Either(Shape::Record(keys), other) => match (node.table(), keys.first()) {
            (Some(items), _) => Some(Json::Object(record(lowering, keys, items))),
            // A word that stands for the first key: `identity = "always"`.
            (None, Some(Key { field: Some(field), shape: Shape::Words(_), .. })) => {
                Some(json!({ *field: value(lowering, *other, node)? }))
            }
            (None, _) => value(lowering, *other, node),
        },
        Shape::Either(..)
        | Shape::Action
        | Shape::Reference
        | Shape::QualifiedName
        | Shape::SignedName
        | Shape::Events
        | Shape::Only
        | Shape::Object(_)
        | Shape::Children(_)
        | Shape::OptionOf(..)
        | Shape::Unread => None,
    }
}

fn table(lowering: &mut Lowering<'_>, node: &Node) -> Option<ObjectId> {
    let name = names::qualified(node.text()?).ok()?;
    lowering.qualified_id(Kind::Table, name, &node.place)
}

fn list(node: &Node, read: impl FnMut(&Node) -> Option<Json>) -> Option<Json> {
    Some(Json::Array(node.list()?.iter().filter_map(read).collect()))
}

fn map_of(node: &Node, mut read: impl FnMut(&Node) -> Option<Json>) -> Option<Json> {
    let items = node.table()?.iter();
    Some(Json::Object(items.filter_map(|item| Some((String::from(&*item.key), read(&item.node)?))).collect()))
}

fn setting(node: &Node) -> Option<Json> {
    match node.table() {
        Some(items) => Some(json!({ "env": tree::find(items, "env")?.node.text()? })),
        None => json(node.text()?),
    }
}

/// A value that stands alone, as text.
fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) | Value::Integer(text) | Value::Float(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Date(_) | Value::List(_) | Value::Table(_) => None,
    }
}
