//! What is known of PostgreSQL without asking it.

use crate::catalog::{Catalog, Folding, Kind, Name, Object, ObjectId, OptionSpec, Part, Sql};
use crate::dialect::{Dialect, DialectName, ImpliedName, Literal, Piece};

use super::tokens::{TokenKind, tokens};
use super::{canonical, home_types, mentions, names, one_piece, options, sql, written_out};

/// PostgreSQL.
#[derive(Debug)]
pub struct Postgres;

/// PostgreSQL.
pub static POSTGRES: Postgres = Postgres;

impl Dialect for Postgres {
    fn name(&self) -> DialectName {
        DialectName::Postgres
    }

    fn is_implied_key_name(&self, table: &ObjectId, name: &Name) -> bool {
        super::sql::made_up_name(table.name().as_str(), "", "pkey") == name.as_str()
    }

    fn keeps_comments(&self, kind: Kind) -> bool {
        !matches!(kind, Kind::UserMapping | Kind::DefaultPrivilege | Kind::DefaultGrants | Kind::Grant)
    }

    fn has_schemas(&self) -> bool {
        true
    }

    fn default_schema(&self) -> Option<&'static str> {
        Some("public")
    }

    fn signature(&self, kind: Kind, key: &str, arguments: &str) -> Name {
        names::signature(kind, key, arguments)
    }

    fn serial(&self, text: &str) -> Option<&'static str> {
        match text.trim().to_ascii_lowercase().as_str() {
            "serial" | "serial4" => Some("integer"),
            "bigserial" | "serial8" => Some("bigint"),
            "smallserial" | "serial2" => Some("smallint"),
            _ => None,
        }
    }

    fn sequence_name(&self, table: &Name, column: &Name) -> String {
        sql::made_up_name(table.as_str(), column.as_str(), "seq")
    }

    fn fault_of(&self, piece: Piece, text: &str) -> Option<String> {
        match piece {
            Piece::Sql => one_piece::fault_of_sql(text),
            Piece::Type => one_piece::fault_of_type(text),
            Piece::Body => one_piece::fault_of_body(text),
        }
    }

    fn shortened(&self, id: &ObjectId, object: &Object) -> Option<Object> {
        written_out::shortened(id, object)
    }

    fn keeps_made_up_names(&self) -> bool {
        true
    }

    fn folding(&self, _: Kind) -> Folding {
        Folding::Exact
    }

    /// What is in `pg_class`, and what is in `pg_type`, where each relation with rows of a shape has a type of its name.
    fn shared_names(&self) -> &'static [&'static [Kind]] {
        &[
            &[Kind::Table, Kind::View, Kind::ForeignTable, Kind::Composite, Kind::Sequence, Kind::Index],
            &[Kind::Table, Kind::View, Kind::ForeignTable, Kind::Composite, Kind::Enum, Kind::Domain, Kind::Range],
        ]
    }

    fn kinds(&self) -> &'static [Kind] {
        &[
            Kind::Schema,
            Kind::Extension,
            Kind::Collation,
            Kind::Enum,
            Kind::Composite,
            Kind::Attribute,
            Kind::Domain,
            Kind::Range,
            Kind::Sequence,
            Kind::Function,
            Kind::Procedure,
            Kind::Aggregate,
            Kind::Operator,
            Kind::OperatorFamily,
            Kind::OperatorClass,
            Kind::Cast,
            Kind::TextSearchDictionary,
            Kind::TextSearchConfiguration,
            Kind::ForeignDataWrapper,
            Kind::ForeignServer,
            Kind::UserMapping,
            Kind::Table,
            Kind::ForeignTable,
            Kind::Column,
            Kind::PrimaryKey,
            Kind::Unique,
            Kind::Check,
            Kind::ForeignKey,
            Kind::Exclusion,
            Kind::Index,
            Kind::Statistics,
            Kind::View,
            Kind::Rule,
            Kind::Trigger,
            Kind::Policy,
            Kind::EventTrigger,
            Kind::Publication,
            Kind::Subscription,
            Kind::DefaultPrivilege,
            Kind::DefaultGrants,
            Kind::Grant,
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

    fn type_name(&self, text: &str) -> Sql {
        canonical::type_name(text)
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
            TokenKind::String | TokenKind::EscapeString => {
                let literal = Literal::Text(first.string(text)?);
                (self.literal(&literal).as_str() == text).then_some(literal)
            }
            TokenKind::Number if is_plain_number(text) => Some(Literal::Number(text.to_owned())),
            TokenKind::Word if text.eq_ignore_ascii_case("true") => Some(Literal::Bool(true)),
            TokenKind::Word if text.eq_ignore_ascii_case("false") => Some(Literal::Bool(false)),
            _ => None,
        }
    }

    fn implied_name(&self, table: &ObjectId, constraint: &Object, copy: usize) -> ImpliedName {
        names::implied(table, constraint, copy)
    }

    fn settle_null(&self, catalog: &Catalog, column: &ObjectId, written: Option<bool>) -> Result<bool, String> {
        match never_null(catalog, column) {
            Some(why) if written == Some(true) => Err(format!("{why} are never NULL in PostgreSQL")),
            Some(_) => Ok(false),
            None => Ok(written.unwrap_or_else(|| unsaid(catalog, column))),
        }
    }

    fn written_null(&self, catalog: &Catalog, column: &ObjectId) -> Option<bool> {
        let Some(Object::Column(object)) = catalog.object(column) else { return None };
        if never_null(catalog, column).is_some() {
            return None;
        }
        (object.null != unsaid(catalog, column)).then_some(object.null)
    }

    fn write_schemas(&self, catalog: &mut Catalog) -> Vec<(ObjectId, ObjectId)> {
        home_types::write_schemas(catalog);
        home_types::resigned(catalog)
    }

    fn find_mentions(&self, catalog: &mut Catalog) {
        name_keys(catalog);
        let sequences = catalog.iter().filter(|(_, entry)| matches!(entry.object, Object::Sequence(_)));
        for id in sequences.map(|(id, _)| id.clone()).collect::<Vec<_>>() {
            say_no_more_than_the_table(catalog, &id);
        }
        mentions::find(catalog);
    }
}

