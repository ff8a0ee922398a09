//! The roles that the TOML names. They are not trueup's to make, so each has to be there, under a name that means the same
//! role for everybody who applies.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Entry, Kind, Name, Object, ObjectId};
use crate::diff::Deltas;
use crate::error::Result;

use super::super::session::Session;
use super::super::sql::string;
use super::Refused;

/// Words for whoever runs a statement: the server keeps who that was.
const PASSING: &[&str] = &["current_user", "current_role", "session_user"];

/// The objects that name a role that passes, or one that is not there.
pub(super) fn refused(session: &mut Session, desired: &Catalog, deltas: &Deltas) -> Result<Vec<Refused>> {
    let differ = deltas.keys().filter_map(|id| Some((id, desired.get(id)?)));
    let all: Vec<(&ObjectId, Option<&'static str>, &str)> =
        differ.flat_map(|(id, entry)| named(id, entry).into_iter().map(move |(at, role)| (id, at, role))).collect();
    let there = there(session, all.iter().map(|(.., role)| *role).collect())?;
    let found = all.into_iter().filter_map(|(id, attribute, role)| {
        let message = if PASSING.contains(&role) {
            format!("`{role}` is whoever applies, not always the same\nwrite the name of the role")
        } else if there.contains(role) {
            return None;
        } else {
            format!("role \"{role}\" does not exist\nroles are made outside of trueup: make it first, or name another")
        };
        Some((id.clone(), attribute, message))
    });
    Ok(found.collect())
}

/// Those of some roles that the server has.
fn there(session: &mut Session, named: BTreeSet<&str>) -> Result<BTreeSet<String>> {
    if named.is_empty() {
        return Ok(BTreeSet::new());
    }
    let names: Vec<String> = named.into_iter().map(string).collect();
    let rows = session.rows(&format!("select rolname from pg_roles where rolname in ({})", names.join(", ")))?;
    Ok(rows.iter().filter_map(|row| row.try_get(0).ok().flatten()).map(str::to_owned).collect())
}

/// The roles that an object names, each with the attribute that does; `public` is none.
fn named<'c>(id: &'c ObjectId, entry: &'c Entry) -> Vec<(Option<&'static str>, &'c str)> {
    let mut roles: Vec<(Option<&'static str>, &str)> = Vec::new();
    roles.extend(entry.owner.as_ref().map(|owner| (Some("owner"), Name::as_str(owner))));
    if let Object::Policy(policy) = &entry.object {
        roles.extend(policy.roles.iter().map(|role| (Some("roles"), role.as_str())));
    }
    if matches!(id.kind(), Kind::Grant | Kind::UserMapping | Kind::DefaultPrivilege) {
        roles.push((None, id.name().as_str()));
    }
    roles.retain(|(_, role)| *role != "public");
    roles
}
