//! What is known of each database. Everything else is the same code for all of them.

pub mod mysql;
pub mod postgres;
pub mod sqlite;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::catalog::{Action, Catalog, Folding, Kind, Name, Object, ObjectId, OptionKey, OptionSpec, OptionValue, Sql};

/// The databases that the TOML can speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DialectName {
    /// PostgreSQL.
    Postgres,
    /// MySQL; in the TOML it covers MariaDB too unless that is given.
    Mysql,
    /// MariaDB.
    Mariadb,
    /// SQLite.
    Sqlite,
}

impl DialectName {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Postgres, Self::Mysql, Self::Mariadb, Self::Sqlite];

    /// The word in the TOML.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Mysql => "mysql",
            Self::Mariadb => "mariadb",
            Self::Sqlite => "sqlite",
        }
    }

    /// The product's name.
    pub const fn product(self) -> &'static str {
        match self {
            Self::Postgres => "PostgreSQL",
            Self::Mysql => "MySQL",
            Self::Mariadb => "MariaDB",
            Self::Sqlite => "SQLite",
        }
    }

    /// The dialect of a word in the TOML.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.word() == word)
    }
}

/// What a text in the TOML is a piece of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// An expression, a query, a clause.
    Sql,
    /// A type.
    Type,
    /// The body of a routine.
    Body,
}

/// A value that people write in TOML and that stands for itself, not for SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// A string.
    Text(String),
    /// A number with its digits as written.
    Number(String),
    /// True or false.
    Bool(bool),
}

/// What people write by habit and the database would take for something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to write instead, key by key.
    pub instead: Vec<String>,
}

/// What a constraint without a name of its own is called.
#[derive(Debug, Clone)]
pub struct ImpliedName {
    /// The name that the database would give, or (unnamed) what the constraint is.
    pub name: Name,
    /// Whether the database keeps it without a name.
    pub unnamed: bool,
}

/// What is known of one database without asking it.
pub trait Dialect: fmt::Debug + Send + Sync {
    /// Which database.
    fn name(&self) -> DialectName;

    /// Whether the database keeps comments on objects of this kind; else they stay in the TOML.
    fn keeps_comments(&self, _kind: Kind) -> bool {
        false
    }

    /// Whether an import says an option that is otherwise left alone, because the object means something else without it.
    fn is_part_of_meaning(&self, _key: OptionKey, _value: &OptionValue) -> bool {
        false
    }

    /// Whether objects live in schemas there.
    fn has_schemas(&self) -> bool {
        false
    }

