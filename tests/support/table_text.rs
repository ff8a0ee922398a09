//! What a stored CREATE TABLE says that no pragma reports: names of constraints, checks, COLLATE,
//! ON CONFLICT, DEFERRABLE, MATCH, AUTOINCREMENT, expressions. One fact a line; what is written at a
//! column and what is written below the columns give the same fact.

use super::tokens::{Token, TokenKind, closing, join, tokens, without_parentheses};

/// The words that begin a constraint of a column, and so end its type.
const STARTS: [&str; 12] = [
    "constraint",
    "primary",
    "not",
    "null",
    "unique",
    "check",
    "default",
    "collate",
    "references",
    "generated",
    "as",
    "deferrable",
];

/// The facts of a CREATE TABLE, sorted.
pub(crate) fn facts(sql: &str) -> Vec<String> {
    let all = tokens(sql);
    let Some(open) = all.iter().position(|token| token.is("(")) else { return vec![join(&all)] };
    let Some(end) = closing(&all[open..]) else { return vec![join(&all)] };
    let mut facts = Vec::new();
    for item in split(&all[open + 1..open + end]) {
        let mut reader = Reader { rest: item, facts: &mut facts, column: None, name: None };
        let is_constraint =
            |token: &Token| ["constraint", "primary", "unique", "check", "foreign"].iter().any(|word| token.is(word));
        if item.first().is_some_and(|token| token.kind == TokenKind::Word && is_constraint(token)) {
            reader.constraints();
        } else if let [name, rest @ ..] = item {
            reader.column = Some(name.text.clone());
            reader.rest = rest;
            reader.skip_type();
            reader.constraints();
        }
    }
    let mut options: Vec<_> = split(&all[open + end + 1..]).iter().map(|option| join(option)).collect();
    options.sort();
    facts.extend(options.into_iter().filter(|option| !option.is_empty()).map(|option| format!("option {option}")));
    facts.sort();
    facts
}

/// Tokens split at the commas outside parentheses.
fn split(tokens: &[Token]) -> Vec<&[Token]> {
    let (mut depth, mut start, mut items) = (0_usize, 0, Vec::new());
    for (i, token) in tokens.iter().enumerate() {
        if token.is("(") {
            depth += 1;
        } else if token.is(")") {
            depth = depth.saturating_sub(1);
        } else if token.is(",") && depth == 0 {
            items.push(&tokens[start..i]);
            start = i + 1;
        }
    }
    items.push(&tokens[start..]);
    items
}

/// Reads one definition of a column or a table's constraint.
struct Reader<'a> {
    rest: &'a [Token],
    facts: &'a mut Vec<String>,
    column: Option<String>,
    name: Option<String>,
}

impl<'a> Reader<'a> {
    fn at(&self, word: &str) -> bool {
        self.rest.first().is_some_and(|token| token.is(word))
    }

    fn next(&mut self) -> String {
        match self.rest {
            [first, rest @ ..] => {
                self.rest = rest;
                first.text.clone()
            }
            [] => String::new(),
        }
    }

    fn take(&mut self, word: &str) -> bool {
        let there = self.at(word);
        if there {
            self.next();
        }
        there
    }

