//! What is there and has no kind in the catalog.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::suggest::plural;

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
        reader.live.unmanaged.push(match noun.split_once(" with") {
            _ if count == 1 => format!("1 {noun}"),
            // The noun's head takes the plural, not its end.
            Some((head, rest)) => format!("{count} {} with{rest}", plural(head)),
            None => format!("{count} {}", plural(&noun)),
        });
    }
    Ok(())
}
