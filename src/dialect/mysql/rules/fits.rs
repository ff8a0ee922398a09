//! Which values do not fit another type: those that the server refuses, and those that it cuts without a word, since
//! an ALTER TABLE rounds digits and moments and drops the time of day even in strict mode.

use super::super::connect::Flavour;
use super::super::sql::string;
use super::super::types;

/// Who converts the values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Server {
    pub(super) flavour: Flavour,
    pub(super) version: u32,
}

/// A question to the values of a column.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// The server refuses these.
    Refused(String),
    /// It keeps a part of these.
    Cut(String),
}

/// The type of a column: what it is, in small letters, and what is in its parentheses.
struct Type<'a> {
    word: String,
    inner: &'a str,
    unsigned: bool,
}

impl<'a> Type<'a> {
    fn of(ty: &'a str) -> Self {
        let end = ty.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(ty.len());
        let (word, rest) = ty.split_at(end);
        let inner = rest.trim_start().strip_prefix('(').and_then(|rest| rest.rsplit_once(')'));
        let tail = inner.map_or(rest, |(_, tail)| tail).to_lowercase();
        Self {
            word: word.to_lowercase(),
            inner: inner.map_or("", |(inner, _)| inner).trim(),
            unsigned: tail.contains("unsigned") || tail.contains("zerofill"),
        }
    }

    fn number(&self, at: usize) -> Option<u32> {
        self.inner.split(',').nth(at)?.trim().parse().ok()
    }

    fn is_text(&self) -> bool {
        matches!(self.word.as_str(), "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext")
    }

    fn is_binary(&self) -> bool {
        matches!(self.word.as_str(), "binary" | "varbinary" | "tinyblob" | "blob" | "mediumblob" | "longblob")
    }

    /// The bits of an integer.
    fn bits(&self) -> Option<u32> {
        Some(match self.word.as_str() {
            "tinyint" | "bool" | "boolean" => 8,
            "smallint" => 16,
            "mediumint" => 24,
            "int" | "integer" => 32,
            "bigint" => 64,
            _ => return None,
        })
    }

    fn is_number(&self) -> bool {
        self.bits().is_some() || self.is_decimal() || self.is_float() || self.is_year()
    }

    fn is_year(&self) -> bool {
        self.word == "year"
    }

    fn is_decimal(&self) -> bool {
        matches!(self.word.as_str(), "decimal" | "numeric" | "dec" | "fixed")
    }

    fn is_float(&self) -> bool {
        matches!(self.word.as_str(), "float" | "double" | "real")
    }

    fn is_member(&self) -> bool {
        matches!(self.word.as_str(), "enum" | "set")
    }

    fn is_geometry(&self) -> bool {
        types::is_spatial(&self.word)
    }

    /// Types of which the servers cast nothing to another but as text or bytes.
    fn is_apart(&self) -> bool {
        self.is_geometry() || matches!(self.word.as_str(), "inet4" | "inet6" | "uuid" | "vector")
    }

    fn is_dated(&self) -> bool {
        matches!(self.word.as_str(), "date" | "datetime" | "timestamp")
    }

    fn has_moment(&self) -> bool {
        matches!(self.word.as_str(), "datetime" | "timestamp" | "time")
    }

    /// The most that fits: characters of a text, bytes of anything else.
    fn limit(&self) -> Option<(&'static str, u64)> {
        Some(match self.word.as_str() {
            "char" => ("CHAR_LENGTH", u64::from(self.number(0).unwrap_or(1))),
            "varchar" => ("CHAR_LENGTH", u64::from(self.number(0)?)),
            "binary" => ("LENGTH", u64::from(self.number(0).unwrap_or(1))),
            "varbinary" => ("LENGTH", u64::from(self.number(0)?)),
            "tinytext" | "tinyblob" => ("LENGTH", 255),
            "text" | "blob" => ("LENGTH", 65_535),
            "mediumtext" | "mediumblob" => ("LENGTH", 16_777_215),
            _ => return None,
        })
    }
}

