//! Dates and times.

use super::super::super::connect::Flavour;
use super::ty::Type;
use super::{Server, Unfit, any, cut, refused};

/// A text for a member of an enum or a set.
fn text(column: &str, from: &Type<'_>) -> String {
    if from.is_member() { format!("CAST({column} AS CHAR)") } else { column.to_owned() }
}

/// The number of a number, or of bits.
fn number(column: &str, from: &Type<'_>) -> String {
    if from.word == "bit" { format!("CAST({column} + 0 AS UNSIGNED)") } else { column.to_owned() }
}

/// A date, with a time or without.
pub(super) fn date(column: &str, from: &Type<'_>, to: &Type<'_>, server: Server) -> Vec<Unfit> {
    if from.is_year() {
        return vec![refused(any(column))];
    }
    if from.word == "time" {
        return vec![cut(any(column))];
    }
    if from.is_dated() {
        let mut found = Vec::new();
        if to.word == "timestamp" && from.word != "timestamp" {
            found.extend(outside(column, server));
            let is_half = format!("MONTH({column}) = 0 OR DAYOFMONTH({column}) = 0");
            found.push(refused(format!("({is_half}) AND CAST({column} AS CHAR) NOT LIKE '0000-00-00%'")));
        }
        if to.word == "date" && from.has_moment() {
            found.push(cut(format!("TIME_TO_SEC(TIME({column})) <> 0 OR MICROSECOND({column}) <> 0")));
        } else if to.has_moment() {
            found.extend(fraction(column, from, to));
        }
        return found;
    }
    if from.is_text() || from.is_member() {
        of_text(&text(column, from), to, server)
    } else {
        of_number(column, from, to, server)
    }
}

fn of_text(column: &str, to: &Type<'_>, server: Server) -> Vec<Unfit> {
    const WRITTEN: &str = "'^[[:space:]]*([0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}([ T]|$)|([0-9]{8}|[0-9]{14})([.]|$))'";
    const OFFSET: &str = "'[0-9]:[0-9]{2}([.][0-9]*)?[-+][0-9]{2}:[0-9]{2}[[:space:]]*$'";
    let moment = format!("CAST({column} AS DATETIME(6))");
    // A zone by its letters is none to the servers; one by its hours only MySQL knows, and takes the moment in UTC.
    let mut found = vec![refused(format!(
        "({column} REGEXP '[A-SU-Za-su-z]' OR CAST({column} AS DATETIME) IS NULL) AND {column} IS NOT NULL"
    ))];
    let is_offset = format!("{column} REGEXP {OFFSET}");
    found.push(if server.flavour == Flavour::Mariadb { refused(is_offset) } else { cut(is_offset) });
    // Two digits are a year of this century or the last, and a time of day is read as a date.
    found.push(cut(format!("{column} NOT REGEXP {WRITTEN}")));
    if to.word == "timestamp" {
        found.extend(outside(&moment, server));
        found.push(refused(format!("MONTH({moment}) = 0 OR DAYOFMONTH({moment}) = 0")));
    }
    if to.word == "date" {
        found.push(cut(format!("TIME_TO_SEC({moment}) <> 0 OR MICROSECOND({moment}) <> 0")));
    } else {
        let kept = to.number(0).unwrap_or(0).min(6);
        found.push(cut(format!("MICROSECOND({moment}) % {} <> 0", 10_u32.pow(6 - kept))));
    }
    found
}

/// `20200102`, `20200102030405`.
fn of_number(column: &str, from: &Type<'_>, to: &Type<'_>, server: Server) -> Vec<Unfit> {
    let value = number(column, from);
    let moment = format!("CAST({value} AS DATETIME)");
    let mut found = vec![refused(format!("{moment} IS NULL AND {column} IS NOT NULL"))];
    // MariaDB makes a date without a day of an integer.
    if server.flavour == Flavour::Mysql || to.word == "timestamp" || from.bits().is_none() {
        found.push(refused(format!("MONTH({moment}) = 0 OR DAYOFMONTH({moment}) = 0")));
    }
    if from.is_float() || from.is_decimal() {
        found.push(cut(format!("{column} <> FLOOR({column})")));
    }
    if server.flavour == Flavour::Mariadb && from.bits().is_some() {
        // That is the date of no day.
        found.push(cut(format!("{column} = 0")));
    }
    // Of fewer digits the year has two.
    found.push(cut(format!("{value} BETWEEN 1 AND 9999999 OR {value} BETWEEN 100000000 AND 10000100999999")));
    if to.word == "date" {
        found.push(cut(format!("{value} > 99991231 AND MOD({value}, 1000000) <> 0")));
    } else if to.word == "timestamp" {
        found.extend(outside(&moment, server));
    }
    found
}

