//! SHOW CREATE SEQUENCE (MariaDB).

use crate::catalog::{Numbering, Sequence};
use crate::dialect::Dialect as _;

use super::Reading;
use super::cursor::{Cursor, Parsed};

/// Reads a sequence and its comment; what is the default is not in it.
pub(in super::super) fn create_sequence(sql: &str, reading: Reading<'_>) -> Parsed<(Sequence, Option<String>)> {
    let mut cursor = Cursor::new(sql);
    cursor.expect(&["create", "sequence"])?;
    cursor.name()?;
    let (mut sequence, mut comment) = (Sequence::default(), None);
    let numbering = &mut sequence.numbering;
    while !cursor.is_at_end() {
        if cursor.eat(&["start", "with"]) {
            numbering.start = Some(cursor.integer()?);
        } else if cursor.eat(&["minvalue"]) {
            numbering.minvalue = Some(cursor.integer()?);
        } else if cursor.eat(&["maxvalue"]) {
            numbering.maxvalue = Some(cursor.integer()?);
        } else if cursor.eat(&["increment", "by"]) {
            numbering.increment = Some(cursor.integer()?);
        } else if cursor.eat(&["cache"]) {
            numbering.cache = Some(cursor.integer()?);
        } else if cursor.eat(&["nocache"]) {
            numbering.cache = Some(0);
        } else if cursor.eat(&["cycle"]) {
            numbering.cycle = true;
        } else if cursor.eat(&["nocycle"]) {
            numbering.cycle = false;
        } else if cursor.eat(&["as"]) {
            let first = cursor.position();
            cursor.advance();
            cursor.eat(&["unsigned"]);
            let ty = reading.dialect.type_name(&cursor.text_between(first, cursor.position()));
            sequence.ty = Some(ty).filter(|ty| *ty != reading.dialect.type_name("bigint"));
        } else if cursor.eat(&["engine"]) {
            cursor.eat_symbol("=");
            cursor.value()?;
        } else if cursor.eat(&["comment"]) {
            cursor.eat_symbol("=");
            comment = Some(cursor.string()?);
        } else {
            return Err(cursor.error("an option of a sequence"));
        }
    }
    sequence.numbering = settled(&sequence.numbering);
    Ok((sequence, comment))
}

/// The numbering without what is the default in its direction.
pub(in super::super) fn settled(numbering: &Numbering) -> Numbering {
    let increment = numbering.increment.unwrap_or(1);
    // The last value of the type is kept free, at either end.
    let (least, greatest) = if increment >= 0 { (1, i64::MAX - 1) } else { (i64::MIN + 1, -1) };
    let minvalue = numbering.minvalue.unwrap_or(least);
    let maxvalue = numbering.maxvalue.unwrap_or(greatest);
    let start = numbering.start.unwrap_or(if increment >= 0 { minvalue } else { maxvalue });
    let unless = |value: i64, default: i64| (value != default).then_some(value);
    Numbering {
        start: unless(start, if increment >= 0 { minvalue } else { maxvalue }),
        increment: unless(increment, 1),
        minvalue: unless(minvalue, least),
        maxvalue: unless(maxvalue, greatest),
        cache: unless(numbering.cache.unwrap_or(1000), 1000),
        cycle: numbering.cycle,
    }
}
