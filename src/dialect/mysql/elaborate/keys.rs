//! Foreign keys that the server would refuse when both ends are made (errors 3780, 1822, 1830, 1506, 150), or would not
//! keep. It tells so only of real tables, so what can be known is said here.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Column, ForeignKey, Kind, Name, Object, ObjectId, OptionKey, Part, Table};
use crate::diff::{Delta, Deltas};

use super::super::connect::Flavour;
use super::super::introspect::Defaults;
use super::super::render;
use super::{actions, settle};

/// A foreign key with what is known of its two ends.
pub(super) struct Ends<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) defaults: &'a Defaults,
    pub(super) flavour: Flavour,
    /// Whether the server takes no key to what is not unique.
    wants_unique: bool,
    pub(super) table: &'a ObjectId,
    pub(super) key: &'a ForeignKey,
}

/// The attribute at fault, and why.
pub(super) type Fault = (Option<&'static str>, String);

/// Foreign keys that cannot be, as far as the plan has to do with them: one that is so already is left alone.
pub(super) fn refused(
    (live, desired): (&Catalog, &Catalog),
    deltas: &Deltas,
    defaults: &Defaults,
    (flavour, wants_unique): (Flavour, bool),
) -> Vec<(ObjectId, Option<&'static str>, String)> {
    let fault = |catalog, id: &ObjectId| match (Catalog::object(catalog, id), id.parent()) {
        (Some(Object::ForeignKey(key)), Some(table)) => {
            Ends { catalog, defaults, flavour, wants_unique, table, key }.fault()
        }
        _ => None,
    };
    let keys = desired.iter().map(|(id, _)| id).filter(|id| id.kind() == Kind::ForeignKey);
    let found = keys.filter(|id| differs(desired, deltas, id)).filter_map(|id| {
        let (attribute, reason) = fault(desired, id).filter(|found| fault(live, id).as_ref() != Some(found))?;
        Some((id.clone(), attribute, reason))
    });
    found.collect()
}

/// Whether the key differs, or a table or a column at one of its ends.
fn differs(desired: &Catalog, deltas: &Deltas, id: &ObjectId) -> bool {
    let (Some(Object::ForeignKey(key)), Some(table)) = (desired.object(id), id.parent()) else { return false };
    let ends = [(table, &key.columns), (&key.references, &key.ref_columns)];
    let mut all = ends.into_iter().flat_map(|(table, columns)| {
        let columns = columns.iter().map(|name| table.child(Kind::Column, name.clone()));
        std::iter::once(table.clone()).chain(columns)
    });
    deltas.contains_key(id) || all.any(|id| deltas.get(&id).is_some_and(|delta| *delta != Delta::Drop))
}

impl<'a> Ends<'a> {
    fn fault(&self) -> Option<Fault> {
        let bare = |reason| (None, reason);
        self.unkept()
            .or_else(|| self.computed())
            .or_else(|| self.unlike())
            .or_else(|| self.without_index())
            .or_else(|| self.without_unique_key())
            .map(bare)
            .or_else(|| actions::impossible(self))
    }

    pub(super) fn column(&self, table: &ObjectId, name: &Name) -> Option<&'a Column> {
        match self.catalog.object(&table.child(Kind::Column, name.clone())) {
            Some(Object::Column(column)) => Some(column),
            _ => None,
        }
    }

    fn of_table(&self, id: &ObjectId) -> Option<&'a Table> {
        match self.catalog.object(id) {
            Some(Object::Table(table)) => Some(table),
            _ => None,
        }
    }

    /// One end has no foreign keys: its rows are in partitions, or its engine forgets them without a word.
    fn unkept(&self) -> Option<String> {
        let ends = [self.table, &self.key.references].into_iter().filter_map(|id| Some((id, self.of_table(id)?)));
        ends.into_iter().find_map(|(id, table)| {
            let engine = table.options.word(OptionKey::Engine).unwrap_or("InnoDB");
            let has = ["innodb", "ndb", "ndbcluster"].contains(&engine.to_ascii_lowercase().as_str());
            if table.partition_by.is_some() {
                Some(format!("`{id}` has partitions, and the server has no foreign keys of or to such tables"))
            } else if has {
                None
            } else {
                Some(format!("`{id}` has the engine {engine}, which keeps no foreign keys; InnoDB does"))
            }
        })
    }

    /// MySQL takes no key over a column that is only computed, or to one (error 3733); MariaDB does.
    fn computed(&self) -> Option<String> {
        let ends = [(self.table, &self.key.columns), (&self.key.references, &self.key.ref_columns)];
        let mut columns = ends.into_iter().flat_map(|(table, names)| names.iter().map(move |name| (table, name)));
        let is_virtual = |(table, name): &(&ObjectId, &Name)| {
            self.column(table, name).and_then(|column| column.generated.as_ref()).is_some_and(|it| !it.stored)
        };
        let (table, name) = columns.find(is_virtual).filter(|_| self.flavour == Flavour::Mysql)?;
        Some(format!("`{name}` of `{table}` is virtual, and MySQL has keys of stored columns only"))
    }

    /// Columns of two kinds of integers, an integer and a text, or texts that are compared in two ways.
    fn unlike(&self) -> Option<String> {
        let target = &self.key.references;
        self.key.columns.iter().zip(&self.key.ref_columns).find_map(|(own, theirs)| {
            let (from, to) = (self.column(self.table, own)?, self.column(target, theirs)?);
            let (one, other) = (class(from)?, class(to)?);
            if one != other {
                return Some(format!(
                    "`{own}` is {one} and `{theirs}` of `{target}` is {other}; both have to be one type"
                ));
            }
            let (one, other) = (self.collation(self.table, from)?, self.collation(target, to)?);
            let reason = format!(
                "`{own}` has the collation {one} and `{theirs}` of `{target}` has {other}; both have to have one"
            );
            (one != other).then_some(reason)
        })
    }

    /// The collation of a text.
    fn collation(&self, table: &ObjectId, column: &Column) -> Option<String> {
        let is_text = column.ty.as_ref().is_some_and(|ty| render::is_text(ty.as_str()));
        let own = || settle::column_collation(&column.options, column.collation.as_ref(), self.defaults);
        let of_table = || self.defaults.collation_of(&self.of_table(table)?.options);
        let of_database = || Some(self.defaults.collation.clone());
        Some(()).filter(|()| is_text).and_then(|()| own().or_else(of_table).or_else(of_database))
    }

    /// The target has no index that begins with the columns.
    fn without_index(&self) -> Option<String> {
        let Ends { catalog, key, .. } = self;
        let table = &key.references;
        if table.schema().is_some() {
            return None;
        }
        self.of_table(table)?;
        let has = is_indexed(catalog, table, &key.ref_columns);
        let names: Vec<String> = key.ref_columns.iter().map(|name| format!("`{name}`")).collect();
        (!has).then(|| format!("`{table}` has no key or index that begins with {}", names.join(", ")))
    }

    /// The target has no unique key of these columns and no others, which the server wants (error 6125).
    fn without_unique_key(&self) -> Option<String> {
        let Ends { catalog, key, .. } = self;
        let table = &key.references;
        self.of_table(table).filter(|_| self.wants_unique)?;
        let is_exact = |parts: &[Part]| {
            let own: BTreeSet<&Name> = parts.iter().filter_map(Part::as_column).collect();
            let whole = parts.iter().all(|part| part.length.is_none() && part.as_column().is_some());
            whole && own == key.ref_columns.iter().collect()
        };
        let has = catalog.children(table).any(|(_, entry)| match &entry.object {
            Object::PrimaryKey(key) => is_exact(&key.columns),
            Object::Index(index) => index.unique && is_exact(&index.columns),
            _ => false,
        });
        let names: Vec<String> = key.ref_columns.iter().map(|name| format!("`{name}`")).collect();
        (!has).then(|| {
            format!(
                "`{table}` has no primary key and no unique one of {} alone, which this server wants \
                 (restrict_fk_on_non_standard_key)\nmake the columns unique there, or refer to those of a key",
                names.join(", ")
            )
        })
    }
}

