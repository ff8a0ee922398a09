//! The same for what is no relation and no part of one.

use crate::catalog::{Kind, ObjectId};
use crate::plan::Draft;

use super::super::render::types;
use super::dispatch::{dropped, not_here, refused};
use super::{
    Alter, Cx, Drafts, composite, domain, enumeration, foreign, grant, kept, operator, replication, routine, space,
    text_search,
};

/// The object of a kind, where it is one.
macro_rules! of {
    ($object:expr, $kind:ident) => {
        match $object {
            Some($crate::catalog::Object::$kind(object)) => Some(object),
            _ => None,
        }
    };
}
pub(super) use of;

/// The live object and the desired one of a kind.
macro_rules! pair {
    ($cx:expr, $id:expr, $kind:ident) => {
        match ($cx.live.object($id), $cx.desired.object($id)) {
            (Some($crate::catalog::Object::$kind(old)), Some($crate::catalog::Object::$kind(new))) => Some((old, new)),
            _ => None,
        }
    };
}
pub(super) use pair;

/// What changes its type with this object, though it is not dropped.
pub(super) fn retyped(_cx: &Cx<'_>, id: &ObjectId) -> Vec<ObjectId> {
    if id.kind() == Kind::Attribute { vec![id.clone()] } else { Vec::new() }
}

/// What is done when all that uses an object that is made again has been changed.
pub(super) fn finish(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    if id.kind() == Kind::Enum { enumeration::finish(cx, id) } else { Vec::new() }
}

/// The statements that make an object.
pub(super) fn create(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    Ok(match id.kind() {
        Kind::Schema => space::create_schema(id),
        Kind::Extension => space::create_extension(cx, id),
        Kind::Collation => space::create_collation(cx, id),
        Kind::Enum => enumeration::create(cx, id),
        Kind::Composite => composite::create(cx, id),
        Kind::Attribute => composite::create_attribute(cx, id),
        Kind::Domain => domain::create(cx, id),
        Kind::Range => range(cx, id),
        Kind::Function | Kind::Procedure => routine::create(cx, id),
        Kind::Aggregate => routine::create_aggregate(cx, id),
        Kind::Operator => operator::create(cx, id),
        Kind::OperatorFamily => operator::create_family(cx, id),
        Kind::OperatorClass => operator::create_class(cx, id),
        Kind::Cast => operator::create_cast(cx, id),
        Kind::TextSearchDictionary => text_search::create_dictionary(cx, id),
        Kind::TextSearchConfiguration => text_search::create_configuration(cx, id),
        Kind::ForeignDataWrapper => foreign::create_wrapper(cx, id),
        Kind::ForeignServer => foreign::create_server(cx, id),
        Kind::UserMapping => foreign::create_mapping(cx, id),
        Kind::EventTrigger => foreign::create_event_trigger(cx, id),
        Kind::Publication => replication::create_publication(cx, id),
        Kind::Subscription => replication::create_subscription(cx, id),
        Kind::DefaultPrivilege | Kind::DefaultGrants => Vec::new(),
        Kind::Grant => grant::create(cx, id),
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
        | Kind::Event => return not_here(id),
    })
}

fn range(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(range) = of!(cx.desired.object(id), Range) else { return Vec::new() };
    vec![Draft::new(id, format!("create {id}"), types::range(id, range))]
}

/// The statements that drop an object.
pub(super) fn drop(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    Ok(match id.kind() {
        Kind::Schema => space::drop_schema(cx, id),
        Kind::Enum => enumeration::drop(cx, id),
        Kind::Composite => composite::drop(cx, id),
        Kind::Domain | Kind::Range => vec![dropped(cx, id).asking(kept::of_type(cx, id))],
        Kind::Attribute => composite::drop_attribute(cx, id),
        Kind::OperatorClass => operator::drop_class(cx, id),
        Kind::Subscription => replication::drop_subscription(cx, id),
        Kind::DefaultPrivilege | Kind::DefaultGrants => Vec::new(),
        Kind::Grant => grant::drop(cx, id),
        Kind::Extension
        | Kind::Collation
        | Kind::Function
        | Kind::Procedure
        | Kind::Aggregate
        | Kind::Operator
        | Kind::OperatorFamily
        | Kind::Cast
        | Kind::TextSearchDictionary
        | Kind::TextSearchConfiguration
        | Kind::ForeignDataWrapper
        | Kind::UserMapping
        | Kind::EventTrigger
        | Kind::Publication => vec![dropped(cx, id)],
        Kind::ForeignServer => foreign::drop_server(cx, id),
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
        | Kind::Event => return not_here(id),
    })
}

/// The statements that change an object whose own fields differ.
pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    match id.kind() {
        Kind::Schema => Alter::InPlace(Vec::new()),
        Kind::Extension => space::alter_extension(cx, id),
        Kind::Collation => space::alter_collation(cx, id),
        Kind::Enum => enumeration::alter(cx, id),
        Kind::Composite => composite::alter(cx, id),
        Kind::Attribute => composite::alter_attribute(cx, id),
        Kind::Domain => domain::alter(cx, id),
        Kind::Range | Kind::OperatorClass | Kind::Cast => Alter::Recreate,
        Kind::Function | Kind::Procedure => routine::alter(cx, id),
        Kind::Aggregate => routine::alter_aggregate(cx, id),
        Kind::Operator => operator::alter(cx, id),
        Kind::OperatorFamily => operator::alter_family(cx, id),
        Kind::TextSearchDictionary => text_search::alter_dictionary(cx, id),
        Kind::TextSearchConfiguration => text_search::alter_configuration(cx, id),
        Kind::ForeignDataWrapper => foreign::alter_wrapper(cx, id),
        Kind::ForeignServer => foreign::alter_server(cx, id),
        Kind::UserMapping => foreign::alter_mapping(cx, id),
        Kind::EventTrigger => foreign::alter_event_trigger(cx, id),
        Kind::Publication => replication::alter_publication(cx, id),
        Kind::Subscription => replication::alter_subscription(cx, id),
        Kind::DefaultPrivilege | Kind::DefaultGrants => Alter::InPlace(Vec::new()),
        Kind::Grant => Alter::InPlace(grant::alter(cx, id)),
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
