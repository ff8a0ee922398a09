//! One ALTER TABLE for all that differs in a table, its foreign keys and partitions aside.

use std::collections::BTreeSet;

use crate::catalog::{
    Catalog, Column, Entry, Index, Kind, Name, Object, ObjectId, OptionKey, Part, Period, Sql, Table,
};
use crate::diff::Delta;
use crate::plan::{Context, Draft, Hazard, HazardKind, Probe, Resource};

use super::super::connect::Flavour;
use super::super::render;
use super::super::sql::{quote, string};
use super::algorithm::{Altered, Cost};
use super::order::{self, Order};
use super::versioning::{self, Versioning};
use super::{becoming, checks, fill, fits, foreign_key, letters, name, parting, probes, stale, users};

/// The clauses of one ALTER TABLE as they are collected.
#[derive(Default)]
pub(super) struct Clauses {
    pub(super) drops: Vec<String>,
    columns: Vec<String>,
    pub(super) adds: Vec<String>,
    options: Vec<String>,
    /// Stands before all others, by itself.
    first: Vec<String>,
    /// Statements before all that give rows a value.
    before: Vec<String>,
    /// Statements between the two that give rows the values which the server will not.
    fills: Vec<String>,
    /// The new columns that these give their values.
    filled: BTreeSet<Name>,
    /// What a second statement takes back: the default that only brought a backfill.
    afterwards: Vec<String>,
    pub(super) probes: Vec<Probe>,
    notices: Vec<Hazard>,
}

