//! The parsers of full-text indexes: a server has those of its plugins. MySQL gives an index another one by dropping it
//! first, so that there is such a parser has to be known before.

use crate::catalog::{Object, ObjectId, OptionKey};
use crate::diff::Delta;
use crate::error::Result;

use super::super::query::Link;
use super::Judged;
use super::blame::Refused;

const PARSERS: &str = include_str!("../queries/parsers.sql");

/// What is refused of the indexes that are made or changed.
pub(super) fn refused(link: &mut Link<'_>, cx: &Judged<'_>) -> Result<Vec<Refused>> {
    let differ = cx.deltas.iter().filter(|(_, delta)| **delta != Delta::Drop).map(|(id, _)| id);
    let named: Vec<(&ObjectId, &str)> = differ
        .filter_map(|id| match cx.desired.object(id)? {
            Object::Index(index) => Some((id, index.options.word(OptionKey::Parser)?)),
            _ => None,
        })
        .collect();
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let has: Vec<String> = link.rows(PARSERS)?.into_iter().filter_map(|row| row.into_iter().next()?).collect();
    let lacks = named.into_iter().filter(|(_, name)| !has.iter().any(|one| one.eq_ignore_ascii_case(name)));
    let message = |name: &str| match has.as_slice() {
        [] => format!("the server has no parser `{name}`, nor any other than its own\nleave `parser` out"),
        has => format!("the server has no parser `{name}`\nit has {}", has.join(", ")),
    };
    Ok(lacks.map(|(id, name)| (id.clone(), Some("parser"), message(name))).collect())
}
