//! Small variations of a schema: what a person changes between two commits.

use proptest::option;
use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;

use super::generate::{ENUM_LISTS, column, domain, foreign_key, function, index, key, policy, trigger, view};
use super::types::TYPES;
use super::{Schema, Shape, Table};

/// One thing that is changed, in the slot that is picked beside it.
#[derive(Debug, Clone)]
enum Edit {
    Enum(usize),
    Domain(super::Domain),
    Composite(usize),
    Sequence(Option<usize>),
    Early(super::Function),
    DropEarly,
    Late(Option<super::Function>),
    View(Option<super::View>),
    ViewFilter(usize),
    ViewComment(usize),
    DropTable,
    AddColumn(super::Column),
    DropColumn(usize),
    ChangeType(usize, usize),
    FlipNull(usize),
    Default(usize, usize),
    Generated(usize, Option<usize>),
    Extra(usize, usize),
    ReverseColumns,
    Key(super::Key),
    FlipBigKey,
    Parts(usize),
    LeaveParent,
    Checks(Vec<(Option<usize>, usize)>),
    Unique(Option<(usize, usize)>),
    Exclusion(Option<usize>),
    ForeignKey(Option<super::ForeignKey>),
    Index(super::Index),
    DropIndexes,
    Trigger(Option<super::Trigger>),
    Policy(Option<super::Policy>),
    Grants(usize),
    Comment(usize),
    With(usize),
    Late0,
    Statistics,
    Rule,
}

fn edit() -> impl Strategy<Value = Edit> {
    let check = (option::of(0_usize..3), 0_usize..8);
    prop_oneof![
        3 => types_and_functions(),
        5 => columns(),
        1 => Just(Edit::DropTable),
        1 => key().prop_map(Edit::Key),
        1 => Just(Edit::FlipBigKey),
        1 => (0_usize..5).prop_map(Edit::Parts),
        1 => Just(Edit::LeaveParent),
        1 => proptest::collection::vec(check, 0..3).prop_map(Edit::Checks),
        1 => option::of((0_usize..6, 0_usize..4)).prop_map(Edit::Unique),
        1 => option::of(0_usize..3).prop_map(Edit::Exclusion),
        1 => option::of(foreign_key()).prop_map(Edit::ForeignKey),
        2 => (0_usize..3).prop_flat_map(index).prop_map(Edit::Index),
        1 => Just(Edit::DropIndexes),
        1 => option::of(trigger()).prop_map(Edit::Trigger),
        1 => option::of(policy()).prop_map(Edit::Policy),
        2 => marks(),
    ]
}

fn marks() -> BoxedStrategy<Edit> {
    prop_oneof![
        (0_usize..8).prop_map(Edit::Grants),
        (0_usize..4).prop_map(Edit::Comment),
        (0_usize..4).prop_map(Edit::With),
        Just(Edit::Late0),
        Just(Edit::Statistics),
        Just(Edit::Rule),
    ]
    .boxed()
}

fn types_and_functions() -> BoxedStrategy<Edit> {
    prop_oneof![
        2 => (0..ENUM_LISTS).prop_map(Edit::Enum),
        1 => domain().prop_map(Edit::Domain),
        1 => (1_usize..16).prop_map(Edit::Composite),
        1 => option::of(0_usize..4).prop_map(Edit::Sequence),
        3 => function().prop_map(Edit::Early),
        1 => Just(Edit::DropEarly),
        1 => option::of(function()).prop_map(Edit::Late),
        2 => (0_usize..4).prop_flat_map(|slot| option::weighted(0.8, view(slot))).prop_map(Edit::View),
        1 => (0_usize..7).prop_map(Edit::ViewFilter),
        1 => (0_usize..4).prop_map(Edit::ViewComment),
    ]
    .boxed()
}

fn columns() -> BoxedStrategy<Edit> {
    prop_oneof![
        2 => (0_usize..6).prop_flat_map(column).prop_map(Edit::AddColumn),
        2 => (0_usize..6).prop_map(Edit::DropColumn),
        3 => (0_usize..6, 0..TYPES).prop_map(|(at, ty)| Edit::ChangeType(at, ty)),
        1 => (0_usize..6).prop_map(Edit::FlipNull),
        1 => (0_usize..6, 0_usize..4).prop_map(|(at, to)| Edit::Default(at, to)),
        1 => (0_usize..6, option::of(0_usize..3)).prop_map(|(at, to)| Edit::Generated(at, to)),
        1 => (0_usize..6, 0_usize..8).prop_map(|(at, to)| Edit::Extra(at, to)),
        1 => Just(Edit::ReverseColumns),
    ]
    .boxed()
}

