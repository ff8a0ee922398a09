//! `[database]`, `[schema.x]`, `[extension.x]`, `[collation.x]`, `[sequence.x]`.

use crate::catalog::Kind;

use super::super::fields::Fields;
use super::super::lower::{Declared, Lowering};
use super::object;
use super::rights::GRANT;
use super::{COMMON, Databases, Key, KeyIndex, OWNED, Section, Shape};

const PG: Databases = Databases::POSTGRES;

/// A section of which every key is a field or an option.
macro_rules! section {
    ($vis:vis $name:ident, $word:literal, $noun:literal, $kind:ident, $on:expr, $doc:literal, $required:expr, $keys:expr) => {
        section!($vis $name, $word, $noun, $kind, $on, $doc, $required, $keys, crate::document::sections::QUALIFIED);
    };
    ($vis:vis $name:ident, $word:literal, $noun:literal, $kind:ident, $on:expr, $doc:literal, $required:expr, $keys:expr, $renamed:expr) => {
        $vis static $name: Section = Section {
            word: $word,
            noun: $noun,
            kind: Some(Kind::$kind),
            on: $on,
            doc: $doc,
            short: None,
            required: &$required,
            index: crate::document::spec::KeyIndex::new(),
            keys: &[$keys, $renamed, OWNED, COMMON],
        };
    };
}
pub(super) use section;

section!(pub(super) DATABASE, "database", "database", Database, Databases::MYSQL,
    "The database's own character set and collation.", [], &[]);
section!(pub(super) SCHEMA, "schema", "schema", Schema, PG, "A schema.", [], &[]);
section!(pub(super) EXTENSION, "extension", "extension", Extension, PG, "An extension.", [], &[
    Key::field("in_schema", Shape::Label, "The schema of its members; without: whichever it is."),
    Key::field("version", Shape::Text, "Its version; without: any."),
    member("function"),
    member("procedure"),
    member("table"),
    member("view"),
    member("foreign_table"),
    member("sequence"),
    member("enum"),
    member("composite"),
    member("domain"),
    member("range"),
    member("foreign_data_wrapper"),
]);

const fn member(word: &'static str) -> Key {
    Key::new(word, Shape::Children(&MEMBER), "Members of it whose privileges are not those it comes with, by name.")
}

static MEMBER: Section = Section {
    word: "member",
    noun: "member of an extension",
    kind: None,
    on: PG,
    doc: "A member of the extension: it comes and goes with that, but who may use it can be said.",
    short: None,
    required: &[],
    index: KeyIndex::new(),
    keys: &[&[Key::new("grant", Shape::Children(&GRANT), "What each role may do with it, by role.")]],
};

/// What is said of members, beside the extension itself.
pub(super) fn lower_extension(lowering: &mut Lowering<'_>, declared: &Declared<'_>) {
    if !object::lower(lowering, &EXTENSION, declared) {
        return;
    }
    let fields = Fields::of(lowering.dialect, &EXTENSION, declared.node);
    for kind in Kind::ALL {
        for item in fields.children(kind.word()) {
            let member = declared.child(lowering.dialect, kind, item, kind.word());
            let fields = Fields::of(lowering.dialect, &MEMBER, member.node);
            for grant in fields.children("grant") {
                let grant = member.child(lowering.dialect, Kind::Grant, grant, "grant");
                object::lower(lowering, &GRANT, &grant);
            }
        }
    }
}
section!(pub(super) COLLATION, "collation", "collation", Collation, PG, "An order of strings.", [], &[
    Key::field("provider", Shape::Words(&["icu", "libc", "builtin"]), "Who implements it."),
    Key::field("locale", Shape::Text, "The locale, where one stands for both of the following."),
    Key::field("lc_collate", Shape::Text, "The locale of the order."),
    Key::field("lc_ctype", Shape::Text, "The locale of letter cases."),
    Key::new("deterministic", Shape::Not, "Whether only equal bytes are equal strings.").stored_as("nondeterministic"),
    Key::field("rules", Shape::Text, "Further rules of ICU."),
]);
section!(pub(super) SEQUENCE, "sequence", "sequence", Sequence, PG.or(Databases::MARIADB), "A sequence of numbers.", [], SEQUENCE_KEYS);

static SEQUENCE_KEYS: &[Key] = &[
    Key::field("type", Shape::Type, "The type of its numbers."),
    START,
    INCREMENT,
    MINVALUE,
    MAXVALUE,
    CACHE,
    CYCLE,
    Key::field("owned_by", Shape::ColumnOf, "The column with which it is dropped: \"invoice.number\".").only(PG),
    Key::field(
        "unlogged",
        Shape::Bool,
        "Whether its value may be lost in a crash; as with the table of the column that owns it where it is not said.",
    )
    .only(PG),
];

pub(super) const START: Key = Key::field("start", Shape::Integer, "The first number.");
pub(super) const INCREMENT: Key = Key::field("increment", Shape::Integer, "The distance between two.");
pub(super) const MINVALUE: Key = Key::field("minvalue", Shape::Integer, "The least number.");
pub(super) const MAXVALUE: Key = Key::field("maxvalue", Shape::Integer, "The greatest number.");
pub(super) const CACHE: Key = Key::field("cache", Shape::Integer, "How many numbers a session takes at once.");
pub(super) const CYCLE: Key = Key::field("cycle", Shape::Bool, "Whether it begins again after the last.");
