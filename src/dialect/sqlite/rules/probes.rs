//! Questions to the rows: what a step would lose, and what stands in its way.
//!
//! They run before anything is changed, so they name tables and columns as they are called now.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Check, ForeignKey, Index, Name, Object, ObjectId, OptionKey, Part, PartOf, Sql};
use crate::plan::{Context, Probe, ProbeKind};

use super::super::sql::{closed, parenthesised, quote};
use super::super::tokens::significant;
use super::copy::{self, Source, Target};
use super::owner;

/// The rows of a table that is dropped.
pub(super) fn rows_lost(cx: &Context<'_>, table: &ObjectId) -> Probe {
    loss(table, format!("SELECT count(*) FROM {}", name_now(cx, table)), "the table has {rows}")
}

/// The values of a column that is dropped.
pub(super) fn values_lost(cx: &Context<'_>, column: &ObjectId) -> Probe {
    let (table, name) = (name_now(cx, owner(column)), name_now(cx, column));
    loss(column, format!("SELECT count(*) FROM {table} WHERE {name} IS NOT NULL"), "the column has values in {rows}")
}

/// The values of a column of a virtual table that is made anew without it.
pub(super) fn virtual_values_lost(cx: &Context<'_>, table: &ObjectId, column: &str) -> Probe {
    let count = format!("SELECT count(*) FROM {} WHERE {} IS NOT NULL", name_now(cx, table), quote(column));
    loss(table, count, &format!("the column {column} has values in {{rows}}"))
}

