//! What a person protects, allows, selects or saves is what counts, whatever way the plan goes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]

mod support;

use std::fs;

use serde_json::{Value, json};
use support::oracle::report;
use support::program::{Outcome, Project, trueup, url};
use tempfile::TempDir;

/// Two tables with a row each.
const TWO: &str = "
create table t (id integer primary key, keep text);
create table u (id integer primary key, z int);
insert into t values (1, 'precious');
insert into u values (5, 6);
";

/// The second takes the name of the first.
const DISPLACED_TABLE: &str = r#"
[table.t]
renamed_from = "u"
primary_key  = ["id"]

[table.t.column]
id = { type = "integer" }
z  = { type = "int", null = true }
"#;

/// A column takes the name of another.
const DISPLACED_COLUMN: &str = r#"
[table.t]
primary_key = ["id"]

[table.t.column]
id = { type = "integer" }
a  = { type = "int", null = true, renamed_from = "b" }
"#;

const COLUMNS: &str =
    "create table t (id integer primary key, a text, b int); insert into t values (1, 'precious', 2);";

fn project(sql: &str, schema: &str) -> (TempDir, Project) {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::new(folder.path());
    project.sql(sql);
    project.write_schema(schema);
    (folder, project)
}

fn protect(project: &Project, address: &str) {
    fs::write(project.folder.join("trueup.toml"), format!("[manage]\nprotect = [\"{address}\"]\n")).unwrap();
}

fn plain(project: &Project, more: &[&str]) -> Outcome {
    project.run("apply", &[&["--auto-approve"], more].concat())
}

/// No way to apply is open, and nothing changes.
#[track_caller]
fn is_protected(project: &Project, address: &str) {
    let before = fs::read(&project.database).unwrap();
    for flags in [&[][..], &["--allow-destructive"], &["--allow", address]] {
        plain(project, flags).must(3).says("protect").says(address);
    }
    assert_eq!(fs::read(&project.database).unwrap(), before);
}

#[test]
fn a_protected_table_is_not_displaced_by_a_rename() {
    let (_folder, project) = project(TWO, DISPLACED_TABLE);
    protect(&project, "table.t");
    is_protected(&project, "table.t");
    project.sql("delete from t");
    is_protected(&project, "table.t");
}

#[test]
fn a_protected_column_is_not_displaced_by_a_rename() {
    let (_folder, project) = project(COLUMNS, DISPLACED_COLUMN);
    protect(&project, "table.t.column.a");
    is_protected(&project, "table.t.column.a");
    protect(&project, "table.t");
    is_protected(&project, "table.t.column.a");
}

#[test]
fn a_protected_table_keeps_its_columns_under_another_name() {
    let schema = |more: &str| {
        let head = "[table.s]\nrenamed_from = \"t\"\nprimary_key = [\"id\"]\n[table.s.column]\n";
        format!("{head}id = {{ type = \"integer\" }}\n{more}")
    };
    let (_folder, project) = project(
        "create table t (id integer primary key, keep text); insert into t values (1, 'precious')",
        &schema(""),
    );
    for address in ["table.t", "table.t.column.keep"] {
        protect(&project, address);
        plain(&project, &["--allow-destructive"]).must(3).says("protect").says(".column.keep");
        assert_eq!(project.value("select keep from t"), "'precious'");
    }
    // A new name alone loses nothing.
    project.write_schema(&schema("keep = { type = \"text\", null = true }\n"));
    plain(&project, &[]).must(0);
    assert_eq!(project.value("select keep from s"), "'precious'");
}

#[test]
fn a_protected_virtual_table_is_not_made_again_with_less() {
    let sql = "create virtual table search using fts5(title, body); insert into search values ('t', 'b');";
    let (_folder, project) = project(sql, "[virtual_table.search]\nusing = \"fts5(title)\"\n");
    protect(&project, "virtual_table.search");
    is_protected(&project, "virtual_table.search");
}

