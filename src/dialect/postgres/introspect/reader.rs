//! What all parts of the reading share: the queries, the objects so far, and which oid is which object.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::catalog::{Entry, Kind, Name, ObjectId};
use crate::database::Live;
use crate::error::Result;

use super::super::connect::{Client, statement_error};
use super::Scope;
use super::ahead::Ahead;
use super::class;
use super::queries;
use super::row::Row;

/// What a server calls an object: the catalog it is in, its oid there, and the number of a column or 0.
pub(in crate::dialect::postgres) type Key = (u32, u32, i32);

/// The reading of one database.
pub(in crate::dialect::postgres) struct Reader<'c> {
    client: &'c mut Client,
    ahead: Ahead,
    /// `15` of 15.18.
    pub(in crate::dialect::postgres) major: u32,
    /// How much is read.
    pub(in crate::dialect::postgres) scope: Scope,
    /// What was read.
    pub(in crate::dialect::postgres) live: Live,
    /// The schemas that are read; in ids, `public` and the temporary schema are none.
    namespaces: BTreeMap<u32, Option<Name>>,
    /// The roles.
    roles: HashMap<u32, Name>,
    /// What belongs to extensions.
    members: HashMap<(u32, u32), ObjectId>,
    /// The objects of the catalog.
    own: HashMap<Key, ObjectId>,
    /// What the server keeps as an object of its own and the catalog within another.
    hidden: HashMap<Key, ObjectId>,
    /// All relations that something can refer to, those of extensions too.
    relations: HashMap<u32, ObjectId>,
}

const NAMESPACES: &str = include_str!("../queries/namespaces.sql");

impl<'c> Reader<'c> {
    /// Begins with what every part needs: schemas, roles, and what belongs to extensions.
    pub(super) fn new(client: &'c mut Client, server: u32, scope: Scope) -> Result<Self> {
        let mut reader = Self {
            client,
            ahead: Ahead::default(),
            major: server / 10_000,
            scope,
            live: Live::default(),
            namespaces: BTreeMap::new(),
            roles: HashMap::new(),
            members: HashMap::new(),
            own: HashMap::new(),
            hidden: HashMap::new(),
            relations: HashMap::new(),
        };
        for row in reader.run(NAMESPACES)? {
            let (name, temporary) = (row.text("name")?, row.flag("temporary")?);
            let wanted = match scope {
                Scope::Database => !temporary,
                Scope::Temporary => temporary,
            };
            if wanted {
                let name = (!temporary && name != "public").then(|| Name::exact(&name));
                reader.namespaces.insert(row.oid("oid")?, name);
            }
        }
        let queries = match scope {
            Scope::Database => queries::DATABASE,
            Scope::Temporary => queries::TEMPORARY,
        };
        for source in queries {
            let (sql, oids) = reader.ready(source);
            reader.ahead.plan(source, sql, oids);
        }
        for row in reader.run(queries::ROLES)? {
            reader.roles.insert(row.oid("oid")?, row.name("name")?);
        }
        for row in reader.run(queries::EXTENSION_MEMBERS)? {
            let extension = ObjectId::top(Kind::Extension, None, row.name("extension")?);
            reader.members.insert((row.oid("classid")?, row.oid("objid")?), extension);
        }
        Ok(reader)
    }

    /// Runs a query of this folder. `$1`, where it stands in the query, is the oids of the schemas that are read.
    /// A line that ends with `-- since 15` is for that version and later ones only, one with `-- before 15` for
    /// earlier ones.
    pub(in crate::dialect::postgres) fn run(&mut self, source: &'static str) -> Result<Vec<Row>> {
        let rows = if let Some(rows) = self.ahead.take(self.client, source) {
            rows
        } else {
            let (sql, oids) = self.ready(source);
            self.client.send(sql, oids).and_then(|pending| self.client.receive(pending)).unwrap_or(Ok(Vec::new()))
        };
        let rows = rows.map_err(|error| statement_error(&error, "the server", &for_version(source, self.major)))?;
        Ok(rows.into_iter().map(Row::from).collect())
    }

    /// A query for this version and with what its `$1` is, if it has one.
    fn ready(&self, source: &str) -> (String, Option<Arc<Vec<u32>>>) {
        let sql = for_version(source, self.major);
        let oids = sql.contains("$1").then(|| Arc::new(self.namespaces.keys().copied().collect()));
        (sql, oids)
    }

    /// The schema of an id, if objects of this namespace are read: `Some(None)` for `public`.
    #[expect(clippy::option_option, reason = "not read, the default schema, another schema")]
    pub(in crate::dialect::postgres) fn schema(&self, namespace: u32) -> Option<Option<Name>> {
        self.namespaces.get(&namespace).cloned()
    }

    /// The id of an object in a schema, if that is read.
    pub(in crate::dialect::postgres) fn in_schema(&self, kind: Kind, namespace: u32, name: Name) -> Option<ObjectId> {
        self.schema(namespace).map(|schema| ObjectId::top(kind, schema, name))
    }

    /// The name of a role; a number where it is gone.
    pub(in crate::dialect::postgres) fn role(&self, oid: u32) -> Name {
        self.roles.get(&oid).cloned().unwrap_or_else(|| Name::exact(oid.to_string()))
    }

    /// Whether an object belongs to an extension, so that it never travels.
    pub(in crate::dialect::postgres) fn is_member(&self, classid: u32, objid: u32) -> bool {
        self.members.contains_key(&(classid, objid))
    }

