//! `trueup init`: a trueup.toml and a first schema.

use std::path::{Path, PathBuf};

use trueup::error::{Error, Result};
use trueup::report::style::{self, clean, paint};

use super::config::{Config, FILE};
use super::output::Output;
use super::{DONE, args, files, import, schema};

const EXAMPLE_URL: &str = "sqlite:app.db";
const EXAMPLE_FILE: &str = "app.toml";

/// A first schema: an example that works, for people to change.
const EXAMPLE: &str = r#"# What the database shall look like. `trueup plan` says what would change, `trueup apply`
# changes it. This is an example: change it to what you need.

[table.person]
comment     = "A table with a primary key; the comment is for readers"
primary_key = ["id"]

[table.person.column]
id         = { type = "integer" }
name       = { type = "text" }                                    # NOT NULL unless null = true
email      = { type = "text", null = true, unique = true }
created_at = { type = "text", default = { sql = "current_timestamp" } }

[table.person.index]
person_by_name = ["name"]

[table.note]
primary_key = ["id"]

[table.note.column]
id        = { type = "integer" }
person_id = { type = "integer", references = "person(id)", on_delete = "cascade" }
text      = { type = "text", check = "length(text) > 0" }
"#;

pub(crate) fn run(args: &args::Init, output: &Output) -> Result<u8> {
    let toml = Path::new(FILE);
    if toml.exists() {
        return Err(Error::usage_with_help(
            format!("{FILE} is here already; nothing was changed"),
            "edit it, or remove it to begin anew",
        ));
    }
    // An environment that is named is looked for above too.
    let config = if args.database.env.is_some() { Config::find()? } else { Config::of_new_project() };
    let path = args.schema.clone().unwrap_or_else(|| PathBuf::from("schema"));
    let connection = config.named(&args.database)?;

    let written = match &connection {
        Some(connection) => import::import(connection, &path, args.layout, &config, output)?.text(&path),
        None => example(&path)?,
    };
    files::create(toml, &trueup_toml(&path, args.database.database.as_deref(), connection.is_some())?)?;
    output.print(&written)?;
    output.print(&format!("  {} {FILE}\n", paint(style::ADD, "wrote")))?;
    output.say("Next: `trueup plan` says what would change.\n");
    Ok(DONE)
}

/// Writes the example, unless there is a schema already.
fn example(path: &Path) -> Result<String> {
    let file = if schema::is_file(path) { path.to_owned() } else { path.join(EXAMPLE_FILE) };
    let there = file.exists() || (path.is_dir() && !super::library::read(path)?.is_empty());
    if there {
        return Ok(format!(
            "  {} {}, which is there already\n",
            paint(style::DIM, "kept"),
            clean(&schema::label(path))
        ));
    }
    files::create(&file, EXAMPLE)?;
    Ok(format!("  {} {}\n", paint(style::ADD, "wrote"), clean(&file.display().to_string())))
}

/// `url` is what a flag named. Only the URL of a file is written down: others may have a password.
fn trueup_toml(schema: &Path, url: Option<&str>, named: bool) -> Result<String> {
    let schema = schema.to_str().ok_or_else(|| Error::usage("--schema is not valid UTF-8, which TOML must be"))?;
    let quote = |text: &str| toml_edit::Value::from(text).to_string();
    let url = match url {
        Some(url) if url.starts_with("sqlite:") => quote(url),
        None if !named => quote(EXAMPLE_URL),
        Some(_) | None => "{ env = \"DATABASE_URL\" }".to_owned(),
    };
    Ok(format!(
        "schema = {}\n\n\
         [manage]\n\
         exclude = []                   # patterns of what is left alone: \"table.tmp_*\"\n\
         protect = []                   # what is never dropped: \"table.order\"\n\n\
         [env.local]\n\
         url = {url}\n\n\
         # [env.production]\n\
         # url = {{ env = \"PRODUCTION_URL\" }}\n\
         # lock_timeout = \"3s\"\n",
        quote(schema)
    ))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::cli::config_file::{self, Url};

    #[test]
    fn what_is_written_can_be_read() {
        let url = |flag, named| {
            let text = trueup_toml(Path::new("my \"schema\""), flag, named).unwrap();
            let config = config_file::parse(FILE, &text).unwrap();
            assert_eq!(config.schema.as_deref(), Some("my \"schema\""));
            config.env.into_values().next().unwrap().url.unwrap()
        };
        assert_eq!(url(None, false), Url::Plain(EXAMPLE_URL.into()));
        assert_eq!(url(Some("sqlite:x.db"), true), Url::Plain("sqlite:x.db".into()));
        assert_eq!(url(Some("postgres://u:secret@h/d"), true), Url::Variable("DATABASE_URL".into()));
        assert_eq!(url(None, true), Url::Variable("DATABASE_URL".into()));
    }

    #[test]
    fn the_example_is_written_once_and_never_over_something() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("schema");
        assert!(example(&path).unwrap().contains("app.toml"));
        assert!(example(&path).unwrap().contains("there already"));
    }
}
