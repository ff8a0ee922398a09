//! Where commands call the library: one place for its signatures.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use trueup::apply::Progress;
use trueup::catalog::{Catalog, Kind, ObjectId};
use trueup::connect;
use trueup::database::{ApplyOptions, Database, Live, OpenOptions};
use trueup::diagnostic::{Diagnostic, FileId, Sources};
use trueup::dialect::Dialect;
use trueup::diff::{Selection, Together};
use trueup::document::{self, Desired};
use trueup::error::{Error, Result};
use trueup::manage::Manage;
use trueup::plan::{self, Plan};

use super::environment;

pub(crate) use trueup::document::import::{Import, Layout};
pub(crate) use trueup::plan::Leave;

/// What a plan is asked to cover: what trueup.toml manages, and of that what the flags select.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    pub(crate) manage: Manage,
    pub(crate) selection: Manage,
}

impl Selection for Scope {
    fn selects(&self, id: &ObjectId) -> bool {
        self.manage.manages(id) && self.selection.manages(id)
    }

    /// Either name selects the rename, or leaves it out.
    fn of_both(&self, one: &ObjectId, other: &ObjectId) -> Together {
        let both = [one, other];
        if !both.iter().all(|id| self.manage.manages(id)) {
            Together::Apart
        } else if both.iter().any(|id| self.selection.exclude.matches(id)) {
            Together::LeftOut
        } else if both.iter().any(|id| self.selection.manages(id)) {
            Together::Selected
        } else {
            Together::NotAsked
        }
    }

    fn selects_everything(&self) -> bool {
        self.manage.is_everything() && self.selection.is_everything()
    }
}

impl Scope {
    /// What trueup.toml manages, narrowed by `--target` and `--exclude`.
    pub(crate) fn new(manage: Manage, target: &[String], exclude: &[String], dialect: &dyn Dialect) -> Result<Self> {
        let selection = Manage::selection(target, exclude, dialect.folding(Kind::Table))?;
        Ok(Self { manage, selection })
    }
}

/// The TOML files of a folder, or one file.
pub(crate) fn read(path: &Path) -> Result<Sources> {
    document::read(path)
}

/// What the files say for one database, without where they say it.
pub(crate) fn desired_catalog(sources: Sources, dialect: &dyn Dialect) -> Result<(Sources, Desired)> {
    let input = |diagnostics| Error::Input(Box::new(diagnostics));
    document::Document::parse(sources).and_then(|document| document.into_catalog(dialect)).map_err(input)
}

/// What the files say for one database, and where.
pub(crate) fn desired(sources: Sources, dialect: &dyn Dialect) -> Result<(Sources, Desired)> {
    let input = |diagnostics| Error::Input(Box::new(diagnostics));
    let document = document::Document::parse(sources).map_err(input)?;
    let desired = document.lower(dialect).map_err(input)?;
    Ok((document.sources().clone(), desired))
}

/// The JSON Schema of the TOML.
pub(crate) fn json_schema() -> serde_json::Value {
    document::json_schema()
}

/// A file's text as `fmt` writes it.
pub(crate) fn format(text: &str, file: FileId) -> std::result::Result<String, Box<Diagnostic>> {
    document::fmt::format(text).map_err(|error| Box::new(error.diagnostic(file)))
}

/// The files that change so that the TOML says what the database holds; the blocks of the objects in
/// `replace` are written anew.
pub(crate) fn import(
    existing: Option<(&Sources, &Desired)>,
    live: &Catalog,
    dialect: &dyn Dialect,
    layout: Layout,
    replace: &BTreeSet<ObjectId>,
) -> Result<Import> {
    document::import::import_replacing(existing, live, dialect, layout, replace)
}

/// What is known of the database of a URL.
pub(crate) fn dialect_of(url: &str) -> Result<&'static dyn Dialect> {
    connect::of_url(url)
}

/// What is known of a database by its word in the TOML.
pub(crate) fn dialect_named(name: trueup::dialect::DialectName) -> Result<&'static dyn Dialect> {
    connect::of_url(&format!("{}:", name.word()))
}

/// What `[manage] complete` can name.
pub(crate) fn completable() -> std::collections::BTreeSet<&'static str> {
    trueup::diff::completable()
}

/// A connection.
pub(crate) fn open(url: &str, lock_timeout: Duration) -> Result<Box<dyn Database>> {
    connect::open(url, &OpenOptions { lock_timeout, environment: environment::read() })
}

/// What would change.
pub(crate) fn make_plan(
    database: &mut dyn Database,
    live: &Live,
    desired: &Desired,
    sources: &Sources,
    scope: &Scope,
    probe: bool,
) -> Result<Plan> {
    plan::make_from(
        database,
        live,
        desired,
        sources,
        &options(scope, &|id| scope.manage.protects(id), &|word| scope.manage.completes(word), probe),
    )
}

/// The same without what would lose data that nobody gave leave for.
pub(crate) fn without_losses(
    database: &mut dyn Database,
    desired: &Desired,
    sources: &Sources,
    scope: &Scope,
    plan: Plan,
    leave: &Leave,
) -> Result<Plan> {
    let protected = |id: &ObjectId| scope.manage.protects(id);
    let complete = |word: &str| scope.manage.completes(word);
    Ok(plan::without_losses(database, desired, sources, &options(scope, &protected, &complete, true), plan, leave)?.0)
}

fn options<'a>(
    scope: &'a Scope,
    protected: &'a dyn Fn(&ObjectId) -> bool,
    complete: &'a dyn Fn(&str) -> bool,
    probe: bool,
) -> plan::PlanOptions<'a> {
    plan::PlanOptions { selection: scope, protected, complete, probe }
}

/// Runs a plan.
pub(crate) fn apply(
    database: &mut dyn Database,
    plan: &Plan,
    options: &ApplyOptions,
    progress: &mut dyn Progress,
) -> Result<()> {
    database.apply(plan, options, progress)
}

/// The known word that was most likely meant, as a question, or all there is.
pub(crate) fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str> + Clone) -> Option<String> {
    trueup::suggest::help(word, candidates)
}
