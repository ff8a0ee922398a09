//! MySQL and MariaDB: triggers, routines and events, what they keep of their making, and what a user may not see of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]

mod support;

use mysql::prelude::Queryable as _;
use support::program::Project;
use support::server::mysql::{connect, on_each, session};
use support::server::own::OwnServer;

const PROGRAMS: &str = "create table t (id int primary key, a int); create view v as select a from t; \
     create trigger tr before insert on t for each row set new.a = 1; \
     create event e on schedule every 1 day starts '2035-01-01 00:00:00' do select 1; \
     create function f(x int) returns int deterministic return x; create procedure p() select 1";

fn written(project: &Project) -> String {
    std::fs::read_to_string(project.schema.join("schema.toml")).unwrap()
}

/// The name of the database of a project.
fn database(project: &Project) -> String {
    let url = project.server.as_deref().unwrap();
    url.rsplit('/').next().unwrap().split('?').next().unwrap().to_owned()
}

#[test]
fn what_a_user_may_not_see_is_said_and_stays() {
    on_each(|project, server| {
        server.run(PROGRAMS).unwrap();
        project.import().must(0);
        let (all, database) = (written(project), database(project));
        let table = all.split("[view.").next().unwrap();
        let table = table.get(table.find("[table.").unwrap()..).unwrap().split("[table.t.trigger").next().unwrap();
        let mut root = session(project);
        let user = format!("`{database}_u`");
        let reader = project.at(&project.server.as_deref().unwrap().replacen("root@", &format!("{database}_u@"), 1));
        let mut plan = |grants: &[&str]| {
            root.query_drop(format!("drop user if exists {user}")).unwrap();
            root.query_drop(format!("create user {user}")).unwrap();
            for grant in grants {
                root.query_drop(format!("grant {grant} to {user}").replace("DB", &format!("`{database}`"))).unwrap();
            }
            reader.import().must(0);
            assert_eq!(written(project), all, "{grants:?}");
            reader.plan()
        };
        // What it may not see would else be made again, and could not be.
        let said = plan(&["select on DB.*"]).must(2);
        for id in ["view.v", "table.t.trigger.tr", "function.f", "procedure.p", "event.e"] {
            assert!(said.text().contains(id), "{id}\n{said}");
        }
        assert!(!said.text().contains("+ "), "{said}");
        plan(&["select (id, a) on DB.t"]).must(2).says("table.t ").says("tables that this user may not see");
        plan(&["select, show view, trigger, execute on DB.*"]).must(2).says("event.e").says("function.f");
        let said = plan(&["select, show view, event on DB.*", "trigger on DB.t", "select on *.*"]).must(0);
        assert!(!said.text().contains("events"), "{said}");
        plan(&["all on *.*"]).must(0).says("matches");
        // Nor are they said to be none where the TOML has none.
        project.write_schema(table);
        root.query_drop(format!("revoke all privileges, grant option from {user}")).unwrap();
        root.query_drop(format!("grant select, show view on `{database}`.* to {user}")).unwrap();
        root.query_drop(format!("drop view `{database}`.v")).unwrap();
        reader.plan().must(0).says("Not managed").says("triggers").says("functions").says("procedures").says("events");
        root.query_drop(format!("drop user {user}")).unwrap();
    });
}

#[test]
fn an_event_keeps_its_time_zone() {
    on_each(|project, server| {
        let event = "every 1 day starts '2035-01-01 00:00:00' do select 1";
        server.run(&format!("set time_zone = '+05:00'; create event e on schedule {event}")).unwrap();
        project.import().must(0);
        let toml = written(project);
        assert!(toml.contains("time_zone = \"+05:00\""), "{toml}");
        let zones = || -> Vec<(String, String)> {
            let zones = "select time_zone, cast(starts as char) from information_schema.events \
                         where event_schema = database() order by event_name";
            session(project).query(zones).unwrap()
        };
        let first = ("+05:00".to_owned(), "2035-01-01 00:00:00".to_owned());
        // Altered, and made again; and where nothing is said.
        for toml in [
            format!("{toml}comment = \"x\"\n"),
            format!("{toml}comment = \"x\"\nrenamed_from = \"e\"\n").replace("event.e", "event.e2"),
            format!("{toml}comment = \"y\"\n").replace("time_zone", "# ").replace("event.e", "event.e2"),
        ] {
            project.write_schema(&toml);
            project.apply().must(0);
            project.plan().must(0);
            assert_eq!(zones(), std::slice::from_ref(&first));
        }
        // A new one has the server's, as any client's, and another zone is a change.
        let toml = "[event.n]\nschedule = \"every 1 day\"\nstarts = \"2035-01-01 00:00:00\"\nbody = \"select 1\"\n";
        project.write_schema(toml);
        project.apply().must(0);
        project.plan().must(0);
        assert_eq!(zones(), [("SYSTEM".to_owned(), first.1.clone())]);
        project.write_schema(&format!("{toml}time_zone = \"+05:00\"\n"));
        project.plan().must(2).says("time_zone");
        project.apply().must(0);
        project.plan().must(0);
        assert_eq!(zones(), std::slice::from_ref(&first));
    });
}

