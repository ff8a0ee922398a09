//! What is known of MySQL and MariaDB without asking them.

use std::collections::BTreeSet;

use crate::catalog::{
    Action, Catalog, Folding, Kind, Name, Object, ObjectId, OptionKey, OptionSpec, OptionValue, Options, Part, PartOf,
    Sql,
};
use crate::dialect::{Dialect, DialectName, ImpliedName, Literal};

use super::connect::{Flavour, Server};
use super::tokens::{TokenKind, significant};
use super::{canonical, defaults, mentions, options, sql, types};

/// One of the two, with how it tells tables apart.
#[derive(Debug)]
pub struct Mysql {
    /// Which of the two.
    pub flavour: Flavour,
    /// How names of tables are matched: a setting of the server, `lower_case_table_names`.
    pub tables: Folding,
}

/// MySQL.
pub static MYSQL: Mysql = Mysql { flavour: Flavour::Mysql, tables: Folding::Exact };
/// MariaDB.
pub static MARIADB: Mysql = Mysql { flavour: Flavour::Mariadb, tables: Folding::Exact };
/// MySQL where names of tables are kept in small letters.
static MYSQL_SMALL: Mysql = Mysql { flavour: Flavour::Mysql, tables: Folding::Small };
/// MariaDB where names of tables are kept in small letters.
static MARIADB_SMALL: Mysql = Mysql { flavour: Flavour::Mariadb, tables: Folding::Small };
/// MySQL where names of tables have no case.
static MYSQL_FOLDED: Mysql = Mysql { flavour: Flavour::Mysql, tables: Folding::Unicode };
/// MariaDB where names of tables have no case.
static MARIADB_FOLDED: Mysql = Mysql { flavour: Flavour::Mariadb, tables: Folding::Unicode };

impl Mysql {
    /// What a server speaks.
    pub fn of(server: &Server, lower_case_table_names: u8) -> &'static Self {
        match (server.flavour, lower_case_table_names) {
            (Flavour::Mysql, 0) => &MYSQL,
            (Flavour::Mysql, 1) => &MYSQL_SMALL,
            (Flavour::Mariadb, 1) => &MARIADB_SMALL,
            (Flavour::Mysql, _) => &MYSQL_FOLDED,
            (Flavour::Mariadb, 0) => &MARIADB,
            (Flavour::Mariadb, _) => &MARIADB_FOLDED,
        }
    }

    /// A name of an object of this kind.
    pub(super) fn called(&self, kind: Kind, text: impl AsRef<str>) -> Name {
        Name::new(text, self.folding(kind))
    }

    /// Something that stands on its own.
    pub(super) fn top(&self, kind: Kind, text: impl AsRef<str>) -> ObjectId {
        ObjectId::top(kind, None, self.called(kind, text))
    }

    /// Whether it is MariaDB.
    pub(super) fn is_mariadb(&self) -> bool {
        self.flavour == Flavour::Mariadb
    }
}

const KINDS: &[Kind] = &[
    Kind::Database,
    Kind::Table,
    Kind::Column,
    Kind::PrimaryKey,
    Kind::Check,
    Kind::ForeignKey,
    Kind::Index,
    Kind::Partition,
    Kind::View,
    Kind::Trigger,
    Kind::Function,
    Kind::Procedure,
    Kind::Event,
];
const MARIADB_KINDS: &[Kind] = &[
    Kind::Database,
    Kind::Sequence,
    Kind::Table,
    Kind::Column,
    Kind::PrimaryKey,
    Kind::Check,
    Kind::ForeignKey,
    Kind::Index,
    Kind::Partition,
    Kind::View,
    Kind::Trigger,
    Kind::Function,
    Kind::Procedure,
    Kind::Event,
];

impl Dialect for Mysql {
    fn name(&self) -> DialectName {
        match self.flavour {
            Flavour::Mysql => DialectName::Mysql,
            Flavour::Mariadb => DialectName::Mariadb,
        }
    }

    fn unique_is_index(&self) -> bool {
        true
    }

    fn column_check_is_its_own(&self) -> bool {
        self.name() == DialectName::Mariadb
    }

    /// A program runs under its mode, and under some the server reads its text otherwise: `||` joins strings, `"a"` is a
    /// name. Each that is not made under the mode that servers come with says so. The times of an event are those of its
    /// zone.
    fn is_part_of_meaning(&self, key: OptionKey, value: &OptionValue) -> bool {
        match (key, value) {
            (OptionKey::SqlMode, OptionValue::Text(text)) => {
                let modes: BTreeSet<&str> = text.split(',').filter(|mode| !mode.is_empty()).collect();
                modes != self.flavour.default_sql_mode().iter().copied().collect()
            }
            (OptionKey::TimeZone, OptionValue::Text(zone)) => zone != "SYSTEM",
            // Of the database itself: what its tables say nothing of is that.
            (OptionKey::Charset | OptionKey::Collation, _) => true,
            _ => false,
        }
    }

