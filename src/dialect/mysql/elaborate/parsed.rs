//! Whether the server can read views, triggers, routines, events and partitions, which it otherwise says only in the
//! middle of an apply. PREPARE reads a CREATE statement and does nothing: MySQL refuses then to prepare such a thing (error 1295),
//! which says that it has read it.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Kind, Object, ObjectId, OptionKey, OptionValue, Options};
use crate::database::Elaborated;
use crate::diff::Delta;
use crate::error::Result;

use super::super::connect::{Session, code};
use super::super::query::Link;
use super::super::{render, sql};
use super::table::said;
use super::{Judged, scratch};

/// What is refused of the programs that are made or changed.
pub(super) fn programs(link: &mut Link<'_>, cx: &Judged<'_>, elaborated: &mut Elaborated) -> Result<()> {
    let differ = cx.deltas.iter().filter(|(id, delta)| **delta != Delta::Drop && !elaborated.equal.contains(*id));
    let written = |id: &ObjectId| elaborated.reworded.get(id).or_else(|| cx.desired.object(id));
    let made: Vec<(&ObjectId, Vec<String>)> =
        differ.filter_map(|(id, _)| Some((id, statements(cx, id, written(id)?)?))).collect();
    if made.is_empty() {
        return Ok(());
    }
    let mut all = vec!["SET @trueup_sql_mode = @@SESSION.sql_mode".to_owned()];
    all.extend(made.iter().flat_map(|(_, statements)| statements.iter().cloned()));
    all.push("DEALLOCATE PREPARE trueup_parse".to_owned());
    let mut answers = link.batch(&all)?.into_iter().skip(1);
    let mut partitions: BTreeMap<ObjectId, String> = BTreeMap::new();
    for (id, statements) in made {
        for statement in &statements {
            let Some(Err(error)) = answers.next() else { continue };
            let is_certain = match code(&error) {
                // The last three: partitions without VALUES, with those of another kind, none at all.
                Some(1064 | 1479 | 1480 | 1492) => true,
                // Something that it names is not there, and nothing that this plan makes could be it.
                Some(1054 | 1146 | 1305) => alone(cx, id),
                _ => false,
            };
            if !statement.starts_with("PREPARE") || !is_certain {
                continue;
            }
            match id.kind() {
                Kind::Table | Kind::Partition => {
                    partitions.insert(id.clone(), said(&error));
                }
                Kind::View => elaborated.refused.push((id.clone(), Some("query"), said(&error))),
                _ => elaborated.refused.push((id.clone(), Some("body"), said(&error))),
            }
        }
    }
    // What is wrong in one partition is wrong in all of them.
    let before = |message: &str| message.contains("(PARTITION `");
    let is_of_one = |(id, message): &(&ObjectId, &String)| match id.parent() {
        Some(table) => before(message) && partitions.contains_key(table),
        None => !before(message) && partitions.keys().any(|other| other.parent() == Some(id)),
    };
    for (id, message) in partitions.iter().filter(|one| !is_of_one(one)) {
        let attribute = if id.kind() == Kind::Table { "partition_by" } else { "values" };
        elaborated.refused.push((id.clone(), Some(attribute), message.clone()));
    }
    Ok(())
}

/// Whether nothing changes beside a view that it could name, nor has another name yet.
fn alone(cx: &Judged<'_>, id: &ObjectId) -> bool {
    let names = |kind: Kind| matches!(kind, Kind::Table | Kind::Column | Kind::View | Kind::Function | Kind::Sequence);
    let renamed = cx.renames.iter().any(|(_, to)| names(to.kind()));
    !renamed && cx.deltas.keys().all(|other| other == id || !names(other.kind()))
}

/// A function is written otherwise under the mode ORACLE, so one that says no mode says it where it is the server's own.
pub(super) fn under_the_servers_mode(session: &Session, cx: &Judged<'_>, elaborated: &mut Elaborated) {
    let mode = &session.global_sql_mode;
    if !mode.split(',').any(|mode| mode == "ORACLE") {
        return;
    }
    for (id, _) in cx.deltas.iter().filter(|(_, delta)| **delta != Delta::Drop) {
        if let Some(Object::Function(function)) = cx.desired.object(id)
            && function.options.word(OptionKey::SqlMode).is_none()
        {
            let mut function = function.clone();
            function.options.put(OptionKey::SqlMode, OptionValue::Text(mode.clone()));
            elaborated.reworded.insert(id.clone(), Object::Function(function));
        }
    }
}

/// The statements that have the server read one, under the mode that it will have.
fn statements(cx: &Judged<'_>, id: &ObjectId, object: &Object) -> Option<Vec<String>> {
    let comment = cx.desired.get(id)?.comment.as_deref();
    let (text, options): (String, Option<&Options>) = match object {
        Object::View(view) => (render::view(id, view, true), None),
        Object::Trigger(trigger) => {
            // It may follow one that is not there yet.
            let mut trigger = trigger.clone();
            trigger.follows = None;
            return Some(read(&render::trigger(id, &trigger), Some(&trigger.options)));
        }
        Object::Function(routine) | Object::Procedure(routine) => {
            (render::routine(id, routine, comment), Some(&routine.options))
        }
        Object::Event(event) => (render::event(id, event, comment, "CREATE"), Some(&event.options)),
        Object::Table(table) => (parted(&render::partition_by(cx.desired, id, table)?), None),
        Object::Partition(partition) => {
            let Object::Table(table) = cx.desired.object(id.parent()?)? else { return None };
            let all = render::partition_by(&Catalog::default(), id, table)?;
            (parted(&format!("{all} ({})", render::partition(id, partition, comment))), None)
        }
        _ => return None,
    };
    Some(read(&text, options))
}

/// A table that is partitioned so: its columns are looked for only when it is made.
fn parted(partitions: &str) -> String {
    format!("CREATE TABLE {} (a INT) {partitions}", sql::quote(scratch::NAME))
}

fn read(text: &str, options: Option<&Options>) -> Vec<String> {
    let mode = options
        .map(|options| options.word(OptionKey::SqlMode).map_or_else(|| "@@GLOBAL.sql_mode".to_owned(), sql::string));
    let mode = mode.unwrap_or_else(|| "@trueup_sql_mode".to_owned());
    vec![
        format!("SET @trueup_sql = {}", sql::string(text)),
        format!("SET SESSION sql_mode = {mode}"),
        "PREPARE trueup_parse FROM @trueup_sql".to_owned(),
        "SET SESSION sql_mode = @trueup_sql_mode".to_owned(),
    ]
}
