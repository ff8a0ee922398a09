//! Names as people write them, matched as their database matches them.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::recent::Recent;

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
    /// The same, and the database keeps them in small letters (MySQL tables under `lower_case_table_names = 1`).
    Small,
}

/// One name. Equality, order and hash follow the database's matching; the spelling is kept beside.
#[derive(Clone)]
pub struct Name(Arc<Inner>);

struct Inner {
    text: Box<str>,
    /// The form that is compared, where it is not the text.
    key: Option<Box<str>>,
}

thread_local! {
    static EXACT: RefCell<Recent<Name>> = RefCell::new(Recent::new());
    static ASCII: RefCell<Recent<Name>> = RefCell::new(Recent::new());
    static UNICODE: RefCell<Recent<Name>> = RefCell::new(Recent::new());
    static SMALL: RefCell<Recent<Name>> = RefCell::new(Recent::new());
}

impl Name {
    /// A name that is matched as `folding` says.
    pub fn new(text: impl AsRef<str>, folding: Folding) -> Self {
        let text = text.as_ref();
        let recent = match folding {
            Folding::Exact => &EXACT,
            Folding::Ascii => &ASCII,
            Folding::Unicode => &UNICODE,
            Folding::Small => &SMALL,
        };
        recent.with_borrow_mut(|recent| recent.of(text, || Self::make(text, folding)))
    }

    fn make(text: &str, folding: Folding) -> Self {
        if folding == Folding::Small {
            return Self(Arc::new(Inner { text: text.to_lowercase().into(), key: None }));
        }
        let key = match folding {
            Folding::Ascii if text.bytes().any(|b| b.is_ascii_uppercase()) => Some(text.to_ascii_lowercase().into()),
            Folding::Unicode if text.chars().any(char::is_uppercase) => Some(text.to_lowercase().into()),
            Folding::Exact | Folding::Ascii | Folding::Unicode | Folding::Small => None,
        };
        Self(Arc::new(Inner { text: text.into(), key }))
    }

    /// A name that is matched letter for letter.
    pub fn exact(text: impl AsRef<str>) -> Self {
        Self::new(text, Folding::Exact)
    }

    /// The spelling, as written or as the database reports it.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// The form that is compared.
    pub fn key(&self) -> &str {
        self.0.key.as_deref().unwrap_or(&self.0.text)
    }

    /// Whether both are written the same, letter for letter.
    pub fn same_spelling(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.text == other.0.text
    }
}

/// The empty name.
impl Default for Name {
    fn default() -> Self {
        Self::exact("")
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.key() == other.key()
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
        if Arc::ptr_eq(&self.0, &other.0) { Ordering::Equal } else { self.key().cmp(other.key()) }
    }
}
impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// A plain string where spelling and key agree, else both.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored<T> {
    Plain(T),
    Folded { name: T, key: T },
}

impl Serialize for Name {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.key {
            None => Stored::Plain(&*self.0.text),
            Some(key) => Stored::Folded { name: &*self.0.text, key: &**key },
        }
        .serialize(serializer)
    }
}
impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (text, key) = match Stored::<Box<str>>::deserialize(deserializer)? {
            Stored::Plain(text) => (text, None),
            Stored::Folded { name, key } => (name, Some(key)),
        };
        Ok(Self(Arc::new(Inner { text, key })))
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
