//! What routines say of their types, settled.

use super::parse::charset_of;
use super::parse::cursor::Cursor;

/// The type of a result without a charset and a collation that are the database's own, which the server adds.
pub(super) fn without_default_charset(returns: &str, collation: &str) -> String {
    // MySQL takes no collation without its charset (error 1235).
    let sorts_otherwise = {
        let mut cursor = Cursor::new(returns);
        let mut found = false;
        while !cursor.is_at_end() && !found {
            let own = cursor.eat(&["collate"]).then(|| cursor.value().ok());
            found = own.flatten().is_some_and(|name| !name.eq_ignore_ascii_case(collation));
            cursor.skip_group();
        }
        found
    };
    if sorts_otherwise {
        return returns.trim().to_owned();
    }
    let mut cursor = Cursor::new(returns);
    let mut kept = Vec::new();
    let mut from = 0;
    while !cursor.is_at_end() {
        let start = cursor.position();
        let value = if cursor.eat(&["charset"]) || cursor.eat(&["character", "set"]) {
            cursor.value().ok().filter(|name| name.eq_ignore_ascii_case(charset_of(collation)))
        } else if cursor.eat(&["collate"]) {
            cursor.value().ok().filter(|name| name.eq_ignore_ascii_case(collation))
        } else {
            cursor.skip_group();
            None
        };
        if value.is_some() {
            kept.push(cursor.raw_between(from, start).to_owned());
            from = cursor.position();
        }
    }
    let end = cursor.position();
    if from < end {
        kept.push(cursor.raw_between(from, end).to_owned());
    }
    kept.retain(|part| !part.is_empty());
    kept.join(" ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_databases_own_is_left_out() {
        let own = "utf8mb4_general_ci";
        for (returns, expected) in [
            ("varchar(20) CHARSET utf8mb4 COLLATE utf8mb4_general_ci", "varchar(20)"),
            ("varchar(20) CHARSET utf8mb4", "varchar(20)"),
            ("varchar(20) CHARSET utf8mb4 COLLATE utf8mb4_bin", "varchar(20) CHARSET utf8mb4 COLLATE utf8mb4_bin"),
            ("varchar(20) CHARSET latin1", "varchar(20) CHARSET latin1"),
            ("int(10) unsigned", "int(10) unsigned"),
        ] {
            assert_eq!(without_default_charset(returns, own), expected);
        }
    }
}
