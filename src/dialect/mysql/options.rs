//! What only MySQL and MariaDB have on a kind of object.

use crate::catalog::{Kind, OptionKey, OptionSpec, OptionType};

use OptionKey as Key;
use OptionType::{Bool, Integer, Text, Word};

const fn spec(on: Kind, key: OptionKey, value: OptionType, doc: &'static str) -> OptionSpec {
    OptionSpec { key, on, value, left_alone: false, doc }
}

/// What is left as it is where nothing is said of it.
const fn left(on: Kind, key: OptionKey, value: OptionType, doc: &'static str) -> OptionSpec {
    OptionSpec { key, on, value, left_alone: true, doc }
}

const SECURITY: OptionType = Word(&["definer", "invoker"], "definer");
const DATA_ACCESS: OptionType =
    Word(&["contains sql", "no sql", "reads sql data", "modifies sql data"], "contains sql");
const DEFINER: &str = "As whom it runs: `user@host`.";
const MODE: &str = "The sql_mode that it was made under.";
const CLIENT: &str = "The character set that it was made under.";
const CONNECTION: &str = "The collation that it was made under.";
const SINGLE_ENGINE: &str = "The storage engine, where it is not the table's.";

macro_rules! lists {
    ($($name:ident: [$($own:expr),* $(,)?];)*) => {
        $(pub(super) static $name: &[OptionSpec] = &[
            left(Kind::Database, Key::Charset, Text(None), "The character set of new tables."),
            left(Kind::Database, Key::Collation, Text(None), "The collation of new tables."),
            spec(Kind::Table, Key::Engine, Text(Some("InnoDB")), "The storage engine."),
            spec(Kind::Table, Key::Charset, Text(None), "The character set of new columns; else the database's."),
            spec(Kind::Table, Key::Collation, Text(None), "The collation of new columns; else the database's."),
            spec(Kind::Table, Key::RowFormat, Text(None), "How rows are kept: dynamic, compressed, redundant ..."),
            spec(Kind::Table, Key::KeyBlockSize, Integer(None), "The size of compressed pages, in kilobytes."),
            left(Kind::Table, Key::Tablespace, Text(None), "The tablespace."),
            left(Kind::Table, Key::DataDirectory, Text(None), "Where the data stands."),
            left(Kind::Table, Key::IndexDirectory, Text(None), "Where the indexes stand (MyISAM)."),
            spec(Kind::Table, Key::StatsPersistent, Integer(None), "Whether statistics are kept: 1 or 0."),
            spec(Kind::Table, Key::StatsAutoRecalc, Integer(None), "Whether statistics are renewed: 1 or 0."),
            spec(Kind::Table, Key::StatsSamplePages, Integer(None), "How many pages statistics look at."),
            spec(Kind::Table, Key::AvgRowLength, Integer(None), "How long a row is, in bytes."),
            spec(Kind::Table, Key::MaxRows, Integer(None), "How many rows there will be."),
            spec(Kind::Table, Key::MinRows, Integer(None), "How many rows there are at least."),
            spec(Kind::Table, Key::Checksum, Bool(false), "Whether rows are summed (MyISAM)."),
            spec(Kind::Table, Key::DelayKeyWrite, Bool(false), "Whether keys are written late (MyISAM)."),
            spec(Kind::Table, Key::PackKeys, Integer(None), "Whether keys are packed (MyISAM): 1 or 0."),
            spec(Kind::Table, Key::InsertMethod, Text(None), "Where a MERGE table puts rows: first, last, no."),
            spec(Kind::Table, Key::Union, Text(None), "The tables that a MERGE table is made of."),
            left(Kind::Table, Key::Connection, Text(None), "Where a FEDERATED table's rows are."),
            spec(Kind::Table, Key::AutoIncrement, Integer(None),
                "The next number that it counts to; raised where it is lower, never lowered."),
            spec(Kind::Table, Key::ColumnOrder, Bool(false), "Whether the order of columns is compared too."),
            spec(Kind::Column, Key::AutoIncrement, Bool(false), "Whether the database counts it up."),
            spec(Kind::Column, Key::Charset, Text(None), "The character set, where it is not the table's."),
            spec(Kind::Column, Key::Invisible, Bool(false), "Whether `select *` leaves it out."),
            spec(Kind::Index, Key::IndexKind, Word(&["plain", "fulltext", "spatial", "vector"], "plain"),
                "An index that is not a plain one."),
            spec(Kind::Index, Key::Parser, Text(None), "How a full-text index finds words."),
            spec(Kind::Index, Key::KeyBlockSize, Integer(None), "The size of its pages, in kilobytes."),
            spec(Kind::PrimaryKey, Key::Method, Text(None), "How it is built, where that is said: btree, hash."),
            spec(Kind::PrimaryKey, Key::KeyBlockSize, Integer(None), "The size of its pages, in kilobytes."),
            spec(Kind::Partition, Key::Engine, Text(None), SINGLE_ENGINE),
            left(Kind::Partition, Key::DataDirectory, Text(None), "Where the data stands."),
            left(Kind::Partition, Key::IndexDirectory, Text(None), "Where the indexes stand (MyISAM)."),
            left(Kind::Partition, Key::Tablespace, Text(None), "The tablespace."),
            spec(Kind::Partition, Key::MaxRows, Integer(None), "How many rows there will be."),
            spec(Kind::Partition, Key::MinRows, Integer(None), "How many rows there are at least."),
            spec(Kind::View, Key::Algorithm, Word(&["undefined", "merge", "temptable"], "undefined"),
                "How it is computed."),
            spec(Kind::View, Key::Security, SECURITY, "Whose rights count."),
            spec(Kind::View, Key::CheckOption, Word(&["none", "cascaded", "local"], "none"),
                "Which rows may be written through it."),
            left(Kind::View, Key::Definer, Text(None), DEFINER),
            left(Kind::View, Key::CollationConnection, Text(None), CONNECTION),
            left(Kind::Trigger, Key::Definer, Text(None), DEFINER),
            left(Kind::Trigger, Key::SqlMode, Text(None), MODE),
            left(Kind::Trigger, Key::CharacterSetClient, Text(None), CLIENT),
            left(Kind::Trigger, Key::CollationConnection, Text(None), CONNECTION),
            spec(Kind::Function, Key::Deterministic, Bool(false), "Whether it gives the same for the same."),
            spec(Kind::Function, Key::SqlDataAccess, DATA_ACCESS, "What it does with data."),
            spec(Kind::Function, Key::Security, SECURITY, "Whose rights count."),
            left(Kind::Function, Key::Definer, Text(None), DEFINER),
            left(Kind::Function, Key::SqlMode, Text(None), MODE),
            left(Kind::Function, Key::CharacterSetClient, Text(None), CLIENT),
            left(Kind::Function, Key::CollationConnection, Text(None), CONNECTION),
            spec(Kind::Procedure, Key::Deterministic, Bool(false), "Whether it gives the same for the same."),
            spec(Kind::Procedure, Key::SqlDataAccess, DATA_ACCESS, "What it does with data."),
            spec(Kind::Procedure, Key::Security, SECURITY, "Whose rights count."),
            left(Kind::Procedure, Key::Definer, Text(None), DEFINER),
            left(Kind::Procedure, Key::SqlMode, Text(None), MODE),
            left(Kind::Procedure, Key::CharacterSetClient, Text(None), CLIENT),
            left(Kind::Procedure, Key::CollationConnection, Text(None), CONNECTION),
            spec(Kind::Event, Key::OnCompletion, Word(&["not preserve", "preserve"], "not preserve"),
                "Whether it stays when it is over."),
            spec(Kind::Event, Key::Enabled, Bool(true), "Whether it runs."),
            spec(Kind::Event, Key::DisabledOnReplica, Bool(false), "Whether it runs on no replica."),
            left(Kind::Event, Key::Definer, Text(None), DEFINER),
            left(Kind::Event, Key::SqlMode, Text(None), MODE),
            left(Kind::Event, Key::CharacterSetClient, Text(None), CLIENT),
            left(Kind::Event, Key::TimeZone, Text(None), "The time zone of its times; of a new one, the server's own."),
            left(Kind::Event, Key::CollationConnection, Text(None), CONNECTION),
            $($own),*
        ];)*
    };
}