    /// The schema that names without one mean; its objects have none in their ids.
    fn default_schema(&self) -> Option<&'static str> {
        None
    }

    /// The name in the id of a routine, an aggregate or an operator: with the types that identify it, in the spelling
    /// that the database reports, where names can be overloaded. `key` is what the TOML has, `arguments` what it says
    /// beside that.
    fn signature(&self, kind: Kind, key: &str, _arguments: &str) -> Name {
        Name::new(key, self.folding(kind))
    }

    /// The sequence and default that a type stands for: `bigserial` is a `bigint` with a sequence of its own.
    fn serial(&self, _text: &str) -> Option<&'static str> {
        None
    }

    /// Writes the schemas of types that SQL names without them, since it stands in a file of their schema. Gives the
    /// objects whose ids have such types in them, as they are and as they should be.
    fn write_schemas(&self, _catalog: &mut Catalog) -> Vec<(ObjectId, ObjectId)> {
        Vec::new()
    }

    /// The name of that sequence.
    fn sequence_name(&self, table: &Name, column: &Name) -> String {
        format!("{table}_{column}_seq")
    }

    /// Whether constraints without a name of their own keep a name made up of their table's when that is renamed, unless
    /// they are renamed too.
    fn keeps_made_up_names(&self) -> bool {
        false
    }

    /// Whether a unique constraint is nothing but a unique index, under the index's address (MySQL).
    fn unique_is_index(&self) -> bool {
        false
    }

    /// Whether a check written on a column belongs to the column and has no name (MariaDB).
    fn column_check_is_its_own(&self) -> bool {
        false
    }

    /// Whether a primary key would have this name anyway.
    fn is_implied_key_name(&self, _table: &ObjectId, _name: &Name) -> bool {
        false
    }

    /// What a routine runs, as people write it: kept by most databases byte for byte.
    fn body(&self, text: &str) -> Sql {
        Sql::new(text, text)
    }

    /// How names of this kind are matched.
    fn folding(&self, kind: Kind) -> Folding;

    /// The kinds it has and trueup manages there.
    fn kinds(&self) -> &'static [Kind];

    /// The kinds that share one set of names across the whole database or schema, whatever table an
    /// object belongs to.
    fn shared_names(&self) -> &'static [&'static [Kind]] {
        &[]
    }

    /// What only it has.
    fn options(&self) -> &'static [OptionSpec];

    /// The declaration of one option.
    fn option(&self, on: Kind, key: OptionKey) -> Option<&'static OptionSpec> {
        self.options().iter().find(|spec| spec.on == on && spec.key == key)
    }

    /// An expression, a query or a body as people write it.
    fn expression(&self, text: &str) -> Sql;

    /// The query of a view as people write it.
    fn query(&self, text: &str) -> Sql {
        self.expression(text)
    }

    /// What people write behind DEFAULT.
    fn default_value(&self, text: &str) -> Sql {
        self.expression(text)
    }

    /// A module with its arguments, as people write it for a virtual table.
    fn module(&self, text: &str) -> Sql {
        self.expression(text)
    }

    /// A type as people write it.
    fn type_name(&self, text: &str) -> Sql;

    /// What is wrong with the type of this column as people wrote it, where it says more than a type.
    fn mistake_in_type(&self, _column: &Name, _text: &str) -> Option<Mistake> {
        None
    }

    /// The type as people write it, so that `type_name` gives it back.
    fn written_type(&self, ty: &Sql) -> String {
        ty.as_str().to_owned()
    }

    /// The quoted words of an expression that are strings to the database unless a column has that name.
    fn strings_unless_columns(&self, _sql: &Sql) -> Vec<String> {
        Vec::new()
    }

    /// A literal as SQL.
    fn literal(&self, literal: &Literal) -> Sql;

    /// The literal that this SQL is, where writing it as one gives the same SQL back, byte for byte.
    fn read_literal(&self, sql: &Sql) -> Option<Literal>;

    /// The name of a constraint that has none. `copy` counts equal ones of one table from 0.
    fn implied_name(&self, table: &ObjectId, constraint: &Object, copy: usize) -> ImpliedName;

    /// What the database reports as `null` for a column, given what people wrote, once the whole
    /// table is in the catalog. `Err` says why it cannot be.
    fn settle_null(&self, catalog: &Catalog, column: &ObjectId, written: Option<bool>) -> Result<bool, String>;

    /// What people write as `null` so that `settle_null` gives what the catalog has.
    fn written_null(&self, catalog: &Catalog, column: &ObjectId) -> Option<bool>;

    /// What a foreign key does of which nothing is said.
    fn unsaid_action(&self) -> Action {
        Action::NoAction
    }

    /// Fills in what the SQL of the catalog's objects mentions.
    fn find_mentions(&self, catalog: &mut Catalog);

    /// Why a text is not one piece of SQL, which is put into a statement as it is.
    fn fault_of(&self, _piece: Piece, _text: &str) -> Option<String> {
        None
    }

    /// An object without what people wrote out and its absence says too, where there is such.
    fn shortened(&self, _id: &ObjectId, _object: &Object) -> Option<Object> {
        None
    }
}

/// The dialects that trueup manages. Their options are keys of the TOML.
pub fn all() -> &'static [&'static dyn Dialect] {
    &DIALECTS
}

static DIALECTS: [&dyn Dialect; 4] = [&postgres::POSTGRES, &mysql::MYSQL, &mysql::MARIADB, &sqlite::SQLITE];
