//! Publications and subscriptions.

use crate::catalog::{Kind, ObjectId, Publication, Setting, Settings};
use crate::plan::{Draft, Hazard, HazardKind, Resource, Transaction};

use super::super::render::foreign as render;
use super::super::sql::{name, names, qualified, setting};
use super::others::{of, pair};
use super::{Alter, Cx, dispatch, refusal};

pub(super) fn create_publication(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(publication) = of!(cx.desired.object(id), Publication) else { return Vec::new() };
    let draft = Draft::new(id, format!("create {id}"), render::publication(id, publication));
    vec![draft.consuming(needs(publication))]
}

/// The tables with their columns, and the schemas.
fn needs(publication: &Publication) -> Vec<Resource> {
    let schemas = publication.schemas.iter().map(|name| ObjectId::top(Kind::Schema, None, name.clone()));
    let columns = publication.tables.iter().flat_map(|entry| {
        entry.columns.iter().map(|column| entry.table.child(Kind::Column, column.clone())).collect::<Vec<_>>()
    });
    schemas.chain(columns).map(Resource::New).collect()
}

pub(super) fn alter_publication(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((old, new)) = pair!(cx, id, Publication) else { return Alter::InPlace(Vec::new()) };
    if old.all_tables != new.all_tables {
        return Alter::Recreate;
    }
    let target = format!("ALTER PUBLICATION {}", name(id));
    let mut drafts = Vec::new();
    if old.tables != new.tables || old.schemas != new.schemas {
        match render::published(new) {
            // The whole list at once: what is dropped meanwhile has left it anyway.
            Some(list) => {
                let draft = Draft::new(id, format!("change what {id} sends"), format!("{target} SET {list}"));
                drafts.push(draft.consuming(needs(new)));
            }
            None => drafts.extend(emptied(cx, id, &target, old)),
        }
    }
    if old.with != new.with {
        let mut all = new.with.clone();
        for key in old.with.keys().filter(|key| !new.with.contains_key(*key)) {
            let default = match key.as_str() {
                "publish" => "insert, update, delete, truncate",
                "publish_generated_columns" => "none",
                _ => "false",
            };
            all.insert(key.clone(), Setting::Plain(default.to_owned()));
        }
        let changed = all.iter().filter(|(key, value)| old.with.get(*key) != Some(*value));
        let pairs: Vec<String> = changed.map(|(key, value)| render::parameter(key, value)).collect();
        drafts.push(Draft::new(id, format!("change how {id} sends"), format!("{target} SET ({})", pairs.join(", "))));
    }
    Alter::InPlace(drafts)
}

/// Nothing is sent any more; what is dropped leaves by itself.
fn emptied(cx: &Cx<'_>, id: &ObjectId, target: &str, old: &Publication) -> Option<Draft> {
    let tables: Vec<_> =
        old.tables.iter().map(|entry| &entry.table).filter(|table| cx.desired.contains(table)).collect();
    let schema = |name: &crate::catalog::Name| ObjectId::top(Kind::Schema, None, name.clone());
    let stays = |name: &&crate::catalog::Name| name.as_str() == "public" || cx.desired.contains(&schema(name));
    let schemas: Vec<_> = old.schemas.iter().filter(stays).collect();
    let mut parts = Vec::new();
    if !tables.is_empty() {
        let list: Vec<String> = tables.into_iter().map(|table| format!("ONLY {}", qualified(table))).collect();
        parts.push(format!("TABLE {}", list.join(", ")));
    }
    if !schemas.is_empty() {
        parts.push(format!("TABLES IN SCHEMA {}", names(schemas)));
    }
    let sql = format!("{target} DROP {}", parts.join(", "));
    (!parts.is_empty()).then(|| Draft::new(id, format!("empty {id}"), sql))
}

fn is_said(settings: &Settings, key: &str, value: &str) -> bool {
    matches!(settings.get(key), Some(Setting::Plain(text)) if text.eq_ignore_ascii_case(value))
}

