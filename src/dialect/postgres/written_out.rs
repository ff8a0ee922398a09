//! Defaults that people write out: the catalog has what is the default by its absence, so they are taken out of it.

use crate::catalog::{
    Name, Numbering, Object, ObjectId, OptionKey, OptionValue, Options, Publication, Routine, Setting, Sql,
};

use super::render::routine::kept_setting;
use super::sql::{made_up_multirange_name, made_up_name};

/// An object without what says no more than its absence does.
pub(super) fn shortened(id: &ObjectId, object: &Object) -> Option<Object> {
    // Most columns say none of it, and there are many.
    if let Object::Column(column) = object
        && column.identity.is_none()
        && column.options.is_empty()
        && column.collation.is_none()
    {
        return None;
    }
    let mut shorter = object.clone();
    shorten(id, &mut shorter);
    (shorter != *object).then_some(shorter)
}

fn shorten(id: &ObjectId, object: &mut Object) {
    match object {
        Object::Sequence(sequence) => {
            sequence.ty = sequence.ty.take().filter(|ty| ty.canonical() != "bigint");
            shorten_numbering(&mut sequence.numbering, sequence.ty.as_ref().map_or("bigint", Sql::canonical));
        }
        Object::Column(column) => {
            let ty = column.ty.as_ref().map_or("", Sql::canonical);
            if let Some(identity) = &mut column.identity {
                shorten_numbering(&mut identity.numbering, ty);
                let made_up = made_up_name(id.root().name().as_str(), id.name().as_str(), "seq");
                identity.name = identity.name.take().filter(|name| name.as_str() != made_up);
            }
            if let Some(word) = column.options.word(OptionKey::Storage).map(str::to_ascii_lowercase) {
                column.options.put(OptionKey::Storage, OptionValue::Text(word));
            }
            if column.options.word(OptionKey::Storage).is_some_and(|word| Some(word) == storage(ty)) {
                column.options.clear(OptionKey::Storage);
            }
            clear_word(&mut column.options, OptionKey::Compression, "default");
            without_default(&mut column.collation);
        }
        Object::Domain(domain) => without_default(&mut domain.collation),
        // What both are is the locale.
        Object::Collation(collation) if collation.locale.is_none() && collation.lc_collate == collation.lc_ctype => {
            collation.locale = collation.lc_collate.take();
            collation.lc_ctype = None;
        }
        Object::Attribute(attribute) => without_default(&mut attribute.collation),
        Object::ForeignKey(key) => {
            key.matching = key.matching.take().filter(|matching| !matching.eq_ignore_ascii_case("simple"));
        }
        Object::Function(routine) => {
            shorten_routine(routine);
            keep_settings(routine);
        }
        Object::Procedure(routine) => keep_settings(routine),
        Object::Range(range) => {
            let made_up = made_up_multirange_name(id.name().as_str());
            range.multirange = range.multirange.take().filter(|name| name.as_str() != made_up);
            let default = range.subtype.as_ref().and_then(|ty| default_opclass(ty.canonical()));
            range.opclass = range.opclass.take().filter(|opclass| Some(opclass.canonical()) != default);
        }
        Object::Publication(publication) => shorten_publication(publication),
        _ => {}
    }
}

/// The bounds that a sequence has by its type and direction.
pub(super) fn shorten_numbering(numbering: &mut Numbering, ty: &str) {
    let (least, greatest) = match ty {
        "smallint" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "integer" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        "bigint" => (i64::MIN, i64::MAX),
        _ => return,
    };
    let descends = numbering.increment.is_some_and(|increment| increment < 0);
    let (from, to) = if descends { (least, -1) } else { (1, greatest) };
    let first = if descends { numbering.maxvalue.unwrap_or(to) } else { numbering.minvalue.unwrap_or(from) };
    let drop = |value: &mut Option<i64>, default: i64| *value = value.filter(|value| *value != default);
    drop(&mut numbering.start, first);
    drop(&mut numbering.increment, 1);
    drop(&mut numbering.minvalue, from);
    drop(&mut numbering.maxvalue, to);
    drop(&mut numbering.cache, 1);
}

fn without_default(collation: &mut Option<Name>) {
    *collation = collation.take().filter(|name| name.as_str() != "default");
}

fn clear_word(options: &mut Options, key: OptionKey, word: &str) {
    if options.word(key).is_some_and(|said| said.eq_ignore_ascii_case(word)) {
        options.clear(key);
    }
}

