//! SHOW CREATE VIEW.

use super::cursor::{Cursor, Parsed};

/// What is read of a view's statement; the rest of it is in `information_schema`.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) struct ViewText {
    /// `undefined`, `merge`, `temptable`.
    pub(in super::super) algorithm: String,
    /// The names of its columns, where the query does not say them.
    pub(in super::super) column_names: Vec<String>,
    /// The query.
    pub(in super::super) query: String,
    /// Whether it is a JSON duality view (MySQL 9.4).
    pub(in super::super) is_duality: bool,
}

/// Reads a view. `database` is taken out of its names; `checked` says whether a check option stands behind the query.
/// The charset of a literal stays: it is shown only where people wrote it.
pub(in super::super) fn create_view(sql: &str, database: &str, checked: bool) -> Parsed<ViewText> {
    let mut cursor = Cursor::new(sql);
    cursor.expect(&["create"])?;
    let (mut algorithm, mut is_duality) = ("undefined".to_owned(), false);
    while !(cursor.is_at_end() || cursor.eat(&["view"])) {
        if cursor.eat(&["algorithm"]) {
            cursor.expect_symbol("=")?;
            algorithm = cursor.name()?.to_lowercase();
        } else if cursor.eat(&["duality"]) {
            is_duality = true;
        } else {
            cursor.advance();
        }
    }
    cursor.name()?;
    if cursor.eat_symbol(".") {
        cursor.name()?;
    }
    let column_names = if cursor.is_symbol("(") { cursor.names()? } else { Vec::new() };
    cursor.expect(&["as"])?;
    let first = cursor.position();
    let mut ends = first;
    while !cursor.is_at_end() {
        cursor.advance();
        ends += 1;
    }
    if checked {
        // WITH CASCADED CHECK OPTION
        ends = ends.saturating_sub(4);
    }
    let query = cursor.raw_between(first, ends);
    Ok(ViewText { algorithm, column_names, query: without_database(query, database), is_duality })
}

/// The text without the database's own name before the names of its tables and functions.
pub(in super::super) fn without_database(sql: &str, database: &str) -> String {
    let all: Vec<_> = super::super::tokens::significant(sql).collect();
    let mut out = String::with_capacity(sql.len());
    let mut from = 0;
    for (at, token) in all.iter().enumerate() {
        let after_dot = at > 0 && all.get(at - 1).is_some_and(|before| before.is_symbol(sql, "."));
        let Some(dot) = all.get(at + 1).filter(|next| next.is_symbol(sql, ".")) else { continue };
        let quoted = token.kind == super::super::tokens::TokenKind::Quoted;
        if quoted && !after_dot && token.identifier(sql).as_deref() == Some(database) {
            out.push_str(sql.get(from..token.start).unwrap_or_default());
            from = dot.end;
        }
    }
    out.push_str(sql.get(from..).unwrap_or_default());
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_read() {
        let sql = "CREATE ALGORITHM=MERGE DEFINER=`a`@`%` SQL SECURITY DEFINER VIEW `v` AS select `d`.`t`.`a` AS `a` \
                   from `d`.`t` where (`d`.`t`.`b` = _utf8mb4'x') WITH CASCADED CHECK OPTION";
        let view = create_view(sql, "d", true).unwrap();
        assert_eq!(view.algorithm, "merge");
        assert_eq!(view.query, "select `t`.`a` AS `a` from `t` where (`t`.`b` = _utf8mb4'x')");
    }
}
