//! A table that becomes partitioned, or otherwise than it was, or is no longer, and one whose rows are parted by a column
//! that changes its type: the server has no way between, so the rows move.
//!
//! They wait in a table of their own while the table is made again. It is no temporary one: a plan may have to commit in
//! between, and rows are never where the end of a session ends them. A row for which no partition is there stops it all.

use crate::catalog::{Catalog, Column, Entry, Kind, Name, Object, ObjectId, Table};
use crate::plan::{Draft, Hazard, HazardKind, Probe, Resource};

use super::super::sql::{in_schema, made_up_name, name, parenthesised, qualified};
use super::super::tokens::significant;
use super::again::{Again, How};
use super::{Alter, Cx, Drafts, column, create, drop, heirs, moving, place, probes, refusal, retype, sequence, table};

/// What is done where a table is partitioned otherwise than it was: it is made again with its partitions, unless one of
/// them is to be a table of its own.
pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let whole = whole(cx, id);
    let all = below(cx, whole);
    let leaves = |part: &&ObjectId| match cx.desired.object(part) {
        Some(object @ Object::Table(_)) => object
            .partition_of()
            .is_none_or(|parent| parent != whole && !all.contains(parent) && cx.live.contains(parent)),
        Some(_) => true,
        None => false,
    };
    // What inherits from it cannot leave it and join it again in one plan.
    let joins = |heir: &&ObjectId| cx.desired.object(heir).and_then(Object::partition_of) == Some(id);
    if let Some(heir) = cx.heirs_of(id).find(joins).filter(|_| !cx.live.object(id).is_some_and(is_partitioned)) {
        let reason = format!("{heir} inherits from it, and would have to become its partition at the same time");
        let advice = "end the inheritance in an apply of its own, before";
        return Alter::Refuse(refusal(id, reason, advice));
    }
    match all.iter().find(leaves) {
        Some(part) => {
            let advice = "do one after the other, in two applies";
            let reason = format!("the rows of {part} cannot move with it, and the rest is partitioned otherwise");
            Alter::Refuse(refusal(id, reason, advice))
        }
        _ => Alter::Recreate,
    }
}

/// The table at the head of all the partitions that a live table is among, or itself.
pub(super) fn whole<'c>(cx: &Cx<'c>, id: &'c ObjectId) -> &'c ObjectId {
    let mut whole = id;
    while let Some(parent) = cx.plan.live.object(whole).and_then(Object::partition_of) {
        whole = parent;
    }
    whole
}

/// The head of the partitioned table whose rows are parted by this column, and stay so.
pub(super) fn parted_by<'c>(cx: &Cx<'c>, column: &'c ObjectId) -> Option<&'c ObjectId> {
    let table = column.parent()?;
    let own = name(column);
    let by = |object: Option<&'c Object>| match object {
        Some(Object::Table(table)) => table.partition_by.as_ref(),
        _ => None,
    };
    let is_key = |table: &ObjectId| match (by(cx.plan.live.object(table)), by(cx.plan.desired.object(table))) {
        (Some(was), Some(_)) => significant(was.as_str()).any(|token| token.text(was.as_str()) == own),
        _ => false,
    };
    let is_parted = is_key(table) || below(cx, table).iter().any(is_key);
    is_parted.then(|| whole(cx, table))
}

/// Whether a table goes and comes with the one that it is a partition of, which has its rows meanwhile.
pub(super) fn is_within(cx: &Cx<'_>, again: &Again, id: &ObjectId) -> bool {
    let parent = cx.live.object(id).and_then(Object::partition_of);
    parent.is_some_and(|parent| again.get(parent).is_some_and(|one| one.how == How::Whole))
}

/// Whether the rows of a partition that goes move with those of the whole, which is made again.
pub(super) fn rows_move(cx: &Cx<'_>, again: &Again, id: &ObjectId) -> bool {
    let whole = whole(cx, id);
    whole != id && again.get(whole).is_some_and(|one| one.how == How::Whole)
}

