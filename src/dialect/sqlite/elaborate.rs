//! Has SQLite judge what differs, in a database in memory, and reads the result back by the same reader.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Kind, ObjectId};
use crate::database::{Elaborated, Live};
use crate::diff::Deltas;
use crate::error::{Error, Refused, Result};

use super::blame::{attribute_of, faults, faulty_defaults, is_unregistered};
use super::rules::unregistered_collation;
use super::scratch::{Failure, Mentions, Scratch, rename};

/// How many changed objects share one database in memory: each CREATE reads the schema so far again, so one
/// database for all would take quadratic time.
const BATCH: usize = 200;

/// Judges what differs between the two catalogs.
pub(super) fn elaborate(live: &Catalog, desired: &Catalog, deltas: &Deltas) -> Result<Elaborated> {
    let changed: BTreeSet<ObjectId> = deltas.keys().map(|id| id.root().clone()).collect();
    let mut elaborated = Elaborated::default();
    if changed.is_empty() {
        return Ok(elaborated);
    }
    let mentions = Mentions::new(desired, false);
    // What looks at a table that goes is a mention of the live catalog alone.
    let gone: BTreeSet<ObjectId> = changed.iter().filter(|id| !desired.contains(id)).cloned().collect();
    let left = if gone.is_empty() { gone } else { Mentions::new(live, false).dependent(&gone) };
    let judged: BTreeSet<ObjectId> = mentions.dependent(&changed).into_iter().chain(left).collect();
    let judged: Vec<ObjectId> = judged.into_iter().filter(|id| desired.contains(id)).collect();
    for batch in judged.chunks(BATCH) {
        let batch: BTreeSet<ObjectId> = batch.iter().cloned().collect();
        let scratch = Scratch::new()?;
        let failures = scratch.make(desired, &mentions.needed(&batch));
        for failure in failures.iter().filter(|failure| batch.contains(failure.id.root())) {
            blame(failure, live, desired, deltas, &mut elaborated)?;
        }
        for table in batch.iter().filter(|id| changed.contains(*id) && !elaborated.unknown.contains_key(*id)) {
            elaborated.refused.extend(faulty_defaults(&scratch, table, live, desired));
        }
        let failed = |id: &ObjectId| failures.iter().any(|failure| id.is_within(&failure.id));
        let read = scratch.read()?;
        for id in batch.iter().filter(|id| changed.contains(*id)) {
            read_back(id, desired, &read, &failed, &mut elaborated);
        }
        let broken = read.broken.into_iter().filter(|(id, _)| batch.contains(id.root()));
        elaborated.broken.extend(broken);
    }
    Ok(elaborated)
}

/// Why SQLite refuses an object: a fault in the TOML, or something that only the application knows and that
/// the live object uses too, so that it cannot be judged here.
fn blame(
    failure: &Failure,
    live: &Catalog,
    desired: &Catalog,
    deltas: &Deltas,
    elaborated: &mut Elaborated,
) -> Result<()> {
    let root = failure.id.root();
    if is_unregistered(&failure.message) && live.contains(&failure.id) {
        let scratch = Scratch::new()?;
        let own: BTreeSet<ObjectId> = [root.clone()].into();
        let same =
            scratch.make(live, &own).into_iter().any(|old| old.id == failure.id && old.message == failure.message);
        if same {
            let reason =
                format!("{}; it is the application's own, and SQLite alone cannot judge what uses it", failure.message);
            elaborated.unknown.insert(root.clone(), reason);
            return Ok(());
        }
    }
    if !deltas.keys().any(|id| id.is_within(root)) {
        return Ok(());
    }
    elaborated.refused.extend(faults(failure, live, desired)?);
    Ok(())
}

