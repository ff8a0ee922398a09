//! `[operator.x]`, its families and classes, `[cast.x]`, and text search.

use crate::catalog::Kind;

use super::space::section;
use super::{COMMON, Databases, Key, OWNED, Section, Shape};

const PG: Databases = Databases::POSTGRES;

section!(pub(super) OPERATOR, "operator", "operator", Operator, PG, "An operator; the key has its operands: \"+(a, b)\".", ["function"], &[
    Key::field("function", Shape::Sql, "The function that computes it."),
    Key::field("commutator", Shape::Sql, "The operator that does the same with its operands exchanged."),
    Key::field("negator", Shape::Sql, "The operator that gives the opposite."),
    Key::field("restrict", Shape::Sql, "How many rows the planner expects."),
    Key::field("join", Shape::Sql, "How many rows of a join the planner expects."),
    Key::field("hashes", Shape::Bool, "Whether a hash join may use it."),
    Key::field("merges", Shape::Bool, "Whether a merge join may use it."),
]);
section!(pub(super) OPERATOR_FAMILY, "operator_family", "operator family", OperatorFamily, PG, "Operator classes that go together: \"name using btree\".", [], &[
    Key::field("operators", Shape::Sqls, "Operators that belong to no class: \"1 =(integer, bigint)\"."),
    Key::field("functions", Shape::Sqls, "Functions that belong to no class."),
]);
section!(pub(super) OPERATOR_CLASS, "operator_class", "operator class", OperatorClass, PG, "How an index treats a type: \"name using btree\".", ["for_type"], &[
    Key::field("for_type", Shape::Type, "The type."),
    Key::field("default", Shape::Bool, "Whether it is the type's own."),
    Key::field("family", Shape::Sql, "The family, where it has not the class's name."),
    Key::field("storage", Shape::Type, "The type that is kept, where it is another."),
    Key::field("operators", Shape::Sqls, "The operators: \"1 <\"."),
    Key::field("functions", Shape::Sqls, "The support functions: \"1 btint4cmp(integer, integer)\"."),
]);
section!(pub(super) CAST, "cast", "cast", Cast, PG, "A way from one type to another: \"a as b\".", [], &[
    Key::field("function", Shape::Sql, "The function that converts; without: the bytes stay as they are."),
    Key::field("inout", Shape::Bool, "Whether it goes by the text."),
    Key::field("context", Shape::Words(&["explicit", "assignment", "implicit"]), "Where it is used unasked."),
]);
section!(pub(super) DICTIONARY, "text_search_dictionary", "text search dictionary", TextSearchDictionary, PG, "How words are made searchable.", ["template"], &[
    Key::field("template", Shape::Sql, "What it is made from."),
    Key::field("options", Shape::Settings, "Its options."),
]);
section!(pub(super) CONFIGURATION, "text_search_configuration", "text search configuration", TextSearchConfiguration, PG, "How texts are made searchable.", ["parser"], &[
    Key::field("parser", Shape::Sql, "How texts become words."),
    Key::field("mapping", Shape::Mapping, "The dictionaries of each kind of word."),
]);
