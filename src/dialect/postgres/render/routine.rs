//! Functions, procedures and aggregates.

use crate::catalog::{Aggregate, Kind, ObjectId, OptionKey, Options, Routine};

use super::super::sql::{closed, in_schema, parameter, quote, string};

/// The settings whose value is a list of names, each of which is quoted by itself (`GUC_LIST_QUOTE`).
const LISTS: [&str; 6] = [
    "local_preload_libraries",
    "search_path",
    "session_preload_libraries",
    "shared_preload_libraries",
    "temp_tablespaces",
    "unix_socket_directories",
];

/// The name without the types, in its schema.
pub(in crate::dialect::postgres) fn bare(id: &ObjectId) -> String {
    let text = id.name().as_str();
    in_schema(id.schema(), text.split_once('(').map_or(text, |(name, _)| name))
}

/// `CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql ...`.
pub(in crate::dialect::postgres) fn routine(id: &ObjectId, routine: &Routine, replace: bool) -> String {
    let verb = if replace { "CREATE OR REPLACE" } else { "CREATE" };
    let kind = if id.kind() == Kind::Procedure { "PROCEDURE" } else { "FUNCTION" };
    let mut lines = vec![format!("{verb} {kind} {}({})", bare(id), closed(routine.arguments.as_str()))];
    lines.extend(routine.returns.as_ref().map(|returns| format!("RETURNS {}", returns.as_str())));
    lines.push(format!("LANGUAGE {}", quote(&routine.language)));
    let words = attributes(routine);
    if !words.is_empty() {
        lines.push(words.join(" "));
    }
    lines.extend(routine.set.iter().map(|(key, value)| format!("SET {} TO {}", parameter(key), setting(key, value))));
    lines.push(body(routine));
    lines.join("\n")
}

fn attributes(routine: &Routine) -> Vec<String> {
    let mut words = Vec::new();
    if !routine.transform.is_empty() {
        let types: Vec<String> = routine.transform.iter().map(|ty| format!("FOR TYPE {}", ty.as_str())).collect();
        words.push(format!("TRANSFORM {}", types.join(", ")));
    }
    words.extend(routine.window.then(|| "WINDOW".to_owned()));
    words.extend(keyword(&routine.options, OptionKey::Volatility));
    words.extend(routine.leakproof.then(|| "LEAKPROOF".to_owned()));
    words.extend(routine.strict.then(|| "STRICT".to_owned()));
    words.extend(keyword(&routine.options, OptionKey::Security).map(|word| format!("SECURITY {word}")));
    words.extend(keyword(&routine.options, OptionKey::Parallel).map(|word| format!("PARALLEL {word}")));
    words.extend(routine.cost.as_ref().map(|cost| format!("COST {}", number(cost))));
    words.extend(routine.rows.as_ref().map(|rows| format!("ROWS {}", number(rows))));
    words.extend(routine.support.as_ref().map(|function| format!("SUPPORT {}", function.as_str())));
    words
}

/// A word out of the closed list of its declaration.
fn keyword(options: &Options, key: OptionKey) -> Option<String> {
    let word = options.word(key)?;
    word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_').then(|| word.to_ascii_uppercase())
}

/// A number as it is written; anything else as a string that the server refuses.
fn number(text: &str) -> String {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'+' | b'-'));
    if plain { text.to_owned() } else { string(text) }
}

/// A setting as the server keeps it: by its own spelling of the name, with each name of a list in quotes where it needs them.
pub(in crate::dialect::postgres) fn kept_setting(key: &str, value: &str) -> (String, String) {
    const MIXED: [&str; 3] = ["TimeZone", "DateStyle", "IntervalStyle"];
    let own = MIXED.iter().find(|name| name.eq_ignore_ascii_case(key)).map(|name| (*name).to_owned());
    // What extensions and people make up stands as it was written first.
    let own = own.unwrap_or_else(|| if key.contains('.') { key.to_owned() } else { key.to_ascii_lowercase() });
    if !LISTS.contains(&own.as_str()) {
        return (own, value.to_owned());
    }
    let names: Vec<String> = split_names(value).iter().map(|name| quote(name)).collect();
    (own, if names.is_empty() { quote("") } else { names.join(", ") })
}

/// The value of a setting, a list name by name.
fn setting(key: &str, value: &str) -> String {
    if !LISTS.contains(&key.to_ascii_lowercase().as_str()) {
        return string(value);
    }
    let names: Vec<String> = split_names(value).iter().map(|name| string(name)).collect();
    if names.is_empty() { "''".to_owned() } else { names.join(", ") }
}

/// `a, "B c"` as two names; a plain one folds to lower case.
fn split_names(list: &str) -> Vec<String> {
    let (mut names, mut name, mut quoted, mut was_quoted) = (Vec::new(), String::new(), false, false);
    let mut chars = list.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                name.push('"');
            }
            '"' => {
                quoted = !quoted;
                was_quoted = true;
            }
            ',' if !quoted => {
                names.push((std::mem::take(&mut name), std::mem::take(&mut was_quoted)));
            }
            c if quoted => name.push(c),
            c if c.is_whitespace() => {}
            c => name.extend(c.to_lowercase()),
        }
    }
    names.push((name, was_quoted));
    names.into_iter().filter(|(name, quoted)| *quoted || !name.is_empty()).map(|(name, _)| name).collect()
}

