//! What the server would refuse only in the middle of an apply, as it says nothing of it when it reads a statement.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Event, Index, Kind, Name, Object, ObjectId, OptionKey, Table, Timing, Trigger};
use crate::diff::{Delta, Deltas};

use super::super::tokens::{Token, significant};
use super::super::types;
use super::blame::Refused;

/// What is refused of what is made or changed.
pub(super) fn mistaken(desired: &Catalog, deltas: &Deltas, renames: &[(ObjectId, ObjectId)]) -> Vec<Refused> {
    // A trigger that stays as it is may name a column that goes: no row could be written then.
    let gone = deltas.iter().filter(|(_, delta)| **delta == Delta::Drop).map(|(id, _)| id);
    let gone = gone.chain(renames.iter().map(|(_, to)| to)).filter(|id| id.kind() == Kind::Column);
    let tables: BTreeSet<&ObjectId> = gone.filter_map(ObjectId::parent).collect();
    let left = tables.into_iter().flat_map(|table| desired.children(table)).filter_map(|(id, entry)| {
        let Object::Trigger(trigger) = &entry.object else { return None };
        Some((id.clone(), Some("body"), of_rows(desired, id, trigger)?)).filter(|_| !deltas.contains_key(id))
    });
    let differ = deltas.iter().filter(|(_, delta)| **delta != Delta::Drop).map(|(id, _)| id);
    differ
        .filter_map(|id| {
            let (attribute, message) = match desired.object(id)? {
                Object::Trigger(trigger) => of_trigger(desired, id, trigger)?,
                Object::View(_) => {
                    let through = circle(desired, id, &|id| {
                        let views = desired.get(id).map(|entry| entry.references(id)).unwrap_or_default();
                        views.into_iter().filter(|id| id.kind() == Kind::View).collect()
                    })?;
                    ("query", format!("the view refers to itself{through}"))
                }
                Object::ForeignKey(key) if deltas.get(&key.references) == Some(&Delta::Drop) => {
                    let message = format!("it refers to {}, which is not in the TOML and is dropped", key.references);
                    ("references", message)
                }
                Object::Table(table) if has_no_such_format(table) => {
                    ("row_format", format!("it is one of {}", FORMATS.join(", ")))
                }
                Object::Table(table) => of_parting(desired, id, table)
                    .map(|message| ("partition_by", message))
                    .or_else(|| Some(("", of_name(desired, id)?)))?,
                Object::Index(index) => of_index(desired, id, index)
                    .map(|message| ("columns", message))
                    .or_else(|| Some(("", of_name(desired, id)?)))?,
                _ => ("", of_name(desired, id)?),
            };
            Some((id.clone(), Some(attribute).filter(|attribute| !attribute.is_empty()), message))
        })
        .chain(left)
        .collect()
}

/// How rows are kept, by any engine.
const FORMATS: [&str; 7] = ["dynamic", "compressed", "redundant", "compact", "fixed", "page", "default"];

fn has_no_such_format(table: &Table) -> bool {
    let format = table.options.word(OptionKey::RowFormat);
    format.is_some_and(|format| !FORMATS.iter().any(|one| one.eq_ignore_ascii_case(format)))
}

/// What moments are counted by, which a column may be called too.
const UNITS: [&str; 9] = ["year", "quarter", "month", "week", "day", "hour", "minute", "second", "microsecond"];

/// A key that does not tell in which partition its row is (error 1503).
fn of_parting(desired: &Catalog, id: &ObjectId, table: &Table) -> Option<String> {
    let by = [table.partition_by.as_ref(), table.subpartition_by.as_ref()];
    let named = by.into_iter().flatten().flat_map(|by| {
        let text = by.as_str();
        let all: Vec<Token> = significant(text).collect();
        let calls = |at: usize| all.get(at + 1).is_some_and(|next| next.is_symbol(text, "("));
        // `system_time interval 1 day` names none; `extract(year from d)` names one.
        let is_unit = |token: &Token| UNITS.iter().any(|unit| token.is_word(text, unit));
        let words = all.iter().enumerate().skip_while(|(_, token)| !token.is_symbol(text, "("));
        let words = words.filter(|(at, token)| !calls(*at) && !is_unit(token));
        words.filter_map(|(_, token)| token.identifier(text)).collect::<Vec<_>>()
    });
    let columns = desired.columns(id);
    let named: Vec<&Name> = named
        .filter_map(|word| {
            columns.iter().map(|(id, _)| id.name()).find(|name| name.as_str().eq_ignore_ascii_case(&word))
        })
        .collect();
    desired.children(id).find_map(|(part, entry)| {
        let parts = match &entry.object {
            Object::PrimaryKey(key) => &key.columns,
            Object::Index(index) if index.unique => &index.columns,
            _ => return None,
        };
        let has = |name: &Name| parts.iter().any(|part| part.as_column() == Some(name));
        let lacked = named.iter().find(|name| !has(name))?;
        Some(format!(
            "{part} lacks `{lacked}`, by which the table is partitioned: each unique key has to have it\nadd it to the key, or partition by columns of the key"
        ))
    })
}

/// What cannot be in an index of words or of places.
fn of_index(desired: &Catalog, id: &ObjectId, index: &Index) -> Option<String> {
    let table = id.parent()?;
    let kind = index.options.word(OptionKey::IndexKind)?;
    index.columns.iter().filter_map(|part| Some((part, part.as_column()?))).find_map(|(part, name)| {
        let Some(Object::Column(column)) = desired.object(&table.child(Kind::Column, name.clone())) else {
            return None;
        };
        let ty = column.ty.as_ref()?.canonical();
        let is_text =
            ["char", "text"].iter().any(|end| ty.split(['(', ' ']).next().is_some_and(|word| word.ends_with(end)));
        match kind {
            "fulltext" if !is_text => Some(format!("`{name}` is {ty}, and a full-text index is of texts")),
            "fulltext" | "spatial" if part.order.is_descending() => {
                Some(format!("a {kind} index has no order\nwrite `{name}` alone"))
            }
            "spatial" if !types::is_geometry(column.ty.as_ref()?) => {
                Some(format!("`{name}` is {ty}, and a spatial index is of geometries"))
            }
            "spatial" if column.null => Some(format!("`{name}` may be NULL, which a spatial index does not take")),
            _ => None,
        }
    })
}

