//! The sections of databases that trueup does not manage yet, so that an error can say whose they are.

use super::Databases;

const PG: Databases = Databases::POSTGRES;

/// The word, the databases that have it, and one sentence.
pub(in crate::document) static LATER: &[(&str, Databases, &str)] = &[
    ("schema", PG, "A schema."),
    ("extension", PG, "An extension."),
    ("enum", PG, "A type with a list of values."),
    ("domain", PG, "A type with conditions."),
    ("composite", PG, "A type with attributes."),
    ("range", PG, "A type of ranges."),
    ("sequence", PG.or(Databases::MARIADB), "A sequence of numbers."),
    ("function", PG.or(Databases::MYSQL), "A function."),
    ("procedure", PG.or(Databases::MYSQL), "A procedure."),
    ("aggregate", PG, "An aggregate function."),
    ("package", Databases::MARIADB, "A package of routines."),
    ("default_privilege", PG, "What roles may do with objects that are made later."),
    ("event_trigger", PG, "A trigger on changes of the structure."),
    ("event", Databases::MYSQL, "Something that is done at set times."),
    ("publication", PG, "What is sent to subscribers."),
    ("subscription", PG, "What is received from a publication."),
    ("foreign_data_wrapper", PG, "A way to reach other data."),
    ("foreign_server", PG, "Another server that is reached."),
    ("foreign_table", PG, "A table of another server."),
    ("collation", PG, "An order of strings."),
    ("text_search_configuration", PG, "How texts are made searchable."),
    ("text_search_dictionary", PG, "How words are made searchable."),
    ("text_search_parser", PG, "How texts become words."),
    ("text_search_template", PG, "What dictionaries are made from."),
    ("cast", PG, "A way from one type to another."),
    ("operator", PG, "An operator."),
    ("operator_class", PG, "How an index treats a type."),
    ("operator_family", PG, "Operator classes that go together."),
    ("access_method", PG, "A way to keep tables or indexes."),
    ("conversion", PG, "A way from one encoding to another."),
    ("language", PG, "A procedural language."),
    ("transform", PG, "How a type enters a procedural language."),
    ("database", Databases::MYSQL, "The database's own character set and collation."),
];
