//! The whole way from text to catalog, and every error with its place.
#![allow(clippy::unwrap_used, clippy::panic)]

mod errors;
mod lowering;

use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, Sources};

use crate::dialect::sqlite::SQLITE;

use super::{Desired, Document};

/// The example of the project's reference, as far as it holds for every database.
pub(super) const EXAMPLE: &str = include_str!("tests/example.toml");

fn sources(files: &[&str]) -> Sources {
    let mut sources = Sources::default();
    for (i, text) in files.iter().enumerate() {
        sources.add(format!("{}.toml", char::from(b'a' + u8::try_from(i).unwrap())), *text);
    }
    sources
}

fn read(files: &[&str]) -> Result<Desired, Diagnostics> {
    Document::parse(sources(files))?.lower(&SQLITE)
}

fn lowered(text: &str) -> Desired {
    read(&[text]).unwrap_or_else(|diagnostics| panic!("{}", shown(&diagnostics.sources, &diagnostics.items)))
}

/// Everything that is said of some files, as text and carets.
fn said(files: &[&str]) -> String {
    match read(files) {
        Ok(desired) => shown(&sources(files), &desired.warnings),
        Err(diagnostics) => shown(&diagnostics.sources, &diagnostics.items),
    }
}

fn shown(sources: &Sources, items: &[Diagnostic]) -> String {
    let mut out = String::new();
    for item in items {
        let severity = if item.severity == Severity::Error { "error" } else { "warning" };
        writeln!(out, "{severity}: {}", item.message).unwrap();
        if let Some((place, label)) = &item.place {
            out.push_str(&marked(sources, place, label));
        }
        for (place, label) in &item.related {
            out.push_str(&marked(sources, place, label));
        }
        if let Some(help) = &item.help {
            writeln!(out, "help: {help}").unwrap();
        }
    }
    out
}

/// `a.toml:2| the line` and the carets under it.
fn marked(sources: &Sources, place: &Place, label: &str) -> String {
    let text = &sources.get(place.file).unwrap().text;
    let (path, line) = sources.line_of(place).unwrap();
    let start = text[..place.span().start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let head = format!("{}:{line}| ", path.display());
    let pad = " ".repeat(head.chars().count() + text[start..place.span().start].chars().count());
    let width = text[place.span().start..place.span().end.min(end)].chars().count().max(1);
    let carets = "^".repeat(width);
    format!("{head}{}\n{}\n", &text[start..end], format!("{pad}{carets} {label}").trim_end())
}
