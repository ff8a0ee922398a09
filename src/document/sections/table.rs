//! `[table.order]`.

use crate::catalog::{Kind, Object, Table};

use super::super::fields::Fields;
use super::super::lower::{Declared, Lowering};
use super::super::stored;
use super::super::tree::Item;
use super::beside::{EXCLUSION, PARTITION, RULE, STATISTICS};
use super::column::COLUMN;
use super::constraint::{CHECK, FOREIGN_KEY, PRIMARY_KEY, UNIQUE};
use super::index::INDEX;
use super::object;
use super::rights::{GRANT, POLICY};
use super::trigger::TRIGGER;
use super::{COMMON, Databases, Key, KeyIndex, OWNED, QUALIFIED, Section, Shape};

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
    index: KeyIndex::new(),
    keys: &[KEYS, QUALIFIED, OWNED, COMMON],
};

static KEYS: &[Key] = &[
    Key::new("primary_key", Shape::Object(&PRIMARY_KEY), "The primary key: its columns, or a table with more."),
    Key::new("column", Shape::Children(&COLUMN), "The columns, in their order."),
    Key::new("index", Shape::Children(&INDEX), "The indexes, by name."),
    Key::new("unique", Shape::Children(&UNIQUE), "The unique constraints, by name."),
    Key::new("check", Shape::Children(&CHECK), "The conditions on every row, by name."),
    Key::new("foreign_key", Shape::Children(&FOREIGN_KEY), "The foreign keys, by name."),
    Key::new("trigger", Shape::Children(&TRIGGER), "The triggers, by name."),
    Key::new("exclusion", Shape::Children(&EXCLUSION), "The exclusion constraints, by name.").only(PG),
    Key::new("policy", Shape::Children(&POLICY), "The row-level security policies, by name.").only(PG),
    Key::new("rule", Shape::Children(&RULE), "The rewrite rules, by name.").only(PG),
    Key::new("statistics", Shape::Children(&STATISTICS), "The extended statistics, by name.").only(PG),
    Key::new("unlogged", Shape::Bool, "Whether its rows are lost in a crash.").only(PG),
    Key::field("with", Shape::Params, "Storage parameters.").only(PG),
    INHERITS,
    Key::field("of_type", Shape::Type, "The composite type it is made of.").only(PG),
    Key::new("row_level_security", Shape::Bool, "Whether the policies are in force.").only(PG),
    Key::new("force_row_level_security", Shape::Bool, "Whether they are in force for the owner too.").only(PG),
    Key::field(
        "replica_identity",
        Shape::Either(&Shape::Record(REPLICA_IDENTITY), &Shape::Words(&["default", "full", "nothing"])),
        "What identifies a row to subscribers.",
    )
    .only(PG),
    Key::field("cluster_on", Shape::NameOf(Kind::Index), "The index by which CLUSTER sorts it.").only(PG),
    Key::new("access_method", Shape::Text, "How it is kept.").only(PG),
    Key::new("tablespace", Shape::Text, "Where it is kept.").only(PG.or(MY)),
    Key::new("attached", Shape::Bool, "Whether it was a table of its own before it was a partition.").only(PG),
    Key::field("partition_by", Shape::Sql, "How its rows are spread over partitions.").only(PG.or(MY)),
    Key::field("subpartition_by", Shape::Sql, "How the rows of a partition are spread.").only(MY),
    Key::new("partition", Shape::Children(&PARTITION), "The partitions, by name, in their order.").only(PG.or(MY)),
    PARTITION_OF,
    VALUES,
    Key::new("engine", Shape::Text, "The storage engine.").only(MY),
    Key::new("charset", Shape::Text, "The character set of its columns.").only(MY),
    Key::new("collation", Shape::Text, "The collation of its columns.").only(MY),
    Key::new("row_format", Shape::Text, "How rows are laid out.").only(MY),
    Key::new("auto_increment", Shape::Integer, "The next number; raised where it is lower, never lowered.").only(MY),
    Key::new("system_versioning", Shape::Bool, "Whether old rows are kept.").only(Databases::MARIADB),
    Key::field("period", Shape::Named(PERIOD), "Its application-time period: the columns that bound it.")
        .only(Databases::MARIADB),
    Key::new("column_order", Shape::Bool, "Whether the order of columns is compared too.").only(MY),
];

