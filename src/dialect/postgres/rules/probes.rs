//! Questions to the rows: what a step would lose, and what stands in its way.
//!
//! They run before anything is changed, so they name tables and columns as they are called now.

use std::collections::BTreeSet;

use crate::catalog::{Check, Entry, Enum, ForeignKey, Index, Kind, Name, Object, ObjectId, Part, PartOf, Sql};
use crate::diff::Delta;
use crate::plan::{Probe, ProbeKind};

use super::super::home_types::written;
use super::super::sql::{closed, name, parenthesised, qualified, quote, string};
use super::super::tokens::{identifiers, significant};
use super::rows_then::{self, Value};
use super::{Cx, bounds, heirs, overlaps};

/// The rows of a table that is dropped. Those of its partitions are in it; those of heirs are not.
pub(super) fn rows_lost(cx: &Cx<'_>, table: &ObjectId) -> Probe {
    loss(table, format!("SELECT count(*) FROM {}{}", only(cx, table), table_now(cx, table)), "the table has {rows}")
}

/// The values of a column that is dropped.
pub(super) fn values_lost(cx: &Cx<'_>, column: &ObjectId) -> Option<Probe> {
    let table = holder(column)?;
    let count = format!("SELECT count(*) FROM {} WHERE {} IS NOT NULL", table_now(cx, table), column_now(cx, column));
    Some(loss(column, count, "the column has values in {rows}"))
}

/// The table in which a column has values: those of a foreign one are another server's, and stay there as they are.
fn holder(column: &ObjectId) -> Option<&ObjectId> {
    column.parent().filter(|table| table.kind() != Kind::ForeignTable)
}

/// The values that a column cannot keep as they are.
pub(super) fn values_changed(cx: &Cx<'_>, column: &ObjectId, condition: &str, meaning: &str) -> Option<Probe> {
    let rows = rows_now(cx, holder(column)?, Whose::All);
    let count = |condition: &str| format!("SELECT count(*) FROM {rows} WHERE {condition}");
    let any = count(&format!("{} IS NOT NULL", name(column)));
    Some(Probe { otherwise: Some(any), ..loss(column, count(condition), meaning) })
}

/// The place of a sequence that is dropped.
pub(super) fn place_lost(cx: &Cx<'_>, sequence: &ObjectId) -> Probe {
    let count = format!("SELECT count(*) FROM {} WHERE is_called", table_now(cx, sequence));
    loss(sequence, count, "the sequence has been used")
}

fn loss(id: &ObjectId, count: String, meaning: &str) -> Probe {
    Probe {
        kind: ProbeKind::Loss,
        id: id.clone(),
        count,
        examples: None,
        otherwise: None,
        meaning: meaning.to_owned(),
        advice: String::new(),
    }
}

fn table_now(cx: &Cx<'_>, table: &ObjectId) -> String {
    qualified(cx.renames.origins.get(table).unwrap_or(table))
}

fn column_now(cx: &Cx<'_>, column: &ObjectId) -> String {
    name(cx.renames.origins.get(column).unwrap_or(column))
}

/// Which rows a question is about: those of tables that inherit too, or those for which keys hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    All,
    Own,
}

