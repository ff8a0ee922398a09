//! From the live catalog to the files: all of them when there are none, else only what differs.

mod adopt;
mod layout;
mod object;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::catalog::{Catalog, Kind, ObjectId};
use crate::diagnostic::{Diagnostics, FileId, Sources};
use crate::dialect::Dialect;
use crate::error::{Error, Result};

use super::edit::{Editor, ONLY, Unreachable};
use super::raise::{Block, Section, Value, raise, raise_object, reading_order, root_path};
use super::{Desired, Origin};

pub use layout::Layout;

/// A file to write or to remove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The file: the path of its source, or of a new one, relative to the schema folder.
    pub path: PathBuf,
    /// Its text; none when the file is to be removed.
    pub text: Option<String>,
    /// Whether the file is not there yet.
    pub is_new: bool,
}

/// What an import changes, and which objects it had to write anew as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Import {
    /// The files that change.
    pub files: Vec<FileChange>,
    /// Top-level objects whose blocks were replaced, with the comments in them.
    pub replaced: Vec<ObjectId>,
}

/// The files that make the document say what the live catalog holds.
///
/// `existing` is what the document says now. Objects that it keeps to other databases are not in
/// it and are left alone.
pub fn import(
    existing: Option<(&Sources, &Desired)>,
    live: &Catalog,
    dialect: &dyn Dialect,
    layout: Layout,
) -> Result<Import> {
    import_replacing(existing, live, dialect, layout, &BTreeSet::new())
}

/// As [`import`], with the blocks of these top-level objects written anew as a whole: the way out
/// when the document, read again, does not say what the live catalog holds.
pub fn import_replacing(
    existing: Option<(&Sources, &Desired)>,
    live: &Catalog,
    dialect: &dyn Dialect,
    layout: Layout,
    replace: &BTreeSet<ObjectId>,
) -> Result<Import> {
    match existing.filter(|(sources, _)| !sources.is_empty()) {
        None if live.is_empty() => Ok(Import { files: vec![layout::nothing()], replaced: Vec::new() }),
        None => Ok(Import { files: layout::all_files(raise(live, dialect), layout), replaced: Vec::new() }),
        Some((sources, desired)) => Importer::new(sources, desired, live, dialect, replace).run(layout),
    }
}

struct Importer<'a> {
    sources: &'a Sources,
    desired: &'a Desired,
    live: &'a Catalog,
    dialect: &'a dyn Dialect,
    replace: &'a BTreeSet<ObjectId>,
    editors: BTreeMap<FileId, Editor>,
    new_files: BTreeMap<PathBuf, Vec<String>>,
    replaced: Vec<ObjectId>,
}

impl<'a> Importer<'a> {
    fn new(
        sources: &'a Sources,
        desired: &'a Desired,
        live: &'a Catalog,
        dialect: &'a dyn Dialect,
        replace: &'a BTreeSet<ObjectId>,
    ) -> Self {
        let (editors, new_files, replaced) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        Self { sources, desired, live, dialect, replace, editors, new_files, replaced }
    }

    fn run(mut self, layout: Layout) -> Result<Import> {
        let roots: Vec<_> =
            self.desired.catalog.iter().map(|(id, _)| id).filter(|id| id.kind().is_top_level()).collect();
        for id in roots {
            match self.live.get_key_value(id) {
                // With what it stands in.
                Some(_) if self.replaced.contains(id) => {}
                None => self.withdraw_object(id)?,
                Some((live, _)) if !id.name().same_spelling(live.name()) => {
                    self.remove_object(id)?;
                    self.add_anew(live)?;
                }
                Some(_) if self.replace.contains(id) => self.replace_object(id)?,
                Some(_) => {
                    if self.differs(id) && self.edit_object(id).is_err() {
                        self.replace_object(id)?;
                    }
                }
            }
        }
        self.add_objects(layout)?;
        Ok(self.finish())
    }

    fn differs(&self, id: &ObjectId) -> bool {
        let old = self.desired.catalog.within(id);
        let mut new = self.live.within(id);
        for (id, entry) in old {
            match new.next() {
                Some((other, same)) if other == id && same.equals(entry) => {
                    if !id.name().same_spelling(other.name()) {
                        return true;
                    }
                }
                _ => return true,
            }
        }
        new.next().is_some()
    }

    fn edit_object(&mut self, id: &ObjectId) -> Result<(), EditError> {
        let (desired, live, dialect) = (self.desired, self.live, self.dialect);
        for (child, _) in desired.catalog.within(id) {
            let file = desired.origins.get(child).map(|origin| origin.file).ok_or(Unreachable)?;
            self.editor(file)?;
        }
        // Where this stops halfway, the block is replaced as a whole.
        Ok(object::edit(&mut self.editors, desired, live, id, dialect)?)
    }

