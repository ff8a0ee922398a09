//! Compares what people wrote with the declarations: unknown keys, wrong values. Which database has
//! what is another question (`portable`), since one document serves several.

use crate::diagnostic::{Diagnostic, Place};
use crate::dialect::DialectName;

use super::names;
use super::sections;
use super::spec::{Key, Section, Shape};
use super::tree::{Item, Node, Value};
use crate::suggest;

/// What is found wrong is added to `found`.
pub(super) struct Checker<'a> {
    pub(super) found: &'a mut Vec<Diagnostic>,
}

/// Whether a table gives one value per database: `{ postgres = "jsonb", sqlite = "text" }`.
pub(super) fn is_per_database(node: &Node) -> bool {
    node.table().is_some_and(|items| items.iter().any(|item| DialectName::from_word(&item.key).is_some()))
}

/// A part of an index that is an expression, with its order, as it is to be written.
fn expression_part(text: &str) -> String {
    let ordered = text.rsplit_once(' ').map(|(sql, word)| (sql.trim_end(), word.to_ascii_lowercase()));
    let (sql, order) = match ordered.filter(|(_, word)| matches!(word.as_str(), "asc" | "desc")) {
        Some((sql, order)) => (sql, format!(", order = {order:?}")),
        None => (text, String::new()),
    };
    match beginning(sql) {
        Some((column, length)) => format!("{{ column = {column:?}, length = {length}{order} }}"),
        None => format!("{{ sql = {sql:?}{order} }}"),
    }
}

/// `name(10)`: an index over the first letters of a column.
fn beginning(text: &str) -> Option<(&str, u32)> {
    let (column, length) = text.strip_suffix(')')?.split_once('(')?;
    Some((column.trim(), length.trim().parse().ok()?))
}