/// `anew` partitions the table anew, behind all other clauses.
pub(super) fn alter(cx: &Context<'_>, table: &ObjectId, flavour: Flavour, anew: Option<&str>) -> Option<Draft> {
    let mut clauses = Clauses::default();
    let remade = remade(cx, table, flavour);
    let order = order::of(cx, table, &remade);
    let versioning = versioning::change(cx, table, flavour);
    columns(cx, table, flavour, (&remade, &versioning), &order, &mut clauses);
    keys(cx, table, flavour, &remade, &mut clauses);
    let traded = checks::traded(cx, table);
    checks::clauses(cx, table, (&traded, &remade), &mut clauses);
    own(cx, table, &versioning, &mut clauses);
    let Clauses { first, drops, columns, adds, options, before, fills, filled: _, afterwards, probes, notices } =
        clauses;
    let altered = Altered { cx, table, flavour, remade: &remade, places: &order.places };
    let cost = altered.cost();
    let all: Vec<String> = drops.into_iter().chain(columns).chain(adds).chain(options).collect();
    let comes_or_goes = |clause: &String| clause.starts_with("ADD COLUMN ") || clause.starts_with("DROP COLUMN ");
    let is_apart = cost == Cost::InPlace && altered.goes_apart() && fills.is_empty() && afterwards.is_empty();
    let (apart, all): (Vec<_>, Vec<_>) = all.into_iter().partition(|clause| is_apart && comes_or_goes(clause));
    if all.is_empty() && versioning.statements.is_empty() {
        return None;
    }
    // What had to go for the versioning, or with a column that is made again, comes back at the end.
    let is_over_remade = parting::is_over(cx, table, &remade);
    let again = || table_of(cx.desired, table).and_then(|(it, _)| render::partition_by(cx.desired, table, it));
    let again = if versioning.unparted || is_over_remade { Some(again()) } else { None };
    let anew = again.as_ref().map_or(anew, |again| again.as_deref());
    let statement = |clauses: &[String]| format!("ALTER TABLE {}\n  {}", render::name(table), clauses.join(",\n  "));
    let (mut one, further) = split(all);
    let copied = anew.is_none() && stale::needs_copy(cx, table);
    if copied && !one.is_empty() {
        one.push("ALGORITHM=COPY".to_owned());
    }
    let updates = !before.is_empty() || !fills.is_empty();
    let mut sql = before;
    sql.extend(is_over_remade.then(|| statement(&["REMOVE PARTITIONING".to_owned()])));
    sql.extend(versioning.statements.iter().map(|clauses| statement(clauses)));
    sql.extend((!first.is_empty()).then(|| statement(&first)));
    sql.extend((!apart.is_empty()).then(|| statement(&apart)));
    match anew {
        Some(anew) if one.is_empty() => sql.push(format!("ALTER TABLE {}\n  {anew}", render::name(table))),
        Some(anew) => sql.push(format!("{}\n  {anew}", statement(&one))),
        None => sql.extend((!one.is_empty()).then(|| statement(&one))),
    }
    let cost = if copied { Cost::Copy } else { cost };
    let mut hazards = vec![if anew.is_some() { parting::anew(table) } else { cost.hazard(table, flavour) }];
    hazards.extend(notices);
    hazards.extend(history(cx, table).filter(|_| versioning.statements.is_empty()));
    if updates {
        hazards.push(fill::hazard(cx, table));
    }
    sql.extend(fills);
    if !afterwards.is_empty() {
        sql.push(statement(&afterwards));
    }
    sql.extend(further.iter().map(|clause| statement(std::slice::from_ref(clause))));
    let part = |id: &ObjectId| match id.kind() {
        Kind::ForeignKey | Kind::Trigger => false,
        Kind::Partition => anew.is_some(),
        _ => true,
    };
    let new = cx.desired.within(table).map(|(id, _)| id).filter(|id| part(id));
    let old = cx.live.within(table).map(|(id, _)| id).filter(|id| part(id) && cx.delta(id).is_some());
    let checks = |delta: Delta| {
        let of = |(id, found): &(&ObjectId, &Delta)| {
            let is_apart = delta == Delta::Drop && traded.contains(*id);
            id.kind() == Kind::Check
                && id.parent() == Some(table)
                && (**found == delta || **found == Delta::Alter)
                && !is_apart
        };
        cx.deltas.iter().filter(of).map(|(id, _)| name(id)).collect::<Vec<_>>()
    };
    // MariaDB opens no table for another form whose defaults name a sequence that is not there.
    let numbered = |catalog: &Catalog| -> BTreeSet<ObjectId> {
        let named = catalog.children(table).flat_map(|(_, entry)| &entry.mentions);
        named.filter(|id| id.kind() == Kind::Sequence).cloned().collect()
    };
    Some(
        Draft::of(table, format!("alter {table}"), sql)
            .preferring(numbered(cx.live).into_iter().map(Resource::Old))
            .preferring(numbered(cx.desired).into_iter().map(Resource::New))
            .producing(new.cloned().map(Resource::New))
            .producing(checks(Delta::Create))
            .destroying(old.cloned().map(Resource::Old))
            .destroying(checks(Delta::Drop))
            .risking(hazards)
            .asking(probes)
            .asking(anew.and_then(|_| probes::without_partition(cx, table))),
    )
}

/// Whether the one ALTER TABLE of a table copies it, as far as that can be told.
pub(super) fn copies(cx: &Context<'_>, table: &ObjectId, flavour: Flavour) -> bool {
    let remade = remade(cx, table, flavour);
    let places = order::of(cx, table, &remade).places;
    stale::needs_copy(cx, table)
        || matches!(Altered { cx, table, flavour, remade: &remade, places: &places }.cost(), Cost::Copy)
}

/// MariaDB alters a table that keeps its history only where it may change the history with it, which the session of
/// an apply allows.
fn history(cx: &Context<'_>, table: &ObjectId) -> Option<Hazard> {
    let versioned = [cx.live, cx.desired].into_iter().all(|catalog| probes::is_versioned(catalog, table));
    versioned.then(|| Hazard {
        kind: HazardKind::Notice,
        id: table.clone(),
        message: "the rows of its history change their form too (system_versioning_alter_history = KEEP)".to_owned(),
    })
}

