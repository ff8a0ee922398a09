//! Which file answers for which kind.

use crate::catalog::{Entry, Kind, Object, ObjectId, Table};
use crate::plan::{Draft, Resource};

use super::super::render::{address, drop_statement, relation};
use super::super::sql::{name, quote};
use super::{
    Alter, Cx, Drafts, column, constraint, domain, index, others, policy, refusal, sequence, table, trigger, view,
};

/// Whether the server can rename it so.
pub(super) fn renames_in_place(from: &ObjectId, to: &ObjectId) -> bool {
    match to.kind() {
        // The types that identify them belong to their names.
        Kind::Function | Kind::Procedure | Kind::Aggregate => types(from) == types(to),
        Kind::OperatorFamily | Kind::OperatorClass => method(from) == method(to),
        Kind::Database
        | Kind::Extension
        | Kind::Operator
        | Kind::Cast
        | Kind::UserMapping
        | Kind::VirtualTable
        | Kind::Partition
        | Kind::PrimaryKey
        | Kind::Event
        | Kind::DefaultPrivilege
        | Kind::DefaultGrants
        | Kind::Grant => false,
        Kind::Schema
        | Kind::Collation
        | Kind::Enum
        | Kind::Composite
        | Kind::Attribute
        | Kind::Domain
        | Kind::Range
        | Kind::Sequence
        | Kind::TextSearchDictionary
        | Kind::TextSearchConfiguration
        | Kind::ForeignDataWrapper
        | Kind::ForeignServer
        | Kind::Table
        | Kind::ForeignTable
        | Kind::Column
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
        | Kind::EventTrigger
        | Kind::Publication
        | Kind::Subscription => true,
    }
}

fn types(id: &ObjectId) -> Option<&str> {
    id.name().as_str().split_once('(').map(|(_, types)| types)
}

fn method(id: &ObjectId) -> Option<&str> {
    id.name().as_str().rsplit_once(" using ").map(|(_, method)| method)
}

/// The name without what only identifies it beside.
pub(super) fn bare_name(id: &ObjectId) -> &str {
    match id.kind() {
        Kind::OperatorFamily | Kind::OperatorClass => {
            let text = id.name().as_str();
            text.rsplit_once(" using ").map_or(text, |(bare, _)| bare)
        }
        _ => id.bare_name(),
    }
}

/// Whether it is one of those that are told apart by the types they take.
pub(super) fn is_routine(id: &ObjectId) -> bool {
    id.kind().is_routine()
}

/// Whether both are routines of one name that take other types.
pub(super) fn are_namesakes(one: &ObjectId, other: &ObjectId) -> bool {
    is_routine(one)
        && is_routine(other)
        && one != other
        && one.schema() == other.schema()
        && bare_name(one) == bare_name(other)
}

