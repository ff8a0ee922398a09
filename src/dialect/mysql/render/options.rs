//! Options of tables and partitions.

use crate::catalog::{OptionKey, OptionValue, Options};

use super::super::sql::{quote, string};

/// How an option is written, and the value that stands for its absence in an ALTER TABLE.
enum Written {
    /// `ROW_FORMAT=dynamic`
    Word(&'static str, &'static str),
    /// `COMPRESSION='zlib'`
    Text(&'static str, &'static str),
    /// `CHECKSUM=1`
    Flag(&'static str),
    /// `TABLESPACE name`
    Name(&'static str),
    /// Parenthesised as it is.
    List(&'static str),
    /// Where to count from; it is never taken back.
    Counter,
    /// Not an option of the table's list.
    Apart,
}

/// In the order of their keys, which is the order in which they are declared.
fn written(key: OptionKey) -> Written {
    match key {
        OptionKey::Engine => Written::Word("ENGINE", "InnoDB"),
        OptionKey::Charset => Written::Word("DEFAULT CHARSET", ""),
        OptionKey::Collation => Written::Word("COLLATE", ""),
        OptionKey::RowFormat => Written::Word("ROW_FORMAT", "DEFAULT"),
        OptionKey::KeyBlockSize => Written::Word("KEY_BLOCK_SIZE", "0"),
        OptionKey::Compression => Written::Text("COMPRESSION", "NONE"),
        OptionKey::Encryption => Written::Text("ENCRYPTION", "N"),
        OptionKey::DataDirectory => Written::Text("DATA DIRECTORY", ""),
        OptionKey::IndexDirectory => Written::Text("INDEX DIRECTORY", ""),
        OptionKey::StatsPersistent => Written::Word("STATS_PERSISTENT", "DEFAULT"),
        OptionKey::StatsAutoRecalc => Written::Word("STATS_AUTO_RECALC", "DEFAULT"),
        OptionKey::StatsSamplePages => Written::Word("STATS_SAMPLE_PAGES", "DEFAULT"),
        OptionKey::AvgRowLength => Written::Word("AVG_ROW_LENGTH", "0"),
        OptionKey::MaxRows => Written::Word("MAX_ROWS", "0"),
        OptionKey::MinRows => Written::Word("MIN_ROWS", "0"),
        OptionKey::Checksum => Written::Flag("CHECKSUM"),
        OptionKey::DelayKeyWrite => Written::Flag("DELAY_KEY_WRITE"),
        OptionKey::PackKeys => Written::Word("PACK_KEYS", "DEFAULT"),
        OptionKey::InsertMethod => Written::Word("INSERT_METHOD", "NO"),
        OptionKey::Union => Written::List("UNION"),
        OptionKey::Connection => Written::Text("CONNECTION", ""),
        OptionKey::AutoextendSize => Written::Word("AUTOEXTEND_SIZE", "0"),
        OptionKey::SecondaryEngine => Written::Word("SECONDARY_ENGINE", "NULL"),
        OptionKey::EngineAttribute => Written::Text("ENGINE_ATTRIBUTE", ""),
        OptionKey::SecondaryEngineAttribute => Written::Text("SECONDARY_ENGINE_ATTRIBUTE", ""),
        OptionKey::Tablespace => Written::Name("TABLESPACE"),
        // MariaDB shows the names of an engine's own options as they were written.
        OptionKey::PageCompressed => Written::Word("page_compressed", "DEFAULT"),
        OptionKey::PageCompressionLevel => Written::Word("page_compression_level", "DEFAULT"),
        OptionKey::Encrypted => Written::Word("encrypted", "DEFAULT"),
        OptionKey::EncryptionKeyId => Written::Word("encryption_key_id", "DEFAULT"),
        OptionKey::PageChecksum => Written::Word("PAGE_CHECKSUM", "DEFAULT"),
        OptionKey::Transactional => Written::Word("TRANSACTIONAL", "DEFAULT"),
        OptionKey::Sequence => Written::Flag("SEQUENCE"),
        OptionKey::AutoIncrement => Written::Counter,
        _ => Written::Apart,
    }
}

/// One option with its value.
fn option(key: OptionKey, value: &OptionValue) -> Option<String> {
    let flag = |value: &OptionValue| match value {
        OptionValue::Bool(true) => "1".to_owned(),
        OptionValue::Bool(false) => "0".to_owned(),
        other => other.to_string(),
    };
    match written(key) {
        Written::Word(word, _) => Some(format!("{word}={}", flag(value))),
        Written::Text(word, _) => Some(format!("{word}={}", string(&value.to_string()))),
        Written::Flag(word) => Some(format!("{word}={}", flag(value))),
        Written::Name(word) => Some(format!("{word} {}", quote(&value.to_string()))),
        Written::List(word) => Some(format!("{word}={value}")),
        Written::Counter => Some(format!("AUTO_INCREMENT={value}")),
        Written::Apart => None,
    }
}

/// The options of a table's or a partition's list.
pub(in super::super) fn of_table(options: &Options) -> Vec<String> {
    options.iter().filter_map(|(key, value)| option(key, value)).collect()
}

/// How an option is taken back; nothing where that has no form.
pub(in super::super) fn reset_of_table(key: OptionKey) -> Option<String> {
    match written(key) {
        Written::Word(_, "") | Written::Name(_) | Written::List(_) | Written::Counter | Written::Apart => None,
        Written::Word(word, none) => Some(format!("{word}={none}")),
        Written::Text(word, none) => Some(format!("{word}={}", string(none))),
        Written::Flag(word) => Some(format!("{word}=0")),
    }
}
