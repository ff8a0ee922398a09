//! Numbers: integers, decimals, floats, years and bits.

use super::super::super::connect::Flavour;
use super::ty::Type;
use super::{Server, Unfit, any, cut, refused};

/// The number that the servers take a value for.
fn value(column: &str, from: &Type<'_>) -> String {
    match from.word.as_str() {
        "bit" => format!("CAST({column} + 0 AS UNSIGNED)"),
        _ if from.is_text() || from.is_temporal() || from.is_member() => format!("({column} + 0)"),
        _ => column.to_owned(),
    }
}

/// What is no number, or more than one: a text, a member whose place is the number. A moment is, but for what it has
/// behind the second.
fn none(column: &str, from: &Type<'_>, digits: u32) -> Vec<Unfit> {
    if from.is_member() {
        // A set is a number by its bits, an enum by the place of its member.
        return vec![cut(format!("CAST({column} AS CHAR) <> CAST({column} + 0 AS CHAR)"))];
    }
    let had = from.number(0).unwrap_or(0).min(6);
    if from.has_moment() && digits < had {
        return vec![cut(format!("MICROSECOND({column}) % {} <> 0", 10_u32.pow(6 - digits)))];
    }
    numbers(column, from)
}

/// A text that is no number, and one that is more than its number: `007`, `+49`.
fn numbers(column: &str, from: &Type<'_>) -> Vec<Unfit> {
    const NUMBER: &str = "'^[[:space:]]*[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)(e[-+]?[0-9]+)?[[:space:]]*$'";
    const MORE: &str = "'^[[:space:]]*([+]|-?0[0-9])'";
    if !from.is_text() {
        return Vec::new();
    }
    vec![
        refused(format!("{column} NOT REGEXP {NUMBER}")),
        cut(format!("{column} REGEXP {NUMBER} AND {column} REGEXP {MORE}")),
    ]
}

const WHOLE: &str = "'^[[:space:]]*[-+]?[0-9]+[[:space:]]*$'";

pub(super) fn integer(column: &str, from: &Type<'_>, to: &Type<'_>, server: Server) -> Vec<Unfit> {
    let bits = to.bits().unwrap_or(64);
    let mut found = none(column, from, 0);
    // MySQL rounds a text with a fraction, MariaDB takes none.
    if from.is_text() && server.flavour == Flavour::Mariadb {
        found.push(refused(format!("{column} NOT REGEXP {WHOLE}")));
    }
    found.extend(beyond(column, from, to, bits));
    if from.is_float() || (from.is_decimal() && from.number(1).unwrap_or(0) > 0) {
        found.push(cut(format!("{column} <> ROUND({column})")));
    } else if from.is_text() {
        let value = format!("CAST({column} AS DECIMAL(65, 30))");
        found.push(cut(format!("{value} <> ROUND({value})")));
    }
    found
}

/// Numbers that an integer has no room for.
fn beyond(column: &str, from: &Type<'_>, to: &Type<'_>, bits: u32) -> Option<Unfit> {
    let (least, greatest) = range(bits, to.unsigned);
    let fits = match from.word.as_str() {
        "bit" => from.number(0).unwrap_or(1) < bits,
        "enum" => i128::try_from(from.members().len()).is_ok_and(|most| most <= greatest),
        "set" => 1_i128 << from.members().len().min(64) <= greatest,
        _ => from.bits().is_some_and(|had| {
            let (low, high) = range(had, from.unsigned);
            low >= least && high <= greatest
        }),
    };
    (!fits).then(|| refused(format!("ROUND({}) NOT BETWEEN {least} AND {greatest}", value(column, from))))
}

fn range(bits: u32, unsigned: bool) -> (i128, i128) {
    if unsigned { (0, (1_i128 << bits) - 1) } else { (-(1_i128 << (bits - 1)), (1_i128 << (bits - 1)) - 1) }
}

