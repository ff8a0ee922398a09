//! `foreign_key` of a table, `references` of a column.

use crate::catalog::{Action, Deferrable, ForeignKey, Name};

use super::form::{Attribute, Form};
use super::name::name;
use super::name::{names, qualified};
use super::value::{Pairs, Value, pair};

/// Under `[table.t.foreign_key]`.
pub(crate) fn form(key: &ForeignKey, unsaid: Action, more: Pairs) -> Form {
    let mut long = vec![pair("columns", names(&key.columns)), pair("references", references(key))];
    for (word, action) in [("on_delete", key.on_delete), ("on_update", key.on_update)] {
        if action != unsaid {
            let columns: Vec<_> = key.on_delete_columns.iter().map(|column| name(column.as_str())).collect();
            let words = match columns.as_slice() {
                [_, ..] if word == "on_delete" => format!("{} ({})", action.words(), columns.join(", ")),
                _ => action.words().to_owned(),
            };
            long.push(pair(word, Value::Text(words)));
        }
    }
    if let Some(matching) = &key.matching {
        long.push(pair("match", Value::text(matching.as_str())));
    }
    match key.deferrable {
        Deferrable::No => {}
        Deferrable::Immediate => long.push(pair("deferrable", Value::text("immediate"))),
        Deferrable::Deferred => long.push(pair("deferrable", Value::text("deferred"))),
    }
    if key.unnamed {
        long.push(pair("unnamed", Value::Bool(true)));
    }
    long.extend(more);
    Form::long(long)
}

/// As sugar on its column.
pub(crate) fn sugar(key: &ForeignKey, unsaid: Action) -> Option<(&Name, Vec<Attribute>)> {
    let [column] = key.columns.as_slice() else { return None };
    let more = key.not_valid || key.not_enforced || key.period || !key.on_delete_columns.is_empty();
    if more || key.matching.is_some() || key.deferrable != Deferrable::No {
        return None;
    }
    let mut list = vec![Attribute::new("references", references(key))];
    for (word, action) in [("on_delete", key.on_delete), ("on_update", key.on_update)] {
        if action != unsaid {
            list.push(Attribute::new(word, Value::text(action.words())));
        }
    }
    Some((column, list))
}

fn references(key: &ForeignKey) -> Value {
    let table = qualified(&key.references);
    if key.ref_columns.is_empty() {
        return Value::Text(table);
    }
    let columns: Vec<_> = key.ref_columns.iter().map(|column| name(column.as_str())).collect();
    Value::Text(format!("{table}({})", columns.join(", ")))
}

/// The label of one that has no name.
pub(crate) fn label(table: &str, key: &ForeignKey) -> String {
    let columns = key.columns.iter().map(Name::as_str);
    let words: Vec<_> = std::iter::once(table).chain(columns).chain(["fkey"]).collect();
    words.join("_")
}
