//! Privileges: exactly the difference between what somebody has and what they are to have.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Grant, Kind, Name, Object, ObjectId};
use crate::diff::Delta;
use crate::plan::{Draft, Resource};

use super::super::render::rights::{self, Rights};
use super::super::sql::{quote, role};
use super::Cx;
use super::others::of;

/// The step that gives an object its owner; what everybody has follows from who that is.
pub(super) fn owned(id: &ObjectId) -> Resource {
    Resource::Name("owner", Name::exact(id.address()))
}

/// What is built in for somebody on the parent of their grant.
fn built_in(catalog: &Catalog, id: &ObjectId, major: u32) -> Rights {
    let Some(parent) = id.parent() else { return Rights::new() };
    let who = id.name();
    let words: Vec<&str> = if parent.kind() == Kind::DefaultGrants {
        let kind = default_kind(parent);
        // In one schema, privileges are only added to those for all schemas.
        match parent.schema() {
            Some(_) => Vec::new(),
            None if parent.parent().is_some_and(|owner| owner.name() == who) => rights::all(kind, major),
            None if who.as_str() == "public" => rights::of_public(kind).to_vec(),
            None => Vec::new(),
        }
    } else if catalog.get(parent).or_else(|| catalog.get(parent.root())).and_then(|entry| entry.owner.as_ref())
        == Some(who)
    {
        rights::all(parent.kind(), major)
    } else if who.as_str() == "public" {
        match parent.kind() {
            // What initdb gives on the default schema.
            Kind::Schema if super::space::is_standing(parent) && major >= 15 => vec!["usage"],
            Kind::Schema if super::space::is_standing(parent) => vec!["create", "usage"],
            kind => rights::of_public(kind).to_vec(),
        }
    } else {
        Vec::new()
    };
    words.into_iter().map(|word| ((word.to_owned(), None), false)).collect()
}

/// The kind whose privileges a default is for.
fn default_kind(grants: &ObjectId) -> Kind {
    match grants.name().as_str() {
        "sequence" => Kind::Sequence,
        "function" => Kind::Function,
        "type" => Kind::Enum,
        "schema" => Kind::Schema,
        _ => Kind::Table,
    }
}

fn kind_of(id: &ObjectId) -> Kind {
    match id.parent() {
        Some(parent) if parent.kind() == Kind::DefaultGrants => default_kind(parent),
        Some(parent) => parent.kind(),
        None => Kind::Grant,
    }
}

fn rights_in(catalog: &Catalog, id: &ObjectId, major: u32) -> Rights {
    match of!(catalog.object(id), Grant) {
        Some(grant) => rights::rights(grant, kind_of(id), major),
        None => built_in(catalog, id, major),
    }
}

/// What somebody has once the object has the owner that it is to have: what the old one has passes to the new one, on top
/// of what that one had (`aclnewowner`).
fn has(live: &Catalog, desired: &Catalog, id: &ObjectId, major: u32) -> Rights {
    let mut has = rights_in(live, id, major);
    let Some((old, new)) = owners(live, desired, id) else { return has };
    if id.name() == old {
        return Rights::new();
    }
    if let (true, Some(parent)) = (id.name() == new, id.parent()) {
        for (right, grantable) in rights_in(live, &parent.child(Kind::Grant, old.clone()), major) {
            *has.entry(right).or_default() |= grantable;
        }
    }
    has
}

/// The owner of what a grant is on, before and after, where that changes.
fn owners<'c>(live: &'c Catalog, desired: &'c Catalog, id: &ObjectId) -> Option<(&'c Name, &'c Name)> {
    let parent = id.parent().filter(|parent| parent.kind() != Kind::DefaultGrants)?;
    let (old, new) = (live.get(parent)?.owner.as_ref()?, desired.get(parent)?.owner.as_ref()?);
    (old != new).then_some((old, new))
}