impl Checker<'_> {
    /// One object, in its short or its long form. `path` are the keys from the top of the file.
    pub(super) fn object(&mut self, section: &'static Section, key: &str, place: &Place, node: &Node, path: &[&str]) {
        if let Value::Table(items) = &node.value {
            if section.short.is_some() && is_per_database(node) {
                self.per_database(items, |checker, node| checker.object(section, key, place, node, path));
            } else {
                self.long_form(section, place, items, path);
            }
            return;
        }
        match section.short {
            Some((shape, _)) => self.value(&Key::new("", shape, ""), key, node, path),
            None => self.misplaced(section, key, place, node, path),
        }
    }

    fn long_form(&mut self, section: &'static Section, place: &Place, items: &[Item], path: &[&str]) {
        for item in items {
            let Some(key) = section.find(&item.key) else {
                self.unknown_in(section, item, path);
                continue;
            };
            self.keyed(&key, item, path);
        }
        if sections::is_addition(section, items) {
            return;
        }
        for required in section.required {
            if !items.iter().any(|item| &*item.key == *required) {
                self.found.push(
                    Diagnostic::error(format!("this {} has no `{required}`", section.noun))
                        .at(*place, format!("`{required}` is missing"))
                        .with_help(match section.find(required) {
                            Some(key) => format!("add `{required}`: {}", key.shape.expected()),
                            None => format!("add `{required}`"),
                        }),
                );
            }
        }
    }

    /// The value of a declared key, which may differ between databases.
    pub(super) fn keyed(&mut self, key: &Key, item: &Item, path: &[&str]) {
        let mut path = path.to_vec();
        path.push(&item.key);
        match &item.node.value {
            Value::Table(items) if key.shape.may_differ() && is_per_database(&item.node) => {
                self.per_database(items, |checker, node| checker.value(key, &item.key, node, &path));
            }
            _ => self.value(key, &item.key, &item.node, &path),
        }
    }

    fn per_database(&mut self, items: &[Item], mut check: impl FnMut(&mut Self, &Node)) {
        for item in items {
            if DialectName::from_word(&item.key).is_some() {
                check(self, &item.node);
            } else {
                let words = DialectName::ALL.map(DialectName::word);
                let mut error = Diagnostic::error(format!("`{}` is not a database", item.key))
                    .at(item.place, "a value per database stands here");
                error.help = suggest::help(&item.key, words);
                self.found.push(error);
            }
        }
    }

    fn value(&mut self, key: &Key, written: &str, node: &Node, path: &[&str]) {
        match (key.shape.resolved(), &node.value) {
            (Shape::Bool | Shape::Not | Shape::Enabled, Value::Bool(_))
            | (
                Shape::Text | Shape::Sql | Shape::Type | Shape::Body | Shape::Label | Shape::Setting | Shape::Digits,
                Value::Text(_),
            )
            | (Shape::Digits, Value::Integer(_) | Value::Float(_))
            | (Shape::Literal, Value::Text(_) | Value::Integer(_) | Value::Bool(_))
            | (Shape::Unread | Shape::OptionOf(..), _) => {}
            (Shape::Integer, Value::Integer(digits)) if digits.parse::<i64>().is_ok() => {}
            (Shape::Literal, Value::Float(digits)) if digits.bytes().any(|byte| byte.is_ascii_digit()) => {}
            (Shape::Literal, Value::Date(date)) => {
                self.found.push(
                    Diagnostic::error("a date is written as a string")
                        .at(node.place, "")
                        .with_help(format!("write `{written} = \"{date}\"`")),
                );
            }
            (Shape::Literal, Value::Float(digits)) => {
                self.found.push(
                    Diagnostic::error(format!("SQL has no number `{digits}`"))
                        .at(node.place, "")
                        .with_help(format!("write `{written} = {{ sql = \"...\" }}` with an expression for it")),
                );
            }
            (Shape::Literal, Value::Table(items)) => self.record(SQL_ONLY, node, items, path),
            (Shape::Record(keys), Value::Table(items)) => self.record(keys, node, items, path),
            (Shape::Words(words), Value::Text(text)) => {
                if !words.contains(&text.as_str()) {
                    let mut error =
                        Diagnostic::error(format!("`{text}` is not a value of `{written}`")).at(node.place, "");
                    error.help = suggest::nearest(text, words.iter().copied())
                        .map(|near| format!("did you mean \"{near}\"?"))
                        .or_else(|| Some(format!("it is {}", key.shape.expected())));
                    self.found.push(error);
                }
            }
            (Shape::Action, Value::Text(text)) => {
                if names::action(text).is_none() {
                    let all = crate::catalog::Action::ALL.map(crate::catalog::Action::words);
                    let mut error = Diagnostic::error(format!("`{text}` is not something that a foreign key can do"))
                        .at(node.place, "");
                    // What a changed row gets is no action, and MySQL has both under this key of a column.
                    let of_column = path.iter().rev().nth(2) == Some(&"column");
                    error.help = suggest::nearest(text, all)
                        .map(|near| format!("did you mean \"{near}\"?"))
                        .or_else(|| {
                            (of_column
                                && written == "on_update"
                                && text.to_lowercase().starts_with("current_timestamp"))
                            .then(|| format!("SQL is said to be SQL: on_update = {{ sql = \"{text}\" }}"))
                        })
                        .or_else(|| Some(format!("it is {}", key.shape.expected())));
                    self.found.push(error);
                }
            }
            (Shape::Enabled, Value::Text(_)) => {
                self.value(&Key { shape: Shape::Words(&["always", "replica", "origin"]), ..*key }, written, node, path);
            }
            (Shape::Setting, Value::Table(items)) => self.record(SECRET, node, items, path),
            (Shape::Settings, Value::Table(items)) => self.each(items, Shape::Setting, path),
            (Shape::Mapping, Value::Table(items)) => self.each(items, Shape::Texts, path),
            (Shape::Params, Value::Table(items)) => {
                for item in items {
                    if matches!(item.node.value, Value::Table(_) | Value::List(_) | Value::Date(_)) {
                        self.wrong(&format!("`{}`", item.key), "a string, a number, true or false", &item.node, None);
                    }
                }
            }
            (Shape::Values, Value::List(nodes)) => {
                let mut seen: Vec<&str> = Vec::new();
                for node in nodes {
                    let of_table = || node.table().and_then(|items| super::tree::find(items, "value")?.node.text());
                    if let Some(value) = node.text().or_else(of_table) {
                        if seen.contains(&value) {
                            let error = Diagnostic::error(format!("`{value}` is there twice"));
                            self.found.push(error.at(node.place, "").with_help("take one of them out"));
                        }
                        seen.push(value);
                    }
                    match &node.value {
                        Value::Text(_) => {}
                        Value::Table(items) => self.record(ENUM_VALUE, node, items, path),
                        _ => self.wrong("this", "a string, or a table with `value`", node, None),
                    }
                }
            }
            (Shape::Records(keys), Value::List(nodes)) => {
                for node in nodes {
                    match (&node.value, keys.first()) {
                        (Value::Table(items), _) => self.record(keys, node, items, path),
                        (_, Some(first)) => self.value(first, first.name, node, path),
                        _ => {}
                    }
                }
            }
            (Shape::Named(keys), Value::Table(items)) => {
                // Where there is nothing to say, the name alone is what counts.
                let bare = |item: &Item| item.node.table().is_some_and(<[Item]>::is_empty);
                for item in items.iter().filter(|item| !bare(item)) {
                    self.value(&Key::new("", Shape::Record(keys), ""), &item.key, &item.node, path);
                }
            }
            (Shape::ColumnOf | Shape::IndexOf, Value::Text(text)) => {
                self.reads(names::column_of(text).map(drop), text, node);
            }
            (Shape::Table, Value::Text(text)) => self.reads(names::qualified(text).map(drop), text, node),
            (Shape::Tables, Value::List(nodes)) => {
                for node in nodes {
                    self.value(&Key::new("", Shape::Table, ""), "this", node, path);
                }
            }
            (Shape::NameOf(_), Value::Text(text)) => self.reads(names::name(text).map(drop), text, node),
            (Shape::Roles, Value::List(nodes)) => self.names(nodes, node),
            (Shape::Name, Value::Text(text)) => self.reads(names::name(text).map(drop), text, node),
            (Shape::QualifiedName, Value::Text(text)) => self.reads(names::qualified(text).map(drop), text, node),
            (Shape::SignedName, Value::Text(text)) => self.reads(names::signed(text).map(drop), text, node),
            (Shape::Reference, Value::Text(text)) => self.reads(names::reference(text).map(drop), text, node),
            (Shape::Names, Value::List(nodes)) => self.names(nodes, node),
            (Shape::Events, Value::List(nodes)) => self.events(nodes, node),
            (Shape::Texts | Shape::Sqls | Shape::Types, Value::List(nodes)) => {
                for node in nodes.iter().filter(|node| node.text().is_none()) {
                    self.wrong("this", "a string", node, None);
                }
            }
            (Shape::Parts, Value::List(nodes)) => self.parts(nodes, node, path),
            (Shape::Only, Value::List(nodes)) => self.only(nodes, node),
            (Shape::Either(one, other), value) => {
                let takes_table = matches!(one, Shape::Record(_) | Shape::Object(_));
                let shape = if takes_table == matches!(value, Value::Table(_)) { one } else { other };
                self.value(&Key { shape: *shape, ..*key }, written, node, path);
            }
            (Shape::Object(section), _) => self.object(section, written, &node.place, node, path),
            (Shape::Children(section), Value::Table(items)) => {
                for item in items {
                    let mut path = path.to_vec();
                    path.push(&item.key);
                    self.object(section, &item.key, &item.place, &item.node, &path);
                }
            }
            (shape, _) => {
                let subject = if key.name.is_empty() { written } else { key.name };
                let is_list = matches!(
                    shape,
                    Shape::Names
                        | Shape::Roles
                        | Shape::Parts
                        | Shape::Events
                        | Shape::Texts
                        | Shape::Only
                        | Shape::Values
                        | Shape::Sqls
                        | Shape::Types
                        | Shape::Tables
                        | Shape::Records(_)
                );
                let listed = match node.text() {
                    Some(text) if is_list => Some(format!("write `{written} = [\"{text}\"]`")),
                    _ => None,
                };
                self.wrong(&format!("`{subject}`"), &shape.expected(), node, listed.as_deref().or(key.hint));
            }
        }
    }

    /// A table of free names with values of one shape.
    fn each(&mut self, items: &[Item], shape: Shape, path: &[&str]) {
        for item in items {
            self.value(&Key::new("", shape, ""), &item.key, &item.node, path);
        }
    }

    fn record(&mut self, keys: &'static [Key], node: &Node, items: &[Item], path: &[&str]) {
        for item in items {
            if let Some(key) = keys.iter().find(|key| *key.name == *item.key) {
                self.keyed(key, item, path);
            } else {
                let mut error =
                    Diagnostic::error(format!("unknown key `{}`", item.key)).at(item.place, "not known here");
                error.help = suggest::help(&item.key, keys.iter().map(|key| key.name));
                self.found.push(error);
            }
        }
        if items.is_empty() {
            self.found.push(
                Diagnostic::error("an empty table says nothing here")
                    .at(node.place, "")
                    .with_help(format!("it is {}", Shape::Record(keys).expected())),
            );
        }
    }

    fn parts(&mut self, nodes: &[Node], list: &Node, path: &[&str]) {
        self.not_empty(nodes, "a column", list);
        for node in nodes {
            match &node.value {
                Value::Text(text) => {
                    let before = self.found.len();
                    self.reads(names::part(text).map(drop), text, node);
                    let of_index = path.get(2).is_some_and(|word| *word == "index");
                    if let Some(error) = self.found.get_mut(before).filter(|_| of_index && text.contains('(')) {
                        error.help = Some(format!("this is written `{}`", expression_part(text)));
                    }
                }
                Value::Table(items) => {
                    self.record(sections::PART, node, items, path);
                    let subjects = items.iter().filter(|item| matches!(&*item.key, "column" | "sql")).count();
                    if subjects != 1 {
                        self.found.push(
                            Diagnostic::error("a part of an index is a column or an expression")
                                .at(node.place, "")
                                .with_help("give it either `column` or `sql`"),
                        );
                    }
                }
                _ => self.wrong("this", "a column's name, or a table with `column` or `sql`", node, None),
            }
        }
    }

    fn names(&mut self, nodes: &[Node], list: &Node) {
        self.not_empty(nodes, "a name", list);
        for node in nodes {
            match node.text() {
                Some(text) => self.reads(names::name(text).map(drop), text, node),
                None => self.wrong("this", "a name in a string", node, None),
            }
        }
    }

    fn not_empty(&mut self, nodes: &[Node], what: &str, list: &Node) {
        if nodes.is_empty() {
            self.found
                .push(Diagnostic::error(format!("this list needs {what} at least")).at(list.place, "it is empty"));
        }
    }

    fn only(&mut self, nodes: &[Node], list: &Node) {
        self.not_empty(nodes, "a database", list);
        for node in nodes {
            match node.text() {
                Some(text)
                    if DialectName::from_word(text.strip_prefix(super::parse::BUT).unwrap_or(text)).is_some() => {}
                Some(text) => {
                    let mut error = Diagnostic::error(format!("`{text}` is not a database")).at(node.place, "");
                    error.help = suggest::help(text, DialectName::ALL.map(DialectName::word));
                    self.found.push(error);
                }
                None => self.wrong("this", "a database's name in a string", node, None),
            }
        }
    }

    /// Says why a string cannot be read.
    fn reads(&mut self, result: Result<(), String>, text: &str, node: &Node) {
        let Err(reason) = result else { return };
        let whole = names::quoted(text);
        let help = if text.is_empty() || text.contains(['"', '(', ',']) {
            "a name that is not a plain word stands in SQL's double quotes: '\"foo bar\"'".to_owned()
        } else {
            format!("a name that is not a plain word stands in SQL's double quotes: '{whole}'")
        };
        self.found.push(
            Diagnostic::error(format!("`{text}` cannot be read here: {reason}")).at(node.place, "").with_help(help),
        );
    }

    fn events(&mut self, nodes: &[Node], list: &Node) {
        self.not_empty(nodes, "an event", list);
        for node in nodes {
            let Some(text) = node.text() else {
                self.wrong("this", "an event in a string", node, None);
                continue;
            };
            if let Err(reason) = names::event(text) {
                let mut error = Diagnostic::error(format!("`{text}` cannot be read here: {reason}")).at(node.place, "");
                error.help = suggest::help(text, ["insert", "update", "delete"]);
                self.found.push(error);
            }
        }
    }

    fn wrong(&mut self, subject: &str, expected: &str, node: &Node, hint: Option<&str>) {
        let mut error =
            Diagnostic::error(format!("{subject} is {expected}, not {}", node.noun())).at(node.place, node.noun());
        error.help = hint.map(str::to_owned);
        self.found.push(error);
    }

    /// A value where a table of names stands: most often a key that belongs one level up.
    fn misplaced(&mut self, section: &'static Section, key: &str, place: &Place, node: &Node, path: &[&str]) {
        let [above @ .., _, _] = path else { return };
        let belongs = above.first().and_then(|word| sections::top(word)).filter(|top| top.find(key).is_some());
        let error = Diagnostic::error(format!(
            "`{key}` is in the wrong place: here stand {}, each a table",
            suggest::plural(section.noun)
        ))
        .at(*place, format!("{} where {} stands", node.noun(), suggest::with_article(section.noun)));
        self.found.push(match belongs {
            Some(_) if above.len() == 2 => {
                error.with_help(format!("`{key}` belongs under `[{}]`, above this header", header(above)))
            }
            _ => match (section.word, node.text()) {
                ("column", Some(text)) => {
                    error.with_help(format!("for a column of that type write `{key} = {{ type = \"{text}\" }}`"))
                }
                _ => {
                    error.with_help(format!("{} is a table: `{key} = {{ ... }}`", suggest::with_article(section.noun)))
                }
            },
        });
    }

    fn unknown_in(&mut self, section: &'static Section, item: &Item, path: &[&str]) {
        let error = Diagnostic::error(format!("unknown key `{}` in {}", item.key, suggest::with_article(section.noun)))
            .at(item.place, "not known here");
        let inner = item.node.table().unwrap_or_default();
        let is_object = path.len() == 2 && inner.iter().any(|item| section.find(&item.key).is_some());
        if let (true, [word, name]) = (is_object, path) {
            self.found.push(error.with_help(format!(
                "for the {} `{key}` in the schema `{name}` write `[{word}.\"{name}.{key}\"]`",
                section.noun,
                key = item.key
            )));
            return;
        }
        let keys: Vec<Key> = section.keys().collect();
        let near = suggest::nearest(&item.key, keys.iter().map(|key| key.name));
        self.found.push(match (alias(section, &item.key), near) {
            (Some(advice), _) => error.with_help(advice),
            (None, Some(near)) => error.with_help(format!("did you mean `{near}`?")),
            (None, None) => {
                // What each database adds is too much to list, but for a section that only some of them have.
                let every = super::spec::Databases::ANY;
                let listed = |key: &&Key| key.on == every || (section.on != every && section.on.shares(key.on));
                let mut names: Vec<String> = Vec::new();
                for name in keys.iter().filter(listed).map(|key| format!("`{}`", key.name)) {
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                error.with_help(format!("{} has {}", suggest::with_article(section.noun), suggest::list(&names, "and")))
            }
        });
    }
}

