//! One addressable thing in a database.

use serde::{Deserialize, Serialize};

use super::foreign::{ForeignDataWrapper, ForeignServer, ForeignTable, Publication, Subscription, UserMapping};
use super::id::ObjectId;
use super::is_default;
use super::kind::Kind;
use super::name::Name;
use super::operator::{Cast, Operator, OperatorClass, OperatorFamily, TextSearchConfiguration, TextSearchDictionary};
use super::option::Options;
use super::rights::{DefaultGrants, DefaultPrivilege, Grant, Policy};
use super::routine::{Aggregate, Routine, ScheduledEvent};
use super::sequence::Sequence;
use super::setting::Parameters;
use super::space::{Collation, Database, Extension, Schema};
use super::sql::Sql;
use super::table::{
    Check, Column, Deferrable, Exclusion, ForeignKey, Part, Partition, PrimaryKey, Table, Unique, VirtualTable,
};
use super::types::{Attribute, Composite, Domain, Enum, Range};

/// An object. Equality is derived and says what matters; spelling, position and source text are kept beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Object {
    /// The database itself: what new tables inherit (MySQL).
    Database(Database),
    /// A schema.
    Schema(Schema),
    /// An extension and, through it, all its members.
    Extension(Extension),
    /// An order of strings.
    Collation(Collation),
    /// A type with a list of values.
    Enum(Enum),
    /// A type of attributes.
    Composite(Composite),
    /// An attribute of a composite type.
    Attribute(Attribute),
    /// A type with conditions.
    Domain(Domain),
    /// A type of ranges.
    Range(Range),
    /// A sequence of numbers.
    Sequence(Sequence),
    /// A function.
    Function(Routine),
    /// A procedure.
    Procedure(Routine),
    /// An aggregate function.
    Aggregate(Aggregate),
    /// An operator.
    Operator(Operator),
    /// Operator classes that go together.
    OperatorFamily(OperatorFamily),
    /// How an index treats a type.
    OperatorClass(OperatorClass),
    /// A way from one type to another.
    Cast(Cast),
    /// How words are made searchable.
    TextSearchDictionary(TextSearchDictionary),
    /// How texts are made searchable.
    TextSearchConfiguration(TextSearchConfiguration),
    /// A way to reach other data.
    ForeignDataWrapper(ForeignDataWrapper),
    /// Another server that is reached.
    ForeignServer(ForeignServer),
    /// As whom a role reaches a foreign server.
    UserMapping(UserMapping),
    /// A table with rows of its own.
    Table(Table),
    /// A table whose rows another server has.
    ForeignTable(ForeignTable),
    /// A table that a module answers for (SQLite: FTS5, RTREE).
    VirtualTable(VirtualTable),
    /// A part of a table that is no table itself (MySQL).
    Partition(Partition),
    /// A column of a table.
    Column(Column),
    /// The primary key of a table; at most one.
    PrimaryKey(PrimaryKey),
    /// A unique constraint.
    Unique(Unique),
    /// A check constraint of a table or a domain.
    Check(Check),
    /// A foreign key.
    ForeignKey(ForeignKey),
    /// An exclusion constraint.
    Exclusion(Exclusion),
    /// An index that somebody made by a statement of its own.
    Index(Index),
    /// Statistics over several columns.
    Statistics(Statistics),
    /// A view, materialized or not.
    View(View),
    /// A rewrite rule of a table or a view.
    Rule(Rule),
    /// A trigger of a table or a view.
    Trigger(Trigger),
    /// A row-level security policy of a table.
    Policy(Policy),
    /// What is done when the structure changes.
    EventTrigger(EventTrigger),
    /// What is done at set times (MySQL).
    Event(ScheduledEvent),
    /// What is sent to subscribers.
    Publication(Publication),
    /// What is received from a publication.
    Subscription(Subscription),
    /// What a role grants on the objects that it will make.
    DefaultPrivilege(DefaultPrivilege),
    /// The same for one kind of object, in one schema or all.
    DefaultGrants(DefaultGrants),
    /// What one role may do with an object.
    Grant(Grant),
}

