//! The live object in the document's spelling wherever both say the same.

use crate::catalog::{Object, Part};

/// `live`, with the parts that equal those of `written` spelled as they are there.
pub(super) fn adopt(written: &Object, live: &Object) -> Object {
    match (written, live.clone()) {
        (Object::Column(from), Object::Column(mut to)) => {
            keep(&from.ty, &mut to.ty);
            keep(&from.default, &mut to.default);
            keep(&from.generated, &mut to.generated);
            keep(&from.collation, &mut to.collation);
            Object::Column(to)
        }
        (Object::VirtualTable(from), Object::VirtualTable(mut to)) => {
            keep(&from.using, &mut to.using);
            Object::VirtualTable(to)
        }
        (Object::PrimaryKey(from), Object::PrimaryKey(mut to)) => {
            keep(&from.name, &mut to.name);
            keep_parts(&from.columns, &mut to.columns);
            Object::PrimaryKey(to)
        }
        (Object::Unique(from), Object::Unique(mut to)) => {
            keep_parts(&from.columns, &mut to.columns);
            Object::Unique(to)
        }
        (Object::Check(from), Object::Check(mut to)) => {
            keep(&from.sql, &mut to.sql);
            Object::Check(to)
        }
        (Object::ForeignKey(from), Object::ForeignKey(mut to)) => {
            keep(&from.columns, &mut to.columns);
            keep(&from.references, &mut to.references);
            keep(&from.ref_columns, &mut to.ref_columns);
            Object::ForeignKey(to)
        }
        (Object::Index(from), Object::Index(mut to)) => {
            keep_parts(&from.columns, &mut to.columns);
            keep(&from.predicate, &mut to.predicate);
            Object::Index(to)
        }
        (Object::View(from), Object::View(mut to)) => {
            keep(&from.query, &mut to.query);
            keep(&from.column_names, &mut to.column_names);
            Object::View(to)
        }
        (Object::Trigger(from), Object::Trigger(mut to)) => {
            keep(&from.events, &mut to.events);
            keep(&from.when, &mut to.when);
            keep(&from.body, &mut to.body);
            Object::Trigger(to)
        }
        (_, to) => to,
    }
}

fn keep<T: PartialEq + Clone>(from: &T, to: &mut T) {
    if from == to {
        to.clone_from(from);
    }
}

fn keep_parts(from: &[Part], to: &mut [Part]) {
    for (from, to) in from.iter().zip(to) {
        keep(from, to);
    }
}
