//! Tables, as temporary ones.

use std::collections::{BTreeMap, BTreeSet};

use mysql::Error as MysqlError;

use crate::catalog::{Entry, Kind, Object, ObjectId, OptionKey, OptionValue, Options, Sql};
use crate::database::Elaborated;
use crate::dialect::Dialect as _;
use crate::diff::Delta;
use crate::error::Result;

use super::super::connect::code;
use super::super::query::{Answer, Link};
use super::super::tokens::{Token, TokenKind, significant};
use super::super::{parse, sql};
use super::{Judged, blame, needs_server, scratch, settle};

pub(super) fn tables(
    link: &mut Link<'_>,
    cx: &Judged<'_>,
    tables: &BTreeSet<ObjectId>,
    elaborated: &mut Elaborated,
) -> Result<()> {
    let quoted = sql::quote(scratch::NAME);
    let show = format!("SHOW CREATE TABLE {quoted}");
    let mut statements = Vec::with_capacity(tables.len() * 5);
    for table in tables {
        statements.push(scratch::create(cx, table, &|_, _| true));
        statements.push(show.clone());
        if is_shown_twice(cx, table) {
            statements.extend([format!("ALTER TABLE {quoted} COMMENT = 'x', ALGORITHM = COPY"), show.clone()]);
        }
        statements.push(format!("DROP TEMPORARY TABLE IF EXISTS {quoted}"));
    }
    let mut answers = link.batch(&statements)?.into_iter();
    for table in tables {
        let (made, shown) = (answers.next(), answers.next());
        let again = if is_shown_twice(cx, table) { answers.by_ref().nth(1) } else { None };
        answers.next();
        match (made, shown) {
            (Some(Ok(_)), Some(Ok(texts))) => {
                let again = again.and_then(Result::ok).unwrap_or_default();
                for text in [&texts, &again].into_iter().filter_map(|texts| texts.get(1).cloned().flatten()) {
                    compare(&text, table, cx, elaborated);
                }
            }
            (Some(made), _) => failed(link, made, table, cx, elaborated)?,
            (None, _) => {}
        }
    }
    Ok(())
}

/// MySQL shows a check otherwise once the table was copied: `b > -(1 + 1)` of a bigint is `b > -2` then.
fn is_shown_twice(cx: &Judged<'_>, table: &ObjectId) -> bool {
    let altered = |(id, delta): (&ObjectId, &Delta)| {
        id.kind() == Kind::Check && id.parent() == Some(table) && *delta == Delta::Alter
    };
    !cx.dialect.is_mariadb() && cx.deltas.iter().any(altered)
}

/// What is live, once the server has said how it shows what is desired.
fn compare(text: &str, table: &ObjectId, cx: &Judged<'_>, elaborated: &mut Elaborated) {
    let Ok(objects) = parse::create_table(text, table, cx.defaults.reading(cx.dialect)) else { return };
    let checks = scratch::checks(cx.desired, table);
    let mut shown: BTreeMap<ObjectId, Entry> = BTreeMap::new();
    for (id, entry) in objects.list {
        let id = checks.get(id.name().as_str()).filter(|_| id.kind() == Kind::Check).cloned().unwrap_or(id);
        shown.insert(id, entry);
    }
    for (id, live) in cx.live.children(table).filter(|(id, _)| needs_server(id.kind())) {
        if cx.deltas.get(id) != Some(&Delta::Alter) {
            continue;
        }
        let (Some(mut entry), Some(desired)) = (shown.remove(id), cx.desired.get(id)) else { continue };
        carry_over(&mut entry.object, &desired.object);
        let same = entry.object == live.object || as_altered(&entry.object, cx) == as_altered(&live.object, cx);
        if same && desired.comment == live.comment {
            elaborated.equal.insert(id.clone());
        }
    }
}

/// An object without the charsets of literals that every charset has: an ALTER TABLE of MySQL that copies the table gives
/// those of a check the charset of the column that they are compared with.
fn as_altered(object: &Object, cx: &Judged<'_>) -> Object {
    let plain = |sql: &Sql| {
        let text = sql.canonical();
        let all: Vec<Token> = significant(text).collect();
        let is_said = |at: usize, token: &Token| {
            let literal = all.get(at + 1).and_then(|next| next.string(text));
            token.kind == TokenKind::Introducer && literal.is_some_and(|literal| literal.is_ascii())
        };
        let kept = all.iter().enumerate().filter(|(at, token)| !is_said(*at, token));
        cx.dialect.expression(&kept.map(|(_, token)| token.text(text)).collect::<Vec<_>>().join(" "))
    };
    let mut object = object.clone();
    match &mut object {
        Object::Check(check) => check.sql = plain(&check.sql),
        Object::Column(column) => {
            if let Some(generated) = &mut column.generated {
                generated.sql = plain(&generated.sql);
            }
        }
        _ => {}
    }
    object
}

