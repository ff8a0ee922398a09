//! Edits of one file that leave every byte alone which they do not mean.

use std::collections::BTreeMap;

use super::align::width;
use super::inline;
use super::parse::BUT;
use super::raise::{Pairs, Section, Value, quote_path};
use super::syntax::{Content, Syntax, SyntaxError};
use crate::catalog::Kind;
use crate::dialect::DialectName;

/// A file that is being edited.
#[derive(Debug)]
pub(super) struct Editor {
    dialect: DialectName,
    eol: &'static str,
    bom: bool,
    chunks: Vec<Chunk>,
    at: BTreeMap<Vec<String>, Vec<usize>>,
    /// The lines of keys that this edit adds, by the chunk that they come behind.
    added: BTreeMap<Vec<String>, usize>,
    /// The sections that this edit adds, by the chunk that they come before or behind.
    sections: BTreeMap<Vec<String>, (usize, Side)>,
    tail: String,
    /// What this edit appends.
    appended: Vec<String>,
}

/// A header or a pair with the comments above it.
#[derive(Debug)]
struct Chunk {
    /// Blank lines, and comments that stand apart.
    lead: String,
    /// The comments right above.
    own: String,
    /// What comes before the value; of a header, all of it.
    head: String,
    value: String,
    /// What comes behind, the end of the line included.
    rest: String,
    path: Vec<String>,
    /// How many keys of the path come from the header above.
    above: usize,
    is_header: bool,
    removed: bool,
    before: Vec<NewSection>,
    lines: Vec<String>,
    behind: Vec<NewSection>,
    blocks: Vec<String>,
}

/// Where a new key comes among its siblings.
#[derive(Debug, Clone, Copy)]
pub(super) enum Spot<'a> {
    First,
    Behind(&'a str),
    Last,
}

impl Chunk {
    fn says_something(&self) -> bool {
        // The header of a section goes when its last line does.
        let stays = !self.removed && (!self.is_header || self.path.len() != 3);
        stays || !(self.before.is_empty() && self.lines.is_empty() && self.behind.is_empty())
    }
}

#[derive(Debug, Clone, Copy)]
enum Side {
    Before,
    Behind,
}

#[derive(Debug)]
struct NewSection {
    path: Vec<String>,
    pairs: Pairs,
}

/// Where the keys of a table stand.
enum Container {
    /// In the value of a pair, below these keys.
    Inline(usize, Vec<String>),
    /// Under a header.
    Header(usize),
    /// As dotted keys; the last of them.
    Dotted(usize),
    /// Nowhere.
    Missing,
}

/// The key that keeps an object to some databases.
pub(super) const ONLY: &str = "only";

/// Its value for exactly these databases: `mysql` covers MariaDB.
pub(super) fn only_list(databases: &[DialectName]) -> Value {
    let has = |name| databases.contains(&name);
    let covers = has(DialectName::Mysql);
    let words = databases.iter().filter(|name| !(covers && **name == DialectName::Mariadb));
    let words = words.map(|name| name.word().to_owned());
    let but = (covers && !has(DialectName::Mariadb)).then(|| format!("{BUT}{}", DialectName::Mariadb.word()));
    Value::List(words.chain(but).map(Value::text).collect())
}

/// What asked for could not be done without touching more than was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unreachable;

impl Editor {
    /// Reads a file.
    pub(super) fn new(text: &str, dialect: DialectName) -> Result<Self, SyntaxError> {
        let syntax = Syntax::read(text)?;
        let mut editor = Self {
            dialect,
            eol: syntax.eol,
            bom: text.starts_with('\u{feff}'),
            chunks: Vec::new(),
            at: BTreeMap::new(),
            added: BTreeMap::new(),
            sections: BTreeMap::new(),
            tail: String::new(),
            appended: Vec::new(),
        };
        editor.fill(&syntax);
        Ok(editor)
    }

