//! Whether what was read of a statement is what SQLite reads of it.

use crate::catalog::Action;

use super::super::parse::{ColumnDef, ConstraintDef, CreateIndex, CreateTable, ForeignKeyDef, KeyPart};
use super::report::{Report, ReportedColumn, ReportedIndex, ReportedPart};

/// What the primary key is to SQLite.
struct Key<'a> {
    parts: Vec<ReportedPart>,
    /// The index of the column that is the rowid, if one is.
    rowid: Option<usize>,
    def: Option<&'a ConstraintDef<'a>>,
}

/// How SQLite's own report of a table differs from what was read of its statement.
pub(super) fn of_table(table: &CreateTable<'_>, report: &Report, name: &str) -> Option<String> {
    options(table, report, name)
        .or_else(|| columns(table, report.columns.get(name).map_or(&[], Vec::as_slice)))
        .or_else(|| references(table, report, name))
        .or_else(|| own_indexes(table, report, name))
}

fn options(table: &CreateTable<'_>, report: &Report, name: &str) -> Option<String> {
    let reported = report.tables.get(name)?;
    differs("STRICT", &table.strict, &reported.strict)
        .or_else(|| differs("WITHOUT ROWID", &table.without_rowid, &reported.without_rowid))
}

fn differs<T: PartialEq + std::fmt::Debug + ?Sized>(what: &str, read: &T, reported: &T) -> Option<String> {
    (read != reported).then(|| format!("{what}: {read:?} in its SQL, {reported:?} in SQLite's report"))
}

fn columns(table: &CreateTable<'_>, reported: &[ReportedColumn]) -> Option<String> {
    let key = key(table);
    differs("number of columns", &table.columns.len(), &reported.len()).or_else(|| {
        let mut pairs = table.columns.iter().zip(reported).enumerate();
        pairs.find_map(|(at, (column, reported))| {
            self::column(table, &key, at, column, reported)
                .map(|difference| format!("column {}: {difference}", reported.name))
        })
    })
}

fn column(
    table: &CreateTable<'_>,
    key: &Key<'_>,
    at: usize,
    column: &ColumnDef<'_>,
    reported: &ReportedColumn,
) -> Option<String> {
    let position = key.parts.iter().position(|part| same(part.column.as_deref(), Some(&column.name)));
    let implied = position.is_some() && key.rowid != Some(at) && (table.strict || table.without_rowid);
    let hidden = match column.generated {
        None => 0,
        Some((_, false)) => 2,
        Some((_, true)) => 3,
    };
    let ty = column.ty.as_deref().unwrap_or_default();
    differs("name", column.name.as_str(), &*reported.name)
        .or_else(|| differs("type", &ty.to_ascii_lowercase(), &reported.ty.to_ascii_lowercase()))
        .or_else(|| differs("NOT NULL", &(column.not_null.is_some() || implied), &reported.not_null))
        .or_else(|| differs("default", &column.default, &reported.default.as_deref()))
        .or_else(|| differs("place in the primary key", &ordinal(position), &reported.key_position))
        .or_else(|| differs("generated", &hidden, &reported.hidden))
}

fn ordinal(position: Option<usize>) -> u32 {
    position.and_then(|at| u32::try_from(at + 1).ok()).unwrap_or(0)
}

fn same(a: Option<&str>, b: Option<&str>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        (None, None) => true,
        _ => false,
    }
}

/// The parts of a key as an index on them would have them.
fn key_parts(table: &CreateTable<'_>, parts: &[KeyPart<'_>]) -> Vec<ReportedPart> {
    let part = |part: &KeyPart<'_>| {
        let name = part.column.as_deref();
        let column = table.columns.iter().find(|column| same(Some(&column.name), name));
        let collation = part.collation.as_deref().or_else(|| column.and_then(|column| column.collation.as_deref()));
        ReportedPart {
            column: column.map(|column| column.name.as_str().into()),
            descending: part.order.is_descending(),
            collation: collation.unwrap_or("binary").to_ascii_lowercase().into(),
        }
    };
    parts.iter().map(part).collect()
}

fn key<'a>(table: &'a CreateTable<'_>) -> Key<'a> {
    let def = table.constraints.iter().find(|constraint| matches!(constraint, ConstraintDef::PrimaryKey { .. }));
    let Some(ConstraintDef::PrimaryKey { parts, .. }) = def else {
        return Key { parts: Vec::new(), rowid: None, def: None };
    };
    let mut parts = key_parts(table, parts);
    let rowid = if table.without_rowid { None } else { rowid_column(table) };
    if table.without_rowid {
        // A column that is named twice counts once here, and only here.
        let mut seen: Vec<ReportedPart> = Vec::new();
        parts.retain(|part| {
            let known = seen.iter().any(|s| s.column == part.column && s.collation == part.collation);
            seen.push(part.clone());
            !known
        });
    }
    Key { parts, rowid, def }
}

