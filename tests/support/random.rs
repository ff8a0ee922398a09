//! How the tests over random schemas run.

use proptest::test_runner::{Config, TestRng, TestRunner};

/// Always the same cases, so that a build does not fail by chance; when `PROPTEST_CASES` says how many, others each time.
pub(crate) fn runner(cases: u32, share: u32) -> TestRunner {
    let said: Option<u32> = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    let cases = said.unwrap_or(cases) / share;
    let config = Config { cases, max_shrink_iters: 60, failure_persistence: None, ..Config::default() };
    match said {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config.clone(), TestRng::deterministic_rng(config.rng_algorithm)),
    }
}
