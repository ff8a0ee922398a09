//! Questions to the rows: what a step would lose, and what stands in its way.

use crate::catalog::{
    Catalog, Check, Column, Index, Kind, Name, Object, ObjectId, OptionKey, Part, PartOf, Sql, Table,
};
use crate::diff::Delta;
use crate::plan::{Context, Probe, ProbeKind};

use super::super::canonical;
use super::super::connect::Flavour;
use super::super::render;
use super::super::sql::{parenthesised, quote, quote_list, string};
use super::super::tokens::{TokenKind, significant};
use super::super::types;
use super::placing::{self, Fits};
use super::{alter, becoming, fill, fits, letters, versioning};

/// The name under which the rows are found now: renames have not been done yet when they are asked.
fn live_name(cx: &Context<'_>, table: &ObjectId) -> String {
    render::name(cx.renames.origins.get(table).unwrap_or(table))
}

/// All rows of a table as it is now, those of its history among them: MariaDB changes and loses them too.
fn live_rows(cx: &Context<'_>, table: &ObjectId) -> String {
    let history = if is_versioned(cx.live, table) { " FOR SYSTEM_TIME ALL" } else { "" };
    live_name(cx, table) + history
}

/// MariaDB: whether a table keeps the history of its rows.
pub(super) fn is_versioned(catalog: &Catalog, table: &ObjectId) -> bool {
    matches!(catalog.object(table), Some(Object::Table(table)) if table.options.is_on(OptionKey::SystemVersioning))
}

fn live_column(cx: &Context<'_>, id: &ObjectId) -> String {
    quote(cx.renames.origins.get(id).unwrap_or(id).name().as_str())
}

/// What tells one row from others, `id = 7`: its primary key, else all that can be shown of it; and what an expression
/// names that is false for it.
fn row(cx: &Context<'_>, table: &ObjectId, expression: Option<&Sql>) -> String {
    let key = cx.live.primary_key(table).into_iter().flat_map(|key| &key.columns).filter_map(Part::as_column);
    let mut names: Vec<&Name> = key.collect();
    if names.is_empty() {
        names = cx.live.columns(table).into_iter().map(|(id, _)| id.name()).collect();
    }
    let named = expression
        .into_iter()
        .flat_map(|sql| cx.desired.columns(table).into_iter().filter(|(id, _)| says(sql, id.name())));
    let named: Vec<&Name> = named.map(|(id, _)| id.name()).filter(|name| !names.contains(name)).collect();
    names.extend(named);
    let shown = |name: &&Name| {
        let id = table.child(Kind::Column, (*name).clone());
        let column = live_column(cx, &id);
        let is_text = [cx.live, cx.desired].into_iter().find_map(|catalog| match catalog.object(&id) {
            Some(Object::Column(column)) => column.ty.as_ref().map(|ty| render::is_text(ty.as_str())),
            _ => None,
        });
        // QUOTE writes NULL as a word.
        let value =
            if is_text == Some(true) { format!("QUOTE({column})") } else { format!("coalesce({column}, 'NULL')") };
        format!("{}, {value}", string(&format!("{name} = ")))
    };
    let pairs: Vec<String> = names.iter().map(|name| format!("concat({})", shown(name))).collect();
    format!("concat_ws(', ', {})", pairs.join(", "))
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

fn obstacle(id: &ObjectId, count: String, examples: &str, meaning: &str, advice: &str) -> Probe {
    Probe {
        kind: ProbeKind::Obstacle,
        id: id.clone(),
        count,
        examples: Some(format!("{examples} LIMIT 3")),
        otherwise: None,
        meaning: meaning.to_owned(),
        advice: advice.to_owned(),
    }
}

pub(super) fn rows_of_table(cx: &Context<'_>, id: &ObjectId) -> Probe {
    loss(id, format!("SELECT count(*) FROM {}", live_rows(cx, id)), "the table has {rows}")
}

/// Rows under an engine that keeps none.
pub(super) fn rows_that_an_engine_drops(
    cx: &Context<'_>,
    id: &ObjectId,
    live: &Table,
    desired: &Table,
) -> Option<Probe> {
    let engine = |table: &Table| table.options.word(OptionKey::Engine).unwrap_or_default().to_ascii_lowercase();
    let (from, to) = (engine(live), engine(desired));
    let keeps_none = matches!(to.as_str(), "blackhole" | "merge" | "mrg_myisam" | "example" | "federated");
    (from != to && keeps_none).then(|| rows_of_table(cx, id))
}

pub(super) fn rows_of_partitions<'a>(
    cx: &Context<'_>,
    table: &ObjectId,
    names: impl Iterator<Item = &'a str>,
) -> Probe {
    // A partition of a history is asked as it is (error 4142).
    let is_apart = versioning::is_parted_by_time(cx.live, table);
    let history = if is_versioned(cx.live, table) && !is_apart { " FOR SYSTEM_TIME ALL" } else { "" };
    let count = format!("SELECT count(*) FROM {} PARTITION ({}){history}", live_name(cx, table), quote_list(names));
    loss(table, count, "the partitions that go have {rows}")
}

