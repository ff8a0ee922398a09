//! A case: a folder with two states of a database, and what is expected on the way from one to the other.
//!
//! `a.sql`, `b.sql`: what makes each state. `a.toml`, `b.toml`: the schema as people write it; where there is
//! one, it is applied instead of what `import` writes, and alone it also makes the state.
//! `seed.sql`, `back_seed.sql`: rows for a, and for b on the way back. `expect.toml`: see [`Expect`].

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use serde::Deserialize;

/// What a folder's name has to contain for it to be run: `TRUEUP_CASE=table/strict`.
pub(crate) fn only() -> String {
    std::env::var("TRUEUP_CASE").unwrap_or_default()
}

/// One state.
#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    /// The statements that make it.
    pub(crate) sql: Option<String>,
    /// The schema as people write it.
    pub(crate) toml: Option<String>,
}

/// A case as read from its folder.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// Its folder below `tests/cases`.
    pub(crate) name: String,
    /// Where it starts.
    pub(crate) a: State,
    /// Where it goes.
    pub(crate) b: State,
    /// Rows for a.
    pub(crate) seed: String,
    /// Rows for b, on the way back.
    pub(crate) back_seed: String,
    /// What is expected.
    pub(crate) expect: Expect,
}

/// What is expected of a case, beyond what is expected of all.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Expect {
    /// What the case shows.
    pub(crate) about: String,
    /// The servers that it is for, where not all of its dialect's: `postgres`, `mysql`, `mariadb`.
    pub(crate) servers: Vec<String>,
    /// The first version that has what it needs: a text, or one by server.
    pub(crate) min_version: Option<toml::Value>,
    /// Roles that have to be there.
    pub(crate) roles: Vec<String>,
    /// The order of columns counts.
    pub(crate) column_order: bool,
    /// From a to b.
    pub(crate) forward: Way,
    /// From b to a.
    pub(crate) back: Way,
}

/// What is expected of one direction.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a key of expect.toml by itself")]
pub(crate) struct Way {
    /// Not done, with the reason.
    pub(crate) skip: Option<String>,
    /// The states are equal for the program: the plan is empty, nothing is applied.
    pub(crate) same: bool,
    /// The schema folder itself is refused, before there is a plan.
    pub(crate) invalid: bool,
    /// Whether any table is copied.
    pub(crate) rebuild: Option<bool>,
    /// Pieces of text that the plan has.
    pub(crate) plan_has: Vec<String>,
    /// Pieces of text that the plan has not.
    pub(crate) plan_lacks: Vec<String>,
    /// Pieces of text that the SQL of the plan has.
    pub(crate) sql_has: Vec<String>,
    /// Pieces of text that the SQL of the plan has not.
    pub(crate) sql_lacks: Vec<String>,
    /// Pieces of text that `plan --probe` has.
    pub(crate) probe_has: Vec<String>,
    /// Pieces of text that an apply without leave says; it refuses then, since data would be lost.
    pub(crate) needs_leave: Vec<String>,
    /// Nothing is lost: it is applied without leave.
    pub(crate) harmless: bool,
    /// The apply is to fail and to change nothing.
    pub(crate) fails: bool,
    /// Its exit code then; 1 or 3 unless said.
    pub(crate) code: Option<i32>,
    /// Pieces of text that the failing apply prints.
    pub(crate) error: Vec<String>,
    /// `false`: the rows that both states have are judged by `rows` alone (names swapped).
    pub(crate) survive: Option<bool>,
    /// What queries give afterwards.
    pub(crate) rows: Vec<Query>,
    /// What `import` wrote is put in other words, as people write it.
    pub(crate) respelled: bool,
    /// TOML that is merged into what `import` wrote: `renamed_from`, `backfill`, `using`.
    pub(crate) directives: String,
}

/// A query and what it gives.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// The query.
    pub(crate) query: String,
    /// Its rows, a list of values each; `"NULL"` is the word, an empty table is NULL.
    pub(crate) is: Vec<Vec<toml::Value>>,
}

impl Query {
    /// The rows in SQLite's values.
    pub(crate) fn rows(&self) -> Vec<Vec<Value>> {
        let value = |value: &toml::Value| match value {
            toml::Value::Integer(number) => Value::Integer(*number),
            toml::Value::Float(number) => Value::Real(*number),
            toml::Value::String(text) => Value::Text(text.clone()),
            toml::Value::Boolean(truth) => Value::Integer(i64::from(*truth)),
            toml::Value::Datetime(_) | toml::Value::Array(_) | toml::Value::Table(_) => Value::Null,
        };
        self.is.iter().map(|row| row.iter().map(value).collect()).collect()
    }
}

impl Case {
    /// Reads a case from its folder.
    pub(crate) fn read(root: &Path, folder: &Path) -> Result<Self, String> {
        let file = |name: &str| fs::read_to_string(folder.join(name)).ok();
        let name = folder.strip_prefix(root).unwrap_or(folder).display().to_string();
        let expect = file("expect.toml").unwrap_or_default();
        let expect = toml::from_str(&expect).map_err(|error| format!("{name}/expect.toml: {error}"))?;
        let state = |letter: &str| State { sql: file(&format!("{letter}.sql")), toml: file(&format!("{letter}.toml")) };
        let case = Self {
            a: state("a"),
            b: state("b"),
            seed: file("seed.sql").unwrap_or_default(),
            back_seed: file("back_seed.sql").unwrap_or_default(),
            name,
            expect,
        };
        for (letter, state) in [("a", &case.a), ("b", &case.b)] {
            if state.sql.is_none() && state.toml.is_none() {
                return Err(format!("{}: neither {letter}.sql nor {letter}.toml", case.name));
            }
        }
        Ok(case)
    }

    /// The database that it is for: the first folder of its name, SQLite where it has none.
    pub(crate) fn dialect(&self) -> &str {
        self.name.split_once('/').map_or("sqlite", |(dialect, _)| dialect)
    }

    /// The case the other way round.
    pub(crate) fn reversed(&self) -> Self {
        Self {
            name: format!("{} (back)", self.name),
            a: self.b.clone(),
            b: self.a.clone(),
            seed: self.back_seed.clone(),
            back_seed: self.seed.clone(),
            expect: Expect {
                forward: self.expect.back.clone(),
                back: self.expect.forward.clone(),
                ..self.expect.clone()
            },
        }
    }

    /// The case as the files of its folder, to be shown and kept.
    pub(crate) fn show(&self) -> String {
        let files = [
            ("a.sql", self.a.sql.as_deref()),
            ("a.toml", self.a.toml.as_deref()),
            ("b.sql", self.b.sql.as_deref()),
            ("b.toml", self.b.toml.as_deref()),
            ("seed.sql", Some(self.seed.as_str())),
        ];
        let mut text = String::new();
        for (name, content) in files {
            if let Some(content) = content.filter(|content| !content.is_empty()) {
                text += &["--- ", name, "\n", content.trim_end(), "\n"].concat();
            }
        }
        text
    }
}

/// All case folders below a folder, in order.
pub(crate) fn folders(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        let mut inner: Vec<_> = fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.is_dir())
            .collect();
        if inner.is_empty() && folder != root {
            found.push(folder);
        }
        open.append(&mut inner);
    }
    found.sort();
    found
}
