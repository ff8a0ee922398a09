//! The commands of README.md are run as they stand, in order, and print what it says they print.
//!
//! A block ```` ```console ```` holds `$ command` lines, each followed by what it prints; `...` on a line of its own
//! stands for any lines, inside a line for any characters. A block ```` ```toml ```` whose first line is
//! `# some/file.toml` writes that file. `cargo run --release -- ` and `trueup ` both run the program under test;
//! `cargo install ...` and `git clone ...` are not run.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

/// One thing that the README does.
#[derive(Debug, PartialEq, Eq)]
enum Act {
    /// Writes a file.
    Write { path: String, text: String },
    /// Runs a command, which prints these lines.
    Run { command: String, prints: Vec<String> },
}

fn acts(readme: &str) -> Vec<Act> {
    let mut acts = Vec::new();
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        let Some(language) = line.strip_prefix("```") else { continue };
        let block: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
        match language {
            "toml" => {
                let path = block.first().and_then(|line| line.strip_prefix("# ")).filter(|path| is_file_name(path));
                if let Some(path) = path {
                    acts.push(Act::Write { path: path.to_owned(), text: block.join("\n") + "\n" });
                }
            }
            "console" => {
                for line in block {
                    if let Some(command) = line.strip_prefix("$ ") {
                        acts.push(Act::Run { command: command.to_owned(), prints: Vec::new() });
                    } else if let Some(Act::Run { prints, .. }) = acts.last_mut() {
                        prints.push(line.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    acts
}

fn is_file_name(text: &str) -> bool {
    text.strip_suffix(".toml").is_some_and(|name| !name.contains(' '))
}

/// Whether printed lines are those expected, with `...` as a wildcard.
fn fits(expected: &[String], printed: &[&str]) -> bool {
    match expected.split_first() {
        None => printed.is_empty(),
        Some((first, rest)) if first.trim() == "..." => (0..=printed.len()).any(|skip| fits(rest, &printed[skip..])),
        Some((first, rest)) => {
            printed.split_first().is_some_and(|(line, after)| fits_line(first, line) && fits(rest, after))
        }
    }
}

fn fits_line(expected: &str, printed: &str) -> bool {
    let (expected, printed) = (expected.trim_end(), printed.trim_end());
    match expected.split_once("...") {
        None => expected == printed,
        Some((before, after)) => printed.strip_prefix(before).is_some_and(|rest| {
            (0..=rest.len()).filter(|at| rest.is_char_boundary(*at)).any(|at| fits_line(after, &rest[at..]))
        }),
    }
}

#[test]
fn the_readme_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Ok(readme) = fs::read_to_string(root.join("README.md")) else {
        println!("there is no README.md yet");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    copy(&root.join("schema-examples"), &folder.path().join("schema-examples"));
    let path = format!("{}:{}", program_folder(), std::env::var("PATH").unwrap_or_default());
    for act in acts(&readme) {
        match act {
            Act::Write { path, text } => {
                let path = folder.path().join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            Act::Run { command, .. }
                if ["cargo install", "git clone", "cd ", "./scripts/"].iter().any(|c| command.starts_with(c)) => {}
            Act::Run { command, prints } => {
                let script = command.replace("cargo run --release -- ", "trueup ");
                let output = Command::new("sh")
                    .args(["-c", &format!("{script} 2>&1")])
                    .current_dir(folder.path())
                    .env("PATH", &path)
                    .env_remove("DATABASE_URL")
                    .output()
                    .unwrap();
                let printed = String::from_utf8_lossy(&output.stdout).into_owned();
                let lines: Vec<_> = printed.trim_end().lines().collect();
                let mut expected = prints.clone();
                while expected.last().is_some_and(|line| line.trim().is_empty()) {
                    expected.pop();
                }
                assert!(
                    fits(&expected, &lines),
                    "`{command}` prints\n{printed}\nand the README says\n{}",
                    prints.join("\n")
                );
            }
        }
    }
}

fn program_folder() -> String {
    Path::new(env!("CARGO_BIN_EXE_trueup")).parent().unwrap().display().to_string()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn blocks_and_wildcards_are_read() {
    let text = "text\n```toml\n# schema/a.toml\na = 1\n```\n```console\n$ one\nout\n$ two\n...\nend\n```\n```toml\nnot = \"a file\"\n```\n";
    let run = |command: &str, prints: &[&str]| Act::Run {
        command: command.to_owned(),
        prints: prints.iter().map(|&line| line.to_owned()).collect(),
    };
    let write = Act::Write { path: "schema/a.toml".to_owned(), text: "# schema/a.toml\na = 1\n".to_owned() };
    assert_eq!(acts(text), [write, run("one", &["out"]), run("two", &["...", "end"])]);
    let expected = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect::<Vec<_>>();
    assert!(fits(&expected(&["a", "...", "took ... s"]), &["a", "b", "c", "took 0.1 s"]));
    assert!(fits(&expected(&["...", "a"]), &["a"]));
    assert!(!fits(&expected(&["a"]), &["a", "b"]));
    assert!(!fits(&expected(&["took ... s"]), &["took 1 m"]));
}