/// Whether a table has an index that begins with these columns, in whatever order.
pub(super) fn is_indexed(catalog: &Catalog, table: &ObjectId, columns: &[Name]) -> bool {
    let begins = |parts: &[Part]| {
        let first: BTreeSet<&Name> = parts.iter().take(columns.len()).filter_map(Part::as_column).collect();
        first == columns.iter().collect()
    };
    catalog.children(table).any(|(_, entry)| match &entry.object {
        Object::PrimaryKey(key) => begins(&key.columns),
        Object::Index(index) => begins(&index.columns),
        // The index of a key of the table itself serves as well.
        Object::ForeignKey(other) => other.columns.starts_with(columns),
        _ => false,
    })
}

/// What of a type both ends have to have; nothing for types of which that is not known.
pub(super) fn class(column: &Column) -> Option<String> {
    let text = column.ty.as_ref()?.canonical().to_lowercase();
    let word = text.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned();
    match word.as_str() {
        "tinyint" | "smallint" | "mediumint" | "int" | "bigint" => {
            let unsigned = text.contains("unsigned") || text.contains("zerofill");
            Some(if unsigned { format!("{word} unsigned") } else { word })
        }
        "char" | "varchar" => Some("a text".to_owned()),
        "binary" | "varbinary" => Some("bytes".to_owned()),
        "datetime" | "timestamp" => Some("a moment".to_owned()),
        "decimal" | "float" | "double" | "date" => Some(word),
        _ => None,
    }
}
