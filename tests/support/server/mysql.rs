//! MySQL and MariaDB: what a database is say SHOW CREATE and information_schema.

use std::path::Path;

use mysql::prelude::Queryable;
use mysql::{Conn, Opts, OptsBuilder, Value};

use super::{Database, Rows, Seen, Server, compare, numbers, unique};
use crate::support::case::{Expect, Query};
use crate::support::program::Project;
use crate::support::table_rows::{Column, Table, TableRows};

/// Does something on each server that is given, with an empty database and a project for it.
pub(crate) fn on_each(mut test: impl FnMut(&Project, &dyn Database)) {
    for server in super::of_dialect("mysql").unwrap() {
        println!("on {}", server.label());
        let folder = tempfile::tempdir().unwrap();
        let database = server.create(folder.path(), "m", &Expect::default()).unwrap();
        let project = Project::new(folder.path()).at(&database.url());
        test(&project, database.as_ref());
    }
}

/// A session at a URL.
pub(crate) fn connect(url: &str) -> Conn {
    let url = url.replacen("mariadb://", "mysql://", 1);
    Conn::new(Opts::from_url(&url).unwrap()).unwrap()
}

/// A session of the database of a project.
pub(crate) fn session(project: &Project) -> Conn {
    connect(project.server.as_deref().unwrap())
}

/// A server.
pub(crate) struct MySql {
    url: String,
    version: Vec<u32>,
    is_mariadb: bool,
}

impl MySql {
    /// The server at a URL, whose user may create databases.
    pub(crate) fn connect(url: &str) -> Result<Self, String> {
        // The client knows one scheme for both.
        let url = url.replacen("mariadb://", "mysql://", 1);
        let found = query(&mut open(&url, None)?, "select version()")?;
        let text = found.into_iter().flatten().flatten().next().unwrap_or_default();
        Ok(Self { url, version: numbers(&text), is_mariadb: text.contains("MariaDB") })
    }
}

fn open(url: &str, database: Option<&str>) -> Result<Conn, String> {
    let opts = Opts::from_url(url).map_err(|error| error.to_string())?;
    let opts = OptsBuilder::from_opts(opts).db_name(database);
    Conn::new(opts).map_err(|error| error.to_string())
}

/// Runs statements; gives the rows of all of them.
fn query(connection: &mut Conn, sql: &str) -> Result<Vec<Vec<Option<String>>>, String> {
    let failed = |error: mysql::Error| format!("{error} in {sql}");
    let mut results = connection.query_iter(sql).map_err(failed)?;
    let mut rows = Vec::new();
    while let Some(result) = results.iter() {
        for row in result {
            rows.push(row.map_err(failed)?.unwrap().iter().map(text).collect());
        }
    }
    Ok(rows)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::NULL => None,
        Value::Bytes(bytes) => Some(match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.escape_ascii().to_string(),
        }),
        Value::Int(number) => Some(number.to_string()),
        Value::UInt(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Double(number) => Some(number.to_string()),
        other => Some(other.as_sql(true)),
    }
}

fn quote(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

impl Server for MySql {
    fn label(&self) -> String {
        format!("{} {}", self.flavour(), self.version.first().copied().unwrap_or_default())
    }

    fn flavour(&self) -> &'static str {
        if self.is_mariadb { "mariadb" } else { "mysql" }
    }

    fn version(&self) -> Vec<u32> {
        self.version.clone()
    }

    fn create(&self, _: &Path, letter: &str, expect: &Expect) -> Result<Box<dyn Database>, String> {
        let name = unique(letter);
        query(&mut open(&self.url, None)?, &format!("create database {} character set utf8mb4", quote(&name)))?;
        Ok(Box::new(One { server: self.url.clone(), name, ordered: expect.column_order }))
    }
}

/// One database.
struct One {
    server: String,
    name: String,
    /// Whether the order of columns counts.
    ordered: bool,
}

impl Drop for One {
    fn drop(&mut self) {
        // What cannot be dropped is left on a throwaway server.
        if let Ok(mut connection) = open(&self.server, None) {
            let _ = query(&mut connection, &format!("drop database if exists {}", quote(&self.name)));
        }
    }
}