pub(super) const INHERITS: Key =
    Key::field("inherits", Shape::Tables, "The tables whose columns it takes over.").only(PG);
pub(super) const PARTITION_OF: Key =
    Key::field("partition_of", Shape::Table, "The table it is a partition of.").only(PG);
pub(super) const VALUES: Key =
    Key::field("values", Shape::Sql, "The rows that this partition holds: \"in ('us')\".").only(PG);

static REPLICA_IDENTITY: &[Key] = &[Key::field("index", Shape::NameOf(Kind::Index), "The index.")];
static PERIOD: &[Key] = &[
    Key::field("from", Shape::Name, "The column that says from when."),
    Key::field("to", Shape::Name, "The column that says until when."),
];

/// Whether what belongs to an object of this section may stand in a block of its own.
pub(in crate::document) fn may_be_added_to(section: &Section) -> bool {
    matches!(section.kind, Some(Kind::Table | Kind::View))
}

/// Whether a block only adds objects beside a table that stands in another block: indexes and triggers.
pub(in crate::document) fn is_addition(section: &Section, items: &[Item]) -> bool {
    let beside = |item: &Item| matches!(&*item.key, "index" | "trigger" | "grant" | "policy" | "rule" | "statistics");
    may_be_added_to(section)
        && items.iter().any(beside)
        && items.iter().all(|item| beside(item) || &*item.key == "only")
}

pub(super) fn lower(lowering: &mut Lowering<'_>, declared: &Declared<'_>) {
    let fields = Fields::of(lowering.dialect, &TABLE, declared.node);
    let (options, attributes) = fields.options(Kind::Table);
    let mut attributes = attributes;
    let object = Object::Table(Table { options, ..Table::default() });
    let Some(object) = stored::extend(lowering, &TABLE, declared, &fields, object, &mut attributes) else { return };
    let columns_from_elsewhere = match &object {
        Object::Table(table) => table.partition_of.is_some() || table.of_type.is_some() || !table.inherits.is_empty(),
        _ => false,
    };
    if !lowering.insert(declared, object, attributes) {
        return;
    }
    lowering.renamed_top(declared, &fields);
    for child in fields.children("column") {
        super::column::lower(lowering, &declared.child(lowering.dialect, Kind::Column, child, "column"));
    }
    let columns = lowering.desired.catalog.children(&declared.id).filter(|(id, _)| id.kind() == Kind::Column).count();
    // `column = {}` says that a table without columns is meant, where a database has such.
    let meant = PG.has(lowering.dialect.name()) && fields.get("column").is_some();
    if columns == 0 && !columns_from_elsewhere && !meant && !declared.unsure {
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

/// What stands beside the columns and constraints of a block: indexes, triggers, policies and the like.
pub(super) fn lower_beside(lowering: &mut Lowering<'_>, table: &Declared<'_>, fields: &Fields<'_>) {
    for child in fields.children("index") {
        super::index::lower(lowering, &table.child(lowering.dialect, Kind::Index, child, "index"));
    }
    for child in fields.children("trigger") {
        super::trigger::lower(lowering, &table.child(lowering.dialect, Kind::Trigger, child, "trigger"));
    }
    let others: [(&'static Section, Kind); 5] = [
        (&EXCLUSION, Kind::Exclusion),
        (&STATISTICS, Kind::Statistics),
        (&POLICY, Kind::Policy),
        (&RULE, Kind::Rule),
        (&GRANT, Kind::Grant),
    ];
    for (section, kind) in others.into_iter().filter(|(section, _)| section.on.has(lowering.dialect.name())) {
        for child in fields.children(section.word) {
            object::lower(lowering, section, &table.child(lowering.dialect, kind, child, section.word));
        }
    }
    for child in fields.children("partition") {
        super::partition::lower(lowering, table, &table.child(lowering.dialect, Kind::Partition, child, "partition"));
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
