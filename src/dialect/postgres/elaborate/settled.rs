//! What the server cannot judge yet, because the same plan changes what a text means.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Kind, Object, ObjectId, Sql, Table};
use crate::database::Elaborated;
use crate::diff::{Delta, Deltas};

use super::super::sql::quote;
use super::super::tokens::{Token, TokenKind, significant};
use super::Against;

/// Tells whether texts mean to the server as it is what they will mean after the plan.
pub(super) struct Settled<'a> {
    live: &'a Catalog,
    desired: &'a Catalog,
    deltas: &'a Deltas,
    elaborated: &'a Elaborated,
    /// The views whose columns have other types in the stand-in than they have now.
    retyped: &'a BTreeSet<ObjectId>,
    /// What is known of views: whether their columns keep their types.
    views: RefCell<BTreeMap<ObjectId, bool>>,
    /// Whether any type comes, goes or becomes another.
    types_change: OnceCell<bool>,
}

impl<'a> Settled<'a> {
    pub(super) fn new(against: &Against<'a>, elaborated: &'a Elaborated, retyped: &'a BTreeSet<ObjectId>) -> Self {
        let Against { live, desired, deltas, .. } = *against;
        let (views, types_change) = (RefCell::default(), OnceCell::new());
        Self { live, desired, deltas, elaborated, retyped, views, types_change }
    }

    /// Whether an object's text does: a function that comes or goes, a column that gets another type or that `*` will
    /// bring may have it read otherwise.
    pub(super) fn is_settled(&self, id: &ObjectId) -> bool {
        let refers = self.refers(id);
        let brings = |other: &ObjectId| {
            let columns = self.desired.children(other).map(|(part, _)| part);
            let mut columns = columns.filter(|part| matches!(part.kind(), Kind::Column | Kind::Attribute));
            columns.any(|part| self.deltas.get(part) == Some(&Delta::Create))
        };
        // A function may give rows of a table, and a column hold them.
        let rows_of = |other: &ObjectId| {
            let has_rows = matches!(other.kind(), Kind::Function | Kind::Column);
            let entry = self.desired.get(other).filter(|_| has_rows);
            entry.is_some_and(|entry| entry.references(other).iter().any(brings))
        };
        let takes_all = || self.desired.get(id).is_some_and(|entry| takes_all_columns(&entry.object));
        let loses = |other: &ObjectId| {
            let columns = self.live.children(other).filter(|(part, _)| part.kind() == Kind::Column);
            columns.map(|(part, _)| part).any(|part| self.deltas.get(part) == Some(&Delta::Drop))
        };
        let by_place = || self.desired.get(id).is_some_and(|entry| names_columns_by_place(&entry.object));
        !refers.iter().chain([id]).any(|other| self.changes_as_type(other))
            && refers.iter().all(|other| self.stays(other))
            && self.keeps_values(id)
            // What belongs to a view looks at its columns.
            && (id.root().kind() != Kind::View || id == id.root() || self.keeps_columns(id.root()))
            && !(refers.iter().any(|other| brings(other) || rows_of(other)) && takes_all())
            && !(refers.iter().any(|other| brings(other) || loses(other)) && by_place())
    }

    /// Whether the columns that an object looks at, its own too, hold values of what they hold now: a domain of the same name may
    /// be over another type, and an enum may have become one.
    fn keeps_values(&self, id: &ObjectId) -> bool {
        let changes =
            |(ty, delta): (&ObjectId, &Delta)| is_type(ty) && (*delta != Delta::Alter || !self.keeps_type(ty));
        if !self.types_change.get_or_init(|| self.deltas.iter().any(changes)) {
            return true;
        }
        let entries = [self.live.get(id), self.desired.get(id)].into_iter().flatten();
        let named = entries.flat_map(|entry| entry.references(id));
        let columns = named.filter(|other| other.kind() == Kind::Column || is_type(other));
        // What is said of a value of a domain.
        let own = (id.root().kind() == Kind::Domain).then(|| id.root().clone());
        let (mut open, mut seen): (Vec<ObjectId>, BTreeSet<ObjectId>) = (columns.chain(own).collect(), BTreeSet::new());
        while let Some(other) = open.pop() {
            if !seen.insert(other.clone()) {
                continue;
            }
            if is_type(&other) && other != *id.root() && !self.stays(&other) {
                return false;
            }
            let parts =
                self.desired.within(&other).filter(|(part, _)| **part == other || part.kind() == Kind::Attribute);
            let types = parts.flat_map(|(part, entry)| entry.references(part)).filter(is_type);
            open.extend(types);
        }
        true
    }

    /// What an object refers to, now and then, but for what belongs to it.
    fn refers(&self, id: &ObjectId) -> BTreeSet<ObjectId> {
        let entries = [self.live.get(id), self.desired.get(id)].into_iter().flatten();
        let all = entries.flat_map(|entry| entry.references(id));
        // What a rule does, it does to the table itself, not to the one that stands for it.
        let is_far = |other: &ObjectId| id.kind() == Kind::Rule && other.kind() == Kind::Column;
        all.filter(|other| other.root() != id.root() || is_far(other)).collect()
    }

