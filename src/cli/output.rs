//! What is printed where: results on stdout; progress, warnings and errors on stderr.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use serde::Serialize;
use trueup::diagnostic::Diagnostics;
use trueup::error::{Error, Result};
use trueup::report::{diagnostic, error, json};

use super::args::{Color, Global};

/// Where commands print.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Debug)]
pub(crate) struct Output {
    color: ColorChoice,
    pub(crate) quiet: bool,
    pub(crate) verbose: bool,
    progress: bool,
    /// Errors are JSON.
    for_programs: bool,
}

impl Output {
    pub(crate) fn new(global: &Global, for_programs: bool) -> Self {
        let color = match global.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        let progress = !global.no_progress && !global.quiet;
        Self { color, quiet: global.quiet, verbose: global.verbose, progress, for_programs }
    }

    /// Prints a result. That nobody reads it any more (`trueup plan | head`) is no error, and stops
    /// no apply half-way.
    pub(crate) fn print(&self, text: &str) -> Result<()> {
        let mut stdout = AutoStream::new(io::stdout().lock(), self.color);
        match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Error::File { path: "stdout".into(), error })
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Prints a result for programs.
    pub(crate) fn print_json(&self, value: &impl Serialize) -> Result<()> {
        let text = json::pretty(value).map_err(|error| Error::usage(format!("no JSON of it: {error}")))?;
        self.print(&text)
    }

    /// Says something on the way, unless told to be quiet.
    pub(crate) fn say(&self, text: &str) {
        if !self.quiet {
            self.stderr(text);
        }
    }

    /// Shows warnings, unless told to be quiet.
    pub(crate) fn warn(&self, diagnostics: &Diagnostics) {
        if !self.quiet && !diagnostics.items.is_empty() {
            self.stderr(&diagnostic::render(diagnostics));
        }
    }

    /// Shows an error; never quiet.
    pub(crate) fn error(&self, error: &Error) {
        if self.for_programs
            && let Ok(text) = json::pretty(&error::Report::new(error))
        {
            self.stderr(&text);
        } else {
            self.stderr(&error::render(error));
        }
    }

    /// Whether there is somebody to ask.
    pub(crate) fn can_ask() -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Whether progress is drawn, as against told line by line.
    pub(crate) fn draws_progress(&self) -> bool {
        self.progress && io::stderr().is_terminal()
    }

    /// Whether progress is told at all.
    pub(crate) fn tells_progress(&self) -> bool {
        self.progress
    }

    /// Asks; anything but yes is no.
    pub(crate) fn ask(&self, question: &str) -> bool {
        self.stderr(&format!("{question} [y/N] "));
        let mut answer = String::new();
        let read = io::stdin().read_line(&mut answer).is_ok();
        read && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
    }

    /// What cannot be said on stderr cannot be said anywhere.
    fn stderr(&self, text: &str) {
        let mut stderr = AutoStream::new(io::stderr().lock(), self.color);
        let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
    }
}
