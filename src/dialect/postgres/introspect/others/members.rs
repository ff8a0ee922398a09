//! Privileges on members of extensions, where they are not those that the extension was made with.

use crate::catalog::{Entry, Kind, Object, ObjectId};
use crate::error::Result;

use super::super::reader::Reader;
use super::super::row::Row;
use super::rights::{AllRights, Right, member_grants};

const MEMBER_RIGHTS: &str = include_str!("../../queries/member_rights.sql");

pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    let rows = reader.run(MEMBER_RIGHTS)?;
    if rows.is_empty() {
        return Ok(());
    }
    let all = AllRights::read(reader)?;
    let mut rows = rows.into_iter().peekable();
    while let Some(first) = rows.next() {
        let (member, letter) = (member(&first)?, first.letter("letter")?);
        let mut rights: Vec<Right> = Right::of(&first)?.into_iter().collect();
        while let Some(row) = rows.next_if(|row| self::member(row).is_ok_and(|other| other == member)) {
            rights.extend(Right::of(&row)?);
        }
        if !reader.live.catalog.contains(member.root()) {
            continue;
        }
        let (now, first) = member_grants(reader, &member, letter, &rights, &all);
        for (id, grant) in now {
            reader.insert_keyless(id, Entry::new(Object::Grant(grant), 0));
        }
        reader.live.granted_first.extend(first);
    }
    Ok(())
}

/// The member as the TOML addresses it: below its extension.
fn member(row: &Row) -> Result<ObjectId> {
    let extension = ObjectId::top(Kind::Extension, None, row.name("extension")?);
    let word = row.text("kind")?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word).unwrap_or(Kind::Table);
    Ok(extension.child(kind, row.name("name")?))
}
