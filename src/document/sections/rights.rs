//! Who may do what: policies, grants, default privileges.

use crate::catalog::{Kind, Name, Object};

use super::super::fields::Fields;
use super::super::lower::{Declared, Lowering};
use super::object;
use super::{COMMON, Databases, Key, KeyIndex, NAMED, Section, Shape};

const PG: Databases = Databases::POSTGRES;

pub(super) static POLICY: Section = Section {
    word: "policy",
    noun: "policy",
    kind: Some(Kind::Policy),
    on: PG,
    doc: "A row-level security policy.",
    short: None,
    required: &[],
    index: KeyIndex::new(),
    keys: &[
        &[
            Key::field(
                "command",
                Shape::Words(&["all", "select", "insert", "update", "delete"]),
                "The commands it is for.",
            ),
            Key::field("roles", Shape::Roles, "The roles it is for; without: all."),
            Key::new("permissive", Shape::Not, "Whether one such policy is enough.").stored_as("restrictive"),
            Key::field("using", Shape::Sql, "The rows that can be seen."),
            Key::field("with_check", Shape::Sql, "The rows that can be written."),
        ],
        NAMED,
        COMMON,
    ],
};

pub(super) static GRANT: Section = Section {
    word: "grant",
    noun: "grant",
    kind: Some(Kind::Grant),
    on: PG,
    doc: "What a role may do with the object: exactly this.",
    short: Some((Shape::Texts, "privileges")),
    required: &["privileges"],
    index: KeyIndex::new(),
    keys: &[
        &[
            Key::field("privileges", Shape::Texts, "\"select\", \"update (a, b)\", \"all\"; an empty list: nothing."),
            Key::field("with_grant_option", Shape::Texts, "Those of them that it can pass on."),
        ],
        COMMON,
    ],
};

const fn on(word: &'static str) -> Key {
    Key::new(word, Shape::Children(&GRANT), "What each role may do with what is made, by role.")
}
static GRANTS: &[Key] = &[on("table"), on("sequence"), on("function"), on("type"), on("schema"), on("large_object")];
static IN_SCHEMA: Section = Section {
    word: "in_schema",
    noun: "schema",
    kind: None,
    on: PG,
    doc: "What is made in one schema.",
    short: None,
    required: &[],
    index: KeyIndex::new(),
    keys: &[GRANTS],
};
pub(super) static DEFAULT_PRIVILEGE: Section = Section {
    word: "default_privilege",
    noun: "default privilege",
    kind: Some(Kind::DefaultPrivilege),
    on: PG,
    doc: "What a role grants on the objects that it will make, by kind of object.",
    short: None,
    required: &[],
    index: KeyIndex::new(),
    keys: &[GRANTS, &[Key::new("in_schema", Shape::Children(&IN_SCHEMA), "The same for one schema.")], COMMON],
};

/// The nested tables of a role's default privileges.
pub(super) fn lower_default(lowering: &mut Lowering<'_>, declared: &Declared<'_>) {
    let fields = Fields::of(lowering.dialect, &DEFAULT_PRIVILEGE, declared.node);
    if !lowering.insert(declared, Object::DefaultPrivilege(crate::catalog::DefaultPrivilege {}), Vec::new()) {
        return;
    }
    kinds(lowering, declared, &fields, None);
    for schema in fields.children("in_schema") {
        let mut inner = declared.child(lowering.dialect, Kind::DefaultGrants, schema, "in_schema");
        inner.id = declared.id.clone();
        let fields = Fields::of(lowering.dialect, &IN_SCHEMA, inner.node);
        kinds(lowering, &inner, &fields, Some(&Name::exact(&*schema.key)));
    }
}

fn kinds(lowering: &mut Lowering<'_>, role: &Declared<'_>, fields: &Fields<'_>, schema: Option<&Name>) {
    for key in GRANTS {
        let grants: Vec<_> = fields.children(key.name).collect();
        let (false, Some(node), Some(place)) = (grants.is_empty(), fields.get(key.name), fields.key_place(key.name))
        else {
            continue;
        };
        let id = role.id.child_in(Kind::DefaultGrants, schema.cloned(), Name::exact(key.name));
        let of_kind = role.by_key(id, key.name, place, node);
        let object = Object::DefaultGrants(crate::catalog::DefaultGrants {});
        if !lowering.insert(&of_kind, object, Vec::new()) {
            continue;
        }
        for grant in grants {
            let mut declared = of_kind.child(lowering.dialect, Kind::Grant, grant, "");
            declared.path.retain(|key| !key.is_empty());
            object::lower(lowering, &GRANT, &declared);
        }
    }
}
