//! Whether what was read of a table is what the server shows of it: rendered again as for any plan, it must be the same.
//!
//! Compared are the tokens of every column, key and clause, in any order within each. Left out is what the model
//! says in another way (charsets, which are resolved to collations) or not at all, since it goes without saying: `NULL`,
//! `DEFAULT NULL`, the engine that is InnoDB or, of a partition, the table's.

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
    let engine = engine(&all, statement);
    let mut elements = vec![Vec::new()];
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(token) = all.get(at) {
        let ahead = |n: usize, word: &str| all.get(at + n).is_some_and(|token| token.is_word(statement, word));
        let without = if depth <= 1 { left_out(&all, at, statement) } else { None };
        if let Some(length) = without.or_else(|| of_the_engine(&all, at, statement, engine.as_deref())) {
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
                let compressed = at > 1 && is_name(all.get(at - 2), statement, "page_compressed");
                let spelling = spelling(token, statement, behind_default);
                last.push(if compressed && is_on(&spelling) { "1".to_owned() } else { spelling });
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
    // A choice that may be written in words, and is none.
    if is_name(all.get(at), statement, "page_compressed") && equals(1) == 1 {
        let value = all.get(at + 2).map(|token| spelling(token, statement, false)).unwrap_or_default();
        return matches!(value.as_str(), "0" | "off" | "no").then_some(3);
    }
    if word(0, "default") && word(1, "null") {
        return Some(2);
    }
    let before = |word: &str| at > 0 && all.get(at - 1).is_some_and(|token| token.is_word(statement, word));
    if word(0, "null") && !before("not") && !before("set") {
        return Some(1);
    }
    if word(0, "collate") || (word(0, "auto_increment") && equals(1) == 1) {
        return Some(2 + equals(1));
    }
    None
}

/// The engine of the table: the first that is named.
fn engine(all: &[Token], statement: &str) -> Option<String> {
    let at = (0..all.len()).find(|at| is_engine(all, *at, statement))?;
    all.get(at + 2).map(|token| spelling(token, statement, false))
}

fn is_engine(all: &[Token], at: usize, statement: &str) -> bool {
    all.get(at).is_some_and(|token| token.is_word(statement, "engine"))
        && all.get(at + 1).is_some_and(|token| token.is_symbol(statement, "="))
}

/// `ENGINE = InnoDB` where that goes without saying: the table has InnoDB, and a partition what the table has.
fn of_the_engine(all: &[Token], at: usize, statement: &str, table: Option<&str>) -> Option<usize> {
    if !is_engine(all, at, statement) {
        return None;
    }
    let value = all.get(at + 2).map(|token| spelling(token, statement, false))?;
    let first = !(0..at).any(|before| is_engine(all, before, statement));
    let unsaid = if first { value == "innodb" } else { Some(value.as_str()) == table };
    unsaid.then_some(3)
}

fn is_name(token: Option<&Token>, statement: &str, name: &str) -> bool {
    token.and_then(|token| token.identifier(statement)).is_some_and(|found| found.eq_ignore_ascii_case(name))
}

fn is_on(value: &str) -> bool {
    matches!(value, "1" | "on" | "yes")
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
        assert!(difference(shown, &written.replace("-3", "-3 NOT NULL")).is_some());
    }

    #[test]
    fn what_goes_without_saying_is_left_out() {
        let shown = "CREATE TABLE `t` (\n  `engine` int DEFAULT NULL,\n `b` timestamp NULL DEFAULT NULL,\n CONSTRAINT `f` FOREIGN \
                     KEY (`b`) REFERENCES `u` (`b`) ON DELETE SET NULL) ENGINE=InnoDB `page_compressed`='on' PARTITION BY \
                     RANGE (`engine`) (PARTITION `p` VALUES LESS THAN (1) ENGINE = InnoDB)";
        let written = "CREATE TABLE `t` (`engine` int, `b` timestamp NULL, CONSTRAINT `f` FOREIGN KEY (`b`) REFERENCES `u` (`b`) \
                       ON DELETE SET NULL) PAGE_COMPRESSED=1 PARTITION BY range (engine) (PARTITION `p` VALUES less than (1))";
        assert_eq!(difference(shown, written), None);
        assert!(difference(&shown.replace("= InnoDB", "= MyISAM"), written).is_some());
        assert!(difference(&shown.replace("=InnoDB", "=MyISAM"), written).is_some());
        assert!(difference(&shown.replace("SET NULL", "SET DEFAULT"), written).is_some());
        assert!(difference(&shown.replace("'on'", "'off'"), written).is_some());
        assert_eq!(difference(&shown.replace("'on'", "'off'"), &written.replace("PAGE_COMPRESSED=1", "")), None);
    }
}
