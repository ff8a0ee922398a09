//! What SQLite itself says of a database, from outside the program: the pragmas, and of the stored
//! text what no pragma reports.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};

use super::rows::show;
use super::table_text;
use super::tokens::{Token, TokenKind, join, squash, tokens};

/// One row of `sqlite_schema` that is somebody's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    /// `table`, `index`, `view` or `trigger`.
    pub(crate) kind: String,
    /// Its name.
    pub(crate) name: String,
    /// Its table.
    pub(crate) table: String,
    /// Its text.
    pub(crate) sql: String,
}

/// Opens a database to look at it.
pub(crate) fn open(database: &Path) -> Result<Connection, String> {
    // Not read-only: what was killed half-way is rolled back by the next who opens it.
    Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .map_err(|error| format!("{}: {error}", database.display()))
}

/// Everything that somebody made: internal objects and shadow tables aside.
pub(crate) fn stored(connection: &Connection) -> rusqlite::Result<Vec<Stored>> {
    let query = "select s.type, s.name, s.tbl_name, s.sql from sqlite_schema s
        where s.name not like 'sqlite\\_%' escape '\\' and s.sql is not null
        and not exists (select 1 from pragma_table_list l where l.schema = 'main' and l.name = s.tbl_name and l.type = 'shadow')
        order by s.type, s.name";
    let mut statement = connection.prepare(query)?;
    let rows = statement.query_map([], |row| {
        Ok(Stored { kind: row.get(0)?, name: row.get(1)?, table: row.get(2)?, sql: row.get(3)? })
    })?;
    rows.collect()
}

/// The whole report, one fact a line, sorted. Order of columns and of statements is no part of it.
pub(crate) fn report(database: &Path) -> Result<Vec<String>, String> {
    let connection = open(database)?;
    facts(&connection).map_err(|error| format!("{}: {error}", database.display()))
}

fn facts(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut facts = Vec::new();
    for object in stored(connection)? {
        let name = &object.name;
        match object.kind.as_str() {
            "table" if tokens(&object.sql).get(1).is_some_and(|token| token.is("virtual")) => {
                facts.push(format!("virtual table {name}: {}", without_head(&object.sql)));
            }
            "table" => {
                facts.push(format!("table {name}"));
                facts.extend(table(connection, name)?.into_iter().map(|fact| format!("table {name}: {fact}")));
                facts.extend(table_text::facts(&object.sql).into_iter().map(|fact| format!("text of {name}: {fact}")));
            }
            kind => {
                facts.push(format!("{kind} {name} of {}: {}", object.table.to_lowercase(), without_head(&object.sql)));
                // A broken view has no columns to report.
                let columns = query(connection, "select name from pragma_table_xinfo(?1)", name).unwrap_or_default();
                let mut names = columns.iter().flatten().map(text).collect::<Vec<_>>();
                // The order of a table's columns is not compared, and `select *` shows it.
                names.sort();
                facts.extend((kind == "view").then(|| format!("view {name} columns: {}", names.join(", "))));
            }
        }
    }
    facts.sort();
    Ok(facts)
}

/// The normal form of a statement, `if not exists` aside; a trigger that names no timing is one before.
fn without_head(sql: &str) -> String {
    let mut all = tokens(sql);
    if all.get(1).is_some_and(|token| token.is("trigger")) {
        let at = if all.get(2).is_some_and(|token| token.is("if")) { 6 } else { 3 };
        let is_event = |token: &Token| ["insert", "update", "delete"].iter().any(|event| token.is(event));
        if all.get(at).is_some_and(is_event) {
            all.insert(at, Token { text: "before".to_owned(), kind: TokenKind::Word });
        }
    }
    let at = all.windows(3).position(|words| words[0].is("if") && words[1].is("not") && words[2].is("exists"));
    match at {
        Some(at) if at <= 3 => format!("{} {}", join(&all[..at]), join(&all[at + 3..])),
        _ => join(&all),
    }
}

