//! What the domains of a column's type say of its rows.

use crate::catalog::{Catalog, Check, Column, Domain, Kind, Object, ObjectId, Sql};
use crate::plan::Probe;

use super::super::render::types;
use super::super::sql::{name, parenthesised};
use super::again::is_of_type;
use super::column::column;
use super::{Cx, kept, probes, retype};

/// The domains of a column, from its own to the innermost.
pub(super) struct Domains<'a>(Vec<(&'a ObjectId, &'a Domain)>);

impl<'a> Domains<'a> {
    pub(super) fn of(catalog: &'a Catalog, id: &ObjectId, column: &Column) -> Self {
        let mut found: Vec<(&ObjectId, &Domain)> = Vec::new();
        let mut next = domain(catalog, id, column.ty.as_ref());
        while let Some((id, domain_of)) = next {
            // The TOML may have one over itself, which the server refuses when it is made.
            if found.iter().any(|(other, _)| *other == id) {
                break;
            }
            found.push((id, domain_of));
            next = domain(catalog, id, domain_of.ty.as_ref());
        }
        Self(found)
    }

    /// Whether no value of them is NULL.
    pub(super) fn forbid_null(&self) -> bool {
        self.0.iter().any(|(_, domain)| domain.not_null)
    }

    /// Whether a column has a default from them.
    pub(super) fn have_default(&self) -> bool {
        self.0.iter().any(|(_, domain)| domain.default.is_some())
    }

    /// Their checks.
    fn checks<'c>(&'c self, catalog: &'c Catalog) -> impl Iterator<Item = &'c Check> {
        self.0.iter().flat_map(|(id, _)| types::domain_checks(catalog, id)).map(|(_, check)| check)
    }

    /// Whether any value is not one of theirs. A column that comes writes each row then (`ATExecAddColumn`).
    pub(super) fn have_constraints(&self, catalog: &Catalog) -> bool {
        self.forbid_null() || self.checks(catalog).next().is_some()
    }

    /// The type below all of them.
    pub(super) fn base(&self) -> Option<&'a Sql> {
        self.0.last()?.1.ty.as_ref()
    }
}

/// Rows for which `value`, of the type below the domains of a column, would be none of theirs.
pub(super) fn refused(cx: &Cx<'_>, id: &ObjectId, value: &str) -> Vec<Probe> {
    let Some(new) = column(cx.desired.object(id)).filter(|_| id.parent().is_some_and(|table| cx.live.contains(table)))
    else {
        return Vec::new();
    };
    let domains = Domains::of(cx.desired, id, new);
    let value = parenthesised(value);
    let null = domains.forbid_null() && cx.intent.backfill_of(id).is_none();
    let conditions =
        null.then(|| format!("{value} IS NULL")).into_iter().chain(domains.checks(cx.desired).map(|check| {
            format!("(SELECT NOT {} FROM (SELECT {value} AS value) AS row)", parenthesised(check.sql.as_str()))
        }));
    conditions.filter_map(|condition| probes::unconvertible(cx, id, &condition, retype::of(new))).collect()
}

/// The values of a column in the type that is below the domains of its new one.
pub(super) fn below(cx: &Cx<'_>, id: &ObjectId, old: &Column, new: &Column) -> String {
    let (from, to) =
        (kept::innermost(cx.plan.live, retype::of(old)), kept::innermost(cx.plan.desired, retype::of(new)));
    retype::conversion(&name(id), &from, &to).unwrap_or_else(|| format!("{}::{to}", name(id)))
}

/// The domain that a type is; an array of it is none.
fn domain<'a>(catalog: &'a Catalog, user: &ObjectId, ty: Option<&Sql>) -> Option<(&'a ObjectId, &'a Domain)> {
    let ty = ty?.as_str();
    if ty.ends_with(']') {
        return None;
    }
    let mentioned = catalog.get(user)?.mentions.iter().filter(|id| id.kind() == Kind::Domain && is_of_type(ty, id));
    mentioned.filter_map(|id| catalog.get_key_value(id)).find_map(|(id, entry)| match &entry.object {
        Object::Domain(domain) => Some((id, domain)),
        _ => None,
    })
}
