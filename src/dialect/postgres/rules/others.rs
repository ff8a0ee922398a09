//! The same for what is no relation and no part of one.

use crate::catalog::{Kind, ObjectId};

use super::dispatch::{dropped, not_here, not_yet, refused};
use super::{Alter, Cx, Drafts};

/// The columns whose type changes with this object, though they are not dropped.
pub(super) fn retyped(_cx: &Cx<'_>, _id: &ObjectId) -> Vec<ObjectId> {
    Vec::new()
}

/// The statements that make an object.
#[expect(clippy::match_same_arms, reason = "one line a kind")]
pub(super) fn create(_cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    match id.kind() {
        Kind::Schema => not_yet(id),
        Kind::Extension => not_yet(id),
        Kind::Collation => not_yet(id),
        Kind::Enum => not_yet(id),
        Kind::Composite => not_yet(id),
        Kind::Attribute => not_yet(id),
        Kind::Domain => not_yet(id),
        Kind::Range => not_yet(id),
        Kind::Function => not_yet(id),
        Kind::Procedure => not_yet(id),
        Kind::Aggregate => not_yet(id),
        Kind::Operator => not_yet(id),
        Kind::OperatorFamily => not_yet(id),
        Kind::OperatorClass => not_yet(id),
        Kind::Cast => not_yet(id),
        Kind::TextSearchDictionary => not_yet(id),
        Kind::TextSearchConfiguration => not_yet(id),
        Kind::ForeignDataWrapper => not_yet(id),
        Kind::ForeignServer => not_yet(id),
        Kind::UserMapping => not_yet(id),
        Kind::EventTrigger => not_yet(id),
        Kind::Publication => not_yet(id),
        Kind::Subscription => not_yet(id),
        Kind::DefaultPrivilege => not_yet(id),
        Kind::DefaultGrants => not_yet(id),
        Kind::Grant => not_yet(id),
        Kind::Table
        | Kind::ForeignTable
        | Kind::Column
        | Kind::PrimaryKey
        | Kind::Unique
        | Kind::Check
        | Kind::ForeignKey
        | Kind::Exclusion
        | Kind::Index
        | Kind::Statistics
        | Kind::View
        | Kind::Rule
        | Kind::Trigger
        | Kind::Policy
        | Kind::Sequence
        | Kind::Database
        | Kind::VirtualTable
        | Kind::Partition
        | Kind::Event => not_here(id),
    }
}

/// The statements that drop an object.
#[expect(clippy::match_same_arms, reason = "one line a kind")]
pub(super) fn drop(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    match id.kind() {
        Kind::Schema => Ok(vec![dropped(cx, id)]),
        Kind::Extension => Ok(vec![dropped(cx, id)]),
        Kind::Collation => Ok(vec![dropped(cx, id)]),
        Kind::Enum => Ok(vec![dropped(cx, id)]),
        Kind::Composite => Ok(vec![dropped(cx, id)]),
        Kind::Attribute => not_yet(id),
        Kind::Domain => Ok(vec![dropped(cx, id)]),
        Kind::Range => Ok(vec![dropped(cx, id)]),
        Kind::Function => Ok(vec![dropped(cx, id)]),
        Kind::Procedure => Ok(vec![dropped(cx, id)]),
        Kind::Aggregate => Ok(vec![dropped(cx, id)]),
        Kind::Operator => Ok(vec![dropped(cx, id)]),
        Kind::OperatorFamily => Ok(vec![dropped(cx, id)]),
        Kind::OperatorClass => Ok(vec![dropped(cx, id)]),
        Kind::Cast => Ok(vec![dropped(cx, id)]),
        Kind::TextSearchDictionary => Ok(vec![dropped(cx, id)]),
        Kind::TextSearchConfiguration => Ok(vec![dropped(cx, id)]),
        Kind::ForeignDataWrapper => Ok(vec![dropped(cx, id)]),
        Kind::ForeignServer => Ok(vec![dropped(cx, id)]),
        Kind::UserMapping => Ok(vec![dropped(cx, id)]),
        Kind::EventTrigger => Ok(vec![dropped(cx, id)]),
        Kind::Publication => Ok(vec![dropped(cx, id)]),
        Kind::Subscription => Ok(vec![dropped(cx, id)]),
        Kind::DefaultPrivilege => not_yet(id),
        Kind::DefaultGrants => not_yet(id),
        Kind::Grant => not_yet(id),
        Kind::Table
        | Kind::ForeignTable
        | Kind::Column
        | Kind::PrimaryKey
        | Kind::Unique
        | Kind::Check
        | Kind::ForeignKey
        | Kind::Exclusion
        | Kind::Index
        | Kind::Statistics
        | Kind::View
        | Kind::Rule
        | Kind::Trigger
        | Kind::Policy
        | Kind::Sequence
        | Kind::Database
        | Kind::VirtualTable
        | Kind::Partition
        | Kind::Event => not_here(id),
    }
}

/// The statements that change an object whose own fields differ.
#[expect(clippy::match_same_arms, reason = "one line a kind")]
pub(super) fn alter(_cx: &Cx<'_>, id: &ObjectId) -> Alter {
    match id.kind() {
        Kind::Schema => refused(not_yet(id)),
        Kind::Extension => refused(not_yet(id)),
        Kind::Collation => refused(not_yet(id)),
        Kind::Enum => refused(not_yet(id)),
        Kind::Composite => refused(not_yet(id)),
        Kind::Attribute => refused(not_yet(id)),
        Kind::Domain => refused(not_yet(id)),
        Kind::Range => refused(not_yet(id)),
        Kind::Function => refused(not_yet(id)),
        Kind::Procedure => refused(not_yet(id)),
        Kind::Aggregate => refused(not_yet(id)),
        Kind::Operator => refused(not_yet(id)),
        Kind::OperatorFamily => refused(not_yet(id)),
        Kind::OperatorClass => refused(not_yet(id)),
        Kind::Cast => refused(not_yet(id)),
        Kind::TextSearchDictionary => refused(not_yet(id)),
        Kind::TextSearchConfiguration => refused(not_yet(id)),
        Kind::ForeignDataWrapper => refused(not_yet(id)),
        Kind::ForeignServer => refused(not_yet(id)),
        Kind::UserMapping => refused(not_yet(id)),
        Kind::EventTrigger => refused(not_yet(id)),
        Kind::Publication => refused(not_yet(id)),
        Kind::Subscription => refused(not_yet(id)),
        Kind::DefaultPrivilege => refused(not_yet(id)),
        Kind::DefaultGrants => refused(not_yet(id)),
        Kind::Grant => refused(not_yet(id)),
        Kind::Table
        | Kind::ForeignTable
        | Kind::Column
        | Kind::PrimaryKey
        | Kind::Unique
        | Kind::Check
        | Kind::ForeignKey
        | Kind::Exclusion
        | Kind::Index
        | Kind::Statistics
        | Kind::View
        | Kind::Rule
        | Kind::Trigger
        | Kind::Policy
        | Kind::Sequence
        | Kind::Database
        | Kind::VirtualTable
        | Kind::Partition
        | Kind::Event => refused(not_here(id)),
    }
}
