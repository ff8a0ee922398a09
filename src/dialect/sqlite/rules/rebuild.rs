//! The rebuild: one copy of a table for all of its changes.
//!
//! The old table steps aside under a scratch name, the new one is made under its own (so that its stored text
//! is the very text that we wrote, and a check may name its table), the rows are copied, and the old one goes.
//! `legacy_alter_table` is on meanwhile: without it RENAME would rewrite every view, trigger and foreign key
//! that names the table, and would fail on any that is broken. Foreign keys are off for the whole apply.

use crate::catalog::{Catalog, Column, Entry, Kind, Name, Object, ObjectId, OptionKey};
use crate::plan::{Context, Draft, Hazard, HazardKind, Resource};

use super::super::render;
use super::super::sql::{parenthesised, quote, string};
use super::super::tokens::{significant, tokens};
use super::copy::{self, Target};
use super::{CLEARED, index, name, probes, trigger};

pub(super) fn rebuild(cx: &Context<'_>, table: &ObjectId) -> Vec<Draft> {
    let targets = copy::targets(cx, table);
    let old = scratch_name(cx, table);
    let aside = names_itself(cx, table) || unregistered_collation(cx.live).is_some();
    let mut sql = if aside { by_two_copies(cx, table, &old) } else { by_rename(table, &old) };
    sql.push(render::create(&in_live_order(cx, table), table));
    sql.push(copy_rows(cx, table, &targets, &old));
    sql.extend(keep_sequence(cx, table, &old));
    sql.push(format!("DROP TABLE {}", quote(&old)));

    let live = cx.live.within(table).map(|(id, _)| id);
    let goes = live.clone().filter(|id| matches!(id.kind(), Kind::Index | Kind::Trigger)).map(name);
    let desired = cx.desired.within(table).map(|(id, _)| id).filter(|id| *id == table || id.kind().is_part_of_table());
    let mut drafts = vec![
        Draft::of(table, format!("rebuild {table}"), sql)
            .destroying(live.clone().map(|id| Resource::Old(id.clone())))
            .destroying(goes)
            .producing(desired.map(|id| Resource::New(id.clone())))
            .consuming([CLEARED])
            .risking(hazards(cx, table))
            .asking(questions(cx, table, &targets)),
    ];
    // Its indexes and triggers went with the old table.
    for id in live.filter(|id| cx.delta(id).is_none()) {
        match id.kind() {
            Kind::Index => drafts.push(index::create(cx, id)),
            Kind::Trigger => drafts.push(trigger::create(cx, id)),
            _ => {}
        }
    }
    drafts
}

fn by_rename(table: &ObjectId, old: &str) -> Vec<String> {
    vec![
        "PRAGMA legacy_alter_table = ON".to_owned(),
        format!("ALTER TABLE {} RENAME TO {}", quote(table.name().as_str()), quote(old)),
        "PRAGMA legacy_alter_table = OFF".to_owned(),
    ]
}

/// RENAME in its legacy form fails on a table whose own check or index names it (`CHECK (t.a > 0)`), so the
/// rows step aside alone.
fn by_two_copies(cx: &Context<'_>, table: &ObjectId, old: &str) -> Vec<String> {
    let name = quote(table.name().as_str());
    // The rowid becomes a column of that name, so that reading it is the same for both ways.
    let rowid = copy::rowid_word(cx, table).filter(|_| copy::has_rowid(cx.live, table));
    let rowid = rowid.map(|word| format!("{word} AS {word}, ")).unwrap_or_default();
    let mut sql = vec![format!("CREATE TABLE {} AS SELECT {rowid}* FROM {name}", quote(old))];
    if counts(cx.live, table) {
        sql.push(format!(
            "UPDATE sqlite_sequence SET name = {} WHERE name = {}",
            string(old),
            string(table.name().as_str())
        ));
    }
    sql.push(format!("DROP TABLE {name}"));
    sql
}

