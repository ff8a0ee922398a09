//! `trueup import`: writes what the database holds as TOML.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use trueup::database::Live;
use trueup::diagnostic::Diagnostics;
use trueup::error::Result;
use trueup::report::json;
use trueup::report::style::{self, clean, paint};

use super::args::{self, Format};
use super::config::{Config, Connection};
use super::library::{self, Layout};
use super::output::Output;
use super::{DONE, files, schema};

pub(crate) fn run(args: &args::Import, config: &Config, output: &Output) -> Result<u8> {
    let connection = config.connection(&args.database)?;
    let path = config.schema(args.schema.as_deref());
    let imported = import(&connection, &args.database, &path, args.layout, config, output)?;
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
    not_managed: Vec<String>,
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
    flags: &args::Database,
    path: &Path,
    layout: args::Layout,
    config: &Config,
    output: &Output,
) -> Result<Imported> {
    let dialect = library::dialect_of(&connection.url)?;
    let existing = if path.exists() { Some(library::desired(library::read(path)?, dialect)?) } else { None };
    let existing = existing.map(|(sources, mut desired)| {
        let diagnostics = Diagnostics { sources, items: std::mem::take(&mut desired.warnings) };
        output.warn(&diagnostics);
        (diagnostics.sources, desired)
    });
    let mut database = library::open(&connection.url, connection.lock_timeout, flags.load_extensions.clone(), false)?;
    let Live { catalog, unmanaged, not_understood, .. } = database.introspect()?;
    let catalog = config.manage(dialect.folding(trueup::catalog::Kind::Table))?.filter(&catalog);

    let pair = existing.as_ref().map(|(sources, desired)| (sources, desired));
    let changes = library::import(pair, &catalog, dialect, layout_of(layout))?;
    let mut imported = Imported {
        version: json::VERSION,
        database: database.target().url,
        written: Vec::new(),
        removed: Vec::new(),
        not_managed: unmanaged,
        not_understood: not_understood
            .into_iter()
            .map(|(id, reason)| NotUnderstood { address: id.to_string(), reason })
            .collect(),
    };
    for change in changes {
        let target = if change.path.starts_with(path) { change.path } else { path.join(change.path) };
        match change.text {
            Some(text) => {
                files::replace(&target, &text)?;
                imported.written.push(target);
            }
            None => {
                fs::remove_file(&target).map_err(files::at(&target))?;
                imported.removed.push(target);
            }
        }
    }
    Ok(imported)
}

impl Imported {
    /// For people.
    pub(crate) fn text(&self, path: &Path) -> String {
        let mut text = String::new();
        for file in &self.written {
            text += &format!("  {} {}\n", paint(style::CHANGE, "wrote"), clean(&file.display().to_string()));
        }
        for file in &self.removed {
            text += &format!("  {} {}\n", paint(style::DROP, "removed"), clean(&file.display().to_string()));
        }
        for item in &self.not_understood {
            text += &format!(
                "{} {}: {}\n",
                paint(style::WARNING, "Not understood:"),
                clean(&item.address),
                clean(&item.reason)
            );
        }
        if !self.not_managed.is_empty() {
            let what: Vec<_> = self.not_managed.iter().map(|what| clean(what)).collect();
            text += &format!("{} {}\n", paint(style::HEADING, "Not managed:"), what.join(", "));
        }
        let (database, label) = (clean(&self.database), schema::label(path));
        text += &if self.written.is_empty() && self.removed.is_empty() {
            format!("Nothing to write: {} says what {database} holds.\n", clean(&label))
        } else {
            format!("{} now says what {database} holds.\n", clean(&label))
        };
        text
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

    #[test]
    fn says_what_was_written() {
        let mut imported = Imported {
            version: 1,
            database: "sqlite:shop.db".into(),
            written: vec!["schema/order.toml".into()],
            removed: vec![],
            not_managed: vec!["1 operator".into()],
            not_understood: vec![NotUnderstood {
                address: "table.geo".into(),
                reason: "no such module: spatial".into(),
            }],
        };
        let show = |imported: &Imported| anstream::adapter::strip_str(&imported.text(Path::new("schema"))).to_string();
        insta::assert_snapshot!(show(&imported), @r"
          wrote schema/order.toml
        Not understood: table.geo: no such module: spatial
        Not managed: 1 operator
        schema/ now says what sqlite:shop.db holds.
        ");
        imported.written.clear();
        imported.not_managed.clear();
        imported.not_understood.clear();
        insta::assert_snapshot!(show(&imported), @r"
        Nothing to write: schema/ says what sqlite:shop.db holds.
        ");
    }
}
