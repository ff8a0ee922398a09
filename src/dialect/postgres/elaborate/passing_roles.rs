//! Words that stand for whoever runs a statement: the server keeps who that was, so the TOML would say another role for
//! everybody who applies it.

use crate::catalog::Catalog;
use crate::catalog::{Entry, Kind, Name, Object, ObjectId};
use crate::diff::Deltas;

const WORDS: &[&str] = &["current_user", "current_role", "session_user"];

/// The objects that name such a word in the place of a role.
pub(super) fn passing_roles(desired: &Catalog, deltas: &Deltas) -> Vec<(ObjectId, Option<&'static str>, String)> {
    let found = deltas.keys().filter_map(|id| {
        let (attribute, word) = named(id, desired.get(id)?)?;
        let message = format!("`{word}` is whoever applies, not always the same\nwrite the name of the role");
        Some((id.clone(), attribute, message))
    });
    found.collect()
}

fn named<'c>(id: &'c ObjectId, entry: &'c Entry) -> Option<(Option<&'static str>, &'c str)> {
    let passes = |name: &&str| WORDS.contains(name);
    if let Some(owner) = entry.owner.as_ref().map(Name::as_str).filter(passes) {
        return Some((Some("owner"), owner));
    }
    if let Object::Policy(policy) = &entry.object
        && let Some(role) = policy.roles.iter().map(String::as_str).find(passes)
    {
        return Some((Some("roles"), role));
    }
    let is_role = matches!(id.kind(), Kind::Grant | Kind::UserMapping | Kind::DefaultPrivilege);
    Some((None, id.name().as_str())).filter(|(_, name)| is_role && passes(name))
}
