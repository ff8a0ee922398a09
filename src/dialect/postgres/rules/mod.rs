//! How PostgreSQL makes each difference: one file a kind, and what holds for all of them.
//!
//! A kind's file gives statements. What a statement needs, makes and ends (`needs`), what is said beside an object
//! (`beside`), and what has to be dropped and made again around a change (`again`) is the same for every kind.

#![expect(clippy::unnecessary_wraps, reason = "every kind answers alike, and some can refuse")]

mod again;
mod as_text;
mod beside;
mod bounds;
mod by_index;
mod casts;
mod circle;
mod column;
mod composite;
mod constraint;
mod detour;
mod dispatch;
mod domain;
mod enumeration;
mod foreign;
pub(super) mod grant;
mod heirs;
mod in_place;
mod index;
mod kept;
mod merged;
mod moving;
mod needs;
mod not_null;
mod of_domain;
mod of_string;
mod operator;
mod others;
mod overlaps;
mod partitioning;
mod persistence;
mod place;
mod policy;
mod probes;
mod replication;
mod retype;
mod routine;
mod rows_then;
mod sequence;
pub(super) mod space;
mod table;
pub(super) mod text_search;
mod trade;
mod trigger;
mod typed;
mod users;
mod view;
mod volatile;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use crate::catalog::{Column, Entry, Kind, Object, ObjectId, Sql};
use crate::diff::Delta;
use crate::plan::{Context, Draft, Refusal, Resource, Rules, Way};

use super::sql::{parenthesised, qualified};
use super::{mentions, renames};
use again::{Again, How};
use persistence::Persistence;

/// The rules of PostgreSQL.
#[derive(Debug)]
pub(super) struct PostgresRules;

/// All that a rule may look at.
pub(super) struct Cx<'a> {
    plan: &'a Context<'a>,
    /// The server's major version.
    pub(super) major: u32,
    bodies: OnceCell<ById<Vec<ObjectId>>>,
    departures: OnceCell<ById<Vec<heirs::Departure>>>,
    heirs: OnceCell<ById<BTreeSet<ObjectId>>>,
    keepers: OnceCell<ById<Vec<ObjectId>>>,
    keys: OnceCell<ById<Vec<ObjectId>>>,
    persistence: OnceCell<Persistence>,
    trades: OnceCell<BTreeSet<ObjectId>>,
    row_types: OnceCell<BTreeSet<ObjectId>>,
    typed: OnceCell<Vec<typed::Pair>>,
}

impl<'a> Deref for Cx<'a> {
    type Target = Context<'a>;

    fn deref(&self) -> &Context<'a> {
        self.plan
    }
}

impl<'a> Cx<'a> {
    fn of(plan: &'a Context<'a>) -> Self {
        Self {
            plan,
            major: plan.version / 10_000,
            bodies: OnceCell::new(),
            departures: OnceCell::new(),
            heirs: OnceCell::new(),
            keepers: OnceCell::new(),
            keys: OnceCell::new(),
            persistence: OnceCell::new(),
            trades: OnceCell::new(),
            row_types: OnceCell::new(),
            typed: OnceCell::new(),
        }
    }

    /// What the body of a function names: good to have when something runs it at once.
    fn named_in_body(&self, id: &ObjectId) -> &[ObjectId] {
        if !matches!(id.kind(), Kind::Function | Kind::Procedure) {
            return &[];
        }
        self.bodies.get_or_init(|| mentions::of_bodies(self.plan.desired)).get(id).map_or(&[], Vec::as_slice)
    }

    /// The tables that live take over what this one has: partitions, and those that inherit from it.
    fn heirs_of(&self, id: &ObjectId) -> impl Iterator<Item = &ObjectId> {
        self.heirs.get_or_init(|| heirs::all(self.plan.live)).get(id).into_iter().flatten()
    }

    /// What keeps the results of a function, live.
    fn keepers_of(&self, id: &ObjectId) -> impl Iterator<Item = &ObjectId> {
        self.keepers.get_or_init(|| routine::keepers(self.plan.live)).get(id).into_iter().flatten()
    }

    /// The foreign keys that live refer to this table.
    fn keys_to(&self, id: &ObjectId) -> impl Iterator<Item = &ObjectId> {
        self.keys.get_or_init(|| moving::keys_to(self.plan.live)).get(id).into_iter().flatten()
    }

