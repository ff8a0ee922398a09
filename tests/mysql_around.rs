//! MySQL and MariaDB: what stands around the objects of a plan and is none of them: privileges, other databases, other
//! sessions.
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
use support::server::{self, Database};

/// Does something on each server that is given, with an empty database and a project for it.
fn on_each(mut test: impl FnMut(&Project, &dyn Database)) {
    for server in server::of_dialect("mysql").unwrap() {
        println!("on {}", server.label());
        let folder = tempfile::tempdir().unwrap();
        let database = server.create(folder.path(), "m", &Expect::default()).unwrap();
        let project = Project::new(folder.path()).at(&database.url());
        test(&project, database.as_ref());
    }
}

fn session(project: &Project) -> Conn {
    let url = project.server.as_deref().unwrap().replacen("mariadb://", "mysql://", 1);
    Conn::new(Opts::from_url(&url).unwrap()).unwrap()
}

/// The name of the database of a project.
fn name(project: &Project) -> String {
    project.server.as_deref().unwrap().rsplit('/').next().unwrap().to_owned()
}

#[test]
fn what_is_granted_on_a_routine_outlives_a_new_body() {
    on_each(|project, _| {
        let mut root = session(project);
        let user = format!("{}_u", name(project).chars().take(25).collect::<String>());
        // By a client of another charset, which the routine keeps too.
        root.query_drop("set names latin1").unwrap();
        root.query_drop("create function f(x int) returns int deterministic return x").unwrap();
        root.query_drop("create procedure p(x int) select x").unwrap();
        root.query_drop(format!("create user {user}@'%'")).unwrap();
        root.query_drop(format!("grant execute on function f to {user}@'%'")).unwrap();
        root.query_drop(format!("grant execute, alter routine on procedure p to {user}@'%' with grant option"))
            .unwrap();
        let mut granted = || {
            let mut all: Vec<String> = root.query(format!("show grants for {user}@'%'")).unwrap();
            all.sort();
            all
        };
        let before = granted();
        assert_eq!(before.len(), 3, "{before:?}");
        let toml = |comment: &str, body: &str| {
            format!(
                "[function.f]\narguments = \"x int\"\nreturns = \"integer\"\ndeterministic = true\n{comment}body = \"return {body}\"\n\
                 [procedure.p]\narguments = \"x int\"\nbody = \"select {body}\"\n"
            )
        };
        // Another word for the type is no reason to make it again.
        project.write_schema(&toml("comment = \"hi\"\n", "x"));
        let plan = project.plan().must(2).says("comment none → hi");
        assert!(!plan.text().contains("recreated") && !plan.text().contains("returns"), "{plan}");
        project.apply().must(0);
        project.write_schema(&toml("", "x + 1"));
        let applied = project.apply();
        let after = granted();
        root.query_drop(format!("drop user {user}@'%'")).unwrap();
        applied.must(0);
        assert_eq!(after, before);
        project.plan().must(0);
    });
}

#[test]
fn a_user_who_cannot_give_grants_back_is_told() {
    on_each(|project, database| {
        let mut root = session(project);
        let version: String = root.query_first("select version()").unwrap().unwrap();
        if version.contains("MariaDB") {
            return;
        }
        database.run("create procedure p() select 1").unwrap();
        let name = name(project);
        let user = format!("{}_v", name.chars().take(25).collect::<String>());
        root.query_drop(format!("create user {user}@'%' identified by 'x'")).unwrap();
        root.query_drop(format!("grant all on {name}.* to {user}@'%'")).unwrap();
        root.query_drop(format!("grant show_routine on *.* to {user}@'%'")).unwrap();
        project.write_schema("[procedure.p]\nbody = \"select 2\"\n");
        let url = project.server.clone().unwrap().replacen("root@", &format!("{user}:x@"), 1);
        let planned = Project { server: Some(url), ..project.clone() }.plan();
        root.query_drop(format!("drop user {user}@'%'")).unwrap();
        planned.says("this user cannot read mysql.procs_priv");
    });
}

#[test]
fn a_key_of_another_database_is_minded() {
    on_each(|project, database| {
        let mut root = session(project);
        let (own, other) = (name(project), format!("{}_far", name(project)));
        database.run("create table p (id int primary key, a int); create table q (id int primary key)").unwrap();
        root.query_drop(format!("create database {other}")).unwrap();
        root.query_drop(format!(
            "create table {other}.c (id int primary key, p int, constraint far foreign key (p) references {own}.p (id))"
        ))
        .unwrap();
        let table = |id: &str| {
            format!(
                "[table.p]\nprimary_key = [\"id\"]\ncolumn.id = {{ {id} }}\ncolumn.a = {{ type = \"int\", null = true }}\n"
            )
        };
        let q = "[table.q]\nprimary_key = [\"id\"]\ncolumn.id = { type = \"int\" }\n";
        let plan = |toml: &str| {
            project.write_schema(toml);
            project.plan()
        };
        let refused = [
            plan(&(table("type = \"bigint\"") + q)),
            plan(q),
            plan(&(table("type = \"int\"").replace("primary_key = [\"id\"]\n", "") + q)),
        ];
        // What has nothing to do with the key is none of its business.
        let fine = plan(&(table("type = \"int\"").replace("type = \"int\", null", "type = \"bigint\", null") + q));
        root.query_drop(format!("drop database {other}")).unwrap();
        for refused in refused {
            refused.must(1).says(&format!("the foreign key `far` of `{other}.c`")).says("DROP FOREIGN KEY `far`");
        }
        fine.must(2);
    });
}

