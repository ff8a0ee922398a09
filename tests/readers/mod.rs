//! The readers under fuzz: the one place that names them.

use trueup::diagnostic::Sources;
use trueup::dialect::Dialect;
use trueup::dialect::sqlite::{SQLITE, parse};
use trueup::document::{Document, fmt};

/// Reads a text as the one file of a document, lowers it for SQLite, and formats it.
pub(crate) fn document(text: &str) {
    let mut sources = Sources::default();
    sources.add("fuzz.toml", text);
    if let Ok(document) = Document::parse(sources) {
        let _ = document.lower(&SQLITE);
    }
    if let Ok(once) = fmt::format(text) {
        let twice = fmt::format(&once).unwrap_or_else(|_| panic!("fmt makes what it cannot read: {once}"));
        assert_eq!(once, twice, "fmt is not done after once");
    }
}

/// Reads a text as each of the statements that SQLite keeps, and as an expression.
pub(crate) fn stored_sql(text: &str) {
    let _ = parse::create_table(text);
    let _ = parse::create_virtual_table(text);
    let _ = parse::create_index(text);
    let _ = parse::create_view(text);
    let _ = parse::create_trigger(text);
    let sql = SQLITE.expression(text);
    let _ = SQLITE.read_literal(&sql);
    let _ = SQLITE.type_name(text);
}