    fn editor(&mut self, file: FileId) -> Result<&mut Editor> {
        match self.editors.entry(file) {
            std::collections::btree_map::Entry::Occupied(there) => Ok(there.into_mut()),
            std::collections::btree_map::Entry::Vacant(vacant) => {
                let text = self.sources.get(file).map_or("", |source| &*source.text);
                let editor = Editor::new(text, self.dialect.name()).map_err(|error| {
                    let items = vec![error.diagnostic(file)];
                    Error::Input(Box::new(Diagnostics { sources: self.sources.clone(), items }))
                })?;
                Ok(vacant.insert(editor))
            }
        }
    }

    /// Takes an object out of every file that says something of it.
    fn remove_object(&mut self, id: &ObjectId) -> Result<()> {
        let desired = self.desired;
        for (child, _) in desired.catalog.within(id) {
            if let Some(origin) = desired.origins.get(child) {
                self.editor(origin.file)?.remove(&origin.keys(), origin.path.len().min(2).saturating_sub(1));
            }
        }
        Ok(())
    }

    /// Keeps an object to the other databases that it is for, or takes it out where there are none.
    fn withdraw_object(&mut self, id: &ObjectId) -> Result<()> {
        let desired = self.desired;
        let others: BTreeSet<_> =
            desired.catalog.within(id).filter_map(|(id, _)| desired.shared.get(id)).flatten().copied().collect();
        // In a document for several databases, what says nothing of them is for all.
        let others = if others.is_empty() { &desired.others } else { &others };
        let others: Vec<_> = others.iter().copied().collect();
        let blocks: BTreeSet<_> = desired
            .catalog
            .within(id)
            .filter_map(|(id, _)| desired.origins.get(id))
            .map(|origin| (origin.file, origin.keys().into_iter().take(2).collect::<Vec<_>>()))
            .collect();
        if others.is_empty() {
            return self.remove_object(id);
        }
        for (file, path) in blocks {
            if self.editor(file)?.keep_to(&path, &others).is_err() {
                return self.remove_object(id);
            }
        }
        Ok(())
    }

    fn replace_object(&mut self, id: &ObjectId) -> Result<()> {
        let block = raise_object(self.live, id, self.dialect);
        let Some(origin) = self.desired.origins.get(id) else { return self.add_anew(id) };
        let (file, path) = (origin.file, origin.keys());
        let desired = self.desired;
        if path.first() != root_path(id).first() {
            return self.replace_apart(id, &block);
        }
        for (child, _) in desired.catalog.within(id) {
            if let Some(origin) = desired.origins.get(child).filter(|origin| origin.file != file) {
                self.editor(origin.file)?.remove(&origin.keys(), 1);
            }
        }
        let editor = self.editor(file)?;
        if editor.says_for_some(&path) {
            return Err(Error::usage_with_help(
                format!("{id} cannot be written anew: what it says for some databases only would be lost"),
                "change it by hand: `trueup plan` shows what differs, and the import goes on from there",
            ));
        }
        let text = block.render(editor.eol());
        editor.replace(&path, text);
        self.replaced.push(id.clone());
        Ok(())
    }

    /// Writes what was a word of another object, as the sequence of a `serial` is, as one of its own, and that other too.
    fn replace_apart(&mut self, id: &ObjectId, block: &Block) -> Result<()> {
        let Some(origin) = self.desired.origins.get(id) else { return Ok(()) };
        let own = |other: &Origin| {
            other.file == origin.file && other.path.as_slice() == origin.path.get(..2).unwrap_or_default()
        };
        let other = self.desired.origins.iter().find(|(_, other)| own(other)).map(|(other, _)| other.clone());
        let editor = self.editor(origin.file)?;
        let text = block.render(editor.eol());
        editor.insert_block(text, None);
        self.replaced.push(id.clone());
        match other.filter(|other| self.live.contains(other) && !self.replaced.contains(other)) {
            Some(other) => self.replace_object(&other),
            None => Ok(()),
        }
    }

    /// Writes an object again that had another spelling, where it stood.
    fn add_anew(&mut self, id: &ObjectId) -> Result<()> {
        let block = raise_object(self.live, id, self.dialect);
        let origin = self.desired.origins.get(id).map(|origin| (origin.file, origin.keys()));
        if let Some((file, path)) = origin {
            let editor = self.editor(file)?;
            let text = block.render(editor.eol());
            editor.insert_block(text, Some(&path));
            self.replaced.push(id.clone());
        }
        Ok(())
    }

