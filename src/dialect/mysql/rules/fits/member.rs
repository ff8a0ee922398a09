//! Enums and sets.

use super::super::super::connect::Flavour;
use super::super::super::sql::string;
use super::ty::Type;
use super::{Server, Unfit, any, cut, refused};

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
    of_number(column, from, (1, to.members().len() as u128), server)
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
    let mut found = of_number(column, from, (0, most), server);
    // MySQL looks for a member of this name before it looks at bits.
    if members.iter().any(|member| member.parse::<u64>().is_ok()) {
        found.push(cut(any(column)));
    }
    found
}

/// By its place, or by the bits of a set.
fn of_number(column: &str, from: &Type<'_>, (least, most): (u128, u128), server: Server) -> Vec<Unfit> {
    let exact = server.flavour == Flavour::Mysql;
    if from.is_year() || (from.is_decimal() && exact) {
        return vec![refused(any(column))];
    }
    if from.word == "bit" {
        return vec![refused(format!("{column} + 0 NOT BETWEEN {least} AND {most}"))];
    }
    let mut found = vec![refused(format!("TRUNCATE({column}, 0) NOT BETWEEN {least} AND {most}"))];
    if from.bits().is_none() {
        let fraction = format!("{column} <> ROUND({column})");
        found.push(if exact { refused(fraction) } else { cut(fraction) });
    }
    found
}
