//! `trueup import`: writes what the database holds as TOML.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use trueup::catalog::{Catalog, Entry, Kind, ObjectId};
use trueup::database::{Database, Live};
use trueup::diagnostic::{Diagnostics, Sources};
use trueup::dialect::Dialect;
use trueup::document::Desired;
use trueup::error::{Error, Result};
use trueup::manage::Manage;
use trueup::report::json;
use trueup::report::style::{self, clean, paint};

use super::args::{self, Format};
use super::config::{Config, Connection};
use super::library::{self, Import, Layout};
use super::output::Output;
use super::{DONE, files, schema};

pub(crate) fn run(args: &args::Import, config: &Config, output: &Output) -> Result<u8> {
    let connection = config.connection(&args.database)?;
    let path = config.schema(args.schema.as_deref());
    let imported = import(&connection, &path, args.layout, config, output)?;
    match args.format {
        Format::Json => output.print_json(&imported)?,
        Format::Text => output.print(&imported.text(&path))?,
    }
    Ok(DONE)
}

/// What an import did.
#[derive(Debug, Serialize)]
pub(crate) struct Imported {
    version: u32,
    database: String,
    written: Vec<PathBuf>,
    removed: Vec<PathBuf>,
    rewritten: Vec<String>,
    not_managed: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    not_understood: Vec<NotUnderstood>,
}

#[derive(Debug, Serialize)]
struct NotUnderstood {
    address: String,
    reason: String,
}

/// Reads the database and edits the TOML.
pub(crate) fn import(
    connection: &Connection,
    path: &Path,
    layout: args::Layout,
    config: &Config,
    output: &Output,
) -> Result<Imported> {
    let opened = library::open(&connection.url, connection.lock_timeout);
    // What answers may be the other of MySQL and MariaDB. The faults of the TOML are told before those of the connection.
    let dialect = match &opened {
        Ok(database) => database.dialect(),
        Err(_) => library::dialect_of(&connection.url)?,
    };
    let manage = config.manage(dialect.folding(Kind::Table))?;
    let existing = if path.exists() { Some(read(path, dialect, &manage, output)?) } else { None };
    let mut database = opened?;
    let live = database.introspect()?;
    let mut catalog = trueup::diff::without_unsaid(
        &manage.filter(&live.catalog),
        existing.as_ref().map(|(_, desired)| &desired.catalog),
        &|word| manage.completes(word),
        dialect,
    );
    // A table of which nothing could be read is named, and cannot be written.
    for id in live.not_understood.keys() {
        if id.kind() == Kind::Table && catalog.columns(id).is_empty() {
            for part in catalog.within(id).map(|(part, _)| part.clone()).collect::<Vec<_>>() {
                catalog.remove(&part);
            }
        }
    }
    match &existing {
        Some((_, desired)) => keep_unread(&live, &mut catalog, &desired.catalog),
        None if catalog.is_empty() && !(live.not_understood.is_empty() && live.unseen.is_empty()) => {
            let what = live.not_understood.iter().map(|(id, reason)| format!("{id}: {reason}"));
            let what: Vec<_> = what.chain(live.unmanaged.iter().cloned()).collect();
            return Err(Error::usage_with_help(
                format!("nothing of {} could be read: {}", database.target(), what.join(", ")),
                "where a right is missing, import as a user that has it",
            ));
        }
        None => {}
    }
    if catalog.is_empty() && existing.as_ref().is_some_and(|(_, desired)| !desired.catalog.is_empty()) {
        // A misspelled file name of SQLite is an empty database.
        return Err(Error::usage_with_help(
            format!("{} holds nothing, so the import would empty {}", database.target(), schema::label(path)),
            "look whether --database names the right one; to describe an empty database, delete the files",
        ));
    }

    if let Some((_, desired)) = &existing {
        keep_as_written(database.as_mut(), &mut catalog, &desired.catalog);
    }
    let layout = if schema::is_file(path) { Layout::Single } else { layout_of(layout) };
    let import = exact(existing.as_ref(), &catalog, dialect, layout, &manage)?;
    let mut imported = Imported {
        version: json::VERSION,
        database: database.target().url,
        written: Vec::new(),
        removed: Vec::new(),
        rewritten: import.replaced.iter().map(ToString::to_string).collect(),
        not_managed: live.unmanaged,
        notes: database.target().notes,
        not_understood: live
            .not_understood
            .into_iter()
            .map(|(id, reason)| NotUnderstood { address: id.to_string(), reason })
            .collect(),
    };
    for change in import.files {
        let target = if !change.is_new {
            change.path
        } else if !schema::is_file(path) {
            path.join(change.path)
        } else if path.exists() {
            path.with_file_name(change.path)
        } else {
            path.to_owned()
        };
        if let Some(text) = change.text {
            files::replace(&target, &text)?;
            imported.written.push(target);
        } else {
            fs::remove_file(&target).map_err(files::at(&target))?;
            imported.removed.push(target);
        }
    }
    Ok(imported)
}