/// How a type of the server's own keeps large values, where it is known (`pg_type.typstorage`).
fn storage(ty: &str) -> Option<&'static str> {
    let word = ty.split('(').next().unwrap_or(ty).trim();
    Some(match word {
        "text" | "character varying" | "character" | "bytea" | "json" | "jsonb" | "xml" | "tsvector"
        | "bit varying" => "extended",
        _ if ty.ends_with("[]") => "extended",
        "numeric" | "inet" | "cidr" => "main",
        "smallint" | "integer" | "bigint" | "boolean" | "real" | "double precision" | "date" | "uuid" => "plain",
        _ => return None,
    })
}

/// What a call costs, and how many rows it gives, as CREATE FUNCTION has it.
fn shorten_routine(routine: &mut Routine) {
    let is_compiled = ["c", "internal"].iter().any(|language| routine.language.eq_ignore_ascii_case(language));
    let cost = if is_compiled { 1.0 } else { 100.0 };
    let returns = routine.returns.as_ref().map(|returns| returns.canonical().to_ascii_lowercase()).unwrap_or_default();
    let gives_rows = returns.starts_with("setof ") || returns.starts_with("table ") || returns.starts_with("table(");
    let is = |said: &String, number: f64| said.parse::<f64>().is_ok_and(|said| (said - number).abs() < f64::EPSILON);
    routine.cost = routine.cost.take().filter(|said| !is(said, cost));
    routine.rows = routine.rows.take().filter(|said| !(gives_rows && is(said, 1000.0)));
}

/// Settings by the names and in the spelling that the server keeps.
fn keep_settings(routine: &mut Routine) {
    let set = std::mem::take(&mut routine.set);
    routine.set = set.iter().map(|(key, value)| kept_setting(key, value)).collect();
}

/// The operator class that orders a type unless another is named.
fn default_opclass(ty: &str) -> Option<&'static str> {
    Some(match ty.split('(').next().unwrap_or(ty).trim() {
        "smallint" => "int2_ops",
        "integer" => "int4_ops",
        "bigint" => "int8_ops",
        "numeric" => "numeric_ops",
        "real" => "float4_ops",
        "double precision" => "float8_ops",
        "date" => "date_ops",
        "timestamp without time zone" => "timestamp_ops",
        "timestamp with time zone" => "timestamptz_ops",
        "text" => "text_ops",
        "inet" => "inet_ops",
        "uuid" => "uuid_ops",
        _ => return None,
    })
}

/// What is published of the changes of rows, in the server's words: all, unless it is said.
fn shorten_publication(publication: &mut Publication) {
    const CHANGES: [&str; 4] = ["insert", "update", "delete", "truncate"];
    if let Some(Setting::Plain(text)) = publication.with.get("publish") {
        let said: Vec<String> = text.split(',').map(|word| word.trim().to_ascii_lowercase()).collect();
        let known: Vec<&str> = CHANGES.into_iter().filter(|word| said.iter().any(|said| said == word)).collect();
        // What is no change is the server's to refuse.
        let is_known = said.iter().all(|word| word.is_empty() || CHANGES.contains(&word.as_str()));
        let words = known.join(", ");
        match known.len() {
            4 if is_known => drop(publication.with.shift_remove("publish")),
            _ if is_known => drop(publication.with.insert("publish".to_owned(), Setting::Plain(words))),
            _ => {}
        }
    }
    if let Some(Setting::Plain(text)) = publication.with.get("publish_via_partition_root") {
        match text.to_ascii_lowercase().as_str() {
            "true" | "on" | "yes" | "1" => {
                publication.with.insert("publish_via_partition_root".to_owned(), Setting::Plain("true".to_owned()));
            }
            "false" | "off" | "no" | "0" => drop(publication.with.shift_remove("publish_via_partition_root")),
            _ => {}
        }
    }
}

/// An object without the words for "as it is where nothing was ever said". Absence means left alone there, so these count
/// until that is settled.
pub(super) fn unset(object: &Object) -> Option<Object> {
    let is_unset = |options: &Options| {
        let tablespace = options.word(OptionKey::Tablespace) == Some("pg_default");
        let target = options.integer(OptionKey::StatisticsTarget) == Some(-1);
        [tablespace.then_some(OptionKey::Tablespace), target.then_some(OptionKey::StatisticsTarget)]
    };
    let keys = is_unset(object.options()?);
    if keys.iter().all(Option::is_none) {
        return None;
    }
    let mut object = object.clone();
    for key in keys.into_iter().flatten() {
        object.options_mut()?.clear(key);
    }
    Some(object)
}