pub(super) fn decimal(column: &str, from: &Type<'_>, to: &Type<'_>) -> Vec<Unfit> {
    let (precision, scale) = (to.number(0).unwrap_or(10), to.number(1).unwrap_or(0));
    let own = value(column, from);
    let mut found = none(column, from, scale.min(6));
    let whole = precision.saturating_sub(scale);
    found.push(refused(format!("ABS(ROUND({own}, {scale})) >= 1{}", "0".repeat(whole as usize))));
    if to.unsigned {
        found.push(refused(format!("{own} < 0")));
    }
    let exact = match from.word.as_str() {
        // A float is what it prints.
        "float" => Some(format!("CAST(CONCAT({column}) AS DECIMAL(65, 30))")),
        _ if from.is_text() => Some(format!("CAST({column} AS DECIMAL(65, 30))")),
        _ if from.is_float() || (from.is_decimal() && from.number(1).unwrap_or(0) > scale) => Some(column.to_owned()),
        _ => None,
    };
    found.extend(exact.map(|exact| cut(format!("{exact} <> ROUND({exact}, {scale})"))));
    found
}

pub(super) fn float(column: &str, from: &Type<'_>, to: &Type<'_>) -> Vec<Unfit> {
    if to.word == "float" && from.is_dated() && to.number(1).is_none() {
        return vec![cut(any(column))];
    }
    // A double has the fifteen digits of a moment and one more.
    let mut found = none(column, from, u32::from(to.word != "float" && from.is_dated()));
    found.extend(floats(column, from, to));
    found
}

/// Numbers that are kept by so many digits only.
fn floats(column: &str, from: &Type<'_>, to: &Type<'_>) -> Vec<Unfit> {
    let mut found = Vec::new();
    let is_number = from.bits().is_some() || from.is_decimal() || from.is_float();
    let is_counted = is_number || from.is_text() || from.is_temporal() || from.word == "bit";
    if to.unsigned && !from.unsigned && is_counted {
        found.push(refused(format!("{column} + 0e0 < 0")));
    }
    // A float is what it prints.
    let exactly = if from.is_text() || from.word == "float" {
        format!("CAST(CONCAT({column}) AS DECIMAL(65, 30))")
    } else {
        value(column, from)
    };
    if let (Some(precision), Some(scale), true) = (to.number(0), to.number(1), is_counted) {
        let whole = "0".repeat(precision.saturating_sub(scale) as usize);
        let rounded = format!("ROUND({exactly}, {scale})");
        let great = format!("ABS({rounded}) >= 1{whole}");
        found.push(cut(format!("{exactly} <> {rounded}")));
        // Of its own type too great a one becomes the greatest that there is, in strict mode too.
        found.push(if from.word == to.word { cut(great) } else { refused(great) });
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

/// Two digits are years of this century or the last.
pub(super) fn year(column: &str, from: &Type<'_>) -> Vec<Unfit> {
    if from.is_dated() {
        return vec![refused(any(column))];
    }
    let value = value(column, from);
    let mut found = none(column, from, 0);
    found.push(refused(format!("ROUND({value}) NOT BETWEEN 1901 AND 2155 AND ROUND({value}) NOT BETWEEN 0 AND 99")));
    found.push(cut(format!("{value} <> ROUND({value}) OR {value} BETWEEN 1 AND 99")));
    if from.is_text() {
        found.push(cut(format!("{value} = 0 AND {column} NOT REGEXP '^[[:space:]]*0+[[:space:]]*$'")));
    }
    found
}

pub(super) fn bit(column: &str, from: &Type<'_>, to: &Type<'_>) -> Vec<Unfit> {
    let bits = to.number(0).unwrap_or(1).min(64);
    let most = 1_u128 << bits;
    let had = if from.word == "bit" { from.number(0).unwrap_or(1) } else { 64 };
    let mut found = none(column, from, 0);
    if from.is_text() {
        found.push(refused(format!("{column} NOT REGEXP {WHOLE}")));
    }
    if from.is_float() || from.is_decimal() {
        found.push(cut(format!("{column} <> ROUND({column})")));
    }
    let value = value(column, from);
    // A negative number has all bits.
    if bits < 64 && had > bits {
        found.push(refused(format!("ROUND({value}) >= {most} OR ROUND({value}) < 0")));
    } else if bits == 64 && from.word != "bit" {
        found.push(refused(format!("ROUND({value}) >= {most}")));
        found.push(cut(format!("ROUND({value}) < 0")));
    }
    found
}
