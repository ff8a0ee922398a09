//! The kinds of object: a closed list, so that the compiler shows every place that a new one must be handled.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Every kind of object, in the order that breaks ties in a plan and sorts a catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The database itself: what new tables inherit (MySQL).
    Database,
    /// A schema.
    Schema,
    /// An extension and, through it, all its members.
    Extension,
    /// An order of strings.
    Collation,
    /// A type with a list of values.
    Enum,
    /// A type of attributes.
    Composite,
    /// An attribute of a composite type.
    Attribute,
    /// A type with conditions.
    Domain,
    /// A type of ranges.
    Range,
    /// A sequence of numbers.
    Sequence,
    /// A function.
    Function,
    /// A procedure.
    Procedure,
    /// An aggregate function.
    Aggregate,
    /// An operator.
    Operator,
    /// Operator classes that go together.
    OperatorFamily,
    /// How an index treats a type.
    OperatorClass,
    /// A way from one type to another.
    Cast,
    /// How words are made searchable.
    TextSearchDictionary,
    /// How texts are made searchable.
    TextSearchConfiguration,
    /// A way to reach other data.
    ForeignDataWrapper,
    /// Another server that is reached.
    ForeignServer,
    /// As whom a role reaches a foreign server.
    UserMapping,
    /// A table with rows of its own.
    Table,
    /// A table whose rows another server has.
    ForeignTable,
    /// A table that a module answers for (SQLite: FTS5, RTREE).
    VirtualTable,
    /// A part of a table that is no table itself (MySQL).
    Partition,
    /// A column of a table.
    Column,
    /// The primary key of a table; at most one.
    PrimaryKey,
    /// A unique constraint.
    Unique,
    /// A check constraint of a table or a domain.
    Check,
    /// A foreign key.
    ForeignKey,
    /// An exclusion constraint.
    Exclusion,
    /// An index that somebody made by a statement of its own.
    Index,
    /// Statistics over several columns.
    Statistics,
    /// A view, materialized or not.
    View,
    /// A rewrite rule of a table or a view.
    Rule,
    /// A trigger of a table or a view.
    Trigger,
    /// A row-level security policy of a table.
    Policy,
    /// What is done when the structure changes.
    EventTrigger,
    /// What is done at set times (MySQL).
    Event,
    /// What is sent to subscribers.
    Publication,
    /// What is received from a publication.
    Subscription,
    /// What a role grants on the objects that it will make.
    DefaultPrivilege,
    /// The same for one kind of object, in one schema or all.
    DefaultGrants,
    /// What one role may do with an object.
    Grant,
}

impl Kind {
    /// All kinds, in order.
    pub const ALL: [Self; 45] = [
        Self::Database,
        Self::Schema,
        Self::Extension,
        Self::Collation,
        Self::Enum,
        Self::Composite,
        Self::Attribute,
        Self::Domain,
        Self::Range,
        Self::Sequence,
        Self::Function,
        Self::Procedure,
        Self::Aggregate,
        Self::Operator,
        Self::OperatorFamily,
        Self::OperatorClass,
        Self::Cast,
        Self::TextSearchDictionary,
        Self::TextSearchConfiguration,
        Self::ForeignDataWrapper,
        Self::ForeignServer,
        Self::UserMapping,
        Self::Table,
        Self::ForeignTable,
        Self::VirtualTable,
        Self::Partition,
        Self::Column,
        Self::PrimaryKey,
        Self::Unique,
        Self::Check,
        Self::ForeignKey,
        Self::Exclusion,
        Self::Index,
        Self::Statistics,
        Self::View,
        Self::Rule,
        Self::Trigger,
        Self::Policy,
        Self::EventTrigger,
        Self::Event,
        Self::Publication,
        Self::Subscription,
        Self::DefaultPrivilege,
        Self::DefaultGrants,
        Self::Grant,
    ];

