//! What is wrong with what people wrote, drawn with its lines and carets, and as JSON.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Place, Severity, Sources};

use super::style::{clean, count};

/// More than this many are counted, not shown.
const SHOWN: usize = 50;

/// All diagnostics as text, in colours.
pub fn render(diagnostics: &Diagnostics) -> String {
    let files = Files::new(&diagnostics.sources);
    let renderer = Renderer::styled();
    let shown = diagnostics.items.iter().take(SHOWN);
    let mut parts: Vec<_> = shown.map(|item| renderer.render(&groups(item, &files)).trim_end().to_owned()).collect();
    let more = diagnostics.items.len().saturating_sub(SHOWN);
    if more > 0 {
        parts.push(format!("... and {more} more"));
    }
    if diagnostics.items.len() > 1 {
        let errors = diagnostics.items.iter().filter(|item| item.severity == Severity::Error).count();
        let counts = [(errors, "error"), (diagnostics.items.len() - errors, "warning")];
        let said = counts.into_iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(number, noun));
        parts.push(said.collect::<Vec<_>>().join(", "));
    }
    parts.join("\n\n") + "\n"
}

fn groups<'a>(item: &'a Diagnostic, files: &Files<'a>) -> Vec<Group<'a>> {
    let level = match item.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(clean(&item.message)));
    let primary = item.place.iter().map(|(place, label)| Mark { place, label, kind: AnnotationKind::Primary });
    let related = item.related.iter().map(|(place, label)| Mark { place, label, kind: AnnotationKind::Context });
    // By file, in the order in which the files are first named.
    let mut by_file: Vec<Vec<Mark<'_>>> = Vec::new();
    for mark in primary.chain(related) {
        match by_file.iter_mut().find(|marks| marks.iter().any(|other| other.place.file == mark.place.file)) {
            Some(marks) => marks.push(mark),
            None => by_file.push(vec![mark]),
        }
    }
    for marks in by_file {
        for snippet in files.snippets(&marks) {
            group = group.element(snippet);
        }
    }
    if let Some(help) = &item.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    vec![group]
}

/// A place to mark, with the words beside the mark.
#[derive(Debug, Clone, Copy)]
struct Mark<'a> {
    place: &'a Place,
    label: &'a str,
    kind: AnnotationKind,
}

/// The files with the starts of their lines, found once for each file that is shown.
struct Files<'a> {
    sources: &'a Sources,
    lines: std::cell::RefCell<BTreeMap<FileId, std::rc::Rc<[usize]>>>,
}

/// Places of one file that are further apart than this stand in snippets of their own, so that a
/// snippet is never a whole big file.
const NEAR: usize = 200;

impl<'a> Files<'a> {
    fn new(sources: &'a Sources) -> Self {
        Self { sources, lines: std::cell::RefCell::default() }
    }

    fn line_starts(&self, file: FileId) -> std::rc::Rc<[usize]> {
        let text = self.sources.get(file).map_or("", |file| &file.text);
        std::rc::Rc::clone(
            self.lines
                .borrow_mut()
                .entry(file)
                .or_insert_with(|| std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()),
        )
    }

