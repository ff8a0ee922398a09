//! Every case folder below `tests/cases`, both ways.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]

mod support;

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use support::case::{Case, folders};
use support::harness;

/// `TRUEUP_CASE=table/strict` runs the cases whose name contains that.
const ONLY: &str = "TRUEUP_CASE";

#[test]
fn every_case_both_ways() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let only = std::env::var(ONLY).unwrap_or_default();
    let (mut work, mut failures) = (Vec::new(), Vec::new());
    for folder in folders(&root) {
        match Case::read(&root, &folder) {
            Ok(case) => work.extend([case.reversed(), case]),
            Err(error) => failures.push(error),
        }
    }
    work.retain(|case| case.name.contains(&only));
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(failures));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(case) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let folder = tempfile::tempdir().expect("a temporary folder");
                    if let Err(error) = harness::run(case, folder.path()) {
                        let failure = format!("=== {}: {}\n{error}\n{}", case.name, case.expect.about, case.show());
                        failures.lock().expect("the list").push(failure);
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().expect("the list");
    failures.sort();
    let names: Vec<_> = failures.iter().filter_map(|failure| failure.lines().next()).collect();
    assert!(
        failures.is_empty(),
        "{}\n\n{} of {} failed:\n{}",
        failures.join("\n\n"),
        failures.len(),
        work.len(),
        names.join("\n")
    );
}

/// The states of the cases are sound: SQLite takes their SQL, the two differ, and rows fit.
#[test]
fn cases_are_sound() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut faults = Vec::new();
    for folder in folders(&root) {
        match Case::read(&root, &folder) {
            Ok(case) => {
                faults.extend(harness::unsound(&case).into_iter().map(|fault| format!("{}: {fault}", case.name)));
            }
            Err(error) => faults.push(error),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