/// `ONLY` for a table that others inherit from. The rows of a partitioned one are in its partitions.
fn only(cx: &Cx<'_>, table: &ObjectId) -> &'static str {
    let partitioned = matches!(cx.live.object(table), Some(Object::Table(table)) if table.partition_by.is_some());
    if partitioned || cx.heirs_of(table).next().is_none() { "" } else { "ONLY " }
}

/// The table under its new names, `(SELECT a_old AS a, ... FROM s.t_old) AS t`.
pub(super) fn rows_now(cx: &Cx<'_>, table: &ObjectId, whose: Whose) -> String {
    let alias = name(table);
    let only = if whose == Whose::Own { only(cx, table) } else { "" };
    let columns = heirs::columns_with_inherited(cx.live, table);
    if columns.iter().all(|id| !cx.renames.origins.contains_key(*id)) {
        return format!("{only}{} AS {alias}", table_now(cx, table));
    }
    let list: Vec<String> = columns.iter().map(|id| format!("{} AS {}", column_now(cx, id), name(id))).collect();
    format!("(SELECT {} FROM {only}{}) AS {alias}", list.join(", "), table_now(cx, table))
}

fn obstacle(cx: &Cx<'_>, id: &ObjectId, table: &ObjectId, condition: &str, meaning: &str, advice: &str) -> Probe {
    obstacle_in(cx, id, (table, &rows_now(cx, table, Whose::All)), condition, meaning, advice)
}

/// What to do about rows that stand in the way.
pub(super) const MEND: &str = "mend them first";

fn obstacle_in(
    cx: &Cx<'_>,
    id: &ObjectId,
    (table, from): (&ObjectId, &str),
    condition: &str,
    meaning: &str,
    advice: &str,
) -> Probe {
    let columns = telling(cx, table, from, condition);
    // Nobody can mend what is not there yet.
    let named: BTreeSet<String> = identifiers(condition).collect();
    let is_new = |column: &ObjectId| {
        let is_given = matches!(cx.desired.object(column), Some(Object::Column(new)) if new.generated.is_none());
        is_given && !cx.live.contains(column) && named.contains(column.name().as_str())
    };
    let is_filled = advice == MEND && columns.iter().any(is_new);
    let advice = if is_filled { "write another default or backfill in the TOML, or let it be NULL" } else { advice };
    let shown: Vec<String> = columns.iter().map(|id| format!("{}::text", name(id))).collect();
    let shown = if shown.is_empty() { "*".to_owned() } else { shown.join(", ") };
    Probe {
        kind: ProbeKind::Obstacle,
        id: id.clone(),
        count: format!("SELECT count(*) FROM {from} WHERE {condition}"),
        examples: Some(format!("SELECT {shown} FROM {from} WHERE {condition} LIMIT 3")),
        otherwise: None,
        meaning: meaning.to_owned(),
        advice: advice.to_owned(),
    }
}

/// The columns by which people know a row of a table: those of its key, and those that a condition names. What else stands
/// in it is nobody's business, and only shown where there is no key.
fn telling(cx: &Cx<'_>, table: &ObjectId, from: &str, condition: &str) -> Vec<ObjectId> {
    let mut columns: Vec<ObjectId> = heirs::columns_with_inherited(cx.live, table).into_iter().cloned().collect();
    if from != rows_now(cx, table, Whose::All) {
        let new = cx.desired.columns(table).into_iter().map(|(id, _)| id).filter(|id| !cx.live.contains(id));
        columns.extend(new.filter(|id| matches!(rows_then::value(cx, id), Value::Sql(_))).cloned());
    }
    if let Some(key) = cx.live.primary_key(table) {
        let named: BTreeSet<String> = identifiers(condition).collect();
        let is_key = |name: &Name| key.columns.iter().any(|part| part.as_column() == Some(name));
        columns.retain(|column| is_key(column.name()) || named.contains(column.name().as_str()));
    }
    columns
}

/// Rows with NULL in a column that becomes NOT NULL.
pub(super) fn nulls(cx: &Cx<'_>, column: &ObjectId) -> Option<Probe> {
    let condition = format!("{} IS NULL", name(column));
    let advice = "write backfill = ... in the TOML, or fill them first";
    Some(obstacle(cx, column, holder(column)?, &condition, "{rows} would have no value", advice))
}

/// Rows for which the value that a column is to have is NULL.
pub(super) fn nulls_of(cx: &Cx<'_>, column: &ObjectId, value: &str) -> Option<Probe> {
    let condition = format!("{} IS NULL", parenthesised(value));
    let table = column.parent().filter(|table| was_there(cx, table))?;
    Some(obstacle(cx, column, table, &condition, "{rows} would have no value", "give each a value in the TOML"))
}

/// Rows that a new column without a default would leave without a value.
pub(super) fn any_row(cx: &Cx<'_>, column: &ObjectId) -> Option<Probe> {
    let table = column.parent().filter(|table| cx.live.contains(table))?;
    let advice = "write backfill = ... or default = ... in the TOML";
    Some(obstacle(cx, column, table, "true", "{rows} would have no value", advice))
}

/// Values that the new type of a column does not take.
pub(super) fn unconvertible(cx: &Cx<'_>, id: &ObjectId, condition: &str, ty: &str) -> Option<Probe> {
    let meaning = format!("{{rows}} would have a value that {ty} does not take");
    Some(obstacle(cx, id, holder(id)?, condition, &meaning, "write using = ... in the TOML, or mend them first"))
}

/// Whether every value of a column can be converted so.
pub(super) fn convertible(cx: &Cx<'_>, id: &ObjectId, expression: &str) -> Option<Probe> {
    let own = name(id);
    let rows = rows_now(cx, holder(id)?, Whose::All);
    let expression = parenthesised(expression);
    Some(evaluated(id, format!("SELECT count(*) FROM {rows} WHERE {own} IS NOT NULL AND {expression} IS NULL")))
}

/// Whether an expression can be computed for every row of a column's or an index's table.
pub(super) fn computable(cx: &Cx<'_>, id: &ObjectId, expression: &str) -> Option<Probe> {
    let table = id.parent().filter(|table| was_there(cx, table))?;
    let count = format!("SELECT count(*) FROM {} WHERE ({expression}) IS NULL", rows_then::of(cx, table, Whose::All));
    Some(Probe {
        meaning: "it cannot be computed for each row".to_owned(),
        advice: MEND.to_owned(),
        ..evaluated(id, count)
    })
}

/// Whether the expressions of an index can be computed for every row that it is to hold.
pub(super) fn indexable(cx: &Cx<'_>, id: &ObjectId, index: &Index) -> Vec<Probe> {
    let is_unknown = |entry: &Entry| entry.references(id).iter().any(|other| is_new(cx, other));
    if cx.desired_entry(id).is_none_or(is_unknown) || rows_then::rests_on_changes(cx, id) {
        return Vec::new();
    }
    let expression = |part: &Part| match &part.of {
        PartOf::Sql(sql) => Some(parenthesised(sql.as_str())),
        PartOf::Column(_) => None,
    };
    let of_rows = |sql: String| match &index.predicate {
        Some(predicate) => format!("CASE WHEN {} THEN {sql} END", parenthesised(predicate.as_str())),
        None => sql,
    };
    index.columns.iter().filter_map(expression).filter_map(|sql| computable(cx, id, &of_rows(sql))).collect()
}

/// A query that evaluates a conversion over the values of a column, whatever it counts.
pub(super) fn evaluated(id: &ObjectId, count: String) -> Probe {
    Probe {
        kind: ProbeKind::Conversion,
        id: id.clone(),
        count,
        examples: None,
        otherwise: None,
        meaning: "a value cannot be converted".to_owned(),
        advice: "write using = ... in the TOML, or mend the rows first".to_owned(),
    }
}

/// Rows with arrays that are not written anew, element by element, as what they are.
pub(super) fn odd_arrays(cx: &Cx<'_>, id: &ObjectId, condition: &str) -> Option<Probe> {
    let meaning =
        "{rows} would have an array of several dimensions, or one that does not begin at 1, of a type that changes";
    Some(obstacle(cx, id, holder(id)?, condition, meaning, "write using = ... in the TOML, or mend them first"))
}

/// The values of an enum that is to be, as a list of literals.
pub(super) fn enum_values(cx: &Cx<'_>, ty: &str) -> Option<String> {
    match cx.desired.object(&written(Kind::Enum, ty)?) {
        Some(Object::Enum(Enum { values })) => Some(values.iter().map(|v| string(v)).collect::<Vec<_>>().join(", ")),
        _ => None,
    }
}

/// The type below a domain that the database has.
pub(super) fn domain_base<'c>(cx: &Cx<'c>, ty: &str) -> Option<&'c str> {
    match cx.plan.live.object(&written(Kind::Domain, ty)?) {
        Some(Object::Domain(domain)) => domain.ty.as_ref().map(crate::catalog::Sql::as_str),
        _ => None,
    }
}