/// The column that the grammar makes the rowid: the lone INTEGER of a primary key that is not
/// written `INTEGER PRIMARY KEY DESC` on the column. WITHOUT ROWID comes on top of that.
pub(super) fn rowid_column(table: &CreateTable<'_>) -> Option<usize> {
    table.constraints.iter().find_map(|constraint| match constraint {
        ConstraintDef::PrimaryKey { parts, on_column, .. } => match parts.as_slice() {
            [only] if !(*on_column && only.order.is_descending()) => table.columns.iter().position(|column| {
                same(Some(&column.name), only.column.as_deref())
                    && column.ty.as_deref().is_some_and(|ty| ty.eq_ignore_ascii_case("integer"))
            }),
            _ => None,
        },
        _ => None,
    })
}

fn references(table: &CreateTable<'_>, report: &Report, name: &str) -> Option<String> {
    let keys: Vec<_> = table
        .constraints
        .iter()
        .filter_map(|constraint| match constraint {
            ConstraintDef::ForeignKey(key) => Some(key),
            _ => None,
        })
        .collect();
    let reported = report.references.get(name).map_or(&[][..], Vec::as_slice);
    // SQLite counts them from the last.
    let expected =
        keys.iter().rev().flat_map(|key| key.columns.iter().enumerate().map(move |(at, from)| (*key, at, from)));
    let count = keys.iter().map(|key| key.columns.len()).sum::<usize>();
    differs("columns of foreign keys", &count, &reported.len()).or_else(|| {
        expected.zip(reported).find_map(|((key, at, from), reported)| {
            let to = key.ref_columns.get(at).map(String::as_str);
            let good = *key.references == *reported.table
                && from.eq_ignore_ascii_case(&reported.from)
                && to == reported.to.as_deref()
                && acts(key, &reported.on_update, &reported.on_delete);
            (!good).then(|| format!("the foreign key to {} is not the one that SQLite reports", key.references))
        })
    })
}

fn acts(key: &ForeignKeyDef, on_update: &str, on_delete: &str) -> bool {
    Action::from_words(on_update) == Some(key.on_update) && Action::from_words(on_delete) == Some(key.on_delete)
}

/// The indexes that SQLite makes for a primary key and unique constraints.
fn own_indexes(table: &CreateTable<'_>, report: &Report, name: &str) -> Option<String> {
    let key = key(table);
    let mut expected: Vec<(bool, Vec<ReportedPart>)> = Vec::new();
    let mut add = |primary: bool, parts: Vec<ReportedPart>| {
        // Constraints over the same columns share one index, whatever their order.
        let shared = expected.iter_mut().find(|(_, known)| {
            known.len() == parts.len()
                && known.iter().zip(&parts).all(|(a, b)| a.column == b.column && a.collation == b.collation)
        });
        match shared {
            Some((known_primary, _)) => *known_primary |= primary,
            None => expected.push((primary, parts)),
        }
    };
    // The rowid needs no index; WITHOUT ROWID, the index of such a key is made last.
    let late = rowid_column(table).is_some();
    for constraint in &table.constraints {
        match constraint {
            ConstraintDef::PrimaryKey { .. } if !late => add(true, key.parts.clone()),
            ConstraintDef::Unique { parts, .. } => add(false, key_parts(table, parts)),
            _ => {}
        }
    }
    if late && key.rowid.is_none() && key.def.is_some() {
        add(true, key.parts.clone());
    }
    let mut reported: Vec<_> = report
        .indexes
        .get(name)
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .filter(|index| &*index.origin != "c")
        .map(|index| (&*index.origin == "pk", index.parts.iter().map(folded).collect::<Vec<_>>()))
        .collect();
    expected.sort();
    reported.sort();
    (expected != reported).then(|| "the indexes of its keys are not those that SQLite reports".to_owned())
}

fn folded(part: &ReportedPart) -> ReportedPart {
    ReportedPart { collation: part.collation.to_ascii_lowercase().into(), ..part.clone() }
}

/// How SQLite's own report of an index differs from what was read of its statement.
pub(super) fn of_index(
    index: &CreateIndex<'_>,
    columns: &[ReportedColumn],
    reported: &ReportedIndex,
) -> Option<String> {
    differs("UNIQUE", &index.unique, &reported.unique)
        .or_else(|| differs("WHERE", &index.predicate.is_some(), &reported.partial))
        .or_else(|| differs("number of parts", &index.parts.len(), &reported.parts.len()))
        .or_else(|| {
            index.parts.iter().zip(&reported.parts).enumerate().find_map(|(at, (part, reported))| {
                let column = part.column.as_deref().filter(|name| is_column(columns, name));
                let collates = |name: &str| name.eq_ignore_ascii_case(&reported.collation);
                let good = same(column, reported.column.as_deref())
                    && part.order.is_descending() == reported.descending
                    && (column.is_none() || part.collation.as_deref().is_none_or(collates));
                (!good).then(|| format!("part {} is not the one that SQLite reports", at + 1))
            })
        })
}

/// Whether a table has a column of this name.
pub(super) fn is_column(columns: &[ReportedColumn], name: &str) -> bool {
    columns.iter().any(|column| column.name.eq_ignore_ascii_case(name))
}