/// All rows of a table, for what `meaning` says of them.
pub(super) fn loss_of(cx: &Context<'_>, table: &ObjectId, meaning: &str) -> Probe {
    loss(table, format!("SELECT count(*) FROM {}", name_now(cx, table)), meaning)
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

/// The name that a table or a column has before the plan's renames.
fn name_now(cx: &Context<'_>, id: &ObjectId) -> String {
    quote(cx.renames.origins.get(id).unwrap_or(id).name().as_str())
}

/// The old table under its new names, `(SELECT a_old AS a, ... FROM t_old) AS t`.
fn old_rows(cx: &Context<'_>, table: &ObjectId) -> String {
    let alias = quote(table.name().as_str());
    let columns = cx.live.columns(table);
    if columns.iter().all(|(id, _)| !cx.renames.origins.contains_key(*id)) {
        return format!("{} AS {alias}", name_now(cx, table));
    }
    let mut list = rowids(cx, table);
    list.extend(columns.iter().map(|(id, _)| format!("{} AS {}", name_now(cx, id), quote(id.name().as_str()))));
    format!("(SELECT {} FROM {}) AS {alias}", list.join(", "), name_now(cx, table))
}

/// The words for the rowid, as columns: a condition may name any of them.
fn rowids(cx: &Context<'_>, table: &ObjectId) -> Vec<String> {
    let Some(word) = copy::rowid_word(cx, table).filter(|_| copy::has_rowid(cx.live, table)) else { return Vec::new() };
    let taken = |name: &str| cx.desired.columns(table).iter().any(|(id, _)| id.name().key() == name);
    ["rowid", "_rowid_", "oid"]
        .into_iter()
        .filter(|name| !taken(name))
        .map(|name| format!("{word} AS {name}"))
        .collect()
}

/// The rows as the new table will have them, `(SELECT ...) AS t`. Generated columns come one after the other, since
/// one may be over another.
fn new_rows(cx: &Context<'_>, table: &ObjectId) -> String {
    let alias = quote(table.name().as_str());
    let mut list = rowids(cx, table);
    list.extend(copy::targets(cx, table).iter().map(|target| {
        let default = || target.column.default.as_ref().map_or("NULL".to_owned(), |sql| parenthesised(sql.as_str()));
        let value = target.expression().map_or_else(default, |expression| converted(cx, table, target, &expression));
        let collation = target.column.collation.as_ref();
        let collation = collation.map_or(String::new(), |name| format!(" COLLATE {}", quote(name.as_str())));
        format!("{value}{collation} AS {}", quote(target.id.name().as_str()))
    }));
    let mut rows = format!("(SELECT {} FROM {}) AS {alias}", list.join(", "), old_rows(cx, table));
    for (id, column) in cx.desired.columns(table) {
        if let Some(generated) = &column.generated {
            let value = parenthesised(generated.sql.as_str());
            rows = format!("(SELECT *, {value} AS {} FROM {rows}) AS {alias}", quote(id.name().as_str()));
        }
    }
    rows
}

/// Whether the old table is there to be asked.
fn was_there(cx: &Context<'_>, table: &ObjectId) -> bool {
    cx.live.contains(table) && table.kind() == crate::catalog::Kind::Table
}

/// The columns by which people know a row of a table: those of its key, and those that a condition names. What else stands
/// in it is nobody's business, and only shown where there is no key.
fn telling(catalog: &Catalog, table: &ObjectId, condition: &str) -> Vec<String> {
    let mut columns = catalog.columns(table);
    if let Some(key) = catalog.primary_key(table) {
        let named: BTreeSet<String> = significant(condition)
            .filter_map(|token| token.identifier(condition))
            .map(|name| name.to_ascii_lowercase())
            .collect();
        let is_key = |name: &Name| key.columns.iter().any(|part| part.as_column() == Some(name));
        columns.retain(|(id, _)| is_key(id.name()) || named.contains(id.name().key()));
    }
    columns.into_iter().map(|(id, _)| quote(id.name().as_str())).collect()
}

fn obstacle(id: &ObjectId, from: &str, condition: &str, shown: &[String], meaning: &str, advice: &str) -> Probe {
    Probe {
        kind: ProbeKind::Obstacle,
        id: id.clone(),
        count: format!("SELECT count(*) FROM {from} WHERE {condition}"),
        examples: Some(format!("SELECT {} FROM {from} WHERE {condition} LIMIT 3", shown.join(", "))),
        otherwise: None,
        meaning: meaning.to_owned(),
        advice: advice.to_owned(),
    }
}

/// Rows with NULL in a column that becomes NOT NULL.
pub(super) fn nulls(cx: &Context<'_>, column: &ObjectId, expression: Option<&str>) -> Probe {
    let name = quote(column.name().as_str());
    let condition = format!("{} IS NULL", expression.unwrap_or(&name));
    let advice = if cx.live.contains(column) {
        "write backfill = ... in the TOML, or fill them first"
    } else {
        "write backfill = ... or default = ... in the TOML"
    };
    let shown = telling(cx.live, owner(column), &condition);
    obstacle(column, &old_rows(cx, owner(column)), &condition, &shown, "{rows} would have no value", advice)
}

/// Rows for which a new generated column that is NOT NULL has no value.
pub(super) fn generated_nulls(cx: &Context<'_>, column: &ObjectId) -> Probe {
    let condition = format!("{} IS NULL", quote(column.name().as_str()));
    let advice = "write null = true, or mend the rows first";
    let shown = telling(cx.desired, owner(column), &condition);
    obstacle(column, &new_rows(cx, owner(column)), &condition, &shown, "{rows} would have no value", advice)
}

/// Rows for which a check is false.
pub(super) fn check_fails(cx: &Context<'_>, id: &ObjectId, check: &Check) -> Option<Probe> {
    let table = owner(id);
    let condition = format!("NOT {}", parenthesised(check.sql.as_str()));
    let (rows, shown) = (new_rows(cx, table), telling(cx.desired, table, &condition));
    let meaning = "the check is false for {rows}";
    was_there(cx, table).then(|| obstacle(id, &rows, &condition, &shown, meaning, "mend them first"))
}

/// Keys that a new unique index would hold twice.
pub(super) fn duplicates_of_index(cx: &Context<'_>, id: &ObjectId) -> Option<Probe> {
    match cx.desired.object(id) {
        Some(Object::Index(Index { columns, unique: true, predicate, .. })) => {
            duplicates(cx, id, columns, predicate.as_ref())
        }
        _ => None,
    }
}

/// Keys that a new primary key or unique constraint would hold twice.
pub(super) fn duplicates_of_key(cx: &Context<'_>, id: &ObjectId) -> Option<Probe> {
    match cx.desired.object(id) {
        Some(Object::PrimaryKey(key)) => duplicates(cx, id, &key.columns, None),
        Some(Object::Unique(unique)) => duplicates(cx, id, &unique.columns, None),
        _ => None,
    }
}

fn duplicates(cx: &Context<'_>, id: &ObjectId, parts: &[Part], predicate: Option<&Sql>) -> Option<Probe> {
    let table = owner(id);
    if !was_there(cx, table) {
        return None;
    }
    let terms: Vec<String> = parts
        .iter()
        .map(|part| {
            let term = match &part.of {
                PartOf::Column(name) => quote(name.as_str()),
                PartOf::Sql(sql) => parenthesised(sql.as_str()),
            };
            // Equality of keys follows the column's own collation unless the index has another.
            let own = part.as_column().and_then(|name| {
                match cx.desired.object(&table.child(crate::catalog::Kind::Column, name.clone())) {
                    Some(Object::Column(column)) => column.collation.clone(),
                    _ => None,
                }
            });
            match part.collation.as_ref().or(own.as_ref()) {
                Some(collation) => format!("{term} COLLATE {}", quote(collation.as_str())),
                None => term,
            }
        })
        .collect();
    let mut conditions: Vec<String> = terms.iter().map(|term| format!("({term}) IS NOT NULL")).collect();
    conditions.extend(predicate.map(|sql| format!("({})", closed(sql.as_str()))));
    let (list, rows) = (terms.join(", "), new_rows(cx, table));
    let groups = |shown: &str| {
        format!("SELECT {shown} FROM {rows} WHERE {} GROUP BY {list} HAVING count(*) > 1", conditions.join(" AND "))
    };
    Some(Probe {
        kind: ProbeKind::Obstacle,
        id: id.clone(),
        count: format!("SELECT coalesce(sum(n), 0) FROM ({})", groups("count(*) AS n")),
        examples: Some(format!("{} LIMIT 3", groups(&list))),
        otherwise: None,
        meaning: "{rows} would share their key with another".to_owned(),
        advice: "mend them first".to_owned(),
    })
}

/// Rows whose new foreign key finds no target.
pub(super) fn orphans(cx: &Context<'_>, id: &ObjectId) -> Option<Probe> {
    let Some(Object::ForeignKey(key)) = cx.desired.object(id) else { return None };
    let table = owner(id);
    if !was_there(cx, table) || !cx.desired.contains(&key.references) {
        return None;
    }
    let from = key.columns.iter().map(|name| format!("\"trueup child\".{}", quote(name.as_str()))).collect::<Vec<_>>();
    let mut conditions: Vec<String> = from.iter().map(|term| format!("{term} IS NOT NULL")).collect();
    if was_there(cx, &key.references) {
        let to = target_columns(cx, key)?;
        let same = from.iter().zip(&to).map(|(from, to)| format!("\"trueup parent\".{} = {from}", quote(to.as_str())));
        let parents = new_rows(cx, &key.references);
        let same = same.collect::<Vec<_>>().join(" AND ");
        conditions
            .push(format!("NOT EXISTS (SELECT 1 FROM (SELECT * FROM {parents}) AS \"trueup parent\" WHERE {same})"));
    }
    let rows = format!("(SELECT * FROM {}) AS \"trueup child\"", new_rows(cx, table));
    Some(obstacle(id, &rows, &conditions.join(" AND "), &from, "{rows} would refer to nothing", "mend them first"))
}

fn target_columns(cx: &Context<'_>, key: &ForeignKey) -> Option<Vec<Name>> {
    let columns = if key.ref_columns.is_empty() {
        cx.desired.primary_key(&key.references)?.columns.iter().filter_map(Part::as_column).cloned().collect()
    } else {
        key.ref_columns.clone()
    };
    let known = |name: &Name| cx.live.contains(&key.references.child(crate::catalog::Kind::Column, name.clone()));
    (columns.len() == key.columns.len() && columns.iter().all(known)).then_some(columns)
}

/// What a column of a copy asks of the rows: NULL where none may be, and values that STRICT refuses or that
/// the new type's affinity writes otherwise.
pub(super) fn of_target(cx: &Context<'_>, table: &ObjectId, target: &Target<'_>, strict: (bool, bool)) -> Vec<Probe> {
    let mut probes = Vec::new();
    let expression = target.expression();
    let default = target.column.default.as_ref().filter(|sql| !sql.canonical().eq_ignore_ascii_case("null"));
    let nullable_before =
        target.old.is_none_or(|old| old.null) || !matches!(target.source, Source::Kept | Source::From(_));
    let alias = copy::rowid_alias(cx.desired, table).is_some_and(|alias| alias == *target.id.name());
    if !target.column.null && nullable_before && !alias {
        match (&expression, default) {
            (Some(expression), _) => probes.push(nulls(cx, target.id, Some(expression))),
            (None, None) => probes.push(nulls(cx, target.id, Some("NULL"))),
            (None, Some(_)) => {}
        }
    }
    let Some(expression) = expression else { return probes };
    let ty = target.column.ty.as_ref().map(|ty| ty.as_str().to_ascii_lowercase()).unwrap_or_default();
    let retyped = target.old.is_none_or(|old| old.ty != target.column.ty);
    let rows = old_rows(cx, table);
    if strict.1
        && (retyped || !strict.0)
        && let Some(condition) = misfit(&ty, &expression)
    {
        let meaning = format!("the value is no {ty} in {{rows}}");
        let advice = "mend them first, or write using = ...";
        probes.push(obstacle(target.id, &rows, &condition, std::slice::from_ref(&expression), &meaning, advice));
    }
    if let (Some(old), Source::Kept | Source::From(_) | Source::Filled(..)) = (target.old, &target.source) {
        let before = affinity(old.ty.as_ref(), strict.0);
        let after = affinity(target.column.ty.as_ref(), strict.1);
        let name = match target.source {
            Source::From(old) | Source::Filled(old, _) => quote(old.name().as_str()),
            _ => quote(target.id.name().as_str()),
        };
        let rewritten = rewritten(before, after, &name).map(|(condition, meaning)| {
            loss(target.id, format!("SELECT count(*) FROM {rows} WHERE {condition}"), meaning)
        });
        probes.extend(rewritten);
    }
    probes
}

/// How a column takes values (SQLite's datatype documentation, section 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Affinity {
    Text,
    /// INTEGER or NUMERIC.
    Number,
    Real,
    /// Values stay as they are.
    None,
}

