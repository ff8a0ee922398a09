//! SQLite's tokens. Follows `sqlite3GetToken` byte for byte; nothing here can fail.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A name or a keyword without quotes.
    Word,
    /// A name in `"double quotes"`, which SQLite takes for a string where no such name is known.
    DoubleQuoted,
    /// A name in `[brackets]` or `` `backticks` ``, which is never anything else.
    Quoted,
    /// A string in single quotes.
    String,
    /// `x'00ff'`.
    Blob,
    /// A number, with its digit separators.
    Number,
    /// `?1`, `:a`, `@a`, `$a`.
    Variable,
    /// An operator or a punctuation mark.
    Symbol,
    /// From `--` to the end of the line.
    LineComment,
    /// `/* ... */`, also one that is not closed.
    BlockComment,
    /// What SQLite does not recognise: an unclosed quote, a number with letters behind it.
    Bad,
}

/// A token and where it stands, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

impl Token {
    /// Its text in the SQL that it was made from.
    pub fn text<'a>(&self, sql: &'a str) -> &'a str {
        sql.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether it is a comment.
    pub fn is_comment(&self) -> bool {
        matches!(self.kind, TokenKind::LineComment | TokenKind::BlockComment)
    }

    /// The name that it stands for, with its quotes resolved; `None` for what is no identifier.
    pub fn identifier(&self, sql: &str) -> Option<String> {
        match self.kind {
            TokenKind::Word => Some(self.text(sql).to_owned()),
            TokenKind::DoubleQuoted | TokenKind::Quoted => Some(unquote(self.text(sql))),
            _ => None,
        }
    }
}

/// The text inside quotes of any of the four styles; other text as it is.
///
/// As SQLite's own `sqlite3Dequote`, it ends at the closing quote and drops what follows.
pub fn unquote(text: &str) -> String {
    let mut chars = text.chars();
    let close = match chars.next() {
        Some('[') => ']',
        Some(quote @ ('"' | '`' | '\'')) => quote,
        _ => return text.to_owned(),
    };
    let mut inner = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        if c == close && (close == ']' || chars.next() != Some(close)) {
            break;
        }
        inner.push(c);
    }
    inner
}

/// Spaces as SQLite knows them.
pub const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | 0x09..=0x0d)
}

/// The text without SQLite's spaces around it.
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| u8::try_from(c).is_ok_and(is_space))
}

/// Whether a byte may stand inside an unquoted name.
pub const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | 0x80..)
}

/// All tokens of a text, comments included, spaces left out.
pub fn tokens(sql: &str) -> Tokens<'_> {
    Tokens { bytes: sql.as_bytes(), at: 0 }
}

/// All tokens that the grammar sees.
pub fn significant(sql: &str) -> impl Iterator<Item = Token> {
    tokens(sql).filter(|token| !token.is_comment())
}

/// The tokens of a text, one after the other.
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let rest = self.bytes.get(self.at..)?;
            let first = *rest.first()?;
            let start = self.at;
            let space = space_length(rest, first);
            if space > 0 {
                self.at += space;
                continue;
            }
            let (kind, length) = scan(rest, first);
            self.at += length.max(1);
            return Some(Token { kind, start, end: self.at });
        }
    }
}

/// The bytes as a C string sees them: zero behind the end.
fn byte(rest: &[u8], at: usize) -> u8 {
    rest.get(at).copied().unwrap_or(0)
}

fn run(rest: &[u8], from: usize, matches: impl Fn(u8) -> bool) -> usize {
    rest.iter().skip(from).take_while(|b| matches(**b)).count()
}

fn space_length(rest: &[u8], first: u8) -> usize {
    match first {
        // A vertical tab continues spaces but does not begin them.
        b' ' | b'\t' | b'\n' | 0x0c | b'\r' => run(rest, 0, is_space),
        0xef if byte(rest, 1) == 0xbb && byte(rest, 2) == 0xbf => 3,
        _ => 0,
    }
}

