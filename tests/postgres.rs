//! PostgreSQL: what else may happen while a plan is applied.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]
#![allow(clippy::format_push_string, reason = "it reads as what it makes")]

#[path = "postgres/conversions.rs"]
mod conversions;
#[path = "postgres/grants.rs"]
mod grants;
#[path = "postgres/import_again.rs"]
mod import_again;
#[path = "postgres/key_types.rs"]
mod key_types;
#[path = "postgres/left_out.rs"]
mod left_out;
#[path = "postgres/secrets.rs"]
mod secrets;
mod support;

use std::thread;
use std::time::{Duration, Instant};

use postgres::{Client, NoTls};
use support::case::Expect;
use support::program::{Project, command, finish, snapshot};
use support::server::own::OwnServer;
use support::server::{self, Database};

/// Does something on each server that is given, with an empty database and a project for it.
fn on_each(mut test: impl FnMut(&Project, &dyn Database)) {
    for server in server::of_dialect("postgres").unwrap() {
        println!("on {}", server.label());
        let folder = tempfile::tempdir().unwrap();
        let database = server.create(folder.path(), "p", &Expect::default()).unwrap();
        let project = Project::new(folder.path()).at(&database.url());
        test(&project, database.as_ref());
    }
}

fn session(project: &Project) -> Client {
    Client::connect(project.server.as_deref().unwrap(), NoTls).unwrap()
}

/// Asks for something of the session of an apply as soon as that waits for a lock.
fn once_it_waits(judge: &mut Client, what: &str) {
    once(judge, what, "wait_event_type = 'Lock'");
}

/// Asks for something of the session of an apply as soon as a condition holds for it.
fn once(judge: &mut Client, what: &str, condition: &str) {
    let sql = format!(
        "select {what} from pg_stat_activity \
         where datname = current_database() and application_name = 'trueup' and {condition}"
    );
    let until = Instant::now() + Duration::from_secs(30);
    while judge.query(&sql, &[]).unwrap().is_empty() {
        assert!(Instant::now() < until, "never: {condition}");
        thread::sleep(Duration::from_millis(20));
    }
}

const TWO_COLUMNS: &str =
    "[table.t.column]\na = { type = \"int\", null = true }\nb = { type = \"int\", null = true }\n";

#[test]
fn two_applies_at_once() {
    on_each(|project, database| {
        database.run("create table t (a int); insert into t select generate_series(1, 200000)").unwrap();
        project.write_schema("[table.t.column]\na = { type = \"bigint\", null = true }\n");
        project.apply_twice_at_once();
        project.plan().must(0);
    });
}

#[test]
fn an_apply_behind_another_says_so() {
    on_each(|project, database| {
        database.run("create table t (a int)").unwrap();
        project.write_schema(TWO_COLUMNS);
        let mut other = session(project);
        other.execute("select pg_advisory_lock(1953658213, 1970303600)", &[]).unwrap();
        project.run("apply", &["--auto-approve", "--lock-timeout", "1s"]).must(3).says("somebody else is applying");
        drop(other);
        project.run("apply", &["--auto-approve", "--lock-timeout", "10s"]).must(0);
    });
}

#[test]
fn the_holder_of_a_lock_is_named() {
    on_each(|project, database| {
        database.run("create table t (a int)").unwrap();
        project.write_schema(TWO_COLUMNS);
        let mut reader = session(project);
        let pid: i32 = reader.query_one("select pg_backend_pid()", &[]).unwrap().get(0);
        reader.batch_execute("begin; select a from t").unwrap();
        let begun = Instant::now();
        let refused = project.run("apply", &["--auto-approve", "--lock-timeout", "1s"]).must(3);
        assert!(begun.elapsed() >= Duration::from_secs(1), "{refused}");
        refused.says(&format!("session {pid} of")).says("nothing was changed");
        project.plan().must(2);
        reader.batch_execute("commit").unwrap();
        project.run("apply", &["--auto-approve"]).must(0);
    });
}

/// A function whose errors no question to the rows foresees.
const NUMBER: &str = "create function number(text) returns int language plpgsql as \
    $$begin if $1 = 'x' then raise exception 'not a number'; end if; return $1; end$$;";