fn names_itself(cx: &Context<'_>, table: &ObjectId) -> bool {
    let sources = cx.live.within(table).filter(|(id, _)| *id == table || id.kind() == Kind::Index);
    sources.filter_map(|(_, entry)| entry.source.as_deref()).any(|sql| {
        let tokens: Vec<_> = significant(sql).collect();
        tokens.windows(2).any(|pair| {
            pair[1].text(sql) == "."
                && pair[0].identifier(sql).is_some_and(|name| name.eq_ignore_ascii_case(table.name().as_str()))
        })
    })
}

/// The table with its columns as they stand, new ones behind them: an application may insert by position.
fn in_live_order(cx: &Context<'_>, table: &ObjectId) -> Catalog {
    let end = cx.live.children(table).map(|(_, entry)| entry.position + 1).max().unwrap_or(0);
    let parts = cx.desired.within(table).map(|(id, entry)| {
        let position = cx.live.get(id).map_or(end + entry.position, |live| live.position);
        (id.clone(), Entry { position, ..entry.clone() })
    });
    parts.collect()
}

/// A collation that only the application knows and an index uses. Beside such an index every RENAME and DROP COLUMN
/// fails, in its legacy form too.
pub(in crate::dialect::sqlite) fn unregistered_collation(live: &Catalog) -> Option<&Name> {
    let built_in = |name: &Name| ["binary", "nocase", "rtrim"].contains(&name.key().to_ascii_lowercase().as_str());
    let of_column = |table: &ObjectId, name: &Name| match live.object(&table.child(Kind::Column, name.clone())) {
        Some(Object::Column(column)) => live.get_key_value(table).and(column.collation.as_ref()),
        _ => None,
    };
    let parts = live.iter().filter_map(|(id, entry)| match &entry.object {
        Object::PrimaryKey(key) => Some((id, &key.columns)),
        Object::Unique(unique) => Some((id, &unique.columns)),
        Object::Index(index) => Some((id, &index.columns)),
        _ => None,
    });
    parts
        .flat_map(|(id, parts)| parts.iter().map(move |part| (id, part)))
        .filter_map(|(id, part)| {
            let own = || of_column(id.parent()?, part.as_column()?);
            part.collation.as_ref().or_else(own)
        })
        .find(|name| !built_in(name))
}

fn scratch_name(cx: &Context<'_>, table: &ObjectId) -> String {
    let taken = |name: &str| {
        let named = |catalog: &Catalog| catalog.iter().any(|(id, _)| id.name().as_str().eq_ignore_ascii_case(name));
        named(cx.live) || named(cx.desired)
    };
    let base = format!("__trueup_old_{}", table.name());
    if taken(&base) {
        (1..u32::MAX).map(|at| format!("{base}_{at}")).find(|name| !taken(name)).unwrap_or(base)
    } else {
        base
    }
}

/// `INSERT OR ABORT`, whatever ON CONFLICT the new table declares: a copy must never drop a row quietly.
fn copy_rows(cx: &Context<'_>, table: &ObjectId, targets: &[Target<'_>], old: &str) -> String {
    let mut pairs: Vec<(String, String)> =
        targets.iter().filter_map(|target| Some((quote(target.id.name().as_str()), target.expression()?))).collect();
    if copy::copies_rowid(cx, table, targets)
        && let Some(word) = copy::rowid_word(cx, table)
    {
        let into = copy::rowid_alias(cx.desired, table).map_or_else(|| word.to_owned(), |alias| quote(alias.as_str()));
        pairs.insert(0, (into, word.to_owned()));
    }
    if let ([], Some(target)) = (pairs.as_slice(), targets.first()) {
        // Nothing is kept but the number of rows: each gets its defaults.
        let default = target.column.default.as_ref().map_or("NULL".to_owned(), |sql| parenthesised(sql.as_str()));
        pairs.push((quote(target.id.name().as_str()), default));
    }
    let (into, from): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
    let name = quote(table.name().as_str());
    // A backfill may call the table by its name.
    format!(
        "INSERT OR ABORT INTO {name} ({}) SELECT {} FROM {} AS {name}",
        into.join(", "),
        from.join(", "),
        quote(old)
    )
}

