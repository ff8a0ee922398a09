//! Where things come from: a flag, the environment, trueup.toml, or the default.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use trueup::catalog::Folding;
use trueup::error::{Error, Result};
use trueup::manage::{Manage, Patterns};

use super::args;
use super::config_file::{self, ConfigFile, Env, Url};
use super::library;

/// The file's name.
pub(crate) const FILE: &str = "trueup.toml";
const DEFAULT_SCHEMA: &str = "schema";
const DEFAULT_LOCK_TIMEOUT: Duration = Duration::from_secs(3);
const DATABASE_VARIABLE: &str = "DATABASE_URL";
const SCHEMA_VARIABLE: &str = "TRUEUP_SCHEMA";

/// Where variables are looked up; one that is empty counts as not set.
type Variables = Box<dyn Fn(&str) -> Option<String>>;

/// A variable of the environment.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Everything that is settled apart from flags.
pub(crate) struct Config {
    /// The folder of trueup.toml as seen from the working folder; empty if it is that.
    folder: PathBuf,
    file: Option<ConfigFile>,
    variable: Variables,
}

/// How to reach a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Connection {
    pub(crate) url: String,
    pub(crate) lock_timeout: Duration,
}

impl Config {
    /// Looks for trueup.toml in the working folder and above it.
    pub(crate) fn find() -> Result<Self> {
        let here = std::env::current_dir().map_err(|error| Error::File { path: ".".into(), error })?;
        Self::find_from(&here, Box::new(variable))
    }

    /// That of a project which has no trueup.toml yet: one in a folder above belongs to another.
    pub(crate) fn of_new_project() -> Self {
        Self { folder: PathBuf::new(), file: None, variable: Box::new(variable) }
    }

    fn find_from(here: &Path, variable: Variables) -> Result<Self> {
        let mut folder = PathBuf::new();
        for above in here.ancestors() {
            let path = above.join(FILE);
            match std::fs::read_to_string(&path) {
                Ok(text) => {
                    let file = config_file::parse(&folder.join(FILE).display().to_string(), &text)?;
                    return Ok(Self { folder, file: Some(file), variable });
                }
                Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
                Err(error) => return Err(Error::File { path, error }),
            }
            folder.push("..");
        }
        Ok(Self { folder: PathBuf::new(), file: None, variable })
    }

    /// The folder or file of the TOML.
    pub(crate) fn schema(&self, flag: Option<&Path>) -> PathBuf {
        if let Some(path) = flag {
            return path.to_owned();
        }
        if let Some(path) = (self.variable)(SCHEMA_VARIABLE) {
            return path.into();
        }
        match self.file.as_ref().and_then(|file| file.schema.as_deref()) {
            Some(path) => self.folder.join(path),
            // Beside trueup.toml, where there is one.
            None => self.folder.join(DEFAULT_SCHEMA),
        }
    }

    /// The database that the flags, the environment or trueup.toml name.
    pub(crate) fn connection(&self, flags: &args::Database) -> Result<Connection> {
        match self.named(flags)? {
            Some(connection) => Ok(connection),
            None => Err(Error::usage_with_help("no database is named", self.four_ways())),
        }
    }

    /// The same for commands that can do without.
    pub(crate) fn named(&self, flags: &args::Database) -> Result<Option<Connection>> {
        let with = |url, env: Option<&Env>| {
            let lock_timeout = flags.lock_timeout.or(env.and_then(|env| env.lock_timeout));
            Connection { url, lock_timeout: lock_timeout.unwrap_or(DEFAULT_LOCK_TIMEOUT) }
        };
        if let Some(url) = &flags.database {
            return Ok(Some(with(url.clone(), None)));
        }
        if let Some(name) = &flags.env {
            let env = self.env(name)?;
            return Ok(Some(with(self.url_of(name, env)?, Some(env))));
        }
        if let Some(url) = (self.variable)(DATABASE_VARIABLE) {
            return Ok(Some(with(url, None)));
        }
        // A lone environment is meant without being named; of several, none is taken on a guess.
        match self.file.as_ref().map(|file| file.env.iter().collect::<Vec<_>>()).as_deref() {
            Some([(name, env)]) => Ok(Some(with(self.url_of(name, env)?, Some(env)))),
            Some(_) | None => Ok(None),
        }
    }

