//! CREATE TABLE.

use crate::catalog::{Action, Deferrable, Order};

use super::super::keywords::{WordClass, classify};
use super::super::tokens::{TokenKind, is_space, trim, unquote};
use super::cursor::{Cursor, Parsed};
use super::key::{Conflict, KeyPart, conflict, key_parts, order};

/// A table as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTable<'a> {
    /// Its name.
    pub name: String,
    /// Its columns in order.
    pub columns: Vec<ColumnDef<'a>>,
    /// The constraints of the columns and of the table, in the order in which they stand.
    pub constraints: Vec<ConstraintDef<'a>>,
    /// STRICT.
    pub strict: bool,
    /// WITHOUT ROWID.
    pub without_rowid: bool,
    /// How many NOT NULL, DEFAULT and COLLATE clauses have names.
    pub named_clauses: NamedClauses,
}

/// How many clauses of each sort have a name that nothing but their text keeps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NamedClauses {
    /// NOT NULL.
    pub not_null: usize,
    /// DEFAULT.
    pub default: usize,
    /// COLLATE.
    pub collate: usize,
    /// GENERATED ALWAYS AS.
    pub generated: usize,
}

impl NamedClauses {
    /// Adds those of another table.
    pub fn add(&mut self, other: &Self) {
        self.not_null += other.not_null;
        self.default += other.default;
        self.collate += other.collate;
        self.generated += other.generated;
    }
}

/// A column as written, without its constraints other than NOT NULL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnDef<'a> {
    /// Its name.
    pub name: String,
    /// Its type, as SQLite keeps it.
    pub ty: Option<String>,
    /// NOT NULL, and what it does.
    pub not_null: Option<Conflict>,
    /// DEFAULT, without surrounding parentheses.
    pub default: Option<&'a str>,
    /// COLLATE.
    pub collation: Option<String>,
    /// The expression without surrounding parentheses, and whether it is STORED.
    pub generated: Option<(&'a str, bool)>,
}

/// A constraint as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConstraintDef<'a> {
    /// PRIMARY KEY.
    PrimaryKey {
        /// Its name.
        name: Option<String>,
        /// Its columns.
        parts: Vec<KeyPart<'a>>,
        /// ON CONFLICT.
        conflict: Conflict,
        /// AUTOINCREMENT.
        autoincrement: bool,
        /// Whether it is written on the column.
        on_column: bool,
    },
    /// UNIQUE.
    Unique {
        /// Its name.
        name: Option<String>,
        /// Its columns.
        parts: Vec<KeyPart<'a>>,
        /// ON CONFLICT.
        conflict: Conflict,
    },
    /// CHECK.
    Check {
        /// Its name.
        name: Option<String>,
        /// The condition, without surrounding parentheses.
        sql: &'a str,
        /// The column in whose definition it stands.
        on_column: Option<String>,
    },
    /// REFERENCES or FOREIGN KEY.
    ForeignKey(ForeignKeyDef),
}

/// A foreign key as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKeyDef {
    /// Its name.
    pub name: Option<String>,
    /// The columns of this table.
    pub columns: Vec<String>,
    /// The table that is referred to.
    pub references: String,
    /// Its columns, if any are named.
    pub ref_columns: Vec<String>,
    /// ON DELETE.
    pub on_delete: Action,
    /// ON UPDATE.
    pub on_update: Action,
    /// MATCH, in lower case.
    pub matching: Option<String>,
    /// DEFERRABLE.
    pub deferrable: Deferrable,
}

