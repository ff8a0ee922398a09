//! CREATE VIRTUAL TABLE.

use super::cursor::{Cursor, Parsed};

/// A virtual table as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateVirtualTable<'a> {
    /// Its name.
    pub name: String,
    /// The name of its module.
    pub module: String,
    /// The module and its arguments, as written.
    pub using: &'a str,
}

/// Reads a stored CREATE VIRTUAL TABLE.
pub fn create_virtual_table(sql: &str) -> Parsed<CreateVirtualTable<'_>> {
    let mut cursor = Cursor::new(sql);
    cursor.expect(&["create", "virtual", "table"])?;
    cursor.if_not_exists();
    let name = cursor.qualified_name()?;
    cursor.expect(&["using"])?;
    let start = cursor.position();
    let module = cursor.name()?;
    cursor.go_back(start);
    Ok(CreateVirtualTable { name, module, using: cursor.rest() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_kept_as_written() {
        let table =
            create_virtual_table("CREATE VIRTUAL TABLE s USING fts5(title, body, tokenize = 'porter ascii')").unwrap();
        assert_eq!((table.name.as_str(), table.module.as_str()), ("s", "fts5"));
        assert_eq!(table.using, "fts5(title, body, tokenize = 'porter ascii')");
    }
}
