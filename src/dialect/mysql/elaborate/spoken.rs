//! The `sql_mode` and the time zone of programs in the server's own words: it takes a mode in any order and by the names
//! of several (`ANSI`), and a zone as `+5:00`, and keeps each in one way.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, ObjectId, OptionKey, OptionValue};
use crate::diff::{Delta, Deltas};
use crate::error::Result;

use super::super::query::Link;
use super::super::sql;
use super::blame::Refused;
use super::table::said;

/// What a program says of the session that it is to run in, with the variable of the session and the attribute of the TOML.
const SPOKEN: [(OptionKey, &str); 2] = [(OptionKey::SqlMode, "sql_mode"), (OptionKey::TimeZone, "time_zone")];

/// The desired catalog in those words, where any differ from the ones that it says; and what the server does not know.
pub(super) fn spoken(
    link: &mut Link<'_>,
    desired: &Catalog,
    deltas: &Deltas,
) -> Result<(Option<Catalog>, Vec<Refused>)> {
    let differ = deltas.iter().filter(|(_, delta)| **delta != Delta::Drop);
    let words: Vec<(&ObjectId, OptionKey, &'static str, &str)> = differ
        .filter_map(|(id, _)| Some((id, desired.object(id)?.options()?)))
        .flat_map(|(id, options)| {
            SPOKEN.iter().filter_map(move |(key, variable)| Some((id, *key, *variable, options.word(*key)?)))
        })
        .collect();
    let mut asked: BTreeMap<(&str, &str), std::result::Result<String, String>> =
        words.iter().map(|(_, _, variable, word)| ((*variable, *word), Ok((*word).to_owned()))).collect();
    let statements: Vec<String> = asked
        .keys()
        .flat_map(|(variable, word)| {
            [
                format!("SET @trueup_spoken = @@SESSION.{variable}"),
                format!("SET SESSION {variable} = {}", sql::string(word)),
                format!("SELECT @@SESSION.{variable}"),
                format!("SET SESSION {variable} = @trueup_spoken"),
            ]
        })
        .collect();
    if statements.is_empty() {
        return Ok((None, Vec::new()));
    }
    let answers = link.batch(&statements)?;
    for (kept, answer) in asked.values_mut().zip(answers.chunks(4)) {
        match answer {
            [_, Err(error), ..] => *kept = Err(said(error)),
            [_, Ok(_), Ok(row), ..] => {
                if let Some(Some(word)) = row.first() {
                    *kept = Ok(word.clone());
                }
            }
            _ => {}
        }
    }
    let mut refused = Vec::new();
    let mut reworded: Option<Catalog> = None;
    for (id, key, variable, word) in &words {
        match asked.get(&(*variable, *word)) {
            Some(Err(message)) => refused.push(((*id).clone(), Some(*variable), message.clone())),
            Some(Ok(kept)) if kept != word => {
                let catalog = reworded.get_or_insert_with(|| desired.clone());
                if let Some(options) = catalog.get_mut(id).and_then(|entry| entry.object.options_mut()) {
                    options.put(*key, OptionValue::Text(kept.clone()));
                }
            }
            _ => {}
        }
    }
    Ok((reworded, refused))
}
