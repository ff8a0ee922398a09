//! The changes of a plan as people see them: by top-level object, and what goes without saying left out.

use std::collections::BTreeMap;
use std::fmt;

use crate::catalog::{Catalog, Kind, ObjectId};
use crate::plan::{Action, Change, Difference, Plan};

use super::style;

/// What happens to an object, as its sign says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    Add,
    Change,
    Recreate,
    Drop,
}

impl Sign {
    pub(super) const fn of(action: &Action) -> Self {
        match action {
            Action::Create => Self::Add,
            Action::Alter | Action::Rename { .. } => Self::Change,
            Action::Recreate { .. } => Self::Recreate,
            Action::Drop => Self::Drop,
        }
    }

    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Change => "~",
            Self::Recreate => "-/+",
            Self::Drop => "-",
        }
    }

    pub(super) const fn style(self) -> anstyle::Style {
        match self {
            Self::Add => style::ADD,
            Self::Change => style::CHANGE,
            Self::Recreate => style::RECREATE,
            Self::Drop => style::DROP,
        }
    }

    /// Whether a member with `self` goes without saying below an object with `root`.
    const fn follows_from(self, root: Self) -> bool {
        match root {
            Self::Add => matches!(self, Self::Add),
            Self::Drop => matches!(self, Self::Drop),
            Self::Recreate => !matches!(self, Self::Change),
            Self::Change => false,
        }
    }
}

/// A top-level object with what changes in it.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub(super) root: &'a ObjectId,
    pub(super) sign: Sign,
    /// The change of the object itself; none if only what belongs to it changes.
    pub(super) own: Option<&'a Change>,
    /// What is shown below it.
    pub(super) members: Vec<&'a Change>,
    /// What goes without saying, since the whole object comes or goes.
    pub(super) implied: Vec<&'a Change>,
    /// Whether the table is copied.
    pub(super) rebuild: bool,
}

/// All groups, in the order of their objects.
pub(super) fn groups(plan: &Plan) -> Vec<Group<'_>> {
    // What is dropped below a renamed table still has the old name.
    let renamed: BTreeMap<&ObjectId, &ObjectId> = plan
        .changes
        .iter()
        .filter_map(|change| match &change.action {
            Action::Rename { from } if from.parent().is_none() => Some((from, &change.id)),
            Action::Rename { .. } | Action::Create | Action::Alter | Action::Recreate { .. } | Action::Drop => None,
        })
        .collect();
    let own: BTreeMap<&ObjectId, &Change> =
        plan.changes.iter().filter(|change| change.id.parent().is_none()).map(|change| (&change.id, change)).collect();

    let mut groups: BTreeMap<&ObjectId, Group<'_>> = BTreeMap::new();
    for change in &plan.changes {
        let root = change.id.root();
        let root = if own.contains_key(root) { root } else { renamed.get(root).copied().unwrap_or(root) };
        let group = groups.entry(root).or_insert_with(|| {
            let own = own.get(root).copied();
            let sign = own.map_or(Sign::Change, |change| Sign::of(&change.action));
            Group { root, sign, own, members: Vec::new(), implied: Vec::new(), rebuild: false }
        });
        group.rebuild |= change.rebuild;
        if change.id.parent().is_none() {
            continue;
        }
        if Sign::of(&change.action).follows_from(group.sign) {
            group.implied.push(change);
        } else {
            group.members.push(change);
        }
    }
    groups.into_values().collect()
}

/// The address of a member below its top-level object: `column.total`.
pub(super) fn below_root(id: &ObjectId) -> String {
    let root = id.root().to_string();
    let address = id.to_string();
    address.strip_prefix(&root).and_then(|rest| rest.strip_prefix('.')).map_or(address.clone(), ToOwned::to_owned)
}

/// A few words on an object that comes whole: its summary, or else what it is made of.
pub(super) fn summary(change: &Change, catalog: &Catalog) -> String {
    if !change.summary.is_empty() || change.id.parent().is_some() {
        return change.summary.clone();
    }
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    for (id, _) in catalog.within(&change.id).skip(1) {
        *kinds.entry(id.kind()).or_default() += 1;
    }
    let words: Vec<_> = kinds
        .into_iter()
        .map(|(kind, number)| match kind {
            Kind::PrimaryKey => kind.noun().to_owned(),
            _ => style::count(number, kind.noun()),
        })
        .collect();
    words.join(", ")
}

/// What is longer than this is shown as old and new lines.
const INLINE: usize = 60;

/// Whether both values of a difference fit on one line.
pub(super) fn is_inline(difference: &Difference) -> bool {
    [&difference.from, &difference.to]
        .into_iter()
        .flatten()
        .all(|value| !value.trim_end().contains('\n') && value.chars().count() <= INLINE)
}

/// How many objects a plan adds, changes, makes again and drops. What belongs to a new, dropped
/// or recreated object is not counted apart from it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// New objects.
    pub add: usize,
    /// Changed objects, those included in which something changes.
    pub change: usize,
    /// Objects dropped and made again.
    pub recreate: usize,
    /// Dropped objects.
    pub drop: usize,
}

impl Counts {
    /// The counts of a plan.
    pub fn of(plan: &Plan) -> Self {
        Self::of_groups(&groups(plan))
    }

    pub(super) fn of_groups(groups: &[Group<'_>]) -> Self {
        let mut counts = Self::default();
        for group in groups {
            let members = group.members.iter().map(|change| Sign::of(&change.action));
            for sign in std::iter::once(group.sign).chain(members) {
                match sign {
                    Sign::Add => counts.add += 1,
                    Sign::Change => counts.change += 1,
                    Sign::Recreate => counts.recreate += 1,
                    Sign::Drop => counts.drop += 1,
                }
            }
        }
        counts
    }

    /// `2 added, 3 changed`: what was done; what was not is left out.
    pub fn done(self) -> String {
        let words =
            [(self.add, "added"), (self.change, "changed"), (self.recreate, "recreated"), (self.drop, "dropped")];
        let said: Vec<_> = words
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, word)| format!("{number} {word}"))
            .collect();
        if said.is_empty() { "nothing".to_owned() } else { said.join(", ") }
    }
}

/// `2 to add, 3 to change, 1 to recreate, 2 to drop`.
impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { add, change, recreate, drop } = self;
        write!(f, "{add} to add, {change} to change, {recreate} to recreate, {drop} to drop")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn what_belongs_to_a_new_or_dropped_table_is_not_counted() {
        assert_eq!(Counts::of(&sample::shop()), Counts { add: 2, change: 4, recreate: 1, drop: 2 });
    }

    #[test]
    fn what_was_done_leaves_out_what_was_not() {
        assert_eq!(Counts { add: 1, drop: 2, ..Counts::default() }.done(), "1 added, 2 dropped");
        assert_eq!(Counts::default().done(), "nothing");
    }

    #[test]
    fn drops_below_a_renamed_table_stand_under_its_new_name() {
        let plan = sample::renamed_table();
        let groups = groups(&plan);
        assert_eq!(groups.len(), 1);
        assert_eq!(groups[0].root.to_string(), "table.order");
        assert_eq!(groups[0].members.len(), 1);
    }
}