/// The statements of a rename and of a move.
pub(super) fn rename(cx: &Cx<'_>, from: &ObjectId, to: &ObjectId) -> Draft {
    let mut sql = Vec::new();
    let mut at = from.clone();
    if from.schema() != to.schema() && to.kind().lives_in_schema() && !moves_with_table(cx, to) {
        let schema = to.schema().map_or("public", crate::catalog::Name::as_str);
        sql.push(format!("ALTER {} SET SCHEMA {}", target(cx, from), quote(schema)));
        // The server leaves these where they are.
        let left =
            cx.live.children(to).filter(|(id, entry)| id.kind() == Kind::Statistics && entry.in_schema.is_none());
        sql.extend(left.map(|(id, _)| {
            let old = quote(from.schema().map_or("public", crate::catalog::Name::as_str));
            format!("ALTER STATISTICS {old}.{} SET SCHEMA {}", name(id), quote(schema))
        }));
        at = ObjectId::top(from.kind(), to.schema().cloned(), from.name().clone());
    }
    let new = quote(bare_name(to));
    if bare_name(&at) != bare_name(to) {
        sql.push(match to.kind() {
            Kind::Column => format!("ALTER TABLE {} RENAME COLUMN {} TO {new}", relation(&at), name(&at)),
            Kind::Attribute => {
                // Tables of the type have the attribute as a column.
                let is_typed = |entry: &Entry| matches!(&entry.object, Object::Table(Table { of_type: Some(_), .. }));
                let cascade = if cx.live.iter().any(|(_, entry)| is_typed(entry)) { " CASCADE" } else { "" };
                format!("ALTER TYPE {} RENAME ATTRIBUTE {} TO {new}{cascade}", relation(&at), name(&at))
            }
            Kind::Unique | Kind::Check | Kind::ForeignKey | Kind::Exclusion => {
                let owner = if to.root().kind() == Kind::Domain { "DOMAIN" } else { "TABLE" };
                format!("ALTER {owner} {} RENAME CONSTRAINT {} TO {new}", relation(&at), name(&at))
            }
            _ => format!("ALTER {} RENAME TO {new}", target(cx, &at)),
        });
    }
    // Schemas that are renamed are so before what is in them.
    let schema = to.schema().map(|name| ObjectId::top(Kind::Schema, None, name.clone()));
    let schema = schema.filter(|schema| !cx.renames.origins.contains_key(schema)).map(Resource::New);
    // Nor does a schema go before what leaves it.
    let left = from.schema().filter(|_| from.schema() != to.schema());
    let left = left.map(|name| Resource::Old(ObjectId::top(Kind::Schema, None, name.clone())));
    Draft::of(to, format!("rename {from} to {}", to.name()), sql).consuming(schema).consuming(left)
}

/// Whether it is a sequence of a column: the server moves it into another schema with the table, and not else. It has its
/// new name before that.
fn moves_with_table(cx: &Cx<'_>, id: &ObjectId) -> bool {
    let table = goes_with(cx, id).and_then(|column| column.parent().cloned());
    table.is_some_and(|table| cx.renames.origins.get(&table).is_some_and(|old| old.schema() != table.schema()))
}

/// ALTER TABLE takes every kind of relation, so nobody need know which views are materialised.
fn target(cx: &Cx<'_>, id: &ObjectId) -> String {
    match id.kind() {
        Kind::View => format!("TABLE {}", super::super::sql::qualified(id)),
        _ => address(cx.live, id),
    }
}

/// What drops an object beside the object that it belongs to.
pub(super) fn goes_with(cx: &Cx<'_>, id: &ObjectId) -> Option<ObjectId> {
    match cx.live.object(id) {
        Some(Object::Sequence(sequence)) => sequence.owned_by.clone(),
        _ => None,
    }
}

/// The columns whose type changes with this object, though they are not dropped.
pub(super) fn retyped(cx: &Cx<'_>, id: &ObjectId) -> Vec<ObjectId> {
    match id.kind() {
        Kind::Column if column::is_retyped(cx, id) => vec![id.clone()],
        _ => others::retyped(cx, id),
    }
}

/// The statements that make an object.
pub(super) fn create(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    match id.kind() {
        Kind::Column => column::create(cx, id),
        Kind::Check if domain::has(id) => domain::create_check(cx, id),
        Kind::Table | Kind::ForeignTable => table::create(cx, id),
        Kind::PrimaryKey | Kind::Unique | Kind::Check | Kind::ForeignKey | Kind::Exclusion => {
            constraint::create(cx, id)
        }
        Kind::Index => index::create(cx, id),
        Kind::View => view::create(cx, id),
        Kind::Trigger | Kind::Rule => trigger::create(cx, id),
        Kind::Policy | Kind::Statistics => policy::create(cx, id),
        Kind::Sequence => sequence::create(cx, id),
        Kind::Schema
        | Kind::Extension
        | Kind::Collation
        | Kind::Enum
        | Kind::Composite
        | Kind::Attribute
        | Kind::Domain
        | Kind::Range
        | Kind::Function
        | Kind::Procedure
        | Kind::Aggregate
        | Kind::Operator
        | Kind::OperatorFamily
        | Kind::OperatorClass
        | Kind::Cast
        | Kind::TextSearchDictionary
        | Kind::TextSearchConfiguration
        | Kind::ForeignDataWrapper
        | Kind::ForeignServer
        | Kind::UserMapping
        | Kind::EventTrigger
        | Kind::Publication
        | Kind::Subscription
        | Kind::DefaultPrivilege
        | Kind::DefaultGrants
        | Kind::Grant => others::create(cx, id),
        Kind::Database | Kind::VirtualTable | Kind::Partition | Kind::Event => not_here(id),
    }
}