#[test]
fn a_protected_column_keeps_its_values_when_it_would_be_computed() {
    let schema = "[table.t.column]\na = { type = \"int\", null = true }\nb = { type = \"int\", null = true, generated = { stored = \"a * 2\" } }\n";
    let (_folder, project) = project("create table t (a int, b int); insert into t values (1, 999)", schema);
    protect(&project, "table.t.column.b");
    // Leave is asked for at the least; nothing goes without a word.
    plain(&project, &[]).must(3).says("table.t.column.b");
    assert_eq!(project.value("select b from t"), "999");
}

#[test]
fn leave_for_what_is_displaced_is_given_under_its_own_name() {
    let (_folder, displaced) = project(TWO, DISPLACED_TABLE);
    for flags in [&[][..], &["--allow", "table.u"]] {
        plain(&displaced, flags).must(3).says("loses data").says("needs --allow table.t").says("1 row");
        assert_eq!(displaced.value("select keep from t"), "'precious'");
    }
    plain(&displaced, &["--allow", "table.t"]).must(0);
    assert_eq!(displaced.value("select z from t"), "6");
    let (_folder, displaced) = project(COLUMNS, DISPLACED_COLUMN);
    for flags in [&[][..], &["--allow", "table.t.column.b"]] {
        plain(&displaced, flags).must(3).says("loses data").says("needs --allow table.t.column.a");
        assert_eq!(displaced.value("select a from t"), "'precious'");
    }
    plain(&displaced, &["--allow", "table.t.column.a"]).must(0);
    assert_eq!(displaced.value("select a from t"), "2");
}

#[test]
fn skipping_what_is_destructive_displaces_nothing() {
    let extra = "\n[table.extra.column]\na = { type = \"int\" }\n";
    let (_folder, skipped) = project(TWO, &format!("{DISPLACED_TABLE}{extra}"));
    plain(&skipped, &["--skip-destructive"]).must(0).says("table.t");
    assert_eq!(skipped.value("select keep from t"), "'precious'");
    assert_eq!(skipped.value("select z from u"), "6");
    assert_eq!(skipped.value("select count(*) from extra"), "0");
    let (_folder, skipped) = project(COLUMNS, &format!("{DISPLACED_COLUMN}{extra}"));
    plain(&skipped, &["--skip-destructive"]).must(0).says("table.t.column.a");
    assert_eq!(skipped.value("select a || b from t"), "'precious2'");
    assert_eq!(skipped.value("select count(*) from extra"), "0");
}

#[test]
fn skipping_leaves_out_every_kind_of_loss() {
    let sql = "create table t (id integer primary key, big bigint, total int);
        insert into t values (1, 9007199254740993, 5);
        create virtual table search using fts5(title, body);
        insert into search values ('t', 'b');";
    let schema = r#"
[table.t]
primary_key = ["id"]
[table.t.column]
id    = { type = "integer" }
big   = { type = "double", null = true }
total = { type = "int", null = true, generated = { stored = "id * 2" } }
[table.extra.column]
a = { type = "int" }
[virtual_table.search]
using = "fts5(title)"
"#;
    let (_folder, project) = project(sql, schema);
    let said = plain(&project, &[]).must(3);
    said.says("table.t.column.big").says("table.t.column.total").says("virtual_table.search");
    let said = plain(&project, &["--skip-destructive"]).must(0);
    said.says("table.t.column.big").says("table.t.column.total").says("virtual_table.search");
    assert_eq!(project.value("select big || ' ' || total from t"), "'9007199254740993 5'");
    assert_eq!(project.value("select title || body from search"), "'tb'");
    assert_eq!(project.value("select count(*) from extra"), "0");
    project.plan().must(2);
}

