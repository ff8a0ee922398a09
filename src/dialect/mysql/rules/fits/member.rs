//! Enums and sets.

use super::super::super::connect::Flavour;
use super::super::super::sql::string;
use super::ty::Type;
use super::{Server, Unfit, any, cut, refused, replaced};

/// A value as a text, by its letters alone.
fn exactly(column: &str) -> String {
    format!("CAST({column} AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin")
}

pub(super) fn of_enum(column: &str, from: &Type<'_>, to: &Type<'_>, server: Server) -> Vec<Unfit> {
    if from.is_text() || from.is_member() || from.is_temporal() {
        let said = if server.is_exact { exactly(column) } else { format!("CAST({column} AS CHAR)") };
        let mut found = vec![refused(format!("{said} NOT IN ({})", to.inner))];
        if from.is_text() && !server.is_exact {
            // In another case a member is taken for the one that there is, where the collation lets it.
            found.push(cut(format!("{} NOT IN ({})", exactly(column), to.inner)));
        }
        return found;
    }
    of_number(column, from, to, (1, to.members().len() as u128), server)
}

pub(super) fn of_set(column: &str, from: &Type<'_>, to: &Type<'_>, server: Server) -> Vec<Unfit> {
    let members = to.members();
    if from.word == "set" {
        let is_one = |one: &String, other: &String| {
            if server.is_exact { one == other } else { one.to_lowercase() == other.to_lowercase() }
        };
        let has = |member: &String| members.iter().any(|other| is_one(member, other));
        let gone = from.members().into_iter().filter(|member| !has(member));
        return gone.map(|member| refused(format!("FIND_IN_SET({}, {column})", string(&member)))).collect();
    }
    if from.is_text() || from.is_member() {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_');
        if !members.iter().all(|member| member.chars().all(plain)) {
            return Vec::new();
        }
        let one = format!("({})", members.join("|"));
        let listed = string(&format!("^({one}(,{one})*)?$"));
        let mut found = vec![refused(format!("CAST({column} AS CHAR) NOT REGEXP {listed}"))];
        if from.is_text() {
            found.push(cut(format!("{} NOT REGEXP {listed}", exactly(column))));
        }
        return found;
    }
    if from.is_temporal() {
        return vec![refused(any(column))];
    }
    let most = (1_u128 << members.len().min(64)) - 1;
    of_number(column, from, to, (0, most), server)
}

/// MySQL takes a number for the member of its digits, and for a place, or for the bits of a set, where there is none;
/// MariaDB always for those, as both do with bits.
fn of_number(column: &str, from: &Type<'_>, to: &Type<'_>, (least, most): (u128, u128), server: Server) -> Vec<Unfit> {
    let is_bits = from.word == "bit";
    let (number, text) = if is_bits {
        (format!("{column} + 0"), format!("CAST({column} + 0 AS CHAR)"))
    } else {
        (format!("TRUNCATE({column}, 0)"), format!("CAST({column} AS CHAR)"))
    };
    let outside = format!("{number} NOT BETWEEN {least} AND {most}");
    if server.flavour == Flavour::Mysql && !is_bits {
        let other = format!("{text} NOT IN ({})", to.inner);
        let is_place = format!("{text} REGEXP '^[0-9]+$'");
        return vec![
            refused(format!("{other} AND ({outside} OR NOT {is_place})")),
            replaced(format!("{other} AND NOT ({outside}) AND {is_place}")),
        ];
    }
    let function = if to.word == "set" { "MAKE_SET" } else { "ELT" };
    let placed = format!("{function}({number}, {})", to.inner);
    vec![refused(outside.clone()), replaced(format!("NOT ({outside}) AND {placed} <> {text}"))]
}
