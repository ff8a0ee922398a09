//! The rows that a partition takes, as a condition over the columns of its table: what the server holds against the rows
//! of a table that is attached.

use crate::catalog::{Kind, Name, Object, ObjectId, Sql};

use super::super::sql::{qualified, string};
use super::super::tokens::{Token, TokenKind, identifiers, significant};
use super::Cx;
use super::column::is_retyped;
use super::heirs::columns_with_inherited;

/// The rows that a partition is to take, by the bounds that it is to have. None where that cannot be told from outside.
pub(super) fn takes(cx: &Cx<'_>, partition: &ObjectId) -> Option<String> {
    let (parent, values) = lineage(cx.desired.object(partition)?)?;
    let Some(Object::Table(table)) = cx.desired.object(parent) else { return None };
    let key = Key::of(table.partition_by.as_ref()?)?;
    match values.map(Bounds::of) {
        None => rest(cx, partition, parent),
        Some(bounds) => key.takes(&bounds?, || hashed(cx, parent)),
    }
}

/// The rows that any partition of a table is to take, whatever the number of levels.
pub(super) fn taken(cx: &Cx<'_>, table: &ObjectId) -> Option<String> {
    let mut all = Vec::new();
    for partition in partitions(cx, table) {
        let own = takes(cx, partition)?;
        match cx.desired.object(partition) {
            Some(Object::Table(below)) if below.partition_by.is_some() => {
                all.push(format!("({own} AND {})", taken(cx, partition)?));
            }
            _ => all.push(own),
        }
    }
    Some(any(&all))
}

/// Whether what a table is partitioned by can be asked of the rows of another, or of its own before that.
pub(super) fn are_known(cx: &Cx<'_>, parent: &ObjectId, rows: &ObjectId) -> bool {
    let Some(Object::Table(table)) = cx.desired.object(parent) else { return false };
    let Some(text) = table.partition_by.as_ref().map(Sql::as_str) else { return false };
    let there = columns_with_inherited(cx.live, rows);
    let mut names = identifiers(text).map(Name::exact);
    names.all(|name| {
        let is_column = cx.desired.contains(&parent.child(Kind::Column, name.clone()));
        !is_column || there.iter().any(|column| *column.name() == name && !is_retyped(cx, column))
    })
}

/// The partition of a table that takes what no other does, now and later.
pub(super) fn default_of<'c>(cx: &'c Cx<'_>, parent: &'c ObjectId) -> Option<&'c ObjectId> {
    let is_default =
        |object: Option<&Object>| object.and_then(lineage).is_some_and(|(of, values)| of == parent && values.is_none());
    cx.heirs_of(parent).find(|heir| is_default(cx.live.object(heir)) && is_default(cx.desired.object(heir)))
}

/// What an object is a partition of, and for which values: none for the default partition.
fn lineage(object: &Object) -> Option<(&ObjectId, Option<&Sql>)> {
    let values = match object {
        Object::Table(table) => table.values.as_ref(),
        Object::ForeignTable(table) => table.values.as_ref(),
        _ => None,
    };
    Some((object.partition_of()?, values.filter(|values| !values.as_str().trim().eq_ignore_ascii_case("default"))))
}

fn partitions<'c>(cx: &Cx<'c>, parent: &ObjectId) -> Vec<&'c ObjectId> {
    let all = cx.plan.desired.iter();
    all.filter(|(_, entry)| lineage(&entry.object).is_some_and(|(of, _)| of == parent)).map(|(id, _)| id).collect()
}

/// What the default partition takes.
fn rest(cx: &Cx<'_>, partition: &ObjectId, parent: &ObjectId) -> Option<String> {
    let others = partitions(cx, parent).into_iter().filter(|other| *other != partition);
    let others: Vec<String> = others.map(|other| takes(cx, other)).collect::<Option<_>>()?;
    Some(format!("({}) IS NOT TRUE", any(&others)))
}

