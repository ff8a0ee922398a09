//! `select sql_no_cache ...` of MariaDB: kept with a view, and allowed nowhere but at the beginning of all. So it is taken
//! off a query before that is compared within another, and compared by itself.

use super::super::tokens::{Token, significant};

/// The words that may stand between SELECT and the columns.
const WORDS: [&str; 11] = [
    "all",
    "distinct",
    "distinctrow",
    "high_priority",
    "straight_join",
    "sql_small_result",
    "sql_big_result",
    "sql_buffer_result",
    "sql_calc_found_rows",
    "sql_cache",
    "sql_no_cache",
];

/// The query without what it says of the cache, and that.
pub(super) fn apart(query: &str) -> (String, Option<String>) {
    let mut all = significant(query);
    let select = all.next().is_some_and(|token| token.is_word(query, "select"));
    let mut words = all.take_while(|token| WORDS.iter().any(|word| token.is_word(query, word)));
    let says = |token: &Token| ["sql_cache", "sql_no_cache"].iter().any(|word| token.is_word(query, word));
    let Some(said) = words.find(says).filter(|_| select) else { return (query.to_owned(), None) };
    let (before, after) = (query.get(..said.start).unwrap_or_default(), query.get(said.end..).unwrap_or_default());
    (format!("{before}{after}"), Some(said.text(query).to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn it_is_found_among_the_first_words() {
        let no_cache = Some("sql_no_cache".to_owned());
        assert_eq!(apart("select distinct SQL_NO_CACHE a"), ("select distinct  a".to_owned(), no_cache));
        for same in ["select a, sql_no_cache from t", "with t as (select sql_no_cache 1) select 1", ""] {
            assert_eq!(apart(same), (same.to_owned(), None));
        }
    }
}