    fn stays(&self, id: &ObjectId) -> bool {
        // A constant of a type is read by the types of its attributes.
        let attributes =
            || self.desired.children(id).map(|(part, _)| part).filter(|part| part.kind() == Kind::Attribute);
        if id.kind() == Kind::Composite && attributes().any(|part| !self.stays(part)) {
            return false;
        }
        (match self.deltas.get(id) {
            None => true,
            Some(Delta::Create | Delta::Drop) => false,
            Some(Delta::Alter) => self.keeps_type(id),
        }) && (id.root().kind() != Kind::View || self.keeps_columns(id.root()))
    }

    /// Whether what changes keeps the type that it has. What is only written otherwise means the same.
    fn keeps_type(&self, id: &ObjectId) -> bool {
        let ty = |object: Option<&Object>| match object {
            Some(Object::Column(column)) => Some((column.ty.clone(), column.collation.clone())),
            Some(Object::Function(routine)) => Some((routine.returns.clone(), None)),
            Some(Object::Domain(domain)) => Some((domain.ty.clone(), None)),
            Some(Object::Attribute(attribute)) => Some((attribute.ty.clone(), attribute.collation.clone())),
            _ => None,
        };
        let new = || self.elaborated.reworded.get(id).or_else(|| self.desired.object(id));
        self.elaborated.equal.contains(id) || ty(self.live.object(id)) == ty(new())
    }

    /// Whether the columns of a view keep their types: they follow from all that it stands on.
    fn keeps_columns(&self, view: &ObjectId) -> bool {
        if let Some(known) = self.views.borrow().get(view) {
            return *known;
        }
        // Rules may send views round.
        self.views.borrow_mut().insert(view.clone(), true);
        // Of a view that is written anew the stand-in tells, as far as what it stands on is there.
        let is_altered = self.deltas.contains_key(view) && !self.elaborated.equal.contains(view);
        let keeps = |other: &ObjectId| match self.deltas.get(other) {
            Some(Delta::Create | Delta::Drop) if is_altered || other.kind() == Kind::Column => true,
            _ => self.stays(other),
        };
        let keeps = !self.retyped.contains(view)
            && !self.changes_as_type(view)
            && self.refers(view).iter().all(|other| !self.changes_as_type(other) && keeps(other));
        self.views.borrow_mut().insert(view.clone(), keeps);
        keeps
    }

    /// Whether it is a table of a type that changes, or belongs to one.
    fn changes_as_type(&self, id: &ObjectId) -> bool {
        let Some(Object::Table(Table { of_type: Some(_), .. })) = self.desired.object(id.root()) else { return false };
        let refers = self.desired.get(id.root()).map(|entry| entry.references(id.root()));
        let mut types = refers.into_iter().flatten().filter(|ty| ty.kind() == Kind::Composite);
        types.any(|ty| self.deltas.keys().any(|id| *id.root() == ty))
    }
}

/// Whether values can be of it.
fn is_type(id: &ObjectId) -> bool {
    id.parent().is_none() && matches!(id.kind(), Kind::Domain | Kind::Enum | Kind::Composite | Kind::Range)
}

/// The texts of an object that have queries in them.
fn queries(object: &Object) -> Vec<&str> {
    match object {
        Object::View(view) => vec![view.query.as_str()],
        Object::Rule(rule) => vec![rule.action.as_str()],
        Object::Policy(policy) => policy.using.iter().chain(&policy.with_check).map(Sql::as_str).collect(),
        Object::Function(routine) | Object::Procedure(routine) => routine.body.iter().map(Sql::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Whether a text has `t x(a, b)` in it: the server lists all columns there.
fn names_columns_by_place(object: &Object) -> bool {
    queries(object).into_iter().any(|text| {
        let tokens: Vec<Token> = significant(text).collect();
        let is_name = |token: &Token| match token.kind {
            TokenKind::Quoted => true,
            TokenKind::Word => quote(token.text(text)) == token.text(text),
            _ => false,
        };
        tokens.windows(4).any(|four| {
            let [of, name, open, column] = four else { return false };
            let is_of = is_name(of) || of.is_word(text, "as") || of.text(text) == ")";
            is_of && is_name(name) && open.text(text) == "(" && is_name(column)
        })
    })
}

/// Whether a text has `select *` or `t.*` in it.
pub(super) fn takes_all_columns(object: &Object) -> bool {
    queries(object).into_iter().any(|text| {
        let tokens: Vec<Token> = significant(text).collect();
        tokens.windows(2).any(|pair| {
            let [before, star] = pair else { return false };
            let all = star.text(text) == "*";
            all && (matches!(before.text(text), "," | ".")
                || ["select", "all", "distinct"].iter().any(|word| before.is_word(text, word)))
        })
    })
}
