//! A place in the tokens of one statement.

use std::fmt;

use super::super::keywords::{WordClass, classify};
use super::super::tokens::{Token, TokenKind, significant, trim, unquote};

/// Why a stored statement could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// What was expected.
    pub expected: String,
    /// What stood there instead; empty at the end.
    pub found: String,
    /// Where, in bytes.
    pub at: usize,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { expected, found, at } = self;
        if found.is_empty() {
            write!(f, "its stored SQL ends where {expected} was expected")
        } else {
            write!(f, "its stored SQL has `{found}` at byte {at}, where {expected} was expected")
        }
    }
}

/// The result of reading a stored statement.
pub type Parsed<T> = Result<T, ParseError>;

/// The tokens of a statement, without comments, and which is next.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    sql: &'a str,
    tokens: Vec<Token>,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor before the first token.
    pub(super) fn new(sql: &'a str) -> Self {
        Self { sql, tokens: significant(sql).collect(), at: 0 }
    }

    /// The token `ahead` of the next one.
    pub(super) fn peek_at(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead)
    }

    /// The text of the token `ahead` of the next one; empty at the end.
    pub(super) fn text_at(&self, ahead: usize) -> &'a str {
        self.peek_at(ahead).map_or("", |token| token.text(self.sql))
    }

    /// Whether the token `ahead` of the next one is this word without quotes.
    pub(super) fn is_word_at(&self, ahead: usize, word: &str) -> bool {
        self.peek_at(ahead)
            .is_some_and(|token| token.kind == TokenKind::Word && token.text(self.sql).eq_ignore_ascii_case(word))
    }

    /// Whether the next token is this word without quotes.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.is_word_at(0, word)
    }

    /// Whether the next token is this symbol.
    pub(super) fn is_symbol(&self, symbol: &str) -> bool {
        self.peek_at(0).is_some_and(|token| token.kind == TokenKind::Symbol) && self.text_at(0) == symbol
    }

    /// Goes on by one token.
    pub(super) fn advance(&mut self) {
        self.at += 1;
    }

    /// Whether no token is left.
    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Which token is next, to come back to.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Goes back to where `position` was taken.
    pub(super) fn go_back(&mut self, position: usize) {
        self.at = position;
    }

    /// Takes these words if all of them follow.
    pub(super) fn eat(&mut self, words: &[&str]) -> bool {
        let all = words.iter().enumerate().all(|(ahead, word)| self.is_word_at(ahead, word));
        if all {
            self.at += words.len();
        }
        all
    }

    /// Takes this symbol if it follows.
    pub(super) fn eat_symbol(&mut self, symbol: &str) -> bool {
        let found = self.is_symbol(symbol);
        self.at += usize::from(found);
        found
    }

    /// Takes these words.
    pub(super) fn expect(&mut self, words: &[&str]) -> Parsed<()> {
        if self.eat(words) { Ok(()) } else { Err(self.error(&words.join(" ").to_ascii_uppercase())) }
    }

    /// Takes this symbol.
    pub(super) fn expect_symbol(&mut self, symbol: &str) -> Parsed<()> {
        if self.eat_symbol(symbol) { Ok(()) } else { Err(self.error(&format!("`{symbol}`"))) }
    }

    /// The error of something else standing here.
    pub(super) fn error(&self, expected: &str) -> ParseError {
        let at = self.peek_at(0).map_or(self.sql.len(), |token| token.start);
        ParseError { expected: expected.to_owned(), found: self.text_at(0).to_owned(), at }
    }

    /// Takes a name: `nm` of the grammar.
    pub(super) fn name(&mut self) -> Parsed<String> {
        let name = self.peek_at(0).and_then(|token| {
            let text = token.text(self.sql);
            match token.kind {
                TokenKind::Word if classify(text) == WordClass::Reserved => None,
                TokenKind::Word => Some(text.to_owned()),
                TokenKind::DoubleQuoted | TokenKind::Quoted | TokenKind::String => Some(unquote(text)),
                _ => None,
            }
        });
        let name = name.ok_or_else(|| self.error("a name"))?;
        self.advance();
        Ok(name)
    }

    /// Takes `[schema.]name`; the schema is not kept, since a stored object is in its own.
    pub(super) fn qualified_name(&mut self) -> Parsed<String> {
        let first = self.name()?;
        if self.eat_symbol(".") { self.name() } else { Ok(first) }
    }

    /// Takes IF NOT EXISTS, which SQLite does not store.
    pub(super) fn if_not_exists(&mut self) {
        self.eat(&["if", "not", "exists"]);
    }

    /// Takes TEMP, which SQLite does not store.
    pub(super) fn temporary(&mut self) {
        let _ = self.eat(&["temp"]) || self.eat(&["temporary"]);
    }

    /// Takes `(a, b)`, names only.
    pub(super) fn name_list(&mut self) -> Parsed<Vec<String>> {
        self.expect_symbol("(")?;
        let mut names = vec![self.list_name()?];
        while self.eat_symbol(",") {
            names.push(self.list_name()?);
        }
        self.expect_symbol(")")?;
        Ok(names)
    }

    /// A name of a list, with COLLATE and order behind it, which old files have there without effect.
    fn list_name(&mut self) -> Parsed<String> {
        let name = self.name()?;
        if self.eat(&["collate"]) {
            self.name()?;
        }
        let _ = self.eat(&["asc"]) || self.eat(&["desc"]);
        Ok(name)
    }

    /// Takes `( ... )` with whatever is inside, and gives the inside.
    pub(super) fn parenthesised(&mut self) -> Parsed<&'a str> {
        let open = self.peek_at(0).map_or(0, |token| token.end);
        self.expect_symbol("(")?;
        self.skip_to_close()?;
        let close = self.peek_at(0).map_or(open, |token| token.start);
        self.advance();
        Ok(trim(self.sql.get(open..close).unwrap_or_default()))
    }

    /// Goes to the parenthesis that closes what is open here.
    fn skip_to_close(&mut self) -> Parsed<()> {
        let mut depth = 0_u32;
        loop {
            match self.peek_at(0).map(|token| (token.kind, token.text(self.sql))) {
                Some((TokenKind::Symbol, "(")) => depth += 1,
                Some((TokenKind::Symbol, ")")) if depth == 0 => return Ok(()),
                Some((TokenKind::Symbol, ")")) => depth -= 1,
                Some(_) => {}
                None => return Err(self.error("`)`")),
            }
            self.advance();
        }
    }

    /// Takes tokens until `ends` says so outside of parentheses, and gives their text.
    pub(super) fn until(&mut self, ends: impl Fn(&Self) -> bool) -> &'a str {
        let start = self.at;
        let mut depth = 0_u32;
        while !self.is_at_end() {
            if depth == 0 && ends(self) {
                break;
            }
            if self.is_symbol("(") {
                depth += 1;
            } else if self.is_symbol(")") {
                depth = depth.saturating_sub(1);
            }
            self.advance();
        }
        self.since(start)
    }

    /// The text from the token at `start` up to and with the one just taken.
    pub(super) fn since(&self, start: usize) -> &'a str {
        let range = self.tokens.get(start..self.at).unwrap_or_default();
        match (range.first(), range.last()) {
            (Some(first), Some(last)) => self.sql.get(first.start..last.end).unwrap_or_default(),
            _ => "",
        }
    }

    /// Everything behind the token just taken, comments included, without semicolons at the end.
    pub(super) fn rest(&mut self) -> &'a str {
        let start = self.at.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |token| token.end);
        let semicolon = |token: &&Token| token.text(self.sql) == ";";
        let trailing = self.tokens.get(self.at..).unwrap_or_default().iter().rev().take_while(semicolon).count();
        let end = match trailing {
            0 => self.sql.len(),
            _ => self.tokens.get(self.tokens.len() - trailing).map_or(self.sql.len(), |token| token.start),
        };
        self.at = self.tokens.len();
        trim(self.sql.get(start..end).unwrap_or_default())
    }

    /// Takes what may stand at the end of a statement.
    pub(super) fn finish(&mut self) -> Parsed<()> {
        while self.eat_symbol(";") {}
        if self.is_at_end() { Ok(()) } else { Err(self.error("the end")) }
    }
}