/// Full-text indexes but the first stand alone: `InnoDB` makes one at a time (error 1795). So do spatial ones where columns
/// are added, which MySQL fills afterwards.
fn split(clauses: Vec<String>) -> (Vec<String>, Vec<String>) {
    let mut seen = false;
    let adds = clauses.iter().any(|clause| clause.starts_with("ADD COLUMN "));
    clauses.into_iter().partition(|clause| {
        let full_text = clause.starts_with("ADD FULLTEXT ");
        let waits = adds && clause.starts_with("ADD SPATIAL ");
        !waits && (!full_text || !std::mem::replace(&mut seen, true))
    })
}

fn column<'a>(catalog: &'a Catalog, id: &ObjectId) -> Option<(&'a Column, Option<&'a str>)> {
    match catalog.get(id) {
        Some(Entry { object: Object::Column(column), comment, .. }) => Some((column, comment.as_deref())),
        _ => None,
    }
}

/// Whether a column changes what its values are, so that a foreign key over it stands in the way.
pub(super) fn changes_type(cx: &Context<'_>, id: &ObjectId) -> bool {
    match (column(cx.live, id), column(cx.desired, id)) {
        (Some((live, _)), Some((desired, _))) => live.null != desired.null || becoming::another(cx, id),
        _ => false,
    }
}

/// Whether MariaDB refuses the new type of a column whatever its values are.
pub(super) fn has_no_way(cx: &Context<'_>, id: &ObjectId, flavour: Flavour) -> bool {
    let ty = |catalog| column(catalog, id).filter(|(it, _)| it.generated.is_none()).and_then(|(it, _)| it.ty.as_ref());
    let never = |(live, desired): (&Sql, &Sql)| fits::has_no_way(live.as_str(), desired.as_str());
    flavour == Flavour::Mariadb && ty(cx.live).zip(ty(cx.desired)).is_some_and(never)
}

/// Whether a column gets or loses AUTO_INCREMENT, which MySQL allows under no foreign key (errors 1832 and 1833).
pub(super) fn begins_or_ends_to_count(cx: &Context<'_>, id: &ObjectId) -> bool {
    let counts = |catalog: &Catalog| column(catalog, id).map(|(it, _)| it.options.is_on(OptionKey::AutoIncrement));
    counts(cx.live).zip(counts(cx.desired)).is_some_and(|(was, is)| was != is)
}

/// Whether MODIFY can lead from one to the other. Whether a value is stored cannot be changed in place, but for a
/// stored one that becomes plain or the other way round; nor can whether it bounds the time of a row.
fn can_modify(live: &Column, desired: &Column) -> bool {
    let kept = |column: &Column| column.generated.as_ref().is_none_or(|generated| generated.stored);
    let bounds = |column: &Column| [OptionKey::RowStart, OptionKey::RowEnd].map(|key| column.options.is_on(key));
    kept(live) == kept(desired) && bounds(live) == bounds(desired)
}

/// The columns that are dropped and added again. `MySQL` drops none that a computed one reads (error 3108): that goes along.
fn remade(cx: &Context<'_>, table: &ObjectId, flavour: Flavour) -> BTreeSet<Name> {
    let is_remade = |(id, desired): &(&ObjectId, &Column)| {
        let live = column(cx.live, id).filter(|_| cx.delta(id) == Some(Delta::Alter));
        live.is_some_and(|(live, _)| !can_modify(live, desired))
    };
    let columns = cx.desired.columns(table);
    let mut remade: BTreeSet<Name> =
        columns.iter().filter(|it| is_remade(it)).map(|(id, _)| id.name().clone()).collect();
    let goes_along = |(id, desired): &&(&ObjectId, &Column), remade: &BTreeSet<Name>| {
        let live = column(cx.live, id).is_some_and(|(live, _)| live.generated.is_some());
        let reads = || [cx.live, cx.desired].iter().filter_map(|it| it.get(id)).any(|entry| names_any(entry, remade));
        !remade.contains(id.name()) && live && desired.generated.is_some() && reads()
    };
    while flavour == Flavour::Mysql
        && let Some((id, _)) = columns.iter().find(|it| goes_along(it, &remade))
    {
        remade.insert(id.name().clone());
    }
    remade
}