/// Whether SQLite understood every part as it was meant: an expression that closes its own parenthesis would
/// be another schema than the TOML says.
fn read_back(
    root: &ObjectId,
    desired: &Catalog,
    read: &Live,
    failed: &dyn Fn(&ObjectId) -> bool,
    elaborated: &mut Elaborated,
) {
    if let Some(reason) = read.not_understood.get(root) {
        elaborated.refused.push((
            root.clone(),
            None,
            format!("SQLite reports it otherwise than it is written: {reason}"),
        ));
        return;
    }
    for (id, entry) in desired.within(root).filter(|(id, _)| !failed(id)) {
        let message = match read.catalog.object(id) {
            Some(object) if *object == entry.object => continue,
            Some(object) => {
                let list = crate::diff::differences(&entry.object, object);
                let words = list.iter().map(|difference| {
                    let show = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
                    format!("{} {} is read as {}", difference.attribute, show(&difference.from), show(&difference.to))
                });
                words.collect::<Vec<_>>().join("; ")
            }
            None => "SQLite does not read it as one object of its own".to_owned(),
        };
        elaborated.refused.push((id.clone(), attribute_of(id.kind()), message));
    }
}

/// The live catalog once these renames are done, by SQLite's own rewriting.
pub(super) fn after_renames(live: &Live, renames: &[(ObjectId, ObjectId)]) -> Result<Catalog> {
    if let Some(collation) = unregistered_collation(&live.catalog) {
        let reason = format!(
            "SQLite renames nothing beside an index with the collation {collation}, which only the application knows; \
             drop the index first, or rename with the application's own tool"
        );
        return Err(Refused::Impossible(vec![reason]).into());
    }
    let mentions = Mentions::new(&live.catalog, true);
    let renamed: BTreeSet<ObjectId> =
        renames.iter().map(|(from, _)| from.root().clone()).filter(|id| live.catalog.contains(id)).collect();
    let looking = mentions.dependent(&renamed);
    let related = Mentions::new(&live.catalog, false).needed(&looking);
    // What is broken is dropped and made again around the renames, so its text stays.
    let sound: BTreeSet<ObjectId> = related.iter().filter(|id| !live.broken.contains_key(*id)).cloned().collect();
    let mut catalog = live.catalog.clone();
    for id in live.broken.keys().filter(|id| id.kind() == Kind::Trigger) {
        catalog.remove(id);
    }
    let taken: BTreeSet<&str> = renames.iter().map(|(_, to)| to.name().key()).collect();
    let sound = sound.into_iter().filter(|id| id.kind() == Kind::Table || !taken.contains(id.name().key())).collect();
    let scratch = Scratch::new()?;
    if let Some(failure) = scratch.make(&catalog, &sound).first() {
        return Err(cannot_rename(&failure.id, &failure.message));
    }
    for (from, to) in renames {
        scratch.execute(&rename(from, to)).map_err(|message| cannot_rename(from, &message))?;
    }
    let read = scratch.read()?;
    let mut result = live.catalog.clone();
    for root in &sound {
        let ids: Vec<ObjectId> = result.within(root).map(|(id, _)| id.clone()).collect();
        for id in ids.iter().filter(|id| catalog.contains(id)) {
            result.remove(id);
        }
    }
    // What is left of renamed tables are their broken triggers, whose text stays.
    let left = |id: &ObjectId| renames.iter().any(|(from, _)| id.is_within(from));
    let moved: Vec<ObjectId> = result.iter().map(|(id, _)| id.clone()).filter(left).collect();
    for id in moved {
        let new = renames.iter().fold(id.clone(), |id, (from, to)| id.renamed(from, to));
        if let Some(entry) = result.remove(&id) {
            // Its new table is not there yet, and so nothing of it.
            let _ = result.insert(new, entry);
        }
    }
    for (id, entry) in read.catalog.iter() {
        // What was read back was taken out above.
        let _ = result.insert(id.clone(), entry.clone());
    }
    Ok(result)
}

fn cannot_rename(id: &ObjectId, message: &str) -> Error {
    Error::Statement {
        message: format!("SQLite cannot rename around {id}: {message}"),
        object: Some(id.clone()),
        sql: String::new(),
        help: Some("what an application registers (functions, collations, modules) is not there; rename with the application's own tool, or without what uses it".to_owned()),
    }
}
