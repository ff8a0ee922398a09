//! Views, triggers, routines, events, sequences, and the database's own defaults.

use std::collections::BTreeMap;

use crate::catalog::{Entry, Kind, Object, ObjectId, OptionKey, Options, Routine, ScheduledEvent};
use crate::diff::Delta;
use crate::plan::{Context, Draft, Hazard, HazardKind, Resource, Way};

use super::super::connect::Flavour;
use super::super::numbering;
use super::super::render;
use super::super::sql::string;
use super::{name, needs, probes, users};

pub(super) fn way(cx: &Context<'_>, id: &ObjectId, delta: Delta, flavour: Flavour) -> Way {
    match delta {
        Delta::Create => Way::InPlace(vec![create(cx, id, "CREATE", flavour)]),
        Delta::Drop => Way::InPlace(vec![drop(cx, id)]),
        Delta::Alter => alter(cx, id, flavour),
    }
}

fn alter(cx: &Context<'_>, id: &ObjectId, flavour: Flavour) -> Way {
    if cx.renames.respelled.contains(id) {
        // Its name is kept as it was written once.
        return again(cx, id, flavour);
    }
    match (cx.live.get(id), cx.desired.get(id)) {
        (Some(Entry { object: Object::Function(live) | Object::Procedure(live), comment, .. }), Some(desired)) => {
            let (Object::Function(wanted) | Object::Procedure(wanted)) = &desired.object else { return Way::Within };
            // MySQL takes an empty comment of a routine for none said, and keeps the one that is there.
            let uncommented = flavour == Flavour::Mysql && comment.is_some() && desired.comment.is_none();
            if same_program(live, wanted) && !uncommented {
                let kind = if id.kind() == Kind::Procedure { "PROCEDURE" } else { "FUNCTION" };
                let what = characteristics(wanted, desired.comment.as_deref());
                let sql = format!("ALTER {kind} {}{what}", render::name(id));
                return Way::InPlace(vec![made(cx, Draft::new(id, format!("alter {id}"), sql), id)]);
            }
            // What was granted on a routine goes with it, and only MariaDB can put another in its place.
            if flavour == Flavour::Mariadb {
                return Way::InPlace(vec![create(cx, id, "CREATE OR REPLACE", flavour)]);
            }
            again(cx, id, flavour)
        }
        // MySQL has no REPLACE for triggers, and MariaDB's is a drop and a creation too.
        (Some(Entry { object: Object::Trigger(_), .. }), _) => again(cx, id, flavour),
        (Some(Entry { object: Object::View(_), .. }), _) => {
            Way::InPlace(vec![create(cx, id, "CREATE OR REPLACE", flavour)])
        }
        (Some(Entry { object: Object::Sequence(live), .. }), Some(Entry { object: Object::Sequence(wanted), .. }))
            if numbering::type_of(live) != numbering::type_of(wanted) && flavour == Flavour::Mariadb =>
        {
            again(cx, id, flavour)
        }
        (Some(live), Some(wanted)) if keeps_what_goes(live, wanted, flavour) => again(cx, id, flavour),
        _ => Way::InPlace(vec![create(cx, id, "ALTER", flavour)]),
    }
}

/// Whether something of an event goes that ALTER EVENT cannot take away.
fn keeps_what_goes(live: &Entry, wanted: &Entry, flavour: Flavour) -> bool {
    let (Object::Event(was), Object::Event(is)) = (&live.object, &wanted.object) else { return false };
    let is_preserved = |event: &ScheduledEvent| event.options.word(OptionKey::OnCompletion) == Some("preserve");
    // MariaDB takes an empty comment for none said, and keeps the one that is there, and so it does with the end.
    let kept = (live.comment.is_some() && wanted.comment.is_none()) || (was.ends.is_some() && is.ends.is_none());
    (flavour == Flavour::Mariadb && kept)
        || (is_preserved(was) && !is_preserved(is) && !render::can_say_not_preserve(&is.options))
}

/// Triggers that come behind one that is made again, which would else come behind them.
pub(super) fn behind(cx: &Context<'_>, flavour: Flavour) -> Vec<(ObjectId, String, Vec<Draft>)> {
    let altered = cx.deltas.iter().filter(|(id, delta)| id.kind() == Kind::Trigger && **delta == Delta::Alter);
    let mut left: Vec<ObjectId> = altered.map(|(id, _)| id.clone()).collect();
    let mut found = BTreeMap::new();
    while let Some(first) = left.pop() {
        let Some(table) = first.parent() else { continue };
        for (id, entry) in cx.desired.children(table) {
            let Object::Trigger(trigger) = &entry.object else { continue };
            let is_next = trigger.follows.as_ref() == Some(first.name()) && cx.delta(id).is_none();
            if is_next && !found.contains_key(id) {
                let because = format!("it comes behind {first}");
                found.insert(id.clone(), (because, vec![drop(cx, id), create(cx, id, "CREATE", flavour)]));
                left.push(id.clone());
            }
        }
    }
    found.into_iter().map(|(id, (because, drafts))| (id, because, drafts)).collect()
}

