//! The ALGORITHM and LOCK that a plan expects are what the server does: it accepts them, and nothing cheaper.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]

mod support;

use mysql::prelude::Queryable as _;
use mysql::{Conn, Opts};
use support::case::Expect;
use support::program::Project;
use support::server::{self, Server};

const COLUMNS: &str = "id int not null primary key, a int not null, n int, v varchar(50), s varchar(10) character set latin1, e enum('a','b'), d int default 1, key k (a), key k2 (n)";

/// What differs: all columns and keys, and what stands behind the parenthesis.
const CHANGES: &[(&str, &str, &str)] = &[
    ("a column", "d int default 1", "d int default 1, x int"),
    ("a column that is not NULL", "d int default 1", "d int default 1, x int not null default 5"),
    ("a column with an expression as its default", "d int default 1", "d int default 1, x int default (1 + 1)"),
    ("a stored column", "d int default 1", "d int default 1, x int as (a + 1) stored"),
    ("a virtual column", "d int default 1", "d int default 1, x int as (a + 1) virtual"),
    ("a column goes", ", d int default 1", ""),
    ("another default", "d int default 1", "d int default 2"),
    ("a comment", "d int default 1", "d int default 1 comment 'x'"),
    ("an invisible column", "d int default 1", "d int default 1 invisible"),
    ("NULL", "a int not null", "a int"),
    ("not NULL", "n int", "n int not null"),
    ("another type", "n int", "n bigint"),
    ("a longer text", "v varchar(50)", "v varchar(60)"),
    ("a text over 255 bytes", "v varchar(50)", "v varchar(100)"),
    ("a shorter text", "v varchar(50)", "v varchar(40)"),
    ("another charset", "s varchar(10) character set latin1", "s varchar(10) character set utf8mb4"),
    ("another collation", "v varchar(50)", "v varchar(50) collate utf8mb4_bin"),
    ("a value of an enum", "e enum('a','b')", "e enum('a','b','c')"),
    ("an enum in another order", "e enum('a','b')", "e enum('b','a')"),
    ("an index", "key k (a)", "key k (a), key i (v)"),
    ("a unique index", "key k (a)", "key k (a), unique key i (v)"),
    ("a full-text index", "key k (a)", "key k (a), fulltext key i (v)"),
    ("an index goes", ", key k (a)", ""),
    ("an index over more", "key k2 (n)", "key k2 (n, a)"),
    ("a check", "key k (a)", "key k (a), constraint c check (a < 1000)"),
    ("a column and its index", "key k (a)", "key k (a), x int, key i (x)"),
    ("a column for another and an index", "d int default 1, key k (a)", "x int, key k (a), key i (x, v)"),
    ("another primary key", "id int not null primary key", "id int not null, primary key (id, a)"),
    ("no primary key", "id int not null primary key", "id int not null"),
];

