//! Anything that went wrong: as text with what to do, as JSON, and as an exit code.

use serde::Serialize;

use crate::catalog::ObjectId;
use crate::error::{Error, Refused};

use super::style::{self, clean, clean_lines, paint};
use super::{diagnostic, json};

/// What a failed run says to its caller: bad input, no connection, a step that failed.
pub const FAILED: u8 = 1;
/// Nothing was done since trueup refused, or somebody else holds the database.
pub const REFUSED: u8 = 3;

/// The exit code of an error.
pub fn exit_code(error: &Error) -> u8 {
    match error {
        Error::Refused(_) | Error::Busy { .. } => REFUSED,
        Error::Input(_)
        | Error::File { .. }
        | Error::Connect { .. }
        | Error::Statement { .. }
        | Error::Usage { .. }
        | Error::Interrupted(_)
        | Error::NotConverged(_)
        | Error::Cycle(_) => FAILED,
        Error::Written { error, .. } => exit_code(error),
    }
}

/// The word for an error in JSON.
fn word(error: &Error) -> &'static str {
    match error {
        Error::Input(_) => "input",
        Error::File { .. } => "file",
        Error::Connect { .. } => "connect",
        Error::Statement { .. } => "statement",
        Error::Written { error, .. } => word(error),
        Error::Busy { .. } => "busy",
        Error::Refused(_) => "refused",
        Error::Usage { .. } => "usage",
        Error::Interrupted(_) => "interrupted",
        Error::NotConverged(_) => "not_converged",
        Error::Cycle(_) => "cycle",
    }
}

/// What a person can do about an error.
fn help(error: &Error) -> Option<String> {
    match error {
        Error::Connect { help, .. } | Error::Statement { help, .. } | Error::Usage { help, .. } => help.clone(),
        Error::Busy { .. } => Some("try again when it is done, or wait longer with --lock-timeout".into()),
        Error::Refused(refused) => Some(match refused {
            Refused::Destructive(_) => {
                "give leave with --allow ADDRESS for one or --allow-destructive for all, or do the rest with --skip-destructive".into()
            }
            Refused::Protected(_) => "take it out of `protect` under [manage] in trueup.toml first".into(),
            Refused::Stale(_) => "make the plan again".into(),
            Refused::NotApproved(_) => "look at the changes with `trueup plan`, then apply with --auto-approve".into(),
            Refused::Rows(_) | Refused::Impossible(_) => return None,
        }),
        Error::NotConverged(_) | Error::Cycle(_) => {
            Some("this is a fault of trueup: please report it with the TOML and the plan (`trueup plan --out FILE`)".into())
        }
        Error::Interrupted(_) => Some("run `trueup apply` again when it suits: it does what is left".into()),
        Error::Written { error, .. } => help(error),
        Error::Input(_) | Error::File { .. } => None,
    }
}

/// The statement that failed.
fn statement(error: &Error) -> Option<&str> {
    match error {
        Error::Statement { sql, .. } => Some(sql),
        Error::Written { error, .. } => statement(error),
        _ => None,
    }
}

/// The objects an error is about.
fn objects(error: &Error) -> Vec<&ObjectId> {
    match error {
        Error::Statement { object, .. } => object.iter().collect(),
        Error::Written { error, .. } => objects(error),
        Error::Refused(Refused::Destructive(ids) | Refused::Protected(ids)) => ids.iter().collect(),
        Error::Refused(Refused::Stale(_) | Refused::Rows(_) | Refused::Impossible(_) | Refused::NotApproved(_))
        | Error::Input(_)
        | Error::File { .. }
        | Error::Connect { .. }
        | Error::Busy { .. }
        | Error::Usage { .. }
        | Error::Interrupted(_)
        | Error::NotConverged(_)
        | Error::Cycle(_) => Vec::new(),
    }
}

/// An error as text, in colours.
pub fn render(error: &Error) -> String {
    let title = |word, message: &str| vec![format!("{}: {}", paint(style::DANGER, word), clean_lines(message))];
    let refused = |message, ids: &[ObjectId]| {
        let mut lines = title("refused", message);
        lines.extend(ids.iter().map(|id| format!("  {}", clean(&id.to_string()))));
        lines
    };
    let mut lines = match error {
        Error::Input(diagnostics) => return diagnostic::render(diagnostics),
        Error::Written { diagnostics, .. } => vec![diagnostic::render(diagnostics).trim_end().to_owned()],
        Error::Refused(Refused::Destructive(ids)) => refused("data would be lost", ids),
        Error::Refused(Refused::Protected(ids)) => {
            refused("trueup.toml protects what would be dropped or made again", ids)
        }
        Error::Refused(_) | Error::Busy { .. } => title("refused", &error.to_string()),
        Error::Statement { object: Some(object), message, .. } => title("error", &format!("{object}: {message}")),
        Error::Statement { .. }
        | Error::File { .. }
        | Error::Connect { .. }
        | Error::Usage { .. }
        | Error::Interrupted(_)
        | Error::NotConverged(_)
        | Error::Cycle(_) => title("error", &error.to_string()),
    };
    if let Some(sql) = statement(error) {
        lines.extend(sql.trim_end().lines().map(|line| format!("  {} {}", paint(style::DIM, "|"), clean(line))));
    }
    lines.extend(help(error).map(|help| format!("{} {}", paint(style::HELP, "help:"), clean_lines(&help))));
    lines.join("\n") + "\n"
}

