//! How a statement names an object: `TABLE public.t`, `CONSTRAINT c ON public.t`, `FUNCTION public.f(integer)`.

use crate::catalog::{Catalog, Kind, Object, ObjectId};

use super::super::sql::{in_schema, name, qualified, quote, role};

/// An object as `COMMENT ON`, `DROP`, `ALTER ... RENAME` and the like name it: its keyword and its name.
pub(in crate::dialect::postgres) fn address(catalog: &Catalog, id: &ObjectId) -> String {
    match id.kind() {
        Kind::Trigger | Kind::Rule | Kind::Policy => {
            format!("{} {} ON {}", keyword(catalog, id), name(id), relation(id))
        }
        Kind::UserMapping => format!("USER MAPPING FOR {} SERVER {}", role(id.name().as_str()), relation(id)),
        _ => format!("{} {}", keyword(catalog, id), own_name(catalog, id)),
    }
}

/// The same for `COMMENT ON`, which knows columns and constraints too.
pub(in crate::dialect::postgres) fn comment_target(catalog: &Catalog, id: &ObjectId) -> String {
    match id.kind() {
        Kind::Column | Kind::Attribute => format!("COLUMN {}.{}", relation(id), name(id)),
        Kind::PrimaryKey | Kind::Unique | Kind::Check | Kind::ForeignKey | Kind::Exclusion => {
            let domain = if id.root().kind() == Kind::Domain { "DOMAIN " } else { "" };
            format!("CONSTRAINT {} ON {domain}{}", constraint_name(catalog, id), relation(id))
        }
        _ => address(catalog, id),
    }
}

/// `DROP TABLE public.t`.
pub(in crate::dialect::postgres) fn drop_statement(catalog: &Catalog, id: &ObjectId) -> String {
    format!("DROP {}", address(catalog, id))
}

/// The object that a child belongs to, as statements on the child name it.
pub(in crate::dialect::postgres) fn relation(id: &ObjectId) -> String {
    qualified(id.parent().unwrap_or(id))
}

/// The name of a constraint; a primary key may have the one that the server made up.
pub(in crate::dialect::postgres) fn constraint_name(catalog: &Catalog, id: &ObjectId) -> String {
    quote(&plain_constraint_name(catalog, id))
}

/// The same without quotes.
pub(in crate::dialect::postgres) fn plain_constraint_name(catalog: &Catalog, id: &ObjectId) -> String {
    match catalog.object(id) {
        Some(Object::PrimaryKey(key)) => key.name.as_ref().map_or_else(
            || super::super::sql::made_up_name(id.root().name().as_str(), "", "pkey"),
            |name| name.as_str().to_owned(),
        ),
        _ => id.name().as_str().to_owned(),
    }
}

fn keyword(catalog: &Catalog, id: &ObjectId) -> &'static str {
    match id.kind() {
        Kind::Database => "DATABASE",
        Kind::Schema => "SCHEMA",
        Kind::Extension => "EXTENSION",
        Kind::Collation => "COLLATION",
        Kind::Enum | Kind::Composite | Kind::Range => "TYPE",
        Kind::Domain => "DOMAIN",
        Kind::Sequence => "SEQUENCE",
        Kind::Function => "FUNCTION",
        Kind::Procedure => "PROCEDURE",
        Kind::Aggregate => "AGGREGATE",
        Kind::Operator => "OPERATOR",
        Kind::OperatorFamily => "OPERATOR FAMILY",
        Kind::OperatorClass => "OPERATOR CLASS",
        Kind::Cast => "CAST",
        Kind::TextSearchDictionary => "TEXT SEARCH DICTIONARY",
        Kind::TextSearchConfiguration => "TEXT SEARCH CONFIGURATION",
        Kind::ForeignDataWrapper => "FOREIGN DATA WRAPPER",
        Kind::ForeignServer => "SERVER",
        Kind::UserMapping => "USER MAPPING",
        Kind::Table | Kind::VirtualTable | Kind::Partition => "TABLE",
        Kind::ForeignTable => "FOREIGN TABLE",
        Kind::Column | Kind::Attribute => "COLUMN",
        Kind::PrimaryKey | Kind::Unique | Kind::Check | Kind::ForeignKey | Kind::Exclusion => "CONSTRAINT",
        Kind::Index => "INDEX",
        Kind::Statistics => "STATISTICS",
        Kind::View => match catalog.object(id) {
            Some(Object::View(view)) if view.materialized => "MATERIALIZED VIEW",
            _ => "VIEW",
        },
        Kind::Rule => "RULE",
        Kind::Trigger => "TRIGGER",
        Kind::Policy => "POLICY",
        Kind::EventTrigger => "EVENT TRIGGER",
        Kind::Event => "EVENT",
        Kind::Publication => "PUBLICATION",
        Kind::Subscription => "SUBSCRIPTION",
        Kind::DefaultPrivilege | Kind::DefaultGrants | Kind::Grant => "GRANT",
    }
}

/// The name with the schema, and with the types that identify what can be overloaded.
fn own_name(catalog: &Catalog, id: &ObjectId) -> String {
    let text = id.name().as_str();
    match id.kind() {
        // `area(numeric, numeric)`; the types are the server's own text.
        Kind::Function | Kind::Procedure | Kind::Aggregate => {
            let (name, types) = text.split_once('(').unwrap_or((text, ")"));
            let types = variadic_twice(catalog, id, types).unwrap_or_else(|| types.to_owned());
            format!("{}({types}", in_schema(id.schema(), name))
        }
        // An operator's name is never quoted: `public.+(integer, none)`.
        Kind::Operator => {
            let (symbol, types) = text.split_once('(').unwrap_or((text, ")"));
            let schema = id.schema().map_or("public", crate::catalog::Name::as_str);
            format!("{}.{symbol} ({types}", quote(schema))
        }
        Kind::OperatorClass | Kind::OperatorFamily => {
            let (name, method) = text.rsplit_once(" using ").unwrap_or((text, "btree"));
            format!("{} USING {}", in_schema(id.schema(), name), quote(method))
        }
        Kind::Cast => match text.split_once(" as ") {
            Some((from, to)) => format!("({from} AS {to})"),
            None => format!("({text})"),
        },
        Kind::Statistics => match (catalog.object(id), id.parent()) {
            (Some(Object::Statistics(statistics)), Some(table)) => {
                in_schema(statistics.in_schema.as_ref().or(table.schema()), text)
            }
            _ => name(id),
        },
        Kind::PrimaryKey => constraint_name(catalog, id),
        _ => qualified(id),
    }
}

/// The types of an ordered-set aggregate that takes any number of direct arguments: they stand for the ordered ones too, and
/// the server only knows it by both (`makeOrderedSetArgs` of its grammar).
fn variadic_twice(catalog: &Catalog, id: &ObjectId, types: &str) -> Option<String> {
    let Some(Object::Aggregate(aggregate)) = catalog.object(id) else { return None };
    let arguments = aggregate.arguments.as_str().to_ascii_lowercase();
    let is_twice = arguments.split_once(" order by ").is_some_and(|(direct, _)| direct.contains("variadic "));
    let (direct, ordered) = types.split_once("order by ").filter(|_| is_twice)?;
    let (first, last) = direct.trim_end().rsplit_once(", ").unwrap_or(("", direct.trim_end()));
    let comma = if first.is_empty() { "" } else { ", " };
    Some(format!("{first}{comma}VARIADIC {last} ORDER BY VARIADIC {ordered}"))
}
