//! PostgreSQL: what a database is says `pg_dump`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use postgres::{Client, NoTls, SimpleQueryMessage};

use super::{Database, Rows, Seen, Server, compare, numbers, unique};
use crate::support::case::{Expect, Query};
use crate::support::pg_dump;
use crate::support::rows::quote;
use crate::support::table_rows::{Column, Table, TableRows};

/// A server.
pub(crate) struct Postgres {
    url: String,
    version: Vec<u32>,
}

impl Postgres {
    /// The server at a URL, which names a database that is there and a role that may create others.
    pub(crate) fn connect(url: &str) -> Result<Self, String> {
        let found = query(url, "show server_version")?;
        let version = found.into_iter().flatten().flatten().next().unwrap_or_default();
        Ok(Self { url: url.to_owned(), version: numbers(&version) })
    }
}

/// The URL of another database of the same server.
pub(crate) fn url_of(url: &str, database: &str) -> String {
    let (head, options) = url.split_once('?').map_or((url, None), |(head, options)| (head, Some(options)));
    let authority = head.find("://").map_or(0, |at| at + 3);
    let end = head[authority..].find('/').map_or(head.len(), |at| authority + at);
    let options = options.map(|options| format!("?{options}")).unwrap_or_default();
    format!("{}/{database}{options}", &head[..end])
}

fn message(error: &postgres::Error) -> String {
    error.as_db_error().map_or_else(
        || error.to_string(),
        |error| {
            [Some(error.message()), error.detail(), error.hint()].into_iter().flatten().collect::<Vec<_>>().join("; ")
        },
    )
}

fn query(url: &str, sql: &str) -> Result<Vec<Vec<Option<String>>>, String> {
    let mut client = Client::connect(url, NoTls).map_err(|error| message(&error))?;
    let found = client.simple_query(sql).map_err(|error| format!("{} in {sql}", message(&error)))?;
    let row = |message: SimpleQueryMessage| match message {
        SimpleQueryMessage::Row(row) => Some((0..row.len()).map(|i| row.get(i).map(str::to_owned)).collect::<Vec<_>>()),
        _ => None,
    };
    Ok(found.into_iter().filter_map(row).collect())
}

impl Server for Postgres {
    fn label(&self) -> String {
        format!("postgres {}", self.version.first().copied().unwrap_or_default())
    }

    fn flavour(&self) -> &'static str {
        "postgres"
    }

    fn version(&self) -> Vec<u32> {
        self.version.clone()
    }

    fn create(&self, _: &Path, letter: &str, expect: &Expect) -> Result<Box<dyn Database>, String> {
        for role in &expect.roles {
            // Roles are the whole server's; tests at the same moment may want the same.
            let create = format!(
                "do $do$ begin create role {}; exception when duplicate_object or unique_violation then null; end $do$",
                quote(role)
            );
            query(&self.url, &create)?;
        }
        let name = unique(letter);
        // Another test may use the template at the same moment only while nobody is connected to it: template0.
        // Files that are copied as they are take a third of the time (since 15; before there was no other way).
        let strategy = if self.version.first() >= Some(&15) { " strategy file_copy" } else { "" };
        query(&self.url, &format!("create database {} template template0{strategy}", quote(&name)))?;
        Ok(Box::new(One { server: self.url.clone(), url: url_of(&self.url, &name), name }))
    }
}

/// One database.
struct One {
    server: String,
    url: String,
    name: String,
}

impl Drop for One {
    fn drop(&mut self) {
        // What cannot be dropped is left on a throwaway server.
        let _ = query(&self.server, &format!("drop database if exists {} with (force)", quote(&self.name)));
    }
}

const COLUMNS: &str = "
    select n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, c.oid, a.attgenerated, c.relkind
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by 1, 2, 3";

impl One {
    fn rows(&self) -> Result<(TableRows, BTreeMap<String, String>), String> {
        let mut tables: BTreeMap<String, (String, Table)> = BTreeMap::new();
        let mut identities = BTreeMap::new();
        for row in query(&self.url, COLUMNS)? {
            let text = |i: usize| row.get(i).cloned().flatten();
            let (Some(schema), Some(name)) = (text(0), text(1)) else { continue };
            let table = tables.entry(format!("{schema}.{name}")).or_insert_with(|| {
                // The rows of tables that inherit are their own.
                let only = if text(7).as_deref() == Some("r") { "only " } else { "" };
                (format!("{only}{}.{}", quote(&schema), quote(&name)), Table::default())
            });
            identities.insert(format!("{schema}.{name}"), text(5).unwrap_or_default());
            if let (Some(column), true) = (text(2), text(6).is_some_and(|generated| generated.is_empty())) {
                let ty = text(3).unwrap_or_default();
                table.1.columns.insert(column, Column { ty, not_null: text(4).as_deref() == Some("t") });
            }
        }
        let mut all = TableRows::default();
        for (name, (quoted, mut table)) in tables {
            let list: Vec<_> = table.columns.keys().map(|column| format!("{}::text", quote(column))).collect();
            let list = if list.is_empty() { "null".to_owned() } else { list.join(", ") };
            table.rows = query(&self.url, &format!("select {list} from {quoted}"))?;
            all.0.insert(name, table);
        }
        Ok((all, identities))
    }
}

impl Database for One {
    fn url(&self) -> String {
        self.url.clone()
    }

    fn run(&self, sql: &str) -> Result<(), String> {
        let mut client = Client::connect(&self.url, NoTls).map_err(|error| message(&error))?;
        client.batch_execute(sql).map_err(|error| format!("{} in {sql}", message(&error)))
    }

    fn dump(&self) -> Result<Vec<String>, String> {
        let program = std::env::var("TRUEUP_TEST_PG_DUMP").unwrap_or_else(|_| "pg_dump".to_owned());
        let output = Command::new(&program)
            .args(["--schema-only", "--dbname", &self.url])
            .output()
            .map_err(|error| format!("{program}: {error}"))?;
        if !output.status.success() {
            return Err(format!("{program}: {}", String::from_utf8_lossy(&output.stderr)));
        }
        Ok(pg_dump::facts(&String::from_utf8_lossy(&output.stdout)))
    }

    fn seen(&self) -> Result<Seen, String> {
        let (rows, identities) = self.rows()?;
        Ok(Seen {
            report: self.dump()?,
            stored: Vec::new(),
            rows: Rows::Server(rows),
            complaints: self.complaints()?,
            identities,
        })
    }

    fn check(&self, expected: &Query) -> Result<(), String> {
        compare(expected, ["f", "t"], &query(&self.url, &expected.query)?)
    }
}

impl One {
    /// Leftovers that a dump does not show as such.
    fn complaints(&self) -> Result<Vec<String>, String> {
        let found = query(
            &self.url,
            "select 'the index ' || indexrelid::regclass || ' is invalid' from pg_index where not indisvalid
             union all select 'a prepared transaction is left: ' || gid from pg_prepared_xacts where database = current_database()",
        )?;
        Ok(found.into_iter().flatten().flatten().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_gets_another_database() {
        assert_eq!(url_of("postgres://u@h:1/x?a=b", "y"), "postgres://u@h:1/y?a=b");
        assert_eq!(url_of("postgres://u@h:1", "y"), "postgres://u@h:1/y");
    }
}
