//! Views: replaced where their columns stay as they are, else made again with all that depends on them.

use std::collections::BTreeSet;

use crate::catalog::{Kind, Object, ObjectId, OptionKey, View};
use crate::plan::Draft;

use super::super::render::{self, address, drop_statement};
use super::super::sql::quote;
use super::table::storage;
use super::{Alter, Cx, Drafts, by_index, refusal, users};

pub(super) fn create(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    let Some(Object::View(view)) = cx.desired.object(id) else { return Ok(Vec::new()) };
    let made = Draft::new(id, format!("create {id}"), render::view(id, view, false));
    Ok([made].into_iter().chain(by_index::named(cx, id, None)).collect())
}

pub(super) fn drop(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    Ok(vec![Draft::new(id, format!("drop {id}"), drop_statement(cx.live, id))])
}

pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let stays = |holder: &users::Holder<'_>| cx.desired.contains(holder.column);
    match altered(cx, id) {
        // Which values of its rows are whose then, only the server knows.
        Alter::Recreate => match users::holders(cx, id).into_iter().find(stays) {
            Some(holder) => {
                let reason = format!("it would have to be made again, and {} holds rows of its type", holder.column);
                let advice = "give the column the type of a composite, in an apply of its own, before";
                Alter::Refuse(refusal(id, reason, advice))
            }
            None => Alter::Recreate,
        },
        other => other,
    }
}

fn altered(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let (Some(Object::View(old)), Some(Object::View(new))) = (cx.live.object(id), cx.desired.object(id)) else {
        return Alter::Recreate;
    };
    let says_the_same = old.query == new.query && old.column_names == new.column_names;
    if old.materialized != new.materialized {
        return Alter::Recreate;
    }
    if !says_the_same {
        let is_retyped = cx.plan.elaborated.retyped.contains(id);
        if new.materialized || is_retyped || !keeps_columns(cx, id, old, new) {
            return Alter::Recreate;
        }
        return Alter::InPlace(vec![Draft::new(id, format!("replace {id}"), render::view(id, new, true))]);
    }
    let view = format!("ALTER {}", address(cx.live, id));
    let mut sql = storage(&view, &old.with, &new.with);
    let word = |view: &View, key: OptionKey| view.options.word(key).map(str::to_owned);
    let check = OptionKey::CheckOption;
    if word(old, check) != word(new, check) {
        sql.push(match word(new, check) {
            Some(word) => format!("{view} SET (check_option = {})", quote(&word)),
            None => format!("{view} RESET (check_option)"),
        });
    }
    for (key, words, default) in
        [(OptionKey::Tablespace, "TABLESPACE", "pg_default"), (OptionKey::AccessMethod, "ACCESS METHOD", "heap")]
    {
        if word(old, key) != word(new, key) {
            sql.push(format!("{view} SET {words} {}", quote(word(new, key).as_deref().unwrap_or(default))));
        }
    }
    let altered = (!sql.is_empty()).then(|| Draft::of(id, format!("alter {id}"), sql));
    Alter::InPlace(altered.into_iter().chain(by_index::named(cx, id, cx.live.object(id))).collect())
}

/// Whether the columns cannot have changed but for new ones behind them: they are selected by the same words, from
/// the same relations and by the same functions. CREATE OR REPLACE refuses all else.
fn keeps_columns(cx: &Cx<'_>, id: &ObjectId, old: &View, new: &View) -> bool {
    let sources = |catalog: &crate::catalog::Catalog| -> BTreeSet<ObjectId> {
        let mentions = catalog.get(id).map(|entry| entry.mentions.clone()).unwrap_or_default();
        mentions.into_iter().filter(|id| id.parent().is_none() && id.kind() != Kind::Schema).collect()
    };
    let (Some(was), Some(is)) = (selected(old.query.as_str()), selected(new.query.as_str())) else { return false };
    let longer = is.strip_prefix(&was).is_some_and(|rest| rest.is_empty() || rest.starts_with(','));
    longer && old.column_names == new.column_names && sources(cx.live) == sources(cx.desired)
}

/// The list of a query that is one plain SELECT, in one spelling.
fn selected(query: &str) -> Option<String> {
    let mut list = String::new();
    let (mut depth, mut quoted) = (0_i32, None);
    let mut word = String::new();
    for c in query.trim().chars() {
        if let Some(quote) = quoted {
            list.push(c);
            quoted = (c != quote).then_some(quote);
            continue;
        }
        let part = c.is_alphanumeric() || c == '_';
        if part {
            word.extend(c.to_lowercase());
            continue;
        }
        if depth == 0 && word == "from" {
            let list = list.strip_prefix("select ")?;
            let plain = !list.contains('*') && !list.contains("--") && !list.contains("/*");
            return plain.then(|| list.replace(' ', ""));
        }
        if !word.is_empty() {
            list.push_str(&word);
            list.push(' ');
            word.clear();
        }
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            '\'' | '"' => quoted = Some(c),
            _ => {}
        }
        if !c.is_whitespace() {
            list.push(c);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::selected;

    #[test]
    fn lists_are_found_in_plain_queries_only() {
        assert_eq!(selected(" SELECT a,\n    b\n   FROM t;").as_deref(), Some("a,b"));
        assert_eq!(selected("select a, extract(year from b) as y from t").as_deref(), Some("a,extract(yearfromb)asy"));
        assert_eq!(selected("select * from t"), None);
        assert_eq!(selected("with x as (select 1) select 1 from x"), None);
        assert_eq!(selected("select 'from'"), None);
    }
}
