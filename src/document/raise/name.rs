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
    if !id.kind().lives_in_schema() && id.kind() != crate::catalog::Kind::VirtualTable {
        return id.name().as_str().to_owned();
    }
    let part = |name: &Name| {
        let text = name.as_str();
        let before = text.split('(').next().unwrap_or(text);
        if text.starts_with('"') || before.contains('.') || text.contains('"') { quoted(text) } else { text.to_owned() }
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
    let nulls = part.nulls.map(|nulls| pair("nulls", Value::text(nulls.word())));
    let sql =
        |key: &str, sql: &Option<crate::catalog::Sql>| sql.as_ref().map(|sql| pair(key, Value::text(sql.as_str())));
    let more: Vec<_> = [
        sql("opclass", &part.opclass),
        sql("operator", &part.operator),
        part.length.map(|length| pair("length", Value::Number(length.to_string()))),
    ]
    .into_iter()
    .flatten()
    .collect();
    let of = match &part.of {
        PartOf::Column(column) if collation.is_none() && more.is_empty() => {
            let order = part.order.word().map(|word| format!(" {word}")).unwrap_or_default();
            let nulls = part.nulls.map(|nulls| format!(" nulls {}", nulls.word())).unwrap_or_default();
            return Value::Text(format!("{}{order}{nulls}", name(column.as_str())));
        }
        PartOf::Column(column) => pair("column", Value::Text(name(column.as_str()))),
        PartOf::Sql(sql) => pair("sql", Value::text(sql.as_str())),
    };
    Value::Table([Some(of), collation, order, nulls].into_iter().flatten().chain(more).collect())
}
