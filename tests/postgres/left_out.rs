//! What the TOML cannot say, or not do, is said.

use super::on_each;

/// What has no key in the TOML is counted, so that no plan says that all is as it should be.
#[test]
fn what_cannot_be_said_is_counted() {
    on_each(|project, database| {
        project.import().must(0);
        let plan = project.plan().must(0);
        assert!(!plan.text().contains("Not managed"), "{}", plan.text());
        database
            .run(
                "create function \"f(x)\"(\"y, z\" int) returns int language sql as 'select 1'; \
                 comment on language plpgsql is 'ours'; \
                 create table p (a int) partition by list (a); create table p1 partition of p for values in (1); \
                 create function tf() returns trigger language plpgsql as 'begin return null; end'; \
                 create trigger pt after insert on p for each row execute function tf(); \
                 alter table p1 disable trigger pt; \
                 create materialized view m as select a from p; alter materialized view m alter a set statistics 300",
            )
            .unwrap();
        project.import().must(0);
        let plan = project.plan().must(0);
        let plan = plan.says("1 routine with a parenthesis in its name");
        let plan = plan.says("1 language with an owner, a comment or privileges of its own");
        let plan = plan.says("1 partition trigger with a state of its own");
        plan.says("1 materialized view with settings of its columns");
    });
}

/// The types that a function takes are no name: with others it is another function.
#[test]
fn a_function_that_takes_other_types_is_not_renamed() {
    on_each(|project, database| {
        database.run("create function f(a int) returns int language sql as 'select 1'").unwrap();
        project.write_schema(
            "[function.\"g(bigint)\"]\nrenamed_from = \"f\"\narguments = \"a bigint\"\nreturns = \"int\"\nbody = \"select 1\"\n",
        );
        project.plan().must(2).says("renamed from f(integer)").says("it cannot be renamed from function.f(integer)");
        project.run("apply", &["--auto-approve"]).must(0);
        project.plan().must(0);
    });
}

/// The server keeps the order of the columns of a table that is of a type.
#[test]
fn a_type_with_tables_keeps_its_order() {
    on_each(|project, database| {
        database.run("create type c as (a int, b int); create table t of c; insert into t values (1, 2)").unwrap();
        project.write_schema(
            "[composite.c.attribute]\nb = { type = \"int\" }\na = { type = \"int\" }\n[table.t]\nof_type = \"c\"\n",
        );
        project.run("apply", &["--auto-approve", "--allow-destructive"]).must(3).says("table.t is of it");
        database.run("insert into t (a, b) values (3, 4)").unwrap();
    });
}

/// What would be lost stays, and with it what cannot come without that.
#[test]
fn the_rest_is_done_beside_what_would_be_lost() {
    on_each(|project, database| {
        let skipping = |toml: &str| {
            project.write_schema(toml);
            project.run("apply", &["--auto-approve", "--skip-destructive"]).must(0)
        };
        // A table that another is to have the name of, and a table that becomes a view.
        database
            .run(
                "create table t (id int); insert into t values (1); create table t_new (id int, b int); \
                 create table v (id int); insert into v values (1); \
                 create type c as (a int, b text); create table h (k c); insert into h values (row (1, 'x'))",
            )
            .unwrap();
        skipping(
            "[table.t]\nrenamed_from = \"t_new\"\ncolumn.id = { type = \"int\", null = true }\n\
             column.b = { type = \"int\", null = true }\n\
             [view.v]\nquery = \"select 1 as id\"\n\
             [composite.c]\nattribute.a = { type = \"bigint\" }\n\
             [table.h.column]\nk = { type = \"c\", null = true }\nz = { type = \"int\", null = true }\n",
        );
        database
            .run("select z, (k).b from h; select b from t_new; select id from t; insert into v values (2)")
            .unwrap();
    });
}

