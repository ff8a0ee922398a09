//! Strings that become another type: those that are none of its values, and those that say more than it keeps.

use super::super::sql::string;
use super::kept;
use super::retype::{Unfit, base, clock, digits, is_built_in};

const NUMBER: &str = r"'^\s*[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?\s*$'";
const BEFORE: &str = "{rows} would lose zeros or a sign before the number";
/// Behind a time of day: an offset, or the name of a zone, but neither of the halves of a day.
const ZONE: &str = r"'\d:\d\d(:\d\d([.]\d*)?)?\s*([-+]\d|(?![AaPp][Mm])[A-Za-z])'";

pub(super) fn unfit(own: &str, to: &str, major: u32) -> Unfit {
    let to_base = base(to);
    let before = format!(r"{own} ~ '^\s*([+]|-?0[0-9])'");
    let number = |rest: &str| format!("({before} OR CASE WHEN {own} ~ {NUMBER} THEN {rest} ELSE false END)");
    let is_input = |ty: &str| format!("pg_input_is_valid({own}, {})", string(ty));
    let asks = major >= 16 && (is_built_in(to_base) || clock(to_base).is_some());
    let refused = if asks { Some(format!("NOT {}", is_input(to))) } else { none_of(own, to_base) };
    // What is no value of the type may not be read as one, which before 16 only the question itself tells.
    let valid = |ty: &str, lost: String| {
        if major >= 16 { format!("CASE WHEN {} THEN {lost} ELSE false END", is_input(ty)) } else { lost }
    };
    match to_base {
        "smallint" | "integer" | "bigint" => {
            (Some(format!("{own} !~ '^\\s*[-+]?[0-9]+\\s*$'")), Some((before, BEFORE)))
        }
        "numeric" => match digits(to) {
            None => (refused, Some((before, BEFORE))),
            Some((_, scale)) => {
                let rounded = format!("{own}::numeric <> round({own}::numeric, {scale})");
                (
                    refused,
                    Some((number(&rounded), "{rows} would be rounded, or lose zeros or a sign before the number")),
                )
            }
        },
        "real" | "double precision" => {
            let kept = if to_base == "real" { "BETWEEN 1e-37 AND 3.4e38" } else { "BETWEEN 1e-307 AND 1.7e308" };
            let back = format!("abs({own}::numeric) {kept} AND {own}::numeric <> {own}::{to}::numeric");
            (
                refused,
                Some((
                    number(&back),
                    "{rows} would be kept by fewer digits, or lose zeros or a sign before the number",
                )),
            )
        }
        "date" => {
            let is_moment =
                if major >= 16 { is_input("timestamp") } else { format!(r"{own} ~ '^\s*\d{{4}}-\d\d?-\d\d?\s'") };
            let lost = format!("CASE WHEN {is_moment} THEN {own}::timestamp <> {own}::date ELSE false END");
            (refused, Some((lost, "{rows} would lose the time of day")))
        }
        "jsonb" => {
            let lost = kept::lost(own, "json", "jsonb", &format!("{own}::jsonb"));
            (refused, lost.map(|lost| (valid("jsonb", lost), kept::MEANING)))
        }
        "money" => {
            let lost =
                format!("CASE WHEN {own} ~ {NUMBER} THEN {own}::numeric <> {own}::money::numeric ELSE false END");
            (refused, Some((lost, "{rows} would be rounded")))
        }
        // A backslash begins what is no letter of its own.
        "bytea" => (refused, Some((format!(r"{own} ~ '\\' AND {own}::bytea::text <> {own}"), kept::MEANING))),
        _ if clock(to_base).is_some() => {
            (refused, moment(own, to).map(|lost| (valid(to, lost), "{rows} would lose a part of the moment")))
        }
        _ if keeps_meaning(to_base) => (refused, None),
        // Of others nobody knows here what they leave out.
        _ => {
            // Too many digits are cut off, which reading them refuses.
            let read = if matches!(to_base, "bit" | "bit varying") { "bit varying" } else { to };
            (refused, Some((valid(read, format!("{own}::{to}::text <> {own}")), kept::MEANING)))
        }
    }
}

/// Whether whatever the type reads of a text is all that the text says, in other words at most.
fn keeps_meaning(to: &str) -> bool {
    matches!(to, "boolean" | "uuid" | "inet" | "cidr" | "macaddr" | "macaddr8" | "json" | "xml" | "pg_lsn")
}

/// What a moment or a span loses that was written with more than its type has.
fn moment(own: &str, to: &str) -> Option<String> {
    let kind = clock(base(to))?;
    let zoned = to.ends_with("with time zone");
    // As finely as the server reads at all, and finer than that.
    let finest = match (kind, zoned) {
        ("timestamp", false) => "timestamp",
        ("timestamp", true) => "timestamptz",
        ("time", false) => "time",
        ("time", true) => "timetz",
        _ => "interval",
    };
    let finer = format!(r"{own} ~ '[.]\d{{6}}\d*[1-9]'");
    let mut lost = vec![finer];
    if to.contains('(') || to.starts_with("interval ") {
        lost.push(format!("{own}::{finest} <> {own}::{to}"));
    }
    if kind != "interval" && !zoned {
        lost.push(format!("{own} ~ {ZONE}"));
    }
    if kind == "time" {
        lost.push(format!(r"{own} ~ '\d\s*[-/.]\s*\w+\s*[-/.]\s*\d|\d{{8}}'"));
    }
    Some(format!("({})", lost.join(" OR ")))
}

/// Before 16 the server does not tell whether it would read a text, but of some types that can be seen.
fn none_of(own: &str, to: &str) -> Option<String> {
    Some(match to {
        "numeric" | "real" | "double precision" => {
            format!(r"{own} !~ {NUMBER} AND {own} !~* '^\s*[-+]?(nan|inf|infinity)\s*$'")
        }
        "boolean" => {
            let words = r"'^\s*(t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|on|of|off|1|0)\s*$'";
            format!("{own} !~* {words}")
        }
        "uuid" => format!("replace({own}, '-', '') !~* '^([{{][0-9a-f]{{32}}[}}]|[0-9a-f]{{32}})$'"),
        _ => return None,
    })
}
