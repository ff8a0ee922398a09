//! The cheapest way of an ALTER TABLE that the server accepts. A way that it does not have fails at once and changes
//! nothing, so it is asked, not guessed.

use mysql::Conn;
use mysql::prelude::Queryable as _;

use super::super::connect::{Flavour, code};
use super::super::tokens::significant;

/// Runs one statement, an ALTER TABLE by the cheapest way.
pub(super) fn run(conn: &mut Conn, flavour: Flavour, sql: &str) -> mysql::Result<()> {
    if !chooses(sql) {
        return conn.query_drop(sql);
    }
    let ways: &[&str] = match flavour {
        Flavour::Mysql => &["ALGORITHM=INSTANT", "ALGORITHM=INPLACE, LOCK=NONE", "ALGORITHM=INPLACE"],
        // MariaDB's NOCOPY may rebuild no index and copy no row.
        Flavour::Mariadb => {
            &["ALGORITHM=INSTANT", "ALGORITHM=NOCOPY, LOCK=NONE", "ALGORITHM=INPLACE, LOCK=NONE", "ALGORITHM=INPLACE"]
        }
    };
    for way in ways {
        match conn.query_drop(format!("{sql},\n  {way}")) {
            Err(error) if is_refused_way(&error) => {}
            other => return other,
        }
    }
    conn.query_drop(sql)
}

/// An ALTER TABLE that takes ALGORITHM and LOCK as clauses behind the others: not one of partitions, which stand
/// alone, and not a foreign key, which INPLACE only takes unchecked.
fn chooses(sql: &str) -> bool {
    let mut words = significant(sql).map(|token| token.text(sql).to_ascii_uppercase());
    if words.next().as_deref() != Some("ALTER") || words.next().as_deref() != Some("TABLE") {
        return false;
    }
    let rest: Vec<String> = words.collect();
    let has = |first: &str, second: &str| rest.windows(2).any(|pair| pair[0] == first && pair[1] == second);
    !(has("PARTITION", "BY")
        || has("ADD", "PARTITION")
        || has("DROP", "PARTITION")
        || has("REORGANIZE", "PARTITION")
        || has("REMOVE", "PARTITIONING")
        || has("SYSTEM", "VERSIONING")
        || has("FOREIGN", "KEY"))
}

/// `ER_ALTER_OPERATION_NOT_SUPPORTED` and `..._REASON`, `ER_UNSUPPORTED...` of ALGORITHM and LOCK, and a syntax error:
/// an old server does not know the word.
fn is_refused_way(error: &mysql::Error) -> bool {
    matches!(code(error), Some(1845 | 1846 | 1221 | 1064 | 4092 | 1800 | 1801))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_alter_chooses_its_way() {
        assert!(chooses("ALTER TABLE `t`\n  ADD COLUMN `a` int"));
        for sql in [
            "ALTER TABLE `t` ADD PARTITION (PARTITION p VALUES LESS THAN (1))",
            "ALTER TABLE `t` ADD CONSTRAINT `f` FOREIGN KEY (`a`) REFERENCES `u` (`id`)",
            "CREATE TABLE `t` (a int)",
            "ALTER EVENT e DISABLE",
        ] {
            assert!(!chooses(sql), "{sql}");
        }
    }
}