    /// Takes an object in. What has the same id already stays; the other is named as not managed.
    pub(in crate::dialect::postgres) fn insert(&mut self, key: Key, id: ObjectId, entry: Entry) {
        if self.live.catalog.insert(id.clone(), entry).is_err() {
            self.live.unmanaged.push(format!("a second {id}"));
        } else {
            self.own.insert(key, id);
        }
    }

    /// Takes an object in that the server has no key for: a grant.
    #[expect(clippy::needless_pass_by_value, reason = "nobody needs it afterwards")]
    pub(in crate::dialect::postgres) fn insert_keyless(&mut self, id: ObjectId, entry: Entry) {
        if self.live.catalog.insert(id.clone(), entry).is_err() {
            self.live.unmanaged.push(format!("a second {id}"));
        }
    }

    /// Says that what the server knows by this key is part of an object of the catalog.
    pub(in crate::dialect::postgres) fn hide(&mut self, key: Key, within: ObjectId) {
        self.hidden.insert(key, within);
    }

    /// The object of the catalog that has exactly this key: for comments, grants.
    pub(in crate::dialect::postgres) fn object(&self, key: Key) -> Option<&ObjectId> {
        self.own.get(&key)
    }

    /// The entry of that, to change.
    pub(in crate::dialect::postgres) fn entry_mut(&mut self, key: Key) -> Option<&mut Entry> {
        self.live.catalog.get_mut(self.own.get(&key)?)
    }

    /// A table, view or sequence to refer to, also one of an extension.
    pub(in crate::dialect::postgres) fn relation(&self, oid: u32) -> Option<&ObjectId> {
        self.relations.get(&oid)
    }

    /// Notes a relation that can be referred to.
    pub(super) fn note_relation(&mut self, oid: u32, id: ObjectId) {
        self.relations.insert(oid, id);
    }

    /// What a key stands for in a reference: an object, the object it is part of, or its extension.
    pub(in crate::dialect::postgres) fn resolve(&self, key: Key) -> Option<&ObjectId> {
        let (classid, objid, _) = key;
        let whole = (classid, objid, 0);
        let found = self.own.get(&key).or_else(|| self.hidden.get(&key));
        found
            .or_else(|| self.own.get(&whole))
            .or_else(|| self.hidden.get(&whole))
            .or_else(|| self.members.get(&(classid, objid)))
    }

    /// Whether this part applies: only what can be temporary has any in the temporary schema.
    pub(in crate::dialect::postgres) fn is_whole(&self) -> bool {
        self.scope == Scope::Database
    }

    /// Fills in the mentions of all objects.
    pub(super) fn dependencies(&mut self) -> Result<()> {
        let rows = self.run(queries::DEPENDENCIES)?;
        // There are tens of thousands: an id is cloned, and looked for in the catalog, as seldom as may be.
        let mut mentions: HashMap<&ObjectId, Vec<&ObjectId>> = HashMap::new();
        for row in &rows {
            let from_key = (row.oid("classid")?, row.oid("objid")?, row.get("objsubid")?);
            let to_key = (row.oid("refclassid")?, row.oid("refobjid")?, row.get("refobjsubid")?);
            let (Some(from), Some(to)) = (self.resolve(from_key), self.resolve(to_key)) else { continue };
            // A materialized view with a column of rows keeps all columns of their table from another type.
            if from.kind() == Kind::View && to.kind() == Kind::Table && to_key.0 == class::TYPE {
                let columns = self.live.catalog.columns(to).into_iter().map(|(column, _)| column);
                mentions.entry(from).or_default().extend(columns);
            }
            // That a sequence is owned is structure, and would close a circle with the default that uses it.
            let owned = from.kind() == Kind::Sequence && to.kind() == Kind::Column;
            let of_extension = from.kind() == Kind::Extension && to.kind() != Kind::Extension;
            if owned || from.is_within(to) || to.is_within(from) || of_extension {
                continue;
            }
            mentions.entry(from).or_default().push(to);
        }
        let mentions: Vec<(ObjectId, Vec<ObjectId>)> = mentions
            .into_iter()
            .map(|(id, mut found)| {
                found.sort();
                found.dedup();
                // plpgsql is an extension, and in every database.
                found.retain(|to| self.live.catalog.contains(to));
                (id.clone(), found.into_iter().cloned().collect())
            })
            .collect();
        for (id, found) in mentions {
            if let Some(entry) = self.live.catalog.get_mut(&id) {
                entry.mentions = found;
            }
        }
        Ok(())
    }
}

/// The lines of a query that are for this version.
fn for_version(sql: &str, major: u32) -> String {
    let applies = |line: &&str| {
        let Some((_, note)) = line.rsplit_once("-- ") else { return true };
        match note.split_once(' ') {
            Some(("since", version)) => version.trim().parse().is_ok_and(|version: u32| major >= version),
            Some(("before", version)) => version.trim().parse().is_ok_and(|version: u32| major < version),
            _ => true,
        }
    };
    sql.lines().filter(applies).flat_map(|line| [line, "\n"]).collect()
}

/// The key of a relation.
pub(in crate::dialect::postgres) const fn relation_key(oid: u32) -> Key {
    (class::CLASS, oid, 0)
}

#[cfg(test)]
mod tests {
    use super::for_version;

    #[test]
    fn lines_are_for_versions() {
        let sql = "select a,\nb, -- since 15\nc, -- before 15\nd -- why\n";
        assert_eq!(for_version(sql, 14), "select a,\nc, -- before 15\nd -- why\n");
        assert_eq!(for_version(sql, 15), "select a,\nb, -- since 15\nd -- why\n");
    }
}