/// MariaDB: rows that were changed or deleted since.
pub(super) fn history(cx: &Context<'_>, table: &ObjectId) -> Probe {
    let end = cx.live.columns(table).into_iter().find(|(_, column)| column.options.is_on(OptionKey::RowEnd));
    let end = end.map_or_else(|| "ROW_END".to_owned(), |(id, _)| live_column(cx, id));
    let count = format!("SELECT count(*) FROM {} WHERE {end} < now(6)", live_rows(cx, table));
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
    let count = format!("SELECT count(*) FROM {} WHERE {} IS NOT NULL", live_rows(cx, table), live_column(cx, id));
    Some(loss(id, count, "the column has values in {rows}"))
}

/// Rows for which the check of a new column is false.
pub(super) fn of_new(cx: &Context<'_>, id: &ObjectId, desired: &Column) -> Option<Probe> {
    broken(cx, id, id.parent()?, desired.check.as_ref()?)
}

/// A new geometry that has to be there, for which the rows have none (error 1416); other types have a zero. That of
/// MariaDB's JSON is an empty text, which is no JSON.
pub(super) fn no_zero(cx: &Context<'_>, id: &ObjectId, desired: &Column, flavour: Flavour) -> Option<Probe> {
    let is_json = |ty: &Sql| flavour == Flavour::Mariadb && ty.canonical() == "json";
    let has_none = desired.ty.as_ref().is_some_and(|ty| types::is_geometry(ty) || is_json(ty));
    if desired.null || desired.default.is_some() || desired.generated.is_some() || !has_none {
        return None;
    }
    let probe = obstacle(
        id,
        format!("SELECT count(*) FROM {}", live_rows(cx, id.parent()?)),
        "",
        "a new value has to be there in {rows}, and its type has none by itself",
        "give it a `backfill`, or allow NULL",
    );
    // Which rows they are tells nobody anything: it is all.
    Some(Probe { examples: None, ..probe })
}

