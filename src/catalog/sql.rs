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
pub struct Sql(Arc<Inner>);

struct Inner {
    text: Box<str>,
    /// The form that is compared, where it is not the text.
    canonical: Option<Box<str>>,
}

impl Sql {
    /// SQL with its compared form.
    pub fn new(text: impl Into<Box<str>>, canonical: impl Into<Box<str>>) -> Self {
        let (text, canonical) = (text.into(), canonical.into());
        let canonical = (text != canonical).then_some(canonical);
        Self(Arc::new(Inner { text, canonical }))
    }

    /// The text, byte for byte.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// What is compared.
    pub fn canonical(&self) -> &str {
        self.0.canonical.as_deref().unwrap_or(&self.0.text)
    }
}

/// Nothing.
impl Default for Sql {
    fn default() -> Self {
        Self::new("", "")
    }
}

impl PartialEq for Sql {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.canonical() == other.canonical()
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
        self.canonical().cmp(other.canonical())
    }
}
impl Hash for Sql {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.canonical().hash(state);
    }
}
impl fmt::Display for Sql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
impl fmt::Debug for Sql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sql({:?})", self.as_str())
    }
}

/// A plain string where text and canonical form agree, else both.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored<T> {
    Plain(T),
    Both { sql: T, canonical: T },
}

impl Serialize for Sql {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.canonical {
            None => Stored::Plain(&*self.0.text),
            Some(canonical) => Stored::Both { sql: &*self.0.text, canonical: &**canonical },
        }
        .serialize(serializer)
    }
}
impl<'de> Deserialize<'de> for Sql {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (text, canonical) = match Stored::<Box<str>>::deserialize(deserializer)? {
            Stored::Plain(text) => (text, None),
            Stored::Both { sql, canonical } => (sql, Some(canonical)),
        };
        Ok(Self(Arc::new(Inner { text, canonical })))
    }
}
