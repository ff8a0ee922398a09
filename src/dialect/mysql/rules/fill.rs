//! Values for the rows of a new column that MySQL will not give: it refuses to add a column whose default differs each
//! time (`uuid()`, `rand()`), error 1674, and takes no default for a geometry that has to be there, error 1138. So the
//! column comes empty, is filled, and gets its form then.

use crate::catalog::{Catalog, Column, Object, ObjectId, OptionKey, Sql};
use crate::plan::{Context, Hazard, HazardKind};

use super::super::connect::Flavour;
use super::super::render;
use super::super::sql::{parenthesised, quote};
use super::super::tokens::{TokenKind, significant};
use super::super::types;
use super::becoming;

/// The functions of which MySQL's list of unsafe ones is, as far as a default may call them.
const UNSAFE: [&str; 12] = [
    "uuid",
    "uuid_short",
    "rand",
    "random_bytes",
    "sysdate",
    "user",
    "current_user",
    "session_user",
    "system_user",
    "current_role",
    "connection_id",
    "version",
];

/// The expression that the rows need to be given, where the server would not: a default may be no query and call no
/// function of people's, which a backfill may.
pub(super) fn needed<'a>(flavour: Flavour, column: &'a Column, backfill: Option<&'a Sql>) -> Option<&'a Sql> {
    if let Some(value) = backfill.filter(|value| !is_literal(value)) {
        return Some(value);
    }
    let value = backfill.or(column.default.as_ref()).filter(|_| flavour == Flavour::Mysql)?;
    let is_unsafe = differs_each_time(flavour, Some(value));
    let is_geometry = !column.null && column.ty.as_ref().is_some_and(types::is_geometry);
    (is_unsafe || is_geometry).then_some(value)
}

/// Whether a value is written out.
fn is_literal(value: &Sql) -> bool {
    let text = value.as_str();
    let words = ["null", "true", "false", "current_timestamp", "now"];
    significant(text).all(|token| match token.kind {
        TokenKind::Word => words.iter().any(|word| token.is_word(text, word)),
        kind => kind != TokenKind::Quoted,
    })
}

/// Whether a column that goes is still read: by a backfill, by what fills a virtual column that becomes plain, or by a
/// generated one until it has its new expression (error 3108).
pub(super) fn reads(cx: &Context<'_>, column: &ObjectId) -> bool {
    let own = column.name().as_str();
    let names = |value: &Sql| {
        let text = value.as_str();
        significant(text).any(|token| token.identifier(text).is_some_and(|name| name.eq_ignore_ascii_case(own)))
    };
    let beside = |id: &ObjectId| id.parent() == column.parent();
    // One that goes itself may be read by another.
    let computed = |id: &ObjectId, live: &Column| {
        live.generated.as_ref().is_some_and(|generated| names(&generated.sql))
            && (cx.desired.contains(id) || reads(cx, id))
    };
    let table = column.parent().unwrap_or(column);
    cx.intent.backfill.iter().any(|(id, value)| beside(id) && !cx.live.contains(id) && names(value))
        || cx.live.columns(table).into_iter().any(|(id, live)| computed(id, live))
}

/// Whether MySQL takes a default for one that is another each time.
pub(super) fn differs_each_time(flavour: Flavour, default: Option<&Sql>) -> bool {
    default.filter(|_| flavour == Flavour::Mysql).is_some_and(is_unsafe)
}

fn is_unsafe(value: &Sql) -> bool {
    let text = value.as_str();
    significant(text)
        .any(|token| token.kind == TokenKind::Word && UNSAFE.contains(&token.text(text).to_ascii_lowercase().as_str()))
}

/// What the rows that are there get in a new column, as an expression over them; none where each may get another, or NULL.
pub(super) fn value(cx: &Context<'_>, id: &ObjectId) -> Option<String> {
    let column = match cx.desired.object(id)? {
        Object::Column(column) if column.generated.is_none() => column,
        _ => return None,
    };
    let is_told = [OptionKey::AutoIncrement, OptionKey::RowStart, OptionKey::RowEnd];
    if is_told.iter().any(|key| column.options.is_on(*key)) {
        return None;
    }
    let is_numbered = |value: &Sql| {
        let text = value.as_str().to_ascii_lowercase();
        text.contains("nextval") || text.contains("next value")
    };
    match cx.intent.backfill_of(id).or(column.default.as_ref()) {
        Some(value) if is_unsafe(value) || is_numbered(value) => None,
        Some(value) => Some(parenthesised(value.as_str())),
        // The zero of its type, whichever that is.
        None => (!column.null).then(|| "0".to_owned()),
    }
}

