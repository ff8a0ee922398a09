//! What this user may not see: `information_schema` leaves out, without a word, what a user has no right on.
//!
//! SHOW GRANTS says the rights, with those of the roles that are active, so one query is enough for all objects.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Folding, Kind};
use crate::database::Unseen;
use crate::dialect::Dialect as _;
use crate::error::{Error, Result};
use crate::suggest::plural;

use super::super::parse::cursor::{Cursor, Parsed};
use super::super::query::Texts;
use super::Reader;

/// Any of these shows tables and views.
const ON_TABLES: [&str; 13] = [
    "SELECT",
    "INSERT",
    "UPDATE",
    "DELETE",
    "CREATE",
    "DROP",
    "REFERENCES",
    "INDEX",
    "ALTER",
    "CREATE VIEW",
    "SHOW VIEW",
    "TRIGGER",
    "DELETE HISTORY",
];
/// Any of these shows routines, by what they are granted on.
const ON_ROUTINES: [&str; 4] = ["EXECUTE", "CREATE ROUTINE", "ALTER ROUTINE", "SHOW CREATE ROUTINE"];
/// These show the routines of all databases.
const ON_ALL_ROUTINES: [&str; 2] = ["SELECT", "SHOW_ROUTINE"];

/// The rights of a user on one database, by what they are granted on.
#[derive(Debug, Default)]
struct Rights {
    everywhere: BTreeSet<String>,
    here: BTreeSet<String>,
    on_table: BTreeMap<String, BTreeSet<String>>,
}

impl Rights {
    /// The rights that the lines of SHOW GRANTS give on a database.
    fn of(lines: &[String], database: &str, folding: Folding) -> Self {
        let mut rights = Self::default();
        let mut taken = BTreeSet::new();
        for line in lines {
            // What is not read is a role that is granted, or a right on a routine.
            let Ok(Granted { gives, rights: these, database: on, table }) = granted(line) else { continue };
            match (on.as_deref(), table) {
                (None, _) => rights.everywhere.extend(these),
                (Some(on), _) if !covers(on, database, folding) => {}
                // A part of what is granted everywhere is taken back for a database (MySQL's `partial_revokes`).
                (Some(_), None) if !gives => taken.extend(these),
                (Some(_), None) => rights.here.extend(these),
                (Some(_), Some(table)) => rights.on_table.entry(table).or_default().extend(these),
            }
        }
        rights.everywhere.retain(|right| !taken.contains(right));
        rights
    }

    fn has(&self, any: &[&str]) -> bool {
        holds(&self.everywhere, any) || holds(&self.here, any)
    }
}

fn holds(rights: &BTreeSet<String>, any: &[&str]) -> bool {
    rights.contains("ALL PRIVILEGES") || any.iter().any(|right| rights.contains(*right))
}

/// One line of SHOW GRANTS; no database is all of them.
struct Granted {
    gives: bool,
    rights: Vec<String>,
    database: Option<String>,
    table: Option<String>,
}

fn granted(line: &str) -> Parsed<Granted> {
    let mut cursor = Cursor::new(line);
    let gives = !cursor.eat(&["revoke"]);
    if gives {
        cursor.expect(&["grant"])?;
    }
    let (mut rights, mut words) = (Vec::new(), Vec::new());
    loop {
        let ends = cursor.is_word("on") || cursor.is_symbol(",");
        if cursor.is_symbol("(") {
            // On columns alone it shows the name of the table and no more.
            cursor.skip_group();
            words.clear();
        } else if ends {
            if !words.is_empty() {
                rights.push(words.join(" ").to_ascii_uppercase());
                words.clear();
            }
            if cursor.eat(&["on"]) {
                break;
            }
            cursor.advance();
        } else {
            words.push(cursor.value()?);
        }
    }
    cursor.eat(&["table"]);
    let database = level(&mut cursor)?;
    cursor.expect_symbol(".")?;
    let table = level(&mut cursor)?;
    Ok(Granted { gives, rights, database, table })
}

/// A name, or `*` for all.
fn level(cursor: &mut Cursor<'_>) -> Parsed<Option<String>> {
    if cursor.eat_symbol("*") { Ok(None) } else { cursor.name().map(Some) }
}

/// Whether a grant on this database, which may be a pattern as of LIKE, is one on that.
fn covers(pattern: &str, database: &str, folding: Folding) -> bool {
    let chars = |text: &str| -> Vec<char> {
        if folding == Folding::Exact { text.chars().collect() } else { text.to_lowercase().chars().collect() }
    };
    let (pattern, database) = (chars(pattern), chars(database));
    pattern == database || like(&pattern, &database)
}

