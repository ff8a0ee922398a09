//! Foreign data, publications, subscriptions and event triggers.

use std::fmt::Write as _;

use crate::catalog::{
    EventTrigger, ForeignDataWrapper, ForeignServer, ObjectId, Publication, Published, Setting, Settings, Subscription,
    UserMapping,
};

use super::super::sql::{name, names, options, parenthesised, qualified, quote, role, setting, string};
use super::address::relation;
use super::operator::pair;

/// `CREATE FOREIGN DATA WRAPPER w HANDLER f VALIDATOR v OPTIONS (...)`.
pub(in crate::dialect::postgres) fn wrapper(id: &ObjectId, wrapper: &ForeignDataWrapper) -> String {
    let mut sql = format!("CREATE FOREIGN DATA WRAPPER {}", name(id));
    if let Some(handler) = &wrapper.handler {
        let _ = write!(sql, " HANDLER {}", handler.as_str());
    }
    if let Some(validator) = &wrapper.validator {
        let _ = write!(sql, " VALIDATOR {}", validator.as_str());
    }
    sql + &options(&wrapper.options)
}

/// `CREATE SERVER s TYPE 't' VERSION 'v' FOREIGN DATA WRAPPER w OPTIONS (...)`.
pub(in crate::dialect::postgres) fn server(id: &ObjectId, server: &ForeignServer) -> String {
    let mut sql = format!("CREATE SERVER {}", name(id));
    if let Some(ty) = &server.ty {
        let _ = write!(sql, " TYPE {}", string(ty));
    }
    if let Some(version) = &server.version {
        let _ = write!(sql, " VERSION {}", string(version));
    }
    let _ = write!(sql, " FOREIGN DATA WRAPPER {}", quote(server.wrapper.as_str()));
    sql + &options(&server.options)
}

/// `USER MAPPING FOR r SERVER s`.
pub(in crate::dialect::postgres) fn mapping_target(id: &ObjectId) -> String {
    format!("USER MAPPING FOR {} SERVER {}", role(id.name().as_str()), relation(id))
}

/// `CREATE USER MAPPING FOR r SERVER s OPTIONS (...)`.
pub(in crate::dialect::postgres) fn user_mapping(id: &ObjectId, mapping: &UserMapping) -> String {
    format!("CREATE {}{}", mapping_target(id), options(&mapping.options))
}

/// `CREATE EVENT TRIGGER t ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION f()`.
pub(in crate::dialect::postgres) fn event_trigger(id: &ObjectId, trigger: &EventTrigger) -> String {
    let tags: Vec<String> = trigger.tags.iter().map(|tag| string(tag)).collect();
    let when = if tags.is_empty() { String::new() } else { format!(" WHEN TAG IN ({})", tags.join(", ")) };
    let execute = trigger.execute.as_str().trim();
    let call = if execute.ends_with(')') { execute.to_owned() } else { format!("{execute}()") };
    format!("CREATE EVENT TRIGGER {} ON {}{when} EXECUTE FUNCTION {call}", name(id), quote(&trigger.event))
}

/// `TABLE ONLY a, ONLY b (id) WHERE (x > 0), TABLES IN SCHEMA s`; nothing where none are named. Without ONLY the server
/// takes the tables that inherit along, each as one of its own.
pub(in crate::dialect::postgres) fn published(publication: &Publication) -> Option<String> {
    let mut parts = Vec::new();
    if !publication.tables.is_empty() {
        let tables: Vec<String> = publication.tables.iter().map(published_table).collect();
        parts.push(format!("TABLE {}", tables.join(", ")));
    }
    if !publication.schemas.is_empty() {
        parts.push(format!("TABLES IN SCHEMA {}", names(&publication.schemas)));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn published_table(entry: &Published) -> String {
    let mut sql = format!("ONLY {}", qualified(&entry.table));
    if !entry.columns.is_empty() {
        let _ = write!(sql, " ({})", names(&entry.columns));
    }
    if let Some(predicate) = &entry.predicate {
        let _ = write!(sql, " WHERE {}", parenthesised(predicate.as_str()));
    }
    sql
}

/// `CREATE PUBLICATION p FOR TABLE ONLY a WITH (publish = 'insert')`.
pub(in crate::dialect::postgres) fn publication(id: &ObjectId, publication: &Publication) -> String {
    let of = if publication.all_tables { Some("ALL TABLES".to_owned()) } else { published(publication) };
    let of = of.map(|of| format!(" FOR {of}")).unwrap_or_default();
    format!("CREATE PUBLICATION {}{of}{}", name(id), with(&publication.with))
}

fn with(settings: &Settings) -> String {
    let pairs: Vec<String> = settings.iter().map(|(key, value)| parameter(key, value)).collect();
    if pairs.is_empty() { String::new() } else { format!(" WITH ({})", pairs.join(", ")) }
}

/// A parameter; no slot is a word and not a name.
pub(in crate::dialect::postgres) fn parameter(key: &str, value: &Setting) -> String {
    match value {
        Setting::Plain(text) if key == "slot_name" && text.eq_ignore_ascii_case("none") => {
            "slot_name = NONE".to_owned()
        }
        _ => pair(key, value),
    }
}

/// `CREATE SUBSCRIPTION s CONNECTION '...' PUBLICATION p WITH (connect = false)`.
pub(in crate::dialect::postgres) fn subscription(
    id: &ObjectId,
    subscription: &Subscription,
    with: &Settings,
) -> String {
    let connection = subscription.connection.as_ref().map_or_else(|| "''".to_owned(), setting);
    let publications = publications(subscription);
    let with = self::with(with);
    format!("CREATE SUBSCRIPTION {} CONNECTION {connection} PUBLICATION {publications}{with}", name(id))
}

/// The names of what is received.
pub(in crate::dialect::postgres) fn publications(subscription: &Subscription) -> String {
    subscription.publications.iter().map(|name| quote(name)).collect::<Vec<_>>().join(", ")
}
