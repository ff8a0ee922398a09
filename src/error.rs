//! Everything that can go wrong, as types that say what, where and what to do.

use std::path::PathBuf;

use crate::catalog::ObjectId;
use crate::diagnostic::Diagnostics;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// What people wrote is wrong.
    #[error("{0}")]
    Input(Box<Diagnostics>),
    /// A file could not be read or written.
    #[error("{}: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The database could not be reached or is not one.
    #[error("{database}: {reason}")]
    Connect {
        /// The database, without its password.
        database: String,
        /// What the database or the system said.
        reason: String,
        /// What to do.
        help: Option<String>,
    },
    /// The database refused a statement.
    #[error("{message}")]
    Statement {
        /// What the database said.
        message: String,
        /// The object the statement was for.
        object: Option<ObjectId>,
        /// The statement.
        sql: String,
        /// What to do.
        help: Option<String>,
    },
    /// The same, where what it is about is written.
    #[error("{error}")]
    Written {
        /// What went wrong.
        error: Box<Error>,
        /// The place in the TOML.
        diagnostics: Box<Diagnostics>,
    },
    /// Somebody else holds the database.
    #[error("{database} is busy: {reason}")]
    Busy {
        /// The database, without its password.
        database: String,
        /// Who or what holds it, as far as the database tells.
        reason: String,
    },
    /// trueup will not do this; nothing was changed.
    #[error("{0}")]
    Refused(#[from] Refused),
    /// Other bad input: a flag, a URL, a plan file, trueup.toml.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
    },
    /// An apply was told to stop; the text says what was done by then.
    #[error("interrupted: {0}")]
    Interrupted(String),
    /// After the apply the database was not what it should be; everything was rolled back.
    #[error("the database differs from the TOML after the apply, so everything was rolled back: {0}")]
    NotConverged(String),
    /// A rule of trueup is wrong; the plan cannot be ordered.
    #[error("{0}")]
    Cycle(String),
}

impl Error {
    /// Bad input that is not in the TOML.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), help: None }
    }

    /// Bad input that is not in the TOML, with what to do.
    pub fn usage_with_help(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), help: Some(help.into()) }
    }
}

/// What trueup refuses to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// Steps that lose data, without leave.
    #[error("data would be lost: {}", list(.0))]
    Destructive(Vec<ObjectId>),
    /// Objects that trueup.toml protects would be dropped or made again.
    #[error("protected in trueup.toml: {}", list(.0))]
    Protected(Vec<ObjectId>),
    /// The live database is not the one that the plan was made for.
    #[error("the database has changed since the plan was made: {0}")]
    Stale(String),
    /// Rows that are there forbid a step.
    #[error("{}", .0.join("\n"))]
    Rows(Vec<String>),
    /// Changes that this database cannot make, or that trueup will not guess at.
    #[error("{}", .0.join("\n"))]
    Impossible(Vec<String>),
    /// Nobody said yes to the changes.
    #[error("{0}")]
    NotApproved(String),
}

fn list(ids: &[ObjectId]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The result of most of the library.
pub type Result<T, E = Error> = std::result::Result<T, E>;
