//! The body of a trigger, a routine or an event in its CREATE statement.

use super::cursor::Cursor;

/// What stands behind the head of a statement, letter for letter.
pub(in super::super) fn body(sql: &str) -> Option<String> {
    let mut cursor = Cursor::new(sql);
    while !cursor.is_at_end() && !cursor.is_symbol("(") {
        // Of a trigger and an event; a name is in backticks.
        if cursor.eat(&["for", "each", "row"]) || cursor.eat(&["do"]) {
            if cursor.eat(&["follows"]) || cursor.eat(&["precedes"]) {
                cursor.advance();
            }
            return rest(&cursor);
        }
        cursor.advance();
    }
    cursor.skip_group();
    if cursor.eat(&["returns"]) || cursor.eat(&["return"]) {
        cursor.advance();
        if cursor.is_symbol("(") {
            cursor.skip_group();
        }
        while cursor.eat(&["unsigned"]) || cursor.eat(&["zerofill"]) || cursor.eat(&["precision"]) {}
        while cursor.eat(&["charset"]) || cursor.eat(&["character", "set"]) || cursor.eat(&["collate"]) {
            cursor.advance();
        }
    }
    loop {
        if cursor.eat(&["comment"]) || cursor.eat(&["language"]) || cursor.eat(&["sql", "security"]) {
            cursor.advance();
        } else if !(cursor.eat(&["not", "deterministic"])
            || cursor.eat(&["deterministic"])
            || cursor.eat(&["contains", "sql"])
            || cursor.eat(&["no", "sql"])
            || cursor.eat(&["reads", "sql", "data"])
            || cursor.eat(&["modifies", "sql", "data"]))
        {
            return rest(&cursor);
        }
    }
}

fn rest(cursor: &Cursor<'_>) -> Option<String> {
    Some(cursor.rest().to_owned()).filter(|body| !body.trim().is_empty())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_body_is_kept_letter_for_letter() {
        for (head, tail) in [
            (
                "CREATE DEFINER=`r`@`%` TRIGGER `do` BEFORE INSERT ON `for each row` FOR EACH ROW FOLLOWS `x` ",
                "begin /* a */ end",
            ),
            (
                "CREATE DEFINER=`r`@`%` EVENT `e` ON SCHEDULE EVERY 1 DAY STARTS '2035' DISABLE COMMENT 'do (' DO ",
                "delete from `a``b`",
            ),
            (
                "CREATE PROCEDURE `p`(in a decimal(1,2))\n    NO SQL\n    SQL SECURITY INVOKER\n    COMMENT 'x'\n",
                "begin -- a\nend",
            ),
            (
                "CREATE FUNCTION `f`() RETURNS varchar(3) CHARSET latin1 COLLATE latin1_bin\n    DETERMINISTIC\n",
                "return 'a'",
            ),
            ("CREATE FUNCTION \"f\"() RETURN varchar(3) CHARSET latin1\n    COMMENT 'x'\n", "is begin return 'a'; end"),
        ] {
            assert_eq!(body(&format!("{head}{tail}")).unwrap(), tail);
        }
    }
}
