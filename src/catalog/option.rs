//! What only one database has on a kind: declared once, in that dialect's table of options.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::kind::Kind;

/// Every option that any dialect declares; its serialised name is its key in the TOML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionKey {
    /// SQLite: a STRICT table.
    Strict,
    /// SQLite: a WITHOUT ROWID table.
    WithoutRowid,
    /// SQLite: an AUTOINCREMENT primary key.
    Autoincrement,
    /// SQLite: what a violated constraint does; on a column, what its NOT NULL does.
    OnConflict,
    /// SQLite: whether a lone INTEGER primary key is the rowid. `INTEGER PRIMARY KEY DESC`, written
    /// on the column, is not, by an old bug that is kept for compatibility.
    RowidAlias,
    /// PostgreSQL: a table whose rows are lost in a crash.
    Unlogged,
    /// PostgreSQL: whether a table's policies are in force.
    RowLevelSecurity,
    /// PostgreSQL: whether they are in force for the owner too.
    ForceRowLevelSecurity,
    /// PostgreSQL: how a table is kept.
    AccessMethod,
    /// PostgreSQL: whether a partition was a table of its own.
    Attached,
    /// MySQL: how the index of a primary key is built.
    Method,
    /// PostgreSQL, MySQL: where it is kept.
    Tablespace,
    /// PostgreSQL: how large values of a column are kept.
    Storage,
    /// PostgreSQL: how much the planner learns of a column.
    StatisticsTarget,
    /// PostgreSQL, MySQL: which rows may be written through a view.
    CheckOption,
    /// PostgreSQL: what a function may read and change.
    Volatility,
    /// PostgreSQL: whether a function may run in a parallel worker.
    Parallel,
    /// Whose rights count in a view or a routine.
    Security,
    /// PostgreSQL: an aggregate's state transition function.
    Sfunc,
    /// PostgreSQL: the type of its state.
    Stype,
    /// PostgreSQL: the size of its state.
    Sspace,
    /// PostgreSQL: its final function.
    Finalfunc,
    /// PostgreSQL: whether that gets the arguments.
    FinalfuncExtra,
    /// PostgreSQL: what that does to the state.
    FinalfuncModify,
    /// PostgreSQL: how two states become one.
    Combinefunc,
    /// PostgreSQL: how a state becomes bytes.
    Serialfunc,
    /// PostgreSQL: how bytes become a state.
    Deserialfunc,
    /// PostgreSQL: the first state.
    Initcond,
    /// PostgreSQL: the transition of a moving aggregate.
    Msfunc,
    /// PostgreSQL: its inverse.
    Minvfunc,
    /// PostgreSQL: the type of the moving state.
    Mstype,
    /// PostgreSQL: the size of the moving state.
    Msspace,
    /// PostgreSQL: the moving final function.
    Mfinalfunc,
    /// PostgreSQL: whether that gets the arguments.
    MfinalfuncExtra,
    /// PostgreSQL: what that does to the state.
    MfinalfuncModify,
    /// PostgreSQL: the first moving state.
    Minitcond,
    /// PostgreSQL: the operator of which the aggregate gives the extreme.
    Sortop,
    /// PostgreSQL: whether it is a hypothetical-set aggregate.
    Hypothetical,
    /// MySQL: the storage engine.
    Engine,
    /// MySQL: the character set.
    Charset,
    /// MySQL: the collation of a table or the database.
    Collation,
    /// MySQL: how rows are kept.
    RowFormat,
    /// MySQL: the size of compressed pages.
    KeyBlockSize,
    /// How values or pages are compressed.
    Compression,
    /// MySQL: whether pages are encrypted.
    Encryption,
    /// MySQL: where the data stands.
    DataDirectory,
    /// MySQL: where the indexes stand (MyISAM).
    IndexDirectory,
    /// MySQL: whether statistics are kept.
    StatsPersistent,
    /// MySQL: whether they are renewed.
    StatsAutoRecalc,
    /// MySQL: how many pages they look at.
    StatsSamplePages,
    /// MySQL: how long a row is.
    AvgRowLength,
    /// MySQL: how many rows there will be.
    MaxRows,
    /// MySQL: how many rows there are at least.
    MinRows,
    /// MySQL: whether rows are summed.
    Checksum,
    /// MySQL: whether keys are written late (MyISAM).
    DelayKeyWrite,
    /// MySQL: whether keys are packed (MyISAM).
    PackKeys,
    /// MySQL: where a MERGE table puts rows.
    InsertMethod,
    /// MySQL: what a MERGE table is made of.
    Union,
    /// MySQL: where a FEDERATED table's rows are.
    Connection,
    /// MySQL: by how much a tablespace grows.
    AutoextendSize,
    /// MySQL: the second engine.
    SecondaryEngine,
    /// MySQL: what an engine keeps with it.
    EngineAttribute,
    /// MySQL: what the second engine keeps with it.
    SecondaryEngineAttribute,
    /// MariaDB: whether pages are compressed.
    PageCompressed,
    /// MariaDB: how much.
    PageCompressionLevel,
    /// MariaDB: whether pages are encrypted.
    Encrypted,
    /// MariaDB: with which key.
    EncryptionKeyId,
    /// MariaDB: whether pages are summed (Aria).
    PageChecksum,
    /// MariaDB: whether it survives a crash (Aria).
    Transactional,
    /// MariaDB: whether a table is a sequence.
    Sequence,
    /// MariaDB: whether the history of rows is kept.
    SystemVersioning,
    /// MariaDB: whether a column is left out of the history.
    WithoutSystemVersioning,
    /// MariaDB: whether keys are unique at each moment of the period that an index ends with.
    WithoutOverlaps,
    /// MariaDB: whether a column says from when a row holds.
    RowStart,
    /// MariaDB: whether a column says until when a row holds.
    RowEnd,
    /// MariaDB: whether a column's values are compressed.
    Compressed,
    /// MySQL: whether the database counts a column up.
    AutoIncrement,
    /// MySQL: whether the order of a table's columns counts.
    ColumnOrder,
    /// MySQL: whether `select *` or the optimizer leaves it out.
    Invisible,
    /// MySQL: the spatial reference system of a column.
    Srid,
    /// MySQL: how a column is kept (NDB).
    ColumnFormat,
    /// MySQL: an index that is not a plain one.
    #[serde(rename = "kind")]
    IndexKind,
    /// MySQL: how a full-text index finds words.
    Parser,
    /// MariaDB: whether the optimizer leaves an index out.
    Ignored,
    /// MariaDB: how many neighbours a vector index keeps.
    M,
    /// MariaDB: how a vector index measures.
    Distance,
    /// MySQL: how a view is computed.
    Algorithm,
    /// MySQL: whose rights count.
    Definer,
    /// MySQL: whether a routine gives the same for the same.
    Deterministic,
    /// MySQL: what a routine does with data.
    SqlDataAccess,
    /// MySQL: the sql_mode that it was made under.
    SqlMode,
    /// MySQL: the character set that it was made under.
    CharacterSetClient,
    /// MySQL: the time zone of an event's schedule and body.
    TimeZone,
    /// MySQL: the collation that it was made under.
    CollationConnection,
    /// MySQL: whether an event stays when it is over.
    OnCompletion,
    /// MySQL: whether an event runs.
    Enabled,
    /// MySQL: whether an event runs on no replica.
    DisabledOnReplica,
}

