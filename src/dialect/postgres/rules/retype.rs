//! What a column's values are asked before they become those of another type: which it does not take, and which it would
//! not keep as they are.

use crate::catalog::{Column, ObjectId};
use crate::plan::Probe;

use super::super::sql::{name, string};
use super::Cx;
use super::probes::{enum_values, unconvertible, values_changed};

/// The type of a column in the server's spelling.
pub(super) fn of(column: &Column) -> &str {
    column.ty.as_ref().map_or("", |ty| ty.canonical())
}

/// What stands in the way of another type for a column whose values are converted by no expression of a person.
pub(super) fn probes(cx: &Cx<'_>, id: &ObjectId, old: &Column, new: &Column) -> Vec<Probe> {
    let (from, to) = (of(old), of(new));
    let (refused, lost) = unfit(&name(id), from, to, enum_values(cx, to).as_deref(), cx.major);
    let obstacles = refused.into_iter().filter_map(|condition| unconvertible(cx, id, &condition, to));
    let losses = lost.into_iter().filter_map(|(condition, meaning)| values_changed(cx, id, &condition, meaning));
    obstacles.chain(losses).collect()
}

/// Conditions for values that are refused, and for those of which a part is lost, with what that is.
type Unfit = (Option<String>, Option<(String, &'static str)>);

fn unfit(own: &str, from: &str, to: &str, enum_values: Option<&str>, major: u32) -> Unfit {
    let (from_base, to_base) = (base(from), base(to));
    if let Some(values) = enum_values {
        return (Some(format!("{own}::text NOT IN ({values})")), None);
    }
    match to_base {
        "character" | "character varying" => {
            let most = length(to).or((to_base == "character").then_some(1));
            (most.map(|most| format!("char_length(rtrim({own}::text)) > {most}")), None)
        }
        "name" => (None, Some((format!("octet_length({own}::text) > 63"), "{rows} would be cut to 63 bytes"))),
        "\"char\"" => (None, Some((format!("octet_length({own}::text) > 1"), "{rows} would be cut to one byte"))),
        "smallint" | "integer" | "bigint" => whole(own, from_base, to_base),
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
        _ if clock(to_base).is_some() && clock(from_base) == clock(to_base) && from != to => {
            (None, Some((format!("{own} <> {own}::{to}"), "{rows} would lose a part of the moment")))
        }
        _ if is_string(from_base) && !is_string(to_base) && major >= 16 && is_built_in(to_base) => {
            (Some(format!("NOT pg_input_is_valid({own}, {})", string(to))), None)
        }
        "cidr" if from_base == "inet" && major >= 16 => {
            (Some(format!("NOT pg_input_is_valid({own}::text, 'cidr')")), None)
        }
        _ => (None, None),
    }
}

fn whole(own: &str, from: &str, to: &str) -> Unfit {
    let (least, greatest) = match to {
        "smallint" => ("-32768", "32767"),
        "integer" => ("-2147483648", "2147483647"),
        _ => ("-9223372036854775808", "9223372036854775807"),
    };
    let refused = if is_number(from) {
        Some(format!("{own} NOT BETWEEN {least} AND {greatest}"))
    } else if is_string(from) {
        Some(format!("{own} !~ '^\\s*[-+]?[0-9]+\\s*$'"))
    } else {
        None
    };
    let fraction = matches!(from, "numeric" | "double precision" | "real");
    let lost =
        fraction.then(|| (format!("{own} <> trunc({own}::numeric)"), "{rows} would lose what stands behind the point"));
    (refused, lost)
}

/// A number of so many digits: too great a one is refused, one with more behind the point is rounded.
fn decimal(own: &str, from: &str, to: &str) -> Unfit {
    let Some((precision, scale)) = digits(to) else { return (None, None) };
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
    let refused = format!("abs(round({value}, {scale})) >= 10::numeric ^ {}", precision - scale);
    let lost = known
        .is_none_or(|(_, behind)| behind > scale)
        .then(|| (format!("{value} <> round({value}, {scale})"), "{rows} would be rounded"));
    (Some(refused), lost)
}

/// A number that is kept by so many digits only.
fn float(own: &str, from: &str, to: &str) -> Unfit {
    let exact = matches!((from, to), ("smallint" | "real", _) | ("integer" | "double precision", "double precision"));
    if exact {
        return (None, None);
    }
    let (least, greatest) = if to == "real" { ("1e-37", "3.4e38") } else { ("1e-307", "1.7e308") };
    let refused = format!("abs({own}) > {greatest} AND abs({own})::text <> 'Infinity'");
    let kept = format!("abs({own}) BETWEEN {least} AND {greatest}");
    let back = if from == "double precision" { "double precision" } else { "numeric" };
    let lost = format!("CASE WHEN {kept} THEN {own} <> {own}::{to}::{back} ELSE false END");
    (Some(refused), Some((lost, "{rows} would be kept by fewer digits")))
}

/// How many digits a number may have, and how many of them behind the point.
fn digits(ty: &str) -> Option<(i64, i64)> {
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

/// The kind of a type of moments or spans, whatever its precision, its zone or its fields.
fn clock(base: &str) -> Option<&'static str> {
    let of = |word: &str| base.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    ["timestamp", "time", "interval"].into_iter().find(|word| of(word))
}

fn is_built_in(base: &str) -> bool {
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
