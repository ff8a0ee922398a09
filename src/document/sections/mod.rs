//! One file a kind: what it looks like in the TOML, and what it becomes in the catalog.

mod beside;
mod column;
mod constraint;
mod foreign;
mod index;
mod later;
mod object;
mod operator;
mod partition;
mod rights;
mod routine;
mod space;
mod table;
mod trigger;
mod types;
mod view;
mod virtual_table;

use crate::catalog::{Column, Kind, Object, ObjectId, Sequence};

use super::lower::{Declared, Lowering};
use super::spec::{Databases, Key, KeyIndex, Section, Shape};

pub(super) use constraint::{check_references, name_referenced_keys};
pub(super) use index::PART;
pub(super) use later::LATER;
pub(super) use partition::settle_columns;
pub(super) use table::{is_addition, may_be_added_to};

/// The sections at the top of a file that trueup reads.
pub(super) static TOP: &[&Section] = &[
    &table::TABLE,
    &virtual_table::VIRTUAL_TABLE,
    &view::VIEW,
    &space::DATABASE,
    &space::SCHEMA,
    &space::EXTENSION,
    &space::COLLATION,
    &space::SEQUENCE,
    &types::ENUM,
    &types::COMPOSITE,
    &types::DOMAIN,
    &types::RANGE,
    &routine::FUNCTION,
    &routine::PROCEDURE,
    &routine::AGGREGATE,
    &routine::EVENT,
    &operator::OPERATOR,
    &operator::OPERATOR_FAMILY,
    &operator::OPERATOR_CLASS,
    &operator::CAST,
    &operator::DICTIONARY,
    &operator::CONFIGURATION,
    &foreign::WRAPPER,
    &foreign::SERVER,
    &foreign::FOREIGN_TABLE,
    &foreign::PUBLICATION,
    &foreign::SUBSCRIPTION,
    &beside::EVENT_TRIGGER,
    &rights::DEFAULT_PRIVILEGE,
];

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

/// What an object with a name of its own takes that lives in a schema.
static QUALIFIED: &[Key] = &[Key::new(
    "renamed_from",
    Shape::QualifiedName,
    "The name it had before: it is then renamed, not dropped and made again. Harmless once done.",
)];

/// The same for what its types tell apart.
static SIGNED: &[Key] = &[Key::new(
    "renamed_from",
    Shape::SignedName,
    "The name it had before, with its types or without: it is then renamed. Harmless once done.",
)];

/// What an object takes that has an owner.
static OWNED: &[Key] = &[
    Key::new("owner", Shape::Text, "The role that owns it.").only(Databases::POSTGRES),
    Key::new("grant", Shape::Children(&rights::GRANT), "What each role may do with it, by role.")
        .only(Databases::POSTGRES),
];

/// The section of a word at the top of a file.
pub(super) fn top(word: &str) -> Option<&'static Section> {
    TOP.iter().find(|section| section.word == word).copied()
}

