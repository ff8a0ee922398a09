//! How SQLite makes each difference: one file a kind.
//!
//! Facts that hold for all of them (SQLite 3.54, its documentation of ALTER TABLE and experiments):
//! - RENAME and DROP COLUMN read every view and trigger again and fail on one that is broken; ADD COLUMN,
//!   ADD and DROP CONSTRAINT and ALTER COLUMN do not. So views and triggers that change, or are broken,
//!   are dropped before the first of those statements and made after the last.
//! - Tables, views and indexes share one namespace, triggers have their own.
//! - DROP TABLE takes the table's indexes and triggers with it, and leaves the views that name it.

mod check;
mod column;
mod constraint;
mod copy;
mod index;
mod probes;
mod rebuild;
mod table;
mod trigger;
mod view;
mod virtual_table;

use crate::catalog::{Kind, ObjectId, Sql};
use crate::diff::Delta;
use crate::plan::{Context, Draft, Resource, Rules, Way};

use super::sql::{parenthesised, quote};

pub(in crate::dialect::sqlite) use rebuild::unregistered_collation;

/// The rules of SQLite.
#[derive(Debug)]
pub(super) struct SqliteRules;

/// All views and triggers that go are gone.
const CLEARED: Resource = Resource::Barrier("views and triggers are out of the way");
/// All statements that read every view and trigger again are done.
const ALTERED: Resource = Resource::Barrier("tables are altered");

impl Rules for SqliteRules {
    fn trial(&self, _: &Context<'_>, table: &ObjectId, expression: &Sql) -> Option<String> {
        let table = quote(table.name().as_str());
        Some(format!("SELECT count(*) FROM {table} WHERE {} IS NULL AND 0", parenthesised(expression.as_str())))
    }

    fn renames_in_place(&self, from: &ObjectId, to: &ObjectId) -> bool {
        match to.kind() {
            Kind::Table | Kind::VirtualTable => true,
            // `cannot rename to rowid alias` (SQLite 3.54).
            Kind::Column => !column::is_rowid_word(from) && !column::is_rowid_word(to),
            _ => false,
        }
    }

    fn rename(&self, cx: &Context<'_>, from: &ObjectId, to: &ObjectId) -> Draft {
        let mut draft = Draft::new(to, format!("rename {from} to {}", to.name()), super::scratch::rename(from, to))
            .consuming([CLEARED])
            .producing([ALTERED]);
        // The scratch name of two that trade names is nobody else's.
        if from.parent().is_none() && cx.desired.contains(to) {
            draft = draft.producing([name(to)]);
        }
        if from.parent().is_none() && cx.renames.origins.values().any(|old| old == from) {
            draft = draft.destroying([name(from)]);
        }
        draft
    }

    fn way(&self, cx: &Context<'_>, id: &ObjectId, delta: Delta) -> Way {
        if belongs_to_whole(cx, id, delta) {
            return Way::Within;
        }
        match id.kind() {
            Kind::Table => table::way(cx, id, delta),
            Kind::VirtualTable => virtual_table::way(cx, id, delta),
            Kind::Column => column::way(cx, id, delta),
            Kind::Check => check::way(cx, id, delta),
            Kind::ForeignKey => constraint::foreign_key(cx, id, delta),
            Kind::PrimaryKey | Kind::Unique => constraint::key(),
            Kind::Index => index::way(cx, id, delta),
            Kind::View => view::way(cx, id, delta),
            Kind::Trigger => trigger::way(cx, id, delta),
            // SQLite has no others, so they never differ.
            _ => Way::Within,
        }
    }

    fn rebuild(&self, cx: &Context<'_>, table: &ObjectId) -> Vec<Draft> {
        rebuild::rebuild(cx, table)
    }

    fn surroundings(
        &self,
        cx: &Context<'_>,
        drafts: &[Draft],
        rebuilt: &[ObjectId],
    ) -> Vec<(ObjectId, String, Vec<Draft>)> {
        let alters = drafts.iter().any(|draft| draft.produces.contains(&ALTERED));
        if !alters {
            return Vec::new();
        }
        let broken = cx.read.broken.iter().chain(&cx.elaborated.broken);
        let mut around: Vec<(ObjectId, String, Vec<Draft>)> = broken
            .filter(|(id, _)| cx.live.contains(id) && cx.desired.contains(id) && cx.delta(id).is_none())
            .filter(|(id, _)| !rebuilt.contains(id.root()) && cx.delta(id.root()) != Some(Delta::Drop))
            .map(|(id, reason)| {
                let when = if cx.read.broken.contains_key(id) { "is" } else { "will be" };
                let because = format!("it {when} broken ({reason}) and ALTER TABLE refuses to run beside it");
                (id.clone(), because, again(cx, id))
            })
            .collect();
        around.sort_by(|a, b| a.0.cmp(&b.0));
        around.dedup_by(|a, b| a.0 == b.0 || a.0.parent() == Some(&b.0));
        around
    }
}

/// The drop and the creation of a view or a trigger.
fn again(cx: &Context<'_>, id: &ObjectId) -> Vec<Draft> {
    if id.kind() == Kind::View {
        // Its triggers go with it.
        let triggers = cx.desired.children(id).filter(|(id, _)| cx.delta(id).is_none());
        let mut drafts = vec![view::drop(id), view::create(cx, id)];
        drafts.extend(triggers.map(|(id, _)| trigger::create(cx, id)));
        drafts
    } else {
        vec![trigger::drop(id), trigger::create(cx, id)]
    }
}

/// Whether the object comes or goes with what it belongs to.
fn belongs_to_whole(cx: &Context<'_>, id: &ObjectId, delta: Delta) -> bool {
    let Some(parent) = id.parent() else { return false };
    match (cx.delta(parent), delta) {
        (Some(Delta::Create), Delta::Create) => id.kind().is_part_of_table(),
        (Some(Delta::Drop), Delta::Drop) => true,
        // A view that changes is dropped, and its triggers with it.
        (Some(Delta::Alter), Delta::Drop) => parent.kind() == Kind::View,
        _ => false,
    }
}

/// The name that an object takes in SQLite's namespaces.
fn name(id: &ObjectId) -> Resource {
    let space = if id.kind() == Kind::Trigger { "trigger" } else { "table, view or index" };
    Resource::Name(space, id.name().clone())
}

/// What an object refers to as it is desired: wishes, since SQLite resolves most names late.
fn needs(cx: &Context<'_>, id: &ObjectId) -> Vec<Resource> {
    let references = cx.desired.get(id).map(|entry| entry.references(id)).unwrap_or_default();
    references.into_iter().map(Resource::New).collect()
}

/// The statement that made an object that does not differ, byte for byte.
fn unchanged_source(cx: &Context<'_>, id: &ObjectId) -> Option<String> {
    let source = || cx.live.get(id)?.source.as_deref().map(str::to_owned);
    if cx.delta(id).is_none() { source() } else { None }
}

/// The table of a column, a constraint, an index or a trigger.
fn owner(id: &ObjectId) -> &ObjectId {
    id.parent().unwrap_or(id)
}

/// `ALTER TABLE t`, under its name after renames.
fn alter(id: &ObjectId) -> String {
    format!("ALTER TABLE {}", quote(owner(id).name().as_str()))
}