    /// What of the database is managed.
    pub(crate) fn manage(&self, folding: Folding) -> Result<Manage> {
        let Some(keys) = self.file.as_ref().map(|file| &file.manage) else { return Ok(Manage::default()) };
        let patterns = |key: &str, texts: &[String]| Patterns::new(texts, folding, &format!("{FILE}: [manage] {key}"));
        Ok(Manage {
            include: patterns("include", keys.include.as_deref().unwrap_or_default())?,
            exclude: patterns("exclude", &keys.exclude)?,
            protect: patterns("protect", &keys.protect)?,
            complete: keys.complete.clone(),
        })
    }

    fn env(&self, name: &str) -> Result<&Env> {
        let Some(file) = &self.file else {
            return Err(Error::usage_with_help(
                format!("--env {name} needs a {FILE}, and there is none here or above"),
                format!("`trueup init` makes one; or name the database with --database URL or {DATABASE_VARIABLE}"),
            ));
        };
        file.env.get(name).ok_or_else(|| Error::Usage {
            message: format!("{} has no [env.{name}]", self.folder.join(FILE).display()),
            help: library::suggest(name, file.env.keys().map(String::as_str)),
        })
    }

    fn url_of(&self, name: &str, env: &Env) -> Result<String> {
        match &env.url {
            Some(Url::Plain(url)) => Ok(beside(&self.folder, url)),
            Some(Url::Variable(variable)) => (self.variable)(variable).ok_or_else(|| {
                Error::usage_with_help(
                    format!("the variable {variable} is not set, which [env.{name}] in {FILE} names"),
                    "set it to the URL of the database (trueup does not read .env)",
                )
            }),
            None => Err(Error::usage_with_help(
                format!("[env.{name}] in {FILE} has no `url`"),
                "write `url = \"sqlite:path/to/file.db\"` or `url = { env = \"VARIABLE\" }`",
            )),
        }
    }

    fn four_ways(&self) -> String {
        let names: Vec<_> = self.file.iter().flat_map(|file| file.env.keys()).map(String::as_str).collect();
        let names = if names.is_empty() { String::new() } else { format!(" (there is {})", names.join(", ")) };
        format!(
            "name it in one of four ways:\n  \
             --database URL             for example sqlite:path/to/file.db\n  \
             --env NAME                 an environment of {FILE}{names}\n  \
             {DATABASE_VARIABLE}=URL           in the environment\n  \
             url under [env.NAME]       in {FILE}, where there is only one [env.NAME]"
        )
    }
}

