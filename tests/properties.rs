//! Random schemas A and B with random rows: the plan for B makes A into B, by SQLite's own report, and
//! keeps every row. A failure shrinks and prints as a case folder. `PROPTEST_CASES` sets how many.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]

mod random;
mod support;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use random::{Schema, rows, schema};
use support::case::{Case, Expect, State};
use support::harness;
use support::server::sqlite::Sqlite;

/// As many as take less than two minutes in a debug build.
const CASES: u32 = 60;

fn config() -> Config {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(CASES);
    Config { cases, max_shrink_iters: 300, failure_persistence: None, ..Config::default() }
}

fn case(a: &Schema, b: &Schema, seed: &str) -> Case {
    let state = |schema: &Schema| State { sql: Some(schema.sql()), toml: None };
    Case {
        name: "random".to_owned(),
        a: state(a),
        b: state(b),
        seed: seed.to_owned(),
        back_seed: String::new(),
        expect: Expect::default(),
    }
}

/// Runs a case; what the rows themselves forbid must change nothing, and is no failure.
fn judge(case: &Case) -> Result<(), TestCaseError> {
    let folder = tempfile::tempdir().expect("a folder");
    if !harness::refused_sql(&Sqlite, case).is_empty() {
        return Err(TestCaseError::reject("SQLite refuses the schema"));
    }
    let mut case = case.clone();
    case.expect.forward.same = harness::is_same(&Sqlite, &case);
    harness::run_unless_rows_forbid(&Sqlite, &case, folder.path())
        .map_err(|error| TestCaseError::fail(format!("{error}\n=== as a case folder\n{}", case.show())))
}

#[test]
fn a_becomes_b_and_keeps_its_rows() {
    let pairs = schema().prop_flat_map(|a| {
        let rows = rows(&a);
        (a.variation(), Just(a), rows)
    });
    let mut runner = TestRunner::new(config());
    let result = runner.run(&pairs, |(b, a, seed)| judge(&case(&a, &b, &seed)));
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

#[test]
fn unrelated_schemas_become_each_other() {
    let config = Config { cases: config().cases / 3, ..config() };
    let mut runner = TestRunner::new(config);
    let result = runner.run(&(schema(), schema()), |(a, b)| judge(&case(&a, &b, "")));
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

/// The generator itself: SQLite takes nearly everything that it makes.
#[test]
fn random_schemas_are_sound() {
    let mut runner = TestRunner::deterministic();
    let mut refused = Vec::new();
    for _ in 0..100 {
        let a = schema().new_tree(&mut runner).expect("a schema").current();
        let seed = rows(&a).new_tree(&mut runner).expect("rows").current();
        let b = a.variation().new_tree(&mut runner).expect("a variation").current();
        let case = case(&a, &b, &seed);
        refused
            .extend(harness::refused_sql(&Sqlite, &case).into_iter().map(|fault| format!("{fault}\n{}", case.show())));
    }
    assert!(refused.is_empty(), "{} refused:\n{}", refused.len(), refused.first().map_or("", String::as_str));
}
