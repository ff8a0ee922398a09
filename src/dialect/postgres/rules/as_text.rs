//! Values of types that are made again, written as the text that the new types read.

use crate::catalog::{Attribute, Kind, Name, ObjectId, Sql};

use super::super::render::types::attributes;
use super::super::sql::{quote, string};
use super::Cx;
use super::again::is_of_type;

/// The statements that let `alter` turn a column of a type into text: before it, the expression, and after it.
pub(super) struct AsText {
    pub(super) before: Option<String>,
    pub(super) using: String,
    pub(super) after: Option<String>,
}

/// The values of a column as text. Rows of a composite type get the attributes that the new type has, in its order.
pub(super) fn of_column(cx: &Cx<'_>, column: &str, old: &str, new: &str) -> AsText {
    let plain = |text: &str| AsText { before: None, using: format!("{column}::{text}"), after: None };
    let (Some(old), Some(new)) = (old.strip_suffix("[]"), new.strip_suffix("[]")) else {
        if old.ends_with(']') {
            return plain("text[]");
        }
        return match row(cx, column, old, new) {
            Some(row) => AsText { before: None, using: format!("({row})::text"), after: None },
            None => plain("text"),
        };
    };
    let Some(row) = row(cx, "($1)[i]", old, new) else { return plain("text[]") };
    // An expression of ALTER COLUMN TYPE can look into an array only by a function.
    let function = "pg_temp.trueup_rows_as_text";
    let body = format!(
        "SELECT CASE WHEN $1 IS NOT NULL THEN ARRAY(SELECT ({row})::text FROM generate_subscripts($1, 1) AS i ORDER BY i) END"
    );
    AsText {
        before: Some(format!("CREATE FUNCTION {function}({old}[]) RETURNS text[] LANGUAGE sql AS {}", string(&body))),
        using: format!("{function}({column})"),
        after: Some(format!("DROP FUNCTION {function}({old}[])")),
    }
}

/// A row with the attributes of the new type, unless the type keeps those it has.
fn row(cx: &Cx<'_>, value: &str, old: &str, new: &str) -> Option<String> {
    let composite = composite(cx, old)?;
    if !is_of_type(new, composite) || !cx.desired.contains(composite) {
        return None;
    }
    let (was, is) = (attributes(cx.live, composite), attributes(cx.desired, composite));
    let names = |all: &[(&ObjectId, &Attribute)]| all.iter().map(|(id, _)| id.name().clone()).collect::<Vec<Name>>();
    let mut differs = names(&was) != names(&is);
    let mut values = Vec::new();
    for (id, attribute) in is {
        let Some((_, before)) = was.iter().find(|(other, _)| *other == id) else {
            values.push("NULL".to_owned());
            continue;
        };
        let own = format!("({value}).{}", quote(id.name().as_str()));
        let text = |attribute: &Attribute| attribute.ty.as_ref().map_or("", Sql::as_str).to_owned();
        let (from, to) = (text(before), text(attribute));
        if let Some(inner) = row(cx, &own, &from, &to) {
            differs = true;
            values.push(inner);
        } else if from == to || is_of_the_plan(cx, &to) {
            values.push(own);
        } else {
            differs = true;
            values.push(format!("{own}::{to}"));
        }
    }
    differs.then(|| format!("CASE WHEN ({value})::text IS NOT NULL THEN ROW({}) END", values.join(", ")))
}

fn composite<'a>(cx: &Cx<'a>, ty: &str) -> Option<&'a ObjectId> {
    let composites = cx.plan.live.iter().map(|(id, _)| id).filter(|id| id.kind() == Kind::Composite);
    composites.into_iter().find(|id| !ty.ends_with(']') && is_of_type(ty, id))
}

/// Whether a type may not be there yet.
fn is_of_the_plan(cx: &Cx<'_>, ty: &str) -> bool {
    cx.deltas.keys().any(|id| id.parent().is_none() && is_of_type(ty, id))
}
