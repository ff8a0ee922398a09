//! What the database refuses of what people wrote, shown where they wrote it.

use std::ops::Range;

use crate::catalog::ObjectId;
use crate::database::{Elaborated, Within};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Sources};
use crate::dialect::Dialect;
use crate::document::{Desired, Document};
use crate::error::Error;

/// What the database refuses, at its place in the TOML.
pub(super) fn refused(
    elaborated: &Elaborated,
    desired: &Desired,
    sources: &Sources,
    dialect: &dyn Dialect,
) -> Vec<Diagnostic> {
    if elaborated.refused.is_empty() {
        return Vec::new();
    }
    let placed = with_places(desired, sources, dialect);
    let desired = placed.as_ref().unwrap_or(desired);
    let diagnostics = elaborated.refused.iter().map(|(id, attribute, message)| {
        let place = desired.place(id, *attribute).or_else(|| desired.place(id.parent()?, None)).copied();
        let within = elaborated.refused_at.get(id);
        diagnostic(id, message, place, within, desired, sources)
    });
    diagnostics.collect()
}

/// An error of a statement that ran, with where its object is written, if it is.
pub fn written(error: Error, desired: &Desired, sources: &Sources, dialect: &dyn Dialect) -> Error {
    let Error::Statement { message, object: Some(id), .. } = &error else { return error };
    let placed = with_places(desired, sources, dialect);
    let desired = placed.as_ref().unwrap_or(desired);
    // The statement of a table makes its columns and constraints too.
    let place = desired
        .origins
        .iter()
        .filter(|(part, _)| part.is_within(id))
        .find_map(|(_, origin)| origin.attributes.iter().find_map(|(_, place)| named(sources, place, message)));
    let only = || {
        let mut own = desired.origins.get(id)?.attributes.iter().filter(|(key, _)| *key != "owner");
        own.next().map(|(_, place)| *place).filter(|_| own.next().is_none())
    };
    let Some(place) = place.or_else(only).or_else(|| desired.place(id, None).copied()) else { return error };
    let item = diagnostic(id, message, Some(place), None, desired, sources);
    let diagnostics = Diagnostics { sources: sources.clone(), items: vec![item] };
    Error::Written { error: Box::new(error), diagnostics: Box::new(diagnostics) }
}

/// The places are looked up only when they are needed.
fn with_places(desired: &Desired, sources: &Sources, dialect: &dyn Dialect) -> Option<Desired> {
    match Document::parse(sources.clone()) {
        Ok(document) if desired.origins.is_empty() => document.lower(dialect).ok(),
        _ => None,
    }
}

fn diagnostic(
    id: &ObjectId,
    message: &str,
    place: Option<Place>,
    within: Option<&Within>,
    desired: &Desired,
    sources: &Sources,
) -> Diagnostic {
    let exact = place.and_then(|place| {
        let attributes = desired.origins.get(id).into_iter().flat_map(|origin| &origin.attributes);
        let mut all = std::iter::once(place).chain(attributes.map(|(_, place)| *place));
        let stopped = within.and_then(|within| all.clone().find_map(|place| within_value(sources, &place, within)));
        stopped
            .or_else(|| within.and_then(|within| by_word(sources, &place, within)))
            .or_else(|| all.find_map(|place| named(sources, &place, message)))
    });
    let (said, help) = message.split_once('\n').map_or((message, None), |(said, help)| (said, Some(help)));
    let diagnostic = Diagnostic::error(format!("{id}: {said}")).at_some(exact.or(place));
    match help {
        Some(help) => diagnostic.with_help(help),
        None => diagnostic,
    }
}

/// The word at which the database stopped, where the whole value stands in the statement as it does in the TOML.
fn within_value(sources: &Sources, place: &Place, within: &Within) -> Option<Place> {
    let (value, offset) = value(sources, place)?;
    let word = word_at(&within.sql, within.at)?;
    let mut found = within.sql.match_indices(value).map(|(at, _)| at);
    let at = within.at - found.find(|at| (*at..*at + value.len()).contains(&within.at))?;
    Some(Place::new(place.file, offset + at..offset + at + word.len().min(value.len() - at)))
}

/// The same where the statement says the value otherwise: by the word alone.
fn by_word(sources: &Sources, place: &Place, within: &Within) -> Option<Place> {
    let (value, offset) = value(sources, place)?;
    let word = word_at(&within.sql, within.at)?;
    let at = only(value, word)?;
    Some(Place::new(place.file, offset + at..offset + at + word.len()))
}

