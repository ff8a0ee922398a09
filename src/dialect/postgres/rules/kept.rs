//! Which values another type does not keep, asked of the server itself: those that do not come back.

use crate::catalog::{Kind, Object, ObjectId, Sql};
use crate::plan::{Probe, ProbeKind};

use super::super::types;
use super::Cx;
use super::as_text::below_domains;
use super::casts::{cast, to_multirange};
use super::probes;
use super::retype::{base, is_citext, is_number, is_string};
use super::users::{self, Holder};

/// What is said of the rows with such values.
pub(super) const MEANING: &str = "{rows} would not keep the value";

/// A condition for values that come back from `converted` as others. None where no value does.
///
/// For a cast that only goes one way the question fails, and what cannot be counted needs leave.
pub(super) fn lost(own: &str, from: &str, to: &str, converted: &str) -> Option<String> {
    let (a, b) = (base(from), base(to));
    if from == to || is_string(a) || is_string(b) || is_exact(a, b) {
        return None;
    }
    Some(match (a, b) {
        ("json", "jsonb") => shorter(own, converted),
        // What is not 0 is true.
        (a, "boolean") if is_number(a) => format!("{own} NOT IN (0, 1)"),
        // Read without a sign, and with one.
        ("oid", "integer") => format!("{own}::bigint > 2147483647"),
        (a, "oid") if is_number(a) => format!("{own} < 0"),
        (a, "money") if is_number(a) => format!("({converted})::numeric <> {own}::numeric"),
        (a, b) if is_number(a) && is_number(b) => format!("({converted})::{from} <> {own}"),
        _ if cast(to, from).is_some() => format!("({converted})::{from}::text IS DISTINCT FROM {own}::text"),
        _ => differs(own, from, converted),
    })
}

/// The same of a value that is written as text and read again, as those within others are.
fn lost_by_text(own: &str, from: &str, to: &str) -> Option<String> {
    if let (Some(from), Some(to)) = (from.strip_suffix("[]"), to.strip_suffix("[]")) {
        return each(own, |value| lost_by_text(value, from, to));
    }
    let (a, b) = (base(from), base(to));
    let is_as_it_is = is_string(b) && b == to && b != "character";
    if from == to || is_as_it_is || (is_string(a) && is_citext(b)) || is_exact(a, b) {
        return None;
    }
    let converted = format!("{own}::text::{to}");
    Some(match (a, b) {
        ("json", "jsonb") => shorter(own, &converted),
        (a, b) if is_number(a) && is_number(b) => format!("({converted})::{from} IS DISTINCT FROM {own}"),
        // Spaces at the end of a `character` are none of its value.
        (a, b) if is_string(a) && is_string(b) => format!("rtrim(({converted})::text) <> rtrim({own}::text)"),
        _ => differs(own, from, &converted),
    })
}

fn differs(own: &str, from: &str, converted: &str) -> String {
    format!("({converted})::text::{from}::text IS DISTINCT FROM {own}::text")
}

/// A jsonb has each key of an object once, in an order of its own: a text that gets shorter has lost one.
fn shorter(own: &str, converted: &str) -> String {
    let length = |value: &str| format!("length(regexp_replace(({value})::text, '\\s', '', 'g'))");
    format!("{} < {}", length(converted), length(own))
}

/// Whether no value can be refused by it: texts take everything, and the others are known.
pub(super) fn is_safe(from: &str, to: &str) -> bool {
    let (from, to) = (from.trim_end_matches("[]"), to.trim_end_matches("[]"));
    from == to
        || is_string(base(to))
        || (is_string(base(from)) && is_citext(base(to)))
        || is_exact(base(from), base(to))
        || (is_number(base(from)) && is_number(base(to)))
}

/// Conversions that keep every value, and print it otherwise.
fn is_exact(from: &str, to: &str) -> bool {
    match from {
        "smallint" => matches!(to, "integer" | "bigint" | "numeric" | "real" | "double precision" | "oid"),
        "integer" => matches!(to, "bigint" | "numeric" | "double precision"),
        "bigint" => to == "numeric",
        "real" => to == "double precision",
        "boolean" => is_number(to),
        "date" => to.starts_with("timestamp"),
        "timestamp without time zone" => to == "timestamp with time zone",
        "timestamp with time zone" => to == "timestamp without time zone",
        "jsonb" => to == "json",
        "cidr" => to == "inet",
        "macaddr" => to == "macaddr8",
        "bit" => to == "bit varying",
        "time without time zone" => to == "interval",
        _ => to_multirange(from, to),
    }
}

