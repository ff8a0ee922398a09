//! What is said beside an object of any kind: its comment and its owner.

use crate::catalog::{Extension, Kind, Name, Object, ObjectId};
use crate::plan::{Draft, Resource};

use super::super::render::{address, comment_target};
use super::super::sql::{role, string};
use super::{Cx, grant, space};

/// For an object that was just made.
pub(super) fn of_created(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(entry) = cx.desired_entry(id) else { return Vec::new() };
    let comment = entry.comment.as_deref().map(|text| self::comment(cx, id, Some(text)));
    let owner = entry
        .owner
        .as_ref()
        .filter(|_| has_owner(id.kind()) && !follows_its_table(&entry.object))
        .map(|name| self::owner(cx, id, name.as_str()));
    // The default schema was there before.
    let unsaid = if space::is_standing(id) { Vec::new() } else { grant::unsaid(cx, id) };
    owner.into_iter().chain(comment).chain(unsaid).map(|draft| finished(id, draft)).collect()
}

/// For an object that stays, as far as it differs.
pub(super) fn of_altered(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let (Some(old), Some(new)) = (cx.live_entry(id), cx.desired_entry(id)) else { return Vec::new() };
    let comment = (old.comment != new.comment).then(|| self::comment(cx, id, new.comment.as_deref()));
    let differs =
        |name: &&Name| has_owner(id.kind()) && Some(*name) != old.owner.as_ref() && !follows_its_table(&new.object);
    let owner = new.owner.as_ref().filter(differs);
    let passed_on = owner.map(|_| grant::passed_on(cx, id)).into_iter().flatten();
    let owner = owner.map(|name| self::owner(cx, id, name.as_str()));
    owner.into_iter().chain(comment).chain(passed_on).map(|draft| finished(id, draft)).collect()
}

/// A sequence that a column owns has the owner of the table (`cannot change owner of sequence`).
fn follows_its_table(object: &Object) -> bool {
    matches!(object, Object::Sequence(sequence) if sequence.owned_by.is_some())
}

fn finished(id: &ObjectId, draft: Draft) -> Draft {
    draft.consuming(std::iter::successors(Some(id), |id| id.parent()).map(|id| Resource::New(id.clone())))
}

fn comment(cx: &Cx<'_>, id: &ObjectId, text: Option<&str>) -> Draft {
    let value = match text {
        Some(text) => string(text),
        // What initdb says of it.
        None if space::is_standing(id) => string("standard public schema"),
        None => match cx.live.object(id) {
            Some(Object::Extension(Extension { own_comment: Some(own), .. })) => string(own),
            _ => "NULL".to_owned(),
        },
    };
    let verb = if text.is_some() { "comment on" } else { "remove the comment of" };
    Draft::new(id, format!("{verb} {id}"), format!("COMMENT ON {} IS {value}", comment_target(cx.desired, id)))
}

fn owner(cx: &Cx<'_>, id: &ObjectId, name: &str) -> Draft {
    let sql = format!("ALTER {} OWNER TO {}", address(cx.desired, id), role(name));
    Draft::new(id, format!("give {id} to {name}"), sql).producing([grant::owned(id)])
}

/// Whether `ALTER ... OWNER TO` takes it.
fn has_owner(kind: Kind) -> bool {
    match kind {
        Kind::Database
        | Kind::Schema
        | Kind::Collation
        | Kind::Enum
        | Kind::Composite
        | Kind::Domain
        | Kind::Range
        | Kind::Sequence
        | Kind::Function
        | Kind::Procedure
        | Kind::Aggregate
        | Kind::Operator
        | Kind::OperatorFamily
        | Kind::OperatorClass
        | Kind::TextSearchDictionary
        | Kind::TextSearchConfiguration
        | Kind::ForeignDataWrapper
        | Kind::ForeignServer
        | Kind::Table
        | Kind::ForeignTable
        | Kind::Statistics
        | Kind::View
        | Kind::EventTrigger
        | Kind::Publication
        | Kind::Subscription => true,
        Kind::Extension
        | Kind::Attribute
        | Kind::Cast
        | Kind::UserMapping
        | Kind::VirtualTable
        | Kind::Partition
        | Kind::Column
        | Kind::PrimaryKey
        | Kind::Unique
        | Kind::Check
        | Kind::ForeignKey
        | Kind::Exclusion
        | Kind::Index
        | Kind::Rule
        | Kind::Trigger
        | Kind::Policy
        | Kind::Event
        | Kind::DefaultPrivilege
        | Kind::DefaultGrants
        | Kind::Grant => false,
    }
}
