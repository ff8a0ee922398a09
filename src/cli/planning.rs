//! Makes a plan from what the flags say, for the commands that need one.

use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::thread;

use trueup::catalog::Catalog;
use trueup::database::{Database, Live};
use trueup::diagnostic::{Diagnostic, Diagnostics, Sources};
use trueup::dialect::DialectName;
use trueup::error::{Error, Result};
use trueup::manage::Patterns;
use trueup::plan::Plan;
use trueup::report::style;
use trueup::report::text;

use super::args;
use super::config::{Config, Connection};
use super::library::{self, Scope};
use super::output::Output;
use super::schema::{self, Schema};

/// A plan with the connection it was made over.
pub(crate) struct Planned {
    pub(crate) connection: Connection,
    pub(crate) database: Box<dyn Database>,
    pub(crate) plan: Plan,
    /// How to show it.
    pub(crate) shown: text::Options,
    /// What it was made from; nothing for a plan from a file.
    pub(crate) made_from: Option<(Schema, Scope)>,
}

/// What a plan is asked for.
pub(crate) struct Request<'a> {
    pub(crate) database: &'a args::Database,
    pub(crate) schema: &'a args::Schema,
    pub(crate) selection: &'a args::Selection,
    pub(crate) probe: bool,
}

/// Makes the plan. The database is read while the TOML is; the faults of the TOML are told first.
pub(crate) fn make(request: &Request<'_>, config: &Config, output: &Output) -> Result<Planned> {
    let connection = config.connection(request.database)?;
    let dialect = library::dialect_of(&connection.url)?;
    let (dialect, schema, read) = if matches!(dialect.name(), DialectName::Mysql | DialectName::Mariadb) {
        // Which of the two answers, and how it tells tables apart, only the server says.
        let read = read(&connection);
        let dialect = read.as_ref().map_or(dialect, |(database, _)| database.dialect());
        (dialect, schema::load(request.schema, config, dialect, output), read)
    } else {
        thread::scope(|scope| {
            let reader = scope.spawn(|| read(&connection));
            let schema = schema::load(request.schema, config, dialect, output);
            (dialect, schema, reader.join().unwrap_or_else(|panic| resume_unwind(panic)))
        })
    };
    let schema = schema?;
    let (mut database, live) = read?;

    let folding = dialect.folding(trueup::catalog::Kind::Table);
    let selection = request.selection;
    let scope = Scope::new(config.manage(folding)?, &selection.target, &selection.exclude, dialect)?;
    let plan = library::make_plan(&mut *database, &live, &schema.desired, &schema.sources, &scope, request.probe)?;
    check_targets(&scope.selection.include, &plan.live, &schema.desired.catalog)?;
    let manage = &scope.manage;
    let patterns = [
        ("trueup.toml: [manage] include", &manage.include),
        ("trueup.toml: [manage] exclude", &manage.exclude),
        ("trueup.toml: [manage] protect", &manage.protect),
        ("--exclude", &scope.selection.exclude),
    ];
    for (whence, patterns) in patterns {
        warn_of_lonely(whence, patterns, &[&plan.live, &schema.desired.catalog], output)?;
    }
    let shown = text::Options {
        schema: schema.label.clone(),
        selected: !selection.target.is_empty() || !selection.exclude.is_empty(),
        verbose: output.verbose,
        ..text::Options::default()
    };
    Ok(Planned { connection, database, plan, shown, made_from: Some((schema, scope)) })
}

fn read(connection: &Connection) -> Result<(Box<dyn Database>, Live)> {
    let mut database = library::open(&connection.url, connection.lock_timeout)?;
    let live = database.introspect()?;
    Ok((database, live))
}

/// Warns of patterns that match nothing: most likely they are misspelled, and what they were to keep safe is not.
pub(crate) fn warn_of_lonely(whence: &str, patterns: &Patterns, catalogs: &[&Catalog], output: &Output) -> Result<()> {
    let warning = |pattern: &str| {
        Diagnostic::warning(format!("{whence}: `{pattern}` matches nothing"))
            .with_help("neither the database nor the TOML has such an object: is it misspelled?")
    };
    let items: Vec<_> = patterns.without_match(catalogs)?.into_iter().map(warning).collect();
    output.warn(&Diagnostics { sources: Sources::default(), items });
    Ok(())
}

/// A target that names nothing is most likely misspelled, and "no changes" would be a lie.
fn check_targets(targets: &Patterns, live: &Catalog, desired: &Catalog) -> Result<()> {
    let lonely = targets.without_match(&[live, desired])?;
    let Some(first) = lonely.first() else { return Ok(()) };
    let addresses: BTreeSet<_> = live.iter().chain(desired.iter()).map(|(id, _)| id.to_string()).collect();
    Err(Error::Usage {
        message: format!("--target {}: neither the database nor the TOML has it", style::clean(first)),
        help: library::suggest(first, addresses.iter().map(String::as_str)),
    })
}