#[test]
fn a_part_of_a_table_that_is_not_there_as_target() {
    let schema = "[table.z.column]\na = { null = true }\n[table.n]\ncolumn = { x = { null = true } }\nindex = { nx = [\"x\"] }\n[table.other.column]\na = { null = true }\n";
    for target in ["table.n.index.nx", "table.n.column.x", "table.n"] {
        let (_folder, project) = project("create table z (a)", schema);
        let applied = plain(&project, &["--target", target]);
        let made = project.value("select group_concat(name, ' ') from (select name from sqlite_schema order by name)");
        match applied.code {
            // The table comes along, and nothing else does.
            Some(0) => assert!(made == "'n nx z'" || made == "'n z'", "{made}\n{applied}"),
            // Or it is said what is missing.
            Some(1) => {
                assert_eq!(made, "'z'", "{applied}");
                applied.says("table.n").says(target).says("--target");
            }
            _ => panic!("{applied}"),
        }
    }
}

/// An index with a collation that only the application knows, made by way of one that SQLite knows.
const OWN_COLLATION: &str = "
create table own (a int, b text collate nocase);
create index own_b on own (b);
pragma writable_schema = on;
update sqlite_schema set sql = replace(sql, 'nocase', 'mycoll') where name = 'own';
pragma writable_schema = reset;
create table u (x int, y int);
insert into u values (1, 2);
";

fn own(attributes: &str) -> String {
    format!(
        "[table.own]\nindex = {{ own_b = [\"b\"] }}\n[table.own.column]\na = {{ {attributes}, null = true }}\nb = {{ type = \"text\", null = true, collation = \"mycoll\" }}\n"
    )
}

#[test]
fn what_is_not_compared_fails_the_apply_after_the_rest() {
    let u = "[table.u.column]\nx = { type = \"int\", null = true }\ny = { type = \"int\", null = true }\nz = { type = \"int\", null = true }\n";
    let (_folder, project) = project(OWN_COLLATION, &format!("{}{u}", own("type = \"text\"")));
    project.plan().must(2).says("table.own").says("mycoll");
    plain(&project, &[]).must(1).says("table.own").says("not compared");
    assert_eq!(project.value("select count(*) from pragma_table_info('u')"), "3");
    // There is nothing else to do, and it is still not known to match.
    project.plan().must(2).says("table.own");
    plain(&project, &[]).must(1).says("table.own").says("not compared");
}

#[test]
fn a_table_is_copied_beside_an_index_of_the_applications_own_collation() {
    let u = "[table.u.column]\nx = { type = \"int\", null = true }\ny = { type = \"text\", null = true }\n";
    let (_folder, project) = project(OWN_COLLATION, &format!("{}{u}", own("type = \"int\"")));
    project.plan().must(2);
    let applied = plain(&project, &[]);
    assert!(matches!(applied.code, Some(0 | 1)), "{applied}");
    assert_eq!(project.value("select typeof(y) from u"), "'text'", "{applied}");
    // So is one that loses a column, with leave.
    project
        .write_schema(&format!("{}[table.u.column]\nx = {{ type = \"int\", null = true }}\n", own("type = \"int\"")));
    plain(&project, &[]).must(3).says("table.u.column.y");
    let applied = project.apply();
    assert!(matches!(applied.code, Some(0 | 1)), "{applied}");
    assert_eq!(project.value("select count(*) from pragma_table_info('u')"), "1", "{applied}");
}

#[test]
fn a_rename_beside_an_index_of_the_applications_own_collation_is_refused_before() {
    let u = "[table.v]\nrenamed_from = \"u\"\n[table.v.column]\nx = { type = \"int\", null = true }\ny = { type = \"int\", null = true }\n";
    let (_folder, project) = project(OWN_COLLATION, &format!("{}{u}", own("type = \"int\"")));
    let before = fs::read(&project.database).unwrap();
    project.run("plan", &[]).says("mycoll");
    let outcome = plain(&project, &[]);
    assert!(matches!(outcome.code, Some(1 | 3)), "{outcome}");
    outcome.says("mycoll");
    assert_eq!(fs::read(&project.database).unwrap(), before);
}

