//! TOML to a [`Document`]: files and the blocks in them, with the place of everything.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, Error as TomlError};

use crate::catalog::Kind;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Place, Sources};
use crate::dialect::DialectName;

use super::pieces;
use super::sections::{self, LATER};
use super::shape::Checker;
use super::spec::{Databases, Section};
use super::tree::{self, Interner, Item, Node};
use crate::suggest;

/// The TOML files as written.
///
/// What is wrong with its keys and values is kept in it and comes out of [`Document::lower`] together
/// with what is wrong with their meaning, so that one run says all.
#[derive(Debug, Clone)]
pub struct Document {
    pub(super) sources: Sources,
    pub(super) files: Vec<File>,
    pub(super) found: Vec<Diagnostic>,
}

/// One file.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) id: FileId,
    pub(super) only: Option<Databases>,
    /// The schema and its place.
    pub(super) in_schema: Option<(String, Place)>,
    pub(super) allow_empty: bool,
    pub(super) blocks: Vec<Block>,
}

/// One top-level object as one file has it.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    pub(super) key: Arc<str>,
    /// The text of its key.
    pub(super) place: Place,
    pub(super) node: Node,
    /// Whether something is wrong with its keys or values, so that what seems missing may not be.
    pub(super) faulty: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum BlockKind {
    Read(&'static Section),
    /// A section of a database that is not managed yet.
    Later(&'static str, Databases),
}

impl Document {
    /// Reads the files. `Err` when one of them is not TOML; with it comes everything else that is wrong.
    pub fn parse(sources: Sources) -> std::result::Result<Self, Diagnostics> {
        let mut document = Self { sources: Sources::default(), files: Vec::new(), found: Vec::new() };
        let mut syntax = Vec::new();
        for (id, source) in sources.iter() {
            if let Some(items) = pieces::parse(id, &source.text) {
                document.files.push(file(id, items, &mut document.found));
                continue;
            }
            let (table, errors) = DeTable::parse_recoverable(&source.text);
            if errors.is_empty() {
                let items = tree::items(id, 0, table.get_ref(), &mut Interner::default());
                document.files.push(file(id, items, &mut document.found));
            } else {
                let first = FirstPlaces::of(&source.text);
                syntax.extend(errors.iter().map(|error| syntax_error(id, &first, error)));
            }
        }
        document.sources = sources;
        if syntax.is_empty() {
            return Ok(document);
        }
        syntax.append(&mut document.found);
        Err(Diagnostics { sources: document.sources, items: syntax })
    }

    /// The files it was read from.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// How many objects stand on their own in it, whatever database they are for.
    pub fn len(&self) -> usize {
        self.files.iter().map(|file| file.blocks.len()).sum()
    }

    /// Whether it declares nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What stands before the name of a database that a list of `only` leaves out.
pub(super) const BUT: char = '!';

/// The databases that a list of `only` names; `mysql` covers MariaDB, and `!mariadb` leaves it out.
pub(super) fn only(node: &Node) -> Databases {
    let texts = || node.list().unwrap_or_default().iter().filter_map(Node::text);
    let named = texts().filter_map(DialectName::from_word).map(|name| match name {
        DialectName::Mysql => Databases::MYSQL,
        DialectName::Postgres | DialectName::Mariadb | DialectName::Sqlite => Databases::one(name),
    });
    let left_out = texts().filter_map(|text| DialectName::from_word(text.strip_prefix(BUT)?));
    let named = named.reduce(Databases::or).unwrap_or(Databases::ANY);
    left_out.fold(named, |some, name| some.but(Databases::one(name)))
}

fn file(id: FileId, items: Vec<Item>, found: &mut Vec<Diagnostic>) -> File {
    let mut file = File { id, only: None, in_schema: None, allow_empty: false, blocks: Vec::new() };
    for item in items {
        if let Some(key) = sections::HEAD.iter().find(|key| *key.name == *item.key) {
            Checker { found }.keyed(key, &item, &[]);
            match (key.name, item.node.text()) {
                ("only", _) => file.only = Some(only(&item.node)),
                ("allow_empty", _) => file.allow_empty = item.node.bool() == Some(true),
                (_, Some(schema)) => file.in_schema = Some((schema.to_owned(), item.node.place)),
                (_, None) => {}
            }
        } else if let Some(section) = sections::top(&item.key) {
            blocks(&mut file, BlockKind::Read(section), section.noun, item, found);
        } else if let Some((word, on, _)) = LATER.iter().find(|(word, ..)| **word == *item.key) {
            blocks(&mut file, BlockKind::Later(word, *on), word, item, found);
        } else {
            found.push(unknown_section(&item));
        }
    }
    file
}

fn blocks(file: &mut File, kind: BlockKind, noun: &str, item: Item, found: &mut Vec<Diagnostic>) {
    if let BlockKind::Read(section) = kind
        && section.kind == Some(Kind::Database)
    {
        // There is one, so it has no name.
        let before = found.len();
        Checker { found }.object(section, &item.key, &item.place, &item.node, &[section.word]);
        let faulty = found.len() > before;
        file.blocks.push(Block { kind, key: Arc::from(""), place: item.place, node: item.node, faulty });
        return;
    }
    let tree::Value::Table(items) = item.node.value else {
        found.push(
            Diagnostic::error(format!("`{}` is a table of names, not {}", item.key, item.node.noun()))
                .at(item.node.place, "")
                .with_help(format!("write `[{}.NAME]`", item.key)),
        );
        return;
    };
    for block in items {
        let before = found.len();
        if let BlockKind::Read(section) = kind {
            if block.node.table().is_some() {
                let path = [section.word, &*block.key];
                Checker { found }.object(section, &block.key, &block.place, &block.node, &path);
            } else {
                found.push(
                    Diagnostic::error(format!(
                        "`{}` stands where {} is named, and is {}",
                        block.key,
                        suggest::with_article(noun),
                        block.node.noun()
                    ))
                    .at(block.place, "")
                    .with_help(format!(
                        "{} is a table of its own: `[{}.NAME]`",
                        suggest::with_article(noun),
                        item.key
                    )),
                );
            }
        }
        let faulty = found.len() > before;
        file.blocks.push(Block { kind, key: block.key, place: block.place, node: block.node, faulty });
    }
}

fn unknown_section(item: &Item) -> Diagnostic {
    let known = sections::TOP.iter().map(|section| section.word);
    let head = sections::HEAD.iter().map(|key| key.name);
    let words = known.clone().chain(LATER.iter().map(|(word, ..)| *word)).chain(head);
    let nested = ["column", "index", "unique", "check", "foreign_key", "trigger", "primary_key"];
    let error =
        Diagnostic::error(format!("unknown key `{}` at the top of a file", item.key)).at(item.place, "not known here");
    if nested.contains(&&*item.key) {
        return error.with_help(format!("it belongs to a table: `[table.NAME.{}]`", item.key));
    }
    if ["materialized_view", "matview", "mview"].contains(&&*item.key) {
        return error.with_help("it is a view: `[view.NAME]` with `materialized = true`");
    }
    if let Some(near) = suggest::nearest(&item.key, words) {
        error.with_help(format!("did you mean `{near}`?"))
    } else {
        let known: Vec<_> = known.map(|word| format!("`[{word}.NAME]`")).collect();
        error.with_help(format!("here stand {}", suggest::list(&known, "and")))
    }
}

fn syntax_error(file: FileId, first: &FirstPlaces<'_>, error: &TomlError) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let place = Place::new(file, span.clone());
    if error.message().starts_with("duplicate key") {
        let name = first.text.get(span.clone()).unwrap_or_default();
        let said =
            Diagnostic::error(format!("`{name}` is declared twice in this file")).at(place, "declared again here");
        return match first.find(&span) {
            Some(first) => said.with_related(Place::new(file, first), "first declared here"),
            None => said,
        }
        .with_help("an object is declared once: join the two, or remove one");
    }
    let said = Diagnostic::error(format!("this is not TOML: {}", error.message())).at(place, "");
    match bare_word(first.text, span.start) {
        Some(word) => said.with_help(format!("a string stands in quotes: `\"{word}\"`")),
        None => said,
    }
}

/// The word behind `=` where a value stands without its quotes: `type = int`.
fn bare_word(text: &str, at: usize) -> Option<&str> {
    let line = text.get(..at)?.rfind('\n').map_or(0, |at| at + 1);
    let before = text.get(line..at)?;
    let start = line + before.find('=').and_then(|_| before.rfind(['=', '[', ',']))? + 1;
    let rest = text.get(start..)?.trim_start_matches([' ', '\t']);
    let end = rest.find(|c: char| !(c.is_alphanumeric() || "_.()".contains(c))).unwrap_or(rest.len());
    let word = rest.get(..end)?;
    let is_key = rest.get(end..)?.trim_start().starts_with('=');
    (word.starts_with(|c: char| c.is_alphabetic()) && !is_key).then_some(word)
}

/// Where the keys of a file stand first, for those that are there twice.
struct FirstPlaces<'a> {
    text: &'a str,
    /// The end of every header, by what stands between its brackets.
    headers: HashMap<&'a str, usize>,
}

impl<'a> FirstPlaces<'a> {
    fn of(text: &'a str) -> Self {
        let mut headers = HashMap::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if let Some(inner) = line.trim_start().strip_prefix('[').and_then(|rest| Some(rest.rsplit_once(']')?.0)) {
                let end = start + (line.len() - line.trim_start().len()) + 1 + inner.trim_end().len();
                headers.entry(inner.trim()).or_insert(end);
            }
            start += line.len();
        }
        Self { text, headers }
    }

    /// The first place of the key that stands again at `again`. A key that is no header is looked for
    /// up to the header above it.
    fn find(&self, again: &Range<usize>) -> Option<Range<usize>> {
        let line_start = self.text.get(..again.start)?.rfind('\n').map_or(0, |at| at + 1);
        let head = self.text.get(line_start..again.end)?.trim_start();
        let end = match head.strip_prefix('[') {
            Some(inner) => self.headers.get(inner.trim()).copied(),
            None => self.above(line_start, head),
        }?;
        (end < again.start).then(|| end - again.len()..end)
    }

    fn above(&self, line_start: usize, head: &str) -> Option<usize> {
        let mut end = line_start;
        for line in self.text.get(..line_start)?.split_inclusive('\n').rev() {
            end -= line.len();
            let trimmed = line.trim_start();
            if trimmed.strip_prefix(head).is_some_and(|rest| rest.trim_start().starts_with('=')) {
                return Some(end + (line.len() - trimmed.len()) + head.len());
            }
            if trimmed.starts_with('[') {
                return None;
            }
        }
        None
    }
}
