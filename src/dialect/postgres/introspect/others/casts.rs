//! Casts.

use crate::catalog::{Cast, CastContext, Entry, Kind, Object, ObjectId};
use crate::error::Result;

use super::super::class;
use super::super::reader::Reader;

const CASTS: &str = include_str!("../../queries/casts.sql");

pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    if !reader.is_whole() {
        return Ok(());
    }
    for row in reader.run(CASTS)? {
        let key = (class::CAST, row.oid("oid")?, 0);
        if reader.is_member(key.0, key.1) {
            continue;
        }
        let cast = Cast {
            function: row.expression("function")?,
            inout: row.letter("method")? == 'i',
            context: match row.letter("context")? {
                'a' => CastContext::Assignment,
                'i' => CastContext::Implicit,
                _ => CastContext::Explicit,
            },
        };
        let id = ObjectId::top(Kind::Cast, None, row.name("name")?);
        reader.insert(key, id, Entry::new(Object::Cast(cast), 0));
    }
    Ok(())
}
