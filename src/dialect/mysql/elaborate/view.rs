//! Views: how the server understands a query is told by the optimizer's trace, before it optimizes anything. So the
//! live query and the desired one are compared without a view being made.

use crate::catalog::{Kind, Object, ObjectId, View};
use crate::database::Elaborated;
use crate::diff::Delta;
use crate::error::Result;

use super::super::connect::code;
use super::super::query::{Answer, Link};
use super::super::sql;
use super::super::tokens::significant;
use super::{Judged, cached, cte, exists, joins, planes, sequences};

const ON: &str = "SET optimizer_trace = 'enabled=on', optimizer_trace_max_mem_size = 67108864";
const OFF: &str = "SET optimizer_trace = 'enabled=off'";
const TRACE: &str = "SELECT TRACE FROM information_schema.OPTIMIZER_TRACE";

pub(super) fn views(
    link: &mut Link<'_>,
    cx: &Judged<'_>,
    views: &[ObjectId],
    elaborated: &mut Elaborated,
) -> Result<()> {
    let pairs: Vec<(&ObjectId, &View, &View)> = views
        .iter()
        .filter_map(|id| match (cx.live.object(id), cx.desired.object(id)) {
            (Some(Object::View(live)), Some(Object::View(desired))) if differs_in_text_only(live, desired) => {
                Some((id, live, desired))
            }
            _ => None,
        })
        .collect();
    if pairs.is_empty() {
        return Ok(());
    }
    let mut statements = vec![ON.to_owned()];
    for (_, live, desired) in &pairs {
        for view in [live, desired] {
            statements.extend([format!("EXPLAIN {}", select(view, cx)), TRACE.to_owned()]);
        }
    }
    statements.push(OFF.to_owned());
    let mut answers = link.batch(&statements)?.into_iter().skip(1);
    for (id, was, is) in pairs {
        let mut next = || (answers.next(), answers.next());
        let (live, desired) = (understood(next()), understood(next()));
        // A text that could not be compared is put in place of the other, which costs little and is always right.
        if let (Some(live), Some(desired)) = (live, desired)
            && live.len() == desired.len()
            && live.iter().zip(&desired).all(|(live, desired)| are_same(live, desired))
            && (!cx.dialect.is_mariadb() || says_of_cache(was) == says_of_cache(is))
            && !is_stale(cx, id)
        {
            elaborated.equal.insert(id.clone());
        }
    }
    elaborated.retract_stale(cx.desired, cx.deltas, &takes_all_columns);
    Ok(())
}

/// Whether an object is a view with `*` in its query.
fn takes_all_columns(object: &Object) -> bool {
    let Object::View(view) = object else { return false };
    let text = view.query.as_str();
    let all: Vec<_> = significant(text).collect();
    all.windows(2).any(|pair| {
        let [before, star] = pair else { return false };
        let lists = ["select", "distinct", "all"].iter().any(|word| before.is_word(text, word));
        star.is_symbol(text, "*") && (lists || before.is_symbol(text, ".") || before.is_symbol(text, ","))
    })
}

/// Whether what the query means by `*` is other columns once the plan is done, or has them under other names.
fn is_stale(cx: &Judged<'_>, id: &ObjectId) -> bool {
    let Some(entry) = cx.desired.get(id).filter(|entry| takes_all_columns(&entry.object)) else { return false };
    entry.mentions.iter().any(|other| {
        if cx.renames.iter().any(|(_, to)| to.is_within(other)) {
            return true;
        }
        let columns = cx.live.children(other).chain(cx.desired.children(other)).map(|(column, _)| column);
        let mut columns = columns.filter(|column| column.kind() == Kind::Column);
        columns.any(|column| cx.deltas.get(column).is_some_and(|delta| *delta != Delta::Alter))
    })
}

fn differs_in_text_only(live: &View, desired: &View) -> bool {
    let same = View { query: live.query.clone(), column_names: live.column_names.clone(), ..desired.clone() };
    same == *live && (live.query != desired.query || live.column_names != desired.column_names)
}