    fn fill(&mut self, syntax: &Syntax<'_>) {
        let (mut lead, mut own, mut header) = (String::new(), String::new(), Vec::new());
        for line in &syntax.lines {
            let text = syntax.slice(&line.span);
            let (keys, value, is_header) = match &line.content {
                Content::Nothing if line.comment.is_some() => {
                    own.push_str(text);
                    // What speaks of the whole file stays when the table below it goes.
                    if text.starts_with("#:") && self.chunks.is_empty() {
                        lead.push_str(&std::mem::take(&mut own));
                    }
                    continue;
                }
                Content::Nothing => {
                    lead.push_str(&std::mem::take(&mut own));
                    lead.push_str(text);
                    continue;
                }
                Content::Header { keys, .. } => (keys, line.span.end..line.span.end, true),
                Content::Pair { keys, value, .. } => (keys, value.clone(), false),
            };
            if is_header {
                header.clear();
            }
            let mut path = header.clone();
            path.extend(keys.iter().map(|key| key.name.clone()));
            let above = header.len();
            if is_header {
                header.clone_from(&path);
            }
            self.at.entry(path.clone()).or_default().push(self.chunks.len());
            self.chunks.push(Chunk {
                lead: std::mem::take(&mut lead),
                own: std::mem::take(&mut own),
                head: syntax.slice(&(line.span.start..value.start)).to_owned(),
                value: syntax.slice(&value).to_owned(),
                rest: syntax.slice(&(value.end..line.span.end)).to_owned(),
                path,
                above,
                is_header,
                removed: false,
                before: Vec::new(),
                lines: Vec::new(),
                behind: Vec::new(),
                blocks: Vec::new(),
            });
        }
        self.tail = lead + &own;
    }

