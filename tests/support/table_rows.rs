//! The rows of a server's tables as text, and whether those that had to survive a change did.

use std::collections::BTreeMap;

/// A column that holds values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its type as the server spells it.
    pub(crate) ty: String,
    /// Whether it refuses NULL.
    pub(crate) not_null: bool,
}

/// A table with its rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// Its columns, generated ones aside.
    pub(crate) columns: BTreeMap<String, Column>,
    /// The values of each row, by the order of `columns`.
    pub(crate) rows: Vec<Vec<Option<String>>>,
}

/// All rows of a database.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableRows(pub(crate) BTreeMap<String, Table>);

impl TableRows {
    /// What was lost on the way to another state, of what both have: rows, and values of columns of one type.
    pub(crate) fn lost_in(&self, after: &Self) -> Vec<String> {
        let mut lost = Vec::new();
        for (name, before) in &self.0 {
            let Some(after) = after.0.get(name) else { continue };
            if before.rows.len() != after.rows.len() {
                lost.push(format!("table {name} had {} rows and has {}", before.rows.len(), after.rows.len()));
                continue;
            }
            let (was, is) = (before.projected(before, after), after.projected(before, after));
            if was != is {
                lost.push(format!("the rows of {name} were {was:?} and are {is:?}"));
            }
        }
        lost
    }
}

impl Table {
    /// The rows, of the columns that had to stay as they were.
    fn projected(&self, before: &Self, after: &Self) -> Vec<Vec<Option<String>>> {
        let stays = |name: &String| {
            let (Some(from), Some(to)) = (before.columns.get(name), after.columns.get(name)) else { return false };
            // A NULL may have been filled where the column accepts none any more.
            let filled = to.not_null && !from.not_null && before.has_null(name);
            from.ty == to.ty && !filled
        };
        let picked: Vec<_> = self.columns.keys().enumerate().filter(|(_, name)| stays(name)).map(|(i, _)| i).collect();
        let mut rows: Vec<Vec<_>> =
            self.rows.iter().map(|row| picked.iter().map(|i| row.get(*i).cloned().flatten()).collect()).collect();
        rows.sort();
        rows
    }

    fn has_null(&self, name: &str) -> bool {
        let at = self.columns.keys().position(|column| column == name);
        at.is_some_and(|at| self.rows.iter().any(|row| row.get(at).is_none_or(Option::is_none)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(columns: &[(&str, &str)], rows: &[&[&str]]) -> TableRows {
        let column = |(name, ty): &(&str, &str)| ((*name).to_owned(), Column { ty: (*ty).to_owned(), not_null: false });
        let rows = rows.iter().map(|row| row.iter().map(|value| Some((*value).to_owned())).collect()).collect();
        TableRows([("t".to_owned(), Table { columns: columns.iter().map(column).collect(), rows })].into())
    }

    #[test]
    fn losses_are_seen_and_conversions_are_none() {
        let before = of(&[("a", "int"), ("b", "text")], &[&["1", "x"], &["2", "y"]]);
        assert!(before.lost_in(&of(&[("a", "int")], &[&["2"], &["1"]])).is_empty());
        assert!(before.lost_in(&of(&[("a", "text"), ("b", "text")], &[&["one", "x"], &["two", "y"]])).is_empty());
        assert_eq!(before.lost_in(&of(&[("a", "int")], &[&["1"]])).len(), 1);
        assert_eq!(before.lost_in(&of(&[("a", "int"), ("b", "text")], &[&["1", "y"], &["2", "x"]])).len(), 1);
    }
}
