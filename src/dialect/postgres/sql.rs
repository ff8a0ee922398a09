//! The one place that writes PostgreSQL's names and literals.

use crate::catalog::{Kind, Name, ObjectId, Parameters, Setting, Settings};

use super::tokens::significant;

/// Every keyword that is not unreserved (`pg_get_keywords()` of PostgreSQL 14 to 18): what `quote_ident` quotes.
const KEYWORDS: &str = " all analyse analyze and any array as asc asymmetric authorization between bigint binary bit \
boolean both case cast char character check coalesce collate collation column concurrently constraint create cross \
current_catalog current_date current_role current_schema current_time current_timestamp current_user dec decimal \
default deferrable desc distinct do else end except exists extract false fetch float for foreign freeze from full \
grant greatest group grouping having ilike in initially inner inout int integer intersect interval into is isnull join \
json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_table \
json_value lateral leading least left like limit localtime localtimestamp merge_action national natural nchar none \
normalize not notnull null nullif numeric offset on only or order out outer overlaps overlay placing position \
precision primary real references returning right row select session_user setof similar smallint some substring \
symmetric system_user table tablesample then time timestamp to trailing treat trim true union unique user using values \
varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces \
xmlparse xmlpi xmlroot xmlserialize xmltable ";

/// The longest name, in bytes; a longer one would be cut.
const LONGEST_NAME: usize = 63;

/// A name, quoted exactly where `quote_ident` would.
pub(super) fn quote(name: &str) -> String {
    let mut bytes = name.bytes();
    let plain = bytes.next().is_some_and(|b| b.is_ascii_lowercase() || b == b'_')
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        && !KEYWORDS.contains(&format!(" {name} "));
    if plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

/// The name of an object, quoted.
pub(super) fn name(id: &ObjectId) -> String {
    quote(id.name().as_str())
}

/// Names with commas between them.
pub(super) fn names<'a>(names: impl IntoIterator<Item = &'a Name>) -> String {
    names.into_iter().map(|name| quote(name.as_str())).collect::<Vec<_>>().join(", ")
}

/// A role; `public` is the word for all of them.
pub(super) fn role(name: &str) -> String {
    match name {
        "public" => "PUBLIC".to_owned(),
        "current_user" | "session_user" | "current_role" => name.to_ascii_uppercase(),
        _ => quote(name),
    }
}

/// A string literal. A backslash stands for itself whatever `standard_conforming_strings` says.
pub(super) fn string(text: &str) -> String {
    if text.starts_with("${") && text.ends_with('}') {
        // Not the mark of a secret, though it looks like one.
        return format!("E'\\x24{}'", text[1..].replace('\'', "''").replace('\\', "\\\\"));
    }
    let quoted = format!("'{}'", text.replace('\'', "''"));
    if text.contains('\\') { format!(" E{}", quoted.replace('\\', "\\\\")).trim_start().to_owned() } else { quoted }
}

/// A name in a schema, the default one written out: it is found under any search path.
pub(super) fn in_schema(schema: Option<&Name>, name: &str) -> String {
    format!("{}.{}", quote(schema.map_or("public", Name::as_str)), quote(name))
}

/// The name of an object that lives in a schema, with it; of what has none, and of a child, its own.
pub(super) fn qualified(id: &ObjectId) -> String {
    if id.parent().is_none() && id.kind().lives_in_schema() {
        in_schema(id.schema(), id.name().as_str())
    } else if let (Kind::Index, Some(parent)) = (id.kind(), id.parent()) {
        // An index stands in the schema of its table.
        in_schema(parent.schema(), id.name().as_str())
    } else {
        name(id)
    }
}

/// An expression in parentheses. A line comment at its end is ended.
pub(super) fn parenthesised(sql: &str) -> String {
    format!("({})", closed(sql))
}

