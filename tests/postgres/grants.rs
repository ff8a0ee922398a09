//! What people may do who are named nowhere, or by defaults.

use super::{on_each, session};

#[test]
fn privileges_that_are_built_in() {
    on_each(|project, database| {
        project.write_schema(
            "[function.\"f()\"]\nreturns = \"int\"\nbody = \"select 1\"\ngrant.public = [\"execute\"]\n[extension.hstore.function.\"hstore(text, text)\".grant]\npublic = [\"execute\"]\n",
        );
        project.run("apply", &["--auto-approve"]).must(0);
        project.plan().must(0);
        database.run("revoke execute on function hstore(text, text) from public").unwrap();
        project.plan().must(2).says("extension.hstore").says("hstore(text, text)");
        project.run("apply", &["--auto-approve"]).must(0);
        project.plan().must(0);
    });
}

/// What the server refuses is shown where it was written, before anything runs, and only what nothing else explains.
/// Who may do what.
const RIGHTS: &str = "select name::text, grantee::regrole::text, privilege_type::text from (
    select relname as name, coalesce(relacl, acldefault('r', relowner)) as acl from pg_class where relname in ('m', 'v')
    union all
    select proname, coalesce(proacl, acldefault('f', proowner)) from pg_proc where proname in ('f', 'g')
) of, aclexplode(acl) order by 1, 2, 3";

const BEFORE: &str = "create table t (id int primary key, a text);
create view v as select id, a from t;
create materialized view m as select id from t;
create function f(a int) returns int language sql as 'select a';
create function g(a int) returns int language sql as 'select a';
alter default privileges grant select on tables to trueup_default_reader;
alter default privileges revoke execute on functions from public;
grant execute on function g(int) to trueup_default_reader;
grant select on m to trueup_default_reader";

const AFTER: &str = r#"
[table.t.column]
id = { type = "int", primary_key = true }
a = { type = "text", null = true }
[view.v]
query = "select a, id from t"
[view.m]
materialized = true
query = "select id, a from t"
[function."f(a int)"]
returns = "bigint"
body = "select a"
[function."g(a int)"]
returns = "bigint"
body = "select a"
"#;

/// Nobody gets by defaults what was not theirs on an object that is made again, or loses what was.
#[test]
fn what_is_made_again_is_whose_it_was() {
    on_each(|project, database| {
        let made = "do $$ begin create role trueup_default_reader; exception when duplicate_object then end $$";
        database.run(made).unwrap();
        database.run(BEFORE).unwrap();
        let rights = || -> Vec<[String; 3]> {
            let rows = session(project).query(RIGHTS, &[]).unwrap();
            rows.iter().map(|row| [row.get(0), row.get(1), row.get(2)]).collect()
        };
        let before = rights();
        project.write_schema(AFTER);
        project.run("apply", &["--auto-approve", "--allow-destructive"]).must(0).says("4 recreated");
        assert_eq!(rights(), before);
        project.plan().must(0);
    });
}
