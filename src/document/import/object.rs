//! The edits that turn what the document says of one top-level object into what the live catalog has.

use std::collections::{BTreeMap, BTreeSet};

use super::adopt::adopt;
use crate::catalog::{Catalog, Column, Entry, Kind, Object, ObjectId};
use crate::diagnostic::FileId;
use crate::dialect::Dialect;
use crate::document::Desired;
use crate::document::Origin;
use crate::document::edit::{Editor, ONLY, Spot, Unreachable, only_list};
use crate::document::raise::sugar::{self, Home};
use crate::document::raise::{
    Attribute, Form, Pairs, Section, Value, child_path, column_attributes, column_comment, column_value, object_form,
    primary_key_at_column,
};

type Edit<T = ()> = Result<T, Unreachable>;

/// Edits one object that is in both catalogs.
pub(super) fn edit(
    files: &mut BTreeMap<FileId, Editor>,
    desired: &Desired,
    live: &Catalog,
    root: &ObjectId,
    dialect: &dyn Dialect,
) -> Edit {
    let origin = desired.origins.get(root).ok_or(Unreachable)?;
    let (home, path) = (origin.file, origin.keys());
    let homes = sugar::homes(live, root, dialect);
    let mut edit = ObjectEdit {
        files,
        home,
        desired,
        live,
        root,
        path,
        dialect,
        homes,
        columns: BTreeMap::new(),
        new_columns: BTreeMap::new(),
        gone_columns: BTreeSet::new(),
    };
    edit.run()?;
    // A table that has lost all that was written of it is still a table.
    let path = std::mem::take(&mut edit.path);
    if edit.editor()?.has_lines(&path) { Ok(()) } else { Err(Unreachable) }
}

struct ObjectEdit<'a> {
    files: &'a mut BTreeMap<FileId, Editor>,
    /// The file with its columns; indexes and triggers may stand in others.
    home: FileId,
    desired: &'a Desired,
    live: &'a Catalog,
    root: &'a ObjectId,
    path: Vec<String>,
    dialect: &'a dyn Dialect,
    homes: BTreeMap<ObjectId, Home>,
    /// What changes below the columns that stay; none means the key goes.
    columns: BTreeMap<ObjectId, BTreeMap<Vec<&'static str>, Option<Value>>>,
    /// The sugar of the columns that come.
    new_columns: BTreeMap<ObjectId, Vec<Attribute>>,
    gone_columns: BTreeSet<ObjectId>,
}

