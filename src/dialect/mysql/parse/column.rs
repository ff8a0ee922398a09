//! One column of a table, as SHOW CREATE TABLE prints it.

use crate::catalog::{Column, Generated, Kind, ObjectId, OptionKey};
use crate::dialect::Dialect as _;

use super::super::{defaults, types};
use super::cursor::{Cursor, Parsed};
use super::view::without_database;
use super::{Reading, put};

/// A column, its comment, and its collation where one is printed.
pub(super) struct ReadColumn {
    pub(super) id: ObjectId,
    pub(super) column: Column,
    pub(super) comment: Option<String>,
    pub(super) collation: Option<String>,
    /// Whether its charset is printed, as MySQL does where people gave the column one of its own.
    pub(super) says_charset: bool,
}

pub(super) fn column(cursor: &mut Cursor<'_>, table: &ObjectId, reading: Reading<'_>) -> Parsed<ReadColumn> {
    let name = cursor.name()?;
    let id = table.child(Kind::Column, reading.dialect.called(Kind::Column, name));
    let mut column = Column { null: true, ..Column::default() };
    let ty = ty(cursor);
    let ty = reading.dialect.type_name(&ty);
    let is_number = types::is_number(&ty);
    column.ty = Some(ty);
    let (mut comment, mut charset, mut collation) = (None, None, None);
    while !(cursor.is_at_end() || cursor.is_symbol(",") || cursor.is_symbol(")")) {
        if cursor.eat(&["character", "set"]) || cursor.eat(&["charset"]) {
            charset = Some(cursor.value()?);
        } else if cursor.eat(&["collate"]) {
            collation = Some(cursor.value()?);
        } else if cursor.eat(&["generated", "always", "as", "row", "start"]) {
            put(&mut column.options, OptionKey::RowStart, true);
            column.null = false;
        } else if cursor.eat(&["generated", "always", "as", "row", "end"]) {
            put(&mut column.options, OptionKey::RowEnd, true);
            column.null = false;
        } else if cursor.eat(&["generated", "always", "as"]) {
            let text = cursor.parenthesised()?;
            let stored = cursor.eat(&["stored"]) || cursor.eat(&["persistent"]);
            if !stored {
                cursor.eat(&["virtual"]);
            }
            column.generated = Some(Generated { sql: reading.dialect.expression(&unwrapped(&text)), stored });
        } else if cursor.eat(&["not", "null"]) {
            column.null = false;
        } else if cursor.eat(&["null"]) {
            column.null = true;
        } else if cursor.eat(&["default"]) {
            let text = default(cursor, is_number && !reading.dialect.is_mariadb())?;
            // MariaDB writes the database before a sequence's name.
            let text = text.map(|text| without_database(&text, reading.database));
            column.default = text.map(|text| reading.dialect.default_value(&text));
        } else if cursor.eat(&["on", "update"]) {
            let first = cursor.position();
            cursor.advance();
            if cursor.is_symbol("(") {
                cursor.skip_group();
            }
            column.on_update = Some(defaults::of(&cursor.text_between(first, cursor.position())));
        } else if cursor.eat(&["auto_increment"]) {
            put(&mut column.options, OptionKey::AutoIncrement, true);
        } else if cursor.eat(&["comment"]) {
            comment = Some(cursor.string()?);
        } else if cursor.eat(&["check"]) {
            column.check = Some(reading.dialect.expression(&unwrapped(&cursor.parenthesised()?)));
        } else if cursor.eat(&["without", "system", "versioning"]) {
            put(&mut column.options, OptionKey::WithoutSystemVersioning, true);
        } else {
            option(cursor, &mut column)?;
        }
    }
    let collation = reading.charsets.collation(charset.as_deref(), collation.as_deref());
    Ok(ReadColumn { id, column, comment, collation, says_charset: charset.is_some() })
}

/// The less common ones.
fn option(cursor: &mut Cursor<'_>, column: &mut Column) -> Parsed<()> {
    let options = &mut column.options;
    if cursor.eat(&["invisible"]) {
        put(options, OptionKey::Invisible, true);
    } else if cursor.eat(&["srid"]) {
        put(options, OptionKey::Srid, cursor.integer()?);
    } else if cursor.eat(&["ref_system_id"]) {
        cursor.eat_symbol("=");
        put(options, OptionKey::Srid, cursor.integer()?);
    } else if cursor.eat(&["storage"]) {
        put(options, OptionKey::Storage, cursor.value()?.to_lowercase());
    } else if cursor.eat(&["column_format"]) {
        put(options, OptionKey::ColumnFormat, cursor.value()?.to_lowercase());
    } else if cursor.eat(&["compressed"]) {
        if cursor.eat_symbol("=") {
            cursor.value()?;
        }
        put(options, OptionKey::Compressed, true);
    } else if cursor.eat(&["engine_attribute"]) {
        cursor.eat_symbol("=");
        put(options, OptionKey::EngineAttribute, cursor.string()?);
    } else if cursor.eat(&["secondary_engine_attribute"]) {
        cursor.eat_symbol("=");
        put(options, OptionKey::SecondaryEngineAttribute, cursor.string()?);
    } else {
        return Err(cursor.error("an attribute of a column"));
    }
    Ok(())
}

/// The words and parentheses of a type.
fn ty(cursor: &mut Cursor<'_>) -> String {
    let first = cursor.position();
    cursor.advance();
    cursor.eat(&["precision"]);
    if cursor.is_symbol("(") {
        cursor.skip_group();
    }
    while cursor.eat(&["unsigned"]) || cursor.eat(&["zerofill"]) {}
    cursor.text_between(first, cursor.position())
}

/// An expression without parentheses around the whole.
pub(super) fn unwrapped(text: &str) -> String {
    let mut text = text.trim().to_owned();
    loop {
        let mut cursor = Cursor::new(&text);
        if !cursor.is_symbol("(") {
            return text;
        }
        cursor.skip_group();
        if !cursor.is_at_end() {
            return text;
        }
        let mut again = Cursor::new(&text);
        let Ok(inner) = again.parenthesised() else { return text };
        let inner = inner.trim().to_owned();
        if inner.is_empty() || inner == text {
            return text;
        }
        text = inner;
    }
}

/// What stands behind DEFAULT; none: NULL. An expression that is only a literal keeps its parentheses.
fn default(cursor: &mut Cursor<'_>, is_number: bool) -> Parsed<Option<String>> {
    const END: [&str; 9] =
        ["on", "comment", "check", "invisible", "auto_increment", "storage", "column_format", "without", "srid"];

    if cursor.eat(&["null"]) {
        return Ok(None);
    }
    let first = cursor.position();
    if cursor.is_symbol("(") {
        let text = cursor.parenthesised()?;
        let inner = unwrapped(&text);
        return Ok(Some(if defaults::is_literal(&inner) { format!("({inner})") } else { inner }));
    }
    while !(cursor.is_at_end() || cursor.is_symbol(",") || cursor.is_symbol(")"))
        && (cursor.position() == first || !END.iter().any(|word| cursor.is_word(word)))
    {
        cursor.skip_group();
    }
    // As it was written: of a literal, MariaDB keeps even the charset that goes without saying.
    let text = cursor.raw_between(first, cursor.position()).to_owned();
    let text = if defaults::is_introduced(&text) { text } else { super::cursor::plain(&text) };
    // MySQL keeps the number as a string.
    let number = super::super::tokens::unquote(&text);
    Ok(Some(if is_number && defaults::is_number(&number) { number } else { text }))
}