/// Rows for which a check is false.
pub(super) fn check_fails(cx: &Cx<'_>, id: &ObjectId, check: &Check) -> Option<Probe> {
    let table = id.parent().filter(|table| was_there(cx, table))?;
    let mentions = cx.desired_entry(id).map(|entry| entry.mentions.clone()).unwrap_or_default();
    if check.not_valid || check.not_enforced || mentions.iter().any(|other| is_new(cx, other)) {
        return None;
    }
    // Words have another order than the values of an enum.
    if mentions.iter().any(|other| rows_then::has_other_order(cx, other)) && compares(check.sql.as_str()) {
        return None;
    }
    let condition = format!("NOT {}", parenthesised(check.sql.as_str()));
    let whose = if check.no_inherit { Whose::Own } else { Whose::All };
    let rows = rows_then::of(cx, table, whose);
    Some(obstacle_in(cx, id, (table, &rows), &condition, "the check is false for {rows}", MEND))
}

/// Whether an expression asks for an order.
fn compares(sql: &str) -> bool {
    const WORDS: [&str; 5] = ["between", "greatest", "least", "min", "max"];
    let is_order = |token: &str| matches!(token, "<" | ">" | "<=" | ">=");
    significant(sql).any(|token| is_order(token.text(sql)) || WORDS.iter().any(|word| token.is_word(sql, word)))
}