lists! {
    MYSQL: [
        spec(Kind::Table, Key::Compression, Text(None), "How pages are compressed: zlib, lz4, none."),
        left(Kind::Table, Key::Encryption, Text(None), "Whether pages are encrypted: Y or N."),
        spec(Kind::Table, Key::AutoextendSize, Text(None), "By how much the tablespace grows."),
        spec(Kind::Table, Key::SecondaryEngine, Text(None), "The second engine."),
        spec(Kind::Table, Key::EngineAttribute, Text(None), "What the engine keeps with it."),
        spec(Kind::Table, Key::SecondaryEngineAttribute, Text(None), "What the second engine keeps with it."),
        spec(Kind::Column, Key::Srid, Integer(None), "The spatial reference system."),
        spec(Kind::Column, Key::Storage, Text(None), "Where it is kept (NDB): disk, memory."),
        spec(Kind::Column, Key::ColumnFormat, Text(None), "How it is kept (NDB): fixed, dynamic."),
        spec(Kind::Column, Key::EngineAttribute, Text(None), "What the engine keeps with it."),
        spec(Kind::Column, Key::SecondaryEngineAttribute, Text(None), "What the second engine keeps with it."),
        spec(Kind::Index, Key::Invisible, Bool(false), "Whether the optimizer leaves it out."),
        spec(Kind::Index, Key::EngineAttribute, Text(None), "What the engine keeps with it."),
        spec(Kind::Index, Key::SecondaryEngineAttribute, Text(None), "What the second engine keeps with it."),
        spec(Kind::PrimaryKey, Key::EngineAttribute, Text(None), "What the engine keeps with it."),
    ];
    MARIADB: [
        spec(Kind::Table, Key::PageCompressed, Bool(false), "Whether pages are compressed."),
        spec(Kind::Table, Key::PageCompressionLevel, Integer(None), "How much pages are compressed, 1 to 9."),
        spec(Kind::Table, Key::Encrypted, Text(None), "Whether pages are encrypted: yes, no."),
        spec(Kind::Table, Key::EncryptionKeyId, Integer(None), "With which key pages are encrypted."),
        spec(Kind::Table, Key::PageChecksum, Integer(None), "Whether pages are summed (Aria): 1 or 0."),
        spec(Kind::Table, Key::Transactional, Integer(None), "Whether it survives a crash (Aria): 1 or 0."),
        spec(Kind::Table, Key::Sequence, Bool(false), "Whether it is a sequence."),
        spec(Kind::Table, Key::SystemVersioning, Bool(false), "Whether the history of rows is kept."),
        spec(Kind::Column, Key::WithoutSystemVersioning, Bool(false), "Whether it is left out of the history."),
        spec(Kind::Column, Key::RowStart, Bool(false), "Whether it says from when on a row holds."),
        spec(Kind::Column, Key::RowEnd, Bool(false), "Whether it says until when a row holds."),
        spec(Kind::Column, Key::Compressed, Bool(false), "Whether its values are compressed."),
        spec(Kind::Column, Key::Srid, Integer(None), "The spatial reference system."),
        spec(Kind::Index, Key::Ignored, Bool(false), "Whether the optimizer leaves it out."),
        spec(Kind::Index, Key::WithoutOverlaps, Bool(false), "Whether keys are unique at each moment of its last part, a period."),
        spec(Kind::Index, Key::M, Integer(None), "How many neighbours a vector index keeps."),
        spec(Kind::Index, Key::Distance, Text(None), "How a vector index measures: euclidean, cosine."),
    ];
}