/// What cannot be renamed is made again, as the old one was in all that is not said.
#[test]
fn a_program_with_another_name_keeps_its_definer() {
    on_each(|project, server| {
        let database = database(project);
        let definer = format!("`{database}_d`@`%`");
        server.run(&format!("create user {definer}; {PROGRAMS}")).unwrap();
        project.import().must(0);
        let by_definer = |text: &str| text.replace("create ", &format!("create definer = {definer} "));
        for word in ["trigger tr", "function f", "procedure p", "event e"] {
            server.run(&format!("drop {word}")).unwrap();
        }
        let programs: Vec<&str> = PROGRAMS.split("; ").skip(2).map(str::trim).collect();
        server.run(&by_definer(&programs.join("; "))).unwrap();
        let mut toml = written(project);
        for (from, to, name) in [
            ("[table.t.trigger.tr]", "[table.t.trigger.tr2]", "tr"),
            ("[function.f]", "[function.f2]", "f"),
            ("[procedure.p]", "[procedure.p2]", "p"),
            ("[event.e]", "[event.e2]", "e"),
        ] {
            assert!(toml.contains(from), "{toml}");
            toml = toml.replace(from, &format!("{to}\nrenamed_from = \"{name}\""));
        }
        project.write_schema(&toml.replace("set new.a = 1", "set new.a = 7").replace("every 1 day", "every 7 day"));
        // What differs besides is said.
        project.plan().must(2).says("renamed from tr").says("set new.a = 7").says("every 7 day");
        project.apply().must(0);
        project.plan().must(0);
        let definers: Vec<String> = session(project)
            .query(
                "select definer from information_schema.triggers where trigger_schema = database() \
                 union all select definer from information_schema.routines where routine_schema = database() \
                 union all select definer from information_schema.events where event_schema = database()",
            )
            .unwrap();
        assert_eq!(definers, vec![format!("{database}_d@%"); 4]);
        server.run(&format!("drop user {definer}")).unwrap();
    });
}

/// Clients of all kinds make them, and few say `utf8mb4`, as trueup does.
#[test]
fn what_another_client_made_is_made_again() {
    on_each(|project, server| {
        server.run(&format!("set names latin1; {PROGRAMS}")).unwrap();
        project.import().must(0);
        let toml = written(project).replace("return x", "return x + 1").replace("select 1", "select 2");
        project.write_schema(&toml.replace("set new.a = 1", "set new.a = 2"));
        project.plan().must(2).says("trigger.tr").says("function.f").says("procedure.p").says("event.e");
        project.apply().must(0);
        project.plan().must(0);
    });
}

#[test]
fn a_name_in_other_letters_is_made() {
    on_each(|project, server| {
        server
            .run("create function Gn(x int) returns int deterministic return x; create procedure Pn() select 1")
            .unwrap();
        server.run("create event En on schedule every 1 day do select 1").unwrap();
        project.import().must(0);
        let toml = written(project).replace("Gn", "gn").replace("Pn", "pn").replace("En", "en");
        project.write_schema(&toml);
        project.plan().must(2).says("renamed from Gn").says("renamed from Pn").says("renamed from En");
        project.apply().must(0);
        project.plan().must(0);
    });
}