    /// A zero of these is none said.
    fn shortened(&self, _id: &ObjectId, object: &Object) -> Option<Object> {
        const ZEROS: [OptionKey; 5] = [
            OptionKey::KeyBlockSize,
            OptionKey::MaxRows,
            OptionKey::MinRows,
            OptionKey::AvgRowLength,
            OptionKey::StatsSamplePages,
        ];
        let said = |options: &Options| ZEROS.into_iter().find(|key| options.integer(*key) == Some(0));
        said(object.options()?)?;
        let mut shorter = object.clone();
        while let Some(options) = shorter.options_mut()
            && let Some(key) = said(options)
        {
            options.clear(key);
        }
        Some(shorter)
    }

    fn keeps_comments(&self, kind: Kind) -> bool {
        matches!(
            kind,
            Kind::Table
                | Kind::Column
                | Kind::Index
                | Kind::PrimaryKey
                | Kind::Partition
                | Kind::Function
                | Kind::Procedure
                | Kind::Event
        ) || (matches!(kind, Kind::Database | Kind::Sequence) && self.is_mariadb())
    }

    /// Names of tables, and of what stands beside them as files once did, are the server's setting.
    fn folding(&self, kind: Kind) -> Folding {
        match kind {
            Kind::Table | Kind::View | Kind::Sequence | Kind::Trigger | Kind::Database => self.tables,
            _ => Folding::Unicode,
        }
    }

    fn shared_names(&self) -> &'static [&'static [Kind]] {
        match self.flavour {
            // A check's name is unique in the database only in MySQL.
            Flavour::Mysql => &[&[Kind::Table, Kind::View], &[Kind::ForeignKey], &[Kind::Check], &[Kind::Trigger]],
            Flavour::Mariadb => &[&[Kind::Table, Kind::View, Kind::Sequence], &[Kind::ForeignKey], &[Kind::Trigger]],
        }
    }

    fn kinds(&self) -> &'static [Kind] {
        match self.flavour {
            Flavour::Mysql => KINDS,
            Flavour::Mariadb => MARIADB_KINDS,
        }
    }

    fn options(&self) -> &'static [OptionSpec] {
        match self.flavour {
            Flavour::Mysql => options::MYSQL,
            Flavour::Mariadb => options::MARIADB,
        }
    }

    fn expression(&self, text: &str) -> Sql {
        canonical::expression(text)
    }

    fn query(&self, text: &str) -> Sql {
        canonical::query(text)
    }

    /// The server keeps the semicolon that ends a body, or not, by how many statements its client sent at once, and no blanks
    /// before it.
    fn body(&self, text: &str) -> Sql {
        let bare = text.trim().trim_end_matches(';').trim_end();
        Sql::new(bare, bare)
    }

    fn default_value(&self, text: &str) -> Sql {
        if self.is_mariadb() {
            return defaults::as_written(text);
        }
        defaults::of(text)
    }

    fn type_name(&self, text: &str) -> Sql {
        types::of(text, self.flavour)
    }

    fn written_type(&self, ty: &Sql) -> String {
        types::written(ty, self.flavour)
    }

    fn literal(&self, literal: &Literal) -> Sql {
        defaults::of(&match literal {
            Literal::Text(text) => sql::string(text),
            Literal::Number(digits) => digits.clone(),
            // TRUE and FALSE are 1 and 0, and are reported so.
            Literal::Bool(value) => u8::from(*value).to_string(),
        })
    }

    fn read_literal(&self, value: &Sql) -> Option<Literal> {
        let text = value.as_str();
        let mut found = significant(text);
        let (first, second) = (found.next()?, found.next());
        if first.start != 0 || super::tokens::tokens(text).any(|token| token.is_comment()) {
            return None;
        }
        let number = |digits: &str| defaults::is_plain_number(digits).then(|| Literal::Number(text.to_owned()));
        match (first.kind, second) {
            (TokenKind::Symbol, Some(digits)) if text.starts_with('-') && found.next().is_none() => {
                (digits.start == first.end).then(|| number(digits.text(text)))?
            }
            (TokenKind::String, None) => {
                let inner = first.string(text)?;
                // One that was written otherwise would come back in other letters.
                (sql::string(&inner) == text).then_some(Literal::Text(inner))
            }
            (TokenKind::Number, None) => number(text),
            _ => None,
        }
    }

    fn implied_name(&self, table: &ObjectId, constraint: &Object, copy: usize) -> ImpliedName {
        let (kind, text) = match constraint {
            Object::Index(index) => (Kind::Index, index_name(&index.columns, copy)),
            Object::Unique(unique) => (Kind::Index, index_name(&unique.columns, copy)),
            Object::ForeignKey(_) => (Kind::ForeignKey, format!("{}_ibfk_{}", table.name(), copy + 1)),
            Object::Check(_) => match self.flavour {
                Flavour::Mysql => (Kind::Check, format!("{}_chk_{}", table.name(), copy + 1)),
                Flavour::Mariadb => (Kind::Check, format!("CONSTRAINT_{}", copy + 1)),
            },
            other => (other.kind(), String::new()),
        };
        ImpliedName { name: self.called(kind, text), unnamed: false }
    }

    fn settle_null(&self, catalog: &Catalog, column: &ObjectId, written: Option<bool>) -> Result<bool, String> {
        match nullability(self.flavour, catalog, column) {
            Nullability::Key if written == Some(true) => {
                Err("the columns of a primary key are never NULL in MySQL and MariaDB".to_owned())
            }
            Nullability::Key | Nullability::Period => Ok(false),
            Nullability::Computed if written == Some(false) => {
                Err("MariaDB takes no NOT NULL on a generated column".to_owned())
            }
            Nullability::Computed => Ok(true),
            Nullability::AsWritten => Ok(written.unwrap_or(false)),
        }
    }

    fn written_null(&self, catalog: &Catalog, column: &ObjectId) -> Option<bool> {
        let Some(Object::Column(object)) = catalog.object(column) else { return None };
        match nullability(self.flavour, catalog, column) {
            Nullability::AsWritten if object.null => Some(true),
            _ => None,
        }
    }

    fn unsaid_action(&self) -> Action {
        self.flavour.unsaid_action()
    }

    fn find_mentions(&self, catalog: &mut Catalog) {
        mentions::find(catalog, self);
    }
}