/// The clauses of columns.
fn columns(
    cx: &Context<'_>,
    table: &ObjectId,
    flavour: Flavour,
    (remade, versioning): (&BTreeSet<Name>, &Versioning),
    order: &Order<'_>,
    out: &mut Clauses,
) {
    let drop = |id: &ObjectId| {
        let clause = format!("DROP COLUMN {}", quote(id.name().as_str()));
        Some(clause).filter(|_| !versioning.dropped.contains(id.name()))
    };
    for (id, _) in cx.live.columns(table) {
        if cx.delta(id) == Some(Delta::Drop) {
            // A backfill has it still.
            let drops = if fill::reads(cx, id) { &mut out.afterwards } else { &mut out.drops };
            drops.extend(drop(id));
            out.probes.extend(probes::values_of_column(cx, id));
            out.notices.extend(users::left_without(cx, id));
        }
    }
    let reads_remade = |id: &ObjectId| {
        let reads = cx.live.get(id).is_some_and(|entry| names_any(entry, remade));
        let live = column(cx.live, id).filter(|(live, _)| live.generated.is_none() && live.default.is_some());
        flavour == Flavour::Mysql && reads && live.is_some() && cx.delta(id).is_none()
    };
    let is_new = |(id, _): &(&ObjectId, &Column)| cx.delta(id) == Some(Delta::Create);
    let adds = !remade.is_empty() || cx.desired.columns(table).iter().any(is_new);
    for &(id, desired) in &order.columns {
        if versioning.added.contains(id.name()) {
            if cx.delta(id) == Some(Delta::Alter) {
                out.probes.extend(probes::values_of_column(cx, id));
            }
            continue;
        }
        let comment = cx.desired.get(id).and_then(|entry| entry.comment.as_deref());
        let definition = render::column(id.name(), desired, comment, flavour);
        let place = order.places.get(id.name()).map(|place| format!(" {place}")).unwrap_or_default();
        match cx.delta(id) {
            Some(Delta::Create) => {
                let value = cx.intent.backfill.iter().find(|(column, _)| column == id).map(|(_, value)| value);
                out.probes.extend(probes::of_new(cx, id, desired));
                if let Some(value) = fill::needed(flavour, desired, value) {
                    let empty = Column { default: None, null: true, ..desired.clone() };
                    let empty = render::column(id.name(), &empty, comment, flavour);
                    out.columns.push(format!("ADD COLUMN {empty}{place}"));
                    out.fills.push(fill::statement(cx.desired, id, value));
                    out.filled.insert(id.name().clone());
                    out.afterwards.push(format!(
                        "MODIFY COLUMN {}",
                        render::modified_column(id.name(), desired, comment, flavour)
                    ));
                } else if let Some(value) = value {
                    // Existing rows get it as the default that they are added with.
                    let filled = Column { default: Some(value.clone()), ..desired.clone() };
                    let filled = render::column(id.name(), &filled, comment, flavour);
                    out.columns.push(format!("ADD COLUMN {filled}{place}"));
                    out.afterwards.push(format!(
                        "MODIFY COLUMN {}",
                        render::modified_column(id.name(), desired, comment, flavour)
                    ));
                } else {
                    out.columns.push(format!("ADD COLUMN {definition}{place}"));
                    match probes::no_zero(cx, id, desired, flavour) {
                        Some(probe) => out.probes.push(probe),
                        None => out.notices.extend(fill::with_zero(id, desired)),
                    }
                }
            }
            _ if remade.contains(id.name()) => {
                let Some((live, _)) = column(cx.live, id) else { continue };
                if live.generated.is_none() {
                    out.probes.extend(probes::values_of_column(cx, id));
                }
                out.drops.extend(drop(id));
                out.columns.push(format!("ADD COLUMN {definition}{place}"));
                // What was only computed is kept from now on.
                if let (Some(generated), None) = (&live.generated, &desired.generated) {
                    out.fills.push(fill::statement(cx.desired, id, &generated.sql));
                    out.probes.extend(probes::of_modified(cx, id, live, desired, flavour));
                }
            }
            Some(Delta::Alter) => {
                let Some((live, _)) = column(cx.live, id) else { continue };
                // The rows that have none get the value that is given for them.
                out.before.extend(fill::of_nulls(cx, id, (live, desired), flavour));
                modify(id, desired, (flavour, comment, &place), adds, out);
                out.probes.extend(probes::of_modified(cx, id, live, desired, flavour));
                if live.generated.is_none() && desired.generated.is_some() {
                    out.probes.extend(probes::values_of_column(cx, id));
                }
                out.notices.extend(fill::in_another_zone(id, live, desired));
            }
            // A new default of the table is not a new charset of its columns, until they are told. One that reads a column
            // which is dropped and added lets go of it for a moment.
            _ if !place.is_empty() || letters::change(cx, id) || reads_remade(id) => {
                if reads_remade(id) {
                    out.first.push(format!("ALTER COLUMN {} DROP DEFAULT", quote(id.name().as_str())));
                }
                modify(id, desired, (flavour, comment, &place), adds, out);
                out.probes.extend(probes::of_letters(cx, id, flavour));
            }
            _ => {}
        }
    }
}