const NUMBER_IN_TOML: &str = r#"
[function."number(text)"]
returns = "int"
language = "plpgsql"
body = "begin if $1 = 'x' then raise exception 'not a number'; end if; return $1; end"
"#;

#[test]
fn a_statement_that_fails_leaves_nothing_behind() {
    on_each(|project, database| {
        database.run("create table t (a text); insert into t values ('x'); create table u (z int)").unwrap();
        database.run(NUMBER).unwrap();
        project.write_schema(&format!(
            "[table.new.column]\nid = {{ type = \"int\" }}\n[table.t.column]\na = {{ type = \"int\", null = true, using = \"number(a)\" }}\n[table.u.column]\nz = {{ type = \"int\", null = true }}\n{NUMBER_IN_TOML}",
        ));
        let failed = project.run("apply", &["--auto-approve"]).must(1);
        failed.says("not a number").says("nothing was changed");
        let found = session(project).query_one("select to_regclass('new') is null", &[]).unwrap();
        assert!(found.get::<_, bool>(0));
        database.run("update t set a = '1'").unwrap();
        project.run("apply", &["--auto-approve"]).must(0);
        project.plan().must(0);
    });
}

/// A value that is added to an enum has to be committed before it is used.
#[test]
fn what_was_committed_is_said_and_the_next_apply_goes_on() {
    on_each(|project, database| {
        database
            .run("create type mood as enum ('sad'); create table t (m mood default 'sad', a text); insert into t values ('sad', 'x')")
            .unwrap();
        database.run(NUMBER).unwrap();
        project.write_schema(&format!(
            "[enum.mood]\nvalues = [\"sad\", \"glad\"]\n[table.t.column]\nm = {{ type = \"mood\", null = true, default = {{ sql = \"'glad'::mood\" }} }}\na = {{ type = \"int\", null = true, using = \"number(a)\" }}\n{NUMBER_IN_TOML}",
        ));
        let failed = project.run("apply", &["--auto-approve"]).must(1);
        failed.says("not a number").says("steps are done and stay");
        let values = session(project).query("select unnest(enum_range(null::mood))::text", &[]).unwrap();
        assert_eq!(values.len(), 2);
        database.run("update t set a = '1'").unwrap();
        project.run("apply", &["--auto-approve"]).must(0);
        project.plan().must(0);
    });
}

#[test]
fn a_session_that_is_ended_in_the_middle() {
    on_each(|project, database| {
        database.run("create table t (a int)").unwrap();
        project.write_schema(&format!("{TWO_COLUMNS}[table.a.column]\nid = {{ type = \"int\" }}\n"));
        let mut reader = session(project);
        reader.batch_execute("begin; select a from t").unwrap();
        let apply = project.start_apply(&["--lock-timeout", "60s"]);
        let mut judge = session(project);
        once_it_waits(&mut judge, "pg_terminate_backend(pid)");
        let ended = apply.join().unwrap().must(1);
        ended.says("the connection was lost");
        reader.batch_execute("rollback").unwrap();
        let found = judge.query_one("select to_regclass('a') is null", &[]).unwrap();
        assert!(found.get::<_, bool>(0));
        project.run("apply", &["--auto-approve"]).must(0);
        project.plan().must(0);
    });
}

#[test]
fn one_that_is_told_to_stop_lets_go_of_the_server_and_says_what_is_done() {
    on_each(|project, database| {
        database.run("create type mood as enum ('sad'); create table t (a int)").unwrap();
        project.write_schema(&format!("{TWO_COLUMNS}[enum.mood]\nvalues = [\"sad\", \"glad\"]\n"));
        let mut reader = session(project);
        reader.batch_execute("begin; select a from t").unwrap();
        let apply = project.apply_to_be_stopped();
        let mut judge = session(project);
        once_it_waits(&mut judge, "pid");
        apply.interrupt();
        apply.outcome().must(1).says("interrupted: 1 of 2 steps are done and stay").says("run `trueup apply` again");
        // The server ends a session a little after its client has gone.
        let left = "select from pg_stat_activity where datname = current_database() and application_name = 'trueup'";
        let until = Instant::now() + Duration::from_secs(10);
        while !judge.query(left, &[]).unwrap().is_empty() {
            assert!(Instant::now() < until, "a session is left");
            thread::sleep(Duration::from_millis(20));
        }
        reader.batch_execute("rollback").unwrap();
        project.apply().must(0).says("1 to change");
        project.plan().must(0);
    });
}

