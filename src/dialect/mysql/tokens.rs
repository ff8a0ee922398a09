//! The tokens of MySQL and MariaDB under a `sql_mode` without `ANSI_QUOTES` and `NO_BACKSLASH_ESCAPES`. Nothing can fail.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A name or a keyword without quotes.
    Word,
    /// A name in backticks, which is never a keyword.
    Quoted,
    /// A string in single or double quotes.
    String,
    /// The charset of the string behind it: `_utf8mb4`, or `N` right before the quote.
    Introducer,
    /// `x'00ff'`, `0x00ff`, `b'01'` or `0b01`.
    Bits,
    /// A number.
    Number,
    /// `@a`, `@@session.a`, `` @`a` ``, `?`.
    Variable,
    /// An operator or a punctuation mark.
    Symbol,
    /// `-- ` or `#` to the end of the line.
    LineComment,
    /// `/* ... */`, also one that is not closed.
    BlockComment,
    /// `/*!50100` or `/*M!100600`, behind which stands code until the `*/`.
    VersionOpen,
    /// The `*/` of such code.
    VersionClose,
    /// What is not recognised: an unclosed quote, a control character.
    Bad,
}

/// A token and where it stands, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

impl Token {
    /// Its text in the SQL that it was made from.
    pub(super) fn text<'a>(&self, sql: &'a str) -> &'a str {
        sql.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether the grammar does not see it. What stands in a versioned comment is seen, its marks are not.
    pub(super) fn is_comment(&self) -> bool {
        matches!(
            self.kind,
            TokenKind::LineComment | TokenKind::BlockComment | TokenKind::VersionOpen | TokenKind::VersionClose
        )
    }

    /// Whether it is this keyword, in any case of letters and without backticks.
    pub(super) fn is_word(&self, sql: &str, word: &str) -> bool {
        self.kind == TokenKind::Word && self.text(sql).eq_ignore_ascii_case(word)
    }

    /// Whether it is this operator or mark.
    pub(super) fn is_symbol(&self, sql: &str, symbol: &str) -> bool {
        self.kind == TokenKind::Symbol && self.text(sql) == symbol
    }

    /// The name that it stands for; `None` for what is no identifier.
    pub(super) fn identifier(&self, sql: &str) -> Option<String> {
        match self.kind {
            TokenKind::Word => Some(self.text(sql).to_owned()),
            TokenKind::Quoted => Some(unquote(self.text(sql))),
            _ => None,
        }
    }

    /// The text of a string; `None` for anything else.
    pub(super) fn string(&self, sql: &str) -> Option<String> {
        (self.kind == TokenKind::String).then(|| unquote(self.text(sql)))
    }
}

/// The text inside quotes of any of the three styles; other text as it is. Backslashes count in strings only.
pub(super) fn unquote(text: &str) -> String {
    let mut chars = text.chars();
    let Some(quote @ ('"' | '`' | '\'')) = chars.next() else { return text.to_owned() };
    let mut inner = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        if c == quote {
            if chars.next() != Some(quote) {
                break;
            }
            inner.push(quote);
        } else if c == '\\' && quote != '`' {
            match chars.next() {
                Some('0') => inner.push('\0'),
                Some('b') => inner.push('\u{8}'),
                Some('n') => inner.push('\n'),
                Some('r') => inner.push('\r'),
                Some('t') => inner.push('\t'),
                Some('Z') => inner.push('\u{1a}'),
                // Kept with their backslash, for LIKE.
                Some(wild @ ('%' | '_')) => inner.extend(['\\', wild]),
                Some(other) => inner.push(other),
                None => break,
            }
        } else {
            inner.push(c);
        }
    }
    inner
}

/// Spaces as the server knows them.
pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | 0x09..=0x0d)
}

/// Whether a byte may stand inside an unquoted name.
pub(super) const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | 0x80..)
}

/// All tokens of a text, comments included, spaces left out.
pub(super) fn tokens(sql: &str) -> Tokens<'_> {
    Tokens { bytes: sql.as_bytes(), at: 0, versioned: 0, after_dot: false }
}

/// All tokens that the grammar sees.
pub(super) fn significant(sql: &str) -> impl Iterator<Item = Token> {
    tokens(sql).filter(|token| !token.is_comment())
}

/// The tokens of a text, one after the other.
#[derive(Debug, Clone)]
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
    /// How many versioned comments are open.
    versioned: usize,
    /// Whether a name must follow: `t.1st`.
    after_dot: bool,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.at += run(self.bytes.get(self.at..)?, 0, is_space);
        let rest = self.bytes.get(self.at..)?;
        let first = *rest.first()?;
        let start = self.at;
        let (kind, length) = if self.versioned > 0 && rest.starts_with(b"*/") {
            (TokenKind::VersionClose, 2)
        } else if self.after_dot && is_name_byte(first) {
            (TokenKind::Word, run(rest, 0, is_name_byte))
        } else {
            // `t.5` is a name behind a name, not the number .5.
            let behind_name = start > 0 && self.bytes.get(start - 1).is_some_and(|b| is_name_byte(*b) || *b == b'`');
            scan(rest, first, behind_name)
        };
        match kind {
            TokenKind::VersionOpen => self.versioned += 1,
            TokenKind::VersionClose => self.versioned -= 1,
            _ => self.after_dot = kind == TokenKind::Symbol && first == b'.',
        }
        self.at += length.max(1);
        Some(Token { kind, start, end: self.at })
    }
}