fn saved(project: &Project) -> String {
    let plan = project.folder.join("plan.json").display().to_string();
    project.run("plan", &["--out", &plan]).must(0);
    plan
}

fn apply_saved(project: &Project, plan: &str, more: &[&str]) -> Outcome {
    let url = url(&project.database);
    trueup(&project.folder, &[&["apply", plan, "--database", &url, "--auto-approve"], more].concat())
}

#[test]
fn a_plan_without_its_hazards_is_no_leave() {
    let (_folder, project) = project(TWO, DISPLACED_TABLE);
    let plan = saved(&project);
    let text = fs::read_to_string(&plan).unwrap();
    let before = report(&project.database).unwrap();
    apply_saved(&project, &plan, &[]).must(3).says("table.t");
    let edits: [fn(&mut Value); 5] = [
        |plan| each(plan, "hazards", &|value| *value = json!([])),
        |plan| each(plan, "probes", &|value| *value = json!([])),
        |plan| each(plan, "id", &|value| *value = json!("table.u")),
        |plan| each(plan, "sql", &|value| *value = json!(["drop table t"])),
        |plan| {
            each(plan, "hazards", &|value| *value = json!([]));
            each(plan, "probes", &|value| *value = json!([]));
        },
    ];
    for (i, edit) in edits.iter().enumerate() {
        let mut edited: Value = serde_json::from_str(&text).unwrap();
        edit(&mut edited);
        fs::write(&plan, edited.to_string()).unwrap();
        let outcome = apply_saved(&project, &plan, &[]);
        assert!(matches!(outcome.code, Some(1 | 3)), "edit {i}: {outcome}");
        assert_eq!(project.value("select keep from t"), "'precious'", "edit {i}: {outcome}");
        assert_eq!(report(&project.database).unwrap(), before);
    }
    fs::write(&plan, &text).unwrap();
    apply_saved(&project, &plan, &["--allow", "table.t"]).must(0);
}

/// Changes every value of a key, however deep.
fn each(value: &mut Value, key: &str, change: &dyn Fn(&mut Value)) {
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                if name == key { change(value) } else { each(value, key, change) }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| each(value, key, change)),
        _ => {}
    }
}

#[test]
fn a_plan_from_before_something_was_protected() {
    let (_folder, project) = project(TWO, DISPLACED_TABLE);
    let plan = saved(&project);
    protect(&project, "table.t");
    apply_saved(&project, &plan, &["--allow-destructive"]).must(3).says("table.t");
    assert_eq!(project.value("select keep from t"), "'precious'");
}

/// The plan was made when nothing would be lost; the rows came later.
#[test]
fn rows_that_came_after_the_plan_are_not_lost() {
    let empty = "delete from t; delete from u;";
    for (sql, schema, row, kept) in [
        (
            format!("{TWO}{empty}"),
            DISPLACED_TABLE,
            "insert into t values (1, 'late')",
            "select count(*) from t where keep = 'late'",
        ),
        (
            format!("{COLUMNS} delete from t"),
            DISPLACED_COLUMN,
            "insert into t values (1, 'late', 2)",
            "select count(*) from t where a = 'late'",
        ),
        (
            "create virtual table search using fts5(title, body)".to_owned(),
            "[virtual_table.search]\nusing = \"fts5(title)\"\n",
            "insert into search values ('t', 'late')",
            "select count(*) from search where body = 'late'",
        ),
        (
            "create table t (a int, b int)".to_owned(),
            "[table.t.column]\na = { type = \"int\", null = true }\nb = { type = \"int\", null = true, generated = { stored = \"a * 2\" } }\n",
            "insert into t values (1, 999)",
            "select count(*) from t where b = 999",
        ),
        (
            "create table t (a bigint)".to_owned(),
            "[table.t.column]\na = { type = \"double\", null = true }\n",
            "insert into t values (9007199254740993)",
            "select count(*) from t where a = 9007199254740993",
        ),
    ] {
        let (_folder, project) = project(&sql, schema);
        let plan = saved(&project);
        project.sql(row);
        let outcome = apply_saved(&project, &plan, &[]).must(3);
        assert_eq!(project.value(kept), "1", "{outcome}");
    }
}