fn table(connection: &Connection, name: &str) -> rusqlite::Result<Vec<String>> {
    let mut facts = Vec::new();
    for row in query(connection, "select * from pragma_table_xinfo(?1)", name)? {
        // cid, name, type, notnull, dflt_value, pk, hidden
        let default = if row[4] == Value::Null { String::new() } else { default_of(&text(&row[4])) };
        let (column, ty) = (text(&row[1]), text(&row[2]).to_lowercase());
        let rest = row[5..].iter().map(text).collect::<Vec<_>>().join(" ");
        facts.push(format!("column {column} type ({ty}) notnull {} default ({default}) {rest}", text(&row[3])));
    }
    let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in query(connection, "select * from pragma_foreign_key_list(?1)", name)? {
        let part = row[1..].iter().map(text).collect::<Vec<_>>().join(" ").to_lowercase();
        keys.entry(text(&row[0])).or_default().push(part);
    }
    facts.extend(keys.into_values().map(|parts| format!("foreign key {}", parts.join(" , "))));
    for row in query(connection, "select * from pragma_index_list(?1)", name)? {
        // seq, name, unique, origin, partial
        let index = text(&row[1]);
        let label = if text(&row[3]) == "c" { index.as_str() } else { "(its own)" };
        let mut parts = Vec::new();
        for part in query(connection, "select * from pragma_index_xinfo(?1)", &index)? {
            // seqno, cid, name, desc, coll, key: the columns beside the key follow from the table
            if text(&part[5]) == "1" {
                parts.push(part[2..5].iter().map(text).collect::<Vec<_>>().join(" ").to_lowercase());
            }
        }
        let kind = row[2..].iter().map(text).collect::<Vec<_>>().join(" ");
        facts.push(format!("index {label} {kind} ({})", parts.join(", ")));
    }
    for row in
        query(connection, "select type, wr, strict from pragma_table_list where schema = 'main' and name = ?1", name)?
    {
        facts.push(format!("kind {}", row.iter().map(text).collect::<Vec<_>>().join(" ")));
    }
    Ok(facts)
}

/// A bare word is a string, whose letters count as they are; other defaults are SQL.
fn default_of(sql: &str) -> String {
    let word = sql.trim_matches(['"', '`', '[', ']']);
    let keywords = ["null", "true", "false", "current_date", "current_time", "current_timestamp"];
    let is_word = word.chars().all(|c| c.is_alphabetic() || c == '_');
    let is_value = keywords.iter().any(|keyword| sql.eq_ignore_ascii_case(keyword));
    if is_word && !is_value { format!("the word {word}") } else { squash(sql) }
}

fn query(connection: &Connection, sql: &str, name: &str) -> rusqlite::Result<Vec<Vec<Value>>> {
    let mut statement = connection.prepare_cached(sql)?;
    let width = statement.column_count();
    let rows = statement.query_map([name], |row| (0..width).map(|i| row.get(i)).collect())?;
    rows.collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        other => show(other),
    }
}

/// What differs between two reports, or nothing.
pub(crate) fn difference(expected: &[String], found: &[String]) -> Option<String> {
    let lines: Vec<_> = expected
        .iter()
        .filter(|fact| !found.contains(fact))
        .map(|fact| format!("    missing    {fact}"))
        .chain(found.iter().filter(|fact| !expected.contains(fact)).map(|fact| format!("    unexpected {fact}")))
        .collect();
    (!lines.is_empty() || expected.len() != found.len()).then(|| lines.join("\n"))
}

/// Objects whose text is the same before and in the target, byte for byte, and must be so afterwards.
pub(crate) fn texts_kept(before: &[Stored], target: &[Stored], after: &[Stored]) -> Vec<String> {
    before
        .iter()
        .filter(|object| target.contains(object) && !after.contains(object))
        .map(|object| {
            let now = after.iter().find(|other| other.kind == object.kind && other.name == object.name);
            let now = now.map_or("nothing", |other| other.sql.as_str());
            format!(
                "the text of {} {} was to stay:\n    {}\n  and is now\n    {now}",
                object.kind, object.name, object.sql
            )
        })
        .collect()
}

