//! Has the server judge what differs as text, without changing anything.
//!
//! Tables are made as temporary ones under a scratch name and shown again. Views are resolved by the optimizer's
//! own trace of EXPLAIN, which tells how the server understands a query, without making a view. What is kept as it
//! was written (bodies) or is a plain list of facts (foreign keys, options) is settled here.

mod actions;
mod blame;
mod bounds;
mod by_time;
mod cached;
mod cte;
mod elsewhere;
mod exists;
mod joins;
mod keys;
mod lacking;
mod mistaken;
mod moments;
mod own_key;
mod parsed;
mod parsers;
mod planes;
mod required_key;
mod resolved;
mod scratch;
mod sequences;
mod settle;
mod spoken;
mod table;
mod view;

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Kind, ObjectId};
use crate::database::Elaborated;
use crate::diff::{Delta, Deltas};
use crate::error::Result;

use super::connect::{Server, Session};
use super::dialect::Mysql;
use super::inherited;
use super::introspect;
use super::query::Link;

/// Judges what differs between the two catalogs.
pub(super) fn elaborate(
    mut link: Link<'_>,
    dialect: &'static Mysql,
    (server, session): (&Server, &Session),
    live: &Catalog,
    desired: &Catalog,
    (deltas, renames): (&Deltas, &[(ObjectId, ObjectId)]),
) -> Result<Elaborated> {
    let mut elaborated = Elaborated::default();
    if deltas.is_empty() {
        return Ok(elaborated);
    }
    elaborated.refused = lacking::lacking(server, desired, deltas);
    elaborated.refused.extend(lacking::said_elsewhere(desired, deltas));
    elaborated.refused.extend(lacking::too_long(desired, deltas));
    elaborated.refused.extend(lacking::counts_nothing(desired, deltas));
    elaborated.refused.extend(mistaken::mistaken(desired, deltas, renames));
    elaborated.refused.extend(planes::lost(desired, deltas, dialect.flavour));
    let own = introspect::defaults(&mut link)?;
    let defaults = inherited::desired(&own, desired);
    elaborated.refused.extend(keys::refused(
        (live, desired),
        deltas,
        &defaults,
        (dialect.flavour, session.requires_unique_target),
    ));
    let (reworded, unknown) = spoken::spoken(&mut link, desired, deltas)?;
    elaborated.refused.extend(unknown);
    elaborated.refused.extend(moments::refused(&mut link, (live, desired), deltas)?);
    if !elaborated.refused.is_empty() {
        return Ok(elaborated);
    }
    let desired = reworded.as_ref().unwrap_or(desired);
    settle::settle(live, desired, deltas, &defaults, dialect, &mut elaborated);
    let left = |id: &&ObjectId| !elaborated.equal.contains(*id);
    let tables: BTreeSet<ObjectId> = deltas
        .iter()
        .filter(|(id, delta)| **delta != Delta::Drop && needs_server(id.kind()))
        .map(|(id, _)| id)
        .filter(left)
        .map(|id| id.root().clone())
        .filter(|root| root.kind() == Kind::Table)
        .collect();
    let views: Vec<ObjectId> = deltas
        .iter()
        .filter(|(id, delta)| **delta == Delta::Alter && id.kind() == Kind::View)
        .map(|(id, _)| id)
        .filter(left)
        .cloned()
        .collect();
    let cx = Judged {
        live,
        desired,
        deltas,
        renames,
        dialect,
        defaults: &defaults,
        gives_other: defaults.collation != own.collation,
        needs_key: session.requires_primary_key || session.generates_primary_key,
    };
    bounds::bounds(&mut link, &cx, &mut elaborated)?;
    table::tables(&mut link, &cx, &tables, &mut elaborated)?;
    view::views(&mut link, &cx, &views, &mut elaborated)?;
    parsed::under_the_servers_mode(session, &cx, &mut elaborated);
    parsed::programs(&mut link, &cx, &mut elaborated)?;
    resolved::views(&mut link, &cx, &mut elaborated)?;
    let unread = parsers::refused(&mut link, &cx)?;
    elaborated.refused.extend(unread);
    let far = elsewhere::refused(&mut link, &cx, &elaborated)?;
    elaborated.refused.extend(far);
    let keyless = required_key::refused(session, (live, desired), (deltas, &elaborated.equal), dialect);
    elaborated.refused.extend(keyless);
    Ok(elaborated)
}

/// What is judged, and against what.
struct Judged<'a> {
    live: &'a Catalog,
    desired: &'a Catalog,
    deltas: &'a Deltas,
    /// What still has its old name on the server.
    renames: &'a [(ObjectId, ObjectId)],
    dialect: &'static Mysql,
    /// What the database gives to what says nothing, as it is desired.
    defaults: &'a introspect::Defaults,
    /// Whether it gives something else yet.
    gives_other: bool,
    /// Whether the server takes no table without a primary key, or gives it one.
    needs_key: bool,
}

/// What has a text that only the server can judge.
fn needs_server(kind: Kind) -> bool {
    matches!(kind, Kind::Column | Kind::Check | Kind::Index | Kind::PrimaryKey)
}
