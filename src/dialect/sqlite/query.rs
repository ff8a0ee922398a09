//! The form in which the query of a view is compared.
//!
//! SQLite names the columns of a view after the text: `a as Total` is `Total`, and an expression without
//! a name is called what stands there, letter for letter, spaces and comments included. A view whose
//! columns have other names is another view, so these texts are kept; the rest is compared by its tokens.

use super::canonical::{Case, push, push_token};
use super::keywords::{WordClass, classify};
use super::tokens::{Token, TokenKind, significant};

/// The tokens joined by one space, with what names columns as it is written.
pub(super) fn canonical(text: &str) -> String {
    let mut tokens: Vec<Token> = significant(text).collect();
    while tokens.last().is_some_and(|token| token.text(text) == ";") {
        tokens.pop();
    }
    // The columns of a common table expression may be named in its head, which looks like a call.
    let named_apart = tokens.iter().any(|token| is_word(token, text, "with"));
    let case = if named_apart { Case::Kept } else { Case::Folded };
    let mut writer = Writer { text, case, out: String::with_capacity(text.len()) };
    writer.write(&tokens);
    writer.out
}

struct Writer<'a> {
    text: &'a str,
    case: Case,
    out: String,
}

impl Writer<'_> {
    fn write(&mut self, tokens: &[Token]) {
        let mut rest = tokens;
        while let Some((first, after)) = rest.split_first() {
            push_token(&mut self.out, first, self.text, self.case);
            rest = after;
            if is_word(first, self.text, "select") {
                rest = self.result_columns(rest);
            }
        }
    }

    /// Writes what stands behind SELECT, up to what ends the list; gives back the rest.
    fn result_columns<'t>(&mut self, tokens: &'t [Token]) -> &'t [Token] {
        let mut rest = tokens;
        if let Some((first, after)) = rest.split_first()
            && ["distinct", "all"].iter().any(|word| is_word(first, self.text, word))
        {
            push_token(&mut self.out, first, self.text, self.case);
            rest = after;
        }
        loop {
            let length = self.length_of_column(rest);
            let (column, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            self.result_column(column, after.first());
            match after.split_first() {
                Some((comma, next)) if comma.text(self.text) == "," => {
                    push(&mut self.out, ",");
                    rest = next;
                }
                _ => return after,
            }
        }
    }

    /// How many tokens there are up to a comma or the end of the list.
    fn length_of_column(&self, tokens: &[Token]) -> usize {
        const ENDS: [&str; 9] = ["from", "where", "group", "having", "order", "limit", "union", "intersect", "except"];
        let mut depth = 0_u32;
        let ends = |token: &&Token| {
            match token.text(self.text) {
                "(" => depth += 1,
                ")" if depth == 0 => return true,
                ")" => depth -= 1,
                "," | ";" => return depth == 0,
                _ => return depth == 0 && ENDS.iter().any(|word| is_word(token, self.text, word)),
            }
            false
        };
        let mut ends = ends;
        tokens.iter().position(|token| ends(&token)).unwrap_or(tokens.len())
    }

    fn result_column(&mut self, column: &[Token], next: Option<&Token>) {
        if let Some((alias, before)) = column.split_last()
            && self.is_alias(alias, before)
        {
            self.write(before);
            push_token(&mut self.out, alias, self.text, Case::Kept);
        } else if self.is_reference(column) {
            self.write(column);
        } else if let (Some(first), Some(last)) = (column.first(), column.last()) {
            // SQLite's name ends where the next token begins.
            let end = next.filter(|next| next.text(self.text) != ";").map_or(last.end, |next| next.start);
            push(&mut self.out, self.text.get(first.start..end).unwrap_or_default().trim_end());
        }
    }

    /// Whether the last token names what is before it. What is not clear is none.
    fn is_alias(&self, alias: &Token, before: &[Token]) -> bool {
        let Some(previous) = before.last() else { return false };
        if is_word(previous, self.text, "as") {
            return true;
        }
        let names = match alias.kind {
            TokenKind::Word => classify(alias.text(self.text)) == WordClass::Plain,
            TokenKind::DoubleQuoted | TokenKind::Quoted => true,
            _ => false,
        };
        let ends_a_value = match previous.kind {
            TokenKind::Word => {
                classify(previous.text(self.text)) == WordClass::Plain || is_word(previous, self.text, "end")
            }
            TokenKind::DoubleQuoted
            | TokenKind::Quoted
            | TokenKind::String
            | TokenKind::Blob
            | TokenKind::Number
            | TokenKind::Variable => true,
            TokenKind::Symbol => previous.text(self.text) == ")",
            TokenKind::LineComment | TokenKind::BlockComment | TokenKind::Bad => false,
        };
        names && ends_a_value
    }

    /// `a`, `t.a`, `*`, `t.*`: named by the table.
    fn is_reference(&self, column: &[Token]) -> bool {
        let is_name = |token: &Token| match token.kind {
            TokenKind::Word => {
                let text = token.text(self.text);
                let value = ["true", "false"].iter().any(|value| text.eq_ignore_ascii_case(value));
                classify(text) == WordClass::Plain && !value
            }
            // In double quotes it may be a string, which is called what stands there.
            TokenKind::Quoted => true,
            _ => false,
        };
        let quoted = |token: &Token| is_name(token) || token.kind == TokenKind::DoubleQuoted;
        let dotted = column.len() > 1;
        column.len() % 2 == 1
            && column.iter().enumerate().all(|(at, token)| match at {
                _ if at % 2 == 1 => token.text(self.text) == ".",
                _ if at + 1 == column.len() && token.text(self.text) == "*" => true,
                _ if dotted => quoted(token),
                _ => is_name(token),
            })
    }
}

