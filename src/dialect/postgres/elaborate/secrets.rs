//! Secrets that stand in the TOML: they would be printed with every plan and kept in git, and the server's are never read,
//! so that nothing could tell whether they are the same.

use crate::catalog::{Catalog, Object, ObjectId, Setting, Settings};
use crate::diff::Deltas;

use super::super::introspect::is_secret;

/// The objects that say a secret in the clear, and what to write instead. The value itself is not said.
pub(super) fn in_the_clear(desired: &Catalog, deltas: &Deltas) -> Vec<(ObjectId, Option<&'static str>, String)> {
    let found = deltas.keys().filter_map(|id| {
        let key = said(&desired.get(id)?.object)?;
        let message =
            format!("`{key}` holds a secret in the clear\nkeep it in the environment: {key} = {{ env = \"NAME\" }}");
        Some((id.clone(), None, message))
    });
    found.collect()
}

fn said(object: &Object) -> Option<&str> {
    match object {
        Object::ForeignDataWrapper(it) => in_options(&it.options),
        Object::ForeignServer(it) => in_options(&it.options),
        Object::UserMapping(it) => in_options(&it.options),
        Object::ForeignTable(it) => in_options(&it.options),
        Object::Column(it) => in_options(&it.settings),
        Object::Subscription(it) => match &it.connection {
            Some(Setting::Plain(text)) if text.to_ascii_lowercase().contains("password") => Some("connection"),
            _ => None,
        },
        _ => None,
    }
}

fn in_options(options: &Settings) -> Option<&str> {
    let mut all = options.iter();
    all.find(|(key, value)| matches!(value, Setting::Plain(_)) && is_secret(key)).map(|(key, _)| key.as_str())
}