#[test]
fn a_server_under_the_mode_of_oracle() {
    let Some(server) = OwnServer::mariadb(&["--sql-mode=ORACLE"]) else { return };
    connect(&server.url("mysql")).query_drop("create database shop").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let project = Project::new(folder.path()).at(&server.url("shop"));
    let function = "[function.f]\narguments = \"x int\"\nreturns = \"int\"\ndeterministic = true\n";
    project.write_schema(&format!("{function}body = \"as v int; begin v := x; return v; end\"\n"));
    project.apply().must(0);
    project.plan().must(0);
    project.import().must(0);
    // It is read again with what it returns, and made again.
    let toml = written(&project);
    assert!(toml.contains("returns"), "{toml}");
    project.write_schema(&toml.replace("v := x", "v := x + 1").replace("int(11)\"", "bigint(20)\""));
    project.apply().must(0);
    project.plan().must(0);
    session(&project)
        .query_drop("create or replace function f(x int) return varchar(77) as begin return 'a'; end")
        .unwrap();
    project.plan().must(2).says("varchar(77)");
}

#[test]
fn a_server_whose_not_binds_higher() {
    on_each(|project, _| {
        let mode = "sql_mode = \"HIGH_NOT_PRECEDENCE\"\n";
        let event = |more: &str| format!("[event.e]\nschedule = \"every 1 day\"\nbody = \"select 1\"\n{mode}{more}");
        for more in ["", "comment = \"x\"\n", "on_completion = \"preserve\"\n", ""] {
            project.write_schema(&event(more));
            project.apply().must(0);
            project.plan().must(0);
        }
    });
}

const OTHERWISE: &str = r#"
[table.t]
column.a = { type = "int", null = true }
trigger.g = { timing = "before", events = ["insert"], body = "  set new.a = 1" }

[event]
short  = { schedule = "at '2031-01-01 10:00'", body = "  select 1" }
day    = { schedule = "at '2031-01-01'", body = "-- first\nselect 1" }
digits = { schedule = "at 20310101100000", body = "select 1" }
daily  = { schedule = "every 1 day", starts = "2031-01-01", ends = "2032-01-01T10:00:00", body = "select 1" }

[procedure.p]
body = "/* x */ select 1;"
"#;

#[test]
fn moments_and_bodies_are_kept_in_other_words() {
    on_each(|project, _| {
        project.write_schema(OTHERWISE);
        project.apply().must(0);
        project.plan().must(0);
        project.write_schema(&OTHERWISE.replace("'2031-01-01'", "'2031-01-03'"));
        project.plan().must(2).says("event.day");
        project.apply().must(0);
        project.plan().must(0);
    });
}

/// What a program does in a row that does not fit depends on the mode that it was made under.
#[test]
fn a_program_says_the_mode_that_it_is_made_under() {
    on_each(|project, server| {
        let routine = "create procedure p() select 1";
        server.run(routine).unwrap();
        project.import().must(0);
        assert!(!written(project).contains("sql_mode"), "{}", written(project));
        server.run("drop procedure p; set sql_mode = ''; create procedure p() select 1").unwrap();
        project.import().must(0);
        let toml = written(project);
        assert!(toml.contains("sql_mode = \"\""), "{toml}");
        // The words of people, which the server keeps in its own.
        let under =
            |mode: &str| project.write_schema(&toml.replace("sql_mode = \"\"", &format!("sql_mode = \"{mode}\"")));
        under("strict_all_tables,only_full_group_by");
        project.plan().must(2).says("sql_mode");
        project.apply().must(0);
        project.plan().must(0);
        under("stricto");
        project.plan().must(1).says("stricto").says("sql_mode = \"stricto\"");
        under("");
        project.apply().must(0);
        project.import().must(0);
        assert_eq!(written(project), toml);
    });
}

/// Without a beginning in its statement an event begins anew, and runs at once.
#[test]
fn an_event_goes_on_when_it_is_changed() {
    on_each(|project, server| {
        server.run("create event e on schedule every 1 day starts '2035-01-01 03:00:00' do set @a = 1").unwrap();
        let begins = || -> Vec<String> {
            let begins = "select cast(starts as char) from information_schema.events where event_schema = database()";
            session(project).query(begins).unwrap()
        };
        let event = |name: &str, rest: &str| {
            project.write_schema(&format!("[event.{name}]\nschedule = \"every 1 day\"\n{rest}"));
            project.apply().must(0);
            project.plan().must(0);
            assert_eq!(begins(), ["2035-01-01 03:00:00"], "{name} {rest}");
        };
        event("e", "body = \"set @a = 2\"\n");
        event("e", "body = \"set @a = 2\"\ncomment = \"daily\"\n");
        event("n", "body = \"set @a = 2\"\nrenamed_from = \"e\"\n");
    });
}