/// The AUTOINCREMENT mark is kept: a key that was used once is never used again.
fn keep_sequence(cx: &Context<'_>, table: &ObjectId, old: &str) -> Vec<String> {
    if !counts(cx.live, table) {
        return Vec::new();
    }
    let (name, old) = (string(table.name().as_str()), string(old));
    let mut sql = Vec::new();
    if counts(cx.desired, table) {
        sql.push(format!("DELETE FROM sqlite_sequence WHERE name = {name}"));
        sql.push(format!(
            "INSERT INTO sqlite_sequence (name, seq) SELECT {name}, seq FROM sqlite_sequence WHERE name = {old}"
        ));
    }
    sql.push(format!("DELETE FROM sqlite_sequence WHERE name = {old}"));
    sql
}

fn counts(catalog: &Catalog, table: &ObjectId) -> bool {
    catalog.primary_key(table).is_some_and(|key| key.options.is_on(OptionKey::Autoincrement))
}

fn hazards(cx: &Context<'_>, table: &ObjectId) -> Vec<Hazard> {
    let hazard = |kind, message: &str| Hazard { kind, id: table.clone(), message: message.to_owned() };
    let mut hazards = vec![hazard(HazardKind::Rewrite, "copies the whole table")];
    if counts(cx.live, table) && !counts(cx.desired, table) {
        hazards.push(hazard(HazardKind::Notice, "its AUTOINCREMENT mark is gone: a key may be used again"));
    }
    let source = cx.live.get(table).and_then(|entry| entry.source.as_deref()).unwrap_or_default();
    if tokens(source).any(|token| token.is_comment()) {
        hazards.push(hazard(HazardKind::Notice, "the comments inside its stored CREATE TABLE are not kept"));
    }
    hazards
}

fn questions(cx: &Context<'_>, table: &ObjectId, targets: &[Target<'_>]) -> Vec<crate::plan::Probe> {
    let strict = |catalog: &Catalog| matches!(catalog.object(table), Some(Object::Table(table)) if table.options.is_on(OptionKey::Strict));
    let strict = (strict(cx.live), strict(cx.desired));
    let loses = |id: &ObjectId, column: &Column| {
        let becomes_computed = matches!(cx.desired.object(id), Some(Object::Column(new)) if new.generated.is_some());
        let moves = cx.renames.remade.values().any(|old| old == id);
        column.generated.is_none() && !moves && (becomes_computed || !cx.desired.contains(id))
    };
    let lost = cx.live.columns(table).into_iter().filter(|(id, column)| loses(id, column));
    let mut questions: Vec<_> = lost.map(|(id, _)| probes::values_lost(cx, id)).collect();
    questions.extend(targets.iter().flat_map(|target| probes::of_target(cx, table, target, strict)));
    // A constraint that stays is in question too where what it is over changes.
    let touched = |id: &ObjectId, entry: &Entry| {
        cx.delta(id).is_some()
            || cx.delta(table).is_some()
            || entry.references(id).iter().any(|other| cx.delta(other).is_some())
    };
    for (id, entry) in cx.desired.children(table).filter(|(id, entry)| touched(id, entry)) {
        questions.extend(match &entry.object {
            Object::Check(check) => probes::check_fails(cx, id, check),
            Object::PrimaryKey(_) | Object::Unique(_) => probes::duplicates_of_key(cx, id),
            // Rows that found no target before are nothing new.
            Object::ForeignKey(_) if cx.delta(id).is_some() => probes::orphans(cx, id),
            Object::Index(_) if cx.delta(id).is_none() => probes::duplicates_of_index(cx, id),
            Object::Column(Column { null: false, generated: Some(_), .. }) => Some(probes::generated_nulls(cx, id)),
            _ => None,
        });
    }
    questions
}
