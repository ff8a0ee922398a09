//! Event triggers.

use crate::catalog::{EventTrigger, Kind, Object, ObjectId};
use crate::error::Result;

use super::super::class;
use super::super::reader::Reader;
use super::{enabled, owned};

const EVENT_TRIGGERS: &str = include_str!("../../queries/event_triggers.sql");

pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    if !reader.is_whole() {
        return Ok(());
    }
    for row in reader.run(EVENT_TRIGGERS)? {
        let key = (class::EVENT_TRIGGER, row.oid("oid")?, 0);
        if reader.is_member(key.0, key.1) {
            continue;
        }
        let trigger = EventTrigger {
            event: row.text("event")?,
            tags: row.texts("tags")?,
            execute: row.expression("execute")?.unwrap_or_default(),
            enabled: enabled(row.letter("enabled")?),
        };
        let id = ObjectId::top(Kind::EventTrigger, None, row.name("name")?);
        let entry = owned(Object::EventTrigger(trigger), reader.role(row.oid("owner")?));
        reader.insert(key, id, entry);
    }
    Ok(())
}
