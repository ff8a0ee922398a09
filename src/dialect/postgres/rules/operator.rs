//! Operators, their families and classes, and casts.

use std::collections::BTreeSet;

use crate::catalog::{Kind, Name, ObjectId, Operator, OperatorFamily, Sql};
use crate::diff::Delta;
use crate::plan::{Draft, Resource};

use super::super::render::operator as render;
use super::super::render::{address, drop_statement};
use super::others::{of, pair};
use super::{Alter, Cx, dispatch};

pub(super) fn create(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(operator) = of!(cx.desired.object(id), Operator) else { return Vec::new() };
    vec![Draft::new(id, format!("create {id}"), render::operator(id, operator))]
}

/// The estimators can be set; the rest only since 17, and only what was not set before.
pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((old, new)) = pair!(cx, id, Operator) else { return Alter::InPlace(Vec::new()) };
    let estimated = Operator { restrict: new.restrict.clone(), join: new.join.clone(), ..old.clone() };
    let told = Operator {
        commutator: old.commutator.clone().or_else(|| new.commutator.clone()),
        negator: old.negator.clone().or_else(|| new.negator.clone()),
        hashes: old.hashes || new.hashes,
        merges: old.merges || new.merges,
        ..estimated.clone()
    };
    if !(estimated == *new || (cx.major >= 17 && told == *new)) {
        return Alter::Recreate;
    }
    let or_none = |sql: &Option<Sql>| sql.as_ref().map_or("NONE", Sql::as_str).to_owned();
    let sql = |key: &str, sql: &Option<Sql>| sql.as_ref().map(|sql| format!("{key} = {}", sql.as_str()));
    let parts = [
        (old.restrict != new.restrict).then(|| format!("RESTRICT = {}", or_none(&new.restrict))),
        (old.join != new.join).then(|| format!("JOIN = {}", or_none(&new.join))),
        sql("COMMUTATOR", &new.commutator).filter(|_| old.commutator != new.commutator),
        sql("NEGATOR", &new.negator).filter(|_| old.negator != new.negator),
        (old.hashes != new.hashes).then(|| "HASHES".to_owned()),
        (old.merges != new.merges).then(|| "MERGES".to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let sql = format!("ALTER {} SET ({})", address(cx.desired, id), parts.join(", "));
    // The other of a pair may be new.
    let new = cx.deltas.iter().filter(|(id, delta)| id.kind() == Kind::Operator && **delta == Delta::Create);
    let new = new.map(|(id, _)| Resource::New(id.clone()));
    Alter::InPlace(vec![Draft::new(id, format!("change {id}"), sql).preferring(new)])
}

pub(super) fn create_family(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(family) = of!(cx.desired.object(id), OperatorFamily) else { return Vec::new() };
    let mut sql = vec![format!("CREATE OPERATOR FAMILY {}", render::using(id))];
    sql.extend(members(id, "ADD", added(&OperatorFamily::default(), family)));
    vec![Draft::of(id, format!("create {id}"), sql)]
}

pub(super) fn alter_family(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((old, new)) = pair!(cx, id, OperatorFamily) else { return Alter::InPlace(Vec::new()) };
    let gone = added(new, old).into_iter().map(|text| without_operator(&text)).collect();
    let sql: Vec<String> = members(id, "DROP", gone).into_iter().chain(members(id, "ADD", added(old, new))).collect();
    Alter::InPlace(vec![Draft::of(id, format!("change the members of {id}"), sql)])
}

/// The members of the second that the first lacks.
fn added(old: &OperatorFamily, new: &OperatorFamily) -> Vec<String> {
    let lacking = |old: &[Sql], new: &[Sql], word: &str| {
        let old: BTreeSet<&Sql> = old.iter().collect();
        let new = new.iter().filter(|sql| !old.contains(sql));
        new.map(|sql| format!("{word} {}", sql.as_str())).collect::<Vec<_>>()
    };
    let mut all = lacking(&old.operators, &new.operators, "OPERATOR");
    all.extend(lacking(&old.functions, &new.functions, "FUNCTION"));
    all
}

#[expect(clippy::needless_pass_by_value, reason = "nobody needs it afterwards")]
fn members(id: &ObjectId, verb: &str, list: Vec<String>) -> Option<String> {
    (!list.is_empty()).then(|| format!("ALTER OPERATOR FAMILY {} {verb} {}", render::using(id), list.join(", ")))
}

/// `OPERATOR 1 =(integer, bigint) for order by f` as DROP names it: `OPERATOR 1 (integer, bigint)`. A function's types
/// stand before it, or are those of its arguments.
fn without_operator(text: &str) -> String {
    let mut words = text.splitn(3, ' ');
    let (word, number, rest) = (words.next().unwrap_or(""), words.next().unwrap_or(""), words.next().unwrap_or(""));
    let types = rest.split_once('(').map_or("", |(_, rest)| rest);
    let end = {
        let mut depth = 1_usize;
        types.char_indices().find(|(_, c)| {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            depth == 0
        })
    };
    let types = end.map_or(types, |(at, _)| &types[..at]);
    format!("{word} {number} ({types})")
}

pub(super) fn create_class(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(class) = of!(cx.desired.object(id), OperatorClass) else { return Vec::new() };
    vec![Draft::new(id, format!("create {id}"), render::operator_class(id, class))]
}

/// A class without a family of its own was given one of its name by the server; it goes with it.
pub(super) fn drop_class(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let mut drop = dispatch::dropped(cx, id);
    let family = ObjectId::top(Kind::OperatorFamily, id.schema().cloned(), Name::exact(id.name().as_str()));
    let implied = of!(cx.live.object(id), OperatorClass).is_some_and(|class| class.family.is_none());
    let others = cx.live.iter().any(|(other, entry)| other != id && entry.mentions.contains(&family));
    if implied && !others && !cx.live.contains(&family) && !cx.desired.contains(&family) {
        drop.step.sql.push(drop_statement(cx.live, &family));
    }
    vec![drop]
}

pub(super) fn create_cast(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(cast) = of!(cx.desired.object(id), Cast) else { return Vec::new() };
    vec![Draft::new(id, format!("create {id}"), render::cast(id, cast))]
}

#[cfg(test)]
mod tests {
    use super::without_operator;

    #[test]
    fn members_are_dropped_by_their_types() {
        assert_eq!(without_operator("OPERATOR 1 =(integer, bigint)"), "OPERATOR 1 (integer, bigint)");
        assert_eq!(without_operator("FUNCTION 1 btcmp(a, numeric(10,2))"), "FUNCTION 1 (a, numeric(10,2))");
        assert_eq!(without_operator("FUNCTION 2 (a, b) f(internal)"), "FUNCTION 2 (a, b)");
    }
}
