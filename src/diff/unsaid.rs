//! What absent means for owners, grants and the like: left as it is, unless `[manage] complete` names it.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{
    Catalog, Index, Kind, Object, ObjectId, OptionKey, OptionSpec, Options, Setting, Subscription, View,
};
use crate::dialect::{self, Dialect};

use super::parents;
use super::settle::keep_live;

/// Whether objects of this kind are left alone where the TOML does not mention them, and the word for `complete`.
const fn left_alone(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Grant => Some("grant"),
        Kind::DefaultPrivilege | Kind::DefaultGrants => Some("default_privilege"),
        _ => None,
    }
}

/// The word under which `complete` knows an object.
fn word_of(id: &ObjectId) -> Option<&'static str> {
    let word = left_alone(id.kind())?;
    Some(if id.root().kind() == Kind::DefaultPrivilege { "default_privilege" } else { word })
}

/// What `[manage] complete` can name: kinds and attributes of which absent means left alone, in any dialect.
pub fn completable() -> BTreeSet<&'static str> {
    let words = ["owner", "grant", "default_privilege", "method", "version"];
    let options = dialect::all().iter().flat_map(|dialect| dialect.options()).filter(|spec| spec.left_alone);
    words.into_iter().chain(options.map(|spec| spec.key.word())).collect()
}

/// Puts what the TOML does not say, and does not have to say, into the desired catalog as it is live.
pub fn leave_unsaid(desired: &mut Catalog, live: &Catalog, complete: &dyn Fn(&str) -> bool, dialect: &dyn Dialect) {
    let (mut left, mut theirs) = (Vec::new(), Vec::new());
    for (id, entry) in live.iter() {
        match desired.get(id) {
            // Neither is ever dropped for being absent.
            None if id.kind() == Kind::Database || is_default_schema(id, dialect) => left.push(id.clone()),
            None if word_of(id).is_some_and(|word| !complete(word)) => {
                // What belongs to an object that goes, goes with it.
                // A member of an extension is no object of its own.
                let of = |id: &ObjectId| desired.contains(id) || left.contains(id);
                let parent = id.parent().is_none_or(|parent| of(parent) || (!live.contains(parent) && of(id.root())));
                if parent {
                    left.push(id.clone());
                }
            }
            None => theirs.extend(parents::alone(id, desired, live).map(|object| (id.clone(), object))),
            Some(wanted) => {
                let owner = wanted.owner.is_none() && entry.owner.is_some();
                let object = unsaid(&wanted.object, &entry.object, complete, dialect);
                if (owner || object.is_some())
                    && let Some(wanted) = desired.get_mut(id)
                {
                    if owner {
                        wanted.owner.clone_from(&entry.owner);
                    }
                    if let Some(object) = object {
                        wanted.object = object;
                    }
                }
            }
        }
    }
    for id in &left {
        keep_live(desired, live, id);
    }
    parents::leave_theirs(desired, live);
    parents::leave_order(desired, live);
    for (id, object) in theirs {
        keep_live(desired, live, &id);
        if let Some(entry) = desired.get_mut(&id) {
            entry.comment = entry.comment.take().filter(|_| entry.object == object);
            entry.object = object;
        }
    }
}

/// The same for what is made anew because it cannot be renamed: what is not said of it is as the old one has it.
pub fn leave_unsaid_of_remade(
    desired: &mut Catalog,
    live: &Catalog,
    remade: &BTreeMap<ObjectId, ObjectId>,
    complete: &dyn Fn(&str) -> bool,
    dialect: &dyn Dialect,
) {
    for (new, old) in remade.iter().filter(|(new, _)| !live.contains(new)) {
        let Some((entry, wanted)) = live.get(old).zip(desired.get_mut(new)) else { continue };
        if wanted.owner.is_none() {
            wanted.owner.clone_from(&entry.owner);
        }
        if let Some(object) = unsaid(&wanted.object, &entry.object, complete, dialect) {
            wanted.object = object;
        }
    }
}

fn is_default_schema(id: &ObjectId, dialect: &dyn Dialect) -> bool {
    id.kind() == Kind::Schema && dialect.default_schema() == Some(id.name().as_str())
}

