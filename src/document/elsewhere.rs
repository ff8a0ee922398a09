//! What a declaration says for databases other than the one at hand.

use crate::dialect::DialectName;

use super::parse::only;
use super::shape::is_per_database;
use super::spec::{Databases, Section, Shape};
use super::tree::{self, Node};

/// The other databases that a declaration is for, as far as it speaks of them: those of its `only` or its
/// file's, or else those with values of their own in it.
pub(super) fn others(
    section: &'static Section,
    node: &Node,
    of_file: Option<Databases>,
    name: DialectName,
) -> Vec<DialectName> {
    let own = node.table().and_then(|items| tree::find(items, "only")).map(|item| only(&item.node));
    let mut found: Vec<DialectName> = Vec::new();
    let listed = |databases: Databases| DialectName::ALL.into_iter().filter(|name| databases.has(*name)).collect();
    match own.or(of_file) {
        Some(databases) => found = listed(databases),
        None => object(section, node, &mut found),
    }
    found.sort_unstable();
    found.dedup();
    let covered = found.contains(&DialectName::Mysql);
    // `mysql` covers MariaDB.
    found.retain(|other| *other != name && !(covered && *other == DialectName::Mariadb));
    found
}

fn object(section: &'static Section, node: &Node, found: &mut Vec<DialectName>) {
    if section.short.is_some() && is_per_database(node) {
        words(node, found);
        return;
    }
    for item in node.table().unwrap_or_default() {
        // Only a table can hold values of several databases, and only a list names some.
        if &*item.key == "only" {
            found.extend(DialectName::ALL.into_iter().filter(|name| only(&item.node).has(*name)));
        }
        let (Some(inner), Some(key)) = (item.node.table(), section.find(&item.key)) else { continue };
        match key.shape {
            Shape::Children(children) => inner.iter().for_each(|child| object(children, &child.node, found)),
            shape if !shape.may_differ() => {}
            _ if is_per_database(&item.node) => words(&item.node, found),
            _ => inner.iter().filter(|inner| is_per_database(&inner.node)).for_each(|inner| words(&inner.node, found)),
        }
    }
}

/// The databases that values are given for.
fn words(node: &Node, found: &mut Vec<DialectName>) {
    found.extend(node.table().unwrap_or_default().iter().filter_map(|item| DialectName::from_word(&item.key)));
}
