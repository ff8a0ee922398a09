//! Random schemas A and B with rows on MySQL and MariaDB: the plan for B makes A into B, by the server's own word, and
//! keeps every row. A failure shrinks and prints as a case folder. `PROPTEST_CASES` sets how many for each server.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]
#![allow(clippy::format_push_string, reason = "it reads as what it makes")]

mod random_mysql;
mod support;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestCaseError, TestRunner};
use random_mysql::{On, Schema, schema};
use support::case::{Case, Expect, State};
use support::harness;
use support::random::runner;
use support::server::{self, Server};

/// As many for each server as take less than two minutes on three of them in a debug build.
const CASES: u32 = 20;

fn on(server: &dyn Server) -> On {
    if server.flavour() == "mysql" { On::MySql } else { On::MariaDb }
}

fn case(a: &Schema, b: &Schema, on: On) -> Case {
    let state = |schema: &Schema| State { sql: Some(schema.sql(on)), toml: None };
    Case {
        name: "mysql/random".to_owned(),
        a: state(a),
        b: state(b),
        seed: a.rows(on),
        back_seed: String::new(),
        expect: Expect::default(),
    }
}

/// Runs a case; what the rows themselves forbid must change nothing, and is no failure.
fn judge(server: &dyn Server, mut case: Case) -> Result<(), TestCaseError> {
    let folder = tempfile::tempdir().expect("a folder");
    if !harness::refused_sql(server, &case).is_empty() {
        return Err(TestCaseError::reject("the server refuses the schema"));
    }
    case.expect.forward.same = harness::is_same(server, &case);
    harness::run_unless_rows_forbid(server, &case, folder.path()).map_err(|error| {
        TestCaseError::fail(format!("on {}: {error}\n=== as a case folder\n{}", server.label(), case.show()))
    })
}

#[test]
fn a_becomes_b_and_keeps_its_rows() {
    for server in server::of_dialect("mysql").unwrap() {
        let pairs = schema().prop_flat_map(|a| (a.variation(), Just(a)));
        let mut runner = runner(CASES, 1);
        let result = runner.run(&pairs, |(b, a)| judge(server.as_ref(), case(&a, &b, on(server.as_ref()))));
        if let Err(failure) = result {
            panic!("{failure}");
        }
    }
}

/// The generator itself: the servers take nearly everything that it makes.
#[test]
fn random_schemas_are_sound() {
    for server in server::of_dialect("mysql").unwrap() {
        let mut runner = TestRunner::deterministic();
        let (mut refused, all) = (Vec::new(), 25);
        for _ in 0..all {
            let a = schema().new_tree(&mut runner).expect("a schema").current();
            let b = a.variation().new_tree(&mut runner).expect("a variation").current();
            let case = case(&a, &b, on(server.as_ref()));
            let faults = harness::refused_sql(server.as_ref(), &case);
            refused.extend(faults.into_iter().map(|fault| format!("{fault}\n{}", case.show())));
        }
        let few = refused.len() * 10 <= all;
        assert!(few, "{}: {} of {all} refused:\n{}", server.label(), refused.len(), refused.join("\n\n"));
    }
}
