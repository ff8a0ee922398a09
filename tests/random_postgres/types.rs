//! Types of columns: their SQL, values, defaults and expressions.

use super::Schema;

/// How many types a column may have.
pub(super) const TYPES: usize = 24;

/// The names of columns by their slots; some are odd.
const COLUMNS: [&str; 6] = ["one", "two", "\"select\"", "\"With space\"", "\"it's\"", "\"x.y\""];

/// Lists of values of an enum; the first values are in all but two.
const VALUES: [&[&str]; super::generate::ENUM_LISTS] = [
    &["sad", "ok"],
    &["sad", "ok", "it''s"],
    &["new", "sad", "ok"],
    &["ok", "sad"],
    &["sad", "between", "ok", "glad"],
    &["sad"],
    &["ok", "it''s", "sad", "glad"],
];

/// What a type is, for what may be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Number,
    Text,
    Other,
    /// Without an order by btree.
    Unordered,
}

/// A type with a value's SQL by a number, and the expression of a default.
pub(super) struct Type {
    pub(super) sql: String,
    pub(super) family: Family,
    value: Value,
}

enum Value {
    Number,
    Text,
    Boolean,
    Of(&'static [&'static str]),
    Enum(&'static [&'static str]),
    EnumArray(&'static [&'static str]),
    Null,
}

pub(super) fn column_name(slot: usize) -> &'static str {
    COLUMNS[slot % COLUMNS.len()]
}

impl Schema {
    pub(super) fn values(&self, at: usize) -> Option<&'static [&'static str]> {
        self.enums[at].map(|list| VALUES[list % VALUES.len()])
    }

    /// The type of a number; what is not there is a text.
    pub(super) fn ty(&self, number: usize) -> Type {
        let of = |sql: &str, family, value| Type { sql: sql.to_owned(), family, value };
        let text = || of("text", Family::Text, Value::Text);
        let domain = |at: usize, name: &str| match &self.domains[at] {
            Some(domain) if domain.base % 4 == 3 => of(name, Family::Text, Value::Text),
            Some(_) => of(name, Family::Number, Value::Number),
            None => text(),
        };
        match number % TYPES {
            0 => of("integer", Family::Number, Value::Number),
            1 => of("bigint", Family::Number, Value::Number),
            2 => of("smallint", Family::Number, Value::Number),
            3 => of("numeric(10,2)", Family::Number, Value::Number),
            5 => of("character varying(20)", Family::Text, Value::Text),
            6 => of("boolean", Family::Other, Value::Boolean),
            7 => of(
                "timestamp with time zone",
                Family::Other,
                Value::Of(&["'2024-02-03 04:05:06+00'", "'2025-01-01 00:00:00+00'"]),
            ),
            8 => of("date", Family::Other, Value::Of(&["'2024-02-03'", "'1999-12-31'"])),
            9 => of("uuid", Family::Other, Value::Of(&["'5bf5a4a6-1f3c-4b5d-9c59-0a2d4c1b7e11'"])),
            10 => of("jsonb", Family::Other, Value::Of(&["'{\"a\": 1}'", "'[1, 2]'", "'null'"])),
            11 => of("integer[]", Family::Other, Value::Of(&["'{1,2}'", "'{}'"])),
            12 => self.values(0).map_or_else(text, |values| of("mood", Family::Other, Value::Enum(values))),
            13 => self.values(1).map_or_else(text, |values| of("other.mood", Family::Other, Value::Enum(values))),
            14 => self.values(0).map_or_else(text, |values| of("mood[]", Family::Other, Value::EnumArray(values))),
            15 => domain(0, "amount"),
            16 => domain(1, "\"Odd one\".amount"),
            17 if self.composite.is_some() => of("pair", Family::Unordered, Value::Null),
            18 => of("bytea", Family::Other, Value::Of(&["'\\x00ff'", "'\\x'"])),
            19 => of("int4range", Family::Other, Value::Of(&["'[1,5)'", "'empty'"])),
            20 => of("double precision", Family::Number, Value::Number),
            21 => of("interval", Family::Other, Value::Of(&["'1 day'", "'02:03:04'"])),
            22 => of("character(3)", Family::Text, Value::Of(&["'abc'", "'d'"])),
            23 => of("point", Family::Unordered, Value::Of(&["'(1,2)'"])),
            _ => text(),
        }
    }

    /// Whether a value of one type becomes one of another by itself.
    pub(super) fn converts(&self, from: usize, to: usize) -> bool {
        let (from, to) = (self.ty(from), self.ty(to));
        let plain = |ty: &Type| !ty.sql.contains("amount");
        let wide = to.sql == "text" || (to.family == Family::Text && from.family == Family::Text);
        let numbers = from.family == Family::Number && to.family == Family::Number && plain(&to);
        from.sql == to.sql || wide || numbers || (from.sql == "date" && to.sql.starts_with("timestamp"))
    }
}

impl Type {
    /// The SQL of a value.
    pub(super) fn value(&self, number: usize) -> String {
        match &self.value {
            Value::Number => (number * 7).to_string(),
            Value::Text if number.is_multiple_of(2) => format!("'text {number}'"),
            Value::Text => format!("'00{number}'"),
            Value::Boolean => (number.is_multiple_of(2)).to_string(),
            Value::Of(values) => values[number % values.len()].to_owned(),
            Value::Enum(values) => format!("'{}'", values[number % values.len()]),
            Value::EnumArray(values) => format!("array['{}']::mood[]", values[number % values.len()]),
            Value::Null => "null".to_owned(),
        }
    }

    /// The SQL of a default: a literal, or something that is computed.
    pub(super) fn default(&self, variant: usize, schema: &Schema) -> Option<String> {
        if variant == 0 || matches!(self.value, Value::Null) {
            return None;
        }
        let computed = match self.family {
            Family::Number if schema.early[0].is_some() => "public.twice(4)",
            Family::Number if schema.early[1].is_some() => "other.twice(4)",
            Family::Number if schema.sequence.is_some() && variant == 3 => "nextval('steps')",
            Family::Number => "1 + 2",
            Family::Text if schema.early[2].is_some() && schema.enums[0].is_some() => "left(label('sad'), 2)",
            Family::Text => "left(upper('ab') || 'c', 2)",
            Family::Other if self.sql.starts_with("timestamp") => "now()",
            Family::Other if self.sql == "date" => "current_date",
            Family::Other if self.sql == "uuid" => "gen_random_uuid()",
            Family::Other | Family::Unordered => return Some(self.value(1)),
        };
        Some(if variant == 1 { self.value(2) } else { computed.to_owned() })
    }

    /// The expression of a generated column over the key.
    pub(super) fn generated(&self, variant: usize, schema: &Schema) -> Option<String> {
        let expression = match self.family {
            Family::Number if variant == 1 && schema.early[0].is_some() => "public.twice(id::integer)",
            Family::Number if variant == 2 && schema.early[1].is_some() => "other.twice(id::integer) + 1",
            Family::Number => ["id + 1", "id * 2", "(id - 1) % 3"][variant % 3],
            Family::Text => ["id::text", "left('n' || id::text, 2)", "lpad(id::text, 2, 'x')"][variant % 3],
            Family::Other if self.sql == "boolean" => "id > 3 and id < 40",
            Family::Other if self.sql == "integer[]" => "array[id::integer, 2]",
            Family::Other | Family::Unordered => return None,
        };
        Some(expression.to_owned())
    }
}
