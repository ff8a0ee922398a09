//! PostgreSQL's tokens. Follows `scan.l` with `standard_conforming_strings` on; nothing here can fail.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A name or a keyword without quotes.
    Word,
    /// A name in `"double quotes"`.
    Quoted,
    /// A name in `U&"..."`.
    UnicodeQuoted,
    /// A string in single quotes, over as many lines as it is continued on.
    String,
    /// `E'...'`.
    EscapeString,
    /// `U&'...'`, `B'...'`, `X'...'`, `N'...'`.
    OtherString,
    /// `$tag$...$tag$`.
    DollarString,
    /// A number.
    Number,
    /// `$1`.
    Parameter,
    /// An operator of any length, or a punctuation mark.
    Symbol,
    /// From `--` to the end of the line.
    LineComment,
    /// `/* ... */`, nested ones in it, also one that is not closed.
    BlockComment,
    /// What PostgreSQL does not recognise: an unclosed quote, a number with letters behind it.
    Bad,
}

/// A token and where it stands, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: TokenKind,
    /// Its first byte.
    pub(super) start: usize,
    /// The byte after its last.
    pub(super) end: usize,
}

impl Token {
    /// Its text in the SQL that it was made from.
    pub(super) fn text<'a>(&self, sql: &'a str) -> &'a str {
        sql.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether it is a comment.
    pub(super) fn is_comment(&self) -> bool {
        matches!(self.kind, TokenKind::LineComment | TokenKind::BlockComment)
    }

    /// The name that it stands for, folded as the server folds it; `None` for what is no name.
    pub(super) fn identifier(&self, sql: &str) -> Option<String> {
        match self.kind {
            TokenKind::Word => Some(self.text(sql).to_ascii_lowercase()),
            TokenKind::Quoted => Some(unquote(self.text(sql))),
            _ => None,
        }
    }

    /// Whether it is this word, in any case, without quotes.
    pub(super) fn is_word(&self, sql: &str, word: &str) -> bool {
        self.kind == TokenKind::Word && self.text(sql).eq_ignore_ascii_case(word)
    }

    /// The string that it stands for; `None` where that takes more than unescaping, and for what is no string.
    pub(super) fn string(&self, sql: &str) -> Option<String> {
        let text = self.text(sql);
        match self.kind {
            TokenKind::String => Some(unquote(text)),
            TokenKind::EscapeString => unescape(text.get(1..)?),
            TokenKind::DollarString => {
                let tag = text.get(1..)?.find('$')? + 2;
                text.get(tag..text.len().checked_sub(tag)?).map(str::to_owned)
            }
            _ => None,
        }
    }
}

/// What is inside quotes, a continued string in one; other text as it is.
pub(super) fn unquote(text: &str) -> String {
    let mut letters = text.chars().peekable();
    let Some(quote @ ('"' | '\'')) = letters.next() else { return text.to_owned() };
    let (mut inner, mut open) = (String::with_capacity(text.len()), true);
    while let Some(letter) = letters.next() {
        match (open, letter == quote) {
            (true, true) if letters.peek() == Some(&quote) => {
                letters.next();
                inner.push(quote);
            }
            (true, true) => open = false,
            (true, false) => inner.push(letter),
            (false, true) => open = true,
            (false, false) => {}
        }
    }
    inner
}

/// The value of an `E'...'` without its E, where it has no escapes by number.
fn unescape(text: &str) -> Option<String> {
    let (mut inner, mut open) = (String::with_capacity(text.len()), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match (open, letter) {
            (false, '\'') => open = true,
            (false, _) => {}
            (true, '\'') if letters.peek() == Some(&'\'') => {
                letters.next();
                inner.push('\'');
            }
            (true, '\'') => open = false,
            (true, '\\') => inner.push(match letters.next()? {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\u{8}',
                'f' => '\u{c}',
                '0'..='7' | 'x' | 'u' | 'U' => return None,
                other => other,
            }),
            (true, other) => inner.push(other),
        }
    }
    Some(inner)
}

/// Spaces as PostgreSQL knows them.
pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | 0x09..=0x0d)
}

const fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | 0x80..)
}

const fn is_name_byte(byte: u8) -> bool {
    is_name_start(byte) || byte.is_ascii_digit() || byte == b'$'
}

const fn is_operator_byte(byte: u8) -> bool {
    matches!(
        byte,
        b'+' | b'-'
            | b'*'
            | b'/'
            | b'<'
            | b'>'
            | b'='
            | b'~'
            | b'!'
            | b'@'
            | b'#'
            | b'%'
            | b'^'
            | b'&'
            | b'|'
            | b'`'
            | b'?'
    )
}

/// All tokens of a text, comments included, spaces left out.
pub(super) fn tokens(sql: &str) -> Tokens<'_> {
    Tokens { bytes: sql.as_bytes(), at: 0 }
}

