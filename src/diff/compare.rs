//! The comparison itself: one walk over two sorted catalogs.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, ObjectId};

/// How one object differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delta {
    /// Only desired.
    Create,
    /// In both, and different.
    Alter,
    /// Only live.
    Drop,
}

/// The first few objects in which two catalogs differ, in words.
pub fn what_differs(a: &Catalog, b: &Catalog) -> String {
    let deltas = compare(a, b);
    let mut list: Vec<String> = deltas.keys().take(5).map(ToString::to_string).collect();
    match deltas.len().saturating_sub(list.len()) {
        0 if list.is_empty() => "the stored text or the spelling of an object".to_owned(),
        0 => list.join(", "),
        more => {
            list.push(format!("and {more} more"));
            list.join(", ")
        }
    }
}

/// Everything that differs, in the order of ids.
pub type Deltas = BTreeMap<ObjectId, Delta>;

/// Compares two catalogs whose renames are resolved. Names that differ in spelling alone are equal here.
pub fn compare(live: &Catalog, desired: &Catalog) -> Deltas {
    let mut deltas = Vec::new();
    let (mut left, mut right) = (live.iter().peekable(), desired.iter().peekable());
    loop {
        let order = match (left.peek(), right.peek()) {
            (Some((a, _)), Some((b, _))) => a.cmp(b),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (None, None) => break,
        };
        match order {
            std::cmp::Ordering::Less => deltas.extend(left.next().map(|(id, _)| (id.clone(), Delta::Drop))),
            std::cmp::Ordering::Greater => deltas.extend(right.next().map(|(id, _)| (id.clone(), Delta::Create))),
            std::cmp::Ordering::Equal => {
                // By the name as it is to be written.
                if let (Some((_, a)), Some((id, b))) = (left.next(), right.next())
                    && !a.equals(b)
                {
                    deltas.push((id.clone(), Delta::Alter));
                }
            }
        }
    }
    deltas.into_iter().collect()
}
