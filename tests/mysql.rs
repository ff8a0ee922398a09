//! MySQL and MariaDB: what else may happen while a plan is applied, and what is done with a plan beside applying it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]
#![allow(clippy::format_push_string, reason = "it reads as what it makes")]

#[path = "mysql/conversions.rs"]
mod conversions;
mod support;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use mysql::prelude::Queryable as _;
use support::program::Project;
use support::server::mysql::{connect, on_each, session};
use support::server::own::OwnServer;

const TABLES: usize = 6;

/// Tables with rows, and the TOML that changes the type of a column of each, which copies it.
fn copied_tables(rows: usize) -> (String, String) {
    let (mut sql, mut toml) = (String::new(), String::new());
    for table in 1..=TABLES {
        sql += &format!(
            "create table t{table} (id int primary key auto_increment, a int not null, b varchar(200) not null); insert into t{table} (a, b) values (1, repeat('x', 200));"
        );
        for doubled in (0..).take_while(|power| 1 << power < rows) {
            sql += &format!("insert into t{table} (a, b) select a + {}, b from t{table};", 1 << doubled);
        }
        toml += &format!(
            "[table.t{table}]\nprimary_key = [\"id\"]\n[table.t{table}.column]\nid = {{ type = \"int\", auto_increment = true }}\na = {{ type = \"bigint\" }}\nb = {{ type = \"varchar(200)\" }}\n"
        );
    }
    (sql, toml)
}

#[test]
fn two_applies_at_once() {
    on_each(|project, database| {
        let (sql, toml) = copied_tables(2000);
        database.run(&sql).unwrap();
        project.write_schema(&toml);
        project.apply_twice_at_once();
        project.plan().must(0);
    });
}

#[test]
fn an_apply_behind_another_says_so() {
    on_each(|project, database| {
        database.run("create table t (a int)").unwrap();
        project.write_schema(
            "[table.t.column]\na = { type = \"int\", null = true }\nb = { type = \"int\", null = true }\n",
        );
        let mut other = session(project);
        let had: Option<i64> =
            other.query_first("SELECT GET_LOCK(CONCAT('trueup:', LEFT(SHA2(DATABASE(), 256), 50)), 0)").unwrap();
        assert_eq!(had, Some(1));
        project.run("apply", &["--auto-approve", "--lock-timeout", "1s"]).must(3).says("another trueup");
        drop(other);
        project.run("apply", &["--auto-approve", "--lock-timeout", "10s"]).must(0);
    });
}

#[test]
fn a_metadata_lock_is_waited_for_and_its_holder_named() {
    on_each(|project, database| {
        database.run("create table t (a int); insert into t values (1)").unwrap();
        project.write_schema(
            "[table.t.column]\na = { type = \"int\", null = true }\nb = { type = \"int\", null = true }\n",
        );
        let mut reader = session(project);
        let id = reader.connection_id();
        reader.query_drop("begin").unwrap();
        let _: Vec<i64> = reader.query("select a from t").unwrap();
        let begun = Instant::now();
        let refused = project.run("apply", &["--auto-approve", "--lock-timeout", "3s"]).must(3);
        assert!(begun.elapsed() >= Duration::from_secs(2), "{:?}\n{refused}", begun.elapsed());
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}\n{refused}", begun.elapsed());
        refused.says("alter table.t").says(&format!("session {id} of"));
        project.plan().must(2);
        // Another reader is not behind the one that waits for longer than a turn.
        let waiting = project.start_apply(&["--lock-timeout", "40s"]);
        thread::sleep(Duration::from_secs(3));
        let mut another = session(project);
        another.query_drop("set lock_wait_timeout = 5").unwrap();
        let rows: Vec<i64> = another.query("select a from t").unwrap();
        assert_eq!(rows, [1]);
        drop(another);
        reader.query_drop("commit").unwrap();
        waiting.join().unwrap().must(0).says("waits for a lock").says(&format!("session {id} of"));
        project.plan().must(0);
    });
}