/// A subscription is made without reaching its publisher, unless it is said that it may: then the slot is made there,
/// and the statement stands alone.
pub(super) fn create_subscription(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(new) = of!(cx.desired.object(id), Subscription) else { return Vec::new() };
    let connects = is_said(&new.with, "connect", "true");
    let mut with = new.with.clone();
    if connects {
        if new.disabled {
            with.insert("enabled".to_owned(), Setting::Plain("false".to_owned()));
        }
        let slot = !is_said(&with, "create_slot", "false") && !is_said(&with, "slot_name", "none");
        let draft = Draft::new(id, format!("create {id}"), render::subscription(id, new, &with));
        return vec![if slot { draft.in_transaction(Transaction::Alone) } else { draft }];
    }
    with.insert("connect".to_owned(), Setting::Plain("false".to_owned()));
    let mut sql = vec![render::subscription(id, new, &with)];
    let mut hazards = Vec::new();
    if !new.disabled {
        sql.push(format!("ALTER SUBSCRIPTION {} ENABLE", name(id)));
        hazards.push(Hazard {
            kind: HazardKind::Notice,
            id: id.clone(),
            message: "its publisher is not reached: make its slot there, and refresh the publications".to_owned(),
        });
    }
    vec![Draft::of(id, format!("create {id}"), sql).risking(hazards)]
}

/// The slot on the publisher stays; so the publisher need not be reached, and the statements can share a transaction.
pub(super) fn drop_subscription(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(old) = of!(cx.live.object(id), Subscription) else { return Vec::new() };
    let target = format!("ALTER SUBSCRIPTION {}", name(id));
    let mut drop = dispatch::dropped(cx, id);
    let mut sql = Vec::new();
    if !old.disabled {
        sql.push(format!("{target} DISABLE"));
    }
    if !is_said(&old.with, "slot_name", "none") {
        sql.push(format!("{target} SET (slot_name = NONE)"));
        let slot = match old.with.get("slot_name") {
            Some(Setting::Plain(text)) => text.clone(),
            _ => id.name().as_str().to_owned(),
        };
        drop = drop.risking([Hazard {
            kind: HazardKind::Notice,
            id: id.clone(),
            message: format!("the replication slot {slot} stays on the publisher: drop it there if it is there"),
        }]);
    }
    sql.append(&mut drop.step.sql);
    drop.step.sql = sql;
    vec![drop]
}

/// What a parameter is when nothing is said of it.
fn default_of(key: &str, id: &ObjectId, major: u32) -> String {
    match key {
        "slot_name" => id.name().as_str().to_owned(),
        "synchronous_commit" => "off".to_owned(),
        "password_required" => "true".to_owned(),
        "origin" => "any".to_owned(),
        "streaming" if major >= 18 => "parallel".to_owned(),
        _ => "false".to_owned(),
    }
}

pub(super) fn alter_subscription(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((old, new)) = pair!(cx, id, Subscription) else { return Alter::InPlace(Vec::new()) };
    // Only said of the creation.
    let once = ["connect", "create_slot", "copy_data", "enabled"];
    let changes = |key: &str| old.with.get(key) != new.with.get(key);
    if changes("two_phase") && cx.major < 18 {
        let reason = "two_phase cannot be changed before PostgreSQL 18";
        return Alter::Refuse(refusal(id, reason, "drop the subscription and make it again"));
    }
    let target = format!("ALTER SUBSCRIPTION {}", name(id));
    let mut sql = Vec::new();
    // A slot and two_phase are only changed while it rests.
    let rests = ["slot_name", "two_phase", "failover"].into_iter().any(changes);
    let mut resting = old.disabled;
    if !resting && (new.disabled || rests) {
        sql.push(format!("{target} DISABLE"));
        resting = true;
    }
    if let (true, Some(connection)) = (old.connection != new.connection, &new.connection) {
        sql.push(format!("{target} CONNECTION {}", setting(connection)));
    }
    if old.publications != new.publications {
        sql.push(format!("{target} SET PUBLICATION {} WITH (refresh = false)", render::publications(new)));
    }
    let keys: std::collections::BTreeSet<&String> = old.with.keys().chain(new.with.keys()).collect();
    let changed = keys.into_iter().filter(|key| changes(key) && !once.contains(&key.as_str()));
    let pairs: Vec<String> = changed
        .map(|key| {
            let default = || Setting::Plain(default_of(key, id, cx.major));
            render::parameter(key, &new.with.get(key).cloned().unwrap_or_else(default))
        })
        .collect();
    if !pairs.is_empty() {
        sql.push(format!("{target} SET ({})", pairs.join(", ")));
    }
    if resting && !new.disabled {
        sql.push(format!("{target} ENABLE"));
    }
    if sql.is_empty() {
        return Alter::InPlace(Vec::new());
    }
    Alter::InPlace(vec![Draft::of(id, format!("change {id}"), sql)])
}
