//! A small diff of two texts by lines, for queries and bodies that changed.

/// A line of a diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// In both.
    Same(&'a str),
    /// Only in the old text.
    Old(&'a str),
    /// Only in the new text.
    New(&'a str),
    /// Lines in both that are left out.
    Gap,
}

/// How many equal lines stay on each side of a difference.
const CONTEXT: usize = 2;
/// Above this the table of the longest common lines would cost more than it tells.
const LIMIT: usize = 1_000_000;

/// The lines that differ, with a few around them.
pub(super) fn diff<'a>(old: &'a str, new: &'a str) -> Vec<Line<'a>> {
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (middle_old, common_tail) = old_rest.split_at(old_rest.len() - tail);
    let (middle_new, _) = new_rest.split_at(new_rest.len() - tail);

    let mut lines: Vec<_> = old.iter().take(head).map(|line| Line::Same(line)).collect();
    if middle_old.len().saturating_mul(middle_new.len()) > LIMIT {
        lines.extend(middle_old.iter().map(|line| Line::Old(line)));
        lines.extend(middle_new.iter().map(|line| Line::New(line)));
    } else {
        common(middle_old, middle_new, &mut lines);
    }
    lines.extend(common_tail.iter().map(|line| Line::Same(line)));
    elide(&lines)
}

/// The longest common subsequence, by the textbook's table, read from the front.
fn common<'a>(old: &[&'a str], new: &[&'a str], lines: &mut Vec<Line<'a>>) {
    let columns = new.len() + 1;
    let mut length = vec![0_u32; (old.len() + 1) * columns];
    let at = |i: usize, j: usize| i * columns + j;
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            length[at(i, j)] = if old[i] == new[j] {
                length[at(i + 1, j + 1)] + 1
            } else {
                length[at(i + 1, j)].max(length[at(i, j + 1)])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            lines.push(Line::Same(old[i]));
            i += 1;
            j += 1;
        } else if j == new.len() || (i < old.len() && length[at(i + 1, j)] >= length[at(i, j + 1)]) {
            lines.push(Line::Old(old[i]));
            i += 1;
        } else {
            lines.push(Line::New(new[j]));
            j += 1;
        }
    }
}

fn elide<'a>(lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let mut near = vec![false; lines.len()];
    for (i, line) in lines.iter().enumerate() {
        if !matches!(line, Line::Same(_)) {
            let last = (i + CONTEXT).min(lines.len() - 1);
            near[i.saturating_sub(CONTEXT)..=last].fill(true);
        }
    }
    let mut out = Vec::new();
    for (line, near) in lines.iter().zip(near) {
        if near {
            out.push(*line);
        } else if out.last() != Some(&Line::Gap) {
            out.push(Line::Gap);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(old: &str, new: &str) -> String {
        diff(old, new)
            .into_iter()
            .map(|line| match line {
                Line::Same(text) => format!("  {text}\n"),
                Line::Old(text) => format!("- {text}\n"),
                Line::New(text) => format!("+ {text}\n"),
                Line::Gap => "...\n".to_owned(),
            })
            .collect()
    }

    #[test]
    fn shows_what_changed_and_a_little_around_it() {
        insta::assert_snapshot!(show("a\nb\nc\nd\ne\nf\ng", "a\nb\nc\nd\nx\nf\ng"), @r"
        ...
          c
          d
        - e
        + x
          f
          g
        ");
    }

    #[test]
    fn finds_lines_that_moved_apart() {
        insta::assert_snapshot!(show("select a\nfrom t", "select a,\n  b\nfrom t\nwhere b"), @r"
        - select a
        + select a,
        +   b
          from t
        + where b
        ");
    }

    #[test]
    fn texts_without_a_common_line() {
        insta::assert_snapshot!(show("a", "b\nc"), @r"
        - a
        + b
        + c
        ");
        assert_eq!(diff("", ""), []);
    }
}
