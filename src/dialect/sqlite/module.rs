//! A virtual table's module with its arguments, as FTS and R*Tree read them.

use super::tokens::{TokenKind, significant, unquote};

/// `fts5(title, body, content='docs')`, taken apart.
#[derive(Debug)]
pub(super) struct Module {
    /// The module.
    pub(super) name: String,
    /// Its columns in order, auxiliary ones of an R*Tree without their `+`.
    pub(super) columns: Vec<String>,
    options: Vec<(String, String)>,
}

impl Module {
    /// Reads a module with its arguments.
    pub(super) fn parse(sql: &str) -> Option<Self> {
        let tokens: Vec<_> = significant(sql).collect();
        let mut module = Self { name: tokens.first()?.identifier(sql)?, columns: Vec::new(), options: Vec::new() };
        let inside = tokens.get(2..tokens.len().saturating_sub(1)).unwrap_or_default();
        for argument in inside.split(|token| token.text(sql) == ",") {
            let argument =
                if argument.first().is_some_and(|token| token.text(sql) == "+") { &argument[1..] } else { argument };
            let word = |at: usize| {
                argument.get(at).map(|token| match token.kind {
                    TokenKind::String => unquote(token.text(sql)),
                    _ => token.identifier(sql).unwrap_or_else(|| token.text(sql).to_owned()),
                })
            };
            match (word(0), argument.get(1).map(|token| token.text(sql))) {
                (Some(key), Some("=")) => module.options.push((key, word(2).unwrap_or_default())),
                (Some(column), _) => module.columns.push(column),
                (None, _) => {}
            }
        }
        Some(module)
    }

    /// Whether it is one of a family: `fts`, `rtree`.
    pub(super) fn is(&self, prefix: &str) -> bool {
        self.name.to_ascii_lowercase().starts_with(prefix)
    }

    /// The value of an option.
    pub(super) fn option(&self, key: &str) -> Option<&str> {
        self.options.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value.as_str())
    }

    /// The table whose rows it only indexes.
    pub(super) fn content(&self) -> Option<&str> {
        self.option("content").filter(|content| !content.is_empty())
    }

    /// Whether it keeps the rows that were put into it, so that they can be read back whole.
    pub(super) fn holds_rows(&self) -> bool {
        (self.is("fts") || self.is("rtree")) && self.option("content").is_none()
    }

    /// The columns that both have, old and new. That of an R*Tree's ids may change its name.
    pub(super) fn common_columns<'a>(&'a self, new: &'a Self) -> Vec<(&'a str, &'a str)> {
        let ids = self.is("rtree") && new.is("rtree");
        let first = self.columns.first().zip(new.columns.first()).filter(|_| ids);
        let mut pairs: Vec<(&str, &str)> = first.map(|(old, new)| (old.as_str(), new.as_str())).into_iter().collect();
        let rest = |module: &'a Self| module.columns.iter().skip(usize::from(ids));
        for column in rest(new) {
            let same = rest(self).find(|other| other.eq_ignore_ascii_case(column));
            pairs.extend(same.map(|old| (old.as_str(), column.as_str())));
        }
        pairs
    }
}
