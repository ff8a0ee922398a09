//! Names as people write them, matched as their database matches them.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// How a database matches two spellings of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Folding {
    /// Letter for letter (PostgreSQL, once quotes are resolved).
    Exact,
    /// ASCII letters without regard to case (SQLite: `sqlite3StrICmp`).
    Ascii,
    /// All letters without regard to case (MySQL columns).
    Unicode,
}

/// One name. Equality, order and hash follow the database's matching; the spelling is kept beside.
#[derive(Clone)]
pub struct Name {
    text: Arc<str>,
    key: Arc<str>,
}

impl Name {
    /// A name that is matched as `folding` says.
    pub fn new(text: impl Into<Arc<str>>, folding: Folding) -> Self {
        let text = text.into();
        let key = match folding {
            Folding::Ascii if text.bytes().any(|b| b.is_ascii_uppercase()) => text.to_ascii_lowercase().into(),
            Folding::Unicode if text.chars().any(char::is_uppercase) => text.to_lowercase().into(),
            Folding::Exact | Folding::Ascii | Folding::Unicode => Arc::clone(&text),
        };
        Self { text, key }
    }

    /// A name that is matched letter for letter.
    pub fn exact(text: impl Into<Arc<str>>) -> Self {
        Self::new(text, Folding::Exact)
    }

    /// The spelling, as written or as the database reports it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The form that is compared.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether both are written the same, letter for letter.
    pub fn same_spelling(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.key, &other.key) || self.key == other.key
    }
}
impl Eq for Name {}
impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key)
    }
}
impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.text, f)
    }
}

/// A plain string where spelling and key agree, else both.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored {
    Plain(Arc<str>),
    Folded { name: Arc<str>, key: Arc<str> },
}

impl Serialize for Name {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.text == self.key {
            serializer.serialize_str(&self.text)
        } else {
            Stored::Folded { name: Arc::clone(&self.text), key: Arc::clone(&self.key) }.serialize(serializer)
        }
    }
}
impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Stored::deserialize(deserializer)? {
            Stored::Plain(text) => Self { key: Arc::clone(&text), text },
            Stored::Folded { name, key } => Self { text: name, key },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_as_the_database_does_and_keeps_the_spelling() {
        let (a, b) = (Name::new("Users", Folding::Ascii), Name::new("USERS", Folding::Ascii));
        assert_eq!(a, b);
        assert!(!a.same_spelling(&b));
        assert_ne!(Name::exact("Users"), Name::exact("users"));
        // SQLite folds ASCII only.
        assert_ne!(Name::new("É", Folding::Ascii), Name::new("é", Folding::Ascii));
        assert_eq!(Name::new("É", Folding::Unicode), Name::new("é", Folding::Unicode));
    }

    #[test]
    fn survives_json() -> Result<(), serde_json::Error> {
        for name in [Name::exact("a\"b"), Name::new("Users", Folding::Ascii)] {
            let back: Name = serde_json::from_str(&serde_json::to_string(&name)?)?;
            assert_eq!(back, name);
            assert!(back.same_spelling(&name));
        }
        Ok(())
    }
}
