//! The definition of a column.

use crate::catalog::{Column, Generated, Identity, Name, ObjectId};

use super::super::sql::{default_value, name, options, parenthesised, quote};
use super::sequence::numbering;

/// `id bigint NOT NULL DEFAULT 1`: all that can be said where a column is made.
pub(in crate::dialect::postgres) fn definition(id: &ObjectId, column: &Column) -> String {
    let mut words = vec![name(id)];
    words.extend(column.ty.as_ref().map(|ty| ty.as_str().to_owned()));
    let settings = options(&column.settings);
    if !settings.is_empty() {
        words.push(settings.trim_start().to_owned());
    }
    words.extend(column.collation.as_ref().map(|name| format!("COLLATE {}", collation(name))));
    words.extend(column.default.as_ref().map(|sql| format!("DEFAULT {}", default_value(sql.as_str()))));
    words.extend(column.generated.as_ref().map(generated));
    words.extend(column.identity.as_ref().map(|identity| identity_clause(id, identity)));
    let not_null = column.not_null.as_ref();
    if !column.null && !not_null.is_some_and(|not_null| not_null.not_valid) {
        let named = not_null.and_then(|not_null| not_null.name.as_ref());
        words.extend(named.map(|name| format!("CONSTRAINT {}", quote(name.as_str()))));
        words.push("NOT NULL".to_owned());
        words.extend(not_null.filter(|not_null| not_null.no_inherit).map(|_| "NO INHERIT".to_owned()));
    }
    words.join(" ")
}

/// `GENERATED ALWAYS AS (a + 1) STORED`.
pub(super) fn generated(generated: &Generated) -> String {
    let kept = if generated.stored { "STORED" } else { "VIRTUAL" };
    format!("GENERATED ALWAYS AS {} {kept}", parenthesised(generated.sql.as_str()))
}

fn identity_clause(id: &ObjectId, identity: &Identity) -> String {
    let words = identity.generation.words().to_ascii_uppercase();
    format!("GENERATED {words} AS IDENTITY{}", identity_options(id, identity))
}

/// ` (SEQUENCE NAME public.s START WITH 5)`, or nothing.
pub(in crate::dialect::postgres) fn identity_options(id: &ObjectId, identity: &Identity) -> String {
    let mut list = Vec::new();
    let schema = id.root().schema();
    list.extend(
        identity
            .name
            .as_ref()
            .map(|name| format!("SEQUENCE NAME {}", super::super::sql::in_schema(schema, name.as_str()))),
    );
    list.extend(numbering(&identity.numbering));
    if list.is_empty() { String::new() } else { format!(" ({})", list.join(" ")) }
}

/// The name of a collation: as the server prints it, `s.c`, or a bare name letter for letter.
pub(in crate::dialect::postgres) fn collation(name: &Name) -> String {
    let text = name.as_str();
    // `en_US.utf8` and `C.UTF-8` are names, `s.c` is one in a schema.
    match text.split_once('.') {
        _ if text.contains('"') => text.to_owned(),
        Some((schema, name)) if quote(schema) == schema => format!("{schema}.{}", quote(name)),
        _ => quote(text),
    }
}