/// What SHOW CREATE of tables and views does not say: one text a row. MySQL keeps the semicolon behind a body
/// when more statements follow it in the same text.
const FACTS: [&str; 5] = [
    "select concat_ws('|', 'database', default_character_set_name, default_collation_name /*M!100500 , schema_comment */)
     from information_schema.schemata where schema_name = database()",
    "select concat_ws('|', 'trigger', trigger_name, event_object_table, action_timing, event_manipulation, action_order, definer, sql_mode, trim(trailing ';' from action_statement))
     from information_schema.triggers where trigger_schema = database()",
    "select concat_ws('|', 'routine', routine_type, routine_name, coalesce(dtd_identifier, ''), is_deterministic, sql_data_access, security_type,
       definer, sql_mode, routine_comment, trim(trailing ';' from coalesce(routine_definition, '')))
     from information_schema.routines where routine_schema = database()",
    // When an event starts is the moment of its creation where nothing else is said.
    "select concat_ws('|', 'event', event_name, event_type, coalesce(execute_at, ''), coalesce(interval_value, ''), coalesce(interval_field, ''),
       coalesce(ends, ''), status, on_completion, definer, sql_mode, time_zone, event_comment, event_definition)
     from information_schema.events where event_schema = database()",
    "select concat_ws('|', 'parameter', specific_name, ordinal_position, coalesce(parameter_mode, ''), coalesce(parameter_name, ''), dtd_identifier,
       coalesce(character_set_name, ''), coalesce(collation_name, ''))
     from information_schema.parameters where specific_schema = database()",
];

impl One {
    fn open(&self) -> Result<Conn, String> {
        open(&self.server, Some(&self.name))
    }

    fn facts(&self) -> Result<Vec<String>, String> {
        let mut connection = self.open()?;
        let mut facts = Vec::new();
        let tables =
            "select table_name, table_type from information_schema.tables where table_schema = database() order by 1";
        for row in query(&mut connection, tables)? {
            let [Some(name), Some(kind)] = row.as_slice() else { continue };
            let word = match kind.as_str() {
                "VIEW" => "view",
                "SEQUENCE" => "sequence",
                _ => "table",
            };
            let shown = query(&mut connection, &format!("show create {word} {}", quote(name)))?;
            let sql = shown.into_iter().next().and_then(|row| row.into_iter().nth(1).flatten()).unwrap_or_default();
            facts.push(normal(&sql, &self.name, self.ordered));
        }
        facts.extend(self.programs(&mut connection)?);
        for sql in FACTS {
            let found = query(&mut connection, sql)?;
            facts.extend(
                found.into_iter().flatten().flatten().map(|fact| fact.replace(&format!("`{}`.", self.name), "")),
            );
        }
        facts.sort();
        Ok(facts)
    }

    /// The statements of triggers, routines and events: `information_schema` has not every body right.
    fn programs(&self, connection: &mut Conn) -> Result<Vec<String>, String> {
        let named =
            "select 'trigger', trigger_name, 2 from information_schema.triggers where trigger_schema = database()
            union all select routine_type, routine_name, 2 from information_schema.routines
            where routine_schema = database() and routine_type in ('FUNCTION', 'PROCEDURE')
            union all select 'event', event_name, 3 from information_schema.events where event_schema = database()";
        let mut facts = Vec::new();
        for row in query(connection, named)? {
            let [Some(word), Some(name), Some(at)] = row.as_slice() else { continue };
            let shown = query(connection, &format!("show create {word} {}", quote(name)))?;
            let at: usize = at.parse().unwrap_or_default();
            let sql = shown.into_iter().next().and_then(|row| row.into_iter().nth(at).flatten()).unwrap_or_default();
            // How the head is written is in the facts; MariaDB keeps that of a trigger as it was typed.
            let bodies = ["FOR EACH ROW", "for each row", " DO ", ")"];
            let body = bodies.iter().find_map(|end| sql.split_once(end).map(|(_, body)| body)).unwrap_or_default();
            let body = body.split_whitespace().collect::<Vec<_>>().join(" ").replace(" )", ")");
            let body = body.replace(&format!("`{}`.", self.name), "");
            facts.push(format!("body|{word}|{name}|{}", body.trim_end_matches(';').trim_end()));
        }
        Ok(facts)
    }

    fn rows(&self) -> Result<TableRows, String> {
        let mut connection = self.open()?;
        let mut all = TableRows::default();
        let columns = "select t.table_name, c.column_name, c.column_type, c.is_nullable, c.extra
            from information_schema.tables t join information_schema.columns c on c.table_schema = t.table_schema and c.table_name = t.table_name
            where t.table_schema = database() and t.table_type in ('BASE TABLE', 'SYSTEM VERSIONED')";
        for row in query(&mut connection, columns)? {
            let text = |i: usize| row.get(i).cloned().flatten().unwrap_or_default();
            let table = all.0.entry(text(0)).or_default();
            // DEFAULT_GENERATED is an expression's default, which is a value like others.
            if !text(4).to_uppercase().replace("DEFAULT_GENERATED", "").contains("GENERATED") {
                table.columns.insert(text(1), Column { ty: text(2), not_null: text(3) == "NO" });
            }
        }
        for (name, table) in &mut all.0 {
            *table = Table { rows: values(&mut connection, name, table)?, ..table.clone() };
        }
        Ok(all)
    }
}

