//! Reads a whole database: a constant number of queries of `information_schema`, and what SHOW CREATE says of each
//! object, a hundred in a round trip.
//!
//! SHOW CREATE TABLE is the whole of a table. Each table is written back from what was read of it; what is not the
//! same is said to be not understood.

mod honesty;
mod programs;
mod relations;
mod rights;

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Database, Entry, Kind, Name, Object, ObjectId, OptionKey, OptionValue, Options};
use crate::database::Live;
use crate::dialect::Dialect as _;
use crate::error::Result;

use super::dialect::Mysql;
use super::parse::{Charsets, Reading};
use super::query::Link;

const DATABASE: &str = include_str!("../queries/database.sql");
const CHARSETS: &str = include_str!("../queries/charsets.sql");

/// What is read of the database for all objects.
#[derive(Debug, Clone, Default)]
pub(super) struct Defaults {
    pub(super) charsets: Charsets,
    pub(super) charset: String,
    pub(super) collation: String,
    pub(super) database: String,
    pub(super) comment: Option<String>,
}

impl Defaults {
    /// The collation that the options of a table or of the database stand for.
    pub(super) fn collation_of(&self, options: &Options) -> Option<String> {
        let word = |key| options.word(key).map(str::to_lowercase);
        self.charsets.collation(word(OptionKey::Charset).as_deref(), word(OptionKey::Collation).as_deref())
    }

    pub(super) fn reading(&self, dialect: &'static Mysql) -> Reading<'_> {
        Reading { dialect, charsets: &self.charsets, collation: &self.collation, database: &self.database }
    }
}

/// What the database gives to what says nothing.
pub(super) fn defaults(link: &mut Link<'_>) -> Result<Defaults> {
    let mut found = Defaults::default();
    for row in link.rows(CHARSETS)? {
        if let [Some(charset), Some(collation)] = row.as_slice() {
            found.charsets.defaults.insert(charset.clone(), collation.clone());
        }
    }
    for row in link.rows(DATABASE)? {
        // Only MariaDB's has a comment.
        if let [Some(charset), Some(collation), Some(database), comment @ ..] = row.as_slice() {
            found.comment = comment.first().cloned().flatten();
            found.database.clone_from(database);
            found.charset.clone_from(charset);
            found.collation.clone_from(collation);
        }
    }
    Ok(found)
}

/// Reads all that is there.
pub(super) fn introspect(mut link: Link<'_>, dialect: &'static Mysql, database: &str) -> Result<Live> {
    let defaults = defaults(&mut link)?;
    let mut reader = Reader { link, dialect, database, defaults, live: Live::default(), position: 0 };
    reader.database();
    reader.rights()?;
    reader.relations()?;
    reader.triggers()?;
    reader.routines()?;
    reader.events()?;
    let Reader { mut live, .. } = reader;
    dialect.find_mentions(&mut live.catalog);
    Ok(live)
}

/// The id of the database itself.
pub(super) fn database_id() -> ObjectId {
    ObjectId::top(Kind::Database, None, Name::default())
}

struct Reader<'a> {
    link: Link<'a>,
    dialect: &'static Mysql,
    database: &'a str,
    defaults: Defaults,
    live: Live,
    position: u32,
}

impl Reader<'_> {
    fn database(&mut self) {
        let mut options = Options::default();
        options.put(OptionKey::Charset, OptionValue::Text(self.defaults.charset.clone()));
        options.put(OptionKey::Collation, OptionValue::Text(self.defaults.collation.clone()));
        self.insert(database_id(), Object::Database(Database { options }), self.defaults.comment.clone());
    }

    /// An object that stands by itself.
    fn insert(&mut self, id: ObjectId, object: Object, comment: Option<String>) {
        let mut entry = Entry::new(object, self.position);
        self.position += 1;
        entry.comment = comment.filter(|comment| !comment.is_empty()).map(Into::into);
        if let Err(again) = self.live.catalog.insert(id.clone(), entry) {
            let reason = format!("another {} has this name too", again.object.kind().noun());
            self.live.not_understood.insert(id, reason);
        }
    }
}

/// Who made it, and under what: kept as it is.
fn made_by(options: &mut Options, values: [(OptionKey, Option<&str>); 4]) {
    for (key, value) in values {
        if let Some(value) = value {
            options.put(key, OptionValue::Text(value.to_owned()));
        }
    }
}

/// An option of which one word is the default.
fn word(options: &mut Options, dialect: &Mysql, on: Kind, key: OptionKey, value: &str) {
    if let Some(spec) = dialect.option(on, key) {
        options.set(spec, OptionValue::Text(value.to_lowercase()));
    }
}

/// A catalog of these objects only.
pub(super) fn catalog_of(list: Vec<(ObjectId, Entry)>) -> Catalog {
    list.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect()
}
