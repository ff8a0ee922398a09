//! How sequences number by default (MariaDB).

use crate::catalog::{Numbering, Sequence, Sql};

use super::connect::Flavour;
use super::types;

/// The type of a sequence's numbers, said or not.
pub(super) fn type_of(sequence: &Sequence) -> Sql {
    types::of(sequence.ty.as_ref().map_or("bigint", Sql::as_str), Flavour::Mariadb)
}

/// The least and the greatest number of a sequence that says neither: the last value of the type is kept free, at either end
/// (an experiment on 11.8; before 11.5 all are of the type bigint).
pub(super) fn limits(sequence: &Sequence) -> (i64, i64) {
    let ty = type_of(sequence);
    let greatest: i64 = match ty.canonical().split(|c: char| !c.is_ascii_alphanumeric()).next() {
        Some("tinyint") => i64::from(i8::MAX),
        Some("smallint") => i64::from(i16::MAX),
        Some("mediumint") => (1 << 23) - 1,
        Some("int") => i64::from(i32::MAX),
        _ => i64::MAX,
    };
    if ty.canonical().ends_with(" unsigned") {
        return (1, greatest.saturating_mul(2));
    }
    if sequence.numbering.increment.unwrap_or(1) >= 0 { (1, greatest - 1) } else { (-greatest, -1) }
}

/// The least and the greatest number that it gives.
pub(super) fn range(sequence: &Sequence) -> (i64, i64) {
    let (least, greatest) = limits(sequence);
    (sequence.numbering.minvalue.unwrap_or(least), sequence.numbering.maxvalue.unwrap_or(greatest))
}

/// The numbering without what is the default in its direction.
pub(super) fn settled(sequence: &Sequence) -> Numbering {
    let numbering = &sequence.numbering;
    let increment = numbering.increment.unwrap_or(1);
    let (least, greatest) = limits(sequence);
    let minvalue = numbering.minvalue.unwrap_or(least);
    let maxvalue = numbering.maxvalue.unwrap_or(greatest);
    let start = numbering.start.unwrap_or(if increment >= 0 { minvalue } else { maxvalue });
    let unless = |value: i64, default: i64| (value != default).then_some(value);
    Numbering {
        start: unless(start, if increment >= 0 { minvalue } else { maxvalue }),
        increment: unless(increment, 1),
        minvalue: unless(minvalue, least),
        maxvalue: unless(maxvalue, greatest),
        cache: unless(numbering.cache.unwrap_or(1000), 1000),
        cycle: numbering.cycle,
    }
}
