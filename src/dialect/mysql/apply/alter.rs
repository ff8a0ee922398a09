//! The cheapest way of an ALTER TABLE that the server accepts. A way that it does not have fails at once and changes
//! nothing, so it is asked, not guessed.

use std::time::{Duration, Instant};

use mysql::Conn;
use mysql::prelude::Queryable as _;

use super::super::connect::{Flavour, code};
use super::super::tokens::significant;

/// How long one statement waits for its lock, where nothing is lost by trying again: all who come to the table after it
/// wait behind it.
const TURN: Duration = Duration::from_secs(1);

/// Runs one statement, an ALTER TABLE by the cheapest way.
pub(super) fn run(conn: &mut Conn, flavour: Flavour, sql: &str, until: Instant) -> mysql::Result<()> {
    if !chooses(sql) {
        waits(conn, left(until))?;
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
        // What builds or copies takes its last lock at its end, where giving up would lose all that was done.
        let instant = *way == "ALGORITHM=INSTANT";
        waits(conn, if instant { left(until).min(TURN) } else { left(until) })?;
        match conn.query_drop(format!("{sql},\n  {way}")) {
            Err(error) if is_refused_way(&error) => {}
            other => return other,
        }
    }
    conn.query_drop(sql)
}

fn left(until: Instant) -> Duration {
    until.saturating_duration_since(Instant::now())
}

/// The server counts in whole seconds.
fn waits(conn: &mut Conn, time: Duration) -> mysql::Result<()> {
    conn.query_drop(format!("SET SESSION lock_wait_timeout = {}", time.as_millis().div_ceil(1000).clamp(1, 31_536_000)))
}

/// An ALTER TABLE that takes ALGORITHM and LOCK as clauses behind the others: not one of partitions, which stand
/// alone, not a new foreign key, which INPLACE only takes unchecked, and not one that says its way.
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
        || has("ALGORITHM", "=")
        || (has("FOREIGN", "KEY") && !has("DROP", "FOREIGN")))
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
        assert!(chooses("ALTER TABLE `t` DROP FOREIGN KEY `f`"));
        for sql in [
            "ALTER TABLE `t` ADD PARTITION (PARTITION p VALUES LESS THAN (1))",
            "ALTER TABLE `t` ADD CONSTRAINT `f` FOREIGN KEY (`a`) REFERENCES `u` (`id`)",
            "ALTER TABLE `t` MODIFY COLUMN `a` int, ALGORITHM=COPY",
            "CREATE TABLE `t` (a int)",
            "ALTER EVENT e DISABLE",
        ] {
            assert!(!chooses(sql), "{sql}");
        }
    }
}
