//! The words that SQLite's grammar gives a meaning of their own.

/// What a word may stand for where a name is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordClass {
    /// No keyword at all.
    Plain,
    /// A keyword that is a name wherever the grammar has no better use for it.
    Fallback,
    /// A keyword that may name things but not types (the kinds of join, INDEXED).
    NameOnly,
    /// A keyword that is never a name without quotes.
    Reserved,
}

/// All keywords, sorted, in lower case.
#[rustfmt::skip]
const KEYWORDS: &[(&str, WordClass)] = {
    use WordClass::{Fallback as F, NameOnly as N, Reserved as R};
    &[
        ("abort", F), ("action", F), ("add", R), ("after", F), ("all", R), ("alter", R), ("always", F),
        ("analyze", F), ("and", R), ("as", R), ("asc", F), ("attach", F), ("autoincrement", R), ("before", F),
        ("begin", F), ("between", R), ("by", F), ("cascade", F), ("case", R), ("cast", F), ("check", R),
        ("collate", R), ("column", F), ("commit", R), ("conflict", F), ("constraint", R), ("create", R),
        ("cross", N), ("current", F), ("current_date", F), ("current_time", F), ("current_timestamp", F),
        ("database", F), ("default", R), ("deferrable", R), ("deferred", F), ("delete", R), ("desc", F),
        ("detach", F), ("distinct", R), ("do", F), ("drop", R), ("each", F), ("else", R), ("end", F),
        ("escape", R), ("except", R), ("exclude", F), ("exclusive", F), ("exists", R), ("explain", F),
        ("fail", F), ("filter", F), ("first", F), ("following", F), ("for", F), ("foreign", R), ("from", R),
        ("full", N), ("generated", F), ("glob", F), ("group", R), ("groups", F), ("having", R), ("if", F),
        ("ignore", F), ("immediate", F), ("in", R), ("index", R), ("indexed", N), ("initially", F),
        ("inner", N), ("insert", R), ("instead", F), ("intersect", R), ("into", R), ("is", R), ("isnull", R),
        ("join", R), ("key", F), ("last", F), ("left", N), ("like", F), ("limit", R), ("match", F),
        ("materialized", F), ("natural", N), ("no", F), ("not", R), ("nothing", R), ("notnull", R), ("null", R),
        ("nulls", F), ("of", F), ("offset", F), ("on", R), ("or", R), ("order", R), ("others", F), ("outer", N),
        ("over", F), ("partition", F), ("plan", F), ("pragma", F), ("preceding", F), ("primary", R),
        ("query", F), ("raise", F), ("range", F), ("recursive", F), ("references", R), ("regexp", F),
        ("reindex", F), ("release", F), ("rename", F), ("replace", F), ("restrict", F), ("returning", R),
        ("right", N), ("rollback", F), ("row", F), ("rows", F), ("savepoint", F), ("select", R), ("set", R),
        ("table", R), ("temp", F), ("temporary", F), ("then", R), ("ties", F), ("to", R), ("transaction", R),
        ("trigger", F), ("unbounded", F), ("union", R), ("unique", R), ("update", R), ("using", R),
        ("vacuum", F), ("values", R), ("view", F), ("virtual", F), ("when", R), ("where", R), ("window", F),
        ("with", F), ("without", F),
    ]
};

const LONGEST: usize = 17;

/// What a word may stand for, in any case of letters.
pub(super) fn classify(word: &str) -> WordClass {
    let mut buffer = [0_u8; LONGEST];
    let Some(lower) = buffer.get_mut(..word.len()) else { return WordClass::Plain };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    KEYWORDS
        .binary_search_by(|(keyword, _)| keyword.as_bytes().cmp(lower))
        .ok()
        .and_then(|found| KEYWORDS.get(found))
        .map_or(WordClass::Plain, |(_, class)| *class)
}

/// Whether a word is a keyword, in any case of letters.
pub(super) fn is_keyword(word: &str) -> bool {
    classify(word) != WordClass::Plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_fits_the_buffer() {
        assert!(KEYWORDS.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(KEYWORDS.iter().map(|(word, _)| word.len()).max(), Some(LONGEST));
        assert_eq!(classify("Order"), WordClass::Reserved);
        assert_eq!(classify("orders"), WordClass::Plain);
    }

    #[test]
    fn sqlite_agrees_on_what_is_a_name_and_what_is_a_type() -> rusqlite::Result<()> {
        let conn = rusqlite::Connection::open_in_memory()?;
        for (word, class) in KEYWORDS {
            let as_name = conn.prepare(&format!("create table t ({word} int)")).is_ok();
            assert_eq!(as_name, *class != WordClass::Reserved, "{word} as a name");
            let as_type = conn.prepare(&format!("select cast(1 as {word})")).is_ok();
            assert_eq!(as_type, *class == WordClass::Fallback, "{word} as a type");
        }
        Ok(())
    }
}
