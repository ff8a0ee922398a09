//! SHOW CREATE SEQUENCE (MariaDB).

use crate::catalog::Sequence;
use crate::dialect::Dialect as _;

use super::super::numbering::settled;
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
            let unsigned = cursor.eat(&["unsigned"]);
            if unsigned && cursor.text_between(first, first + 1).eq_ignore_ascii_case("bigint") {
                return Err(cursor.error("a type whose numbers are known"));
            }
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
    sequence.numbering = settled(&sequence);
    Ok((sequence, comment))
}
