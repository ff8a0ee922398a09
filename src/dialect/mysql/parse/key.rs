//! Keys, checks and foreign keys of a table, as SHOW CREATE TABLE prints them.

use crate::catalog::{
    Action, Check, ForeignKey, Index, Kind, Object, ObjectId, OptionKey, Options, Order, Part, PartOf, PrimaryKey,
};
use crate::dialect::Dialect as _;

use super::column::unwrapped;
use super::cursor::{Cursor, Parsed};
use super::{Objects, Reading, put};

/// Reads a key, a check or a foreign key; `None` if something else stands there.
pub(super) fn element(
    cursor: &mut Cursor<'_>,
    table: &ObjectId,
    reading: Reading<'_>,
    objects: &mut Objects,
) -> Parsed<bool> {
    if cursor.eat(&["primary", "key"]) {
        let (columns, without_overlaps) = parts(cursor, reading)?;
        let mut rest = KeyOptions::default();
        rest.read(cursor)?;
        if let Some(method) = rest.method {
            put(&mut rest.options, OptionKey::Method, method);
        }
        let key = PrimaryKey { columns, without_overlaps, options: rest.options, ..PrimaryKey::default() };
        objects.push(table.primary_key(), Object::PrimaryKey(key), rest.comment);
    } else if cursor.eat(&["constraint"]) {
        let name = cursor.name()?;
        constraint(cursor, table, reading, &name, objects)?;
    } else {
        let kind = ["fulltext", "spatial", "vector"].into_iter().find(|kind| cursor.eat(&[kind]));
        let unique = kind.is_none() && cursor.eat(&["unique"]);
        if !(cursor.eat(&["key"]) || cursor.eat(&["index"])) {
            return if kind.is_some() || unique { Err(cursor.error("KEY")) } else { Ok(false) };
        }
        let name = cursor.name()?;
        let (columns, without_overlaps) = parts(cursor, reading)?;
        let mut rest = KeyOptions::default();
        if without_overlaps {
            put(&mut rest.options, OptionKey::WithoutOverlaps, true);
        }
        if let Some(kind) = kind {
            put(&mut rest.options, OptionKey::IndexKind, kind);
        }
        rest.read(cursor)?;
        let index = Index { columns, unique, method: rest.method, options: rest.options, ..Index::default() };
        let id = table.child(Kind::Index, reading.dialect.called(Kind::Index, name));
        objects.push(id, Object::Index(index), rest.comment);
    }
    Ok(true)
}

fn constraint(
    cursor: &mut Cursor<'_>,
    table: &ObjectId,
    reading: Reading<'_>,
    name: &str,
    objects: &mut Objects,
) -> Parsed<()> {
    if cursor.eat(&["check"]) {
        let sql = reading.dialect.expression(&unwrapped(&cursor.parenthesised()?));
        let not_enforced = cursor.eat(&["not", "enforced"]);
        let id = table.child(Kind::Check, reading.dialect.called(Kind::Check, name));
        objects.push(id, Object::Check(Check { sql, not_enforced, ..Check::default() }), None);
        return Ok(());
    }
    cursor.expect(&["foreign", "key"])?;
    let column = |name: String| reading.dialect.called(Kind::Column, name);
    let columns = cursor.names()?.into_iter().map(column).collect();
    cursor.expect(&["references"])?;
    let mut to = cursor.name()?;
    let mut schema = None;
    if cursor.eat_symbol(".") {
        schema = Some(reading.dialect.called(Kind::Table, to));
        to = cursor.name()?;
    }
    let references = ObjectId::top(Kind::Table, schema, reading.dialect.called(Kind::Table, to));
    let ref_columns = cursor.names()?.into_iter().map(column).collect();
    let (mut on_delete, mut on_update) = (reading.dialect.unsaid_action(), reading.dialect.unsaid_action());
    loop {
        if cursor.eat(&["on", "delete"]) {
            on_delete = action(cursor)?;
        } else if cursor.eat(&["on", "update"]) {
            on_update = action(cursor)?;
        } else {
            break;
        }
    }
    let key = ForeignKey {
        unnamed: false,
        columns,
        references,
        ref_columns,
        on_delete,
        on_update,
        matching: None,
        deferrable: crate::catalog::Deferrable::No,
        on_delete_columns: Vec::new(),
        not_valid: false,
        not_enforced: false,
        period: false,
    };
    let id = table.child(Kind::ForeignKey, reading.dialect.called(Kind::ForeignKey, name));
    objects.push(id, Object::ForeignKey(key), None);
    Ok(())
}

