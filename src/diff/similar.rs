//! What looks like a rename that nobody wrote.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Entry, Kind, Object, ObjectId, Sql};

use super::compare::{Delta, Deltas};
use super::rename::Note;

/// Notes on names that vanish while others appear with the same definition. Only where the pairing is the
/// only one possible: two of a kind would be a guess.
/// `default_schema` is the one whose objects are named without it.
pub fn lookalikes(live: &Catalog, desired: &Catalog, deltas: &Deltas, default_schema: Option<&str>) -> Vec<Note> {
    let mut shapes: BTreeMap<String, (Vec<&ObjectId>, Vec<&ObjectId>)> = BTreeMap::new();
    for (id, delta) in deltas.iter().filter(|(id, _)| id.kind().holds_data()) {
        let parent_is_new =
            id.parent().is_some_and(|parent| deltas.contains_key(parent) && deltas[parent] != Delta::Alter);
        if parent_is_new {
            continue;
        }
        match delta {
            Delta::Drop => shapes.entry(shape(live, id)).or_default().0.push(id),
            Delta::Create => shapes.entry(shape(desired, id)).or_default().1.push(id),
            Delta::Alter => {}
        }
    }
    shapes
        .into_values()
        .filter_map(|(dropped, created)| match (dropped.as_slice(), created.as_slice()) {
            ([old], [new]) => {
                // A name alone is one of the schema that the new one is in.
                let elsewhere = old.parent().is_none() && old.schema() != new.schema();
                let schema = old.schema().map(crate::catalog::Name::as_str).or(default_schema).filter(|_| elsewhere);
                let name = schema.map_or_else(|| old.name().to_string(), |schema| format!("{schema}.{}", old.name()));
                Some(Note {
                    id: (*new).clone(),
                    message: format!(
                        "looks like {old} under a new name: write renamed_from = \"{name}\" to keep what it holds"
                    ),
                })
            }
            _ => None,
        })
        .collect()
}

/// An object, without the name of the sequence that is its own, as that of a `serial` is, and without the width that
/// MariaDB shows of each integer.
fn plain(catalog: &Catalog, id: &ObjectId, entry: &Entry) -> Object {
    let is_own = |other: &ObjectId| matches!(catalog.object(other), Some(Object::Sequence(sequence)) if sequence.owned_by.as_ref() == Some(id));
    match &entry.object {
        Object::Column(column) => {
            let mut column = column.clone();
            if entry.references(id).iter().any(is_own) {
                column.default = None;
            }
            column.ty = column.ty.as_ref().map(without_width);
            Object::Column(column)
        }
        object => object.clone(),
    }
}

/// `int` for `int(11)`.
fn without_width(ty: &Sql) -> Sql {
    let text = ty.canonical();
    let bare = text.split_once('(').and_then(|(word, rest)| {
        let is_integer = matches!(word, "tinyint" | "smallint" | "mediumint" | "int" | "bigint");
        let (digits, behind) = rest.split_once(')')?;
        (is_integer && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| format!("{word}{behind}"))
    });
    bare.map_or_else(|| Sql::new(text, text), |bare| Sql::new(bare.as_str(), bare.as_str()))
}

/// Everything of an object but its name.
fn shape(catalog: &Catalog, id: &ObjectId) -> String {
    let scope = id.parent().map(ToString::to_string).unwrap_or_default();
    let parts =
        catalog.within(id).filter(|(child, _)| *child == id || child.kind() == Kind::Column).map(|(child, entry)| {
            let name = if child == id { "" } else { child.name().key() };
            format!("{name}={}", serde_json::to_string(&plain(catalog, child, entry)).unwrap_or_default())
        });
    format!("{scope}/{}/{}", id.kind(), parts.collect::<Vec<_>>().join(";"))
}