/// What else stands in the table, and then differs beside it.
const BESIDE: &[(&str, &str, &str, &str)] = &[
    ("a column beside a full-text key", "fulltext key f (v)", "d int default 1", "d int default 1, x int"),
    ("not NULL beside a full-text key", "fulltext key f (v)", "n int", "n int not null"),
    (
        "a column beside a key over a virtual one",
        "w int as (a + 1) virtual, key kw (w)",
        "d int default 1",
        "d int, x int",
    ),
    ("not NULL beside a stored column", "w int as (a + 1) stored", "n int", "n int not null"),
    ("a comment of JSON", "j json", "j json", "j json comment 'x'"),
    (
        "a virtual column and its unique key go",
        "w varchar(50) as (lower(v)) virtual, unique key kw (w)",
        ", w varchar(50) as (lower(v)) virtual, unique key kw (w)",
        "",
    ),
    (
        "a virtual column and its key go",
        "w varchar(50) as (lower(v)) virtual, key kw (w)",
        ", w varchar(50) as (lower(v)) virtual, key kw (w)",
        "",
    ),
    ("a column goes beside an indexed virtual one", "w int as (a + 1) virtual, key kw (w)", ", d int default 1", ""),
    (
        "a virtual column beside an indexed one",
        "w int as (a + 1) virtual, key kw (w)",
        "w int as (a + 1) virtual",
        "w int as (a + 1) virtual, u int as (a + 2) virtual",
    ),
    (
        "a virtual column and a comment",
        "w int as (a + 1) virtual",
        "d int default 1, ",
        "d int default 1 comment 'x', u int as (a + 2) virtual, ",
    ),
    (
        "a virtual column beside another",
        "w int as (a + 1) virtual",
        "d int default 1",
        "d int default 1, x int, y int as (n + 1) virtual",
    ),
    (
        "a virtual column for another with its key",
        "w int as (a + 1) virtual, key kw (w)",
        "w int as (a + 1) virtual, key kw (w)",
        "u int as (a + 2) virtual, key ku (u)",
    ),
    (
        "a virtual column for another",
        "w int as (a + 1) virtual",
        "w int as (a + 1) virtual",
        "u int as (a + 2) virtual",
    ),
    (
        "a virtual column and an index",
        "key k3 (v)",
        "d int default 1, key k (a)",
        "d int default 1, u int as (a + 2) virtual, key k (a), key kd (d)",
    ),
    (
        "a virtual column and a unique key",
        "key k3 (v)",
        "d int default 1, key k (a)",
        "d int default 1, u int as (a + 2) virtual, key k (a), unique key kd (n, a)",
    ),
    (
        "a column and an index beside an indexed virtual one",
        "w int as (a + 1) virtual, key kw (w)",
        "d int default 1, key k (a)",
        "d int default 1, x int, key k (a), key kd (d)",
    ),
];

/// The same of keys over expressions, which are MySQL's alone.
const BESIDE_EXPRESSIONS: &[(&str, &str, &str, &str)] = &[
    ("a key over an expression", "key k3 (v)", "key k3 (v)", "key k3 (v), key kx ((a + 1))"),
    ("two keys over expressions", "key k3 (v)", "key k3 (v)", "key k3 (v), key kx ((a + 1)), key ky ((n + 1))"),
    ("a unique key over an expression", "key k3 (v)", "key k3 (v)", "key k3 (v), unique key kx ((id + 1))"),
    ("a key over another expression", "key kx ((a + 1))", "key kx ((a + 1))", "key kx ((a + 2))"),
    (
        "a key over an expression beside another",
        "key kx ((a + 1))",
        "key kx ((a + 1))",
        "key kx ((a + 1)), key ky ((n + 1))",
    ),
    (
        "a key over an expression before another",
        "key kx ((a + 1))",
        "key kx ((a + 1))",
        "key kx ((a + 1)), key ka ((n + 1))",
    ),
    (
        "a virtual column beside a key over an expression",
        "key kx ((a + 1))",
        "d int default 1",
        "d int default 1, w int as (a + 1) virtual",
    ),
    (
        "virtual and other columns beside a key over an expression",
        "key kx ((a + 1))",
        "d int default 1",
        "d int default 1, w int as (a + 1) virtual, y int",
    ),
    ("a key over an expression goes", "key kx ((a + 1))", ", key kx ((a + 1))", ""),
    ("a key over an expression and another go", "key kx ((a + 1)), key k3 (v)", ", key kx ((a + 1)), key k3 (v)", ""),
    ("a key over an expression and another", "key k3 (v)", "key k3 (v)", "key k3 (v), key kx ((a + 1)), key ky (d)"),
    (
        "a key over an expression and a column",
        "key k3 (v)",
        "d int default 1",
        "d int default 1, x int, key kx ((a + 1))",
    ),
];

