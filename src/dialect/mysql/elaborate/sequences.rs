//! `nextval(s)`, `next value for s`: of a query that takes a number of a sequence MariaDB tells nothing. So what it takes
//! is put as a text before the query is compared.

use super::super::sql;
use super::super::tokens::{Token, significant};

/// The query with a text in place of each number that it takes. `database` is the one that goes without saying.
pub(super) fn as_texts(query: &str, database: &str) -> String {
    let all: Vec<Token> = significant(query).collect();
    let (mut out, mut from, mut at) = (String::with_capacity(query.len()), 0, 0);
    while let Some(token) = all.get(at) {
        match taken(query, &all, at, database) {
            Some((text, next)) => {
                out.push_str(query.get(from..token.start).unwrap_or_default());
                out.push_str(&text);
                from = all.get(next - 1).map_or(query.len(), |last| last.end);
                at = next;
            }
            None => at += 1,
        }
    }
    out.push_str(query.get(from..).unwrap_or_default());
    out
}

/// The text for a number that is taken here, and the token behind it.
fn taken(query: &str, all: &[Token], at: usize, database: &str) -> Option<(String, usize)> {
    let word = |at: usize, word: &str| all.get(at).is_some_and(|token| token.is_word(query, word));
    let symbol = |at: usize, symbol: &str| all.get(at).is_some_and(|token| token.is_symbol(query, symbol));
    let is_name = at > 0 && symbol(at - 1, ".");
    let function = ["nextval", "lastval"].into_iter().find(|name| word(at, name) && symbol(at + 1, "("));
    let standard = [("next", "nextval"), ("previous", "lastval")].into_iter().find(|(first, _)| word(at, first));
    let standard = standard.filter(|_| word(at + 1, "value") && word(at + 2, "for"));
    let (name, first) = match (function, standard) {
        _ if is_name => return None,
        (Some(name), _) => (name, at + 2),
        (None, Some((_, name))) => (name, at + 3),
        (None, None) => return None,
    };
    let mut sequence = vec![all.get(first)?.identifier(query)?];
    let mut next = first + 1;
    if symbol(next, ".") {
        sequence.push(all.get(next + 1)?.identifier(query)?);
        next += 2;
    }
    if function.is_some() {
        if !symbol(next, ")") {
            return None;
        }
        next += 1;
    }
    if sequence.len() > 1 && sequence.first().is_some_and(|said| said == database) {
        sequence.remove(0);
    }
    let parts: Vec<String> =
        std::iter::once(name).chain(sequence.iter().map(String::as_str)).map(sql::string).collect();
    Some((format!("concat({})", parts.join(", ")), next))
}

#[cfg(test)]
mod tests {
    use super::as_texts;

    #[test]
    fn all_ways_to_take_a_number_are_one() {
        let text = "select concat('nextval', 's') as n";
        for query in [
            "select nextval(s) as n",
            "select NEXT VALUE FOR `s` as n",
            "select nextval(`d`.`s`) as n",
            "select next value for d.s as n",
        ] {
            assert_eq!(as_texts(query, "d"), text);
        }
        assert_eq!(as_texts("select lastval(e.s)", "d"), "select concat('lastval', 'e', 's')");
        for same in ["select t.nextval, nextval from t", "select d.nextval(s)", "select next from t"] {
            assert_eq!(as_texts(same, "d"), same);
        }
    }
}