/// The live partitions of a partitioned table, at all levels.
pub(super) fn below(cx: &Cx<'_>, id: &ObjectId) -> Vec<ObjectId> {
    let mut all = vec![id.clone()];
    let mut done = 0;
    while let Some(table) = all.get(done).cloned() {
        done += 1;
        if cx.live.object(&table).is_some_and(is_partitioned) {
            all.extend(cx.heirs_of(&table).cloned());
        }
    }
    all.remove(0);
    all
}

fn is_partitioned(object: &Object) -> bool {
    matches!(object, Object::Table(Table { partition_by: Some(_), .. }))
}

/// The partitions that there are to be, at all levels.
fn wanted(cx: &Cx<'_>, id: &ObjectId) -> Vec<ObjectId> {
    let partitions = heirs::all(cx.desired);
    let mut all = vec![id.clone()];
    let mut done = 0;
    while let Some(parent) = all.get(done) {
        let own: Vec<ObjectId> = partitions.get(parent).into_iter().flatten().cloned().collect();
        all.extend(own);
        done += 1;
    }
    all.remove(0);
    all
}

/// The steps: the rows aside, the table away, the table again, its rows again.
pub(super) fn again(cx: &Cx<'_>, again: &Again, id: &ObjectId) -> Drafts {
    let aside = in_schema(id.schema(), &made_up_name(id.name().as_str(), "trueup", "rows"));
    let waiting = || Resource::Name("rows aside", Name::exact(id.address()));
    let message = "copies every row into a new table".to_owned();
    let kept = columns(cx, id);
    let list = kept.iter().map(|column| {
        let own = name(column.is);
        if needs_text(cx, column) { format!("{own}::text AS {own}") } else { own }
    });
    let list = list.collect::<Vec<_>>().join(", ");
    let copy = format!("CREATE TABLE {aside} AS SELECT {list} FROM {}", qualified(id));
    let is_forced = moving::is_forced(cx, id);
    // An identity goes with the table, and where it stood.
    let places = cx.live.columns(id).into_iter().filter(|(_, column)| column.identity.is_some());
    let places = places.filter_map(|(column, _)| place::remember(cx, column));
    let copy = is_forced.then(|| moving::no_force(id)).into_iter().chain([copy]).chain(places).collect();
    let copy = Draft::of(id, format!("set the rows of {id} aside"), copy)
        .risking([Hazard { kind: HazardKind::Rewrite, id: id.clone(), message }])
        .consuming(below(cx, id).into_iter().map(Resource::Old))
        .consuming([Resource::Old(id.clone())])
        .producing([waiting()]);
    let mut lost: Vec<Probe> = Vec::new();
    for was in heirs::columns_with_inherited(cx.plan.live, id) {
        let Some(old) = column::column(cx.live.object(was)) else { continue };
        // What came from a table above may stay without it.
        let own = id.child(Kind::Column, was.name().clone());
        match kept.iter().find(|column| column.was == was) {
            None if old.generated.is_none() && !is_computed(cx, &own) => lost.extend(probes::values_lost(cx, &own)),
            Some(column) if cx.intent.using_of(column.is).is_none() && old.ty != column.new.ty => {
                lost.extend(retype::probes(cx, &own, old, column.new));
            }
            _ => {}
        }
    }
    // Its foreign keys go with it, before the keys that they refer to.
    let own = |(key, entry): (&ObjectId, &Entry)| match &entry.object {
        Object::ForeignKey(_) => entry.references(key).into_iter().filter(|other| !other.is_within(id)).collect(),
        _ => Vec::new(),
    };
    let with_it = cx.live.within(id).filter(|(key, _)| !refers_to_remade(cx, again, key));
    let referred: Vec<ObjectId> = with_it.flat_map(own).collect();
    let gone = drop(cx, id)?.into_iter().map(|mut draft| {
        // Its rows are not lost, but for the columns that do not come again.
        draft.step.probes.clear();
        draft.asking(lost.clone()).consuming([waiting()]).consuming(referred.iter().cloned().map(Resource::Old))
    });
    let mut drafts: Vec<Draft> = std::iter::once(copy).chain(gone).collect();
    // The rows that there are need not pass them.
    let checks = table::not_valid_checks(cx.plan.desired, id);
    let made = create(cx, id)?.into_iter().map(|mut draft| {
        draft.step.sql.retain(|sql| !checks.contains(sql));
        draft
    });
    drafts.extend(made);
    drafts.extend(sequences(cx, id));
    let wanted = wanted(cx, id);
    let back: Vec<Resource> = wanted.iter().chain([id]).map(moving::rows_back).collect();
    let needs: Vec<Resource> = wanted.iter().cloned().map(Resource::New).collect();
    let fill = quiet(cx, again, &wanted, fill(cx, id, &aside));
    let fill = if is_forced {
        std::iter::once(moving::no_force(id)).chain(fill).chain([moving::force(id)]).collect()
    } else {
        fill
    };
    let fill = fill.into_iter().chain(checks).collect();
    let fill = Draft::of(id, format!("give {id} its rows again"), fill).producing(back).asking(valueless(cx, id));
    let is_to_be = cx.desired.object(id).is_some_and(is_partitioned);
    let homeless = is_to_be.then(|| probes::homeless(cx, id)).flatten();
    drafts.push(fill.consuming(needs).consuming([Resource::New(id.clone()), waiting()]).asking(homeless));
    Ok(drafts)
}

