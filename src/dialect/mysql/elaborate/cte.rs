//! Names of columns behind a common table expression, `with t (a, b) as (select 1, 2)`. MariaDB keeps them twice: it
//! gives them to the columns of the first SELECT too. So a query is written that way before it is compared.

use super::super::keywords::is_reserved;
use super::super::sql;
use super::super::tokens::{Token, TokenKind, significant};

/// Words that end a list of columns.
const AFTER: [&str; 12] =
    ["from", "where", "group", "having", "order", "limit", "union", "except", "intersect", "into", "procedure", "for"];

/// The query with these names on the first SELECT of each expression; as it is where that has no such list.
pub(super) fn named(query: &str) -> String {
    let all: Vec<Token> = significant(query).collect();
    let mut out = String::with_capacity(query.len());
    let mut from = 0;
    for at in 0..all.len() {
        let Some(found) = expression(query, &all, at) else { continue };
        for (item, name) in found {
            out.push_str(query.get(from..item.end).unwrap_or_default());
            out.push_str(" AS ");
            out.push_str(&sql::quote(&name));
            from = item.after;
        }
    }
    out.push_str(query.get(from..).unwrap_or_default());
    out
}

/// A column of a SELECT: where its expression ends, and where what follows its name begins.
struct Item {
    end: usize,
    after: usize,
}

/// The columns of the expression whose list of names begins here, each with its name.
fn expression(query: &str, all: &[Token], at: usize) -> Option<Vec<(Item, String)>> {
    let word = |at: usize, word: &str| all.get(at).is_some_and(|token| token.is_word(query, word));
    let symbol = |at: usize, symbol: &str| all.get(at).is_some_and(|token| token.is_symbol(query, symbol));
    if at == 0 || !symbol(at, "(") || all.get(at - 1)?.identifier(query).is_none() {
        return None;
    }
    let mut names = Vec::new();
    let mut next = at + 1;
    loop {
        names.push(all.get(next)?.identifier(query)?);
        next += 2;
        if !symbol(next - 1, ",") {
            break;
        }
    }
    if !(symbol(next - 1, ")") && word(next, "as") && symbol(next + 1, "(") && word(next + 2, "select")) {
        return None;
    }
    let list = items(query, all, next + 3)?;
    (list.len() == names.len()).then(|| list.into_iter().zip(names).collect())
}

/// The columns of a SELECT, up to what stands behind them; nothing where one is `*` or its name cannot be told.
fn items(query: &str, all: &[Token], first: usize) -> Option<Vec<Item>> {
    let (mut list, mut depth, mut start) = (Vec::new(), 0_usize, first);
    for at in first..all.len() {
        let token = all.get(at)?;
        let ends = depth == 0
            && (token.is_symbol(query, ",")
                || token.is_symbol(query, ")")
                || AFTER.iter().any(|word| token.is_word(query, word)));
        if ends {
            list.push(item(query, all.get(start..at)?)?);
            start = at + 1;
            if !token.is_symbol(query, ",") {
                return Some(list);
            }
        } else if token.is_symbol(query, "(") {
            depth += 1;
        } else if token.is_symbol(query, ")") {
            depth = depth.saturating_sub(1);
        }
    }
    None
}

/// `a + 1`, `a + 1 as x`, `a x`.
fn item(query: &str, tokens: &[Token]) -> Option<Item> {
    let last = tokens.last().filter(|last| !last.is_symbol(query, "*"))?;
    let end = match tokens {
        [.., before, word, _] if word.is_word(query, "as") => before.end,
        [.., before, _] if is_name(query, last) && ends_operand(query, before) => before.end,
        _ => last.end,
    };
    Some(Item { end, after: last.end })
}

fn is_name(query: &str, token: &Token) -> bool {
    token.kind == TokenKind::Quoted || (token.kind == TokenKind::Word && !is_reserved(token.text(query)))
}

/// Whether a name behind this token is another thing than a part of the expression.
fn ends_operand(query: &str, token: &Token) -> bool {
    is_name(query, token)
        || matches!(token.kind, TokenKind::String | TokenKind::Number | TokenKind::Bits)
        || token.is_symbol(query, ")")
        || token.is_word(query, "null")
        || token.is_word(query, "end")
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn the_first_select_has_the_names() {
        assert_eq!(
            named(
                "with recursive t(n, `o p`) as (select 1, max(a, 2) as x union all select n + 1, 2 from t) select n from t"
            ),
            "with recursive t(n, `o p`) as (select 1 AS `n`, max(a, 2) AS `o p` union all select n + 1, 2 from t) select n from t"
        );
        assert_eq!(
            named("with t(a, b) as (select x.a p, 1 q) select 1"),
            "with t(a, b) as (select x.a AS `a`, 1 AS `b`) select 1"
        );
        let stored = "with t(`n`) as (select 1 AS `n`)select `t`.`n` AS `n` from `t`";
        assert_eq!(named(stored), stored);
        for same in
            ["with t(n) as (select * from u) select 1", "with t as (select 1) select f(n) from t", "select f(a)"]
        {
            assert_eq!(named(same), same);
        }
    }
}
