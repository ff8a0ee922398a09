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
    let own = node.table().and_then(|items| tree::find(items, "only")).map(|item| item.node.clone());
    let mut found: Vec<DialectName> = Vec::new();
    match (own, of_file) {
        (Some(list), _) => found = said(&list),
        (None, Some(databases)) => found = listed(databases),
        (None, None) => object(section, node, &mut found),
    }
    found.sort_unstable();
    found.dedup();
    found.retain(|other| *other != name);
    found
}

/// The databases of a list, as they are named: `mysql` alone says nothing of MariaDB.
pub(super) fn said(list: &Node) -> Vec<DialectName> {
    let named: Vec<_> =
        list.list().unwrap_or_default().iter().filter_map(|node| DialectName::from_word(node.text()?)).collect();
    if named.is_empty() { listed(only(list)) } else { named }
}

fn listed(databases: Databases) -> Vec<DialectName> {
    let all: Vec<_> = DialectName::ALL.into_iter().filter(|name| databases.has(*name)).collect();
    let covered = all.contains(&DialectName::Mysql);
    all.into_iter().filter(|name| !(covered && *name == DialectName::Mariadb)).collect()
}

fn object(section: &'static Section, node: &Node, found: &mut Vec<DialectName>) {
    if section.short.is_some() && is_per_database(node) {
        words(node, found);
        return;
    }
    for item in node.table().unwrap_or_default() {
        // Only a table can hold values of several databases, and only a list names some.
        if &*item.key == "only" {
            found.extend(said(&item.node));
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
