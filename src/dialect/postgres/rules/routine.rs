//! Functions, procedures and aggregates.

use crate::catalog::{Aggregate, Catalog, Kind, Object, ObjectId, OptionKey, Routine, Sql};
use crate::plan::{Draft, Hazard, HazardKind};

use super::super::render::operator::split_types;
use super::super::render::routine as render;
use super::others::{of, pair};
use super::{Alter, ById, Cx};

fn routine(object: Option<&Object>) -> Option<&Routine> {
    match object {
        Some(Object::Function(routine) | Object::Procedure(routine)) => Some(routine),
        _ => None,
    }
}

pub(super) fn create(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(new) = routine(cx.desired.object(id)) else { return Vec::new() };
    vec![Draft::new(id, format!("create {id}"), render::routine(id, new, false)).risking(lacking(cx, id))]
}

/// What the body names and is not there.
fn lacking(cx: &Cx<'_>, id: &ObjectId) -> Option<Hazard> {
    let reason = cx.elaborated.broken.get(id)?;
    Some(Hazard { kind: HazardKind::Broken, id: id.clone(), message: format!("will not work: {reason}") })
}

/// CREATE OR REPLACE, unless it would refuse.
pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let (Some(old), Some(new)) = (routine(cx.live.object(id)), routine(cx.desired.object(id))) else {
        return Alter::InPlace(Vec::new());
    };
    let returns = |routine: &Routine| routine.returns.as_ref().map(|sql| spelling(sql.as_str()));
    let replaces = returns(old) == returns(new)
        && old.window == new.window
        && replaces_arguments(&arguments(old.arguments.as_str()), &arguments(new.arguments.as_str()));
    if !replaces {
        return Alter::Recreate;
    }
    let draft = Draft::new(id, format!("replace {id}"), render::routine(id, new, true));
    let left = (old.body != new.body).then(|| left_by(cx, id)).flatten();
    Alter::InPlace(vec![draft.risking(left).risking(lacking(cx, id))])
}

/// What of a function's results was kept, or was asked of rows, under the body that it had: the server looks at none of it
/// again.
fn left_by(cx: &Cx<'_>, id: &ObjectId) -> Option<Hazard> {
    let users: Vec<String> =
        cx.keepers_of(id).filter(|user| cx.delta(user).is_none()).map(ToString::to_string).collect();
    (!users.is_empty()).then(|| Hazard {
        kind: HazardKind::Notice,
        id: id.clone(),
        message: format!(
            "{} rest on what it gave so far, which is not looked at again: REINDEX the indexes, and look at the rows",
            users.join(", ")
        ),
    })
}

/// Of each function, what keeps its results, or that rows were asked for them.
pub(super) fn keepers(catalog: &Catalog) -> ById<Vec<ObjectId>> {
    let is_kept = |object: &Object| match object {
        Object::Index(_) | Object::Exclusion(_) | Object::Check(_) => true,
        Object::Column(column) => column.generated.as_ref().is_some_and(|generated| generated.stored),
        _ => false,
    };
    let mut map: ById<Vec<ObjectId>> = ById::new();
    for (user, entry) in catalog.iter().filter(|(_, entry)| is_kept(&entry.object)) {
        for function in entry.mentions.iter().filter(|other| other.kind() == Kind::Function) {
            map.entry(function.clone()).or_default().push(user.clone());
        }
    }
    map
}

/// An argument, as far as it matters for replacing.
#[derive(Debug, PartialEq, Eq)]
struct Argument {
    mode: String,
    name: Option<String>,
    ty: String,
    default: bool,
}

/// Names of inputs stay, defaults may come and never go, and outputs are what they were
/// (`ProcedureCreate`, `pg_proc.c`).
fn replaces_arguments(old: &[Argument], new: &[Argument]) -> bool {
    old.len() == new.len()
        && old.iter().zip(new).all(|(old, new)| {
            let output = matches!(old.mode.as_str(), "out" | "inout");
            old.mode == new.mode
                && (old.name.is_none() || old.name == new.name)
                && (!output || (old.name == new.name && old.ty == new.ty))
                && (!old.default || new.default)
        })
}

fn arguments(text: &str) -> Vec<Argument> {
    split_types(text).iter().map(|text| argument(text)).collect()
}

/// The types that a routine takes and gives, which CREATE OR REPLACE leaves as they are.
pub(super) fn types_of<'a>(object: &'a Object) -> Vec<String> {
    let Some(routine) = routine(Some(object)) else { return Vec::new() };
    let mut all = arguments(routine.arguments.as_str());
    let returns = routine.returns.as_ref().map_or("", Sql::as_str).trim();
    let behind = |text: &'a str, word: &str| {
        let (first, rest) = text.split_at_checked(word.len())?;
        first.eq_ignore_ascii_case(word).then_some(rest)
    };
    let set = behind(returns, "setof ").unwrap_or(returns);
    let table = behind(set, "table").and_then(|columns| columns.trim().strip_prefix('('));
    match table.and_then(|columns| columns.strip_suffix(')')) {
        Some(columns) => all.extend(arguments(columns)),
        None => all.push(argument(set)),
    }
    all.into_iter().map(|argument| argument.ty).collect()
}

