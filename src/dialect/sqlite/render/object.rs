//! The objects that stand beside tables.

use crate::catalog::{Event, Index, Name, ObjectId, Timing, Trigger, View, VirtualTable};

use super::super::sql::{closed, quote, quote_list};
use super::super::tokens::significant;
use super::table::parts;

fn name_of(id: &ObjectId) -> String {
    quote(id.name().as_str())
}

/// The table or view that an object belongs to.
fn relation_of(id: &ObjectId) -> String {
    id.parent().map(name_of).unwrap_or_default()
}

/// CREATE INDEX.
pub fn create_index(id: &ObjectId, index: &Index) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let condition = index.predicate.as_ref().map(|sql| format!(" WHERE {}", closed(sql.as_str())));
    format!(
        "CREATE {unique}INDEX {} ON {} ({}){}",
        name_of(id),
        relation_of(id),
        parts(&index.columns),
        condition.unwrap_or_default()
    )
}

/// CREATE VIEW.
pub fn create_view(id: &ObjectId, view: &View) -> String {
    let names = match view.column_names.as_slice() {
        [] => String::new(),
        names => format!(" ({})", quote_list(names.iter().map(Name::as_str))),
    };
    format!("CREATE VIEW {}{names} AS\n{}", name_of(id), closed(view.query.as_str()))
}

/// CREATE VIRTUAL TABLE.
pub fn create_virtual_table(id: &ObjectId, table: &VirtualTable) -> String {
    format!("CREATE VIRTUAL TABLE {} USING {}", name_of(id), closed(table.using.as_str()))
}

/// CREATE TRIGGER. SQLite knows one event a trigger; of several the first is written.
pub fn create_trigger(id: &ObjectId, trigger: &Trigger) -> String {
    let timing = match trigger.timing {
        Timing::Before => "BEFORE",
        Timing::After => "AFTER",
        Timing::InsteadOf => "INSTEAD OF",
    };
    let event = match trigger.events.first() {
        Some(Event::Insert | Event::Truncate) | None => "INSERT".to_owned(),
        Some(Event::Delete) => "DELETE".to_owned(),
        Some(Event::Update { of }) if of.is_empty() => "UPDATE".to_owned(),
        Some(Event::Update { of }) => format!("UPDATE OF {}", quote_list(of.iter().map(Name::as_str))),
    };
    let when = trigger.when.as_ref().map(|sql| format!("\nWHEN {}", closed(sql.as_str())));
    format!(
        "CREATE TRIGGER {} {timing} {event} ON {}{}{}\nBEGIN\n  {}\nEND",
        name_of(id),
        relation_of(id),
        if trigger.for_each.is_some() { " FOR EACH ROW" } else { "" },
        when.unwrap_or_default(),
        terminated(trigger.body.as_ref().map_or("", |body| body.as_str()))
    )
}

/// The body with a semicolon behind its last statement.
fn terminated(body: &str) -> String {
    let ended = significant(body).last().is_some_and(|token| token.text(body) == ";");
    if ended { body.to_owned() } else { format!("{};", closed(body)) }
}
