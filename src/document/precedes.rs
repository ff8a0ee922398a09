//! `precedes` of a trigger is `follows` of the other one.

use crate::catalog::{Kind, Name, Object, ObjectId};
use crate::diagnostic::Place;

use super::lower::Lowering;

/// A trigger and the one that it comes before.
pub(super) struct Precedes {
    pub(super) id: ObjectId,
    pub(super) next: Name,
    pub(super) place: Place,
}

impl Lowering<'_> {
    /// Puts each trigger right before the one that it names, behind what that came behind.
    pub(super) fn order_triggers(&mut self) {
        for Precedes { id, next, place } in std::mem::take(&mut self.precedes) {
            let Some(next_id) = id.parent().map(|table| table.child(Kind::Trigger, next.clone())) else { continue };
            let entry = self.desired.catalog.get_mut(&next_id).filter(|_| next_id != id);
            let Some(Object::Trigger(trigger)) = entry.map(|entry| &mut entry.object) else {
                let message = format!("there is no other trigger `{next}` on this table");
                self.error(message, &place, "", "name one of the same event".to_owned());
                continue;
            };
            let before = trigger.follows.replace(id.name().clone()).filter(|before| before != id.name());
            if let Some(Object::Trigger(trigger)) = self.desired.catalog.get_mut(&id).map(|entry| &mut entry.object)
                && trigger.follows.is_none()
            {
                trigger.follows = before;
            }
        }
    }
}
