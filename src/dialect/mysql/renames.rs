//! What renames make of the live catalog: names in the structure follow. The server rewrites no view, trigger or
//! routine.

use crate::catalog::{Catalog, Entry, Name, Object, ObjectId, Part, PartOf};
use crate::dialect::Dialect as _;

use super::dialect::Mysql;

/// The live catalog once these renames are done, one after the other.
pub(super) fn after(live: &Catalog, renames: &[(ObjectId, ObjectId)], dialect: &Mysql) -> Catalog {
    let mut catalog = live.clone();
    for (from, to) in renames {
        catalog = catalog.iter().map(|(id, entry)| (id.renamed(from, to), renamed(id, entry, from, to))).collect();
    }
    dialect.find_mentions(&mut catalog);
    catalog
}

fn renamed(id: &ObjectId, entry: &Entry, from: &ObjectId, to: &ObjectId) -> Entry {
    let mut entry = entry.clone();
    // Siblings of a renamed column or trigger know it by its name.
    let own = from.parent().is_some() && id.is_within(from.parent().unwrap_or(id));
    let in_own = |name: &mut Name| {
        if own && *name == *from.name() {
            *name = to.name().clone();
        }
    };
    let parts = |parts: &mut Vec<Part>| {
        for part in parts {
            if let PartOf::Column(name) = &mut part.of {
                in_own(name);
            }
        }
    };
    let is_column = from.kind() == crate::catalog::Kind::Column;
    match &mut entry.object {
        Object::PrimaryKey(key) if is_column => parts(&mut key.columns),
        Object::Index(index) if is_column => parts(&mut index.columns),
        Object::ForeignKey(key) => {
            if is_column {
                key.columns.iter_mut().for_each(in_own);
                if from.parent() == Some(&key.references) {
                    for name in &mut key.ref_columns {
                        if *name == *from.name() {
                            *name = to.name().clone();
                        }
                    }
                }
            }
            key.references = key.references.renamed(from, to);
        }
        Object::Table(table) if is_column && own => {
            for period in &mut table.period {
                in_own(&mut period.from);
                in_own(&mut period.to);
            }
        }
        Object::Trigger(trigger) if from.kind() == crate::catalog::Kind::Trigger => {
            if let Some(name) = &mut trigger.follows {
                in_own(name);
            }
        }
        _ => {}
    }
    entry
}
