//! Edits within one value: inline tables, on one line or several.

use toml_edit::{InlineTable, Key, Value as Toml};

use toml_parser::parser::EventKind;

use super::edit::ONLY;
use super::raise::{Value, column_key_rank};
use super::syntax::{Content, Syntax};
use crate::dialect::DialectName;

/// Whether a key is there.
pub(super) fn has(text: &str, keys: &[String]) -> bool {
    text.parse::<Toml>().is_ok_and(|value| find(&value, keys).is_some())
}

/// Whether what is there is a table, and not one value for each database.
pub(super) fn is_table(text: &str, keys: &[String]) -> bool {
    text.parse::<Toml>()
        .is_ok_and(|value| find(&value, keys).is_some_and(|v| v.is_inline_table() && !is_by_database(v)))
}

/// Whether it is one value for each database.
pub(super) fn differs_by_database(text: &str, keys: &[String]) -> bool {
    text.parse::<Toml>().is_ok_and(|value| find(&value, keys).is_some_and(is_by_database))
}

/// The value instead of this one, for this database only where there is one for each.
pub(super) fn replace(text: &str, value: &Value, dialect: DialectName) -> Option<String> {
    let mut old = text.parse::<Toml>().ok()?;
    if !is_by_database(&old) {
        return Some(value.render());
    }
    put(old.as_inline_table_mut()?, dialect.word(), value, false)?;
    Some(print(&old, text))
}

/// Sets a key below a table, with the tables that lead to it.
pub(super) fn set(text: &str, keys: &[String], value: &Value, dialect: DialectName, of_column: bool) -> Option<String> {
    let mut root = text.parse::<Toml>().ok()?;
    let (key, above) = keys.split_last()?;
    let mut table = root.as_inline_table_mut()?;
    for (i, step) in above.iter().enumerate() {
        if !table.contains_key(step) {
            let wrap = |value, key: &String| Value::Table(vec![(key.clone(), value)]);
            let nested = keys.get(i + 1..)?.iter().rev().fold(value.clone(), wrap);
            put(table, step, &nested, of_column)?;
            return Some(print(&root, text));
        }
        table = table.get_mut(step)?.as_inline_table_mut()?;
    }
    let by_database = table.get(key).is_some_and(is_by_database);
    if by_database {
        put(table.get_mut(key)?.as_inline_table_mut()?, dialect.word(), value, false)?;
    } else {
        put(table, key, value, of_column)?;
    }
    Some(print(&root, text))
}

/// Takes a key out, and the tables that this empties where they have more than `keep` keys before
/// them. Nothing is left when the whole is empty.
pub(super) fn remove(text: &str, keys: &[String], keep: usize) -> Option<String> {
    let Ok(mut root) = text.parse::<Toml>() else { return Some(text.to_owned()) };
    let mut rest = keys;
    while let Some((key, above)) = rest.split_last() {
        let Some(table) = find_table(&mut root, above) else { return Some(text.to_owned()) };
        take(table, key);
        if !table.is_empty() || above.len() <= keep && !above.is_empty() {
            break;
        }
        if above.is_empty() {
            return None;
        }
        rest = above;
    }
    Some(print(&root, text))
}

/// The value as text. `toml_edit` makes the line ends of Windows plain ones, so they are put back.
fn print(value: &Toml, original: &str) -> String {
    let edited = value.to_string();
    if !original.contains("\r\n") {
        return edited;
    }
    let line = format!("x = {edited}");
    let Ok(syntax) = Syntax::read(&line) else { return edited };
    let mut out = String::with_capacity(edited.len());
    for line in &syntax.lines {
        let Content::Pair { events, .. } = &line.content else { continue };
        for event in syntax.events(events) {
            let part = syntax.slice(&(event.span().start()..event.span().end()));
            let windows = part.replace("\r\n", "\n").replace('\n', "\r\n");
            let was_there = event.kind() == EventKind::Newline || original.contains(&windows);
            out.push_str(if was_there { &windows } else { part });
        }
    }
    out
}

fn find<'a>(value: &'a Toml, keys: &[String]) -> Option<&'a Toml> {
    keys.iter().try_fold(value, |value, key| value.as_inline_table()?.get(key))
}

fn find_table<'a>(value: &'a mut Toml, keys: &[String]) -> Option<&'a mut InlineTable> {
    keys.iter().try_fold(value.as_inline_table_mut()?, |table, key| table.get_mut(key)?.as_inline_table_mut())
}