impl OptionKey {
    /// The key in the TOML.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::WithoutRowid => "without_rowid",
            Self::Autoincrement => "autoincrement",
            Self::OnConflict => "on_conflict",
            Self::RowidAlias => "rowid_alias",
            Self::Unlogged => "unlogged",
            Self::RowLevelSecurity => "row_level_security",
            Self::ForceRowLevelSecurity => "force_row_level_security",
            Self::AccessMethod => "access_method",
            Self::Attached => "attached",
            Self::Method => "method",
            Self::Tablespace => "tablespace",
            Self::Storage => "storage",
            Self::StatisticsTarget => "statistics_target",
            Self::CheckOption => "check_option",
            Self::Volatility => "volatility",
            Self::Parallel => "parallel",
            Self::Security => "security",
            Self::Sfunc => "sfunc",
            Self::Stype => "stype",
            Self::Sspace => "sspace",
            Self::Finalfunc => "finalfunc",
            Self::FinalfuncExtra => "finalfunc_extra",
            Self::FinalfuncModify => "finalfunc_modify",
            Self::Combinefunc => "combinefunc",
            Self::Serialfunc => "serialfunc",
            Self::Deserialfunc => "deserialfunc",
            Self::Initcond => "initcond",
            Self::Msfunc => "msfunc",
            Self::Minvfunc => "minvfunc",
            Self::Mstype => "mstype",
            Self::Msspace => "msspace",
            Self::Mfinalfunc => "mfinalfunc",
            Self::MfinalfuncExtra => "mfinalfunc_extra",
            Self::MfinalfuncModify => "mfinalfunc_modify",
            Self::Minitcond => "minitcond",
            Self::Sortop => "sortop",
            Self::Hypothetical => "hypothetical",
            Self::Engine => "engine",
            Self::Charset => "charset",
            Self::Collation => "collation",
            Self::RowFormat => "row_format",
            Self::KeyBlockSize => "key_block_size",
            Self::Compression => "compression",
            Self::Encryption => "encryption",
            Self::DataDirectory => "data_directory",
            Self::IndexDirectory => "index_directory",
            Self::StatsPersistent => "stats_persistent",
            Self::StatsAutoRecalc => "stats_auto_recalc",
            Self::StatsSamplePages => "stats_sample_pages",
            Self::AvgRowLength => "avg_row_length",
            Self::MaxRows => "max_rows",
            Self::MinRows => "min_rows",
            Self::Checksum => "checksum",
            Self::DelayKeyWrite => "delay_key_write",
            Self::PackKeys => "pack_keys",
            Self::InsertMethod => "insert_method",
            Self::Union => "union",
            Self::Connection => "connection",
            Self::AutoextendSize => "autoextend_size",
            Self::SecondaryEngine => "secondary_engine",
            Self::EngineAttribute => "engine_attribute",
            Self::SecondaryEngineAttribute => "secondary_engine_attribute",
            Self::PageCompressed => "page_compressed",
            Self::PageCompressionLevel => "page_compression_level",
            Self::Encrypted => "encrypted",
            Self::EncryptionKeyId => "encryption_key_id",
            Self::PageChecksum => "page_checksum",
            Self::Transactional => "transactional",
            Self::Sequence => "sequence",
            Self::SystemVersioning => "system_versioning",
            Self::WithoutSystemVersioning => "without_system_versioning",
            Self::WithoutOverlaps => "without_overlaps",
            Self::RowStart => "row_start",
            Self::RowEnd => "row_end",
            Self::Compressed => "compressed",
            Self::AutoIncrement => "auto_increment",
            Self::ColumnOrder => "column_order",
            Self::Invisible => "invisible",
            Self::Srid => "srid",
            Self::ColumnFormat => "column_format",
            Self::IndexKind => "kind",
            Self::Parser => "parser",
            Self::Ignored => "ignored",
            Self::M => "m",
            Self::Distance => "distance",
            Self::Algorithm => "algorithm",
            Self::Definer => "definer",
            Self::Deterministic => "deterministic",
            Self::SqlDataAccess => "sql_data_access",
            Self::SqlMode => "sql_mode",
            Self::CharacterSetClient => "character_set_client",
            Self::TimeZone => "time_zone",
            Self::CollationConnection => "collation_connection",
            Self::OnCompletion => "on_completion",
            Self::Enabled => "enabled",
            Self::DisabledOnReplica => "disabled_on_replica",
        }
    }
}

