//! Names inside keys and strings: a plain word is the name, anything else stands in SQL's double quotes.

use crate::catalog::{Action, Nulls, Order};

/// Why a string is not what it should be.
type Reason = String;

/// A name with the schema before it, if one is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Qualified {
    pub(super) schema: Option<String>,
    pub(super) name: String,
}

/// What `references` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) table: Qualified,
    /// None means the primary key of the table.
    pub(super) columns: Vec<String>,
}

/// What a string in `columns` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PartText {
    pub(super) name: String,
    pub(super) order: Order,
    pub(super) nulls: Option<Nulls>,
}

/// What a string in `events` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum EventText {
    Insert,
    Update(Vec<String>),
    Delete,
    Truncate,
}

/// The key of an object that lives in a schema: split at dots outside double quotes and before the
/// first parenthesis. What else stands in it is the name, letter for letter.
pub(super) fn key(text: &str) -> Result<Qualified, Reason> {
    let mut parts = vec![];
    let mut rest = text;
    loop {
        if rest.starts_with('"') {
            let (mut name, after) = unquoted(rest)?;
            // The types of a routine may stand behind the quotes.
            let is_signed = after.starts_with('(') && after.ends_with(')');
            if is_signed {
                name.push_str(after);
            }
            parts.push(name);
            match after.strip_prefix('.') {
                Some(next) => rest = next,
                None if after.is_empty() || is_signed => break,
                None => return Err(format!("after the closing quote stands `{after}`, where only a dot may")),
            }
        } else {
            let end = rest.find('(').unwrap_or(rest.len());
            if let Some((name, _)) = rest.get(..end).and_then(|head| head.split_once('.')) {
                parts.push(name.to_owned());
                rest = rest.get(name.len() + 1..).unwrap_or_default();
            } else {
                parts.push(rest.to_owned());
                break;
            }
        }
    }
    qualified_of(parts)
}

/// One name and nothing else.
pub(super) fn name(text: &str) -> Result<String, Reason> {
    let mut reader = Reader { rest: text };
    let name = reader.name()?;
    reader.end()?;
    Ok(name)
}

/// One name that may have a schema.
pub(super) fn qualified(text: &str) -> Result<Qualified, Reason> {
    let mut reader = Reader { rest: text };
    let name = reader.qualified()?;
    reader.end()?;
    Ok(name)
}

/// One name that may have a schema, and the types behind it where they are written: `billing.area(numeric)`.
pub(super) fn signed(text: &str) -> Result<(Qualified, Option<&str>), Reason> {
    let mut reader = Reader { rest: text };
    let name = reader.qualified()?;
    reader.skip_space();
    match reader.rest.strip_prefix('(').and_then(|rest| rest.trim_end().strip_suffix(')')) {
        Some(types) => Ok((name, Some(types))),
        None => reader.end().map(|()| (name, None)),
    }
}

/// `customer`, `customer(id)`, `billing.invoice(a, b)`.
pub(super) fn reference(text: &str) -> Result<Reference, Reason> {
    let mut reader = Reader { rest: text };
    let table = reader.qualified()?;
    let mut columns = Vec::new();
    if reader.takes("(") {
        loop {
            columns.push(reader.name()?);
            if !reader.takes(",") {
                break;
            }
        }
        if !reader.takes(")") {
            return Err("the closing parenthesis is missing".to_owned());
        }
    }
    reader.end()?;
    Ok(Reference { table, columns })
}

/// `invoice.number`, `billing.invoice.number`: read from the right.
pub(super) fn column_of(text: &str) -> Result<(Qualified, String), Reason> {
    let mut reader = Reader { rest: text };
    let mut parts = vec![reader.name()?];
    while reader.takes(".") {
        parts.push(reader.name()?);
    }
    reader.end()?;
    let column = parts.pop().unwrap_or_default();
    if parts.is_empty() {
        return Err("the table is missing: a column is written `table.column`".to_owned());
    }
    Ok((qualified_of(parts)?, column))
}

/// What a foreign key does, the columns behind it aside; nothing where the text says no such thing.
pub(super) fn action(text: &str) -> Option<Action> {
    Action::from_words(text.split_once('(').map_or(text, |(words, _)| words))
}

/// The columns behind an action: `set null (a, b)`.
pub(super) fn action_columns(text: &str) -> Vec<String> {
    let Some((_, list)) = text.split_once('(') else { return Vec::new() };
    list.trim_end().trim_end_matches(')').split(',').filter_map(|column| name(column).ok()).collect()
}

/// `placed_at`, `placed_at desc`, `"foo bar" desc nulls last`.
pub(super) fn part(text: &str) -> Result<PartText, Reason> {
    let mut reader = Reader { rest: text };
    let name = reader.name()?;
    let order = match () {
        () if reader.takes_word("desc") => Order::Desc,
        () if reader.takes_word("asc") => Order::Asc,
        () => Order::Unsaid,
    };
    let nulls = match reader.takes_word("nulls") {
        false => None,
        true if reader.takes_word("first") => Some(Nulls::First),
        true if reader.takes_word("last") => Some(Nulls::Last),
        true => return Err("after `nulls` comes `first` or `last`".to_owned()),
    };
    reader.end()?;
    Ok(PartText { name, order, nulls })
}

/// `insert`, `update`, `update of total, note`, `delete`, `truncate`.
pub(super) fn event(text: &str) -> Result<EventText, Reason> {
    let mut reader = Reader { rest: text };
    let event = if reader.takes_word("insert") {
        EventText::Insert
    } else if reader.takes_word("delete") {
        EventText::Delete
    } else if reader.takes_word("truncate") {
        EventText::Truncate
    } else if reader.takes_word("update") {
        let mut of = Vec::new();
        if reader.takes_word("of") {
            loop {
                of.push(reader.name()?);
                if !reader.takes(",") {
                    break;
                }
            }
        }
        EventText::Update(of)
    } else {
        return Err("an event is `insert`, `update`, `update of` some columns, or `delete`".to_owned());
    };
    reader.end()?;
    Ok(event)
}