/// The same where its type counts, as an expression asks for it.
pub(super) fn value_of_type(cx: &Context<'_>, id: &ObjectId) -> Option<String> {
    let Some(Object::Column(column)) = cx.desired.object(id) else { return None };
    let is_given = cx.intent.backfill_of(id).is_some() || column.default.is_some();
    if is_given || column.generated.is_some() {
        return value(cx, id);
    }
    if column.null {
        return Some("NULL".to_owned());
    }
    let ty = column.ty.as_ref()?.canonical();
    let word: String = ty.chars().take_while(char::is_ascii_alphanumeric).collect();
    let is_text = word.ends_with("text") || word.ends_with("char");
    let is_number = ["int", "decimal", "float", "double"].iter().any(|end| word.ends_with(end));
    let zero = if is_text { "''" } else { "0" };
    value(cx, id).filter(|_| is_text || is_number).map(|_| zero.to_owned())
}

/// Gives the rows of a table, as it is in this catalog, their values; columns that note the time of a change keep theirs.
pub(super) fn statement(catalog: &Catalog, id: &ObjectId, value: &Sql) -> String {
    let column = quote(id.name().as_str());
    let Some(table) = id.parent() else { return String::new() };
    let noted = catalog.columns(table).into_iter().filter(|(other, column)| column.on_update.is_some() && *other != id);
    let kept: Vec<String> =
        noted.map(|(id, _)| quote(id.name().as_str())).map(|name| format!(", {name} = {name}")).collect();
    format!("UPDATE {} SET {column} = {}{}", render::name(table), parenthesised(value.as_str()), kept.concat())
}

/// The value of rows that have none, of a column that gets NOT NULL. One that comes with another default for each row is
/// empty until it is filled, so an apply that was stopped there goes on from it.
pub(super) fn for_nulls<'a>(
    cx: &Context<'a>,
    id: &ObjectId,
    (live, desired): (&Column, &'a Column),
    flavour: Flavour,
) -> Option<&'a Sql> {
    if !live.null || desired.null || desired.generated.is_some() {
        return None;
    }
    let of_each = desired.default.as_ref().filter(|value| differs_each_time(flavour, Some(value)));
    cx.intent.backfill_of(id).or_else(|| of_each.filter(|_| live.default.is_none() && live.ty == desired.ty))
}

/// Gives the rows that have none the value that is to be there for them. It is of the new type, which comes first then.
pub(super) fn of_nulls(
    cx: &Context<'_>,
    id: &ObjectId,
    (live, desired): (&Column, &Column),
    flavour: Flavour,
) -> Vec<String> {
    let value = for_nulls(cx, id, (live, desired), flavour);
    let (Some(value), Some(table)) = (value, id.parent()) else { return Vec::new() };
    let new_type = becoming::another(cx, id).then(|| {
        let comment = cx.live.get(id).and_then(|entry| entry.comment.as_deref());
        let empty = Column { null: true, default: None, on_update: None, ..desired.clone() };
        let empty = render::column(id.name(), &empty, comment, flavour);
        format!("ALTER TABLE {}\n  MODIFY COLUMN {empty}", render::name(table))
    });
    let update = format!("{} WHERE {} IS NULL", statement(cx.live, id, value), quote(id.name().as_str()));
    new_type.into_iter().chain([update]).collect()
}

/// TIMESTAMP is a moment and DATETIME what a clock shows; the one becomes the other by the zone of the session.
pub(super) fn in_another_zone(id: &ObjectId, live: &Column, desired: &Column) -> Option<Hazard> {
    let is = |column: &Column, word: &str| {
        column.ty.as_ref().is_some_and(|ty| ty.as_str().to_ascii_lowercase().starts_with(word))
    };
    let changes = |from: &str, to: &str| is(live, from) && is(desired, to);
    (changes("timestamp", "datetime") || changes("datetime", "timestamp")).then(|| Hazard {
        kind: HazardKind::Notice,
        id: id.clone(),
        message: "the values are taken to be UTC: where the applications use another time zone, they are shifted"
            .to_owned(),
    })
}

/// What the plan says of it.
pub(super) fn hazard(cx: &Context<'_>, table: &ObjectId) -> Hazard {
    let fires = cx.live.children(table).any(|(id, _)| id.kind() == crate::catalog::Kind::Trigger);
    let triggers = if fires { ", which fires the table's triggers" } else { "" };
    Hazard {
        kind: HazardKind::Rewrite,
        id: table.clone(),
        message: format!("updates rows{triggers}, to give them the values that ALTER TABLE does not"),
    }
}

/// What a new column that has to be there is filled with, where nothing says a value.
pub(super) fn with_zero(id: &ObjectId, column: &Column) -> Option<Hazard> {
    let has_value = column.null
        || column.default.is_some()
        || column.generated.is_some()
        || [OptionKey::AutoIncrement, OptionKey::RowStart, OptionKey::RowEnd]
            .iter()
            .any(|key| column.options.is_on(*key));
    (!has_value).then(|| Hazard {
        kind: HazardKind::Notice,
        id: id.clone(),
        message: "rows that are there get the zero of its type (0, '', 0000-00-00); a `backfill` gives them another"
            .to_owned(),
    })
}