/// Drops it and makes it again. The two have no order of their own: the name that one frees the other takes.
fn again(cx: &Context<'_>, id: &ObjectId, flavour: Flavour) -> Way {
    Way::Recreate(vec![drop(cx, id), create(cx, id, "CREATE", flavour)])
}

/// All of a routine that ALTER can change, with what an absent one is.
fn characteristics(routine: &Routine, comment: Option<&str>) -> String {
    let mut options = routine.options.clone();
    for (key, default) in [(OptionKey::SqlDataAccess, "contains sql"), (OptionKey::Security, "definer")] {
        if options.word(key).is_none() {
            options.put(key, crate::catalog::OptionValue::Text(default.to_owned()));
        }
    }
    render::characteristics(&options, Some(comment.unwrap_or_default()))
}

/// Whether only characteristics differ that ALTER FUNCTION can change.
fn same_program(a: &Routine, b: &Routine) -> bool {
    let bare = |routine: &Routine| {
        let mut routine = routine.clone();
        for key in [OptionKey::SqlDataAccess, OptionKey::Security] {
            routine.options.clear(key);
        }
        routine
    };
    bare(a) == bare(b)
}

fn made(cx: &Context<'_>, draft: Draft, id: &ObjectId) -> Draft {
    draft.producing([Resource::New(id.clone())]).preferring(needs(cx, id))
}

fn create(cx: &Context<'_>, id: &ObjectId, verb: &str, flavour: Flavour) -> Draft {
    let entry = cx.desired.get(id);
    let comment = entry.and_then(|entry| entry.comment.as_deref());
    let (sql, options) = match entry.map(|entry| &entry.object) {
        Some(Object::View(view)) => (render::view(id, view, verb != "CREATE"), Some(&view.options)),
        Some(Object::Trigger(trigger)) => (render::trigger(id, trigger), Some(&trigger.options)),
        Some(Object::Function(routine) | Object::Procedure(routine)) => {
            (render::routine(id, routine, comment).replacen("CREATE", verb, 1), Some(&routine.options))
        }
        Some(Object::Event(event)) => {
            (render::event(id, &from_when_on(cx, id, event), comment, verb), Some(&event.options))
        }
        Some(Object::Sequence(sequence)) => {
            let mut sql = render::sequence(id, sequence, comment, verb);
            // The number that comes next has to be one of those that it may give (error 4085).
            if let (Some(Object::Sequence(live)), "ALTER") = (cx.live.object(id), verb) {
                let ((least, greatest), (lowest, highest)) = (numbering::range(live), numbering::range(sequence));
                if least > highest || greatest < lowest {
                    sql.push_str(" RESTART");
                }
            }
            (sql, None)
        }
        Some(Object::Database(database)) => (render::database(database, comment, flavour), None),
        _ => (String::new(), None),
    };
    let what = if verb == "CREATE" { "create" } else { "alter" };
    let mut statements = under_its_mode(id, sql, options);
    if let (Kind::Sequence, "ALTER", Some(live)) = (id.kind(), verb, cx.live.get(id)) {
        if entry.is_some_and(|entry| entry.object == live.object) {
            statements.clear();
        }
        // ALTER SEQUENCE knows no comment.
        if live.comment.as_deref() != comment {
            statements.push(format!(
                "ALTER TABLE {} COMMENT = {}",
                render::name(id),
                string(comment.unwrap_or_default())
            ));
        }
    }
    let mut lost = None;
    if verb == "CREATE" && cx.live.contains(id) && matches!(id.kind(), Kind::Function | Kind::Procedure) {
        let (again, hazard) = granted(cx, id);
        statements.extend(again);
        lost = hazard;
    }
    let mut draft = made(cx, Draft::of(id, format!("{what} {id}"), statements), id).risking(lost);
    if verb == "CREATE" {
        draft = draft.producing([name(id)]);
    }
    if let Some(Object::Trigger(trigger)) = entry.map(|entry| &entry.object) {
        let first =
            trigger.follows.iter().filter_map(|name| id.parent().map(|table| table.child(Kind::Trigger, name.clone())));
        draft = draft.consuming(first.map(Resource::New)).consuming(id.parent().cloned().map(Resource::New));
    }
    draft
}