/// Reads a stored CREATE TABLE.
pub fn create_table(sql: &str) -> Parsed<CreateTable<'_>> {
    let mut cursor = Cursor::new(sql);
    cursor.expect(&["create"])?;
    cursor.temporary();
    cursor.expect(&["table"])?;
    cursor.if_not_exists();
    let name = cursor.qualified_name()?;
    cursor.expect_symbol("(")?;
    let table = CreateTable {
        name,
        columns: Vec::new(),
        constraints: Vec::new(),
        strict: false,
        without_rowid: false,
        named_clauses: NamedClauses::default(),
    };
    let mut parser = TableParser { cursor, table, name: None };
    parser.columns()?;
    parser.cursor.expect_symbol(")")?;
    parser.options()?;
    parser.cursor.finish()?;
    Ok(parser.table)
}

struct TableParser<'a> {
    cursor: Cursor<'a>,
    table: CreateTable<'a>,
    /// The name of a CONSTRAINT right before. SQLite lets a CHECK without a name inherit an earlier one,
    /// which shows in its error messages only; such a check has no name here.
    name: Option<String>,
}

impl<'a> TableParser<'a> {
    fn columns(&mut self) -> Parsed<()> {
        loop {
            self.column()?;
            if !self.cursor.eat_symbol(",") {
                return Ok(());
            }
            if self.at_table_constraint() {
                return self.table_constraints();
            }
        }
    }

    fn at_table_constraint(&self) -> bool {
        ["constraint", "primary", "unique", "check", "foreign"].iter().any(|word| self.cursor.is_word(word))
    }

    /// Takes `CONSTRAINT name` if it follows.
    fn constraint_name(&mut self) -> Parsed<bool> {
        if !self.cursor.eat(&["constraint"]) {
            return Ok(false);
        }
        self.name = Some(self.cursor.name()?);
        Ok(true)
    }

    fn column(&mut self) -> Parsed<()> {
        self.name = None;
        let mut column = ColumnDef { name: self.cursor.name()?, ty: self.type_name()?, ..ColumnDef::default() };
        while self.column_constraint(&mut column)? {}
        self.table.columns.push(column);
        Ok(())
    }

