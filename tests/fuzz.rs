//! The readers never panic, whatever they are given: the reader of TOML and the reader of stored SQL.
//!
//! `tests/fuzz-corpus` holds the seeds; every one is run as it is and then mutated. `FUZZ_SECONDS` sets for how long.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]

mod readers;

use std::fs;
use std::path::Path;
use std::time::Duration;

use arbtest::arbitrary::{Result, Unstructured};
use arbtest::arbtest;

fn seeds(folder: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz-corpus").join(folder);
    let mut paths: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

fn budget() -> Duration {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(3);
    Duration::from_secs(seconds)
}

/// Pieces that readers stumble over.
const PIECES: [&str; 40] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"",
    "`",
    ",",
    ";",
    ".",
    "=",
    "--",
    "/*",
    "*/",
    "\n",
    "\r",
    "\t",
    "\0",
    "\u{feff}",
    "\u{1f980}",
    "\"\"\"",
    "'''",
    "''",
    "\\",
    "create table",
    "check",
    "references",
    "constraint",
    "primary key",
    "generated always as",
    "without rowid",
    "strict",
    "begin",
    "end",
    "[table.t]",
    "column",
    "type",
    "99999999999999999999",
];

/// A seed with a few places cut, doubled, replaced, or filled with a piece.
fn mutated(u: &mut Unstructured<'_>, seeds: &[String]) -> Result<String> {
    let mut text: Vec<char> = u.choose(seeds)?.chars().collect();
    for _ in 0..u.int_in_range(0..=6)? {
        let from = u.choose_index(text.len() + 1)?;
        let to = (from + u.int_in_range(0..=40)?).min(text.len());
        match u.int_in_range(0..=4)? {
            0 => drop(text.drain(from..to)),
            1 => {
                let copied = text[from..to].to_vec();
                drop(text.splice(from..from, copied));
            }
            2 => drop(text.splice(from..to, u.choose(&PIECES)?.chars())),
            3 => drop(text.splice(from..from, u.choose(&PIECES)?.chars())),
            _ => text.truncate(from),
        }
    }
    Ok(text.into_iter().collect())
}

/// Pieces one after another, and any text at all.
fn arbitrary_text(u: &mut Unstructured<'_>) -> Result<String> {
    if u.arbitrary()? {
        return u.arbitrary();
    }
    let mut text = String::new();
    for _ in 0..u.int_in_range(0..=60)? {
        text += u.choose(&PIECES)?;
        if u.arbitrary()? {
            text.push(' ');
        }
    }
    Ok(text)
}

fn fuzz(folder: &str, read: impl Fn(&str)) {
    let seeds = seeds(folder);
    assert!(seeds.len() >= 5, "a corpus of {} in {folder}", seeds.len());
    for seed in &seeds {
        read(seed);
    }
    arbtest(|u| {
        read(&mutated(u, &seeds)?);
        Ok(())
    })
    .budget(budget());
    arbtest(|u| {
        read(&arbitrary_text(u)?);
        Ok(())
    })
    .budget(budget());
}

#[test]
fn the_reader_of_toml_never_panics() {
    fuzz("toml", readers::document);
}

#[test]
fn the_reader_of_stored_sql_never_panics() {
    fuzz("sql", readers::stored_sql);
}
