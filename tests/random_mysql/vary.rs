//! Small variations of a schema: what a person changes between two commits.

use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;

use super::generate::{column, foreign_key, index, key, programs, view};
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
    FlipInvisible(usize),
    ChangeComment(usize, Option<usize>),
    ChangeKey(Key),
    ChangePartition(Option<usize>),
    ChangeCharset(Option<usize>),
    ChangeOption(Option<usize>),
    SetChecks(Vec<(usize, usize)>),
    SetIndex(super::Index),
    DropIndexes,
    FlipUnseen,
    SetForeignKeys(Vec<super::ForeignKey>),
    SetView(Option<super::View>),
    SetOver(Option<usize>),
    SetTriggers(Vec<(usize, usize)>),
    SetPrograms(Vec<(usize, usize)>),
    DropTable,
    ReverseColumns,
}

fn edit() -> impl Strategy<Value = Edit> {
    use proptest::collection::vec;
    use proptest::option::{of, weighted};
    let of_columns = prop_oneof![
        2 => column("added").prop_map(Edit::AddColumn),
        2 => (0_usize..6).prop_map(Edit::DropColumn),
        2 => (0_usize..6, 0_usize..64).prop_map(|(at, ty)| Edit::ChangeType(at, ty)),
        2 => (0_usize..6).prop_map(Edit::FlipNull),
        2 => (0_usize..6, of(0_usize..4)).prop_map(|(at, default)| Edit::ChangeDefault(at, default)),
        1 => (0_usize..6, of(0_usize..4)).prop_map(|(at, word)| Edit::ChangeCollation(at, word)),
        1 => (0_usize..6, of(any::<bool>())).prop_map(|(at, to)| Edit::ChangeGenerated(at, to)),
        1 => (0_usize..6).prop_map(Edit::FlipInvisible),
        1 => (0_usize..6, of(0_usize..3)).prop_map(|(at, to)| Edit::ChangeComment(at, to)),
        1 => Just(Edit::ReverseColumns),
    ];
    prop_oneof![
        14 => of_columns,
        1 => key().prop_map(Edit::ChangeKey),
        2 => of(0_usize..6).prop_map(Edit::ChangePartition),
        1 => of(0_usize..4).prop_map(Edit::ChangeCharset),
        1 => of(0_usize..5).prop_map(Edit::ChangeOption),
        1 => vec((0_usize..6, 0_usize..4), 0..3).prop_map(Edit::SetChecks),
        3 => index().prop_map(Edit::SetIndex),
        1 => Just(Edit::DropIndexes),
        1 => Just(Edit::FlipUnseen),
        2 => vec(foreign_key(), 0..3).prop_map(Edit::SetForeignKeys),
        2 => of(view()).prop_map(Edit::SetView),
        1 => weighted(0.7, 0_usize..4).prop_map(Edit::SetOver),
        2 => vec((0_usize..6, 0_usize..4), 0..3).prop_map(Edit::SetTriggers),
        2 => programs().prop_map(Edit::SetPrograms),
        1 => Just(Edit::DropTable),
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
        match edit {
            Edit::DropTable if self.tables.len() > 1 => drop(self.tables.remove(at)),
            Edit::SetPrograms(programs) => self.programs = programs,
            Edit::SetOver(over) => self.over = over,
            edit => self.tables[at].edit(edit),
        }
    }
}

impl super::Table {
    fn edit(&mut self, edit: Edit) {
        let count = self.columns.len();
        match edit {
            Edit::AddColumn(mut column) => {
                column.name = format!("added {count}");
                // Rows that are there have no value for it.
                column.not_null = false;
                self.columns.push(column);
            }
            Edit::DropColumn(column) if count > 1 => drop(self.columns.remove(column % count)),
            // What is no JSON and no geometry becomes none.
            Edit::ChangeType(_, ty) if ty % 32 == 28 || ty % 32 == 30 => {}
            Edit::ChangeType(column, ty) => self.columns[column % count].ty = ty,
            Edit::FlipNull(column) => self.columns[column % count].not_null ^= true,
            Edit::ChangeDefault(column, default) => self.columns[column % count].default = default,
            Edit::ChangeCollation(column, word) => self.columns[column % count].collation = word,
            Edit::ChangeGenerated(column, generated) => self.columns[column % count].generated = generated,
            Edit::FlipInvisible(column) => self.columns[column % count].invisible ^= true,
            Edit::ChangeComment(column, comment) => self.columns[column % count].comment = comment,
            Edit::ChangeKey(key) => self.key = key,
            Edit::ChangePartition(partition) => self.partition = partition,
            Edit::ChangeCharset(charset) => self.charset = charset,
            Edit::ChangeOption(option) => self.option = option,
            Edit::SetChecks(checks) => self.checks = checks,
            Edit::SetIndex(mut index) => {
                "index 1".clone_into(&mut index.name);
                self.indexes.retain(|other| other.name != index.name);
                self.indexes.push(index);
            }
            Edit::DropIndexes => self.indexes.clear(),
            Edit::FlipUnseen => self.indexes.iter_mut().for_each(|index| index.unseen ^= true),
            Edit::SetForeignKeys(keys) => self.foreign_keys = keys,
            Edit::SetView(view) => self.view = view,
            Edit::SetTriggers(triggers) => self.triggers = triggers,
            Edit::ReverseColumns => self.columns.reverse(),
            Edit::DropColumn(_) | Edit::DropTable | Edit::SetPrograms(_) | Edit::SetOver(_) => {}
        }
        self.columns[0].generated = None;
    }
}
