//! `trueup fmt`: formats the TOML.

use std::path::Path;

use serde::Serialize;
use trueup::diagnostic::Diagnostics;
use trueup::error::{Error, Result};
use trueup::report::error::FAILED;
use trueup::report::json;
use trueup::report::style::{clean, count};

use super::args::{self, Format};
use super::config::Config;
use super::output::Output;
use super::{DONE, files, library, schema};

/// What `fmt --format json` prints.
#[derive(Serialize)]
struct Formatted<'a> {
    version: u32,
    check: bool,
    files: Vec<&'a Path>,
}

pub(crate) fn run(args: &args::Fmt, config: &Config, output: &Output) -> Result<u8> {
    let sources = schema::read(&config.schema(args.schema.as_deref()))?;
    let mut changed = Vec::new();
    let mut items = Vec::new();
    for (id, file) in sources.iter() {
        match library::format(&file.text, id) {
            Ok(text) if *text != *file.text => changed.push((file.path.as_path(), text)),
            Ok(_) => {}
            Err(item) => items.push(*item),
        }
    }
    // All files are read before the first is written: a fault in one leaves all as they were.
    if !items.is_empty() {
        return Err(Error::Input(Box::new(Diagnostics { sources, items })));
    }
    if !args.check {
        for (path, text) in &changed {
            files::replace(path, text)?;
        }
    }
    let paths: Vec<_> = changed.iter().map(|(path, _)| *path).collect();
    let number = paths.len();
    match args.format {
        Format::Json => output.print_json(&Formatted { version: json::VERSION, check: args.check, files: paths })?,
        Format::Text => {
            for path in paths {
                output.print(&format!("{}\n", clean(&path.display().to_string())))?;
            }
            if args.check && number > 0 {
                output.say(&format!("{} not formatted: `trueup fmt` does it.\n", is_are(number)));
            }
        }
    }
    Ok(if args.check && number > 0 { FAILED } else { DONE })
}

fn is_are(number: usize) -> String {
    format!("{} {}", count(number, "file"), if number == 1 { "is" } else { "are" })
}