/// `[mode] [name] type [default ...]`.
fn argument(text: &str) -> Argument {
    let mut words = words(text);
    let default = words.iter().position(|word| word.eq_ignore_ascii_case("default") || word == "=" || word == ":=");
    if let Some(at) = default {
        words.truncate(at);
    }
    let mut mode = "in".to_owned();
    let first = words.first().map(|word| word.to_ascii_lowercase()).unwrap_or_default();
    if words.len() > 1 && matches!(first.as_str(), "in" | "out" | "inout" | "variadic") {
        words.remove(0);
        mode = first;
        if mode == "in" && words.len() > 1 && words.first().is_some_and(|word| word.eq_ignore_ascii_case("out")) {
            words.remove(0);
            "inout".clone_into(&mut mode);
        }
    }
    // `double precision` and its like are types of two words.
    let begins_type = |word: &str| {
        matches!(
            word.to_ascii_lowercase().as_str(),
            "double"
                | "character"
                | "char"
                | "national"
                | "nchar"
                | "bit"
                | "timestamp"
                | "time"
                | "interval"
                | "setof"
                | "dec"
                | "decimal"
                | "numeric"
        )
    };
    let named = words.len() > 1 && words.first().is_some_and(|word| !begins_type(word));
    let name = named.then(|| words.remove(0)).map(|name| match name.strip_prefix('"') {
        Some(quoted) => quoted.strip_suffix('"').unwrap_or(quoted).replace("\"\"", "\""),
        None => name.to_ascii_lowercase(),
    });
    Argument { mode, name, ty: spelling(&words.join(" ")), default: default.is_some() }
}

/// Words with quotes and parentheses kept whole.
fn words(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quote, mut depth) = (Vec::new(), String::new(), None, 0_usize);
    for c in text.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, c) if c.is_whitespace() && depth == 0 => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                continue;
            }
            _ => {}
        }
        word.push(c);
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// A type or a list of result columns in one spelling, as far as that is cheap: too different only means that
/// the function is made again.
fn spelling(text: &str) -> String {
    let (mut out, mut word, mut quoted) = (String::new(), String::new(), false);
    let flush = |word: &mut String, out: &mut String| {
        let known = match word.to_ascii_lowercase().as_str() {
            "int" | "int4" => "integer".to_owned(),
            "int8" => "bigint".to_owned(),
            "int2" => "smallint".to_owned(),
            "bool" => "boolean".to_owned(),
            "float8" => "double precision".to_owned(),
            "float4" => "real".to_owned(),
            "varchar" => "character varying".to_owned(),
            "decimal" => "numeric".to_owned(),
            "timestamptz" => "timestamp with time zone".to_owned(),
            "timetz" => "time with time zone".to_owned(),
            other => other.to_owned(),
        };
        out.push_str(&known);
        word.clear();
    };
    for c in text.trim().chars() {
        if quoted || c == '"' {
            flush(&mut word, &mut out);
            if c == '"' {
                quoted = !quoted;
            }
            out.push(c);
        } else if c.is_alphanumeric() || c == '_' {
            word.push(c);
        } else {
            flush(&mut word, &mut out);
            if c.is_whitespace() {
                if !out.ends_with([' ', '(', ',']) {
                    out.push(' ');
                }
            } else {
                if matches!(c, '(' | ')' | ',' | '[') && out.ends_with(' ') {
                    out.pop();
                }
                out.push(c);
            }
        }
    }
    flush(&mut word, &mut out);
    out
}

pub(super) fn create_aggregate(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(new) = of!(cx.desired.object(id), Aggregate) else { return Vec::new() };
    vec![Draft::new(id, format!("create {id}"), render::aggregate(id, new, false))]
}

/// CREATE OR REPLACE where the result stays what it is.
pub(super) fn alter_aggregate(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((old, new)) = pair!(cx, id, Aggregate) else { return Alter::InPlace(Vec::new()) };
    let result = |aggregate: &Aggregate| {
        let keys = [OptionKey::Stype, OptionKey::Finalfunc, OptionKey::Hypothetical, OptionKey::FinalfuncExtra];
        (aggregate.arguments.clone(), keys.map(|key| aggregate.options.get(key).cloned()))
    };
    if result(old) != result(new) {
        return Alter::Recreate;
    }
    Alter::InPlace(vec![Draft::new(id, format!("replace {id}"), render::aggregate(id, new, true))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_and_defaults_never_go() {
        let replaces = |old: &str, new: &str| replaces_arguments(&arguments(old), &arguments(new));
        assert!(replaces("a integer, b text", "a int, b text default 'x, y'"));
        assert!(replaces("integer, double precision", "a int, b float8"));
        assert!(!replaces("a integer", "b integer"));
        assert!(!replaces("a integer DEFAULT 1", "a integer"));
        assert!(!replaces("a integer, OUT b text", "a integer, OUT b integer"));
        assert!(replaces("a integer, OUT b text", "a integer, out b text"));
        assert!(!replaces("VARIADIC a text[]", "a text[]"));
    }

    #[test]
    fn results_compare_by_spelling() {
        assert_eq!(spelling("TABLE(a integer, b text)"), spelling("table (a int,  b text)"));
        assert_eq!(spelling("SETOF \"Order\""), "setof \"Order\"");
    }
}