/// Keys that a new primary key, unique or exclusion constraint or unique index would hold twice.
pub(super) fn duplicates(cx: &Cx<'_>, id: &ObjectId) -> Option<Probe> {
    match cx.desired.object(id)? {
        Object::PrimaryKey(key) if !key.without_overlaps => twice(cx, id, &key.columns, None, false),
        Object::Unique(unique) if !unique.without_overlaps => {
            twice(cx, id, &unique.columns, None, unique.nulls_not_distinct)
        }
        Object::Index(index) if index.unique => {
            twice(cx, id, &index.columns, index.predicate.as_ref(), index.nulls_not_distinct)
        }
        Object::PrimaryKey(_) | Object::Unique(_) | Object::Exclusion(_) => overlaps::overlapping(cx, id),
        _ => None,
    }
}

/// A part of a key as an expression.
pub(super) fn term(part: &Part) -> String {
    match &part.of {
        PartOf::Column(name) => quote(name.as_str()),
        PartOf::Sql(sql) => parenthesised(sql.as_str()),
    }
}

/// What a part of a key is called beside the others.
pub(super) fn called((at, part): (usize, &Part)) -> String {
    part.as_column().map_or_else(|| format!("key_{}", at + 1), |name| quote(name.as_str()))
}

fn twice(cx: &Cx<'_>, id: &ObjectId, parts: &[Part], predicate: Option<&Sql>, nulls_equal: bool) -> Option<Probe> {
    let table = id.parent().filter(|table| was_there(cx, table))?;
    let entry = cx.desired_entry(id)?;
    if entry.references(id).iter().any(|other| is_new(cx, other)) {
        return None;
    }
    let terms: Vec<String> = parts.iter().map(term).collect();
    let mut conditions = vec!["true".to_owned()];
    if !nulls_equal {
        conditions.extend(terms.iter().map(|term| format!("{term} IS NOT NULL")));
    }
    conditions.extend(predicate.map(|sql| format!("({})", closed(sql.as_str()))));
    let names: Vec<String> = parts.iter().enumerate().map(called).collect();
    let list: Vec<String> = terms.iter().zip(&names).map(|(term, name)| format!("{term} AS {name}")).collect();
    let shown: Vec<String> = names.iter().map(|name| format!("{name}::text")).collect();
    let rest = format!(
        "FROM (SELECT {} FROM {} WHERE {}) AS keys GROUP BY {} HAVING count(*) > 1",
        list.join(", "),
        rows_then::of(cx, table, Whose::Own),
        conditions.join(" AND "),
        names.join(", ")
    );
    Some(Probe {
        kind: ProbeKind::Obstacle,
        id: id.clone(),
        count: format!("SELECT coalesce(sum(n), 0)::bigint FROM (SELECT count(*) AS n {rest}) AS twice"),
        examples: Some(format!("SELECT {} {rest} LIMIT 3", shown.join(", "))),
        otherwise: None,
        meaning: "{rows} would share their key with another".to_owned(),
        advice: MEND.to_owned(),
    })
}

