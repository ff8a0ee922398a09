//! TOML values as people would write them: the quoting that reads best and gives the same bytes back.

use std::fmt::Write as _;

/// A value to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A string.
    Text(String),
    /// A number, with its digits.
    Number(String),
    /// True or false.
    Bool(bool),
    /// An array on one line.
    List(Vec<Value>),
    /// An inline table.
    Table(Pairs),
}

/// Keys with their values, in the order in which they are written.
pub type Pairs = Vec<(String, Value)>;

/// One key with its value.
pub(crate) fn pair(key: &str, value: Value) -> (String, Value) {
    (key.to_owned(), value)
}

impl Value {
    /// A string.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The value as TOML.
    pub fn render(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Text(text) => quote_text(text, out),
            Self::Number(digits) => out.push_str(digits),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::List(values) => {
                out.push('[');
                for (i, value) in values.iter().enumerate() {
                    if i > 0 {
                        out.push_str(", ");
                    }
                    value.write(out);
                }
                out.push(']');
            }
            Self::Table(pairs) if pairs.is_empty() => out.push_str("{}"),
            Self::Table(pairs) => {
                for (i, (key, value)) in pairs.iter().enumerate() {
                    out.push_str(if i > 0 { ", " } else { "{ " });
                    out.push_str(&quote_key(key));
                    out.push_str(" = ");
                    value.write(out);
                }
                out.push_str(" }");
            }
        }
    }
}

/// A key: bare where TOML lets it be.
pub fn quote_key(key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if bare {
        return key.to_owned();
    }
    let mut out = String::with_capacity(key.len() + 2);
    if (key.contains('"') || key.contains('\\')) && fits_literal(key) {
        let _ = write!(out, "'{key}'");
    } else {
        quote_basic(key, &mut out);
    }
    out
}

/// A path of keys as it stands between the brackets of a header.
pub fn quote_path<T: AsRef<str>>(path: &[T]) -> String {
    path.iter().map(|key| quote_key(key.as_ref())).collect::<Vec<_>>().join(".")
}

fn quote_text(text: &str, out: &mut String) {
    let has_escapable = text.contains('"') || text.contains('\\');
    if text.contains('\n') && text.chars().any(|c| c != '\n') {
        quote_lines(text, out);
    } else if has_escapable && fits_literal(text) {
        let _ = write!(out, "'{text}'");
    } else if has_escapable && !text.chars().any(is_control) && !text.contains("'''") && !text.ends_with('\'') {
        let _ = write!(out, "'''{text}'''");
    } else {
        quote_basic(text, out);
    }
}

fn fits_literal(text: &str) -> bool {
    !text.chars().any(|c| c == '\'' || is_control(c))
}

/// What a string may not hold as it is, and the tab, which nobody would see.
fn is_control(c: char) -> bool {
    c < ' ' || c == '\u{7f}'
}

fn quote_basic(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c => push_escaped(c, out),
        }
    }
    out.push('"');
}

fn push_escaped(c: char, out: &mut String) {
    match c {
        '\\' => out.push_str("\\\\"),
        '\r' => out.push_str("\\r"),
        c if is_control(c) => {
            let _ = write!(out, "\\u{:04X}", u32::from(c));
        }
        c => out.push(c),
    }
}

/// A string of several lines. The newline behind the opening quotes is not part of it.
fn quote_lines(text: &str, out: &mut String) {
    let needs_escapes = text.chars().any(|c| is_control(c) && c != '\n' && c != '\t');
    let fits_literal = !needs_escapes && !text.contains("'''") && !text.ends_with('\'');
    let has_escapable = text.contains('\\') || text.contains("\"\"\"") || text.ends_with('"');
    if has_escapable && fits_literal {
        let _ = write!(out, "'''\n{text}'''");
        return;
    }
    out.push_str("\"\"\"\n");
    let mut quotes = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                quotes += 1;
                if quotes == 3 || chars.peek().is_none() {
                    out.push('\\');
                    quotes = 0;
                }
                out.push('"');
                continue;
            }
            '\n' | '\t' => out.push(c),
            c => push_escaped(c, out),
        }
        quotes = 0;
    }
    out.push_str("\"\"\"");
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(rendered: &str) -> String {
        let table: toml::Table = toml::from_str(&format!("v = {rendered}\n")).unwrap();
        table["v"].as_str().unwrap().to_owned()
    }

    #[test]
    fn picks_the_quotes_that_read_best() {
        for (text, written) in [
            ("total >= 0", "\"total >= 0\""),
            ("\"foo bar\" desc", "'\"foo bar\" desc'"),
            ("'x' = \"a\"", "''''x' = \"a\"'''"),
            ("it's", "\"it's\""),
            ("a\tb", "\"a\\tb\""),
            ("select 1\nfrom t\n", "\"\"\"\nselect 1\nfrom t\n\"\"\""),
            ("a\nb \\ c", "'''\na\nb \\ c'''"),
            ("\n", "\"\\n\""),
            ("a\r\nb", "\"\"\"\na\\r\nb\"\"\""),
        ] {
            assert_eq!(Value::text(text).render(), written);
        }
        assert_eq!(quote_path(&["table", "a.b", "c\"d", "é"]), "table.\"a.b\".'c\"d'.\"é\"");
    }

    proptest! {
        #[test]
        fn every_string_survives(text in "[a'\"\\\\\n\r\t \u{1}\u{7f}é😀#]{0,24}") {
            prop_assert_eq!(read(&Value::text(text.clone()).render()), text.clone());
            let table: toml::Table = toml::from_str(&format!("{} = 1\n", quote_key(&text))).unwrap();
            prop_assert!(table.contains_key(&text));
        }
    }
}