impl Object {
    /// Its options, where its kind can have some and nothing else holds them.
    pub const fn options(&self) -> Option<&Options> {
        match self {
            Self::Database(it) => Some(&it.options),
            Self::Function(it) | Self::Procedure(it) => Some(&it.options),
            Self::Aggregate(it) => Some(&it.options),
            Self::Table(it) => Some(&it.options),
            Self::Partition(it) => Some(&it.options),
            Self::Column(it) => Some(&it.options),
            Self::PrimaryKey(it) => Some(&it.options),
            Self::Unique(it) => Some(&it.options),
            Self::Exclusion(it) => Some(&it.options),
            Self::Index(it) => Some(&it.options),
            Self::Statistics(it) => Some(&it.options),
            Self::View(it) => Some(&it.options),
            Self::Trigger(it) => Some(&it.options),
            Self::Event(it) => Some(&it.options),
            _ => None,
        }
    }

    /// The same, to change them.
    pub const fn options_mut(&mut self) -> Option<&mut Options> {
        match self {
            Self::Database(it) => Some(&mut it.options),
            Self::Function(it) | Self::Procedure(it) => Some(&mut it.options),
            Self::Aggregate(it) => Some(&mut it.options),
            Self::Table(it) => Some(&mut it.options),
            Self::Partition(it) => Some(&mut it.options),
            Self::Column(it) => Some(&mut it.options),
            Self::PrimaryKey(it) => Some(&mut it.options),
            Self::Unique(it) => Some(&mut it.options),
            Self::Exclusion(it) => Some(&mut it.options),
            Self::Index(it) => Some(&mut it.options),
            Self::Statistics(it) => Some(&mut it.options),
            Self::View(it) => Some(&mut it.options),
            Self::Trigger(it) => Some(&mut it.options),
            Self::Event(it) => Some(&mut it.options),
            _ => None,
        }
    }

    /// The tables that it has columns from: those it inherits from, and the one that it is a partition of.
    pub fn parents(&self) -> impl Iterator<Item = &ObjectId> {
        let inherits: &[ObjectId] = match self {
            Self::Table(table) => &table.inherits,
            Self::ForeignTable(table) => &table.inherits,
            _ => &[],
        };
        inherits.iter().chain(self.partition_of())
    }

    /// The table that it is a partition of, where partitions are tables (PostgreSQL).
    pub const fn partition_of(&self) -> Option<&ObjectId> {
        match self {
            Self::Table(table) => table.partition_of.as_ref(),
            Self::ForeignTable(table) => table.partition_of.as_ref(),
            _ => None,
        }
    }

    /// Its kind.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Database(_) => Kind::Database,
            Self::Schema(_) => Kind::Schema,
            Self::Extension(_) => Kind::Extension,
            Self::Collation(_) => Kind::Collation,
            Self::Enum(_) => Kind::Enum,
            Self::Composite(_) => Kind::Composite,
            Self::Attribute(_) => Kind::Attribute,
            Self::Domain(_) => Kind::Domain,
            Self::Range(_) => Kind::Range,
            Self::Sequence(_) => Kind::Sequence,
            Self::Function(_) => Kind::Function,
            Self::Procedure(_) => Kind::Procedure,
            Self::Aggregate(_) => Kind::Aggregate,
            Self::Operator(_) => Kind::Operator,
            Self::OperatorFamily(_) => Kind::OperatorFamily,
            Self::OperatorClass(_) => Kind::OperatorClass,
            Self::Cast(_) => Kind::Cast,
            Self::TextSearchDictionary(_) => Kind::TextSearchDictionary,
            Self::TextSearchConfiguration(_) => Kind::TextSearchConfiguration,
            Self::ForeignDataWrapper(_) => Kind::ForeignDataWrapper,
            Self::ForeignServer(_) => Kind::ForeignServer,
            Self::UserMapping(_) => Kind::UserMapping,
            Self::Table(_) => Kind::Table,
            Self::ForeignTable(_) => Kind::ForeignTable,
            Self::VirtualTable(_) => Kind::VirtualTable,
            Self::Partition(_) => Kind::Partition,
            Self::Column(_) => Kind::Column,
            Self::PrimaryKey(_) => Kind::PrimaryKey,
            Self::Unique(_) => Kind::Unique,
            Self::Check(_) => Kind::Check,
            Self::ForeignKey(_) => Kind::ForeignKey,
            Self::Exclusion(_) => Kind::Exclusion,
            Self::Index(_) => Kind::Index,
            Self::Statistics(_) => Kind::Statistics,
            Self::View(_) => Kind::View,
            Self::Rule(_) => Kind::Rule,
            Self::Trigger(_) => Kind::Trigger,
            Self::Policy(_) => Kind::Policy,
            Self::EventTrigger(_) => Kind::EventTrigger,
            Self::Event(_) => Kind::Event,
            Self::Publication(_) => Kind::Publication,
            Self::Subscription(_) => Kind::Subscription,
            Self::DefaultPrivilege(_) => Kind::DefaultPrivilege,
            Self::DefaultGrants(_) => Kind::DefaultGrants,
            Self::Grant(_) => Kind::Grant,
        }
    }

    /// What its structure refers to: exact. What only its SQL text mentions is the dialect's to find.
    /// `id` is this object's own.
    pub fn refers_to(&self, id: &ObjectId) -> Vec<ObjectId> {
        let own = |name: &Name| id.parent().map(|table| table.child(Kind::Column, name.clone()));
        let parts = |parts: &[Part]| parts.iter().filter_map(Part::as_column).filter_map(own).collect::<Vec<_>>();
        let with =
            |all: &[Part], include: &[Name]| parts(all).into_iter().chain(include.iter().filter_map(own)).collect();
        match self {
            Self::PrimaryKey(key) => with(&key.columns, &key.include),
            Self::Unique(unique) => with(&unique.columns, &unique.include),
            Self::Index(index) => with(&index.columns, &index.include),
            Self::ForeignKey(key) => {
                let mut ids: Vec<_> = key.columns.iter().filter_map(own).collect();
                ids.push(key.references.clone());
                ids.extend(key.ref_columns.iter().map(|name| key.references.child(Kind::Column, name.clone())));
                ids
            }
            Self::Trigger(trigger) => trigger
                .events
                .iter()
                .flat_map(|event| match event {
                    Event::Update { of } => of.iter().filter_map(own).collect::<Vec<_>>(),
                    Event::Insert | Event::Delete | Event::Truncate => Vec::new(),
                })
                .chain(trigger.from.clone())
                .collect(),
            Self::Exclusion(exclusion) => with(&exclusion.columns, &exclusion.include),
            Self::Table(_) | Self::ForeignTable(_) => self.parents().cloned().collect(),
            Self::Sequence(sequence) => sequence.owned_by.iter().cloned().collect(),
            Self::Publication(publication) => publication.tables.iter().map(|entry| entry.table.clone()).collect(),
            _ => Vec::new(),
        }
    }
}

