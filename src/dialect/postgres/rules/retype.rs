//! What a column's values are asked before they become those of another type: which it does not take, and which it would
//! not keep as they are.

use crate::catalog::{Catalog, Column, Kind, ObjectId};
use crate::plan::{Hazard, HazardKind, Probe};

use super::super::home_types::written;
use super::super::sql::name;
use super::casts::{Cast, cast};
use super::probes::{convertible, enum_values, unconvertible, values_changed};
use super::{Cx, kept, of_string};

/// The type of a column in the server's spelling.
pub(super) fn of(column: &Column) -> &str {
    column.ty.as_ref().map_or("", |ty| ty.canonical())
}

/// What stands in the way of another type for a column whose values are converted by no expression of a person.
pub(super) fn probes(cx: &Cx<'_>, id: &ObjectId, old: &Column, new: &Column) -> Vec<Probe> {
    let (from, to) = (kept::innermost(cx.plan.live, of(old)), kept::innermost(cx.plan.desired, of(new)));
    let own = name(id);
    let (refused, lost) = if have_other_attributes(cx, &from, &to) {
        let meaning = "{rows} would have its attributes by their place, not by their names";
        (None, Some((format!("{own} IS NOT NULL"), meaning)))
    } else if let (Some(from), Some(to)) = (from.strip_suffix("[]"), to.strip_suffix("[]")) {
        let (refused, lost) = unfit("e.value", from, to, enum_values(cx, to).as_deref(), cx.major);
        let each = |condition: String| kept::each(&own, |_| Some(condition.clone()));
        (refused.and_then(each), lost.and_then(|(condition, meaning)| Some((each(condition)?, meaning))))
    } else {
        unfit(&own, &from, &to, enum_values(cx, &to).as_deref(), cx.major)
    };
    let to = &to;
    // What goes by the text, as far as nobody knows better.
    let is_unsure = refused.is_none()
        && lost.as_ref().is_none_or(|(_, meaning)| *meaning == kept::MEANING)
        && !kept::is_safe(&from, to);
    let tried = is_unsure.then(|| convertible(cx, id, &converted(&own, &from, to))).flatten();
    let obstacles = refused.into_iter().filter_map(|condition| unconvertible(cx, id, &condition, to)).chain(tried);
    let losses = lost.into_iter().filter_map(|(condition, meaning)| values_changed(cx, id, &condition, meaning));
    obstacles.chain(losses).collect()
}

/// Whether both are composite types, or arrays of such, with attributes of other names: values are written as text and read
/// again by the place of the attributes.
fn have_other_attributes(cx: &Cx<'_>, from: &str, to: &str) -> bool {
    let names = |catalog: &Catalog, ty: &str| {
        let id = written(Kind::Composite, ty.trim_end_matches("[]"))?;
        catalog.contains(&id).then(|| {
            let mut attributes: Vec<_> = catalog.children(&id).filter(|(id, _)| id.kind() == Kind::Attribute).collect();
            attributes.sort_by_key(|(_, entry)| entry.position);
            attributes.into_iter().map(|(id, _)| id.name().clone()).collect::<Vec<_>>()
        })
    };
    match (names(cx.plan.live, from), names(cx.plan.desired, to)) {
        (Some(old), Some(new)) => old != new,
        _ => false,
    }
}

/// A timestamp is what a clock shows, one with a zone is a moment: the one becomes the other by the zone of the session.
pub(super) fn in_another_zone(id: &ObjectId, old: &Column, new: &Column) -> Option<Hazard> {
    let zoned = |ty: &str| (clock(base(ty)) == Some("timestamp")).then(|| ty.ends_with("with time zone"));
    let (from, to) = (zoned(of(old))?, zoned(of(new))?);
    let message =
        format!("the values are taken to be UTC: for another zone write using = \"{} at time zone '...'\"", name(id));
    (from != to).then(|| Hazard { kind: HazardKind::Notice, id: id.clone(), message })
}

/// The expression that converts values, where the server would not do it unasked.
pub(super) fn conversion(own: &str, from: &str, to: &str) -> Option<String> {
    let (element, new) = (from.trim_end_matches("[]"), to.trim_end_matches("[]"));
    let (a, b) = (base(element), base(new));
    let array = to.ends_with("[]");
    if array != from.ends_with("[]") {
        return Some(format!("{own}::text::{to}"));
    }
    let text = if array { "text[]" } else { "text" };
    match cast(element, new) {
        Some(Cast::Assigned) => None,
        // As a text it is without the blanks that fill it up.
        Some(Cast::Written) if matches!(a, "character" | "bpchar") => Some(format!("{own}::{text}::{to}")),
        Some(Cast::Written) => Some(format!("{own}::{to}")),
        None if a == "boolean" && is_number(b) => Some(format!("{own}::integer::{to}")),
        None if is_number(a) && b == "boolean" && !array => Some(format!("({own} <> 0)")),
        // On an empty table any conversion is right.
        None => Some(format!("{own}::{text}::{to}")),
    }
}

