//! One file a kind: what it looks like in the TOML, and what it becomes in the catalog.

mod column;
mod constraint;
mod index;
mod later;
mod table;
mod trigger;
mod view;
mod virtual_table;

use crate::catalog::Kind;

use super::lower::{Declared, Lowering};
use super::spec::{Databases, Key, Section, Shape};

pub(super) use constraint::check_references;
pub(super) use index::PART;
pub(super) use later::LATER;
pub(super) use table::is_addition;

/// The sections at the top of a file that trueup reads.
pub(super) static TOP: &[&Section] = &[&table::TABLE, &virtual_table::VIRTUAL_TABLE, &view::VIEW];

/// The keys at the head of a file.
pub(super) static HEAD: &[Key] = &[
    Key::new("only", Shape::Only, "The databases that this file is for; the others do not see it."),
    Key::new("in_schema", Shape::Name, "The schema of the objects in this file.")
        .only(Databases::POSTGRES)
        .hint("the name of a schema in a string: in_schema = \"billing\""),
    Key::new(
        "allow_empty",
        Shape::Bool,
        "Whether TOML that declares nothing is meant so; else it is an error, never \"drop everything\".",
    ),
];

/// What every object takes.
static COMMON: &[Key] = &[
    Key::new("comment", Shape::Text, "What people should know about it; kept in the database where that has comments."),
    Key::new(
        "ignore",
        Shape::Texts,
        "Differences that are left alone, as patterns below the object: \"column.*.default\".",
    ),
    ONLY,
];
const ONLY: Key = Key::new("only", Shape::Only, "The databases that have this object; the others do not see it.");

/// What an object with a name of its own takes.
static NAMED: &[Key] = &[Key::new(
    "renamed_from",
    Shape::Name,
    "The name it had before: it is then renamed, not dropped and made again. Harmless once done.",
)];

/// What an object takes that lives in a schema.
static OWNED: &[Key] = &[
    Key::new(
        "renamed_from",
        Shape::QualifiedName,
        "The name it had before: it is then renamed, not dropped and made again. Harmless once done.",
    ),
    Key::new("owner", Shape::Text, "The role that owns it.").only(Databases::POSTGRES),
    Key::new("grant", Shape::UnreadNames, "What each role may do with it.").only(Databases::POSTGRES),
];

/// The section of a word at the top of a file.
pub(super) fn top(word: &str) -> Option<&'static Section> {
    TOP.iter().find(|section| section.word == word).copied()
}

/// The section that declares objects of a kind.
pub(super) fn of_kind(kind: Kind) -> &'static Section {
    match kind {
        Kind::Table => &table::TABLE,
        Kind::VirtualTable => &virtual_table::VIRTUAL_TABLE,
        Kind::Column => &column::COLUMN,
        Kind::PrimaryKey => &constraint::PRIMARY_KEY,
        Kind::Unique => &constraint::UNIQUE,
        Kind::Check => &constraint::CHECK,
        Kind::ForeignKey => &constraint::FOREIGN_KEY,
        Kind::Index => &index::INDEX,
        Kind::View => &view::VIEW,
        Kind::Trigger => &trigger::TRIGGER,
        _ => &table::TABLE,
    }
}

/// Makes one top-level object and all that belongs to it.
pub(super) fn lower(lowering: &mut Lowering<'_>, section: &'static Section, declared: &Declared<'_>) {
    match section.kind {
        Some(Kind::Table) => table::lower(lowering, declared),
        Some(Kind::VirtualTable) => virtual_table::lower(lowering, declared),
        Some(Kind::View) => view::lower(lowering, declared),
        _ => {}
    }
}

/// Makes what a block adds to an object of another block.
pub(super) fn lower_addition(lowering: &mut Lowering<'_>, section: &'static Section, declared: &Declared<'_>) {
    if section.kind == Some(Kind::View) {
        view::lower_addition(lowering, declared);
    } else {
        table::lower_addition(lowering, declared);
    }
}
