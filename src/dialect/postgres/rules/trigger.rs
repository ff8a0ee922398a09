//! Triggers and rules: replaced where the server can.

use crate::catalog::{Enabled, Object, ObjectId, Rule, Trigger};
use crate::plan::Draft;

use super::super::render::{self, drop_statement, enabled, relation};
use super::super::sql::name;
use super::{Alter, Cx, Drafts};

pub(super) fn create(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    let (text, when) = match cx.desired.object(id) {
        Some(Object::Trigger(trigger)) => (render::trigger(id, trigger, false), trigger.enabled),
        Some(Object::Rule(rule)) => (render::rule(id, rule), rule.enabled),
        _ => return Ok(Vec::new()),
    };
    let mut sql = vec![text];
    sql.extend((when != Enabled::Origin).then(|| fires(id, when)));
    Ok(vec![Draft::of(id, format!("create {id}"), sql)])
}

pub(super) fn drop(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    Ok(vec![Draft::new(id, format!("drop {id}"), drop_statement(cx.live, id))])
}

pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let mut sql = Vec::new();
    match (cx.live.object(id), cx.desired.object(id)) {
        (Some(Object::Trigger(old)), Some(Object::Trigger(new))) => {
            let same = Trigger { enabled: new.enabled, ..old.clone() } == *new;
            // Replaced by one for statements, the clones of one for rows would stay on the partitions, and fire.
            let has_clones =
                matches!(cx.live.object(id.root()), Some(Object::Table(table)) if table.partition_by.is_some());
            let leaves_clones = has_clones && old.for_each != new.for_each;
            if !same && (old.constraint || new.constraint || leaves_clones) {
                return Alter::Recreate;
            }
            if !same {
                sql.push(render::trigger(id, new, true));
            }
            if old.enabled != new.enabled || (!same && new.enabled != Enabled::Origin) {
                sql.push(fires(id, new.enabled));
            }
        }
        (Some(Object::Rule(old)), Some(Object::Rule(new))) => {
            let same = Rule { enabled: new.enabled, ..old.clone() } == *new;
            if !same {
                sql.push(render::rule(id, new));
            }
            if old.enabled != new.enabled || (!same && new.enabled != Enabled::Origin) {
                sql.push(fires(id, new.enabled));
            }
        }
        _ => return Alter::Recreate,
    }
    Alter::InPlace(vec![Draft::of(id, format!("alter {id}"), sql)])
}

fn fires(id: &ObjectId, when: Enabled) -> String {
    let kind = if id.kind() == crate::catalog::Kind::Rule { "RULE" } else { "TRIGGER" };
    format!("ALTER TABLE {} {} {kind} {}", relation(id), enabled(when), name(id))
}