fn affinity(ty: Option<&Sql>, strict: bool) -> Affinity {
    let ty = ty.map(|ty| ty.as_str().to_ascii_lowercase()).unwrap_or_default();
    let has = |words: &[&str]| words.iter().any(|word| ty.contains(word));
    match () {
        // ANY is a type of its own in a STRICT table alone; elsewhere it is a word like others, and so NUMERIC.
        () if strict && ty == "any" => Affinity::None,
        () if has(&["int"]) => Affinity::Number,
        () if has(&["char", "clob", "text"]) => Affinity::Text,
        () if has(&["blob"]) || ty.is_empty() => Affinity::None,
        () if has(&["real", "floa", "doub"]) => Affinity::Real,
        () => Affinity::Number,
    }
}

/// A value as the new column will take it.
fn converted(cx: &Context<'_>, table: &ObjectId, target: &Target<'_>, x: &str) -> String {
    let strict = |catalog: &Catalog| matches!(catalog.object(table), Some(Object::Table(table)) if table.options.is_on(OptionKey::Strict));
    let before = affinity(target.old.and_then(|old| old.ty.as_ref()), strict(cx.live));
    let after = affinity(target.column.ty.as_ref(), strict(cx.desired));
    let is_number = format!("typeof({x}) = 'text' AND CAST({x} AS NUMERIC) = {x}");
    match after {
        _ if target.old.is_none() || before == after => x.to_owned(),
        Affinity::None => x.to_owned(),
        Affinity::Number => format!("CASE WHEN {is_number} THEN CAST({x} AS NUMERIC) ELSE {x} END"),
        Affinity::Real => {
            format!("CASE WHEN {is_number} OR typeof({x}) = 'integer' THEN CAST({x} AS REAL) ELSE {x} END")
        }
        Affinity::Text => format!("CASE WHEN typeof({x}) IN ('integer', 'real') THEN CAST({x} AS TEXT) ELSE {x} END"),
    }
}

