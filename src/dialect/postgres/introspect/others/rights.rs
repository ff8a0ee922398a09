//! What roles may do beyond or below the built-in defaults.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Entry, Grant, Kind, Name, Object, ObjectId, Schema};
use crate::error::Result;

use super::super::class;
use super::super::reader::Reader;
use super::super::row::Row;
use super::owned;

const RIGHTS: &str = include_str!("../../queries/rights.sql");
const ALL_RIGHTS: &str = include_str!("../../queries/all_rights.sql");

/// What the version has for each kind of object, by its letter in acldefault.
pub(super) struct AllRights(BTreeMap<char, BTreeSet<String>>);

impl AllRights {
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let mut all: BTreeMap<char, BTreeSet<String>> = BTreeMap::new();
        for row in reader.run(ALL_RIGHTS)? {
            all.entry(row.letter("kind")?).or_default().insert(row.text("privilege")?);
        }
        Ok(Self(all))
    }
}

/// What roles have on an object.
type Grants = Vec<(ObjectId, Grant)>;

/// One privilege of one role.
pub(super) struct Right {
    /// Whether it is so, or would be by default.
    actual: bool,
    grantee: u32,
    privilege: String,
    grantable: bool,
    /// The column, as SQL, where it is of one only.
    column: Option<String>,
    /// Who gave it, where that is not the owner.
    grantor: Option<u32>,
}

impl Right {
    /// What a row says, if anything: an empty list of rights leaves a row of nothing.
    pub(super) fn of(row: &Row) -> Result<Option<Self>> {
        let Some(privilege) = row.maybe_text("privilege")? else { return Ok(None) };
        Ok(Some(Self {
            actual: row.flag("actual")?,
            grantee: row.oid("grantee")?,
            privilege,
            grantable: row.flag("grantable")?,
            column: None,
            grantor: None,
        }))
    }
}

/// The privileges of one role on one object: of the whole of it, and of columns.
#[derive(Default, PartialEq, Eq)]
struct Held {
    /// And whether it can pass it on.
    whole: BTreeMap<String, bool>,
    columns: BTreeMap<String, BTreeMap<String, bool>>,
}

impl Held {
    fn add(&mut self, right: &Right) {
        let of = match &right.column {
            None => self.whole.entry(right.privilege.clone()),
            Some(column) => self.columns.entry(right.privilege.clone()).or_default().entry(column.clone()),
        };
        *of.or_default() |= right.grantable;
    }

    fn grant(&self, all: Option<&BTreeSet<String>>) -> Grant {
        Grant { privileges: self.words(all, false), with_grant_option: self.words(all, true) }
    }

    /// The privileges in words, either all or those that can be passed on.
    fn words(&self, all: Option<&BTreeSet<String>>, grantable: bool) -> Vec<String> {
        let whole: BTreeSet<_> =
            self.whole.iter().filter(|(_, pass)| **pass || !grantable).map(|(name, _)| name.clone()).collect();
        let mut words: Vec<_> = if Some(&whole) == all { vec!["all".to_owned()] } else { whole.into_iter().collect() };
        for (privilege, columns) in &self.columns {
            let columns: Vec<_> =
                columns.iter().filter(|(_, pass)| **pass || !grantable).map(|(name, _)| name.as_str()).collect();
            if !columns.is_empty() {
                words.push(format!("{privilege} ({})", columns.join(", ")));
            }
        }
        words.sort();
        words
    }
}

pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    let rows = reader.run(RIGHTS)?;
    let all = AllRights::read(reader)?;
    let mut rows = rows.into_iter().peekable();
    while let Some(first) = rows.next() {
        let (classid, objid) = (first.oid("classid")?, first.oid("objid")?);
        let mut letter = 'c';
        let mut rights = Vec::new();
        let mut next = Some(first);
        while let Some(row) = next {
            let kind = row.letter("kind")?;
            let column = row.maybe_text("part")?;
            if column.is_none() {
                letter = kind;
            }
            let grantor = row.get("grantor")?;
            rights.extend(Right::of(&row)?.map(|right| Right { column, grantor, ..right }));
            next = rows.next_if(|row| {
                row.oid("classid").is_ok_and(|id| id == classid) && row.oid("objid").is_ok_and(|id| id == objid)
            });
        }
        take(reader, (classid, objid, 0), if letter == 'c' { 'r' } else { letter }, &rights, &all);
    }
    Ok(())
}

/// Puts in the grants of one object.
fn take(reader: &mut Reader<'_>, key: (u32, u32, i32), letter: char, rights: &[Right], all: &AllRights) {
    // Only `public` can be there without being an object, as long as it is as it was made.
    let public = ObjectId::top(Kind::Schema, None, Name::exact("public"));
    let known = reader.object(key).cloned();
    if known.is_none() && (key.0 != class::NAMESPACE || reader.schema(key.1) != Some(None)) {
        return;
    }
    let id = known.clone().unwrap_or(public);
    let grants = grants(reader, &id, letter, rights, all);
    if known.is_none() && !grants.is_empty() {
        // It has no owner to speak of: another one than it was made with would have made it an object.
        let owner = Name::exact("pg_database_owner");
        let entry = if reader.major >= 15 {
            owned(Object::Schema(Schema {}), owner)
        } else {
            Entry::new(Object::Schema(Schema {}), 0)
        };
        reader.insert(key, id.clone(), entry);
    }
    for right in rights {
        if let Some(grantor) = right.grantor {
            let (grant, grantor) = (grant_of(reader, &id, right.grantee), reader.role(grantor));
            reader.live.granted_by.entry(grant).or_default().insert(grantor);
        }
    }
    for (id, grant) in grants {
        reader.insert_keyless(id, Entry::new(Object::Grant(grant), 0));
    }
}

/// The grants on an object: one for each role that has something else than by default.
pub(super) fn grants(
    reader: &Reader<'_>,
    object: &ObjectId,
    letter: char,
    rights: &[Right],
    all: &AllRights,
) -> Grants {
    let mut roles: BTreeMap<u32, (Held, Held)> = BTreeMap::new();
    for right in rights {
        let (actual, usual) = roles.entry(right.grantee).or_default();
        if right.actual { actual.add(right) } else { usual.add(right) }
    }
    let all = all.0.get(&letter);
    let differing = roles.into_iter().filter(|(_, (actual, usual))| actual != usual);
    differing.map(|(role, (held, _))| (grant_of(reader, object, role), held.grant(all))).collect()
}

/// What roles have on a member of an extension where that is not what they had first, and what they had first.
pub(super) fn member_grants(
    reader: &Reader<'_>,
    member: &ObjectId,
    letter: char,
    rights: &[Right],
    all: &AllRights,
) -> (Grants, Grants) {
    let roles: BTreeSet<u32> = rights.iter().map(|right| right.grantee).collect();
    let first = roles.into_iter().map(|role| {
        let mut held = Held::default();
        rights.iter().filter(|right| right.grantee == role && !right.actual).for_each(|right| held.add(right));
        (grant_of(reader, member, role), held.grant(all.0.get(&letter)))
    });
    (grants(reader, member, letter, rights, all), first.collect())
}

fn grant_of(reader: &Reader<'_>, object: &ObjectId, role: u32) -> ObjectId {
    object.child(Kind::Grant, if role == 0 { Name::exact("public") } else { reader.role(role) })
}