#[test]
fn who_holds_a_lock_from_nowhere_is_named() {
    on_each(|project, database| {
        database.run("create table t (a int); insert into t values (1)").unwrap();
        project.write_schema("[table.t.column]\na = { type = \"bigint\", null = true }\n");
        let own = name(project);
        let server = project.server.clone().unwrap();
        let server = server.replacen("mariadb://", "mysql://", 1);
        let mut reader = Conn::new(Opts::from_url(server.trim_end_matches(&own)).unwrap()).unwrap();
        let id = reader.connection_id();
        reader.query_drop("start transaction").unwrap();
        let _: Vec<i64> = reader.query(format!("select a from {own}.t")).unwrap();
        project.run("apply", &["--auto-approve", "--lock-timeout", "2s"]).must(3).says(&format!("session {id} of"));
        reader.query_drop("commit").unwrap();
        // What the server says is in its own words.
        reader.query_drop(format!("lock tables {own}.t write")).unwrap();
        project.write_schema("[table.u.column]\na = { type = \"int\" }\n");
        let plan = project.run("plan", &["--lock-timeout", "1s"]).says("Lock wait timeout exceeded");
        assert!(!plan.text().contains("MySqlError"), "{plan}");
    });
}

const TRADED: &str = r#"
[table.a]
renamed_from = "b"
primary_key = ["id"]
column.id = { type = "int" }
column.y = { type = "int" }

[table.b]
renamed_from = "a"
primary_key = ["id"]
column.id = { type = "int" }
column.x = { type = "int" }

[table.c]
primary_key = ["id"]
column.id = { type = "int" }
column.p = { type = "varchar(9)", renamed_from = "q" }
column.q = { type = "int", renamed_from = "p" }
"#;

/// An apply that ends between the renames of what trades names has left something under a name of its own.
#[test]
fn an_interrupted_trade_of_names_goes_on() {
    const STEPS: [&str; 6] = [
        "rename table b to __trueup_0_b",
        "rename table a to b",
        "rename table __trueup_0_b to a",
        "alter table c rename column q to __trueup_0_q",
        "alter table c rename column p to q",
        "alter table c rename column __trueup_0_q to p",
    ];
    for done in 0..=STEPS.len() {
        on_each(|project, server| {
            server
                .run(
                    "create table a (id int primary key, x int not null); insert into a values (1, 10); \
                     create table b (id int primary key, y int not null); insert into b values (2, 20); \
                     create table c (id int primary key, p int not null, q varchar(9) not null); \
                     insert into c values (3, 30, 'x')",
                )
                .unwrap();
            for step in &STEPS[..done] {
                server.run(step).unwrap();
            }
            project.write_schema(TRADED);
            project.run("apply", &["--auto-approve"]).must(0);
            project.plan().must(0);
            let rows = "select a.y, b.x, c.p, c.q from a, b, c";
            let found: Vec<(i32, i32, String, i32)> = session(project).query(rows).unwrap();
            assert_eq!(found, [(20, 10, "x".to_owned(), 30)], "after {done} steps");
        });
    }
}

/// What a table says nothing of is the database's: where that changes, an import says it.
#[test]
fn an_import_follows_the_database() {
    on_each(|project, server| {
        server.run("alter database character set latin1 collate latin1_bin; create table t (a varchar(9))").unwrap();
        project.import().must(0);
        project.plan().must(0);
        server.run("alter database character set utf8mb4 collate utf8mb4_bin").unwrap();
        project.plan().must(2).says("collation utf8mb4_bin → latin1_bin");
        project.import().must(0);
        project.plan().must(0);
        project.import().must(0).says("Nothing to write");
    });
}

/// A value for the rows that cannot be had is found before the column is there: after it, nobody would know of it.
#[test]
fn a_backfill_is_tried_first() {
    on_each(|project, server| {
        server.run("create table t (id int primary key, q varchar(9)); insert into t values (1, 'A')").unwrap();
        for (value, code) in [("1 +", 3), ("zz + 1", 3), ("nofun(id)", 3), ("max(id)", 3), ("lower(q)", 0)] {
            project.write_schema(&format!(
                "[table.t]\nprimary_key = [\"id\"]\n[table.t.column]\nid = {{ type = \"int\" }}\n\
                 q = {{ type = \"varchar(9)\", null = true }}\n\
                 x = {{ type = \"varchar(9)\", null = true, backfill = {{ sql = \"{value}\" }} }}\n"
            ));
            let applied = project.run("apply", &["--auto-approve"]).must(code);
            if code == 3 {
                applied.says("its `backfill` cannot be evaluated");
            }
        }
        assert_eq!(session(project).query_first::<String, _>("select x from t").unwrap().as_deref(), Some("a"));
    });
}
