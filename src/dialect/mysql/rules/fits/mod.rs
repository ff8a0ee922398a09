//! Which values do not fit another type: those that the server refuses, and those that it cuts without a word, since
//! an ALTER TABLE rounds digits and moments and drops the time of day even in strict mode. All of it was tried on both
//! servers, pair by pair; a file for each kind of type that a value may get.

mod member;
mod moment;
mod number;
mod ty;

use super::super::connect::Flavour;
use super::super::sql::string;
use ty::Type;

/// Who converts the values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Server {
    pub(super) flavour: Flavour,
    pub(super) version: u32,
    /// Whether the collation to be tells letters of another case apart.
    pub(super) is_exact: bool,
}

/// A question to the values of a column.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// The server refuses these.
    Refused(String),
    /// It keeps a part of these.
    Cut(String),
    /// It takes these for places in a list, and makes what stands there of them.
    Replaced(String),
}

fn refused(condition: impl Into<String>) -> Unfit {
    Unfit::Refused(condition.into())
}

fn cut(condition: impl Into<String>) -> Unfit {
    Unfit::Cut(condition.into())
}

fn replaced(condition: impl Into<String>) -> Unfit {
    Unfit::Replaced(condition.into())
}

/// Every value that there is.
fn any(column: &str) -> String {
    format!("{column} IS NOT NULL")
}

/// Which values of a column do not fit its new type, and its new character set where that is another.
pub(super) fn unfit(column: &str, live: &str, desired: &str, server: Server, charset: Option<&str>) -> Vec<Unfit> {
    let (from, to) = (Type::of(live), Type::of(desired));
    if live == desired || (live.eq_ignore_ascii_case(desired) && !(from.is_member() && to.is_member())) {
        let bytes = to.limit().filter(|(function, _)| *function == "LENGTH").zip(charset);
        let longer = |((_, most), charset)| refused(format!("LENGTH(CONVERT({column} USING {charset})) > {most}"));
        return bytes.map(longer).into_iter().collect();
    }
    if let Some(found) = apart(column, &from, &to) {
        return found.into_iter().chain(length(column, &from, &to, charset)).collect();
    }
    if from.is_binary() && to.is_json() && server.flavour == Flavour::Mysql {
        return vec![refused(any(column))];
    }
    if from.is_binary() && !to.is_binary() {
        // Bytes that are no text are none of what a text stands for. MySQL makes NULL of them, MariaDB question marks.
        // In a character set of one byte all are letters.
        let text = format!("CONVERT({column} USING {})", charset.filter(|_| to.is_text()).unwrap_or("utf8mb4"));
        let is_none = format!("({text} IS NULL AND {column} IS NOT NULL) OR CAST({text} AS BINARY) <> {column}");
        return std::iter::once(refused(is_none)).chain(unfit(&text, "longtext", desired, server, None)).collect();
    }
    if from.word == "json" && !to.is_text() && !to.is_binary() && !to.is_json() {
        return of_json(column, desired, &to, server);
    }
    let mut found = if to.bits().is_some() {
        number::integer(column, &from, &to, server)
    } else if to.is_decimal() {
        number::decimal(column, &from, &to)
    } else if to.is_float() {
        number::float(column, &from, &to)
    } else if to.is_year() {
        number::year(column, &from)
    } else if to.is_dated() {
        moment::date(column, &from, &to, server)
    } else if to.word == "time" {
        moment::time(column, &from, &to, server)
    } else if to.word == "bit" {
        number::bit(column, &from, &to)
    } else if to.word == "enum" {
        member::of_enum(column, &from, &to, server)
    } else if to.word == "set" {
        member::of_set(column, &from, &to, server)
    } else if to.is_json() {
        json(column, &from, server)
    } else {
        Vec::new()
    };
    found.extend(length(column, &from, &to, charset));
    found
}

/// Whether a type has bytes, which are no letters of any character set.
pub(super) fn has_bytes(ty: &str) -> bool {
    Type::of(ty).is_binary()
}

/// Whether MariaDB has no way from one type to the other, with rows or without (error 4078).
pub(super) fn has_no_way(live: &str, desired: &str) -> bool {
    is_never(&Type::of(live), &Type::of(desired))
}

fn is_never(from: &Type<'_>, to: &Type<'_>) -> bool {
    let is_worded = from.is_text() || from.is_member() || from.is_binary();
    let is_plain = to.is_text() || to.is_binary();
    let is_other = from.word != to.word && !(from.is_geometry() && to.is_geometry());
    is_other && ((from.is_apart() && !is_plain) || (to.is_apart() && !is_worded))
}