/// All tokens that the grammar sees.
pub(super) fn significant(sql: &str) -> impl Iterator<Item = Token> {
    tokens(sql).filter(|token| !token.is_comment())
}

/// The names and words of a text, as the server takes them.
pub(super) fn identifiers(text: &str) -> impl Iterator<Item = String> {
    significant(text).filter_map(move |token| token.identifier(text))
}

/// The tokens of a text, one after the other.
#[derive(Debug, Clone)]
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.at += run(self.bytes, self.at, is_space);
        let rest = self.bytes.get(self.at..)?;
        let start = self.at;
        let (kind, length) = scan(rest, *rest.first()?);
        self.at = (start + length.max(1)).min(self.bytes.len());
        Some(Token { kind, start, end: self.at })
    }
}

/// The bytes as a C string sees them: zero behind the end.
fn byte(rest: &[u8], at: usize) -> u8 {
    rest.get(at).copied().unwrap_or(0)
}

fn run(rest: &[u8], from: usize, matches: impl Fn(u8) -> bool) -> usize {
    rest.iter().skip(from).take_while(|b| matches(**b)).count()
}

fn scan(rest: &[u8], first: u8) -> (TokenKind, usize) {
    let (second, third) = (byte(rest, 1), byte(rest, 2));
    match first {
        b'-' if second == b'-' => (TokenKind::LineComment, run(rest, 0, |b| !matches!(b, b'\n' | b'\r'))),
        b'/' if second == b'*' => (TokenKind::BlockComment, block_comment(rest)),
        b'\'' => string(rest, 0, false, TokenKind::String),
        b'e' | b'E' if second == b'\'' => string(rest, 1, true, TokenKind::EscapeString),
        b'b' | b'B' | b'x' | b'X' | b'n' | b'N' if second == b'\'' => string(rest, 1, false, TokenKind::OtherString),
        b'u' | b'U' if second == b'&' && third == b'\'' => string(rest, 2, false, TokenKind::OtherString),
        b'u' | b'U' if second == b'&' && third == b'"' => quoted(rest, 2, TokenKind::UnicodeQuoted),
        b'"' => quoted(rest, 0, TokenKind::Quoted),
        b'$' if second.is_ascii_digit() => (TokenKind::Parameter, 1 + run(rest, 1, |b| b.is_ascii_digit())),
        b'$' => dollar(rest),
        b'.' if second.is_ascii_digit() => number(rest),
        b'0'..=b'9' => number(rest),
        b'.' if second == b'.' => (TokenKind::Symbol, 2),
        b':' if matches!(second, b':' | b'=') => (TokenKind::Symbol, 2),
        b',' | b'(' | b')' | b'[' | b']' | b'.' | b';' | b':' => (TokenKind::Symbol, 1),
        _ if is_operator_byte(first) => (TokenKind::Symbol, operator(rest)),
        _ if is_name_start(first) => (TokenKind::Word, run(rest, 0, is_name_byte)),
        _ => (TokenKind::Bad, 1),
    }
}

