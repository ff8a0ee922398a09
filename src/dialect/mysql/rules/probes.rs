//! Questions to the rows: what a step would lose, and what stands in its way.

use crate::catalog::{Check, Column, Index, Name, Object, ObjectId, Part};
use crate::plan::{Context, Probe, ProbeKind};

use super::super::render;
use super::super::sql::{closed, parenthesised, quote, quote_list, string};

/// The name under which the rows are found now: renames have not been done yet when they are asked.
fn live_name(cx: &Context<'_>, table: &ObjectId) -> String {
    render::name(cx.renames.origins.get(table).unwrap_or(table))
}

fn live_column(cx: &Context<'_>, id: &ObjectId) -> String {
    quote(cx.renames.origins.get(id).unwrap_or(id).name().as_str())
}

fn loss(id: &ObjectId, count: String, meaning: &str) -> Probe {
    Probe {
        kind: ProbeKind::Loss,
        id: id.clone(),
        count,
        examples: None,
        meaning: meaning.to_owned(),
        advice: String::new(),
    }
}

fn obstacle(id: &ObjectId, count: String, examples: &str, meaning: &str, advice: &str) -> Probe {
    Probe {
        kind: ProbeKind::Obstacle,
        id: id.clone(),
        count,
        examples: Some(format!("{examples} LIMIT 3")),
        meaning: meaning.to_owned(),
        advice: advice.to_owned(),
    }
}

pub(super) fn rows_of_table(cx: &Context<'_>, id: &ObjectId) -> Probe {
    loss(id, format!("SELECT count(*) FROM {}", live_name(cx, id)), "the table has {rows}")
}

pub(super) fn rows_of_partitions<'a>(table: &ObjectId, names: impl Iterator<Item = &'a str>) -> Probe {
    let count = format!("SELECT count(*) FROM {} PARTITION ({})", render::name(table), quote_list(names));
    loss(table, count, "the partitions that go have {rows}")
}

/// MariaDB: rows that were changed or deleted since.
pub(super) fn history(table: &ObjectId) -> Probe {
    let count = format!("SELECT count(*) FROM {} FOR SYSTEM_TIME ALL WHERE ROW_END < now(6)", render::name(table));
    loss(table, count, "the history of the table has {rows}")
}

pub(super) fn place_of_sequence(id: &ObjectId) -> Probe {
    let count = format!("SELECT count(*) FROM {} WHERE next_not_cached_value <> start_value", render::name(id));
    loss(id, count, "the sequence has been used")
}

pub(super) fn values_of_column(cx: &Context<'_>, id: &ObjectId) -> Option<Probe> {
    let table = id.parent()?;
    if let Some(Object::Column(Column { generated: Some(_), .. })) = cx.live.object(id) {
        return None;
    }
    let count = format!("SELECT count(*) FROM {} WHERE {} IS NOT NULL", live_name(cx, table), live_column(cx, id));
    Some(loss(id, count, "the column has values in {rows}"))
}

/// What stands in the way of a column's new form.
pub(super) fn of_modified(cx: &Context<'_>, id: &ObjectId, live: &Column, desired: &Column) -> Vec<Probe> {
    let Some(table) = id.parent() else { return Vec::new() };
    let (table, column) = (live_name(cx, table), live_column(cx, id));
    let mut probes = Vec::new();
    if live.null && !desired.null && desired.generated.is_none() {
        let of = format!("FROM {table} WHERE {column} IS NULL");
        probes.push(obstacle(
            id,
            format!("SELECT count(*) {of}"),
            &format!("SELECT 'NULL' {of}"),
            "the column is NULL in {rows}",
            "give them values first",
        ));
    }
    probes
}

