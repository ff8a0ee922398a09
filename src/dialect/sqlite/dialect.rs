//! What is known of SQLite without asking it.

use crate::catalog::{Catalog, Folding, Kind, Name, Object, ObjectId, OptionKey, OptionSpec, Part, PartOf, Sql};
use crate::dialect::{Dialect, DialectName, ImpliedName, Literal, Mistake};

use super::tokens::{TokenKind, tokens, trim, unquote};
use super::{canonical, habits, mentions, options, sql};

/// SQLite.
#[derive(Debug)]
pub struct Sqlite;

/// SQLite.
pub static SQLITE: Sqlite = Sqlite;

/// How SQLite matches every name.
pub(super) const FOLDING: Folding = Folding::Ascii;

/// A name as SQLite matches it.
pub(super) fn name(text: impl AsRef<str>) -> Name {
    Name::new(text, FOLDING)
}

impl Dialect for Sqlite {
    fn name(&self) -> DialectName {
        DialectName::Sqlite
    }

    fn folding(&self, _: Kind) -> Folding {
        FOLDING
    }

    fn shared_names(&self) -> &'static [&'static [Kind]] {
        &[&[Kind::Table, Kind::VirtualTable, Kind::View, Kind::Index], &[Kind::Trigger]]
    }

    fn kinds(&self) -> &'static [Kind] {
        &[
            Kind::Table,
            Kind::VirtualTable,
            Kind::Column,
            Kind::PrimaryKey,
            Kind::Unique,
            Kind::Check,
            Kind::ForeignKey,
            Kind::Index,
            Kind::View,
            Kind::Trigger,
        ]
    }

    fn options(&self) -> &'static [OptionSpec] {
        options::OPTIONS
    }

    fn expression(&self, text: &str) -> Sql {
        canonical::expression(text)
    }

    fn query(&self, text: &str) -> Sql {
        canonical::query(text)
    }

    fn default_value(&self, text: &str) -> Sql {
        canonical::default_value(text)
    }

    fn module(&self, text: &str) -> Sql {
        canonical::module(text)
    }

    fn type_name(&self, text: &str) -> Sql {
        let name = quoted_whole(text).map(unquote);
        canonical::type_name(name.as_deref().unwrap_or(text))
    }

    fn mistake_in_type(&self, column: &Name, text: &str) -> Option<Mistake> {
        habits::in_type(column, text)
    }

    fn written_type(&self, ty: &Sql) -> String {
        let text = ty.as_str();
        let in_quotes = habits::constraint_word(text).is_some() || quoted_whole(text).is_some();
        if in_quotes { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
    }

    fn strings_unless_columns(&self, sql: &Sql) -> Vec<String> {
        habits::strings_unless_columns(sql)
    }

    fn literal(&self, literal: &Literal) -> Sql {
        self.expression(&match literal {
            Literal::Text(text) => sql::string(text),
            Literal::Number(digits) => digits.clone(),
            Literal::Bool(value) => value.to_string(),
        })
    }

    fn read_literal(&self, sql: &Sql) -> Option<Literal> {
        let text = sql.as_str();
        let mut found = tokens(text);
        let (first, second) = (found.next()?, found.next());
        if let Some(number) = second {
            let signed = first.text(text) == "-" && number.start == first.end && found.next().is_none();
            return (signed && is_plain_number(number.text(text))).then(|| Literal::Number(text.to_owned()));
        }
        match first.kind {
            TokenKind::String => Some(Literal::Text(unquote(text))),
            TokenKind::Number if is_plain_number(text) => Some(Literal::Number(text.to_owned())),
            TokenKind::Word if text.eq_ignore_ascii_case("true") => Some(Literal::Bool(true)),
            TokenKind::Word if text.eq_ignore_ascii_case("false") => Some(Literal::Bool(false)),
            _ => None,
        }
    }

    fn implied_name(&self, _: &ObjectId, constraint: &Object, copy: usize) -> ImpliedName {
        let what = match constraint {
            Object::Unique(unique) => format!("({})", parts(&unique.columns)),
            Object::Check(check) => canonical::readable(check.sql.canonical()),
            Object::ForeignKey(key) => {
                let columns = sql::quote_list(key.columns.iter().map(Name::key));
                let table = sql::quote(key.references.name().key());
                let of = if key.ref_columns.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", sql::quote_list(key.ref_columns.iter().map(Name::key)))
                };
                format!("({columns}) references {table}{of}")
            }
            _ => String::new(),
        };
        let numbered = if copy == 0 { what } else { format!("{what} #{}", copy + 1) };
        // The strings inside a check differ by their case, so its name is matched exactly.
        ImpliedName { name: Name::exact(numbered), unnamed: true }
    }

    fn settle_null(&self, catalog: &Catalog, column: &ObjectId, written: Option<bool>) -> Result<bool, String> {
        match nullability(catalog, column) {
            Nullability::RowidAlias => Ok(written.unwrap_or(true)),
            Nullability::Never(_) if written != Some(true) => Ok(false),
            Nullability::Never(why) => {
                Err(format!("the primary key columns of a {why} table are never NULL in SQLite"))
            }
            Nullability::AsWritten => Ok(written.unwrap_or(false)),
        }
    }

    fn written_null(&self, catalog: &Catalog, column: &ObjectId) -> Option<bool> {
        let Some(Object::Column(object)) = catalog.object(column) else { return None };
        match (nullability(catalog, column), object.null) {
            (Nullability::RowidAlias, false) => Some(false),
            (Nullability::AsWritten, true) => Some(true),
            _ => None,
        }
    }

    fn find_mentions(&self, catalog: &mut Catalog) {
        mentions::find(catalog);
    }
}