/// Comments are nested.
fn block_comment(rest: &[u8]) -> usize {
    let (mut at, mut depth) = (2, 1);
    while depth > 0 && at < rest.len() {
        match (byte(rest, at), byte(rest, at + 1)) {
            (b'/', b'*') => (at, depth) = (at + 2, depth + 1),
            (b'*', b'/') => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
    }
    at.min(rest.len())
}

/// A string goes on behind a line break with the next quote.
fn string(rest: &[u8], quote: usize, escapes: bool, kind: TokenKind) -> (TokenKind, usize) {
    let mut at = quote + 1;
    loop {
        match rest.get(at) {
            None => return (TokenKind::Bad, rest.len()),
            Some(b'\\') if escapes => at += 2,
            Some(b'\'') if byte(rest, at + 1) == b'\'' => at += 2,
            Some(b'\'') => {
                let spaces = run(rest, at + 1, is_space);
                let next = at + 1 + spaces;
                let between = rest.get(at + 1..next).unwrap_or_default();
                if byte(rest, next) != b'\'' || !between.iter().any(|b| matches!(b, b'\n' | b'\r')) {
                    return (kind, at + 1);
                }
                at = next + 1;
            }
            Some(_) => at += 1,
        }
    }
}

fn quoted(rest: &[u8], quote: usize, kind: TokenKind) -> (TokenKind, usize) {
    let mut at = quote + 1;
    loop {
        match rest.get(at) {
            None => return (TokenKind::Bad, rest.len()),
            Some(b'"') if byte(rest, at + 1) == b'"' => at += 2,
            Some(b'"') => return (kind, at + 1),
            Some(_) => at += 1,
        }
    }
}

fn dollar(rest: &[u8]) -> (TokenKind, usize) {
    let tag = 1 + run(rest, 1, |b| is_name_byte(b) && b != b'$');
    if byte(rest, tag) != b'$' {
        return (TokenKind::Bad, 1);
    }
    let (open, body) = rest.split_at(tag + 1);
    match body.windows(open.len()).position(|window| window == open) {
        Some(end) => (TokenKind::DollarString, end + 2 * open.len()),
        None => (TokenKind::Bad, rest.len()),
    }
}

fn number(rest: &[u8]) -> (TokenKind, usize) {
    let digits = |from| run(rest, from, |b: u8| b.is_ascii_digit() || b == b'_');
    let mut length;
    let base = byte(rest, 1);
    if byte(rest, 0) == b'0' && matches!(base, b'x' | b'X' | b'o' | b'O' | b'b' | b'B') {
        length = 2 + run(rest, 2, |b| b.is_ascii_hexdigit() || b == b'_');
    } else {
        length = digits(0);
        // `1..10` is two numbers and what stands between the bounds of a loop.
        if byte(rest, length) == b'.' && byte(rest, length + 1) != b'.' {
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

/// An operator ends before a comment, and does not end with a sign unless it has a letter no sign has.
fn operator(rest: &[u8]) -> usize {
    let mut length = run(rest, 0, is_operator_byte);
    let all = rest.get(..length).unwrap_or_default();
    if let Some(comment) = all.windows(2).position(|pair| pair == b"--" || pair == b"/*").filter(|at| *at > 0) {
        length = comment;
    }
    let all = rest.get(..length).unwrap_or_default();
    let special = all.iter().any(|b| matches!(b, b'~' | b'!' | b'@' | b'#' | b'%' | b'^' | b'&' | b'|' | b'`' | b'?'));
    if !special {
        while length > 1 && matches!(byte(rest, length - 1), b'+' | b'-') {
            length -= 1;
        }
    }
    length
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
            Bad, BlockComment, DollarString, EscapeString, LineComment, Number, OtherString, Parameter, Quoted, String,
            Symbol, UnicodeQuoted, Word,
        };
        let cases: &[(&str, &[(TokenKind, &str)])] = &[
            ("a.b", &[(Word, "a"), (Symbol, "."), (Word, "b")]),
            ("\"a\"\"b\"U&\"d\\0061\"", &[(Quoted, "\"a\"\"b\""), (UnicodeQuoted, "U&\"d\\0061\"")]),
            ("'it''s' E'\\'x' B'01'", &[(String, "'it''s'"), (EscapeString, "E'\\'x'"), (OtherString, "B'01'")]),
            ("'a'\n 'b' 'c' 'd'", &[(String, "'a'\n 'b'"), (String, "'c'"), (String, "'d'")]),
            ("$$a'$b$$ $t$ $$ $t$ $1", &[(DollarString, "$$a'$b$$"), (DollarString, "$t$ $$ $t$"), (Parameter, "$1")]),
            (
                "1 1.5 .5 1e-5 0x1F 1..2",
                &[
                    (Number, "1"),
                    (Number, "1.5"),
                    (Number, ".5"),
                    (Number, "1e-5"),
                    (Number, "0x1F"),
                    (Number, "1"),
                    (Symbol, ".."),
                    (Number, "2"),
                ],
            ),
            ("12ab", &[(Bad, "12ab")]),
            ("a->>'x'::text", &[(Word, "a"), (Symbol, "->>"), (String, "'x'"), (Symbol, "::"), (Word, "text")]),
            ("a=-1", &[(Word, "a"), (Symbol, "="), (Symbol, "-"), (Number, "1")]),
            ("a@-1", &[(Word, "a"), (Symbol, "@-"), (Number, "1")]),
            ("a*--b\nc", &[(Word, "a"), (Symbol, "*"), (LineComment, "--b"), (Word, "c")]),
            ("/*a/*b*/c*/x", &[(BlockComment, "/*a/*b*/c*/"), (Word, "x")]),
            ("'open", &[(Bad, "'open")]),
            ("größe", &[(Word, "größe")]),
        ];
        for (sql, expected) in cases {
            assert_eq!(texts(sql), *expected, "{sql}");
        }
    }

    #[test]
    fn strings_have_one_value() {
        for (sql, value) in [
            ("'it''s'", Some("it's")),
            ("'a'\n'b'", Some("ab")),
            ("E'a\\\\b\\n\\''", Some("a\\b\n'")),
            ("E'\\u0061'", None),
            ("$x$it's$x$", Some("it's")),
            ("$$$$", Some("")),
        ] {
            let token = tokens(sql).next();
            assert_eq!(token.and_then(|token| token.string(sql)).as_deref(), value, "{sql}");
        }
    }

    proptest! {
        #[test]
        fn any_text_splits_into_tokens_that_lie_in_it(sql in ".{0,60}") {
            let mut last = 0;
            for token in tokens(&sql) {
                prop_assert!(token.start >= last && token.end > token.start && token.end <= sql.len());
                prop_assert!(sql.get(token.start..token.end).is_some(), "{sql:?} {token:?}");
                let _ = (token.string(&sql), token.identifier(&sql));
                last = token.end;
            }
        }
    }
}
