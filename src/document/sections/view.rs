//! `[view.open_order]`.

use crate::catalog::{Kind, Name, Object, View};

use super::super::fields::Fields;
use super::super::lower::{Declared, Lowering};
use super::super::stored;
use super::beside::{RULE, STATISTICS};
use super::column::COLUMN;
use super::index::INDEX;
use super::object;
use super::trigger::TRIGGER;
use super::{COMMON, Databases, Key, KeyIndex, OWNED, QUALIFIED, Section, Shape};

const PG: Databases = Databases::POSTGRES;
const MY: Databases = Databases::MYSQL;

pub(super) static VIEW: Section = Section {
    word: "view",
    noun: "view",
    kind: Some(Kind::View),
    on: Databases::ANY,
    doc: "A view.",
    short: None,
    required: &["query"],
    index: KeyIndex::new(),
    keys: &[KEYS, QUALIFIED, OWNED, COMMON],
};

static KEYS: &[Key] = &[
    Key::new("query", Shape::Sql, "The query it stands for."),
    Key::new("column_names", Shape::Names, "The names of its columns, where the query's own do not do."),
    Key::new("trigger", Shape::Children(&TRIGGER), "The triggers, by name."),
    Key::new("column", Shape::Children(&COLUMN), "Comments and defaults of its columns.").only(PG),
    Key::field("with", Shape::Params, "Options such as security_invoker.").only(PG),
    Key::new("check_option", Shape::Words(&["local", "cascaded"]), "Which rows may be written through it.")
        .only(PG.or(MY)),
    Key::field("materialized", Shape::Bool, "Whether its rows are kept.").only(PG),
    Key::new("index", Shape::Children(&INDEX), "The indexes of a materialized view.").only(PG),
    Key::field("cluster_on", Shape::NameOf(Kind::Index), "The index by which CLUSTER sorts a materialized view.")
        .only(PG),
    Key::new("with_data", Shape::Not, "Whether a materialized view is filled when it is made.")
        .stored_as("without_data")
        .only(PG),
    Key::new("statistics", Shape::Children(&STATISTICS), "Statistics over columns of a materialized view, by name.")
        .only(PG),
    Key::new("rule", Shape::Children(&RULE), "The rewrite rules, by name.").only(PG),
    Key::new("algorithm", Shape::Words(&["undefined", "merge", "temptable"]), "How it is computed.").only(MY),
    Key::new("security", Shape::Words(&["definer", "invoker"]), "Whose rights count.").only(MY),
    Key::new("definer", Shape::Text, "The account whose rights count.").only(MY),
];

pub(super) fn lower(lowering: &mut Lowering<'_>, declared: &Declared<'_>) {
    let fields = Fields::of(lowering.dialect, &VIEW, declared.node);
    let Some((text, place)) = fields.text("query") else { return };
    let query = lowering.dialect.query(text);
    // They are what the database reports, so their letter case counts however it matches names.
    let column_names = fields.names("column_names").into_iter().map(|(name, _)| Name::exact(name));
    let (options, mut attributes) = fields.options(Kind::View);
    attributes.push(("query", place));
    let view = View { query, column_names: column_names.collect(), options, ..View::default() };
    let Some(object) = stored::extend(lowering, &VIEW, declared, &fields, Object::View(view), &mut attributes) else {
        return;
    };
    if !lowering.insert(declared, object, attributes) {
        return;
    }
    lowering.renamed_top(declared, &fields);
    object::children(lowering, &VIEW, declared, &fields);
    if PG.has(lowering.dialect.name()) {
        super::view_columns(lowering);
    }
}

/// A block that adds triggers to a view of another block.
pub(super) fn lower_addition(lowering: &mut Lowering<'_>, declared: &Declared<'_>) {
    let fields = Fields::of(lowering.dialect, &VIEW, declared.node);
    object::children(lowering, &VIEW, declared, &fields);
}
