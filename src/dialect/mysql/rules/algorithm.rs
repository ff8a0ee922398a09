//! What an ALTER TABLE is expected to cost. There is no dry run, so this is a table of what the servers do, tried on
//! MySQL 9.7 and MariaDB 10.11 and 11.8 (`tests/mysql_algorithm.rs` tries it again). The apply does not rely on it:
//! it asks for the cheapest way and takes the first that the server accepts.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Column, Entry, Index, Kind, Name, Object, ObjectId, OptionKey, Part, Table};
use crate::diff::Delta;
use crate::plan::{Context, Hazard, HazardKind};

use super::super::connect::Flavour;
use super::super::render;
use super::computed;
use super::letters::{self, Letters};

/// The ways, from the cheapest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cost {
    /// Only what is known of the table changes.
    Instant,
    /// No row is copied, nobody waits.
    InPlace,
    /// No row is copied, but who writes waits.
    Shared,
    /// The rows are copied while people write.
    Rebuild,
    /// The rows are copied while who writes waits.
    Copy,
}

impl Cost {
    /// Of what only changes what is known of a table, and MySQL calls in place.
    pub(super) fn metadata(flavour: Flavour) -> Self {
        if flavour == Flavour::Mariadb { Self::Instant } else { Self::InPlace }
    }

    /// What the plan says of it.
    pub(super) fn hazard(self, id: &ObjectId, flavour: Flavour) -> Hazard {
        let in_place = if flavour == Flavour::Mariadb { "NOCOPY" } else { "INPLACE" };
        let (kind, message) = match self {
            Self::Instant => (HazardKind::Notice, "expected ALGORITHM=INSTANT: at once".to_owned()),
            Self::InPlace => (
                HazardKind::Notice,
                format!("expected ALGORITHM={in_place}, LOCK=NONE{{size}}: no row is copied, reads and writes go on"),
            ),
            Self::Shared => (
                HazardKind::Notice,
                "writes wait while it reads the table{size}; expected ALGORITHM=INPLACE, LOCK=SHARED".to_owned(),
            ),
            Self::Rebuild => (
                HazardKind::Rewrite,
                "rebuilds the table{size} while reads and writes go on; expected ALGORITHM=INPLACE, LOCK=NONE"
                    .to_owned(),
            ),
            Self::Copy => (
                HazardKind::Rewrite,
                "copies the table{size} while writes wait; expected ALGORITHM=COPY, LOCK=SHARED".to_owned(),
            ),
        };
        Hazard { kind, id: id.clone(), message }
    }
}

/// A table as far as the cost of its changes depends on it.
pub(super) struct Altered<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) table: &'a ObjectId,
    pub(super) flavour: Flavour,
    /// The columns that are dropped and added again.
    pub(super) remade: &'a BTreeSet<Name>,
    /// Those that come to stand elsewhere.
    pub(super) places: &'a BTreeMap<Name, String>,
}

