//! A TOML file as lines with their spans, for what must keep every byte that it does not change.

use std::ops::Range;

use toml_parser::parser::{Event, EventKind, RecursionGuard, ValidateWhitespace, parse_document};
use toml_parser::{ParseError, Source};

use crate::diagnostic::{Diagnostic, FileId, Place};

/// How deep arrays and inline tables may nest.
const DEEPEST: u32 = 80;

/// Why a text is not TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// Where, in bytes.
    pub span: Range<usize>,
}

impl SyntaxError {
    /// The same for people, in its file.
    pub fn diagnostic(self, file: FileId) -> Diagnostic {
        Diagnostic::error(self.message).at(Place::new(file, self.span), "")
    }
}

/// The lines of a file.
#[derive(Debug)]
pub(super) struct Syntax<'t> {
    /// The whole text.
    pub(super) text: &'t str,
    /// How its lines end.
    pub(super) eol: &'static str,
    /// Its lines in order; together they are the whole text, a byte order mark aside.
    pub(super) lines: Vec<Line>,
    events: Vec<Event>,
}

/// A line, or several where a value has several.
#[derive(Debug)]
pub(super) struct Line {
    /// All of it, its end included.
    pub(super) span: Range<usize>,
    /// What stands on it, comments aside.
    pub(super) content: Content,
    /// The comment on it.
    pub(super) comment: Option<Range<usize>>,
}

/// What stands on a line.
#[derive(Debug)]
pub(super) enum Content {
    /// Nothing, or a comment only.
    Nothing,
    /// `[keys]`
    Header {
        keys: Vec<Key>,
        /// Whether it is `[[keys]]`.
        array: bool,
    },
    /// `keys = value`
    Pair {
        keys: Vec<Key>,
        value: Range<usize>,
        /// The events of the value.
        events: Range<usize>,
    },
}

/// One key of a path.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) span: Range<usize>,
    pub(super) name: String,
}

impl<'t> Syntax<'t> {
    /// Reads a file. Keys that stand twice are not looked for.
    pub(super) fn read(text: &'t str) -> Result<Self, SyntaxError> {
        let source = Source::new(text);
        let tokens = source.lex().into_vec();
        let mut events = Vec::with_capacity(tokens.len());
        let mut errors: Vec<ParseError> = Vec::new();
        let mut validate = ValidateWhitespace::new(&mut events, source);
        let mut guard = RecursionGuard::new(&mut validate, DEEPEST);
        parse_document(&tokens, &mut guard, &mut errors);
        let start = text.len() - text.trim_start_matches('\u{feff}').len();
        let mut reader = Reader { source, errors, lines: Vec::new(), open: Open::default(), start, eol: None };
        for (i, event) in events.iter().enumerate() {
            reader.event(i, event);
        }
        if reader.start < text.len() {
            reader.finish(text.len());
        }
        let eol = if reader.eol == Some("\r\n") { "\r\n" } else { "\n" };
        match reader.errors.into_iter().next() {
            Some(error) => {
                let span = error.unexpected().or(error.context()).map_or(0..0, |span| span.start()..span.end());
                Err(SyntaxError { message: describe(&error), span })
            }
            None => Ok(Self { text, eol, lines: reader.lines, events }),
        }
    }

    /// A stretch of the text.
    pub(super) fn slice(&self, span: &Range<usize>) -> &'t str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// The events of a value.
    pub(super) fn events(&self, range: &Range<usize>) -> &[Event] {
        self.events.get(range.clone()).unwrap_or_default()
    }
}

fn describe(error: &ParseError) -> String {
    let expected: Vec<_> = error
        .expected()
        .unwrap_or_default()
        .iter()
        .map(|expected| match expected {
            toml_parser::Expected::Literal(text) => format!("`{}`", text.escape_debug()),
            toml_parser::Expected::Description(text) => (*text).to_owned(),
            _ => String::new(),
        })
        .filter(|text| !text.is_empty())
        .collect();
    if expected.is_empty() {
        format!("not TOML: {}", error.description())
    } else {
        format!("not TOML: {}, expected {}", error.description(), expected.join(" or "))
    }
}

/// The line at hand.
#[derive(Default)]
struct Open {
    depth: usize,
    /// Whether it is of an array, if it is a header.
    header: Option<bool>,
    keys: Vec<Key>,
    after_equal: bool,
    value: Option<(Range<usize>, Range<usize>)>,
    comment: Option<Range<usize>>,
}

struct Reader<'t> {
    source: Source<'t>,
    errors: Vec<ParseError>,
    lines: Vec<Line>,
    open: Open,
    start: usize,
    eol: Option<&'t str>,
}

impl Reader<'_> {
    fn event(&mut self, i: usize, event: &Event) {
        let span = event.span().start()..event.span().end();
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                self.open.header = Some(event.kind() == EventKind::ArrayTableOpen);
            }
            EventKind::InlineTableOpen | EventKind::ArrayOpen => {
                self.value(i, span);
                self.open.depth += 1;
            }
            EventKind::InlineTableClose | EventKind::ArrayClose => {
                self.open.depth = self.open.depth.saturating_sub(1);
                self.value(i, span);
            }
            EventKind::SimpleKey => {
                let name = self.decode(event, true);
                if self.open.after_equal {
                    self.value(i, span);
                } else {
                    self.open.keys.push(Key { span, name });
                }
            }
            EventKind::KeyValSep if !self.open.after_equal => self.open.after_equal = true,
            EventKind::Scalar => {
                self.decode(event, false);
                self.value(i, span);
            }
            EventKind::Comment if self.open.depth == 0 => self.open.comment = Some(span),
            EventKind::Newline if self.open.depth == 0 => {
                self.eol = self.eol.or_else(|| self.source.input().get(span.clone()));
                self.finish(span.end);
            }
            EventKind::StdTableClose
            | EventKind::ArrayTableClose
            | EventKind::KeySep
            | EventKind::KeyValSep
            | EventKind::ValueSep
            | EventKind::Whitespace
            | EventKind::Comment
            | EventKind::Newline
            | EventKind::Error => {}
        }
    }

    fn decode(&mut self, event: &Event, key: bool) -> String {
        let mut text = String::new();
        if let Some(raw) = self.source.get(event) {
            if key {
                raw.decode_key(&mut text, &mut self.errors);
            } else {
                let _kind = raw.decode_scalar(&mut text, &mut self.errors);
            }
        }
        text
    }

    fn value(&mut self, i: usize, span: Range<usize>) {
        match &mut self.open.value {
            Some((value, events)) => {
                value.end = span.end;
                events.end = i + 1;
            }
            none => *none = Some((span, i..i + 1)),
        }
    }

    fn finish(&mut self, end: usize) {
        let open = std::mem::take(&mut self.open);
        let content = match (open.header, open.value) {
            (Some(array), _) => Content::Header { keys: open.keys, array },
            (None, Some((value, events))) => Content::Pair { keys: open.keys, value, events },
            (None, None) => Content::Nothing,
        };
        self.lines.push(Line { span: self.start..end, content, comment: open.comment });
        self.start = end;
    }
}

/// The keys of a path as they are written.
pub(super) fn written_path(syntax: &Syntax<'_>, keys: &[Key]) -> String {
    keys.iter().map(|key| syntax.slice(&key.span)).collect::<Vec<_>>().join(".")
}