/// The desired object with what it leaves unsaid, if it leaves anything unsaid that the live one has.
fn unsaid(wanted: &Object, live: &Object, complete: &dyn Fn(&str) -> bool, dialect: &dyn Dialect) -> Option<Object> {
    if let (Object::Extension(wanted), Object::Extension(live)) = (wanted, live) {
        let mut extension = wanted.clone();
        extension.version = extension.version.or_else(|| live.version.clone());
        extension.is_fixed = live.is_fixed;
        extension.own_comment.clone_from(&live.own_comment);
        extension.in_schema = extension.in_schema.or_else(|| live.in_schema.clone());
        return (extension != *wanted).then_some(Object::Extension(extension));
    }
    if let (Object::Subscription(wanted), Object::Subscription(live)) = (wanted, live) {
        // What stands in a variable cannot be compared.
        let secret = matches!(wanted.connection, Some(Setting::Secret { .. })) && wanted.connection != live.connection;
        let connection = live.connection.clone();
        return secret.then(|| Object::Subscription(Subscription { connection, ..wanted.clone() }));
    }
    let mut filled = None;
    if let (Object::View(wanted), Object::View(live)) = (wanted, live)
        && wanted.without_data != live.without_data
    {
        // It holds when the view is made.
        filled = Some(Object::View(View { without_data: live.without_data, ..wanted.clone() }));
    }
    if let (Object::Index(wanted), Object::Index(live)) = (wanted, live)
        && wanted.method.is_none()
        && is_said_default(live.method.as_ref())
        && !complete("method")
    {
        let method = live.method.clone();
        filled = Some(Object::Index(Index { method, ..wanted.clone() }));
    }
    for spec in left_alone_options(dialect, live.kind(), complete) {
        let (Some(wanted_options), Some(live_options)) = (wanted.options(), live.options()) else { break };
        if wanted_options.get(spec.key).is_none()
            && !(spec.key == OptionKey::Attached && leaves(wanted, live))
            && !said_by_the_other(spec.key, wanted_options, live_options)
            && let Some(value) = live_options.get(spec.key)
        {
            let object = filled.get_or_insert_with(|| wanted.clone());
            if let Some(options) = object.options_mut() {
                options.put(spec.key, value.clone());
            }
        }
    }
    filled
}

/// Whether a table is no longer a partition of what it was one of.
fn leaves(wanted: &Object, live: &Object) -> bool {
    matches!((wanted, live), (Object::Table(wanted), Object::Table(live)) if wanted.partition_of != live.partition_of)
}

/// MySQL remembers that `USING BTREE` was written, though every index of its engines is one.
fn is_said_default(method: Option<&String>) -> bool {
    method.is_some_and(|method| method.eq_ignore_ascii_case("btree"))
}

/// Whether a character set is said that the live collation is not of, or a collation that the live character set is not.
fn said_by_the_other(key: OptionKey, wanted: &Options, live: &Options) -> bool {
    let other = match key {
        OptionKey::Collation => OptionKey::Charset,
        OptionKey::Charset => OptionKey::Collation,
        _ => return false,
    };
    let word = |options: &Options| options.word(other).map(str::to_lowercase);
    word(wanted).is_some_and(|wanted| word(live).as_ref() != Some(&wanted))
}

fn left_alone_options<'a>(
    dialect: &'a dyn Dialect,
    kind: Kind,
    complete: &'a dyn Fn(&str) -> bool,
) -> impl Iterator<Item = &'static OptionSpec> + 'a {
    dialect.options().iter().filter(move |spec| spec.on == kind && spec.left_alone && !complete(spec.key.word()))
}

/// What the TOML says of a table and no database keeps as such: an import leaves it as it is said.
const OF_THE_TOML: [OptionKey; 2] = [OptionKey::AutoIncrement, OptionKey::ColumnOrder];

/// A live catalog without what an import leaves unsaid; what the TOML declares already stays.
#[must_use]
pub fn without_unsaid(
    live: &Catalog,
    declared: Option<&Catalog>,
    complete: &dyn Fn(&str) -> bool,
    dialect: &dyn Dialect,
) -> Catalog {
    let said = |id: &ObjectId| declared.and_then(|declared| declared.get(id));
    let kept = live.iter().filter(|(id, _)| word_of(id).is_none_or(complete) || said(id).is_some());
    kept.map(|(id, entry)| {
        let mut entry = entry.clone();
        let said = said(id);
        if !complete("owner") && said.is_none_or(|said| said.owner.is_none()) {
            entry.owner = None;
        }
        let said = said.map(|said| &said.object);
        if let (Object::Table(table), Some(Object::Table(said))) = (&mut entry.object, said) {
            for key in OF_THE_TOML {
                if let (None, Some(value)) = (table.options.get(key), said.options.get(key)) {
                    table.options.put(key, value.clone());
                }
            }
        }
        let keys: Vec<OptionKey> = left_alone_options(dialect, id.kind(), complete).map(|spec| spec.key).collect();
        if let Some(options) = entry.object.options_mut() {
            let said = said.and_then(Object::options);
            for key in keys.into_iter().filter(|key| said.is_none_or(|said| said.get(*key).is_none())) {
                // TOML that says nothing of the database is left so.
                let counts = declared.is_none() || id.kind() != Kind::Database;
                if !options.get(key).is_some_and(|value| counts && dialect.is_part_of_meaning(key, value)) {
                    options.clear(key);
                }
            }
        }
        if let (Object::Index(index), Some(Object::Index(said))) = (&mut entry.object, said)
            && said.method.is_none()
            && is_said_default(index.method.as_ref())
            && !complete("method")
        {
            index.method = None;
        }
        if let Object::Extension(extension) = &mut entry.object
            && !complete("version")
            && !matches!(said, Some(Object::Extension(said)) if said.version.is_some())
        {
            extension.version = None;
        }
        if let (Object::Extension(extension), Some(Object::Extension(said))) = (&mut entry.object, said)
            && said.in_schema.is_none()
        {
            extension.in_schema = None;
        }
        (id.clone(), entry)
    })
    // A database of whose settings nothing is said.
    .filter(|(id, entry)| {
        let is_bare = matches!(&entry.object, Object::Database(it) if it.options.is_empty()) && entry.comment.is_none();
        said(id).is_some() || !is_bare
    })
    .collect()
}
