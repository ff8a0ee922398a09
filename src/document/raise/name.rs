//! Names inside strings: a plain word is the name, anything else stands in SQL's double quotes.

use crate::catalog::{Name, ObjectId, Part, PartOf};

use super::super::names::{is_plain_char, quoted};
use super::value::{Value, pair};

/// A name where other words may follow it.
pub(crate) fn name(name: &str) -> String {
    let plain = !name.is_empty() && name.chars().all(is_plain_char);
    if plain { name.to_owned() } else { quoted(name) }
}

/// Several names.
pub(crate) fn names(list: &[Name]) -> Value {
    Value::List(list.iter().map(|one| Value::Text(name(one.as_str()))).collect())
}

/// A table as `references` names it, with its schema where it has one.
pub(crate) fn qualified(id: &ObjectId) -> String {
    match id.schema() {
        Some(schema) => format!("{}.{}", name(schema.as_str()), name(id.name().as_str())),
        None => name(id.name().as_str()),
    }
}

/// The key of a top-level object, which is split at its dots.
pub(crate) fn top_key(id: &ObjectId) -> String {
    let part = |name: &Name| {
        let text = name.as_str();
        if text.starts_with('"') || text.contains('.') { quoted(text) } else { text.to_owned() }
    };
    id.schema().map_or_else(|| part(id.name()), |schema| format!("{}.{}", part(schema), part(id.name())))
}

/// The parts of a key or an index.
pub(crate) fn parts(list: &[Part]) -> Value {
    Value::List(list.iter().map(part).collect())
}

fn part(part: &Part) -> Value {
    let order = part.order.word().map(|word| pair("order", Value::text(word)));
    let collation = part.collation.as_ref().map(|name| pair("collation", Value::text(name.as_str())));
    let of = match &part.of {
        PartOf::Column(column) if collation.is_none() => {
            let column = name(column.as_str());
            return Value::Text(part.order.word().map_or_else(|| column.clone(), |word| format!("{column} {word}")));
        }
        PartOf::Column(column) => pair("column", Value::Text(name(column.as_str()))),
        PartOf::Sql(sql) => pair("sql", Value::text(sql.as_str())),
    };
    Value::Table([Some(of), collation, order].into_iter().flatten().collect())
}
