//! Small variations of a schema: what a person changes between two commits.

use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;

use super::generate::{column, index, search, trigger, view};
use super::{Key, Schema};

/// One thing that is changed.
#[derive(Debug, Clone)]
enum Edit {
    AddColumn(super::Column),
    DropColumn(usize),
    ChangeType(usize, usize),
    FlipNull(usize),
    ChangeDefault(usize, Option<usize>),
    ChangeCollation(usize, Option<usize>),
    ChangeGenerated(usize, Option<bool>),
    FlipStrict,
    FlipRowid,
    ChangeKey(Key),
    DropChecks,
    DropUniques,
    DropForeignKey(usize),
    DropForeignKeys,
    FlipDeferred,
    SetSearch(Option<super::Search>),
    SetIndex(super::Index),
    DropIndexes,
    SetView(Option<super::View>),
    SetTrigger(Option<super::Trigger>),
    DropTable,
    ReverseColumns,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        2 => column("added").prop_map(Edit::AddColumn),
        2 => (0_usize..6).prop_map(Edit::DropColumn),
        2 => (0_usize..6, 0_usize..8).prop_map(|(at, ty)| Edit::ChangeType(at, ty)),
        2 => (0_usize..6).prop_map(Edit::FlipNull),
        2 => (0_usize..6, proptest::option::of(0_usize..7)).prop_map(|(at, default)| Edit::ChangeDefault(at, default)),
        1 => (0_usize..6, proptest::option::of(0_usize..2)).prop_map(|(at, word)| Edit::ChangeCollation(at, word)),
        1 => (0_usize..6, proptest::option::of(any::<bool>())).prop_map(|(at, to)| Edit::ChangeGenerated(at, to)),
        1 => Just(Edit::FlipStrict),
        1 => Just(Edit::FlipRowid),
        1 => proptest::option::weighted(0.8, search()).prop_map(Edit::SetSearch),
        1 => (0_usize..2).prop_map(Edit::DropForeignKey),
        1 => prop_oneof![Just(Key::Rowid), Just(Key::Autoincrement)].prop_map(Edit::ChangeKey),
        1 => Just(Edit::DropChecks),
        1 => Just(Edit::DropUniques),
        1 => Just(Edit::DropForeignKeys),
        1 => Just(Edit::FlipDeferred),
        2 => index().prop_map(Edit::SetIndex),
        1 => Just(Edit::DropIndexes),
        2 => proptest::option::of(view()).prop_map(Edit::SetView),
        2 => proptest::option::of(trigger()).prop_map(Edit::SetTrigger),
        1 => Just(Edit::DropTable),
        1 => Just(Edit::ReverseColumns),
    ]
}

impl Schema {
    /// The same with up to six edits.
    pub(crate) fn variation(&self) -> BoxedStrategy<Self> {
        let base = self.clone();
        proptest::collection::vec((0_usize..4, edit()), 1..6)
            .prop_map(move |edits| {
                let mut schema = base.clone();
                for (table, edit) in edits {
                    schema.edit(table, edit);
                }
                schema
            })
            .boxed()
    }

    fn edit(&mut self, at: usize, edit: Edit) {
        let at = at % self.tables.len();
        if matches!(edit, Edit::DropTable) {
            if self.tables.len() > 1 {
                self.tables.remove(at);
            }
            return;
        }
        if let Edit::SetSearch(search) = edit {
            self.search = search;
            return;
        }
        let table = &mut self.tables[at];
        let count = table.columns.len();
        match edit {
            Edit::AddColumn(mut column) => {
                column.name = format!("added {count}");
                // Rows that are there have no value for it.
                column.not_null = false;
                table.columns.push(column);
            }
            Edit::DropColumn(column) if count > 1 => {
                table.columns.remove(column % count);
                table.columns[0].generated = None;
            }
            Edit::ChangeType(column, ty) => table.columns[column % count].ty = ty,
            Edit::FlipNull(column) => table.columns[column % count].not_null ^= true,
            Edit::ChangeDefault(column, default) => table.columns[column % count].default = default,
            Edit::ChangeCollation(column, word) => table.columns[column % count].collation = word,
            Edit::ChangeGenerated(column, generated) => {
                table.columns[column % count].generated = generated;
                table.columns[0].generated = None;
            }
            Edit::FlipRowid => {
                table.key = match table.key {
                    Key::Text => Key::WithoutRowid,
                    Key::WithoutRowid => Key::Text,
                    key => key,
                }
            }
            Edit::FlipStrict => table.strict ^= table.has_id(),
            Edit::ChangeKey(key) if matches!(table.key, Key::Rowid | Key::Autoincrement) => table.key = key,
            Edit::DropChecks => table.checks.clear(),
            Edit::DropUniques => table.uniques.clear(),
            Edit::DropForeignKey(key) if key < table.foreign_keys.len() => {
                table.foreign_keys.remove(key);
            }
            Edit::DropForeignKeys => table.foreign_keys.clear(),
            Edit::FlipDeferred => table.foreign_keys.iter_mut().for_each(|key| key.deferred ^= true),
            Edit::SetIndex(mut index) => {
                index.name = format!("index of {}", table.name);
                table.indexes = vec![index];
            }
            Edit::DropIndexes => table.indexes.clear(),
            Edit::SetView(view) => table.view = view,
            Edit::SetTrigger(trigger) => table.trigger = trigger,
            Edit::ReverseColumns => {
                table.columns.reverse();
                table.columns[0].generated = None;
            }
            Edit::DropColumn(_)
            | Edit::ChangeKey(_)
            | Edit::DropForeignKey(_)
            | Edit::DropTable
            | Edit::SetSearch(_) => {}
        }
    }
}