fn scan(rest: &[u8], first: u8) -> (TokenKind, usize) {
    let (second, third) = (byte(rest, 1), byte(rest, 2));
    let symbol = |length| (TokenKind::Symbol, length);
    match first {
        b'-' if second == b'-' => (TokenKind::LineComment, run(rest, 0, |b| b != b'\n' && b != 0)),
        b'-' if second == b'>' => symbol(if third == b'>' { 3 } else { 2 }),
        b'/' if second == b'*' && third != 0 => (TokenKind::BlockComment, block_comment(rest)),
        b'=' => symbol(if second == b'=' { 2 } else { 1 }),
        b'<' => symbol(if matches!(second, b'=' | b'>' | b'<') { 2 } else { 1 }),
        b'>' => symbol(if matches!(second, b'=' | b'>') { 2 } else { 1 }),
        b'!' if second == b'=' => symbol(2),
        b'|' => symbol(if second == b'|' { 2 } else { 1 }),
        b'-' | b'/' | b'(' | b')' | b';' | b'+' | b'*' | b'%' | b',' | b'&' | b'~' => symbol(1),
        b'\'' | b'"' | b'`' => quoted(rest, first),
        b'[' => match rest.iter().position(|b| *b == b']') {
            Some(close) => (TokenKind::Quoted, close + 1),
            None => (TokenKind::Bad, rest.len()),
        },
        b'.' if !second.is_ascii_digit() => symbol(1),
        b'.' | b'0'..=b'9' => number(rest),
        b'?' => (TokenKind::Variable, 1 + run(rest, 1, |b| b.is_ascii_digit())),
        b'$' | b'@' | b':' | b'#' => variable(rest),
        b'x' | b'X' if second == b'\'' => blob(rest),
        b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => (TokenKind::Word, run(rest, 0, is_name_byte)),
        _ => (TokenKind::Bad, 1),
    }
}

fn block_comment(rest: &[u8]) -> usize {
    let body = rest.get(2..).unwrap_or_default();
    body.windows(2).position(|pair| pair == b"*/").map_or(rest.len(), |end| end + 4)
}

fn quoted(rest: &[u8], quote: u8) -> (TokenKind, usize) {
    let mut at = 1;
    loop {
        match rest.get(at) {
            None => return (TokenKind::Bad, rest.len()),
            Some(b) if *b == quote && byte(rest, at + 1) == quote => at += 2,
            Some(b) if *b == quote => break,
            Some(_) => at += 1,
        }
    }
    let kind = match quote {
        b'\'' => TokenKind::String,
        b'"' => TokenKind::DoubleQuoted,
        _ => TokenKind::Quoted,
    };
    (kind, at + 1)
}

fn number(rest: &[u8]) -> (TokenKind, usize) {
    let digits = |from| run(rest, from, |b: u8| b.is_ascii_digit() || b == b'_');
    let mut length;
    if byte(rest, 0) == b'0' && matches!(byte(rest, 1), b'x' | b'X') && byte(rest, 2).is_ascii_hexdigit() {
        length = 3 + run(rest, 3, |b| b.is_ascii_hexdigit() || b == b'_');
    } else {
        length = digits(0);
        if byte(rest, length) == b'.' {
            length += 1;
            length += digits(length);
        }
        let (next, after) = (byte(rest, length + 1), byte(rest, length + 2));
        if matches!(byte(rest, length), b'e' | b'E')
            && (next.is_ascii_digit() || (matches!(next, b'+' | b'-') && after.is_ascii_digit()))
        {
            length += 2;
            length += digits(length);
        }
    }
    let letters = run(rest, length, is_name_byte);
    (if letters > 0 { TokenKind::Bad } else { TokenKind::Number }, length + letters)
}

fn variable(rest: &[u8]) -> (TokenKind, usize) {
    let (mut at, mut names) = (1, 0);
    loop {
        let b = byte(rest, at);
        if b == 0 {
            break;
        } else if is_name_byte(b) {
            names += 1;
            at += 1;
        } else if b == b'(' && names > 0 {
            at += 1 + run(rest, at + 1, |b| b != 0 && !is_space(b) && b != b')');
            if byte(rest, at) != b')' {
                return (TokenKind::Bad, at);
            }
            at += 1;
            break;
        } else if b == b':' && byte(rest, at + 1) == b':' {
            at += 2;
        } else {
            break;
        }
    }
    (if names == 0 { TokenKind::Bad } else { TokenKind::Variable }, at)
}