#[test]
fn one_that_is_told_to_stop_lets_go_of_the_server_and_says_what_is_done() {
    on_each(|project, database| {
        database.run("create table t (a int); insert into t values (1)").unwrap();
        project.write_schema(
            "[table.a.column]\nid = { type = \"int\" }\n\
             [table.t.column]\na = { type = \"int\", null = true }\nb = { type = \"int\", null = true }\n",
        );
        let mut reader = session(project);
        reader.query_drop("begin").unwrap();
        let _: Vec<i64> = reader.query("select a from t").unwrap();
        let mut apply = project.apply_to_be_stopped();
        apply.until_it_says("waits for a lock");
        apply.interrupt();
        apply.outcome().must(1).says("interrupted: 1 of 2 steps are done and stay").says("run `trueup apply` again");
        reader.query_drop("rollback").unwrap();
        project.apply().must(0).says("1 to change");
        project.plan().must(0);
    });
}

/// Runs a script as people do.
fn client(url: &str, script: &str) {
    let (_, rest) = url.split_once('@').unwrap();
    let (host, database) = rest.split_once('/').unwrap();
    let (host, port) = host.split_once(':').unwrap();
    let mut client = Command::new("mariadb")
        .args(["--no-defaults", "--user=root", "--skip-ssl", "--comments", "--default-character-set=utf8mb4"])
        .args([format!("--host={host}"), format!("--port={port}"), database.to_owned()])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    client.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = client.wait_with_output().unwrap();
    assert!(output.status.success(), "{}\n{script}", String::from_utf8_lossy(&output.stderr));
}

fn has(program: &str) -> bool {
    Command::new(program).arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success())
}

#[test]
fn a_script_is_taken_by_the_client() {
    if !has("mariadb") {
        println!("not run: there is no client `mariadb`");
        return;
    }
    on_each(|project, _| {
        project.write_schema(
            r#"
[table.t]
primary_key = ["id"]
comment = "a; b -- 'c'"
[table.t.column]
id = { type = "int" }
a  = { type = "varchar(20)", default = "x;$$" }
[table.t.trigger.g]
timing = "before"
events = ["insert"]
body   = "begin set new.id = new.id + 1; set new.a = 'y;$$'; end"
[procedure.p]
arguments = "in n int"
body      = """
begin
  -- counts; down
  while n > 0 do set n = n - 1; end while;
end"""
[function.f]
returns       = "int"
deterministic = true
body          = "return 1"
[event.e]
schedule = "every 1 day"
enabled  = false
body     = "begin delete from t; end"
[view.v]
query = "select `t`.`id` AS `id`,';' AS `s` from `t`"
"#,
        );
        let script = project.run("plan", &["--format", "sql"]).must(0).out;
        assert!(script.contains("DELIMITER"), "{script}");
        let url = project.server.as_deref().unwrap();
        client(url, &script);
        project.plan().must(0);
        if !script.contains("mariadb --comments") {
            return;
        }
        // MariaDB alters a table that keeps its history only when that is allowed.
        client(url, "create table old (id int primary key) with system versioning");
        project.import().must(0);
        client(url, "set system_versioning_alter_history = 'KEEP'; alter table old add column a int");
        client(url, &project.run("plan", &["--format", "sql"]).must(0).out);
        project.plan().must(0);
    });
}

#[test]
fn a_server_that_is_killed_in_the_middle() {
    let Some(mut server) = OwnServer::mariadb(&[]) else { return };
    let folder = tempfile::tempdir().unwrap();
    let (sql, toml) = copied_tables(16_384);
    let mut went_on = 0;
    for attempt in 0_u64..4 {
        let name = format!("shop{attempt}");
        connect(&server.url("mysql")).query_drop(format!("create database {name}")).unwrap();
        let project = Project::new(folder.path()).at(&server.url(&name));
        project.write_schema(&toml);
        let mut connection = session(&project);
        for statement in sql.split_inclusive(';') {
            connection.query_drop(statement).unwrap();
        }
        drop(connection);
        let apply = project.start_apply(&[]);
        thread::sleep(Duration::from_millis(200 + 150 * attempt));
        server.kill();
        let outcome = apply.join().unwrap();
        server.start_again();
        let project = project.at(&server.url(&name));
        if outcome.code != Some(0) {
            let outcome = outcome.must(1);
            went_on += u32::from(outcome.text().contains("connection was lost"));
        }
        project.apply().must(0);
        project.plan().must(0);
        let mut connection = session(&project);
        for table in 1..=TABLES {
            let rows: Option<(u64, String)> =
                connection.query_first(format!("select count(*), max(b) from t{table}")).unwrap();
            assert_eq!(rows, Some((16_384, "x".repeat(200))), "t{table}");
        }
    }
    println!("{went_on} of 4 applies lost their server and were gone on with");
}

