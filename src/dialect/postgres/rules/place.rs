//! Where the numbers of a column stand: what counts for it from now on goes on behind what counted before, and behind the
//! numbers that the column has.

use std::fmt::Write as _;

use crate::catalog::{Catalog, Column, Numbering, Object, ObjectId};

use super::super::render::relation;
use super::super::sql::{name, qualified, string};
use super::Cx;
use super::column::column;
use super::retype;

/// What counts for a column, as an expression for its `regclass`.
fn counter(catalog: &Catalog, id: &ObjectId) -> Option<String> {
    let own = column(catalog.object(id))?;
    if own.identity.is_some() {
        return Some(serial_sequence(id));
    }
    let owned = own.default.as_ref().filter(|default| default.as_str().contains("nextval")).and_then(|_| {
        catalog.get(id)?.references(id).into_iter().find(|other| {
            matches!(catalog.object(other), Some(Object::Sequence(sequence)) if sequence.owned_by.as_ref() == Some(id))
        })
    });
    owned.map(|sequence| string(&qualified(&sequence)))
}

/// The sequence behind an identity, whatever it is called.
pub(super) fn serial_sequence(id: &ObjectId) -> String {
    format!("pg_catalog.pg_get_serial_sequence({}, {})", string(&relation(id)), string(id.name().as_str()))
}

/// The setting of the session that remembers the place of a column. A setting's name is of letters, digits, `_` and `$`.
fn setting(id: &ObjectId) -> String {
    let mut text = "trueup.place_".to_owned();
    for letter in id.address().chars() {
        match letter {
            '.' => text.push('$'),
            letter if letter.is_ascii_alphanumeric() || letter == '_' => text.push(letter),
            letter => drop(write!(text, "${:x}", u32::from(letter))),
        }
    }
    string(&text)
}

/// Remembers where the numbers of a column stand, before what counts for it goes: where something else counts then.
pub(super) fn remember(cx: &Cx<'_>, id: &ObjectId) -> Option<String> {
    let (was, _) = counter(cx.live, id).zip(counter(cx.desired, id))?;
    Some(format!(
        "SELECT pg_catalog.set_config({}, coalesce(pg_catalog.pg_sequence_last_value({was}::pg_catalog.regclass)::text, ''), false)",
        setting(id)
    ))
}

/// Sets what counts for a column from now on behind all that was counted.
pub(super) fn go_on(cx: &Cx<'_>, id: &ObjectId, regclass: &str, numbering: &Numbering) -> Option<String> {
    let is_number =
        |column: &Column| column.ty.as_ref().is_some_and(|ty| retype::is_number(retype::base(ty.canonical())));
    column(cx.live.object(id)).filter(|column| is_number(column))?;
    let rises = numbering.increment.unwrap_or(1) > 0;
    let (furthest, of_both) = if rises { ("max", "greatest") } else { ("min", "least") };
    let counted = format!("(SELECT {furthest}({}) FROM {})::bigint", name(id), relation(id));
    let at = match counter(cx.live, id) {
        Some(_) => {
            format!("{of_both}({counted}, nullif(pg_catalog.current_setting({}, true), '')::bigint)", setting(id))
        }
        None => counted,
    };
    let (first, last) = if rises {
        (numbering.start.or(numbering.minvalue).unwrap_or(1), numbering.maxvalue)
    } else {
        (numbering.start.or(numbering.maxvalue).unwrap_or(-1), numbering.minvalue)
    };
    let (from, to) = if rises { (">=", "<=") } else { ("<=", ">=") };
    let end = last.map(|last| format!(" AND s.at {to} {last}")).unwrap_or_default();
    Some(format!(
        "SELECT pg_catalog.setval({regclass}, s.at) FROM (SELECT {at} AS at) AS s WHERE s.at {from} {first}{end}"
    ))
}
