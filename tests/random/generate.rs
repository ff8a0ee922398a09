//! Strategies for schemas and rows.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::{Column, ForeignKey, Index, Key, Schema, Search, Table, Trigger, Unique, View};
use crate::support::rows::quote;

/// Names that are told apart also without regard to case; some are odd.
const TABLES: [&str; 6] = ["alpha", "order", "odd \"name\"", "a.b", "Mixed", "täble 🦀"];
const COLUMNS: [&str; 8] = ["one", "two", "select", "with space", "it's", "x.y", "Seven", "\u{540d}\u{524d}"];

/// A schema of one to four tables.
pub(crate) fn schema() -> impl Strategy<Value = Schema> {
    proptest::sample::subsequence(TABLES.to_vec(), 1..=4).prop_flat_map(|names| {
        let tables: Vec<_> = names.into_iter().enumerate().map(|(at, name)| table(at, name)).collect();
        (tables, option::weighted(0.3, search())).prop_map(|(tables, search)| Schema { tables, search })
    })
}

pub(super) fn search() -> impl Strategy<Value = Search> {
    let content = option::weighted(0.3, 0_usize..4);
    (1_usize..8, content, any::<bool>(), any::<bool>(), any::<bool>())
        .prop_map(|(columns, content, prefix, porter, named)| Search { columns, content, prefix, porter, named })
}

fn key() -> impl Strategy<Value = Key> {
    prop_oneof![
        1 => Just(Key::None),
        3 => Just(Key::Rowid),
        2 => Just(Key::Autoincrement),
        1 => any::<bool>().prop_map(|descending| Key::Composite { descending }),
        1 => Just(Key::Text),
        1 => Just(Key::WithoutRowid),
    ]
}

/// A table; `at` makes the names of its indexes its own.
fn table(at: usize, name: &'static str) -> impl Strategy<Value = Table> {
    let columns = proptest::sample::subsequence(COLUMNS.to_vec(), 1..=5)
        .prop_flat_map(|names| names.into_iter().map(column).collect::<Vec<_>>());
    let parts = (
        vec((option::of("check_[ab]"), 0_usize..8), 0..2),
        vec(unique(), 0..2),
        vec(index(), 0..3),
        vec(foreign_key(), 0..2),
        option::of(view()),
        option::of(trigger()),
    );
    (key(), any::<bool>(), columns, parts).prop_map(move |(key, strict, mut columns, parts)| {
        let (checks, uniques, mut indexes, foreign_keys, view, trigger) = parts;
        // A table needs one column that holds values.
        columns[0].generated = None;
        for (i, index) in indexes.iter_mut().enumerate() {
            index.name = format!("index {at}.{i}");
        }
        let strict = strict && !matches!(key, Key::None);
        Table { name: name.to_owned(), key, strict, columns, checks, uniques, indexes, foreign_keys, view, trigger }
    })
}

pub(super) fn column(name: &'static str) -> impl Strategy<Value = Column> {
    let generated = prop_oneof![6 => Just(None), 1 => Just(Some(true)), 1 => Just(Some(false))];
    (0_usize..8, any::<bool>(), option::of(0_usize..7), option::weighted(0.3, 0_usize..2), generated).prop_map(
        move |(ty, not_null, default, collation, generated)| Column {
            name: name.to_owned(),
            ty,
            not_null,
            default,
            collation,
            generated,
        },
    )
}

fn unique() -> impl Strategy<Value = Unique> {
    (option::of("unique_[ab]"), (0_usize..6, 0_usize..6), option::weighted(0.3, 0_usize..3))
        .prop_map(|(name, columns, on_conflict)| Unique { name, columns, on_conflict })
}

pub(super) fn index() -> impl Strategy<Value = Index> {
    ((0_usize..6, 0_usize..6), any::<bool>(), any::<bool>(), any::<bool>(), option::of(0_usize..2)).prop_map(
        |(columns, descending, expression, partial, collation)| Index {
            name: String::new(),
            columns,
            descending,
            expression,
            partial,
            collation,
        },
    )
}

fn foreign_key() -> impl Strategy<Value = ForeignKey> {
    (option::of("key_[ab]"), 0_usize..6, 0_usize..4, 0_usize..5, any::<bool>())
        .prop_map(|(name, column, table, on_delete, deferred)| ForeignKey { name, column, table, on_delete, deferred })
}

pub(super) fn view() -> impl Strategy<Value = View> {
    (any::<bool>(), 0_usize..6, any::<bool>()).prop_map(|(star, column, comment)| View { star, column, comment })
}

pub(super) fn trigger() -> impl Strategy<Value = Trigger> {
    (0_usize..2, 0_usize..4, 0_usize..6, 0_usize..4).prop_map(|(timing, event, column, table)| Trigger {
        timing,
        event,
        column,
        table,
    })
}

/// Rows for every table, no two of them alike, that fit its constraints; foreign keys may find nothing.
pub(crate) fn rows(schema: &Schema) -> impl Strategy<Value = String> + use<> {
    let tables = schema.tables.clone();
    let search = schema.search.as_ref().and_then(|search| search.row(&tables));
    vec(0_usize..5, tables.len()).prop_map(move |counts| {
        let mut sql = search.clone().unwrap_or_default();
        for (table, count) in tables.iter().zip(counts) {
            for number in 1..=count {
                sql += &row(table, number);
            }
        }
        sql
    })
}

fn row(table: &Table, number: usize) -> String {
    let columns: Vec<_> = table.stored().into_iter().map(quote).collect();
    let of = table.columns.iter().filter(|column| column.generated.is_none());
    let own = of.map(|column| match table.type_of(column) {
        "integer" | "numeric" | "DECIMAL(10, 2)" => (number * 7).to_string(),
        "real" => format!("{number}.25"),
        "blob" => format!("x'0{number}ff'"),
        // Some texts read as numbers.
        _ if number.is_multiple_of(2) => format!("'text {number}'"),
        _ => format!("'00{number}'"),
    });
    let id = match table.key {
        Key::Text | Key::WithoutRowid => format!("'key {number}'"),
        _ => (number * 10).to_string(),
    };
    let values: Vec<_> = table.has_id().then_some(id).into_iter().chain(own).collect();
    format!("insert or ignore into {} ({}) values ({});\n", quote(&table.name), columns.join(", "), values.join(", "))
}
