//! `exists (select ...)` is kept by MariaDB as `exists (select ... limit 1)`. That says nothing, so it is left out of a
//! query before it is compared.

use super::super::tokens::{Token, significant};

/// The query without a `limit 1` that ends what is asked to exist.
pub(super) fn unlimited(query: &str) -> String {
    let all: Vec<Token> = significant(query).collect();
    let mut out = String::with_capacity(query.len());
    let mut from = 0;
    // Whether each parenthesis that is open is one of EXISTS.
    let mut open = Vec::new();
    for (at, token) in all.iter().enumerate() {
        let before = |back: usize| at.checked_sub(back).and_then(|at| all.get(at));
        if token.is_symbol(query, "(") {
            open.push(before(1).is_some_and(|before| before.is_word(query, "exists")));
        } else if token.is_symbol(query, ")") && open.pop() == Some(true) {
            let limit = before(2).filter(|limit| limit.is_word(query, "limit"));
            if let (Some(limit), Some("1")) = (limit, before(1).map(|one| one.text(query))) {
                out.push_str(query.get(from..limit.start).unwrap_or_default());
                from = token.start;
            }
        }
    }
    out.push_str(query.get(from..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::unlimited;

    #[test]
    fn only_what_says_nothing_is_left_out() {
        let stored = "select 1 from a where exists(select 1 from b where exists(select 2 limit 1) limit 1) limit 1";
        let plain = "select 1 from a where exists(select 1 from b where exists(select 2 ) ) limit 1";
        assert_eq!(unlimited(stored), plain);
        for same in
            ["select exists(select 1 limit 0)", "select (select 1 limit 1)", "select exists(select 1 limit 1, 1)"]
        {
            assert_eq!(unlimited(same), same);
        }
    }
}
