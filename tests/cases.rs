//! Every case folder below `tests/cases`, both ways.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use support::case::{Case, folders, only};
use support::harness;
use support::server::{self, Server};

/// The dialects whose cases the program runs: `sqlite`, `postgres`, `mysql`. That the cases themselves are sound is
/// tested of all.
const RUN: &[&str] = &["sqlite", "postgres", "mysql"];

/// A case and where it runs.
type Work = (Case, Arc<dyn Server>);

/// All cases with each server that they are for, and what is wrong with their files or the servers.
fn work(dialects: &[&str]) -> (Vec<Work>, Vec<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let only = only();
    let (mut work, mut failures, mut servers) = (Vec::new(), Vec::new(), BTreeMap::new());
    for dialect in dialects {
        match server::of_dialect(dialect) {
            Ok(found) => drop(servers.insert((*dialect).to_owned(), found)),
            Err(error) => failures.push(error),
        }
    }
    for folder in folders(&root) {
        match Case::read(&root, &folder) {
            Ok(case) => {
                let of_dialect = servers.get(case.dialect()).into_iter().flatten();
                let fitting = of_dialect.filter(|server| server::is_for(&case.expect, server.as_ref()));
                work.extend(fitting.map(|server| (case.clone(), Arc::clone(server))));
            }
            Err(error) => failures.push(error),
        }
    }
    work.retain(|(case, _)| case.name.contains(&only));
    (work, failures)
}

/// Does something with each, two at a time; gives what failed, sorted.
fn all(
    work: &[Work],
    mut failures: Vec<String>,
    each: impl Fn(&Case, &dyn Server) -> Vec<String> + Sync,
) -> Vec<String> {
    let (next, found) = (AtomicUsize::new(0), Mutex::new(std::mem::take(&mut failures)));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((case, server)) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let failed = each(case, server.as_ref());
                    found.lock().expect("the list").extend(failed);
                }
            });
        }
    });
    let mut found = found.into_inner().expect("the list");
    found.sort();
    found
}

/// One server a case, in turns.
fn in_turns(work: &[Work]) -> Vec<Work> {
    let servers = work.chunk_by(|(a, _), (b, _)| a.name == b.name);
    servers.enumerate().filter_map(|(turn, servers)| servers.get(turn % servers.len()).cloned()).collect()
}

/// Every state of PostgreSQL that SQL makes, imported and put in other words: one server a case, in turns.
#[test]
fn other_words_for_the_same_are_no_change() {
    let (work, failures) = work(&["postgres"]);
    let failures = all(&in_turns(&work), failures, |case, server| {
        let folder = tempfile::tempdir().expect("a folder");
        let failed = harness::respelled_is_same(server, case, folder.path());
        failed.err().map(|error| format!("=== {} on {}\n{error}", case.name, server.label())).into_iter().collect()
    });
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_case_both_ways() {
    let (work, failures) = work(RUN);
    let work: Vec<_> =
        work.into_iter().flat_map(|(case, server)| [(case.reversed(), Arc::clone(&server)), (case, server)]).collect();
    let failures = all(&work, failures, |case, server| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let failed = harness::run_on(server, case, folder.path()).err();
        let shown =
            |error| format!("=== {} on {}: {}\n{error}\n{}", case.name, server.label(), case.expect.about, case.show());
        failed.map(shown).into_iter().collect()
    });
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

/// The states of the cases are sound: their database takes their SQL, the two differ, and rows fit. What is no more than
/// that a server takes the SQL shows on the others when the case runs.
#[test]
fn cases_are_sound() {
    let (work, failures) = work(&["sqlite", "postgres", "mysql"]);
    let faults = all(&in_turns(&work), failures, |case, server| {
        let faults = harness::unsound(server, case).into_iter();
        faults.map(|fault| format!("{} on {}: {fault}", case.name, server.label())).collect()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