    fn type_name(&mut self) -> Parsed<Option<String>> {
        let start = self.cursor.position();
        let word = |cursor: &Cursor<'_>| match cursor.peek_at(0).map(|token| token.kind) {
            // GENERATED ALWAYS too: the grammar takes it for a part of the type, and `kept_type` takes it off again.
            Some(TokenKind::Word) => matches!(classify(cursor.text_at(0)), WordClass::Plain | WordClass::Fallback),
            Some(TokenKind::DoubleQuoted | TokenKind::Quoted | TokenKind::String) => true,
            _ => false,
        };
        while word(&self.cursor) {
            self.cursor.advance();
        }
        if self.cursor.position() > start && self.cursor.eat_symbol("(") {
            self.signed_number()?;
            if self.cursor.eat_symbol(",") {
                self.signed_number()?;
            }
            self.cursor.expect_symbol(")")?;
        }
        Ok(kept_type(self.cursor.since(start)))
    }

    fn signed_number(&mut self) -> Parsed<()> {
        let _ = self.cursor.eat_symbol("+") || self.cursor.eat_symbol("-");
        if self.cursor.peek_at(0).is_some_and(|token| token.kind == TokenKind::Number) {
            self.cursor.advance();
            return Ok(());
        }
        Err(self.cursor.error("a number"))
    }

    /// One if the clause that was just read has a name.
    fn named(&self) -> usize {
        usize::from(self.name.is_some())
    }

    /// Takes one constraint of a column, if one follows.
    fn column_constraint(&mut self, column: &mut ColumnDef<'a>) -> Parsed<bool> {
        if self.constraint_name()? {
            return Ok(true);
        }
        if self.deferrable_of_last()? {
            // What it belongs to has its name already.
        } else if self.cursor.eat(&["not", "null"]) {
            column.not_null = Some(conflict(&mut self.cursor)?);
            self.table.named_clauses.not_null += self.named();
        } else if self.cursor.eat(&["null"]) {
            conflict(&mut self.cursor)?;
        } else if self.cursor.eat(&["default"]) {
            column.default = Some(self.default_value()?);
            self.table.named_clauses.default += self.named();
        } else if self.cursor.eat(&["collate"]) {
            column.collation = Some(self.cursor.name()?);
            self.table.named_clauses.collate += self.named();
        } else if self.cursor.eat(&["generated", "always", "as"]) || self.cursor.eat(&["as"]) {
            let sql = self.cursor.parenthesised()?;
            let stored = self.cursor.eat(&["stored"]);
            if !stored {
                self.cursor.eat(&["virtual"]);
            }
            column.generated = Some((sql, stored));
            self.table.named_clauses.generated += self.named();
        } else if self.cursor.eat(&["check"]) {
            self.check(Some(column.name.clone()))?;
        } else {
            return self.column_key(&column.name);
        }
        self.name = None;
        Ok(true)
    }

    /// Takes PRIMARY KEY, UNIQUE or REFERENCES on a column, if one follows.
    fn column_key(&mut self, column: &str) -> Parsed<bool> {
        let part = |order| KeyPart { text: "", column: Some(column.to_owned()), collation: None, order };
        if self.cursor.eat(&["primary", "key"]) {
            let order = order(&mut self.cursor);
            let key = ConstraintDef::PrimaryKey {
                name: self.name.take(),
                parts: vec![part(order)],
                conflict: conflict(&mut self.cursor)?,
                autoincrement: self.cursor.eat(&["autoincrement"]),
                on_column: true,
            };
            self.table.constraints.push(key);
        } else if self.cursor.eat(&["unique"]) {
            let (name, parts) = (self.name.take(), vec![part(Order::Unsaid)]);
            let unique = ConstraintDef::Unique { name, parts, conflict: conflict(&mut self.cursor)? };
            self.table.constraints.push(unique);
        } else if self.cursor.is_word("references") {
            self.references(vec![column.to_owned()])?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn table_constraints(&mut self) -> Parsed<()> {
        self.name = None;
        loop {
            self.table_constraint()?;
            if self.cursor.eat_symbol(",") {
                self.name = None;
            } else if !self.at_table_constraint() {
                return Ok(());
            }
        }
    }

    fn table_constraint(&mut self) -> Parsed<()> {
        if self.constraint_name()? {
            // A name may stand alone: what it names then follows, or nothing does.
            return Ok(());
        }
        if self.cursor.eat(&["primary", "key"]) {
            let name = self.name.take();
            let (parts, autoincrement) = key_parts(&mut self.cursor)?;
            let conflict = conflict(&mut self.cursor)?;
            let key = ConstraintDef::PrimaryKey { name, parts, conflict, autoincrement, on_column: false };
            self.table.constraints.push(key);
        } else if self.cursor.eat(&["unique"]) {
            let name = self.name.take();
            let (parts, _) = key_parts(&mut self.cursor)?;
            let unique = ConstraintDef::Unique { name, parts, conflict: conflict(&mut self.cursor)? };
            self.table.constraints.push(unique);
        } else if self.cursor.eat(&["check"]) {
            self.check(None)?;
            // The grammar takes an ON CONFLICT here and forgets it.
            conflict(&mut self.cursor)?;
        } else if self.cursor.eat(&["foreign", "key"]) {
            let columns = self.cursor.name_list()?;
            self.references(columns)?;
            self.deferrable_of_last()?;
        } else {
            return Err(self.cursor.error("a constraint"));
        }
        Ok(())
    }

    fn check(&mut self, on_column: Option<String>) -> Parsed<()> {
        let sql = self.cursor.parenthesised()?;
        self.table.constraints.push(ConstraintDef::Check { name: self.name.take(), sql, on_column });
        Ok(())
    }

    fn references(&mut self, columns: Vec<String>) -> Parsed<()> {
        let name = self.name.take();
        self.cursor.expect(&["references"])?;
        let references = self.cursor.name()?;
        let ref_columns = if self.cursor.is_symbol("(") { self.cursor.name_list()? } else { Vec::new() };
        let mut key = ForeignKeyDef {
            name,
            columns,
            references,
            ref_columns,
            on_delete: Action::default(),
            on_update: Action::default(),
            matching: None,
            deferrable: Deferrable::default(),
        };
        loop {
            if self.cursor.eat(&["match"]) {
                key.matching = Some(self.cursor.name()?.to_ascii_lowercase());
            } else if self.cursor.eat(&["on", "delete"]) {
                key.on_delete = self.action()?;
            } else if self.cursor.eat(&["on", "update"]) {
                key.on_update = self.action()?;
            } else if self.cursor.eat(&["on", "insert"]) {
                self.action()?;
            } else {
                break;
            }
        }
        self.table.constraints.push(ConstraintDef::ForeignKey(key));
        Ok(())
    }

    fn action(&mut self) -> Parsed<Action> {
        Action::ALL
            .into_iter()
            .find(|action| self.cursor.eat(&action.words().split(' ').collect::<Vec<_>>()))
            .ok_or_else(|| self.cursor.error("what a foreign key does"))
    }

    /// Takes `[NOT] DEFERRABLE ...` if it follows, for the foreign key that was read last.
    fn deferrable_of_last(&mut self) -> Parsed<bool> {
        let never = self.cursor.eat(&["not", "deferrable"]);
        if !never && !self.cursor.eat(&["deferrable"]) {
            return Ok(false);
        }
        let mut deferrable = Deferrable::Immediate;
        if self.cursor.eat(&["initially"]) {
            if self.cursor.eat(&["deferred"]) {
                deferrable = Deferrable::Deferred;
            } else {
                self.cursor.expect(&["immediate"])?;
            }
        }
        let last = self.table.constraints.iter_mut().rev().find_map(|constraint| match constraint {
            ConstraintDef::ForeignKey(key) => Some(key),
            _ => None,
        });
        if let Some(key) = last {
            key.deferrable = if never { Deferrable::No } else { deferrable };
        }
        Ok(true)
    }

    fn default_value(&mut self) -> Parsed<&'a str> {
        if self.cursor.is_symbol("(") {
            return self.cursor.parenthesised();
        }
        let start = self.cursor.position();
        let _ = self.cursor.eat_symbol("+") || self.cursor.eat_symbol("-");
        let value = |kind| !matches!(kind, TokenKind::Symbol | TokenKind::Bad | TokenKind::Variable);
        if !self.cursor.peek_at(0).is_some_and(|token| value(token.kind)) {
            return Err(self.cursor.error("a default"));
        }
        self.cursor.advance();
        Ok(self.cursor.since(start))
    }

    fn options(&mut self) -> Parsed<()> {
        loop {
            if self.cursor.eat(&["without", "rowid"]) {
                self.table.without_rowid = true;
            } else if self.cursor.eat(&["strict"]) {
                self.table.strict = true;
            } else {
                return Ok(());
            }
            if !self.cursor.eat_symbol(",") {
                return Ok(());
            }
        }
    }
}

/// The type as SQLite keeps it: without a GENERATED ALWAYS that the grammar took for a part of it,
/// and with the quotes resolved that it begins with.
fn kept_type(text: &str) -> Option<String> {
    let text = without_suffix(text, "always")
        .filter(|_| text.len() >= "generated always".len())
        .and_then(|rest| without_suffix(rest.trim_end_matches(is_space_char), "generated"))
        .unwrap_or(text);
    let text = trim(text);
    (!text.is_empty()).then(|| unquote(text))
}

fn is_space_char(c: char) -> bool {
    u8::try_from(c).is_ok_and(is_space)
}

fn without_suffix<'a>(text: &'a str, suffix: &str) -> Option<&'a str> {
    let (rest, end) = text.split_at_checked(text.len().checked_sub(suffix.len())?)?;
    end.eq_ignore_ascii_case(suffix).then_some(rest)
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