/// An error for programs.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    version: u32,
    error: Body<'a>,
}

#[derive(Debug, Serialize)]
struct Body<'a> {
    kind: &'static str,
    exit_code: u8,
    message: String,
    help: Option<String>,
    objects: Vec<String>,
    sql: Option<&'a str>,
    diagnostics: Vec<diagnostic::Report<'a>>,
}

impl<'a> Report<'a> {
    /// The report of an error.
    pub fn new(error: &'a Error) -> Self {
        let (diagnostics, message) = match error {
            Error::Input(diagnostics) => {
                let first = diagnostics.items.first().map_or("the TOML is not valid", |item| &item.message);
                (diagnostic::reports(diagnostics), first.to_owned())
            }
            Error::Written { error, diagnostics } => (diagnostic::reports(diagnostics), error.to_string()),
            Error::File { .. }
            | Error::Connect { .. }
            | Error::Statement { .. }
            | Error::Busy { .. }
            | Error::Refused(_)
            | Error::Usage { .. }
            | Error::Interrupted(_)
            | Error::NotConverged(_)
            | Error::Cycle(_) => (Vec::new(), error.to_string()),
        };
        let body = Body {
            kind: word(error),
            exit_code: exit_code(error),
            message,
            help: help(error),
            objects: objects(error).into_iter().map(ObjectId::address).collect(),
            sql: statement(error),
            diagnostics,
        };
        Self { version: json::VERSION, error: body }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn show(error: &Error) -> String {
        anstream::adapter::strip_str(&render(error)).to_string()
    }

    #[test]
    fn a_statement_that_failed() {
        let error = Error::Statement {
            message: "no such column: totl".into(),
            object: Some(sample::view("v")),
            sql: "CREATE VIEW v AS\nSELECT totl FROM t".into(),
            help: None,
        };
        insta::assert_snapshot!(show(&error), @r"
        error: view.v: no such column: totl
          | CREATE VIEW v AS
          | SELECT totl FROM t
        ");
        insta::assert_snapshot!(json::pretty(&Report::new(&error)).unwrap(), @r#"
        {
          "version": 1,
          "error": {
            "kind": "statement",
            "exit_code": 1,
            "message": "no such column: totl",
            "help": null,
            "objects": [
              "view.v"
            ],
            "sql": "CREATE VIEW v AS\nSELECT totl FROM t",
            "diagnostics": []
          }
        }
        "#);
    }

    #[test]
    fn refusals_say_what_gives_leave() {
        let lost = Error::Refused(Refused::Destructive(vec![sample::table("a"), sample::table("b")]));
        insta::assert_snapshot!(show(&lost), @r"
        refused: data would be lost
          table.a
          table.b
        help: give leave with --allow ADDRESS for one or --allow-destructive for all, or do the rest with --skip-destructive
        ");
        insta::assert_snapshot!(show(&Error::Refused(Refused::Protected(vec![sample::table("a")]))), @r"
        refused: trueup.toml protects what would be dropped or made again
          table.a
        help: take it out of `protect` under [manage] in trueup.toml first
        ");
        insta::assert_snapshot!(show(&Error::Refused(Refused::Stale("table.a is new".into()))), @r"
        refused: the database has changed since the plan was made: table.a is new
        help: make the plan again
        ");
    }

    #[test]
    fn a_database_that_is_busy() {
        let busy = Error::Busy { database: "sqlite:shop.db".into(), reason: "another program is writing".into() };
        insta::assert_snapshot!(show(&busy), @r"
        refused: sqlite:shop.db is busy: another program is writing
        help: try again when it is done, or wait longer with --lock-timeout
        ");
    }

    #[test]
    fn exit_codes() {
        assert_eq!(exit_code(&Error::usage("x")), 1);
        assert_eq!(exit_code(&Error::Refused(Refused::Stale("x".into()))), 3);
        assert_eq!(exit_code(&Error::Busy { database: "d".into(), reason: "r".into() }), 3);
    }
}