/// Changes a column. A default that differs each time comes back by a statement of its own where columns are added:
/// MySQL refuses the two together (error 1674).
fn modify(
    id: &ObjectId,
    desired: &Column,
    (flavour, comment, place): (Flavour, Option<&str>, &str),
    adds: bool,
    out: &mut Clauses,
) {
    let definition = render::modified_column(id.name(), desired, comment, flavour);
    if adds && fill::differs_each_time(flavour, desired.default.as_ref()) {
        let without = Column { default: None, ..desired.clone() };
        out.columns
            .push(format!("MODIFY COLUMN {}{place}", render::modified_column(id.name(), &without, comment, flavour)));
        out.afterwards.push(format!("MODIFY COLUMN {definition}"));
    } else {
        out.columns.push(format!("MODIFY COLUMN {definition}{place}"));
    }
}

fn table_of<'a>(catalog: &'a Catalog, id: &ObjectId) -> Option<(&'a Table, Option<&'a str>)> {
    match catalog.get(id) {
        Some(Entry { object: Object::Table(table), comment, .. }) => Some((table, comment.as_deref())),
        _ => None,
    }
}

fn uses(parts: &[Part], columns: &BTreeSet<Name>) -> bool {
    parts.iter().filter_map(Part::as_column).any(|name| columns.contains(name))
}

/// Whether an expression of a part of a table names one of its columns.
pub(super) fn names_any(part: &Entry, columns: &BTreeSet<Name>) -> bool {
    part.mentions.iter().any(|other| other.kind() == Kind::Column && columns.contains(other.name()))
}