/// An index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Its columns and expressions.
    pub columns: Vec<Part>,
    /// Whether it allows a key only once.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub unique: bool,
    /// The rows it covers, if not all.
    #[serde(rename = "where", skip_serializing_if = "Option::is_none", default)]
    pub predicate: Option<Sql>,
    /// PostgreSQL: the access method; none: btree. MySQL: `hash`.
    #[serde(skip_serializing_if = "is_default", default)]
    pub method: Option<String>,
    /// PostgreSQL: further columns that are kept in it.
    #[serde(skip_serializing_if = "is_default", default)]
    pub include: Vec<Name>,
    /// PostgreSQL: whether two NULLs are the same value.
    #[serde(skip_serializing_if = "is_default", default)]
    pub nulls_not_distinct: bool,
    /// PostgreSQL: storage parameters.
    #[serde(skip_serializing_if = "is_default", default)]
    pub with: Parameters,
    /// PostgreSQL: the index of the partitioned table that it is a part of.
    #[serde(skip_serializing_if = "is_default", default)]
    pub part_of: Option<ObjectId>,
    /// PostgreSQL: whether it was left behind by a build that failed. Never desired.
    #[serde(skip_serializing_if = "is_default", default)]
    pub invalid: bool,
    /// What only this database has.
    #[serde(flatten)]
    pub options: Options,
}

/// A view.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The query.
    pub query: Sql,
    /// The names of its columns, where they are given apart from the query.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub column_names: Vec<Name>,
    /// Whether its rows are kept.
    #[serde(skip_serializing_if = "is_default", default)]
    pub materialized: bool,
    /// Whether a materialized view is left empty when it is made. Not compared.
    #[serde(skip_serializing_if = "is_default", default)]
    pub without_data: bool,
    /// PostgreSQL: options such as `security_invoker`.
    #[serde(skip_serializing_if = "is_default", default)]
    pub with: Parameters,
    /// PostgreSQL: the index by which CLUSTER sorts a materialized view.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cluster_on: Option<Name>,
    /// What only this database has.
    #[serde(flatten)]
    pub options: Options,
}