/// The text of a view means something on the server as it is, and nothing once the plan is done.
#[test]
fn a_view_that_reads_what_has_another_name_then() {
    on_each(|project, database| {
        database.run("create table u (id int); create view v as select id from u").unwrap();
        let said = |table: &str, query: &str| {
            project.write_schema(&format!(
                "[table.m]\n{table}column.id = {{ type = \"int\", null = true }}\n[view.v]\nquery = \"{query}\"\n"
            ));
            project.plan()
        };
        let renamed = "renamed_from = \"u\"\n";
        said(renamed, "select id from u").must(1).says("it reads table.u, which is table.m now");
        said("", "select id from public.u").must(1).says("it reads table.u, which is not in the TOML");
        said(renamed, "with u as (select 1 as id) select id from u union select id from m").must(2);
        said(renamed, "select u.id from m u").must(2);
    });
}

/// A text of the TOML is one piece of SQL: what stands behind its end is never run, by a plan least of all.
#[test]
fn what_would_run_on_is_refused() {
    on_each(|project, database| {
        database.run("create table kept (id int); insert into kept values (1)").unwrap();
        let kept = "[table.kept.column]\nid = { type = \"int\", null = true }\n";
        for part in [
            "[view.v]\nquery = \"select 1 as a; commit; delete from kept\"\n",
            "[view.v]\nquery = \"select 'a as a\"\n",
            "[table.t.column]\na = { type = \"int; delete from kept\" }\n",
            "[table.t.column]\na = { type = \"int default 5\" }\n",
            "[table.t]\npartition_by = \"list (a); delete from kept\"\ncolumn.a = { type = \"int\" }\n",
            "[domain.d]\ntype = \"int\"\ndefault.sql = \"1; delete from kept\"\n",
            "[function.\"f()\"]\nreturns = \"int\"\nlanguage = \"sql\"\nbody = \"begin atomic select 1; end; delete from kept\"\n",
        ] {
            project.write_schema(&format!("{kept}{part}"));
            project.run("plan", &["--probe"]).must(1);
            project.run("apply", &["--auto-approve"]).must(1);
            database.run("do $$ begin if not exists (select from kept) then raise 'lost'; end if; end $$").unwrap();
        }
    });
}

/// A value for the rows that cannot be had is found before anything runs.
#[test]
fn a_backfill_is_tried_first() {
    on_each(|project, database| {
        database.run("create table t (id int primary key, q text); insert into t values (1, 'A')").unwrap();
        for (value, code) in [("1 +", 3), ("zz + 1", 3), ("nofun(id)", 3), ("max(id)::text", 3), ("lower(q)", 0)] {
            project.write_schema(&format!(
                "[table.t]\nprimary_key = [\"id\"]\n[table.t.column]\nid = {{ type = \"int\" }}\n\
                 q = {{ type = \"text\", null = true }}\nx = {{ type = \"text\", null = true, backfill = {{ sql = \"{value}\" }} }}\n"
            ));
            let applied = project.run("apply", &["--auto-approve"]).must(code);
            if code == 3 {
                applied.says("its `backfill` cannot be evaluated");
            }
        }
        database.run("do $$ begin if (select x from t) <> 'a' then raise 'lost'; end if; end $$").unwrap();
    });
}

/// A database that takes no new objects cannot be asked what is only written otherwise.
#[test]
fn an_event_trigger_against_new_objects_is_no_difference() {
    on_each(|project, database| {
        database
            .run(
                "create table t (a int); create view v as select a from t where a between 1 and 2; \
                 create function ef() returns event_trigger language plpgsql as \
                 $$begin if tg_tag like 'CREATE %' then raise exception 'not here'; end if; end$$; \
                 create event trigger et on ddl_command_start execute function ef()",
            )
            .unwrap();
        project.import().must(0);
        project.plan().must(0);
        let file = project.schema.join("schema.toml");
        let text = std::fs::read_to_string(&file).unwrap();
        let start = text.find("[view.v]").unwrap();
        let before = text.get(..start).unwrap();
        project.write_schema(&format!("{before}[view.v]\nquery = \"select a from t where a between 1 and 2\"\n"));
        let plan = project.plan().must(2);
        let plan = plan.says("Could not be compared").says("the server cannot be asked: not here");
        assert!(!plan.text().contains("recreated"), "{}", plan.text());
        database.run("drop event trigger et").unwrap();
    });
}