impl Altered<'_> {
    /// The cost of all of its differences together.
    pub(super) fn cost(&self) -> Cost {
        let Some(Object::Table(live)) = self.cx.live.object(self.table) else { return Cost::Copy };
        if live.options.word(OptionKey::Engine).is_some() {
            return self.of_another_engine();
        }
        let (mut cost, mut adds) = (self.of_table(live), false);
        let ids: BTreeSet<&ObjectId> = self
            .cx
            .deltas
            .keys()
            .filter(|id| id.parent() == Some(self.table))
            .chain(self.cx.desired.columns(self.table).into_iter().map(|(id, _)| id).filter(|id| self.comes_along(id)))
            .collect();
        for id in ids {
            let of = match id.kind() {
                Kind::Column => {
                    adds |= !matches!(self.cx.delta(id), Some(Delta::Alter) | None) && !self.is_computed(id);
                    self.of_column(id)
                }
                Kind::PrimaryKey if self.cx.desired.contains(id) => Cost::Rebuild,
                Kind::PrimaryKey => Cost::Copy,
                Kind::Index => self.of_index(id),
                Kind::Check => match self.cx.desired.object(id) {
                    Some(Object::Check(check)) if check.not_enforced => Cost::InPlace,
                    Some(_) => Cost::Copy,
                    None => Cost::Instant,
                },
                _ => Cost::Instant,
            };
            cost = cost.max(of);
        }
        // An index is not built in place with a change of the columns that alone would be instant.
        if cost == Cost::InPlace && adds && !self.goes_apart() {
            cost = Cost::Rebuild;
        }
        if computed::copies(self, cost) {
            return Cost::Copy;
        }
        if cost == Cost::Rebuild { self.rebuilt() } else { cost }
    }

    /// Whether a column is only computed, as it was or as it is to be.
    fn is_computed(&self, id: &ObjectId) -> bool {
        let computed = |column: &Column| column.generated.as_ref().is_some_and(|generated| !generated.stored);
        let object = self.cx.desired.object(id).or_else(|| self.cx.live.object(id));
        matches!(object, Some(Object::Column(column)) if computed(column))
    }

    /// What it costs to rebuild the table: not all that may stand in one can be built while others write.
    fn rebuilt(&self) -> Cost {
        let is_mariadb = self.flavour == Flavour::Mariadb;
        let stored = |column: &Column| column.generated.as_ref().is_some_and(|generated| generated.stored);
        if is_mariadb && self.cx.live.columns(self.table).into_iter().any(|(_, column)| stored(column)) {
            return Cost::Copy;
        }
        match (self.has_index("fulltext"), self.has_index("spatial")) {
            (true, _) if !is_mariadb => Cost::Copy,
            (false, false) => Cost::Rebuild,
            _ => Cost::Shared,
        }
    }

    /// Whether the table has an index of this kind.
    fn has_index(&self, kind: &str) -> bool {
        self.cx.live.children(self.table).any(|(_, entry)| match &entry.object {
            Object::Index(index) => index.options.word(OptionKey::IndexKind) == Some(kind),
            _ => false,
        })
    }

    /// Whether an index has values of the table that are only computed: `MariaDB` builds it anew where columns come or go.
    fn has_indexed_virtual(&self) -> bool {
        let is_virtual = |column: &Column| column.generated.as_ref().is_some_and(|generated| !generated.stored);
        let columns = self.cx.live.columns(self.table).into_iter();
        self.flavour == Flavour::Mariadb && columns.filter(|(_, it)| is_virtual(it)).any(|(id, _)| self.is_indexed(id))
    }

    /// Whether the columns that come and go can do so in a statement of their own, before all else: nothing of the table
    /// has to change with them.
    pub(super) fn goes_apart(&self) -> bool {
        let names = |column: &ObjectId, (other, entry): (&ObjectId, &Entry)| {
            let is_part = |parts: &[Part]| parts.iter().any(|part| part.as_column() == Some(column.name()));
            let in_key = match &entry.object {
                Object::Index(index) => is_part(&index.columns),
                Object::PrimaryKey(key) => is_part(&key.columns),
                _ => false,
            };
            other != column && (in_key || entry.references(other).contains(column))
        };
        let plain = |id: &ObjectId, delta: Delta| match delta {
            Delta::Create => true,
            Delta::Drop => !self.cx.live.children(self.table).any(|part| names(id, part)),
            Delta::Alter => false,
        };
        let columns =
            self.cx.deltas.iter().filter(|(id, _)| id.kind() == Kind::Column && id.parent() == Some(self.table));
        let stays = self
            .cx
            .desired
            .columns(self.table)
            .into_iter()
            .all(|(id, _)| self.cx.delta(id).is_some() || !self.comes_along(id));
        // What a new column does not say of its letters is what the table says by then.
        let letters = |catalog| letters::of(catalog, self.table, &Column::default());
        let same_letters = !letters::differ(letters(self.cx.live), letters(self.cx.desired));
        same_letters && self.remade.is_empty() && stays && columns.into_iter().all(|(id, delta)| plain(id, *delta))
    }

    /// Whether a column that does not differ itself changes with others: it moves, or inherits another charset.
    fn comes_along(&self, id: &ObjectId) -> bool {
        self.remade.contains(id.name()) || self.places.contains_key(id.name()) || letters::change(self.cx, id)
    }

    /// MyISAM and others copy for all but what is said of the table alone.
    fn of_another_engine(&self) -> Cost {
        let changed = self.cx.deltas.keys().any(|id| id.parent() == Some(self.table));
        if changed || self.cx.delta(self.table) == Some(Delta::Alter) { Cost::Copy } else { Cost::Instant }
    }

    fn of_table(&self, live: &Table) -> Cost {
        let Some(Object::Table(desired)) = self.cx.desired.object(self.table) else { return Cost::Instant };
        if self.cx.delta(self.table) != Some(Delta::Alter) {
            return Cost::Instant;
        }
        let keys = live.options.iter().chain(desired.options.iter()).map(|(key, _)| key);
        let differ = keys.filter(|key| live.options.get(*key) != desired.options.get(*key));
        let of = |key: OptionKey| match key {
            OptionKey::Engine
            | OptionKey::SystemVersioning
            | OptionKey::Encryption
            | OptionKey::Encrypted
            | OptionKey::Tablespace => Cost::Copy,
            OptionKey::RowFormat
            | OptionKey::KeyBlockSize
            | OptionKey::PageCompressed
            | OptionKey::PageCompressionLevel => Cost::Rebuild,
            OptionKey::ColumnOrder => Cost::Instant,
            _ => Cost::metadata(self.flavour),
        };
        let period = if live.period == desired.period { Cost::Instant } else { Cost::Copy };
        let comment = |catalog: &Catalog| catalog.get(self.table).and_then(|entry| entry.comment.clone());
        let comment = if comment(self.cx.live) == comment(self.cx.desired) {
            Cost::Instant
        } else {
            Cost::metadata(self.flavour)
        };
        differ.map(of).max().unwrap_or(Cost::Instant).max(period).max(comment)
    }

    fn of_index(&self, id: &ObjectId) -> Cost {
        let index = |catalog: &Catalog| match catalog.get(id) {
            Some(Entry { object: Object::Index(index), .. }) => Some(index.clone()),
            _ => None,
        };
        let Some(desired) = index(self.cx.desired) else { return Cost::InPlace };
        let bare = |mut index: Index| {
            index.options.clear(OptionKey::Ignored);
            index.options.clear(OptionKey::Invisible);
            index
        };
        if index(self.cx.live).is_some_and(|live| bare(live) == bare(desired.clone())) {
            return Cost::metadata(self.flavour);
        }
        match desired.options.word(OptionKey::IndexKind) {
            Some("vector") => Cost::Copy,
            Some(_) => Cost::Shared,
            None if desired.columns.iter().any(|part| part.as_column().is_none()) => Cost::Shared,
            None => Cost::InPlace,
        }
    }

    fn of_column(&self, id: &ObjectId) -> Cost {
        let column = |catalog: &'_ Catalog| match catalog.object(id) {
            Some(Object::Column(column)) => Some(column.clone()),
            _ => None,
        };
        let moved = self.places.contains_key(id.name());
        match (column(self.cx.live), column(self.cx.desired)) {
            (Some(live), Some(desired)) if self.remade.contains(id.name()) => {
                self.dropped(&live).max(self.added(&desired, moved))
            }
            (Some(live), Some(desired)) => self.modified(&live, &desired, id).max(match (moved, self.flavour) {
                (true, Flavour::Mysql) => Cost::Rebuild,
                _ => Cost::Instant,
            }),
            (None, Some(desired)) => self.added(&desired, moved),
            (Some(live), None) => self.dropped(&live),
            (None, None) => Cost::Instant,
        }
    }

    /// Whether columns come and go by metadata alone.
    fn instant_columns(&self) -> bool {
        let compressed = match self.cx.live.object(self.table) {
            Some(Object::Table(table)) => {
                table.options.word(OptionKey::RowFormat) == Some("compressed")
                    || table.options.get(OptionKey::KeyBlockSize).is_some()
                    || table.options.is_on(OptionKey::SystemVersioning)
            }
            _ => false,
        };
        let full_text = self.has_index("fulltext");
        let old = self.flavour == Flavour::Mysql && self.cx.version < 80_029;
        !compressed && !full_text && !old
    }

    fn added(&self, column: &Column, placed: bool) -> Cost {
        let generated = |column: &Column| column.generated.is_some();
        if column.generated.as_ref().is_some_and(|generated| generated.stored)
            || column.options.is_on(OptionKey::AutoIncrement)
            || column.check.is_some()
            // Error 1845: a value that is computed for each row.
            || (self.flavour == Flavour::Mysql && render::has_expression_as_default(column))
        {
            return Cost::Copy;
        }
        let parted =
            matches!(self.cx.live.object(self.table), Some(Object::Table(table)) if table.partition_by.is_some());
        if self.flavour == Flavour::Mariadb && parted && generated(column) {
            return Cost::Copy;
        }
        if self.has_indexed_virtual() && !generated(column) {
            return Cost::Shared;
        }
        let computed = self.cx.live.columns(self.table).into_iter().any(|(_, column)| generated(column));
        if placed && self.flavour == Flavour::Mariadb && computed {
            return Cost::Copy;
        }
        if self.instant_columns() || generated(column) { Cost::Instant } else { Cost::Rebuild }
    }

    fn dropped(&self, column: &Column) -> Cost {
        let is_virtual = column.generated.as_ref().is_some_and(|generated| !generated.stored);
        if self.has_indexed_virtual() && !is_virtual {
            return Cost::Copy;
        }
        if self.instant_columns() || column.generated.is_some() { Cost::Instant } else { Cost::Rebuild }
    }

    fn modified(&self, live: &Column, desired: &Column, id: &ObjectId) -> Cost {
        if live.check != desired.check
            || live.options.is_on(OptionKey::AutoIncrement) != desired.options.is_on(OptionKey::AutoIncrement)
            || live.options.get(OptionKey::Srid) != desired.options.get(OptionKey::Srid)
            || live.options.is_on(OptionKey::Compressed) != desired.options.is_on(OptionKey::Compressed)
        {
            return Cost::Copy;
        }
        if live.generated != desired.generated {
            let stored = [live, desired]
                .iter()
                .any(|column| column.generated.as_ref().is_some_and(|generated| generated.stored));
            return if stored || self.flavour == Flavour::Mysql { Cost::Copy } else { Cost::Instant };
        }
        let nulls = if live.null == desired.null { Cost::Instant } else { Cost::Rebuild };
        let text = |column: &Column| column.ty.as_ref().map(|ty| ty.as_str().to_lowercase()).unwrap_or_default();
        let ty = if live.ty == desired.ty { Cost::Instant } else { self.retyped(&text(live), &text(desired), desired) };
        let has_letters = desired.ty.as_ref().is_some_and(|ty| render::is_text(ty.as_str()));
        let was = letters::of(self.cx.live, self.table, live);
        let is = letters::of(self.cx.desired, self.table, desired);
        let charset = |letters: &Option<Letters>| letters.as_ref().map(|letters| letters.charset().to_owned());
        let same_charset = charset(&was) == charset(&is);
        let collation = if !has_letters || !letters::differ(was, is) {
            Cost::Instant
        } else if same_charset && !self.is_indexed(id) {
            Cost::metadata(self.flavour)
        } else {
            Cost::Copy
        };
        nulls.max(ty).max(collation)
    }

    fn is_indexed(&self, id: &ObjectId) -> bool {
        self.cx.live.children(self.table).any(|(_, entry)| {
            let parts = match &entry.object {
                Object::Index(index) => &index.columns,
                Object::PrimaryKey(key) => &key.columns,
                _ => return false,
            };
            parts.iter().any(|part| part.as_column() == Some(id.name()))
        })
    }

    fn retyped(&self, live: &str, desired: &str, column: &Column) -> Cost {
        let appended = |word: &str| {
            live.starts_with(word) && live.strip_suffix(')').is_some_and(|values| desired.starts_with(values))
        };
        if appended("enum(") || appended("set(") {
            return Cost::Instant;
        }
        let length = |ty: &str| {
            let digits = ty.strip_prefix("varchar(")?.strip_suffix(')')?;
            digits.parse::<u32>().ok()
        };
        match (length(live), length(desired)) {
            // The length of a value takes one byte up to 255 bytes, two beyond.
            (Some(from), Some(to)) if to > from => {
                let bytes = self.bytes_of_a_character(column);
                if (from * bytes > 255) == (to * bytes > 255) { Cost::metadata(self.flavour) } else { Cost::Copy }
            }
            _ => Cost::Copy,
        }
    }

    fn bytes_of_a_character(&self, column: &Column) -> u32 {
        let letters = letters::of(self.cx.desired, self.table, column);
        match letters.as_ref().map_or("utf8mb4", Letters::charset) {
            "latin1" | "ascii" | "binary" | "latin2" | "cp1251" | "koi8r" => 1,
            "ucs2" => 2,
            "utf8" | "utf8mb3" => 3,
            _ => 4,
        }
    }
}