fn action(cursor: &mut Cursor<'_>) -> Parsed<Action> {
    for (words, action) in [
        (&["cascade"][..], Action::Cascade),
        (&["set", "null"], Action::SetNull),
        (&["set", "default"], Action::SetDefault),
        (&["restrict"], Action::Restrict),
        (&["no", "action"], Action::NoAction),
    ] {
        if cursor.eat(words) {
            return Ok(action);
        }
    }
    Err(cursor.error("an action of a foreign key"))
}

/// The parts of a key, and whether the last is a period WITHOUT OVERLAPS.
fn parts(cursor: &mut Cursor<'_>, reading: Reading<'_>) -> Parsed<(Vec<Part>, bool)> {
    cursor.expect_symbol("(")?;
    let (mut parts, mut overlaps) = (Vec::new(), false);
    loop {
        let mut part = if cursor.is_symbol("(") {
            Part::of(PartOf::Sql(reading.dialect.expression(&unwrapped(&cursor.parenthesised()?))))
        } else {
            let name = cursor.name()?;
            Part::column(reading.dialect.called(Kind::Column, name))
        };
        if cursor.eat_symbol("(") {
            part.length = u32::try_from(cursor.integer()?).ok();
            cursor.expect_symbol(")")?;
        }
        if cursor.eat(&["desc"]) {
            part.order = Order::Desc;
        } else {
            cursor.eat(&["asc"]);
        }
        overlaps |= cursor.eat(&["without", "overlaps"]);
        parts.push(part);
        if !cursor.eat_symbol(",") {
            break;
        }
    }
    cursor.expect_symbol(")")?;
    Ok((parts, overlaps))
}

/// What stands behind the parts of a key.
#[derive(Default)]
struct KeyOptions {
    method: Option<String>,
    comment: Option<String>,
    options: Options,
}

impl KeyOptions {
    fn read(&mut self, cursor: &mut Cursor<'_>) -> Parsed<()> {
        while !(cursor.is_at_end() || cursor.is_symbol(",") || cursor.is_symbol(")")) {
            if cursor.eat(&["using"]) {
                self.method = Some(cursor.value()?.to_lowercase());
            } else if cursor.eat(&["comment"]) {
                self.comment = Some(cursor.string()?);
            } else if cursor.eat(&["with", "parser"]) {
                put(&mut self.options, OptionKey::Parser, cursor.value()?);
            } else if cursor.eat(&["invisible"]) {
                put(&mut self.options, OptionKey::Invisible, true);
            } else if cursor.eat(&["ignored"]) {
                put(&mut self.options, OptionKey::Ignored, true);
            } else {
                self.setting(cursor)?;
            }
        }
        Ok(())
    }

    fn setting(&mut self, cursor: &mut Cursor<'_>) -> Parsed<()> {
        let error = cursor.error("an option of a key");
        let key = cursor.name()?.to_lowercase();
        cursor.eat_symbol("=");
        match key.as_str() {
            "key_block_size" => put(&mut self.options, OptionKey::KeyBlockSize, cursor.integer()?),
            "m" => put(&mut self.options, OptionKey::M, cursor.integer()?),
            "distance" => put(&mut self.options, OptionKey::Distance, cursor.value()?.to_lowercase()),
            "engine_attribute" => put(&mut self.options, OptionKey::EngineAttribute, cursor.string()?),
            "secondary_engine_attribute" => {
                put(&mut self.options, OptionKey::SecondaryEngineAttribute, cursor.string()?);
            }
            _ => return Err(error),
        }
        Ok(())
    }
}