/// Which values of a column do not fit its new type, and its new character set where that is another.
pub(super) fn unfit(column: &str, live: &str, desired: &str, server: Server, charset: Option<&str>) -> Vec<Unfit> {
    let (from, to) = (Type::of(live), Type::of(desired));
    if live.eq_ignore_ascii_case(desired) {
        let bytes = to.limit().filter(|(function, _)| *function == "LENGTH").zip(charset);
        let longer =
            |((_, most), charset)| Unfit::Refused(format!("LENGTH(CONVERT({column} USING {charset})) > {most}"));
        return bytes.map(longer).into_iter().collect();
    }
    if from.is_binary() && !to.is_binary() {
        // Bytes that are no text are none of what a text stands for. MySQL makes NULL of them, MariaDB question marks.
        let text = format!("CONVERT({column} USING utf8mb4)");
        let is_none = format!("({text} IS NULL AND {column} IS NOT NULL) OR CAST({text} AS BINARY) <> {column}");
        return std::iter::once(Unfit::Refused(is_none))
            .chain(unfit(&text, "longtext", desired, server, None))
            .collect();
    }
    let mut found = of_another_kind(column, &from, &to, server);
    if let Some((function, most)) = to.limit() {
        // A shorter one need not be counted where even the longest fits.
        let charset = charset.filter(|_| function == "LENGTH" && from.is_text());
        let fits = charset.is_none() && from.limit().is_some_and(|(of, had)| of == function && had <= most);
        if !fits {
            // Of a CHAR the server cuts spaces at the end without a complaint.
            let value = match charset {
                Some(charset) => format!("CONVERT({column} USING {charset})"),
                None if to.word == "char" => format!("RTRIM({column})"),
                None => column.to_owned(),
            };
            found.push(Unfit::Refused(format!("{function}({value}) > {most}")));
        }
    } else if let Some(bits) = to.bits() {
        found.extend(numbers(column, &from));
        found.extend(integers(column, &from, &to, bits).map(Unfit::Refused));
        if from.is_float() || (from.is_decimal() && from.number(1).unwrap_or(0) > 0) {
            found.push(Unfit::Cut(format!("{column} <> ROUND({column})")));
        } else if from.has_moment() {
            found.push(Unfit::Cut(format!("MICROSECOND({column}) <> 0")));
        } else if from.is_text() {
            let value = format!("CAST({column} AS DECIMAL(65, 30))");
            found.push(Unfit::Cut(format!("{value} <> ROUND({value})")));
        }
    } else if to.is_decimal() {
        let (precision, scale) = (to.number(0).unwrap_or(10), to.number(1).unwrap_or(0));
        found.extend(numbers(column, &from));
        let whole = precision.saturating_sub(scale);
        found.push(Unfit::Refused(format!("ABS(ROUND({column}, {scale})) >= 1{}", "0".repeat(whole as usize))));
        if to.unsigned {
            found.push(Unfit::Refused(format!("{column} < 0")));
        }
        if from.is_float() || (from.is_decimal() && from.number(1).unwrap_or(0) > scale) {
            found.push(Unfit::Cut(format!("{column} <> ROUND({column}, {scale})")));
        } else if from.is_text() {
            let value = format!("CAST({column} AS DECIMAL(65, 30))");
            found.push(Unfit::Cut(format!("{value} <> ROUND({value}, {scale})")));
        }
    } else if to.is_float() {
        found.extend(numbers(column, &from));
        found.extend(floats(column, &from, &to));
    } else if to.word == "timestamp" && matches!(from.word.as_str(), "datetime" | "date") {
        found.extend(moments(column, server));
        found.extend(fraction(column, &from, &to));
    } else if to.has_moment() && from.has_moment() {
        found.extend(fraction(column, &from, &to));
    } else if to.word == "date" && matches!(from.word.as_str(), "datetime" | "timestamp") {
        found.push(Unfit::Cut(format!("TIME({column}) <> '00:00:00'")));
    } else if to.word == "enum" && (from.is_text() || from.is_member() || from.is_dated()) {
        found.push(Unfit::Refused(format!("CAST({column} AS CHAR) NOT IN ({})", to.inner)));
        if from.is_text() {
            // In another case a member is taken for the one that there is, where the collation lets it.
            let exactly = format!("CAST({column} AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin");
            found.push(Unfit::Cut(format!("{exactly} NOT IN ({})", to.inner)));
        }
    } else if to.word == "set" && from.word == "set" {
        let gone = members(from.inner).into_iter().filter(|member| !members(to.inner).contains(member));
        found.extend(gone.map(|member| Unfit::Refused(format!("FIND_IN_SET({}, {column})", string(&member)))));
    } else if to.word == "json" && (from.is_text() || from.is_member()) {
        found.push(Unfit::Refused(format!("NOT JSON_VALID(CAST({column} AS CHAR))")));
    } else if matches!(to.word.as_str(), "date" | "datetime" | "timestamp") && from.is_text() {
        // A zone by its letters is none to the servers.
        found.push(Unfit::Refused(format!(
            "({column} REGEXP '[A-SU-Za-su-z]' OR CAST({column} AS DATETIME) IS NULL) AND {column} IS NOT NULL"
        )));
        if to.word == "timestamp" {
            found.extend(moments(&format!("CAST({column} AS DATETIME(6))"), server));
        }
        if to.word == "date" {
            let moment = format!("CAST({column} AS DATETIME(6))");
            found.push(Unfit::Cut(format!("TIME_TO_SEC({moment}) <> 0 OR MICROSECOND({moment}) <> 0")));
        } else {
            let kept = to.number(0).unwrap_or(0).min(6);
            found.push(Unfit::Cut(format!(
                "MICROSECOND(CAST({column} AS DATETIME(6))) % {} <> 0",
                10_u32.pow(6 - kept)
            )));
        }
    }
    if to.word == "char" && from.is_text() && from.word != "char" {
        found.push(Unfit::Cut(format!("{column} LIKE '% '")));
    }
    found
}

