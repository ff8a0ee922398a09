//! Words that the server knows or not: a `sql_mode`, a time zone, an engine, a character set, a collation. It is asked by
//! giving them to variables of the session. It takes a mode in any order and by the names of several (`ANSI`), and a zone as
//! `+5:00`, and keeps each in one way: these are compared in its words.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Name, Object, ObjectId, OptionKey, OptionValue};
use crate::diff::{Delta, Deltas};
use crate::error::Result;

use super::super::query::Link;
use super::super::sql;
use super::blame::Refused;
use super::table::said;

/// A word of an object, and what asks for it.
struct Word<'a> {
    id: &'a ObjectId,
    key: OptionKey,
    attribute: &'static str,
    ask: Ask<'a>,
}

/// What the server is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ask<'a> {
    /// A word that the server keeps in its own way.
    Kept(&'static str, &'a str),
    /// A word that it only has to know.
    Known(&'static str, &'a str),
    /// A collation of a character set.
    Collation(&'a str, &'a str),
}

impl Ask<'_> {
    /// Four statements, of which the second may fail and the third answers.
    fn statements(self) -> [String; 4] {
        let answer = |variable: &str| match self {
            Self::Kept(..) => format!("SELECT @@SESSION.{variable}"),
            _ => "DO 0".to_owned(),
        };
        match self {
            Self::Kept(variable, word) | Self::Known(variable, word) => [
                format!("SET @trueup_spoken = @@SESSION.{variable}"),
                format!("SET SESSION {variable} = {}", sql::string(word)),
                answer(variable),
                format!("SET SESSION {variable} = @trueup_spoken"),
            ],
            Self::Collation(charset, collation) => [
                "DO 0".to_owned(),
                format!("DO CONVERT('' USING {}) COLLATE {}", sql::quote(charset), sql::quote(collation)),
                answer(""),
                "DO 0".to_owned(),
            ],
        }
    }
}

/// The words of what is made or changed.
fn words<'a>(desired: &'a Catalog, deltas: &'a Deltas) -> Vec<Word<'a>> {
    let mut found = Vec::new();
    for (id, _) in deltas.iter().filter(|(_, delta)| **delta != Delta::Drop) {
        let Some(object) = desired.object(id) else { continue };
        let Some(options) = object.options() else { continue };
        let mut put = |key, attribute, ask| found.push(Word { id, key, attribute, ask });
        let of = |key| options.word(key).filter(|word| !word.is_empty());
        if let Some(word) = options.word(OptionKey::SqlMode) {
            put(OptionKey::SqlMode, "sql_mode", Ask::Kept("sql_mode", word));
        }
        if let Some(word) = of(OptionKey::TimeZone) {
            put(OptionKey::TimeZone, "time_zone", Ask::Kept("time_zone", word));
        }
        if let Some(word) = of(OptionKey::Engine) {
            put(OptionKey::Engine, "engine", Ask::Known("default_storage_engine", word));
        }
        let charset = of(OptionKey::Charset);
        if let Some(word) = charset {
            put(OptionKey::Charset, "charset", Ask::Known("character_set_results", word));
        }
        let collation = match object {
            Object::Column(column) => column.collation.as_ref().map(Name::as_str),
            _ => of(OptionKey::Collation),
        };
        match (charset, collation) {
            (Some(charset), Some(word)) => put(OptionKey::Collation, "collation", Ask::Collation(charset, word)),
            (None, Some(word)) => put(OptionKey::Collation, "collation", Ask::Known("collation_connection", word)),
            _ => {}
        }
    }
    found
}

/// The desired catalog in the server's words, where any differ from those that it says; and what the server does not know.
pub(super) fn spoken(
    link: &mut Link<'_>,
    desired: &Catalog,
    deltas: &Deltas,
) -> Result<(Option<Catalog>, Vec<Refused>)> {
    let words = words(desired, deltas);
    let mut asked: BTreeMap<Ask<'_>, std::result::Result<Option<String>, String>> =
        words.iter().map(|word| (word.ask, Ok(None))).collect();
    if asked.is_empty() {
        return Ok((None, Vec::new()));
    }
    let statements: Vec<String> = asked.keys().flat_map(|ask| ask.statements()).collect();
    let answers = link.batch(&statements)?;
    for (kept, answer) in asked.values_mut().zip(answers.chunks(4)) {
        match answer {
            [_, Err(error), ..] => *kept = Err(said(error)),
            [_, Ok(_), Ok(row), ..] => *kept = Ok(row.first().cloned().flatten()),
            _ => {}
        }
    }
    let mut refused = Vec::new();
    let mut reworded: Option<Catalog> = None;
    for Word { id, key, attribute, ask } in words {
        match (ask, asked.get(&ask)) {
            (_, Some(Err(message))) => refused.push((id.clone(), Some(attribute), message.clone())),
            (Ask::Kept(_, word), Some(Ok(Some(kept)))) if kept != word => {
                let catalog = reworded.get_or_insert_with(|| desired.clone());
                if let Some(options) = catalog.get_mut(id).and_then(|entry| entry.object.options_mut()) {
                    options.put(key, OptionValue::Text(kept.clone()));
                }
            }
            _ => {}
        }
    }
    Ok((reworded, refused))
}
