//! SHOW CREATE FUNCTION and PROCEDURE: what `information_schema` does not say.

use super::cursor::{Cursor, Parsed};

/// The parts of a routine's statement.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) struct RoutineText {
    /// What stands in the parentheses.
    pub(in super::super) arguments: String,
    /// The type of the result.
    pub(in super::super) returns: Option<String>,
    /// Whether it is an aggregate function (MariaDB).
    pub(in super::super) aggregate: bool,
}

/// Reads the head of a routine.
pub(in super::super) fn create_routine(sql: &str) -> Parsed<RoutineText> {
    let mut cursor = Cursor::new(sql);
    cursor.expect(&["create"])?;
    let mut aggregate = false;
    while !(cursor.is_at_end() || cursor.eat(&["function"]) || cursor.eat(&["procedure"])) {
        aggregate |= cursor.is_word("aggregate");
        cursor.advance();
    }
    name(&mut cursor)?;
    if cursor.eat_symbol(".") {
        name(&mut cursor)?;
    }
    let first = cursor.position();
    if !cursor.is_symbol("(") {
        return Err(cursor.error("`(`"));
    }
    cursor.skip_group();
    let arguments = cursor.raw_between(first + 1, cursor.position().saturating_sub(1)).trim().to_owned();
    let mut returns = None;
    // So it is called under the mode ORACLE; a body that begins so is no function's.
    if cursor.eat(&["returns"]) || cursor.eat(&["return"]) {
        let first = cursor.position();
        cursor.skip_group();
        cursor.eat(&["precision"]);
        if cursor.is_symbol("(") {
            cursor.skip_group();
        }
        loop {
            if cursor.eat(&["unsigned"]) || cursor.eat(&["zerofill"]) {
                continue;
            }
            if !(cursor.eat(&["charset"]) || cursor.eat(&["character", "set"]) || cursor.eat(&["collate"])) {
                break;
            }
            cursor.advance();
        }
        returns = Some(cursor.raw_between(first, cursor.position()).to_owned());
    }
    Ok(RoutineText { arguments, returns, aggregate })
}

/// A name; it stands in double quotes where the routine was made under ANSI_QUOTES.
fn name(cursor: &mut Cursor<'_>) -> Parsed<String> {
    cursor.name().or_else(|_| cursor.string())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_routine_is_read() {
        let sql = "CREATE DEFINER=`root`@`localhost` FUNCTION `f`(a int, b varchar(10) charset latin1) RETURNS \
                   varchar(20) CHARSET utf8mb4\n    DETERMINISTIC\nreturn concat(a,b)";
        let read = create_routine(sql).unwrap();
        assert_eq!(read.arguments, "a int, b varchar(10) charset latin1");
        assert_eq!(read.returns.as_deref(), Some("varchar(20) CHARSET utf8mb4"));
        let oracle = "CREATE DEFINER=\"root\"@\"localhost\" FUNCTION \"f\"(x int) RETURN int(11)\n    DETERMINISTIC\nas v int; begin return v; end";
        assert_eq!(create_routine(oracle).unwrap().returns.as_deref(), Some("int(11)"));
    }
}
