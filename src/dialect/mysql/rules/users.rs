//! What still names a column or a table that goes. The server lets it go all the same, and what names it fails from then on.

use crate::catalog::{Kind, Object, ObjectId};
use crate::plan::{Context, Hazard, HazardKind};

use super::super::keywords::is_reserved;
use super::super::mentions::read_from;
use super::super::tokens::{Token, TokenKind, significant};

/// The views that are to stay and name what has another name: the server rewrites none of them.
pub(super) fn under_an_old_name(cx: &Context<'_>, from: &ObjectId, to: &ObjectId) -> Vec<Hazard> {
    match to.parent() {
        Some(table) if to.kind() == Kind::Column => left_without(cx, &table.child(Kind::Column, from.name().clone())),
        None if matches!(to.kind(), Kind::Table | Kind::View) => {
            left(cx, from, &format!("is called `{}` then", to.name()))
        }
        _ => Vec::new(),
    }
}

/// The views that are to stay and name the column, as far as nothing else that they read has one of its name.
pub(super) fn left_without(cx: &Context<'_>, column: &ObjectId) -> Vec<Hazard> {
    let Some(table) = column.parent().filter(|_| !cx.desired.contains(column)) else { return Vec::new() };
    let own = column.name().as_str();
    let has = |other: &ObjectId| {
        other.kind() == Kind::View || cx.desired.contains(&other.child(Kind::Column, column.name().clone()))
    };
    let views = cx.desired.iter().filter_map(|(id, entry)| match &entry.object {
        Object::View(view) if entry.mentions.contains(table) => {
            let elsewhere = entry.mentions.iter().any(|other| other != table && has(other));
            (names(view.query.as_str(), own) && !elsewhere).then_some(id)
        }
        _ => None,
    });
    let broken = |id: &ObjectId| Hazard {
        kind: HazardKind::Broken,
        id: id.clone(),
        message: format!("names `{own}`, which {table} loses: it will not work"),
    };
    views.map(broken).collect()
}

/// Whether a query reads a column of this name. It may also give the name to something of its own, by AS or without, and
/// order and group by that.
fn names(query: &str, column: &str) -> bool {
    let all: Vec<Token> = significant(query).collect();
    let is_own = |token: &Token| token.identifier(query).is_some_and(|name| name.eq_ignore_ascii_case(column));
    let behind = |at: usize| at.checked_sub(1).and_then(|at| all.get(at));
    // `total sum` is `total AS sum`.
    let is_operand = |token: &Token| match token.kind {
        TokenKind::Word => !is_reserved(token.text(query)),
        TokenKind::Quoted | TokenKind::String | TokenKind::Number => true,
        _ => token.is_symbol(query, ")"),
    };
    let ends = |at: usize| all.get(at + 1).is_none_or(|next| next.is_symbol(query, ",") || next.is_word(query, "from"));
    let gives =
        |at: usize| behind(at).is_some_and(|before| before.is_word(query, "as") || (ends(at) && is_operand(before)));
    let given = all.iter().enumerate().any(|(at, token)| is_own(token) && gives(at));
    let sorts = |token: &Token| ["order", "group", "having"].iter().any(|word| token.is_word(query, word));
    let sorted = all.iter().position(sorts).unwrap_or(all.len());
    let reads = |at: usize| {
        let is_of_table = behind(at).is_some_and(|before| before.is_symbol(query, "."));
        !gives(at) && (!given || is_of_table || at < sorted)
    };
    all.iter().enumerate().any(|(at, token)| is_own(token) && reads(at))
}

/// What shares one set of names.
const RELATIONS: [Kind; 3] = [Kind::Table, Kind::View, Kind::Sequence];

/// The views that are to stay and read a table or a view that goes.
pub(super) fn left_over(cx: &Context<'_>, relation: &ObjectId) -> Vec<Hazard> {
    left(cx, relation, "is dropped")
}

fn left(cx: &Context<'_>, relation: &ObjectId, fate: &str) -> Vec<Hazard> {
    let own = relation.name().as_str();
    let takes_place = |kind| cx.desired.contains(&ObjectId::top(kind, None, relation.name().clone()));
    if RELATIONS.into_iter().any(takes_place) {
        return Vec::new();
    }
    let views = cx.desired.iter().filter(|(_, entry)| match &entry.object {
        Object::View(view) => read_from(view.query.as_str()).contains(own),
        _ => false,
    });
    let broken = |id: &ObjectId| Hazard {
        kind: HazardKind::Broken,
        id: id.clone(),
        message: format!("reads {relation}, which {fate}: it will not work"),
    };
    views.map(|(id, _)| broken(id)).collect()
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_name_that_is_given_is_not_read() {
        for query in [
            "select id, aa as a from t",
            "select aa AS `a` from t order by a",
            "select 'a' from t",
            "select aa a, max(b) c from t",
            "select max(b) a from t",
        ] {
            assert!(!names(query, "a"), "{query}");
        }
        for query in [
            "select id, a from t",
            "select t.a as a from t",
            "select aa as a from t where a > 0",
            "select distinct a from t",
        ] {
            assert!(names(query, "a"), "{query}");
        }
    }
}