/// The clauses of the primary key and of indexes. Those over a column that is dropped and added again go with it.
fn keys(cx: &Context<'_>, table: &ObjectId, flavour: Flavour, remade: &BTreeSet<Name>, out: &mut Clauses) {
    let ids: BTreeSet<&ObjectId> = cx
        .live
        .children(table)
        .chain(cx.desired.children(table))
        .map(|(id, _)| id)
        .filter(|id| matches!(id.kind(), Kind::PrimaryKey | Kind::Index))
        .collect();
    let mut displaced = BTreeSet::new();
    let mut said = BTreeSet::new();
    let elsewhere = other_reference_system(cx, table, flavour);
    // MariaDB writes a block size that the table loses to each of its keys that stay.
    let block_size =
        |catalog| table_of(catalog, table).and_then(|(table, _)| table.options.integer(OptionKey::KeyBlockSize));
    let leaves_block_size =
        flavour == Flavour::Mariadb && block_size(cx.live).is_some() && block_size(cx.live) != block_size(cx.desired);
    for id in ids {
        let (live, desired) = (cx.live.get(id), cx.desired.get(id));
        let again = cx.delta(id).is_none()
            && live.is_some_and(|entry| {
                let parts = parts_of(&entry.object);
                leaves_block_size || uses(parts, remade) || uses(parts, &elsewhere) || names_any(entry, remade)
            });
        if cx.delta(id).is_none() && live.is_some_and(|live| becoming::may_collide(cx, table, parts_of(&live.object))) {
            out.probes.extend(probes::duplicates(cx, id));
        }
        if cx.delta(id).is_none() && !again {
            continue;
        }
        if let (Some(live), Some(desired), false) = (live, desired, again)
            && let Some(clause) = visibility(id, live, desired)
        {
            out.adds.push(clause);
            continue;
        }
        said.insert(id);
        // No row is without its primary key: it waits for the values.
        let later = id.kind() == Kind::PrimaryKey
            && desired.is_some_and(|desired| uses(parts_of(&desired.object), &out.filled));
        if let Some(live) = live {
            let apart = uses(parts_of(&live.object), &elsewhere)
                || (flavour == Flavour::Mysql && is_other_parser(live, desired));
            let drops = match apart {
                _ if later => &mut out.afterwards,
                true => &mut out.first,
                false => &mut out.drops,
            };
            drops.push(match id.kind() {
                Kind::PrimaryKey => "DROP PRIMARY KEY".to_owned(),
                _ => format!("DROP INDEX {}", quote(id.name().as_str())),
            });
        }
        if let Some(desired) = desired {
            let comment = desired.comment.as_deref();
            match &desired.object {
                Object::PrimaryKey(key) => {
                    let adds = if later { &mut out.afterwards } else { &mut out.adds };
                    adds.push(format!("ADD {}", render::primary_key(key, comment, flavour)));
                }
                Object::Index(index) => {
                    out.adds.push(format!("ADD {}", render::index(id.name(), index, comment, flavour)));
                }
                _ => {}
            }
            if !again {
                out.probes.extend(probes::duplicates(cx, id));
            }
            displaced.extend(foreign_key::displaced(cx, table, parts_of(&desired.object)));
        }
    }
    out.adds.extend(
        displaced
            .into_iter()
            .filter(|id| !said.contains(id))
            .filter_map(|id| foreign_key::said_again(cx.desired, id, flavour)),
    );
    out.adds.extend(foreign_key::left_without_index(cx, table, flavour));
}

/// The columns that get another spatial reference system, which MySQL changes under no index, not even under one that
/// the same statement drops (error 3644).
fn other_reference_system(cx: &Context<'_>, table: &ObjectId, flavour: Flavour) -> BTreeSet<Name> {
    let srid = |catalog: &Catalog, id: &ObjectId| {
        column(catalog, id).map(|(column, _)| column.options.integer(OptionKey::Srid))
    };
    let columns = cx.desired.columns(table).into_iter().map(|(id, _)| id);
    let changes = |id: &&ObjectId| cx.live.contains(id) && srid(cx.live, id) != srid(cx.desired, id);
    columns.filter(|_| flavour == Flavour::Mysql).filter(changes).map(|id| id.name().clone()).collect()
}

/// Whether a full-text index gets another parser. MySQL takes it for the same index in one statement, and does nothing.
fn is_other_parser(live: &Entry, desired: Option<&Entry>) -> bool {
    let parser = |entry: &Entry| match &entry.object {
        Object::Index(index) => index.options.word(OptionKey::Parser).map(str::to_lowercase),
        _ => None,
    };
    desired.is_some_and(|desired| parser(live) != parser(desired))
}

fn parts_of(object: &Object) -> &[Part] {
    match object {
        Object::PrimaryKey(key) => &key.columns,
        Object::Index(index) => &index.columns,
        _ => &[],
    }
}

