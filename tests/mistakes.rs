//! What people write by mistake or habit: told at its place, with what to write instead.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]

mod support;

use support::program::Project;
use tempfile::TempDir;

fn project() -> (TempDir, Project) {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::new(folder.path());
    (folder, project)
}

#[track_caller]
fn refuses(toml: &str, pieces: &[&str]) {
    let (_folder, project) = project();
    project.write_schema(toml);
    for outcome in [project.apply().must(1), project.plan().must(1)] {
        pieces.iter().fold(outcome, |outcome, piece| outcome.says(piece));
    }
    assert!(!project.database.exists());
}

#[test]
fn every_part_that_sqlite_refuses_is_told_at_its_place() {
    let toml = "[table.t.column]\na = { type = \"int\" }\nb = { type = \"int\", default = { sql = \"a + 1\" } }\n\
                [table.t.check]\nc = \"zzz > 0\"\ne = \"a > \"\nh = \"a > 0;\"\nok = \"a > 0\"\n";
    let pieces = [
        "table.t.column.b: SQLite says: default value of column [b] is not constant",
        "schema.toml:3",
        "table.t.check.c: SQLite says: no such column: zzz",
        "schema.toml:5",
        "table.t.check.e: SQLite says: near \")\": syntax error",
        "schema.toml:6",
        "table.t.check.h: it holds more than one statement",
        "schema.toml:7",
        "4 errors",
    ];
    refuses(toml, &pieces);
}

#[test]
fn a_default_whose_function_is_not_there() {
    let toml = "[table.t.column]\nid = { type = \"int\" }\nat = { default = { sql = \"now()\" } }\n";
    refuses(toml, &["schema.toml:3", "no such function: now", "current_timestamp"]);
    // What is there already may be the application's own.
    let (_folder, project) = project();
    project.sql("create table t (id int not null, at not null default (now()))");
    project.write_schema(&format!("{toml}more = {{ null = true }}\n"));
    project.run("apply", &["--auto-approve"]).must(0);
    project.plan().must(0);
}

#[test]
fn constraints_written_into_a_type() {
    let column = |ty: &str| format!("[table.t.column]\nid = {{ type = \"{ty}\", null = true }}\n");
    refuses(&column("integer primary key"), &["schema.toml:2", "`primary_key = [\"id\"]`"]);
    refuses(&column("text collate nocase"), &["schema.toml:2", "`collation = \"nocase\"`"]);
    refuses(&column("int not null"), &["schema.toml:2", "no `null`"]);
    refuses(&column("integer default 5"), &["schema.toml:2", "`default = 5`"]);
    refuses(&column("integer references p(x)"), &["schema.toml:2", "`references = \"p(x)\"`"]);
}

#[test]
fn what_fails_only_once_there_are_rows_is_warned_of() {
    let (_folder, project) = project();
    let t = "[table.t.column]\na = { type = \"int\", default = { sql = '\"x\"' } }\nb = { type = \"int\", references = \"u(a)\" }\n\
             [table.t.check]\nc = '\"zzz\" > 0 and \"a\" > 0'\n[table.u.column]\na = { type = \"int\" }\n";
    project.write_schema(t);
    let outcome = project.plan().must(2).says("schema.toml:2").says("\"x\" as a string");
    let outcome = outcome.says("schema.toml:3").says("neither a primary key nor a unique one");
    let outcome = outcome.says("schema.toml:5").says("\"zzz\" names no column of `table.t`").says("'zzz'");
    outcome.says("3 warnings");
    project.write_schema(&format!("{t}[table.u.index]\nu_a = {{ columns = [\"a\"], unique = true }}\n"));
    project.plan().must(2).says("2 warnings");
}