/// Types of which the servers cast nothing to another but as text or bytes.
fn apart(column: &str, from: &Type<'_>, to: &Type<'_>) -> Option<Vec<Unfit>> {
    let all = || Some(vec![refused(any(column))]);
    // A member of an enum goes by its text.
    let is_worded = from.is_text() || from.is_member();
    if is_never(from, to) {
        return all();
    }
    // These are no text either.
    let has_no_text = |ty: &Type<'_>| ty.is_geometry() || ty.word == "vector";
    if (has_no_text(from) && to.is_text()) || (is_worded && has_no_text(to)) {
        return all();
    }
    // Addresses become their bytes, not their text.
    let bytes = match from.word.as_str() {
        "inet6" | "uuid" => 16,
        "inet4" => 4,
        _ => 0,
    };
    if to.is_binary() && bytes > 0 {
        let is_short = to.limit().is_some_and(|(_, most)| most < bytes);
        return if is_short { all() } else { Some(Vec::new()) };
    }
    let one = |condition: String| Some(vec![refused(condition)]);
    match to.word.as_str() {
        word if from.is_geometry() && to.is_geometry() && !matches!(word, "geometry") => {
            let word = if word == "geomcollection" { "geometrycollection" } else { word };
            let kind = format!("REPLACE(ST_GeometryType({column}), 'GEOMCOLLECTION', 'GEOMETRYCOLLECTION')");
            one(format!("{kind} <> {}", string(&word.to_uppercase())))
        }
        "vector" if from.word == "vector" => {
            one(format!("LENGTH({column}) > {}", 4 * u64::from(to.number(0).unwrap_or(2048))))
        }
        "inet4" if is_worded => one(format!("NOT IS_IPV4({column})")),
        "inet6" if is_worded => one(format!("NOT IS_IPV6({column}) AND NOT IS_IPV4({column})")),
        "uuid" if is_worded => {
            one(format!("{column} NOT REGEXP '^[0-9a-fA-F]{{8}}(-?[0-9a-fA-F]{{4}}){{3}}-?[0-9a-fA-F]{{12}}$'"))
        }
        _ => None,
    }
}

/// What is too long for a text or for bytes, and what of it goes or comes without a complaint.
fn length(column: &str, from: &Type<'_>, to: &Type<'_>, charset: Option<&str>) -> Vec<Unfit> {
    let mut found = Vec::new();
    let Some((function, most)) = to.limit() else { return found };
    if from.is_apart() && to.is_binary() {
        return found;
    }
    // Short ones are told bits by the digits of their number, long ones get their bytes.
    let is_bits = from.word == "bit";
    if is_bits && !matches!(to.word.as_str(), "char" | "varchar" | "binary" | "varbinary") {
        let text = format!("CONVERT(CAST({column} AS BINARY) USING utf8mb4)");
        let none = format!("{text} IS NULL OR CAST({text} AS BINARY) <> CAST({column} AS BINARY)");
        return vec![refused(none), cut(any(column))];
    }
    let value = if is_bits { format!("CONCAT({column} + 0)") } else { column.to_owned() };
    // A shorter one need not be counted where even the longest fits.
    let charset = charset.filter(|_| function == "LENGTH" && from.is_text());
    let fits = charset.is_none() && from.limit().is_some_and(|(of, had)| of == function && had <= most);
    if !fits {
        // Of a CHAR the server cuts spaces at the end without a complaint.
        let value = match charset {
            Some(charset) => format!("CONVERT({value} USING {charset})"),
            None if to.word == "char" => format!("RTRIM({value})"),
            None => value.clone(),
        };
        found.push(refused(format!("{function}({value}) > {most}")));
    }
    if to.word == "char" && from.is_text() && from.word != "char" {
        found.push(cut(format!("{column} LIKE '% '")));
    }
    // It is filled with zero bytes, which stay.
    if to.word == "binary" && from.word != "binary" {
        found.push(cut(format!("LENGTH({value}) < {most}")));
    }
    found
}