/// The byte there; zero behind the end.
fn byte(rest: &[u8], at: usize) -> u8 {
    rest.get(at).copied().unwrap_or(0)
}

fn run(rest: &[u8], from: usize, matches: impl Fn(u8) -> bool) -> usize {
    rest.iter().skip(from).take_while(|b| matches(**b)).count()
}

/// The longest first.
const SYMBOLS: [&str; 14] = ["<=>", "->>", "->", ":=", "||", "&&", "<=", ">=", "<>", "!=", "<<", ">>", "..", "=>"];

fn scan(rest: &[u8], first: u8, behind_name: bool) -> (TokenKind, usize) {
    let second = byte(rest, 1);
    let line = || (TokenKind::LineComment, run(rest, 0, |b| b != b'\n'));
    match first {
        b'#' => line(),
        // Two minus signs begin a comment only before a space or a control character.
        b'-' if second == b'-' && byte(rest, 2) <= b' ' => line(),
        b'/' if second == b'*' => comment(rest),
        b'\'' | b'"' | b'`' => quoted(rest, first),
        b'@' => variable(rest),
        b'?' => (TokenKind::Variable, 1),
        b'.' if second.is_ascii_digit() && !behind_name => number(rest),
        b'0'..=b'9' => number(rest),
        b'x' | b'X' | b'b' | b'B' if second == b'\'' => bits(rest, first),
        b'n' | b'N' if second == b'\'' => (TokenKind::Introducer, 1),
        _ if is_name_byte(first) => word(rest, first),
        b'-' | b'/' | b'(' | b')' | b';' | b'+' | b'*' | b'%' | b',' | b'&' | b'|' | b'~' | b'^' | b'!' | b'='
        | b'<' | b'>' | b':' | b'.' | b'{' | b'}' => {
            let long = SYMBOLS.iter().find(|symbol| rest.starts_with(symbol.as_bytes()));
            (TokenKind::Symbol, long.map_or(1, |symbol| symbol.len()))
        }
        _ => (TokenKind::Bad, 1),
    }
}

fn comment(rest: &[u8]) -> (TokenKind, usize) {
    let mark = match (byte(rest, 2), byte(rest, 3)) {
        (b'!', _) => 3,
        (b'M', b'!') => 4,
        _ => {
            let body = rest.get(2..).unwrap_or_default();
            let end = body.windows(2).position(|pair| pair == b"*/").map_or(rest.len(), |end| end + 4);
            return (TokenKind::BlockComment, end);
        }
    };
    // Five or six digits; fewer belong to the code.
    let digits = run(rest, mark, |b| b.is_ascii_digit()).min(6);
    (TokenKind::VersionOpen, if digits >= 5 { mark + digits } else { mark })
}

fn quoted(rest: &[u8], quote: u8) -> (TokenKind, usize) {
    let mut at = 1;
    loop {
        match rest.get(at) {
            None => return (TokenKind::Bad, rest.len()),
            Some(b'\\') if quote != b'`' => at += 2,
            Some(b) if *b == quote && byte(rest, at + 1) == quote => at += 2,
            Some(b) if *b == quote => break,
            Some(_) => at += 1,
        }
    }
    (if quote == b'`' { TokenKind::Quoted } else { TokenKind::String }, at + 1)
}

fn word(rest: &[u8], first: u8) -> (TokenKind, usize) {
    let length = run(rest, 0, is_name_byte);
    // Before a string, with or without a space, `_latin1` is its charset; so it is before 0x and x''.
    let next = length + run(rest, length, is_space);
    let bits = match byte(rest, next) {
        b'0' => byte(rest, next + 1) == b'x' || byte(rest, next + 1) == b'b',
        b'x' | b'X' | b'b' | b'B' => byte(rest, next + 1) == b'\'',
        _ => false,
    };
    let introduces = first == b'_' && length > 1 && (matches!(byte(rest, next), b'\'' | b'"') || bits);
    (if introduces { TokenKind::Introducer } else { TokenKind::Word }, length)
}

