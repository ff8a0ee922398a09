//! Row-level security policies.

use crate::catalog::{Command, Entry, Kind, Object, Policy};
use crate::error::Result;

use super::class;
use super::reader::Reader;
use super::relations::owner_of;

const POLICIES: &str = include_str!("../queries/policies.sql");

/// Reads the policies.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    for row in reader.run(POLICIES)? {
        let Some(table) = owner_of(reader, &row)? else { continue };
        // 0 is PUBLIC, all roles.
        let roles: Vec<u32> = row.get("roles")?;
        let mut roles: Vec<String> =
            roles.into_iter().filter(|role| *role != 0).map(|role| reader.role(role).to_string()).collect();
        roles.sort();
        let policy = Policy {
            command: match row.letter("command")? {
                'r' => Command::Select,
                'a' => Command::Insert,
                'w' => Command::Update,
                'd' => Command::Delete,
                _ => Command::All,
            },
            roles,
            restrictive: !row.flag("is_permissive")?,
            using: row.expression("using")?,
            with_check: row.expression("with_check")?,
        };
        let id = table.child(Kind::Policy, row.name("name")?);
        reader.insert((class::POLICY, row.oid("oid")?, 0), id, Entry::new(Object::Policy(policy), 0));
    }
    Ok(())
}