/// An event of which no beginning is said goes on as it does: without one it would begin anew, and run at once.
fn from_when_on(cx: &Context<'_>, id: &ObjectId, event: &ScheduledEvent) -> ScheduledEvent {
    let old = cx.live.object(id).or_else(|| cx.live.object(cx.renames.remade.get(id)?));
    let starts = match old {
        Some(Object::Event(old))
            // One that runs once has a moment, and no beginning.
            if !event.schedule.canonical().starts_with("at ")
                && old.options.word(OptionKey::TimeZone) == event.options.word(OptionKey::TimeZone) =>
        {
            old.starts.clone()
        }
        _ => None,
    };
    ScheduledEvent { starts: event.starts.clone().or(starts), ..event.clone() }
}

/// What gives back what was granted on a routine that is made again, and what to know of it.
fn granted(cx: &Context<'_>, id: &ObjectId) -> (Vec<String>, Option<Hazard>) {
    let (again, message) = match &cx.read.granted_again {
        Some(all) => (all.get(id).cloned().unwrap_or_default(), "what was granted on it is granted again behind it"),
        None => (
            Vec::new(),
            "what was granted on it (EXECUTE) is lost: this user cannot read mysql.procs_priv, so it cannot be given back",
        ),
    };
    let hazard = Hazard { kind: HazardKind::Notice, id: id.clone(), message: message.to_owned() };
    let is_said = !again.is_empty() || cx.read.granted_again.is_none();
    (again, Some(hazard).filter(|_| is_said))
}

/// A program keeps the `sql_mode` and the collation that it is made under, an event the time zone too, also where it is
/// altered. Where nothing is said of the mode or the zone it is the server's own, as if people had made it, never that of
/// trueup's session. It keeps the charset of the client too, which can be said where the text that trueup sends is the same
/// in it.
fn under_its_mode(id: &ObjectId, sql: String, options: Option<&Options>) -> Vec<String> {
    let Some(options) = options else { return vec![sql] };
    let mode = options.word(OptionKey::SqlMode).map_or_else(|| "@@GLOBAL.sql_mode".to_owned(), string);
    let collation = options.word(OptionKey::CollationConnection).map(string);
    let client = options.word(OptionKey::CharacterSetClient).filter(|charset| is_same_in(&sql, charset)).map(string);
    // A view is kept as it was understood; its text is the server's, under the session's mode.
    let mode = Some(mode).filter(|_| id.kind() != Kind::View);
    let zone = (id.kind() == Kind::Event)
        .then(|| options.word(OptionKey::TimeZone).map_or_else(|| "@@GLOBAL.time_zone".to_owned(), string));
    let set: Vec<(&str, String)> = mode
        .map(|mode| ("sql_mode", mode))
        .into_iter()
        .chain(collation.map(|collation| ("collation_connection", collation)))
        .chain(zone.map(|zone| ("time_zone", zone)))
        .chain(client.map(|charset| ("character_set_client", charset)))
        .collect();
    let keep = set.iter().map(|(variable, _)| format!("SET @trueup_{variable} = @@SESSION.{variable}"));
    let put = set.iter().map(|(variable, value)| format!("SET SESSION {variable} = {value}"));
    let back = set.iter().map(|(variable, _)| format!("SET SESSION {variable} = @trueup_{variable}"));
    keep.chain(put).chain([sql]).chain(back).collect()
}

/// Whether a text is the same byte for byte in the charset of another client.
fn is_same_in(sql: &str, charset: &str) -> bool {
    match charset {
        "utf8mb4" => false,
        "utf8" | "utf8mb3" => sql.chars().all(|letter| letter.len_utf8() < 4),
        _ => sql.is_ascii(),
    }
}

fn drop(cx: &Context<'_>, id: &ObjectId) -> Draft {
    let word = match id.kind() {
        Kind::View => "VIEW",
        Kind::Trigger => "TRIGGER",
        Kind::Function => "FUNCTION",
        Kind::Procedure => "PROCEDURE",
        Kind::Sequence => "SEQUENCE",
        _ => "EVENT",
    };
    let mut draft = Draft::new(id, format!("drop {id}"), format!("DROP {word} {}", render::name(id)))
        .destroying([Resource::Old(id.clone()), name(id)]);
    if id.kind() == Kind::View && !cx.desired.contains(id) {
        draft = draft.risking(users::left_over(cx, id));
    }
    if id.kind() == Kind::Sequence {
        return draft.asking([probes::place_of_sequence(id)]);
    }
    // What refers to it goes first, where it goes; what it names may go before or after.
    let references = cx.live.get(id).map(|entry| entry.references(id)).unwrap_or_default();
    draft.preferring(references.into_iter().map(Resource::Old))
}