/// What stands behind the parenthesis. Another engine is not among them: MariaDB 10.11 says INSTANT of it and copies.
const OPTIONS: &[(&str, &str, &str)] = &[
    ("a comment of the table", "", "comment = 'x'"),
    ("compressed rows", "", "row_format = compressed"),
    ("another charset of the table", "", "charset = latin1"),
    ("statistics", "", "stats_persistent = 0"),
];

fn connect(url: &str) -> Conn {
    Conn::new(Opts::from_url(url).unwrap()).unwrap()
}

/// What is wrong with what a plan expects, if anything.
fn tried(server: &dyn Server, from: &str, to: &str) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let make = |letter: &str, sql: &str| {
        let database = server.create(folder.path(), letter, &Expect::default()).unwrap();
        database.run(sql).unwrap();
        database
    };
    let (a, b) = (make("a", from), make("b", to));
    a.run("insert into t (id, a, n) values (1, 1, 1), (2, 2, 2)").unwrap();
    let project = Project::new(folder.path());
    project.at(&b.url()).import().must(0);
    let plan = project.at(&a.url()).run("plan", &["--format", "json"]).must(0).out;
    let plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
    let (step, more) = (&plan["steps"][0], &plan["steps"][1]);
    if !more.is_null() {
        return Some(format!("there is a second step: {more}"));
    }
    let statements: Vec<&str> =
        step["statements"].as_array().into_iter().flatten().filter_map(|sql| sql.as_str()).collect();
    if statements.is_empty() {
        return Some("there is no step".to_owned());
    }
    let messages = step["hazards"].as_array().into_iter().flatten().filter_map(|hazard| hazard["message"].as_str());
    let message = messages.filter(|message| message.contains("expected ALGORITHM=")).collect::<String>();
    let expected = message.split("expected ").nth(1).unwrap_or_default();
    let expected = expected.split([':', '(']).next().unwrap_or_default().trim();
    let ways = [
        "ALGORITHM=INSTANT",
        "ALGORITHM=NOCOPY, LOCK=NONE",
        "ALGORITHM=INPLACE, LOCK=NONE",
        "ALGORITHM=INPLACE, LOCK=SHARED",
        "ALGORITHM=COPY, LOCK=SHARED",
    ];
    let mut connection = connect(&a.url());
    // The dearest way of its statements is that of the step.
    let mut dearest = 0;
    for sql in statements {
        let mut takes = |way: &str| {
            !(way.contains("NOCOPY") && server.flavour() == "mysql")
                && connection.query_drop(format!("{sql}, {way}")).is_ok()
        };
        let Some(taken) = ways.iter().position(|way| takes(way)) else {
            return Some(format!("no way is taken for {sql}, and the plan says: {message}"));
        };
        dearest = dearest.max(taken);
    }
    (ways[dearest] != expected).then(|| format!("{} is taken, and the plan says: {message}", ways[dearest]))
}

#[test]
fn what_is_expected_is_what_is_done() {
    let mut wrong = Vec::new();
    for server in server::of_dialect("mysql").unwrap() {
        let table = |columns: &str, options: &str| format!("create table t ({columns}) {options}");
        let columns = CHANGES.iter().map(|(about, from, to)| {
            assert!(COLUMNS.contains(from), "{about}");
            (about, table(COLUMNS, ""), table(&COLUMNS.replacen(from, to, 1), ""))
        });
        let options = OPTIONS.iter().map(|(about, from, to)| (about, table(COLUMNS, from), table(COLUMNS, to)));
        let of_mysql = if server.flavour() == "mysql" { BESIDE_EXPRESSIONS } else { &[] };
        let beside = BESIDE.iter().chain(of_mysql).map(|(about, more, from, to)| {
            let columns = format!("{COLUMNS}, {more}");
            (about, table(&columns, ""), table(&columns.replacen(from, to, 1), ""))
        });
        for (about, from, to) in columns.chain(options).chain(beside) {
            if let Some(fault) = tried(server.as_ref(), &from, &to) {
                wrong.push(format!("{} on {}: {fault}", about, server.label()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