/// The server computes hashes for a table that is there alone, and by what it is partitioned by now.
fn hashed(cx: &Cx<'_>, parent: &ObjectId) -> Option<String> {
    let by = |object: Option<&Object>| match object {
        Some(Object::Table(table)) => table.partition_by.clone(),
        _ => None,
    };
    let now = cx.renames.origins.get(parent).unwrap_or(parent);
    let same = by(cx.live.object(parent)) == by(cx.desired.object(parent));
    same.then(|| format!("{}::regclass", string(&qualified(now))))
}

fn any(conditions: &[String]) -> String {
    if conditions.is_empty() { "false".to_owned() } else { format!("({})", conditions.join(" OR ")) }
}

/// What a table is partitioned by.
struct Key<'a> {
    strategy: Strategy,
    terms: Vec<&'a str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Strategy {
    Range,
    List,
    Hash,
}

/// The values of a partition.
enum Bounds<'a> {
    Range { from: Vec<&'a str>, to: Vec<&'a str> },
    List(Vec<&'a str>),
    Hash { modulus: &'a str, remainder: &'a str },
}

impl<'a> Key<'a> {
    fn of(by: &'a Sql) -> Option<Self> {
        let text = by.as_str();
        let strategies = [("range", Strategy::Range), ("list", Strategy::List), ("hash", Strategy::Hash)];
        let (terms, strategy) =
            strategies.into_iter().find_map(|(word, strategy)| Some((list_after(text, word)?, strategy)))?;
        // Another operator class compares otherwise than the operators do.
        terms.iter().all(|term| is_plain(term)).then_some(Self { strategy, terms })
    }

    fn takes(&self, bounds: &Bounds<'_>, parent: impl Fn() -> Option<String>) -> Option<String> {
        match (self.strategy, bounds) {
            (Strategy::Range, Bounds::Range { from, to }) => self.between(from, to),
            (Strategy::List, Bounds::List(values)) => {
                let [term] = self.terms.as_slice() else { return None };
                let (nulls, values): (Vec<&str>, Vec<&str>) =
                    values.iter().partition(|value| value.eq_ignore_ascii_case("null"));
                let mut all = Vec::new();
                if !values.is_empty() {
                    all.push(format!("({term}) IN ({})", values.join(", ")));
                }
                if !nulls.is_empty() {
                    all.push(format!("({term}) IS NULL"));
                }
                Some(any(&all))
            }
            (Strategy::Hash, Bounds::Hash { modulus, remainder }) => Some(format!(
                "pg_catalog.satisfies_hash_partition({}, {modulus}, {remainder}, {})",
                parent()?,
                self.terms.join(", ")
            )),
            _ => None,
        }
    }

    fn between(&self, from: &[&str], to: &[&str]) -> Option<String> {
        if from.len() != self.terms.len() || to.len() != self.terms.len() {
            return None;
        }
        let mut all: Vec<String> = self.terms.iter().map(|term| format!("({term}) IS NOT NULL")).collect();
        for (ends, compare, beyond) in [(from, ">=", ">"), (to, "<", "<=")] {
            // Of several terms the first that is open decides: what stands behind it does not count.
            let is_open = |end: &str| end.eq_ignore_ascii_case("minvalue") || end.eq_ignore_ascii_case("maxvalue");
            let known = ends.iter().position(|end| is_open(end)).unwrap_or(ends.len());
            let compare = match ends.get(known) {
                Some(end) if end.eq_ignore_ascii_case("maxvalue") => beyond,
                _ => compare,
            };
            if known > 0 {
                all.push(format!("{} {compare} {}", row(&self.terms, known), row(ends, known)));
            }
        }
        Some(format!("({})", all.join(" AND ")))
    }
}

fn row(values: &[&str], known: usize) -> String {
    let values = values.iter().take(known).map(|value| format!("({value})")).collect::<Vec<_>>();
    format!("({})", values.join(", "))
}

impl<'a> Bounds<'a> {
    fn of(values: &'a Sql) -> Option<Self> {
        let text = values.as_str();
        if let (Some(from), Some(to)) = (list_after(text, "from"), list_after(text, "to")) {
            return Some(Self::Range { from, to });
        }
        if let Some(values) = list_after(text, "in") {
            return Some(Self::List(values));
        }
        let with = list_after(text, "with")?;
        let number = |word: &str| {
            let found = with.iter().find_map(|item| {
                let (name, value) = item.split_once(char::is_whitespace)?;
                name.eq_ignore_ascii_case(word).then_some(value.trim())
            });
            found.filter(|value| value.bytes().all(|byte| byte.is_ascii_digit()))
        };
        Some(Self::Hash { modulus: number("modulus")?, remainder: number("remainder")? })
    }
}