    /// The word in addresses and in the TOML.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Schema => "schema",
            Self::Extension => "extension",
            Self::Collation => "collation",
            Self::Enum => "enum",
            Self::Composite => "composite",
            Self::Attribute => "attribute",
            Self::Domain => "domain",
            Self::Range => "range",
            Self::Sequence => "sequence",
            Self::Function => "function",
            Self::Procedure => "procedure",
            Self::Aggregate => "aggregate",
            Self::Operator => "operator",
            Self::OperatorFamily => "operator_family",
            Self::OperatorClass => "operator_class",
            Self::Cast => "cast",
            Self::TextSearchDictionary => "text_search_dictionary",
            Self::TextSearchConfiguration => "text_search_configuration",
            Self::ForeignDataWrapper => "foreign_data_wrapper",
            Self::ForeignServer => "foreign_server",
            Self::UserMapping => "user_mapping",
            Self::Table => "table",
            Self::ForeignTable => "foreign_table",
            Self::VirtualTable => "virtual_table",
            Self::Partition => "partition",
            Self::Column => "column",
            Self::PrimaryKey => "primary_key",
            Self::Unique => "unique",
            Self::Check => "check",
            Self::ForeignKey => "foreign_key",
            Self::Exclusion => "exclusion",
            Self::Index => "index",
            Self::Statistics => "statistics",
            Self::View => "view",
            Self::Rule => "rule",
            Self::Trigger => "trigger",
            Self::Policy => "policy",
            Self::EventTrigger => "event_trigger",
            Self::Event => "event",
            Self::Publication => "publication",
            Self::Subscription => "subscription",
            Self::DefaultPrivilege => "default_privilege",
            Self::DefaultGrants => "default_grants",
            Self::Grant => "grant",
        }
    }

    /// The words for people: `virtual table`.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Composite => "composite type",
            Self::Range => "range type",
            Self::OperatorFamily => "operator family",
            Self::OperatorClass => "operator class",
            Self::TextSearchDictionary => "text search dictionary",
            Self::TextSearchConfiguration => "text search configuration",
            Self::ForeignDataWrapper => "foreign-data wrapper",
            Self::ForeignServer => "foreign server",
            Self::UserMapping => "user mapping",
            Self::ForeignTable => "foreign table",
            Self::VirtualTable => "virtual table",
            Self::PrimaryKey => "primary key",
            Self::Unique => "unique constraint",
            Self::ForeignKey => "foreign key",
            Self::Exclusion => "exclusion constraint",
            Self::EventTrigger => "event trigger",
            Self::DefaultPrivilege => "default privilege",
            Self::DefaultGrants => "default privileges",
            _ => self.word(),
        }
    }

    /// Whether it stands on its own in the TOML, not below another object.
    pub const fn is_top_level(self) -> bool {
        !matches!(
            self,
            Self::Attribute
                | Self::UserMapping
                | Self::Partition
                | Self::Column
                | Self::PrimaryKey
                | Self::Unique
                | Self::Check
                | Self::ForeignKey
                | Self::Exclusion
                | Self::Index
                | Self::Statistics
                | Self::Rule
                | Self::Trigger
                | Self::Policy
                | Self::DefaultGrants
                | Self::Grant
        )
    }

    /// Whether it is one of those that the types they take tell apart.
    pub const fn is_routine(self) -> bool {
        matches!(self, Self::Function | Self::Procedure | Self::Aggregate)
    }

    /// Whether it is part of its table's own definition, as against an object beside it.
    pub const fn is_part_of_table(self) -> bool {
        matches!(
            self,
            Self::Column
                | Self::PrimaryKey
                | Self::Unique
                | Self::Check
                | Self::ForeignKey
                | Self::Exclusion
                | Self::Partition
        )
    }

    /// Whether an object of this kind holds rows or values that a drop would lose.
    pub const fn holds_data(self) -> bool {
        matches!(
            self,
            Self::Table | Self::VirtualTable | Self::Column | Self::Sequence | Self::Partition | Self::Attribute
        )
    }

    /// Whether its name is looked for in a schema, so that the TOML splits its key at dots.
    pub const fn lives_in_schema(self) -> bool {
        matches!(
            self,
            Self::Collation
                | Self::Enum
                | Self::Composite
                | Self::Domain
                | Self::Range
                | Self::Sequence
                | Self::Function
                | Self::Procedure
                | Self::Aggregate
                | Self::Operator
                | Self::OperatorFamily
                | Self::OperatorClass
                | Self::TextSearchDictionary
                | Self::TextSearchConfiguration
                | Self::Table
                | Self::ForeignTable
                | Self::View
        )
    }

    /// Whether there is only one of it below its parent, so that its address needs no name.
    pub const fn is_nameless(self) -> bool {
        matches!(self, Self::PrimaryKey | Self::Database)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