/// What stands in the way of a column's new form.
pub(super) fn of_modified(
    cx: &Context<'_>,
    id: &ObjectId,
    live: &Column,
    desired: &Column,
    flavour: Flavour,
) -> Vec<Probe> {
    let Some(table) = id.parent() else { return Vec::new() };
    let (owner, table, column) = (table, live_rows(cx, table), live_column(cx, id));
    let mut probes = Vec::new();
    if let (Some(was), Some(is), None) = (&live.ty, &desired.ty, &desired.generated) {
        probes.extend(unfit(cx, (was.as_str(), is.as_str(), flavour), id, &table, &column));
        probes.extend(other_letters(cx, id));
    }
    if let Some(check) = desired.check.as_ref().filter(|check| live.check.as_ref() != Some(check)) {
        probes.extend(broken(cx, id, owner, check));
    }
    let srid = |column: &Column| column.options.integer(OptionKey::Srid);
    if let (Flavour::Mysql, Some(number)) = (flavour, srid(desired).filter(|_| srid(live) != srid(desired))) {
        let of = format!("FROM {table} WHERE ST_SRID({column}) <> {number}");
        probes.push(obstacle(
            id,
            format!("SELECT count(*) {of}"),
            &format!("SELECT concat('SRID ', ST_SRID({column})) {of}"),
            "the column has another spatial reference system in {rows}",
            "give them the new one first: UPDATE ... SET g = ST_SRID(g, n)",
        ));
    }
    // A column that begins to count numbers the rows that have none; MariaDB takes them for 0, which is no number here.
    let counts = flavour == Flavour::Mysql && desired.options.is_on(OptionKey::AutoIncrement);
    let is_given = counts || fill::for_nulls(cx, id, (live, desired), flavour).is_some();
    if live.null && !desired.null && desired.generated.is_none() && !is_given {
        let of = format!("FROM {table} WHERE {column} IS NULL");
        probes.push(obstacle(
            id,
            format!("SELECT count(*) {of}"),
            &format!("SELECT {} {of}", row(cx, owner, None)),
            "the column is NULL in {rows}",
            "write backfill = ... in the TOML, or give it values there first",
        ));
    }
    probes
}

/// Values of a column that keeps its type and do not fit its new character set.
pub(super) fn of_letters(cx: &Context<'_>, id: &ObjectId, flavour: Flavour) -> Vec<Probe> {
    let (Some(Object::Column(column)), Some(table)) = (cx.live.object(id), id.parent()) else { return Vec::new() };
    let ty = column.ty.as_ref().map_or("", Sql::as_str);
    let longer = unfit(cx, (ty, ty, flavour), id, &live_rows(cx, table), &live_column(cx, id));
    longer.into_iter().chain(other_letters(cx, id)).collect()
}

/// The character set that a column gets, where it has another.
fn new_charset(cx: &Context<'_>, id: &ObjectId) -> Option<String> {
    let charset = |catalog: &Catalog| match catalog.object(id) {
        Some(Object::Column(column)) => letters::of(catalog, id.parent()?, column).map(|it| it.charset().to_owned()),
        _ => None,
    };
    let (from, to) = (charset(cx.live).filter(|_| !is_bytes(cx, id)), charset(cx.desired)?);
    let is_word = to.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_word && from.as_ref() != Some(&to)).then_some(to)
}

/// Whether a column has bytes, whatever its table's character set.
fn is_bytes(cx: &Context<'_>, id: &ObjectId) -> bool {
    match cx.live.object(id) {
        Some(Object::Column(column)) => column.ty.as_ref().is_some_and(|ty| fits::has_bytes(ty.as_str())),
        _ => false,
    }
}

/// Values that do not fit the new type.
fn unfit(
    cx: &Context<'_>,
    (live, desired, flavour): (&str, &str, Flavour),
    id: &ObjectId,
    table: &str,
    column: &str,
) -> Vec<Probe> {
    // A vector is no string.
    let is_vector = live.to_ascii_lowercase().starts_with("vector");
    let shown = if is_vector { format!("HEX({column})") } else { column.to_owned() };
    let probe = |unfit: fits::Unfit| match unfit {
        fits::Unfit::Refused(condition) => {
            let of = format!("FROM {table} WHERE {condition}");
            obstacle(
                id,
                format!("SELECT count(*) {of}"),
                &format!("SELECT LEFT({shown}, 60) {of}"),
                "the new type does not take {rows}",
                "correct or shorten the values first",
            )
        }
        fits::Unfit::Cut(condition) => loss(
            id,
            format!("SELECT count(*) FROM {table} WHERE {condition}"),
            "the new type cuts the values of {rows}",
        ),
        fits::Unfit::Replaced(condition) => loss(
            id,
            format!("SELECT count(*) FROM {table} WHERE {condition}"),
            "the new type takes the numbers of {rows} for the places of its members",
        ),
    };
    let server = fits::Server { flavour, version: cx.version, is_exact: letters::tell_case(cx.desired, id) };
    fits::unfit(column, live, desired, server, new_charset(cx, id).as_deref()).into_iter().map(probe).collect()
}