fn is_by_database(value: &Toml) -> bool {
    value
        .as_inline_table()
        .is_some_and(|table| !table.is_empty() && table.iter().all(|(key, _)| DialectName::from_word(key).is_some()))
}

/// Whether it says something for some databases only.
pub(super) fn says_for_some(text: &str) -> bool {
    fn any(value: &Toml) -> bool {
        is_by_database(value)
            || value.as_inline_table().is_some_and(|table| table.iter().any(|(key, value)| key == ONLY || any(value)))
            || value.as_array().is_some_and(|list| list.iter().any(any))
    }
    text.parse::<Toml>().is_ok_and(|value| any(&value))
}

/// Sets or adds a key; the keys of a column have an order.
fn put(table: &mut InlineTable, key: &str, value: &Value, of_column: bool) -> Option<()> {
    let new = value.render().parse::<Toml>().ok()?;
    if let Some(old) = table.get_mut(key) {
        let decor = old.decor().clone();
        *old = new;
        *old.decor_mut() = decor;
        return Some(());
    }
    let spans_lines = table.to_string().contains('\n') && !table.is_empty();
    let mut entries = entries(table);
    let at = if of_column && !spans_lines {
        entries
            .iter()
            .position(|(other, _)| column_key_rank(other.get()) > column_key_rank(key))
            .unwrap_or(entries.len())
    } else {
        entries.len()
    };
    let (count, mut key) = (entries.len(), Key::new(key));
    let mut new = new;
    if let Some((last_key, last)) = entries.last_mut() {
        *key.leaf_decor_mut() = last_key.leaf_decor().clone();
        *new.decor_mut() = last.decor().clone();
        if spans_lines {
            behind_last(table, &mut key, last_key, &mut new, last);
        } else if at == count {
            last.decor_mut().set_suffix("");
            key.leaf_decor_mut().set_prefix(" ");
        } else {
            new.decor_mut().set_suffix("");
            if at == 0
                && let Some((first, _)) = entries.first_mut()
            {
                let prefix = prefix_of(first);
                key.leaf_decor_mut().set_prefix(prefix);
                first.leaf_decor_mut().set_prefix(" ");
            }
        }
    } else {
        key.leaf_decor_mut().set_prefix(" ");
        new.decor_mut().set_prefix(" ");
        new.decor_mut().set_suffix(" ");
        key.leaf_decor_mut().set_suffix(" ");
        table.set_trailing("");
    }
    entries.insert(at, (key, new));
    fill(table, entries);
    Some(())
}

/// On a line of its own behind the last one, whose comment stays with it.
fn behind_last(table: &mut InlineTable, key: &mut Key, last_key: &Key, new: &mut Toml, last: &mut Toml) {
    let end = if table.trailing_comma() { text(Some(table.trailing())) } else { suffix_of(last) };
    let (comment, rest) = split_line(&end);
    let prefix = prefix_of(last_key);
    let indent = prefix.rsplit('\n').next().unwrap_or_default();
    let eol = if end.contains("\r\n") || prefix.contains("\r\n") { "\r\n" } else { "\n" };
    key.leaf_decor_mut().set_prefix(format!("{comment}{eol}{indent}"));
    if table.trailing_comma() {
        let rest = rest.to_owned();
        table.set_trailing(rest);
    } else {
        last.decor_mut().set_suffix("");
        new.decor_mut().set_suffix(rest);
    }
}

/// Takes a key out with the comments above it and behind it.
fn take(table: &mut InlineTable, key: &str) {
    let mut entries = entries(table);
    let Some(at) = entries.iter().position(|(other, _)| other.get() == key) else { return };
    let (key, value) = entries.remove(at);
    // What stands behind the comma on the line before belongs to the entry there.
    let prefix = prefix_of(&key);
    let (before, _) = split_line(&prefix);
    if let Some((next, _)) = entries.get_mut(at) {
        let own = prefix_of(next);
        let (_, rest) = split_line(&own);
        next.leaf_decor_mut().set_prefix(format!("{before}{rest}"));
    } else if table.trailing_comma() {
        let end = text(Some(table.trailing()));
        table.set_trailing(format!("{before}{}", split_line(&end).1));
    } else if let Some((_, last)) = entries.last_mut() {
        let end = suffix_of(&value);
        let suffix = if end.contains('\n') { format!("{before}{}", split_line(&end).1) } else { end };
        last.decor_mut().set_suffix(suffix);
    }
    if entries.is_empty() {
        table.set_trailing_comma(false);
        table.set_trailing("");
    }
    fill(table, entries);
}

