//! The TOML of a run.

use std::path::Path;

use trueup::diagnostic::{Diagnostics, Sources};
use trueup::dialect::Dialect;
use trueup::document::Desired;
use trueup::error::{Error, Result};

use super::args;
use super::config::Config;
use super::library;
use super::output::Output;

/// What the TOML says for one database.
pub(crate) struct Schema {
    /// As the user names it: `schema/`.
    pub(crate) label: String,
    pub(crate) sources: Sources,
    pub(crate) desired: Desired,
}

/// Reads the TOML, shows what is worth a look, and refuses to take nothing for "drop everything".
pub(crate) fn load(flags: &args::Schema, config: &Config, dialect: &dyn Dialect, output: &Output) -> Result<Schema> {
    let path = config.schema(flags.schema.as_deref());
    let label = label(&path);
    let (sources, mut desired) = library::desired_catalog(read(&path)?, dialect)?;
    let warnings = std::mem::take(&mut desired.warnings);
    let diagnostics = Diagnostics { sources, items: warnings };
    output.warn(&diagnostics);
    let Diagnostics { sources, items } = diagnostics;
    desired.warnings = items;
    if desired.catalog.is_empty() && !flags.allow_empty && !desired.allow_empty {
        return Err(Error::usage_with_help(
            format!("{label} describes no object of {}, which would mean to drop everything", dialect.name().product()),
            "look whether --schema names the right folder; --allow-empty, or `allow_empty = true` in a file, says that nothing is meant",
        ));
    }
    Ok(Schema { label, sources, desired })
}

/// Reads the files, with advice where there are none.
pub(crate) fn read(path: &Path) -> Result<Sources> {
    if !path.exists() {
        return Err(Error::usage_with_help(
            format!("there is no {}", label(path)),
            "`trueup init` makes a first schema, `trueup import` writes a database's; --schema PATH names another place",
        ));
    }
    library::read(path)
}

/// A folder with a slash at its end.
pub(crate) fn label(path: &Path) -> String {
    let text = path.display().to_string();
    if is_file(path) || text.ends_with('/') { text } else { text + "/" }
}

/// Whether the schema is one file; one that is not there yet tells by its name.
pub(crate) fn is_file(path: &Path) -> bool {
    path.is_file() || (!path.is_dir() && path.extension().is_some_and(|extension| extension == "toml"))
}
