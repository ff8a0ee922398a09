//! Values that were made a moment ago, by their text: a schema repeats the names and types of its columns.

use std::collections::HashMap;

/// So many are kept; then all are forgotten, which costs less than to tell which are worth keeping.
const KEPT: usize = 4096;

/// The values made last.
#[derive(Debug)]
pub(crate) struct Recent<T>(HashMap<Box<str>, T>);

impl<T: Clone> Recent<T> {
    /// None so far.
    pub(crate) fn new() -> Self {
        Self(HashMap::new())
    }

    /// The value of a text, made only if it was not made before.
    pub(crate) fn of(&mut self, text: &str, make: impl FnOnce() -> T) -> T {
        if let Some(value) = self.0.get(text) {
            return value.clone();
        }
        let value = make();
        if self.0.len() >= KEPT {
            self.0.clear();
        }
        self.0.insert(text.into(), value.clone());
        value
    }
}
