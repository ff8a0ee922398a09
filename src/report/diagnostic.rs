//! What is wrong with what people wrote, drawn with its lines and carets, and as JSON.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Place, Severity, Sources};

use super::style::{clean, count};

/// More than this many are counted, not shown.
const SHOWN: usize = 50;

/// All diagnostics as text, in colours.
pub fn render(diagnostics: &Diagnostics) -> String {
    let files = Files::new(&diagnostics.sources);
    let renderer = Renderer::styled();
    let mut out = String::new();
    for item in diagnostics.items.iter().take(SHOWN) {
        out += &renderer.render(&groups(item, &files));
        out += "\n\n";
    }
    let more = diagnostics.items.len().saturating_sub(SHOWN);
    if more > 0 {
        out += &format!("... and {more} more\n\n");
    }
    let errors = diagnostics.items.iter().filter(|item| item.severity == Severity::Error).count();
    let warnings = diagnostics.items.len() - errors;
    match (errors, warnings) {
        (0 | 1, 0) | (0, 1) => {}
        (0, _) => out += &format!("{}\n", count(warnings, "warning")),
        (_, 0) => out += &format!("{}\n", count(errors, "error")),
        (_, _) => out += &format!("{}, {}\n", count(errors, "error"), count(warnings, "warning")),
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn groups<'a>(item: &'a Diagnostic, files: &Files<'a>) -> Vec<Group<'a>> {
    let level = match item.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(clean(&item.message)));
    let mut by_file: Vec<(FileId, Vec<(&Place, &str, AnnotationKind)>)> = Vec::new();
    let primary = item.place.iter().map(|(place, label)| (place, label.as_str(), AnnotationKind::Primary));
    let related = item.related.iter().map(|(place, label)| (place, label.as_str(), AnnotationKind::Context));
    for (place, label, kind) in primary.chain(related) {
        match by_file.iter_mut().find(|(file, _)| *file == place.file) {
            Some((_, places)) => places.push((place, label, kind)),
            None => by_file.push((place.file, vec![(place, label, kind)])),
        }
    }
    for (file, places) in by_file {
        for snippet in files.snippets(file, &places) {
            group = group.element(snippet);
        }
    }
    if let Some(help) = &item.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    vec![group]
}

/// The files with the starts of their lines, found once for each file that is shown.
struct Files<'a> {
    sources: &'a Sources,
    lines: std::cell::RefCell<BTreeMap<FileId, std::rc::Rc<[usize]>>>,
}

/// Lines shown before and after what is marked.
const MARGIN: usize = 0;
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

    fn snippets(
        &self,
        file: FileId,
        places: &[(&Place, &'a str, AnnotationKind)],
    ) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
        let Some(source) = self.sources.get(file) else { return Vec::new() };
        let starts = self.line_starts(file);
        let mut runs: Vec<(Range<usize>, Vec<_>)> = Vec::new();
        for (place, label, kind) in places {
            let span = within(&source.text, &place.span);
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
                let first = lines.start.saturating_sub(MARGIN);
                let from = starts.get(first).copied().unwrap_or(0);
                let to = starts.get(lines.end + MARGIN).map_or(source.text.len(), |start| start - 1);
                let text = source.text.get(from..to).unwrap_or_default();
                let path = clean(&source.path.display().to_string()).into_owned();
                let mut snippet = Snippet::source(text).path(path).line_start(first + 1);
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
    let bound = |at: usize| text.floor_char_boundary(at.min(text.len()));
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
        let span = within(&source.text, &place.span);
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
        Place { file, span: start..start + of.len() }
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
            Diagnostic::error("far down").at(Place { file, span: 300_000..300_001 }, "here"),
            Diagnostic::error("at the end").at(Place { file, span: text.len()..text.len() + 9 }, ""),
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
