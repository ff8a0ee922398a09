//! The keys that are fields of the catalog: from the object to the TOML, as `document::stored` reads them.

use serde_json::{Map, Value as Json};

use crate::catalog::{Name, Object, ObjectId, Part, Sql};
use crate::dialect::Dialect;

use super::super::spec::{Key, Section, Shape};
use super::super::stored::fields_of;
use super::name::{self, qualified};
use super::value::{Pairs, Value, pair};

/// What an object says whose keys are all fields or options.
pub(super) fn pairs(section: &'static Section, object: &Object, dialect: &dyn Dialect) -> Pairs {
    let map = fields_of(object);
    let declared = section.keys.iter().flat_map(|keys| keys.iter());
    let mut pairs = written(declared, &map, dialect);
    // An empty list is no field, but a section that needs it has to say it.
    for key in section.required.iter().filter_map(|key| section.find(key)) {
        if matches!(key.shape, Shape::Texts) && !pairs.iter().any(|(known, _)| known == key.name) {
            pairs.push(pair(key.name, Value::List(Vec::new())));
        }
    }
    for spec in dialect.options().iter().filter(|spec| spec.on == object.kind()) {
        let word = spec.key.word();
        if !pairs.iter().any(|(key, _)| key == word)
            && let Some(value) = map.get(word).and_then(option)
        {
            pairs.push(pair(word, value));
        }
    }
    let long = |key: &str| section.find(key).is_some_and(|key| matches!(key.shape, Shape::Body)) && key != "do";
    // What spans lines is read best when it comes last.
    pairs.sort_by_key(|(key, _)| long(key));
    pairs
}

/// What an object says in fields, where code of its own writes the others.
pub(super) fn more(section: &'static Section, object: &Object, dialect: &dyn Dialect) -> Pairs {
    let map = fields_of(object);
    written(section.keys.iter().flat_map(|keys| keys.iter()), &map, dialect)
}

fn written<'k>(keys: impl Iterator<Item = &'k Key>, map: &Map<String, Json>, dialect: &dyn Dialect) -> Pairs {
    let mut pairs = Pairs::new();
    for key in keys.filter(|key| key.on.has(dialect.name())) {
        let Some(field) = key.field else { continue };
        let value = match (key.shape, field.is_empty()) {
            (Shape::Record(inner), true) => {
                let inner = written(inner.iter(), map, dialect);
                (!inner.is_empty()).then_some(Value::Table(inner))
            }
            _ => map.get(field).and_then(|json| value(key.shape, json, dialect)),
        };
        pairs.extend(value.map(|value| pair(key.name, value)));
    }
    pairs
}