/// Between numbers, texts, moments, enums and bits: what the servers refuse, and what comes out as something else. Tried
/// on both, pair by pair.
fn of_another_kind(column: &str, from: &Type<'_>, to: &Type<'_>, server: Server) -> Vec<Unfit> {
    let all = || format!("{column} IS NOT NULL");
    let refused = |condition: String| vec![Unfit::Refused(condition)];
    let cut = |condition: String| vec![Unfit::Cut(condition)];
    let is_part = !from.is_year() && from.bits().is_none();
    // A set is a number by its bits, an enum by the place of its member.
    if from.is_member() && (to.is_number() || to.word == "bit") {
        return cut(format!("CAST({column} AS CHAR) <> CAST({column} + 0 AS CHAR)"));
    }
    // A member of an enum goes by its text.
    let is_worded = from.is_text() || from.is_member();
    let is_plain = |ty: &Type<'_>| ty.is_text() || ty.is_binary();
    let is_other = from.word != to.word && !(from.is_geometry() && to.is_geometry());
    if is_other && ((from.is_apart() && !is_plain(to)) || (to.is_apart() && !is_worded && !from.is_binary())) {
        return refused(all());
    }
    // These are no text either.
    let has_no_text = |ty: &Type<'_>| ty.is_geometry() || ty.word == "vector";
    if (has_no_text(from) && to.is_text()) || (is_worded && has_no_text(to)) {
        return refused(all());
    }
    match to.word.as_str() {
        word if from.is_geometry() && to.is_geometry() && !matches!(word, "geometry") => {
            let word = if word == "geomcollection" { "geometrycollection" } else { word };
            let kind = format!("REPLACE(ST_GeometryType({column}), 'GEOMCOLLECTION', 'GEOMETRYCOLLECTION')");
            refused(format!("{kind} <> {}", string(&word.to_uppercase())))
        }
        "vector" if from.word == "vector" => {
            let bytes = 4 * u64::from(to.number(0).unwrap_or(2048));
            refused(format!("LENGTH({column}) > {bytes}"))
        }
        "inet4" if is_worded => refused(format!("NOT IS_IPV4({column})")),
        "inet6" if is_worded => refused(format!("NOT IS_IPV6({column}) AND NOT IS_IPV4({column})")),
        "time" if from.is_dated() => cut(all()),
        "time" if from.is_text() || matches!(from.word.as_str(), "enum" | "set") => {
            refused(format!("{column} NOT REGEXP '^[-0-9: .]+$'"))
        }
        "time" | "bit" if from.is_number() && is_part => cut(format!("{column} <> ROUND({column})")),
        "date" | "datetime" | "timestamp" if from.word == "time" => cut(all()),
        "date" | "datetime" | "timestamp" | "bit" | "enum" | "set" if from.is_year() => refused(all()),
        "time" if from.is_year() => cut(all()),
        "date" | "datetime" | "timestamp" if from.is_number() || from.is_member() => {
            let none = format!("CAST({column} AS DATETIME) IS NULL AND {column} IS NOT NULL");
            let fraction = (from.is_number() && is_part).then(|| Unfit::Cut(format!("{column} <> FLOOR({column})")));
            let out = (to.word == "timestamp")
                .then(|| moments(&format!("CAST({column} AS DATETIME)"), server))
                .into_iter()
                .flatten();
            std::iter::once(Unfit::Refused(none)).chain(fraction).chain(out).collect()
        }
        "float" if from.is_dated() => cut(all()),
        "year" | "set" | "bit" | "json" | "uuid" if from.is_dated() || from.word == "time" => refused(all()),
        "uuid" if from.is_number() => refused(all()),
        "uuid" if is_worded => {
            refused(format!("{column} NOT REGEXP '^[0-9a-fA-F]{{8}}(-?[0-9a-fA-F]{{4}}){{3}}-?[0-9a-fA-F]{{12}}$'"))
        }
        "year" if from.word == "bit" => cut(all()),
        "year" if from.is_number() || from.is_text() => years(column, from),
        "bit" if from.is_text() => numbers(column, from),
        "bit" if from.word == "bit" || from.bits().is_some() => {
            let bits = to.number(0).unwrap_or(1).min(64);
            let narrower = from.bits().unwrap_or_else(|| from.number(0).unwrap_or(1)) > bits;
            // A negative number has all bits.
            if narrower { refused(format!("CAST({column} + 0 AS UNSIGNED) >= {}", 1_u128 << bits)) } else { Vec::new() }
        }
        _ if from.word == "json" && to.is_number() => {
            refused(format!("JSON_TYPE({column}) IN ('ARRAY', 'OBJECT', 'NULL')"))
        }
        "enum" if from.is_number() => {
            let most = members(to.inner).len();
            refused(format!("{column} <> ROUND({column}) OR {column} NOT BETWEEN 1 AND {most}"))
        }
        "set" if from.is_number() => {
            let most = (1_u128 << members(to.inner).len().min(64)) - 1;
            refused(format!("{column} <> ROUND({column}) OR {column} NOT BETWEEN 0 AND {most}"))
        }
        "set" if from.is_text() => {
            let members = members(to.inner);
            let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_');
            if !members.iter().all(|member| member.chars().all(plain)) {
                return Vec::new();
            }
            let one = format!("({})", members.join("|"));
            refused(format!("{column} NOT REGEXP {}", string(&format!("^({one}(,{one})*)?$"))))
        }
        _ => Vec::new(),
    }
}