    /// New objects: behind the one before them in the order for reading that is of their kind.
    fn add_objects(&mut self, layout: Layout) -> Result<()> {
        let mut behind: BTreeMap<Kind, (FileId, Vec<String>)> = BTreeMap::new();
        let (homes, by_name) = (self.homes(), self.by_name());
        let only = (self.sources.iter().count() == 1).then(|| self.sources.iter().next()).flatten().map(|(id, _)| id);
        let large = self.live.iter().filter(|(id, _)| id.kind().is_top_level()).nth(layout::SMALL).is_some();
        for id in reading_order(self.live) {
            if let Some(origin) = self.desired.origins.get(&id).filter(|_| self.desired.catalog.contains(&id)) {
                behind.insert(id.kind(), (origin.file, origin.keys()));
                continue;
            }
            let block = raise_object(self.live, &id, self.dialect);
            if let Some(files) = self.desired.taken.get(&id) {
                self.add_beside(block, files)?;
                continue;
            }
            let own_file = layout == Layout::ByObject && only.is_none();
            let sibling = behind.get(&id.kind()).cloned().filter(|_| !own_file);
            let file = layout::file_of(&id, layout, large);
            let home = sibling.as_ref().map(|(file, _)| *file).or_else(|| homes.get(&id.kind()).copied());
            let home = home.filter(|_| !own_file).or(only).or_else(|| by_name.get(&file).copied());
            if let Some(home) = home {
                let editor = self.editor(home)?;
                let text = block.render(editor.eol());
                editor.insert_block(text, sibling.as_ref().map(|(_, path)| path.as_slice()));
            } else {
                self.new_files.entry(file).or_default().push(block.render("\n"));
            }
        }
        Ok(())
    }

    /// Adds an object whose name the document has for other databases: in a file that does not have it,
    /// and for this database only.
    fn add_beside(&mut self, mut block: Block, taken: &[FileId]) -> Result<()> {
        let own = self.dialect.name();
        let root = root_path(&block.id);
        let only = (ONLY.to_owned(), Value::List(vec![Value::text(own.word())]));
        match block.sections.first_mut().filter(|section| section.path == root) {
            Some(section) => section.pairs.insert(0, only),
            None => block.sections.insert(0, Section { path: root, pairs: vec![only] }),
        }
        let free = |file: &FileId| !taken.contains(file);
        let home = self.homes().get(&block.id.kind()).copied().filter(free);
        let file = PathBuf::from(format!("{}.toml", own.word()));
        match home.or_else(|| self.by_name().get(&file).copied().filter(free)) {
            Some(home) => {
                let editor = self.editor(home)?;
                let text = block.render(editor.eol());
                editor.insert_block(text, None);
            }
            None => self.new_files.entry(file).or_default().push(block.render("\n")),
        }
        Ok(())
    }

    /// The file in which the first object of each kind stands.
    fn homes(&self) -> BTreeMap<Kind, FileId> {
        let mut homes = BTreeMap::new();
        for (id, _) in self.desired.catalog.iter().filter(|(id, _)| id.kind().is_top_level()) {
            if let Some(origin) = self.desired.origins.get(id) {
                homes.entry(id.kind()).or_insert(origin.file);
            }
        }
        homes
    }

    /// The files by the ends of their paths, as new files are named.
    fn by_name(&self) -> BTreeMap<PathBuf, FileId> {
        let mut files = BTreeMap::new();
        for (id, source) in self.sources.iter() {
            let parts: Vec<_> = source.path.components().rev().take(layout::DEEPEST).collect();
            for depth in 1..=parts.len() {
                files.entry(parts.iter().take(depth).rev().collect()).or_insert(id);
            }
        }
        files
    }

    fn finish(self) -> Import {
        let mut files = Vec::new();
        for (file, editor) in self.editors {
            let Some(source) = self.sources.get(file) else { continue };
            let text = editor.finish();
            if *text == *source.text {
                continue;
            }
            let text = Some(text).filter(|text| !text.trim().is_empty());
            files.push(FileChange { path: source.path.clone(), text, is_new: false });
        }
        for (path, blocks) in self.new_files {
            files.push(FileChange { path, text: Some(blocks.join("\n")), is_new: true });
        }
        Import { files, replaced: self.replaced }
    }
}

/// Why an object's block is replaced as a whole.
enum EditError {
    Unreachable,
    Other,
}

impl From<Unreachable> for EditError {
    fn from(_: Unreachable) -> Self {
        Self::Unreachable
    }
}

impl From<Error> for EditError {
    fn from(_: Error) -> Self {
        Self::Other
    }
}