/// An index without a name is called as its first column: `a`, `a_2`, `a_3`.
fn index_name(parts: &[Part], copy: usize) -> String {
    let first = parts.first().map(|part| match &part.of {
        PartOf::Column(name) => name.as_str(),
        PartOf::Sql(_) => "functional_index",
    });
    match (first.unwrap_or_default(), copy) {
        (first, 0) => first.to_owned(),
        (first, copy) => format!("{first}_{}", copy + 1),
    }
}

/// What decides whether a column takes NULL.
enum Nullability {
    /// It belongs to the primary key.
    Key,
    /// It bounds a period.
    Period,
    /// It is generated, and MariaDB has no NOT NULL for such.
    Computed,
    /// What is written.
    AsWritten,
}

fn nullability(flavour: Flavour, catalog: &Catalog, column: &ObjectId) -> Nullability {
    let Some(table) = column.parent() else { return Nullability::AsWritten };
    let in_key = catalog
        .primary_key(table)
        .is_some_and(|key| key.columns.iter().filter_map(Part::as_column).any(|name| name == column.name()));
    if in_key {
        return Nullability::Key;
    }
    let bounds = match catalog.object(table) {
        Some(Object::Table(table)) => {
            table.period.iter().any(|period| period.from == *column.name() || period.to == *column.name())
        }
        _ => false,
    };
    match catalog.object(column) {
        Some(Object::Column(object))
            if bounds || object.options.is_on(OptionKey::RowStart) || object.options.is_on(OptionKey::RowEnd) =>
        {
            Nullability::Period
        }
        Some(Object::Column(object)) if object.generated.is_some() && flavour == Flavour::Mariadb => {
            Nullability::Computed
        }
        _ => Nullability::AsWritten,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_read_only_where_writing_it_gives_the_same_text() {
        let text = |text: &str| Some(Literal::Text(text.to_owned()));
        let number = |digits: &str| Some(Literal::Number(digits.to_owned()));
        for (sql, literal) in [
            ("'it''s'", text("it's")),
            ("0", number("0")),
            ("-1.50", number("-1.50")),
            ("007", None),
            ("('a')", None),
            ("current_timestamp()", None),
            ("b'101'", None),
            ("_latin1'a'", None),
            ("null", None),
        ] {
            let sql = MYSQL.default_value(sql);
            assert_eq!(MYSQL.read_literal(&sql), literal, "{sql}");
            if let Some(literal) = literal {
                assert_eq!(MYSQL.literal(&literal), sql);
            }
        }
    }
}