/// A number within JSON becomes one, and nothing else does but a text.
fn of_json(column: &str, desired: &str, to: &Type<'_>, server: Server) -> Vec<Unfit> {
    if to.is_dated() {
        return vec![refused(any(column))];
    }
    let none = format!("JSON_TYPE({column}) NOT IN ('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL')");
    let mut found = vec![refused(none)];
    if to.is_member() || to.word == "time" {
        found.push(cut(any(column)));
    } else {
        found.extend(unfit(&format!("JSON_UNQUOTE({column})"), "longtext", desired, server, None));
    }
    found
}

/// JSON keeps each key of an object once, and numbers by the digits of a double; MariaDB's is a text.
fn json(column: &str, from: &Type<'_>, server: Server) -> Vec<Unfit> {
    if from.is_temporal() || from.word == "bit" {
        return vec![refused(any(column))];
    }
    if !from.is_text() && !from.is_member() {
        return Vec::new();
    }
    let text = format!("CAST({column} AS CHAR)");
    let none = refused(format!("NOT JSON_VALID({text})"));
    if server.flavour == Flavour::Mariadb {
        return vec![none];
    }
    let length = |value: &str| format!("CHAR_LENGTH(REGEXP_REPLACE({value}, '[[:space:]]', ''))");
    let kept = length(&format!("CAST(CAST({text} AS JSON) AS CHAR)"));
    vec![none, cut(format!("CASE WHEN JSON_VALID({text}) THEN {kept} < {} ELSE FALSE END", length(&text)))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_asked_for() {
        let refused = |text: &str| Unfit::Refused(text.to_owned());
        let cut = |text: &str| Unfit::Cut(text.to_owned());
        for (live, desired, expected) in [
            ("varchar(20)", "varchar(2)", vec![refused("CHAR_LENGTH(c) > 2")]),
            ("varchar(2)", "varchar(20)", vec![]),
            ("int", "bigint", vec![]),
            ("int(11)", "smallint(6)", vec![refused("ROUND(c) NOT BETWEEN -32768 AND 32767")]),
            ("int", "int unsigned", vec![refused("ROUND(c) NOT BETWEEN 0 AND 4294967295")]),
            ("decimal(10,4)", "decimal(10,2)", vec![refused("ABS(ROUND(c, 2)) >= 100000000"), cut("c <> ROUND(c, 2)")]),
            ("datetime(6)", "datetime", vec![cut("MICROSECOND(c) % 1000000 <> 0")]),
            ("datetime", "date", vec![cut("TIME_TO_SEC(TIME(c)) <> 0 OR MICROSECOND(c) <> 0")]),
            ("enum('a','b')", "enum('a')", vec![refused("CAST(c AS CHAR) NOT IN ('a')")]),
            ("set('a','b')", "set('a')", vec![refused("FIND_IN_SET('b', c)")]),
            ("longtext", "text", vec![refused("LENGTH(c) > 65535")]),
            ("datetime", "time", vec![cut("c IS NOT NULL")]),
            ("date", "year", vec![refused("c IS NOT NULL")]),
            (
                "int",
                "enum('a','b')",
                vec![
                    refused(
                        "CAST(c AS CHAR) NOT IN ('a','b') AND (TRUNCATE(c, 0) NOT BETWEEN 1 AND 2 OR NOT CAST(c AS CHAR) REGEXP '^[0-9]+$')",
                    ),
                    Unfit::Replaced(
                        "CAST(c AS CHAR) NOT IN ('a','b') AND NOT (TRUNCATE(c, 0) NOT BETWEEN 1 AND 2) AND CAST(c AS CHAR) REGEXP '^[0-9]+$'".to_owned(),
                    ),
                ],
            ),
            (
                "bit(4)",
                "set('a','b')",
                vec![
                    refused("c + 0 NOT BETWEEN 0 AND 3"),
                    Unfit::Replaced(
                        "NOT (c + 0 NOT BETWEEN 0 AND 3) AND MAKE_SET(c + 0, 'a','b') <> CAST(c + 0 AS CHAR)".to_owned(),
                    ),
                ],
            ),
            (
                "text",
                "set('a','b c')",
                vec![
                    refused("CAST(c AS CHAR) NOT REGEXP '^((a|b c)(,(a|b c))*)?$'"),
                    cut(
                        "CAST(c AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin NOT REGEXP '^((a|b c)(,(a|b c))*)?$'",
                    ),
                ],
            ),
        ] {
            assert_eq!(
                unfit("c", live, desired, Server { flavour: Flavour::Mysql, version: 80_400, is_exact: false }, None),
                expected,
                "{live} to {desired}"
            );
        }
    }
}
