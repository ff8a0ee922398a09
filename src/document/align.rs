//! Equal signs below each other.

/// A key beyond this many letters stands out of the column, so that the others need not follow it.
const WIDEST: usize = 40;

/// A key with its value, both as TOML.
#[derive(Debug, Clone)]
pub(super) struct Line {
    key: String,
    value: String,
}

impl Line {
    pub(super) fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), value: value.into() }
    }
}

/// How wide a text is, near enough.
pub(super) fn width(text: &str) -> usize {
    text.chars().count()
}

/// Consecutive lines with their equal signs aligned, without line ends.
pub(super) fn aligned(lines: &[Line]) -> Vec<String> {
    let widest = lines.iter().map(|line| width(&line.key)).filter(|width| *width <= WIDEST).max().unwrap_or(0);
    lines
        .iter()
        .map(|line| {
            let padding = " ".repeat(widest.saturating_sub(width(&line.key)));
            format!("{}{padding} = {}", line.key, line.value)
        })
        .collect()
}