/// Keys that are there more than once.
pub(super) fn duplicates(cx: &Context<'_>, id: &ObjectId) -> Option<Probe> {
    let parts = match cx.desired.object(id)? {
        Object::PrimaryKey(key) => &key.columns,
        Object::Index(Index { unique: true, columns, .. }) => columns,
        _ => return None,
    };
    let table = id.parent()?;
    if !parts.iter().all(|part| part.as_column().is_some() && part.length.is_none()) {
        return None;
    }
    let names: Vec<&Name> = parts.iter().filter_map(Part::as_column).collect();
    let columns: Vec<ObjectId> =
        names.iter().map(|name| table.child(crate::catalog::Kind::Column, (*name).clone())).collect();
    if !columns.iter().all(|column| cx.live.contains(column)) {
        return None;
    }
    let list: Vec<String> = columns.iter().map(|column| live_column(cx, column)).collect();
    let present: Vec<String> = list.iter().map(|column| format!("{column} IS NOT NULL")).collect();
    let of = format!(
        "FROM (SELECT {list} FROM {table} WHERE {present} GROUP BY {list} HAVING count(*) > 1) AS twice",
        list = list.join(", "),
        table = live_name(cx, table),
        present = present.join(" AND ")
    );
    let shown = format!("SELECT concat_ws(', ', {}) {of}", list.join(", "));
    Some(obstacle(
        id,
        format!("SELECT count(*) {of}"),
        &shown,
        "{rows} have a key that another has too",
        "remove the duplicates first",
    ))
}

/// Rows of the table that violate a check.
pub(super) fn violations(cx: &Context<'_>, id: &ObjectId, check: &Check) -> Option<Probe> {
    let table = id.parent()?;
    // A check over what the plan itself changes cannot be asked of the rows as they are.
    let changed = cx.deltas.keys().any(|id| id.parent() == Some(table) && id.kind() == crate::catalog::Kind::Column);
    if check.not_enforced || changed || cx.renames.origins.keys().any(|id| id.is_within(table)) {
        return None;
    }
    let of = format!("FROM {} WHERE NOT {}", live_name(cx, table), parenthesised(check.sql.as_str()));
    let shown = closed(check.sql.as_str());
    Some(obstacle(
        id,
        format!("SELECT count(*) {of}"),
        &format!("SELECT {} {of}", string(&format!("not {shown}"))),
        "{rows} violate it",
        "correct them first",
    ))
}

/// Rows whose key has no target.
pub(super) fn orphans(cx: &Context<'_>, id: &ObjectId) -> Option<Probe> {
    let Some(Object::ForeignKey(key)) = cx.desired.object(id) else { return None };
    let table = id.parent()?;
    let column = |table: &ObjectId, name: &Name| table.child(crate::catalog::Kind::Column, name.clone());
    let own: Vec<ObjectId> = key.columns.iter().map(|name| column(table, name)).collect();
    let theirs: Vec<ObjectId> = key.ref_columns.iter().map(|name| column(&key.references, name)).collect();
    if !own.iter().chain(&theirs).all(|column| cx.live.contains(column)) || own.len() != theirs.len() {
        return None;
    }
    let pairs: Vec<String> = own
        .iter()
        .zip(&theirs)
        .map(|(a, b)| format!("child.{} = parent.{}", live_column(cx, a), live_column(cx, b)))
        .collect();
    let present: Vec<String> = own.iter().map(|a| format!("child.{} IS NOT NULL", live_column(cx, a))).collect();
    let of = format!(
        "FROM {} AS child WHERE {} AND NOT EXISTS (SELECT 1 FROM {} AS parent WHERE {})",
        live_name(cx, table),
        present.join(" AND "),
        live_name(cx, &key.references),
        pairs.join(" AND ")
    );
    let shown: Vec<String> = own.iter().map(|a| format!("child.{}", live_column(cx, a))).collect();
    Some(obstacle(
        id,
        format!("SELECT count(*) {of}"),
        &format!("SELECT concat_ws(', ', {}) {of}", shown.join(", ")),
        "{rows} refer to nothing",
        "correct or remove them first",
    ))
}
