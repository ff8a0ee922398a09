//! Renames of columns, and of what is said of them in their table.

use crate::catalog::{Catalog, Column, Kind, Object, ObjectId};
use crate::plan::Context;

use super::super::connect::Flavour;
use super::super::sql::quote;
use super::super::{renames, render};
use super::algorithm::Cost;
use super::foreign_key;

/// The statements and what they cost. `MariaDB` rewrites the checks, the generated columns, the keys and the partitions
/// that name the column; MySQL refuses to rename it under them (errors 3959, 3108, 3837 and 3855), so they are said anew
/// in the same statement. That copies the table, which no foreign key over the column allows (error 1846): such keys come
/// off before and on again after it.
pub(super) fn column(cx: &Context<'_>, from: &ObjectId, to: &ObjectId, flavour: Flavour) -> (Vec<String>, Cost) {
    let table = to.parent().unwrap_or(to);
    let (mut drops, mut adds, mut partitions) = (Vec::new(), Vec::new(), None);
    let (mut keys_off, mut keys_on) = (Vec::new(), Vec::new());
    if flavour == Flavour::Mysql {
        let steps = &cx.renames.steps;
        let done = steps.iter().position(|(one, other)| one == from && other == to).unwrap_or(steps.len());
        let before = renames::done(&cx.read.catalog, steps.get(..done).unwrap_or_default(), flavour);
        (keys_off, keys_on) = keys(&before, from, to, flavour);
        let owner = from.parent().unwrap_or(from);
        let parted = before.object(owner).and_then(|object| renames::rewritten(object, from.name(), to.name()));
        if let Some(Object::Table(parted)) = parted {
            partitions = render::partition_by(&before, owner, &parted);
        }
        let mut said = vec![from];
        for (id, entry) in before.children(owner) {
            let Some(object) = renames::rewritten(&entry.object, from.name(), to.name()) else { continue };
            let comment = entry.comment.as_deref();
            match (&object, id.kind()) {
                (Object::Check(check), _) => {
                    drops.push(format!("DROP CHECK {}", quote(id.name().as_str())));
                    adds.push(format!("ADD {}", render::check(id, check)));
                }
                (Object::Column(column), Kind::Column) if id != from => {
                    adds.push(format!(
                        "MODIFY COLUMN {}",
                        render::modified_column(id.name(), column, comment, flavour)
                    ));
                    said.push(id);
                }
                (Object::Index(index), _) => {
                    drops.push(format!("DROP INDEX {}", quote(id.name().as_str())));
                    adds.push(format!("ADD {}", render::index(id.name(), index, comment, flavour)));
                }
                _ => {}
            }
        }
        for (id, column, comment) in behind(&before, owner, said) {
            adds.push(format!("MODIFY COLUMN {}", render::modified_column(id.name(), column, comment, flavour)));
        }
    }
    let renamed = format!("RENAME COLUMN {} TO {}", quote(from.name().as_str()), quote(to.name().as_str()));
    let clauses: Vec<String> = drops.into_iter().chain([renamed]).chain(adds).collect();
    let separator = if clauses.len() > 1 { "\n  " } else { " " };
    let cost = if clauses.len() > 1 || partitions.is_some() { Cost::Copy } else { Cost::Instant };
    let partitions = partitions.map(|clause| format!("\n  {clause}")).unwrap_or_default();
    let statement = format!("ALTER TABLE {}{separator}{}{partitions}", render::name(table), clauses.join(",\n  "));
    let statements = if cost == Cost::Copy {
        keys_off.into_iter().chain([statement]).chain(keys_on).collect()
    } else {
        vec![statement]
    };
    (statements, cost)
}

/// The columns that are computed from those that are said anew, also from one another: MySQL takes the rename only where
/// they are said too.
fn behind<'a>(
    before: &'a Catalog,
    owner: &'a ObjectId,
    mut said: Vec<&'a ObjectId>,
) -> Vec<(&'a ObjectId, &'a Column, Option<&'a str>)> {
    let (mut found, mut at) = (Vec::new(), said.len().min(1));
    while let Some(from) = said.get(at).map(|id| id.name().clone()) {
        at += 1;
        for (id, entry) in before.children(owner) {
            let Object::Column(column) = &entry.object else { continue };
            if column.generated.is_some()
                && !said.contains(&id)
                && renames::rewritten(&entry.object, &from, &from).is_some()
            {
                said.push(id);
                found.push((id, column, entry.comment.as_deref()));
            }
        }
    }
    found
}

/// What takes the foreign keys over a column off, and what puts them on over its new name.
fn keys(before: &Catalog, from: &ObjectId, to: &ObjectId, flavour: Flavour) -> (Vec<String>, Vec<String>) {
    let after = renames::done(before, &[(from.clone(), to.clone())], flavour);
    let owner = from.parent().unwrap_or(from);
    let found = before.iter().filter_map(|(id, entry)| {
        let (Object::ForeignKey(key), Some(table)) = (&entry.object, id.parent()) else { return None };
        let names = (table == owner && key.columns.contains(from.name()))
            || (key.references == *owner && key.ref_columns.contains(from.name()));
        let on = Some(id).filter(|_| names).and_then(|id| foreign_key::put_on(&after, id, table, flavour))?;
        let alter = format!("ALTER TABLE {}", render::name(table));
        let off = format!("{alter} DROP FOREIGN KEY {}", quote(id.name().as_str()));
        Some((off, format!("{alter} {on}")))
    });
    found.unzip()
}
