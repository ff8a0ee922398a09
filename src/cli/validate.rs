//! `trueup validate`: checks the TOML without a database.

use serde::Serialize;
use trueup::diagnostic::Diagnostics;
use trueup::dialect::{Dialect, DialectName};
use trueup::error::Result;
use trueup::report::style::{clean, count};
use trueup::report::{diagnostic, json};

use super::args::{self, Format};
use super::config::Config;
use super::output::Output;
use super::schema::{self, Schema};
use super::{DONE, library};

/// What `validate --format json` prints; errors are printed as all errors are.
#[derive(Serialize)]
struct Validated<'a> {
    version: u32,
    valid: bool,
    dialect: DialectName,
    files: usize,
    objects: usize,
    warnings: Vec<diagnostic::Report<'a>>,
}

pub(crate) fn run(args: &args::Validate, config: &Config, output: &Output) -> Result<u8> {
    let dialect = match args.dialect {
        Some(name) => library::dialect_named(name)?,
        None => dialect(config)?,
    };
    let Schema { label, sources, desired } = schema::load(&args.schema, config, dialect, output)?;
    let (files, objects) = (sources.iter().count(), desired.catalog.len());
    match args.format {
        Format::Json => {
            let diagnostics = Diagnostics { sources, items: desired.warnings };
            let warnings = diagnostic::reports(&diagnostics);
            output.print_json(&Validated {
                version: json::VERSION,
                valid: true,
                dialect: dialect.name(),
                files,
                objects,
                warnings,
            })?;
        }
        Format::Text => {
            let (objects, files) = (count(objects, "object"), count(files, "file"));
            let product = dialect.name().product();
            output.print(&format!("{} is valid for {product}: {objects} in {files}.\n", clean(&label)))?;
        }
    }
    Ok(DONE)
}

/// That of the database that would be used, if one is named, else SQLite. No variable need be set.
pub(crate) fn dialect(config: &Config) -> Result<&'static dyn Dialect> {
    match config.named(&args::Database::default()) {
        Ok(Some(connection)) => library::dialect_of(&connection.url),
        Ok(None) | Err(_) => library::dialect_named(DialectName::Sqlite),
    }
}
