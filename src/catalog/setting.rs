//! Free settings: names and values that the database or an extension defines, some of them secret.

use std::fmt;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// Settings by name. They keep the order in which they are written, which makes no difference.
pub type Settings = IndexMap<String, Setting>;

/// Storage parameters and the like, by name; as with [`Settings`], their order is kept and makes no difference.
pub type Parameters = IndexMap<String, String>;

/// The value of a setting.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Setting {
    /// The value itself.
    Plain(String),
    /// A value that is kept nowhere but in the database and in an environment variable.
    Secret {
        /// The variable.
        env: String,
    },
}

/// What a secret is cannot be compared without showing it, so one secret is as good as another.
impl PartialEq for Setting {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Plain(a), Self::Plain(b)) => a == b,
            (Self::Secret { .. }, Self::Secret { .. }) => true,
            (Self::Plain(_), Self::Secret { .. }) | (Self::Secret { .. }, Self::Plain(_)) => false,
        }
    }
}
impl Eq for Setting {}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(value) => f.write_str(value),
            Self::Secret { env } => write!(f, "${env}"),
        }
    }
}
impl fmt::Debug for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