/// Whether it is a foreign key to a table that is made again: it goes by itself, before either of the two.
pub(super) fn refers_to_remade(cx: &Cx<'_>, again: &Again, id: &ObjectId) -> bool {
    matches!(cx.live.object(id), Some(Object::ForeignKey(key)) if again.contains_key(&key.references))
}

/// The sequences that the columns of a table and of its partitions own, and go on owning.
fn sequences(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let mut tables = below(cx, id);
    tables.push(id.clone());
    let owner = |object: Option<&Object>| match object {
        Some(Object::Sequence(sequence)) => sequence.owned_by.clone(),
        _ => None,
    };
    let owned = cx.live.iter().filter_map(|(sequence, entry)| Some((sequence, owner(Some(&entry.object))?)));
    let stay = owned.filter(|(sequence, column)| {
        tables.contains(column.root()) && owner(cx.desired.object(sequence)).as_ref() == Some(column)
    });
    stay.flat_map(|(id, column)| sequence::kept(cx, id, &column)).collect()
}

/// The rows come by way of partitions that may have stood before, with triggers and keys of their own.
fn quiet(cx: &Cx<'_>, again: &Again, wanted: &[ObjectId], mut sql: Vec<String>) -> Vec<String> {
    let stand = wanted.iter().filter(|part| cx.live.contains(part) && !again.contains_key(part)).collect::<Vec<_>>();
    if !stand.is_empty() {
        // No table changes while a deferred key has yet to look at its rows.
        sql.push("SET CONSTRAINTS ALL IMMEDIATE".to_owned());
    }
    stand.into_iter().fold(sql, |sql, part| moving::quietly(cx, again, part, sql).0)
}

/// A column whose values move.
struct Moved<'a> {
    was: &'a ObjectId,
    is: &'a ObjectId,
    new: &'a Column,
}

/// The columns whose values move: those of before that are not computed, whichever table says them.
fn columns<'a>(cx: &Cx<'a>, id: &'a ObjectId) -> Vec<Moved<'a>> {
    let (live, desired): (&'a Catalog, &'a Catalog) = (cx.plan.live, cx.plan.desired);
    let before = heirs::columns_with_inherited(live, id);
    let moved = heirs::columns_with_inherited(desired, id).into_iter().filter_map(|is| {
        let new = column::column(desired.object(is)).filter(|new| new.generated.is_none())?;
        let was = before.iter().find(|was| was.name() == is.name())?;
        Some(Moved { was, is, new })
    });
    moved.collect()
}

