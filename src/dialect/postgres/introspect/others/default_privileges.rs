//! What roles grant on the objects that they will make.

use crate::catalog::{DefaultGrants, DefaultPrivilege, Entry, Kind, Name, Object, ObjectId};
use crate::error::Result;

use super::super::class;
use super::super::reader::Reader;
use super::rights::{AllRights, Right, grants};

const DEFAULT_PRIVILEGES: &str = include_str!("../../queries/default_privileges.sql");

pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    if !reader.is_whole() {
        return Ok(());
    }
    let rows = reader.run(DEFAULT_PRIVILEGES)?;
    if rows.is_empty() {
        return Ok(());
    }
    let all = AllRights::read(reader)?;
    let mut rows = rows.into_iter().peekable();
    while let Some(row) = rows.next() {
        let oid = row.oid("oid")?;
        let (letter, word) = kind(row.letter("letter")?);
        let role = reader.role(row.oid("owner")?);
        let top = ObjectId::top(Kind::DefaultPrivilege, None, role.clone());
        let id = top.child_in(Kind::DefaultGrants, row.maybe_name("in_schema")?, Name::exact(word));
        let mut rights: Vec<_> = Right::of(&row)?.into_iter().collect();
        while let Some(next) = rows.next_if(|next| next.oid("oid").is_ok_and(|next| next == oid)) {
            rights.extend(Right::of(&next)?);
        }
        let grants = grants(reader, &id, letter, &rights, &all);
        if grants.is_empty() {
            continue;
        }
        if !reader.live.catalog.contains(&top) {
            reader.insert_keyless(top, Entry::new(Object::DefaultPrivilege(DefaultPrivilege {}), 0));
        }
        reader.insert((class::DEFAULT_ACL, oid, 0), id, Entry::new(Object::DefaultGrants(DefaultGrants {}), 0));
        for (id, grant) in grants {
            reader.insert_keyless(id, Entry::new(Object::Grant(grant), 0));
        }
    }
    Ok(())
}

/// The letter of the kind in acldefault, and the kind's name.
fn kind(letter: char) -> (char, &'static str) {
    match letter {
        'r' => ('r', "table"),
        'S' => ('s', "sequence"),
        'f' => ('f', "function"),
        'T' => ('T', "type"),
        'n' => ('n', "schema"),
        _ => ('L', "large_object"),
    }
}