fn body(routine: &Routine) -> String {
    if let Some(library) = &routine.library {
        let symbol = routine.symbol.as_ref().map(|symbol| format!(", {}", string(symbol)));
        return format!("AS {}{}", string(library), symbol.unwrap_or_default());
    }
    let body = routine.body.as_ref().map_or("", |body| body.as_str());
    if is_parsed(routine) { closed(body.trim()) } else { format!("AS {}", dollar_quoted(body)) }
}

/// Whether the body is SQL that the server parses when the routine is made: `BEGIN ATOMIC`, `RETURN`.
pub(in crate::dialect::postgres) fn is_parsed(routine: &Routine) -> bool {
    let mut words = routine.body.as_ref().map_or("", |body| body.as_str()).split_whitespace();
    let first = words.next().unwrap_or_default().to_ascii_lowercase();
    let second = words.next().unwrap_or_default().to_ascii_lowercase();
    routine.language.eq_ignore_ascii_case("sql")
        && ((first == "begin" && second.starts_with("atomic")) || first == "return" || first.starts_with("return("))
}

/// Text between dollar signs, with a tag that it does not contain.
fn dollar_quoted(text: &str) -> String {
    let tags = std::iter::once(String::new())
        .chain(std::iter::once("body".to_owned()))
        .chain((1..=text.len()).map(|number| format!("body{number}")));
    // A dollar sign at the end would run into the closing tag.
    let fits = |tag: &String| !text.contains(&format!("${tag}$")) && !text.ends_with('$');
    let tag = tags.into_iter().find(|tag| fits(tag));
    tag.map_or_else(|| string(text), |tag| format!("${tag}${text}${tag}$"))
}

/// `CREATE AGGREGATE public.first(anyelement) (SFUNC = ..., STYPE = ...)`.
pub(in crate::dialect::postgres) fn aggregate(id: &ObjectId, aggregate: &Aggregate, replace: bool) -> String {
    let verb = if replace { "CREATE OR REPLACE" } else { "CREATE" };
    let arguments = match aggregate.arguments.as_str().trim() {
        "" => "*".to_owned(),
        arguments => closed(arguments),
    };
    let options = &aggregate.options;
    let sql = |key, word: &str| options.word(key).map(|text| format!("{word} = {text}"));
    let literal = |key, word: &str| options.get(key).map(|value| format!("{word} = {}", string(&value.to_string())));
    let size = |key, word: &str| options.integer(key).map(|size| format!("{word} = {size}"));
    let flag = |key, word: &str| options.is_on(key).then(|| word.to_owned());
    let word = |key, word: &str| keyword(options, key).map(|value| format!("{word} = {value}"));
    let parts = [
        sql(OptionKey::Sfunc, "SFUNC"),
        sql(OptionKey::Stype, "STYPE"),
        size(OptionKey::Sspace, "SSPACE"),
        sql(OptionKey::Finalfunc, "FINALFUNC"),
        flag(OptionKey::FinalfuncExtra, "FINALFUNC_EXTRA"),
        word(OptionKey::FinalfuncModify, "FINALFUNC_MODIFY"),
        sql(OptionKey::Combinefunc, "COMBINEFUNC"),
        sql(OptionKey::Serialfunc, "SERIALFUNC"),
        sql(OptionKey::Deserialfunc, "DESERIALFUNC"),
        literal(OptionKey::Initcond, "INITCOND"),
        sql(OptionKey::Msfunc, "MSFUNC"),
        sql(OptionKey::Minvfunc, "MINVFUNC"),
        sql(OptionKey::Mstype, "MSTYPE"),
        size(OptionKey::Msspace, "MSSPACE"),
        sql(OptionKey::Mfinalfunc, "MFINALFUNC"),
        flag(OptionKey::MfinalfuncExtra, "MFINALFUNC_EXTRA"),
        word(OptionKey::MfinalfuncModify, "MFINALFUNC_MODIFY"),
        literal(OptionKey::Minitcond, "MINITCOND"),
        sql(OptionKey::Sortop, "SORTOP"),
        word(OptionKey::Parallel, "PARALLEL"),
        flag(OptionKey::Hypothetical, "HYPOTHETICAL"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{verb} AGGREGATE {}({arguments}) (\n    {}\n)", bare(id), parts.join(",\n    "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_names_are_taken_apart() {
        assert_eq!(setting("search_path", "Public, \"A b\",pg_temp"), "'public', 'A b', 'pg_temp'");
        assert_eq!(setting("search_path", "\"\""), "''");
        assert_eq!(setting("search_path", ""), "''");
        assert_eq!(setting("work_mem", "1MB"), "'1MB'");
    }

    #[test]
    fn bodies_are_quoted_with_a_tag_that_they_lack() {
        assert_eq!(dollar_quoted("select 1"), "$$select 1$$");
        assert_eq!(dollar_quoted("select $$a$$;"), "$body$select $$a$$;$body$");
        assert_eq!(dollar_quoted("a$"), "'a$'");
    }
}