/// Whether somebody has already what the TOML gives them; `first` is what they had first on a member of an extension.
pub(in crate::dialect::postgres) fn is_the_same(
    live: &Catalog,
    desired: &Catalog,
    id: &ObjectId,
    major: u32,
    first: Option<&Grant>,
) -> bool {
    let owner = if is_on_member(id) { Some(id.root()) } else { id.parent() };
    // Defaults are there from the first that is not built in.
    if !owner.is_some_and(|owner| live.contains(owner) || owner.kind() == Kind::DefaultGrants) {
        return false;
    }
    let has = match (of!(live.object(id), Grant), first) {
        (None, Some(first)) => rights::rights(first, kind_of(id), major),
        _ => self::has(live, desired, id, major),
    };
    has == rights_in(desired, id, major)
}

/// On an object that is new, others may have left their defaults.
pub(super) fn create(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let after = rights_in(cx.desired, id, cx.major);
    let before = built_in(cx.desired, id, cx.major);
    // One that does not differ and is made all the same is made again with its object.
    let object = if is_on_member(id) { Some(id.root()) } else { id.parent() };
    let is_new = object.is_some_and(|object| !cx.live.contains(object)) || cx.delta(id) != Some(Delta::Create);
    // Nor is it known what an extension gives away when it is made.
    let cleared = if is_new { is_on_member(id) || has_defaults(cx, id) } else { false };
    let before = match owners(cx.live, cx.desired, id) {
        _ if is_on_member(id) => first(cx, id),
        Some(_) => has(cx.live, cx.desired, id, cx.major),
        None => before,
    };
    draft(cx, id, &if cleared { Rights::new() } else { before }, &after, cleared)
}

/// Whether it is on a member of an extension.
fn is_on_member(id: &ObjectId) -> bool {
    id.root().kind() == Kind::Extension && id.parent() != Some(id.root())
}

/// What somebody had on a member of an extension when that was made.
fn first(cx: &Cx<'_>, id: &ObjectId) -> Rights {
    match cx.plan.read.granted_first.get(id) {
        Some(grant) => rights::rights(grant, kind_of(id), cx.major),
        None => built_in(cx.live, id, cx.major),
    }
}

/// What defaults give on an object that is new, and the TOML does not; or take from one that is made again, and nobody had
/// taken from what it was.
pub(super) fn unsaid(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let matters = cx.complete_grants || cx.live.contains(id);
    let (true, Some(entry), Some(word)) = (matters, cx.desired_entry(id), default_word(id.kind())) else {
        return Vec::new();
    };
    let here = |schema: &Name| schema.as_str() == id.schema().map_or("public", Name::as_str);
    let who: BTreeSet<&Name> = cx
        .live
        .iter()
        .chain(cx.desired.iter())
        .map(|(grant, _)| grant)
        .filter(|grant| grant.kind() == Kind::Grant)
        .filter(|grant| {
            grant.parent().is_some_and(|of| {
                of.kind() == Kind::DefaultGrants && of.name().as_str() == word && of.schema().is_none_or(here)
            })
        })
        .map(ObjectId::name)
        .collect();
    let grants = who.into_iter().filter(|who| match &entry.owner {
        Some(owner) => owner != *who,
        // Nobody said whose it is: perhaps theirs.
        None => who.as_str() == "public",
    });
    let grants = grants.map(|who| id.child(Kind::Grant, who.clone())).filter(|grant| !cx.desired.contains(grant));
    grants.flat_map(|grant| draft(cx, &grant, &Rights::new(), &built_in(cx.desired, &grant, cx.major), true)).collect()
}

/// The word of the defaults that hold for a kind.
const fn default_word(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Table | Kind::ForeignTable | Kind::View => Some("table"),
        Kind::Sequence => Some("sequence"),
        Kind::Function | Kind::Procedure | Kind::Aggregate => Some("function"),
        Kind::Enum | Kind::Composite | Kind::Domain | Kind::Range => Some("type"),
        Kind::Schema => Some("schema"),
        Kind::Database
        | Kind::Extension
        | Kind::Collation
        | Kind::Attribute
        | Kind::Operator
        | Kind::OperatorFamily
        | Kind::OperatorClass
        | Kind::Cast
        | Kind::TextSearchDictionary
        | Kind::TextSearchConfiguration
        | Kind::ForeignDataWrapper
        | Kind::ForeignServer
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
        | Kind::Statistics
        | Kind::Rule
        | Kind::Trigger
        | Kind::Policy
        | Kind::Event
        | Kind::EventTrigger
        | Kind::Publication
        | Kind::Subscription
        | Kind::DefaultPrivilege
        | Kind::DefaultGrants
        | Kind::Grant => None,
    }
}