/// A name in SQL's double quotes.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Whether a letter can be part of a name outside double quotes.
pub(super) fn is_plain_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$' || (!c.is_ascii() && !c.is_whitespace() && !c.is_control())
}

/// The name between the double quotes that `text` begins with, and what follows it.
fn unquoted(text: &str) -> Result<(String, &str), Reason> {
    let mut name = String::new();
    let mut rest = text.strip_prefix('"').unwrap_or(text);
    while let Some((before, after)) = rest.split_once('"') {
        name.push_str(before);
        match after.strip_prefix('"') {
            Some(next) => {
                name.push('"');
                rest = next;
            }
            None => return Ok((name, after)),
        }
    }
    Err("a double quote is opened and not closed".to_owned())
}

fn qualified_of(mut parts: Vec<String>) -> Result<Qualified, Reason> {
    let name = parts.pop().unwrap_or_default();
    let schema = parts.pop();
    if parts.is_empty() {
        Ok(Qualified { schema, name })
    } else {
        Err("a name has at most one schema before it; a dot within a name stands in double quotes".to_owned())
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn name(&mut self) -> Result<String, Reason> {
        self.skip_space();
        if self.rest.starts_with('"') {
            let (name, rest) = unquoted(self.rest)?;
            self.rest = rest;
            return Ok(name);
        }
        let end = self.rest.find(|c| !is_plain_char(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        if name.is_empty() {
            return Err(match rest.chars().next() {
                None => "a name is missing".to_owned(),
                Some(c) => format!("a name cannot begin with `{c}` outside double quotes"),
            });
        }
        self.rest = rest;
        Ok(name.to_owned())
    }

    fn qualified(&mut self) -> Result<Qualified, Reason> {
        let mut parts = vec![self.name()?];
        while self.takes(".") {
            parts.push(self.name()?);
        }
        qualified_of(parts)
    }

    fn takes(&mut self, mark: &str) -> bool {
        self.skip_space();
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn takes_word(&mut self, word: &str) -> bool {
        self.skip_space();
        let end = self.rest.find(|c| !is_plain_char(c)).unwrap_or(self.rest.len());
        let (found, rest) = self.rest.split_at(end);
        let same = found.eq_ignore_ascii_case(word);
        if same {
            self.rest = rest;
        }
        same
    }

    fn end(&mut self) -> Result<(), Reason> {
        self.skip_space();
        if self.rest.is_empty() { Ok(()) } else { Err(format!("`{}` is not expected here", self.rest)) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn both(schema: Option<&str>, name: &str) -> Qualified {
        Qualified { schema: schema.map(str::to_owned), name: name.to_owned() }
    }

    #[test]
    fn keys_split_at_dots_outside_quotes_and_parentheses() {
        assert_eq!(key("order").unwrap(), both(None, "order"));
        assert_eq!(key("\"a.b\".\"c.d\"(e.f, g)").unwrap(), both(Some("a.b"), "c.d(e.f, g)"));
        assert_eq!(key("billing.invoice").unwrap(), both(Some("billing"), "invoice"));
        assert_eq!(key("billing.\"odd.na\"\"me\"").unwrap(), both(Some("billing"), "odd.na\"me"));
        assert_eq!(key("area(a.b)").unwrap(), both(None, "area(a.b)"));
        assert_eq!(key("we\"ird; drop table x").unwrap(), both(None, "we\"ird; drop table x"));
        assert!(key("a.b.c").is_err());
        assert!(key("\"a").is_err());
    }

    #[test]
    fn names_in_strings() {
        assert_eq!(name("total").unwrap(), "total");
        assert_eq!(name("\"a \"\"b\"\"\"").unwrap(), "a \"b\"");
        assert_eq!(name("🦀").unwrap(), "🦀");
        assert_eq!(name("foo bar").unwrap_err(), "`bar` is not expected here");
        assert_eq!(name("").unwrap_err(), "a name is missing");
        assert_eq!(name("\"\"").unwrap(), "");
        assert_eq!(name("\"new\nline\"").unwrap(), "new\nline");
    }

    #[test]
    fn signed_names_have_types_or_none() {
        assert_eq!(signed("area").unwrap(), (both(None, "area"), None));
        assert_eq!(
            signed("b.area (a.b, numeric(1,2)) ").unwrap(),
            (both(Some("b"), "area"), Some("a.b, numeric(1,2)"))
        );
        assert_eq!(signed("n(*)").unwrap(), (both(None, "n"), Some("*")));
        assert!(signed("area(numeric").is_err());
    }

    #[test]
    fn references_parts_and_events() {
        let got = reference("billing.invoice(a, \"b c\")").unwrap();
        assert_eq!((got.table, got.columns), (both(Some("billing"), "invoice"), vec!["a".into(), "b c".into()]));
        assert!(reference("t(a").is_err());
        let got = part("\"foo bar\" DESC nulls last").unwrap();
        assert_eq!((got.name.as_str(), got.order, got.nulls), ("foo bar", Order::Desc, Some(Nulls::Last)));
        assert_eq!(part("desc").unwrap().name, "desc");
        assert_eq!(event("update of a, \"b c\"").unwrap(), EventText::Update(vec!["a".into(), "b c".into()]));
        assert!(event("upsert").is_err());
    }
}
