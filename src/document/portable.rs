//! What a database cannot have, and is asked to: an error that says which database has it.

use crate::catalog::Kind;
use crate::diagnostic::{Diagnostic, Place};
use crate::dialect::{Dialect, DialectName, Piece};

use super::fields::{for_database, is_excluded};
use super::shape::is_per_database;
use super::spec::{Databases, Key, Section, Shape};
use super::tree::{Item, Node, Value};
use super::{names, sections};

/// What another database's options are found to be is added to `found`.
pub(super) struct Portability<'a> {
    pub(super) dialect: &'a dyn Dialect,
    pub(super) name: DialectName,
    pub(super) found: &'a mut Vec<Diagnostic>,
}

impl Portability<'_> {
    /// One object that is for this database.
    pub(super) fn object(&mut self, section: &'static Section, node: &Node) {
        if let Value::Table(items) = &node.value
            && (section.short.is_none() || !is_per_database(node))
        {
            for item in items {
                if let Some(key) = section.find(&item.key) {
                    self.key(&key, item);
                }
                // These are SQL too, as the options of a dialect.
                let is_sql = section.kind == Some(Kind::Aggregate) || *item.key == *"storage";
                if let (true, Some(text)) = (is_sql, item.node.text()) {
                    self.piece(Piece::Sql, text, &item.node);
                }
            }
            return;
        }
        if let (Some((shape, _)), Some(node)) = (section.short, for_database(node, self.name)) {
            self.value(shape, node);
        }
    }

    fn key(&mut self, key: &Key, item: &Item) {
        if !key.on.has(self.name) {
            self.key_of_another(key, item);
            return;
        }
        let node = if key.shape.may_differ() { for_database(&item.node, self.name) } else { Some(&item.node) };
        if let Some(node) = node {
            self.value(key.shape, node);
        }
    }

    /// A key that this database does not have.
    fn key_of_another(&mut self, key: &Key, item: &Item) {
        if key.shape.may_differ() && is_per_database(&item.node) {
            // `engine = { mysql = "InnoDB" }` is no matter of ours, unless we are named.
            let Some(own) = for_database(&item.node, self.name) else { return };
            self.found.push(
                Diagnostic::error(self.message(key))
                    .at(own.place, "")
                    .with_help(format!("remove the value for `{}`", self.name.word())),
            );
            return;
        }
        let nested = matches!(key.shape, Shape::Children(_));
        if let (true, Some(children)) = (nested, item.node.table())
            && !children.is_empty()
            && children.iter().all(|child| is_excluded(&child.node, self.name))
        {
            return;
        }
        let word = key.on.word();
        let help = if key.shape.may_differ() {
            format!("where the document serves several databases, write `{} = {{ {word} = ... }}`", key.name)
        } else {
            format!(
                "where the document serves several databases, write `only = [\"{word}\"]` in the object that has it"
            )
        };
        self.found.push(
            Diagnostic::error(self.message(key))
                .at(item.place, format!("not in {}", self.name.product()))
                .with_help(help),
        );
    }

    fn message(&self, key: &Key) -> String {
        format!("{} has no `{}`: only {} {} it", self.name.product(), key.name, key.on.products(), has(key.on))
    }

    fn value(&mut self, shape: Shape, node: &Node) {
        match (shape, &node.value) {
            (Shape::Record(keys), Value::Table(items)) => self.record(keys, items),
            (Shape::Named(keys), Value::Table(items)) => {
                for item in items {
                    self.record(keys, item.node.table().unwrap_or_default());
                }
            }
            (Shape::Records(keys), Value::List(nodes)) => {
                for node in nodes {
                    self.record(keys, node.table().unwrap_or_default());
                }
            }
            (Shape::Either(one, other), value) => {
                let takes_table = matches!(one, Shape::Record(_) | Shape::Object(_));
                self.value(if takes_table == matches!(value, Value::Table(_)) { *one } else { *other }, node);
            }
            (Shape::Object(section), _) => self.object(section, node),
            (Shape::Children(section), Value::Table(items)) => {
                let name = self.name;
                for item in items.iter().filter(|item| !is_excluded(&item.node, name)) {
                    self.object(section, &item.node);
                }
            }
            (Shape::Parts, Value::List(nodes)) => {
                for node in nodes {
                    match &node.value {
                        Value::Table(items) => self.record(sections::PART, items),
                        Value::Text(text) => self.part(text, node),
                        _ => {}
                    }
                }
            }
            (Shape::Sql, Value::Text(text)) => self.piece(Piece::Sql, text, node),
            (Shape::Type, Value::Text(text)) => self.piece(Piece::Type, text, node),
            (Shape::Body, Value::Text(text)) => self.piece(Piece::Body, text, node),
            (Shape::Sqls | Shape::Types, Value::List(nodes)) => {
                let piece = if matches!(shape, Shape::Types) { Piece::Type } else { Piece::Sql };
                nodes
                    .iter()
                    .filter_map(|node| Some((node, node.text()?)))
                    .for_each(|(node, text)| self.piece(piece, text, node));
            }
            (Shape::Mapping, Value::Table(items)) => {
                for node in items.iter().filter_map(|item| item.node.list()).flatten() {
                    node.text().into_iter().for_each(|text| self.piece(Piece::Sql, text, node));
                }
            }
            (Shape::Literal, Value::Table(items)) => {
                for item in items.iter().filter(|item| *item.key == *"sql") {
                    item.node.text().into_iter().for_each(|text| self.piece(Piece::Sql, text, &item.node));
                }
            }
            (Shape::Action, Value::Text(text))
                if self.name != DialectName::Postgres && text.contains('(') && names::action(text).is_some() =>
            {
                self.only(Databases::POSTGRES, "action for some of the columns", &node.place);
            }
            (Shape::Events, Value::List(nodes)) if self.name != DialectName::Postgres => {
                for node in nodes {
                    if node.text().and_then(|text| names::event(text).ok()) == Some(names::EventText::Truncate) {
                        self.only(Databases::POSTGRES, "event `truncate`", &node.place);
                    }
                }
            }
            _ => {}
        }
    }

    fn piece(&mut self, piece: Piece, text: &str, node: &Node) {
        if let Some(fault) = self.dialect.fault_of(piece, text) {
            let (message, help) = fault.split_once('\n').unwrap_or((&fault, ""));
            let error = Diagnostic::error(message).at(node.place, "");
            self.found.push(if help.is_empty() { error } else { error.with_help(help) });
        }
    }

    fn record(&mut self, keys: &'static [Key], items: &[Item]) {
        for item in items {
            if let Some(key) = keys.iter().find(|key| *key.name == *item.key) {
                self.key(key, item);
            }
        }
    }

    fn part(&mut self, text: &str, node: &Node) {
        let has_nulls = names::part(text).is_ok_and(|part| part.nulls.is_some());
        if has_nulls && self.name != DialectName::Postgres {
            self.only(Databases::POSTGRES, "`nulls first` or `nulls last`", &node.place);
        }
    }

    fn only(&mut self, on: Databases, what: &str, place: &Place) {
        self.found.push(
            Diagnostic::error(format!("{} has no {what}: only {} {} it", self.name.product(), on.products(), has(on)))
                .at(*place, ""),
        );
    }
}

fn has(on: Databases) -> &'static str {
    let one = DialectName::ALL.into_iter().filter(|name| on.has(*name)).count() == 1;
    if one { "has" } else { "have" }
}
