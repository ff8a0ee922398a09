//! What can be decided without the server: other ways to write one thing.

use std::collections::BTreeSet;

use crate::catalog::{
    Catalog, Entry, ForeignKey, Index, Kind, Name, Object, ObjectId, OptionKey, OptionValue, Options, Order, Part,
    Partition, Routine, Sql, Table, Trigger,
};
use crate::database::Elaborated;
use crate::dialect::Dialect as _;
use crate::diff::{Delta, Deltas};

use super::super::dialect::Mysql;
use super::super::introspect::Defaults;
use super::super::numbering;
use super::super::parse::charset_of;
use super::super::routines;
use super::super::tokens::significant;
use super::scratch::fits_temporary;
use super::{by_time, own_key};

/// Finds what is equal once both sides are written one way.
pub(super) fn settle(
    live: &Catalog,
    desired: &Catalog,
    deltas: &Deltas,
    defaults: &Defaults,
    dialect: &Mysql,
    elaborated: &mut Elaborated,
) {
    let catalogs = (live, desired);
    for (id, delta) in deltas {
        let equal = match delta {
            Delta::Alter => {
                live.get(id).zip(desired.get(id)).is_some_and(|(live, desired)| {
                    live.comment == desired.comment && {
                        let follows = follows(catalogs, deltas, id);
                        same(live, desired, follows, defaults, dialect) || by_time::is_same_key(catalogs, id)
                    }
                }) && attained(live, desired, id)
            }
            Delta::Drop => serves_foreign_key(live, desired, id) || own_key::is_own(live, desired, id, dialect),
            Delta::Create => false,
        };
        if equal {
            elaborated.equal.insert(id.clone());
        } else if let Some(object) = reworded(live.object(id), desired.object(id), defaults, dialect) {
            elaborated.reworded.insert(id.clone(), object);
        }
    }
}

/// What differs and says some of it in other words than the server: those words are no change of it.
fn reworded(live: Option<&Object>, desired: Option<&Object>, defaults: &Defaults, dialect: &Mysql) -> Option<Object> {
    match (live, desired?) {
        (_, Object::Database(database)) => {
            let mut database = database.clone();
            database.options.put(OptionKey::Charset, OptionValue::Text(defaults.charset.clone()));
            database.options.put(OptionKey::Collation, OptionValue::Text(defaults.collation.clone()));
            Some(Object::Database(database))
        }
        (Some(Object::Function(live)), Object::Function(desired)) => {
            let same = routine(live, defaults, dialect).returns == routine(desired, defaults, dialect).returns;
            let object = Object::Function(Routine { returns: live.returns.clone(), ..desired.clone() });
            Some(object).filter(|_| same && live.returns != desired.returns)
        }
        (Some(Object::Table(live)), Object::Table(desired)) => {
            let (was, is) = (table(live, defaults, dialect), table(desired, defaults, dialect));
            let mut wanted = desired.clone();
            for key in [OptionKey::Engine, OptionKey::Compression, OptionKey::RowFormat] {
                if was.options.get(key) == is.options.get(key) {
                    wanted.options.clear(key);
                    if let Some(value) = live.options.get(key) {
                        wanted.options.put(key, value.clone());
                    }
                }
            }
            Some(wanted).filter(|wanted| wanted != desired).map(Object::Table)
        }
        _ => None,
    }
}

/// Whether a table counts from where it is to, or beyond, and has its columns in the order that counts.
fn attained(live: &Catalog, desired: &Catalog, id: &ObjectId) -> bool {
    let Some(Object::Table(table)) = desired.object(id) else { return true };
    let counts = match table.options.integer(OptionKey::AutoIncrement) {
        Some(first) => live.get(id).is_some_and(|entry| entry.counter.unwrap_or(1) >= first),
        None => true,
    };
    let names = |catalog: &Catalog| -> Vec<Name> {
        let columns = catalog.columns(id).into_iter().map(|(column, _)| column);
        columns.filter(|column| !own_key::has_own(live, id, column)).map(|column| column.name().clone()).collect()
    };
    counts && (!table.options.is_on(OptionKey::ColumnOrder) || names(live) == names(desired))
}

