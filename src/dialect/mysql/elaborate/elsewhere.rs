//! Foreign keys of other databases that refer to tables of this one. They are not this plan's to take off, so what they
//! stand in the way of is refused before anything runs (errors 3730, 3780, 1451, 1553, 1833).

use crate::catalog::{Catalog, Column, Kind, Name, Object, ObjectId, OptionKey};
use crate::database::Elaborated;
use crate::diff::Delta;
use crate::error::Result;

use super::super::query::Link;
use super::Judged;
use super::blame::Refused;
use super::keys::{class, is_indexed};

const KEYS: &str = include_str!("../queries/keys_from_elsewhere.sql");

/// A foreign key of another database.
struct Far {
    /// The database, the table and the key.
    place: [String; 3],
    target: ObjectId,
    columns: Vec<Name>,
}

/// What is refused for such keys.
pub(super) fn refused(link: &mut Link<'_>, cx: &Judged<'_>, elaborated: &Elaborated) -> Result<Vec<Refused>> {
    let changes = |id: &ObjectId| cx.deltas.get(id).copied().filter(|_| !elaborated.equal.contains(id));
    let matters = |id: &ObjectId| {
        let of_table = matches!(id.kind(), Kind::Table | Kind::Column | Kind::PrimaryKey | Kind::Index);
        of_table && changes(id).is_some_and(|delta| delta != Delta::Create)
    };
    if !cx.deltas.keys().any(matters) {
        return Ok(Vec::new());
    }
    let mut keys: Vec<Far> = Vec::new();
    for row in link.rows(KEYS)? {
        let [Some(database), Some(table), Some(key), Some(target), Some(column)] = row.as_slice() else { continue };
        let place = [database.clone(), table.clone(), key.clone()];
        let target = renamed(cx, cx.dialect.top(Kind::Table, target));
        let column = renamed(cx, target.child(Kind::Column, cx.dialect.called(Kind::Column, column)));
        match keys.last_mut().filter(|last| last.place == place) {
            Some(last) => last.columns.push(column.name().clone()),
            None => keys.push(Far { place, target, columns: vec![column.name().clone()] }),
        }
    }
    let found = keys.iter().filter_map(|key| {
        let (id, attribute) = in_the_way(cx, key, &changes)?;
        let [database, table, name] = &key.place;
        let message = format!(
            "the foreign key `{name}` of `{database}.{table}`, which is in another database, does not let it change so\n\
             drop that key first: ALTER TABLE {} DROP FOREIGN KEY {}",
            super::super::sql::qualified(database, table),
            super::super::sql::quote(name)
        );
        Some((id, attribute, message))
    });
    Ok(found.collect())
}

/// What an object of the server is called once the renames are done.
fn renamed(cx: &Judged<'_>, id: ObjectId) -> ObjectId {
    cx.renames.iter().fold(id, |id, (from, to)| id.renamed(from, to))
}

/// What a key stands in the way of, and the attribute.
fn in_the_way(
    cx: &Judged<'_>,
    key: &Far,
    changes: &dyn Fn(&ObjectId) -> Option<Delta>,
) -> Option<(ObjectId, Option<&'static str>)> {
    let table = &key.target;
    if changes(table) == Some(Delta::Drop) {
        return Some((table.clone(), None));
    }
    let column = |catalog: &Catalog, id: &ObjectId| match catalog.object(id) {
        Some(Object::Column(column)) => kind_of(column),
        _ => None,
    };
    for id in key.columns.iter().map(|name| table.child(Kind::Column, name.clone())) {
        match changes(&id) {
            Some(Delta::Drop) => return Some((id, None)),
            Some(Delta::Alter) if column(cx.live, &id) != column(cx.desired, &id) => return Some((id, Some("type"))),
            _ => {}
        }
    }
    let of = |catalog: &Catalog| match catalog.object(table) {
        Some(Object::Table(table)) => {
            Some((table.options.word(OptionKey::Engine).map(str::to_lowercase), table.partition_by.is_some()))
        }
        _ => None,
    };
    if let (Some(Delta::Alter), Some((was, _)), Some((is, is_parted))) = (changes(table), of(cx.live), of(cx.desired)) {
        if was != is {
            return Some((table.clone(), Some("engine")));
        }
        if is_parted {
            return Some((table.clone(), Some("partition_by")));
        }
    }
    let is_key = |id: &&ObjectId| matches!(id.kind(), Kind::PrimaryKey | Kind::Index) && id.parent() == Some(table);
    let lost = cx.deltas.keys().filter(is_key).find(|id| changes(id).is_some_and(|delta| delta != Delta::Create));
    lost.filter(|_| !is_indexed(cx.desired, table, &key.columns)).map(|id| (id.clone(), None))
}

/// What of a column both ends of a key have to have.
fn kind_of(column: &Column) -> Option<(String, Option<String>)> {
    let ty = class(column).or_else(|| column.ty.as_ref().map(|ty| ty.canonical().to_owned()))?;
    Some((ty, column.collation.as_ref().map(|name| name.as_str().to_lowercase())))
}