    fn group(&mut self) -> &'a [Token] {
        if !self.at("(") {
            return &[];
        }
        let end = closing(self.rest).unwrap_or(self.rest.len() - 1);
        let (group, rest) = self.rest.split_at(end + 1);
        self.rest = rest;
        group
    }

    fn skip_type(&mut self) {
        while let Some(token) = self.rest.first() {
            if token.is("(") {
                self.group();
            } else if token.kind == TokenKind::Word && STARTS.iter().any(|word| token.is(word)) {
                return;
            } else {
                self.next();
            }
        }
    }

    /// `[name] `, and forgotten; names of constraints that no catalog keeps are never asked for.
    fn named(&mut self) -> String {
        self.name.take().map(|name| format!("{name} ")).unwrap_or_default()
    }

    fn conflict(&mut self) -> String {
        if !self.take("on") {
            return String::new();
        }
        self.take("conflict");
        match self.next().as_str() {
            "abort" => String::new(),
            word => format!(" on conflict {word}"),
        }
    }

    fn fact(&mut self, fact: String) {
        self.facts.push(fact);
    }

    fn own(&self) -> String {
        self.column.clone().unwrap_or_default()
    }

    fn constraints(&mut self) {
        while !self.rest.is_empty() {
            self.constraint();
        }
    }

    fn constraint(&mut self) {
        let word = self.next();
        match word.as_str() {
            "constraint" => self.name = Some(self.next()),
            "primary" => self.primary_key(),
            "unique" => {
                let columns = self.key_columns();
                let (name, conflict) = (self.named(), self.conflict());
                self.fact(format!("unique {name}({columns}){conflict}"));
            }
            "check" => {
                let sql = join(without_parentheses(self.group()));
                // SQLite reads ON CONFLICT after a CHECK and does nothing with it.
                let (name, conflict) = (self.named(), self.conflict());
                self.fact(format!("check {name}({sql}){conflict}"));
            }
            "foreign" => {
                self.take("key");
                let columns = join(without_parentheses(self.group()));
                self.take("references");
                self.foreign_key(&columns);
            }
            "references" => {
                let column = self.own();
                self.foreign_key(&column);
            }
            "not" => {
                self.take("null");
                let (conflict, column) = (self.conflict(), self.own());
                self.name = None;
                // Whether it is NOT NULL says table_xinfo; in a key of WITHOUT ROWID or STRICT it is so without a word.
                if !conflict.is_empty() {
                    self.fact(format!("column {column} not null{conflict}"));
                }
            }
            "null" => {
                self.conflict();
                self.name = None;
            }
            "default" => self.default(),
            "collate" => {
                let (collation, column) = (self.next(), self.own());
                self.name = None;
                self.fact(format!("column {column} collate {collation}"));
            }
            "generated" => {
                self.take("always");
            }
            "as" => {
                let (sql, column) = (join(without_parentheses(self.group())), self.own());
                let kind = if self.take("stored") { "stored" } else { "virtual" };
                self.take("virtual");
                self.name = None;
                self.fact(format!("column {column} {kind} ({sql})"));
            }
            other => {
                let rest = join(self.rest);
                self.rest = &[];
                self.fact(format!("not understood: {other} {rest}"));
            }
        }
    }

    fn primary_key(&mut self) {
        self.take("key");
        let mut columns = self.key_columns();
        if self.column.is_some() {
            let descending = self.take("desc");
            self.take("asc");
            if descending {
                columns.push_str(" desc");
            }
        }
        let (name, conflict) = (self.named(), self.conflict());
        let autoincrement = if self.take("autoincrement") { " autoincrement" } else { "" };
        self.fact(format!("primary key {name}({columns}){conflict}{autoincrement}"));
    }

    /// The columns of a key: those in parentheses, or the column that it is written at.
    fn key_columns(&mut self) -> String {
        if self.column.is_some() {
            return self.own();
        }
        let group = self.group();
        let inner = group.get(1..group.len().saturating_sub(1)).unwrap_or_default();
        let mut parts = Vec::new();
        for part in split(inner) {
            let part = match part {
                [rest @ .., last] if last.is("asc") => rest,
                // INTEGER PRIMARY KEY (id AUTOINCREMENT) is the other spelling.
                part => part,
            };
            parts.push(join(part));
        }
        parts.join(" , ")
    }

    fn default(&mut self) {
        let column = self.own();
        let sql = if self.at("(") {
            join(without_parentheses(self.group()))
        } else {
            let mut sql = self.next();
            if sql == "-" || sql == "+" {
                sql = format!("{sql} {}", self.next());
            }
            sql
        };
        self.name = None;
        self.fact(format!("column {column} default {sql}"));
    }

    fn foreign_key(&mut self, columns: &str) {
        let table = self.next();
        let to = join(without_parentheses(self.group()));
        let (mut clauses, mut deferrable) = (Vec::new(), "");
        loop {
            if self.take("on") {
                let event = self.next();
                let mut action = self.next();
                if action == "set" || action == "no" {
                    action = format!("{action} {}", self.next());
                }
                if action != "no action" {
                    clauses.push(format!(" on {event} {action}"));
                }
            } else if self.take("match") {
                let word = self.next();
                clauses.push(format!(" match {word}"));
            } else if self.at("not") && self.rest.get(1).is_some_and(|token| token.is("deferrable")) {
                self.next();
                self.next();
                self.initially();
            } else if self.take("deferrable") {
                deferrable = if self.initially() { " deferred" } else { " immediate" };
            } else {
                break;
            }
        }
        clauses.sort();
        let (name, clauses) = (self.named(), clauses.concat());
        self.fact(format!("foreign key {name}({columns}) references {table} ({to}){clauses}{deferrable}"));
    }

    fn initially(&mut self) -> bool {
        self.take("initially") && self.next() == "deferred"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_column_and_below_it_is_the_same() {
        let above = "create table t (a int constraint k primary key, b text unique on conflict replace \
                     references u (x) on delete set null deferrable initially deferred, c int check (c > 0))";
        let below = "CREATE TABLE \"t\"(a int, c int, b text, CONSTRAINT k PRIMARY KEY(a ASC), UNIQUE(b) ON CONFLICT REPLACE, \
                     FOREIGN KEY(b) REFERENCES u(x) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, check((c > 0)))";
        assert_eq!(facts(above), facts(below));
        assert_eq!(facts(above).len(), 4);
    }

    #[test]
    fn what_matters_is_seen() {
        let base = "create table t (a varchar(20) not null default 'x' collate nocase, b int)";
        for other in [
            "create table t (a varchar(20) not null on conflict fail default 'x' collate nocase, b int)",
            "create table t (a varchar(20) not null default 'X' collate nocase, b int)",
            "create table t (a varchar(20) not null default 'x', b int)",
            "create table t (a varchar(20) not null default 'x' collate nocase, b int) strict",
            "create table t (a varchar(20) not null default 'x' collate nocase, b int generated always as (a+1))",
            "create table t (a varchar(20) not null default 'x' collate nocase, b int, constraint c check (b > 0))",
        ] {
            assert_ne!(facts(base), facts(other), "{other}");
        }
        let named = facts("create table t (a int constraint x check (a > 0))");
        assert_eq!(named, ["check x (a > 0)"]);
        assert_eq!(facts("create table t (a double precision, b \"check\" default -1)"), ["column b default - 1"]);
    }
}
