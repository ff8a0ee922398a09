//! What only PostgreSQL has on a kind of object.

use crate::catalog::{Kind, OptionKey, OptionSpec, OptionType, OptionValue, Options};

const fn spec(on: Kind, key: OptionKey, value: OptionType, doc: &'static str) -> OptionSpec {
    OptionSpec { key, on, value, left_alone: false, doc }
}

const fn left_alone(on: Kind, key: OptionKey, value: OptionType, doc: &'static str) -> OptionSpec {
    OptionSpec { key, on, value, left_alone: true, doc }
}

const NO: OptionType = OptionType::Bool(false);
const TEXT: OptionType = OptionType::Text(None);
const WHERE: &str = "The tablespace that its files are in; absent: wherever they are.";
const INDEX_WHERE: &str = "The tablespace that its index is in; absent: wherever it is.";
const TARGET: &str = "How much ANALYZE learns of it, from 0 to 10000; absent: as it is.";
const PARALLEL_WORDS: &[&str] = &["unsafe", "restricted", "safe"];
const PARALLEL: OptionType = OptionType::Word(PARALLEL_WORDS, "unsafe");
const SECURITY: OptionType = OptionType::Word(&["invoker", "definer"], "invoker");
const HEAP: OptionType = OptionType::Text(Some("heap"));