/// The URL of a file that trueup.toml names, which is meant relative to that.
fn beside(folder: &Path, url: &str) -> String {
    let Some(path) = url.strip_prefix("sqlite:") else { return url.to_owned() };
    let path = path.strip_prefix("//").unwrap_or(path);
    let is_file = !path.is_empty() && !path.starts_with(":memory:") && !path.starts_with("file:");
    if folder.as_os_str().is_empty() || !is_file || Path::new(path).is_absolute() {
        return url.to_owned();
    }
    format!("sqlite:{}", folder.join(path).display())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const TOML: &str = r#"
schema = "db"
[manage]
protect = ["table.order"]
[env.local]
url = "sqlite:shop.db"
[env.production]
url = { env = "PRODUCTION_URL" }
lock_timeout = "10s"
"#;

    fn config(toml: Option<&str>, folder: &str, variables: &'static [(&str, &str)]) -> Config {
        let variable =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let file = toml.map(|text| config_file::parse(FILE, text).unwrap());
        Config { folder: folder.into(), file, variable: Box::new(variable) }
    }

    fn flags(database: Option<&str>, env: Option<&str>) -> args::Database {
        args::Database { database: database.map(Into::into), env: env.map(Into::into), ..args::Database::default() }
    }

    fn url(config: &Config, flags: &args::Database) -> String {
        config.connection(flags).unwrap().url
    }

    #[test]
    fn a_flag_goes_before_the_environment_and_that_before_the_file() {
        let variables = &[("DATABASE_URL", "sqlite:env.db"), ("PRODUCTION_URL", "sqlite:live.db")];
        let config = config(Some(TOML), "", variables);
        assert_eq!(url(&config, &flags(Some("sqlite:flag.db"), None)), "sqlite:flag.db");
        assert_eq!(url(&config, &flags(None, Some("local"))), "sqlite:shop.db");
        assert_eq!(url(&config, &flags(None, None)), "sqlite:env.db");
        let production = config.connection(&flags(None, Some("production"))).unwrap();
        assert_eq!(production, Connection { url: "sqlite:live.db".into(), lock_timeout: Duration::from_secs(10) });
    }

    #[test]
    fn a_lone_environment_is_meant_and_of_two_none() {
        let lone = config(Some("[env.local]\nurl = \"sqlite:a.db\"\n"), "", &[]);
        assert_eq!(url(&lone, &flags(None, None)), "sqlite:a.db");
        let error = config(Some(TOML), "", &[]).connection(&flags(None, None)).unwrap_err();
        let text = anstream::adapter::strip_str(&trueup::report::error::render(&error)).to_string();
        insta::assert_snapshot!(text, @r"
        error: no database is named
        help: name it in one of four ways:
          --database URL             for example sqlite:path/to/file.db
          --env NAME                 an environment of trueup.toml (there is local, production)
          DATABASE_URL=URL           in the environment
          url under [env.NAME]       in trueup.toml, where there is only one [env.NAME]
        ");
    }

    #[test]
    fn what_is_not_there_is_said() {
        let config = config(Some(TOML), "", &[]);
        let message = |name| config.connection(&flags(None, Some(name))).unwrap_err().to_string();
        assert_eq!(message("produktion"), "trueup.toml has no [env.produktion]");
        assert_eq!(
            message("production"),
            "the variable PRODUCTION_URL is not set, which [env.production] in trueup.toml names"
        );
    }

    #[test]
    fn the_schema_comes_from_four_places() {
        let path = Path::new("flag");
        let with = config(Some(TOML), "", &[("TRUEUP_SCHEMA", "variable")]);
        assert_eq!(with.schema(Some(path)), path);
        assert_eq!(with.schema(None), Path::new("variable"));
        assert_eq!(config(Some(TOML), "", &[]).schema(None), Path::new("db"));
        assert_eq!(config(None, "", &[]).schema(None), Path::new("schema"));
    }

    #[test]
    fn paths_in_the_file_are_relative_to_it() {
        let above = config(Some(TOML), "../..", &[]);
        assert_eq!(above.schema(None), Path::new("../../db"));
        assert_eq!(url(&above, &flags(None, Some("local"))), "sqlite:../../shop.db");
        assert_eq!(beside(Path::new(".."), "sqlite::memory:"), "sqlite::memory:");
        assert_eq!(beside(Path::new(".."), "sqlite:///a.db"), "sqlite:///a.db");
        assert_eq!(beside(Path::new(".."), "sqlite:/a.db"), "sqlite:/a.db");
        assert_eq!(beside(Path::new(".."), "postgres://h/d"), "postgres://h/d");
    }

    #[test]
    fn the_file_is_found_above() {
        let root = tempfile::tempdir().unwrap();
        let deep = root.path().join("a/b");
        std::fs::create_dir_all(&deep).unwrap();
        std::fs::write(root.path().join(FILE), TOML).unwrap();
        let config = Config::find_from(&deep, Box::new(|_| None)).unwrap();
        assert_eq!(config.schema(None), Path::new("../../db"));
        assert!(config.manage(Folding::Ascii).unwrap().protects(&trueup::catalog::ObjectId::top(
            trueup::catalog::Kind::Table,
            None,
            trueup::catalog::Name::exact("ORDER"),
        )));
    }
}