/// ` USING a::text`; a foreign table has no values to convert, and the server takes no such words of one.
pub(super) fn using_clause(id: &ObjectId, text: &str) -> String {
    if id.root().kind() == Kind::ForeignTable { String::new() } else { format!(" USING {text}") }
}

/// A value of another type, by whatever converts it.
fn converted(own: &str, from: &str, to: &str) -> String {
    conversion(own, from, to).unwrap_or_else(|| format!("{own}::{to}"))
}

/// Conditions for values that are refused, and for those of which a part is lost, with what that is.
pub(super) type Unfit = (Option<String>, Option<(String, &'static str)>);

fn unfit(own: &str, from: &str, to: &str, enum_values: Option<&str>, major: u32) -> Unfit {
    let (from_base, to_base) = (base(from), base(to));
    if let Some(values) = enum_values {
        return (Some(format!("{own}::text NOT IN ({values})")), None);
    }
    if from.ends_with("[]") != to.ends_with("[]") {
        let lost = format!("({own}::text::{to})::text <> {own}::text");
        return (None, Some((lost, kept::MEANING)));
    }
    match to_base {
        "character" | "character varying" => {
            let most = length(to).or((to_base == "character").then_some(1));
            let refused = most.map(|most| format!("char_length(rtrim({own}::text)) > {most}"));
            // Of a `character` they are no part of the value.
            let blanks =
                most.filter(|_| to_base == "character varying" && !matches!(from_base, "character" | "bpchar"));
            let lost = blanks
                .map(|most| format!("char_length({own}::text) > {most} AND char_length(rtrim({own}::text)) <= {most}"));
            (refused, lost.map(|lost| (lost, "{rows} would lose spaces at the end")))
        }
        "name" => (None, Some((format!("octet_length({own}::text) > 63"), "{rows} would be cut to 63 bytes"))),
        "\"char\"" => (None, Some((format!("octet_length({own}::text) > 1"), "{rows} would be cut to one byte"))),
        // The same bytes, compared otherwise.
        _ if is_string(from_base) && is_citext(to_base) => (None, None),
        _ if is_string(from_base) && !is_string(to_base) => of_string::unfit(own, to, major),
        "smallint" | "integer" | "bigint" if is_number(from_base) => whole(own, from_base, to_base),
        "numeric" if is_number(from_base) => decimal(own, from, to),
        "real" | "double precision" if is_number(from_base) => float(own, from_base, to_base),
        "bit" if from_base.starts_with("bit") => (Some(format!("length({own}) <> {}", length(to).unwrap_or(1))), None),
        "bit varying" if from_base.starts_with("bit") => {
            (length(to).map(|most| format!("length({own}) > {most}")), None)
        }
        "date" if from_base.starts_with("timestamp") => {
            (None, Some((format!("{own} <> {own}::date"), "{rows} would lose the time of day")))
        }
        _ if clock(to_base) == Some("time") && clock(from_base) == Some("timestamp") => {
            (None, Some((format!("{own} IS NOT NULL"), "{rows} would lose the date")))
        }
        "time without time zone" if from_base == "interval" => {
            (None, Some((format!("{own} <> {own}::time::interval"), "{rows} would lose the days")))
        }
        _ if clock(to_base).is_some() && clock(from_base) == clock(to_base) && from != to => {
            (None, Some((format!("{own} <> {own}::{to}"), "{rows} would lose a part of the moment")))
        }
        _ => (None, kept::lost(own, from, to, &converted(own, from, to)).map(|condition| (condition, kept::MEANING))),
    }
}

fn whole(own: &str, from: &str, to: &str) -> Unfit {
    let (least, greatest) = match to {
        "smallint" => ("-32768", "32767"),
        "integer" => ("-2147483648", "2147483647"),
        _ => ("-9223372036854775808", "9223372036854775807"),
    };
    let refused = Some(format!("{own} NOT BETWEEN {least} AND {greatest}"));
    let fraction = matches!(from, "numeric" | "double precision" | "real");
    let lost =
        fraction.then(|| (format!("{own} <> trunc({own}::numeric)"), "{rows} would lose what stands behind the point"));
    (refused, lost)
}

/// A number of so many digits: too great a one is refused, one with more behind the point is rounded.
fn decimal(own: &str, from: &str, to: &str) -> Unfit {
    let floats = matches!(base(from), "real" | "double precision");
    let Some((precision, scale)) = digits(to) else {
        let lost = kept::lost(own, from, to, &format!("{own}::numeric"));
        return (None, lost.map(|condition| (condition, FEWER)));
    };
    let fits = |(had, behind): (i64, i64)| had - behind <= precision - scale && behind <= scale;
    let known = match base(from) {
        "smallint" => Some((5, 0)),
        "integer" => Some((10, 0)),
        "bigint" => Some((19, 0)),
        _ => digits(from),
    };
    if known.is_some_and(fits) {
        return (None, None);
    }
    let value = format!("{own}::numeric");
    // Not a number is none too great.
    let refused =
        format!("abs(round({value}, {scale})) >= 10::numeric ^ {} AND {own}::text <> 'NaN'", precision - scale);
    // A float prints fewer digits as a numeric than it has.
    let rounded = if floats {
        format!("round({value}, {scale})::{from} <> {own}")
    } else {
        format!("{value} <> round({value}, {scale})")
    };
    let lost = known.is_none_or(|(_, behind)| behind > scale).then_some((rounded, "{rows} would be rounded"));
    (Some(refused), lost)
}

const FEWER: &str = "{rows} would be kept by fewer digits";

/// Beyond it the nearest real may be no bigint.
const MOST: &str = "9223371487098961920";

/// A number that is kept by so many digits only.
fn float(own: &str, from: &str, to: &str) -> Unfit {
    let exact = matches!((from, to), ("smallint" | "real", _) | ("integer" | "double precision", "double precision"));
    if exact {
        return (None, None);
    }
    let greatest = if to == "real" { "3.4e38" } else { "1.7e308" };
    let refused = format!("abs({own}) > {greatest} AND abs({own})::text NOT IN ('Infinity', 'NaN')");
    if matches!(from, "integer" | "bigint") {
        let lost = format!(
            "CASE WHEN {own} BETWEEN -{MOST} AND {MOST} THEN {own} <> {own}::{to}::bigint ELSE {own} IS NOT NULL END"
        );
        return (None, Some((lost, FEWER)));
    }
    let least = if to == "real" { "1e-37" } else { "1e-307" };
    // As a numeric a float has fewer digits than its text.
    let back = if from == "double precision" { "double precision" } else { "text::numeric" };
    let kept = format!("abs({own}) BETWEEN {least} AND {greatest}");
    let lost = format!("CASE WHEN {kept} THEN {own} <> {own}::{to}::{back} ELSE false END");
    (Some(refused), Some((lost, FEWER)))
}

/// How many digits a number may have, and how many of them behind the point.
pub(super) fn digits(ty: &str) -> Option<(i64, i64)> {
    let inner = ty.split_once('(')?.1.split(')').next()?;
    let mut numbers = inner.split(',').map(|number| number.trim().parse::<i64>().ok());
    Some((numbers.next()??, numbers.next().flatten().unwrap_or(0)))
}

/// A type without its modifier.
pub(super) fn base(ty: &str) -> &str {
    ty.split('(').next().unwrap_or(ty).trim()
}

fn length(ty: &str) -> Option<u32> {
    ty.split_once('(')?.1.split(')').next()?.trim().parse().ok()
}

/// Whether it is one of the number types, between which values are assigned.
pub(super) fn is_number(base: &str) -> bool {
    matches!(base, "smallint" | "integer" | "bigint" | "numeric" | "real" | "double precision")
}

/// Whether it is one of the types of strings.
pub(super) fn is_string(base: &str) -> bool {
    matches!(base, "text" | "character varying" | "character" | "bpchar" | "varchar" | "name")
}

/// Whether it is the type of strings without letter case, of the extension.
pub(super) fn is_citext(base: &str) -> bool {
    base.rsplit('.').next() == Some("citext")
}

/// The kind of a type of moments or spans, whatever its precision, its zone or its fields.
pub(super) fn clock(base: &str) -> Option<&'static str> {
    let of = |word: &str| base.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    ["timestamp", "time", "interval"].into_iter().find(|word| of(word))
}

/// Whether it is a common type of the server's own.
pub(super) fn is_known(base: &str) -> bool {
    is_number(base) || is_string(base) || is_built_in(base)
}

pub(super) fn is_built_in(base: &str) -> bool {
    matches!(
        base,
        "numeric"
            | "real"
            | "double precision"
            | "boolean"
            | "date"
            | "uuid"
            | "json"
            | "jsonb"
            | "inet"
            | "cidr"
            | "timestamp without time zone"
            | "timestamp with time zone"
            | "interval"
            | "time without time zone"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_not_asked() {
        for (from, to) in [
            ("integer", "bigint"),
            ("integer", "numeric"),
            ("numeric(8,2)", "numeric(10,2)"),
            ("smallint", "numeric(5,0)"),
            ("real", "double precision"),
            ("text", "text"),
            ("bit(3)", "bit varying"),
        ] {
            let (refused, lost) = unfit("a", from, to, None, 18);
            assert!(lost.is_none(), "{from} to {to}: {lost:?}");
            assert!(refused.is_none() || to == "bigint", "{from} to {to}: {refused:?}");
        }
    }
}