/// The clause for an index of which only that differs whether the optimizer sees it.
fn visibility(id: &ObjectId, live: &Entry, desired: &Entry) -> Option<String> {
    let (Object::Index(a), Object::Index(b)) = (&live.object, &desired.object) else { return None };
    if live.comment != desired.comment {
        return None;
    }
    let bare = |index: &Index| {
        let mut index = index.clone();
        index.options.clear(OptionKey::Invisible);
        index.options.clear(OptionKey::Ignored);
        index
    };
    let word = |key: OptionKey, on: &str, off: &str| {
        let (was, is) = (a.options.is_on(key), b.options.is_on(key));
        (was != is).then(|| format!("ALTER INDEX {} {}", quote(id.name().as_str()), if is { on } else { off }))
    };
    if bare(a) != bare(b) {
        return None;
    }
    word(OptionKey::Invisible, "INVISIBLE", "VISIBLE").or_else(|| word(OptionKey::Ignored, "IGNORED", "NOT IGNORED"))
}

/// What the table says of itself.
fn own(cx: &Context<'_>, table: &ObjectId, versioning: &Versioning, out: &mut Clauses) {
    out.probes.extend(versioning.probe.clone());
    if cx.delta(table) != Some(Delta::Alter) {
        return;
    }
    let (Some((live, was)), Some((desired, is))) = (table_of(cx.live, table), table_of(cx.desired, table)) else {
        return;
    };
    out.probes.extend(probes::rows_that_an_engine_drops(cx, table, live, desired));
    let mut wanted = desired.options.clone();
    let counter = cx.live.get(table).and_then(|entry| entry.counter).unwrap_or(1);
    if wanted.integer(OptionKey::AutoIncrement).is_some_and(|first| first <= counter) {
        // Lowered, it would go back to the greatest number of the rows that are left, and give numbers again.
        wanted.clear(OptionKey::AutoIncrement);
    }
    let changed = render::of_table(&wanted);
    let before = render::of_table(&live.options);
    out.options.extend(changed.into_iter().filter(|option| !before.contains(option)));
    let is_aria =
        |table: &Table| table.options.word(OptionKey::Engine).is_some_and(|it| it.eq_ignore_ascii_case("aria"));
    let leaves_aria = is_aria(live) && !is_aria(desired);
    for (key, _) in live.options.iter().filter(|(key, _)| desired.options.get(*key).is_none()) {
        // MariaDB keeps what only Aria knows, and another engine may not know the word; or it forgets it only once the
        // table is of that engine.
        match key {
            OptionKey::Transactional if leaves_aria => {
                out.first.extend(render::reset_of_table(key));
                continue;
            }
            OptionKey::PageChecksum if leaves_aria => {
                out.afterwards.extend(render::reset_of_table(key));
                continue;
            }
            _ => {}
        }
        out.options.extend(match key {
            // A character set brings its own collation.
            OptionKey::Collation if desired.options.get(OptionKey::Charset).is_some() => None,
            OptionKey::Charset | OptionKey::Collation => default_of_database(cx, key),
            _ => render::reset_of_table(key),
        });
    }
    if was != is {
        out.options.push(format!("COMMENT={}", string(is.unwrap_or_default())));
    }
    let apart = |period: &&Period| !versioning.statements.is_empty() && versioning::is_of_system(&period.name);
    for period in live.period.iter().filter(|period| !desired.period.contains(period) && !apart(period)) {
        out.drops.push(format!("DROP PERIOD FOR {}", render::period_name(&period.name)));
    }
    let new = desired.period.iter().filter(|period| !live.period.contains(period) && !apart(period));
    out.adds.extend(new.map(render::add_period));
}

/// What a table has that says nothing of its own.
fn default_of_database(cx: &Context<'_>, key: OptionKey) -> Option<String> {
    let database = ObjectId::top(Kind::Database, None, Name::exact(""));
    let options = [cx.desired, cx.live].into_iter().find_map(|catalog| match catalog.object(&database) {
        Some(Object::Database(database)) => Some(&database.options),
        _ => None,
    })?;
    let word = if key == OptionKey::Charset { "DEFAULT CHARSET" } else { "COLLATE" };
    options.word(key).map(|value| format!("{word}={value}"))
}
