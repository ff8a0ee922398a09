//! Foreign-data wrappers, servers, user mappings, and event triggers.

use crate::catalog::{Enabled, EventTrigger, Kind, ObjectId};
use crate::plan::{Draft, Resource};

use super::super::render::{drop_statement, foreign as render};
use super::super::sql::{changed_options, name, string};
use super::others::{of, pair};
use super::{Alter, Cx};

pub(super) fn create_wrapper(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(wrapper) = of!(cx.desired.object(id), ForeignDataWrapper) else { return Vec::new() };
    vec![Draft::new(id, format!("create {id}"), render::wrapper(id, wrapper))]
}

pub(super) fn alter_wrapper(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((old, new)) = pair!(cx, id, ForeignDataWrapper) else { return Alter::InPlace(Vec::new()) };
    let mut parts = Vec::new();
    for (word, before, after) in
        [("HANDLER", &old.handler, &new.handler), ("VALIDATOR", &old.validator, &new.validator)]
    {
        if before != after {
            parts.push(after.as_ref().map_or_else(|| format!("NO {word}"), |sql| format!("{word} {}", sql.as_str())));
        }
    }
    parts.extend(changed_options(&old.options, &new.options));
    let sql = format!("ALTER FOREIGN DATA WRAPPER {} {}", name(id), parts.join(" "));
    Alter::InPlace(vec![Draft::new(id, format!("change {id}"), sql)])
}

pub(super) fn create_server(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(server) = of!(cx.desired.object(id), ForeignServer) else { return Vec::new() };
    let wrapper = Resource::New(ObjectId::top(Kind::ForeignDataWrapper, None, server.wrapper.clone()));
    vec![Draft::new(id, format!("create {id}"), render::server(id, server)).consuming([wrapper])]
}

/// The wrapper and the type stay for the life of a server, and a version that was said cannot be unsaid.
pub(super) fn alter_server(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((old, new)) = pair!(cx, id, ForeignServer) else { return Alter::InPlace(Vec::new()) };
    if old.wrapper != new.wrapper || old.ty != new.ty || (old.version.is_some() && new.version.is_none()) {
        return Alter::Recreate;
    }
    let version = new.version.as_ref().filter(|_| old.version != new.version);
    let mut parts: Vec<String> = version.map(|version| format!("VERSION {}", string(version))).into_iter().collect();
    parts.extend(changed_options(&old.options, &new.options));
    let sql = format!("ALTER SERVER {} {}", name(id), parts.join(" "));
    Alter::InPlace(vec![Draft::new(id, format!("change {id}"), sql)])
}

/// DROP SERVER leaves no user mapping behind, but takes none along.
pub(super) fn drop_server(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let mappings = cx.live.children(id).map(|(child, _)| child).filter(|child| child.kind() == Kind::UserMapping);
    let mut sql: Vec<String> = mappings.map(|child| drop_statement(cx.live, child)).collect();
    sql.push(drop_statement(cx.live, id));
    vec![Draft::of(id, format!("drop {id}"), sql)]
}

pub(super) fn create_mapping(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(mapping) = of!(cx.desired.object(id), UserMapping) else { return Vec::new() };
    vec![Draft::new(id, format!("create {id}"), render::user_mapping(id, mapping))]
}

pub(super) fn alter_mapping(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((old, new)) = pair!(cx, id, UserMapping) else { return Alter::InPlace(Vec::new()) };
    let Some(options) = changed_options(&old.options, &new.options) else { return Alter::InPlace(Vec::new()) };
    let sql = format!("ALTER {} {options}", render::mapping_target(id));
    Alter::InPlace(vec![Draft::new(id, format!("change {id}"), sql)])
}

pub(super) fn create_event_trigger(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(trigger) = of!(cx.desired.object(id), EventTrigger) else { return Vec::new() };
    let mut sql = vec![render::event_trigger(id, trigger)];
    if trigger.enabled != Enabled::Origin {
        sql.push(enabling(id, trigger));
    }
    vec![Draft::of(id, format!("create {id}"), sql)]
}

pub(super) fn alter_event_trigger(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((old, new)) = pair!(cx, id, EventTrigger) else { return Alter::InPlace(Vec::new()) };
    let enabled = EventTrigger { enabled: new.enabled, ..old.clone() };
    if enabled != *new {
        return Alter::Recreate;
    }
    Alter::InPlace(vec![Draft::new(id, format!("change when {id} fires"), enabling(id, new))])
}

fn enabling(id: &ObjectId, trigger: &EventTrigger) -> String {
    let word = match trigger.enabled {
        Enabled::Origin => "ENABLE",
        Enabled::Disabled => "DISABLE",
        Enabled::Replica => "ENABLE REPLICA",
        Enabled::Always => "ENABLE ALWAYS",
    };
    format!("ALTER EVENT TRIGGER {} {word}", name(id))
}
