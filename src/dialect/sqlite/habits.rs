//! What people write by habit, and SQLite takes for something else.

use crate::catalog::{Name, Sql};
use crate::dialect::{Dialect, Literal, Mistake};

use super::dialect::SQLITE;
use super::parse::{ColumnDef, ConstraintDef, create_table};
use super::sql::{quote, quote_list};
use super::tokens::{Token, TokenKind, significant};

/// The words that begin a constraint. They are never part of a type unless quoted.
const CONSTRAINTS: [&str; 9] =
    ["collate", "default", "references", "unique", "check", "autoincrement", "constraint", "null", "primary"];

/// A type with a constraint behind it, which SQLite would take as one long name of a type.
pub(super) fn in_type(column: &Name, text: &str) -> Option<Mistake> {
    let word = constraint_word(text)?;
    let statement = format!("create table t ({} {text})", quote(column.as_str()));
    let keys = create_table(&statement).ok().map(|table| {
        let own = table.columns.first().map(|def| of_column(def, text)).unwrap_or_default();
        own.into_iter().chain(table.constraints.iter().flat_map(|def| of_constraint(column, def))).collect::<Vec<_>>()
    });
    let apart = "what stands behind the type in a key of its own: `null`, `default`, `collation`, `unique`, `check`, `references`, `primary_key`";
    let instead = keys.unwrap_or_else(|| vec![apart.to_owned()]);
    let message = format!("`{text}` is more than a type: `{word}` begins what has a key of its own");
    Some(Mistake { message, instead })
}

/// The first word in a type that begins a constraint.
pub(super) fn constraint_word(text: &str) -> Option<&'static str> {
    significant(text)
        .filter(|token| token.kind == TokenKind::Word)
        .find_map(|token| CONSTRAINTS.into_iter().find(|word| token.text(text).eq_ignore_ascii_case(word)))
}

fn of_column(def: &ColumnDef<'_>, text: &str) -> Vec<String> {
    let mut keys = Vec::new();
    keys.extend(def.ty.as_ref().map(|ty| format!("`type = {ty:?}`")));
    if def.not_null.is_some() {
        keys.push("no `null` (a column is NOT NULL without it)".to_owned());
    } else if significant(text).any(|token| token.text(text).eq_ignore_ascii_case("null")) && def.default.is_none() {
        keys.push("`null = true`".to_owned());
    }
    keys.extend(def.default.map(|sql| match SQLITE.read_literal(&SQLITE.default_value(sql)) {
        Some(Literal::Text(text)) => format!("`default = {text:?}`"),
        Some(Literal::Number(digits)) => format!("`default = {digits}`"),
        Some(Literal::Bool(value)) => format!("`default = {value}`"),
        None if sql.eq_ignore_ascii_case("null") => "no `default` (it is NULL without it)".to_owned(),
        None => format!("`default = {{ sql = {sql:?} }}`"),
    }));
    keys.extend(def.collation.as_ref().map(|name| format!("`collation = {name:?}`")));
    keys
}

fn of_constraint(column: &Name, def: &ConstraintDef<'_>) -> Vec<String> {
    match def {
        ConstraintDef::PrimaryKey { autoincrement, .. } => {
            let mut keys = vec![format!("`primary_key = [{:?}]` on the table", column.as_str())];
            if *autoincrement {
                keys.push("`autoincrement = true`".to_owned());
            }
            keys
        }
        ConstraintDef::Unique { .. } => vec!["`unique = true`".to_owned()],
        ConstraintDef::Check { sql, .. } => vec![format!("`check = {sql:?}`")],
        ConstraintDef::ForeignKey(key) => {
            let columns = quote_list(key.ref_columns.iter().map(String::as_str));
            let columns = if columns.is_empty() { columns } else { format!("({columns})") };
            vec![format!("`references = {:?}`", quote(&key.references) + &columns)]
        }
    }
}

/// The words in double quotes that SQLite reads as strings where no column has that name.
pub(super) fn strings_unless_columns(sql: &Sql) -> Vec<String> {
    let text = sql.as_str();
    if !text.contains('"') {
        return Vec::new();
    }
    let tokens: Vec<Token> = significant(text).collect();
    let is = |at: Option<usize>, words: &[&str]| {
        let token = at.and_then(|at| tokens.get(at));
        token.is_some_and(|token| words.iter().any(|word| token.text(text).eq_ignore_ascii_case(word)))
    };
    // Names of tables, functions, collations and types stand in quotes too; a rowid has no column.
    let is_string = |at: usize| {
        !is(at.checked_add(1), &[".", "("])
            && !is(at.checked_sub(1), &[".", "collate", "as"])
            && !is(Some(at), &["\"rowid\"", "\"oid\"", "\"_rowid_\""])
    };
    let quoted = tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::DoubleQuoted);
    quoted.filter(|(at, _)| is_string(*at)).filter_map(|(_, token)| token.identifier(text)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_a_type_holds_too_has_keys() {
        let help = |text: &str| in_type(&Name::exact("id"), text).map(|mistake| mistake.instead.join(", "));
        for (text, written) in [
            (
                "integer primary key autoincrement",
                "`type = \"integer\"`, `primary_key = [\"id\"]` on the table, `autoincrement = true`",
            ),
            ("text COLLATE nocase", "`type = \"text\"`, `collation = \"nocase\"`"),
            ("int not null", "`type = \"int\"`, no `null` (a column is NOT NULL without it)"),
            ("int null", "`type = \"int\"`, `null = true`"),
            ("int default 5", "`type = \"int\"`, `default = 5`"),
            ("text default (lower('A'))", "`type = \"text\"`, `default = { sql = \"lower('A')\" }`"),
            ("int references p(x)", "`type = \"int\"`, `references = \"p(x)\"`"),
            ("int unique check (id > 0)", "`type = \"int\"`, `unique = true`, `check = \"id > 0\"`"),
        ] {
            assert_eq!(help(text).as_deref(), Some(written), "{text}");
        }
        for text in
            ["integer", "double precision", "varchar(20)", "nullable", "\"integer primary key\"", "int 'unique'"]
        {
            assert_eq!(help(text), None, "{text}");
        }
        assert!(help("varchar(max) unique").unwrap().contains("a key of its own"));
    }

    #[test]
    fn words_in_double_quotes() {
        let found = |text: &str| strings_unless_columns(&SQLITE.expression(text));
        assert_eq!(found("\"zzz\" > 0 and [y] > 'x'"), ["zzz"]);
        assert_eq!(found("\"t\".\"a\" > \"lower\"(b) collate \"nocase\" and \"rowid\" > 1"), Vec::<String>::new());
    }
}