fn number(rest: &[u8]) -> (TokenKind, usize) {
    let name = run(rest, 0, is_name_byte);
    for (mark, digit) in [(b'x', u8::is_ascii_hexdigit as fn(&u8) -> bool), (b'b', |b| matches!(b, b'0' | b'1'))] {
        // 0X1 and 0B1 are names.
        if byte(rest, 0) == b'0' && byte(rest, 1) == mark && name > 2 {
            let all = rest.get(2..name).is_some_and(|digits| digits.iter().all(digit));
            return (if all { TokenKind::Bits } else { TokenKind::Word }, name);
        }
    }
    let digits = |from| run(rest, from, |b| b.is_ascii_digit());
    let mut length = digits(0);
    if byte(rest, length) == b'.' {
        length += 1 + digits(length + 1);
    }
    let sign = usize::from(matches!(byte(rest, length + 1), b'+' | b'-'));
    if matches!(byte(rest, length), b'e' | b'E') && byte(rest, length + 1 + sign).is_ascii_digit() {
        length += 1 + sign;
        length += digits(length);
    }
    // A name may begin with digits: `2nd`, `1e5x`.
    if name > length { (TokenKind::Word, name) } else { (TokenKind::Number, length) }
}

fn variable(rest: &[u8]) -> (TokenKind, usize) {
    let signs = run(rest, 0, |b| b == b'@').min(2);
    match byte(rest, signs) {
        quote @ (b'`' | b'\'' | b'"') => match quoted(rest.get(signs..).unwrap_or_default(), quote) {
            (TokenKind::Bad, length) => (TokenKind::Bad, signs + length),
            (_, length) => (TokenKind::Variable, signs + length),
        },
        // Also `user@host`, whose @ stands alone before a space.
        _ => (TokenKind::Variable, signs + run(rest, signs, |b| is_name_byte(b) || b == b'.')),
    }
}

fn bits(rest: &[u8], first: u8) -> (TokenKind, usize) {
    let hex = matches!(first, b'x' | b'X');
    let digits = run(rest, 2, |b| if hex { b.is_ascii_hexdigit() } else { matches!(b, b'0' | b'1') });
    let good = byte(rest, 2 + digits) == b'\'' && (!hex || digits % 2 == 0);
    if good {
        return (TokenKind::Bits, digits + 3);
    }
    let closed = rest.iter().skip(2).position(|b| *b == b'\'').map_or(rest.len(), |at| at + 3);
    (TokenKind::Bad, closed)
}

#[cfg(test)]
mod tests {
    use super::TokenKind::{
        Bits, BlockComment, Introducer, LineComment, Number, Quoted, String, Symbol, Variable, VersionClose,
        VersionOpen, Word,
    };
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_kind_of_token() {
        let cases: &[(&str, &[(TokenKind, &str)])] = &[
            ("a.`b``c`", &[(Word, "a"), (Symbol, "."), (Quoted, "`b``c`")]),
            ("t.1st t.5", &[(Word, "t"), (Symbol, "."), (Word, "1st"), (Word, "t"), (Symbol, "."), (Word, "5")]),
            ("'it''s' 'a\\'b' \"x\"\"y\"", &[(String, "'it''s'"), (String, "'a\\'b'"), (String, "\"x\"\"y\"")]),
            (
                "_utf8mb4'x' _latin1 0xff N'y'",
                &[
                    (Introducer, "_utf8mb4"),
                    (String, "'x'"),
                    (Introducer, "_latin1"),
                    (Bits, "0xff"),
                    (Introducer, "N"),
                    (String, "'y'"),
                ],
            ),
            ("x'00' b'01' 0b1 0X1", &[(Bits, "x'00'"), (Bits, "b'01'"), (Bits, "0b1"), (Word, "0X1")]),
            ("1 .5 1.5e-3 2nd 1e", &[(Number, "1"), (Number, ".5"), (Number, "1.5e-3"), (Word, "2nd"), (Word, "1e")]),
            ("a->>'$.x'<=>b", &[(Word, "a"), (Symbol, "->>"), (String, "'$.x'"), (Symbol, "<=>"), (Word, "b")]),
            (
                "5--1 -- no\n#c",
                &[
                    (Number, "5"),
                    (Symbol, "-"),
                    (Symbol, "-"),
                    (Number, "1"),
                    (LineComment, "-- no"),
                    (LineComment, "#c"),
                ],
            ),
            (
                "/*a*/ /*!50100 b */ /*M!100600 c*/ *",
                &[
                    (BlockComment, "/*a*/"),
                    (VersionOpen, "/*!50100"),
                    (Word, "b"),
                    (VersionClose, "*/"),
                    (VersionOpen, "/*M!100600"),
                    (Word, "c"),
                    (VersionClose, "*/"),
                    (Symbol, "*"),
                ],
            ),
            ("@a @@b.c := @`d`", &[(Variable, "@a"), (Variable, "@@b.c"), (Symbol, ":="), (Variable, "@`d`")]),
        ];
        for (sql, expected) in cases {
            let found: Vec<_> = tokens(sql).map(|token| (token.kind, token.text(sql))).collect();
            assert_eq!(found, *expected, "{sql}");
        }
    }

    #[test]
    fn quotes_are_resolved() {
        for (quoted, plain) in [
            ("`a``b\\`", "a`b\\"),
            ("'a\\'b\\\\'", "a'b\\"),
            ("'a\\n\\q\\%'", "a\nq\\%"),
            ("\"it's\"", "it's"),
            ("a", "a"),
        ] {
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
