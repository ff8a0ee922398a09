//! Types that people define.

use std::fmt::Write as _;

use crate::catalog::{Attribute, Catalog, Check, Composite, Domain, Enum, Name, Object, ObjectId, Range};

use super::super::sql::{closed, default_value, name, parenthesised, qualified, string};
use super::collation;

/// `CREATE TYPE mood AS ENUM ('sad', 'ok')`.
pub(in crate::dialect::postgres) fn enumeration(id: &ObjectId, of: &Enum) -> String {
    let values: Vec<String> = of.values.iter().map(|value| string(value)).collect();
    format!("CREATE TYPE {} AS ENUM ({})", qualified(id), values.join(", "))
}

/// The attributes of a composite type in their order.
pub(in crate::dialect::postgres) fn attributes<'a>(
    catalog: &'a Catalog,
    id: &'a ObjectId,
) -> Vec<(&'a ObjectId, &'a Attribute)> {
    let order: &[Name] = match catalog.object(id) {
        Some(Object::Composite(Composite { order })) => order,
        _ => &[],
    };
    let mut attributes: Vec<_> = catalog
        .children(id)
        .filter_map(|(part, entry)| match &entry.object {
            Object::Attribute(attribute) => {
                let place = order.iter().position(|name| name == part.name()).unwrap_or(usize::MAX);
                Some((place, entry.position, part, attribute))
            }
            _ => None,
        })
        .collect();
    attributes.sort_by_key(|(place, position, part, _)| (*place, *position, *part));
    attributes.into_iter().map(|(_, _, part, attribute)| (part, attribute)).collect()
}

/// `CREATE TYPE money AS (amount numeric, currency text)`.
pub(in crate::dialect::postgres) fn composite(catalog: &Catalog, id: &ObjectId) -> String {
    let attributes: Vec<String> =
        attributes(catalog, id).into_iter().map(|(part, of)| format!("{} {}", name(part), attribute(of))).collect();
    format!("CREATE TYPE {} AS ({})", qualified(id), attributes.join(", "))
}

/// The type of an attribute and its collation.
pub(in crate::dialect::postgres) fn attribute(of: &Attribute) -> String {
    let ty = of.ty.as_ref().map_or("text", |ty| ty.as_str());
    let collated = of.collation.as_ref().map(|name| format!(" COLLATE {}", collation(name)));
    format!("{}{}", closed(ty), collated.unwrap_or_default())
}

/// `CREATE DOMAIN email AS text NOT NULL CONSTRAINT c CHECK (...)`. A check that is not valid cannot stand in it.
pub(in crate::dialect::postgres) fn domain(catalog: &Catalog, id: &ObjectId, of: &Domain) -> String {
    let mut sql = format!("CREATE DOMAIN {} AS {}", qualified(id), of.ty.as_ref().map_or("text", |ty| ty.as_str()));
    if let Some(name) = &of.collation {
        let _ = write!(sql, " COLLATE {}", collation(name));
    }
    if let Some(default) = &of.default {
        let _ = write!(sql, " DEFAULT {}", default_value(default.as_str()));
    }
    if of.not_null {
        sql.push_str(" NOT NULL");
    }
    for (part, check) in domain_checks(catalog, id).filter(|(_, check)| !check.not_valid) {
        let _ = write!(sql, " {}", domain_check(part, check));
    }
    sql
}

/// The checks of a domain.
pub(in crate::dialect::postgres) fn domain_checks<'a>(
    catalog: &'a Catalog,
    id: &'a ObjectId,
) -> impl Iterator<Item = (&'a ObjectId, &'a Check)> {
    catalog.children(id).filter_map(|(part, entry)| match &entry.object {
        Object::Check(check) => Some((part, check)),
        _ => None,
    })
}

/// `CONSTRAINT c CHECK (value > 0)`.
pub(in crate::dialect::postgres) fn domain_check(id: &ObjectId, check: &Check) -> String {
    format!("CONSTRAINT {} CHECK {}", name(id), parenthesised(check.sql.as_str()))
}

/// `CREATE TYPE r AS RANGE (SUBTYPE = float8)`.
pub(in crate::dialect::postgres) fn range(id: &ObjectId, range: &Range) -> String {
    let part = |key: &str, value: Option<String>| value.map(|value| format!("{key} = {value}"));
    let text = |sql: &Option<crate::catalog::Sql>| sql.as_ref().map(|sql| sql.as_str().to_owned());
    let parts = [
        part("SUBTYPE", text(&range.subtype)),
        part("SUBTYPE_OPCLASS", text(&range.opclass)),
        part("COLLATION", range.collation.as_ref().map(collation)),
        part("CANONICAL", text(&range.canonical)),
        part("SUBTYPE_DIFF", text(&range.subtype_diff)),
        part("MULTIRANGE_TYPE_NAME", range.multirange.as_ref().map(|name| multirange_name(id, name))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("CREATE TYPE {} AS RANGE ({})", qualified(id), parts.join(", "))
}

/// The multirange type lives in the schema of its range.
pub(in crate::dialect::postgres) fn multirange_name(id: &ObjectId, name: &Name) -> String {
    super::super::sql::in_schema(id.schema(), name.as_str())
}
