//! Strategies for schemas.

use proptest::array::{uniform2, uniform3};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::subsequence;

use super::types::TYPES;
use super::{Column, Domain, ForeignKey, Function, Index, Key, Policy, Schema, Shape, Table, Trigger, View};

/// A schema.
pub(crate) fn schema() -> impl Strategy<Value = Schema> {
    let tables = (
        option::weighted(0.9, table(0)),
        option::weighted(0.6, table(1)),
        option::weighted(0.6, table(2)),
        option::weighted(0.3, table(3)),
    );
    let views = (
        option::weighted(0.6, view(0)),
        option::weighted(0.6, view(1)),
        option::weighted(0.5, view(2)),
        option::weighted(0.4, view(3)),
    );
    let types = (
        uniform2(option::weighted(0.6, 0_usize..ENUM_LISTS)),
        uniform2(option::weighted(0.6, domain())),
        option::weighted(0.4, 1_usize..16),
        option::weighted(0.4, 0_usize..4),
    );
    let functions = (uniform3(option::weighted(0.6, function())), uniform2(option::weighted(0.5, function())));
    (types, functions, tables, views).prop_map(|(types, functions, tables, views)| Schema {
        enums: types.0,
        domains: types.1,
        composite: types.2,
        sequence: types.3,
        early: functions.0,
        late: functions.1,
        tables: [tables.0, tables.1, tables.2, tables.3],
        views: [views.0, views.1, views.2, views.3],
    })
}

/// How many lists of values an enum may have.
pub(super) const ENUM_LISTS: usize = 7;

pub(super) fn domain() -> impl Strategy<Value = Domain> {
    (0_usize..4, any::<bool>(), proptest::bool::weighted(0.2), option::of(0_usize..3))
        .prop_map(|(base, default, not_null, check)| Domain { base, default, not_null, check })
}

pub(super) fn function() -> impl Strategy<Value = Function> {
    (0_usize..3, 0_usize..3, 0_usize..6, proptest::bool::weighted(0.2), 0_usize..4, any::<bool>()).prop_map(
        |(language, body, options, big, grant, comment)| Function { language, body, options, big, grant, comment },
    )
}

pub(super) fn shape(slot: usize) -> BoxedStrategy<Shape> {
    let partitioned = (0_usize..3, 0_usize..5).prop_map(|(by, parts)| Shape::Partitioned(by, parts));
    if slot == 0 {
        return prop_oneof![4 => Just(Shape::Plain), 1 => partitioned].boxed();
    }
    prop_oneof![4 => Just(Shape::Plain), 2 => (0..slot).prop_map(Shape::Heir), 2 => partitioned].boxed()
}

pub(super) fn key() -> impl Strategy<Value = Key> {
    prop_oneof![
        Just(Key::Plain),
        Just(Key::Serial),
        Just(Key::Always),
        Just(Key::ByDefault),
        (0_usize..4).prop_map(Key::Stepping),
    ]
}

pub(super) fn table(slot: usize) -> impl Strategy<Value = Table> {
    let columns = subsequence(vec![0, 1, 2, 3, 4, 5], 0..=5)
        .prop_flat_map(|slots| slots.into_iter().map(column).collect::<Vec<_>>());
    let parts = (
        vec((option::of(0_usize..3), 0_usize..8), 0..2),
        option::weighted(0.4, (0_usize..6, 0_usize..4)),
        option::weighted(0.15, 0_usize..3),
        option::weighted(0.4, foreign_key()),
        subsequence(vec![0, 1, 2], 0..=3).prop_flat_map(|slots| slots.into_iter().map(index).collect::<Vec<_>>()),
        option::weighted(0.3, trigger()),
        option::weighted(0.25, policy()),
    );
    let marks = (
        0_usize..8,
        0_usize..4,
        0_usize..4,
        proptest::bool::weighted(0.2),
        proptest::bool::weighted(0.2),
        proptest::bool::weighted(0.1),
    );
    (shape(slot), key(), proptest::bool::weighted(0.3), columns, parts, marks).prop_map(
        |(shape, key, big_key, columns, parts, marks)| {
            let (checks, unique, exclusion, foreign_key, indexes, trigger, policy) = parts;
            let (grants, comment, with, late_default, statistics, rule) = marks;
            Table {
                shape,
                key,
                big_key,
                columns,
                checks,
                unique,
                exclusion,
                foreign_key,
                indexes,
                trigger,
                policy,
                grants,
                comment,
                with,
                late_default,
                statistics,
                rule,
            }
        },
    )
}

pub(super) fn column(slot: usize) -> impl Strategy<Value = Column> {
    let generated = option::weighted(0.15, 0_usize..3);
    (0..TYPES, proptest::bool::weighted(0.3), 0_usize..4, generated, 0_usize..8).prop_map(
        move |(ty, not_null, default, generated, extra)| Column { slot, ty, not_null, default, generated, extra },
    )
}

pub(super) fn foreign_key() -> impl Strategy<Value = ForeignKey> {
    (0_usize..4, 0_usize..5, 0_usize..3, any::<bool>()).prop_map(|(table, action, timing, named)| ForeignKey {
        table,
        action,
        timing,
        named,
    })
}

pub(super) fn index(slot: usize) -> impl Strategy<Value = Index> {
    (0_usize..8, 0_usize..6, proptest::bool::weighted(0.2), 0_usize..5, proptest::bool::weighted(0.2)).prop_map(
        move |(kind, column, unique, partial, include)| Index { slot, kind, column, unique, partial, include },
    )
}

pub(super) fn trigger() -> impl Strategy<Value = Trigger> {
    (0_usize..4, any::<bool>(), any::<bool>(), 0_usize..3, 0_usize..4)
        .prop_map(|(event, after, row, when, state)| Trigger { event, after, row, when, state })
}

pub(super) fn policy() -> impl Strategy<Value = Policy> {
    (0_usize..4, 0_usize..5, 0_usize..3, any::<bool>()).prop_map(|(command, using, role, forced)| Policy {
        command,
        using,
        role,
        forced,
    })
}

pub(super) fn view(slot: usize) -> impl Strategy<Value = View> {
    let join = option::weighted(0.3, 0_usize..4);
    let parts = (0_usize..4, any::<bool>(), 0_usize..4, proptest::bool::weighted(0.2));
    (0..4 + slot, join, 0_usize..64, 0_usize..7, proptest::bool::weighted(0.25), parts).prop_map(
        |(over, join, columns, filter, materialized, (options, grant, comment, trigger))| View {
            over,
            join,
            columns,
            filter,
            materialized,
            options,
            grant,
            comment,
            trigger,
        },
    )
}
