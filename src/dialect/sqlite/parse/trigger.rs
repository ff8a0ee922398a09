//! CREATE TRIGGER.

use crate::catalog::{ForEach, Timing};

use super::super::tokens::trim;
use super::cursor::{Cursor, Parsed};

/// A trigger as written. Its event is one of `Insert`, `Update`, `Delete`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTrigger<'a> {
    /// Its name.
    pub name: String,
    /// Its table or view.
    pub table: String,
    /// When it fires.
    pub timing: Timing,
    /// On what it fires.
    pub event: TriggerEvent,
    /// FOR EACH ROW, where it is said: every trigger of SQLite fires so.
    pub for_each: Option<ForEach>,
    /// WHEN, as written.
    pub when: Option<&'a str>,
    /// What stands between BEGIN and END.
    pub body: &'a str,
}

/// What a trigger of SQLite fires on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TriggerEvent {
    /// INSERT.
    Insert,
    /// UPDATE, of these columns if any are named.
    Update(Vec<String>),
    /// DELETE.
    Delete,
}

/// Reads a stored CREATE TRIGGER.
pub fn create_trigger(sql: &str) -> Parsed<CreateTrigger<'_>> {
    let mut cursor = Cursor::new(sql);
    cursor.expect(&["create"])?;
    cursor.temporary();
    cursor.expect(&["trigger"])?;
    cursor.if_not_exists();
    let name = cursor.qualified_name()?;
    let timing = if cursor.eat(&["instead", "of"]) {
        Timing::InsteadOf
    } else if cursor.eat(&["after"]) {
        Timing::After
    } else {
        cursor.eat(&["before"]);
        Timing::Before
    };
    let event = event(&mut cursor)?;
    cursor.expect(&["on"])?;
    let table = cursor.qualified_name()?;
    let for_each = cursor.eat(&["for", "each", "row"]).then_some(ForEach::Row);
    let when = if cursor.eat(&["when"]) {
        let condition = cursor.until(begins_body);
        if condition.is_empty() {
            return Err(cursor.error("a condition"));
        }
        Some(condition)
    } else {
        None
    };
    cursor.expect(&["begin"])?;
    Ok(CreateTrigger { name, table, timing, event, for_each, when, body: body(&mut cursor)? })
}

fn event(cursor: &mut Cursor<'_>) -> Parsed<TriggerEvent> {
    if cursor.eat(&["insert"]) {
        return Ok(TriggerEvent::Insert);
    }
    if cursor.eat(&["delete"]) {
        return Ok(TriggerEvent::Delete);
    }
    cursor.expect(&["update"])?;
    let mut columns = Vec::new();
    if cursor.eat(&["of"]) {
        columns.push(cursor.name()?);
        while cursor.eat_symbol(",") {
            columns.push(cursor.name()?);
        }
    }
    Ok(TriggerEvent::Update(columns))
}

/// BEGIN may be a name inside the condition; before the body a statement follows it.
fn begins_body(cursor: &Cursor<'_>) -> bool {
    const STATEMENTS: [&str; 7] = ["select", "insert", "update", "delete", "replace", "with", "values"];
    cursor.is_word("begin") && STATEMENTS.iter().any(|word| cursor.is_word_at(1, word))
}

/// Everything up to the END at the end.
fn body<'a>(cursor: &mut Cursor<'a>) -> Parsed<&'a str> {
    let text = cursor.rest();
    let ended = super::super::tokens::significant(text)
        .last()
        .filter(|last| last.text(text).eq_ignore_ascii_case("end"))
        .and_then(|last| text.get(..last.start));
    ended.map(trim).ok_or_else(|| cursor.error("END"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_trigger() {
        let trigger = create_trigger(
            "CREATE TRIGGER tr AFTER UPDATE OF a, \"b c\" ON main.t FOR EACH ROW WHEN new.a > (begin) and begin > 0 BEGIN\n  update t set x = case when 1 then 2 end; -- done\nEND;",
        )
        .unwrap();
        assert_eq!(trigger.timing, Timing::After);
        assert_eq!(trigger.event, TriggerEvent::Update(vec!["a".into(), "b c".into()]));
        assert_eq!(trigger.table, "t");
        assert_eq!(trigger.when, Some("new.a > (begin) and begin > 0"));
        assert_eq!(trigger.body, "update t set x = case when 1 then 2 end; -- done");
    }

    #[test]
    fn before_is_what_it_is_without_a_word() {
        let trigger = create_trigger("create trigger tr delete on t begin select 1; end").unwrap();
        assert_eq!((trigger.timing, trigger.event), (Timing::Before, TriggerEvent::Delete));
        assert_eq!(trigger.body, "select 1;");
    }
}