/// All of an apply is there after a crash, or nothing: the next one makes it whole.
#[test]
fn a_server_that_is_killed_in_the_middle() {
    let Some(mut server) = OwnServer::postgres() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut toml = String::new();
    for table in 1..=3 {
        toml += &format!(
            "[table.t{table}]\nprimary_key = [\"id\"]\n[table.t{table}.column]\nid = {{ type = \"bigint\" }}\na = {{ type = \"numeric\" }}\n[table.t{table}.index]\nt{table}_a = [\"a\"]\n"
        );
    }
    let mut lost = 0;
    for attempt in 0_u64..4 {
        let name = format!("shop{attempt}");
        let at = Project::new(folder.path()).at(&server.url("postgres"));
        session(&at).batch_execute(&format!("create database {name}")).unwrap();
        let project = Project::new(folder.path()).at(&server.url(&name));
        project.write_schema(&toml);
        for table in 1..=3 {
            let rows = format!(
                "create table t{table} (id int primary key, a int not null); insert into t{table} select n, n from generate_series(1, 100000) n"
            );
            session(&project).batch_execute(&rows).unwrap();
        }
        let apply = project.start_apply(&[]);
        once(&mut session(&project), "pid", "query ~* '^alter table'");
        thread::sleep(Duration::from_millis(150 * attempt));
        server.kill();
        let outcome = apply.join().unwrap();
        server.start_again();
        let project = project.at(&server.url(&name));
        if outcome.code != Some(0) {
            lost += 1;
            outcome.must(1).says("the connection was lost");
            let altered = "select count(*) from pg_attribute where attname = 'a' and atttypid = 'numeric'::regtype";
            let altered: i64 = session(&project).query_one(altered, &[]).unwrap().get(0);
            assert!(altered == 0 || altered == 6, "{altered} columns");
        }
        project.run("apply", &["--auto-approve"]).must(0);
        project.plan().must(0);
        for table in 1..=3 {
            let rows = format!("select count(*), sum(a)::bigint from t{table}");
            let row = session(&project).query_one(&rows, &[]).unwrap();
            assert_eq!((row.get::<_, i64>(0), row.get::<_, i64>(1)), (100_000, 5_000_050_000), "t{table}");
        }
    }
    assert!(lost > 0, "no apply ended with its server");
}

/// A question that is asked before the lock is had says nothing of rows that are committed meanwhile.
#[test]
fn rows_that_come_while_an_apply_waits_are_not_lost() {
    on_each(|project, database| {
        database.run("create table gone (id int); create table a (id int primary key, x text)").unwrap();
        project.write_schema("[table.a]\nprimary_key = [\"id\"]\n[table.a.column]\nid = { type = \"int\" }\n");
        let mut writer = session(project);
        writer.batch_execute("begin; insert into gone values (1); insert into a values (1, 'precious')").unwrap();
        let apply = project.start_apply_without_leave(&["--lock-timeout", "60s"]);
        let mut judge = session(project);
        once_it_waits(&mut judge, "pid");
        writer.batch_execute("commit").unwrap();
        let refused = apply.join().unwrap().must(3);
        assert!(refused.text().contains("1 row"), "{refused}");
        let row = judge.query_one("select (select count(*) from gone), (select x from a)", &[]).unwrap();
        assert_eq!((row.get::<_, i64>(0), row.get::<_, String>(1)), (1, "precious".to_owned()));
    });
}

/// Nothing in it is in the server's words, and it is all there after one apply.
#[test]
fn a_schema_written_by_hand() {
    on_each(|project, _| {
        project.write_schema(include_str!("databases/postgres/by_hand.toml"));
        project.apply().must(0);
        project.plan().must(0);
    });
}

