//! MySQL servers that take no table without a primary key (`sql_require_primary_key`), or give it one
//! (`sql_generate_invisible_primary_key`): what they would refuse in the middle of an apply.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Index, Kind, Object, ObjectId, OptionKey, Part};
use crate::diff::{Delta, Deltas};

use super::super::connect::Session;
use super::super::dialect::Mysql;
use super::own_key;

const GIVES: &str = "sql_generate_invisible_primary_key is on";
const REQUIRES: &str = "sql_require_primary_key is on";

/// The tables that the server would not make or alter as they are desired. `equal` is what differs in words only.
pub(super) fn refused(
    session: &Session,
    (live, desired): (&Catalog, &Catalog),
    (deltas, equal): (&Deltas, &BTreeSet<ObjectId>),
    dialect: &Mysql,
) -> Vec<(ObjectId, Option<&'static str>, String)> {
    if !(session.generates_primary_key || session.requires_primary_key) {
        return Vec::new();
    }
    let altering = |kind: Kind| !matches!(kind, Kind::Trigger);
    let differ = deltas.keys().filter(|id| altering(id.kind()) && !equal.contains(*id));
    let tables: BTreeSet<&ObjectId> = differ.map(ObjectId::root).filter(|id| id.kind() == Kind::Table).collect();
    let keyless = tables.into_iter().filter(|id| desired.contains(id) && desired.primary_key(id).is_none());
    let cx = Tables { session, live, desired, deltas, dialect };
    keyless.filter_map(|id| Some((id.clone(), None, cx.refused(id)?))).collect()
}

struct Tables<'a> {
    session: &'a Session,
    live: &'a Catalog,
    desired: &'a Catalog,
    deltas: &'a Deltas,
    dialect: &'a Mysql,
}

impl Tables<'_> {
    /// What stands against a table that says no primary key.
    fn refused(&self, table: &ObjectId) -> Option<String> {
        let Session { generates_primary_key: gives, requires_primary_key: requires, .. } = *self.session;
        if !self.live.contains(table) {
            return match (gives && self.is_innodb(table), requires) {
                _ if self.has_unique(table, |_| true) => None,
                (true, _) => self.cannot_be_given(table),
                (false, true) => Some(lacks(REQUIRES)),
                (false, false) => None,
            };
        }
        let had = self.live.primary_key(table).is_some();
        let own = table.child(Kind::Column, self.dialect.called(Kind::Column, own_key::NAME));
        if own_key::is_own(self.live, self.desired, &own, self.dialect) {
            return None;
        }
        // What counts here is a key that comes with this change (error 3750), or there any that is left (error 1235).
        if requires && !self.has_unique(table, |index| self.deltas.get(index).is_some_and(|it| *it != Delta::Drop)) {
            return Some(lacks(REQUIRES));
        }
        (gives && had && !self.has_unique(table, |_| true)).then(|| lacks(GIVES))
    }

    /// The server would give a new table a key, and cannot (errors 1235, 4108, 4109).
    fn cannot_be_given(&self, table: &ObjectId) -> Option<String> {
        let columns = self.desired.columns(table);
        let parted = matches!(self.desired.object(table), Some(Object::Table(table)) if table.partition_by.is_some());
        let why = if parted {
            "a table with partitions"
        } else if columns.iter().any(|(_, column)| column.options.is_on(OptionKey::AutoIncrement)) {
            "a table with a column that counts"
        } else if columns.iter().any(|(id, _)| id.name().key() == own_key::NAME) {
            "a table with a column `my_row_id`"
        } else {
            return None;
        };
        Some(format!("it has no primary key, and the server cannot give one to {why} ({GIVES})\n{DECLARE}"))
    }

    fn is_innodb(&self, table: &ObjectId) -> bool {
        let engine = match self.desired.object(table) {
            Some(Object::Table(table)) => table.options.word(OptionKey::Engine),
            _ => None,
        };
        engine.is_none_or(|engine| engine.eq_ignore_ascii_case("innodb"))
    }

    /// Whether one of these indexes can stand for a primary key: unique, over columns that are never NULL.
    fn has_unique(&self, table: &ObjectId, one_of: impl Fn(&ObjectId) -> bool) -> bool {
        let never_null = |part: &Part| {
            let column = part.as_column().map(|name| table.child(Kind::Column, name.clone()));
            let column = column.filter(|_| part.length.is_none()).and_then(|id| self.desired.object(&id));
            matches!(column, Some(Object::Column(column)) if !column.null)
        };
        self.desired.children(table).any(|(id, entry)| match &entry.object {
            Object::Index(Index { unique: true, columns, .. }) => one_of(id) && columns.iter().all(never_null),
            _ => false,
        })
    }
}

const DECLARE: &str = "declare a `primary_key`";

fn lacks(setting: &str) -> String {
    format!("it has no primary key, and the server takes no such table ({setting})\n{DECLARE}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::catalog::Name;

    use super::super::super::connect::Server;
    use super::super::super::introspect::Defaults;
    use super::super::super::parse;
    use super::*;

    /// What is said of a table on its way from one statement to the other; nothing where it is not there yet.
    fn said(generates_primary_key: bool, requires_primary_key: bool, from: &str, to: &str) -> Option<String> {
        let session = Session { requires_primary_key, generates_primary_key, ..Session::default() };
        let dialect = Mysql::of(&Server::read("9.7.0", "MySQL").unwrap(), 0);
        let id = ObjectId::top(Kind::Table, None, Name::exact("t"));
        let defaults = Defaults::default();
        let read = |sql: &str| -> Catalog {
            let list = parse::create_table(sql, &id, defaults.reading(dialect)).map(|objects| objects.list);
            list.unwrap_or_default().into_iter().collect()
        };
        let (live, desired) = (read(from), read(to));
        let deltas = crate::diff::compare(&live, &desired);
        let found = refused(&session, (&live, &desired), (&deltas, &BTreeSet::new()), dialect);
        found.into_iter().next().map(|(.., reason)| reason)
    }

    #[test]
    fn a_key_that_the_server_asks_for_is_not_dropped() {
        let keyed = "create table t (a int not null, primary key (a))";
        let bare = "create table t (a int not null)";
        let unique = "create table t (a int not null, unique key u (a))";
        let own = "create table t (my_row_id bigint unsigned not null auto_increment /*!80023 invisible */, a int not null, primary key (my_row_id))";
        let counting = "create table t (a int not null auto_increment, key a (a))";
        let parted = "create table t (a int not null) partition by hash (a)";
        assert_eq!(said(false, false, keyed, bare), None);
        for (gives, requires) in [(true, false), (false, true), (true, true)] {
            assert!(said(gives, requires, keyed, bare).is_some());
            assert_eq!(said(gives, requires, keyed, unique), None);
            assert_eq!(said(gives, requires, "", unique), None);
            assert_eq!(said(gives, requires, own, bare), None);
            assert!(said(gives, requires, "", counting).is_some());
            assert!(said(gives, requires, "", parted).is_some());
        }
        assert_eq!(said(true, true, "", bare), None);
        assert!(said(false, true, "", bare).is_some());
        assert!(said(false, true, bare, "create table t (a int not null, b int)").is_some());
        assert_eq!(said(true, false, bare, "create table t (a int not null, b int)"), None);
    }
}
