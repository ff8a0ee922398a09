//! The reference of the TOML, made of the declarations that trueup reads it by: `docs/reference.md`.

use std::fmt::Write as _;

use super::sections::{HEAD, TOP};
use super::spec::{Databases, Key, Section, Shape};

/// What every object takes is said once.
const EVERYWHERE: [&str; 6] = ["comment", "ignore", "only", "renamed_from", "owner", "grant"];

/// Every section and key of the TOML, as Markdown.
#[must_use]
pub fn reference() -> String {
    let mut out = "# Every section and key\n\n\
         This page is made of the declarations by which trueup reads the TOML; [format.md](format.md) explains them, and\n\
         `trueup json-schema` has the same for editors. Where nothing is said of databases, all have it.\n\n\
         Every object takes `comment`, `ignore` and `only`; what has a name of its own takes `renamed_from`; on PostgreSQL\n\
         most take `owner` and `grant`. These stand below once, at `table`.\n\n\
         ## The head of a file\n\n"
        .to_owned();
    rows(&mut out, HEAD.iter().copied(), Databases::ANY);
    let mut parts: Vec<&'static Section> = Vec::new();
    for section in TOP.iter().copied() {
        let name = if section.short.is_none() && section.word == "database" { "" } else { ".NAME" };
        one(&mut out, section, &format!("`[{}{name}]`", section.word), section.word == "table");
        gather(section, &mut parts);
    }
    out.push_str("\n# What stands below an object\n");
    let mut at = 0;
    while let Some(section) = parts.get(at).copied() {
        one(&mut out, section, &format!("`{}`", section.word), false);
        gather(section, &mut parts);
        at += 1;
    }
    out
}

/// The sections below one, each once.
fn gather(section: &'static Section, parts: &mut Vec<&'static Section>) {
    for key in section.keys() {
        if let Shape::Children(below) | Shape::Object(below) = key.shape
            && !parts.iter().any(|other| std::ptr::eq(*other, below))
            && !TOP.iter().any(|other| std::ptr::eq(*other, below))
        {
            parts.push(below);
        }
    }
}

fn one(out: &mut String, section: &'static Section, title: &str, all: bool) {
    let _ = write!(out, "\n## {title}\n\n{}{}\n\n", section.doc, on(section.on, Databases::ANY));
    if let Some((shape, key)) = section.short {
        let _ = write!(out, "Instead of the table: {}, which is its `{key}`.\n\n", shape.expected());
    }
    if !section.required.is_empty() {
        let list: Vec<String> = section.required.iter().map(|key| format!("`{key}`")).collect();
        let _ = write!(out, "Needs {}.\n\n", crate::suggest::list(&list, "and"));
    }
    let mut keys: Vec<Key> = Vec::new();
    for key in section.keys().filter(|key| all || !EVERYWHERE.contains(&key.name)) {
        match keys.iter_mut().find(|other| other.name == key.name) {
            Some(other) => *other = key.only(other.on.or(key.on)),
            None => keys.push(key),
        }
    }
    rows(out, keys.into_iter(), section.on);
}

fn rows(out: &mut String, keys: impl Iterator<Item = Key>, section: Databases) {
    let mut is_first = true;
    for key in keys {
        if is_first {
            out.push_str("| key | value | means |\n|---|---|---|\n");
            is_first = false;
        }
        row(out, key.name, &key, section);
        if let Shape::Record(below) | Shape::Records(below) | Shape::Named(below) = key.shape {
            let between = if matches!(key.shape, Shape::Named(_)) { ".NAME." } else { "." };
            for inner in below {
                row(out, &format!("{}{between}{}", key.name, inner.name), inner, section);
            }
        }
    }
}

fn row(out: &mut String, name: &str, key: &Key, section: Databases) {
    let value = key.shape.expected().replace('|', "\\|");
    let _ = writeln!(out, "| `{name}` | {value} | {}{} |", key.doc.replace('|', "\\|"), on(key.on, section));
}

/// ` *(PostgreSQL)*`, where not all of the others have it.
fn on(databases: Databases, of: Databases) -> String {
    if databases == of || databases == Databases::ANY {
        String::new()
    } else {
        format!(" *({})*", databases.products())
    }
}

#[cfg(test)]
mod tests {
    /// `UPDATE_REFERENCE=1` writes it anew.
    #[test]
    #[allow(clippy::unwrap_used)]
    fn the_page_is_what_is_declared() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference.md");
        if std::env::var_os("UPDATE_REFERENCE").is_some() {
            std::fs::write(&path, super::reference()).unwrap();
        }
        let page = std::fs::read_to_string(&path).unwrap();
        assert!(page == super::reference(), "run `UPDATE_REFERENCE=1 cargo test the_page_is_what_is_declared`");
    }
}
