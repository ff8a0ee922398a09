//! The JSON Schema of the TOML, for editors, from the declarations that the parser checks with.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::catalog::{Action, Kind};
use crate::dialect::DialectName;

use super::parse::BUT;
use super::sections::{self, HEAD, LATER, TOP};
use super::shape;
use super::spec::{Databases, Key, Section, Shape};

/// The JSON Schema of one TOML file (draft 2020-12).
pub fn json_schema() -> Value {
    let mut schema = Schema { definitions: BTreeMap::new() };
    let mut properties = Map::new();
    for key in HEAD {
        properties.insert(key.name.to_owned(), schema.key(key));
    }
    for section in TOP {
        // The database has no name in the TOML.
        let of_one = section.kind == Some(Kind::Database);
        let mut names = if of_one { json!({ "allOf": [schema.section(section)] }) } else { schema.children(section) };
        describe(&mut names, section.doc, section.on);
        properties.insert(section.word.to_owned(), names);
    }
    for (word, on, doc) in LATER {
        let mut value = json!({ "type": "object" });
        describe(&mut value, doc, *on);
        properties.insert((*word).to_owned(), value);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "trueup",
        "description": "What a database should hold.",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "$defs": schema.definitions,
    })
}

struct Schema {
    /// What several keys share.
    definitions: BTreeMap<String, Value>,
}

impl Schema {
    /// The value of a key, one for all databases or one for each.
    fn key(&mut self, key: &Key) -> Value {
        let mut value = if key.shape.may_differ() && !matches!(key.shape, Shape::Object(_)) {
            self.attribute(key.shape)
        } else {
            self.value(key.shape)
        };
        describe(&mut value, key.doc, key.on);
        value
    }

    fn attribute(&mut self, shape: Shape) -> Value {
        let one = self.value(shape);
        let Some(name) = name_of(shape) else {
            return json!({ "anyOf": [one, per_database(&one)] });
        };
        let name = format!("{name}_attribute");
        self.definitions.entry(name.clone()).or_insert_with(|| json!({ "anyOf": [one, per_database(&one)] }));
        reference(&name)
    }

    fn value(&mut self, shape: Shape) -> Value {
        let Some(name) = name_of(shape) else { return self.written_out(shape) };
        if !self.definitions.contains_key(name) {
            let value = self.written_out(shape);
            self.definitions.insert(name.to_owned(), value);
        }
        reference(name)
    }

