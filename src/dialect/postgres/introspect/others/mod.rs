//! Reads everything that is not a relation.

mod aggregates;
mod casts;
mod comments;
mod default_privileges;
mod event_triggers;
mod foreign;
mod members;
mod operator_classes;
mod operators;
mod publications;
mod rights;
mod routines;
mod secret;
mod space;
mod subscriptions;
mod text_search;
mod types;
mod unmanaged;

use crate::catalog::{Enabled, Entry, Name, Object, OptionKey, OptionValue, Options};
use crate::error::Result;
pub(in crate::dialect::postgres) use secret::is_secret;
pub(super) use secret::settings;

use super::reader::Reader;

type Part = fn(&mut Reader<'_>) -> Result<()>;

/// What stands on its own or has relations below it.
pub(super) const PARTS: &[Part] = &[
    space::schemas,
    space::extensions,
    space::collations,
    types::enums,
    types::domains,
    types::composites,
    types::ranges,
    routines::read,
    aggregates::read,
    operators::read,
    operator_classes::read,
    casts::read,
    text_search::dictionaries,
    text_search::configurations,
    foreign::wrappers,
    foreign::servers,
    foreign::user_mappings,
    event_triggers::read,
    subscriptions::read,
];

/// What is read of what a session made to compare it, beside relations.
pub(super) const TEMPORARY: &[Part] = &[types::domains, aggregates::read];

/// What is said of objects that are there, so that it comes after all of them.
pub(super) const LAST: &[Part] = &[
    types::parts,
    publications::read,
    default_privileges::read,
    rights::read,
    members::read,
    comments::read,
    unmanaged::read,
];

/// An object with its owner.
fn owned(object: Object, owner: Name) -> Entry {
    Entry { owner: Some(owner), ..Entry::new(object, 0) }
}

/// Sets a textual option, where it has a value.
fn put(options: &mut Options, key: OptionKey, value: Option<String>) {
    if let Some(value) = value {
        options.put(key, OptionValue::Text(value));
    }
}

/// When a trigger fires, by the server's letter.
fn enabled(letter: char) -> Enabled {
    match letter {
        'D' => Enabled::Disabled,
        'R' => Enabled::Replica,
        'A' => Enabled::Always,
        _ => Enabled::Origin,
    }
}