/// The statements that drop an object.
pub(super) fn drop(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    match id.kind() {
        Kind::Column => column::drop(cx, id),
        Kind::Check if domain::has(id) => domain::drop_check(cx, id),
        Kind::Table | Kind::ForeignTable => table::drop(cx, id),
        Kind::PrimaryKey | Kind::Unique | Kind::Check | Kind::ForeignKey | Kind::Exclusion => constraint::drop(cx, id),
        Kind::Index => index::drop(cx, id),
        Kind::View => view::drop(cx, id),
        Kind::Trigger | Kind::Rule => trigger::drop(cx, id),
        Kind::Policy | Kind::Statistics => policy::drop(cx, id),
        Kind::Sequence => sequence::drop(cx, id),
        Kind::Schema
        | Kind::Extension
        | Kind::Collation
        | Kind::Enum
        | Kind::Composite
        | Kind::Attribute
        | Kind::Domain
        | Kind::Range
        | Kind::Function
        | Kind::Procedure
        | Kind::Aggregate
        | Kind::Operator
        | Kind::OperatorFamily
        | Kind::OperatorClass
        | Kind::Cast
        | Kind::TextSearchDictionary
        | Kind::TextSearchConfiguration
        | Kind::ForeignDataWrapper
        | Kind::ForeignServer
        | Kind::UserMapping
        | Kind::EventTrigger
        | Kind::Publication
        | Kind::Subscription
        | Kind::DefaultPrivilege
        | Kind::DefaultGrants
        | Kind::Grant => others::drop(cx, id),
        Kind::Database | Kind::VirtualTable | Kind::Partition | Kind::Event => not_here(id),
    }
}

/// The statements that change an object whose own fields differ.
pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    match id.kind() {
        Kind::Column => column::alter(cx, id),
        Kind::Check if domain::has(id) => domain::alter_check(cx, id),
        Kind::Table | Kind::ForeignTable => table::alter(cx, id),
        Kind::PrimaryKey | Kind::Unique | Kind::Check | Kind::ForeignKey | Kind::Exclusion => constraint::alter(cx, id),
        Kind::Index => index::alter(cx, id),
        Kind::View => view::alter(cx, id),
        Kind::Trigger | Kind::Rule => trigger::alter(cx, id),
        Kind::Policy | Kind::Statistics => policy::alter(cx, id),
        Kind::Sequence => sequence::alter(cx, id),
        Kind::Schema
        | Kind::Extension
        | Kind::Collation
        | Kind::Enum
        | Kind::Composite
        | Kind::Attribute
        | Kind::Domain
        | Kind::Range
        | Kind::Function
        | Kind::Procedure
        | Kind::Aggregate
        | Kind::Operator
        | Kind::OperatorFamily
        | Kind::OperatorClass
        | Kind::Cast
        | Kind::TextSearchDictionary
        | Kind::TextSearchConfiguration
        | Kind::ForeignDataWrapper
        | Kind::ForeignServer
        | Kind::UserMapping
        | Kind::EventTrigger
        | Kind::Publication
        | Kind::Subscription
        | Kind::DefaultPrivilege
        | Kind::DefaultGrants
        | Kind::Grant => others::alter(cx, id),
        Kind::Database | Kind::VirtualTable | Kind::Partition | Kind::Event => refused(not_here(id)),
    }
}

/// `DROP kind name`.
pub(super) fn dropped(cx: &Cx<'_>, id: &ObjectId) -> Draft {
    Draft::new(id, format!("drop {id}"), drop_statement(cx.live, id))
}

pub(super) fn not_here(id: &ObjectId) -> Drafts {
    Err(refusal(id, format!("PostgreSQL has no {} of this kind", id.kind().noun()), "remove it from the TOML"))
}

pub(super) fn refused(drafts: Drafts) -> Alter {
    drafts.map_or_else(Alter::Refuse, Alter::InPlace)
}
