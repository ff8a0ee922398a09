//! The sections that trueup does not manage yet, so that an error can say whose they are.

use super::Databases;

const PG: Databases = Databases::POSTGRES;

/// The word, the databases that have it, and one sentence.
pub(in crate::document) static LATER: &[(&str, Databases, &str)] = &[
    ("package", Databases::MARIADB, "A package of routines."),
    ("text_search_parser", PG, "How texts become words."),
    ("text_search_template", PG, "What dictionaries are made from."),
    ("access_method", PG, "A way to keep tables or indexes."),
    ("conversion", PG, "A way from one encoding to another."),
    ("language", PG, "A procedural language."),
    ("transform", PG, "How a type enters a procedural language."),
];