/// The declared options of PostgreSQL.
pub(super) const OPTIONS: &[OptionSpec] = &[
    spec(Kind::Table, OptionKey::Unlogged, NO, "Whether its rows are lost in a crash, which makes writing faster."),
    spec(Kind::Table, OptionKey::RowLevelSecurity, NO, "Whether its policies are in force."),
    spec(Kind::Table, OptionKey::ForceRowLevelSecurity, NO, "Whether its policies are in force for its owner too."),
    left_alone(Kind::Table, OptionKey::AccessMethod, HEAP, "How its rows are kept; absent: as they are."),
    left_alone(Kind::Table, OptionKey::Tablespace, TEXT, WHERE),
    left_alone(
        Kind::Table,
        OptionKey::Attached,
        NO,
        "Whether a partition's NOT NULL constraints have names of their own; absent: as they are (PostgreSQL 18).",
    ),
    spec(
        Kind::Column,
        OptionKey::Storage,
        TEXT,
        "How large values are kept: plain, external, extended, main; absent: as the type has it.",
    ),
    spec(
        Kind::Column,
        OptionKey::Compression,
        TEXT,
        "How values are compressed: pglz, lz4; absent: as default_toast_compression has it.",
    ),
    left_alone(Kind::Column, OptionKey::StatisticsTarget, OptionType::Integer(None), TARGET),
    spec(
        Kind::View,
        OptionKey::CheckOption,
        OptionType::Word(&["none", "local", "cascaded"], "none"),
        "Whether rows that are written through it must be seen in it, or in those below it too.",
    ),
    left_alone(
        Kind::View,
        OptionKey::AccessMethod,
        HEAP,
        "How a materialized view's rows are kept; absent: as they are.",
    ),
    left_alone(Kind::View, OptionKey::Tablespace, TEXT, WHERE),
    left_alone(Kind::Index, OptionKey::Tablespace, TEXT, WHERE),
    left_alone(Kind::PrimaryKey, OptionKey::Tablespace, TEXT, INDEX_WHERE),
    left_alone(Kind::Unique, OptionKey::Tablespace, TEXT, INDEX_WHERE),
    left_alone(Kind::Exclusion, OptionKey::Tablespace, TEXT, INDEX_WHERE),
    left_alone(Kind::Statistics, OptionKey::StatisticsTarget, OptionType::Integer(None), TARGET),
    spec(
        Kind::Function,
        OptionKey::Volatility,
        OptionType::Word(&["volatile", "stable", "immutable"], "volatile"),
        "What it may read and change.",
    ),
    spec(Kind::Function, OptionKey::Parallel, PARALLEL, "Whether it may run in a parallel worker."),
    spec(Kind::Function, OptionKey::Security, SECURITY, "Whose rights count while it runs."),
    spec(Kind::Procedure, OptionKey::Security, SECURITY, "Whose rights count while it runs."),
    spec(Kind::Aggregate, OptionKey::Sfunc, TEXT, "The function that takes one more row into the state."),
    spec(Kind::Aggregate, OptionKey::Stype, TEXT, "The type of the state."),
    spec(Kind::Aggregate, OptionKey::Sspace, OptionType::Integer(Some(0)), "The size of the state, in bytes."),
    spec(Kind::Aggregate, OptionKey::Finalfunc, TEXT, "The function that makes the result of the state."),
    spec(Kind::Aggregate, OptionKey::FinalfuncExtra, NO, "Whether that gets NULLs for the arguments too."),
    spec(
        Kind::Aggregate,
        OptionKey::FinalfuncModify,
        TEXT,
        "What it does to the state: read_only, shareable, read_write; absent: as the kind of aggregate has it.",
    ),
    spec(Kind::Aggregate, OptionKey::Combinefunc, TEXT, "The function that makes one state of two."),
    spec(Kind::Aggregate, OptionKey::Serialfunc, TEXT, "The function that makes bytes of the state."),
    spec(Kind::Aggregate, OptionKey::Deserialfunc, TEXT, "The function that makes a state of bytes."),
    spec(Kind::Aggregate, OptionKey::Initcond, TEXT, "The first state; absent: NULL."),
    spec(Kind::Aggregate, OptionKey::Msfunc, TEXT, "The function that takes a row into the state of a moving window."),
    spec(Kind::Aggregate, OptionKey::Minvfunc, TEXT, "The function that takes a row out of that again."),
    spec(Kind::Aggregate, OptionKey::Mstype, TEXT, "The type of that state."),
    spec(Kind::Aggregate, OptionKey::Msspace, OptionType::Integer(Some(0)), "The size of that state, in bytes."),
    spec(Kind::Aggregate, OptionKey::Mfinalfunc, TEXT, "The function that makes the result of that state."),
    spec(Kind::Aggregate, OptionKey::MfinalfuncExtra, NO, "Whether that gets NULLs for the arguments too."),
    spec(
        Kind::Aggregate,
        OptionKey::MfinalfuncModify,
        TEXT,
        "What it does to that state: read_only, shareable, read_write; absent: as the kind of aggregate has it.",
    ),
    spec(Kind::Aggregate, OptionKey::Minitcond, TEXT, "The first state of a moving window; absent: NULL."),
    spec(
        Kind::Aggregate,
        OptionKey::Sortop,
        TEXT,
        "The operator of which it gives the extreme: MIN or MAX by an index.",
    ),
    spec(Kind::Aggregate, OptionKey::Parallel, PARALLEL, "Whether it may run in a parallel worker."),
    spec(Kind::Aggregate, OptionKey::Hypothetical, NO, "Whether it is a hypothetical-set aggregate."),
];

/// Sets an option; what is the default, or is declared for no such kind, is not kept.
pub(super) fn set(options: &mut Options, on: Kind, key: OptionKey, value: OptionValue) {
    if let Some(spec) = OPTIONS.iter().find(|spec| spec.on == on && spec.key == key) {
        options.set(spec, value);
    }
}

/// Sets an option that is a text or a word, if there is one.
pub(super) fn set_text(options: &mut Options, on: Kind, key: OptionKey, value: Option<String>) {
    if let Some(value) = value {
        set(options, on, key, OptionValue::Text(value));
    }
}

/// Sets a yes-or-no option.
pub(super) fn set_bool(options: &mut Options, on: Kind, key: OptionKey, value: bool) {
    set(options, on, key, OptionValue::Bool(value));
}

/// Sets an option that is a number, if there is one.
pub(super) fn set_integer(options: &mut Options, on: Kind, key: OptionKey, value: Option<i64>) {
    if let Some(value) = value {
        set(options, on, key, OptionValue::Integer(value));
    }
}
