//! The readers under fuzz: the one place that names them.

use trueup::catalog::Catalog;
use trueup::dialect::Dialect;

/// Reads a text as the one file of a document.
pub(crate) fn document(text: &str) {
    let mut sources = trueup::diagnostic::Sources::default();
    sources.add("fuzz.toml", text);
    // To be joined: trueup::document::Document::parse(sources), then lower for SQLite.
    let _ = sources;
}

/// Reads a text as a statement that SQLite keeps.
pub(crate) fn stored_sql(text: &str) {
    // To be joined: the reader of CREATE statements in trueup::dialect::sqlite.
    let _ = (text, Catalog::default(), None::<&dyn Dialect>);
}