    /// Which line (from 0) a byte is on.
    fn line(&self, file: FileId, at: usize) -> usize {
        self.line_starts(file).partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// The lines around the marks of one file.
    fn snippets(&self, marks: &[Mark<'a>]) -> Vec<Snippet<'a, Annotation<'a>>> {
        let Some(file) = marks.first().map(|mark| mark.place.file) else { return Vec::new() };
        let Some(source) = self.sources.get(file) else { return Vec::new() };
        let starts = self.line_starts(file);
        let mut runs: Vec<(Range<usize>, Vec<_>)> = Vec::new();
        for Mark { place, label, kind } in marks {
            let span = within(&source.text, &place.span());
            let lines = self.line(file, span.start)..self.line(file, span.end) + 1;
            match runs.iter_mut().find(|(run, _)| run.start < lines.end + NEAR && lines.start < run.end + NEAR) {
                Some((run, marks)) => {
                    *run = run.start.min(lines.start)..run.end.max(lines.end);
                    marks.push((span, *label, *kind));
                }
                None => runs.push((lines, vec![(span, *label, *kind)])),
            }
        }
        runs.into_iter()
            .map(|(lines, marks)| {
                let from = starts.get(lines.start).copied().unwrap_or(0);
                let to = starts.get(lines.end).map_or(source.text.len(), |start| start - 1);
                let text = source.text.get(from..to).unwrap_or_default();
                let path = clean(&source.path.display().to_string()).into_owned();
                let mut snippet = Snippet::source(text).path(path).line_start(lines.start + 1);
                for (span, label, kind) in marks {
                    let span = span.start - from..(span.end - from).min(text.len());
                    let label = (!label.is_empty()).then(|| clean(label));
                    snippet = snippet.annotation(kind.span(span).label(label));
                }
                snippet
            })
            .collect()
    }
}

/// A span that lies within the text and on letters' bounds, whatever it was.
fn within(text: &str, span: &Range<usize>) -> Range<usize> {
    let bound = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = bound(span.start);
    start..bound(span.end).max(start)
}

/// A diagnostic for programs.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Option<At>,
    label: Option<&'a str>,
    related: Vec<Related<'a>>,
    help: Option<&'a str>,
}

/// Where something stands; lines and columns count from 1, columns in characters.
#[derive(Debug, Serialize)]
struct At {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Debug, Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Option<At>,
    label: &'a str,
}

/// All diagnostics for programs.
pub fn reports(diagnostics: &Diagnostics) -> Vec<Report<'_>> {
    let files = Files::new(&diagnostics.sources);
    let at = |place: &Place| {
        let source = diagnostics.sources.get(place.file)?;
        let span = within(&source.text, &place.span());
        let position = |byte: usize| {
            let line = files.line(place.file, byte);
            let start = files.line_starts(place.file).get(line).copied().unwrap_or(0);
            let column = source.text.get(start..byte).map_or(0, |text| text.chars().count());
            (line + 1, column + 1)
        };
        let ((line, column), (end_line, end_column)) = (position(span.start), position(span.end));
        Some(At { file: source.path.display().to_string(), line, column, end_line, end_column })
    };
    let report = |item: &'_ Diagnostic| -> (Option<At>, Vec<Option<At>>) {
        let place = item.place.as_ref().and_then(|(place, _)| at(place));
        (place, item.related.iter().map(|(place, _)| at(place)).collect())
    };
    diagnostics
        .items
        .iter()
        .map(|item| {
            let (place, related) = report(item);
            let labels = item.related.iter().map(|(_, label)| label.as_str());
            Report {
                severity: match item.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                },
                message: &item.message,
                place,
                label: item.place.as_ref().map(|(_, label)| label.as_str()).filter(|label| !label.is_empty()),
                related: related.into_iter().zip(labels).map(|(place, label)| Related { place, label }).collect(),
                help: item.help.as_deref(),
            }
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const SHOP: &str = "[table.order]\nprimary_key = [\"id\"]\n\n[table.order.column]\nid = { typ = \"integer\" }\n";

    fn place(file: FileId, text: &str, of: &str) -> Place {
        let start = text.find(of).unwrap();
        Place::new(file, start..start + of.len())
    }

    fn show(diagnostics: &Diagnostics) -> String {
        anstream::adapter::strip_str(&render(diagnostics)).to_string()
    }

    #[test]
    fn a_caret_and_what_to_do() {
        let mut sources = Sources::default();
        let file = sources.add("schema/shop.toml", SHOP);
        let item = Diagnostic::error("unknown key `typ`")
            .at(place(file, SHOP, "typ"), "not a key of a column")
            .with_help("did you mean `type`?");
        insta::assert_snapshot!(show(&Diagnostics { sources, items: vec![item] }), @r#"
        error: unknown key `typ`
         --> schema/shop.toml:5:8
          |
        5 | id = { typ = "integer" }
          |        ^^^ not a key of a column
          |
          = help: did you mean `type`?
        "#);
    }

    #[test]
    fn places_in_several_files() {
        let mut sources = Sources::default();
        let a = sources.add("schema/a.toml", SHOP);
        let b = sources.add("schema/b.toml", "# more\n[table.order]\n");
        let twice = Diagnostic::error("table.order is declared twice")
            .at(place(b, "# more\n[table.order]\n", "table.order"), "declared again")
            .with_related(place(a, SHOP, "table.order"), "first declared here");
        let warning = Diagnostic::warning("nothing uses this").at(place(a, SHOP, "primary_key"), "");
        insta::assert_snapshot!(show(&Diagnostics { sources, items: vec![twice, warning] }), @r#"
        error: table.order is declared twice
         --> schema/b.toml:2:2
          |
        2 | [table.order]
          |  ^^^^^^^^^^^ declared again
          |
         ::: schema/a.toml:1:2
          |
        1 | [table.order]
          |  ----------- first declared here

        warning: nothing uses this
         --> schema/a.toml:2:1
          |
        2 | primary_key = ["id"]
          | ^^^^^^^^^^^

        1 error, 1 warning
        "#);
    }

    #[test]
    fn without_a_place() {
        let items = vec![Diagnostic::error("schema/ is empty").with_help("write a table")];
        insta::assert_snapshot!(show(&Diagnostics { sources: Sources::default(), items }), @r"
        error: schema/ is empty
         |
         = help: write a table
        ");
    }

    #[test]
    fn a_place_in_a_big_file_and_one_that_is_out_of_it() {
        let text = "x = 1\n".repeat(100_000);
        let mut sources = Sources::default();
        let file = sources.add("big.toml", text.clone());
        let items = vec![
            Diagnostic::error("far down").at(Place::new(file, 300_000..300_001), "here"),
            Diagnostic::error("at the end").at(Place::new(file, text.len()..text.len() + 9), ""),
        ];
        insta::assert_snapshot!(show(&Diagnostics { sources, items }), @r"
        error: far down
             --> big.toml:50001:1
              |
        50001 | x = 1
              | ^ here

        error: at the end
              --> big.toml:100001:1
               |
        100001 |
               | ^

        2 errors
        ");
    }

    #[test]
    fn too_many_are_counted() {
        let items = vec![Diagnostic::error("x"); SHOWN + 3];
        let text = show(&Diagnostics { sources: Sources::default(), items });
        assert!(text.ends_with("... and 3 more\n\n53 errors\n"), "{text}");
    }

    #[test]
    fn for_programs() {
        let mut sources = Sources::default();
        let file = sources.add("schema/shop.toml", SHOP);
        let item = Diagnostic::error("unknown key `typ`").at(place(file, SHOP, "typ"), "").with_help("`type`?");
        let diagnostics = Diagnostics { sources, items: vec![item, Diagnostic::warning("w")] };
        insta::assert_snapshot!(serde_json::to_string_pretty(&reports(&diagnostics)).unwrap(), @r#"
        [
          {
            "severity": "error",
            "message": "unknown key `typ`",
            "file": "schema/shop.toml",
            "line": 5,
            "column": 8,
            "end_line": 5,
            "end_column": 11,
            "label": null,
            "related": [],
            "help": "`type`?"
          },
          {
            "severity": "warning",
            "message": "w",
            "label": null,
            "related": [],
            "help": null
          }
        ]
        "#);
    }
}
