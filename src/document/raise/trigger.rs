//! `[table.t.trigger.x]`, and those of views.

use crate::catalog::{Event, Trigger};

use super::form::{Form, options};
use super::name::name;
use super::value::{Pairs, Value, pair};

/// A section of its own.
pub(crate) fn form(trigger: &Trigger, more: Pairs) -> Form {
    let events = trigger.events.iter().map(|event| Value::Text(event_words(event))).collect();
    let mut long = vec![pair("timing", Value::text(trigger.timing.words())), pair("events", Value::List(events))];
    if let Some(for_each) = trigger.for_each {
        long.push(pair("for_each", Value::text(for_each.word())));
    }
    if let Some(when) = &trigger.when {
        long.push(pair("when", Value::text(when.as_str())));
    }
    long.extend(options(&trigger.options));
    long.extend(more);
    long.extend(trigger.body.iter().map(|body| pair("body", Value::text(body.as_str()))));
    Form::long(long)
}

fn event_words(event: &Event) -> String {
    match event {
        Event::Insert => "insert".to_owned(),
        Event::Delete => "delete".to_owned(),
        Event::Truncate => "truncate".to_owned(),
        Event::Update { of } if of.is_empty() => "update".to_owned(),
        Event::Update { of } => {
            let columns: Vec<_> = of.iter().map(|column| name(column.as_str())).collect();
            format!("update of {}", columns.join(", "))
        }
    }
}
