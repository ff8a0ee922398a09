//! `[table.order]`.

use crate::catalog::{Kind, Object, Table};

use super::super::fields::Fields;
use super::super::lower::{Declared, Lowering};
use super::super::tree::Item;
use super::column::COLUMN;
use super::constraint::{CHECK, FOREIGN_KEY, PRIMARY_KEY, UNIQUE};
use super::index::INDEX;
use super::trigger::TRIGGER;
use super::{COMMON, Databases, Key, OWNED, Section, Shape};

const PG: Databases = Databases::POSTGRES;
const MY: Databases = Databases::MYSQL;

pub(super) static TABLE: Section = Section {
    word: "table",
    noun: "table",
    kind: Some(Kind::Table),
    on: Databases::ANY,
    doc: "A table.",
    short: None,
    required: &[],
    keys: &[KEYS, OWNED, COMMON],
};

static KEYS: &[Key] = &[
    Key::new("primary_key", Shape::Object(&PRIMARY_KEY), "The primary key: its columns, or a table with more."),
    Key::new("column", Shape::Children(&COLUMN), "The columns, in their order."),
    Key::new("index", Shape::Children(&INDEX), "The indexes, by name."),
    Key::new("unique", Shape::Children(&UNIQUE), "The unique constraints, by name."),
    Key::new("check", Shape::Children(&CHECK), "The conditions on every row, by name."),
    Key::new("foreign_key", Shape::Children(&FOREIGN_KEY), "The foreign keys, by name."),
    Key::new("trigger", Shape::Children(&TRIGGER), "The triggers, by name."),
    Key::new("exclusion", Shape::UnreadNames, "The exclusion constraints, by name.").only(PG),
    Key::new("policy", Shape::UnreadNames, "The row-level security policies, by name.").only(PG),
    Key::new("rule", Shape::UnreadNames, "The rewrite rules, by name.").only(PG),
    Key::new("statistics", Shape::UnreadNames, "The extended statistics, by name.").only(PG),
    Key::new("unlogged", Shape::Bool, "Whether its rows are lost in a crash.").only(PG),
    Key::new("with", Shape::Free, "Storage parameters.").only(PG),
    Key::new("inherits", Shape::Names, "The tables whose columns it takes over.").only(PG),
    Key::new("of_type", Shape::Sql, "The composite type it is made of.").only(PG),
    Key::new("row_level_security", Shape::Bool, "Whether the policies are in force.").only(PG),
    Key::new("force_row_level_security", Shape::Bool, "Whether they are in force for the owner too.").only(PG),
    Key::new("replica_identity", Shape::Unread, "What identifies a row to subscribers.").only(PG),
    Key::new("cluster_on", Shape::Name, "The index by which CLUSTER sorts it.").only(PG),
    Key::new("access_method", Shape::Text, "How it is kept.").only(PG),
    Key::new("tablespace", Shape::Text, "Where it is kept.").only(PG),
    Key::new("partition_by", Shape::Sql, "How its rows are spread over partitions.").only(PG.or(MY)),
    Key::new("subpartition_by", Shape::Sql, "How the rows of a partition are spread.").only(MY),
    Key::new("partition", Shape::UnreadNames, "The partitions, by name, in their order.").only(PG.or(MY)),
    Key::new("partition_of", Shape::QualifiedName, "The table it is a partition of.").only(PG),
    Key::new("values", Shape::Sql, "The rows that this partition holds.").only(PG),
    Key::new("engine", Shape::Text, "The storage engine.").only(MY),
    Key::new("charset", Shape::Text, "The character set of its columns.").only(MY),
    Key::new("collation", Shape::Text, "The collation of its columns.").only(MY),
    Key::new("row_format", Shape::Text, "How rows are laid out.").only(MY),
    Key::new("auto_increment", Shape::Integer, "The first number; it counts at creation only.").only(MY),
    Key::new("system_versioning", Shape::Bool, "Whether old rows are kept.").only(Databases::MARIADB),
    Key::new("period", Shape::UnreadNames, "The application-time periods.").only(Databases::MARIADB),
    Key::new("column_order", Shape::Bool, "Whether the order of columns is compared too.").only(MY),
];

/// Whether a block only adds objects beside a table that stands in another block: indexes and triggers.
pub(in crate::document) fn is_addition(items: &[Item]) -> bool {
    let beside = |item: &Item| matches!(&*item.key, "index" | "trigger" | "grant");
    items.iter().any(beside) && items.iter().all(|item| beside(item) || &*item.key == "only")
}

pub(super) fn lower(lowering: &mut Lowering<'_>, declared: &Declared<'_>) {
    let fields = Fields::of(lowering.dialect, &TABLE, declared.node);
    let (options, attributes) = fields.options(Kind::Table);
    if !lowering.insert(declared, Object::Table(Table { options, ..Table::default() }), attributes) {
        return;
    }
    lowering.renamed_top(declared, &fields);
    for child in fields.children("column") {
        super::column::lower(lowering, &declared.child(lowering.dialect, Kind::Column, child, "column"));
    }
    let columns = lowering.desired.catalog.children(&declared.id).filter(|(id, _)| id.kind() == Kind::Column).count();
    if columns == 0 && !declared.unsure {
        lowering.error(
            format!("`{}` has no columns", declared.id),
            &declared.place,
            "",
            "declare them under `column`, or remove the table to drop it".to_owned(),
        );
    }
    // The sugar of a column needs the whole table, so that a key's columns are there.
    for child in fields.children("column") {
        let column = declared.child(lowering.dialect, Kind::Column, child, "column");
        super::column::lower_sugar(lowering, declared, &column);
    }
    super::constraint::lower_all(lowering, declared, &fields);
    lower_beside(lowering, declared, &fields);
    super::column::finish(lowering, declared, &fields);
    lowering.settle_nulls();
}

/// The indexes and triggers of a block.
pub(super) fn lower_beside(lowering: &mut Lowering<'_>, table: &Declared<'_>, fields: &Fields<'_>) {
    for child in fields.children("index") {
        super::index::lower(lowering, &table.child(lowering.dialect, Kind::Index, child, "index"));
    }
    for child in fields.children("trigger") {
        super::trigger::lower(lowering, &table.child(lowering.dialect, Kind::Trigger, child, "trigger"));
    }
}

/// A block that adds to a table of another block.
pub(super) fn lower_addition(lowering: &mut Lowering<'_>, declared: &Declared<'_>) {
    let fields = Fields::of(lowering.dialect, &TABLE, declared.node);
    if lowering.desired.catalog.contains(&declared.id) {
        lower_beside(lowering, declared, &fields);
        return;
    }
    lowering.error(
        format!("`{}` has no columns in any file", declared.id),
        &declared.place,
        "",
        lowering.nearest_table(&declared.id).unwrap_or_else(|| "declare them under `column`".to_owned()),
    );
}
