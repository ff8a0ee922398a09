//! Whether a text of the TOML is one piece of SQL: it is put into a statement as it is, so it may neither end that nor run
//! on into what stands behind it.

use super::tokens::{Token, TokenKind, significant, tokens};
use super::types;

/// What is wrong with an expression, a query or the like.
pub(super) fn fault_of_sql(text: &str) -> Option<String> {
    let all: Vec<Token> = significant(text).collect();
    open_ended(text).or_else(|| unbalanced(text, &all)).or_else(|| {
        let end = all.iter().position(|token| token.text(text) == ";")?;
        let is_more = all.iter().skip(end).any(|token| token.text(text) != ";");
        is_more.then(|| "it holds more than one statement".to_owned())
    })
}

/// What is wrong with a type.
pub(super) fn fault_of_type(text: &str) -> Option<String> {
    // What a function returns.
    let first = significant(text).next();
    if first.is_some_and(|token| token.is_word(text, "table")) {
        return fault_of_sql(text);
    }
    let setof = first.filter(|token| token.is_word(text, "setof"));
    let text = setof.and_then(|token| text.get(token.end..)).unwrap_or(text);
    fault_of_sql(text).or_else(|| {
        let (_, end) = types::parse(text)?;
        let rest = text.get(end..)?;
        let first = significant(rest).next()?;
        let word = first.text(rest).to_lowercase();
        let key = match word.as_str() {
            "default" => "write `default = ...` beside it",
            "primary" => "write `primary_key = true` beside it",
            "unique" => "write `unique = true` beside it",
            "references" => "write `references = \"table(column)\"` beside it",
            "check" => "write `check = ...` beside it",
            "collate" => "write `collation = ...` beside it",
            "generated" => "write `generated` or `identity` beside it",
            "not" | "null" => "write `null = true` where it may be NULL, and nothing where it may not",
            _ => "a type stands alone: `numeric(10, 2)`, `text[]`",
        };
        Some(format!("`{}` is no part of a type\n{key}", first.text(rest)))
    })
}

/// What is wrong with the body of a routine, where it is part of the statement and no string in it.
pub(super) fn fault_of_body(text: &str) -> Option<String> {
    let all: Vec<Token> = significant(text).collect();
    let is = |at: usize, word: &str| all.get(at).is_some_and(|token| token.is_word(text, word));
    if is(0, "return") {
        return fault_of_sql(text);
    }
    if !(is(0, "begin") && is(1, "atomic")) {
        return None;
    }
    let mut depth = 0_usize;
    let mut end = None;
    for at in 0..all.len() {
        if is(at, "begin") || is(at, "case") {
            depth += 1;
        } else if is(at, "end") {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                end = Some(at + 1);
                break;
            }
        }
    }
    let is_more = end.is_some_and(|end| all.iter().skip(end).any(|token| token.text(text) != ";"));
    open_ended(text).or_else(|| unbalanced(text, &all)).or_else(|| match end {
        None => Some("its `begin atomic` has no `end`".to_owned()),
        Some(_) => is_more.then(|| "something stands behind the `end` of its `begin atomic`".to_owned()),
    })
}

/// A quote or a comment that is not closed.
fn open_ended(text: &str) -> Option<String> {
    tokens(text).find_map(|token| match token.kind {
        TokenKind::Bad if token.text(text).contains(['\'', '"', '$']) => {
            let start: String = token.text(text).chars().take(20).collect();
            Some(format!("a quote is not closed: `{start}`"))
        }
        TokenKind::BlockComment if !token.text(text).ends_with("*/") => Some("a comment is not closed".to_owned()),
        _ => None,
    })
}

fn unbalanced(text: &str, all: &[Token]) -> Option<String> {
    let mut depth = 0_usize;
    for token in all {
        match token.text(text) {
            "(" => depth += 1,
            ")" => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return Some("it closes a parenthesis that it does not open".to_owned()),
            },
            _ => {}
        }
    }
    (depth > 0).then(|| "a parenthesis is not closed".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_run_on_is_found() {
        assert_eq!(fault_of_sql("select ';' as a, $$;$$ as b /* ; */ -- ;\n;"), None);
        assert!(fault_of_sql("select 1; delete from t").is_some());
        assert!(fault_of_sql("a = 'x").is_some());
        assert!(fault_of_sql("true) or (true").is_some());
        assert!(fault_of_sql("f(1").is_some());
        assert!(fault_of_sql("1 /* x").is_some());
    }

    #[test]
    fn a_type_stands_alone() {
        for ty in [
            "int",
            "numeric(10, 2)",
            "double precision",
            "timestamp(3) with time zone",
            "interval day to second(3)",
            "character varying(20)[]",
            "bit varying",
            "app.\"My Type\"[3][]",
            "geometry(Point, 4326)",
            "vector(3)",
            "int array",
            "int array[4]",
            "national character varying(3)",
            "setof app.t",
            "table (a int, b text)",
            "time without time zone",
        ] {
            assert_eq!(fault_of_type(ty), None, "{ty}");
        }
        for ty in ["int default 5", "int primary key", "int, b int", "text collate \"C\"", "int not null", "int; drop"]
        {
            assert!(fault_of_type(ty).is_some(), "{ty}");
        }
    }

    #[test]
    fn a_body_ends_with_its_end() {
        assert_eq!(fault_of_body("begin atomic select case when true then 1 end; select 2; end"), None);
        assert_eq!(fault_of_body("begin return ';' ; end"), None);
        assert!(fault_of_body("begin atomic select 1; end; delete from t").is_some());
        assert!(fault_of_body("begin atomic select 1;").is_some());
        assert!(fault_of_body("return 1; delete from t").is_some());
    }
}
