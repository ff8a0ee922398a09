//! Where commands call the library: one place for its signatures.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use trueup::apply::Progress;
use trueup::catalog::{Catalog, ObjectId};
use trueup::database::{ApplyOptions, Database};
use trueup::diagnostic::{Diagnostic, FileId, Sources};
use trueup::dialect::Dialect;
use trueup::document::Desired;
use trueup::error::{Error, Result};
use trueup::manage::Manage;
use trueup::plan::Plan;

use self::stand_in::{dialect, document, plan};

pub(crate) use self::document::import::{Import, Layout};
pub(crate) use self::plan::{Leave, PlanOptions};

/// The TOML files of a folder, or one file.
pub(crate) fn read(path: &Path) -> Result<Sources> {
    document::load::read(path)
}

/// What the files say for one database.
pub(crate) fn desired(sources: Sources, dialect: &dyn Dialect) -> Result<(Sources, Desired)> {
    let input = |diagnostics| Error::Input(Box::new(diagnostics));
    let document = document::Document::parse(sources).map_err(input)?;
    let desired = document.lower(dialect).map_err(input)?;
    Ok((document.sources().clone(), desired))
}

/// The JSON Schema of the TOML.
pub(crate) fn json_schema() -> serde_json::Value {
    document::json_schema::json_schema()
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
    dialect::of_url(url)
}

/// What is known of a database by its word in the TOML.
pub(crate) fn dialect_named(name: trueup::dialect::DialectName) -> Result<&'static dyn Dialect> {
    dialect::of_url(&format!("{}:", name.word()))
}

/// A connection.
pub(crate) fn open(
    url: &str,
    lock_timeout: Duration,
    load_extensions: Vec<PathBuf>,
    create: bool,
) -> Result<Box<dyn Database>> {
    dialect::open(url, dialect::OpenOptions { lock_timeout, load_extensions, create })
}

/// What would change.
pub(crate) fn make_plan(
    database: &mut dyn Database,
    desired: &Desired,
    sources: &Sources,
    options: &PlanOptions,
) -> Result<Plan> {
    plan::make(database, desired, sources, options)
}

/// The part of a plan that has leave to run.
pub(crate) fn allow(plan: Plan, leave: &Leave) -> Result<Plan> {
    plan::allow(plan, leave)
}

/// Which step must come before which.
pub(crate) fn order_edges(plan: &Plan) -> Vec<(usize, usize)> {
    plan::order_edges(plan)
}

/// Runs a plan.
pub(crate) fn apply(
    database: &mut dyn Database,
    plan: &Plan,
    lock_timeout: Duration,
    progress: &mut dyn Progress,
) -> Result<()> {
    database.apply(plan, &ApplyOptions { lock_timeout }, progress)
}

/// The known word that was most likely meant, as a question, or all there is.
pub(crate) fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str> + Clone) -> Option<String> {
    document::suggest::help(word, candidates)
}

/// STAND-INS, private to this worktree: the lead replaces `use self::stand_in::...` above by
/// `use trueup::...` and deletes this module.
#[allow(clippy::needless_pass_by_value, clippy::unnecessary_wraps, clippy::unused_self, dead_code, missing_docs)]
mod stand_in {
    use super::{
        BTreeSet, Catalog, Database, Desired, Diagnostic, Dialect, Duration, Error, FileId, Manage, ObjectId, Path,
        PathBuf, Plan, Result, Sources,
    };

    fn not_built<T>(what: &str) -> Result<T> {
        Err(Error::usage(format!("{what} is not built yet")))
    }

    pub(super) mod document {
        use super::{Desired, Dialect, Sources};
        use trueup::diagnostic::Diagnostics;

