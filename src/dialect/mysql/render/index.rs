//! The definition of a key.

use std::fmt::Write as _;

use crate::catalog::{Index, Name, OptionKey, Options, Part, PartOf, PrimaryKey};

use super::super::connect::Flavour;
use super::super::sql::{parenthesised, quote, string};
use super::attributes;

/// `PRIMARY KEY (...)`
pub(in super::super) fn primary_key(key: &PrimaryKey, comment: Option<&str>, flavour: Flavour) -> String {
    let overlaps = if key.without_overlaps { Overlaps::Without } else { Overlaps::With };
    format!("PRIMARY KEY {}{}", parts(&key.columns, overlaps), tail(&key.options, comment, flavour))
}

/// `UNIQUE KEY name (...)`
pub(in super::super) fn index(name: &Name, index: &Index, comment: Option<&str>, flavour: Flavour) -> String {
    let kind = match index.options.word(OptionKey::IndexKind) {
        Some("fulltext") => "FULLTEXT KEY",
        Some("spatial") => "SPATIAL KEY",
        Some("vector") => "VECTOR KEY",
        _ if index.unique => "UNIQUE KEY",
        _ => "KEY",
    };
    let overlaps = if index.options.is_on(OptionKey::WithoutOverlaps) { Overlaps::Without } else { Overlaps::With };
    let method = index.method.as_ref().map(|method| format!(" USING {}", method.to_ascii_uppercase()));
    format!(
        "{kind} {} {}{}{}",
        quote(name.as_str()),
        parts(&index.columns, overlaps),
        method.unwrap_or_default(),
        tail(&index.options, comment, flavour)
    )
}

#[derive(Clone, Copy, PartialEq)]
enum Overlaps {
    With,
    /// MariaDB: of the application period that the last part names.
    Without,
}

fn parts(parts: &[Part], overlaps: Overlaps) -> String {
    let last = parts.len().saturating_sub(1);
    let part = |(at, part): (usize, &Part)| {
        let of = match &part.of {
            PartOf::Column(name) => quote(name.as_str()),
            PartOf::Sql(sql) => parenthesised(sql.as_str()),
        };
        let length = part.length.map(|length| format!("({length})")).unwrap_or_default();
        let order = if part.order.is_descending() { " DESC" } else { "" };
        let without = if overlaps == Overlaps::Without && at == last { " WITHOUT OVERLAPS" } else { "" };
        format!("{of}{length}{order}{without}")
    };
    format!("({})", parts.iter().enumerate().map(part).collect::<Vec<_>>().join(", "))
}

fn tail(options: &Options, comment: Option<&str>, flavour: Flavour) -> String {
    let mut out = String::new();
    // Of a primary key; an index has it as a field.
    if let Some(method) = options.word(OptionKey::Method) {
        let _ = write!(out, " USING {}", method.to_ascii_uppercase());
    }
    if let Some(size) = options.integer(OptionKey::KeyBlockSize) {
        let _ = write!(out, " KEY_BLOCK_SIZE={size}");
    }
    if let Some(parser) = options.word(OptionKey::Parser) {
        let _ = write!(out, " WITH PARSER {}", quote(parser));
    }
    if let Some(m) = options.integer(OptionKey::M) {
        let _ = write!(out, " M={m}");
    }
    if let Some(distance) = options.word(OptionKey::Distance) {
        let _ = write!(out, " DISTANCE={distance}");
    }
    if let Some(comment) = comment {
        let _ = write!(out, " COMMENT {}", string(comment));
    }
    if options.is_on(OptionKey::Invisible) && flavour == Flavour::Mysql {
        out.push_str(" INVISIBLE");
    }
    if options.is_on(OptionKey::Ignored) {
        out.push_str(" IGNORED");
    }
    out.push_str(&attributes(options));
    out
}
