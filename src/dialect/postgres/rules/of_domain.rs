//! What the domains of a column's type say of its rows.

use crate::catalog::{Catalog, Column, Domain, Kind, Object, ObjectId, Sql};

use super::again::is_of_type;

/// The domains of a column, from its own to the innermost.
pub(super) struct Domains<'a>(Vec<&'a Domain>);

impl<'a> Domains<'a> {
    pub(super) fn of(catalog: &'a Catalog, id: &ObjectId, column: &Column) -> Self {
        let mut found: Vec<&Domain> = Vec::new();
        let mut next = domain(catalog, id, column.ty.as_ref());
        while let Some((id, domain_of)) = next {
            // The TOML may have one over itself, which the server refuses when it is made.
            if found.iter().any(|other| std::ptr::eq(*other, domain_of)) {
                break;
            }
            found.push(domain_of);
            next = domain(catalog, id, domain_of.ty.as_ref());
        }
        Self(found)
    }

    /// Whether no value of them is NULL.
    pub(super) fn forbid_null(&self) -> bool {
        self.0.iter().any(|domain| domain.not_null)
    }

    /// Whether a column has a default from them.
    pub(super) fn have_default(&self) -> bool {
        self.0.iter().any(|domain| domain.default.is_some())
    }

    /// The type below all of them.
    pub(super) fn base(&self) -> Option<&'a Sql> {
        self.0.last()?.ty.as_ref()
    }
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
