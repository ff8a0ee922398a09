//! Warnings for words in double quotes that the database reads as strings.

use crate::catalog::{Column, Kind, Name, Object, ObjectId, PartOf, Sql};
use crate::diagnostic::Diagnostic;

use super::lower::Lowering;
use crate::suggest;

/// Warns of each, once all columns are there.
pub(super) fn check(lowering: &mut Lowering<'_>) {
    let mut found = Vec::new();
    for (id, entry) in lowering.desired.catalog.iter() {
        let texts: Vec<(&'static str, &Sql)> = match &entry.object {
            Object::Column(Column { default, generated, .. }) => {
                let generated = generated.iter().map(|generated| ("generated", &generated.sql));
                default.iter().map(|sql| ("default", sql)).chain(generated).collect()
            }
            Object::Check(check) => vec![("sql", &check.sql)],
            Object::Index(index) => {
                let parts = index.columns.iter().filter_map(|part| match &part.of {
                    PartOf::Sql(sql) => Some(("columns", sql)),
                    PartOf::Column(_) => None,
                });
                parts.chain(index.predicate.iter().map(|sql| ("where", sql))).collect()
            }
            _ => continue,
        };
        for (attribute, sql) in texts {
            for word in lowering.dialect.strings_unless_columns(sql) {
                found.extend(warning(lowering, id, attribute, &word));
            }
        }
    }
    lowering.found.append(&mut found);
}

fn warning(lowering: &Lowering<'_>, id: &ObjectId, attribute: &'static str, word: &str) -> Option<Diagnostic> {
    let table = id.parent()?;
    let column: Name = lowering.name(Kind::Column, word);
    // A default names no columns: what stands there in quotes is a string always.
    let is_column = attribute != "default" && lowering.desired.catalog.contains(&table.child(Kind::Column, column));
    if is_column || lowering.is_unsure(table) {
        return None;
    }
    let product = lowering.dialect.name().product();
    let message = if attribute == "default" {
        format!("{product} reads \"{word}\" as a string")
    } else {
        format!("\"{word}\" names no column of `{table}`, so {product} reads it as a string")
    };
    let text = word.replace('\'', "''");
    let columns = lowering.desired.catalog.columns(table);
    let near =
        suggest::nearest(word, columns.iter().map(|(id, _)| id.name().as_str())).filter(|_| attribute != "default");
    let meant = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    Some(
        Diagnostic::warning(message)
            .at_some(lowering.desired.place(id, Some(attribute)).copied())
            .with_help(format!("{meant}a string stands in single quotes: '{text}'")),
    )
}
