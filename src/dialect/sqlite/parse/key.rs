//! The parts of keys and indexes, and what a conflict does.

use super::super::tokens::{Token, TokenKind, significant, trim, unquote};
use super::cursor::{Cursor, Parsed};
use crate::catalog::Order;

/// What a violated constraint does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Conflict {
    /// Undo the statement.
    #[default]
    Abort,
    /// Undo the transaction.
    Rollback,
    /// Stop, and keep what the statement has done so far.
    Fail,
    /// Leave the row out.
    Ignore,
    /// Remove the rows that are in the way.
    Replace,
}

impl Conflict {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Abort, Self::Rollback, Self::Fail, Self::Ignore, Self::Replace];

    /// The word in SQL and in the TOML.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Abort => "abort",
            Self::Rollback => "rollback",
            Self::Fail => "fail",
            Self::Ignore => "ignore",
            Self::Replace => "replace",
        }
    }
}

/// One part of a key or an index, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPart<'a> {
    /// The text, without the order.
    pub text: &'a str,
    /// The name, where the part is nothing but one. An index may still mean a string by it.
    pub column: Option<String>,
    /// The collation behind a lone name.
    pub collation: Option<String>,
    /// Whether it descends.
    pub order: Order,
}

/// Takes `ON CONFLICT ...` if it follows.
pub(super) fn conflict(cursor: &mut Cursor<'_>) -> Parsed<Conflict> {
    if !cursor.eat(&["on", "conflict"]) {
        return Ok(Conflict::default());
    }
    Conflict::ALL
        .into_iter()
        .find(|conflict| cursor.eat(&[conflict.word()]))
        .ok_or_else(|| cursor.error("what to do on a conflict"))
}

/// Takes `(part, part)`; with AUTOINCREMENT behind the last, where a primary key has it.
pub(super) fn key_parts<'a>(cursor: &mut Cursor<'a>) -> Parsed<(Vec<KeyPart<'a>>, bool)> {
    cursor.expect_symbol("(")?;
    let mut parts = Vec::new();
    let mut autoincrement = false;
    loop {
        let start = cursor.position();
        let text = cursor.until(|c| {
            if c.position() == start {
                // What would end a part is a name at its beginning.
                return matches!(c.text_at(0), "," | ")");
            }
            let ordered = (c.is_word("asc") || c.is_word("desc")) && ends_part(c, 1);
            let nulls = c.is_word("nulls") && (c.is_word_at(1, "first") || c.is_word_at(1, "last")) && ends_part(c, 2);
            ends_part(c, 0) || ordered || nulls
        });
        if text.is_empty() {
            return Err(cursor.error("a column or an expression"));
        }
        let order = order(cursor);
        let _ = cursor.eat(&["nulls", "first"]) || cursor.eat(&["nulls", "last"]);
        parts.push(key_part(text, order));
        autoincrement |= cursor.eat(&["autoincrement"]);
        if !cursor.eat_symbol(",") {
            cursor.expect_symbol(")")?;
            return Ok((parts, autoincrement));
        }
    }
}

/// Takes ASC or DESC, if one stands there.
pub(super) fn order(cursor: &mut Cursor<'_>) -> Order {
    if cursor.eat(&["desc"]) {
        Order::Desc
    } else if cursor.eat(&["asc"]) {
        Order::Asc
    } else {
        Order::Unsaid
    }
}

/// Whether a part ends before the token `ahead`.
fn ends_part(cursor: &Cursor<'_>, ahead: usize) -> bool {
    matches!(cursor.text_at(ahead), "," | ")" | "")
        || cursor.is_word_at(ahead, "autoincrement")
        || cursor.is_word_at(ahead, "nulls") && ahead == 1
}

fn key_part(text: &str, order: Order) -> KeyPart<'_> {
    let (column, collation) = lone_column(text).map_or((None, None), |(name, collation)| (Some(name), collation));
    KeyPart { text, column, collation, order }
}

/// The name and the collation of a part that is a lone name, in any number of parentheses.
/// The outermost collation counts, as it does for SQLite.
fn lone_column(text: &str) -> Option<(String, Option<String>)> {
    let tokens: Vec<_> = significant(text).collect();
    let mut rest = tokens.as_slice();
    let mut collation = None;
    loop {
        match rest {
            [one] => return Some((lone_name(one, text)?, collation)),
            [first, inner @ .., last] if first.text(text) == "(" && last.text(text) == ")" => rest = inner,
            [inner @ .., collate, name] if is_collate(collate, text) => {
                let name = lone_name(name, text)?;
                collation.get_or_insert(name);
                rest = inner;
            }
            _ => return None,
        }
    }
}

fn is_collate(token: &Token, sql: &str) -> bool {
    token.kind == TokenKind::Word && token.text(sql).eq_ignore_ascii_case("collate")
}

fn lone_name(token: &Token, sql: &str) -> Option<String> {
    match token.kind {
        TokenKind::Word | TokenKind::DoubleQuoted | TokenKind::Quoted | TokenKind::String => {
            Some(unquote(trim(token.text(sql))))
        }
        _ => None,
    }
}
