//! Subscriptions: what is said to their making alone.

use crate::catalog::Subscription;

/// Parameters that CREATE SUBSCRIPTION takes and the server does not keep.
const OF_ITS_MAKING: [&str; 3] = ["connect", "create_slot", "copy_data"];

/// A subscription as the server keeps it.
pub(super) fn kept(subscription: &Subscription) -> Subscription {
    let mut kept = subscription.clone();
    kept.with.retain(|key, _| !OF_ITS_MAKING.contains(&key.as_str()));
    kept
}