/// Letters that another charset does not have.
fn other_letters(cx: &Context<'_>, id: &ObjectId) -> Option<Probe> {
    let owner = id.parent()?;
    let (table, column) = (live_rows(cx, owner), live_column(cx, id));
    // What are no letters yet is asked by their bytes.
    let to = new_charset(cx, id).filter(|to| to != "utf8mb4" && !is_bytes(cx, id))?;
    let of = format!(
        "FROM {table} WHERE CONVERT(CONVERT({column} USING {to}) USING utf8mb4) COLLATE utf8mb4_bin <> \
         CONVERT({column} USING utf8mb4) COLLATE utf8mb4_bin"
    );
    Some(obstacle(
        id,
        format!("SELECT count(*) {of}"),
        &format!("SELECT LEFT({column}, 60) {of}"),
        "the new character set has not all letters of {rows}",
        "correct the values first",
    ))
}

/// Keys that are there more than once.
pub(super) fn duplicates(cx: &Context<'_>, id: &ObjectId) -> Option<Probe> {
    let parts = match cx.desired.object(id)? {
        Object::PrimaryKey(key) => &key.columns,
        Object::Index(Index { unique: true, columns, .. }) => columns,
        _ => return None,
    };
    let table = id.parent()?;
    let column = |name: &Name| table.child(Kind::Column, name.clone());
    let stands = |name: &Name| cx.live.contains(&column(name)) && !is_computed_anew(cx, &column(name));
    // What is computed of the rows as they are is known before it stands in a column.
    let computed = |sql: &Sql| asked_as_it_is(cx, table, sql).map(|_| parenthesised(sql.as_str()));
    let value = |part: &Part| {
        let value = match &part.of {
            PartOf::Sql(sql) => computed(sql)?,
            PartOf::Column(name) if stands(name) => {
                becoming::value(cx, &column(name), &live_column(cx, &column(name)))?
            }
            PartOf::Column(name) => match cx.desired.object(&column(name)) {
                Some(Object::Column(Column { generated: Some(generated), .. })) => computed(&generated.sql)?,
                _ => fill::value(cx, &column(name))?,
            },
        };
        Some(part.length.map_or_else(|| value.clone(), |length| format!("LEFT({value}, {length})")))
    };
    let values: Vec<String> = parts.iter().map(value).collect::<Option<_>>()?;
    let there = parts.iter().zip(&values).filter_map(|(part, value)| match &part.of {
        PartOf::Column(name) if stands(name) => Some(live_column(cx, &column(name))),
        PartOf::Column(name) => match cx.desired.object(&column(name)) {
            Some(Object::Column(Column { generated: Some(_), .. })) => Some(value.clone()),
            _ => None,
        },
        PartOf::Sql(_) => Some(value.clone()),
    });
    let mut present: Vec<String> = there.map(|value| format!("{value} IS NOT NULL")).collect();
    if present.is_empty() {
        present.push("TRUE".to_owned());
    }
    let names: Vec<String> = (1..=values.len()).map(|number| format!("key_{number}")).collect();
    let list: Vec<String> = values.iter().zip(&names).map(|(value, name)| format!("{value} AS {name}")).collect();
    let of = format!(
        "FROM (SELECT {list}, count(*) AS number_of_rows FROM {table} WHERE {present} GROUP BY {names} HAVING count(*) > 1) AS twice",
        list = list.join(", "),
        table = live_name(cx, table),
        present = present.join(" AND "),
        names = names.join(", ")
    );
    let shown = format!("SELECT concat_ws(', ', {}) {of}", names.join(", "));
    Some(obstacle(
        id,
        format!("SELECT CAST(coalesce(sum(number_of_rows), 0) AS UNSIGNED) {of}"),
        &shown,
        "the same key stands elsewhere too in {rows}",
        "remove the duplicates first",
    ))
}