/// Nothing in it is in the servers' words, and it is all there after one apply.
#[test]
fn a_schema_written_by_hand() {
    on_each(|project, _| {
        for toml in [
            include_str!("databases/mysql/by_hand.toml"),
            include_str!("databases/mysql/types_by_hand.toml"),
            include_str!("databases/mysql/views_by_hand.toml"),
        ] {
            project.write_schema(toml);
            project.apply().must(0);
            project.plan().must(0);
            project.import().must(0);
            assert_eq!(written(&project.schema), toml, "import changed what is the same");
        }
    });
}

/// The server keeps other names inside of the expression than people write, of its first SELECT alone.
#[test]
fn names_behind_a_common_table_expression() {
    on_each(|project, _| {
        project.write_schema(
            "[view.v]\nquery = \"with recursive t(n, s) as (select 1, cast('x' as char(9)) y union all select n + 1, concat(s, 'x') from t \
             where n < 5), u(m) as (select max(n) from t) select n, s, m from t, u\"\n",
        );
        project.apply().must(0);
        project.plan().must(0);
        project.import().must(0);
    });
}

/// Each state is there after one apply, and the second is not taken for the first.
fn are_both_made(project: &Project, states: [&str; 2]) {
    for query in states {
        project.write_schema(&format!(
            "[table.t.column]\na = {{ type = \"varchar(9)\", null = true }}\n[view.v]\nquery = \"{query}\"\n{}",
            if query.contains("for s") || query.contains("(s)") { "[sequence.s]\n" } else { "" }
        ));
        project.plan().must(2);
        project.apply().must(0);
        project.plan().must(0);
    }
}

/// The optimizer's trace has a `?` for them.
#[test]
fn letters_beyond_three_bytes_in_a_view() {
    on_each(|project, _| {
        are_both_made(project, ["select '😀' as x from t where a <> '😀'", "select '😁' as x from t where a <> '😀'"]);
    });
}

/// MariaDB explains the one only at the beginning of all, and of the other tells nothing.
#[test]
fn views_of_the_cache_and_of_sequences() {
    on_each(|project, database| {
        if database.run("create sequence probe").is_err() {
            return; // MySQL has neither.
        }
        database.run("drop sequence probe").unwrap();
        are_both_made(project, ["select distinct sql_no_cache a from t", "select distinct a from t"]);
        are_both_made(
            project,
            ["select nextval(s) as n, a from t", "select next value for s as n, lastval(s) as l from t"],
        );
    });
}

/// A table with a trigger of each name, each with what it says of its order.
fn with_triggers(triggers: &[(&str, &str)]) -> String {
    let trigger = |(name, order): &(&str, &str)| {
        format!(
            "[table.t.trigger.{name}]\ntiming = \"before\"\nevents = [\"insert\"]\n{order}\nbody = \"set new.a = concat(new.a, '{name}')\"\n"
        )
    };
    let triggers: String = triggers.iter().map(trigger).collect();
    format!("[table.t.column]\na = {{ type = \"varchar(99)\" }}\n{triggers}")
}

