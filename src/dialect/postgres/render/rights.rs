//! Privileges: which there are, and how GRANT and REVOKE write them.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Grant, Kind, ObjectId};

use super::super::sql::{name, qualified, quote};
use super::address::address;

/// What somebody has: a privilege, on all or on one column, and whether it can be passed on.
pub(in crate::dialect::postgres) type Rights = BTreeMap<(String, Option<String>), bool>;

/// Everything that can be granted on one kind of object.
pub(in crate::dialect::postgres) fn all(kind: Kind, major: u32) -> Vec<&'static str> {
    match kind {
        Kind::Table | Kind::View | Kind::ForeignTable => {
            let mut all = vec!["select", "insert", "update", "delete", "truncate", "references", "trigger"];
            if major >= 17 {
                all.push("maintain");
            }
            all
        }
        Kind::Sequence => vec!["select", "update", "usage"],
        Kind::Function | Kind::Procedure | Kind::Aggregate => vec!["execute"],
        Kind::Schema => vec!["create", "usage"],
        Kind::Enum | Kind::Composite | Kind::Domain | Kind::Range | Kind::ForeignDataWrapper | Kind::ForeignServer => {
            vec!["usage"]
        }
        Kind::Database => vec!["connect", "create", "temporary"],
        _ => Vec::new(),
    }
}

/// What everybody has on a new object of this kind.
pub(in crate::dialect::postgres) fn of_public(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Function | Kind::Procedure | Kind::Aggregate => &["execute"],
        Kind::Enum | Kind::Composite | Kind::Domain | Kind::Range => &["usage"],
        Kind::Database => &["connect", "temporary"],
        _ => &[],
    }
}

/// The rights of a grant, `all` written out.
pub(in crate::dialect::postgres) fn rights(grant: &Grant, kind: Kind, major: u32) -> Rights {
    let mut rights = Rights::new();
    let lists = grant.privileges.iter().map(|text| (text, false));
    for (text, grantable) in lists.chain(grant.with_grant_option.iter().map(|text| (text, true))) {
        let (privilege, columns) = match text.split_once('(') {
            Some((privilege, columns)) => {
                (privilege.trim().to_lowercase(), Some(columns_of(columns.trim_end().trim_end_matches(')'))))
            }
            None => (text.trim().to_lowercase(), None),
        };
        let privileges: Vec<String> = match (privilege.as_str(), &columns) {
            ("all" | "all privileges", None) => all(kind, major).into_iter().map(str::to_owned).collect(),
            ("all" | "all privileges", Some(_)) => {
                ["select", "insert", "update", "references"].map(str::to_owned).to_vec()
            }
            ("temp", _) => vec!["temporary".to_owned()],
            _ => vec![privilege],
        };
        for privilege in privileges {
            match &columns {
                None => *rights.entry((privilege, None)).or_default() |= grantable,
                Some(columns) => {
                    for column in columns {
                        *rights.entry((privilege.clone(), Some(column.clone()))).or_default() |= grantable;
                    }
                }
            }
        }
    }
    rights
}

/// `a, "B c"` as two names, letter for letter.
fn columns_of(list: &str) -> Vec<String> {
    let (mut names, mut name, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = list.trim().chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                name.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => names.push(std::mem::take(&mut name)),
            c if !quoted && c.is_whitespace() => {}
            c => name.push(c),
        }
    }
    names.push(name);
    names.retain(|name| !name.is_empty());
    names
}

/// `SELECT, UPDATE (a, b)`. Only letters stand in a privilege, so nothing else gets in.
pub(in crate::dialect::postgres) fn list<'a>(rights: impl IntoIterator<Item = &'a (String, Option<String>)>) -> String {
    let mut parts: BTreeMap<(&str, bool), Vec<String>> = BTreeMap::new();
    for (privilege, column) in rights {
        let columns = parts.entry((privilege.as_str(), column.is_some())).or_default();
        columns.extend(column.as_ref().map(|column| quote(column)));
    }
    let words = parts.into_iter().map(|((privilege, _), columns)| {
        let plain = privilege.bytes().all(|b| b.is_ascii_lowercase() || b == b' ');
        let word = if plain { privilege.to_ascii_uppercase() } else { quote(privilege) };
        if columns.is_empty() { word } else { format!("{word} ({})", columns.join(", ")) }
    });
    words.collect::<Vec<_>>().join(", ")
}

/// An object as GRANT names it; relations of every kind are tables, and routines say the types alone.
pub(in crate::dialect::postgres) fn target(catalog: &Catalog, id: &ObjectId) -> String {
    match id.kind() {
        Kind::Table | Kind::View | Kind::ForeignTable => format!("TABLE {}", qualified(id)),
        Kind::ForeignServer => format!("FOREIGN SERVER {}", name(id)),
        Kind::Composite => format!("TYPE {}", qualified(id)),
        Kind::Aggregate => {
            let text = id.name().as_str();
            let (bare, types) = text.split_once('(').unwrap_or((text, ")"));
            let types = types.strip_suffix(')').unwrap_or(types);
            let types = types.replace(" ORDER BY ", ", ").replace(" order by ", ", ");
            let types = types.trim_start_matches("order by ").trim_start_matches("ORDER BY ");
            let types = if types == "*" { "" } else { types };
            format!("FUNCTION {}({types})", super::super::sql::in_schema(id.schema(), bare))
        }
        _ => address(catalog, id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn privileges_are_written_as_they_are_read() {
        let grant = Grant {
            privileges: vec!["select".into(), "update (a, \"B c\")".into(), "insert".into()],
            with_grant_option: vec!["select".into()],
        };
        let rights = rights(&grant, Kind::Table, 18);
        assert_eq!(list(rights.keys()), "INSERT, SELECT, UPDATE (\"B c\", a)");
        assert_eq!(rights.get(&("select".to_owned(), None)), Some(&true));
        let all = super::rights(&Grant { privileges: vec!["all".into()], ..Grant::default() }, Kind::Sequence, 15);
        assert_eq!(list(all.keys()), "SELECT, UPDATE, USAGE");
    }
}