    /// The tables that are of a type before and after.
    fn typed_tables(&self) -> &[typed::Pair] {
        self.typed.get_or_init(|| typed::all(self.plan))
    }

    /// Whether a column or a type may have values of a table's row type: what it says of types mentions the table.
    fn is_row_type(&self, table: &ObjectId) -> bool {
        let mentioned = || {
            let typed = self
                .plan
                .live
                .iter()
                .filter(|(id, _)| matches!(id.kind(), Kind::Column | Kind::Attribute | Kind::Domain | Kind::Range));
            let tables = typed.flat_map(|(id, entry)| {
                entry.references(id).into_iter().filter(|other| *other != *id.root() && other.kind() == Kind::Table)
            });
            tables.collect()
        };
        self.row_types.get_or_init(mentioned).contains(table)
    }

    /// The order in which tables become logged or unlogged.
    fn persistence(&self) -> &Persistence {
        self.persistence.get_or_init(|| persistence::find(self))
    }

    /// Whether this primary key gives its name to one from which, in the end, it gets its own.
    fn trades_names(&self, id: &ObjectId) -> bool {
        self.trades.get_or_init(|| trade::find(self)).contains(id)
    }

    /// That the tables which leave the parent of this part have left it.
    fn departures_from(&self, id: &ObjectId) -> impl Iterator<Item = Resource> {
        let all = self.departures.get_or_init(|| heirs::departures(self));
        let of_columns = matches!(id.kind(), Kind::Column | Kind::Check);
        let leaving = id.parent().and_then(|parent| all.get(parent)).into_iter().flatten();
        leaving.filter(move |departure| of_columns || !departure.columns_only).map(heirs::Departure::done)
    }

    fn live_entry(&self, id: &ObjectId) -> Option<&'a Entry> {
        self.plan.live.get(id)
    }

    fn desired_entry(&self, id: &ObjectId) -> Option<&'a Entry> {
        self.plan.desired.get(id)
    }
}

/// Statements, or why there are none.
pub(super) type Drafts = Result<Vec<Draft>, Refusal>;

/// How an object that differs is made what it is to be.
pub(super) enum Alter {
    /// By these steps.
    InPlace(Vec<Draft>),
    /// By dropping and making it again, with all that depends on it.
    Recreate,
    /// Not at all.
    Refuse(Refusal),
}

/// A difference that cannot be made.
pub(super) fn refusal(id: &ObjectId, reason: impl Into<String>, advice: impl Into<String>) -> Refusal {
    Refusal { id: id.clone(), reason: reason.into(), advice: advice.into() }
}

impl Rules for PostgresRules {
    fn trial(&self, _: &Context<'_>, table: &ObjectId, expression: &Sql) -> Option<String> {
        let expression = parenthesised(expression.as_str());
        Some(format!("SELECT count(*) FROM {} WHERE {expression} IS NULL AND false", qualified(table)))
    }

    fn renames_in_place(&self, from: &ObjectId, to: &ObjectId) -> bool {
        dispatch::renames_in_place(from, to)
    }

    fn renamed(&self, id: &ObjectId, from: &ObjectId, to: &ObjectId) -> ObjectId {
        renames::id_after(id, from, to)
    }

    fn rename(&self, cx: &Context<'_>, from: &ObjectId, to: &ObjectId) -> Draft {
        let cx = Cx::of(cx);
        needs::of_rename(&cx, from, to, dispatch::rename(&cx, from, to))
    }

    fn way(&self, cx: &Context<'_>, id: &ObjectId, delta: Delta) -> Way {
        let cx = Cx::of(cx);
        one_way(&cx, &again::find(&cx), id, delta)
    }

    fn ways(&self, cx: &Context<'_>) -> Vec<(ObjectId, Delta, Way)> {
        let cx = Cx::of(cx);
        let again = again::find(&cx);
        let moves = space::moves_extensions(&cx);
        let settled = |id: &ObjectId, delta: Delta| {
            let mut way = one_way(&cx, &again, id, delta);
            match &mut way {
                Way::InPlace(drafts) | Way::Recreate(drafts) if moves => space::after_moves(drafts),
                _ => {}
            }
            way
        };
        cx.deltas.iter().map(|(id, delta)| (id.clone(), *delta, settled(id, *delta))).collect()
    }