/// The text of a string of the TOML, and where it begins in its file.
fn value<'s>(sources: &'s Sources, place: &Place) -> Option<(&'s str, usize)> {
    let text = &sources.get(place.file)?.text;
    let span = place.span();
    let written = content(text.get(span.clone())?)?;
    let (start, end) = (span.start + written.start, span.start + written.end);
    Some((text.get(start..end)?, start))
}

/// The name that a message has in quotes or before a parenthesis, if it stands there once: not always does a database say
/// where it stopped.
fn named(sources: &Sources, place: &Place, message: &str) -> Option<Place> {
    let value = sources.get(place.file)?.text.get(place.span())?;
    let quoted = message.split('"').skip(1).step_by(2);
    // `function f(integer) does not exist`
    let called = message.split_once('(').and_then(|(head, _)| head.rsplit(' ').next());
    let (at, name) = quoted.chain(called).find_map(|name| Some((only(value, name)?, name)))?;
    let start = place.span().start + at;
    Some(Place::new(place.file, start..start + name.len()))
}

/// Where a word stands, if it does once.
fn only(text: &str, word: &str) -> Option<usize> {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let whole =
        |at: usize| !is_word(text[..at].chars().next_back()) && !is_word(text[at + word.len()..].chars().next());
    let mut found = text.match_indices(word).map(|(at, _)| at).filter(|at| !word.is_empty() && whole(*at));
    found.next().filter(|_| found.next().is_none())
}

/// What stands between the quotes of a TOML string, if it stands there as it is.
fn content(value: &str) -> Option<Range<usize>> {
    let quotes = ["\"\"\"", "'''", "\"", "'"];
    let quote = quotes
        .into_iter()
        .find(|quote| value.len() >= 2 * quote.len() && value.starts_with(quote) && value.ends_with(quote))?;
    let inner = quote.len()..value.len() - quote.len();
    let text = value.get(inner.clone())?;
    if text.is_empty() || (quote.starts_with('"') && text.contains('\\')) {
        return None;
    }
    // A line end right after three quotes is no part of the value, nor are blanks around the SQL.
    let blank = text.len() - text.trim_start().len();
    Some(inner.start + blank..inner.start + text.trim_end().len())
}

/// The word or the sign that stands there.
fn word_at(sql: &str, at: usize) -> Option<&str> {
    let rest = sql.get(at..)?;
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let first = rest.chars().next()?;
    let end = if is_word(first) {
        rest.find(|c| !is_word(c)).unwrap_or(rest.len())
    } else if matches!(first, '"' | '\'') {
        rest[1..].find(first).map_or(rest.len(), |end| end + 2)
    } else {
        first.len_utf8()
    };
    rest.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &str, sql: &str, word: &str) -> Option<String> {
        let mut sources = Sources::default();
        let text = format!("a = {value}\n");
        let file = sources.add("a.toml", text.clone());
        let at = sql.rfind(word)?;
        let place = Place::new(file, 4..4 + value.len());
        let within = Within { sql: sql.to_owned(), at };
        let found = within_value(&sources, &place, &within).or_else(|| by_word(&sources, &place, &within))?.span();
        Some(format!("{}<{}>", &text[4..found.start], &text[found]))
    }

    #[test]
    fn a_fault_is_shown_where_it_stands() {
        let sql = "alter table t add constraint c check (totl > 0 and totl < 9)";
        assert_eq!(shown("\"totl > 0 and totl < 9\"", sql, "totl").as_deref(), Some("\"totl > 0 and <totl>"));
        assert_eq!(
            shown("'''\n  select 1 fro t\n'''", "create view v as select 1 fro t", "t").as_deref(),
            Some("'''\n  select 1 fro <t>")
        );
        assert_eq!(shown("\"x = 'é' and y\"", "check (x = 'é' and y)", "y").as_deref(), Some("\"x = 'é' and <y>"));
        assert_eq!(shown("\"a  +  totl\"", "check (a + totl)", "totl").as_deref(), Some("\"a  +  <totl>"));
    }

    #[test]
    fn what_cannot_be_told_is_not_guessed() {
        assert_eq!(shown("\"a  + a\"", "check (a + a)", "a"), None);
        assert_eq!(shown("\"\\u0061\"", "check (a)", "a"), None);
        assert_eq!(shown("[\"a\"]", "check (a)", "a"), None);
    }
}
