//! Text search dictionaries and configurations.

use crate::catalog::{ObjectId, Sql, TextSearchConfiguration};
use crate::plan::Draft;

use super::super::render::operator as render;
use super::super::sql::{qualified, quote};
use super::others::{of, pair};
use super::{Alter, Cx};

pub(super) fn create_dictionary(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(dictionary) = of!(cx.desired.object(id), TextSearchDictionary) else { return Vec::new() };
    vec![Draft::new(id, format!("create {id}"), render::dictionary(id, dictionary))]
}

pub(super) fn alter_dictionary(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((old, new)) = pair!(cx, id, TextSearchDictionary) else { return Alter::InPlace(Vec::new()) };
    if old.template != new.template {
        return Alter::Recreate;
    }
    let changed = new.options.iter().filter(|(key, value)| old.options.get(*key) != Some(*value));
    // An option without a value goes.
    let gone = old.options.keys().filter(|key| !new.options.contains_key(*key)).map(|key| quote(key));
    let parts: Vec<String> = changed.map(|(key, value)| render::pair(key, value)).chain(gone).collect();
    let sql = format!("ALTER TEXT SEARCH DICTIONARY {} ({})", qualified(id), parts.join(", "));
    Alter::InPlace(vec![Draft::new(id, format!("change {id}"), sql)])
}

pub(super) fn create_configuration(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(configuration) = of!(cx.desired.object(id), TextSearchConfiguration) else { return Vec::new() };
    vec![Draft::of(id, format!("create {id}"), render::configuration(id, configuration))]
}

/// Whether two configurations are one, however they name what the server has by itself: `default` is a word of SQL, so the
/// server writes it in quotes.
pub(in super::super) fn is_same(a: &TextSearchConfiguration, b: &TextSearchConfiguration) -> bool {
    let mapping = |of: &TextSearchConfiguration| -> Vec<(String, Vec<String>)> {
        let said = of.mapping.iter().filter(|(_, dictionaries)| !dictionaries.is_empty());
        said.map(|(token, dictionaries)| (token.clone(), dictionaries.iter().map(bare).collect())).collect()
    };
    bare(&a.parser) == bare(&b.parser) && mapping(a) == mapping(b)
}

/// A name without the schema of what the server has by itself, and without quotes where it is a word.
fn bare(name: &Sql) -> String {
    let text = name.as_str().trim();
    let text = text.strip_prefix("pg_catalog.").unwrap_or(text);
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let is_word = |inner: &&str| inner.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    inner.filter(is_word).unwrap_or(text).to_owned()
}

pub(super) fn alter_configuration(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((old, new)) = pair!(cx, id, TextSearchConfiguration) else { return Alter::InPlace(Vec::new()) };
    if bare(&old.parser) != bare(&new.parser) {
        return Alter::Recreate;
    }
    let none: Vec<Sql> = Vec::new();
    let mut sql = Vec::new();
    let is_gone = |token: &str| new.mapping.get(token).is_none_or(Vec::is_empty);
    for token in old.mapping.keys().filter(|token| is_gone(token)) {
        sql.push(format!("ALTER TEXT SEARCH CONFIGURATION {} DROP MAPPING FOR {}", qualified(id), quote(token)));
    }
    for (token, dictionaries) in &new.mapping {
        let before = old.mapping.get(token).unwrap_or(&none);
        if !before.iter().map(bare).eq(dictionaries.iter().map(bare)) {
            let verb = if before.is_empty() { "ADD" } else { "ALTER" };
            sql.extend(render::mapping(id, verb, token, dictionaries));
        }
    }
    Alter::InPlace(vec![Draft::of(id, format!("change the mappings of {id}"), sql)])
}
