//! Differences in words: the attributes of an object are its serialised fields, named as in the TOML.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::catalog::{Check, Column, Entry, ForeignKey, Object, Unique};

/// One attribute that differs; absent means it has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The key in the TOML.
    pub attribute: String,
    /// In the live database.
    pub from: Option<String>,
    /// As desired.
    pub to: Option<String>,
}

/// The same with what is said beside an object: its comment, and its owner where one is declared.
pub fn entry_differences(from: &Entry, to: &Entry) -> Vec<Difference> {
    let mut all = differences(&from.object, &to.object);
    if to.owner.is_some() && from.owner != to.owner {
        let of = |entry: &Entry| entry.owner.as_ref().map(ToString::to_string);
        all.push(Difference { attribute: "owner".to_owned(), from: of(from), to: of(to) });
    }
    if from.comment != to.comment {
        let of = |entry: &Entry| entry.comment.as_deref().map(str::to_owned);
        let (from, to) = (of(from), of(to));
        all.push(Difference { attribute: "comment".to_owned(), from, to });
    }
    all
}

/// What differs between two objects of one kind, attribute by attribute.
pub fn differences(from: &Object, to: &Object) -> Vec<Difference> {
    let (from, to) = (attributes(from), attributes(to));
    let mut keys: Vec<&String> = from.iter().map(|(key, _)| key).collect();
    keys.extend(to.iter().map(|(key, _)| key).filter(|key| !from.iter().any(|(k, _)| k == *key)));
    keys.into_iter()
        .filter_map(|key| {
            let of = |list: &[(String, Attribute)]| list.iter().find(|(k, _)| k == key).map(|(_, value)| value.clone());
            let (a, b) = (of(&from), of(&to));
            (a.as_ref().map(|x| &x.compared) != b.as_ref().map(|x| &x.compared)).then(|| Difference {
                attribute: key.clone(),
                from: shown(a.as_ref(), b.as_ref()),
                to: shown(b.as_ref(), a.as_ref()),
            })
        })
        .collect()
}

/// A value, or of a yes-or-no attribute that is absent the opposite of the other side.
fn shown(value: Option<&Attribute>, other: Option<&Attribute>) -> Option<String> {
    let opposite = |other: &Attribute| match other.shown.as_str() {
        "true" => Some("false".to_owned()),
        "false" => Some("true".to_owned()),
        _ => None,
    };
    value.map(|value| value.shown.clone()).or_else(|| other.and_then(opposite))
}

/// A few words on an object: what a reader of a plan wants to know of it.
pub fn summary(object: &Object) -> String {
    match object {
        // The address of a constraint without a name says it already.
        Object::Unique(Unique { unnamed: true, .. })
        | Object::Check(Check { unnamed: true, .. })
        | Object::ForeignKey(ForeignKey { unnamed: true, .. })
        | Object::Table(_)
        | Object::View(_) => String::new(),
        Object::Column(column) => column_summary(column),
        Object::Index(_) | Object::PrimaryKey(_) | Object::Unique(_) => attributes(object)
            .iter()
            .filter(|(key, _)| matches!(key.as_str(), "columns" | "unique" | "where"))
            .map(|(key, value)| match key.as_str() {
                "columns" => format!("({})", value.shown),
                "unique" => "unique".to_owned(),
                _ => format!("{key} {}", value.shown),
            })
            .collect::<Vec<_>>()
            .join(" "),
        Object::Check(check) => check.sql.to_string(),
        Object::ForeignKey(key) => {
            let list =
                |names: &[crate::catalog::Name]| names.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let target =
                if key.ref_columns.is_empty() { String::new() } else { format!(" ({})", list(&key.ref_columns)) };
            format!("({}) references {}{target}", list(&key.columns), key.references.name())
        }
        Object::VirtualTable(table) => format!("using {}", table.using),
        Object::Trigger(trigger) => trigger.timing.words().to_owned(),
        _ => String::new(),
    }
}

fn column_summary(column: &Column) -> String {
    let mut words: Vec<String> = column.ty.iter().map(ToString::to_string).collect();
    if column.null {
        words.push("null".to_owned());
    }
    words.extend(column.default.as_ref().map(|sql| format!("default {sql}")));
    words.extend(column.identity.as_ref().map(|identity| format!("identity {}", identity.generation.words())));
    words.extend(column.generated.as_ref().map(|generated| {
        format!("generated {} as ({})", if generated.stored { "stored" } else { "virtual" }, generated.sql)
    }));
    words.join(", ")
}

#[derive(Clone)]
struct Attribute {
    compared: String,
    shown: String,
}

fn attributes(object: &Object) -> Vec<(String, Attribute)> {
    // `{ "column": { ... } }`: serde's outer tag is the kind.
    let fields = match serde_json::to_value(object) {
        Ok(Value::Object(outer)) => outer.into_iter().next().map(|(_, fields)| fields),
        _ => None,
    };
    match fields {
        Some(Value::Object(fields)) => fields
            .into_iter()
            .filter(|(key, _)| key != "position")
            .map(|(key, value)| {
                let attribute = Attribute { compared: text(&value, "canonical"), shown: text(&value, "sql") };
                (key, attribute)
            })
            .chain(place(object))
            .collect(),
        _ => Vec::new(),
    }
}

/// Where a partition stands among the others, as people count.
fn place(object: &Object) -> Option<(String, Attribute)> {
    let Object::Partition(partition) = object else { return None };
    let place = (partition.position + 1).to_string();
    Some(("place".to_owned(), Attribute { compared: place.clone(), shown: place }))
}

/// A value as people read it. `Sql` and `Name` are serialised as text or as text with its compared form;
/// `form` says which of the two is wanted.
fn text(value: &Value, form: &str) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(|item| text(item, form)).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            if let (Some(Value::String(sql)), Some(Value::String(canonical))) =
                (fields.get("sql"), fields.get("canonical"))
            {
                return if form == "canonical" { canonical.clone() } else { sql.clone() };
            }
            if let (Some(Value::String(name)), Some(Value::String(key))) = (fields.get("name"), fields.get("key")) {
                return if form == "canonical" { key.clone() } else { name.clone() };
            }
            // An object that is referred to.
            if let (Some(_), Some(name)) = (fields.get("kind"), fields.get("name")) {
                let above = fields.get("parent").or_else(|| fields.get("schema")).map(|above| text(above, form) + ".");
                return above.unwrap_or_default() + &text(name, form);
            }
            // `update` of no columns is an update of any.
            let is_said = |(_, value): &(&String, &Value)| !matches!(value, Value::Array(items) if items.is_empty());
            let words = fields.iter().filter(is_said).map(|(key, value)| match (key.as_str(), value) {
                ("column" | "sql" | "name" | "order", value) => text(value, form),
                ("stored", Value::Bool(stored)) => if *stored { "stored" } else { "virtual" }.to_owned(),
                (key, Value::Bool(true)) => key.to_owned(),
                (key, Value::Bool(false)) => format!("not {key}"),
                (key, value) => format!("{key} {}", text(value, form)).trim_end().to_owned(),
            });
            let mut words: Vec<String> = words.collect();
            if form == "canonical" {
                // Parameters may stand in any order.
                words.sort();
            }
            words.join(" ")
        }
        Value::Null => "none".to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
