//! Whether an expression gives each row another value: then a column that is added with it writes the table anew
//! ("ALTER TABLE", "Adding a column with a volatile DEFAULT").

use crate::catalog::{Kind, Object, ObjectId, OptionKey, Sql};

use super::super::tokens::{TokenKind, significant};
use super::Cx;

/// The server's own (`pg_proc.provolatile`, 14 to 18), as far as a default may be made of them, and those of the extensions
/// that come with it.
const VOLATILE: [&str; 18] = [
    "array_sample",
    "array_shuffle",
    "clock_timestamp",
    "currval",
    "gen_random_bytes",
    "gen_random_uuid",
    "gen_salt",
    "lastval",
    "nextval",
    "random",
    "random_normal",
    "setval",
    "timeofday",
    "uuid_generate_v1",
    "uuid_generate_v1mc",
    "uuid_generate_v4",
    "uuidv4",
    "uuidv7",
];

/// Whether a default of a column is volatile.
pub(super) fn is_volatile(cx: &Cx<'_>, id: &ObjectId, default: &Sql) -> bool {
    let text = default.as_str();
    let words = significant(text).filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Quoted));
    let own = words.filter_map(|token| token.identifier(text)).any(|word| VOLATILE.contains(&word.as_str()));
    let mentions = cx.desired_entry(id).map(|entry| entry.references(id)).unwrap_or_default();
    own || mentions.iter().filter(|other| other.kind() == Kind::Function).any(|other| {
        let routine = cx.desired.object(other);
        matches!(routine, Some(Object::Function(routine)) if routine.options.word(OptionKey::Volatility).is_none_or(|is| is == "volatile"))
    })
}
