//! The order for reading: what is referred to before what refers to it, else by name.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Kind, Object, ObjectId};

/// The top-level objects of a catalog: what tables are made of, tables, views, and the rest.
pub(crate) fn reading_order(catalog: &Catalog) -> Vec<ObjectId> {
    let mut tables = BTreeMap::new();
    let mut views = BTreeMap::new();
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut virtual_tables = Vec::new();
    for (id, entry) in catalog.iter() {
        match id.kind() {
            Kind::Table => {
                let parents = entry.object.refers_to(id).into_iter();
                let parents = parents.filter_map(|parent| catalog.get_key_value(&parent).map(|(parent, _)| parent));
                tables.entry(id).or_insert_with(Vec::new).extend(parents);
            }
            Kind::ForeignKey => {
                if let (Object::ForeignKey(key), Some(table)) = (&entry.object, id.parent())
                    && table.kind() == Kind::Table
                {
                    tables.entry(table).or_default().push(&key.references);
                }
            }
            Kind::View => {
                let mentioned = entry.mentions.iter().map(ObjectId::root).filter(|root| root.kind() == Kind::View);
                views.insert(id, mentioned.collect());
            }
            Kind::VirtualTable => virtual_tables.push(id.clone()),
            kind if kind.is_top_level() && kind < Kind::Table => before.push(id.clone()),
            kind if kind.is_top_level() => after.push(id.clone()),
            _ => {}
        }
    }
    let mut order = before;
    order.extend(by_dependency(tables));
    order.extend(by_dependency(views));
    order.extend(virtual_tables);
    order.extend(after);
    order
}

/// Depth first, by name; a cycle is cut where it closes. Without recursion: chains may be long.
fn by_dependency(mut graph: BTreeMap<&ObjectId, Vec<&ObjectId>>) -> Vec<ObjectId> {
    for needs in graph.values_mut() {
        needs.sort_unstable();
        needs.dedup();
    }
    let mut seen = BTreeSet::new();
    let mut order = Vec::with_capacity(graph.len());
    for start in graph.keys() {
        let mut stack = vec![(*start, 0)];
        if !seen.insert(*start) {
            continue;
        }
        while let Some((id, next)) = stack.pop() {
            match graph.get(id).and_then(|needs| needs.get(next)) {
                Some(need) => {
                    stack.push((id, next + 1));
                    // The object's own spelling, not that of who refers to it.
                    if let Some((need, _)) = graph.get_key_value(need)
                        && seen.insert(*need)
                    {
                        stack.push((*need, 0));
                    }
                }
                None => order.push(id.clone()),
            }
        }
    }
    order
}
