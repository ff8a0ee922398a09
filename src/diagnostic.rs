//! What is wrong with what people wrote: where it stands, what it means and what to do.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One TOML file as read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path as the user would name it.
    pub path: PathBuf,
    /// The whole text.
    pub text: Arc<str>,
}

/// The files of one document, in the order of their paths.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

/// Which file of its `Sources`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A stretch of one file, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: FileId,
    // A large schema has many places, so they are kept small: a file has less than 4 GiB.
    start: u32,
    end: u32,
}

impl Place {
    /// A stretch of a file.
    pub fn new(file: FileId, span: Range<usize>) -> Self {
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { file, start: small(span.start), end: small(span.end) }
    }

    /// The bytes.
    pub fn span(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Sources {
    /// Adds a file.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { path: path.into(), text: text.into() });
        id
    }

    /// A file; ids come from this `Sources` only, so it is there.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// All files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, file)| (FileId(u32::try_from(i).unwrap_or(u32::MAX)), file))
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The path and the line (from 1) of a place.
    pub fn line_of(&self, place: &Place) -> Option<(&Path, usize)> {
        let file = self.get(place.file)?;
        let before = file.text.get(..place.span().start)?;
        Some((&file.path, before.matches('\n').count() + 1))
    }
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; nothing stops.
    Warning,
    /// Nothing is done until it is mended.
    Error,
}

/// One thing to say about what people wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// Where, with a short word under the caret (it may be empty).
    pub place: Option<(Place, String)>,
    /// Other places that belong to it: "first declared here".
    pub related: Vec<(Place, String)>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error.
    pub fn error(message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, message: message.into(), place: None, related: Vec::new(), help: None }
    }

    /// A warning.
    pub fn warning(message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(message) }
    }

    /// The same, at a place.
    #[must_use]
    pub fn at(mut self, place: Place, label: impl Into<String>) -> Self {
        self.place = Some((place, label.into()));
        self
    }

    /// The same, at a place if there is one.
    #[must_use]
    pub fn at_some(mut self, place: Option<Place>) -> Self {
        self.place = place.map(|place| (place, String::new()));
        self
    }

    /// The same, with another place that belongs to it.
    #[must_use]
    pub fn with_related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    /// The same, with what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// All that is to be said of a document, with its files, so that it can be shown.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    /// The files.
    pub sources: Sources,
    /// What is to be said, in the order it was found.
    pub items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Whether anything of it is an error.
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|item| item.severity == Severity::Error)
    }
}

/// Plain text, `path:line: message`, for programs that do not draw carets.
impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, item) in self.items.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            if let Some((path, line)) = item.place.as_ref().and_then(|(place, _)| self.sources.line_of(place)) {
                write!(f, "{}:{line}: ", path.display())?;
            }
            f.write_str(&item.message)?;
            if let Some(help) = &item.help {
                write!(f, " ({help})")?;
            }
        }
        Ok(())
    }
}