/// The text, if all of it is one name in SQL's quotes.
fn quoted_whole(text: &str) -> Option<&str> {
    let text = trim(text);
    let mut all = tokens(text);
    match (all.next()?.kind, all.next()) {
        (TokenKind::DoubleQuoted | TokenKind::Quoted | TokenKind::String, None) => Some(text),
        _ => None,
    }
}

/// Digits that TOML can hold as they are: no leading zeros, digits on both sides of a point.
fn is_plain_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let whole = |part: &str| digits(part) && (part == "0" || !part.starts_with('0'));
    match text.split_once('.') {
        Some((before, after)) => whole(before) && digits(after) && text.len() <= 40,
        None => whole(text) && text.parse::<i64>().is_ok(),
    }
}

fn parts(parts: &[Part]) -> String {
    let part = |part: &Part| {
        let of = match &part.of {
            PartOf::Column(name) => sql::quote(name.key()),
            PartOf::Sql(sql) => sql.canonical().to_owned(),
        };
        let collation = part.collation.as_ref().map(|name| format!(" collate {}", sql::quote(name.key())));
        format!("{of}{}{}", collation.unwrap_or_default(), if part.order.is_descending() { " desc" } else { "" })
    };
    parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

/// What decides whether a column takes NULL.
enum Nullability {
    /// It is the rowid: NULL stands for the next one.
    RowidAlias,
    /// It belongs to the primary key of a table of this kind.
    Never(&'static str),
    /// What is written.
    AsWritten,
}

fn nullability(catalog: &Catalog, column: &ObjectId) -> Nullability {
    let Some(table) = column.parent() else { return Nullability::AsWritten };
    let in_key = catalog
        .primary_key(table)
        .is_some_and(|key| key.columns.iter().filter_map(Part::as_column).any(|name| name == column.name()));
    if !in_key {
        return Nullability::AsWritten;
    }
    if is_rowid_alias(catalog, column) {
        return Nullability::RowidAlias;
    }
    match catalog.object(table) {
        Some(Object::Table(table)) if table.options.is_on(OptionKey::WithoutRowid) => {
            Nullability::Never("WITHOUT ROWID")
        }
        Some(Object::Table(table)) if table.options.is_on(OptionKey::Strict) => Nullability::Never("STRICT"),
        _ => Nullability::AsWritten,
    }
}

/// Whether a column is the rowid under another name: the lone INTEGER primary key of a table with rowids.
pub(super) fn is_rowid_alias(catalog: &Catalog, column: &ObjectId) -> bool {
    let Some(table) = column.parent() else { return false };
    let has_rowid = match catalog.object(table) {
        Some(Object::Table(table)) => !table.options.is_on(OptionKey::WithoutRowid),
        _ => false,
    };
    let is_integer = match catalog.object(column) {
        Some(Object::Column(object)) => object.ty.as_ref().is_some_and(|ty| ty.canonical() == "integer"),
        _ => false,
    };
    has_rowid
        && is_integer
        && catalog.primary_key(table).is_some_and(|key| match key.columns.as_slice() {
            [only] => only.as_column() == Some(column.name()) && !key.options.is_off(OptionKey::RowidAlias),
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_comes_back_as_it_was_written() {
        for name in [
            "integer",
            "integer primary key",
            "\"a\"",
            "'a'",
            "[a]",
            "\"a\" b",
            "text collate \"x\"",
            "varchar(max)",
            "",
        ] {
            let ty = canonical::type_name(name);
            assert_eq!(SQLITE.type_name(&SQLITE.written_type(&ty)).as_str(), name);
        }
        assert_eq!(SQLITE.written_type(&canonical::type_name("int not null")), "\"int not null\"");
    }

    #[test]
    fn a_literal_is_read_only_where_writing_it_gives_the_same_text() {
        let text = |text: &str| Some(Literal::Text(text.to_owned()));
        let number = |digits: &str| Some(Literal::Number(digits.to_owned()));
        for (sql, literal) in [
            ("'it''s'", text("it's")),
            ("0", number("0")),
            ("-1", number("-1")),
            ("0.00", number("0.00")),
            ("true", Some(Literal::Bool(true))),
            ("FALSE", Some(Literal::Bool(false))),
            ("- 1", None),
            ("+1", None),
            ("007", None),
            ("1.", None),
            (".5", None),
            ("1e5", None),
            ("0x10", None),
            ("1_000", None),
            ("99999999999999999999", None),
            ("x", None),
            ("\"x\"", None),
            ("null", None),
            ("x'00'", None),
            ("'a' -- b", None),
            ("1 + 1", None),
            ("'a' || 'b'", None),
        ] {
            let sql = SQLITE.expression(sql);
            assert_eq!(SQLITE.read_literal(&sql), literal, "{sql}");
            if let Some(literal) = literal {
                assert_eq!(SQLITE.literal(&literal), sql);
            }
        }
    }
}