fn like(pattern: &[char], text: &[char]) -> bool {
    match (pattern, text) {
        ([], text) => text.is_empty(),
        (['%', rest @ ..], text) => (0..=text.len()).any(|at| text.get(at..).is_some_and(|text| like(rest, text))),
        (['_', rest @ ..], [_, text @ ..]) => like(rest, text),
        (['\\', letter, rest @ ..] | [letter, rest @ ..], [first, text @ ..]) => letter == first && like(rest, text),
        (_, []) => false,
    }
}

impl Reader<'_> {
    /// Notes the kinds of which this user does not see all there may be.
    pub(super) fn rights(&mut self) -> Result<()> {
        let first = |row: Texts| row.into_iter().next().flatten();
        let lines: Vec<String> = match self.link.rows("SHOW GRANTS") {
            Ok(rows) => rows.into_iter().filter_map(first).collect(),
            // A server without accounts (`skip_grant_tables`) refuses the question, and hides nothing.
            Err(Error::Statement { .. }) => return Ok(()),
            Err(error) => return Err(error),
        };
        let folding = self.dialect.folding(Kind::Table);
        let rights = Rights::of(&lines, self.database, folding);
        let mut unseen = Vec::new();
        if !rights.has(&ON_TABLES) {
            let kinds = [Kind::Table, Kind::View, Kind::Sequence];
            let kinds = kinds.into_iter().filter(|kind| self.dialect.is_mariadb() || *kind != Kind::Sequence);
            unseen.push((kinds.collect::<Vec<_>>(), "SELECT"));
        }
        if !rights.has(&["TRIGGER"]) {
            unseen.push((vec![Kind::Trigger], "TRIGGER"));
        }
        if !rights.has(&ON_ROUTINES) && !holds(&rights.everywhere, &ON_ALL_ROUTINES) {
            let right = if self.dialect.is_mariadb() { "EXECUTE" } else { "SHOW_ROUTINE" };
            unseen.push((vec![Kind::Function, Kind::Procedure], right));
        }
        if !rights.has(&["EVENT"]) {
            unseen.push((vec![Kind::Event], "EVENT"));
        }
        let with_trigger = rights.on_table.iter().filter(|(_, rights)| holds(rights, &["TRIGGER"]));
        let seen_of: BTreeSet<_> = with_trigger.map(|(table, _)| self.dialect.top(Kind::Table, table)).collect();
        for (kinds, right) in unseen {
            for kind in kinds {
                let (kinds, seen_of) = match kind {
                    Kind::Trigger => (plural(kind.noun()), seen_of.clone()),
                    _ => (plural(kind.noun()), BTreeSet::new()),
                };
                let reason = format!("it may be there: this user lacks the right {right}, and may not see all {kinds}");
                self.live.unmanaged.push(format!("{kinds} that this user may not see (it lacks {right})"));
                self.live.unseen.insert(kind, Unseen { reason, seen_of });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rights(lines: &[&str]) -> Rights {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        Rights::of(&lines, "my_app", Folding::Exact)
    }

    #[test]
    fn grants_are_read() {
        let all = rights(&["GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION"]);
        assert!(all.has(&["EVENT"]));
        let some = rights(&[
            "GRANT USAGE ON *.* TO `u`@`%`",
            "GRANT SHOW_ROUTINE,FLUSH_TABLES ON *.* TO `u`@`%`",
            "GRANT SELECT, CREATE ROUTINE ON `my\\_app`.* TO `u`@`%`",
            "GRANT EVENT ON `other`.* TO `u`@`%`",
            "GRANT SELECT (`a`, `b`), TRIGGER ON `my_app`.`t` TO `u`@`%`",
            "GRANT EXECUTE ON FUNCTION `my_app`.`f` TO `u`@`%`",
            "GRANT `r`@`%` TO `u`@`%`",
        ]);
        assert!(some.has(&["CREATE ROUTINE"]) && holds(&some.everywhere, &["SHOW_ROUTINE"]));
        assert!(!some.has(&["EVENT"]) && !some.has(&["TRIGGER"]) && !some.has(&["EXECUTE"]));
        assert_eq!(some.on_table["t"], BTreeSet::from(["TRIGGER".to_owned()]));
        let taken = rights(&["GRANT SELECT, EVENT ON *.* TO `u`@`%`", "REVOKE EVENT ON `my_app`.* FROM `u`@`%`"]);
        assert!(taken.has(&["SELECT"]) && !taken.has(&["EVENT"]));
    }

    #[test]
    fn a_grant_may_be_on_a_pattern() {
        for (pattern, is_on) in [("my_app", true), ("my\\_app", true), ("my%", true), ("m__app", true), ("app%", false)]
        {
            assert_eq!(covers(pattern, "my_app", Folding::Exact), is_on, "{pattern}");
        }
        assert!(!covers("My_app", "my_app", Folding::Exact) && covers("My_app", "my_app", Folding::Ascii));
    }
}