    /// How the lines of this file end.
    pub(super) fn eol(&self) -> &'static str {
        self.eol
    }

    /// Whether something stands at this path, in a line of its own or within a value.
    pub(super) fn has(&self, path: &[String]) -> bool {
        if self.added.contains_key(path) || self.within(path).next().is_some() {
            return true;
        }
        match self.holder(path) {
            Some((chunk, rest)) => self.chunks.get(chunk).is_some_and(|chunk| inline::has(&chunk.value, &rest)),
            None => false,
        }
    }

    /// Whether anything that stays or comes says that there is something at this path.
    pub(super) fn has_lines(&self, path: &[String]) -> bool {
        self.holder(path).is_some()
            || self.within_all(path).any(|i| self.chunks.get(i).is_some_and(Chunk::says_something))
    }

    /// Whether what stands at this path is a table of keys, as against a short form.
    pub(super) fn is_table(&self, path: &[String]) -> bool {
        match self.container(path) {
            Container::Inline(chunk, rest) => {
                self.chunks.get(chunk).is_some_and(|chunk| inline::is_table(&chunk.value, &rest))
            }
            Container::Header(_) | Container::Dotted(_) => true,
            Container::Missing => false,
        }
    }

    /// Sets the value of a key.
    pub(super) fn set(&mut self, path: &[String], value: &Value) -> Result<(), Unreachable> {
        let dialect = self.dialect;
        if let Some(chunk) = self.pair_at(path).and_then(|i| self.chunks.get_mut(i)) {
            chunk.value = inline::replace(&chunk.value, value, dialect).ok_or(Unreachable)?;
            return Ok(());
        }
        let (key, parent) = path.split_last().ok_or(Unreachable)?;
        if self.sections.contains_key(parent) {
            return self.insert(path, value, Spot::Last);
        }
        match self.container(parent) {
            Container::Inline(chunk, mut rest) => {
                rest.push(key.clone());
                let chunk = self.chunks.get_mut(chunk).ok_or(Unreachable)?;
                let of_column = path.len() == 5 && path.get(2).is_some_and(|word| word == Kind::Column.word());
                chunk.value = inline::set(&chunk.value, &rest, value, dialect, of_column).ok_or(Unreachable)?;
                Ok(())
            }
            Container::Header(_) | Container::Dotted(_) => self.insert(path, value, Spot::Last),
            // Nested keys of a column: the table that holds them is not there yet.
            Container::Missing if path.len() > 5 => {
                let nested = Value::Table(vec![(key.clone(), value.clone())]);
                self.set(parent, &nested)
            }
            Container::Missing => Err(Unreachable),
        }
    }

    /// Takes out what stands at a path, with its comments and with what stands below it. Tables
    /// that this empties go too, unless they have at most `keep` keys.
    pub(super) fn remove(&mut self, path: &[String], keep: usize) {
        let found: Vec<_> = self.within(path).collect();
        for i in &found {
            if let Some(chunk) = self.chunks.get_mut(*i) {
                chunk.removed = true;
            }
        }
        if let Some((i, rest)) = found.is_empty().then(|| self.holder(path)).flatten()
            && let Some(chunk) = self.chunks.get_mut(i)
        {
            match inline::remove(&chunk.value, &rest, keep.saturating_sub(chunk.path.len())) {
                Some(value) => chunk.value = value,
                None if chunk.path.len() > keep => chunk.removed = true,
                None => "{}".clone_into(&mut chunk.value),
            }
        }
    }

    /// Takes out this database's value of a key, which may have others for other databases.
    pub(super) fn unset(&mut self, path: &[String], keep: usize) {
        let mut own = path.to_vec();
        own.push(self.dialect.word().to_owned());
        if self.differs_by_database(path) { self.remove(&own, keep) } else { self.remove(path, keep) }
    }

    /// Whether what stands at this path is one value for each database.
    pub(super) fn differs_by_database(&self, path: &[String]) -> bool {
        match self.holder_or_own(path) {
            Some((i, rest)) => self.chunks.get(i).is_some_and(|chunk| inline::differs_by_database(&chunk.value, &rest)),
            None => false,
        }
    }

    /// Whether something within this path is for some databases only.
    pub(super) fn says_for_some(&self, path: &[String]) -> bool {
        self.within_all(path).filter_map(|i| self.chunks.get(i)).any(|chunk| {
            let key = chunk.path.last().map(String::as_str).unwrap_or_default();
            let is_for_one = chunk.path.len() > path.len() && DialectName::from_word(key).is_some();
            key == ONLY || is_for_one || inline::says_for_some(&chunk.value)
        })
    }

    /// Keeps what stands at this path to some databases.
    pub(super) fn keep_to(&mut self, path: &[String], databases: &[DialectName]) -> Result<(), Unreachable> {
        let mut key = path.to_vec();
        key.push(ONLY.to_owned());
        let list = only_list(databases);
        if path.len() == 2 && !self.is_table(path) {
            return self.insert_section(path, Section { path: path.to_vec(), pairs: vec![(ONLY.to_owned(), list)] });
        }
        self.set(&key, &list)
    }

    /// Adds a key to a table; the path is the key's.
    pub(super) fn insert(&mut self, path: &[String], value: &Value, spot: Spot<'_>) -> Result<(), Unreachable> {
        let (key, parent) = path.split_last().ok_or(Unreachable)?;
        if let Some(section) = self.new_section(parent) {
            section.pairs.push((key.clone(), value.clone()));
            return Ok(());
        }
        let (anchor, above) = match self.container(parent) {
            Container::Inline(chunk, mut rest) => {
                rest.push(key.clone());
                let chunk = self.chunks.get_mut(chunk).ok_or(Unreachable)?;
                chunk.value = inline::set(&chunk.value, &rest, value, self.dialect, false).ok_or(Unreachable)?;
                return Ok(());
            }
            Container::Header(header) => {
                let anchor = match spot {
                    Spot::First => header,
                    Spot::Last => self.last_line(header),
                    Spot::Behind(sibling) => {
                        let mut path = parent.to_vec();
                        path.push(sibling.to_owned());
                        let line = self.added.get(&path).copied().or_else(|| self.line_in(header, &path));
                        line.unwrap_or_else(|| self.last_line(header))
                    }
                };
                (anchor, parent.len())
            }
            Container::Dotted(chunk) => (chunk, self.chunks.get(chunk).map_or(0, |chunk| chunk.above)),
            Container::Missing => return Err(Unreachable),
        };
        let keys = quote_path(path.get(above..).unwrap_or_default());
        let chunk = self.chunks.get_mut(anchor).ok_or(Unreachable)?;
        let sign = if chunk.is_header {
            0
        } else {
            chunk.head.rfind('=').map_or(0, |end| width(chunk.head.get(..end).unwrap_or_default()))
        };
        let padding = " ".repeat(sign.saturating_sub(width(&keys) + 1));
        chunk.lines.push(format!("{keys}{padding} = {}", value.render()));
        self.added.insert(path.to_vec(), anchor);
        Ok(())
    }

    /// Adds a section of the object whose path is given, where its kind stands among the others.
    pub(super) fn insert_section(&mut self, root: &[String], section: Section) -> Result<(), Unreachable> {
        let rank = section_rank(&section.path, root.len());
        let mut place = None;
        // What is removed still marks the place.
        let mut found: Vec<_> = self.within_all(root).collect();
        found.sort_unstable();
        for i in found {
            let Some(chunk) = self.chunks.get(i) else { continue };
            if chunk.above < root.len() && !chunk.is_header {
                return Err(Unreachable);
            }
            if place.is_none() || section_rank(&chunk.path, root.len()) <= rank {
                let side = if section_rank(&chunk.path, root.len()) <= rank { Side::Behind } else { Side::Before };
                place = Some((i, side));
            }
        }
        let (i, side) = place.ok_or(Unreachable)?;
        self.sections.insert(section.path.clone(), (i, side));
        let chunk = self.chunks.get_mut(i).ok_or(Unreachable)?;
        let new = NewSection { path: section.path, pairs: section.pairs };
        match side {
            Side::Before => chunk.before.push(new),
            Side::Behind => chunk.behind.push(new),
        }
        Ok(())
    }

    /// Adds a whole block behind the object of this path, or at the end.
    pub(super) fn insert_block(&mut self, text: String, behind: Option<&[String]>) {
        let last = behind.and_then(|path| self.within_all(path).max());
        match last.and_then(|i| self.chunks.get_mut(i)) {
            Some(chunk) => chunk.blocks.push(text),
            None => self.appended.push(text),
        }
    }

    /// Puts a block where the object of this path stands, instead of it and of all edits of it.
    pub(super) fn replace(&mut self, path: &[String], text: String) {
        let first = self.within_all(path).min();
        for i in self.within_all(path).collect::<Vec<_>>() {
            if let Some(chunk) = self.chunks.get_mut(i) {
                chunk.before.clear();
                chunk.lines.clear();
                chunk.behind.clear();
            }
        }
        self.remove(path, path.len().saturating_sub(1));
        match first.and_then(|i| self.chunks.get_mut(i)) {
            Some(chunk) => chunk.blocks.insert(0, text),
            None => self.appended.push(text),
        }
    }

    /// The text as edited.
    pub(super) fn finish(mut self) -> String {
        self.drop_empty_sections();
        let mut out = Output { text: String::new(), eol: self.eol, carried: String::new() };
        let blank_start = self.chunks.first().is_some_and(|chunk| chunk.lead.starts_with(['\n', '\r']));
        for chunk in &self.chunks {
            out.chunk(chunk);
        }
        out.flush_comments();
        if self.appended.is_empty() || self.tail.trim().is_empty() {
            for block in &self.appended {
                out.block(block);
            }
            if self.appended.is_empty() {
                out.text.push_str(&self.tail);
            }
        } else {
            out.text.push_str(&self.tail);
            for block in &self.appended {
                out.block(block);
            }
        }
        let text = if blank_start { out.text.as_str() } else { out.text.trim_start_matches(['\n', '\r']) };
        if self.bom { format!("\u{feff}{text}") } else { text.to_owned() }
    }

    /// The live chunks at a path and below it.
    fn within<'a>(&'a self, path: &'a [String]) -> impl Iterator<Item = usize> + 'a {
        self.within_all(path).filter(|i| self.chunks.get(*i).is_some_and(|chunk| !chunk.removed))
    }

    /// All chunks at a path and below it.
    fn within_all<'a>(&'a self, path: &'a [String]) -> impl Iterator<Item = usize> + 'a {
        self.at.range(path.to_vec()..).take_while(move |(at, _)| at.starts_with(path)).flat_map(|(_, all)| all).copied()
    }

    fn live_at(&self, path: &[String], header: bool) -> Option<usize> {
        let live = |i: &&usize| self.chunks.get(**i).is_some_and(|chunk| !chunk.removed && chunk.is_header == header);
        self.at.get(path)?.iter().find(live).copied()
    }

    fn pair_at(&self, path: &[String]) -> Option<usize> {
        self.live_at(path, false)
    }

    /// The pair that has this path within its value, and the keys there.
    fn holder(&self, path: &[String]) -> Option<(usize, Vec<String>)> {
        (1..path.len()).rev().find_map(|n| {
            let (above, rest) = path.split_at_checked(n)?;
            Some((self.pair_at(above)?, rest.to_vec()))
        })
    }

    fn holder_or_own(&self, path: &[String]) -> Option<(usize, Vec<String>)> {
        self.pair_at(path).map(|i| (i, Vec::new())).or_else(|| self.holder(path))
    }

    fn container(&self, path: &[String]) -> Container {
        if let Some((chunk, rest)) = self.holder_or_own(path) {
            return Container::Inline(chunk, rest);
        }
        if let Some(header) = self.live_at(path, true) {
            return Container::Header(header);
        }
        let dotted = self
            .within(path)
            .filter(|i| self.chunks.get(*i).is_some_and(|chunk| !chunk.is_header && chunk.above < path.len()));
        dotted.max().map_or(Container::Missing, Container::Dotted)
    }

    fn new_section(&mut self, path: &[String]) -> Option<&mut NewSection> {
        let (i, side) = *self.sections.get(path)?;
        let chunk = self.chunks.get_mut(i)?;
        let list = match side {
            Side::Before => &mut chunk.before,
            Side::Behind => &mut chunk.behind,
        };
        list.iter_mut().find(|section| section.path == path)
    }

    /// The line of a key under a header, removed or not: it still marks the place.
    fn line_in(&self, header: usize, path: &[String]) -> Option<usize> {
        let above = self.chunks.get(header)?.path.len();
        let here = |i: &&usize| self.chunks.get(**i).is_some_and(|chunk| !chunk.is_header && chunk.above == above);
        self.at.get(path)?.iter().find(here).copied()
    }

    /// The last line under a header, or the header.
    fn last_line(&self, header: usize) -> usize {
        header + self.chunks.iter().skip(header + 1).take_while(|chunk| !chunk.is_header).count()
    }

    /// Headers of sections that have lost all their lines.
    fn drop_empty_sections(&mut self) {
        let starts: Vec<_> =
            (0..self.chunks.len()).filter(|i| self.chunks.get(*i).is_some_and(|c| c.is_header)).collect();
        let ends = starts.iter().copied().skip(1).chain([self.chunks.len()]);
        for (start, end) in starts.iter().copied().zip(ends) {
            let Some([header, pairs @ ..]) = self.chunks.get_mut(start..end) else { continue };
            let word = header.path.get(2).filter(|_| header.path.len() == 3);
            let holds_names = word.is_some_and(|word| Kind::ALL.iter().any(|kind| kind.word() == word));
            let alive = |chunk: &Chunk| !chunk.removed || !chunk.lines.is_empty();
            if holds_names && header.lines.is_empty() && !pairs.is_empty() && !pairs.iter().any(alive) {
                header.removed = true;
            }
        }
    }
}

