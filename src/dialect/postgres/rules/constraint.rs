//! Constraints: added, validated, dropped; a change is a drop and an addition.

use crate::catalog::{Check, Deferrable, ForeignKey, Object, ObjectId};
use crate::plan::Draft;

use super::super::render::{self, plain_constraint_name};
use super::super::sql::{in_schema, quote};
use super::column::alter_table;
use super::table::storage;
use super::{Alter, Cx, Drafts, by_index, probes};

pub(super) fn create(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    let Some(text) = render::constraint(cx.desired, id) else { return Ok(Vec::new()) };
    let mut sql = vec![format!("{} ADD {text}", alter_table(id))];
    sql.extend(by_index::again(cx, id));
    // One that is the same as before, and is only made again, held before.
    let unchanged = cx.delta(id).is_none();
    let probe = match cx.desired.object(id) {
        _ if unchanged => None,
        Some(Object::Check(check)) => probes::check_fails(cx, id, check),
        Some(Object::ForeignKey(key)) => probes::orphans(cx, id, key),
        Some(_) => probes::duplicates(cx, id),
        None => None,
    };
    Ok(vec![Draft::of(id, format!("add {id}"), sql).asking(probe)])
}

pub(super) fn drop(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    let name = quote(&plain_constraint_name(cx.live, id));
    Ok(vec![Draft::new(id, format!("drop {id}"), format!("{} DROP CONSTRAINT {name}", alter_table(id)))])
}

pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let name = quote(id.name().as_str());
    let table = alter_table(id);
    let sql = match (cx.live.object(id), cx.desired.object(id)) {
        (Some(Object::Check(old)), Some(Object::Check(new))) => {
            let but_valid = Check { not_valid: new.not_valid, ..old.clone() };
            let validates = old.not_valid && !new.not_valid && but_valid == *new;
            validates.then(|| vec![format!("{table} VALIDATE CONSTRAINT {name}")])
        }
        (Some(Object::ForeignKey(old)), Some(Object::ForeignKey(new))) => foreign_key(&table, &name, old, new),
        (Some(Object::PrimaryKey(old)), Some(Object::PrimaryKey(new))) => {
            let same = crate::catalog::PrimaryKey { name: new.name.clone(), with: new.with.clone(), ..old.clone() };
            (same == *new && !cx.trades_names(id)).then(|| {
                let from = plain_constraint_name(cx.live, id);
                let to = plain_constraint_name(cx.desired, id);
                let mut sql = Vec::new();
                if from != to {
                    sql.push(format!("{table} RENAME CONSTRAINT {} TO {}", quote(&from), quote(&to)));
                }
                let index = format!("ALTER INDEX {}", in_schema(id.root().schema(), &to));
                sql.extend(storage(&index, &old.with, &new.with));
                sql
            })
        }
        (Some(Object::Unique(old)), Some(Object::Unique(new))) => {
            let same = crate::catalog::Unique { with: new.with.clone(), ..old.clone() };
            let index = format!("ALTER INDEX {}", in_schema(id.root().schema(), id.name().as_str()));
            (same == *new).then(|| storage(&index, &old.with, &new.with))
        }
        _ => None,
    };
    match sql {
        Some(sql) => {
            let probe = match cx.desired.object(id) {
                Some(Object::Check(check)) => probes::check_fails(cx, id, check),
                Some(Object::ForeignKey(key)) => probes::orphans(cx, id, key),
                _ => None,
            };
            Alter::InPlace(vec![Draft::of(id, format!("alter {id}"), sql).asking(probe)])
        }
        None => Alter::Recreate,
    }
}

fn foreign_key(table: &str, name: &str, old: &ForeignKey, new: &ForeignKey) -> Option<Vec<String>> {
    let same = ForeignKey {
        not_valid: new.not_valid,
        deferrable: new.deferrable,
        not_enforced: new.not_enforced,
        ..old.clone()
    };
    let unvalidated = !old.not_valid && new.not_valid && !new.not_enforced;
    if same != *new || unvalidated || (old.not_enforced != new.not_enforced && new.not_valid) {
        return None;
    }
    let mut sql = Vec::new();
    if old.deferrable != new.deferrable {
        let words = match new.deferrable {
            Deferrable::No => "NOT DEFERRABLE",
            Deferrable::Immediate => "DEFERRABLE INITIALLY IMMEDIATE",
            Deferrable::Deferred => "DEFERRABLE INITIALLY DEFERRED",
        };
        sql.push(format!("{table} ALTER CONSTRAINT {name} {words}"));
    }
    if old.not_enforced != new.not_enforced {
        let words = if new.not_enforced { "NOT ENFORCED" } else { "ENFORCED" };
        sql.push(format!("{table} ALTER CONSTRAINT {name} {words}"));
    } else if old.not_valid && !new.not_valid {
        sql.push(format!("{table} VALIDATE CONSTRAINT {name}"));
    }
    Some(sql)
}