/// The value of an option.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OptionValue {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// One of the words its declaration lists, or free text.
    Text(String),
}

impl fmt::Display for OptionValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Text(value) => write!(f, "{value}"),
        }
    }
}

/// What an option's value may be, and its default (which is never stored).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionType {
    /// Yes or no, with the default.
    Bool(bool),
    /// One of some words, with the default.
    Word(&'static [&'static str], &'static str),
    /// Free text, with the default; none: absent is a value of its own.
    Text(Option<&'static str>),
    /// A whole number, with the default; none: absent is a value of its own.
    Integer(Option<i64>),
}

impl OptionType {
    /// The value that an absent option has, if that is one that can be written.
    pub fn default(self) -> Option<OptionValue> {
        match self {
            Self::Bool(value) => Some(OptionValue::Bool(value)),
            Self::Word(_, word) => Some(OptionValue::Text(word.to_owned())),
            Self::Text(text) => text.map(|text| OptionValue::Text(text.to_owned())),
            Self::Integer(value) => value.map(OptionValue::Integer),
        }
    }
}

/// One option of one kind of object in one dialect.
#[derive(Debug, Clone, Copy)]
pub struct OptionSpec {
    /// Its key.
    pub key: OptionKey,
    /// The kind that has it.
    pub on: Kind,
    /// Its values and its default.
    pub value: OptionType,
    /// Whether absent means that it is left as it is, unless `[manage] complete` names it.
    pub left_alone: bool,
    /// One sentence for the reference and the JSON Schema.
    pub doc: &'static str,
}

/// The options of one object that differ from their defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Options(BTreeMap<OptionKey, OptionValue>);

impl Options {
    /// Sets an option; its default value is the same as its absence.
    pub fn set(&mut self, spec: &OptionSpec, value: OptionValue) {
        if Some(&value) == spec.value.default().as_ref() {
            self.0.remove(&spec.key);
        } else {
            self.0.insert(spec.key, value);
        }
    }

    /// The value, where it is not the default.
    pub fn get(&self, key: OptionKey) -> Option<&OptionValue> {
        self.0.get(&key)
    }

    /// Whether a yes-or-no option that defaults to no is on.
    pub fn is_on(&self, key: OptionKey) -> bool {
        self.get(key) == Some(&OptionValue::Bool(true))
    }

    /// Whether a yes-or-no option that defaults to yes is off.
    pub fn is_off(&self, key: OptionKey) -> bool {
        self.get(key) == Some(&OptionValue::Bool(false))
    }

    /// The word of an option, where it is not the default.
    pub fn word(&self, key: OptionKey) -> Option<&str> {
        match self.get(key) {
            Some(OptionValue::Text(word)) => Some(word),
            Some(OptionValue::Bool(_) | OptionValue::Integer(_)) | None => None,
        }
    }

    /// The number of an option, where it is not the default.
    pub fn integer(&self, key: OptionKey) -> Option<i64> {
        match self.get(key) {
            Some(OptionValue::Integer(value)) => Some(*value),
            Some(OptionValue::Bool(_) | OptionValue::Text(_)) | None => None,
        }
    }

    /// Takes an option away, so that it has its default.
    pub fn clear(&mut self, key: OptionKey) -> Option<OptionValue> {
        self.0.remove(&key)
    }

    /// Puts in a value that is known not to be the default.
    pub fn put(&mut self, key: OptionKey, value: OptionValue) {
        self.0.insert(key, value);
    }

    /// Whether all have their defaults.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The options that differ from their defaults, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (OptionKey, &OptionValue)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }
}
