//! Operators, their families and classes, casts, and text search.

use std::fmt::Write as _;

use crate::catalog::{
    Cast, CastContext, ObjectId, Operator, OperatorClass, Setting, Settings, Sql, TextSearchConfiguration,
    TextSearchDictionary,
};

use super::super::sql::{in_schema, qualified, quote, setting};

/// `CREATE OPERATOR public.+ (FUNCTION = f, LEFTARG = a, RIGHTARG = b)`.
pub(in crate::dialect::postgres) fn operator(id: &ObjectId, operator: &Operator) -> String {
    let text = id.name().as_str();
    let (symbol, operands) = text.split_once('(').unwrap_or((text, ""));
    let operands = split_types(operands.strip_suffix(')').unwrap_or(operands));
    let operand = |at: usize| operands.get(at).filter(|ty| !ty.eq_ignore_ascii_case("none"));
    let part = |key: &str, sql: &Option<Sql>| sql.as_ref().map(|sql| format!("{key} = {}", sql.as_str()));
    let parts = [
        Some(format!("FUNCTION = {}", function_name(&operator.function))),
        operand(0).map(|ty| format!("LEFTARG = {ty}")),
        operand(1).map(|ty| format!("RIGHTARG = {ty}")),
        part("COMMUTATOR", &operator.commutator),
        part("NEGATOR", &operator.negator),
        part("RESTRICT", &operator.restrict),
        part("JOIN", &operator.join),
        operator.hashes.then(|| "HASHES".to_owned()),
        operator.merges.then(|| "MERGES".to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let schema = quote(id.schema().map_or("public", crate::catalog::Name::as_str));
    format!("CREATE OPERATOR {schema}.{} ({})", symbol.trim(), parts.join(", "))
}

/// The name of a function without the types behind it.
fn function_name(sql: &Sql) -> &str {
    let text = sql.as_str();
    text.split_once('(').map_or(text, |(name, _)| name).trim()
}

/// Types with commas between them; `numeric(10, 2)` is one.
pub(in crate::dialect::postgres) fn split_types(text: &str) -> Vec<String> {
    let (mut parts, mut part, mut depth, mut quote) = (Vec::new(), String::new(), 0_usize, None);
    for c in text.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                parts.push(std::mem::take(&mut part).trim().to_owned());
                continue;
            }
            _ => {}
        }
        part.push(c);
    }
    parts.push(part.trim().to_owned());
    parts.retain(|part| !part.is_empty());
    parts
}

/// `s.name USING btree`.
pub(in crate::dialect::postgres) fn using(id: &ObjectId) -> String {
    let text = id.name().as_str();
    let (name, method) = text.rsplit_once(" using ").unwrap_or((text, "btree"));
    format!("{} USING {}", in_schema(id.schema(), name), quote(method))
}

/// `CREATE OPERATOR CLASS c DEFAULT FOR TYPE t USING btree AS OPERATOR 1 <, FUNCTION 1 f(t, t)`.
pub(in crate::dialect::postgres) fn operator_class(id: &ObjectId, class: &OperatorClass) -> String {
    let text = id.name().as_str();
    let (name, method) = text.rsplit_once(" using ").unwrap_or((text, "btree"));
    let mut sql = format!("CREATE OPERATOR CLASS {}", in_schema(id.schema(), name));
    if class.default {
        sql.push_str(" DEFAULT");
    }
    let _ = write!(sql, " FOR TYPE {} USING {}", class.for_type.as_str(), quote(method));
    if let Some(family) = &class.family {
        let _ = write!(sql, " FAMILY {}", family.as_str());
    }
    let operators = class.operators.iter().map(|sql| format!("OPERATOR {}", sql.as_str()));
    let functions = class.functions.iter().map(|sql| format!("FUNCTION {}", sql.as_str()));
    let storage = class.storage.iter().map(|sql| format!("STORAGE {}", sql.as_str()));
    let mut parts: Vec<String> = operators.chain(functions).chain(storage).collect();
    if parts.is_empty() {
        // A class needs something in it; its own type is what is kept anyway.
        parts.push(format!("STORAGE {}", class.for_type.as_str()));
    }
    format!("{sql} AS\n    {}", parts.join(",\n    "))
}

/// `CREATE CAST (a AS b) WITH FUNCTION f(a) AS ASSIGNMENT`.
pub(in crate::dialect::postgres) fn cast(id: &ObjectId, cast: &Cast) -> String {
    let text = id.name().as_str();
    let types = text.split_once(" as ").map_or_else(|| text.to_owned(), |(from, to)| format!("{from} AS {to}"));
    let way = match &cast.function {
        Some(function) => format!("WITH FUNCTION {}", function.as_str()),
        None if cast.inout => "WITH INOUT".to_owned(),
        None => "WITHOUT FUNCTION".to_owned(),
    };
    let context = match cast.context {
        CastContext::Explicit => "",
        CastContext::Assignment => " AS ASSIGNMENT",
        CastContext::Implicit => " AS IMPLICIT",
    };
    format!("CREATE CAST ({types}) {way}{context}")
}

/// `CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, stopwords = 'english')`.
pub(in crate::dialect::postgres) fn dictionary(id: &ObjectId, dictionary: &TextSearchDictionary) -> String {
    let template = std::iter::once(format!("TEMPLATE = {}", dictionary.template.as_str()));
    let parts: Vec<String> = template.chain(pairs(&dictionary.options)).collect();
    format!("CREATE TEXT SEARCH DICTIONARY {} ({})", qualified(id), parts.join(", "))
}

/// `stopwords = 'english'`, each.
pub(in crate::dialect::postgres) fn pairs(settings: &Settings) -> impl Iterator<Item = String> {
    settings.iter().map(|(key, value)| pair(key, value))
}

/// `stopwords = 'english'`.
pub(in crate::dialect::postgres) fn pair(key: &str, value: &Setting) -> String {
    format!("{} = {}", quote(key), setting(value))
}

/// `CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default")` and its mappings.
pub(in crate::dialect::postgres) fn configuration(id: &ObjectId, of: &TextSearchConfiguration) -> Vec<String> {
    let mut sql = vec![format!("CREATE TEXT SEARCH CONFIGURATION {} (PARSER = {})", qualified(id), of.parser.as_str())];
    sql.extend(of.mapping.iter().filter_map(|(token, dictionaries)| mapping(id, "ADD", token, dictionaries)));
    sql
}

/// `ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word WITH simple`; none without dictionaries.
pub(in crate::dialect::postgres) fn mapping(id: &ObjectId, verb: &str, token: &str, with: &[Sql]) -> Option<String> {
    let names: Vec<&str> = with.iter().map(Sql::as_str).collect();
    (!names.is_empty()).then(|| {
        let target = format!("ALTER TEXT SEARCH CONFIGURATION {}", qualified(id));
        format!("{target} {verb} MAPPING FOR {} WITH {}", quote(token), names.join(", "))
    })
}