/// Whether anybody grants this role something on what they make.
fn has_defaults(cx: &Cx<'_>, id: &ObjectId) -> bool {
    let grants = cx.live.iter().chain(cx.desired.iter()).map(|(other, _)| other);
    let mut others = grants.filter(|other| other.kind() == Kind::Grant && other.name() == id.name());
    others.any(|other| other.root().kind() == Kind::DefaultPrivilege)
}

pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    draft(cx, id, &has(cx.live, cx.desired, id, cx.major), &rights_in(cx.desired, id, cx.major), false)
}

/// What both owners have to get or to lose because an object gets another, where nothing else of it changes.
pub(super) fn passed_on(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let of = |who: &Name| id.child(Kind::Grant, who.clone());
    let Some((old, new)) = owners(cx.live, cx.desired, &of(&Name::exact(""))).filter(|_| cx.complete_grants) else {
        return Vec::new();
    };
    let grants = [of(old), of(new)].into_iter().filter(|grant| cx.delta(grant).is_none());
    grants.flat_map(|grant| alter(cx, &grant)).collect()
}

/// Back to what is built in.
pub(super) fn drop(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let usual = match owners(cx.live, cx.desired, id) {
        _ if is_on_member(id) => first(cx, id),
        Some(_) => built_in(cx.desired, id, cx.major),
        None => built_in(cx.live, id, cx.major),
    };
    draft(cx, id, &has(cx.live, cx.desired, id, cx.major), &usual, false)
}

fn draft(cx: &Cx<'_>, id: &ObjectId, before: &Rights, after: &Rights, clear: bool) -> Vec<Draft> {
    let Some(parent) = id.parent() else { return Vec::new() };
    let column = |name: &String| parent.child(Kind::Column, Name::exact(name));
    // What a column that goes had, goes with it.
    let there = |key: &(String, Option<String>)| {
        key.1.as_ref().is_none_or(|name| cx.desired.contains(&column(name)) || !cx.live.contains(&column(name)))
    };
    let revoked: Vec<_> = before.keys().filter(|key| !after.contains_key(*key) && there(key)).collect();
    let held: Vec<_> = before
        .iter()
        .filter(|(key, grantable)| **grantable && after.get(*key) == Some(&false))
        .map(|(key, _)| key)
        .collect();
    // Revoking on the whole takes what columns have along.
    let with_columns = |key: &(String, Option<String>)| {
        key.1.is_some() && revoked.iter().any(|other| other.1.is_none() && other.0 == key.0)
    };
    let granted = |option: bool| {
        after
            .iter()
            .filter(|(_, grantable)| **grantable == option)
            .filter(|(key, grantable)| match before.get(*key) {
                None => true,
                Some(had) => (**grantable && !had) || with_columns(key),
            })
            .map(|(key, _)| key)
            .collect::<Vec<_>>()
    };
    let (plain, with_option) = (granted(false), granted(true));
    let (prefix, target) = place(cx, parent);
    let who = role(id.name().as_str());
    let mut sql = Vec::new();
    if clear {
        sql.push(format!("{prefix}REVOKE ALL ON {target} FROM {who}"));
    }
    if !revoked.is_empty() {
        let list = rights::list(revoked.iter().copied());
        // What a role passed on goes with its right to do so, which it gets again.
        for grantor in cx.read.granted_by.get(id).into_iter().flatten() {
            let giver = role(grantor.as_str());
            sql.push(format!("REVOKE GRANT OPTION FOR {list} ON {target} FROM {giver} CASCADE"));
            let keeps = rights_in(cx.desired, &parent.child(Kind::Grant, grantor.clone()), cx.major);
            let keeps = revoked.iter().copied().filter(|key| keeps.get(*key) == Some(&true)).collect::<Vec<_>>();
            if !keeps.is_empty() {
                sql.push(format!("GRANT {} ON {target} TO {giver} WITH GRANT OPTION", rights::list(keeps)));
            }
        }
        sql.push(format!("{prefix}REVOKE {list} ON {target} FROM {who}"));
    }
    if !held.is_empty() {
        sql.push(format!("{prefix}REVOKE GRANT OPTION FOR {} ON {target} FROM {who}", rights::list(held)));
    }
    if !plain.is_empty() {
        sql.push(format!("{prefix}GRANT {} ON {target} TO {who}", rights::list(plain)));
    }
    if !with_option.is_empty() {
        sql.push(format!("{prefix}GRANT {} ON {target} TO {who} WITH GRANT OPTION", rights::list(with_option)));
    }
    if sql.is_empty() {
        return Vec::new();
    }
    let columns = after.keys().filter_map(|(_, name)| name.as_ref()).map(column).map(Resource::New);
    let draft = Draft::of(id, format!("change what {} may do on {parent}", id.name()), sql).consuming(columns);
    vec![if parent.kind() == Kind::DefaultGrants {
        of_default(cx, parent, draft)
    } else if is_on_member(id) {
        let mut draft = draft.consuming([Resource::New(id.root().clone())]);
        // Its types are written without the schema that they are in.
        let catalog = if cx.desired.contains(id.root()) { cx.desired } else { cx.live };
        draft.step.in_schema =
            of!(catalog.object(id.root()), Extension).and_then(|it| Some(it.in_schema.as_ref()?.as_str().to_owned()));
        draft
    } else {
        // Who passed it on loses it last ("dependent privileges exist").
        let gave = |other: &&ObjectId| cx.read.granted_by.get(*other).is_some_and(|all| all.contains(id.name()));
        let passed = cx.live.children(parent).map(|(other, _)| other).filter(|other| *other != id).filter(gave);
        draft.consuming([owned(parent)]).preferring(passed.cloned().map(Resource::New))
    }]
}