    fn written_out(&mut self, shape: Shape) -> Value {
        let strings = || json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 });
        match shape.resolved() {
            Shape::Bool | Shape::Not => json!({ "type": "boolean" }),
            Shape::Digits => json!({ "type": ["string", "number"] }),
            Shape::Enabled => json!({ "enum": [true, false, "always", "replica", "origin"] }),
            Shape::Setting => self.setting(),
            Shape::Settings => json!({ "type": "object", "additionalProperties": self.setting() }),
            Shape::Params => {
                json!({ "type": "object", "additionalProperties": { "type": ["string", "number", "boolean"] } })
            }
            Shape::Mapping => json!({ "type": "object", "additionalProperties": self.value(Shape::Texts) }),
            Shape::Values => {
                let value = self.record(shape::ENUM_VALUE);
                json!({ "type": "array", "items": { "anyOf": [{ "type": "string" }, value] } })
            }
            Shape::Records(keys) => {
                let long = self.record(keys);
                json!({ "type": "array", "items": { "anyOf": [{ "type": "string" }, long] } })
            }
            // Where there is nothing to say, the name alone is what counts.
            Shape::Named(keys) => {
                let mut one = self.record(keys);
                insert(&mut one, "minProperties", json!(0));
                json!({ "type": "object", "additionalProperties": one })
            }
            Shape::Integer => json!({ "type": "integer" }),
            Shape::Text
            | Shape::Sql
            | Shape::Type
            | Shape::Body
            | Shape::Label
            | Shape::Name
            | Shape::NameOf(_)
            | Shape::QualifiedName
            | Shape::SignedName
            | Shape::Table
            | Shape::ColumnOf
            | Shape::IndexOf
            | Shape::Reference => json!({ "type": "string" }),
            Shape::Names => strings(),
            // `update of total, note` names columns, which no pattern knows.
            Shape::Events => {
                let columns = format!("^{} +{} ", any_case("update"), any_case("of"));
                let event = one_of(&["insert", "update", "delete", "truncate"]);
                let items = json!({ "anyOf": [event, { "type": "string", "pattern": columns }] });
                json!({ "type": "array", "items": items, "minItems": 1 })
            }
            Shape::Texts | Shape::Roles | Shape::Sqls | Shape::Types | Shape::Tables => {
                json!({ "type": "array", "items": { "type": "string" } })
            }
            Shape::Parts => {
                let part = self.record(sections::PART);
                json!({ "type": "array", "items": { "anyOf": [{ "type": "string" }, part] }, "minItems": 1 })
            }
            Shape::Action => {
                // PostgreSQL has `set null (a)` too.
                let columns = format!("^{} +({}|{}) *\\(", any_case("set"), any_case("null"), any_case("default"));
                json!({ "anyOf": [one_of(&Action::ALL.map(Action::words)), { "type": "string", "pattern": columns }] })
            }
            Shape::Words(words) => json!({ "enum": words }),
            Shape::Literal => {
                let mut sql = self.attribute(Shape::Sql);
                describe(&mut sql, "An expression.", Databases::ANY);
                json!({ "anyOf": [
                    { "type": ["string", "number", "boolean"] },
                    {
                        "type": "object",
                        "properties": { "sql": sql },
                        "required": ["sql"],
                        "additionalProperties": false,
                    },
                ] })
            }
            Shape::Record(keys) => self.record(keys),
            Shape::Either(one, other) => json!({ "anyOf": [self.value(*one), self.value(*other)] }),
            Shape::Only => json!({
                "type": "array",
                "items": {
                    "enum": DialectName::ALL.map(DialectName::word).into_iter().map(str::to_owned)
                        .chain(DialectName::ALL.map(|name| format!("{BUT}{}", name.word())))
                        .collect::<Vec<_>>(),
                },
                "minItems": 1,
            }),
            Shape::Object(section) => self.section(section),
            Shape::Children(section) => self.children(section),
            Shape::Unread | Shape::OptionOf(..) => json!({}),
        }
    }

    fn setting(&mut self) -> Value {
        let secret = self.record(shape::SECRET);
        json!({ "anyOf": [{ "type": "string" }, secret] })
    }

    fn record(&mut self, keys: &'static [Key]) -> Value {
        json!({
            "type": "object",
            "properties": self.properties(keys.iter().copied()),
            "additionalProperties": false,
            "minProperties": 1,
        })
    }

    fn properties(&mut self, keys: impl Iterator<Item = Key>) -> Map<String, Value> {
        // What two databases have is one key, for both.
        let mut merged: Vec<Key> = Vec::new();
        for key in keys {
            match merged.iter_mut().find(|other| other.name == key.name) {
                Some(other) => *other = key.only(other.on.or(key.on)),
                None => merged.push(key),
            }
        }
        merged.iter().map(|key| (key.name.to_owned(), self.key(key))).collect()
    }

    fn children(&mut self, section: &'static Section) -> Value {
        json!({ "type": "object", "additionalProperties": self.section(section) })
    }

    fn section(&mut self, section: &'static Section) -> Value {
        if !self.definitions.contains_key(section.word) {
            // Partitions have partitions.
            self.definitions.insert(section.word.to_owned(), Value::Null);
            let mut long = json!({
                "type": "object",
                "description": section.doc,
                "properties": self.properties(section.keys()),
                "additionalProperties": false,
            });
            // What may stand in several files, a part in each, has nothing that every part needs.
            if !section.required.is_empty() && !sections::may_be_added_to(section) {
                insert(&mut long, "required", json!(section.required));
            }
            let value = match section.short {
                Some((shape, _)) => {
                    let short = self.value(shape);
                    json!({ "anyOf": [short, long, per_database(&short)] })
                }
                None => long,
            };
            self.definitions.insert(section.word.to_owned(), value);
        }
        reference(section.word)
    }
}