/// The section that declares objects of a kind.
pub(super) fn of_kind(kind: Kind) -> &'static Section {
    match kind {
        Kind::Database => &space::DATABASE,
        Kind::Schema => &space::SCHEMA,
        Kind::Extension => &space::EXTENSION,
        Kind::Collation => &space::COLLATION,
        Kind::Enum => &types::ENUM,
        Kind::Composite => &types::COMPOSITE,
        Kind::Attribute => &types::ATTRIBUTE,
        Kind::Domain => &types::DOMAIN,
        Kind::Range => &types::RANGE,
        Kind::Sequence => &space::SEQUENCE,
        Kind::Function => &routine::FUNCTION,
        Kind::Procedure => &routine::PROCEDURE,
        Kind::Aggregate => &routine::AGGREGATE,
        Kind::Operator => &operator::OPERATOR,
        Kind::OperatorFamily => &operator::OPERATOR_FAMILY,
        Kind::OperatorClass => &operator::OPERATOR_CLASS,
        Kind::Cast => &operator::CAST,
        Kind::TextSearchDictionary => &operator::DICTIONARY,
        Kind::TextSearchConfiguration => &operator::CONFIGURATION,
        Kind::ForeignDataWrapper => &foreign::WRAPPER,
        Kind::ForeignServer => &foreign::SERVER,
        Kind::UserMapping => &foreign::USER_MAPPING,
        Kind::Table => &table::TABLE,
        Kind::ForeignTable => &foreign::FOREIGN_TABLE,
        Kind::VirtualTable => &virtual_table::VIRTUAL_TABLE,
        Kind::Partition => &beside::PARTITION,
        Kind::Column => &column::COLUMN,
        Kind::PrimaryKey => &constraint::PRIMARY_KEY,
        Kind::Unique => &constraint::UNIQUE,
        Kind::Check => &constraint::CHECK,
        Kind::ForeignKey => &constraint::FOREIGN_KEY,
        Kind::Exclusion => &beside::EXCLUSION,
        Kind::Index => &index::INDEX,
        Kind::Statistics => &beside::STATISTICS,
        Kind::View => &view::VIEW,
        Kind::Rule => &beside::RULE,
        Kind::Trigger => &trigger::TRIGGER,
        Kind::Policy => &rights::POLICY,
        Kind::EventTrigger => &beside::EVENT_TRIGGER,
        Kind::Event => &routine::EVENT,
        Kind::Publication => &foreign::PUBLICATION,
        Kind::Subscription => &foreign::SUBSCRIPTION,
        Kind::DefaultPrivilege | Kind::DefaultGrants => &rights::DEFAULT_PRIVILEGE,
        Kind::Grant => &rights::GRANT,
    }
}

/// Makes one top-level object and all that belongs to it.
pub(super) fn lower(lowering: &mut Lowering<'_>, section: &'static Section, declared: &Declared<'_>) {
    match section.kind {
        Some(Kind::Table) => table::lower(lowering, declared),
        Some(Kind::VirtualTable) => virtual_table::lower(lowering, declared),
        Some(Kind::View) => view::lower(lowering, declared),
        Some(Kind::DefaultPrivilege) => rights::lower_default(lowering, declared),
        Some(Kind::Extension) => space::lower_extension(lowering, declared),
        _ => {
            object::lower(lowering, section, declared);
        }
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

/// What `bigserial` stands for: a sequence that belongs to the column, and the default that takes from it.
fn sequence_of(lowering: &mut Lowering<'_>, column: &Declared<'_>, ty: &str, object: &mut Column) {
    let Some(table) = column.id.parent() else { return };
    let name = lowering.dialect.sequence_name(table.name(), column.id.name());
    let id = ObjectId::top(Kind::Sequence, table.schema().cloned(), lowering.name(Kind::Sequence, &name));
    let quoted = match table.schema() {
        Some(schema) => format!("{}.{}", sequence_word(schema.as_str()), sequence_word(&name)),
        None => sequence_word(&name),
    };
    object.ty = Some(lowering.dialect.type_name(ty));
    object.default =
        Some(lowering.dialect.default_value(&format!("nextval('{}'::regclass)", quoted.replace('\'', "''"))));
    let sequence = Sequence {
        ty: (ty != "bigint").then(|| lowering.dialect.type_name(ty)),
        owned_by: Some(column.id.clone()),
        ..Sequence::default()
    };
    let declared = column.by_key(id, "type", column.place, column.node);
    lowering.insert(&declared, Object::Sequence(sequence), Vec::new());
}

/// A name as the server writes it inside `nextval`.
fn sequence_word(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if plain { name.to_owned() } else { super::names::quoted(name) }
}

/// The columns of views have no NULL of their own to be said.
fn view_columns(lowering: &mut Lowering<'_>) {
    for (id, ..) in std::mem::take(&mut lowering.nulls) {
        if let Some(Object::Column(column)) = lowering.desired.catalog.get_mut(&id).map(|entry| &mut entry.object) {
            column.null = true;
        }
    }
}
