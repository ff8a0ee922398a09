//! Domains and their checks.

use crate::catalog::{Check, Domain, ObjectId};
use crate::plan::{Draft, Probe, ProbeKind, Resource};

use super::super::render::types;
use super::super::sql::{closed, name, parenthesised, qualified};
use super::others::{of, pair};
use super::users::{self, Holder};
use super::{Alter, Cx, Drafts};

pub(super) fn create(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(domain) = of!(cx.desired.object(id), Domain) else { return Vec::new() };
    let mut sql = vec![types::domain(cx.desired, id, domain)];
    let later = types::domain_checks(cx.desired, id).filter(|(_, check)| check.not_valid);
    sql.extend(later.map(|(part, check)| add(part, check)));
    vec![Draft::of(id, format!("create {id}"), sql).asking(violations_of_new_checks(cx, id, domain))]
}

/// What the values that there are must not be where the domain is made again for a check. Over another type they are
/// asked by nobody.
fn violations_of_new_checks(cx: &Cx<'_>, id: &ObjectId, domain: &Domain) -> Vec<Probe> {
    if of!(cx.live.object(id), Domain).is_none_or(|old| old.ty != domain.ty) {
        return Vec::new();
    }
    let new = types::domain_checks(cx.desired, id).filter(|(part, check)| !check.not_valid && cx.delta(part).is_some());
    new.flat_map(|(part, check)| violations(cx, part, check)).collect()
}

/// The columns of a domain keep their values as text while it gets another type.
pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((old, new)) = pair!(cx, id, Domain) else { return Alter::InPlace(Vec::new()) };
    if old.ty != new.ty || old.collation != new.collation || (new.not_null && !old.not_null && is_within_values(cx, id))
    {
        return Alter::Recreate;
    }
    let target = format!("ALTER DOMAIN {}", qualified(id));
    let mut drafts = Vec::new();
    if old.default != new.default {
        drafts.push(default(id, &target, new));
    }
    if old.not_null != new.not_null {
        let verb = if new.not_null { "SET" } else { "DROP" };
        let draft = Draft::new(id, format!("change NOT NULL of {id}"), format!("{target} {verb} NOT NULL"));
        let holders = if new.not_null { users::holders(cx, id) } else { Vec::new() };
        // The NULLs of a column that gets values are gone by then.
        let is_filled = |holder: &Holder<'_>| {
            holder.path.is_empty()
                && cx.intent.backfill_of(holder.column).is_some()
                && cx.delta(holder.column).is_some()
        };
        let (filled, asked): (Vec<_>, Vec<_>) = holders.into_iter().partition(is_filled);
        let filled = filled.into_iter().map(|holder| Resource::New(holder.column.clone()));
        drafts.push(draft.consuming(filled).asking(asked.iter().filter_map(|holder| nulls(cx, holder))));
    }
    Alter::InPlace(drafts)
}

fn default(id: &ObjectId, target: &str, new: &Domain) -> Draft {
    match &new.default {
        Some(sql) => {
            let sql = format!("{target} SET DEFAULT {}", closed(sql.as_str()));
            Draft::new(id, format!("change the default of {id}"), sql)
        }
        None => Draft::new(id, format!("remove the default of {id}"), format!("{target} DROP DEFAULT")),
    }
}

/// Whether columns hold values that are made of the domain's: the server adds nothing to it then
/// (`get_rels_with_domain`).
fn is_within_values(cx: &Cx<'_>, id: &ObjectId) -> bool {
    users::holders(cx, id).iter().any(|holder| !holder.path.is_empty())
}

/// Whether a new or changed check of a domain can only be had by making the domain again.
pub(super) fn is_made_again_for(cx: &Cx<'_>, id: &ObjectId) -> bool {
    let check = of!(cx.desired.object(id), Check).filter(|check| !check.not_valid);
    has(id) && check.is_some() && is_within_values(cx, id.root())
}

fn nulls(cx: &Cx<'_>, holder: &Holder<'_>) -> Option<Probe> {
    let condition = |value: &str| format!("{value} IS NULL");
    users::probe(
        cx,
        holder,
        ProbeKind::Obstacle,
        &condition,
        "the value is NULL in {rows}",
        "give these rows a value first",
    )
}

/// Whether this check belongs to a domain.
pub(super) fn has(id: &ObjectId) -> bool {
    id.root().kind() == crate::catalog::Kind::Domain
}

fn domain_of(id: &ObjectId) -> String {
    format!("ALTER DOMAIN {}", qualified(id.root()))
}

fn add(id: &ObjectId, check: &Check) -> String {
    let not_valid = if check.not_valid { " NOT VALID" } else { "" };
    format!("{} ADD {}{not_valid}", domain_of(id), types::domain_check(id, check))
}

fn violations(cx: &Cx<'_>, id: &ObjectId, check: &Check) -> Vec<Probe> {
    // VALUE is a plain name outside a domain's check.
    let condition = parenthesised(check.sql.as_str());
    let meaning = format!("{} is false for {{rows}}", id.name());
    let advice = "change these rows first, or let the check be not_valid";
    let violated = |value: &str| format!("(SELECT NOT {condition} FROM (SELECT {value} AS value) AS row)");
    let ask = |holder| users::probe(cx, &holder, ProbeKind::Obstacle, &violated, &meaning, advice);
    users::holders(cx, id.root()).into_iter().filter_map(ask).collect()
}

pub(super) fn create_check(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    let Some(check) = of!(cx.desired.object(id), Check) else { return Ok(Vec::new()) };
    let draft = Draft::new(id, format!("create {id}"), add(id, check));
    Ok(vec![if check.not_valid { draft } else { draft.asking(violations(cx, id, check)) }])
}

pub(super) fn drop_check(_cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    Ok(vec![Draft::new(id, format!("drop {id}"), format!("{} DROP CONSTRAINT {}", domain_of(id), name(id)))])
}

pub(super) fn alter_check(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((old, new)) = pair!(cx, id, Check) else { return Alter::InPlace(Vec::new()) };
    let validated = Check { not_valid: false, ..old.clone() };
    if old.not_valid && validated == *new && !is_made_again_for(cx, id) {
        let sql = format!("{} VALIDATE CONSTRAINT {}", domain_of(id), name(id));
        return Alter::InPlace(vec![Draft::new(id, format!("validate {id}"), sql).asking(violations(cx, id, new))]);
    }
    if is_made_again_for(cx, id) {
        return Alter::Recreate;
    }
    let sql = vec![format!("{} DROP CONSTRAINT {}", domain_of(id), name(id)), add(id, new)];
    let draft = Draft::of(id, format!("replace {id}"), sql);
    Alter::InPlace(vec![if new.not_valid { draft } else { draft.asking(violations(cx, id, new)) }])
}