fn blob(rest: &[u8]) -> (TokenKind, usize) {
    let digits = run(rest, 2, |b| b.is_ascii_hexdigit());
    let mut end = 2 + digits;
    let good = byte(rest, end) == b'\'' && digits % 2 == 0;
    if !good {
        end += run(rest, end, |b| b != b'\'' && b != 0);
    }
    let closed = usize::from(byte(rest, end) == b'\'');
    (if good { TokenKind::Blob } else { TokenKind::Bad }, end + closed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(sql: &str) -> Vec<(TokenKind, &str)> {
        tokens(sql).map(|token| (token.kind, token.text(sql))).collect()
    }

    #[test]
    fn every_kind_of_token() {
        use TokenKind::{
            Bad, Blob, BlockComment, DoubleQuoted, LineComment, Number, Quoted, String, Symbol, Variable, Word,
        };
        let cases: &[(&str, &[(TokenKind, &str)])] = &[
            ("a.b", &[(Word, "a"), (Symbol, "."), (Word, "b")]),
            ("\"a\"\"b\"[c d]`e`", &[(DoubleQuoted, "\"a\"\"b\""), (Quoted, "[c d]"), (Quoted, "`e`")]),
            ("'it''s' x'00Ff'", &[(String, "'it''s'"), (Blob, "x'00Ff'")]),
            ("x'0' x'zz'", &[(Bad, "x'0'"), (Bad, "x'zz'")]),
            (
                "1 1.5 .5 1. 1e5 1E-5 0x1F 1_000",
                &[
                    (Number, "1"),
                    (Number, "1.5"),
                    (Number, ".5"),
                    (Number, "1."),
                    (Number, "1e5"),
                    (Number, "1E-5"),
                    (Number, "0x1F"),
                    (Number, "1_000"),
                ],
            ),
            ("12ab 1e", &[(Bad, "12ab"), (Bad, "1e")]),
            ("a->>'$.x'->b", &[(Word, "a"), (Symbol, "->>"), (String, "'$.x'"), (Symbol, "->"), (Word, "b")]),
            (
                "a--b\nc/*d*/e/*f",
                &[
                    (Word, "a"),
                    (LineComment, "--b"),
                    (Word, "c"),
                    (BlockComment, "/*d*/"),
                    (Word, "e"),
                    (BlockComment, "/*f"),
                ],
            ),
            ("/**/x", &[(BlockComment, "/**/"), (Word, "x")]),
            ("?1 :a @b $c::d(e)", &[(Variable, "?1"), (Variable, ":a"), (Variable, "@b"), (Variable, "$c::d(e)")]),
            (
                "a<>b!=c==d<<e||f",
                &[
                    (Word, "a"),
                    (Symbol, "<>"),
                    (Word, "b"),
                    (Symbol, "!="),
                    (Word, "c"),
                    (Symbol, "=="),
                    (Word, "d"),
                    (Symbol, "<<"),
                    (Word, "e"),
                    (Symbol, "||"),
                    (Word, "f"),
                ],
            ),
            ("'open", &[(Bad, "'open")]),
            ("\u{feff}größe ^", &[(Word, "größe"), (Bad, "^")]),
        ];
        for (sql, expected) in cases {
            assert_eq!(texts(sql), *expected, "{sql}");
        }
    }

    #[test]
    fn quotes_are_resolved_as_sqlite_does() {
        for (quoted, plain) in
            [("\"a\"\"b\"", "a\"b"), ("[a]", "a"), ("`a``b`", "a`b"), ("'it''s'", "it's"), ("a", "a")]
        {
            assert_eq!(unquote(quoted), plain);
        }
    }

    proptest! {
        #[test]
        fn any_text_splits_into_tokens_that_lie_in_it(sql in ".{0,60}") {
            let mut last = 0;
            for token in tokens(&sql) {
                prop_assert!(token.start >= last && token.end > token.start && token.end <= sql.len());
                prop_assert!(sql.get(token.start..token.end).is_some(), "{sql:?} {token:?}");
                last = token.end;
            }
        }
    }
}
