//! Indexes and the parts of keys.

use std::fmt::Write as _;

use crate::catalog::{Index, ObjectId, OptionKey, Part, PartOf};

use super::super::sql::{name, names, parameters, parenthesised, quote};
use super::address::relation;
use super::column::collation;

/// `CREATE INDEX i ON public.t (a DESC)`.
pub(in crate::dialect::postgres) fn index(id: &ObjectId, index: &Index) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let method = index.method.as_deref().map_or(String::new(), |method| format!(" USING {}", quote(method)));
    let parts: Vec<String> = index.columns.iter().map(part).collect();
    let mut sql = format!("CREATE {unique}INDEX {} ON {}{method} ({})", name(id), relation(id), parts.join(", "));
    if !index.include.is_empty() {
        let _ = write!(sql, " INCLUDE ({})", names(&index.include));
    }
    if index.nulls_not_distinct {
        sql.push_str(" NULLS NOT DISTINCT");
    }
    if !index.with.is_empty() {
        let _ = write!(sql, " WITH {}", parameters(&index.with));
    }
    if let Some(tablespace) = index.options.word(OptionKey::Tablespace) {
        let _ = write!(sql, " TABLESPACE {}", quote(tablespace));
    }
    if let Some(predicate) = &index.predicate {
        let _ = write!(sql, " WHERE {}", parenthesised(predicate.as_str()));
    }
    sql
}

/// One part: `lower(a) COLLATE "C" text_pattern_ops DESC NULLS LAST`.
pub(super) fn part(part: &Part) -> String {
    let mut words = vec![match &part.of {
        PartOf::Column(name) => quote(name.as_str()),
        PartOf::Sql(sql) => parenthesised(sql.as_str()),
    }];
    words.extend(part.collation.as_ref().map(|name| format!("COLLATE {}", collation(name))));
    words.extend(part.opclass.as_ref().map(|sql| sql.as_str().to_owned()));
    words.extend(part.order.is_descending().then(|| "DESC".to_owned()));
    words.extend(part.nulls.map(|nulls| format!("NULLS {}", nulls.word().to_ascii_uppercase())));
    words.join(" ")
}
