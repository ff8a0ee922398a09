//! Comments of all kinds of objects.

use crate::error::Result;

use super::super::reader::Reader;

const COMMENTS: &str = include_str!("../../queries/comments.sql");

pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    for row in reader.run(COMMENTS)? {
        let key = (row.oid("classid")?, row.oid("objid")?, row.get("objsubid")?);
        let text = row.text("description")?;
        if let Some(entry) = reader.entry_mut(key) {
            entry.comment = Some(text.into());
        }
    }
    Ok(())
}
