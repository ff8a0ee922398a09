//! Schemas of PostgreSQL as people write them, not as the server spells them: each folder in `tests/by_hand` has states
//! that are applied one after the other, to a database with rows and to an empty one. Afterwards there is nothing left to
//! change, no row is lost, and both ways lead to the same database by its own dump.
//!
//! A folder holds `seed.sql`, the files of each state (`1.toml`, `1.shop.toml`, `2.toml`) and `rows.sql`, which asks at
//! the end whether the rows are what they should be.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use support::case::{Expect, only};
use support::program::Project;
use support::server::{self, Database, Server};

#[test]
fn every_history_by_hand() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/by_hand");
    let only = only();
    let mut folders: Vec<PathBuf> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.file_name().unwrap().to_string_lossy().contains(&only));
    folders.sort();
    let servers = server::of_dialect("postgres").unwrap();
    // Each server has a thread of its own.
    let failed: Vec<String> = thread::scope(|scope| {
        let running: Vec<_> =
            servers.iter().map(|server| scope.spawn(|| failures(&folders, server.as_ref()))).collect();
        running.into_iter().flat_map(|running| running.join().expect("all histories of a server")).collect()
    });
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

fn failures(folders: &[PathBuf], server: &dyn Server) -> Vec<String> {
    let failure = |folder: &PathBuf| {
        let error = history(folder, server).err()?;
        Some(format!("=== {} on {}\n{error}", folder.display(), server.label()))
    };
    folders.iter().filter_map(failure).collect()
}

/// A comment is no reason to build anything again, however the rest is written.
#[test]
fn what_is_written_otherwise_is_not_made_again() {
    let state = |more: &str| {
        format!(
            r#"
            [table.t]
            column.a = {{ type = "int" {more} }}
            column.g = {{ type = "int", generated = {{ stored = "a*2" }}, null = true {more} }}
            check.c = {{ sql = "a between 0 and 9" {more} }}
            index.i = {{ columns = [{{ sql = "a+1" }}], where = "a>0" {more} }}
            exclusion.e = {{ columns = [{{ sql = "a%1000", operator = "=" }}], method = "btree" {more} }}
            policy.p = {{ using = "a>0" {more} }}
            [view.m]
            materialized = true
            query = "select a+1 as x from t where a>0"
            {}
            "#,
            more.trim_start_matches(',')
        )
    };
    for server in server::of_dialect("postgres").unwrap() {
        let folder = tempfile::tempdir().unwrap();
        let database = server.create(folder.path(), "p", &Expect::default()).unwrap();
        database.run("create table t (a int not null); insert into t values (1), (2)").unwrap();
        let project = Project::new(folder.path()).at(&database.url());
        project.write_schema(&state(""));
        project.apply().must(0);
        project.write_schema(&state(", comment = \"x\""));
        let plan = project.plan().must(2);
        assert!(plan.text().contains("8 to change, 0 to recreate"), "{}", plan.text());
        project.apply().must(0);
        project.plan().must(0);
    }
}

#[test]
fn mistakes_are_shown_where_they_stand() {
    let table = "[table.t.column]\na = { type = \"int\" }\n";
    let cases = [
        (
            "[table.t]\ncolumn.a.type = \"int\"\npolicy.p = { roles = [\"current_user\"], using = \"true\" }\n",
            "is whoever applies",
        ),
        (
            "[table.t]\ncolumn.a.type = \"int\"\nstatistics.s = { columns = [\"a\", { sql = \"a + nope\" }] }\n",
            "\"nope\" does not exist",
        ),
        (
            "[table.w]\npartition_by = \"list (a)\"\ncolumn.a.type = \"int\"\n[table.p]\npartition_of = \"w\"\nvalues = \"in (1)\"\ncolumn.b = { type = \"int\" }\n",
            "has no column `b`",
        ),
        (
            "[table.w]\npartition_by = \"list (a)\"\ncolumn.a.type = \"int\"\n[table.p]\npartition_of = \"w\"\nvalues = \"in (1)\"\ncolumn.a = { type = \"text\" }\n",
            "which it is a partition of",
        ),
    ];
    for server in server::of_dialect("postgres").unwrap() {
        let folder = tempfile::tempdir().unwrap();
        let database = server.create(folder.path(), "p", &Expect::default()).unwrap();
        let project = Project::new(folder.path()).at(&database.url());
        project.write_schema(table);
        project.apply().must(0);
        for (toml, message) in cases {
            project.write_schema(toml);
            project.plan().must(1).says(message).says("schema.toml:");
        }
    }
}

/// Applies the states of a folder one after the other.
fn history(folder: &Path, server: &dyn Server) -> Result<(), String> {
    let work = tempfile::tempdir().map_err(|error| error.to_string())?;
    let database = server.create(work.path(), "p", &Expect::default())?;
    database.run(&read(&folder.join("seed.sql")))?;
    let project = Project::new(work.path()).at(&database.url());
    for number in 1.. {
        let state = files(folder, number);
        if state.is_empty() {
            break;
        }
        let _ = fs::remove_dir_all(&project.schema);
        fs::create_dir_all(&project.schema).map_err(|error| error.to_string())?;
        for file in state {
            fs::copy(&file, project.schema.join(file.file_name().unwrap())).map_err(|error| error.to_string())?;
        }
        let lost = one_state(&project, database.as_ref()).map_err(|error| format!("state {number}: {error}"))?;
        if !lost.is_empty() {
            return Err(format!("state {number} lost rows: {lost:?}"));
        }
        let fresh = server.create(work.path(), "f", &Expect::default())?;
        one_state(&project.at(&fresh.url()), fresh.as_ref())
            .map_err(|error| format!("state {number} from nothing: {error}"))?;
        let (one, other) = (database.dump()?, fresh.dump()?);
        let only = |a: &[String], b: &[String]| a.iter().filter(|fact| !b.contains(fact)).cloned().collect::<Vec<_>>();
        let (more, less) = (only(&one, &other), only(&other, &one));
        if !more.is_empty() || !less.is_empty() {
            return Err(format!("state {number} differs from one made from nothing:\n{more:#?}\n{less:#?}"));
        }
    }
    database.run(&read(&folder.join("rows.sql")))
}

/// Applies one state; gives the rows that it lost.
fn one_state(project: &Project, database: &dyn Database) -> Result<Vec<String>, String> {
    let before = database.seen()?;
    project.apply().expect_code(0)?;
    project.plan().expect_code(0)?;
    Ok(before.rows.lost_in(&database.seen()?.rows))
}

/// The files of a state.
fn files(folder: &Path, number: u32) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let is_of_state = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.starts_with(&format!("{number}.")) && path.extension().is_some_and(|extension| extension == "toml")
    };
    files.retain(is_of_state);
    files
}

/// A file's text; empty where there is none.
fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}