/// The rows that have no value in a column that needs one, and for which the TOML says none.
fn valueless(cx: &Cx<'_>, id: &ObjectId) -> Vec<Probe> {
    let moved = columns(cx, id);
    let mut asked = Vec::new();
    for is in heirs::columns_with_inherited(cx.plan.desired, id) {
        let Some(new) = column::column(cx.desired.object(is)).filter(|_| cx.intent.backfill_of(is).is_none()) else {
            continue;
        };
        let own = id.child(Kind::Column, is.name().clone());
        asked.extend(match moved.iter().find(|column| column.is == is) {
            None => column::without_value(cx, &own, new),
            Some(Moved { was, .. }) => {
                let had = column::column(cx.live.object(was)).is_some_and(|old| old.null);
                (had && !new.null).then(|| probes::nulls(cx, &own)).flatten()
            }
        });
    }
    asked
}

/// Whether it is to be computed of others.
fn is_computed(cx: &Cx<'_>, id: &ObjectId) -> bool {
    column::column(cx.desired.object(id)).is_some_and(|column| column.generated.is_some())
}

/// Whether the values wait as text: their type changes, or is one that may go meanwhile.
fn needs_text(cx: &Cx<'_>, column: &Moved<'_>) -> bool {
    let Some(old) = cx.live_entry(column.was) else { return false };
    let ty = match &old.object {
        Object::Column(column) => column.ty.as_ref(),
        _ => None,
    };
    let made = |other: &ObjectId| matches!(other.kind(), Kind::Enum | Kind::Domain | Kind::Range | Kind::Composite);
    (ty != column.new.ty.as_ref() && cx.intent.using_of(column.is).is_none())
        || old.references(column.was).iter().any(made)
}

fn fill(cx: &Cx<'_>, id: &ObjectId, aside: &str) -> Vec<String> {
    let columns = columns(cx, id);
    let value = |column: &Moved<'_>| {
        let ty = column.new.ty.as_ref().filter(|_| needs_text(cx, column)).map(|ty| format!("::{}", ty.as_str()));
        let value = match cx.intent.using_of(column.is).filter(|_| ty.is_none() && column::is_retyped(cx, column.is)) {
            Some(using) => parenthesised(using.as_str()),
            None => name(column.is) + &ty.unwrap_or_default(),
        };
        match cx.intent.backfill_of(column.is).filter(|_| !column.new.null) {
            Some(backfill) => format!("coalesce({value}, {})", parenthesised(backfill.as_str())),
            None => value,
        }
    };
    let mut values: Vec<(String, String)> = columns.iter().map(|column| (name(column.is), value(column))).collect();
    let added = heirs::columns_with_inherited(cx.plan.desired, id);
    let added = added.into_iter().filter(|is| columns.iter().all(|column| column.is != *is));
    let added = added.filter(|is| column::column(cx.desired.object(is)).is_some_and(|new| new.generated.is_none()));
    values.extend(added.filter_map(|is| Some((name(is), parenthesised(cx.intent.backfill_of(is)?.as_str())))));
    let mut sql = Vec::new();
    if !values.is_empty() {
        let (names, values): (Vec<String>, Vec<String>) = values.into_iter().unzip();
        sql.push(format!(
            "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {aside}",
            qualified(id),
            names.join(", "),
            values.join(", ")
        ));
    }
    let places = columns.iter().filter(|column| column.is.root() == id).filter_map(|column| {
        let numbering = &column.new.identity.as_ref()?.numbering;
        place::go_on(cx, column.is, &place::serial_sequence(column.is), numbering)
    });
    sql.extend(places);
    sql.push(format!("DROP TABLE {aside}"));
    sql
}