/// Rows of the table that violate a check.
pub(super) fn violations(cx: &Context<'_>, id: &ObjectId, check: &Check) -> Option<Probe> {
    let table = id.parent()?;
    if check.not_enforced {
        return None;
    }
    broken(cx, id, table, &check.sql)
}

/// Rows for which an expression is false.
fn broken(cx: &Context<'_>, id: &ObjectId, table: &ObjectId, check: &Sql) -> Option<Probe> {
    let of = format!("{} WHERE NOT {}", asked_as_it_is(cx, table, check)?, parenthesised(check.as_str()));
    // Nobody can correct what is not there yet.
    let is_given = |(id, column): &(&ObjectId, &Column)| {
        cx.delta(id) == Some(Delta::Create) && column.generated.is_none() && says(check, id.name())
    };
    let is_given = cx.desired.columns(table).iter().any(is_given);
    let advice = if is_given { "write another default or backfill in the TOML" } else { "correct the values first" };
    Some(obstacle(
        id,
        format!("SELECT count(*) {of}"),
        &format!("SELECT {} {of}", row(cx, table, Some(check))),
        "it is false for {rows}",
        advice,
    ))
}

/// Rows that fit none of the partitions to be (error 1526).
pub(super) fn without_partition(cx: &Context<'_>, table: &ObjectId) -> Option<Probe> {
    let Fits { value, condition } = placing::fits(cx.desired, table)?;
    let of = format!("{} WHERE NOT {condition}", asked_as_it_is(cx, table, &canonical::expression(&value))?);
    Some(obstacle(
        table,
        format!("SELECT count(*) {of}"),
        &format!("SELECT coalesce(nullif(concat_ws(', ', {value}), ''), 'NULL') {of}"),
        "there is no partition for {rows}",
        "add one for the values that are left over, or correct the values first",
    ))
}

/// Whether an expression names something so.
fn says(expression: &Sql, name: &Name) -> bool {
    let text = expression.as_str();
    significant(text).any(|token| {
        matches!(token.kind, TokenKind::Word | TokenKind::Quoted)
            && token.text(text).trim_matches('`').eq_ignore_ascii_case(name.as_str())
    })
}

/// What the rows will have in a new column that is computed of what they have, and that nothing of the plan changes.
fn computed(cx: &Context<'_>, id: &ObjectId) -> Option<String> {
    let Some(Object::Column(Column { generated: Some(generated), .. })) = cx.desired.object(id) else { return None };
    let table = id.parent()?;
    let changes = |other: &ObjectId| other.parent() == Some(table) && says(&generated.sql, other.name());
    let is_known = !cx.deltas.keys().any(changes) && asked_as_it_is(cx, table, &generated.sql).is_some();
    is_known.then(|| parenthesised(generated.sql.as_str()))
}

/// Whether a column is to be computed otherwise than its values were made: they tell nothing of those to be.
pub(super) fn is_computed_anew(cx: &Context<'_>, id: &ObjectId) -> bool {
    let generated = |catalog: &Catalog| match catalog.object(id) {
        Some(Object::Column(column)) => column.generated.as_ref().map(|generated| generated.sql.clone()),
        _ => None,
    };
    let new = generated(cx.desired);
    cx.delta(id) == Some(Delta::Alter) && new.is_some() && new != generated(cx.live)
}

