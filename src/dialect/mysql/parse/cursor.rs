//! A place in the tokens of one statement.

use std::fmt;

use super::super::keywords::is_reserved;
use super::super::sql::is_plain;
use super::super::tokens::{Token, TokenKind, significant, unquote};

/// Why a statement of the server could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ParseError {
    /// What was expected.
    pub expected: String,
    /// What stood there instead; empty at the end.
    pub found: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { expected, found } = self;
        if found.is_empty() {
            write!(f, "what the server shows ends where {expected} was expected")
        } else {
            write!(f, "the server shows `{found}` where {expected} was expected")
        }
    }
}

/// The result of reading a statement.
pub(crate) type Parsed<T> = Result<T, ParseError>;

/// The tokens of a statement, without comments, and which is next.
#[derive(Debug)]
pub(crate) struct Cursor<'a> {
    sql: &'a str,
    tokens: Vec<Token>,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(sql: &'a str) -> Self {
        Self { sql, tokens: significant(sql).collect(), at: 0 }
    }

    pub(crate) fn peek_at(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead)
    }

    pub(crate) fn is_word_at(&self, ahead: usize, word: &str) -> bool {
        self.peek_at(ahead).is_some_and(|token| token.is_word(self.sql, word))
    }

    pub(crate) fn is_word(&self, word: &str) -> bool {
        self.is_word_at(0, word)
    }

    pub(crate) fn is_symbol(&self, symbol: &str) -> bool {
        self.peek_at(0).is_some_and(|token| token.is_symbol(self.sql, symbol))
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// The text from here to the end.
    pub(crate) fn rest(&self) -> &'a str {
        self.peek_at(0).and_then(|token| self.sql.get(token.start..)).unwrap_or_default()
    }

    pub(crate) fn advance(&mut self) {
        self.at += 1;
    }

    /// Takes these words if all of them follow.
    pub(crate) fn eat(&mut self, words: &[&str]) -> bool {
        let all = words.iter().enumerate().all(|(ahead, word)| self.is_word_at(ahead, word));
        if all {
            self.at += words.len();
        }
        all
    }

    pub(crate) fn eat_symbol(&mut self, symbol: &str) -> bool {
        let found = self.is_symbol(symbol);
        self.at += usize::from(found);
        found
    }

    pub(crate) fn expect(&mut self, words: &[&str]) -> Parsed<()> {
        if self.eat(words) { Ok(()) } else { Err(self.error(&words.join(" ").to_ascii_uppercase())) }
    }

    pub(crate) fn expect_symbol(&mut self, symbol: &str) -> Parsed<()> {
        if self.eat_symbol(symbol) { Ok(()) } else { Err(self.error(&format!("`{symbol}`"))) }
    }

    pub(crate) fn error(&self, expected: &str) -> ParseError {
        let found = self.peek_at(0).map_or("", |token| token.text(self.sql));
        ParseError { expected: expected.to_owned(), found: found.to_owned() }
    }

    /// A name, with or without backticks.
    pub(crate) fn name(&mut self) -> Parsed<String> {
        match self.peek_at(0).and_then(|token| token.identifier(self.sql)) {
            Some(name) => {
                self.at += 1;
                Ok(name)
            }
            None => Err(self.error("a name")),
        }
    }

    /// Names in parentheses.
    pub(crate) fn names(&mut self) -> Parsed<Vec<String>> {
        self.expect_symbol("(")?;
        let mut names = vec![self.name()?];
        while self.eat_symbol(",") {
            names.push(self.name()?);
        }
        self.expect_symbol(")")?;
        Ok(names)
    }

    /// A string's text.
    pub(crate) fn string(&mut self) -> Parsed<String> {
        match self.peek_at(0).and_then(|token| token.string(self.sql)) {
            Some(text) => {
                self.at += 1;
                Ok(text)
            }
            None => Err(self.error("a string")),
        }
    }

    /// A word, a number or a string, as a text.
    pub(crate) fn value(&mut self) -> Parsed<String> {
        let value = self.peek_at(0).and_then(|token| match token.kind {
            TokenKind::String | TokenKind::Quoted => Some(unquote(token.text(self.sql))),
            TokenKind::Word | TokenKind::Number => Some(token.text(self.sql).to_owned()),
            _ => None,
        });
        match value {
            Some(value) => {
                self.at += 1;
                Ok(value)
            }
            None => Err(self.error("a value")),
        }
    }

    /// A whole number that may stand in quotes.
    pub(crate) fn integer(&mut self) -> Parsed<i64> {
        let error = self.error("a number");
        let negative = self.eat_symbol("-");
        let number: i64 = self.value()?.parse().map_err(|_| error)?;
        Ok(if negative { -number } else { number })
    }

    /// What stands in the parentheses that follow.
    pub(crate) fn parenthesised(&mut self) -> Parsed<String> {
        if !self.is_symbol("(") {
            return Err(self.error("`(`"));
        }
        let first = self.at + 1;
        self.skip_group();
        Ok(self.text_between(first, self.at.saturating_sub(1)))
    }

    /// Goes behind the next token, or behind the parentheses that begin with it.
    pub(crate) fn skip_group(&mut self) {
        let mut depth = 0_usize;
        while let Some(token) = self.peek_at(0) {
            depth += usize::from(token.is_symbol(self.sql, "("));
            let closes = token.is_symbol(self.sql, ")");
            depth = depth.saturating_sub(usize::from(closes));
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    /// The text from one token up to before another, byte for byte.
    pub(crate) fn raw_between(&self, first: usize, end: usize) -> &'a str {
        let start = self.tokens.get(first).map_or(self.sql.len(), |token| token.start);
        let stop = end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.end);
        self.sql.get(start..stop).unwrap_or_default()
    }

    /// The same without the charset that every literal has anyway, and without the marks of versions.
    pub(crate) fn text_between(&self, first: usize, end: usize) -> String {
        plain(self.raw_between(first, end))
    }

    /// Tokens as people would write them: names without backticks where they need none, keywords in small letters.
    pub(crate) fn prose_between(&self, first: usize, end: usize) -> String {
        let mut out = String::new();
        let mut last: Option<usize> = None;
        for token in self.tokens.get(first..end).unwrap_or_default() {
            if last.is_some_and(|end| end < token.start) {
                out.push(' ');
            }
            last = Some(token.end);
            let text = token.text(self.sql);
            match token.kind {
                TokenKind::Word => out.push_str(&text.to_lowercase()),
                TokenKind::Quoted => {
                    let name = unquote(text);
                    let bare = is_plain(&name) && !is_reserved(&name);
                    out.push_str(if bare { &name } else { text });
                }
                _ => out.push_str(text),
            }
        }
        out
    }
}

/// SQL of the server without `_utf8mb4` before its strings, which is the session's charset.
pub(crate) fn plain(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut from = 0;
    for token in super::super::tokens::tokens(sql) {
        let drop = match token.kind {
            TokenKind::Introducer => {
                token.text(sql).eq_ignore_ascii_case("_utf8mb4")
                    && sql.get(token.end..).is_some_and(|rest| rest.trim_start().starts_with(['\'', '"']))
            }
            TokenKind::VersionOpen | TokenKind::VersionClose => true,
            _ => false,
        };
        if drop {
            out.push_str(sql.get(from..token.start).unwrap_or_default());
            from = token.end;
        }
    }
    out.push_str(sql.get(from..).unwrap_or_default());
    out
}
