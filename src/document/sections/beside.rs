//! What stands beside a table's columns: rules, statistics, exclusions, partitions; and event triggers.

use crate::catalog::Kind;

use super::space::section;
use super::{COMMON, Databases, Key, KeyIndex, NAMED, OWNED, Section, Shape};

const PG: Databases = Databases::POSTGRES;

const ENABLED: Key = Key::field("enabled", Shape::Enabled, "When it fires: true, false, \"always\" or \"replica\".");

pub(super) static RULE: Section = Section {
    word: "rule",
    noun: "rule",
    kind: Some(Kind::Rule),
    on: PG,
    doc: "A rewrite rule.",
    short: None,
    required: &["event", "do"],
    index: KeyIndex::new(),
    keys: &[
        &[
            Key::field("event", Shape::Words(&["select", "insert", "update", "delete"]), "The command."),
            Key::field("where", Shape::Sql, "The condition under which it holds."),
            Key::field("instead", Shape::Bool, "Whether it takes the place of the command."),
            Key::field("do", Shape::Body, "What is done: \"nothing\", or commands."),
            ENABLED,
        ],
        NAMED,
        COMMON,
    ],
};

pub(super) static STATISTICS: Section = Section {
    word: "statistics",
    noun: "statistics",
    kind: Some(Kind::Statistics),
    on: PG,
    doc: "Statistics over several columns.",
    short: None,
    required: &["columns"],
    index: KeyIndex::new(),
    keys: &[
        &[
            Key::field("columns", Shape::Parts, "Its columns and expressions."),
            Key::field("kinds", Shape::Texts, "The kinds: \"ndistinct\", \"dependencies\", \"mcv\"; without: all."),
            Key::field("in_schema", Shape::Label, "Its schema, where it is not the table's."),
            Key::new("owner", Shape::Text, "The role that owns it."),
        ],
        NAMED,
        COMMON,
    ],
};

pub(super) static EXCLUSION: Section = Section {
    word: "exclusion",
    noun: "exclusion constraint",
    kind: Some(Kind::Exclusion),
    on: PG,
    doc: "What no two rows may have at once.",
    short: None,
    required: &["columns"],
    index: KeyIndex::new(),
    keys: &[
        &[
            Key::field("method", Shape::Text, "The access method of its index: \"gist\"."),
            Key::field("columns", Shape::Parts, "Its parts: { column = \"room\", operator = \"=\" }."),
            Key::field("include", Shape::Names, "Further columns that are kept in its index."),
            Key::field("where", Shape::Sql, "The rows it covers, if not all."),
            Key::field("deferrable", Shape::Words(&["deferred", "immediate"]), "Whether it can be checked later."),
            Key::field("with", Shape::Params, "Storage parameters of its index."),
        ],
        NAMED,
        COMMON,
    ],
};

section!(pub(super) EVENT_TRIGGER, "event_trigger", "event trigger", EventTrigger, PG, "A trigger on changes of the structure.", ["event", "execute"], &[
    Key::field("event", Shape::Words(&["ddl_command_start", "ddl_command_end", "table_rewrite", "sql_drop", "login"]), "The event."),
    Key::field("tags", Shape::Texts, "The commands it is for; without: all."),
    Key::field("execute", Shape::Sql, "The function it calls: \"touch()\"."),
    ENABLED,
]);

/// What a part of a partition says, MySQL.
static SUBPARTITION: &[Key] = &[
    Key::field("comment", Shape::Text, "Its comment."),
    Key::field("max_rows", Shape::Integer, "How many rows there will be."),
    Key::field("min_rows", Shape::Integer, "How many rows there are at least."),
    Key::field("data_directory", Shape::Text, "Where the data stands."),
    Key::field("index_directory", Shape::Text, "Where the indexes stand (MyISAM)."),
    Key::field("tablespace", Shape::Text, "The tablespace."),
];

/// A partition that is no table itself.
pub(super) static PARTITION: Section = Section {
    word: "partition",
    noun: "partition",
    kind: Some(Kind::Partition),
    on: PG.or(Databases::MYSQL),
    doc: "A partition, in its place among the others.",
    short: Some((Shape::Sql, "values")),
    required: &[],
    index: KeyIndex::new(),
    keys: &[
        &[
            Key::field("values", Shape::Sql, "Which rows it has: \"in ('us')\", \"less than (2000)\", \"default\"."),
            Key::new("partition_by", Shape::Sql, "How its own rows are spread over partitions.").only(PG),
            Key::new("partition", Shape::Children(&PARTITION), "Its own partitions.").only(PG),
            Key::field("subpartition", Shape::Named(SUBPARTITION), "Its named parts.").only(Databases::MYSQL),
            Key::new("renamed_from", Shape::Name, "The name it had before, in the same schema.").only(PG),
        ],
        COMMON,
    ],
};
