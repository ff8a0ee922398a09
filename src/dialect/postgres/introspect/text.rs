//! SQL that the server prints, as the catalog holds it.

use crate::catalog::{Parameters, Setting, Settings, Sql};

pub(in crate::dialect::postgres) use super::super::canonical::{expression, query, type_name};

/// A bound or a key of a partition, which people write in lower case: all but what is quoted.
pub(in crate::dialect::postgres) fn partition(text: &str) -> Sql {
    let text = text.strip_prefix("FOR VALUES ").unwrap_or(text);
    let mut quote = None;
    let lower: String = text
        .chars()
        .map(|letter| {
            match quote {
                Some(open) if open == letter => quote = None,
                None if matches!(letter, '\'' | '"') => quote = Some(letter),
                Some(_) => {}
                None => return letter.to_ascii_lowercase(),
            }
            letter
        })
        .collect();
    expression(&lower)
}

/// Where a word stands by itself, outside quotes and parentheses, at or after `from`.
pub(in crate::dialect::postgres) fn find_word(text: &str, word: &str, from: usize) -> Option<usize> {
    let (mut depth, mut quote, mut escapes, mut before) = (0_usize, None, false, ' ');
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match (quote, letter) {
            (Some('\''), '\\') if escapes => {
                letters.next();
            }
            (Some(open), close) if open == close => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => {
                quote = Some(letter);
                escapes = letter == '\'' && matches!(before, 'e' | 'E');
            }
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, _) if depth == 0 && at >= from && before.is_whitespace() => {
                let rest = text.get(at..).and_then(|rest| rest.strip_prefix(word));
                if rest.is_some_and(|rest| rest.starts_with(char::is_whitespace) || rest.starts_with('(')) {
                    return Some(at);
                }
            }
            (None, _) => {}
        }
        before = letter;
    }
    None
}

/// `reloptions`: `fillfactor=70`.
pub(in crate::dialect::postgres) fn parameters(options: &[String]) -> Parameters {
    options.iter().map(|option| split(option)).collect()
}

/// Options of foreign objects: `host=db`. None of them is a secret; the reader of what may be decides that.
pub(in crate::dialect::postgres) fn settings(options: &[String]) -> Settings {
    options.iter().map(|option| split(option)).map(|(name, value)| (name, Setting::Plain(value))).collect()
}

fn split(option: &str) -> (String, String) {
    let (name, value) = option.split_once('=').unwrap_or((option, ""));
    (name.to_owned(), value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_parentheses_around_the_whole_go() {
        for (text, bare) in [
            ("(a > 0)", "a > 0"),
            ("((a > 0) AND (b > 0))", "(a > 0) AND (b > 0)"),
            ("(a) + (b)", "(a) + (b)"),
            ("(a = ')'::text)", "a = ')'::text"),
            (r"(a = E'\')'::text)", r"a = E'\')'::text"),
            ("(\"a(\" = 1)", "\"a(\" = 1"),
            ("now()", "now()"),
        ] {
            assert_eq!(expression(text).as_str(), bare);
        }
    }

    #[test]
    fn bounds_are_in_lower_case_but_for_what_is_quoted() {
        assert_eq!(partition("FOR VALUES IN ('US')").as_str(), "in ('US')");
        assert_eq!(partition("FOR VALUES FROM (MINVALUE) TO ('A')").as_str(), "from (minvalue) to ('A')");
        assert_eq!(partition("DEFAULT").as_str(), "default");
        assert_eq!(partition("LIST (\"Region\")").as_str(), "list (\"Region\")");
    }

    #[test]
    fn words_are_found_outside_quotes() {
        let sql = "CREATE RULE \"a DO b\" AS ON INSERT TO t WHERE (new.a = ' DO ') DO INSTEAD NOTHING;";
        assert_eq!(find_word(sql, "DO", 0), sql.find("DO INSTEAD"));
        assert_eq!(find_word(sql, "WHEN", 0), None);
    }
}