/// A sequence that is as unlogged as the table of the column that owns it says nothing of it.
fn say_no_more_than_the_table(catalog: &mut Catalog, id: &ObjectId) {
    let Some(Object::Sequence(sequence)) = catalog.object(id) else { return };
    let Some(said) = sequence.unlogged else { return };
    if said == sequence.is_of_unlogged(catalog)
        && let Some(Object::Sequence(sequence)) = catalog.get_mut(id).map(|entry| &mut entry.object)
    {
        sequence.unlogged = None;
    }
}

/// A primary key that has the name that the server would give has none of its own.
fn name_keys(catalog: &mut Catalog) {
    let plain: Vec<ObjectId> = catalog
        .iter()
        .filter(|(id, entry)| match (&entry.object, id.parent()) {
            (Object::PrimaryKey(key), Some(table)) => {
                key.name.as_ref().is_some_and(|name| *name == names::implied(table, &entry.object, 0).name)
            }
            _ => false,
        })
        .map(|(id, _)| id.clone())
        .collect();
    for id in plain {
        if let Some(Object::PrimaryKey(key)) = catalog.get_mut(&id).map(|entry| &mut entry.object) {
            key.name = None;
        }
    }
}

/// Why a column takes no NULL whatever is written.
fn never_null(catalog: &Catalog, column: &ObjectId) -> Option<&'static str> {
    let table = column.parent()?;
    let in_key = catalog
        .primary_key(table)
        .is_some_and(|key| key.columns.iter().filter_map(Part::as_column).any(|name| name == column.name()));
    let identity = matches!(catalog.object(column), Some(Object::Column(object)) if object.identity.is_some());
    match (in_key, identity) {
        (true, _) => Some("the columns of a primary key"),
        (false, true) => Some("identity columns"),
        (false, false) => None,
    }
}

/// Whether a column takes NULL of which nothing is said: it does not, unless it comes from elsewhere.
fn unsaid(catalog: &Catalog, column: &ObjectId) -> bool {
    let Some(Object::Column(object)) = catalog.object(column) else { return false };
    let Some(table) = column.parent().filter(|_| object.ty.is_none()) else { return false };
    let above = catalog.object(table).into_iter().flat_map(Object::parents);
    let parent = above.map(|table| table.child(Kind::Column, column.name().clone()));
    let found = parent.filter_map(|id| match catalog.object(&id) {
        Some(Object::Column(object)) => Some(object.null && never_null(catalog, &id).is_none()),
        _ => None,
    });
    // Of the columns of views and of typed tables nothing else is known.
    found.reduce(|a, b| a && b).unwrap_or(true)
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