/// Rows whose foreign key finds nothing.
pub(super) fn orphans(cx: &Cx<'_>, id: &ObjectId, key: &ForeignKey) -> Option<Probe> {
    let table = id.parent().filter(|table| was_there(cx, table))?;
    let key_columns = || match cx.desired.primary_key(&key.references) {
        Some(primary) => primary.columns.iter().filter_map(Part::as_column).cloned().collect(),
        None => Vec::<Name>::new(),
    };
    let targets = if key.ref_columns.is_empty() { key_columns() } else { key.ref_columns.clone() };
    let known = |table: &ObjectId, names: &[Name]| {
        names.iter().all(|name| {
            let id = table.child(Kind::Column, name.clone());
            !is_new(cx, &id) && (cx.live.contains(&id) || cx.desired.contains(&id))
        })
    };
    let checked = !key.not_valid && !key.not_enforced;
    if checked && !cx.live.contains(&key.references) && known(table, &key.columns) {
        let rows = rows_then::of(cx, table, Whose::Own);
        let all: Vec<String> =
            key.columns.iter().map(|column| format!("{} IS NOT NULL", quote(column.as_str()))).collect();
        let meaning = format!("{{rows}} would refer to nothing in {}, which is new", key.references);
        return Some(obstacle_in(
            cx,
            id,
            (table, &rows),
            &all.join(" AND "),
            &meaning,
            "say what it was called with renamed_from, or let the key be not_valid",
        ));
    }
    let simple = !key.period && !key.not_valid && !key.not_enforced;
    let there = was_there(cx, &key.references) && known(table, &key.columns) && known(&key.references, &targets);
    if !simple || !there || targets.len() != key.columns.len() {
        return None;
    }
    let own = name(table);
    let mut conditions: Vec<String> =
        key.columns.iter().map(|column| format!("{own}.{} IS NOT NULL", quote(column.as_str()))).collect();
    let pairs: Vec<String> = key
        .columns
        .iter()
        .zip(&targets)
        .map(|(column, target)| format!("target.{} = {own}.{}", quote(target.as_str()), quote(column.as_str())))
        .collect();
    let target = rows_then::of(cx, &key.references, Whose::Own);
    let list: Vec<String> = targets.iter().map(|name| quote(name.as_str())).collect();
    conditions.push(format!(
        "NOT EXISTS (SELECT 1 FROM (SELECT {} FROM {target}) AS target WHERE {})",
        list.join(", "),
        pairs.join(" AND ")
    ));
    let meaning = format!("{{rows}} would refer to nothing in {}", key.references);
    let rows = rows_then::of(cx, table, Whose::Own);
    Some(obstacle_in(cx, id, (table, &rows), &conditions.join(" AND "), &meaning, MEND))
}

/// Rows of a table that the partition it becomes does not take.
pub(super) fn outside(cx: &Cx<'_>, id: &ObjectId, parent: &ObjectId) -> Option<Probe> {
    if !was_there(cx, id) || !bounds::are_known(cx, parent, id) {
        return None;
    }
    let condition = format!("({}) IS NOT TRUE", bounds::takes(cx, id)?);
    Some(obstacle(cx, id, id, &condition, "{rows} would lie outside its bounds", "move them first"))
}

/// Rows that lie in the default partition and belong to another from now on.
pub(super) fn in_default(cx: &Cx<'_>, id: &ObjectId, parent: &ObjectId) -> Option<Probe> {
    let default = bounds::default_of(cx, parent).filter(|default| was_there(cx, default) && *default != id)?;
    if !bounds::are_known(cx, parent, default) {
        return None;
    }
    let meaning = format!("{{rows}} of {default} would belong here");
    Some(obstacle(cx, id, default, &bounds::takes(cx, id)?, &meaning, "move them first"))
}

/// Rows of a table that becomes partitioned for which there is no partition.
pub(super) fn homeless(cx: &Cx<'_>, id: &ObjectId) -> Option<Probe> {
    if !was_there(cx, id) || !bounds::are_known(cx, id, id) {
        return None;
    }
    let condition = format!("({}) IS NOT TRUE", bounds::taken(cx, id)?);
    Some(obstacle(cx, id, id, &condition, "no partition takes {rows}", "write a partition for them, or a default one"))
}

/// Whether the table is there to be asked.
pub(super) fn was_there(cx: &Cx<'_>, table: &ObjectId) -> bool {
    cx.live.contains(table) && table.kind() == Kind::Table
}

/// Whether a question over it has no answer yet.
pub(super) fn is_new(cx: &Cx<'_>, id: &ObjectId) -> bool {
    match id.kind() {
        Kind::Column => rows_then::value(cx, id) == Value::Unknown,
        // It may do something else by then.
        kind if kind.is_routine() => matches!(cx.delta(id), Some(Delta::Create | Delta::Alter)),
        _ => cx.delta(id) == Some(Delta::Create),
    }
}
