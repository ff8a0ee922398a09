//! How a plan without changes compares to the server's own dump, on the servers that the tests use.
//!
//! `scripts/servers start postgres_15 mysql_9 && source target/servers/env && cargo bench --bench servers`; further
//! arguments are the numbers of tables. The schema is that of the bench `scale`. It is planned as `import` wrote it and as
//! people write it, with other names of types and other spellings of the checks.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench that cannot go on says so by a panic"
)]

mod measure;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use measure::run;
use mysql::prelude::Queryable;

/// The sizes that are measured when none are given.
const SIZES: [usize; 2] = [1_000, 10_000];
/// How much memory a plan over 1,000 tables may take, in MB.
const MEMORY: u64 = 150;
/// How much longer ten times as many tables may take.
const GROWTH: f64 = 12.0;
/// How often something is measured; the best counts, since other work on the machine only ever adds.
const RUNS: usize = 3;

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
    let mut servers: Vec<(String, String)> = std::env::vars()
        .filter_map(|(name, url)| Some((name.strip_prefix("TRUEUP_TEST_")?.to_lowercase(), url)))
        .filter(|(_, url)| url.contains("://"))
        .collect();
    servers.sort();
    if servers.is_empty() {
        println!("no server is given: scripts/servers start postgres_15 mysql_9 && source target/servers/env");
    }
    for (name, url) in servers {
        let mut clean = Vec::new();
        for size in &sizes {
            clean.push((*size, one(&name, &url, *size)));
        }
        for pair in clean.windows(2) {
            let factor = pair[1].1.as_secs_f64() / pair[0].1.as_secs_f64();
            let tenfold = pair[1].0 == pair[0].0 * 10;
            let verdict =
                if tenfold { format!(" (at most {GROWTH}: {})", yes(factor <= GROWTH)) } else { String::new() };
            println!("{name}: from {} to {} tables {factor:.1} times as long{verdict}", pair[0].0, pair[1].0);
        }
    }
}

const fn yes(kept: bool) -> &'static str {
    if kept { "yes" } else { "no" }
}

/// One size on one server; gives the time of a plan without changes.
fn one(name: &str, url: &str, size: usize) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::of(url, &format!("trueup_bench_{}_{size}", std::process::id()));
    server.make(size);
    let plan = |schema: &str| {
        let run =
            || run(folder.path(), 0, &["plan", "--detailed-exitcode", "--schema", schema, "--database", &server.url]);
        let best = (0..RUNS).map(|_| run()).min_by_key(|(took, _)| *took);
        best.unwrap()
    };
    let (imported, _) = run(folder.path(), 0, &["import", "--schema", "imported", "--database", &server.url]);
    write_by_hand(&folder.path().join("imported"), &folder.path().join("by-hand"));
    let dump = (0..RUNS).map(|_| server.dump()).min().unwrap();
    let (clean, peak) = plan("imported");
    let (hand, _) = plan("by-hand");
    println!("{name}, {size} tables: import {:.2} s", imported.as_secs_f64());
    println!("  the server's dump       {:.2} s", dump.as_secs_f64());
    println!("  plan, as imported       {:.2} s (less: {})", clean.as_secs_f64(), yes(clean < dump));
    println!("  plan, as people write   {:.2} s (less: {})", hand.as_secs_f64(), yes(hand < dump));
    if let Some(own) = server.own() {
        let twice = yes(clean.max(hand) <= own * 2);
        println!(
            "  the catalog queries     {:.2} s of the server (either plan at most twice that: {twice})",
            own.as_secs_f64()
        );
    }
    if let Some(peak) = peak {
        let verdict =
            if size == 1_000 { format!(" (at most {MEMORY}: {})", yes(peak / 1024 <= MEMORY)) } else { String::new() };
        println!("  peak                    {} MB{verdict}", peak / 1024);
    }
    server.drop();
    clean
}

