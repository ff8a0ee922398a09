//! A dialect for tests.

use crate::catalog::{Catalog, Folding, Kind, Name, Object, ObjectId, OptionKey, OptionSpec, OptionType, Part, Sql};
use crate::dialect::{Dialect, DialectName, ImpliedName, Literal};

/// What of SQLite the reading of the TOML asks for.
#[derive(Debug)]
pub(crate) struct Tiny;

pub(crate) static TINY: Tiny = Tiny;

const CONFLICT: OptionType = OptionType::Word(&["abort", "rollback", "fail", "ignore", "replace"], "abort");
const OFF: OptionType = OptionType::Bool(false);

static OPTIONS: [OptionSpec; 7] = [
    OptionSpec { key: OptionKey::Strict, on: Kind::Table, value: OFF, doc: "" },
    OptionSpec { key: OptionKey::WithoutRowid, on: Kind::Table, value: OFF, doc: "" },
    OptionSpec { key: OptionKey::Autoincrement, on: Kind::PrimaryKey, value: OFF, doc: "" },
    OptionSpec { key: OptionKey::RowidAlias, on: Kind::PrimaryKey, value: OptionType::Bool(true), doc: "" },
    OptionSpec { key: OptionKey::OnConflict, on: Kind::PrimaryKey, value: CONFLICT, doc: "" },
    OptionSpec { key: OptionKey::OnConflict, on: Kind::Column, value: CONFLICT, doc: "" },
    OptionSpec { key: OptionKey::OnConflict, on: Kind::Unique, value: CONFLICT, doc: "" },
];

impl Dialect for Tiny {
    fn name(&self) -> DialectName {
        DialectName::Sqlite
    }
    fn folding(&self, _: Kind) -> Folding {
        Folding::Ascii
    }
    fn shared_names(&self) -> &'static [&'static [Kind]] {
        &[&[Kind::Table, Kind::VirtualTable, Kind::View, Kind::Index], &[Kind::Trigger]]
    }
    fn kinds(&self) -> &'static [Kind] {
        &Kind::ALL
    }
    fn options(&self) -> &'static [OptionSpec] {
        &OPTIONS
    }
    fn expression(&self, text: &str) -> Sql {
        Sql::new(text, text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
    }
    fn type_name(&self, text: &str) -> Sql {
        Sql::new(text, text.to_lowercase())
    }
    fn literal(&self, literal: &Literal) -> Sql {
        self.expression(&match literal {
            Literal::Text(text) => format!("'{}'", text.replace('\'', "''")),
            Literal::Number(digits) => digits.clone(),
            Literal::Bool(value) => value.to_string(),
        })
    }
    fn read_literal(&self, _: &Sql) -> Option<Literal> {
        None
    }
    fn implied_name(&self, _: &ObjectId, constraint: &Object, copy: usize) -> ImpliedName {
        let parts = |parts: &[Part]| {
            parts.iter().filter_map(|part| part.as_column().map(Name::key)).collect::<Vec<_>>().join(", ")
        };
        let what = match constraint {
            Object::Unique(unique) => format!("({})", parts(&unique.columns)),
            Object::Check(check) => check.sql.canonical().to_owned(),
            Object::ForeignKey(key) => {
                let columns: Vec<_> = key.columns.iter().map(Name::key).collect();
                format!("({}) references {}", columns.join(", "), key.references.name().key())
            }
            _ => String::new(),
        };
        let name = if copy == 0 { what } else { format!("{what} #{}", copy + 1) };
        ImpliedName { name: Name::exact(name), unnamed: true }
    }
    fn settle_null(&self, catalog: &Catalog, column: &ObjectId, written: Option<bool>) -> Result<bool, String> {
        let without_rowid = column
            .parent()
            .and_then(|table| catalog.object(table))
            .is_some_and(|table| matches!(table, Object::Table(table) if table.options.is_on(OptionKey::WithoutRowid)));
        if without_rowid && written == Some(true) {
            return Err("no NULL here".to_owned());
        }
        Ok(written.unwrap_or(false))
    }
    fn written_null(&self, _: &Catalog, _: &ObjectId) -> Option<bool> {
        None
    }
    fn find_mentions(&self, _: &mut Catalog) {}
}
