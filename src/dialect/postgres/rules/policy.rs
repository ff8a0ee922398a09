//! Policies and statistics.

use std::fmt::Write as _;

use crate::catalog::{Object, ObjectId, OptionKey, Statistics};
use crate::plan::Draft;

use super::super::render::{self, address, drop_statement, policy_roles};
use super::super::sql::parenthesised;
use super::{Alter, Cx, Drafts};

pub(super) fn create(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    let sql = match cx.desired.object(id) {
        Some(Object::Policy(policy)) => vec![render::policy(id, policy)],
        Some(Object::Statistics(statistics)) => {
            let mut sql = vec![render::statistics(cx.desired, id, statistics)];
            sql.extend(target(cx, id, &Statistics::default(), statistics));
            sql
        }
        _ => Vec::new(),
    };
    Ok(vec![Draft::of(id, format!("create {id}"), sql)])
}

pub(super) fn drop(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    Ok(vec![Draft::new(id, format!("drop {id}"), drop_statement(cx.live, id))])
}

pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let mut sql = Vec::new();
    match (cx.live.object(id), cx.desired.object(id)) {
        (Some(Object::Policy(old)), Some(Object::Policy(new))) => {
            let loses =
                (old.using.is_some() && new.using.is_none()) || (old.with_check.is_some() && new.with_check.is_none());
            if old.command != new.command || old.restrictive != new.restrictive || loses {
                return Alter::Recreate;
            }
            let mut text = format!("ALTER {}", address(cx.desired, id));
            if old.roles != new.roles {
                let _ = write!(text, " TO {}", policy_roles(new));
            }
            // Both are said, also what reads as before: it may be about another function of that name now.
            if let Some(using) = &new.using {
                let _ = write!(text, " USING {}", parenthesised(using.as_str()));
            }
            if let Some(check) = &new.with_check {
                let _ = write!(text, " WITH CHECK {}", parenthesised(check.as_str()));
            }
            sql.push(text);
        }
        (Some(Object::Statistics(old)), Some(Object::Statistics(new))) => {
            let moved = old.in_schema != new.in_schema;
            if moved || old.kinds != new.kinds || old.columns != new.columns {
                return Alter::Recreate;
            }
            sql.extend(target(cx, id, old, new));
        }
        _ => return Alter::Recreate,
    }
    Alter::InPlace(vec![Draft::of(id, format!("alter {id}"), sql)])
}

fn target(cx: &Cx<'_>, id: &ObjectId, old: &Statistics, new: &Statistics) -> Option<String> {
    let of = |statistics: &Statistics| statistics.options.integer(OptionKey::StatisticsTarget);
    let differs = of(old) != of(new);
    differs.then(|| format!("ALTER {} SET STATISTICS {}", address(cx.desired, id), of(new).unwrap_or(-1)))
}