    fn drawn_in(&self, cx: &Context<'_>) -> Vec<ObjectId> {
        let cx = Cx::of(cx);
        not_null::in_the_way(&cx)
    }

    fn rebuild(&self, _: &Context<'_>, _: &ObjectId) -> Vec<Draft> {
        // No table is ever copied.
        Vec::new()
    }

    fn surroundings(&self, cx: &Context<'_>, _: &[Draft], _: &[ObjectId]) -> Vec<(ObjectId, String, Vec<Draft>)> {
        let cx = Cx::of(cx);
        let mut around = Vec::new();
        let again = again::find(&cx);
        let moves = space::moves_extensions(&cx);
        for (id, one) in again.iter().filter(|(id, _)| cx.delta(id).is_none()) {
            let drafts = again::drafts(&cx, &again, id, one);
            // A refusal has no place here: what stays as it is could be made before, so it can be made again.
            let Ok(mut drafts) = drafts else { continue };
            if moves {
                space::after_moves(&mut drafts);
            }
            match one.how {
                How::Whole | How::WithParent => around.push((id.clone(), one.because.clone(), drafts)),
                // The object itself stays: this is part of what is done to the other.
                How::Default | How::Type | How::Collation => {
                    around.push((one.cause.clone(), one.because.clone(), drafts));
                }
            }
        }
        around
    }
}

fn one_way(cx: &Cx<'_>, again: &Again, id: &ObjectId, delta: Delta) -> Way {
    if let Some(drafts) = heirs::stays(cx, again, id, delta) {
        return beside_only(drafts);
    }
    if typed::is_said_by_table(cx, id) {
        return Way::Within;
    }
    match delta {
        Delta::Create if is_contained(cx, again, id) => beside_only(beside::of_created(cx, id)),
        Delta::Create => made(create(cx, id)),
        Delta::Drop if goes_with_parent(cx, again, id) => Way::Within,
        // The column goes with its table, and its default before.
        Delta::Drop if id.kind() == Kind::Column && is_gone(cx, again, id.root()) => {
            made(Ok(needs::of_drop(cx, id, vec![column::drop_default(cx, id)])))
        }
        Delta::Drop if partitioning::rows_move(cx, again, id) => {
            let mut drafts = drop(cx, id);
            drafts.iter_mut().flatten().for_each(|draft| draft.step.probes.clear());
            made(drafts)
        }
        Delta::Drop => made(drop(cx, id)),
        Delta::Alter => match again.get(id) {
            Some(one) => {
                let recreated = matches!(one.how, How::Whole | How::WithParent);
                match again::drafts(cx, again, id, one) {
                    Ok(drafts) if recreated => Way::Recreate(drafts),
                    Ok(drafts) => Way::InPlace(drafts),
                    Err(refusal) => Way::Refuse(refusal),
                }
            }
            None => match alter(cx, id) {
                Alter::InPlace(drafts) => Way::InPlace(drafts),
                Alter::Refuse(refusal) => Way::Refuse(refusal),
                // It would have been found.
                Alter::Recreate => Way::Within,
            },
        },
    }
}

fn made(drafts: Drafts) -> Way {
    drafts.map_or_else(Way::Refuse, Way::InPlace)
}

fn beside_only(drafts: Vec<Draft>) -> Way {
    if drafts.is_empty() { Way::Within } else { Way::InPlace(drafts) }
}

/// An object and what is said beside it.
fn create(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    let mut drafts = needs::of_create(cx, id, said(dispatch::create(cx, id)?));
    drafts.extend(beside::of_created(cx, id));
    drafts.extend(circle::afterwards(cx, id));
    Ok(drafts)
}

fn drop(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    Ok(needs::of_drop(cx, id, said(dispatch::drop(cx, id)?)))
}

/// The drafts that have something to run.
fn said(mut drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.retain(|draft| !draft.step.sql.is_empty());
    drafts
}

