//! Indexes, those of partitioned tables with their parts among them.

use crate::catalog::{Catalog, Entry, Index, Kind, Object, ObjectId, OptionKey, Parameters, PartOf, Table};
use crate::diff::Delta;
use crate::plan::{Draft, Resource};

use super::super::names::part_of_index;
use super::super::render::{self, drop_statement};
use super::super::sql::{in_schema, name, qualified, quote};
use super::table::storage;
use super::{Alter, Cx, Drafts, by_index, probes, refusal};

pub(super) fn create(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    create_for(cx, id, &|whole| !is_made(cx, whole))
}

/// Whether an index is new, or made again since it cannot be altered.
fn is_made(cx: &Cx<'_>, id: &ObjectId) -> bool {
    match cx.delta(id) {
        Some(Delta::Create) => true,
        Some(Delta::Alter) => matches!(alter(cx, id), Alter::Recreate),
        _ => false,
    }
}

/// An index, where it is told which indexes of whole tables are there already.
pub(super) fn create_for(cx: &Cx<'_>, id: &ObjectId, stands: &dyn Fn(&ObjectId) -> bool) -> Drafts {
    let Some(Object::Index(index)) = cx.desired.object(id) else { return Ok(Vec::new()) };
    let table = id.parent().unwrap_or(id);
    let of_standing = index.part_of.as_ref().filter(|whole| stands(whole));
    let mut sql = Vec::new();
    let came = |whole: &ObjectId| cx.delta(table) == Some(Delta::Create) || has_made_up(cx, cx.live, table, whole);
    if of_standing.is_some_and(came) {
        // It came with the partition, or with the index of the whole, under the name that the server made up.
        let made_up = if cx.delta(table) == Some(Delta::Create) {
            part_of_index(table, index)
        } else {
            // That has the names from before the plan in it.
            part_of_index(cx.renames.origins.get(table).unwrap_or(table), &before(cx, id, index))
        };
        let made_up = in_schema(table.schema(), &made_up);
        if made_up != qualified(id) {
            sql.push(format!("ALTER INDEX {made_up} RENAME TO {}", name(id)));
        }
        let of_whole = of_standing.map(|whole| parameters(cx.desired, whole)).unwrap_or_default();
        sql.extend(storage(&format!("ALTER INDEX {}", qualified(id)), &of_whole, &index.with));
    } else {
        sql.push(render::index(id, index));
        sql.extend(
            of_standing.map(|whole| format!("ALTER INDEX {} ATTACH PARTITION {}", qualified(whole), qualified(id))),
        );
    }
    sql.extend(by_index::again(cx, id));
    sql.extend(targets(id, &Index::default(), index));
    // A new index of the whole takes the indexes that its partitions have, if they are there.
    let is_whole = matches!(cx.desired.object(table), Some(Object::Table(Table { partition_by: Some(_), .. })));
    let parts = cx.desired.iter().filter(|(_, entry)| match &entry.object {
        _ if !is_whole => false,
        Object::Index(part) => part.part_of.as_ref() == Some(id),
        _ => false,
    });
    let parts: Vec<Resource> = parts.map(|(part, _)| Resource::New(part.clone())).collect();
    let mut asked = Vec::new();
    if cx.delta(id).is_some() {
        asked.extend(probes::duplicates(cx, id));
        asked.extend(probes::indexable(cx, id, index));
    }
    Ok(vec![Draft::of(id, format!("create {id}"), sql).preferring(parts).asking(asked)])
}

/// An index with what its columns were called before the plan.
fn before(cx: &Cx<'_>, id: &ObjectId, index: &Index) -> Index {
    let tables: Vec<&ObjectId> = std::iter::once(id.root()).chain(index.part_of.as_ref().map(ObjectId::root)).collect();
    let mut old = index.clone();
    for part in &mut old.columns {
        let PartOf::Column(column) = &mut part.of else { continue };
        let mut ids = tables.iter().map(|table| table.child(Kind::Column, column.clone()));
        if let Some(origin) = ids.find_map(|id| cx.renames.origins.get(&id)) {
            *column = origin.name().clone();
        }
    }
    old
}

/// The storage parameters of an index.
fn parameters(catalog: &Catalog, id: &ObjectId) -> Parameters {
    match catalog.object(id) {
        Some(Object::Index(index)) => index.with.clone(),
        _ => Parameters::new(),
    }
}

/// Whether a partition has its part of an index under the name that the server made up, which no catalog holds.
fn has_made_up(cx: &Cx<'_>, catalog: &Catalog, table: &ObjectId, whole: &ObjectId) -> bool {
    let is_part = |catalog: &Catalog| {
        let parent = catalog.object(table).and_then(Object::partition_of);
        parent == Some(whole.root()) && catalog.contains(whole)
    };
    let is_of_whole =
        |entry: &Entry| matches!(&entry.object, Object::Index(part) if part.part_of.as_ref() == Some(whole));
    is_part(cx.live) && is_part(cx.desired) && !catalog.children(table).any(|(_, entry)| is_of_whole(entry))
}

