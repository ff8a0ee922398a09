//! The options behind the parenthesis of a table.

use crate::catalog::{OptionKey, Options};

use super::cursor::{Cursor, Parsed};
use super::put;

/// What is read of them apart from the options of the model.
#[derive(Debug, Default)]
pub(super) struct TableOptions {
    /// The next number of AUTO_INCREMENT.
    pub(super) counter: Option<i64>,
    pub(super) engine: String,
    pub(super) charset: Option<String>,
    pub(super) collation: Option<String>,
    pub(super) comment: Option<String>,
    pub(super) options: Options,
}

/// How an option of the server is kept.
enum As {
    Bool,
    Integer,
    Word,
    Text,
}

const KNOWN: [(&str, OptionKey, As); 24] = [
    ("row_format", OptionKey::RowFormat, As::Word),
    ("key_block_size", OptionKey::KeyBlockSize, As::Integer),
    ("compression", OptionKey::Compression, As::Word),
    ("encryption", OptionKey::Encryption, As::Text),
    ("stats_persistent", OptionKey::StatsPersistent, As::Integer),
    ("stats_auto_recalc", OptionKey::StatsAutoRecalc, As::Integer),
    ("stats_sample_pages", OptionKey::StatsSamplePages, As::Integer),
    ("avg_row_length", OptionKey::AvgRowLength, As::Integer),
    ("max_rows", OptionKey::MaxRows, As::Integer),
    ("min_rows", OptionKey::MinRows, As::Integer),
    ("checksum", OptionKey::Checksum, As::Bool),
    ("delay_key_write", OptionKey::DelayKeyWrite, As::Bool),
    ("pack_keys", OptionKey::PackKeys, As::Integer),
    ("insert_method", OptionKey::InsertMethod, As::Word),
    ("connection", OptionKey::Connection, As::Text),
    ("autoextend_size", OptionKey::AutoextendSize, As::Text),
    ("secondary_engine", OptionKey::SecondaryEngine, As::Text),
    ("engine_attribute", OptionKey::EngineAttribute, As::Text),
    ("secondary_engine_attribute", OptionKey::SecondaryEngineAttribute, As::Text),
    ("page_compressed", OptionKey::PageCompressed, As::Bool),
    ("page_compression_level", OptionKey::PageCompressionLevel, As::Integer),
    ("encrypted", OptionKey::Encrypted, As::Word),
    ("encryption_key_id", OptionKey::EncryptionKeyId, As::Integer),
    ("page_checksum", OptionKey::PageChecksum, As::Integer),
];

/// Reads them up to PARTITION BY or the end.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Parsed<TableOptions> {
    let mut read = TableOptions::default();
    while !(cursor.is_at_end() || (cursor.is_word("partition") && cursor.is_word_at(1, "by"))) {
        if cursor.eat(&["default", "charset"]) || cursor.eat(&["charset"]) {
            cursor.eat_symbol("=");
            read.charset = Some(cursor.value()?);
        } else if cursor.eat(&["collate"]) {
            cursor.eat_symbol("=");
            read.collation = Some(cursor.value()?);
        } else if cursor.eat(&["with", "system", "versioning"]) {
            put(&mut read.options, OptionKey::SystemVersioning, true);
        } else if cursor.eat(&["data", "directory"]) {
            cursor.eat_symbol("=");
            put(&mut read.options, OptionKey::DataDirectory, cursor.string()?);
        } else if cursor.eat(&["index", "directory"]) {
            cursor.eat_symbol("=");
            put(&mut read.options, OptionKey::IndexDirectory, cursor.string()?);
        } else {
            one(cursor, &mut read)?;
        }
    }
    Ok(read)
}

fn one(cursor: &mut Cursor<'_>, read: &mut TableOptions) -> Parsed<()> {
    let error = cursor.error("an option of a table");
    let name = cursor.name()?.to_lowercase();
    cursor.eat_symbol("=");
    match name.as_str() {
        "engine" | "type" => {
            read.engine = cursor.value()?;
            if !read.engine.eq_ignore_ascii_case("innodb") {
                put(&mut read.options, OptionKey::Engine, read.engine.clone());
            }
        }
        // Where it counts now is no part of the structure.
        "auto_increment" => {
            read.counter = Some(cursor.integer()?);
        }
        "comment" => read.comment = Some(cursor.string()?),
        "tablespace" => put(&mut read.options, OptionKey::Tablespace, cursor.value()?),
        "transactional" => put(&mut read.options, OptionKey::Transactional, cursor.integer()?),
        "sequence" => {
            if cursor.integer()? != 0 {
                put(&mut read.options, OptionKey::Sequence, true);
            }
        }
        "union" => {
            let first = cursor.position();
            cursor.skip_group();
            let end = cursor.position();
            put(&mut read.options, OptionKey::Union, cursor.prose_between(first, end));
        }
        other => {
            let Some((_, key, kept)) = KNOWN.iter().find(|(known, ..)| *known == other) else { return Err(error) };
            match kept {
                As::Bool => {
                    let value = cursor.value()?.to_lowercase();
                    if matches!(value.as_str(), "1" | "on" | "yes") {
                        put(&mut read.options, *key, true);
                    }
                }
                As::Integer => {
                    let value = cursor.integer()?;
                    put(&mut read.options, *key, value);
                }
                As::Word => put(&mut read.options, *key, cursor.value()?.to_lowercase()),
                As::Text => put(&mut read.options, *key, cursor.value()?),
            }
        }
    }
    Ok(())
}
