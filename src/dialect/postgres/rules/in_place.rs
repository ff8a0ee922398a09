//! What another type for a column costs: nothing where the server only notes it, a table written anew otherwise. Found by
//! whether a table keeps its file (`pg_relation_filenode`) on 15 and 18; the ALTER TABLE page says no more than "binary
//! coercible".

use crate::catalog::{Column, Kind, ObjectId};
use crate::plan::{Hazard, HazardKind};

use super::column::rewrite;
use super::retype;

/// What is said of a column that gets another type, or another collation.
pub(super) fn cost(id: &ObjectId, old: &Column, new: &Column) -> Option<Hazard> {
    // Its rows are another server's.
    if id.root().kind() == Kind::ForeignTable {
        return None;
    }
    let (from, to) = (retype::of(old), retype::of(new));
    if !is_noted(from, to) {
        return Some(rewrite(id));
    }
    (old.collation != new.collation).then(|| Hazard {
        kind: HazardKind::Rewrite,
        id: id.clone(),
        message: "builds the indexes over the column anew while reads and writes wait".to_owned(),
    })
}

/// Whether no row is written: the new type takes every value as it stands.
fn is_noted(from: &str, to: &str) -> bool {
    // Of arrays each element is written anew.
    if from != to && (from.ends_with(']') || to.ends_with(']')) {
        return false;
    }
    let (a, b) = (Type::of(from), Type::of(to));
    let strings = ["text", "character varying"];
    if strings.contains(&a.word) && strings.contains(&b.word) {
        return b.is_as_long_as(&a);
    }
    match (a.word, b.word) {
        _ if from == to => true,
        ("cidr", "inet") | ("integer", "oid") | ("oid", "integer") => true,
        ("bit" | "bit varying", "bit varying") => b.is_as_long_as(&a),
        ("numeric", "numeric") => match (a.numbers(), b.numbers()) {
            (_, None) => true,
            (Some((digits, scale)), Some((more, same))) => digits <= more && scale == same,
            (None, Some(_)) => false,
        },
        // Sessions are in UTC, where one is as the other.
        ("timestamp", "timestamp") if a.tail != b.tail => b.numbers().is_none_or(|(digits, _)| digits >= 6),
        ("timestamp", "timestamp") => b.is_as_long_as(&a),
        ("time", "time") => a.tail == b.tail && b.is_as_long_as(&a),
        // Which fields it may have stands behind the word: those of a plain one are all.
        ("interval", "interval") => b.is_as_long_as(&a),
        (a, "interval") if a.starts_with("interval ") => to == "interval",
        _ => false,
    }
}

/// A type of the server: `time(2) without time zone`.
struct Type<'a> {
    word: &'a str,
    inner: Option<&'a str>,
    tail: &'a str,
}

impl<'a> Type<'a> {
    fn of(text: &'a str) -> Self {
        let (word, rest) = match text.split_once('(') {
            Some((word, rest)) => (word, Some(rest)),
            None => (text, None),
        };
        let (inner, tail) = rest.and_then(|rest| rest.split_once(')')).unzip();
        // What it says of the zone stands at the end, with or without a precision before it.
        let zone = |text: &'a str| ["timestamp", "time"].iter().find_map(|of| Some((*of, text.strip_prefix(of)?)));
        match (inner, zone(word)) {
            (None, Some((word, tail))) => Self { word, inner, tail: tail.trim() },
            _ => Self { word: word.trim(), inner, tail: tail.unwrap_or_default().trim() },
        }
    }

    fn numbers(&self) -> Option<(i64, i64)> {
        let mut numbers = self.inner?.split(',').map(|number| number.trim().parse().ok());
        Some((numbers.next()??, numbers.next().flatten().unwrap_or(0)))
    }

    /// Whether it has a length, or a precision, no smaller than another's, or none.
    fn is_as_long_as(&self, other: &Self) -> bool {
        match (self.numbers(), other.numbers()) {
            (None, _) => true,
            (Some((most, _)), Some((had, _))) => had <= most,
            (Some((most, _)), None) => most >= 6 && matches!(self.word, "timestamp" | "time" | "interval"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_only_notes() {
        for (from, to) in [
            ("character varying(10)", "character varying(20)"),
            ("character varying(10)", "text"),
            ("text", "character varying"),
            ("numeric(10,2)", "numeric(12,2)"),
            ("numeric(10,2)", "numeric"),
            ("timestamp(3) without time zone", "timestamp(6) without time zone"),
            ("timestamp(3) without time zone", "timestamp without time zone"),
            ("timestamp with time zone", "timestamp without time zone"),
            ("time(2) without time zone", "time(4) without time zone"),
            ("interval(2)", "interval"),
            ("interval day", "interval"),
            ("integer", "oid"),
            ("bit(5)", "bit varying(5)"),
            ("bit varying(5)", "bit varying(9)"),
            ("cidr", "inet"),
        ] {
            assert!(is_noted(from, to), "{from} to {to}");
        }
        for (from, to) in [
            ("character varying(20)", "character varying(10)"),
            ("text", "character varying(10)"),
            ("numeric(10,2)", "numeric(12,4)"),
            ("numeric", "numeric(12,4)"),
            ("timestamp(3) without time zone", "timestamp(4) with time zone"),
            ("integer", "bigint"),
            ("timestamp(6) without time zone", "timestamp(3) without time zone"),
            ("time without time zone", "time with time zone"),
            ("interval", "interval day"),
            ("date", "timestamp without time zone"),
            ("inet", "cidr"),
        ] {
            assert!(!is_noted(from, to), "{from} to {to}");
        }
    }
}