/// The imported TOML as people would have written it.
fn write_by_hand(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    let spellings = [
        ("\"character varying(120)\"", "\"varchar(120)\""),
        ("\"integer\"", "\"int\""),
        ("\"numeric(12,2)\"", "\"decimal(12, 2)\""),
        ("\"timestamp with time zone\"", "\"timestamptz\""),
        ("(quantity >= 0) AND (quantity <= 1000000)", "quantity between 0 and 1000000"),
        ("amount >= (0)::numeric", "amount >= 0"),
    ];
    for file in fs::read_dir(from).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = fs::read_to_string(&path).unwrap();
            let text = spellings.iter().fold(text, |text, (from, to)| text.replace(from, to));
            fs::write(to.join(path.file_name().unwrap()), text).unwrap();
        }
    }
}

/// A database of its own on a server.
struct Server {
    /// The server as it was given.
    given: String,
    /// The database that is measured.
    url: String,
    name: String,
}

impl Server {
    fn of(given: &str, name: &str) -> Self {
        let start = given.find("://").unwrap() + 3;
        let end = given[start..].find('/').map_or(given.len(), |at| start + at);
        Self { given: given.to_owned(), url: format!("{}/{name}", &given[..end]), name: name.to_owned() }
    }

    fn is_postgres(&self) -> bool {
        self.url.starts_with("postgres")
    }

    fn execute(&self, url: &str, statements: &[String]) {
        if self.is_postgres() {
            let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
            for statement in statements {
                client.batch_execute(statement).unwrap();
            }
        } else {
            let mut client = mysql::Conn::new(mysql::Opts::from_url(url).unwrap()).unwrap();
            for statement in statements {
                client.query_drop(statement).unwrap();
            }
        }
    }

    fn make(&self, size: usize) {
        self.execute(&self.given, &[format!("create database {}", self.name)]);
        let statements: Vec<String> = (0..size).flat_map(|number| table(number, self.is_postgres())).collect();
        if self.is_postgres() {
            // The locks of a server with default settings are enough for so many in one transaction.
            let batches: Vec<String> = statements.chunks(500).map(|batch| batch.join(";")).collect();
            self.execute(&self.url, &batches);
            self.execute(&self.url, &["vacuum analyze pg_catalog.pg_class".to_owned(), "analyze".to_owned()]);
        } else {
            self.execute(&self.url, &statements);
        }
    }

    fn drop(&self) {
        let force = if self.is_postgres() { " with (force)" } else { "" };
        self.execute(&self.given, &[format!("drop database {}{force}", self.name)]);
    }