/// The change of an object that stays, and of what is said beside it.
fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let same = match (cx.live.object(id), cx.desired.object(id)) {
        (Some(old), Some(new)) => old == new && !not_null::keeps_from_renaming(cx, id),
        _ => false,
    };
    let drafts = if same { Alter::InPlace(Vec::new()) } else { dispatch::alter(cx, id) };
    match drafts {
        Alter::InPlace(drafts) => {
            let mut drafts = needs::of_alter(cx, id, said(drafts));
            drafts.extend(beside::of_altered(cx, id));
            Alter::InPlace(drafts)
        }
        other => other,
    }
}

/// Whether the statement that makes its parent makes it too.
fn is_contained(cx: &Cx<'_>, again: &Again, id: &ObjectId) -> bool {
    let Some(parent) = id.parent() else { return false };
    let made = cx.delta(parent) == Some(Delta::Create)
        || again.get(parent).is_some_and(|one| matches!(one.how, How::Whole | How::WithParent));
    made && contains(parent.kind(), id.kind())
}

/// Whether CREATE of the one has the other in it.
fn contains(parent: Kind, child: Kind) -> bool {
    match parent {
        Kind::Table | Kind::ForeignTable => {
            matches!(child, Kind::Column | Kind::PrimaryKey | Kind::Unique | Kind::Check | Kind::Exclusion)
        }
        Kind::Composite => child == Kind::Attribute,
        Kind::Domain => child == Kind::Check,
        _ => false,
    }
}

/// Whether DROP of what it belongs to takes it along. Foreign keys go by themselves before, so that tables that refer
/// to each other can go in any order.
fn goes_with_parent(cx: &Cx<'_>, again: &Again, id: &ObjectId) -> bool {
    // What a role grants on what it will make stands nowhere but in itself.
    if goes_apart(cx, id) || id.root().kind() == Kind::DefaultPrivilege {
        return false;
    }
    if dispatch::goes_with(cx, id).is_some_and(|other| is_gone(cx, again, &other)) {
        return true;
    }
    id.parent().is_some_and(|parent| is_gone(cx, again, parent))
}

/// Whether a part of a table that goes has to go before it: a foreign key, and what uses something that goes and that
/// itself needs the table, such as a policy over a view of its own table, or a default.
fn goes_apart(cx: &Cx<'_>, id: &ObjectId) -> bool {
    match (id.kind(), cx.live_entry(id)) {
        (Kind::ForeignKey, _) => true,
        (Kind::Policy | Kind::Rule | Kind::Trigger | Kind::Check | Kind::Index | Kind::Exclusion, Some(entry)) => {
            is_needed_below(cx, id.root(), entry.references(id))
        }
        (Kind::Column, Some(Entry { object: Object::Column(Column { default: Some(_), .. }), mentions, .. })) => {
            // Its sequence goes with the table.
            is_needed_below(cx, id.root(), mentions.iter().filter(|other| other.kind().is_routine()).cloned().collect())
        }
        _ => false,
    }
}

/// Whether one of these, or what goes and they need, needs a table.
fn is_needed_below(cx: &Cx<'_>, table: &ObjectId, mut open: Vec<ObjectId>) -> bool {
    open.retain(|other| other.root() != table);
    let mut seen: BTreeSet<ObjectId> = BTreeSet::new();
    while let Some(other) = open.pop() {
        if other.root() == table {
            return true;
        }
        // What goes, goes with all that it has.
        let goes = [other.root(), &other].into_iter().find(|it| cx.delta(it) == Some(Delta::Drop));
        if let Some(gone) = goes.filter(|gone| seen.insert((*gone).clone())) {
            // Foreign keys go before all else.
            let parts = cx.live.within(gone).filter(|(part, _)| part.kind() != Kind::ForeignKey);
            open.extend(parts.flat_map(|(part, entry)| entry.references(part)).filter(|it| it.root() != gone.root()));
        }
    }
    false
}

/// Whether an object is dropped, for good or to be made again.
fn is_gone(cx: &Cx<'_>, again: &Again, id: &ObjectId) -> bool {
    cx.delta(id) == Some(Delta::Drop)
        || again.get(id).is_some_and(|one| matches!(one.how, How::Whole | How::WithParent))
        || id.parent().is_some_and(|parent| is_gone(cx, again, parent))
}

/// A map by objects.
type ById<T> = BTreeMap<ObjectId, T>;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::format_collect)]
mod tests;
