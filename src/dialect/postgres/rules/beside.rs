//! What is said beside an object of any kind: its comment and its owner.

use crate::catalog::{Name, Object, ObjectId};
use crate::plan::{Draft, Resource};

use super::super::render::{address, comment_target};
use super::super::sql::{role, string};
use super::Cx;

/// For an object that was just made.
pub(super) fn of_created(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(entry) = cx.desired_entry(id) else { return Vec::new() };
    let comment = entry.comment.as_deref().map(|text| self::comment(cx, id, Some(text)));
    let owner = entry
        .owner
        .as_ref()
        .filter(|_| !follows_its_table(&entry.object))
        .map(|name| self::owner(cx, id, name.as_str()));
    owner.into_iter().chain(comment).map(|draft| finished(id, draft)).collect()
}

/// For an object that stays, as far as it differs.
pub(super) fn of_altered(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let (Some(old), Some(new)) = (cx.live_entry(id), cx.desired_entry(id)) else { return Vec::new() };
    let comment = (old.comment != new.comment).then(|| self::comment(cx, id, new.comment.as_deref()));
    let differs = |name: &&Name| Some(*name) != old.owner.as_ref() && !follows_its_table(&new.object);
    let owner = new.owner.as_ref().filter(differs);
    let owner = owner.map(|name| self::owner(cx, id, name.as_str()));
    owner.into_iter().chain(comment).map(|draft| finished(id, draft)).collect()
}

/// A sequence that a column owns has the owner of the table (`cannot change owner of sequence`).
fn follows_its_table(object: &Object) -> bool {
    matches!(object, Object::Sequence(sequence) if sequence.owned_by.is_some())
}

fn finished(id: &ObjectId, draft: Draft) -> Draft {
    draft.consuming(std::iter::successors(Some(id), |id| id.parent()).map(|id| Resource::New(id.clone())))
}

fn comment(cx: &Cx<'_>, id: &ObjectId, text: Option<&str>) -> Draft {
    let value = text.map_or("NULL".to_owned(), string);
    let verb = if text.is_some() { "comment on" } else { "remove the comment of" };
    Draft::new(id, format!("{verb} {id}"), format!("COMMENT ON {} IS {value}", comment_target(cx.desired, id)))
}

fn owner(cx: &Cx<'_>, id: &ObjectId, name: &str) -> Draft {
    let sql = format!("ALTER {} OWNER TO {}", address(cx.desired, id), role(name));
    Draft::new(id, format!("give {id} to {name}"), sql)
}
