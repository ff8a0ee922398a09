//! What only stands at another place because others came or went before it.

use crate::catalog::{Catalog, Kind, Object, ObjectId, Partition};

/// Whether a partition differs in its number alone, and stands among those that stay as it did.
pub fn is_only_shifted(live: &Catalog, desired: &Catalog, id: &ObjectId) -> bool {
    let (Some(was), Some(is), Some(table)) = (live.get(id), desired.get(id), id.parent()) else { return false };
    let (Object::Partition(old), Object::Partition(new)) = (&was.object, &is.object) else { return false };
    let alike = Partition { position: new.position, ..old.clone() } == *new;
    let before = |catalog: &Catalog, position: u32| -> usize {
        let others = catalog.children(table).filter(|(other, _)| other.kind() == Kind::Partition);
        let stay = others.filter(|(other, _)| live.contains(other) && desired.contains(other));
        stay.filter(|(_, entry)| matches!(&entry.object, Object::Partition(other) if other.position < position)).count()
    };
    alike && was.comment == is.comment && before(live, old.position) == before(desired, new.position)
}