impl ObjectEdit<'_> {
    fn run(&mut self) -> Edit {
        let (old, new) = (&self.desired.catalog, self.live);
        let members = |catalog: &Catalog| {
            let within =
                catalog.within(self.root).filter(|(id, _)| id.parent().is_some_and(|parent| parent != self.root));
            within.map(|(id, entry)| (id.clone(), entry.object.clone())).collect::<Vec<_>>()
        };
        if self.root.kind() == Kind::Extension && members(old) != members(new) {
            return Err(Unreachable);
        }
        // What is granted stands below other words than those of its kinds.
        if self.root.kind() == Kind::DefaultPrivilege {
            return Err(Unreachable);
        }
        self.own()?;
        for (id, entry) in children(old, self.root, true).filter(|(id, _)| !new.contains(id)) {
            self.gone_columns.insert(id.clone());
            if self.keep_to_others(id, entry)? {
                continue;
            }
            let (path, keep) = (self.origin(id)?, self.path.len());
            self.editor()?.remove(&path, keep);
        }
        for (id, _) in children(new, self.root, true) {
            match old.get_key_value(id) {
                None => {
                    self.new_columns.insert(id.clone(), Vec::new());
                }
                Some((old, _)) if !old.name().same_spelling(id.name()) => return Err(Unreachable),
                Some(_) => self.column(id),
            }
        }
        for (id, entry) in children(old, self.root, false) {
            match new.get_key_value(id) {
                None => self.remove(id, entry)?,
                Some((_, now)) if !now.equals(entry) => self.alter(id, entry, now)?,
                Some((now, _)) if !now.name().same_spelling(id.name()) && has_own_name(entry) => {
                    return Err(Unreachable);
                }
                Some(_) => {}
            }
        }
        for (id, entry) in children(new, self.root, false).filter(|(id, _)| !old.contains(id)) {
            self.add(id, entry)?;
        }
        self.apply_columns()
    }

    fn origin(&self, id: &ObjectId) -> Edit<Vec<String>> {
        self.desired.origins.get(id).map(Origin::keys).ok_or(Unreachable)
    }

    fn editor(&mut self) -> Edit<&mut Editor> {
        self.files.get_mut(&self.home).ok_or(Unreachable)
    }

    /// The file in which an object is declared.
    fn editor_of(&mut self, id: &ObjectId) -> Edit<&mut Editor> {
        let file = self.desired.origins.get(id).map_or(self.home, |origin| origin.file);
        self.files.get_mut(&file).ok_or(Unreachable)
    }

    /// What the object says of itself.
    fn own(&mut self) -> Edit {
        let (Some(old), Some(new)) = (self.desired.catalog.get(self.root), self.live.get(self.root)) else {
            return Err(Unreachable);
        };
        let adopted = Entry { object: adopt(&old.object, &new.object), ..new.clone() };
        let pairs = |entry: &Entry| object_form(entry, self.dialect).map(|form| form.long).unwrap_or_default();
        let path = self.path.clone();
        let (old, new) = (pairs(old), pairs(&adopted));
        let root = self.root;
        self.set_changed(root, &path, &old, &new)
    }

    fn set_changed(&mut self, id: &ObjectId, path: &[String], old: &Pairs, new: &Pairs) -> Edit {
        for (key, value) in new {
            if !old.iter().any(|(other, was)| other == key && was == value) {
                let key_path = joined(path, key);
                let is_root = path == self.path.as_slice();
                let editor = self.editor_of(id)?;
                if editor.set(&key_path, value).is_err() {
                    if !is_root || editor.is_table(path) {
                        return Err(Unreachable);
                    }
                    let section = Section { path: path.to_vec(), pairs: vec![(key.clone(), value.clone())] };
                    editor.insert_section(path, section)?;
                }
            }
        }
        for (key, _) in old.iter().filter(|(key, _)| !new.iter().any(|(other, _)| other == key)) {
            self.editor_of(id)?.unset(&joined(path, key), path.len());
        }
        Ok(())
    }

    /// What a column says of itself; whether it is NULL may change with the primary key alone.
    fn column(&mut self, id: &ObjectId) {
        let (Some(Object::Column(old)), Some(new)) = (self.desired.catalog.object(id), self.live.object(id)) else {
            return;
        };
        let Object::Column(new) = adopt(&Object::Column(old.clone()), new) else { return };
        let attributes = |catalog: &Catalog, column: &Column| {
            let mut all = column_attributes(column, self.dialect.written_null(catalog, id), self.dialect);
            all.extend(column_comment(catalog, id));
            all
        };
        let (old, new) = (attributes(&self.desired.catalog, old), attributes(self.live, &new));
        self.change_column(id, &old, &new);
    }

    fn change_column(&mut self, column: &ObjectId, old: &[Attribute], new: &[Attribute]) {
        let edits = self.columns.entry(column.clone()).or_default();
        for gone in old.iter().filter(|old| !new.iter().any(|new| new.path == old.path)) {
            edits.entry(gone.path.clone()).or_insert(None);
        }
        for attribute in new.iter().filter(|new| !old.contains(new)) {
            edits.insert(attribute.path.clone(), Some(attribute.value.clone()));
        }
    }

    /// The column whose sugar makes this object.
    fn sugar_column(&self, id: &ObjectId) -> Edit<Option<ObjectId>> {
        let path = self.origin(id)?;
        let below = path.get(self.path.len()..).unwrap_or_default();
        let [word, column, _key] = below else { return Ok(None) };
        if word != Kind::Column.word() {
            return Ok(None);
        }
        let name = crate::catalog::Name::new(column.as_str(), self.dialect.folding(Kind::Column));
        Ok(Some(self.root.child(Kind::Column, name)))
    }

    fn remove(&mut self, id: &ObjectId, entry: &Entry) -> Edit {
        if let Object::PrimaryKey(key) = &entry.object {
            self.autoincrement(primary_key_at_column(self.root, key), None);
        }
        if let Some(column) = self.sugar_column(id)? {
            self.remove_sugar(&column, id.kind());
        } else if !self.keep_to_others(id, entry)? {
            let (path, keep) = (self.origin(id)?, self.path.len());
            self.editor_of(id)?.unset(&path, keep);
        }
        Ok(())
    }

    /// Keeps what this database no longer has to the others that it is for, if there are any. What is
    /// over a column of theirs is theirs too.
    fn keep_to_others(&mut self, id: &ObjectId, entry: &Entry) -> Edit<bool> {
        let shared = &self.desired.shared;
        let of_column = || {
            entry
                .object
                .refers_to(id)
                .into_iter()
                .find_map(|to| shared.get(&to).filter(|_| self.gone_columns.contains(&to)))
        };
        let others: Vec<_> = self.desired.others.iter().copied().collect();
        let others = shared.get(id).or_else(of_column).unwrap_or(&others);
        if others.is_empty() {
            return Ok(false);
        }
        let path = self.origin(id)?;
        let dialect = self.dialect;
        let editor = self.editor_of(id)?;
        if editor.differs_by_database(&path) {
            return Ok(false);
        }
        if editor.is_table(&path) {
            editor.keep_to(&path, others)?;
        } else {
            let mut long = object_form(entry, dialect).ok_or(Unreachable)?.long;
            long.push((ONLY.to_owned(), only_list(others)));
            editor.set(&path, &Value::Table(long))?;
        }
        Ok(true)
    }

    fn remove_sugar(&mut self, column: &ObjectId, kind: Kind) {
        let edits = self.columns.entry(column.clone()).or_default();
        for path in sugar_keys(kind) {
            edits.entry(path.to_vec()).or_insert(None);
        }
    }

    fn alter(&mut self, id: &ObjectId, old: &Entry, new: &Entry) -> Edit {
        let adopted = adopt(&old.object, &new.object);
        if let (Object::PrimaryKey(was), Object::PrimaryKey(key)) = (&old.object, &adopted) {
            let at = |key| primary_key_at_column(self.root, key);
            self.autoincrement(at(was), at(key));
        }
        let adopted_entry = Entry { object: adopted.clone(), ..new.clone() };
        let forms = (object_form(old, self.dialect), object_form(&adopted_entry, self.dialect));
        let (Some(was), Some(form)) = forms else {
            return Err(Unreachable);
        };
        if let Some(column) = self.sugar_column(id)? {
            if was == form && id.kind() == Kind::PrimaryKey {
                return Ok(());
            }
            let entry = Entry { object: adopted, ..new.clone() };
            let sugar = sugar::of(self.live, id, &entry, self.dialect).filter(|(on, _)| *on == column);
            self.remove_sugar(&column, id.kind());
            let Some((_, attributes)) = sugar else { return self.insert_own(id, &form) };
            let edits = self.columns.entry(column).or_default();
            edits.extend(attributes.into_iter().map(|attribute| (attribute.path, Some(attribute.value))));
            return Ok(());
        }
        let path = self.origin(id)?;
        if was == form {
            Ok(())
        } else if self.editor_of(id)?.is_table(&path) {
            self.set_changed(id, &path, &was.long, &form.long)
        } else {
            self.editor_of(id)?.set(&path, &form.value())
        }
    }

    fn autoincrement(&mut self, old: Option<(ObjectId, Attribute)>, new: Option<(ObjectId, Attribute)>) {
        if old == new {
            return;
        }
        if let Some((column, attribute)) = old {
            self.change_column(&column, &[attribute], &[]);
        }
        if let Some((column, attribute)) = new {
            match self.new_columns.get_mut(&column) {
                Some(sugar) => sugar.push(attribute),
                None => self.change_column(&column, &[], &[attribute]),
            }
        }
    }

    fn add(&mut self, id: &ObjectId, entry: &Entry) -> Edit {
        let form = object_form(entry, self.dialect).ok_or(Unreachable)?;
        if let Object::PrimaryKey(key) = &entry.object {
            self.autoincrement(None, primary_key_at_column(self.root, key));
        }
        if let Some(Home::Column { column, attributes }) = self.homes.get(id).cloned() {
            if let Some(sugar) = self.new_columns.get_mut(&column) {
                sugar.extend(attributes);
                return Ok(());
            }
            if self.is_free(&column, &attributes)? {
                let edits = self.columns.entry(column).or_default();
                edits.extend(attributes.into_iter().map(|attribute| (attribute.path, Some(attribute.value))));
                return Ok(());
            }
        }
        self.insert_own(id, &form)
    }

    /// Whether no other constraint that stays has the first of these keys.
    fn is_free(&mut self, column: &ObjectId, attributes: &[Attribute]) -> Edit<bool> {
        let Some(first) = attributes.first() else { return Ok(false) };
        let mut path = self.origin(column)?;
        path.extend(first.path.iter().map(|key| (*key).to_owned()));
        let planned = self.columns.get(column).and_then(|edits| edits.get(&first.path));
        Ok(match planned {
            Some(edit) => edit.is_none(),
            None => !self.editor()?.has(&path),
        })
    }

    /// Under a key of its own.
    fn insert_own(&mut self, id: &ObjectId, form: &Form) -> Edit {
        let root = self.path.clone();
        if id.kind() == Kind::PrimaryKey {
            let pairs = vec![(id.kind().word().to_owned(), form.value())];
            let table = self.root;
            return self.set_changed(table, &root, &Pairs::new(), &pairs);
        }
        let mut key = match self.homes.get(id) {
            Some(Home::Section { key }) => key.clone(),
            Some(Home::Column { .. }) => sugar::Labels::default().key(id, self.live.object(id).ok_or(Unreachable)?),
            None => id.name().as_str().to_owned(),
        };
        let stem = key.clone();
        let mut number = 1;
        while self.editor()?.has(&child_path(&root, id.kind(), &key)) {
            number += 1;
            key = format!("{stem}_{number}");
        }
        if number > 1 && self.live.get(id).is_some_and(has_own_name) {
            return Err(Unreachable);
        }
        let path = child_path(&root, id.kind(), &key);
        if id.kind() != Kind::Trigger {
            return self.insert_in_section(&path, &form.value(), Spot::Last);
        }
        let editor = self.editor()?;
        match path.get(..path.len() - 1) {
            Some(section) if editor.is_table(section) => editor.insert(&path, &form.value(), Spot::Last),
            _ => editor.insert_section(&root, Section { path, pairs: form.long.clone() }),
        }
    }

    fn insert_in_section(&mut self, path: &[String], value: &Value, spot: Spot<'_>) -> Edit {
        if self.editor()?.insert(path, value, spot).is_ok() {
            return Ok(());
        }
        let (key, section) = path.split_last().ok_or(Unreachable)?;
        let section = Section { path: section.to_vec(), pairs: vec![(key.clone(), value.clone())] };
        let root = self.path.clone();
        self.editor()?.insert_section(&root, section)
    }

    fn apply_columns(&mut self) -> Edit {
        for (id, edits) in std::mem::take(&mut self.columns) {
            if self.gone_columns.contains(&id) {
                continue;
            }
            let column = self.origin(&id)?;
            let path = |keys: &[&'static str]| -> Vec<String> {
                column.iter().cloned().chain(keys.iter().map(|key| (*key).to_owned())).collect()
            };
            for (keys, value) in &edits {
                match value {
                    Some(value) => self.editor()?.set(&path(keys), value)?,
                    None => self.editor()?.unset(&path(keys), column.len()),
                }
            }
        }
        let mut before: Option<String> = None;
        for (id, column) in self.live.columns(self.root) {
            let Some(sugar) = self.new_columns.remove(id) else {
                before = self.origin(id)?.last().cloned();
                continue;
            };
            let value = column_value(self.live, id, column, sugar, self.dialect);
            let path = child_path(&self.path, Kind::Column, id.name().as_str());
            let spot = before.as_deref().map_or(Spot::First, Spot::Behind);
            self.insert_in_section(&path, &value, spot)?;
            before = Some(id.name().as_str().to_owned());
        }
        Ok(())
    }
}

fn children<'a>(
    catalog: &'a Catalog,
    root: &'a ObjectId,
    columns: bool,
) -> impl Iterator<Item = (&'a ObjectId, &'a Entry)> {
    catalog.children(root).filter(move |(id, _)| (id.kind() == Kind::Column) == columns)
}

/// The keys that a constraint has as sugar of a column.
fn sugar_keys(kind: Kind) -> &'static [&'static [&'static str]] {
    match kind {
        Kind::PrimaryKey => &[&["primary_key"], &["on_conflict", "primary_key"]],
        Kind::Unique => &[&["unique"], &["on_conflict", "unique"]],
        Kind::Check => &[&["check"]],
        Kind::ForeignKey => &[&["references"], &["on_delete"], &["on_update"]],
        _ => &[],
    }
}

/// Whether its id is a name that somebody gave it.
fn has_own_name(entry: &Entry) -> bool {
    match &entry.object {
        Object::Unique(unique) => !unique.unnamed,
        Object::Check(check) => !check.unnamed,
        Object::ForeignKey(key) => !key.unnamed,
        _ => true,
    }
}

fn joined(path: &[String], key: &str) -> Vec<String> {
    path.iter().cloned().chain([key.to_owned()]).collect()
}