/// An expression behind DEFAULT where a column or a domain is made. The grammar takes a `b_expr` there, which has these
/// words only in parentheses.
pub(super) fn default_value(sql: &str) -> String {
    const IN_PARENTHESES: [&str; 15] = [
        "at", "collate", "and", "or", "not", "is", "isnull", "notnull", "like", "ilike", "similar", "between", "in",
        "any", "all",
    ];
    let mut depth = 0_u32;
    let is_open = significant(sql).any(|token| {
        match token.text(sql) {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && IN_PARENTHESES.iter().any(|word| token.is_word(sql, word))
    });
    if is_open { parenthesised(sql) } else { closed(sql) }
}

/// SQL text that something can follow: a comment at its end is ended.
pub(super) fn closed(sql: &str) -> String {
    let last = sql.rsplit('\n').next().unwrap_or(sql);
    if last.contains("--") { format!("{sql}\n") } else { sql.to_owned() }
}

/// Storage parameters: `(fillfactor = '70')`. `toast.x` is two names.
pub(super) fn parameters(with: &Parameters) -> String {
    let pairs = with.iter().map(|(key, value)| format!("{} = {}", parameter(key), string(value)));
    format!("({})", pairs.collect::<Vec<_>>().join(", "))
}

/// The name of a storage parameter.
pub(super) fn parameter(key: &str) -> String {
    key.split('.').map(quote).collect::<Vec<_>>().join(".")
}

/// The value of a setting; a secret by a mark that is replaced when the statement runs.
pub(super) fn setting(value: &Setting) -> String {
    match value {
        Setting::Plain(text) => string(text),
        Setting::Secret { env } => secret(env),
    }
}

/// The mark of a secret: the applier puts the variable's value in its place when the statement runs, so no plan has it.
pub(super) fn secret(env: &str) -> String {
    format!("'${{{}}}'", env.replace('\'', "''"))
}

/// `OPTIONS (a '1')`, or nothing.
pub(super) fn options(settings: &Settings) -> String {
    if settings.is_empty() {
        return String::new();
    }
    let pairs = settings.iter().map(|(key, value)| format!("{} {}", quote(key), setting(value)));
    format!(" OPTIONS ({})", pairs.collect::<Vec<_>>().join(", "))
}

/// `OPTIONS (ADD a '1', SET b '2', DROP c)`, or nothing where none differ.
pub(super) fn changed_options(old: &Settings, new: &Settings) -> Option<String> {
    let mut parts = Vec::new();
    for (key, value) in new {
        match old.get(key) {
            None => parts.push(format!("ADD {} {}", quote(key), setting(value))),
            Some(before) if before != value => parts.push(format!("SET {} {}", quote(key), setting(value))),
            Some(_) => {}
        }
    }
    parts.extend(old.keys().filter(|key| !new.contains_key(*key)).map(|key| format!("DROP {}", quote(key))));
    (!parts.is_empty()).then(|| format!("OPTIONS ({})", parts.join(", ")))
}

/// The name that the server makes up for a sequence or a constraint: cut so that it fits (`makeObjectName`).
pub(super) fn made_up_name(table: &str, column: &str, label: &str) -> String {
    let fixed = label.len() + 1 + usize::from(!column.is_empty());
    let room = LONGEST_NAME.saturating_sub(fixed);
    let (mut first, mut second) = (table.len(), column.len());
    while first + second > room {
        if first > second { first -= 1 } else { second -= 1 }
    }
    let cut = |text: &str, mut length: usize| {
        while !text.is_char_boundary(length) {
            length -= 1;
        }
        text[..length].to_owned()
    };
    let parts = [cut(table, first), cut(column, second), label.to_owned()];
    parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("_")
}

/// The name that the server gives to the multirange type of a range (makeMultirangeTypeName).
pub(super) fn made_up_multirange_name(range: &str) -> String {
    let mut name = match range.split_once("range") {
        Some((before, after)) => format!("{before}multirange{after}"),
        None => format!("{}_multirange", clipped(range, LONGEST_NAME - "_multirange".len())),
    };
    name.truncate(clipped(&name, LONGEST_NAME).len());
    name
}

/// As much of a text as fits, whole letters only.
fn clipped(text: &str, longest: usize) -> &str {
    let mut end = text.len().min(longest);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_as_quote_ident_does() {
        for (name, quoted) in [
            ("total", "total"),
            ("Total", "\"Total\""),
            ("order", "\"order\""),
            ("name", "name"),
            ("between", "\"between\""),
            ("a\"b", "\"a\"\"b\""),
            ("größe", "\"größe\""),
            ("a$", "\"a$\""),
            ("2nd", "\"2nd\""),
            ("", "\"\""),
        ] {
            assert_eq!(quote(name), quoted);
        }
        assert_eq!(string("it's"), "'it''s'");
        assert_eq!(string("a\\b'c"), "E'a\\\\b''c'");
    }

    #[test]
    fn a_default_is_in_parentheses_where_the_grammar_wants_it() {
        for sql in ["now() AT TIME ZONE 'utc'::text", "NOT true", "'a'::text COLLATE \"C\"", "1 IN (1, 2)"] {
            assert_eq!(default_value(sql), format!("({sql})"));
        }
        for sql in ["now()", "'and'::text", "f(a AND b)", "(x IS NULL)", "'{}'::text[]", "1 + 2", "\"in\"()"] {
            assert_eq!(default_value(sql), sql);
        }
    }

    #[test]
    fn names_carry_their_schema() {
        let order = ObjectId::top(Kind::Table, None, Name::exact("order"));
        assert_eq!(qualified(&order), "public.\"order\"");
        assert_eq!(qualified(&order.child(Kind::Index, Name::exact("i"))), "public.i");
        let other = ObjectId::top(Kind::View, Some(Name::exact("Billing")), Name::exact("v"));
        assert_eq!(qualified(&other), "\"Billing\".v");
    }

    #[test]
    fn made_up_names_fit() {
        assert_eq!(made_up_name("t", "", "pkey"), "t_pkey");
        assert_eq!(made_up_name("t", "id", "seq"), "t_id_seq");
        assert_eq!(made_up_name(&"t".repeat(63), &"c".repeat(63), "seq").len(), 63);
    }

    #[test]
    fn multiranges_are_named_as_the_server_does() {
        assert_eq!(made_up_multirange_name("floatrange"), "floatmultirange");
        assert_eq!(made_up_multirange_name("span"), "span_multirange");
        let long = "x".repeat(63);
        assert_eq!(made_up_multirange_name(&long), format!("{}_multirange", "x".repeat(52)));
    }
}