/// The server keeps what the bounds come to: what comes to the same is equal, what does not is moved.
#[test]
fn bounds_are_expressions() {
    on_each(|project, database| {
        let sql = "create table p (at timestamptz) partition by range (at); \
                   create table p1 partition of p for values from ('2020-01-01') to ('2021-01-01'); \
                   create table p2 partition of p for values from ('2021-01-01') to ('2022-01-01')";
        database.run(sql).unwrap();
        let toml = |days: u8| {
            format!(
                "[table.p]\npartition_by = \"range (at)\"\n[table.p.column]\nat = {{ type = \"timestamptz\", null = true }}\n\
                 [table.p.partition]\np1 = \"from ('2020-01-01') to (timestamptz '2021-01-01')\"\n\
                 p2 = \"from ('2021-01-01 00:00+00') to (date '2021-12-31' + {days})\"\n"
            )
        };
        project.write_schema(&toml(1));
        project.plan().must(0);
        project.write_schema(&toml(2));
        let plan = project.plan().must(2).says("table.p2");
        assert!(!plan.text().contains("table.p1"), "{plan}");
        project.apply().must(0);
        project.plan().must(0);
    });
}

#[test]
fn rows_that_no_check_has_seen_move_under_it() {
    on_each(|project, database| {
        let sql = "create table t (a int not null, x int); insert into t values (1, -5), (1, 5); \
                   alter table t add constraint k check (x > 0) not valid";
        database.run(sql).unwrap();
        project.write_schema(
            "[table.t]\npartition_by = \"list (a)\"\ncolumn.a = { type = \"int\" }\ncolumn.x = { type = \"int\", null = true }\n\
             check.k = { sql = \"x > 0\", not_valid = true }\npartition.t1 = \"in (1)\"\n",
        );
        project.apply().must(0);
        project.plan().must(0);
        let rows: i64 = session(project).query_one("select count(*) from t1", &[]).unwrap().get(0);
        assert_eq!(rows, 2);
    });
}

#[test]
fn names_that_two_would_share_and_tables_that_go_round() {
    on_each(|project, _| {
        project.write_schema(
            "[table.t.column]\na = { type = \"int\" }\n[table.t.index]\nt = [\"a\"]\n[enum.v]\nvalues = [\"x\"]\n\
             [view.v]\nquery = \"select 1 as x\"\n",
        );
        let plan = project.plan().must(1);
        plan.says("`table.t.index.t` has the name of `table.t`").says("`view.v` has the name of `enum.v`");
        project.write_schema(
            "[table.a]\ninherits = [\"b\"]\n[table.a.column]\nx = { type = \"int\" }\n[table.b]\ninherits = [\"a\"]\n",
        );
        project.plan().must(1).says("table.a: it would inherit from itself");
        project.write_schema(
            "[domain.d]\ntype = \"e\"\n[domain.e]\ntype = \"c[]\"\n[composite.c.attribute]\nd = { type = \"d\" }\n",
        );
        project.plan().must(1).says("domain.d: it would be made of itself").says("composite.c: it would be made");
    });
}

#[test]
fn what_stays_keeps_what_it_rests_on() {
    on_each(|project, database| {
        let sql = "create schema s; create type s.mood as enum ('ok'); create table s.t (a int, m s.mood); \
                   insert into s.t values (1, 'ok'); create table kept (a int, b int); \
                   create view left_alone as select a, b from kept; create schema empty";
        database.run(sql).unwrap();
        project.write_schema("[table.kept.column]\na = { type = \"int\", null = true }\n");
        let arguments = ["--auto-approve", "--skip-destructive", "--exclude", "view.left_alone"];
        project.run("apply", &arguments).must(0).says("Left out").says("table.s.t");
        let there = "select count(*) from pg_namespace where nspname in ('s', 'empty')";
        let count: i64 = session(project).query_one(there, &[]).unwrap().get(0);
        assert_eq!(count, 1);
        project.plan().says("schema.s").says("enum.s.mood").says("table.kept");
        project.write_schema("[table.kept.column]\na = { type = \"int\", null = true }\n[schema.s]\n[schema.empty]\n");
        let arguments = ["--exclude", "view.left_alone", "--exclude", "table.s.t", "--detailed-exitcode"];
        let left = project.run("plan", &arguments).must(2).says("Left as it is:").says("view.left_alone is left out");
        assert!(left.out.contains("table.kept.column.b") && left.out.contains("enum.s.mood"), "{left}");
    });
}