/// A condition over the elements of an array, as one over the array.
pub(super) fn each(own: &str, condition: impl Fn(&str) -> Option<String>) -> Option<String> {
    Some(format!("EXISTS (SELECT FROM unnest({own}) AS e (value) WHERE {})", condition("e.value")?))
}

/// What the values of a type lose that is made again over another one.
pub(super) fn of_type(cx: &Cx<'_>, id: &ObjectId) -> Vec<Probe> {
    let ty = |object: Option<&Object>| match object {
        Some(Object::Domain(domain)) => domain.ty.clone(),
        Some(Object::Range(range)) => range.subtype.clone(),
        _ => None,
    };
    let (Some(old), Some(new)) = (ty(cx.live.object(id)), ty(cx.desired.object(id))) else { return Vec::new() };
    let bounds = (id.kind() == Kind::Range).then_some(users::Step::Bounds);
    within(cx, id, &old, &new, |mut holder| {
        holder.path.extend(bounds.clone());
        holder
    })
}

/// What the values of a composite type lose with an attribute of another type.
pub(super) fn of_attribute(cx: &Cx<'_>, id: &ObjectId) -> Vec<Probe> {
    let ty = |object: Option<&Object>| match object {
        Some(Object::Attribute(attribute)) => attribute.ty.clone(),
        _ => None,
    };
    let (Some(old), Some(new)) = (ty(cx.live.object(id)), ty(cx.desired.object(id))) else { return Vec::new() };
    let own = cx.renames.origins.get(id).unwrap_or(id).name().clone();
    within(cx, id.root(), &old, &new, |holder| holder.attribute(&own))
}

fn within<'a>(cx: &Cx<'a>, ty: &ObjectId, old: &Sql, new: &Sql, way: impl Fn(Holder<'a>) -> Holder<'a>) -> Vec<Probe> {
    let (from, to) = (innermost(cx.plan.live, old.as_str()), innermost(cx.plan.desired, new.as_str()));
    if lost_by_text("value", &from, &to).is_none() {
        return Vec::new();
    }
    let condition = |value: &str| lost_by_text(value, &from, &to).unwrap_or_default();
    let refused = |value: &str| format!("{value} IS NOT NULL AND {value}::text::{to} IS NULL");
    let tries = !is_safe(&from, &to);
    let ask = |holder| {
        let holder = way(holder);
        let tried = tries.then(|| users::probe(cx, &holder, ProbeKind::Conversion, &refused, "", "")).flatten();
        let tried = tried.map(|probe| probes::evaluated(&probe.id, probe.count));
        tried.into_iter().chain(users::probe(cx, &holder, ProbeKind::Loss, &condition, MEANING, ""))
    };
    users::holders(cx, ty).into_iter().flat_map(ask).collect()
}

/// A type without the domains over it, those of the elements of an array too.
pub(super) fn innermost(catalog: &crate::catalog::Catalog, ty: &str) -> String {
    let below = below_domains(catalog, ty);
    match below.strip_suffix("[]") {
        Some(element) => format!("{}[]", innermost(catalog, element)),
        // A new one is over what people wrote.
        None => types::canonical(below),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back_is_asked_only_where_it_may_not() {
        for (from, to) in [
            ("integer", "bigint"),
            ("date", "timestamp without time zone"),
            ("timestamp with time zone", "timestamp without time zone"),
            ("numeric(10,2)", "text"),
            ("jsonb", "json"),
        ] {
            assert_eq!(lost("c", from, to, "x"), None, "{from} to {to}");
            assert_eq!(lost_by_text("c", from, to), None, "{from} to {to}");
        }
        assert_eq!(lost("c", "real", "numeric", "c::numeric").as_deref(), Some("(c::numeric)::real <> c"));
        assert_eq!(lost("c", "integer", "boolean", "x").as_deref(), Some("c NOT IN (0, 1)"));
        assert_eq!(
            lost_by_text("c", "numeric(10,4)[]", "numeric(10,2)[]").as_deref(),
            Some(
                "EXISTS (SELECT FROM unnest(c) AS e (value) WHERE (e.value::text::numeric(10,2))::numeric(10,4) IS DISTINCT FROM e.value)"
            )
        );
    }
}