fn is_word(token: &Token, sql: &str, word: &str) -> bool {
    token.kind == TokenKind::Word && token.text(sql).eq_ignore_ascii_case(word)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    /// The names of the columns of a view, as SQLite reports them.
    fn columns(query: &str) -> Vec<String> {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("create table t (a int, \"Total\" int, \"b c\" int)").unwrap();
        conn.execute_batch(&format!("create view v as {query}")).unwrap();
        let mut statement = conn.prepare("select name from pragma_table_info('v')").unwrap();
        let names = statement.query_map([], |row| row.get(0)).unwrap();
        names.map(Result::unwrap).collect()
    }

    #[test]
    fn views_that_are_equal_have_the_same_columns() {
        for (a, b) in [
            ("select * from T;", "SELECT *\nFROM t -- all\n;"),
            ("select A, Total from t", "select a,\n [total] FROM t"),
            ("select T.A, t.TOTAL from t", "select t.a, t.total from t"),
            ("select a  +  1 AS x from t", "select A+1 as x from t"),
            ("select A, count(*) n from t group by A", "select a, count( * ) n from t group by a"),
            ("select * from (select a as Total from t)", "select * from (select A as Total from t)"),
            ("select case when a then 1 end E from t", "select case when A then 1 END E from t"),
            ("select (select max(A) from t) m", "select (SELECT max(A) from t) m"),
        ] {
            assert_eq!(canonical(a), canonical(b), "{a} and {b}");
            assert_eq!(columns(a), columns(b), "{a} and {b}");
        }
    }

    #[test]
    fn views_with_other_columns_are_not_equal() {
        for (a, b) in [
            ("select a as Total from t", "select a as total from t"),
            ("select a Tot from t", "select a tot from t"),
            ("select a+1 from t", "select a + 1 from t"),
            ("select a+1 from t", "select A+1 from t"),
            ("select a +/* one */1 from t", "select a +1 from t"),
            ("select NULL", "select null"),
            ("select count(*) from t", "select COUNT(*) from t"),
            ("select * from (select a+1 from t)", "select * from (select a + 1 from t)"),
            ("with x(Total) as (select 1) select * from x", "with x(total) as (select 1) select * from x"),
            ("select \"Zzz\" from t", "select \"zzz\" from t"),
            ("select max(a), a collate nocase || 'x' from t", "select max(a), a collate  nocase || 'x' from t"),
            ("values (1) union select 2 as B", "select 2 as B"),
        ] {
            assert_ne!(columns(a), columns(b), "{a} and {b}");
            assert_ne!(canonical(a), canonical(b), "{a} and {b}");
        }
    }
}