/// What a temporary table cannot have, or does not show.
fn carry_over(shown: &mut Object, desired: &Object) {
    const KEPT: [OptionKey; 3] = [OptionKey::WithoutSystemVersioning, OptionKey::RowStart, OptionKey::RowEnd];
    let carry = |to: &mut Options, from: &Options| {
        for key in KEPT {
            if from.is_on(key) {
                to.put(key, OptionValue::Bool(true));
            }
        }
    };
    match (shown, desired) {
        (Object::Column(shown), Object::Column(desired)) => {
            carry(&mut shown.options, &desired.options);
            // MariaDB does not show it.
            if let (None, Some(srid)) = (shown.options.get(OptionKey::Srid), desired.options.get(OptionKey::Srid)) {
                shown.options.put(OptionKey::Srid, srid.clone());
            }
            if shown.options.is_on(OptionKey::RowStart) || shown.options.is_on(OptionKey::RowEnd) {
                shown.null = desired.null;
                (shown.default, shown.on_update) = (None, None);
            }
        }
        (Object::PrimaryKey(shown), Object::PrimaryKey(desired)) => {
            shown.without_overlaps = desired.without_overlaps;
            shown.columns.extend(scratch::period(&desired.columns, desired.without_overlaps).cloned());
        }
        (Object::Index(shown), Object::Index(desired)) if desired.options.is_on(OptionKey::WithoutOverlaps) => {
            shown.options.put(OptionKey::WithoutOverlaps, OptionValue::Bool(true));
            shown.columns.extend(scratch::period(&desired.columns, true).cloned());
        }
        _ => {}
    }
}

/// The server refuses the table: a fault in the TOML, or something that this plan has yet to make.
fn failed(
    link: &mut Link<'_>,
    made: Answer,
    table: &ObjectId,
    cx: &Judged<'_>,
    elaborated: &mut Elaborated,
) -> Result<()> {
    let Err(error) = made else { return Ok(()) };
    let message = said(&error);
    match code(&error) {
        // No right to make temporary tables: what differs as text stays unknown.
        Some(1044 | 1142 | 1227) => {
            let altered = cx
                .deltas
                .iter()
                .filter(|(id, delta)| id.is_within(table) && needs_server(id.kind()) && **delta == Delta::Alter);
            for (id, _) in altered.filter(|(id, _)| only_text_differs(cx, id)) {
                elaborated.unknown.insert(
                    id.clone(),
                    format!("{message}; GRANT CREATE TEMPORARY TABLES to this user so that it can be compared"),
                );
            }
        }
        Some(code) if is_fault(code) => {
            let parts = blame::parts(link, cx, table)?;
            if parts.is_empty() {
                let (id, attribute) = culprit(&message, table, cx);
                elaborated.refused.push((id, attribute, scratch::in_own_names(&message, cx.desired, table)));
            }
            elaborated.refused.extend(parts);
        }
        _ => {}
    }
    Ok(())
}

/// Whether a column or a key differs in more than facts that need no server.
fn only_text_differs(cx: &Judged<'_>, id: &ObjectId) -> bool {
    match (cx.live.object(id), cx.desired.object(id)) {
        (Some(Object::Column(live)), Some(Object::Column(desired))) => {
            let own = settle::column_collation(&desired.options, desired.collation.as_ref(), cx.defaults);
            live.null == desired.null
                && live.ty == desired.ty
                && live.collation.as_ref().map(|name| name.as_str().to_lowercase()) == own
        }
        (Some(Object::Check(_)), Some(Object::Check(_))) => true,
        (Some(Object::Index(live)), Some(Object::Index(desired))) => live.unique == desired.unique,
        _ => false,
    }
}

pub(super) fn said(error: &MysqlError) -> String {
    match error {
        // One line: what stands behind the first is otherwise taken for advice.
        MysqlError::MySqlError(said) => said.message.lines().collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

/// The errors of a definition that no other change of the plan can mend.
fn is_fault(code: u16) -> bool {
    matches!(
        code,
        // A syntax, a name, a type, a default, a key that cannot be.
        1054 | 1059 | 1060 | 1061 | 1063 | 1064 | 1067 | 1068 | 1070 | 1071 | 1072 | 1073 | 1074 | 1075 | 1089 | 1090
            | 1101 | 1103 | 1115 | 1118 | 1121 | 1166 | 1167 | 1170 | 1171 | 1253 | 1273 | 1291 | 1294 | 1302 | 1391
            | 1425 | 1426 | 1427 | 1439 | 4161
            // MySQL: generated columns, checks, default expressions, functional keys.
            | 3102..=3109 | 3752..=3774 | 3812..=3823
            // MariaDB: the same.
            | 1900..=1910
    )
}

/// The column that the message names, else the table.
fn culprit(message: &str, table: &ObjectId, cx: &Judged<'_>) -> (ObjectId, Option<&'static str>) {
    for quoted in message.split(['\'', '`']).skip(1).step_by(2) {
        let id = table.child(Kind::Column, cx.dialect.called(Kind::Column, quoted));
        if cx.desired.contains(&id) {
            let attribute = message.contains("default").then_some("default");
            return (id, attribute);
        }
        let check = quoted.strip_prefix("trueup_check_").map(|_| scratch::checks(cx.desired, table));
        if let Some(id) = check.and_then(|checks| checks.get(quoted).cloned()) {
            return (id, None);
        }
    }
    (table.clone(), None)
}
