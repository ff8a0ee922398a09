//! Subscriptions.

use crate::catalog::{Kind, Object, ObjectId, Setting, Settings, Subscription};
use crate::error::Result;

use super::super::class;
use super::super::reader::Reader;
use super::super::row::Row;
use super::owned;
use super::secret::variable;

const SUBSCRIPTIONS: &str = include_str!("../../queries/subscriptions.sql");

pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    if !reader.is_whole() {
        return Ok(());
    }
    for row in reader.run(SUBSCRIPTIONS)? {
        let key = (class::SUBSCRIPTION, row.oid("oid")?, 0);
        if reader.is_member(key.0, key.1) {
            continue;
        }
        let name = row.name("name")?;
        let subscription = Subscription {
            connection: Some(Setting::Secret { env: variable(&[name.as_str()], "connection") }),
            publications: row.texts("publications")?,
            disabled: !row.flag("enabled")?,
            with: with(&row, name.as_str(), reader.major)?,
        };
        let entry = owned(Object::Subscription(subscription), reader.role(row.oid("owner")?));
        reader.insert(key, ObjectId::top(Kind::Subscription, None, name), entry);
    }
    Ok(())
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
