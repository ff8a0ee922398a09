//! What a value will be once its column has another type or sorts its letters otherwise, as an expression over the value
//! that it is: two that differ now may be one key then.

use crate::catalog::{Column, Kind, Object, ObjectId, Part};
use crate::plan::Context;

use super::super::parse::charset_of;
use super::letters::{self, Letters};
use super::probes;

/// Whether a column changes what its values are, or how they compare.
pub(super) fn another(cx: &Context<'_>, id: &ObjectId) -> bool {
    match (cx.live.object(id), cx.desired.object(id)) {
        (Some(Object::Column(live)), Some(Object::Column(desired))) => {
            live.ty != desired.ty || live.collation != desired.collation || letters::change(cx, id)
        }
        _ => false,
    }
}

/// The value of a column as it will be; nothing where that is not known.
pub(super) fn value(cx: &Context<'_>, id: &ObjectId, column: &str) -> Option<String> {
    let (Some(Object::Column(live)), Some(Object::Column(desired))) = (cx.live.object(id), cx.desired.object(id))
    else {
        return None;
    };
    let (from, to) = (word(live), word(desired));
    let digits = |at: usize| (number(live, at).unwrap_or(0), number(desired, at).unwrap_or(0));
    let is_integer = |word: &str| word.ends_with("int");
    let kept = || Some(column.to_owned());
    match to.as_str() {
        _ if !another(cx, id) => kept(),
        "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" | "enum" | "set" => {
            let Letters::Collation(collation) = letters::of(cx.desired, id.parent()?, desired)? else {
                return None;
            };
            let charset = charset_of(&collation);
            let is_plain = collation.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            is_plain.then(|| format!("CONVERT({column} USING {charset}) COLLATE {collation}"))
        }
        "datetime" | "timestamp" if matches!(from.as_str(), "datetime" | "timestamp") => {
            let (had, has) = digits(0);
            if has < had { Some(format!("CAST({column} AS DATETIME({has}))")) } else { kept() }
        }
        "date" if matches!(from.as_str(), "datetime" | "timestamp") => Some(format!("CAST({column} AS DATE)")),
        "decimal" => {
            let (had, has) = digits(1);
            let is_exact = is_integer(&from) || (from == "decimal" && had <= has);
            if is_exact { kept() } else { Some(format!("ROUND({column}, {has})")) }
        }
        integer if is_integer(integer) => {
            if is_integer(&from) {
                kept()
            } else {
                Some(format!("ROUND({column})"))
            }
        }
        _ => (from == to).then(|| column.to_owned()),
    }
}

/// Whether two values of a key that stays may become one.
pub(super) fn may_collide(cx: &Context<'_>, table: &ObjectId, parts: &[Part]) -> bool {
    let mut columns = parts.iter().filter_map(Part::as_column).map(|name| table.child(Kind::Column, name.clone()));
    columns.any(|id| probes::is_computed_anew(cx, &id) || value(cx, &id, "").is_some_and(|value| !value.is_empty()))
}

/// The first word of a type.
fn word(column: &Column) -> String {
    let ty = column.ty.as_ref().map(|ty| ty.canonical().to_lowercase()).unwrap_or_default();
    ty.chars().take_while(char::is_ascii_alphanumeric).collect()
}

/// A number in its parentheses.
fn number(column: &Column, at: usize) -> Option<u32> {
    let (_, inner) = column.ty.as_ref()?.canonical().split_once('(')?;
    inner.split(')').next()?.split(',').nth(at)?.trim().parse().ok()
}
