//! A query as the optimizer's trace tells it, without parentheses that say nothing: the server puts them around the tables
//! of a stored query, `from (a join b)`, and not around those of one that it is given.

use super::super::tokens::{Token, significant};

/// Words that can stand behind the tables of a query.
const AFTER: [&str; 8] = ["where", "group", "having", "order", "limit", "union", "except", "intersect"];
/// Words behind which another table is joined.
const JOIN: [&str; 6] = ["join", "left", "right", "inner", "cross", "straight_join"];

/// The text with one space between its words, and without parentheses that stand around all tables of a query, around
/// the first of them, as joins go from left to right, or twice around anything.
pub(super) fn plain(text: &str) -> String {
    let all: Vec<Token> = significant(text).collect();
    let partners = partners(text, &all);
    let mut gone = vec![false; all.len()];
    for (first, last) in partners.iter().enumerate().filter_map(|(at, end)| Some((at, end.filter(|end| *end > at)?))) {
        let before = all.iter().zip(&gone).take(first).rev().find(|(_, gone)| !**gone).map(|(token, _)| token);
        let after = all.iter().zip(&gone).skip(last + 1).find(|(_, gone)| !**gone).map(|(token, _)| token);
        let is_any = |token: Option<&Token>, words: &[&str]| {
            token.is_some_and(|token| words.iter().any(|word| token.is_word(text, word)))
        };
        let opens = |token: Option<&Token>| token.is_some_and(|token| token.is_symbol(text, "("));
        let ends = after.is_none_or(|after| after.is_symbol(text, ")")) || is_any(after, &AFTER);
        let is_twice = partners.get(first + 1).copied().flatten().is_some_and(|inner| inner + 1 == last);
        let is_all = is_any(before, &["from"]) && ends;
        let is_first = (is_any(before, &["from"]) || opens(before)) && is_any(after, &JOIN);
        if is_twice || is_all || is_first {
            for at in [first, last] {
                gone.get_mut(at).into_iter().for_each(|gone| *gone = true);
            }
        }
    }
    let kept = all.iter().zip(&gone).filter(|(_, gone)| !**gone).map(|(token, _)| token.text(text));
    kept.collect::<Vec<_>>().join(" ")
}

/// For each parenthesis the other one of its pair.
fn partners(text: &str, all: &[Token]) -> Vec<Option<usize>> {
    let (mut partners, mut open) = (vec![None; all.len()], Vec::new());
    for (at, token) in all.iter().enumerate() {
        if token.is_symbol(text, "(") {
            open.push(at);
        } else if token.is_symbol(text, ")")
            && let Some(first) = open.pop()
            && let Some([one, .., other]) = partners.get_mut(first..=at)
        {
            (*one, *other) = (Some(at), Some(first));
        }
    }
    partners
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn parentheses_around_all_tables_say_nothing() {
        for (stored, given) in [
            ("select 1 from (a join b) where (x = 1)", "select 1 from a join b where (x = 1)"),
            ("select 1 from ((a join b)) order by 1", "select 1 from a join b order by 1"),
            ("select (select 1 from (a join b))", "select (select 1 from a join b)"),
            (
                "select 1 from ((a join b) left join c on(x)) where y",
                "select 1 from a join b left join c on(x) where y",
            ),
            ("from d left join (((a join b) join c)) on(x)", "from d left join (a join b join c) on(x)"),
            ("from c join ((a join b)) on(x)", "from c join (a join b) on(x)"),
        ] {
            assert_eq!(plain(stored), plain(given));
        }
        for (one, other) in [
            ("from a left join (b join c) on x", "from a left join b join c on x"),
            ("from a join (select 1) b", "from a join select 1 b"),
            ("select (a + b) * c", "select a + b * c"),
            ("select ((a) + (b))", "select (a + b)"),
        ] {
            assert_ne!(plain(one), plain(other));
        }
    }
}