#[test]
fn addresses_that_match_nothing_are_said() {
    let (_folder, project) = project(
        TWO,
        "[table.t]\nprimary_key = [\"id\"]\n[table.t.column]\nid = { type = \"integer\" }\nkeep = { type = \"text\", null = true }\n",
    );
    protect(&project, "tabel.u");
    project.plan().says("tabel.u");
    let outcome = plain(&project, &["--allow-destructive"]).says("tabel.u");
    // Either it stops, or it warns; what it must not do is drop without a word.
    assert!(matches!(outcome.code, Some(0 | 1 | 3)), "{outcome}");
    fs::remove_file(project.folder.join("trueup.toml")).unwrap();
    plain(&project, &["--allow", "tabel.x"]).says("tabel.x");
}

#[test]
fn an_ignore_that_matches_nothing_is_said() {
    let schema = "[table.t]\nignore = [\"colum.b\"]\n[table.t.column]\na = { type = \"int\", null = true }\nb = { type = \"text\", null = true }\n";
    let (_folder, project) = project("create table t (a int, b text default 5)", schema);
    project.plan().says("colum.b");
}

/// An aggregate over all rows would leave one of them.
#[test]
fn an_aggregate_in_a_copy_loses_no_row() {
    for column in [
        "x = { type = \"integer\", backfill = { sql = \"max(a)\" } }\na = { type = \"integer\" }",
        "a = { type = \"text\", using = \"max(a)\" }",
    ] {
        let schema = format!("[table.t.column]\nid = {{ type = \"integer\", primary_key = true }}\n{column}\n");
        let (_folder, project) = project(
            "create table t (id integer primary key, a integer not null); insert into t values (1, 10), (2, 20)",
            &schema,
        );
        plain(&project, &["--allow-destructive"]).must(3).says("cannot be evaluated: misuse of aggregate");
        assert_eq!(project.value("select count(*) from t"), "2");
    }
}

#[test]
fn what_looks_at_a_table_that_goes_is_named() {
    let sql = "create table u (id int); create table w (id int); create view v as select id from u;
        create trigger tr after insert on w begin insert into u values (1); end;";
    let schema = r#"
[table.w.column]
id = { type = "int", null = true }
[table.w.trigger]
tr = { timing = "after", events = ["insert"], body = "insert into u values (1);" }
[view.v]
query = "select id from u"
"#;
    let (_folder, project) = project(sql, schema);
    let plan = project.run("plan", &[]);
    let said = |object: &str| {
        let line = plan.out.lines().find(|line| line.trim_start().starts_with(object));
        line.is_some_and(|line| line.ends_with("will not work: no such table: main.u"))
    };
    assert!(said("view.v") && said("table.w.trigger.tr"), "{}", plan.out);
}

#[test]
fn a_row_is_named_by_its_key_alone() {
    let sql = "create table u (id integer primary key, a int, secret text, b int); insert into u values (7, null, 'hush', -5)";
    let schema = r#"
[table.u]
check.c = "b > 0"
[table.u.column]
id = { type = "integer", primary_key = true }
a = { type = "int" }
secret = { type = "text", null = true }
b = { type = "int", null = true }
fresh = { type = "int" }
"#;
    let (_folder, project) = project(sql, schema);
    let plan = project.run("plan", &["--probe"]);
    for said in ["such as (id = 7, a = NULL);", "such as (id = 7, b = -5);", "such as (id = 7); write backfill"] {
        assert!(plan.out.contains(said), "{said}: {}", plan.out);
    }
    assert!(!plan.out.contains("hush"), "{}", plan.out);
}