#[test]
fn several_triggers_of_one_event() {
    on_each(|project, database| {
        for (triggers, order) in [
            (&[("a", ""), ("b", ""), ("c", ""), ("d", "")] as &[(&str, &str)], "abcd"),
            (&[("a", ""), ("b", "precedes = \"a\""), ("c", ""), ("d", "")], "bacd"),
            (&[("a", ""), ("b", "precedes = \"a\""), ("c", "precedes = \"b\"")], "cba"),
            (&[("a", ""), ("b", ""), ("c", "")], "cba"),
        ] {
            project.write_schema(&with_triggers(triggers));
            project.apply().must(0);
            project.plan().must(0);
            database.run("delete from t; insert into t values ('')").unwrap();
            let fired: Option<String> = session(project).query_first("select a from t").unwrap();
            let fired = fired.unwrap();
            let followed = order.chars().all(|name| fired.contains(name)) && fired.len() == order.len();
            assert!(followed && fired.find('b') < fired.find('a') || order == "abcd", "{fired} for {order}");
        }
        project.write_schema(&with_triggers(&[("a", "precedes = \"z\"")]));
        project.plan().must(1).says("schema.toml:6:").says("`z`");
    });
}

#[test]
fn a_view_of_a_table_that_goes() {
    on_each(|project, database| {
        database.run("create table t (a int); create table u (c int); create view v as select c from u").unwrap();
        let toml = |query: &str| {
            format!("[table.t.column]\na = {{ type = \"int\", null = true }}\n[view.v]\nquery = \"{query}\"\n")
        };
        project.write_schema(&toml("select c from u"));
        project.plan().must(2).says("reads table.u, which is dropped: it will not work");
        project.write_schema(&toml("select c, 1 as d from u"));
        project.plan().must(1).says("it reads table.u, which is not in the TOML").says("schema.toml:4:");
    });
}

/// MySQL gives a table without a primary key one of its own. It stays until the TOML says another.
#[test]
fn a_key_of_the_servers_own() {
    on_each(|project, database| {
        let sql = "set session sql_generate_invisible_primary_key = on; create table t (a int not null, b int); \
                   insert into t values (1, 1)";
        if database.run(sql).is_err() {
            return; // MariaDB has no such keys.
        }
        let toml = |key: &str| {
            format!(
                "[table.t]\n{key}[table.t.column]\na = {{ type = \"int\" }}\nb = {{ type = \"int\", null = true }}\n"
            )
        };
        project.write_schema(&toml(""));
        project.plan().must(0);
        project.import().must(0);
        assert_eq!(written(&project.schema), toml(""), "import changed what is the same");
        project.write_schema(&toml("primary_key = [\"a\"]\n"));
        project.apply().must(0);
        project.plan().must(0);
        let columns: i64 = session(project)
            .query_first("select count(*) from information_schema.columns where table_schema = database()")
            .unwrap()
            .unwrap();
        assert_eq!(columns, 2);
    });
}

/// The server keeps what the bounds come to, so both are equal to what is there.
#[test]
fn bounds_are_expressions() {
    on_each(|project, database| {
        let sql = "create table p (d date not null) partition by range (to_days(d)) \
                   (partition p0 values less than (to_days('2020-01-01')))";
        database.run(sql).unwrap();
        project.write_schema(
            "[table.p]\npartition_by = \"range (to_days(d))\"\n[table.p.column]\nd = { type = \"date\" }\n\
             [table.p.partition]\np0 = \"less than (to_days('2020-01-01'))\"\n\
             p1 = \"less than (to_days('2021-01-01') + 1 - 1)\"\n",
        );
        let plan = project.plan().must(2).says("partition.p1");
        assert!(!plan.text().contains("partition.p0"), "{plan}");
        project.apply().must(0);
        project.plan().must(0);
    });
}

/// `*` in the TOML is what the query means once the plan is done; the server keeps the columns of when a view was made.
#[test]
fn a_star_means_the_columns_to_be() {
    on_each(|project, database| {
        let sql = "create table t (a int, b int); create view v as select * from t; \
                   create view w as select v.*, 1 as one from v; create view x as select a from t";
        database.run(sql).unwrap();
        let toml = |column: &str, query: &str| {
            format!(
                "[table.t.column]\na = {{ type = \"int\", null = true }}\nb = {{ type = \"int\", null = true }}\n{column}\
                 [view.v]\nquery = \"{query}\"\n[view.w]\nquery = \"select v.*, 1 as one from v\"\n\
                 [view.x]\nquery = \"select a from t\"\n"
            )
        };
        project.write_schema(&toml("", "select * from t"));
        project.plan().must(0);
        project.write_schema(&toml("c = { type = \"int\", null = true }\n", "select * from t"));
        let plan = project.plan().must(2).says("view.v").says("view.w");
        assert!(!plan.text().contains("view.x"), "{plan}");
        project.apply().must(0);
        project.plan().must(0);
        project.write_schema(&toml("c = { type = \"int\", null = true }\n", "select a, b, a + b as s from t"));
        project.apply().must(0);
        project.plan().must(0);
    });
}