/// The condition under which a value is not the same afterwards, and what that means.
fn rewritten(before: Affinity, after: Affinity, x: &str) -> Option<(String, &'static str)> {
    let number = format!("CAST({x} AS NUMERIC)");
    let text = format!("(typeof({x}) = 'text' AND {number} = {x} AND CAST({number} AS TEXT) <> {x})");
    let large = format!("(typeof({x}) = 'integer' AND CAST(CAST({x} AS REAL) AS INTEGER) <> {x})");
    match after {
        _ if before == after => None,
        Affinity::None => None,
        Affinity::Number => Some((text, "text that reads as a number is written anew in {rows}, as '007' becomes 7")),
        Affinity::Real => Some((format!("{text} OR {large}"), "numbers lose digits in {rows}, as '007' becomes 7.0")),
        Affinity::Text => Some((
            format!("typeof({x}) = 'real' AND CAST(CAST({x} AS TEXT) AS REAL) <> {x}"),
            "numbers lose digits in {rows}, since text keeps 15 of them",
        )),
    }
}

/// The condition under which a value does not fit a type of a STRICT table, after the conversion that its
/// affinity does. A text is a number exactly when comparing it with its number is true: a cast takes a prefix.
fn misfit(ty: &str, x: &str) -> Option<String> {
    let number = format!("typeof({x}) = 'text' AND CAST({x} AS NUMERIC) = {x}");
    let fits = match ty {
        "int" | "integer" => format!(
            "typeof({x}) = 'integer' OR (typeof({x}) = 'real' AND {x} = CAST({x} AS INTEGER)) \
             OR ({number} AND typeof(CAST({x} AS NUMERIC)) = 'integer')"
        ),
        "real" => format!("typeof({x}) IN ('integer', 'real') OR ({number})"),
        "text" => format!("typeof({x}) <> 'blob'"),
        "blob" => format!("typeof({x}) = 'blob'"),
        _ => return None,
    };
    Some(format!("{x} IS NOT NULL AND NOT ({fits})"))
}