    /// How long the server's own dump takes.
    fn dump(&self) -> Duration {
        let mut command;
        if self.is_postgres() {
            command = Command::new(std::env::var("TRUEUP_TEST_PG_DUMP").unwrap_or_else(|_| "pg_dump".to_owned()));
            command.args(["--schema-only", "--dbname", &self.url]);
        } else {
            let url = mysql::Opts::from_url(&self.url).unwrap();
            let program = ["mariadb-dump", "mysqldump"].into_iter().find(|program| {
                Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
            });
            command = Command::new(program.unwrap_or("mysqldump"));
            command.args(["--no-data", "--host", &url.get_ip_or_hostname(), "--port", &url.get_tcp_port().to_string()]);
            command.args(["--user", url.get_user().unwrap_or("root")]);
            command.env("MYSQL_PWD", url.get_pass().unwrap_or_default()).arg(&self.name);
        }
        let start = Instant::now();
        let output = command.stdout(Stdio::null()).stderr(Stdio::piped()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        start.elapsed()
    }

    /// What PostgreSQL itself says that the queries of its catalog take, planning and running, in a session that begins
    /// with them as that of a plan does.
    fn own(&self) -> Option<Duration> {
        if !self.is_postgres() {
            return None;
        }
        let best = (0..RUNS).map(|_| self.own_once()).fold(f64::MAX, f64::min);
        Some(Duration::from_secs_f64(best / 1000.0))
    }

    /// The same once, in milliseconds.
    fn own_once(&self) -> f64 {
        let mut client = postgres::Client::connect(&self.url, postgres::NoTls).unwrap();
        let number = "select current_setting('server_version_num')::int / 10000";
        let major = u32::try_from(client.query_one(number, &[]).unwrap().get::<_, i32>(0)).unwrap();
        let schemas: Vec<u32> = client
            .query("select oid from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'", &[])
            .unwrap()
            .iter()
            .map(|row| row.get(0))
            .collect();
        let list = schemas.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
        let queries = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/dialect/postgres/queries");
        let mut paths: Vec<_> = fs::read_dir(queries).unwrap().map(|file| file.unwrap().path()).collect();
        paths.sort();
        // These pin the session, look for who holds a lock, and judge what is desired: a plan without changes asks none.
        let others = [
            "session.sql",
            "lock_holders.sql",
            "retyped_views.sql",
            "absent_relations.sql",
            "available_extensions.sql",
        ];
        paths.retain(|path| !others.iter().any(|other| path.ends_with(other)));
        // Writing the rows out is work of the server too; it tells how much since 17.
        let written = if major >= 17 { ", serialize binary" } else { "" };
        let mut total = 0.0;
        for path in paths {
            let sql = fs::read_to_string(path).unwrap();
            let sql: String = sql.lines().filter(|line| applies(line, major)).flat_map(|line| [line, "\n"]).collect();
            let sql = sql.trim().trim_end_matches(';').replace("$1", &format!("'{{{list}}}'::oid[]"));
            let explain = format!("explain (analyze, timing off, summary, format json{written})\n{sql}");
            let messages = client.simple_query(&explain).unwrap_or_else(|error| panic!("{error:?} in {explain}"));
            let text = messages.iter().find_map(|message| match message {
                postgres::SimpleQueryMessage::Row(row) => row.get(0),
                _ => None,
            });
            let plan: serde_json::Value = serde_json::from_str(text.unwrap_or("[]")).unwrap();
            let of = |key: &str| plan[0][key].as_f64().unwrap_or(0.0);
            total += of("Planning Time") + of("Execution Time");
        }
        total
    }
}

/// Whether a line of a query is for a version.
fn applies(line: &str, major: u32) -> bool {
    let Some((_, note)) = line.rsplit_once("-- ") else { return true };
    match note.split_once(' ') {
        Some(("since", version)) => version.trim().parse().is_ok_and(|version: u32| major >= version),
        Some(("before", version)) => version.trim().parse().is_ok_and(|version: u32| major < version),
        _ => true,
    }
}

/// The statements of one table.
fn table(number: usize, postgres: bool) -> Vec<String> {
    let name = format!("table_{number:05}");
    let earlier = |step: usize| (number * 7 + step * 13) % number.max(1);
    let [key, decimal, time, json, boolean, truth] = if postgres {
        ["bigint generated always as identity primary key", "numeric(12,2)", "timestamptz", "jsonb", "boolean", "true"]
    } else {
        ["bigint not null auto_increment primary key", "decimal(12,2)", "datetime", "json", "tinyint(1)", "1"]
    };
    let mut sql = format!(
        "create table {name} (id {key}, name varchar(120) not null, code varchar(120) not null,
         amount {decimal} not null default 0, quantity integer not null default 1, active {boolean} not null default {truth},
         payload {json}, created_at {time} not null default current_timestamp, ref_a bigint, ref_b bigint,
         constraint {name}_amount_check check (amount >= 0),
         constraint {name}_quantity_check check (quantity between 0 and 1000000), constraint {name}_code_key unique (code)"
    );
    if number > 0 {
        for (column, step) in [("a", 1), ("b", 2)] {
            let target = earlier(step);
            let _ = write!(
                sql,
                ", constraint {name}_ref_{column}_fkey foreign key (ref_{column}) references table_{target:05} (id) on delete cascade"
            );
        }
    }
    let mut statements = vec![
        sql + ")",
        format!("create index {name}_name_idx on {name} (name)"),
        format!("create index {name}_created_idx on {name} (created_at desc, quantity)"),
    ];
    if postgres {
        statements.push(format!("create index {name}_active_idx on {name} (amount) where active = true"));
        statements.push(format!("comment on table {name} is 'Synthetic table {number}'"));
    }
    if number % 10 == 9 {
        let target = earlier(1);
        statements.push(format!(
            "create view view_{number:05} as select a.id, a.name, b.amount from {name} a
             join table_{target:05} b on b.id = a.ref_a where a.quantity > 3"
        ));
    }
    statements
}
