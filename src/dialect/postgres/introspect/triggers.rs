//! Triggers.

use crate::catalog::{Deferrable, Entry, Event, ForEach, Kind, Name, Object, Sql, Timing, Trigger};
use crate::error::Result;

use super::columns::ColumnNames;
use super::reader::Reader;
use super::relations::owner_of;
use super::rewrite::enabled;
use super::{class, text};

const TRIGGERS: &str = include_str!("../queries/triggers.sql");

const ROW: i16 = 1;
const BEFORE: i16 = 2;
const INSERT: i16 = 4;
const DELETE: i16 = 8;
const UPDATE: i16 = 16;
const TRUNCATE: i16 = 32;
const INSTEAD: i16 = 64;

/// Reads the triggers.
pub(super) fn read(reader: &mut Reader<'_>, columns: &ColumnNames) -> Result<()> {
    for row in reader.run(TRIGGERS)? {
        let key = (class::TRIGGER, row.oid("oid")?, 0);
        let Some(relation) = owner_of(reader, &row)? else { continue };
        let flags: i16 = row.get("flags")?;
        let of = columns.of(row.oid("relation")?, &row.get::<Vec<i16>>("columns")?);
        let constraint = row.oid("constraint")?;
        let (when, execute) = parts(&row.text("definition")?);
        let trigger = Trigger {
            timing: match flags & (BEFORE | INSTEAD) {
                0 => Timing::After,
                BEFORE => Timing::Before,
                _ => Timing::InsteadOf,
            },
            events: events(flags, &of),
            // A statement is what a trigger is for unless it is said.
            for_each: (flags & ROW != 0).then_some(ForEach::Row),
            when,
            execute: Some(execute),
            constraint: constraint != 0,
            deferrable: match (row.flag("deferrable")?, row.flag("deferred")?) {
                (_, true) => Deferrable::Deferred,
                (true, false) => Deferrable::Immediate,
                (false, false) => Deferrable::No,
            },
            from: reader.relation(row.oid("from")?).cloned(),
            old_table: row.maybe_name("old_table")?,
            new_table: row.maybe_name("new_table")?,
            enabled: enabled(row.letter("enabled")?),
            ..Trigger::default()
        };
        let id = relation.child(Kind::Trigger, row.name("name")?);
        if constraint != 0 {
            reader.hide((class::CONSTRAINT, constraint, 0), id.clone());
        }
        reader.insert(key, id, Entry::new(Object::Trigger(trigger), 0));
    }
    Ok(())
}

fn events(flags: i16, of: &[Name]) -> Vec<Event> {
    [
        (INSERT, Event::Insert),
        (UPDATE, Event::Update { of: of.to_vec() }),
        (DELETE, Event::Delete),
        (TRUNCATE, Event::Truncate),
    ]
    .into_iter()
    .filter(|(flag, _)| flags & flag != 0)
    .map(|(_, event)| event)
    .collect()
}

/// The condition and the call of `CREATE TRIGGER ... WHEN (...) EXECUTE FUNCTION f('x')`.
fn parts(definition: &str) -> (Option<Sql>, Sql) {
    const CALL: &str = "EXECUTE FUNCTION";
    let call = text::find_word(definition, CALL, 0).unwrap_or(definition.len());
    let (head, execute) = definition.split_at(call);
    let when = text::find_word(head, "WHEN", 0).and_then(|at| head.get(at + "WHEN".len()..));
    let execute = execute.strip_prefix(CALL).unwrap_or(execute).trim();
    (when.map(text::expression), text::expression(execute))
}