/// A trigger.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// When it fires.
    pub timing: Timing,
    /// On what it fires, each kind of event at most once.
    pub events: Vec<Event>,
    /// Whether it fires for each row or each statement, as far as it was said.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub for_each: Option<ForEach>,
    /// The condition under which it fires.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub when: Option<Sql>,
    /// What it does; SQLite: the statements between BEGIN and END. PostgreSQL calls a function instead.
    #[serde(skip_serializing_if = "is_default", default)]
    pub body: Option<Sql>,
    /// PostgreSQL: the function it calls, with its arguments.
    #[serde(skip_serializing_if = "is_default", default)]
    pub execute: Option<Sql>,
    /// PostgreSQL: whether it is a constraint trigger.
    #[serde(skip_serializing_if = "is_default", default)]
    pub constraint: bool,
    /// PostgreSQL: when a constraint trigger fires.
    #[serde(skip_serializing_if = "is_default", default)]
    pub deferrable: Deferrable,
    /// PostgreSQL: the other table of a constraint trigger.
    #[serde(skip_serializing_if = "is_default", default)]
    pub from: Option<ObjectId>,
    /// PostgreSQL: the name of the old rows.
    #[serde(skip_serializing_if = "is_default", default)]
    pub old_table: Option<Name>,
    /// PostgreSQL: the name of the new rows.
    #[serde(skip_serializing_if = "is_default", default)]
    pub new_table: Option<Name>,
    /// PostgreSQL: when it fires at all.
    #[serde(skip_serializing_if = "is_default", default)]
    pub enabled: Enabled,
    /// MySQL: the trigger of the same event that it comes after.
    #[serde(skip_serializing_if = "is_default", default)]
    pub follows: Option<Name>,
    /// What only this database has.
    #[serde(flatten)]
    pub options: Options,
}

/// When a trigger or a rule fires at all (PostgreSQL).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Enabled {
    /// In ordinary sessions.
    #[default]
    Origin,
    /// Never.
    Disabled,
    /// In sessions of replication only.
    Replica,
    /// In every session.
    Always,
}

/// A rewrite rule (PostgreSQL).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The command: `select`, `insert`, `update`, `delete`.
    pub event: String,
    /// The condition under which it holds.
    #[serde(rename = "where", skip_serializing_if = "is_default", default)]
    pub predicate: Option<Sql>,
    /// Whether it takes the place of the command.
    #[serde(skip_serializing_if = "is_default", default)]
    pub instead: bool,
    /// What is done: `nothing`, or commands.
    #[serde(rename = "do")]
    pub action: Sql,
    /// When it holds at all.
    #[serde(skip_serializing_if = "is_default", default)]
    pub enabled: Enabled,
}

/// Statistics over several columns (PostgreSQL).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics {
    /// Its schema, where it is not the table's.
    #[serde(skip_serializing_if = "is_default", default)]
    pub in_schema: Option<Name>,
    /// The kinds: `ndistinct`, `dependencies`, `mcv`; none: all.
    #[serde(skip_serializing_if = "is_default", default)]
    pub kinds: Vec<String>,
    /// Its columns and expressions.
    pub columns: Vec<Part>,
    /// What only this database has.
    #[serde(flatten)]
    pub options: Options,
}

/// What is done when the structure changes (PostgreSQL).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventTrigger {
    /// The event: `ddl_command_end`.
    pub event: String,
    /// The commands it is for; none: all.
    #[serde(skip_serializing_if = "is_default", default)]
    pub tags: Vec<String>,
    /// The function it calls.
    pub execute: Sql,
    /// When it fires at all.
    #[serde(skip_serializing_if = "is_default", default)]
    pub enabled: Enabled,
}

/// What a trigger fires once for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForEach {
    /// Each row.
    Row,
    /// Each statement.
    Statement,
}

impl ForEach {
    /// The word in SQL and TOML, in lower case.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Statement => "statement",
        }
    }
}

/// When a trigger fires.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Timing {
    /// Before the row changes.
    #[default]
    #[serde(rename = "before")]
    Before,
    /// After the row has changed.
    #[serde(rename = "after")]
    After,
    /// In place of the change, on a view.
    #[serde(rename = "instead of")]
    InsteadOf,
}

impl Timing {
    /// The words in SQL and TOML, in lower case.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
            Self::InsteadOf => "instead of",
        }
    }
}

/// What a trigger fires on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A new row.
    Insert,
    /// A changed row; of some columns only, unless none are named.
    Update {
        /// The columns.
        of: Vec<Name>,
    },
    /// A removed row.
    Delete,
    /// A table that is emptied (PostgreSQL).
    Truncate,
}
