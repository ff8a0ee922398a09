//! How a table is partitioned, as SHOW CREATE TABLE prints it.

use crate::catalog::{Kind, Object, ObjectId, OptionKey, Options, Partition, Subpartition, Table};
use crate::dialect::Dialect as _;

use super::cursor::{Cursor, Parsed};
use super::{Objects, Reading, put};

/// Reads what stands behind the options of a table.
pub(super) fn read(
    cursor: &mut Cursor<'_>,
    id: &ObjectId,
    reading: Reading<'_>,
    engine: &str,
    table: &mut Table,
    objects: &mut Objects,
) -> Parsed<()> {
    cursor.expect(&["partition", "by"])?;
    let by = clause(cursor);
    table.partition_by = Some(reading.dialect.expression(&by));
    if cursor.eat(&["subpartition", "by"]) {
        let by = clause(cursor);
        table.subpartition_by = Some(reading.dialect.expression(&by));
    }
    if !cursor.eat_symbol("(") {
        return Ok(());
    }
    let mut position = 0;
    loop {
        cursor.expect(&["partition"])?;
        let name = cursor.name()?;
        let id = id.child(Kind::Partition, reading.dialect.called(Kind::Partition, name));
        let mut partition = Partition { position, ..Partition::default() };
        partition.values = values(cursor).map(|text| reading.dialect.expression(&text));
        let comment = options(cursor, engine, &mut partition.options)?;
        if cursor.eat_symbol("(") {
            loop {
                cursor.expect(&["subpartition"])?;
                let name = reading.dialect.called(Kind::Partition, cursor.name()?);
                let mut own = Options::default();
                let comment = options(cursor, engine, &mut own)?;
                partition.subpartitions.push(Subpartition { name, comment, options: own });
                if !cursor.eat_symbol(",") {
                    break;
                }
            }
            cursor.expect_symbol(")")?;
        }
        objects.push(id, Object::Partition(partition), comment);
        position += 1;
        if !cursor.eat_symbol(",") {
            break;
        }
    }
    cursor.expect_symbol(")")
}

/// `range (year(d))`, `hash (id) partitions 4`.
fn clause(cursor: &mut Cursor<'_>) -> String {
    let first = cursor.position();
    while !(cursor.is_at_end()
        || (cursor.is_word("subpartition") && cursor.is_word_at(1, "by"))
        || (cursor.is_symbol("(") && cursor.is_word_at(1, "partition")))
    {
        cursor.skip_group();
    }
    cursor.prose_between(first, cursor.position())
}

/// `less than (2000)`, `in (1,2)`, `history`.
fn values(cursor: &mut Cursor<'_>) -> Option<String> {
    let first = if cursor.eat(&["values"]) {
        let first = cursor.position();
        while cursor.eat(&["less"]) || cursor.eat(&["than"]) || cursor.eat(&["in"]) {}
        cursor.skip_group();
        first
    } else if ["history", "current", "default"].iter().any(|word| cursor.is_word(word)) {
        let first = cursor.position();
        cursor.advance();
        first
    } else {
        return None;
    };
    Some(cursor.prose_between(first, cursor.position()))
}

/// The options of a partition; its comment apart.
fn options(cursor: &mut Cursor<'_>, engine: &str, options: &mut Options) -> Parsed<Option<String>> {
    let mut comment = None;
    while !(cursor.is_at_end() || cursor.is_symbol(",") || cursor.is_symbol(")") || cursor.is_symbol("(")) {
        let error = cursor.error("an option of a partition");
        let name = cursor.name()?.to_lowercase();
        let directory = cursor.eat(&["directory"]);
        cursor.eat_symbol("=");
        match (name.as_str(), directory) {
            ("engine", false) => {
                let own = cursor.value()?;
                if !own.eq_ignore_ascii_case(engine) {
                    put(options, OptionKey::Engine, own);
                }
            }
            ("comment", false) => comment = Some(cursor.string()?),
            ("data", true) => put(options, OptionKey::DataDirectory, cursor.string()?),
            ("index", true) => put(options, OptionKey::IndexDirectory, cursor.string()?),
            ("tablespace", false) => put(options, OptionKey::Tablespace, cursor.value()?),
            ("max_rows", false) => put(options, OptionKey::MaxRows, cursor.integer()?),
            ("min_rows", false) => put(options, OptionKey::MinRows, cursor.integer()?),
            _ => return Err(error),
        }
    }
    Ok(comment)
}