/// The query with the names of the view's columns; on MariaDB as that keeps it.
fn select(view: &View, cx: &Judged<'_>) -> String {
    let mut query = planes::spelled(&sql::closed(view.query.as_str()));
    if cx.dialect.is_mariadb() {
        query = sequences::as_texts(&cached::apart(&query).0, &cx.defaults.database);
    }
    let names = sql::quote_list(view.column_names.iter().map(crate::catalog::Name::as_str));
    let names = if names.is_empty() { names } else { format!(" ({names})") };
    let select = format!("WITH trueup_view{names} AS ({query}) SELECT * FROM trueup_view");
    if cx.dialect.is_mariadb() { exists::unlimited(&cte::named(&select)) } else { select }
}

/// What of the cache a query says, which its comparison leaves out.
fn says_of_cache(view: &View) -> Option<String> {
    cached::apart(view.query.as_str()).1
}

/// Every query of the trace as the server expands it, in order.
fn understood((explained, trace): (Option<Answer>, Option<Answer>)) -> Option<Vec<String>> {
    match explained? {
        Ok(_) => {}
        Err(error) => {
            code(&error)?;
            return None;
        }
    }
    let texts = trace?.ok()?;
    let trace: serde_json::Value = serde_json::from_str(&as_json(texts.first()?.as_deref()?)).ok()?;
    let mut found = Vec::new();
    collect(&trace, &mut found);
    (!found.is_empty()).then_some(found)
}

/// The trace as JSON: MariaDB has `\0` in the bounds of a range, for which JSON has no such escape, and what else is in a
/// literal as it is.
fn as_json(trace: &str) -> String {
    let mut json = String::with_capacity(trace.len());
    let mut in_string = false;
    let mut chars = trace.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if in_string => {
                let next = chars.next().unwrap_or('\\');
                json.push_str(if matches!(next, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') {
                    "\\"
                } else {
                    "\\\\"
                });
                json.push(next);
            }
            c if in_string && c.is_control() => json.push(' '),
            c => {
                in_string ^= c == '"';
                json.push(c);
            }
        }
    }
    json
}

/// Whether two queries are the same but for the names that the server gave the columns of a stored one, `Name_exp_2`, as
/// what people wrote can be none: it is too long, or ends with a space.
fn are_same(live: &str, desired: &str) -> bool {
    let (all, other) = (tokens_of(live), tokens_of(desired));
    let (mut at, mut to) = (0, 0);
    loop {
        match (all.get(at), other.get(to)) {
            (None, None) => return true,
            (Some(one), Some(two)) if one == two => (at, to) = (at + 1, to + 1),
            (Some(one), Some(two)) if is_given(one) && !can_name(two) => (at, to) = (at + 1, to + 1),
            // MariaDB says no name of its own making here.
            (Some(one), _) if one.eq_ignore_ascii_case("as") && all.get(at + 1).is_some_and(|name| is_given(name)) => {
                at += 2;
            }
            _ => return false,
        }
    }
}

fn tokens_of(text: &str) -> Vec<&str> {
    significant(text).map(|token| token.text(text)).collect()
}

fn is_given(name: &str) -> bool {
    let number = name.trim_matches('`').strip_prefix("Name_exp_");
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a quoted name can be that of a column of a view.
fn can_name(quoted: &str) -> bool {
    let name = quoted.strip_prefix('`').and_then(|name| name.strip_suffix('`'));
    name.is_none_or(|name| !name.is_empty() && !name.ends_with(' ') && name.chars().count() <= 64)
}

fn collect(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                match value {
                    serde_json::Value::String(text) if key == "expanded_query" => found.push(joins::plain(text)),
                    _ => collect(value, found),
                }
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{are_same, as_json};

    #[test]
    fn names_that_the_server_gave_are_none() {
        let long = "x".repeat(65);
        assert!(are_same("select 1 AS `Name_exp_1` from t", &format!("select 1 AS `{long}` from t")));
        assert!(are_same("select 1 AS Name_exp_1 from t", "select 1 from t"));
        assert!(!are_same("select 1 AS `Name_exp_1` from t", "select 1 AS `a` from t"));
        assert!(!are_same("select 1 AS `a` from t", "select 1 from t"));
    }

    #[test]
    fn a_trace_is_json_whatever_is_in_it() {
        let trace = r#"{"ranges": ["(x\0\0) <= (code) <= (x\\\"y\u00e9)"], "q": "a"}"#;
        let json: serde_json::Value = serde_json::from_str(&as_json(trace)).unwrap_or_default();
        assert_eq!(json["q"], "a");
        assert_eq!(json["ranges"][0], "(x\\0\\0) <= (code) <= (x\\\"yé)");
    }
}