/// Leaves as it is written what may be there and was not read: what is not seen is not gone.
fn keep_unread(live: &Live, catalog: &mut Catalog, written: &Catalog) {
    let lacks = |id: &ObjectId| !catalog.contains(id);
    let unread = |id: &ObjectId| lacks(id) && (live.not_understood.contains_key(id) || live.hides(id).is_some());
    let kept: Vec<_> = written
        .iter()
        .filter(|(id, _)| lacks(id) && (unread(id) || unread(id.root())))
        .map(|(id, entry)| (id.clone(), entry.clone()))
        .collect();
    for (id, entry) in kept {
        // It was just seen to be absent.
        let _ = catalog.insert(id, entry);
    }
}

/// Takes over what is written otherwise than the database prints it and is, by its own word, the same.
fn keep_as_written(database: &mut dyn Database, live: &mut Catalog, written: &Catalog) {
    // What is said of a table means what it does in the database as that is.
    let mut written = written.clone();
    for (id, entry) in live.iter().filter(|(id, _)| id.kind() == Kind::Database) {
        if let Some(said) = written.get_mut(id) {
            said.object = entry.object.clone();
        }
    }
    let written = &written;
    let deltas = trueup::diff::compare(live, written);
    // A database that cannot say so has its own spelling written.
    let Ok(elaborated) = database.elaborate(live, written, &deltas) else { return };
    for id in &elaborated.equal {
        match (live.get_mut(id), written.get(id)) {
            (Some(entry), Some(said)) => entry.object = said.object.clone(),
            // What need not be said, as the index that a foreign key has made for itself.
            (Some(_), None) => drop(live.remove(id)),
            (None, _) => {}
        }
    }
}

/// The TOML that is there, as far as it is managed: the rest is not the import's to edit.
fn read(path: &Path, dialect: &dyn Dialect, manage: &Manage, output: &Output) -> Result<(Sources, Desired)> {
    let (sources, mut desired) = library::desired(library::read(path)?, dialect)?;
    let diagnostics = Diagnostics { sources, items: std::mem::take(&mut desired.warnings) };
    output.warn(&diagnostics);
    desired.catalog = manage.filter(&desired.catalog);
    Ok((diagnostics.sources, desired))
}

/// The import, read again and compared: where editing in place does not say what the database
/// holds, the object's block is written anew.
fn exact(
    existing: Option<&(Sources, Desired)>,
    live: &Catalog,
    dialect: &dyn Dialect,
    layout: Layout,
    manage: &Manage,
) -> Result<Import> {
    let pair = existing.map(|(sources, desired)| (sources, desired));
    let mut replace = BTreeSet::new();
    loop {
        let import = library::import(pair, live, dialect, layout, &replace)?;
        let after = edited(existing.map(|(sources, _)| sources), &import);
        let before = replace.len();
        let said = match library::desired(after, dialect) {
            Ok((_, desired)) => manage.filter(&desired.catalog),
            // An edit beside what people have written in another way may not read: then as a whole.
            Err(error) => {
                replace.extend(existing.iter().flat_map(|(_, desired)| differing(&desired.catalog, live)));
                if replace.len() == before {
                    return Err(error);
                }
                continue;
            }
        };
        // What one block made for another, as a `serial` its sequence, goes with it.
        replace.extend(differing(&said, live));
        if replace.len() == before {
            return Ok(import);
        }
    }
}

/// The files as they would be.
fn edited(existing: Option<&Sources>, import: &Import) -> Sources {
    let mut texts: BTreeMap<PathBuf, Arc<str>> = BTreeMap::new();
    for (_, file) in existing.iter().flat_map(|sources| sources.iter()) {
        texts.insert(file.path.clone(), Arc::clone(&file.text));
    }
    for change in &import.files {
        match &change.text {
            Some(text) => texts.insert(change.path.clone(), text.as_str().into()),
            None => texts.remove(&change.path),
        };
    }
    let mut sources = Sources::default();
    for (path, text) in texts {
        sources.add(path, text);
    }
    sources
}