/// The name of the definition of a shape that many keys have.
fn name_of(shape: Shape) -> Option<&'static str> {
    match shape {
        Shape::Bool | Shape::Not => Some("boolean"),
        Shape::Integer => Some("integer"),
        Shape::Text
        | Shape::Sql
        | Shape::Type
        | Shape::Body
        | Shape::Label
        | Shape::Name
        | Shape::NameOf(_)
        | Shape::QualifiedName
        | Shape::SignedName
        | Shape::Table
        | Shape::ColumnOf
        | Shape::IndexOf
        | Shape::Reference => Some("string"),
        Shape::Names => Some("strings"),
        Shape::Events => Some("events"),
        Shape::Parts => Some("parts"),
        Shape::Action => Some("action"),
        Shape::Literal => Some("literal"),
        Shape::Only => Some("databases"),
        Shape::Texts
        | Shape::Roles
        | Shape::Sqls
        | Shape::Types
        | Shape::Tables
        | Shape::Digits
        | Shape::Enabled
        | Shape::Setting
        | Shape::Settings
        | Shape::Params
        | Shape::Mapping
        | Shape::Values
        | Shape::Records(_)
        | Shape::Named(_)
        | Shape::Words(_)
        | Shape::Record(_)
        | Shape::Either(..)
        | Shape::Object(_)
        | Shape::Children(_)
        | Shape::OptionOf(..)
        | Shape::Unread => None,
    }
}

/// One of these words, whatever its letter cases: an editor offers them as they stand here.
fn one_of(words: &[&str]) -> Value {
    let pattern = words.iter().map(|word| any_case(word)).collect::<Vec<_>>().join("|");
    json!({ "anyOf": [{ "enum": words }, { "type": "string", "pattern": format!("^({pattern})$") }] })
}

/// A pattern for a word in any letter cases: JSON Schema has no flag for it.
fn any_case(word: &str) -> String {
    let both = |letter: char| match letter {
        ' ' => " +".to_owned(),
        letter => format!("[{}{letter}]", letter.to_ascii_uppercase()),
    };
    word.chars().map(both).collect()
}

fn per_database(value: &Value) -> Value {
    let properties: Map<_, _> = DialectName::ALL.iter().map(|name| (name.word().to_owned(), value.clone())).collect();
    json!({
        "type": "object",
        "description": "One value for each database; one that is not mentioned goes without.",
        "properties": properties,
        "additionalProperties": false,
        "minProperties": 1,
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn describe(value: &mut Value, doc: &str, on: Databases) {
    let text = if on == Databases::ANY { doc.to_owned() } else { format!("{doc} Only {}.", on.products()) };
    insert(value, "description", Value::String(text));
}

fn insert(value: &mut Value, key: &str, inner: Value) {
    if let Value::Object(map) = value {
        map.insert(key.to_owned(), inner);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn accepts(toml: &str) -> bool {
        let instance: Value = toml::from_str(toml).unwrap();
        let validator = jsonschema::validator_for(&json_schema()).unwrap();
        validator.iter_errors(&instance).inspect(|error| println!("{}: {error}", error.instance_path())).count() == 0
    }

    #[test]
    fn is_a_schema_and_takes_what_the_parser_takes() {
        assert!(accepts(super::super::tests::EXAMPLE));
        assert!(accepts("[table.t]\ncolumn.a = { type = { postgres = \"jsonb\", sqlite = \"text\" } }"));
        assert!(accepts("[table.t.trigger.x]\ntiming = \"before\"\nevents = [\"insert\"]\nbody = \"select 1;\""));
    }

    #[test]
    fn takes_actions_and_events_in_every_spelling() {
        for right in [
            "[table.t.foreign_key]\nk = { columns = [\"a\"], references = \"u(id)\", on_delete = \"SET NULL (a)\", on_update = \"Cascade\" }",
            "[table.t.trigger]\ntr = { timing = \"after\", events = [\"INSERT\", \"update of a, \\\"b c\\\"\"], body = \"x;\" }",
        ] {
            assert!(accepts(right), "{right}");
        }
    }

    #[test]
    fn refuses_what_the_parser_refuses() {
        for wrong in [
            "[tabel.t]",
            "[table.t]\ncolums = {}",
            "[table.t.column]\na = { typ = \"int\" }",
            "[table.t.column]\na = { null = \"yes\" }",
            "[table.t.index]\ni = { columns = [] }",
            "[table.t.index]\ni = { unique = true }",
            "[view.v]\nquery = 1",
            "only = [\"oracle\"]",
            "[table.t.foreign_key]\nk = { columns = [\"a\"], references = \"u(id)\", on_delete = \"casade\" }",
            "[table.t.trigger]\ntr = { timing = \"after\", events = [\"inserted\"], body = \"x;\" }",
        ] {
            assert!(!accepts(wrong), "{wrong}");
        }
    }
}