/// The trigger that this one comes behind. The order counts only where it is said, and where the one that comes before
/// stays what it is: one that is made again comes behind the others.
fn follows((live, desired): (&Catalog, &Catalog), deltas: &Deltas, id: &ObjectId) -> Option<Name> {
    let of = |catalog: &Catalog| trigger(catalog, id).and_then(|trigger| trigger.follows.clone());
    let sibling = |name: &Name| id.parent().map(|table| table.child(Kind::Trigger, name.clone()));
    let said = of(desired).filter(|name| sibling(name).is_some_and(|id| desired.contains(&id)));
    // One that differs in nothing but what it comes behind is not made again.
    let stays = |id: ObjectId| match (deltas.get(&id), trigger(live, &id), trigger(desired, &id)) {
        (Some(Delta::Alter), Some(was), Some(is)) => is_trigger(was, is, follows((live, desired), deltas, &id)),
        (delta, ..) => delta != Some(&Delta::Alter),
    };
    let unsaid =
        || of(live).filter(|name| sibling(name).is_none_or(|other| !comes_behind(desired, &other, id) && stays(other)));
    said.or_else(unsaid)
}

/// Whether one trigger is said to come behind another, at once or behind others that do.
fn comes_behind(desired: &Catalog, one: &ObjectId, other: &ObjectId) -> bool {
    let mut seen = BTreeSet::new();
    let mut at = one.clone();
    while seen.insert(at.clone()) {
        let before = trigger(desired, &at).and_then(|trigger| trigger.follows.clone());
        let (Some(before), Some(table)) = (before, at.parent()) else { return false };
        at = table.child(Kind::Trigger, before);
        if at == *other {
            return true;
        }
    }
    false
}

fn trigger<'a>(catalog: &'a Catalog, id: &ObjectId) -> Option<&'a Trigger> {
    match catalog.object(id) {
        Some(Object::Trigger(trigger)) => Some(trigger),
        _ => None,
    }
}

/// Whether a trigger is the one that is desired, behind `follows`.
fn is_trigger(live: &Trigger, desired: &Trigger, follows: Option<Name>) -> bool {
    *live == Trigger { follows, for_each: live.for_each, ..desired.clone() }
}

fn same(live: &Entry, desired: &Entry, follows: Option<Name>, defaults: &Defaults, dialect: &Mysql) -> bool {
    match (&live.object, &desired.object) {
        (Object::Table(live), Object::Table(desired)) => {
            let (mut live, mut desired) = (table(live, defaults, dialect), table(desired, defaults, dialect));
            by_time::partition_by(&mut live.partition_by, &mut desired.partition_by, dialect);
            live == desired
        }
        (Object::Partition(live), Object::Partition(desired)) => {
            partition(live, dialect) == partition(desired, dialect)
        }
        (Object::ForeignKey(live), Object::ForeignKey(desired)) => foreign_key(live) == foreign_key(desired),
        (Object::Index(live), Object::Index(desired)) if !fits_temporary(live) || !fits_temporary(desired) => {
            index(live) == index(desired)
        }
        (Object::Function(live), Object::Function(desired)) | (Object::Procedure(live), Object::Procedure(desired)) => {
            routine(live, defaults, dialect) == routine(desired, defaults, dialect)
        }
        (Object::Sequence(live), Object::Sequence(desired)) => {
            let mut wanted = desired.clone();
            wanted.numbering = numbering::settled(desired);
            wanted.ty = Some(numbering::type_of(desired)).filter(|ty| *ty != dialect.type_name("bigint"));
            *live == wanted
        }
        (Object::Event(live), Object::Event(desired)) => {
            let mut wanted = desired.clone();
            // An event always has a beginning; unsaid, it is when it was made.
            wanted.starts = wanted.starts.or_else(|| live.starts.clone());
            let moment = |text: &Option<String>| text.as_deref().map(moment);
            wanted.schedule = schedule(&wanted.schedule, dialect);
            schedule(&live.schedule, dialect) == wanted.schedule
                && moment(&live.starts) == moment(&wanted.starts)
                && moment(&live.ends) == moment(&wanted.ends)
                && body(&live.body) == body(&wanted.body)
                && live.options == wanted.options
        }
        (Object::Trigger(live), Object::Trigger(desired)) => is_trigger(live, desired, follows),
        (Object::Database(live), Object::Database(desired)) => {
            defaults.collation_of(&live.options) == defaults.collation_of(&desired.options)
        }
        _ => false,
    }
}

