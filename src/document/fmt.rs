//! Formatting: what stands where may change, what it says and every comment stay.

use toml_parser::parser::{Event, EventKind};

use super::align::{self, aligned, width};
use super::syntax::{Content, Syntax, SyntaxError, written_path};

/// The text with its equal signs aligned, one blank line between tables and a newline at its end.
/// Values that span lines stay as they are, and so do line ends of Windows.
pub fn format(text: &str) -> Result<String, SyntaxError> {
    let syntax = Syntax::read(text)?;
    let mut lines = read_lines(&syntax);
    align_values(&mut lines);
    align_comments(&mut lines);
    space_out(&mut lines);
    let mut out = String::with_capacity(text.len());
    if text.starts_with('\u{feff}') {
        out.push('\u{feff}');
    }
    for line in &lines {
        out.push_str(&line.text);
        if let Some(comment) = &line.comment {
            out.push_str(&" ".repeat(comment.gap));
            out.push_str(&comment.text);
        }
        out.push_str(syntax.eol);
    }
    Ok(out)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Comment,
    Header,
    Pair,
}

struct Line {
    kind: Kind,
    text: String,
    /// Of a pair: its keys and its value, until they are aligned.
    pair: Option<align::Line>,
    comment: Option<Comment>,
}

/// A comment behind something.
struct Comment {
    text: String,
    /// Where it stood.
    column: usize,
    gap: usize,
}

fn read_lines(syntax: &Syntax<'_>) -> Vec<Line> {
    let read = |line: &super::syntax::Line| {
        let comment = line.comment.as_ref().map(|span| {
            let before = syntax.slice(&(line.span.start..span.start));
            let last = before.rsplit('\n').next().unwrap_or_default();
            let gap = width(last) - width(last.trim_end_matches([' ', '\t']));
            Comment { text: syntax.slice(span).trim_end().to_owned(), column: width(last), gap: gap.max(1) }
        });
        match &line.content {
            Content::Nothing => match comment {
                Some(comment) => Line { kind: Kind::Comment, text: comment.text, pair: None, comment: None },
                None => Line { kind: Kind::Blank, text: String::new(), pair: None, comment: None },
            },
            Content::Header { keys, array, .. } => {
                let path = written_path(syntax, keys);
                let text = if *array { format!("[[{path}]]") } else { format!("[{path}]") };
                Line { kind: Kind::Header, text, pair: None, comment }
            }
            Content::Pair { keys, value, events } => {
                let value = tidy(syntax, syntax.events(events)).unwrap_or_else(|| syntax.slice(value).to_owned());
                let pair = align::Line::new(written_path(syntax, keys), value);
                Line { kind: Kind::Pair, text: String::new(), pair: Some(pair), comment }
            }
        }
    };
    syntax.lines.iter().map(read).collect()
}

/// A value with one way of spacing, unless it spans lines.
fn tidy(syntax: &Syntax<'_>, events: &[Event]) -> Option<String> {
    let mut out = String::new();
    let tokens: Vec<_> = events.iter().filter(|event| event.kind() != EventKind::Whitespace).collect();
    for (i, event) in tokens.iter().enumerate() {
        let next = tokens.get(i + 1).map(|event| event.kind());
        let closes = matches!(next, Some(EventKind::InlineTableClose | EventKind::ArrayClose));
        match event.kind() {
            EventKind::Newline | EventKind::Comment => return None,
            EventKind::InlineTableOpen if closes => out.push('{'),
            EventKind::InlineTableOpen => out.push_str("{ "),
            EventKind::InlineTableClose if out.ends_with('{') => out.push('}'),
            EventKind::InlineTableClose => out.push_str(" }"),
            EventKind::ValueSep if closes => {}
            EventKind::ValueSep => out.push_str(", "),
            EventKind::KeyValSep => out.push_str(" = "),
            _ => out.push_str(syntax.slice(&(event.span().start()..event.span().end()))),
        }
    }
    Some(out)
}

