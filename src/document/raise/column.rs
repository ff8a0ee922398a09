//! `[table.t.column]`

use crate::catalog::{Column, OptionKey, Sql};
use crate::dialect::{Dialect, Literal};

use super::form::{Attribute, option_value};
use super::value::{Value, pair};

/// What a column says of itself, its constraints aside.
pub(crate) fn attributes(column: &Column, null: Option<bool>, dialect: &dyn Dialect) -> Vec<Attribute> {
    let mut list = Vec::new();
    if let Some(ty) = &column.ty {
        list.push(Attribute::new("type", Value::text(dialect.written_type(ty))));
    }
    if let Some(null) = null {
        list.push(Attribute::new("null", Value::Bool(null)));
    }
    if let Some(default) = &column.default {
        list.push(Attribute::new("default", self::default(default, dialect)));
    }
    if let Some(generated) = &column.generated {
        let kind = if generated.stored { "stored" } else { "virtual" };
        let value = Value::Table(vec![pair(kind, Value::text(generated.sql.as_str()))]);
        list.push(Attribute::new("generated", value));
    }
    if let Some(collation) = &column.collation {
        list.push(Attribute::new("collation", Value::text(collation.as_str())));
    }
    if let Some(on_update) = &column.on_update {
        list.push(Attribute::new("on_update", Value::Table(vec![pair("sql", Value::text(on_update.as_str()))])));
    }
    if let Some(check) = &column.check {
        list.push(Attribute::new("check", Value::text(check.as_str())));
    }
    for (key, value) in super::stored::of_column(column, dialect) {
        list.push(Attribute::new(key, value));
    }
    for (key, value) in column.options.iter() {
        list.push(match key {
            OptionKey::OnConflict => Attribute::on_conflict("not_null", value),
            key => Attribute::new(key.word(), option_value(value)),
        });
    }
    list
}

/// A default: the literal where it is one.
pub(super) fn default(sql: &Sql, dialect: &dyn Dialect) -> Value {
    let literal = dialect.read_literal(sql).and_then(literal);
    literal.unwrap_or_else(|| Value::Table(vec![pair("sql", Value::text(sql.as_str()))]))
}

/// The literal as TOML, where TOML can say it: `.5` and `1e400` are numbers in SQL only.
fn literal(literal: Literal) -> Option<Value> {
    match literal {
        Literal::Text(text) => Some(Value::Text(text)),
        Literal::Bool(value) => Some(Value::Bool(value)),
        Literal::Number(digits) => {
            let read = digits.parse::<toml_edit::Value>().ok()?;
            let finite = read.is_integer() || read.as_float().is_some_and(f64::is_finite);
            finite.then_some(Value::Number(digits))
        }
    }
}