/// Two digits are years of this century or the last.
fn years(column: &str, from: &Type<'_>) -> Vec<Unfit> {
    let value = if from.is_text() { format!("({column} + 0)") } else { column.to_owned() };
    let mut found = numbers(column, from);
    found.push(Unfit::Refused(format!(
        "ROUND({value}) NOT BETWEEN 1901 AND 2155 AND ROUND({value}) NOT BETWEEN 0 AND 99"
    )));
    found.push(Unfit::Cut(format!("{value} <> ROUND({value}) OR {value} BETWEEN 1 AND 99")));
    found
}

/// A text that is no number, and one that is more than its number: `007`, `+49`.
fn numbers(column: &str, from: &Type<'_>) -> Vec<Unfit> {
    const NUMBER: &str = "'^[[:space:]]*[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)(e[-+]?[0-9]+)?[[:space:]]*$'";
    const MORE: &str = "'^[[:space:]]*([+]|-?0[0-9])'";
    if !from.is_text() {
        return Vec::new();
    }
    vec![
        Unfit::Refused(format!("{column} NOT REGEXP {NUMBER}")),
        Unfit::Cut(format!("{column} REGEXP {NUMBER} AND {column} REGEXP {MORE}")),
    ]
}

/// Numbers that are kept by so many digits only.
fn floats(column: &str, from: &Type<'_>, to: &Type<'_>) -> Vec<Unfit> {
    let mut found = Vec::new();
    let is_number = from.bits().is_some() || from.is_decimal() || from.is_float();
    if to.unsigned && !from.unsigned && (is_number || from.is_text()) {
        found.push(Unfit::Refused(format!("{column} + 0e0 < 0")));
    }
    // A float is what it prints.
    let exactly = if from.is_text() || from.word == "float" {
        format!("CAST(CONCAT({column}) AS DECIMAL(65, 30))")
    } else {
        column.to_owned()
    };
    if let (Some(precision), Some(scale), true) = (to.number(0), to.number(1), is_number || from.is_text()) {
        let whole = "0".repeat(precision.saturating_sub(scale) as usize);
        // Too great a one becomes the greatest that there is, in strict mode too.
        let rounded = format!("ROUND({exactly}, {scale})");
        found.push(Unfit::Cut(format!("{exactly} <> {rounded} OR ABS({rounded}) >= 1{whole}")));
        return found;
    }
    let digits = if to.word == "float" { 7 } else { 15 };
    let kind = if digits == 7 { "FLOAT" } else { "DOUBLE" };
    if from.is_text() {
        let most = if digits == 7 { "3.4e38" } else { "1.7976931348623157e308" };
        found.push(Unfit::Refused(format!("ABS({column} + 0e0) >= {most}")));
        // What is longer than a decimal holds is longer than a float too.
        let back = format!("CAST(CONCAT(CAST({column} AS {kind})) AS DECIMAL(65, 30))");
        found.push(Unfit::Cut(format!("{exactly} <> {back}")));
        return found;
    }
    let exact = from.bits().is_some_and(|bits| bits <= if digits == 7 { 16 } else { 32 })
        || (from.is_decimal() && from.number(0).unwrap_or(10) < digits)
        || (from.is_float() && (from.word == to.word || digits == 15));
    if !exact && is_number {
        // A decimal is compared with what comes back, by as many digits as it has.
        let value = match (from.is_decimal(), from.bits()) {
            (true, _) => format!("CAST(CAST({column} AS {kind}) AS DECIMAL(65, {}))", from.number(1).unwrap_or(0)),
            (_, Some(_)) => format!("CAST(CAST({column} AS {kind}) AS DECIMAL(65))"),
            _ => format!("CAST({column} AS {kind})"),
        };
        found.push(Unfit::Cut(format!("{column} <> {value}")));
    }
    found
}

