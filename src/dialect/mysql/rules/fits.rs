//! Which values do not fit another type: those that the server refuses, and those that it cuts without a word, since
//! an ALTER TABLE rounds digits and moments and drops the time of day even in strict mode.

use super::super::sql::string;

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

/// Which values of a column do not fit its new type.
pub(super) fn unfit(column: &str, live: &str, desired: &str) -> Vec<Unfit> {
    if live.eq_ignore_ascii_case(desired) {
        return Vec::new();
    }
    let (from, to) = (Type::of(live), Type::of(desired));
    if from.is_binary() && !to.is_binary() {
        // Bytes that are no text are none of what a text stands for. MySQL makes NULL of them, MariaDB question marks.
        let text = format!("CONVERT({column} USING utf8mb4)");
        let is_none = format!("({text} IS NULL AND {column} IS NOT NULL) OR CAST({text} AS BINARY) <> {column}");
        return std::iter::once(Unfit::Refused(is_none)).chain(unfit(&text, "longtext", desired)).collect();
    }
    let mut found = of_another_kind(column, &from, &to);
    if let Some((function, most)) = to.limit() {
        // A shorter one need not be counted where even the longest fits.
        let fits = from.limit().is_some_and(|(of, had)| of == function && had <= most);
        if !fits {
            // The server cuts spaces at the end without a complaint.
            let value = if function == "CHAR_LENGTH" { format!("RTRIM({column})") } else { column.to_owned() };
            found.push(Unfit::Refused(format!("{function}({value}) > {most}")));
        }
    } else if let Some(bits) = to.bits() {
        found.extend(numbers(column, &from));
        found.extend(integers(column, &from, &to, bits).map(Unfit::Refused));
        if from.is_float() || (from.is_decimal() && from.number(1).unwrap_or(0) > 0) {
            found.push(Unfit::Cut(format!("{column} <> ROUND({column})")));
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
        let digits = if to.word == "float" { 7 } else { 15 };
        let exact = from.bits().is_some_and(|bits| bits <= if digits == 7 { 16 } else { 32 })
            || (from.is_decimal() && from.number(0).unwrap_or(10) < digits)
            || (from.is_float() && (from.word == to.word || digits == 15));
        if !exact && (from.bits().is_some() || from.is_decimal() || from.is_float()) {
            // A decimal is compared with what comes back, by as many digits as it has.
            let kind = if digits == 7 { "FLOAT" } else { "DOUBLE" };
            let value = match (from.is_decimal(), from.bits()) {
                (true, _) => format!("CAST(CAST({column} AS {kind}) AS DECIMAL(65, {}))", from.number(1).unwrap_or(0)),
                (_, Some(_)) => format!("CAST(CAST({column} AS {kind}) AS DECIMAL(65))"),
                _ => format!("CAST({column} AS {kind})"),
            };
            found.push(Unfit::Cut(format!("{column} <> {value}")));
        }
    } else if to.has_moment() && from.has_moment() {
        if to.number(0).unwrap_or(0) < from.number(0).unwrap_or(0) {
            found.push(Unfit::Cut(format!(
                "MICROSECOND({column}) % {} <> 0",
                10_u32.pow(6 - to.number(0).unwrap_or(0).min(6))
            )));
        }
    } else if to.word == "date" && matches!(from.word.as_str(), "datetime" | "timestamp") {
        found.push(Unfit::Cut(format!("TIME({column}) <> '00:00:00'")));
    } else if to.word == "enum" && (from.is_text() || from.word == "enum" || from.is_dated()) {
        found.push(Unfit::Refused(format!("CAST({column} AS CHAR) NOT IN ({})", to.inner)));
    } else if to.word == "set" && from.word == "set" {
        let gone = members(from.inner).into_iter().filter(|member| !members(to.inner).contains(member));
        found.extend(gone.map(|member| Unfit::Refused(format!("FIND_IN_SET({}, {column})", string(&member)))));
    } else if to.word == "json" && from.is_text() {
        found.push(Unfit::Refused(format!("NOT JSON_VALID({column})")));
    } else if matches!(to.word.as_str(), "date" | "datetime" | "timestamp") && from.is_text() {
        found.push(Unfit::Refused(format!("CAST({column} AS DATETIME) IS NULL AND {column} IS NOT NULL")));
        if to.word == "date" {
            found.push(Unfit::Cut(format!("TIME(CAST({column} AS DATETIME(6))) <> '00:00:00'")));
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
fn of_another_kind(column: &str, from: &Type<'_>, to: &Type<'_>) -> Vec<Unfit> {
    let all = || format!("{column} IS NOT NULL");
    let refused = |condition: String| vec![Unfit::Refused(condition)];
    let cut = |condition: String| vec![Unfit::Cut(condition)];
    let is_part = !from.is_year() && from.bits().is_none();
    match to.word.as_str() {
        "time" if from.is_dated() => cut(all()),
        "time" if from.is_text() || matches!(from.word.as_str(), "enum" | "set") => {
            refused(format!("{column} NOT REGEXP '^[-0-9: .]+$'"))
        }
        "time" | "bit" if from.is_number() && is_part => cut(format!("{column} <> ROUND({column})")),
        "year" | "decimal" if matches!(from.word.as_str(), "enum" | "set") => cut(all()),
        "date" | "datetime" | "timestamp" if from.word == "time" => cut(all()),
        "date" | "datetime" | "timestamp" | "bit" | "enum" | "set" if from.is_year() => refused(all()),
        "time" if from.is_year() => cut(all()),
        "date" | "datetime" | "timestamp" if from.is_number() || matches!(from.word.as_str(), "enum" | "set") => {
            refused(format!("CAST({column} AS DATETIME) IS NULL AND {column} IS NOT NULL"))
        }
        "float" if from.is_dated() => cut(all()),
        "year" | "set" | "bit" | "json" | "uuid" if from.is_dated() || from.word == "time" => refused(all()),
        "uuid" if from.is_number() => refused(all()),
        "uuid" if from.is_text() => {
            refused(format!("{column} NOT REGEXP '^[0-9a-fA-F]{{8}}(-?[0-9a-fA-F]{{4}}){{3}}-?[0-9a-fA-F]{{12}}$'"))
        }
        "year" if from.word == "bit" => cut(all()),
        "year" if from.is_number() || from.is_text() => years(column, from),
        "bit" if from.is_text() => numbers(column, from).into_iter().collect(),
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
    let mut found: Vec<Unfit> = numbers(column, from).into_iter().collect();
    found.push(Unfit::Refused(format!(
        "ROUND({value}) NOT BETWEEN 1901 AND 2155 AND ROUND({value}) NOT BETWEEN 0 AND 99"
    )));
    found.push(Unfit::Cut(format!("{value} <> ROUND({value}) OR {value} BETWEEN 1 AND 99")));
    found
}

/// A text that is no number.
fn numbers(column: &str, from: &Type<'_>) -> Option<Unfit> {
    const NUMBER: &str = "'^[[:space:]]*[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)(e[-+]?[0-9]+)?[[:space:]]*$'";
    from.is_text().then(|| Unfit::Refused(format!("{column} NOT REGEXP {NUMBER}")))
}

fn integers(column: &str, from: &Type<'_>, to: &Type<'_>, bits: u32) -> Option<String> {
    if !(from.is_number() || from.is_text() || from.is_dated()) {
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
    let value = if from.is_text() || from.is_dated() { format!("{column} + 0") } else { column.to_owned() };
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
            ("varchar(20)", "varchar(2)", vec![refused("CHAR_LENGTH(RTRIM(c)) > 2")]),
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
            assert_eq!(unfit("c", live, desired), expected, "{live} to {desired}");
        }
    }
}
