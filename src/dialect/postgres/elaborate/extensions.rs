//! Extensions: what the server has to install, and what each requires.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Kind, Name, Object, ObjectId};
use crate::diff::{Delta, Deltas};
use crate::error::Result;

use super::super::session::Session;
use super::super::sql::string;
use super::Refused;

const AVAILABLE: &str = include_str!("../queries/available_extensions.sql");

/// The versions of an extension, each with what it requires.
type Versions = BTreeMap<String, Vec<String>>;

/// The extensions that cannot be made, or cannot stay.
pub(super) fn refused(
    session: &mut Session,
    live: &Catalog,
    desired: &Catalog,
    deltas: &Deltas,
) -> Result<Vec<Refused>> {
    let is_extension = |id: &&ObjectId| id.kind() == Kind::Extension && id.parent().is_none();
    let with = |wanted: Delta| {
        deltas.iter().filter(move |(_, delta)| **delta == wanted).map(|(id, _)| id).filter(is_extension)
    };
    let mut found = Vec::new();
    for gone in with(Delta::Drop) {
        let needs = |(id, _): &(&ObjectId, _)| live.get(id).is_some_and(|entry| entry.mentions.contains(gone));
        for (id, _) in desired.iter().filter(|(id, _)| is_extension(id)).filter(needs) {
            found.push((id.clone(), None, requires(gone.name().as_str())));
        }
    }
    let made: Vec<&ObjectId> = with(Delta::Create).collect();
    if made.is_empty() {
        return Ok(found);
    }
    let available = available(session, &made)?;
    for id in made {
        let Some(versions) = available.get(id.name().as_str()) else {
            let message =
                "the server has no such extension\ninstall its package on the server first, or correct the name";
            found.push((id.clone(), None, message.to_owned()));
            continue;
        };
        let said = match desired.object(id) {
            Some(Object::Extension(extension)) => extension.version.as_deref(),
            _ => None,
        };
        if let Some(said) = said.filter(|said| !versions.contains_key(*said)) {
            let list = versions.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            found.push((id.clone(), Some("version"), format!("the server has no version {said} of it\nit has {list}")));
            continue;
        }
        // Without a version, what the newest requires is what others do too.
        let required = said.and_then(|said| versions.get(said)).or_else(|| versions.values().next_back());
        let has = |name: &String| desired.contains(&ObjectId::top(Kind::Extension, None, Name::exact(name.as_str())));
        for name in required.into_iter().flatten().filter(|name| *name != "plpgsql" && !has(name)) {
            found.push((id.clone(), None, requires(name)));
        }
    }
    Ok(found)
}

fn requires(name: &str) -> String {
    format!("it requires the extension {name}\ndeclare [extension.{name}] too")
}

/// What the server can install of some extensions.
fn available(session: &mut Session, made: &[&ObjectId]) -> Result<BTreeMap<String, Versions>> {
    let names: Vec<String> = made.iter().map(|id| string(id.name().as_str())).collect();
    let rows = session.rows(&AVAILABLE.replace("/* names */", &names.join(", ")))?;
    let mut all: BTreeMap<String, Versions> = BTreeMap::new();
    for row in &rows {
        let text = |at: usize| row.try_get(at).ok().flatten().map(str::to_owned);
        let (Some(name), Some(version)) = (text(0), text(1)) else { continue };
        let requires = text(2).unwrap_or_default().split_whitespace().map(str::to_owned).collect();
        all.entry(name).or_default().insert(version, requires);
    }
    Ok(all)
}
