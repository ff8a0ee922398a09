//! Imported TOML as people would have written it: other words for the same. What a plan makes of it must be nothing.

use std::fs;
use std::path::Path;

/// Words for types.
const WORDS: [(&str, &str); 7] = [
    ("timestamp with time zone", "timestamptz"),
    ("timestamp without time zone", "timestamp"),
    ("character varying", "varchar"),
    ("double precision", "float8"),
    ("integer", "int"),
    ("boolean", "bool"),
    ("numeric", "decimal"),
];

/// Respells every file of a schema folder.
pub(crate) fn folder(schema: &Path) -> Result<(), String> {
    for path in super::program::snapshot(schema).into_keys() {
        let path = schema.join(path);
        let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
        fs::write(&path, file(&text)).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Respells the SQL in a file; names, texts that are kept as they are, and comments stay.
fn file(text: &str) -> String {
    let (mut out, mut of_routine, mut keep, mut quote) = (String::new(), false, false, None);
    for line in text.split_inclusive('\n') {
        if quote.is_none() {
            if line.starts_with('[') {
                of_routine = ["[function", "[procedure", "[aggregate", "[operator", "[cast"]
                    .iter()
                    .any(|head| line.starts_with(head));
            }
            let key = line.split('=').next().unwrap_or_default().trim();
            keep = line.starts_with('[')
                || key == "values"
                || key.contains("comment")
                || line.contains("comment")
                || (of_routine && key != "returns");
        }
        out += &if keep { line.to_owned() } else { sql(line) };
        // A quoted name may end with as many.
        for mark in ["\"\"\"", "'''"] {
            quote = match quote {
                None => line.split_once(&format!("= {mark}")).filter(|(_, rest)| !rest.contains(mark)).map(|_| mark),
                Some(open) => Some(open).filter(|open| *open != mark || !line.contains(mark)),
            };
            if quote == Some(mark) {
                break;
            }
        }
    }
    out
}

/// The same SQL in other words.
fn sql(line: &str) -> String {
    let mut text = line.to_owned();
    for (from, to) in WORDS {
        text = replace_word(&text, from, to);
    }
    for (head, short) in [(")::text = ANY (ARRAY[", "in ("), (")::text <> ALL (ARRAY[", "not in (")] {
        text = lists_of_varchars(&text, head, short);
    }
    for ty in ["text", "varchar"] {
        text = without_casts(&text, &format!("'::{ty}"));
    }
    text = lists(&lists(&text, "= ANY (ARRAY[", "in ("), "<> ALL (ARRAY[", "not in (");
    text.replace(" <> ", " != ").replace(" IS NOT NULL", " is not null").replace(" AND ", " and ")
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '"' | '\'' | '.' | '-'))
}

fn replace_word(text: &str, from: &str, to: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        let (before, after) = (&rest[..at], &rest[at + from.len()..]);
        out += before;
        let quoted =
            before.ends_with('"') && before.trim_end_matches('"').ends_with("= ") && after.starts_with(['"', '(', '[']);
        let alone = !is_word(out.chars().next_back()) && !is_word(after.chars().next());
        out += if alone || quoted { to } else { from };
        rest = after;
    }
    out + rest
}

/// Without the cast of a literal, unless it is one to an array or to another length.
fn without_casts(text: &str, cast: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(cast) {
        let after = &rest[at + cast.len()..];
        out += &rest[..=at];
        if after.starts_with(['[', '(', '_']) || after.starts_with(char::is_alphanumeric) {
            out += &cast[1..];
        }
        rest = after;
    }
    out + rest
}

/// `(v)::text = ANY (ARRAY['a'::varchar])` as `v in ('a'::varchar)`: to what is text itself such a list is another.
fn lists_of_varchars(text: &str, head: &str, short: &str) -> String {
    let Some(at) = text.find(head) else { return text.to_owned() };
    let (before, after) = (&text[..at], &text[at + head.len()..]);
    match (before.rsplit_once('('), after.split_once("])")) {
        (Some((before, operand)), Some((list, rest))) if list.contains("'::varchar") && !operand.contains(')') => {
            format!("{before}{operand} {short}{list}){}", lists_of_varchars(rest, head, short))
        }
        _ => format!("{before}{head}{}", lists_of_varchars(after, head, short)),
    }
}

/// `= ANY (ARRAY[1, 2])` as `in (1, 2)`, for lists without brackets in them.
fn lists(text: &str, head: &str, short: &str) -> String {
    let Some(at) = text.find(head) else { return text.to_owned() };
    let after = &text[at + head.len()..];
    match after.split_once("])") {
        Some((list, rest)) if !list.contains(['[', ']']) => {
            format!("{}{short}{list}){}", &text[..at], lists(rest, head, short))
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_change_and_names_stay() {
        let toml = "[table.t.column]\na = { type = \"integer\", check = \"(a <> 3) AND (a = ANY (ARRAY[1, 2]))\" }\n\
                    b = { type = \"character varying(3)\", default = { sql = \"('x'::text || 'y'::text[])\" } }\n\
                    [function.\"f(integer)\"]\nreturns = \"integer\"\nbody = \"select 1::integer <> 2\"\n";
        assert_eq!(
            file(toml),
            "[table.t.column]\na = { type = \"int\", check = \"(a != 3) and (a in (1, 2))\" }\n\
             b = { type = \"varchar(3)\", default = { sql = \"('x' || 'y'::text[])\" } }\n\
             [function.\"f(integer)\"]\nreturns = \"int\"\nbody = \"select 1::integer <> 2\"\n"
        );
    }
}
