//! SHOW CREATE TABLE.

use std::borrow::Cow;

use crate::catalog::{Entry, Kind, Object, ObjectId, OptionKey, Period, Table};

use super::super::sql::quote;
use super::cursor::{Cursor, Parsed};
use super::{Objects, Reading, column, key, options, partition, put};

/// Reads a table into objects, the table first. What is inherited is not in them.
pub(in super::super) fn create_table(sql: &str, id: &ObjectId, reading: Reading<'_>) -> Parsed<Objects> {
    let mut cursor = Cursor::new(sql);
    cursor.expect(&["create"])?;
    cursor.eat(&["temporary"]);
    cursor.expect(&["table"])?;
    cursor.name()?;
    // The collation, which columns inherit, stands behind them.
    let start = cursor.position();
    cursor.skip_group();
    let read = options::read(&mut cursor)?;
    let engine = read.engine.clone();
    let mut table = Table { options: read.options, ..Table::default() };
    let collation = reading
        .charsets
        .collation(read.charset.as_deref(), read.collation.as_deref())
        .unwrap_or_else(|| reading.collation.to_owned());
    if collation != reading.collation {
        put(&mut table.options, OptionKey::Collation, collation.clone());
    }
    let mut partitions = Objects::default();
    if !cursor.is_at_end() {
        partition::read(&mut cursor, id, reading, &engine, &mut table, &mut partitions)?;
    }
    if !cursor.is_at_end() {
        return Err(cursor.error("the end"));
    }

    let mut cursor = Cursor::new(sql);
    while cursor.position() < start {
        cursor.advance();
    }
    let mut objects = Objects::default();
    objects.push(id.clone(), Object::Table(Table::default()), read.comment);
    cursor.expect_symbol("(")?;
    loop {
        if cursor.is_word("period") && cursor.is_word_at(1, "for") {
            period(&mut cursor, reading, &mut table)?;
        } else if !key::element(&mut cursor, id, reading, &mut objects)? {
            let mut found = column::column(&mut cursor, id, reading)?;
            // MySQL knows whether people gave the column one that is the table's; MariaDB forgets it.
            let given = found.says_charset && !reading.dialect.is_mariadb();
            let said = |own: &String| *own != collation || given;
            if let Some(own) = found.collation.filter(said) {
                found.column.collation = Some(reading.dialect.called(Kind::Column, own));
            }
            objects.push(found.id, Object::Column(found.column), found.comment);
        }
        if !cursor.eat_symbol(",") {
            break;
        }
    }
    cursor.expect_symbol(")")?;
    leave_out_end(&mut objects);
    if let Some((_, entry)) = objects.list.first_mut() {
        entry.object = Object::Table(table);
        entry.counter = read.counter;
    }
    for (id, entry) in partitions.list {
        objects.push(id, entry.object, entry.comment.map(|comment| comment.to_string()));
    }
    Ok(objects)
}

/// MariaDB puts the end of the row's time behind every unique key, whether people say it or not.
fn leave_out_end(objects: &mut Objects) {
    let ends = |(id, entry): &(ObjectId, Entry)| match &entry.object {
        Object::Column(column) if column.options.is_on(OptionKey::RowEnd) => Some(id.name().clone()),
        _ => None,
    };
    let Some(end) = objects.list.iter().find_map(ends) else { return };
    for (_, entry) in &mut objects.list {
        let parts = match &mut entry.object {
            Object::PrimaryKey(key) => &mut key.columns,
            Object::Index(index) if index.unique => &mut index.columns,
            _ => continue,
        };
        if parts.len() > 1 {
            parts.pop_if(|last| last.as_column() == Some(&end));
        }
    }
}

fn period(cursor: &mut Cursor<'_>, reading: Reading<'_>, table: &mut Table) -> Parsed<()> {
    cursor.expect(&["period", "for"])?;
    let name = cursor.name()?;
    let error = cursor.error("two columns");
    let mut columns = cursor.names()?.into_iter().map(|name| reading.dialect.called(Kind::Column, name));
    let (Some(from), Some(to), None) = (columns.next(), columns.next(), columns.next()) else { return Err(error) };
    let name = reading.dialect.called(Kind::Column, name);
    table.period.push(Period { name, from, to });
    Ok(())
}

/// The text with the names of foreign keys quoted: MariaDB 10 doubles no backtick in them.
pub(in super::super) fn quoted_key_names(text: &str) -> Cow<'_, str> {
    let quoted = |line: &str| {
        let rest = line.trim_start().strip_prefix("CONSTRAINT `")?;
        let (name, rest) = rest.split_once("` FOREIGN KEY (")?;
        let is_plain = name.replace("``", "").contains('`');
        is_plain.then(|| format!("  CONSTRAINT {} FOREIGN KEY ({rest}", quote(name)))
    };
    if !text.lines().any(|line| quoted(line).is_some()) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<String> = text.lines().map(|line| quoted(line).unwrap_or_else(|| line.to_owned())).collect();
    Cow::Owned(lines.join("\n"))
}