#[test]
fn the_script_has_the_transactions_of_an_apply() {
    on_each(|project, database| {
        database.run("create type e as enum ('a'); create table t (x e)").unwrap();
        project.write_schema(
            r#"enum.e.values = ["a", "b"]
[table.t.column]
x = { type = "e", null = true, default = "b" }
at = { type = "timestamptz", null = true, default = "2030-06-01 00:00" }
path = { type = "text", null = true, default = 'a\nb' }
"#,
        );
        let script = project.run("plan", &["--format", "sql"]).must(0).out;
        // Whatever the session of who runs it is like.
        let mut elsewhere = session(project);
        elsewhere.batch_execute("set TimeZone = 'America/New_York'; set standard_conforming_strings = off").unwrap();
        elsewhere.batch_execute(&script).unwrap();
        project.plan().must(0);
    });
}

#[test]
fn names_as_long_as_the_server_keeps_them_and_longer() {
    on_each(|project, _| {
        let long = "x".repeat(63);
        project.write_schema(&format!("[table.{long}.column]\n{long} = {{ type = \"int\" }}\n"));
        project.run("apply", &["--auto-approve"]).must(0);
        project.plan().must(0);
        project.write_schema(&format!("[table.{long}y.column]\na = {{ type = \"int\" }}\n"));
        project.run("plan", &[]).must(1).says("63 bytes");
    });
}

#[test]
fn no_password_in_a_message() {
    on_each(|project, _| {
        project.write_schema(TWO_COLUMNS);
        let url = "postgres://nobody:s3cr3t@localhost:1/none?connect_timeout=2";
        let mut plan = command(&project.folder);
        plan.args(["plan", "--database", url]).arg("--schema").arg(&project.schema);
        let failed = finish(plan).must(1);
        assert!(!failed.text().contains("s3cr3t"), "{failed}");
    });
}

/// What somebody has anyway may be said, of one's own objects and of an extension's.
#[test]
fn what_is_new_is_tried_before_anything_runs() {
    on_each(|project, database| {
        database.run("create table old (id int not null)").unwrap();
        let old = "[table.old.column]\nid = { type = \"int\" }\n";
        let refused = |toml: &str, said: &str, caret: &str| {
            project.write_schema(&format!("{old}{toml}"));
            let plan = project.run("plan", &[]).must(1);
            plan.says(said).says(caret);
        };
        refused(
            "[table.t]\ncolumn.age = { type = \"int\" }\ncheck.fits = \"agee between 0 and 200\"\n",
            "column \"agee\" does not exist",
            "^^^^\n",
        );
        refused(
            "[view.v]\nquery = '''\nselect id\n  from old whre id > 3\n'''\n",
            "syntax error at or near \"id\"",
            "6 |   from old whre id > 3\n  |                 ^^",
        );
        refused("[table.t]\ncolumn.at = { type = \"timestmp\" }\n", "type \"timestmp\" does not exist", "^^^^^^^^");
        refused(
            "[table.t]\ncolumn.a = { type = \"int\", default = { sql = \"random_text()\" } }\n",
            "random_text() does not exist",
            "^^^",
        );
        refused(
            "[table.old.policy.mine]\nroles = [\"nobody_at_all\"]\nusing = \"true\"\n",
            "role \"nobody_at_all\" does not exist",
            "nobody_at_all",
        );
        refused(
            "[table.t]\nowner = \"nobody_at_all\"\n[table.t.column]\na = { type = \"int\" }\n",
            "role \"nobody_at_all\" does not exist",
            "table.t",
        );
        refused(
            "[view.v]\nquery = \"select 1 as a\"\ngrant = { public = [\"select\"], nobody_at_all = [\"select\"] }\n",
            "role \"nobody_at_all\" does not exist",
            "nobody_at_all =",
        );
        refused(
            "[function.f]\nreturns = \"int\"\nlanguage = \"plpgsql\"\nbody = \"\"\"\nbegin\n  retrun 1;\nend\n\"\"\"\n",
            "syntax error at or near \"retrun\"",
            "  retrun 1;\n  |   ^^^^^^",
        );
        refused(
            "[range.r]\nsubtype = \"int4\"\nsubtype_diff = \"nof\"\n",
            "function nof(integer, integer)",
            "nof\"\n  |                 ^^^",
        );
        refused(
            "[aggregate.\"a(int)\"]\nstype = \"int\"\nsfunc = \"nof\"\n",
            "function nof(integer, integer)",
            "nof\"\n  |          ^^^",
        );
        refused(
            "[function.f]\nreturns = \"int\"\nbody = \"select 1\"\nlanguage = \"sqll\"\n",
            "language \"sqll\" does not exist",
            "^^^^",
        );
        refused(
            "[table.old.trigger.x]\ntiming = \"before\"\nevents = [\"insert\"]\nexecute = \"nof()\"\n",
            "function nof() does not exist",
            "nof()\"\n  |            ^^^",
        );
        refused(
            "[table.old.index]\ni = { columns = [\"id\"], where = \"now() > now()\" }\n",
            "functions in index predicate must be marked IMMUTABLE",
            "^^^^^^^^^^^^^^^",
        );
        // What the plan itself brings is no fault: a type, a function of the table's rows, a column, a table.
        project.write_schema(
            "[table.old.column]\nid = { type = \"int\" }\nnote = { type = \"text\", null = true }\n[enum.mood]\nvalues = [\"sad\"]\n[table.t]\ncolumn.m = { type = \"mood\", default = \"sad\" }\ncheck.whole = \"whole(t) is not null\"\n[function.\"whole(t)\"]\narguments = \"r t\"\nreturns = \"text\"\nbody = \"select r::text\"\n[view.v]\nquery = \"select note, m from old, t\"\n[view.w]\nquery = \"select * from v\"\n",
        );
        project.run("plan", &[]).must(0);
    });
}

