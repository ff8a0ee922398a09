//! Which of its own types PostgreSQL converts, and whether unasked: `pg_cast` as `initdb` fills it, 14 to 18 alike but for
//! what is noted. Numbers, strings and dates among themselves are not listed one by one.

use super::retype::{base, clock, is_number, is_string};

/// When a conversion is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cast {
    /// When a value is assigned, so also by ALTER COLUMN ... TYPE.
    Assigned,
    /// Where it is written alone.
    Written,
}

/// The server's own conversion of a value, none where it only goes by the text. Modifiers do not count.
pub(super) fn cast(from: &str, to: &str) -> Option<Cast> {
    let (a, b) = (plain(from), plain(to));
    if a == b || is_string(b) || (is_number(a) && is_number(b)) || (is_moment(a) && is_moment(b)) {
        return Some(Cast::Assigned);
    }
    if is_string(a) {
        return Some(Cast::Written);
    }
    match (a, b) {
        ("json" | "jsonb", "json" | "jsonb") => Some(Cast::Assigned),
        ("inet" | "cidr", "inet" | "cidr") => Some(Cast::Assigned),
        ("regclass" | "regproc" | "regtype" | "regrole" | "regnamespace", "oid") => Some(Cast::Assigned),
        ("macaddr" | "macaddr8", "macaddr" | "macaddr8") => Some(Cast::Assigned),
        ("bit" | "bit varying", "bit" | "bit varying") => Some(Cast::Assigned),
        ("time without time zone", "interval" | "time with time zone") => Some(Cast::Assigned),
        ("time with time zone" | "interval", "time without time zone") => Some(Cast::Assigned),
        ("timestamp without time zone" | "timestamp with time zone", "time without time zone") => Some(Cast::Assigned),
        ("timestamp with time zone", "time with time zone") => Some(Cast::Assigned),
        ("money", "numeric") => Some(Cast::Assigned),
        ("numeric" | "integer" | "bigint", "money") => Some(Cast::Assigned),
        ("smallint" | "integer" | "bigint", "oid") => Some(Cast::Assigned),
        ("oid", "integer" | "bigint") => Some(Cast::Assigned),
        ("point", "box") => Some(Cast::Assigned),
        ("box" | "path", "polygon") => Some(Cast::Assigned),
        ("polygon", "path") => Some(Cast::Assigned),
        ("integer", "boolean" | "bit") => Some(Cast::Written),
        ("boolean", "integer") => Some(Cast::Written),
        ("bigint", "bit") => Some(Cast::Written),
        ("bit", "integer" | "bigint") => Some(Cast::Written),
        ("jsonb", "boolean" | "numeric" | "smallint" | "integer" | "bigint" | "real" | "double precision") => {
            Some(Cast::Written)
        }
        ("lseg" | "circle", "point") => Some(Cast::Written),
        ("box", "point" | "lseg" | "circle") => Some(Cast::Written),
        ("circle", "box" | "polygon") => Some(Cast::Written),
        ("polygon", "point" | "box" | "circle") => Some(Cast::Written),
        _ if to_multirange(a, b) => Some(Cast::Written),
        _ => None,
    }
}

/// A type without its modifiers, which stand within the names of some.
fn plain(ty: &str) -> &str {
    let base = base(ty);
    match (clock(base), ty.ends_with("with time zone")) {
        (Some("time"), true) => "time with time zone",
        (Some("time"), false) => "time without time zone",
        (Some("timestamp"), true) => "timestamp with time zone",
        (Some("timestamp"), false) => "timestamp without time zone",
        (Some(word), _) => word,
        (None, _) => base,
    }
}

/// Whether one is the multirange over the other, which keeps every value.
pub(super) fn to_multirange(range: &str, multirange: &str) -> bool {
    matches!(range, "int4range" | "int8range" | "numrange" | "tsrange" | "tstzrange" | "daterange")
        && multirange.strip_suffix("multirange") == range.strip_suffix("range")
}

fn is_moment(ty: &str) -> bool {
    ty.starts_with("timestamp") || ty == "date"
}