/// The top-level objects in which two catalogs differ.
fn differing(a: &Catalog, b: &Catalog) -> BTreeSet<ObjectId> {
    let missing = |from: &Catalog, other: &Catalog| -> Vec<ObjectId> {
        let differs = |(id, entry): &(&ObjectId, &Entry)| {
            other
                .get_key_value(id)
                .is_none_or(|(spelled, found)| !found.equals(entry) || !spelled.name().same_spelling(id.name()))
        };
        from.iter().filter(differs).map(|(id, _)| id.root().clone()).collect()
    };
    missing(a, b).into_iter().chain(missing(b, a)).collect()
}

impl Imported {
    /// For people.
    pub(crate) fn text(&self, path: &Path) -> String {
        let file =
            |style, word, file: &Path| format!("  {} {}", paint(style, word), clean(&file.display().to_string()));
        let written = self.written.iter().map(|path| file(style::CHANGE, "wrote", path));
        let removed = self.removed.iter().map(|path| file(style::DROP, "removed", path));
        let mut lines: Vec<_> = written.chain(removed).collect();
        if !self.rewritten.is_empty() {
            let what: Vec<_> = self.rewritten.iter().map(|what| clean(what)).collect();
            lines.push(format!("{} {}", paint(style::HEADING, "Written anew, comments in them too:"), what.join(", ")));
        }
        lines.extend(self.not_understood.iter().map(|item| {
            format!("{} {}: {}", paint(style::WARNING, "Not understood:"), clean(&item.address), clean(&item.reason))
        }));
        lines.extend(self.notes.iter().map(|note| format!("{} {}", paint(style::HEADING, "Note:"), clean(note))));
        if !self.not_managed.is_empty() {
            let what: Vec<_> = self.not_managed.iter().map(|what| clean(what)).collect();
            lines.push(format!("{} {}", paint(style::HEADING, "Not managed:"), what.join(", ")));
        }
        let (database, label) = (clean(&self.database), schema::label(path));
        let label = clean(&label);
        lines.push(if self.written.is_empty() && self.removed.is_empty() {
            format!("Nothing to write: {label} says what {database} holds.")
        } else {
            format!("{label} now says what {database} holds.")
        });
        lines.join("\n") + "\n"
    }
}

fn layout_of(layout: args::Layout) -> Layout {
    match layout {
        args::Layout::Grouped => Layout::Grouped,
        args::Layout::Single => Layout::Single,
        args::Layout::ByKind => Layout::ByKind,
        args::Layout::ByObject => Layout::ByObject,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trueup::catalog::{Folding, Name, Object, OptionKey, OptionSpec, OptionType, OptionValue, Table};

    fn catalog(name: &str, table: Table) -> Catalog {
        let id = ObjectId::top(Kind::Table, None, Name::new(name, Folding::Ascii));
        [(id, Entry::new(Object::Table(table), 0))].into_iter().collect()
    }

    #[test]
    fn another_spelling_or_option_is_a_difference_and_equal_is_none() {
        let plain = catalog("t", Table::default());
        let differences = |other: &Catalog| differing(&plain, other).len();
        assert_eq!(differences(&plain), 0);
        assert_eq!(differences(&catalog("T", Table::default())), 1);
        assert_eq!(differences(&catalog("u", Table::default())), 2);
        let spec = OptionSpec {
            key: OptionKey::Strict,
            on: Kind::Table,
            value: OptionType::Bool(false),
            doc: "",
            left_alone: false,
        };
        let mut strict = Table::default();
        strict.options.set(&spec, OptionValue::Bool(true));
        assert_eq!(differences(&catalog("t", strict)), 1);
    }

    #[test]
    fn says_what_was_written() {
        let mut imported = Imported {
            version: 1,
            database: "sqlite:shop.db".into(),
            written: vec!["schema/order.toml".into()],
            removed: vec![],
            rewritten: vec!["table.order".into()],
            not_managed: vec!["1 operator".into()],
            notes: Vec::new(),
            not_understood: vec![NotUnderstood {
                address: "table.geo".into(),
                reason: "no such module: spatial".into(),
            }],
        };
        let show = |imported: &Imported| anstream::adapter::strip_str(&imported.text(Path::new("schema"))).to_string();
        insta::assert_snapshot!(show(&imported), @r"
          wrote schema/order.toml
        Written anew, comments in them too: table.order
        Not understood: table.geo: no such module: spatial
        Not managed: 1 operator
        schema/ now says what sqlite:shop.db holds.
        ");
        imported.written.clear();
        imported.rewritten.clear();
        imported.not_managed.clear();
        imported.not_understood.clear();
        insta::assert_snapshot!(show(&imported), @r"
        Nothing to write: schema/ says what sqlite:shop.db holds.
        ");
    }
}