/// Each mistake in what rests on other new things is shown at once, with stand-ins for what it rests on.
#[test]
fn what_rests_on_what_is_new_is_tried_too() {
    on_each(|project, database| {
        database.run("create table old (id int not null)").unwrap();
        let toml = "[table.old.column]\nid = { type = \"int\" }\n\
            [enum.mood]\nvalues = [\"sad\", \"ok\"]\n\
            [domain.cents]\ntype = \"int\"\n[composite.pair.attribute]\na = { type = \"mood\" }\nb = { type = \"cents\" }\n\
            [table.date]\ncolumn.id = { type = \"serial\" }\ncolumn.m = { type = \"mood\", default = \"sda\" }\n\
            column.p = { type = \"pair\" }\ncolumn.t = { type = \"text\" }\ncheck.c = \"mm <> 'sad'\"\n\
            index.i = { columns = [{ sql = \"lowr(t)\" }] }\n\
            [table.date.trigger.touch]\ntiming = \"before\"\nevents = [\"insert\"]\nfor_each = \"row\"\nexecute = \"touch()\"\n\
            [function.\"touch()\"]\nreturns = \"trigger\"\nlanguage = \"plpgsql\"\nbody = \"begin return new; end\"\n\
            [view.v]\nquery = \"select x.id, x.nothing from date x\"\n\
            [view.fine]\nquery = \"select x.id, (x.p).b + o.id as s from date x join old o on o.id = x.id\"\n\
            [view.w]\nquery = \"select s + id as n, (p).c from fine join date using (id)\"\n";
        project.write_schema(toml);
        let mut plan = project.run("plan", &[]).must(1);
        let found = ["enum mood: \"sda\"", "column \"mm\" does not exist", "function lowr(text) does not exist"];
        for said in found.into_iter().chain(["column x.nothing does not exist", "\"c\" not found in data type pair"]) {
            plan = plan.says(said);
        }
        plan.says("5 errors");
        let mended = [("sda", "sad"), ("mm <>", "m <>"), ("lowr", "lower"), (", x.nothing", ""), ("(p).c", "(p).a")];
        project.write_schema(&mended.into_iter().fold(toml.to_owned(), |toml, (from, to)| toml.replace(from, to)));
        project.run("apply", &["--auto-approve"]).must(0);
        project.plan().must(0);
    });
}

