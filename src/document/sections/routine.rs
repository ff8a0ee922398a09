//! `[function.x]`, `[procedure.x]`, `[aggregate.x]`, `[event.x]`.

use crate::catalog::Kind;

use super::space::section;
use super::{COMMON, Databases, Key, OWNED, SIGNED, Section, Shape};

const PG: Databases = Databases::POSTGRES;
const MY: Databases = Databases::MYSQL;

static KEYS: &[Key] = &[
    Key::field("arguments", Shape::Sql, "The arguments, with names, modes and defaults."),
    Key::field("returns", Shape::Type, "The result: a type, \"setof t\", \"table(a integer)\"."),
    Key::field("language", Shape::Text, "The language of the body.").only(PG),
    Key::field("strict", Shape::Bool, "Whether NULL is returned at once where an argument is NULL.").only(PG),
    Key::field("leakproof", Shape::Bool, "Whether it tells nothing of its arguments.").only(PG),
    Key::field("window", Shape::Bool, "Whether it is a window function.").only(PG),
    Key::field("cost", Shape::Digits, "What a call costs.").only(PG),
    Key::field("rows", Shape::Digits, "How many rows it gives.").only(PG),
    Key::field("support", Shape::Sql, "The planner's support function.").only(PG),
    Key::field("set", Shape::Params, "Settings that hold while it runs.").only(PG),
    Key::field("transform", Shape::Types, "The types for which transforms are used.").only(PG),
    Key::field("library", Shape::Text, "The library of a C function.").only(PG),
    Key::field("symbol", Shape::Text, "Its symbol in the library.").only(PG),
    Key::field("body", Shape::Body, "The body; one that begins with BEGIN ATOMIC or RETURN is SQL's own."),
];

section!(pub(super) FUNCTION, "function", "function", Function, PG.or(MY), "A function.", [], KEYS, SIGNED);
section!(pub(super) PROCEDURE, "procedure", "procedure", Procedure, PG.or(MY), "A procedure.", [], KEYS, SIGNED);
section!(pub(super) AGGREGATE, "aggregate", "aggregate", Aggregate, PG, "An aggregate function.", [], &[
    Key::field("arguments", Shape::Sql, "The arguments, where the key does not say them all."),
], SIGNED);
section!(pub(super) EVENT, "event", "event", Event, MY, "Something that is done at set times.", ["schedule", "body"], &[
    Key::field("schedule", Shape::Sql, "When: \"every 1 day\", \"at '2030-01-01 00:00:00'\"."),
    Key::field("starts", Shape::Text, "From when on."),
    Key::field("ends", Shape::Text, "Until when."),
    Key::field("body", Shape::Body, "What is done."),
]);
