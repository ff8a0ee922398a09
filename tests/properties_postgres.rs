//! Random schemas A and B with random rows, on every PostgreSQL that is given: the plan for B makes A into B, by
//! `pg_dump`, and keeps every row. A failure shrinks and prints as a case folder. `PROPTEST_CASES` sets how many.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]
#![allow(clippy::format_push_string, reason = "it reads as what it makes")]

mod random_postgres;
mod support;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestCaseError, TestRunner};
use random_postgres::{ROLES, Schema, schema};
use support::case::{Case, Expect, State};
use support::harness;
use support::random::runner;
use support::server::{self, Server};

/// As many as take some fifty seconds a server in a debug build.
const CASES: u32 = 12;

fn case(a: &Schema, b: &Schema, seed: &str) -> Case {
    let state = |schema: &Schema| State { sql: Some(schema.sql()), toml: None };
    let roles = ROLES.map(str::to_owned).to_vec();
    Case {
        name: "postgres/random".to_owned(),
        a: state(a),
        b: state(b),
        seed: seed.to_owned(),
        back_seed: String::new(),
        expect: Expect { roles, ..Expect::default() },
    }
}

/// Runs a case; what the rows themselves forbid must change nothing, and is no failure.
fn judge(server: &dyn Server, mut case: Case) -> Result<(), TestCaseError> {
    let folder = tempfile::tempdir().expect("a folder");
    case.expect.forward.same = case.a.sql == case.b.sql;
    harness::run_unless_rows_forbid(server, &case, folder.path()).or_else(|error| {
        let failure = format!("on {}: {error}\n=== as a case folder\n{}", server.label(), case.show());
        if std::env::var_os("TRUEUP_ALL_FAILURES").is_some() {
            println!("=== FAILURE {failure}");
            return Ok(());
        }
        Err(TestCaseError::fail(failure))
    })
}

#[test]
fn a_becomes_b_and_keeps_its_rows() {
    let pairs = schema().prop_flat_map(|a| (a.variation(), vec(0_usize..5, 4), Just(a)));
    for server in server::of_dialect("postgres").unwrap() {
        let mut runner = runner(CASES, 1);
        let result = runner.run(&pairs, |(b, counts, a)| judge(server.as_ref(), case(&a, &b, &a.rows(&counts))));
        if let Err(failure) = result {
            panic!("{failure}");
        }
    }
}

/// The same where the TOML is in other words than the server's: nothing of it is a change by itself, and with other
/// changes beside it one apply is enough.
#[test]
fn b_in_other_words_is_reached_at_once() {
    let pairs = schema().prop_flat_map(|a| (a.variation(), vec(0_usize..5, 4), Just(a)));
    for server in server::of_dialect("postgres").unwrap() {
        let mut runner = runner(CASES, 2);
        let result = runner.run(&pairs, |(b, counts, a)| {
            let mut case = case(&a, &b, &a.rows(&counts));
            case.expect.forward.respelled = true;
            judge(server.as_ref(), case)
        });
        if let Err(failure) = result {
            panic!("{failure}");
        }
    }
}

/// The generator itself: PostgreSQL takes everything that it makes, before and after the edits, with rows.
#[test]
fn random_schemas_are_sound() {
    let mut runner = TestRunner::deterministic();
    for server in server::of_dialect("postgres").unwrap() {
        let mut refused = Vec::new();
        for _ in 0..CASES {
            let a = schema().new_tree(&mut runner).expect("a schema").current();
            let counts = vec(0_usize..5, 4).new_tree(&mut runner).expect("rows").current();
            let b = a.variation().new_tree(&mut runner).expect("a variation").current();
            let expect = case(&a, &b, "").expect;
            for (schema, rows) in [(&a, a.rows(&counts)), (&b, String::new())] {
                let database = server.create(std::path::Path::new(""), "s", &expect).unwrap();
                let sql = schema.sql() + &rows;
                refused.extend(sql.split_inclusive(";\n").find_map(|sql| database.run(sql).err()));
            }
        }
        assert!(refused.is_empty(), "{} refused on {}:\n{}", refused.len(), server.label(), refused.join("\n"));
    }
}
