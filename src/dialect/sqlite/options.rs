//! What only SQLite has on a kind of object.

use crate::catalog::{Kind, OptionKey, OptionSpec, OptionType};

/// What a violated constraint does, the default first.
pub(super) const CONFLICT_WORDS: &[&str] = &["abort", "rollback", "fail", "ignore", "replace"];

/// The declared options of SQLite.
pub(super) const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        key: OptionKey::Strict,
        on: Kind::Table,
        value: OptionType::Bool(false),
        doc: "Whether values must fit the declared types of their columns.",
        left_alone: false,
    },
    OptionSpec {
        key: OptionKey::WithoutRowid,
        on: Kind::Table,
        value: OptionType::Bool(false),
        doc: "Whether the rows are kept by their primary key, without a rowid.",
        left_alone: false,
    },
    OptionSpec {
        key: OptionKey::Autoincrement,
        on: Kind::PrimaryKey,
        value: OptionType::Bool(false),
        doc: "Whether a key is never used again after its row is gone.",
        left_alone: false,
    },
    OptionSpec {
        key: OptionKey::OnConflict,
        on: Kind::PrimaryKey,
        value: CONFLICT,
        doc: "What happens to a row whose primary key is there already.",
        left_alone: false,
    },
    OptionSpec {
        key: OptionKey::RowidAlias,
        on: Kind::PrimaryKey,
        value: OptionType::Bool(true),
        doc: "Whether a lone INTEGER primary key is the rowid; false only for `INTEGER PRIMARY KEY DESC`.",
        left_alone: false,
    },
    OptionSpec {
        key: OptionKey::OnConflict,
        on: Kind::Column,
        value: CONFLICT,
        doc: "What happens to a row with NULL in a column that is NOT NULL.",
        left_alone: false,
    },
    OptionSpec {
        key: OptionKey::OnConflict,
        on: Kind::Unique,
        value: CONFLICT,
        doc: "What happens to a row whose values are there already.",
        left_alone: false,
    },
];

const CONFLICT: OptionType = OptionType::Word(CONFLICT_WORDS, "abort");