/// Names are looked up in the schema of the file, and a stand-in for another schema's table is not taken for it.
#[test]
fn what_is_tried_is_tried_in_its_schema() {
    on_each(|project, database| {
        database.run("create schema app; create table app.person (id int not null, name text not null)").unwrap();
        let app = "in_schema = \"app\"\n[table.person.column]\nid = { type = \"int\" }\nname = { type = \"text\" }\n\
            [view.names]\nquery = \"select name from person\"\n\
            [enum.kind]\nvalues = [\"a\"]\n[table.thing.column]\nk = { type = \"kind\" }\n";
        let public = "[schema.app]\n[table.person.column]\nid = { type = \"int\" }\nage = { type = \"int\" }\n\
            [view.ages]\nquery = \"select age, k from person, app.thing\"\n\
            [view.\"app.both\"]\nquery = \"select age from person\"\n";
        project.write_schema(public);
        std::fs::write(project.schema.join("app.toml"), app).unwrap();
        project.run("apply", &["--auto-approve"]).must(0);
        project.plan().must(0);
    });
}

/// What only shows when it is applied is shown where it is written too.
#[test]
fn a_statement_that_fails_is_shown_where_it_is_written() {
    on_each(|project, _| {
        project.write_schema(
            "[function.\"wise(int)\"]\nreturns = \"int\"\nbody = \"select $1\"\n\
             [view.v]\nquery = \"select wise('x'::text) as w\"\n",
        );
        let failed = project.run("apply", &["--auto-approve"]).must(1);
        failed.says("wise(text) does not exist").says(".toml:5:").says("nothing was changed").says("CREATE VIEW");
        project.write_schema(
            "[table.t]\ncomment = \"x\"\nowner = \"nobody_at_all\"\n[table.t.column]\na = { type = \"int\" }\n",
        );
        let failed = project.run("apply", &["--auto-approve"]).must(1);
        failed.says("role \"nobody_at_all\" does not exist").says(".toml:3:10");
    });
}

/// `INHERIT` takes a table only with all that its parent has.
#[test]
fn a_table_that_begins_to_inherit_gets_what_it_lacks() {
    on_each(|project, database| {
        database
            .run(
                "create table base (id int not null, a text default 'x', n int, check (id > 0)); \
                 create table child (b int); create table other (id int, a text, b int); \
                 insert into other values (7, 'y', 3)",
            )
            .unwrap();
        let base = "[table.base.column]\nid = { type = \"int\", check = \"id > 0\" }\na = { type = \"text\", null = true, default = \"x\" }\nn = { type = \"int\", null = true }\n";
        let heir = |name: &str| {
            format!(
                "[table.{name}]\ninherits = [\"base\"]\n[table.{name}.column]\nb = {{ type = \"int\", null = true }}\n"
            )
        };
        project.write_schema(&format!("{base}{}{}", heir("child"), heir("other")));
        database.run("insert into other values (null, 'z', 4)").unwrap();
        project.run("apply", &["--auto-approve", "--allow-destructive"]).must(3).says("would have no value");
        database.run("delete from other where id is null").unwrap();
        project.apply().must(0);
        let row =
            session(project).query_one("select id, a, other.n, b from other join base using (id, a)", &[]).unwrap();
        assert_eq!((row.get::<_, i32>(0), row.get::<_, Option<i32>>(2), row.get::<_, i32>(3)), (7, None, 3));
        project.plan().must(0);
    });
}

/// An extension may have more objects than the schema itself; none of them is anybody's business.
#[test]
fn an_extension_of_twenty_thousand_objects() {
    on_each(|project, database| {
        let functions = "do $$ begin for i in 1..20000 loop execute format('create function f%s(int) returns int language sql as ''select 1''', i); end loop; end $$";
        let members = "insert into pg_depend select 'pg_proc'::regclass, p.oid, 0, 'pg_extension'::regclass, e.oid, 0, 'e' \
                       from pg_proc p, pg_extension e where e.extname = 'hstore' and p.proname ~ '^f[0-9]+$'";
        database.run(&format!("create extension hstore; create table t (id int); {functions}; {members}")).unwrap();
        project.import().must(0);
        let written: Vec<_> =
            snapshot(&project.schema).into_values().map(|text| String::from_utf8(text).unwrap()).collect();
        assert_eq!(written.concat().lines().filter(|line| line.starts_with('[')).count(), 2, "{written:?}");
        project.plan().must(0);
    });
}