/// The place of a section among those of its object: its own first, then by kind.
fn section_rank(path: &[String], root: usize) -> usize {
    let word = path.get(root).map_or("", String::as_str);
    Kind::ALL.iter().position(|kind| kind.word() == word && *kind != Kind::PrimaryKey).map_or(0, |i| i + 1)
}

struct Output {
    text: String,
    eol: &'static str,
    /// What stood above lines that are gone.
    carried: String,
}

impl Output {
    fn chunk(&mut self, chunk: &Chunk) {
        for section in &chunk.before {
            self.section(section);
        }
        if !chunk.before.is_empty() && chunk.lead.is_empty() {
            self.text.push_str(self.eol);
        }
        if chunk.removed {
            self.carried.push_str(&chunk.lead);
        } else {
            if chunk.lead.is_empty() && !chunk.is_header {
                self.end_line();
                self.text.push_str(&std::mem::take(&mut self.carried));
            } else {
                self.flush_comments();
            }
            for part in [&chunk.lead, &chunk.own, &chunk.head, &chunk.value, &chunk.rest] {
                self.text.push_str(part);
            }
        }
        for line in &chunk.lines {
            self.end_line();
            self.text.push_str(line);
            self.text.push_str(self.eol);
        }
        for section in &chunk.behind {
            self.section(section);
        }
        for block in &chunk.blocks {
            self.block(block);
        }
    }

    /// The comments that stood apart above what is gone.
    fn flush_comments(&mut self) {
        let carried = std::mem::take(&mut self.carried);
        self.end_line();
        if !carried.trim().is_empty() {
            self.text.push_str(carried.trim_end());
            self.text.push_str(self.eol);
        }
    }

    fn section(&mut self, section: &NewSection) {
        let section = Section { path: section.path.clone(), pairs: section.pairs.clone() };
        self.block(&section.render(self.eol));
    }

    fn block(&mut self, text: &str) {
        self.end_line();
        if !self.text.trim().is_empty() {
            self.text.push_str(self.eol);
        }
        self.text.push_str(text);
    }

    fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push_str(self.eol);
        }
    }
}
