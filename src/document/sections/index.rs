//! `[table.order.index]`.

use crate::catalog::{Index, Kind, Object, PartOf};

use super::super::fields::{Attributes, Fields};
use super::super::lower::{Declared, Lowering};
use super::super::stored;
use super::{COMMON, Databases, Key, KeyIndex, NAMED, Section, Shape};

const PG: Databases = Databases::POSTGRES;
const MY: Databases = Databases::MYSQL;

pub(super) static INDEX: Section = Section {
    word: "index",
    noun: "index",
    kind: Some(Kind::Index),
    on: Databases::ANY,
    doc: "An index.",
    short: Some((Shape::Parts, "columns")),
    required: &["columns"],
    index: KeyIndex::new(),
    keys: &[KEYS, NAMED, COMMON],
};

static KEYS: &[Key] = &[
    Key::new("columns", Shape::Parts, "Its columns and expressions, in their order."),
    Key::new("unique", Shape::Bool, "Whether a key may be there only once."),
    Key::new("where", Shape::Sql, "The rows it covers, if not all.").only(PG.or(Databases::SQLITE)),
    Key::field("method", Shape::Text, "How it is built: \"gin\", \"hash\".").only(PG.or(MY)),
    Key::field("include", Shape::Names, "Columns that it carries along.").only(PG),
    Key::field("nulls_not_distinct", Shape::Bool, "Whether two NULLs are the same.").only(PG),
    Key::field("with", Shape::Params, "Storage parameters.").only(PG),
    Key::field(
        "part_of",
        Shape::IndexOf,
        "The index of the partitioned table that it is a part of: \"event.event_day\".",
    )
    .only(PG),
    Key::new("tablespace", Shape::Text, "Where it is kept.").only(PG),
    Key::new("kind", Shape::Words(&["fulltext", "spatial", "vector"]), "What it is for.").only(MY),
    Key::new("parser", Shape::Text, "What splits texts into words.").only(MY),
    Key::new("invisible", Shape::Bool, "Whether queries do without it.").only(MY),
    Key::new("ignored", Shape::Bool, "Whether queries do without it.").only(Databases::MARIADB),
    Key::new("without_overlaps", Shape::Bool, "Whether keys are unique at each moment of the period at its end.")
        .only(Databases::MARIADB),
    Key::new("m", Shape::Integer, "How many neighbours a vector has.").only(Databases::MARIADB),
    Key::new("distance", Shape::Text, "How far two vectors are apart.").only(Databases::MARIADB),
];

/// One entry of `columns`, where it is a table.
pub(in crate::document) static PART: &[Key] = &[
    Key::new("column", Shape::Name, "A column."),
    Key::new("sql", Shape::Sql, "An expression, in place of a column."),
    Key::new("order", Shape::Words(&["asc", "desc"]), "Which way it is sorted."),
    Key::new("collation", Shape::Text, "The order of its strings."),
    Key::new("nulls", Shape::Words(&["first", "last"]), "Where NULLs stand.").only(PG),
    Key::new("opclass", Shape::Sql, "The operator class.").only(PG),
    Key::new("operator", Shape::Sql, "The operator of an exclusion constraint.").only(PG),
    Key::new("length", Shape::Integer, "How many characters of it are indexed.").only(MY),
];

pub(super) fn lower(lowering: &mut Lowering<'_>, declared: &Declared<'_>) {
    let fields = Fields::of(lowering.dialect, &INDEX, declared.node);
    let parts = fields.parts("columns");
    let (Some(table), false) = (declared.id.parent(), parts.is_empty()) else { return };
    for (part, place) in &parts {
        if let PartOf::Column(name) = &part.of
            && table.kind() == Kind::Table
        {
            lowering.check_column(table, name, place, "the index");
        }
    }
    let predicate = fields.sql("where");
    let mut attributes = Attributes::new();
    attributes.extend(fields.get("columns").map(|node| ("columns", node.place)));
    attributes.extend(predicate.iter().map(|(_, place)| ("where", *place)));
    let (options, more) = fields.options(Kind::Index);
    attributes.extend(more);
    let index = Index {
        options,
        columns: parts.into_iter().map(|(part, _)| part).collect(),
        unique: fields.is_true("unique"),
        predicate: predicate.map(|(sql, _)| sql),
        ..Index::default()
    };
    let object = Object::Index(index);
    let Some(object) = stored::extend(lowering, &INDEX, declared, &fields, object, &mut attributes) else { return };
    if lowering.insert(declared, object, attributes) {
        lowering.renamed_child(declared, &fields);
    }
}
