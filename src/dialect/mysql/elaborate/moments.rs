//! The moments of events: the server reads a date that is none as nothing, and takes the whole event in the middle of an
//! apply as it is made. What it reads in the event's zone is asked before.

use crate::catalog::{Catalog, Object, ObjectId, OptionKey, ScheduledEvent};
use crate::diff::{Delta, Deltas};
use crate::error::Result;

use super::super::query::Link;
use super::super::sql;
use super::super::tokens::{Token, TokenKind, significant};
use super::blame::Refused;

/// What is refused of the events that are made or get other moments.
pub(super) fn refused(
    link: &mut Link<'_>,
    (live, desired): (&Catalog, &Catalog),
    deltas: &Deltas,
) -> Result<Vec<Refused>> {
    let differ = deltas.iter().filter(|(_, delta)| **delta != Delta::Drop).map(|(id, _)| id);
    let events: Vec<(&ObjectId, &ScheduledEvent)> =
        differ.filter_map(|id| event(desired, id).map(|event| (id, event))).collect();
    let statements: Vec<String> = events.iter().flat_map(|(_, event)| asked(event)).collect();
    if statements.is_empty() {
        return Ok(Vec::new());
    }
    let answers = link.batch(&statements)?;
    let mut found = Vec::new();
    for ((id, wanted), answer) in events.into_iter().zip(answers.chunks(4)) {
        let [_, Ok(_), Ok(row), ..] = answer else { continue };
        let is = |at: usize| row.get(at).is_some_and(|value| value.as_deref() == Some("1"));
        let no_moment = |what: &str| format!("{what} is no moment\nwrite it as `2030-01-01 00:00:00`");
        // One that is kept is switched off by the server.
        let is_kept = wanted.options.word(OptionKey::OnCompletion) == Some("preserve")
            && wanted.options.is_off(OptionKey::Enabled);
        let is_new = event(live, id).is_none_or(|event| event.schedule != wanted.schedule);
        let (attribute, message) = if is(0) {
            let message = "the moment after `at` is none\nwrite `at '2030-01-01 00:00:00'`, in quotes";
            ("schedule", message.to_owned())
        } else if is(1) {
            ("starts", no_moment(wanted.starts.as_deref().unwrap_or_default()))
        } else if is(2) {
            ("ends", no_moment(wanted.ends.as_deref().unwrap_or_default()))
        } else if is(3) {
            ("ends", "the event ends before it begins".to_owned())
        } else if is(4) && !is_kept && is_new {
            let message = "the moment is over, and the server drops or disables such an event at once\n\
                           write one to come, or `on_completion = \"preserve\", enabled = false`";
            ("schedule", message.to_owned())
        } else {
            continue;
        };
        found.push((id.clone(), Some(attribute), message));
    }
    Ok(found)
}

fn event<'a>(catalog: &'a Catalog, id: &ObjectId) -> Option<&'a ScheduledEvent> {
    match catalog.object(id) {
        Some(Object::Event(event)) => Some(event),
        _ => None,
    }
}

/// Four statements, the third of which answers: whether each moment is said and none, whether they are in order, and
/// whether the only one is over.
fn asked(event: &ScheduledEvent) -> [String; 4] {
    let text = event.schedule.as_str();
    let mut tokens = significant(text);
    // Nothing but what is written out is asked for.
    let is_plain = |token: Token| {
        matches!(token.kind, TokenKind::String | TokenKind::Number)
            || ["-", "+"].iter().any(|it| token.is_symbol(text, it))
    };
    let at = tokens.next().filter(|token| token.is_word(text, "at")).and_then(|token| text.get(token.end..));
    let at = at.filter(|_| tokens.all(is_plain));
    let moment =
        |value: Option<String>| value.map_or_else(|| "NULL".to_owned(), |value| format!("CAST({value} AS DATETIME)"));
    let said = |value: Option<&str>| u8::from(value.is_some());
    let (starts, ends) = (event.starts.as_deref(), event.ends.as_deref());
    let values = (moment(at.map(str::to_owned)), moment(starts.map(sql::string)), moment(ends.map(sql::string)));
    let zone = event.options.word(OptionKey::TimeZone).map_or_else(|| "@@GLOBAL.time_zone".to_owned(), sql::string);
    [
        "SET @trueup_time_zone = @@SESSION.time_zone".to_owned(),
        format!("SET SESSION time_zone = {zone}"),
        format!(
            "SELECT {} AND {} IS NULL, {} AND {} IS NULL, {} AND {} IS NULL, {} < {}, {} < NOW()",
            said(at),
            values.0,
            said(starts),
            values.1,
            said(ends),
            values.2,
            values.2,
            values.1,
            values.0
        ),
        "SET SESSION time_zone = @trueup_time_zone".to_owned(),
    ]
}