/// Where a secret stands.
pub(super) static SECRET: &[Key] = &[Key::new("env", Shape::Text, "The environment variable that has it.")];
/// A value of an enum that was renamed.
pub(super) static ENUM_VALUE: &[Key] = &[
    Key::new("value", Shape::Text, "The value."),
    Key::new("renamed_from", Shape::Text, "What it was before: it is then renamed."),
];
static SQL_ONLY: &[Key] = &[Key::new("sql", Shape::Sql, "An expression.")];

/// What other tools call it.
fn alias(section: &Section, key: &str) -> Option<&'static str> {
    match (section.word, key) {
        ("column", "nullable" | "optional") => Some("write `null = true` for a column that accepts NULL"),
        ("column", "required" | "notnull") => Some("columns are NOT NULL unless `null = true` is written"),
        ("column", "pk" | "primary") => Some("write `primary_key = true`"),
        ("column", "foreign_key" | "fk") => Some("write `references = \"table(column)\"`"),
        ("column", "deferrable" | "match") => {
            Some("write the foreign key under `foreign_key` of the table, where it has more options")
        }
        ("table", "columns") => Some("write the columns under `[table.NAME.column]`"),
        ("table", "indexes" | "indices") => Some("write the indexes under `[table.NAME.index]`"),
        ("view", "sql" | "as" | "definition" | "select") => Some("write `query = \"select ...\"`"),
        _ => None,
    }
}

/// A path as the header of a table.
fn header(path: &[&str]) -> String {
    let parts: Vec<_> = path
        .iter()
        .map(|part| {
            let bare = !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
            if bare { (*part).to_owned() } else { crate::catalog::quote_part(part) }
        })
        .collect();
    parts.join(".")
}