#[test]
fn references_without_columns_mean_the_primary_key() {
    on_each(|project, _| {
        project.write_schema(
            "[table.p]\nprimary_key = [\"a\", \"b\"]\n[table.p.column]\na = { type = \"int\" }\nb = { type = \"int\" }\n\
             [table.c.column]\nid = { type = \"int\", primary_key = true }\nup = { type = \"int\", null = true, references = \"c\" }\n\
             [table.c.foreign_key]\nboth = { columns = [\"id\", \"up\"], references = \"p\" }\n",
        );
        project.apply().must(0);
        project.plan().must(0);
    });
}

#[test]
fn a_key_to_another_database_goes_round() {
    on_each(|project, database| {
        let url = project.server.clone().unwrap();
        let other = format!("{}_other", url.rsplit('/').next().unwrap());
        let statements = format!(
            "create database {other}; create table {other}.p (id int primary key); \
             create table c (id int primary key, p int, constraint far foreign key (p) references {other}.p (id) on delete cascade)"
        );
        let made = database.run(&statements);
        let imported = project.run("import", &[]);
        let planned = project.plan();
        let mut connection = session(project);
        connection.query_drop("drop table if exists c").unwrap();
        let applied = project.apply();
        let again = project.plan();
        connection.query_drop("drop table if exists c").unwrap();
        connection.query_drop(format!("drop database if exists {other}")).unwrap();
        made.unwrap();
        imported.must(0);
        planned.must(0);
        applied.must(0);
        again.must(0);
    });
}

#[test]
fn a_server_whose_own_mode_is_strict() {
    let Some(server) = OwnServer::mariadb(&["--sql-mode=TRADITIONAL,ANSI_QUOTES"]) else { return };
    connect(&server.url("mysql")).query_drop("create database shop").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let project = Project::new(folder.path()).at(&server.url("shop"));
    project.write_schema(
        "[table.t.column]\na = { type = \"int\" }\n[function.f]\narguments = \"x int\"\nreturns = \"int\"\ndeterministic = true\nbody = \"return x\"\n",
    );
    project.apply().must(0);
    project.plan().must(0);
}

#[test]
fn names_of_tables_without_case() {
    let Some(server) = OwnServer::mariadb(&["--lower-case-table-names=1"]) else { return };
    connect(&server.url("mysql")).query_drop("create database shop").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let project = Project::new(folder.path()).at(&server.url("shop"));
    let toml = r#"
[database]

[table.Customer]
primary_key = ["Id"]

[table.Customer.column]
Id   = { type = "int(11)" }
Name = { type = "varchar(20)" }

[table.Order]
primary_key = ["Id"]

[table.Order.column]
Id       = { type = "int(11)" }
Customer = { type = "int(11)", references = "Customer(Id)" }

[table.Order.index]
Order_Customer = ["Customer"]

[view.Named]
query = "select `c`.`Name` AS `Name` from `customer` `c`"
"#;
    project.write_schema(toml);
    project.apply().must(0);
    project.plan().must(0);
    project.import().must(0);
    assert_eq!(written(&project.schema), toml, "import changed what is the same");
    // What differs is found, and is made.
    project.write_schema(&toml.replace("varchar(20)", "varchar(30)").replace("table.Customer", "table.CUSTOMER"));
    project.plan().must(2).says("varchar(30)");
    project.apply().must(0);
    project.plan().must(0);
}

fn written(schema: &Path) -> String {
    std::fs::read_to_string(schema.join("schema.toml")).unwrap()
}
