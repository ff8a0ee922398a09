//! Columns and checks that a table has of itself and from a parent too. No command of PostgreSQL's makes them its own
//! (`INHERIT` and `ADD COLUMN` do so only for what is new) or its parent's alone: what stands so stays so.

use crate::catalog::{Catalog, Column, Kind, Object, ObjectId};

/// The tables that one inherits from.
fn parents<'c>(catalog: &'c Catalog, table: &ObjectId) -> &'c [ObjectId] {
    match catalog.object(table) {
        Some(Object::Table(table)) => &table.inherits,
        Some(Object::ForeignTable(table)) => &table.inherits,
        _ => &[],
    }
}

/// The same at all levels, the nearest first: what a table says nothing of it has from further above.
fn ancestors<'c>(catalog: &'c Catalog, table: &ObjectId) -> Vec<&'c ObjectId> {
    let mut found: Vec<&ObjectId> = parents(catalog, table).iter().collect();
    let mut next = 0;
    while let Some(parent) = found.get(next) {
        for above in parents(catalog, parent) {
            if !found.contains(&above) {
                found.push(above);
            }
        }
        next += 1;
    }
    found
}

/// Whether a table is made anew, so that nothing stays in it as it stood.
fn is_remade(desired: &Catalog, live: &Catalog, table: &ObjectId) -> bool {
    match (live.object(table), desired.object(table)) {
        (Some(Object::Table(old)), Some(Object::Table(new))) => {
            old.partition_by.is_some() != new.partition_by.is_some()
        }
        _ => false,
    }
}

fn own_column<'c>(catalog: &'c Catalog, id: &ObjectId) -> Option<&'c Column> {
    match catalog.object(id) {
        Some(Object::Column(column)) if column.ty.is_some() => Some(column),
        _ => None,
    }
}

/// What a column or a check of a table becomes that shall be its parent's alone: the parent's, as the table's own.
pub(super) fn alone(id: &ObjectId, desired: &Catalog, live: &Catalog) -> Option<Object> {
    let (Kind::Column | Kind::Check, Some(table)) = (id.kind(), id.parent()) else { return None };
    if (id.kind() == Kind::Column && own_column(live, id).is_none()) || is_remade(desired, live, table) {
        return None;
    }
    let was = ancestors(live, table);
    ancestors(desired, table).into_iter().find_map(|parent| {
        let above = parent.child(id.kind(), id.name().clone());
        let stays = live.contains(&above) && was.contains(&parent);
        let object = match desired.object(&above)? {
            Object::Column(theirs) if stays && theirs.ty.is_some() => {
                Object::Column(Column { ty: theirs.ty.clone(), ..theirs.inherited() })
            }
            same => same.clone(),
        };
        // A table keeps the name of its own NOT NULL beside the parent's.
        let object = match (object, own_column(live, id)) {
            (Object::Column(theirs), Some(own)) if !theirs.null && !own.null => {
                Object::Column(Column { not_null: own.not_null.clone(), ..theirs })
            }
            (object, _) => object,
        };
        let same = live.object(id) == Some(&object) && (live.contains(&above) || !was.contains(&parent));
        (same || (stays && id.kind() == Kind::Column)).then_some(object)
    })
}

/// Takes the order of a table's parents from the live one: leaving one and coming back to it would make its columns the
/// table's own.
pub(super) fn leave_order(desired: &mut Catalog, live: &Catalog) {
    // A new one comes last.
    let reached = |id: &ObjectId| {
        let (was, is) = (parents(live, id), parents(desired, id));
        let stay = was.iter().filter(|parent| is.contains(parent));
        let join = is.iter().filter(|parent| !was.contains(parent));
        stay.chain(join).cloned().collect::<Vec<_>>()
    };
    let several = desired.iter().map(|(id, _)| id).filter(|id| live.contains(id) && parents(desired, id).len() > 1);
    let shuffled = several.map(|id| (id.clone(), reached(id))).filter(|(id, order)| parents(desired, id) != order);
    for (id, order) in shuffled.collect::<Vec<_>>() {
        match desired.get_mut(&id).map(|entry| &mut entry.object) {
            Some(Object::Table(table)) => table.inherits = order,
            Some(Object::ForeignTable(table)) => table.inherits = order,
            _ => {}
        }
    }
}

/// Makes of columns that shall be a table's own, and are its parent's, what the table has otherwise than its parent; and
/// the other way round of those that are its own and shall be its parent's.
pub(super) fn leave_theirs(desired: &mut Catalog, live: &Catalog) {
    let mut theirs = Vec::new();
    for (id, entry) in desired.iter() {
        let (Object::Column(own), Some(table)) = (&entry.object, id.parent()) else { continue };
        if is_remade(desired, live, table) {
            continue;
        }
        if own.ty.is_none() && own_column(live, id).is_some() {
            let above = ancestors(desired, table).into_iter();
            let mut above = above.map(|parent| parent.child(Kind::Column, id.name().clone()));
            if let Some(above) = above.find_map(|above| own_column(desired, &above)) {
                theirs.push((id.clone(), Some(Column { ty: above.ty.clone(), ..own.clone() })));
            }
            continue;
        }
        let was = ancestors(live, table);
        if was.is_empty() || own.ty.is_none() || own_column(live, id).is_some() {
            continue;
        }
        let mut stay = ancestors(desired, table).into_iter().filter(|parent| was.contains(parent));
        let above = stay.find_map(|parent| {
            let above = parent.child(Kind::Column, id.name().clone());
            own_column(live, &above).and_then(|_| own_column(desired, &above))
        });
        if let Some(above) = above.filter(|above| above.ty == own.ty && above.collation == own.collation) {
            let said = Column { ty: None, identity: None, ..own.clone() };
            theirs.push((id.clone(), (said != above.inherited() || entry.comment.is_some()).then_some(said)));
        }
    }
    for (id, said) in theirs {
        match said {
            Some(said) => {
                if let Some(entry) = desired.get_mut(&id) {
                    entry.object = Object::Column(said);
                }
            }
            None => {
                desired.remove(&id);
            }
        }
    }
}