/// The items of the list in parentheses behind a word.
fn list_after<'a>(text: &'a str, word: &str) -> Option<Vec<&'a str>> {
    let (mut depth, mut items, mut start, mut before) = (0_usize, Vec::new(), None, None::<Token>);
    for token in significant(text) {
        match token.text(text) {
            "(" | "[" => {
                if depth == 0 && before.is_some_and(|before| before.is_word(text, word)) {
                    start = Some(token.end);
                }
                depth += 1;
            }
            ")" | "]" => {
                depth = depth.saturating_sub(1);
                if let Some(start) = start.filter(|_| depth == 0) {
                    items.push(text.get(start..token.start)?.trim());
                    return Some(items);
                }
            }
            "," if depth == 1 && start.is_some() => {
                items.push(text.get(start?..token.start)?.trim());
                start = Some(token.end);
            }
            _ => {}
        }
        before = Some(token);
    }
    None
}

/// Whether a term of a key says no more than what is compared, and by which collation.
fn is_plain(term: &str) -> bool {
    let (mut depth, mut named) = (0_usize, 0_usize);
    let mut tokens = significant(term).peekable();
    while let Some(token) = tokens.next() {
        match token.text(term) {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            "." if depth == 0 => named = named.saturating_sub(1),
            _ if depth > 0 => {}
            _ if token.is_word(term, "collate") => {
                named = named.saturating_sub(usize::from(tokens.peek().is_some()));
            }
            _ if matches!(token.kind, TokenKind::Word | TokenKind::Quoted) => named += 1,
            _ => {}
        }
    }
    named <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(by: &str, values: &str) -> Option<String> {
        let (by, values) = (Sql::new(by, by), Sql::new(values, values));
        Key::of(&by)?.takes(&Bounds::of(&values)?, || Some("'public.t'::regclass".to_owned()))
    }

    #[test]
    fn a_range_is_closed_below_and_open_above() {
        let found = condition("range (at)", "from ('2025-01-01') to ('2026-01-01')");
        assert_eq!(
            found.as_deref(),
            Some("((at) IS NOT NULL AND ((at)) >= (('2025-01-01')) AND ((at)) < (('2026-01-01')))")
        );
    }

    #[test]
    fn what_stands_behind_an_open_end_does_not_count() {
        let found = condition("range (a, lower(b))", "from (minvalue, minvalue) to (5, maxvalue)");
        assert_eq!(found.as_deref(), Some("((a) IS NOT NULL AND (lower(b)) IS NOT NULL AND ((a)) <= ((5)))"));
        let found = condition("range (a, b)", "from (1, 'x') to (5, minvalue)");
        assert_eq!(
            found.as_deref(),
            Some("((a) IS NOT NULL AND (b) IS NOT NULL AND ((a), (b)) >= ((1), ('x')) AND ((a)) < ((5)))")
        );
    }

    #[test]
    fn a_list_may_hold_null() {
        assert_eq!(
            condition("list (region)", "in ('a, b', null)").as_deref(),
            Some("((region) IN ('a, b') OR (region) IS NULL)")
        );
    }

    #[test]
    fn a_hash_is_computed_by_the_server() {
        assert_eq!(
            condition("hash (a, b)", "with (modulus 4, remainder 1)").as_deref(),
            Some("pg_catalog.satisfies_hash_partition('public.t'::regclass, 4, 1, a, b)")
        );
    }

    #[test]
    fn other_operator_classes_are_left_to_the_server() {
        assert!(condition("range (name text_pattern_ops)", "from ('a') to ('b')").is_none());
        assert!(condition("range (name collate \"C\")", "from ('a') to ('b')").is_some());
        assert!(condition("range (lower(name) collate s.c)", "from ('a') to ('b')").is_some());
        assert!(condition("list ((name || 'x'))", "in ('a')").is_some());
    }
}