fn values(connection: &mut Conn, name: &str, table: &Table) -> Result<Vec<Vec<Option<String>>>, String> {
    let list: Vec<_> = table.columns.keys().map(|column| quote(column)).collect();
    let list = if list.is_empty() { "null".to_owned() } else { list.join(", ") };
    query(connection, &format!("select {list} from {}", quote(name)))
}

/// A CREATE statement with the counter and the order of columns aside.
fn normal(sql: &str, database: &str, ordered: bool) -> String {
    let sql = sql.replace(&format!("`{database}`."), "");
    let sql = without(&sql, " AUTO_INCREMENT=", |c| c.is_ascii_digit());
    let Some((head, rest)) = sql.split_once("(\n") else { return sql };
    let (body, tail) = rest.split_once("\n)").unwrap_or((rest, ""));
    let tail = spelled(tail);
    let mut lines: Vec<_> = body.lines().map(|line| without_charset(line.trim().trim_end_matches(','))).collect();
    if !ordered {
        lines.sort();
    }
    format!("{head}(\n  {}\n){tail}", lines.join("\n  "))
}

/// A clause and the word behind it removed.
fn without(sql: &str, clause: &str, word: fn(char) -> bool) -> String {
    let Some((head, rest)) = sql.split_once(clause) else { return sql.to_owned() };
    format!("{head}{}", rest.trim_start_matches(word))
}

/// MariaDB keeps options of its engines as they were written.
fn spelled(tail: &str) -> String {
    let mut out = tail.to_owned();
    for name in ["page_compressed", "page_compression_level", "encrypted"] {
        let clause = format!("`{name}`=");
        let Some(at) = out.to_lowercase().find(&clause) else { continue };
        let (head, rest) = out.split_at(at);
        let rest = &rest[clause.len()..];
        // 'on' is written, 1 is too.
        let (value, rest) = match rest.strip_prefix('\'') {
            Some(rest) => rest.split_once('\'').unwrap_or((rest, "")),
            None => rest.split_at(rest.find(' ').unwrap_or(rest.len())),
        };
        let value = match (name, value.to_lowercase().as_str()) {
            ("page_compressed", "on" | "yes" | "1") => "1".to_owned(),
            ("page_compressed", _) => String::new(),
            (_, value) => value.to_owned(),
        };
        let option = if value.is_empty() { value } else { format!("`{name}`='{value}'") };
        out = format!("{}{}", format!("{head}{option}").trim_end(), rest);
    }
    out
}

/// A collation has its charset; whether the server says that too depends on how the column came to it.
fn without_charset(line: &str) -> String {
    if line.contains(" CHECK (") {
        // MySQL gives the literals of a check other charsets when it copies the table.
        let charsets = ["_latin1'", "_utf8mb4'", "_utf8mb3'", "_binary'"];
        return charsets.iter().fold(line.to_owned(), |line, charset| line.replace(charset, "'"));
    }
    let Some((head, rest)) = line.split_once(" CHARACTER SET ") else { return line.to_owned() };
    let end = rest.find(' ').unwrap_or(rest.len());
    if rest[end..].starts_with(" COLLATE ") { format!("{head}{}", &rest[end..]) } else { line.to_owned() }
}

impl Database for One {
    fn url(&self) -> String {
        super::postgres::url_of(&self.server, &self.name)
    }

    fn run(&self, sql: &str) -> Result<(), String> {
        if sql.trim().is_empty() {
            return Ok(());
        }
        let mut connection = self.open()?;
        query(&mut connection, "set foreign_key_checks = 0")?;
        query(&mut connection, sql).map(drop)
    }

    fn dump(&self) -> Result<Vec<String>, String> {
        self.facts()
    }

    fn seen(&self) -> Result<Seen, String> {
        let rows = Rows::Server(self.rows()?);
        Ok(Seen { report: self.facts()?, stored: Vec::new(), rows, complaints: Vec::new(), identities: [].into() })
    }

    fn check(&self, expected: &Query) -> Result<(), String> {
        compare(expected, ["0", "1"], &query(&mut self.open()?, &expected.query)?)
    }
}
