//! SQL text inside a catalog: an expression, a type, a query, a body.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// SQL as written or reported, with the form in which its database compares it.
///
/// The canonical form is made by the dialect alone (SQLite: the tokens), so equality here is
/// exactly what the dialect calls equal.
#[derive(Clone)]
pub struct Sql {
    text: Arc<str>,
    canonical: Arc<str>,
}

impl Sql {
    /// SQL whose compared form differs from its text.
    pub fn new(text: impl Into<Arc<str>>, canonical: impl Into<Arc<str>>) -> Self {
        let (text, canonical) = (text.into(), canonical.into());
        let canonical = if text == canonical { Arc::clone(&text) } else { canonical };
        Self { text, canonical }
    }

    /// The text, byte for byte.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What is compared.
    pub fn canonical(&self) -> &str {
        &self.canonical
    }
}

impl PartialEq for Sql {
    fn eq(&self, other: &Self) -> bool {
        self.canonical == other.canonical
    }
}
impl Eq for Sql {}
impl PartialOrd for Sql {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Sql {
    fn cmp(&self, other: &Self) -> Ordering {
        self.canonical.cmp(&other.canonical)
    }
}
impl Hash for Sql {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.canonical.hash(state);
    }
}
impl fmt::Display for Sql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
impl fmt::Debug for Sql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sql({:?})", &*self.text)
    }
}

/// A plain string where text and canonical form agree, else both.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored {
    Plain(Arc<str>),
    Both { sql: Arc<str>, canonical: Arc<str> },
}

impl Serialize for Sql {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.text == self.canonical {
            serializer.serialize_str(&self.text)
        } else {
            Stored::Both { sql: Arc::clone(&self.text), canonical: Arc::clone(&self.canonical) }.serialize(serializer)
        }
    }
}
impl<'de> Deserialize<'de> for Sql {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Stored::deserialize(deserializer)? {
            Stored::Plain(text) => Self { canonical: Arc::clone(&text), text },
            Stored::Both { sql, canonical } => Self { text: sql, canonical },
        })
    }
}
