//! Colours, and text from outside made fit to be shown.
//!
//! Reports always carry colours; who prints one to something that is no terminal strips them
//! (`anstream` does).

use std::borrow::Cow;
use std::fmt;

use anstyle::{AnsiColor, Style};

use crate::suggest::plural;

/// New objects.
pub const ADD: Style = AnsiColor::Green.on_default();
/// Changed objects.
pub const CHANGE: Style = AnsiColor::Yellow.on_default();
/// Objects that are made again.
pub const RECREATE: Style = AnsiColor::Magenta.on_default();
/// Dropped objects.
pub const DROP: Style = AnsiColor::Red.on_default();
/// What needs leave, and errors.
pub const DANGER: Style = AnsiColor::Red.on_default().bold();
/// Warnings.
pub const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// What to do.
pub const HELP: Style = AnsiColor::Cyan.on_default();
/// Headings.
pub const HEADING: Style = Style::new().bold();
/// What matters less.
pub const DIM: Style = Style::new().dimmed();

/// Text in a style.
pub fn paint(style: Style, text: impl fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Text from outside on one line: what could move the cursor or forge a line is escaped.
pub fn clean(text: &str) -> Cow<'_, str> {
    escaped(text, |c| is_unsafe(c) || c == '\n')
}

/// Text from outside that may span lines.
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    escaped(text, is_unsafe)
}

fn escaped(text: &str, escape: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&escape) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if escape(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Control characters, and the marks that turn the direction of writing around.
fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `1 table`, `2 tables`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {}", plural(noun)) }
}

/// How many columns a text takes, its colours aside.
pub fn width(text: &str) -> usize {
    anstream::adapter::strip_str(text).to_string().chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_forge_output_is_escaped() {
        assert_eq!(clean("a\u{1b}[31m\nb"), "a\\u{1b}[31m\\nb");
        assert_eq!(clean_lines("a\nb\r"), "a\nb\\r");
        assert_eq!(clean("émoji 🦀"), "émoji 🦀");
    }

    #[test]
    fn counts_read_as_english() {
        assert_eq!(count(1, "index"), "1 index");
        assert_eq!(count(2, "index"), "2 indexes");
        assert_eq!(count(0, "foreign key"), "0 foreign keys");
        assert_eq!(count(3, "policy"), "3 policies");
        assert_eq!(count(2, "statistics"), "2 statistics");
    }

    #[test]
    fn width_is_without_colours() {
        assert_eq!(width(&paint(ADD, "abc")), 3);
    }
}
