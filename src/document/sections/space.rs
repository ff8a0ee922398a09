//! `[database]`, `[schema.x]`, `[extension.x]`, `[collation.x]`, `[sequence.x]`.

use crate::catalog::Kind;

use super::{COMMON, Databases, Key, OWNED, Section, Shape};

const PG: Databases = Databases::POSTGRES;

/// A section of which every key is a field or an option.
macro_rules! section {
    ($vis:vis $name:ident, $word:literal, $noun:literal, $kind:ident, $on:expr, $doc:literal, $required:expr, $keys:expr) => {
        $vis static $name: Section = Section {
            word: $word,
            noun: $noun,
            kind: Some(Kind::$kind),
            on: $on,
            doc: $doc,
            short: None,
            required: &$required,
            keys: &[$keys, OWNED, COMMON],
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
]);
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
    Key::field("unlogged", Shape::Bool, "Whether its value may be lost in a crash.").only(PG),
];

pub(super) const START: Key = Key::field("start", Shape::Integer, "The first number.");
pub(super) const INCREMENT: Key = Key::field("increment", Shape::Integer, "The distance between two.");
pub(super) const MINVALUE: Key = Key::field("minvalue", Shape::Integer, "The least number.");
pub(super) const MAXVALUE: Key = Key::field("maxvalue", Shape::Integer, "The greatest number.");
pub(super) const CACHE: Key = Key::field("cache", Shape::Integer, "How many numbers a session takes at once.");
pub(super) const CYCLE: Key = Key::field("cycle", Shape::Bool, "Whether it begins again after the last.");
