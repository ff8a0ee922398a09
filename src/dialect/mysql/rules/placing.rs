//! Which rows have a place in the partitions that a table is to have.

use crate::catalog::{Catalog, Object, ObjectId, Sql};

use super::super::render;
use super::super::tokens::significant;

/// What is asked of a row.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fits {
    /// What the table is partitioned by.
    pub(super) value: String,
    /// True where it has a place.
    pub(super) condition: String,
}

/// Nothing where every row has a place, or the server alone knows.
pub(super) fn fits(catalog: &Catalog, table: &ObjectId) -> Option<Fits> {
    let Some(Object::Table(parted)) = catalog.object(table) else { return None };
    let parts = render::partitions(catalog, table);
    let values: Option<Vec<&str>> = parts.iter().map(|(_, part, _)| part.values.as_ref().map(Sql::as_str)).collect();
    of(parted.partition_by.as_ref()?.as_str(), &values?)
}

fn of(by: &str, partitions: &[&str]) -> Option<Fits> {
    let mut words = significant(by);
    let (first, second) = (words.next()?, words.next()?);
    let value = inside(by)?;
    let columns = items(value);
    let by_columns = second.is_word(by, "columns");
    let condition = if first.is_word(by, "range") {
        let bounds = items(inside(partitions.last()?)?);
        let columns = if by_columns { columns } else { vec![value] };
        below(&columns, &bounds)?
    } else if first.is_word(by, "list") {
        let lists: Option<Vec<&str>> = partitions.iter().map(|values| inside(values)).collect();
        let values: Vec<&str> = lists?.into_iter().flat_map(items).collect();
        let columns = if by_columns { columns } else { vec![value] };
        among(&columns, &values)?
    } else {
        return None;
    };
    Some(Fits { value: value.to_owned(), condition })
}

/// Whether values come before a bound, the first that differ deciding. NULL comes before all.
fn below(columns: &[&str], bounds: &[&str]) -> Option<String> {
    let ((column, columns), (bound, bounds)) = (columns.split_first()?, bounds.split_first()?);
    if bound.eq_ignore_ascii_case("maxvalue") {
        return None;
    }
    let less = format!("({column}) IS NULL OR ({column}) < ({bound})");
    if columns.is_empty() {
        return Some(format!("({less})"));
    }
    let rest = below(columns, bounds).map_or_else(String::new, |rest| format!(" AND {rest}"));
    Some(format!("({less} OR (({column}) = ({bound}){rest}))"))
}

/// Whether values are among those that are listed, NULL as any other.
fn among(columns: &[&str], values: &[&str]) -> Option<String> {
    let equal = |value: &&str| {
        let one = [*value];
        let list = if columns.len() > 1 { items(inside(value)?) } else { one.to_vec() };
        let pairs: Vec<String> =
            columns.iter().zip(list).map(|(column, value)| format!("({column}) <=> ({value})")).collect();
        Some(format!("({})", pairs.join(" AND ")))
    };
    let all: Option<Vec<String>> = values.iter().map(equal).collect();
    all.filter(|all| !all.is_empty()).map(|all| format!("({})", all.join(" OR ")))
}

/// What stands in the first parentheses.
fn inside(text: &str) -> Option<&str> {
    let (mut start, mut depth) = (None, 0_usize);
    for token in significant(text) {
        if token.is_symbol(text, "(") {
            start = start.or(Some(token.end));
            depth += 1;
        } else if token.is_symbol(text, ")") {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return text.get(start?..token.start).map(str::trim);
            }
        }
    }
    None
}

/// What stands between the commas.
fn items(text: &str) -> Vec<&str> {
    let (mut items, mut from, mut depth) = (Vec::new(), 0, 0_usize);
    for token in significant(text) {
        match token.text(text) {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            "," if depth == 0 => {
                items.push(text.get(from..token.start).unwrap_or_default().trim());
                from = token.end;
            }
            _ => {}
        }
    }
    items.push(text.get(from..).unwrap_or_default().trim());
    items
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_asked_for() {
        for (by, partitions, condition) in [
            ("range (`a`)", &["less than (10)", "less than (20)"][..], "((`a`) IS NULL OR (`a`) < (20))"),
            (
                "RANGE COLUMNS(a, b)",
                &["less than (1, 'x,y')"],
                "((a) IS NULL OR (a) < (1) OR ((a) = (1) AND ((b) IS NULL OR (b) < ('x,y'))))",
            ),
            ("range columns (a, b)", &["less than (1, maxvalue)"], "((a) IS NULL OR (a) < (1) OR ((a) = (1)))"),
            (
                "list (year(d))",
                &["in (1, null)", "in (2)"],
                "(((year(d)) <=> (1)) OR ((year(d)) <=> (null)) OR ((year(d)) <=> (2)))",
            ),
            ("list columns (a, b)", &["in ((1, 2))"], "(((a) <=> (1) AND (b) <=> (2)))"),
        ] {
            assert_eq!(of(by, partitions).unwrap().condition, condition, "{by}");
        }
    }

    #[test]
    fn every_row_has_a_place() {
        for (by, partitions) in [
            ("range (a)", &["less than (10)", "less than maxvalue"][..]),
            ("range (a)", &["less than (maxvalue)"]),
            ("list (a)", &["in (1)", "default"]),
            ("hash (a) partitions 4", &[]),
        ] {
            assert_eq!(of(by, partitions), None, "{by}");
        }
    }
}
