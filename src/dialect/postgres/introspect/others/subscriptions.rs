//! Subscriptions.

use std::collections::BTreeMap;

use crate::catalog::{Kind, Object, ObjectId, Setting, Settings, Subscription};
use crate::error::Result;

use super::super::class;
use super::super::reader::Reader;
use super::super::row::Row;
use super::owned;
use super::secret::variable;

const SUBSCRIPTIONS: &str = include_str!("../../queries/subscriptions.sql");
const CONNECTIONS: &str = include_str!("../../queries/subscription_connections.sql");

pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    if !reader.is_whole() {
        return Ok(());
    }
    let rows = reader.run(SUBSCRIPTIONS)?;
    let mut connections: BTreeMap<u32, String> = BTreeMap::new();
    if rows.first().map(|row| row.flag("shows_connection")).transpose()? == Some(true) {
        for row in reader.run(CONNECTIONS)? {
            connections.insert(row.oid("oid")?, row.text("connection")?);
        }
    }
    for row in rows {
        let key = (class::SUBSCRIPTION, row.oid("oid")?, 0);
        if reader.is_member(key.0, key.1) {
            continue;
        }
        let name = row.name("name")?;
        let open = connections.get(&key.1).filter(|connection| !holds_secret(connection));
        let connection = match open {
            Some(connection) => Setting::Plain(connection.clone()),
            None => Setting::Secret { env: variable(&[name.as_str()], "connection") },
        };
        let subscription = Subscription {
            connection: Some(connection),
            publications: row.texts("publications")?,
            disabled: !row.flag("enabled")?,
            with: with(&row, name.as_str(), reader.major)?,
        };
        let entry = owned(Object::Subscription(subscription), reader.role(row.oid("owner")?));
        reader.insert(key, ObjectId::top(Kind::Subscription, None, name), entry);
    }
    Ok(())
}

/// Whether a connection string has a password in it, or may have one.
fn holds_secret(connection: &str) -> bool {
    let user_and_host = connection.split_once("://").map(|(_, rest)| rest.split(['/', '?']).next().unwrap_or(rest));
    connection.to_ascii_lowercase().contains("pass")
        || user_and_host.is_some_and(|part| part.split_once('@').is_some_and(|(user, _)| user.contains(':')))
}

/// The parameters that have not their defaults.
fn with(row: &Row, name: &str, major: u32) -> Result<Settings> {
    let mut with = Settings::new();
    let mut set = |parameter: &str, value: &str| with.insert(parameter.to_owned(), Setting::Plain(value.to_owned()));
    match row.maybe_text("slot_name")? {
        None => set("slot_name", "none"),
        Some(slot) if slot != name => set("slot_name", &slot),
        Some(_) => None,
    };
    let commit = row.text("synchronous_commit")?;
    if commit != "off" {
        set("synchronous_commit", &commit);
    }
    if row.flag("binary")? {
        set("binary", "true");
    }
    // A yes or no before 16; `parallel` is what 18 does unasked.
    let streaming = match row.text("streaming")?.as_str() {
        "t" | "true" => "on",
        "p" => "parallel",
        _ => "off",
    };
    if streaming != if major >= 18 { "parallel" } else { "off" } {
        set("streaming", streaming);
    }
    if major >= 15 {
        for parameter in ["two_phase", "disable_on_error"] {
            if row.flag(parameter)? {
                set(parameter, "true");
            }
        }
    }
    if major >= 16 {
        if row.flag("no_password_required")? {
            set("password_required", "false");
        }
        if row.flag("run_as_owner")? {
            set("run_as_owner", "true");
        }
        let origin = row.text("origin")?;
        if origin != "any" {
            set("origin", &origin);
        }
    }
    if major >= 17 && row.flag("failover")? {
        set("failover", "true");
    }
    Ok(with)
}