/// A time of day, or a span of hours.
pub(super) fn time(column: &str, from: &Type<'_>, to: &Type<'_>, server: Server) -> Vec<Unfit> {
    if from.is_dated() {
        return vec![cut(any(column))];
    }
    if from.word == "time" {
        return fraction(column, from, to).into_iter().collect();
    }
    if from.is_text() || from.is_member() {
        return time_of_text(&text(column, from), to, server);
    }
    // `101112`, whatever its sign.
    let value = number(column, from);
    let whole = format!("FLOOR(ABS({value}))");
    let mut found = vec![
        refused(format!("{whole} <= 8385959 AND (MOD({whole}, 100) > 59 OR MOD(FLOOR({whole} / 100), 100) > 59)")),
        cut(format!("ABS({value}) > 8385959")),
    ];
    if server.flavour == Flavour::Mysql || from.bits().is_none() {
        found.push(refused(format!("{whole} BETWEEN 8385960 AND 9999999998")));
    }
    if from.is_float() || from.is_decimal() {
        let kept = to.number(0).unwrap_or(0).min(6);
        found.push(cut(format!("{column} <> ROUND({column}, {kept})")));
    }
    if from.is_year() {
        found.push(cut(any(column)));
    }
    found
}

fn time_of_text(column: &str, to: &Type<'_>, server: Server) -> Vec<Unfit> {
    let kept = to.number(0).unwrap_or(0).min(6);
    let fraction = if kept == 0 { "([.]0*)?".to_owned() } else { format!("([.][0-9]{{0,{kept}}}0*)?") };
    let written = format!("'^[[:space:]]*-?[0-9]{{1,3}}:[0-5]?[0-9](:[0-5]?[0-9]{fraction})?[[:space:]]*$'");
    let hours = format!("ABS(SUBSTRING_INDEX({column}, ':', 1) + 0)");
    let none = match server.flavour {
        // Of these it makes no time, or another one.
        Flavour::Mysql => format!("{column} REGEXP '[a-df-zA-DF-Z]'"),
        Flavour::Mariadb => format!("{column} NOT REGEXP '^[-0-9: .]+$' OR {column} REGEXP '^[.]'"),
    };
    vec![
        refused(none),
        refused(format!(
            "{column} REGEXP '^[0-9]+-[0-9]+-[0-9]+$' OR ({column} REGEXP '^-?[0-9]+:' AND {hours} > 838)"
        )),
        refused(format!(
            "{column} REGEXP '^-?[0-9]+$' AND (ABS({column} + 0) BETWEEN 8385960 AND 9999999998 \
             OR MOD(ABS({column} + 0), 100) > 59)"
        )),
        cut(format!("{column} NOT REGEXP {written}")),
    ]
}

/// Moments that a TIMESTAMP does not know; sessions are in UTC.
fn outside(value: &str, server: Server) -> Vec<Unfit> {
    // Since MariaDB 11.5 it has the last bit too.
    let has_all_bits = server.flavour == Flavour::Mariadb && server.version >= 110_500;
    let last = if has_all_bits { "2106-02-07 06:28:15.999999" } else { "2038-01-19 03:14:07.999999" };
    let outside = format!("{value} NOT BETWEEN '1970-01-01 00:00:01' AND '{last}'");
    vec![refused(format!("{outside} AND CAST({value} AS CHAR) NOT LIKE '0000-00-00%'"))]
}

/// Digits of a second that the new type has no room for.
fn fraction(column: &str, from: &Type<'_>, to: &Type<'_>) -> Option<Unfit> {
    let (had, has) = (from.number(0).unwrap_or(0), to.number(0).unwrap_or(0));
    let unit = 10_u32.pow(6 - has.min(6));
    (has < had).then(|| cut(format!("MICROSECOND({column}) % {unit} <> 0")))
}
