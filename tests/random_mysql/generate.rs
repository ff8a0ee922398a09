//! Strategies for schemas.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::{Column, ForeignKey, Index, Key, Schema, Table, View};

/// Names that are told apart also without regard to case; some are odd.
const TABLES: [&str; 6] = ["alpha", "order", "odd `name`", "a.b", "Mixed", "täble"];
const COLUMNS: [&str; 8] = ["one", "two", "select", "with space", "it's", "x.y", "Seven", "\u{540d}\u{524d}"];

/// A schema of one to three tables.
pub(crate) fn schema() -> impl Strategy<Value = Schema> {
    proptest::sample::subsequence(TABLES.to_vec(), 1..=3).prop_flat_map(|names| {
        let tables: Vec<_> = names.into_iter().map(table).collect();
        let over = option::weighted(0.3, 0_usize..4);
        (tables, programs(), over).prop_map(|(tables, programs, over)| Schema { tables, programs, over })
    })
}

/// Each at most once.
pub(super) fn programs() -> impl Strategy<Value = Vec<(usize, usize)>> {
    proptest::sample::subsequence((0_usize..6).collect::<Vec<_>>(), 0..=2)
        .prop_flat_map(|which| which.into_iter().map(|at| (Just(at), 0_usize..4)).collect::<Vec<_>>())
}

pub(super) fn key() -> impl Strategy<Value = Key> {
    prop_oneof![
        1 => Just(Key::None),
        3 => Just(Key::Plain),
        3 => Just(Key::AutoIncrement),
        1 => Just(Key::Composite),
    ]
}

fn table(name: &'static str) -> impl Strategy<Value = Table> {
    let columns = proptest::sample::subsequence(COLUMNS.to_vec(), 1..=5)
        .prop_flat_map(|names| names.into_iter().map(column).collect::<Vec<_>>());
    let parts = (
        vec(index(), 0..4),
        vec((0_usize..6, 0_usize..4), 0..3),
        vec(foreign_key(), 0..3),
        option::weighted(0.3, 0_usize..6),
        option::weighted(0.3, 0_usize..4),
        option::weighted(0.3, 0_usize..5),
        option::of(view()),
        vec((0_usize..6, 0_usize..4), 0..3),
    );
    (key(), columns, parts).prop_map(move |(key, mut columns, parts)| {
        let (mut indexes, checks, foreign_keys, partition, charset, option, view, triggers) = parts;
        // Others are computed from it.
        columns[0].generated = None;
        for (i, index) in indexes.iter_mut().enumerate() {
            index.name = format!("index {i}");
        }
        let name = name.to_owned();
        Table { name, key, columns, indexes, checks, foreign_keys, partition, charset, option, view, triggers }
    })
}

pub(super) fn column(name: &'static str) -> impl Strategy<Value = Column> {
    let generated = prop_oneof![6 => Just(None), 1 => Just(Some(true)), 1 => Just(Some(false))];
    let looks = (option::weighted(0.3, 0_usize..4), proptest::bool::weighted(0.1), option::weighted(0.2, 0_usize..3));
    (0_usize..64, any::<bool>(), option::of(0_usize..4), generated, looks).prop_map(
        move |(ty, not_null, default, generated, (collation, invisible, comment))| Column {
            name: name.to_owned(),
            ty,
            not_null,
            default,
            collation,
            generated,
            invisible,
            comment,
        },
    )
}

pub(super) fn index() -> impl Strategy<Value = Index> {
    (0_usize..8, (0_usize..6, 0_usize..6), option::weighted(0.2, 0_usize..3), proptest::bool::weighted(0.1))
        .prop_map(|(kind, columns, comment, unseen)| Index { name: String::new(), kind, columns, comment, unseen })
}

pub(super) fn foreign_key() -> impl Strategy<Value = ForeignKey> {
    (0_usize..4, 0_usize..4, 0_usize..4, any::<bool>()).prop_map(|(table, on_delete, on_update, index)| ForeignKey {
        table,
        on_delete,
        on_update,
        index,
    })
}

pub(super) fn view() -> impl Strategy<Value = View> {
    (0_usize..6, 0_usize..6).prop_map(|(form, column)| View { form, column })
}