/// What SQLite finds wrong with the file or its foreign keys.
pub(crate) fn complaints(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut integrity = connection.prepare("pragma integrity_check")?;
    for row in integrity.query_map([], |row| row.get::<_, String>(0))? {
        let row = row?;
        if row != "ok" {
            found.push(row);
        }
    }
    // A table that is referred to and has no such key is an error of the check itself.
    let query =
        "select \"table\", parent, row_number() over (partition by \"table\", parent) from pragma_foreign_key_check";
    let Ok(mut keys) = connection.prepare(query) else {
        return Ok(found);
    };
    // Numbered, since a table that gains or loses its rowids has the same orphans by other names.
    let rows = keys.query_map([], |row| {
        let row: (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(format!("{} refers to no row of {}, number {}", row.0, row.1, row.2))
    })?;
    found.extend(rows.flatten());
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sql: &str) -> Vec<String> {
        let connection = Connection::open_in_memory().expect("a database");
        connection.execute_batch(sql).unwrap_or_else(|error| panic!("{error} in {sql}"));
        facts(&connection).expect("a report")
    }

    #[test]
    fn spelling_aside_is_equal() {
        let one = of("create table t (a integer primary key, b text not null default 'x', c int references t (a));
                      create index i on t (b collate nocase desc) where c > 0;
                      create view v as select a, b from t;");
        let other = of("CREATE TABLE IF NOT EXISTS [t] (\"a\" INTEGER PRIMARY KEY, c INT, -- a comment
                        b TEXT DEFAULT 'x' NOT NULL, FOREIGN KEY (c) REFERENCES t (a));
                        CREATE INDEX IF NOT EXISTS i ON \"t\"(b COLLATE nocase DESC) WHERE c>0;
                        CREATE VIEW v AS SELECT a,b FROM t;");
        assert_eq!(difference(&one, &other), None);
    }

    #[test]
    fn every_clause_is_seen() {
        let base = "create table t (a integer primary key, b text, c int)";
        let mut reports = vec![of(base)];
        for other in [
            "create table T (a integer primary key, b text, c int)",
            "create table t (a integer primary key, B text, c int)",
            "create table t (a integer primary key autoincrement, b text, c int)",
            "create table t (a integer primary key desc, b text, c int)",
            "create table t (a integer, b text, c int, primary key (a, b))",
            "create table t (a integer, b text, c int, primary key (a, b desc))",
            "create table t (a integer primary key, b text, c int) strict",
            "create table t (a integer primary key, b text, c int) without rowid",
            "create table t (a integer primary key, b text not null, c int)",
            "create table t (a integer primary key, b text not null on conflict replace, c int)",
            "create table t (a integer primary key, b text collate nocase, c int)",
            "create table t (a integer primary key, b text unique, c int)",
            "create table t (a integer primary key, b text unique on conflict ignore, c int)",
            "create table t (a integer primary key, b text constraint u unique, c int)",
            "create table t (a integer primary key, b text, c int check (c > 0))",
            "create table t (a integer primary key, b text, c int check (c > '0'))",
            "create table t (a integer primary key, b text, c int references t)",
            "create table t (a integer primary key, b text, c int references t (a))",
            "create table t (a integer primary key, b text, c int references t (a) on update cascade)",
            "create table t (a integer primary key, b text, c int references t (a) deferrable)",
            "create table t (a integer primary key, b text, c int references t (a) deferrable initially deferred)",
            "create table t (a integer primary key, b text, c int references t (a) match full)",
            "create table t (a integer primary key, b text, c int generated always as (a + 1))",
            "create table t (a integer primary key, b text, c int generated always as (a + 1) stored)",
            "create table t (a integer primary key, b text default 'c', c int)",
            "create table t (a integer primary key, b text default c, c int)",
            "create table t (a integer primary key, b text, c int); create index i on t (b)",
            "create table t (a integer primary key, b text, c int); create unique index i on t (b)",
            "create table t (a integer primary key, b text, c int); create index i on t (b desc)",
            "create table t (a integer primary key, b text, c int); create index i on t (lower(b))",
            "create table t (a integer primary key, b text, c int); create index i on t (b) where c = 1",
            "create table t (a integer primary key, b text, c int); create view v as select * from t",
            "create table t (a integer primary key, b text, c int); create trigger g after insert on t begin select 1; end",
            "create table t (a integer primary key, b text, c int); create virtual table f using fts5(b)",
            "create table t (a integer primary key, b text, c int); create virtual table f using fts5(b, content='')",
        ] {
            reports.push(of(other));
        }
        for (i, one) in reports.iter().enumerate() {
            for (k, other) in reports.iter().enumerate().skip(i + 1) {
                assert!(difference(one, other).is_some(), "{i} and {k} look the same: {one:#?}");
            }
        }
    }
}
