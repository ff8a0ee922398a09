//! Schemas, extensions and collations.

use crate::catalog::{Collation, Extension, ObjectId};

use super::super::sql::{name, qualified, quote, string};

/// `CREATE SCHEMA billing`.
pub(in crate::dialect::postgres) fn schema(id: &ObjectId) -> String {
    format!("CREATE SCHEMA {}", name(id))
}

/// `CREATE EXTENSION citext WITH SCHEMA public`.
pub(in crate::dialect::postgres) fn extension(id: &ObjectId, extension: &Extension) -> String {
    let mut sql = format!("CREATE EXTENSION {}", name(id));
    let schema = extension.in_schema.as_ref().map(|schema| format!("SCHEMA {}", quote(schema.as_str())));
    let version = extension.version.as_ref().map(|version| format!("VERSION {}", string(version)));
    let options: Vec<String> = schema.into_iter().chain(version).collect();
    if !options.is_empty() {
        sql.push_str(" WITH ");
        sql.push_str(&options.join(" "));
    }
    sql
}

/// `CREATE COLLATION c (PROVIDER = icu, LOCALE = 'de')`.
pub(in crate::dialect::postgres) fn collation(id: &ObjectId, collation: &Collation) -> String {
    let text = |key: &str, value: &Option<String>| value.as_ref().map(|value| format!("{key} = {}", string(value)));
    let parts = [
        collation.provider.as_ref().map(|provider| format!("PROVIDER = {}", quote(provider))),
        text("LOCALE", &collation.locale),
        text("LC_COLLATE", &collation.lc_collate),
        text("LC_CTYPE", &collation.lc_ctype),
        collation.nondeterministic.then(|| "DETERMINISTIC = false".to_owned()),
        text("RULES", &collation.rules),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("CREATE COLLATION {} ({})", qualified(id), parts.join(", "))
}
