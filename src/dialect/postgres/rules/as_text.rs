//! Values of types that are made again, written as the text that the new types read.

use crate::catalog::{Attribute, Catalog, Kind, Name, Object, ObjectId, Sql};

use super::super::home_types::written;
use super::super::render::types::attributes;
use super::super::sql::{name, quote, string};
use super::Cx;
use super::again::is_of_type;

/// The statements that let `alter` turn a column of a type into text: before it, the expression, and after it.
pub(super) struct AsText {
    pub(super) before: Option<String>,
    pub(super) using: String,
    pub(super) after: Option<String>,
    /// A condition over the column as it is before the plan, for values that cannot be written so.
    pub(super) odd: Option<String>,
}

/// The values of a column as text. Rows of a composite type get the attributes that the new type has, in its order,
/// wherever they stand.
pub(super) fn of_column(cx: &Cx<'_>, id: &ObjectId, old: &str, new: &str) -> AsText {
    let column = name(id);
    let text = if old.ends_with(']') { "text[]" } else { "text" };
    let written = |value: &str| value_of(cx, &Value { now: value, asked: &column }, old, new, 0);
    let plain = AsText { before: None, using: format!("{column}::{text}"), after: None, odd: None };
    match written(&column) {
        None => plain,
        Some(written) if written.odd.is_none() && !is_inherited(cx, id) => {
            AsText { using: format!("({})::{text}", written.sql), ..plain }
        }
        // An expression of ALTER COLUMN TYPE can look into an array only by a function; and it can be no CASE where other
        // tables have the column from this one ("unrecognized node type").
        Some(Written { odd, .. }) => {
            let function = "pg_temp.trueup_rows_as_text";
            let body = written("($1)").map_or_else(String::new, |written| format!("SELECT ({})::{text}", written.sql));
            AsText {
                before: Some(format!(
                    "CREATE FUNCTION {function}({old}) RETURNS {text} LANGUAGE sql AS {}",
                    string(&body)
                )),
                using: format!("{function}({column})"),
                after: Some(format!("DROP FUNCTION {function}({old})")),
                odd,
            }
        }
    }
}

/// Whether other tables have the column from this one.
fn is_inherited(cx: &Cx<'_>, column: &ObjectId) -> bool {
    cx.heirs_of(column.root()).next().is_some()
}

/// How a value is called in the plan, and before it.
struct Value<'a> {
    now: &'a str,
    asked: &'a str,
}

/// A value as it reads for its new type.
struct Written {
    sql: String,
    /// There are arrays in it, and this is true where one of them has not one dimension that begins at 1.
    odd: Option<String>,
}

/// A value written for the type that it will have, unless it reads the same.
fn value_of(cx: &Cx<'_>, value: &Value<'_>, old: &str, new: &str, depth: usize) -> Option<Written> {
    let (old, new) = (below_domains(cx.plan.live, old), below_domains(cx.plan.desired, new));
    let (Some(old), Some(new)) = (old.strip_suffix("[]"), new.strip_suffix("[]")) else {
        return row(cx, value, old, new, depth);
    };
    let Value { now, asked } = value;
    let element = Value { now: &format!("({now})[i{depth}]"), asked: &format!("({asked})[i{depth}]") };
    let inner = value_of(cx, &element, old, new, depth + 1)?;
    let each = |array: &str| format!("FROM generate_subscripts({array}, 1) AS i{depth}");
    let sql = format!(
        "CASE WHEN {now} IS NOT NULL THEN ARRAY(SELECT ({})::text {} ORDER BY i{depth}) END",
        inner.sql,
        each(now)
    );
    let own = format!("array_ndims({asked}) > 1 OR array_lower({asked}, 1) <> 1");
    let odd = match inner.odd {
        Some(inner) => format!("({own} OR EXISTS (SELECT {} WHERE {inner}))", each(asked)),
        None => format!("({own})"),
    };
    Some(Written { sql, odd: Some(odd) })
}

/// A row with the attributes of the new type, unless the type keeps those it has.
fn row(cx: &Cx<'_>, value: &Value<'_>, old: &str, new: &str, depth: usize) -> Option<Written> {
    let composite = composite(cx, old)?;
    if !is_of_type(new, composite) || new.ends_with(']') || !cx.desired.contains(composite) {
        return None;
    }
    let (was, is) = (attributes(cx.live, composite), attributes(cx.desired, composite));
    let names = |all: &[(&ObjectId, &Attribute)]| all.iter().map(|(id, _)| id.name().clone()).collect::<Vec<Name>>();
    let mut differs = names(&was) != names(&is);
    let (mut values, mut odd) = (Vec::new(), Vec::new());
    for (id, attribute) in is {
        let Some((_, before)) = was.iter().find(|(other, _)| *other == id) else {
            values.push("NULL".to_owned());
            continue;
        };
        let origin = cx.renames.origins.get(id).unwrap_or(id);
        let part = |value: &str, id: &ObjectId| format!("({value}).{}", quote(id.name().as_str()));
        let (own, asked) = (part(value.now, id), part(value.asked, origin));
        let text = |attribute: &Attribute| attribute.ty.as_ref().map_or("", Sql::as_str).to_owned();
        let (from, to) = (text(before), text(attribute));
        if let Some(inner) = value_of(cx, &Value { now: &own, asked: &asked }, &from, &to, depth) {
            differs = true;
            odd.extend(inner.odd);
            values.push(inner.sql);
        } else if from == to || is_of_the_plan(cx, &to) {
            values.push(own);
        } else {
            differs = true;
            values.push(format!("{own}::{to}"));
        }
    }
    let odd = (!odd.is_empty()).then(|| format!("({})", odd.join(" OR ")));
    let sql = format!("CASE WHEN ({})::text IS NOT NULL THEN ROW({}) END", value.now, values.join(", "));
    differs.then_some(Written { sql, odd })
}

/// The type that a domain is over, at last.
pub(super) fn below_domains<'c>(catalog: &'c Catalog, ty: &'c str) -> &'c str {
    let over = |ty: &str| match catalog.object(&written(Kind::Domain, ty)?) {
        Some(Object::Domain(domain)) => domain.ty.as_ref().map(Sql::as_str),
        _ => None,
    };
    // No domain is over itself, but the TOML may say so before it is refused.
    std::iter::successors(Some(ty), |ty| over(ty)).take(100).last().unwrap_or(ty)
}

fn composite<'a>(cx: &Cx<'a>, ty: &str) -> Option<&'a ObjectId> {
    cx.plan.live.get_key_value(&written(Kind::Composite, ty)?).map(|(id, _)| id)
}

/// Whether a type may not be there yet.
fn is_of_the_plan(cx: &Cx<'_>, ty: &str) -> bool {
    let bare = ty.split(['[', '(']).next().unwrap_or(ty);
    let kinds = [Kind::Enum, Kind::Domain, Kind::Composite, Kind::Range, Kind::Table, Kind::View, Kind::ForeignTable];
    kinds.into_iter().filter_map(|kind| written(kind, bare)).any(|id| cx.deltas.contains_key(&id))
}
