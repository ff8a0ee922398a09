//! Rows of which a new exclusion constraint, or a key without overlaps, would let only one stay.

use crate::catalog::{Object, ObjectId, Part, Sql};
use crate::plan::{Probe, ProbeKind};

use super::super::sql::{closed, parenthesised};
use super::Cx;
use super::probes::{MEND, Whose, called, is_new, term, was_there};
use super::rows_then;

/// Rows for which all operators hold with another.
pub(super) fn overlapping(cx: &Cx<'_>, id: &ObjectId) -> Option<Probe> {
    let table = id.parent().filter(|table| was_there(cx, table))?;
    if cx.desired_entry(id)?.references(id).iter().any(|other| is_new(cx, other)) {
        return None;
    }
    let (parts, predicate) = terms(cx.desired.object(id)?)?;
    let names: Vec<String> = parts.iter().enumerate().map(|(at, (part, _))| called((at, *part))).collect();
    let list = parts.iter().zip(&names).map(|((part, _), name)| format!("{} AS {name}", term(part)));
    let list: Vec<String> = list.collect();
    let conditions = parts.iter().map(|(part, _)| format!("{} IS NOT NULL", term(part)));
    let conditions: Vec<String> = conditions.chain(predicate.map(|sql| parenthesised(&closed(sql.as_str())))).collect();
    let both = parts.iter().zip(&names).map(|((_, operator), name)| format!("one.{name} {operator} other.{name}"));
    let both: Vec<String> = both.collect();
    // Two rows may be the same in all their columns.
    let keys = format!(
        "WITH keys AS MATERIALIZED (SELECT row_number() OVER () AS \"number of row\", {} FROM {} WHERE {})",
        list.join(", "),
        rows_then::of(cx, table, Whose::Own),
        conditions.join(" AND ")
    );
    let rest = format!(
        "FROM keys AS one WHERE EXISTS (SELECT FROM keys AS other WHERE one.\"number of row\" <> other.\"number of row\" AND {})",
        both.join(" AND ")
    );
    let shown: Vec<String> = names.iter().map(|name| format!("one.{name}::text")).collect();
    Some(Probe {
        kind: ProbeKind::Obstacle,
        id: id.clone(),
        count: format!("{keys} SELECT count(*) {rest}"),
        examples: Some(format!("{keys} SELECT {} {rest} LIMIT 3", shown.join(", "))),
        otherwise: None,
        meaning: "{rows} would be in the way of another".to_owned(),
        advice: MEND.to_owned(),
    })
}

/// What is compared, each with its operator.
type Compared<'a> = Vec<(&'a Part, &'a str)>;

/// What is compared, and in which rows.
fn terms(object: &Object) -> Option<(Compared<'_>, Option<&Sql>)> {
    let parts = match object {
        Object::Exclusion(exclusion) => {
            let with_operator = |part| (part, operator(part));
            return Some((exclusion.columns.iter().map(with_operator).collect(), exclusion.predicate.as_ref()));
        }
        Object::PrimaryKey(key) if key.without_overlaps => &key.columns,
        Object::Unique(unique) if unique.without_overlaps => &unique.columns,
        _ => return None,
    };
    // The last is a range, or several.
    let of_key = |at: usize| if at + 1 == parts.len() { "&&" } else { "=" };
    Some((parts.iter().enumerate().map(|(at, part)| (part, of_key(at))).collect(), None))
}

fn operator(part: &Part) -> &str {
    part.operator.as_ref().map_or("=", Sql::as_str)
}
