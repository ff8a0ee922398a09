//! Types of columns, as far as what their values become goes.

use super::super::super::tokens::significant;
use super::super::super::types;

/// The type of a column: what it is, in small letters, and what is in its parentheses.
pub(super) struct Type<'a> {
    pub(super) word: String,
    pub(super) inner: &'a str,
    pub(super) unsigned: bool,
}

impl<'a> Type<'a> {
    pub(super) fn of(ty: &'a str) -> Self {
        let end = ty.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(ty.len());
        let (word, rest) = ty.split_at(end);
        let inner = rest.trim_start().strip_prefix('(').and_then(|rest| rest.rsplit_once(')'));
        let tail = inner.map_or(rest, |(_, tail)| tail).to_lowercase();
        Self {
            word: word.to_lowercase(),
            inner: inner.map_or("", |(inner, _)| inner).trim(),
            unsigned: tail.contains("unsigned") || tail.contains("zerofill"),
        }
    }

    pub(super) fn number(&self, at: usize) -> Option<u32> {
        self.inner.split(',').nth(at)?.trim().parse().ok()
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self.word.as_str(), "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext")
    }

    pub(super) fn is_binary(&self) -> bool {
        matches!(self.word.as_str(), "binary" | "varbinary" | "tinyblob" | "blob" | "mediumblob" | "longblob")
    }

    /// Whether it is a date or a time, or both.
    pub(super) fn is_temporal(&self) -> bool {
        self.is_dated() || self.word == "time"
    }

    /// The bits of an integer.
    pub(super) fn bits(&self) -> Option<u32> {
        Some(match self.word.as_str() {
            "tinyint" | "bool" | "boolean" => 8,
            "smallint" => 16,
            "mediumint" => 24,
            "int" | "integer" => 32,
            "bigint" => 64,
            _ => return None,
        })
    }

    pub(super) fn is_year(&self) -> bool {
        self.word == "year"
    }

    pub(super) fn is_decimal(&self) -> bool {
        matches!(self.word.as_str(), "decimal" | "numeric" | "dec" | "fixed")
    }

    pub(super) fn is_float(&self) -> bool {
        matches!(self.word.as_str(), "float" | "double" | "real")
    }

    pub(super) fn is_json(&self) -> bool {
        self.word == "json"
    }

    pub(super) fn is_member(&self) -> bool {
        matches!(self.word.as_str(), "enum" | "set")
    }

    pub(super) fn is_geometry(&self) -> bool {
        types::is_spatial(&self.word)
    }

    /// Types of which the servers cast nothing to another but as text or bytes.
    pub(super) fn is_apart(&self) -> bool {
        self.is_geometry() || matches!(self.word.as_str(), "inet4" | "inet6" | "uuid" | "vector")
    }

    pub(super) fn is_dated(&self) -> bool {
        matches!(self.word.as_str(), "date" | "datetime" | "timestamp")
    }

    pub(super) fn has_moment(&self) -> bool {
        matches!(self.word.as_str(), "datetime" | "timestamp" | "time")
    }

    /// The most that fits: characters of a text, bytes of anything else.
    pub(super) fn limit(&self) -> Option<(&'static str, u64)> {
        Some(match self.word.as_str() {
            "char" => ("CHAR_LENGTH", u64::from(self.number(0).unwrap_or(1))),
            "varchar" => ("CHAR_LENGTH", u64::from(self.number(0)?)),
            "binary" => ("LENGTH", u64::from(self.number(0).unwrap_or(1))),
            "varbinary" => ("LENGTH", u64::from(self.number(0)?)),
            "tinytext" | "tinyblob" => ("LENGTH", 255),
            "text" | "blob" => ("LENGTH", 65_535),
            "mediumtext" | "mediumblob" => ("LENGTH", 16_777_215),
            _ => return None,
        })
    }

    /// The members of an enum or a set.
    pub(super) fn members(&self) -> Vec<String> {
        significant(self.inner).filter_map(|token| token.string(self.inner)).collect()
    }
}