        #[derive(Debug)]
        pub(crate) struct Document(Sources);
        impl Document {
            pub(crate) fn parse(sources: Sources) -> Result<Self, Diagnostics> {
                Ok(Self(sources))
            }
            pub(crate) fn lower(&self, _: &dyn Dialect) -> Result<Desired, Diagnostics> {
                Ok(Desired::default())
            }
            pub(crate) fn sources(&self) -> &Sources {
                &self.0
            }
        }
        pub(crate) mod load {
            use super::super::{Error, Path, Result, Sources};
            pub(crate) fn read(path: &Path) -> Result<Sources> {
                let file = |error| Error::File { path: path.to_owned(), error };
                let mut sources = Sources::default();
                let mut paths: Vec<_> =
                    std::fs::read_dir(path).map_err(file)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
                paths.sort();
                for path in paths {
                    let text = std::fs::read_to_string(&path).map_err(file)?;
                    sources.add(path, text);
                }
                Ok(sources)
            }
        }
        pub(crate) mod json_schema {
            pub(crate) fn json_schema() -> serde_json::Value {
                serde_json::json!({ "type": "object" })
            }
        }
        pub(crate) mod fmt {
            use super::super::{Diagnostic, FileId};
            #[derive(Debug)]
            pub(crate) struct SyntaxError;
            impl SyntaxError {
                pub(crate) fn diagnostic(self, _: FileId) -> Diagnostic {
                    Diagnostic::error("not TOML")
                }
            }
            pub(crate) fn format(text: &str) -> Result<String, SyntaxError> {
                Ok(format!("{}\n", text.trim_end()))
            }
        }
        pub(crate) mod suggest {
            pub(crate) fn help<'a>(word: &str, words: impl IntoIterator<Item = &'a str> + Clone) -> Option<String> {
                let near = words.into_iter().min_by_key(|other| strsim::damerau_levenshtein(word, other))?;
                Some(format!("did you mean `{near}`?"))
            }
        }
        pub(crate) mod import {
            use super::super::{BTreeSet, Catalog, Desired, Dialect, ObjectId, PathBuf, Result, Sources, not_built};

            #[derive(Debug, Clone, Copy, Default)]
            pub(crate) enum Layout {
                #[default]
                Grouped,
                Single,
                ByKind,
                ByObject,
            }
            #[derive(Debug)]
            pub(crate) struct FileChange {
                /// Below the schema folder if it is new, else as in the sources.
                pub(crate) path: PathBuf,
                /// None: it is removed.
                pub(crate) text: Option<String>,
                pub(crate) is_new: bool,
            }
            #[derive(Debug)]
            pub(crate) struct Import {
                pub(crate) files: Vec<FileChange>,
                pub(crate) replaced: Vec<ObjectId>,
            }
            pub(crate) fn import_replacing(
                _: Option<(&Sources, &Desired)>,
                _: &Catalog,
                _: &dyn Dialect,
                _: Layout,
                _: &BTreeSet<ObjectId>,
            ) -> Result<Import> {
                not_built("import")
            }
        }
    }

    pub(super) mod dialect {
        use super::{Database, Dialect, Duration, PathBuf, Result, not_built};

        #[derive(Debug)]
        pub(crate) struct OpenOptions {
            pub(crate) lock_timeout: Duration,
            pub(crate) load_extensions: Vec<PathBuf>,
            pub(crate) create: bool,
        }
        pub(crate) fn open(url: &str, options: OpenOptions) -> Result<Box<dyn Database>> {
            not_built(&format!("opening {url} with {options:?}"))
        }
        pub(crate) fn of_url(_: &str) -> Result<&'static dyn Dialect> {
            not_built("of_url")
        }
    }

    pub(super) mod plan {
        use super::{Database, Desired, Manage, Plan, Result, Sources, not_built};

        #[derive(Debug, Default)]
        pub(crate) struct PlanOptions {
            pub(crate) manage: Manage,
            pub(crate) target: Vec<String>,
            pub(crate) exclude: Vec<String>,
            pub(crate) probe: bool,
        }
        #[derive(Debug, Default)]
        pub(crate) struct Leave {
            pub(crate) all: bool,
            pub(crate) some: Vec<String>,
            pub(crate) skip: bool,
        }
        pub(crate) fn make(_: &mut dyn Database, _: &Desired, _: &Sources, options: &PlanOptions) -> Result<Plan> {
            not_built(&format!("planning with {options:?}"))
        }
        pub(crate) fn allow(plan: Plan, leave: &Leave) -> Result<Plan> {
            if leave.all || leave.skip || !leave.some.is_empty() { Ok(plan) } else { not_built("leave") }
        }
        pub(crate) fn order_edges(plan: &Plan) -> Vec<(usize, usize)> {
            (1..plan.steps.len()).map(|i| (i - 1, i)).collect()
        }
    }
}
