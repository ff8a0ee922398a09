//! SQL as tokens: comments, spacing, letter case and quoting of names aside.
//!
//! Written apart from the program's own reader, so that one mistake is not made twice.

use std::fmt;

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// The normal form: names and keywords in lower case and without quotes, everything else as it is.
    pub(crate) text: String,
    /// What it is.
    pub(crate) kind: TokenKind,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A keyword or a name without quotes.
    Word,
    /// A name in quotes, or a string in double quotes.
    Quoted,
    /// A string, a blob or a number.
    Literal,
    /// An operator or a parenthesis.
    Mark,
}

impl Token {
    /// Whether it is this keyword.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.kind != TokenKind::Quoted && self.text == word
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The tokens of an SQL text.
pub(crate) fn tokens(sql: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let (length, kind) = match first {
            _ if first.is_whitespace() => (first.len_utf8(), None),
            '-' if rest.starts_with("--") => (rest.find('\n').unwrap_or(rest.len()), None),
            '/' if rest.starts_with("/*") => (rest[2..].find("*/").map_or(rest.len(), |end| end + 4), None),
            '\'' => (quoted(rest, '\''), Some(TokenKind::Literal)),
            '"' | '`' => (quoted(rest, first), Some(TokenKind::Quoted)),
            '[' => (rest.find(']').map_or(rest.len(), |end| end + 1), Some(TokenKind::Quoted)),
            'x' | 'X' if rest[1..].starts_with('\'') => (1 + quoted(&rest[1..], '\''), Some(TokenKind::Literal)),
            '0'..='9' => (number(rest), Some(TokenKind::Literal)),
            '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => (number(rest), Some(TokenKind::Literal)),
            _ if first.is_alphanumeric() || first == '_' || !first.is_ascii() => {
                (span(rest, |c| c.is_alphanumeric() || c == '_' || c == '$' || !c.is_ascii()), Some(TokenKind::Word))
            }
            _ => (operator(rest), Some(TokenKind::Mark)),
        };
        let (token, after) = rest.split_at(length);
        if let Some(kind) = kind {
            found.push(Token { text: normal(token, kind), kind });
        }
        rest = after;
    }
    while found.last().is_some_and(|token| token.is(";")) {
        found.pop();
    }
    found
}

/// The normal form of an SQL text.
pub(crate) fn squash(sql: &str) -> String {
    join(&tokens(sql))
}

/// Tokens as one line.
pub(crate) fn join(tokens: &[Token]) -> String {
    tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Tokens without the parentheses that stand around all of them.
pub(crate) fn without_parentheses(mut tokens: &[Token]) -> &[Token] {
    while let [open, inner @ .., _] = tokens {
        if !open.is("(") || closing(tokens) != Some(tokens.len() - 1) {
            break;
        }
        tokens = inner;
    }
    tokens
}

/// The index of the parenthesis that closes the first one.
pub(crate) fn closing(tokens: &[Token]) -> Option<usize> {
    let mut depth = 0_usize;
    for (i, token) in tokens.iter().enumerate() {
        if token.is("(") {
            depth += 1;
        } else if token.is(")") {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(i);
            }
        }
    }
    None
}

fn quoted(text: &str, quote: char) -> usize {
    let mut marks = text.char_indices().skip(1).filter(|(_, c)| *c == quote);
    while let Some((end, _)) = marks.next() {
        if !text[end + 1..].starts_with(quote) {
            return end + 1;
        }
        marks.next();
    }
    text.len()
}

fn span(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn number(text: &str) -> usize {
    let digits = span(text, |c| c.is_alphanumeric() || c == '.' || c == '_');
    let exponent = text[..digits].ends_with(['e', 'E']) && !text.starts_with("0x");
    match text[digits..].strip_prefix(['+', '-']) {
        Some(after) if exponent => digits + 1 + span(after, |c| c.is_ascii_digit()),
        _ => digits,
    }
}

fn operator(text: &str) -> usize {
    const LONG: [&str; 9] = ["->>", "->", "||", "<<", ">>", "<=", ">=", "<>", "!="];
    if text.starts_with("==") {
        return 2;
    }
    LONG.iter()
        .find(|mark| text.starts_with(**mark))
        .map_or_else(|| text.chars().next().map_or(text.len(), char::len_utf8), |mark| mark.len())
}

fn normal(token: &str, kind: TokenKind) -> String {
    match kind {
        TokenKind::Literal if token.starts_with('\'') => token.to_owned(),
        TokenKind::Word | TokenKind::Literal | TokenKind::Mark => token.to_ascii_lowercase(),
        TokenKind::Quoted => {
            let quote = token.chars().next().unwrap_or('"');
            let close = if quote == '[' { ']' } else { quote };
            let inner = token.strip_prefix(quote).unwrap_or(token);
            let inner = inner.strip_suffix(close).unwrap_or(inner);
            inner.replace(&format!("{quote}{quote}"), &quote.to_string()).to_ascii_lowercase()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_matter_is_aside() {
        assert_eq!(squash("SELECT  \"A\", [b] -- x\n, `c`/* y */ FROM t;"), "select a , b , c from t");
        assert_eq!(squash("'It''s' || X'0A' <= 1.5e3"), "'It''s' || x'0a' <= 1.5e3");
        assert_eq!(squash("\"a\"\"b\""), "a\"b");
        assert_ne!(squash("a = 'B'"), squash("a = 'b'"));
    }

    #[test]
    fn numbers_are_one_token() {
        assert_eq!(squash("1e-3+.5-0x1F, 2E+10 - 1"), "1e-3 + .5 - 0x1f , 2e+10 - 1");
    }

    #[test]
    fn parentheses_around_everything_go() {
        assert_eq!(join(without_parentheses(&tokens("((a) + (b))"))), "( a ) + ( b )");
        assert_eq!(join(without_parentheses(&tokens("(a) + (b)"))), "( a ) + ( b )");
    }
}