/// Where the rows are asked for an expression. One over what the plan itself changes cannot be asked of them as they are.
fn asked_as_it_is(cx: &Context<'_>, table: &ObjectId, expression: &Sql) -> Option<String> {
    let column = |id: &&ObjectId| id.parent() == Some(table) && id.kind() == Kind::Column;
    let is_new = |id: &ObjectId| cx.delta(id) == Some(Delta::Create) || is_computed_anew(cx, id);
    let changes = |id: &ObjectId| cx.delta(id) != Some(Delta::Alter) || alter::changes_type(cx, id);
    // Whether a value is JSON can be asked of the value as it is.
    let is_json = expression.canonical().starts_with("json_valid (");
    let named: Vec<&ObjectId> = cx.deltas.keys().filter(column).filter(|id| says(expression, id.name())).collect();
    let changed = !is_json && named.iter().any(|id| !is_new(id) && changes(id));
    // An expression names columns; what else has another name is none of its business.
    let is_named = |id: &ObjectId| id == table || (id.parent() == Some(table) && id.kind() == Kind::Column);
    if changed || cx.renames.origins.keys().any(is_named) {
        return None;
    }
    let new: Vec<&ObjectId> = named.into_iter().filter(|id| is_new(id)).collect();
    let value = |id: &&ObjectId| {
        let value = computed(cx, id).or_else(|| fill::value_of_type(cx, id))?;
        Some(format!("{value} AS {}", quote(id.name().as_str())))
    };
    let values: Vec<String> = new.iter().map(value).collect::<Option<_>>()?;
    let rows = live_rows(cx, table);
    if values.is_empty() {
        return Some(format!("FROM {rows}"));
    }
    let stay = cx.live.columns(table).into_iter().map(|(id, _)| id).filter(|id| !new.contains(id));
    let list: Vec<String> = stay.map(|id| quote(id.name().as_str())).chain(values).collect();
    Some(format!("FROM (SELECT {} FROM {rows}) AS rows_to_be", list.join(", ")))
}

/// Rows whose key has no target.
pub(super) fn orphans(cx: &Context<'_>, id: &ObjectId) -> Option<Probe> {
    let Some(Object::ForeignKey(key)) = cx.desired.object(id) else { return None };
    let table = id.parent().filter(|table| cx.live.contains(table))?;
    if key.references.schema().is_some() || key.columns.len() != key.ref_columns.len() {
        return None;
    }
    let child = format!("({}) AS child", as_they_will_be(cx, table, &key.columns)?);
    let numbers = 1..=key.columns.len();
    let present: Vec<String> = numbers.clone().map(|number| format!("child.key_{number} IS NOT NULL")).collect();
    // A table that is new has no row to refer to.
    let without = if cx.live.contains(&key.references) {
        let parent = as_they_will_be(cx, &key.references, &key.ref_columns)?;
        let pairs: Vec<String> =
            numbers.clone().map(|number| format!("child.key_{number} = parent.key_{number}")).collect();
        format!(" AND NOT EXISTS (SELECT 1 FROM ({parent}) AS parent WHERE {})", pairs.join(" AND "))
    } else {
        String::new()
    };
    let of = format!("FROM {child} WHERE {}{without}", present.join(" AND "));
    let shown: Vec<String> = numbers.map(|number| format!("child.key_{number}")).collect();
    Some(obstacle(
        id,
        format!("SELECT count(*) {of}"),
        &format!("SELECT concat_ws(', ', {}) {of}", shown.join(", ")),
        "{rows} would refer to nothing",
        "correct or remove what does first",
    ))
}

/// The values that columns of a table that is there have, or will have once they are added; nothing where those are not
/// known, or NULL.
fn as_they_will_be(cx: &Context<'_>, table: &ObjectId, columns: &[Name]) -> Option<String> {
    let value = |name: &Name| {
        let column = table.child(Kind::Column, name.clone());
        if !cx.live.contains(&column) || is_computed_anew(cx, &column) {
            return computed(cx, &column).or_else(|| fill::value(cx, &column));
        }
        let live = live_column(cx, &column);
        Some(becoming::value(cx, &column, &live).unwrap_or(live))
    };
    let values: Vec<String> = columns.iter().map(value).collect::<Option<_>>()?;
    let list: Vec<String> = values.iter().enumerate().map(|(at, value)| format!("{value} AS key_{}", at + 1)).collect();
    Some(format!("SELECT {} FROM {}", list.join(", "), live_name(cx, table)))
}
