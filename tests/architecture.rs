//! The source keeps its shape: folders import each other only downwards, and files stay small.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the bottom to the top: each may use what stands before it.
const ORDER: [&str; 13] = [
    "suggest",
    "catalog",
    "diagnostic",
    "error",
    "manage",
    "sql",
    "dialect",
    "document",
    "diff",
    "plan",
    "apply",
    "report",
    "cli",
];

/// What stands at the seams: nouns that the whole program talks through, and the one place that puts it together.
const SEAMS: [&str; 4] = ["lib", "main", "database", "connect"];

/// What the folder of one database may use.
const OF_A_DATABASE: [&str; 12] = [
    "suggest",
    "diff",
    "catalog",
    "diagnostic",
    "error",
    "manage",
    "sql",
    "dialect",
    "database",
    "plan",
    "apply",
    "document",
];

/// Of these a database's folder may use the nouns only, as this is the price of the seam that it implements.
const NOUNS: [(&str, &[&str]); 2] = [
    ("document", &["Intent", "Desired", "Origin"]),
    (
        "apply",
        &[
            "Done",
            "Interrupt",
            "LeftOver",
            "Progress",
            "left_over",
            "require_fresh",
            "require_no_new_losses",
            "unsaid_losses",
            "verify",
        ],
    ),
];

const LONGEST: usize = 600;

fn sources(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Code without comments and without its tests, which may use everything.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines: Vec<_> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    lines.join("\n")
}

/// The folder or file below `src` that a path belongs to, and the database if it belongs to one.
fn layer(path: &Path) -> (String, Option<String>) {
    let below = path.strip_prefix(root().join("src")).unwrap();
    let mut parts =
        below.components().map(|part| part.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned());
    let first = parts.next().unwrap();
    let database = parts.next().filter(|second| first == "dialect" && !["mod", "sql"].contains(&second.as_str()));
    (first, database)
}

/// `crate::plan::{Step, graph::Order}` and the like: the layer and the first name behind it.
fn imports(code: &str) -> BTreeSet<(String, String)> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            for item in split_group(group) {
                let layer = word(&item);
                let behind = item.get(layer.len()..).and_then(|rest| rest.strip_prefix("::")).map(word);
                found.insert((layer, behind.unwrap_or_default()));
            }
            continue;
        }
        let layer = word(rest);
        let behind = rest[layer.len()..].strip_prefix("::").unwrap_or_default();
        match behind.strip_prefix('{') {
            Some(group) => found.extend(split_group(group).iter().map(|item| (layer.clone(), word(item)))),
            None => {
                found.insert((layer, word(behind)));
            }
        }
    }
    found
}

/// The items of a `{...}` group whose opening brace is gone, split at the outer commas.
fn split_group(text: &str) -> Vec<String> {
    let (mut depth, mut items, mut item) = (0, Vec::new(), String::new());
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(std::mem::take(&mut item).trim().to_owned());
                continue;
            }
            _ => {}
        }
        item.push(c);
    }
    items.push(item.trim().to_owned());
    items.retain(|item| !item.is_empty());
    items
}

fn rank(layer: &str) -> Option<usize> {
    ORDER.iter().position(|known| *known == layer)
}

/// Whether code of this layer may use that name of another.
fn may_use(layer: &str, database: Option<&str>, used: &str, name: &str) -> bool {
    if layer == used || SEAMS.contains(&layer) || layer == "cli" {
        return true;
    }
    if database.is_some() {
        let nouns = NOUNS.iter().find(|(of, _)| *of == used);
        return OF_A_DATABASE.contains(&used) && nouns.is_none_or(|(_, nouns)| nouns.contains(&name));
    }
    match (rank(layer), rank(used)) {
        // The trait that talks to a database is named by all from the diff upwards.
        (Some(_), None) => used == "database" || used == "test_support",
        (Some(own), Some(other)) => own > other || (layer == "diagnostic" && used == "catalog"),
        (None, _) => false,
    }
}

#[test]
fn folders_import_each_other_only_downwards() {
    let mut faults = Vec::new();
    for path in sources(&root().join("src")) {
        let (layer, database) = layer(&path);
        if rank(&layer).is_none() && !SEAMS.contains(&layer.as_str()) {
            faults.push(format!("{}: {layer} has no place in the order", path.display()));
        }
        for (used, name) in imports(&code(&path)) {
            if !used.is_empty() && !may_use(&layer, database.as_deref(), &used, &name) {
                faults.push(format!("{}: {layer} uses {used}::{name}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn databases_do_not_know_each_other() {
    let databases: Vec<_> = sources(&root().join("src")).iter().filter_map(|path| layer(path).1).collect();
    let mut faults = Vec::new();
    for path in sources(&root().join("src")) {
        let (layer, own) = layer(&path);
        let code = code(&path);
        for database in &databases {
            let named = code.contains(&format!("dialect::{database}::"));
            let tests = path.ends_with("tests.rs") || path.components().any(|part| part.as_os_str() == "tests");
            let outside = !tests && layer != "cli" && !SEAMS.contains(&layer.as_str()) && layer != "dialect";
            if named && own.as_ref() != Some(database) && (own.is_some() || outside) {
                faults.push(format!("{}: names {database}", path.display()));
            }
        }
    }
    faults.dedup();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_are_short() {
    let mut long = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for path in sources(&root().join(folder)) {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            if lines > LONGEST {
                long.push(format!("{}: {lines} lines", path.display()));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn nothing_waits_to_be_done() {
    for path in sources(&root().join("src")) {
        for (i, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            let marked = ["TODO", "FIXME", "XXX", "HACK"].iter().any(|mark| line.contains(mark));
            assert!(!marked, "{}:{}: {line}", path.display(), i + 1);
        }
    }
}

#[test]
fn imports_are_read() {
    let code = "use crate::plan::{Step, graph::{Order}};\nuse crate::catalog::Name;\nuse crate::{error::Error, sql};\nlet x = crate::diff::compare();";
    let found: Vec<_> = imports(code).into_iter().map(|(layer, name)| format!("{layer} {name}")).collect();
    assert_eq!(found, ["catalog Name", "diff compare", "error Error", "plan Step", "plan graph", "sql "]);
}