fn entries(table: &InlineTable) -> Vec<(Key, Toml)> {
    let keys: Vec<_> = table.iter().map(|(key, _)| key.to_owned()).collect();
    keys.iter()
        .filter_map(|key| {
            let (key, item) = table.get_key_value(key)?;
            Some((key.clone(), item.as_value()?.clone()))
        })
        .collect()
}

fn fill(table: &mut InlineTable, entries: Vec<(Key, Toml)>) {
    table.clear();
    for (key, value) in entries {
        table.insert_formatted(&key, value);
    }
}

/// What is on the line at hand, and the rest from the end of that line.
fn split_line(text: &str) -> (&str, &str) {
    let end = text.find("\r\n").or_else(|| text.find('\n')).unwrap_or(text.len());
    text.split_at(end)
}

fn prefix_of(key: &Key) -> String {
    text(key.leaf_decor().prefix())
}

fn suffix_of(value: &Toml) -> String {
    text(value.decor().suffix())
}

fn text(raw: Option<&toml_edit::RawString>) -> String {
    raw.and_then(toml_edit::RawString::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn set_one(text: &str, path: &str, value: &str) -> String {
        let keys: Vec<_> = path.split('.').map(str::to_owned).collect();
        set(text, &keys, &Value::text(value), DialectName::Sqlite, true).unwrap()
    }

    fn without(text: &str, path: &str) -> Option<String> {
        let keys: Vec<_> = path.split('.').map(str::to_owned).collect();
        remove(text, &keys, 0)
    }

    #[test]
    fn sets_keys_where_they_belong() {
        for (text, path, after) in [
            ("{ type = \"a\", check = \"x\" }", "type", "{ type = \"v\", check = \"x\" }"),
            ("{ type = \"a\", check = \"x\" }", "collation", "{ type = \"a\", collation = \"v\", check = \"x\" }"),
            ("{ check = \"x\" }", "type", "{ type = \"v\", check = \"x\" }"),
            ("{ type = \"a\" }", "on_delete", "{ type = \"a\", on_delete = \"v\" }"),
            ("{}", "type", "{ type = \"v\" }"),
            ("{ type = \"a\" }", "on_conflict.unique", "{ type = \"a\", on_conflict = { unique = \"v\" } }"),
            (
                "{ type = { postgres = \"a\", sqlite = \"b\" } }",
                "type",
                "{ type = { postgres = \"a\", sqlite = \"v\" } }",
            ),
            ("{ type = { postgres = \"a\" } }", "type", "{ type = { postgres = \"a\", sqlite = \"v\" } }"),
            (
                "{\r\n  type = \"a\", # t\r\n  null = true # n\r\n}",
                "check",
                "{\r\n  type = \"a\", # t\r\n  null = true, # n\r\n  check = \"v\"\r\n}",
            ),
            ("{\n  type = \"a\", # t\n}", "check", "{\n  type = \"a\", # t\n  check = \"v\",\n}"),
        ] {
            assert_eq!(set_one(text, path, "v"), after);
        }
    }

    #[test]
    fn removes_keys_with_their_comments_only() {
        for (text, path, after) in [
            ("{ a = 1, b = 2, c = 3 }", "a", Some("{ b = 2, c = 3 }")),
            ("{ a = 1, b = 2, c = 3 }", "b", Some("{ a = 1, c = 3 }")),
            ("{a = 1, b = 2}", "b", Some("{a = 1}")),
            ("{ a = 1, b = { c = 2 } }", "b.c", Some("{ a = 1 }")),
            ("{ a = 1 }", "a", None),
            (
                "{\n  a = 1, # a\n  # b\n  b = 2, # bb\n  # c\n  c = 3,\n}",
                "b",
                Some("{\n  a = 1, # a\n  # c\n  c = 3,\n}"),
            ),
            ("{\n  a = 1, # a\n  b = 2 # b\n}", "b", Some("{\n  a = 1 # a\n}")),
            ("{\n  a = 1, # a\n  b = 2, # b\n}", "b", Some("{\n  a = 1, # a\n}")),
        ] {
            assert_eq!(without(text, path).as_deref(), after);
        }
    }
}