fn value(shape: Shape, json: &Json, dialect: &dyn Dialect) -> Option<Value> {
    match shape.resolved() {
        Shape::Bool => json.as_bool().map(Value::Bool),
        Shape::Not => json.as_bool().map(|value| Value::Bool(!value)),
        Shape::Integer => json.as_i64().map(|number| Value::Number(number.to_string())),
        Shape::Digits => Some(number_or_text(json.as_str()?)),
        Shape::Text | Shape::Words(_) => Some(Value::text(json.as_str()?)),
        Shape::Label => Some(Value::text(of::<Name>(json)?.as_str())),
        Shape::Name | Shape::NameOf(_) => Some(Value::Text(name::name(of::<Name>(json)?.as_str()))),
        Shape::Names | Shape::Roles => Some(name::names(&of::<Vec<Name>>(json)?)),
        Shape::Texts => list(json, |json| Some(Value::text(json.as_str()?))),
        Shape::Sql | Shape::Body => Some(Value::text(of::<Sql>(json)?.as_str())),
        Shape::Type => Some(Value::text(dialect.written_type(&of::<Sql>(json)?))),
        Shape::Sqls => list(json, |json| Some(Value::text(of::<Sql>(json)?.as_str()))),
        Shape::Types => list(json, |json| Some(Value::text(dialect.written_type(&of::<Sql>(json)?)))),
        Shape::Literal => Some(super::column::default(&of::<Sql>(json)?, dialect)),
        Shape::Parts => Some(name::parts(&of::<Vec<Part>>(json)?)),
        Shape::Table => Some(Value::Text(qualified(&of::<ObjectId>(json)?))),
        Shape::Tables => list(json, |json| Some(Value::Text(qualified(&of::<ObjectId>(json)?)))),
        Shape::ColumnOf | Shape::IndexOf => {
            let column = of::<ObjectId>(json)?;
            let table = qualified(column.parent()?);
            Some(Value::Text(format!("{table}.{}", name::name(column.name().as_str()))))
        }
        Shape::Setting => setting(json),
        Shape::Settings => map_of(json, setting),
        Shape::Params => map_of(json, |json| Some(number_or_text(json.as_str()?))),
        Shape::Mapping => map_of(json, |json| list(json, |json| Some(Value::text(of::<Sql>(json)?.as_str())))),
        Shape::Enabled => match json.as_str()? {
            "disabled" => Some(Value::Bool(false)),
            "origin" => None,
            word => Some(Value::text(word)),
        },
        Shape::Values => list(json, |json| Some(Value::text(json.as_str()?))),
        Shape::Record(keys) => Some(Value::Table(written(keys.iter(), json.as_object()?, dialect))),
        Shape::Records(keys) => list(json, |json| {
            let mut pairs = written(keys.iter(), json.as_object()?, dialect);
            match (pairs.len(), keys.first()) {
                (1, Some(first)) if pairs.iter().all(|(key, _)| key == first.name) => {
                    pairs.pop().map(|(_, value)| value)
                }
                _ => Some(Value::Table(pairs)),
            }
        }),
        Shape::Named(keys) => {
            let named = json.as_array()?.iter().filter_map(|json| {
                let name = of::<Name>(json.get("name")?)?;
                Some(pair(name.as_str(), Value::Table(written(keys.iter(), json.as_object()?, dialect))))
            });
            Some(Value::Table(named.collect()))
        }
        Shape::Either(Shape::Record(keys), other) => match json.as_object() {
            Some(map) => {
                let pairs = written(keys.iter(), map, dialect);
                match (pairs.as_slice(), keys.first()) {
                    // `identity = "always"` says what `{ generation = "always" }` says.
                    ([(key, value)], Some(first)) if key == first.name && matches!(first.shape, Shape::Words(_)) => {
                        Some(value.clone())
                    }
                    _ => Some(Value::Table(pairs)),
                }
            }
            None => value(*other, json, dialect),
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

fn of<T: serde::de::DeserializeOwned>(json: &Json) -> Option<T> {
    serde_json::from_value(json.clone()).ok()
}

fn list(json: &Json, write: impl FnMut(&Json) -> Option<Value>) -> Option<Value> {
    Some(Value::List(json.as_array()?.iter().filter_map(write).collect()))
}

fn map_of(json: &Json, mut write: impl FnMut(&Json) -> Option<Value>) -> Option<Value> {
    let pairs = json.as_object()?.iter().filter_map(|(key, json)| Some(pair(key, write(json)?)));
    Some(Value::Table(pairs.collect()))
}

fn setting(json: &Json) -> Option<Value> {
    match json.get("env") {
        Some(env) => Some(Value::Table(vec![pair("env", Value::text(env.as_str()?))])),
        None => Some(Value::text(json.as_str()?)),
    }
}

fn option(json: &Json) -> Option<Value> {
    match json {
        Json::Bool(value) => Some(Value::Bool(*value)),
        Json::Number(number) => Some(Value::Number(number.to_string())),
        Json::String(text) => Some(Value::text(text.as_str())),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// A number or a boolean without quotes, where that gives the same text back.
fn number_or_text(text: &str) -> Value {
    match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ if text.parse::<i64>().is_ok_and(|number| number.to_string() == text) => Value::Number(text.to_owned()),
        _ => Value::text(text),
    }
}

/// What a column says in fields.
pub(super) fn of_column(column: &crate::catalog::Column, dialect: &dyn Dialect) -> Vec<(&'static str, Value)> {
    let section = section_of(crate::catalog::Kind::Column);
    let map = fields_of(&Object::Column(column.clone()));
    let keys = section.keys.iter().flat_map(|keys| keys.iter()).filter(|key| key.on.has(dialect.name()));
    keys.filter_map(|key| Some((key.name, value(key.shape, map.get(key.field?)?, dialect)?))).collect()
}

/// The section of a kind.
pub(super) fn section_of(kind: crate::catalog::Kind) -> &'static Section {
    super::super::sections::of_kind(kind)
}
