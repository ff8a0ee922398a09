//! The new name in the texts of the server, at the places where the old one means what is renamed.

use std::fmt::Write as _;

use crate::catalog::{Kind, Name};

use super::super::sql::{quote, string};
use super::super::tokens::{Token, TokenKind, tokens, unquote};
use super::Rename;

/// What a text is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Expressions,
    /// The query of a view, whose own columns keep their names: `SELECT t.b AS a`.
    Query,
    /// Types, each with a name before it or without.
    Types,
}

impl Rename<'_> {
    /// The query of a view with the new name wherever the old one stands; none where it does not.
    pub(super) fn query(&self, text: &str) -> Option<String> {
        self.renamed(text, Of::Query)
    }

    /// The same of any other text but types.
    pub(super) fn text(&self, text: &str) -> Option<String> {
        self.renamed(text, Of::Expressions)
    }

    /// The same of a type, or of the arguments of a routine.
    pub(super) fn types(&self, text: &str) -> Option<String> {
        self.renamed(text, Of::Types)
    }

    fn renamed(&self, text: &str, of: Of) -> Option<String> {
        if self.from.kind() == Kind::Operator {
            return self.operator(text);
        }
        let keeps_columns = of == Of::Query && self.from.kind() == Kind::Column;
        let (old, new) = (self.from.bare_name(), self.to.bare_name());
        let old_schema = self.from.schema().map(Name::as_str);
        let new_schema = self.to.schema().map(Name::as_str);
        let all: Vec<_> = tokens(text).collect();
        let mut out = String::with_capacity(text.len());
        let mut last = 0;
        let mut changed = false;
        let (mut depth, mut in_list) = (0_usize, false);
        for (at, token) in all.iter().enumerate() {
            let spelled = token.text(text);
            match spelled {
                "(" => depth += 1,
                ")" => depth = depth.saturating_sub(1),
                "SELECT" if depth == 0 => in_list = true,
                "FROM" if depth == 0 => in_list = false,
                _ => {}
            }
            let replacement = match token.kind {
                TokenKind::Word | TokenKind::Quoted => {
                    let same = token.identifier(text).as_deref() == Some(old);
                    // A word of the grammar is never a name here: the server would have quoted it.
                    let is_name = token.kind == TokenKind::Quoted || quote(spelled) == *spelled;
                    let is_schema = self.from.kind() == Kind::Schema;
                    let dotted = all.get(at + 1).is_some_and(|next| next.text(text) == ".");
                    let (right_place, first) = (!is_schema || dotted, !is_schema || !follows_dot(&all, at, text));
                    let means_it = same && is_name && right_place && first && self.is_meant(&all, at, text, of);
                    means_it.then(|| quote(new))
                }
                // `'t_id_seq'::regclass`
                TokenKind::String if all.get(at + 1).is_some_and(|next| next.text(text) == "::") => {
                    let inner = unquote(spelled);
                    let is_reg = all.get(at + 2).is_some_and(|ty| ty.text(text).starts_with("reg"));
                    let mut names = tokens(&inner).filter_map(|token| token.identifier(&inner));
                    if self.from.kind() == Kind::Schema {
                        let (schema, name) = (names.next(), names.next());
                        let moved = name.filter(|_| is_reg && schema.as_deref() == Some(old));
                        moved.map(|name| string(&format!("{}.{}", quote(new), quote(&name))))
                    } else {
                        let name = names.last();
                        (is_reg && name.as_deref() == Some(old)).then(|| {
                            let schema = new_schema.map(|schema| format!("{}.", quote(schema))).unwrap_or_default();
                            string(&format!("{schema}{}", quote(new)))
                        })
                    }
                }
                _ => None,
            };
            let Some(replacement) = replacement else { continue };
            let mut start = token.start;
            let mut prefix = String::new();
            // The schema before it, where the object has one and it may be another now.
            if token.kind != TokenKind::String && self.from.parent().is_none() && old_schema != new_schema {
                let qualifier = at.checked_sub(2).and_then(|at| all.get(at));
                let dotted = at.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|dot| dot.text(text) == ".");
                let own = qualifier.filter(|token| dotted && token.identifier(text).as_deref() == old_schema);
                if let Some(own) = own {
                    start = own.start;
                }
                if own.is_some() || !dotted {
                    prefix = new_schema.map(|schema| format!("{}.", quote(schema))).unwrap_or_default();
                }
            }
            out.push_str(text.get(last..start.max(last)).unwrap_or_default());
            out.push_str(&prefix);
            out.push_str(&replacement);
            let next = all.get(at + 1).map_or(";", |next| next.text(text));
            let before = at.checked_sub(1).and_then(|at| all.get(at)).map_or("", |token| token.text(text));
            if keeps_columns
                && in_list
                && depth == 0
                && matches!(next, "," | "FROM" | ";")
                && matches!(before, "." | "," | "SELECT")
            {
                let _ = write!(out, " AS {}", quote(old));
            }
            last = token.end;
            changed = true;
        }
        out.push_str(text.get(last..).unwrap_or_default());
        changed.then_some(out)
    }

    /// The other schema of an operator that is written with its own: `x OPERATOR(s.=) y`.
    fn operator(&self, text: &str) -> Option<String> {
        let all: Vec<_> = tokens(text).collect();
        let mut out = String::with_capacity(text.len());
        let mut last = 0;
        for six in all.windows(6) {
            let [operator, open, schema, dot, name, close] = six else { continue };
            let spelled = [open, dot, name, close].map(|token| token.text(text));
            let is_it = operator.is_word(text, "operator")
                && spelled == ["(", ".", self.from.name().as_str(), ")"]
                && schema.identifier(text).as_deref() == self.from.schema().map(Name::as_str);
            if !is_it {
                continue;
            }
            out.push_str(text.get(last..operator.start).unwrap_or_default());
            match self.to.schema() {
                Some(to) => out.extend(["OPERATOR(", &quote(to.as_str()), ".", spelled[2], ")"]),
                None => out.push_str(spelled[2]),
            }
            last = close.end;
        }
        out.push_str(text.get(last..)?);
        (last > 0).then_some(out)
    }

    /// Whether a name at this place can be that of what is renamed: columns, types and functions may share one.
    fn is_meant(&self, all: &[Token], at: usize, text: &str, of: Of) -> bool {
        // A name that is given is none that is meant.
        if of != Of::Types
            && at.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|token| token.is_word(text, "as"))
        {
            return false;
        }
        let next = all.get(at + 1);
        let is_next = |spelled: &str| next.is_some_and(|next| next.text(text) == spelled);
        match self.from.kind() {
            Kind::Column | Kind::Attribute => {
                of != Of::Types && !is_cast(all, at, text) && !is_next("(") && !is_next(".")
            }
            Kind::Enum | Kind::Domain | Kind::Composite | Kind::Range if of == Of::Types => {
                let is_name = |next: &Token| matches!(next.kind, TokenKind::Word | TokenKind::Quoted);
                !next.is_some_and(|next| is_name(next) && !next.is_word(text, "default"))
            }
            Kind::Enum | Kind::Domain | Kind::Composite | Kind::Range => {
                is_cast(all, at, text) || is_next("(") || is_defined(all, at, text)
            }
            Kind::Function | Kind::Procedure | Kind::Aggregate => is_next("(") || !text.contains('('),
            _ => true,
        }
    }
}

/// Whether a token stands behind a dot.
fn follows_dot(all: &[Token], at: usize, text: &str) -> bool {
    at.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|before| before.text(text) == ".")
}

/// The place before a name and the schema of it.
fn before_name(all: &[Token], at: usize, text: &str) -> Option<usize> {
    let first = if follows_dot(all, at, text) { at.checked_sub(2)? } else { at };
    first.checked_sub(1)
}

/// Whether a name is that of the type in `x::type`.
fn is_cast(all: &[Token], at: usize, text: &str) -> bool {
    before_name(all, at, text).and_then(|at| all.get(at)).is_some_and(|before| before.text(text) == "::")
}

/// Whether a name is that of a column's type, as in `AS t(a type)`.
fn is_defined(all: &[Token], at: usize, text: &str) -> bool {
    let Some(column) = before_name(all, at, text) else { return false };
    let is_name = |token: &Token| matches!(token.kind, TokenKind::Word | TokenKind::Quoted);
    let opens = column.checked_sub(1).and_then(|at| all.get(at)).map(|before| before.text(text));
    all.get(column).is_some_and(is_name) && matches!(opens, Some("(" | ","))
}