/// What stands before GRANT, and what it is on.
fn place(cx: &Cx<'_>, parent: &ObjectId) -> (String, String) {
    if parent.kind() != Kind::DefaultGrants {
        let catalog = if cx.desired.contains(parent.root()) { cx.desired } else { cx.live };
        return (String::new(), rights::target(catalog, &by_itself(catalog, parent)));
    }
    let owner = parent.parent().map_or("", |owner| owner.name().as_str());
    let schema = parent.schema().map(|schema| format!(" IN SCHEMA {}", quote(schema.as_str())));
    let prefix = format!("ALTER DEFAULT PRIVILEGES FOR ROLE {}{} ", role(owner), schema.unwrap_or_default());
    let target = match parent.name().as_str() {
        "sequence" => "SEQUENCES",
        "function" => "FUNCTIONS",
        "type" => "TYPES",
        "schema" => "SCHEMAS",
        "large_object" => "LARGE OBJECTS",
        _ => "TABLES",
    };
    (prefix, target.to_owned())
}

/// A member of an extension as an object of its schema.
fn by_itself(catalog: &Catalog, id: &ObjectId) -> ObjectId {
    let Some(extension) = of!(id.parent().and_then(|parent| catalog.object(parent)), Extension) else {
        return id.clone();
    };
    let schema = extension.in_schema.clone().filter(|schema| schema.as_str() != "public");
    ObjectId::top(id.kind(), schema, id.name().clone())
}

/// Defaults hold for what is made after them, so they change when everything is made; they end with their schema.
fn of_default(cx: &Cx<'_>, grants: &ObjectId, draft: Draft) -> Draft {
    let schema = grants.schema().map(|schema| ObjectId::top(Kind::Schema, None, schema.clone()));
    let made = cx.deltas.keys().filter(|id| id.parent().is_none() && id.kind() != Kind::DefaultPrivilege);
    let made = made.filter(|id| matches!(cx.desired.object(id), Some(object) if !matches!(object, Object::Schema(_))));
    let after = schema.clone().filter(|schema| cx.desired.contains(schema));
    draft
        .consuming(schema.map(Resource::Old))
        .consuming(after.map(Resource::New))
        .preferring(made.cloned().map(Resource::New))
}