/// Names that no object can have, and tables of which nothing can be seen.
fn of_name(desired: &Catalog, id: &ObjectId) -> Option<String> {
    let name = id.name().as_str();
    if matches!(id.kind(), Kind::Table | Kind::Column | Kind::Index) && name.ends_with(' ') {
        return Some("the name ends with a blank, which the server does not take".to_owned());
    }
    if id.kind() == Kind::Index && name.eq_ignore_ascii_case("primary") {
        return Some("only the primary key has this name\nwrite `primary_key` of the table".to_owned());
    }
    let columns = if id.kind() == Kind::Table { desired.columns(id) } else { Vec::new() };
    let is_hidden = !columns.is_empty() && columns.iter().all(|(_, column)| column.options.is_on(OptionKey::Invisible));
    is_hidden.then(|| "all columns of the table are invisible, and one has to be seen".to_owned())
}

fn of_trigger(desired: &Catalog, id: &ObjectId, trigger: &Trigger) -> Option<(&'static str, String)> {
    if trigger.events.iter().any(|event| matches!(event, Event::Update { of } if !of.is_empty())) {
        let message =
            "a trigger is of all columns here\nwrite `update`, and `if not (new.a <=> old.a) then` in the body";
        return Some(("events", message.to_owned()));
    }
    if let Some(message) = of_order(desired, id, trigger) {
        return Some(("follows", message));
    }
    of_rows(desired, id, trigger).map(|message| ("body", message))
}

/// What a trigger comes behind has to be there, for the same rows.
fn of_order(desired: &Catalog, id: &ObjectId, trigger: &Trigger) -> Option<String> {
    let table = id.parent()?;
    let before = table.child(Kind::Trigger, trigger.follows.clone()?);
    let Some(Object::Trigger(other)) = desired.object(&before) else {
        return Some(format!("{table} has no trigger `{}`", before.name()));
    };
    if (other.timing, &other.events) != (trigger.timing, &trigger.events) {
        return Some(format!("`{}` fires at another time or event", before.name()));
    }
    let through = circle(desired, id, &|id| match (desired.object(id), id.parent()) {
        (Some(Object::Trigger(Trigger { follows: Some(before), .. })), Some(table)) => {
            vec![table.child(Kind::Trigger, before.clone())]
        }
        _ => Vec::new(),
    })?;
    Some(format!("the trigger comes behind itself{through}"))
}

/// ` through view.b`, where what an object leads to leads back to it.
fn circle(catalog: &Catalog, id: &ObjectId, next: &dyn Fn(&ObjectId) -> Vec<ObjectId>) -> Option<String> {
    let mut seen = BTreeSet::new();
    let mut left: Vec<(ObjectId, Option<ObjectId>)> = next(id).into_iter().map(|to| (to, None)).collect();
    while let Some((at, through)) = left.pop() {
        if at == *id {
            return Some(through.map(|through| format!(" through {through}")).unwrap_or_default());
        }
        if catalog.contains(&at) && seen.insert(at.clone()) {
            left.extend(next(&at).into_iter().map(|to| (to, Some(at.clone()))));
        }
    }
    None
}

/// The columns that a body names of the old and the new row, and what it sets.
fn of_rows(desired: &Catalog, id: &ObjectId, trigger: &Trigger) -> Option<String> {
    let table = id.parent()?;
    let text = trigger.body.as_ref()?.as_str();
    let all: Vec<_> = significant(text).collect();
    let row_of = |token: &Token| ["new", "old"].into_iter().find(|row| token.is_word(text, row));
    let is_dot = |at: usize| all.get(at).is_some_and(|token| token.is_symbol(text, "."));
    // Another table may be called so: `insert ... as new on duplicate key update`.
    if all.iter().enumerate().any(|(at, token)| row_of(token).is_some() && !is_dot(at + 1)) {
        return None;
    }
    let has = |event: &Event| trigger.events.contains(event);
    for (at, parts) in all.windows(3).enumerate() {
        let [row, _, column] = parts else { continue };
        let is_qualified = at.checked_sub(1).is_some_and(is_dot);
        let (Some(row), Some(name), false) = (row_of(row), column.identifier(text), is_qualified) else { continue };
        if (row == "new" && has(&Event::Delete)) || (row == "old" && has(&Event::Insert)) {
            let event = if row == "new" { "a deleted" } else { "an inserted" };
            return Some(format!("there is no `{row}` of {event} row"));
        }
        if !desired.columns(table).iter().any(|(id, _)| id.name().as_str().eq_ignore_ascii_case(&name)) {
            return Some(format!("{table} has no column `{name}`"));
        }
        let before = at.checked_sub(1).and_then(|before| all.get(before));
        let is_set = before.is_some_and(|token| token.is_word(text, "set"))
            && all.get(at + 3).is_some_and(|next| next.is_symbol(text, "=") || next.is_symbol(text, ":="));
        if is_set && trigger.timing == Timing::After {
            return Some(format!("`{row}.{name}` cannot be set after the row is written\nlet the trigger be `before`"));
        }
        if is_set && row == "old" {
            return Some("the old row cannot be changed".to_owned());
        }
    }
    None
}
