//! `[enum.x]`, `[composite.x]`, `[domain.x]`, `[range.x]`.

use crate::catalog::Kind;

use super::constraint::CHECK;
use super::space::section;
use super::{COMMON, Databases, Key, KeyIndex, NAMED, OWNED, Section, Shape};

const PG: Databases = Databases::POSTGRES;

section!(pub(super) ENUM, "enum", "enum", Enum, PG, "A type with a list of values.", ["values"], &[
    Key::field("values", Shape::Values, "The values; their order counts. { value = \"paid\", renamed_from = \"payed\" } renames one."),
]);
section!(pub(super) COMPOSITE, "composite", "composite type", Composite, PG, "A type of attributes.", [], &[
    Key::new("attribute", Shape::Children(&ATTRIBUTE), "The attributes; their order counts."),
]);
pub(super) static ATTRIBUTE: Section = Section {
    word: "attribute",
    noun: "attribute",
    kind: Some(Kind::Attribute),
    on: PG,
    doc: "An attribute of a composite type.",
    short: None,
    required: &["type"],
    index: KeyIndex::new(),
    keys: &[
        &[
            Key::field("type", Shape::Type, "Its type."),
            Key::field("collation", Shape::Label, "The order of its strings, where it is not the type's own."),
        ],
        NAMED,
        COMMON,
    ],
};
section!(pub(super) DOMAIN, "domain", "domain", Domain, PG, "A type with conditions.", ["type"], &[
    Key::field("type", Shape::Type, "The type underneath."),
    Key::field("default", Shape::Literal, "What a column of it gets that says nothing."),
    Key::field("not_null", Shape::Bool, "Whether NULL is refused."),
    Key::field("collation", Shape::Label, "The order of its strings, where it is not the type's own."),
    Key::new("check", Shape::Children(&CHECK), "The conditions on its values, by name."),
]);
section!(pub(super) RANGE, "range", "range type", Range, PG, "A type of ranges.", ["subtype"], &[
    Key::field("subtype", Shape::Type, "What it is a range of."),
    Key::field("opclass", Shape::Sql, "The operator class that orders it."),
    Key::field("collation", Shape::Label, "The order of its strings."),
    Key::field("canonical", Shape::Sql, "The function that brings a range into its canonical form."),
    Key::field("subtype_diff", Shape::Sql, "The function that tells how far apart two bounds are."),
    Key::field("multirange", Shape::Label, "The name of its multirange type."),
]);