/// The name that the server makes up for a part of an index, with a number where parts of others over the same have those
/// before.
fn made_up_and_free(cx: &Cx<'_>, table: &ObjectId, (whole, index): (Option<&ObjectId>, &Index)) -> String {
    let name = part_of_index(table, index);
    let Some(whole) = whole else { return name };
    let beside = cx.live.children(whole.root()).filter(|(other, _)| *other != whole);
    let taken = beside.filter(|(other, entry)| {
        matches!(&entry.object, Object::Index(other) if other.columns == index.columns)
            && has_made_up(cx, cx.live, table, other)
    });
    match taken.count() {
        0 => name,
        number => format!("{name}{number}"),
    }
}

/// Statistics of an index's expressions have no key of their own in the TOML.
fn targets(id: &ObjectId, old: &Index, new: &Index) -> Vec<String> {
    let (was, is) =
        (old.options.integer(OptionKey::StatisticsTarget), new.options.integer(OptionKey::StatisticsTarget));
    let target = (was != is)
        .then(|| format!("ALTER INDEX {} ALTER COLUMN 1 SET STATISTICS {}", qualified(id), is.unwrap_or(-1)));
    target.into_iter().collect()
}

pub(super) fn drop(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    let draft = Draft::new(id, format!("drop {id}"), drop_statement(cx.live, id));
    Ok(match cx.live.object(id) {
        // A part cannot go by itself: it goes with the whole.
        Some(Object::Index(Index { part_of: Some(whole), .. }))
            if (cx.delta(whole) == Some(Delta::Drop) || is_made(cx, whole)) && cx.live.contains(whole) =>
        {
            Vec::new()
        }
        // Nor does it while the whole stays: only its name goes.
        Some(Object::Index(index))
            if id.parent().zip(index.part_of.as_ref()).is_some_and(|(table, whole)| {
                cx.delta(whole).is_none() && has_made_up(cx, cx.desired, table, whole)
            }) =>
        {
            // Its columns may have other names by now, as the whole says.
            let had = index.with.clone();
            let whole_id = index.part_of.as_ref();
            let whole = whole_id.and_then(|whole| cx.desired.object(whole));
            let index = if let Some(Object::Index(whole)) = whole { whole } else { index };
            let name = made_up_and_free(cx, id.root(), (whole_id, index));
            let mut sql = Vec::new();
            if name != id.name().as_str() {
                sql.push(format!("ALTER INDEX {} RENAME TO {}", qualified(id), quote(&name)));
            }
            let plain = in_schema(id.root().schema(), &name);
            if cx.live_entry(id).is_some_and(|entry| entry.comment.is_some()) {
                sql.push(format!("COMMENT ON INDEX {plain} IS NULL"));
            }
            sql.extend(storage(&format!("ALTER INDEX {plain}"), &had, &index.with));
            vec![Draft::of(id, format!("take back what was said of {id}"), sql)]
        }
        _ => vec![draft],
    })
}

pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let (Some(Object::Index(old)), Some(Object::Index(new))) = (cx.live.object(id), cx.desired.object(id)) else {
        return Alter::Recreate;
    };
    let same = Index {
        with: new.with.clone(),
        options: new.options.clone(),
        part_of: if old.part_of.is_none() { new.part_of.clone() } else { old.part_of.clone() },
        ..old.clone()
    };
    if same != *new {
        return Alter::Recreate;
    }
    let index = format!("ALTER INDEX {}", qualified(id));
    let mut sql = storage(&index, &old.with, &new.with);
    let (was, is) = (old.options.word(OptionKey::Tablespace), new.options.word(OptionKey::Tablespace));
    if was != is {
        sql.push(format!("{index} SET TABLESPACE {}", quote(is.unwrap_or("pg_default"))));
    }
    sql.extend(targets(id, old, new));
    let mut needs = Vec::new();
    if let Some(whole) = new.part_of.as_ref().filter(|_| old.part_of.is_none()) {
        if !is_made(cx, whole) && has_made_up(cx, cx.live, id.root(), whole) {
            let reason = format!("{} has another part of {whole} already, which goes only with that", id.root());
            let advice = format!("take {whole} out of the TOML for one apply, and put it back in the next");
            return Alter::Refuse(refusal(id, reason, advice));
        }
        // A new index of the whole takes it by itself.
        if !is_made(cx, whole) {
            sql.push(format!("ALTER INDEX {} ATTACH PARTITION {}", qualified(whole), qualified(id)));
        }
        needs.push(Resource::New(whole.clone()));
    }
    Alter::InPlace(vec![Draft::of(id, format!("alter {id}"), sql).consuming(needs)])
}
