//! Whether what was read of a table is what the server shows of it: written back, it must be the same.
//!
//! Compared are the tokens of every column, key and clause, in any order within each. Left out is what the model
//! says in another way (charsets, which are resolved to collations) or not at all, since it changes nothing.

use std::collections::BTreeMap;

use super::super::tokens::{Token, TokenKind, significant};
use super::super::{defaults, sql};

/// How what the server shows differs from what the model says.
pub(super) fn difference(shown: &str, written: &str) -> Option<String> {
    let (shown, written) = (elements(shown), elements(written));
    let mut seen: BTreeMap<String, i32> = BTreeMap::new();
    for element in &shown {
        *seen.entry(element.clone()).or_default() += 1;
    }
    for element in &written {
        *seen.entry(element.clone()).or_default() -= 1;
    }
    let first = |sign: i32| seen.iter().find(|(_, count)| **count * sign > 0).map(|(element, _)| element.clone());
    match (first(1), first(-1)) {
        (None, None) => None,
        (Some(shown), Some(written)) => Some(format!("the server shows `{shown}`, which is read as `{written}`")),
        (Some(shown), None) => Some(format!("the server shows `{shown}`, which is not read")),
        (None, Some(written)) => Some(format!("`{written}` is read, which the server does not show")),
    }
}

/// The columns, keys and clauses of a statement, each as its sorted tokens.
fn elements(statement: &str) -> Vec<String> {
    let all: Vec<Token> = significant(statement).collect();
    let mut elements = vec![Vec::new()];
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(token) = all.get(at) {
        let ahead = |n: usize, word: &str| all.get(at + n).is_some_and(|token| token.is_word(statement, word));
        if depth <= 1
            && let Some(length) = left_out(&all, at, statement)
        {
            at += length;
            continue;
        }
        let text = token.text(statement);
        let is_symbol = token.kind == TokenKind::Symbol;
        if is_symbol && text == "(" {
            depth += 1;
            if depth == 1 {
                elements.push(Vec::new());
            }
        } else if is_symbol && text == ")" {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                elements.push(Vec::new());
            }
        } else if is_symbol && text == "," && depth == 1 {
            elements.push(Vec::new());
        } else if !(is_symbol && matches!(text, "," | "=")) {
            let behind_default = at > 0 && all.get(at - 1).is_some_and(|before| before.is_word(statement, "default"));
            if let Some(last) = elements.last_mut() {
                last.push(spelling(token, statement, behind_default));
            }
        }
        if depth <= 1
            && ahead(0, "comment")
            && all.get(at + 1).is_some_and(|t| t.string(statement).is_some_and(|s| s.is_empty()))
        {
            at += 1;
        }
        at += 1;
    }
    let sorted = elements.into_iter().map(|mut element| {
        // What has no spelling is left out: a charset that goes without saying, a parenthesis.
        element.retain(|token| !token.is_empty());
        element.sort();
        element.join(" ")
    });
    sorted.filter(|element| !element.is_empty()).collect()
}

/// How many tokens of a clause that the model says otherwise begin here.
fn left_out(all: &[Token], at: usize, statement: &str) -> Option<usize> {
    let word = |ahead: usize, word: &str| all.get(at + ahead).is_some_and(|token| token.is_word(statement, word));
    let equals = |ahead: usize| usize::from(all.get(at + ahead).is_some_and(|token| token.is_symbol(statement, "=")));
    if word(0, "create") {
        // CREATE TABLE `t`
        let temporary = usize::from(word(1, "temporary"));
        return Some(3 + temporary);
    }
    if word(0, "character") && word(1, "set") {
        return Some(3);
    }
    if word(0, "default") && word(1, "charset") {
        return Some(3 + equals(2));
    }
    if word(0, "collate") || (word(0, "auto_increment") && equals(1) == 1) {
        return Some(2 + equals(1));
    }
    None
}

fn spelling(token: &Token, statement: &str, behind_default: bool) -> String {
    let text = token.text(statement);
    match token.kind {
        TokenKind::String => {
            let text = token.string(statement).unwrap_or_default();
            let is_number = behind_default && defaults::is_number(&text);
            if is_number || is_option(&text) { text.trim_start_matches('-').to_lowercase() } else { sql::string(&text) }
        }
        TokenKind::Quoted | TokenKind::Word => token.identifier(statement).unwrap_or_default().to_lowercase(),
        TokenKind::Introducer if text.eq_ignore_ascii_case("_utf8mb4") => String::new(),
        TokenKind::Symbol if matches!(text, "(" | ")" | "-") => String::new(),
        _ => text.to_lowercase(),
    }
}

/// A word or a number, which options of tables have with and without quotes.
fn is_option(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_is_the_same() {
        let shown = "CREATE TABLE `t` (\n  `a` int DEFAULT '-3',\n `b` varchar(3) CHARACTER SET latin1 COLLATE latin1_bin \
                     DEFAULT (_utf8mb4'x'),\n KEY `k` (`a`) USING BTREE\n) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT \
                     CHARSET=utf8mb4 COLLATE=utf8mb4_bin /*!50100 PARTITION BY HASH (`a`)\nPARTITIONS 4 */";
        let written = "CREATE TABLE `t` (\n`a` int DEFAULT -3,\n`b` varchar(3) DEFAULT ('x'),\nKEY `k` (`a`) USING btree\n) \
                       ENGINE=InnoDB\nPARTITION BY hash (a) partitions 4";
        assert_eq!(difference(shown, written), None);
        assert!(difference(shown, &written.replace("-3", "4")).is_some());
        assert!(difference(shown, &written.replace("ENGINE=InnoDB", "ENGINE=MyISAM")).is_some());
    }
}
