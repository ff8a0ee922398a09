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
    let own = node.table().and_then(|items| tree::find(items, "only")).map(|item| &item.node);
    let mut found: Vec<DialectName> = match (own, of_file) {
        (Some(list), _) => said(list, name),
        (None, Some(databases)) => {
            listed(databases).filter(|other| name != DialectName::Mysql || *other != DialectName::Mariadb).collect()
        }
        (None, None) => {
            let mut found = Vec::new();
            object(section, node, name, &mut found);
            found
        }
    };
    found.sort_unstable();
    found.dedup();
    found.retain(|other| *other != name);
    found
}

/// The databases that a list names.
fn said(list: &Node, own: DialectName) -> Vec<DialectName> {
    let databases = only(list);
    let named = list.list().unwrap_or_default().iter().filter_map(|node| DialectName::from_word(node.text()?));
    let named: Vec<_> = named.flat_map(|name| covered(name, own)).collect();
    if named.is_empty() {
        return listed(databases).collect();
    }
    named.into_iter().filter(|name| databases.has(*name)).collect()
}

fn listed(databases: Databases) -> impl Iterator<Item = DialectName> {
    DialectName::ALL.into_iter().filter(move |name| databases.has(*name))
}

/// A database, and MariaDB with MySQL; but where it is MySQL that speaks, its word says nothing of MariaDB.
fn covered(name: DialectName, own: DialectName) -> impl Iterator<Item = DialectName> {
    let covers = name == DialectName::Mysql && own != DialectName::Mysql;
    std::iter::once(name).chain(covers.then_some(DialectName::Mariadb))
}

fn object(section: &'static Section, node: &Node, own: DialectName, found: &mut Vec<DialectName>) {
    if section.short.is_some() && is_per_database(node) {
        words(node, own, found);
        return;
    }
    for item in node.table().unwrap_or_default() {
        // Only a table can hold values of several databases, and only a list names some.
        if &*item.key == "only" {
            found.extend(said(&item.node, own));
        }
        let (Some(inner), Some(key)) = (item.node.table(), section.find(&item.key)) else { continue };
        match key.shape {
            Shape::Children(children) => inner.iter().for_each(|child| object(children, &child.node, own, found)),
            shape if !shape.may_differ() => {}
            _ if is_per_database(&item.node) => words(&item.node, own, found),
            _ => inner
                .iter()
                .filter(|inner| is_per_database(&inner.node))
                .for_each(|inner| words(&inner.node, own, found)),
        }
    }
}

/// The databases that values are given for.
fn words(node: &Node, own: DialectName, found: &mut Vec<DialectName>) {
    let named = node.table().unwrap_or_default().iter().filter_map(|item| DialectName::from_word(&item.key));
    found.extend(named.flat_map(|name| covered(name, own)));
}