/// A table with its options as the server shows them.
fn table(table: &Table, defaults: &Defaults, dialect: &Mysql) -> Table {
    let mut table = table.clone();
    let options = &mut table.options;
    // These two are no options of the server's; `attained` looks at them.
    options.clear(OptionKey::ColumnOrder);
    options.clear(OptionKey::AutoIncrement);
    let charset = options.clear(OptionKey::Charset).map(|value| value.to_string());
    let collation = options.clear(OptionKey::Collation).map(|value| value.to_string());
    let collation = defaults.charsets.collation(charset.as_deref(), collation.as_deref());
    if let Some(collation) = collation.filter(|collation| *collation != defaults.collation) {
        options.put(OptionKey::Collation, OptionValue::Text(collation));
    }
    match options.clear(OptionKey::Engine).map(|value| value.to_string().to_lowercase()).as_deref() {
        None | Some("innodb") => {}
        Some(engine) => options.put(OptionKey::Engine, OptionValue::Text(of_engine(engine).to_owned())),
    }
    lower(options, &[OptionKey::RowFormat, OptionKey::Compression, OptionKey::Encrypted, OptionKey::InsertMethod]);
    upper(options, &[OptionKey::Encryption, OptionKey::SecondaryEngine, OptionKey::AutoextendSize]);
    for (key, none) in [(OptionKey::RowFormat, "default"), (OptionKey::Compression, "none")] {
        if options.word(key) == Some(none) {
            options.clear(key);
        }
    }
    let settled = |sql: &Option<Sql>| sql.as_ref().map(|sql| partition_by(sql, dialect));
    table.partition_by = settled(&table.partition_by);
    table.subpartition_by = settled(&table.subpartition_by);
    table
}

/// An engine by the name that the server shows.
fn of_engine(name: &str) -> &str {
    match name {
        "heap" => "memory",
        "merge" => "mrg_myisam",
        "ndb" => "ndbcluster",
        name => name,
    }
}

fn lower(options: &mut Options, keys: &[OptionKey]) {
    for key in keys {
        if let Some(OptionValue::Text(text)) = options.get(*key).cloned() {
            options.put(*key, OptionValue::Text(text.to_lowercase()));
        }
    }
}

fn upper(options: &mut Options, keys: &[OptionKey]) {
    for key in keys {
        if let Some(OptionValue::Text(text)) = options.get(*key).cloned() {
            options.put(*key, OptionValue::Text(text.to_uppercase()));
        }
    }
}

/// Without the parentheses that only repeat others, and `partitions 1`, which is what there is without.
fn partition_by(sql: &Sql, dialect: &Mysql) -> Sql {
    let mut text = sql.canonical().replace("( (", "(").replace(") )", ")");
    if let Some(short) = text.strip_suffix(" partitions 1") {
        text = short.to_owned();
    }
    dialect.expression(&text)
}

pub(super) fn partition(partition: &Partition, dialect: &Mysql) -> Partition {
    let mut partition = partition.clone();
    partition.values =
        partition.values.map(|values| dialect.expression(&values.canonical().replace("( maxvalue )", "maxvalue")));
    lower(&mut partition.options, &[OptionKey::Engine]);
    partition
}

/// MATCH is read and forgotten.
fn foreign_key(key: &ForeignKey) -> ForeignKey {
    let mut key = key.clone();
    key.matching = None;
    key
}

/// An index without what is the default.
pub(super) fn index(index: &Index) -> Index {
    let mut index = index.clone();
    ascending(&mut index.columns);
    index.method = index.method.map(|method| method.to_lowercase()).filter(|method| method != "btree");
    index
}

/// ASC is what there is without.
pub(super) fn ascending(parts: &mut [Part]) {
    for part in parts {
        if part.order == Order::Asc {
            part.order = Order::Unsaid;
        }
    }
}

fn routine(routine: &Routine, defaults: &Defaults, dialect: &Mysql) -> Routine {
    let mut routine = routine.clone();
    routine.body = routine.body.as_ref().map(body);
    routine.returns = routine.returns.map(|returns| {
        let own = routines::without_default_charset(returns.as_str(), &defaults.collation);
        let (ty, rest) = match own.to_lowercase().find(" char") {
            Some(at) => (own.get(..at).unwrap_or_default().to_owned(), own.get(at..).unwrap_or_default().to_owned()),
            None => (own, String::new()),
        };
        let rest = rest.to_lowercase().replace("character set", "charset");
        dialect.expression(&format!("{} {rest}", dialect.type_name(&ty).canonical()))
    });
    routine
}

/// The server keeps a body from its first word on, without a comment before it.
fn body(sql: &Sql) -> Sql {
    let text = sql.as_str();
    let start = significant(text).next().map_or(0, |token| token.start);
    let kept = text.get(start..).unwrap_or(text);
    Sql::new(kept, kept)
}

