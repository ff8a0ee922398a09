//! CREATE VIEW.

use super::cursor::{Cursor, Parsed};

/// A view as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateView<'a> {
    /// Its name.
    pub name: String,
    /// The names of its columns, if they are given.
    pub column_names: Vec<String>,
    /// The query.
    pub query: &'a str,
}

/// Reads a stored CREATE VIEW.
pub fn create_view(sql: &str) -> Parsed<CreateView<'_>> {
    let mut cursor = Cursor::new(sql);
    cursor.expect(&["create"])?;
    cursor.temporary();
    cursor.expect(&["view"])?;
    cursor.if_not_exists();
    let name = cursor.qualified_name()?;
    let column_names = if cursor.is_symbol("(") { cursor.name_list()? } else { Vec::new() };
    cursor.expect(&["as"])?;
    if cursor.is_at_end() {
        return Err(cursor.error("a query"));
    }
    Ok(CreateView { name, column_names, query: cursor.rest() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_query_is_kept_with_its_comments() {
        let view = create_view("CREATE VIEW \"v 1\"(a, [b]) AS -- all\n select 1 as a, 2 /* b */;\n").unwrap();
        assert_eq!(view.name, "v 1");
        assert_eq!(view.column_names, ["a", "b"]);
        assert_eq!(view.query, "-- all\n select 1 as a, 2 /* b */");
    }
}
