//! What is there and has no kind in the catalog.

use std::collections::BTreeMap;

use crate::error::Result;

use super::super::reader::Reader;

const UNMANAGED: &str = include_str!("../../queries/unmanaged.sql");

pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    if !reader.is_whole() {
        return Ok(());
    }
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for row in reader.run(UNMANAGED)? {
        if !reader.is_member(row.oid("classid")?, row.oid("oid")?) {
            *counts.entry(row.text("noun")?).or_default() += 1;
        }
    }
    for (noun, count) in counts {
        reader.live.unmanaged.push(match (count, noun.split_once(' ')) {
            (1, _) => format!("1 {noun}"),
            // The noun's head, not its end, takes the plural.
            (_, Some(("operator", without))) => format!("{count} operators {without}"),
            _ => format!("{count} {noun}s"),
        });
    }
    Ok(())
}
