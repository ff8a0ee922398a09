//! The output of `pg_dump --schema-only` as facts: its statements sorted, the order of a table's columns aside.

/// The facts of a dump.
pub(crate) fn facts(dump: &str) -> Vec<String> {
    // `\restrict` and `\unrestrict` carry a random word.
    let dump: String = dump
        .split_inclusive('\n')
        .filter(|l| !l.starts_with("\\restrict ") && !l.starts_with("\\unrestrict "))
        .collect();
    let mut facts: Vec<_> = split(&dump, ';')
        .into_iter()
        .filter(|s| !s.is_empty() && !s.starts_with("SET ") && !s.starts_with("SELECT pg_catalog.set_config("))
        .map(|statement| sorted_options(&sorted_columns(&statement)))
        .collect();
    facts.sort();
    facts
}

/// A CREATE TABLE with what stands between its parentheses sorted.
fn sorted_columns(statement: &str) -> String {
    let is_table = ["CREATE TABLE ", "CREATE UNLOGGED TABLE ", "CREATE FOREIGN TABLE "];
    if !is_table.iter().any(|head| statement.starts_with(head)) {
        return statement.to_owned();
    }
    let (Some(from), Some(to)) = (statement.find(" (\n"), statement.find("\n)")) else { return statement.to_owned() };
    if from + 3 > to {
        return statement.to_owned();
    }
    let mut parts = split(&statement[from + 3..to], ',');
    parts.sort();
    format!("{} (\n    {}{}", &statement[..from], parts.join("\n    "), &statement[to..])
}

/// A view with its options sorted: the server keeps them in the order in which they were set.
fn sorted_options(statement: &str) -> String {
    let Some(from) = statement.starts_with("CREATE VIEW ").then(|| statement.find(" WITH (")).flatten() else {
        return statement.to_owned();
    };
    let from = from + " WITH (".len();
    let Some(to) = statement[from..].find(") AS\n").map(|at| from + at) else { return statement.to_owned() };
    let mut options = split(&statement[from..to], ',');
    options.sort();
    format!("{}{}{}", &statement[..from], options.join(", "), &statement[to..])
}

/// Splits at a separator outside strings, quoted names, bodies of functions, parentheses and comments; these go.
fn split(text: &str, separator: char) -> Vec<String> {
    let (mut parts, mut part, mut depth) = (Vec::new(), String::new(), 0_usize);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '\'' | '"' => quoted(rest, c),
            '$' => dollar_quoted(rest),
            '-' if rest.starts_with("--") => {
                rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
                continue;
            }
            'B' if rest.starts_with("BEGIN ATOMIC\n") => rest.find("\nEND").map_or(rest.len(), |at| at + 4),
            '(' | '[' => {
                depth += 1;
                1
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                1
            }
            c if c == separator && depth == 0 => {
                parts.push(std::mem::take(&mut part).trim().to_owned());
                rest = &rest[1..];
                continue;
            }
            c => c.len_utf8(),
        };
        part.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    parts.push(part.trim().to_owned());
    parts.retain(|part| !part.is_empty());
    parts
}

/// The length of a string or a quoted name; a doubled quote goes on as the next one.
fn quoted(text: &str, quote: char) -> usize {
    text[1..].find(quote).map_or(text.len(), |at| at + 2)
}

fn dollar_quoted(text: &str) -> usize {
    let Some(end) = text[1..].find('$').map(|at| at + 2) else { return 1 };
    let tag = &text[..end];
    if !tag[1..tag.len() - 1].chars().all(|c| c.is_alphanumeric() || c == '_') {
        return 1;
    }
    text[end..].find(tag).map_or(1, |at| end + at + tag.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_told_apart() {
        let dump = "--\n-- a comment; of course\n--\n\\restrict xyz\nSET a = b;\nSELECT pg_catalog.set_config('a', '', false);\n\
            CREATE TABLE public.t (\n    b text DEFAULT 'x;,y'::text,\n    a numeric(3,1)\n);\n\n\
            CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $_$select 1; -- stays\n$_$;\n\
            CREATE FUNCTION g() RETURNS int LANGUAGE sql\n    BEGIN ATOMIC\n SELECT 1;\n SELECT 2;\nEND;\n\
            CREATE RULE r AS ON INSERT TO t DO ( SELECT 1; SELECT 2; );\n";
        let found = facts(dump);
        assert_eq!(found.len(), 4, "{found:#?}");
        let turned = dump.replace(
            "    b text DEFAULT 'x;,y'::text,\n    a numeric(3,1)\n",
            "    a numeric(3,1),\n    b text DEFAULT 'x;,y'::text\n",
        );
        assert_eq!(facts(&turned), found);
        assert_ne!(facts(&dump.replace("stays", "is seen")), found);
        let view = |options| facts(&format!("CREATE VIEW v WITH ({options}) AS\n SELECT 1;\n"));
        assert_eq!(view("b='true', a='1'"), view("a='1', b='true'"));
        assert_ne!(facts(&dump.replace("x;,y", "x;,z")), found);
    }
}