impl Schema {
    /// The same with up to six edits.
    pub(crate) fn variation(&self) -> BoxedStrategy<Self> {
        let base = self.clone();
        proptest::collection::vec((0_usize..4, edit()), 1..7)
            .prop_map(move |edits| {
                let mut schema = base.clone();
                for (slot, edit) in edits {
                    schema.edit(slot, edit);
                }
                schema
            })
            .boxed()
    }

    fn edit(&mut self, slot: usize, edit: Edit) {
        match edit {
            // Types come by no edit: a text does not become another type by itself.
            Edit::Enum(list) => self.enums[slot % 2] = self.enums[slot % 2].map(|_| list),
            Edit::Domain(domain) => {
                if let Some(old) = &mut self.domains[slot % 2] {
                    let base = if (old.base % 4 == 3) == (domain.base % 4 == 3) { domain.base } else { old.base };
                    *old = super::Domain { base, ..domain };
                }
            }
            Edit::Composite(bits) => self.composite = self.composite.map(|_| bits),
            Edit::Sequence(options) => self.sequence = options,
            Edit::Early(function) => self.early[slot % 3] = Some(function),
            Edit::DropEarly => self.early[slot % 3] = None,
            Edit::Late(function) => self.late[slot % 2] = function,
            Edit::View(view) => self.views[slot] = view,
            Edit::ViewFilter(filter) => {
                self.views[slot].iter_mut().for_each(|view| view.filter = filter);
            }
            Edit::ViewComment(comment) => {
                self.views[slot].iter_mut().for_each(|view| view.comment = comment);
            }
            Edit::DropTable => {
                if self.tables.iter().flatten().count() > 1 {
                    self.tables[slot] = None;
                }
            }
            Edit::ChangeType(at, to) => self.change_type(slot, at, to),
            of_table => {
                if let Some(table) = &mut self.tables[slot] {
                    table.edit(of_table);
                }
            }
        }
    }

    fn change_type(&mut self, slot: usize, at: usize, to: usize) {
        let from = self.tables[slot].as_ref().and_then(|table| table.columns.get(at)).map(|column| column.ty);
        if from.is_some_and(|from| self.converts(from, to))
            && let Some(column) = self.tables[slot].as_mut().and_then(|table| table.columns.get_mut(at))
        {
            column.ty = to;
        }
    }
}

impl Table {
    fn edit(&mut self, edit: Edit) {
        let count = self.columns.len();
        match edit {
            Edit::AddColumn(column) if self.columns.iter().all(|other| other.slot != column.slot) => {
                self.columns.push(super::Column { not_null: false, ..column });
            }
            Edit::DropColumn(at) if at < count => drop(self.columns.remove(at)),
            Edit::FlipNull(at) if at < count => self.columns[at].not_null ^= true,
            Edit::Default(at, to) if at < count => self.columns[at].default = to,
            Edit::Generated(at, to) if at < count => self.columns[at].generated = to,
            Edit::Extra(at, to) if at < count => self.columns[at].extra = to,
            Edit::ReverseColumns => self.columns.reverse(),
            Edit::Key(key) => self.key = key,
            // No key of partitions changes its type.
            Edit::FlipBigKey => self.big_key ^= !matches!(self.shape, Shape::Partitioned(..)),
            Edit::Parts(parts) => {
                if let Shape::Partitioned(_, own) = &mut self.shape {
                    *own = parts;
                }
            }
            Edit::LeaveParent => {
                if let Shape::Heir(_) = self.shape {
                    self.shape = Shape::Plain;
                }
            }
            Edit::Checks(checks) => self.checks = checks,
            Edit::Unique(unique) => self.unique = unique,
            Edit::Exclusion(exclusion) => self.exclusion = exclusion,
            Edit::ForeignKey(key) => self.foreign_key = key,
            Edit::Index(index) => {
                self.indexes.retain(|other| other.slot != index.slot);
                self.indexes.push(index);
            }
            Edit::DropIndexes => self.indexes.clear(),
            Edit::Trigger(trigger) => self.trigger = trigger,
            Edit::Policy(policy) => self.policy = policy,
            Edit::Grants(grants) => self.grants = grants,
            Edit::Comment(comment) => self.comment = comment,
            Edit::With(with) => self.with = with,
            Edit::Late0 => self.late_default ^= true,
            Edit::Statistics => self.statistics ^= true,
            Edit::Rule => self.rule ^= true,
            _ => {}
        }
    }
}
