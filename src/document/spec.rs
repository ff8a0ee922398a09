//! What a declaration of the TOML's sections and keys is made of. The declarations themselves stand in
//! `sections`; the checks of what people wrote, the suggestions and the JSON Schema all come from them.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::catalog::{Kind, OptionKey, OptionSpec, OptionType};
use crate::dialect::{self, DialectName};

use crate::suggest;

/// Some of the databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Databases(u8);

impl Databases {
    pub(super) const ANY: Self = Self(0b1111);
    pub(super) const POSTGRES: Self = Self(0b0001);
    /// MySQL and MariaDB.
    pub(super) const MYSQL: Self = Self(0b0110);
    pub(super) const MARIADB: Self = Self(0b0100);
    pub(super) const SQLITE: Self = Self(0b1000);

    pub(super) const fn one(name: DialectName) -> Self {
        Self(match name {
            DialectName::Postgres => 0b0001,
            DialectName::Mysql => 0b0010,
            DialectName::Mariadb => 0b0100,
            DialectName::Sqlite => 0b1000,
        })
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn but(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) const fn has(self, name: DialectName) -> bool {
        self.0 & Self::one(name).0 != 0
    }

    /// Whether a database is among both.
    pub(super) const fn shares(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// `MySQL and MariaDB`.
    pub(super) fn products(self) -> String {
        let names: Vec<_> =
            DialectName::ALL.into_iter().filter(|name| self.has(*name)).map(DialectName::product).collect();
        suggest::list(&names, "and")
    }

    /// The word to write for them in the TOML: the first one, since `mysql` covers MariaDB.
    pub(super) fn word(self) -> &'static str {
        DialectName::ALL.into_iter().find(|name| self.has(*name)).map_or("", DialectName::word)
    }
}

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    Bool,
    Integer,
    /// Any string.
    Text,
    /// Any strings.
    Texts,
    /// SQL in a string.
    Sql,
    /// A name in a string, `written as names are`.
    Name,
    /// A name that may have a schema.
    QualifiedName,
    /// The same with the types that tell it from others, or without.
    SignedName,
    Names,
    /// The columns of an index or a key.
    Parts,
    /// A table and its columns.
    Reference,
    Events,
    /// What a foreign key does.
    Action,
    Words(&'static [&'static str]),
    /// A string, number or boolean that stands for itself, or `{ sql = "..." }`.
    Literal,
    /// A table with these keys.
    Record(&'static [Key]),
    /// Either of these.
    Either(&'static Shape, &'static Shape),
    /// The databases that have it.
    Only,
    /// One object.
    Object(&'static Section),
    /// A table of names, each an object.
    Children(&'static Section),
    /// What the option of some dialect says.
    OptionOf(Kind, OptionKey),
    /// What trueup does not read yet: it belongs to databases that come later.
    Unread,
    /// Yes or no, where the catalog keeps the contrary.
    Not,
    /// A number or a string, which the catalog keeps as it is written.
    Digits,
    /// A name letter for letter, without SQL's quotes.
    Label,
    /// A name of this kind.
    NameOf(Kind),
    /// Roles.
    Roles,
    /// A type.
    Type,
    /// Types.
    Types,
    /// Several pieces of SQL.
    Sqls,
    /// What is run.
    Body,
    /// A table, by a name that may have a schema.
    Table,
    /// Tables.
    Tables,
    /// A column with its table before it.
    ColumnOf,
    /// An index with its table before it.
    IndexOf,
    /// A string, or where a secret stands.
    Setting,
    /// Free names, each with a string or a secret.
    Settings,
    /// Free names, each with a string, a number or a boolean.
    Params,
    /// Free names, each with a list of SQL.
    Mapping,
    /// When a trigger fires at all.
    Enabled,
    /// The values of an enum.
    Values,
    /// A list of tables with these keys, or of strings that stand for the first key.
    Records(&'static [Key]),
    /// A table of names, each a table with these keys.
    Named(&'static [Key]),
}

/// A key and its value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) on: Databases,
    /// One sentence, for the JSON Schema.
    pub(super) doc: &'static str,
    /// What to say to somebody who wrote another value.
    pub(super) hint: Option<&'static str>,
    /// The field of the catalog that has the value in the shape that `Shape` gives it; empty: the fields of the
    /// table's own keys. None: code of its own reads and writes it.
    pub(super) field: Option<&'static str>,
}

impl Key {
    /// A key that all databases have.
    pub(super) const fn new(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self { name, shape, on: Databases::ANY, doc, hint: None, field: None }
    }

    /// A key that is a field of the catalog's object.
    pub(super) const fn field(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self { field: Some(name), ..Self::new(name, shape, doc) }
    }

    /// The same key, with a field of another name.
    pub(super) const fn stored_as(self, field: &'static str) -> Self {
        Self { field: Some(field), ..self }
    }

    /// The same key, of some databases only.
    pub(super) const fn only(self, on: Databases) -> Self {
        Self { on, ..self }
    }

    pub(super) const fn hint(self, hint: &'static str) -> Self {
        Self { hint: Some(hint), ..self }
    }
}

/// A kind of object in the TOML.
#[derive(Debug)]
pub(super) struct Section {
    /// The key it stands under.
    pub(super) word: &'static str,
    /// What people call it.
    pub(super) noun: &'static str,
    /// What it is in the catalog, whose options it then takes; none: only the TOML tells it apart.
    pub(super) kind: Option<Kind>,
    pub(super) on: Databases,
    pub(super) doc: &'static str,
    /// The value that may stand for the whole table, and the key it is short for.
    pub(super) short: Option<(Shape, &'static str)>,
    /// The keys that the long form cannot do without.
    pub(super) required: &'static [&'static str],
    pub(super) keys: &'static [&'static [Key]],
    /// Its keys by their names, once they have been asked for.
    pub(super) index: KeyIndex,
}

/// The keys of a section by their names: each line of a schema is looked up there, some of them several times.
#[derive(Debug)]
pub(super) struct KeyIndex(OnceLock<HashMap<&'static str, Key>>);

impl KeyIndex {
    pub(super) const fn new() -> Self {
        Self(OnceLock::new())
    }
}

impl Section {
    /// All its keys: the declared ones, then the options of the dialects.
    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        self.keys.iter().flat_map(|keys| keys.iter().copied()).chain(self.options())
    }

    /// The key of a name. An option of several dialects is declared by each of them.
    pub(super) fn find(&self, name: &str) -> Option<Key> {
        let index = self.index.0.get_or_init(|| {
            let mut index: HashMap<&'static str, Key> = HashMap::new();
            for key in self.keys() {
                let merged = index.get(key.name).map_or(key, |first| first.only(first.on.or(key.on)));
                index.insert(key.name, merged);
            }
            index
        });
        index.get(name).copied()
    }

    fn declares(&self, name: &str) -> bool {
        self.keys.iter().any(|keys| keys.iter().any(|key| key.name == name))
    }

    fn options(&self) -> impl Iterator<Item = Key> {
        // A key of the same name takes the option's place: `on_conflict` of a column.
        self.specs().filter(|(_, spec)| !self.declares(spec.key.word())).map(option_key)
    }

    /// The options of the dialects on what this is in the catalog.
    fn specs(&self) -> impl Iterator<Item = (DialectName, &'static OptionSpec)> {
        let all = dialect::all().iter();
        let specs = all.flat_map(|dialect| dialect.options().iter().map(|spec| (dialect.name(), spec)));
        specs.filter(|(_, spec)| Some(spec.on) == self.kind)
    }
}

/// An option as a key of its dialect.
fn option_key((name, spec): (DialectName, &'static OptionSpec)) -> Key {
    Key::new(spec.key.word(), option_shape(spec.value), spec.doc).only(Databases::one(name))
}

/// The shape of a dialect's option.
pub(super) const fn option_shape(value: OptionType) -> Shape {
    match value {
        OptionType::Bool(_) => Shape::Bool,
        OptionType::Word(words, _) => Shape::Words(words),
        OptionType::Text(_) => Shape::Text,
        OptionType::Integer(_) => Shape::Integer,
    }
}

impl Shape {
    /// The shape that an option's declaration gives, where this one is such.
    pub(super) fn resolved(self) -> Self {
        match self {
            Self::OptionOf(kind, key) => dialect::all()
                .iter()
                .find_map(|dialect| dialect.option(kind, key))
                .map_or(Self::Unread, |spec| option_shape(spec.value)),
            other => other,
        }
    }

    /// Whether its value may differ between databases; a table of names may not.
    pub(super) const fn may_differ(self) -> bool {
        !matches!(self, Self::Children(_) | Self::Only | Self::Settings | Self::Params | Self::Mapping | Self::Named(_))
    }

    /// What it is, for an error: "true or false".
    pub(super) fn expected(self) -> String {
        match self.resolved() {
            Self::Bool | Self::Not => "true or false".to_owned(),
            Self::Integer => "a whole number".to_owned(),
            Self::Text => "a string".to_owned(),
            Self::Digits => "a number".to_owned(),
            Self::Texts => "a list of strings".to_owned(),
            Self::Sql | Self::Body => "SQL in a string".to_owned(),
            Self::Sqls => "a list of SQL in strings".to_owned(),
            Self::Type => "a type in a string".to_owned(),
            Self::Types => "a list of types in strings".to_owned(),
            Self::Name | Self::QualifiedName | Self::SignedName | Self::Label | Self::NameOf(_) => {
                "a name in a string".to_owned()
            }
            Self::Table => "a table's name in a string".to_owned(),
            Self::Tables => "a list of tables".to_owned(),
            Self::IndexOf => "a table and its index in a string: \"event.event_day\"".to_owned(),
            Self::ColumnOf => "a table and its column in a string: \"invoice.number\"".to_owned(),
            Self::Names | Self::Roles => "a list of names".to_owned(),
            Self::Setting => "a string, or { env = \"...\" }".to_owned(),
            Self::Settings => "a table of names, each with a string or { env = \"...\" }".to_owned(),
            Self::Params => "a table of names and values".to_owned(),
            Self::Mapping => "a table of names, each with a list of strings".to_owned(),
            Self::Enabled => "true, false, \"always\" or \"replica\"".to_owned(),
            Self::Values => "a list of strings, or of { value = \"...\", renamed_from = \"...\" }".to_owned(),
            Self::Records(keys) => {
                format!("a list of {}", suggest::plural(keys.first().map_or("table", |key| key.name)))
            }
            Self::Named(keys) => format!("a table of names, each {}", Self::Record(keys).expected()),
            Self::Parts => "a list of columns".to_owned(),
            Self::Reference => "a table, or a table and its columns, in a string: \"customer(id)\"".to_owned(),
            Self::Events => "a list of events".to_owned(),
            Self::Action => {
                "one of \"no action\", \"restrict\", \"cascade\", \"set null\" and \"set default\"".to_owned()
            }
            Self::Words(words) => {
                let words: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
                format!("one of {}", suggest::list(&words, "and"))
            }
            Self::Literal => "a string, a number, true, false or { sql = \"...\" }".to_owned(),
            Self::Record(keys) => {
                let keys: Vec<_> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
                format!("a table with {}", suggest::list(&keys, "or"))
            }
            Self::Either(one, other) => format!("{}, or {}", one.expected(), other.expected()),
            Self::Only => {
                "a list of databases: \"postgres\", \"mysql\", \"mariadb\", \"sqlite\"; \"!sqlite\" leaves one out"
                    .to_owned()
            }
            Self::Object(section) => match section.short {
                Some((short, _)) => format!("{} or a table", short.expected()),
                None => "a table".to_owned(),
            },
            Self::Children(section) => format!("a table of names, each {}", crate::suggest::with_article(section.noun)),
            Self::Unread | Self::OptionOf(..) => "a table".to_owned(),
        }
    }
}
