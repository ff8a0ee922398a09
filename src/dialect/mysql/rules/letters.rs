//! Which letters a column holds and how they are sorted: what it says itself, or what its table or the database says.

use crate::catalog::{Catalog, Column, Kind, Name, Object, ObjectId, OptionKey, Options};
use crate::plan::Context;

use super::super::parse::charset_of;
use super::super::render;

/// What is said of the letters of one column: a collation, or a character set alone, whose collation is the server's to
/// choose.
#[derive(Debug, Clone)]
pub(super) enum Letters {
    Collation(String),
    Charset(String),
}

impl Letters {
    fn of(options: &Options, collation: Option<&str>) -> Option<Self> {
        let said = collation.or_else(|| options.word(OptionKey::Collation)).map(str::to_lowercase);
        let charset = options.word(OptionKey::Charset).map(str::to_lowercase);
        match (said, charset) {
            // A collation of another character set is not what was said last.
            (Some(collation), Some(charset)) if charset_of(&collation) != charset => Some(Self::Charset(charset)),
            (Some(collation), _) => Some(Self::Collation(collation)),
            (None, charset) => charset.map(Self::Charset),
        }
    }

    /// Whether both may be one: a character set stands for the collation that the server has for it.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Collation(a), Self::Collation(b)) | (Self::Charset(a), Self::Charset(b)) => a == b,
            (Self::Charset(charset), Self::Collation(collation))
            | (Self::Collation(collation), Self::Charset(charset)) => {
                charset_of(collation) == charset && is_usual(collation)
            }
        }
    }

    /// The character set.
    pub(super) fn charset(&self) -> &str {
        match self {
            Self::Collation(collation) => charset_of(collation),
            Self::Charset(charset) => charset,
        }
    }
}

/// Whether a server has it for its character set where none is named. (MariaDB since 11.5 has `uca1400`.)
fn is_usual(collation: &str) -> bool {
    let rest = collation.split_once('_').map_or("", |(_, rest)| rest);
    matches!(rest, "general_ci" | "0900_ai_ci" | "uca1400_ai_ci" | "swedish_ci" | "")
        || matches!(collation, "big5_chinese_ci" | "sjis_japanese_ci" | "gbk_chinese_ci" | "gb2312_chinese_ci")
}

/// The letters of a column of this table; nothing where even of the database nothing is known.
pub(super) fn of(catalog: &Catalog, table: &ObjectId, column: &Column) -> Option<Letters> {
    let own = || Letters::of(&column.options, column.collation.as_ref().map(Name::as_str));
    let of_table = || match catalog.object(table) {
        Some(Object::Table(table)) => Letters::of(&table.options, None),
        _ => None,
    };
    let database = ObjectId::top(Kind::Database, None, Name::exact(""));
    let of_database = || match catalog.object(&database) {
        Some(Object::Database(database)) => Letters::of(&database.options, None),
        _ => None,
    };
    own().or_else(of_table).or_else(of_database)
}

/// Whether a column that stays holds other letters afterwards, or sorts them otherwise, because it or its table says so.
pub(super) fn change(cx: &Context<'_>, id: &ObjectId) -> bool {
    let (Some(table), Some(Object::Column(live)), Some(Object::Column(desired))) =
        (id.parent(), cx.live.object(id), cx.desired.object(id))
    else {
        return false;
    };
    let has_letters = desired.ty.as_ref().is_some_and(|ty| render::is_text(ty.as_str()));
    has_letters && differ(of(cx.live, table, live), of(cx.desired, table, desired))
}

/// Whether one is not the other.
pub(super) fn differ(was: Option<Letters>, is: Option<Letters>) -> bool {
    match (was, is) {
        (Some(was), Some(is)) => !was.is_same(&is),
        (was, is) => was.is_some() != is.is_some(),
    }
}

/// Whether the letters of a column are told apart by their case.
pub(super) fn tell_case(catalog: &Catalog, id: &ObjectId) -> bool {
    let (Some(Object::Column(column)), Some(table)) = (catalog.object(id), id.parent()) else { return false };
    match of(catalog, table, column) {
        Some(Letters::Collation(name)) => name.ends_with("_bin") || name.ends_with("_cs") || name == "binary",
        _ => false,
    }
}