/// Aligns the equal signs of pairs that follow each other, with comments between them or not.
fn align_values(lines: &mut [Line]) {
    for run in lines.split_mut(|line| matches!(line.kind, Kind::Blank | Kind::Header)) {
        let (at, pairs): (Vec<_>, Vec<_>) =
            run.iter_mut().enumerate().filter_map(|(i, line)| Some((i, line.pair.take()?))).unzip();
        for (i, text) in at.into_iter().zip(aligned(&pairs)) {
            if let Some(line) = run.get_mut(i) {
                line.text = text;
            }
        }
    }
}

/// Comments behind lines that follow each other and that stood below each other do so again.
fn align_comments(lines: &mut [Line]) {
    let column = |line: &Line| line.comment.as_ref().map(|comment| comment.column);
    for group in lines.chunk_by_mut(|a, b| column(a).is_some() && column(a) == column(b)) {
        let end = |line: &Line| width(line.text.rsplit('\n').next().unwrap_or_default());
        let widest = group.iter().map(end).max().unwrap_or(0);
        let gap = group.iter().filter_map(|line| Some(line.comment.as_ref()?.gap)).min().unwrap_or(1);
        for line in group {
            let behind = widest - end(line);
            if let Some(comment) = &mut line.comment {
                comment.gap = behind + gap;
            }
        }
    }
}

/// One blank line before a header and what stands right above it, none behind one, never two.
fn space_out(lines: &mut Vec<Line>) {
    let blank = || Line { kind: Kind::Blank, text: String::new(), pair: None, comment: None };
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines.drain(..) {
        match line.kind {
            Kind::Blank => {
                if out.last().is_some_and(|last| last.kind != Kind::Blank) {
                    out.push(line);
                }
            }
            Kind::Header => {
                let above = out.iter().rev().take_while(|line| line.kind == Kind::Comment).count();
                let start = out.len() - above;
                if start > 0 && out.get(start - 1).is_some_and(|line| line.kind != Kind::Blank) {
                    out.insert(start, blank());
                }
                out.push(line);
            }
            Kind::Pair => {
                if let [.., header, last] = out.as_slice()
                    && header.kind == Kind::Header
                    && last.kind == Kind::Blank
                {
                    out.pop();
                }
                out.push(line);
            }
            Kind::Comment => out.push(line),
        }
    }
    while out.last().is_some_and(|line| line.kind == Kind::Blank) {
        out.pop();
    }
    *lines = out;
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn aligns_spaces_and_keeps_comments() {
        let text = "\n\n#:schema x\n  [ table . t ]   # head\n\nstrict=true\nprimary_key = ['id']\n# about b\n[table.t.column]\nid={type=\"int\",x=[1,2 , ]}    # one\nlong_name = { type = \"text\" }# two\n\n\n\n# apart\n\nz = {\n  type = \"a\", # in\n}\n# end";
        let expected = "#:schema x\n[table.t]   # head\nstrict      = true\nprimary_key = ['id']\n\n# about b\n[table.t.column]\nid        = { type = \"int\", x = [1, 2] }    # one\nlong_name = { type = \"text\" } # two\n\n# apart\n\nz = {\n  type = \"a\", # in\n}\n# end\n";
        assert_eq!(format(text).unwrap(), expected);
        assert_eq!(format(expected).unwrap(), expected);
        assert_eq!(format("").unwrap(), "");
    }

    #[test]
    fn comments_that_stood_below_each_other_do_so_again() {
        let text = "a=1       # x\nlonger=2  # y\n";
        assert_eq!(format(text).unwrap(), "a      = 1  # x\nlonger = 2  # y\n");
    }

    #[test]
    fn says_where_it_is_not_toml() {
        let error = format("a = 1\nb = = 2\n").unwrap_err();
        assert!(error.message.starts_with("not TOML: "), "{}", error.message);
        assert_eq!(error.span.start, 10);
        assert!(format("a = nope\n").is_err());
    }
}
