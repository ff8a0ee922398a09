//! Letters beyond U+FFFF, such as emoji: the servers keep what describes a table in three bytes a letter. A `?` stands
//! for such a letter then, without a word.

use std::fmt::Write as _;

use crate::catalog::{Catalog, Column, Entry, Object, ObjectId, PartOf, Sql};
use crate::diff::{Delta, Deltas};

use super::super::connect::Flavour;
use super::super::defaults;

/// Where the server would keep another letter than people wrote.
pub(super) fn lost(
    desired: &Catalog,
    deltas: &Deltas,
    flavour: Flavour,
) -> Vec<(ObjectId, Option<&'static str>, String)> {
    let made = deltas.iter().filter(|(_, delta)| **delta != Delta::Drop);
    let entries = made.filter_map(|(id, _)| Some((id, desired.get(id)?)));
    entries.flat_map(|(id, entry)| of(id, entry, flavour).into_iter().map(|(at, why)| (id.clone(), at, why))).collect()
}

/// A query of which the optimizer's trace keeps every letter: those that it would not are spelled by their numbers.
pub(super) fn spelled(query: &str) -> String {
    query.chars().fold(String::with_capacity(query.len()), |mut out, letter| {
        if is_beyond(letter) {
            let _ = write!(out, "\u{e000}{:x}\u{e001}", u32::from(letter));
        } else {
            out.push(letter);
        }
        out
    })
}

fn is_beyond(letter: char) -> bool {
    letter > '\u{ffff}'
}

/// Where an object says more than the server keeps, or shows; the attribute and why.
fn of(id: &ObjectId, entry: &Entry, flavour: Flavour) -> Vec<(Option<&'static str>, String)> {
    let is_mysql = flavour == Flavour::Mysql;
    let mut kept =
        vec![(None, "names", Some(id.name().as_str())), (Some("comment"), "comments", entry.comment.as_deref())];
    let mut shown = Vec::new();
    match &entry.object {
        Object::Column(Column { ty, default, generated, .. }) => {
            kept.push((Some("type"), "the values of a type", ty.as_ref().map(Sql::as_str)));
            // A literal is kept (tried after FLUSH TABLES): MySQL shows it by its bytes, MariaDB with the `?`.
            let default = default.as_ref().map(Sql::as_str).filter(|text| !defaults::is_literal(text));
            kept.push((Some("default"), "defaults", default));
            shown.push(("generated", generated.as_ref().map(|generated| &generated.sql)));
        }
        Object::Check(check) => shown.push(("sql", Some(&check.sql))),
        Object::Index(index) => shown.extend(index.columns.iter().map(|part| match &part.of {
            PartOf::Sql(sql) => ("columns", Some(sql)),
            PartOf::Column(_) => ("columns", None),
        })),
        _ => {}
    }
    let lost = kept.into_iter().filter_map(|(attribute, what, text)| {
        let letter = text?.chars().find(|letter| is_beyond(*letter))?;
        Some((attribute, format!("the server has no letters beyond U+FFFF in {what}: of `{letter}` it would keep `?`")))
    });
    let unseen = shown.into_iter().filter(|_| is_mysql).filter_map(|(attribute, sql)| {
        let letter = sql?.as_str().chars().find(|letter| is_beyond(*letter))?;
        let bytes = letter.to_string().bytes().fold(String::new(), |out, byte| out + &format!("{byte:02x}"));
        let reason = format!("of `{letter}` MySQL shows `?` here, so that no change of it could be seen");
        Some((Some(attribute), format!("{reason}\nwrite it by its bytes: `_utf8mb4 0x{bytes}`")))
    });
    lost.chain(unseen).collect()
}
