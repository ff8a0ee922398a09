//! Sequences.

use crate::catalog::{Numbering, ObjectId, Sequence};

use super::super::sql::qualified;

/// `CREATE SEQUENCE public.s AS integer START WITH 5`; who owns it is said later.
pub(in crate::dialect::postgres) fn sequence(id: &ObjectId, sequence: &Sequence, is_unlogged: bool) -> String {
    let unlogged = if is_unlogged { "UNLOGGED " } else { "" };
    let mut words = vec![format!("CREATE {unlogged}SEQUENCE {}", qualified(id))];
    words.extend(sequence.ty.as_ref().map(|ty| format!("AS {}", ty.as_str())));
    words.extend(numbering(&sequence.numbering));
    words.join(" ")
}

/// What is said of how it counts.
pub(in crate::dialect::postgres) fn numbering(numbering: &Numbering) -> Vec<String> {
    let number = |word: &str, value: Option<i64>| value.map(|value| format!("{word} {value}"));
    let mut words = Vec::new();
    words.extend(number("INCREMENT BY", numbering.increment));
    words.extend(number("MINVALUE", numbering.minvalue));
    words.extend(number("MAXVALUE", numbering.maxvalue));
    words.extend(number("START WITH", numbering.start));
    words.extend(number("CACHE", numbering.cache));
    words.extend(numbering.cycle.then(|| "CYCLE".to_owned()));
    words
}
