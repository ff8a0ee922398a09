//! CREATE INDEX.

use super::super::tokens::trim;
use super::cursor::{Cursor, Parsed};
use super::key::{KeyPart, key_parts};

/// An index as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateIndex<'a> {
    /// Its name.
    pub name: String,
    /// Its table.
    pub table: String,
    /// UNIQUE.
    pub unique: bool,
    /// Its columns and expressions.
    pub parts: Vec<KeyPart<'a>>,
    /// WHERE.
    pub predicate: Option<&'a str>,
}

/// Reads a stored CREATE INDEX.
pub fn create_index(sql: &str) -> Parsed<CreateIndex<'_>> {
    let mut cursor = Cursor::new(sql);
    cursor.expect(&["create"])?;
    let unique = cursor.eat(&["unique"]);
    cursor.expect(&["index"])?;
    cursor.if_not_exists();
    let name = cursor.qualified_name()?;
    cursor.expect(&["on"])?;
    let table = cursor.name()?;
    let (parts, _) = key_parts(&mut cursor)?;
    let predicate = if cursor.eat(&["where"]) { Some(trim(cursor.rest())) } else { None };
    cursor.finish()?;
    Ok(CreateIndex { name, table, unique, parts, predicate })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_columns_or_expressions() {
        let index = create_index(
            "CREATE UNIQUE INDEX i ON t (a, [b c] COLLATE nocase DESC, (d), lower(e) desc, a || 'x' collate rtrim, 'f' asc) WHERE a > 0 ;",
        )
        .unwrap();
        let seen: Vec<_> = index
            .parts
            .iter()
            .map(|part| (part.column.as_deref(), part.collation.as_deref(), part.order.is_descending()))
            .collect();
        assert_eq!(
            seen,
            [
                (Some("a"), None, false),
                (Some("b c"), Some("nocase"), true),
                (Some("d"), None, false),
                (None, None, true),
                (None, None, false),
                (Some("f"), None, false),
            ]
        );
        assert_eq!(index.parts.get(4).unwrap().text, "a || 'x' collate rtrim");
        assert_eq!(index.predicate, Some("a > 0"));
        assert!(index.unique);
    }

    #[test]
    fn order_words_may_be_names() {
        let index = create_index("create index i on t (desc desc, asc, (nulls) nulls last)").unwrap();
        let seen: Vec<_> =
            index.parts.iter().map(|part| (part.column.as_deref(), part.order.is_descending())).collect();
        assert_eq!(seen, [(Some("desc"), true), (Some("asc"), false), (Some("nulls"), false)]);
    }
}