/// Moments that a TIMESTAMP does not know; sessions are in UTC.
fn moments(value: &str, server: Server) -> Vec<Unfit> {
    // Since MariaDB 11.5 it has the last bit too.
    let has_all_bits = server.flavour == Flavour::Mariadb && server.version >= 110_500;
    let last = if has_all_bits { "2106-02-07 06:28:15.999999" } else { "2038-01-19 03:14:07.999999" };
    let outside = format!("{value} NOT BETWEEN '1970-01-01 00:00:01' AND '{last}'");
    vec![Unfit::Refused(format!("{outside} AND CAST({value} AS CHAR) NOT LIKE '0000-00-00%'"))]
}

/// Digits of a second that the new type has no room for.
fn fraction(column: &str, from: &Type<'_>, to: &Type<'_>) -> Option<Unfit> {
    let (had, has) = (from.number(0).unwrap_or(0), to.number(0).unwrap_or(0));
    let unit = 10_u32.pow(6 - has.min(6));
    (has < had).then(|| Unfit::Cut(format!("MICROSECOND({column}) % {unit} <> 0")))
}

fn integers(column: &str, from: &Type<'_>, to: &Type<'_>, bits: u32) -> Option<String> {
    let is_bits = from.word == "bit";
    if !(from.is_number() || from.is_text() || from.is_dated() || is_bits) {
        return None;
    }
    let (least, greatest) = range(bits, to.unsigned);
    if let Some(had) = from.bits() {
        let (low, high) = range(had, from.unsigned);
        if low >= least && high <= greatest {
            return None;
        }
    }
    // A text is compared as a number, as the server would read it.
    let value = match is_bits {
        true if from.number(0).unwrap_or(1) < bits => return None,
        true => format!("CAST({column} + 0 AS UNSIGNED)"),
        false if from.is_text() || from.is_dated() => format!("{column} + 0"),
        false => column.to_owned(),
    };
    Some(format!("ROUND({value}) NOT BETWEEN {least} AND {greatest}"))
}

fn range(bits: u32, unsigned: bool) -> (i128, i128) {
    if unsigned { (0, (1_i128 << bits) - 1) } else { (-(1_i128 << (bits - 1)), (1_i128 << (bits - 1)) - 1) }
}

/// The members of a list of literals.
fn members(inner: &str) -> Vec<String> {
    super::super::tokens::significant(inner).filter_map(|token| token.string(inner)).collect()
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
            ("datetime", "date", vec![cut("TIME(c) <> '00:00:00'")]),
            ("enum('a','b')", "enum('a')", vec![refused("CAST(c AS CHAR) NOT IN ('a')")]),
            ("set('a','b')", "set('a')", vec![refused("FIND_IN_SET('b', c)")]),
            ("longtext", "text", vec![refused("LENGTH(c) > 65535")]),
            ("datetime", "time", vec![cut("c IS NOT NULL")]),
            ("date", "year", vec![refused("c IS NOT NULL")]),
            ("int", "enum('a','b')", vec![refused("c <> ROUND(c) OR c NOT BETWEEN 1 AND 2")]),
            ("text", "set('a','b c')", vec![refused("c NOT REGEXP '^((a|b c)(,(a|b c))*)?$'")]),
        ] {
            assert_eq!(
                unfit("c", live, desired, Server { flavour: Flavour::Mysql, version: 80_400 }, None),
                expected,
                "{live} to {desired}"
            );
        }
    }
}
