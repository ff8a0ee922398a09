//! Text search dictionaries and configurations.

use std::collections::{BTreeMap, HashMap};

use crate::catalog::{Kind, Object, Setting, Settings, Sql, TextSearchConfiguration, TextSearchDictionary};
use crate::error::Result;

use super::super::class;
use super::super::reader::Reader;
use super::super::text;
use super::owned;

const DICTIONARIES: &str = include_str!("../../queries/text_search_dictionaries.sql");
const CONFIGURATIONS: &str = include_str!("../../queries/text_search_configurations.sql");
const MAPPINGS: &str = include_str!("../../queries/text_search_mappings.sql");

pub(super) fn dictionaries(reader: &mut Reader<'_>) -> Result<()> {
    for row in reader.run(DICTIONARIES)? {
        let key = (class::TS_DICT, row.oid("oid")?, 0);
        let name = row.name("name")?;
        let Some(id) = reader.in_schema(Kind::TextSearchDictionary, row.oid("namespace")?, name) else { continue };
        if reader.is_member(key.0, key.1) {
            continue;
        }
        let dictionary = TextSearchDictionary {
            template: row.expression("template")?.unwrap_or_default(),
            options: options(&row.maybe_text("options")?.unwrap_or_default()),
        };
        let entry = owned(Object::TextSearchDictionary(dictionary), reader.role(row.oid("owner")?));
        reader.insert(key, id, entry);
    }
    Ok(())
}

pub(super) fn configurations(reader: &mut Reader<'_>) -> Result<()> {
    let rows = reader.run(CONFIGURATIONS)?;
    if rows.is_empty() {
        return Ok(());
    }
    let mut mappings: HashMap<u32, BTreeMap<String, Vec<Sql>>> = HashMap::new();
    for row in reader.run(MAPPINGS)? {
        let mapping = mappings.entry(row.oid("configuration")?).or_default();
        mapping.entry(row.text("token")?).or_default().push(text::expression(&row.text("dictionary")?));
    }
    for row in rows {
        let key = (class::TS_CONFIG, row.oid("oid")?, 0);
        let name = row.name("name")?;
        let Some(id) = reader.in_schema(Kind::TextSearchConfiguration, row.oid("namespace")?, name) else { continue };
        if reader.is_member(key.0, key.1) {
            continue;
        }
        let configuration = TextSearchConfiguration {
            parser: row.expression("parser")?.unwrap_or_default(),
            mapping: mappings.remove(&key.1).unwrap_or_default(),
        };
        let entry = owned(Object::TextSearchConfiguration(configuration), reader.role(row.oid("owner")?));
        reader.insert(key, id, entry);
    }
    Ok(())
}

/// `language = 'english', "Odd" = 3`, as the server writes it (serialize_deflist).
fn options(list: &str) -> Settings {
    let mut settings = Settings::new();
    let mut rest = list.trim();
    while !rest.is_empty() {
        let (name, after) = word(rest);
        let after = after.trim_start().trim_start_matches('=').trim_start();
        let (value, after) = word(after);
        settings.insert(name, Setting::Plain(value));
        rest = after.trim_start().trim_start_matches(',').trim_start();
    }
    settings
}

/// The first word, quotes resolved, and what comes after it. Never empty-handed: a letter at least is taken.
fn word(text: &str) -> (String, &str) {
    let escapes = text.starts_with("E'");
    let start = usize::from(escapes);
    let Some(quote) = text[start..].chars().next().filter(|letter| matches!(letter, '\'' | '"')) else {
        let end = text.find([' ', ',', '=']).unwrap_or(text.len());
        let end = if end == 0 { text.chars().next().map_or(0, char::len_utf8) } else { end };
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut letters = text[start + 1..].char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let twice = letters.peek().is_some_and(|(_, next)| *next == letter);
        if (letter == quote || (letter == '\\' && escapes)) && twice {
            letters.next();
        } else if letter == quote {
            return (value, &text[start + 1 + at + 1..]);
        }
        value.push(letter);
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_split_as_the_server_writes_them() {
        let found = options(r#"language = 'english', "Odd" = 3, path = E'a\\b''c'"#);
        let plain: Vec<_> = found.iter().map(|(name, value)| (name.as_str(), value.to_string())).collect();
        let expected = [("language", "english"), ("Odd", "3"), ("path", r"a\b'c")];
        assert_eq!(plain, expected.map(|(name, value)| (name, value.to_owned())));
        assert!(options("").is_empty());
    }
}
