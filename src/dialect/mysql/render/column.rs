//! The definition of a column, in the order in which SHOW CREATE TABLE writes it.

use crate::catalog::{Column, Name, OptionKey, Sql};

use super::super::connect::Flavour;
use super::super::sql::{closed, parenthesised, quote, string};
use super::super::tokens::{TokenKind, significant};
use super::super::types;
use super::attributes;

/// The name and all that is said of the column.
pub(in super::super) fn column(name: &Name, column: &Column, comment: Option<&str>, flavour: Flavour) -> String {
    let mut out = quote(name.as_str());
    let mut add = |text: &str| {
        out.push(' ');
        out.push_str(text);
    };
    let options = &column.options;
    let ty = column.ty.as_ref().map_or("", Sql::as_str);
    add(ty);
    let srid = options.integer(OptionKey::Srid);
    if let (Some(srid), Flavour::Mariadb) = (srid, flavour) {
        // A part of the type to MariaDB.
        add(&format!("REF_SYSTEM_ID={srid}"));
    }
    if options.is_on(OptionKey::Compressed) {
        add("COMPRESSED");
    }
    if let Some(charset) = options.word(OptionKey::Charset) {
        add(&format!("CHARACTER SET {charset}"));
    }
    if let Some(collation) = &column.collation {
        add(&format!("COLLATE {collation}"));
    }
    if options.is_on(OptionKey::RowStart) {
        add("GENERATED ALWAYS AS ROW START");
    }
    if options.is_on(OptionKey::RowEnd) {
        add("GENERATED ALWAYS AS ROW END");
    }
    if let Some(generated) = &column.generated {
        let kept = if generated.stored { "STORED" } else { "VIRTUAL" };
        add(&format!("GENERATED ALWAYS AS {} {kept}", parenthesised(generated.sql.as_str())));
    }
    // MariaDB takes neither NULL nor NOT NULL on a generated column.
    let says_null = column.generated.is_none() || flavour == Flavour::Mysql;
    let is_bound = options.is_on(OptionKey::RowStart) || options.is_on(OptionKey::RowEnd);
    if !column.null && says_null && !is_bound {
        add("NOT NULL");
    } else if column.null && says_null && ty.to_ascii_lowercase().starts_with("timestamp") {
        // Without explicit_defaults_for_timestamp a timestamp is NOT NULL unless it says otherwise.
        add("NULL");
    }
    if let (Some(srid), Flavour::Mysql) = (srid, flavour) {
        add(&format!("SRID {srid}"));
    }
    if options.is_on(OptionKey::Invisible) {
        add("INVISIBLE");
    }
    if options.is_on(OptionKey::WithoutSystemVersioning) {
        add("WITHOUT SYSTEM VERSIONING");
    }
    if options.is_on(OptionKey::AutoIncrement) {
        add("AUTO_INCREMENT");
    }
    if let Some(default) = default(column, flavour) {
        add(&format!("DEFAULT {default}"));
    }
    if let Some(on_update) = &column.on_update {
        add(&format!("ON UPDATE {on_update}"));
    }
    if let Some(format) = options.word(OptionKey::ColumnFormat) {
        add(&format!("COLUMN_FORMAT {format}"));
    }
    if let Some(storage) = options.word(OptionKey::Storage) {
        add(&format!("STORAGE {storage}"));
    }
    let attributes = attributes(options);
    if !attributes.is_empty() {
        add(attributes.trim_start());
    }
    if let Some(comment) = comment {
        add(&format!("COMMENT {}", string(comment)));
    }
    if let Some(check) = &column.check {
        add(&format!("CHECK {}", parenthesised(check.as_str())));
    }
    out
}

/// The same of a column that is there. MariaDB's JSON goes by that name: spelled out as the text that it is, it has the
/// server copy the table for a comment or a default.
pub(in super::super) fn modified_column(name: &Name, it: &Column, comment: Option<&str>, flavour: Flavour) -> String {
    if flavour == Flavour::Mysql || !is_json(name, it) {
        return column(name, it, comment, flavour);
    }
    let mut json = Column { ty: Some(Sql::new("json", "json")), collation: None, check: None, ..it.clone() };
    json.options.clear(OptionKey::Charset);
    column(name, &json, comment, flavour)
}

/// Whether it is what `json` stands for.
fn is_json(name: &Name, column: &Column) -> bool {
    let is_checked = column.check.as_ref().is_some_and(|check| {
        let all: String = significant(check.as_str()).map(|token| token.text(check.as_str())).collect();
        [quote(name.as_str()), name.as_str().to_owned()]
            .iter()
            .any(|own| all.eq_ignore_ascii_case(&format!("json_valid({own})")))
    });
    let is_text = column.ty.as_ref().is_some_and(|ty| ty.as_str().eq_ignore_ascii_case("longtext"));
    let collation = column.collation.as_ref().is_some_and(|name| name.as_str() == "utf8mb4_bin");
    is_checked && is_text && collation && column.options.word(OptionKey::Charset).is_none_or(|word| word == "utf8mb4")
}

/// Whether `MySQL` is told the default of a column as an expression.
pub(in super::super) fn has_expression_as_default(column: &Column) -> bool {
    default(column, Flavour::Mysql).is_some_and(|default| default.starts_with('('))
}

fn default(column: &Column, flavour: Flavour) -> Option<String> {
    let default = column.default.as_ref()?;
    let no_literal = flavour == Flavour::Mysql && column.ty.as_ref().is_some_and(types::has_no_literal_default);
    let ty = column.ty.as_ref().map_or("", Sql::as_str);
    Some(default_value(default, no_literal || is_time_of_another(default, ty)))
}

/// A literal and the present time stand as they are, any other expression in parentheses; so does a literal of a type
/// that takes none (MySQL's texts and blobs, error 1101).
fn default_value(default: &Sql, no_literal: bool) -> String {
    let text = default.as_str();
    if is_bare_default(text) && !no_literal { closed(text) } else { parenthesised(text) }
}

/// Whether a default is the present time and the type has no moment to hold it.
fn is_time_of_another(default: &Sql, ty: &str) -> bool {
    let ty = ty.to_ascii_lowercase();
    default.canonical().starts_with("current_timestamp") && !ty.starts_with("datetime") && !ty.starts_with("timestamp")
}

fn is_bare_default(text: &str) -> bool {
    let mut all = significant(text);
    let Some(first) = all.next() else { return true };
    let rest: Vec<_> = all.collect();
    match first.kind {
        TokenKind::String | TokenKind::Number | TokenKind::Bits => rest.is_empty(),
        TokenKind::Introducer => {
            matches!(rest.as_slice(), [only] if matches!(only.kind, TokenKind::String | TokenKind::Bits))
        }
        TokenKind::Word => {
            let word = first.text(text).to_ascii_lowercase();
            let literal = matches!(word.as_str(), "null" | "true" | "false");
            let now = matches!(word.as_str(), "current_timestamp" | "now" | "localtime" | "localtimestamp");
            let in_parentheses = rest.first().is_none_or(|token| token.text(text) == "(") && rest.len() <= 3;
            (literal && rest.is_empty()) || (now && in_parentheses)
        }
        _ => {
            let sign = matches!(first.text(text), "-" | "+");
            sign && matches!(rest.as_slice(), [only] if only.kind == TokenKind::Number)
        }
    }
}

/// Whether values of a type have a character set.
pub(in super::super) fn is_text(ty: &str) -> bool {
    let ty = ty.to_ascii_lowercase();
    let word: String = ty.chars().take_while(char::is_ascii_alphabetic).collect();
    matches!(word.as_str(), "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" | "enum" | "set")
}