/// A moment as the server prints it, whichever of its spellings it has: `2031-01-01`, `20310101100000`, `2031-01-01T10:00`.
fn moment(text: &str) -> String {
    let digits = |text: &str, from: usize, to: usize| text.get(from..to).unwrap_or("00").to_owned();
    let mut parts: Vec<String> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    if let [whole, rest @ ..] = parts.as_slice()
        && matches!(whole.len(), 8 | 14)
    {
        let places = [(0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14)];
        parts = places.iter().map(|(from, to)| digits(whole, *from, *to)).chain(rest.iter().cloned()).collect();
    }
    if !(3..=7).contains(&parts.len()) || parts.first().is_none_or(|year| year.len() != 4) {
        return text.trim().to_owned();
    }
    let fraction = parts.get(6).map(|part| part.trim_end_matches('0').to_owned()).filter(|part| !part.is_empty());
    let part = |at: usize| parts.get(at).map_or("00", String::as_str);
    let whole = format!("{}-{:0>2}-{:0>2} {:0>2}:{:0>2}:{:0>2}", part(0), part(1), part(2), part(3), part(4), part(5));
    whole + &fraction.map(|part| format!(".{part}")).unwrap_or_default()
}

/// `every '1' day` is `every 1 day`, and an interval may be said in any case.
fn schedule(sql: &Sql, dialect: &Mysql) -> Sql {
    let once = sql.canonical().strip_prefix("at ").map(|rest| rest.trim_matches('\''));
    if let Some(text) = once.filter(|text| !text.contains(['\'', '+'])) {
        return dialect.expression(&format!("at '{}'", moment(text)));
    }
    let text: Vec<String> = sql
        .canonical()
        .split(' ')
        .map(|word| {
            let inner = word.trim_matches('\'');
            if !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit()) {
                inner.to_owned()
            } else {
                word.to_owned()
            }
        })
        .collect();
    dialect.expression(&text.join(" "))
}

/// Whether an index that is not declared is the one that a foreign key has made for itself.
fn serves_foreign_key(live: &Catalog, desired: &Catalog, id: &ObjectId) -> bool {
    let (Some(Object::Index(index)), Some(table)) = (live.object(id), id.parent()) else { return false };
    if index.unique || !index.options.is_empty() || index.method.is_some() {
        return false;
    }
    let columns: Vec<&Name> = index.columns.iter().filter_map(Part::as_column).collect();
    let plain = index.columns.iter().all(|part| part.as_column().is_some() && part.length.is_none());
    let covers = |parts: &[Part], key: &ForeignKey| {
        key.columns.iter().enumerate().all(|(at, name)| parts.get(at).and_then(Part::as_column) == Some(name))
    };
    let covered = |key: &ForeignKey| {
        desired.primary_key(table).is_some_and(|primary| covers(&primary.columns, key))
            || desired.children(table).any(|(_, entry)| match &entry.object {
                Object::Index(index) => covers(&index.columns, key),
                _ => false,
            })
    };
    plain
        && desired.children(table).any(|(key_id, entry)| match &entry.object {
            Object::ForeignKey(key) => {
                let named = *key_id.name() == *id.name()
                    || key.columns.first() == Some(id.name())
                    || starts_with(id.name(), key.columns.first())
                    || is_numbered(id.name());
                key_id.kind() == Kind::ForeignKey
                    && live.contains(key_id)
                    && columns == key.columns.iter().collect::<Vec<_>>()
                    && named
                    && !covered(key)
            }
            _ => false,
        })
}

/// `t_ibfk_1` is named after a key, which may have changed its name with its table.
fn is_numbered(name: &Name) -> bool {
    let number = name.as_str().rsplit_once("_ibfk_").map_or("", |(_, number)| number);
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// `a_2` is an index that begins with `a`.
fn starts_with(name: &Name, column: Option<&Name>) -> bool {
    let rest = column.and_then(|column| name.key().strip_prefix(column.key()));
    rest.and_then(|rest| rest.strip_prefix('_')).is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
}

/// The collation of a column as it is resolved, where it is not its table's.
pub(super) fn column_collation(options: &Options, collation: Option<&Name>, defaults: &Defaults) -> Option<String> {
    let charset = options.word(OptionKey::Charset).map(str::to_owned);
    let named = collation.map(|name| name.as_str().to_lowercase());
    let charset = charset.filter(|charset| named.as_deref().is_none_or(|named| charset_of(named) != charset));
    defaults.charsets.collation(charset.as_deref(), named.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_many_spellings() {
        for text in ["2031-01-01", "2031-01-01T00:00", "20310101", "20310101000000", "2031-1-1 0:0:0.000"] {
            assert_eq!(moment(text), "2031-01-01 00:00:00", "{text}");
        }
        assert_eq!(moment("2031-01-01 10:00:00.250000"), "2031-01-01 10:00:00.25");
        assert_eq!(moment("current_timestamp"), "current_timestamp");
    }

    #[test]
    fn a_body_begins_with_its_first_word() {
        for text in ["select 1", " select 1", "-- first\nselect 1", "/* x */ select 1"] {
            assert_eq!(body(&Sql::new(text, text)).as_str(), "select 1", "{text}");
        }
    }
}
