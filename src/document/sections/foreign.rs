//! Data of other servers: wrappers, servers, user mappings, foreign tables, publications, subscriptions.

use crate::catalog::Kind;

use super::column::COLUMN;
use super::constraint::CHECK;
use super::space::section;
use super::table::{INHERITS, PARTITION_OF, VALUES};
use super::trigger::TRIGGER;
use super::{COMMON, Databases, Key, KeyIndex, OWNED, Section, Shape};

const PG: Databases = Databases::POSTGRES;
const OPTIONS: Key = Key::field("options", Shape::Settings, "Its options; a secret is { env = \"VARIABLE\" }.");

section!(pub(super) WRAPPER, "foreign_data_wrapper", "foreign-data wrapper", ForeignDataWrapper, PG, "A way to reach other data.", [], &[
    Key::field("handler", Shape::Sql, "The function that plans and runs."),
    Key::field("validator", Shape::Sql, "The function that checks options."),
    OPTIONS,
]);
section!(pub(super) SERVER, "foreign_server", "foreign server", ForeignServer, PG, "Another server that is reached.", ["wrapper"], &[
    Key::field("wrapper", Shape::Label, "How it is reached."),
    Key::field("type", Shape::Text, "Its type."),
    Key::field("version", Shape::Text, "Its version."),
    OPTIONS,
    Key::new("user_mapping", Shape::Children(&USER_MAPPING), "As whom roles reach it, by role."),
]);
pub(super) static USER_MAPPING: Section = Section {
    word: "user_mapping",
    noun: "user mapping",
    kind: Some(Kind::UserMapping),
    on: PG,
    doc: "As whom a role reaches a foreign server.",
    short: None,
    required: &[],
    index: KeyIndex::new(),
    keys: &[&[OPTIONS], COMMON],
};
section!(pub(super) FOREIGN_TABLE, "foreign_table", "foreign table", ForeignTable, PG, "A table of another server.", ["server"], &[
    Key::field("server", Shape::Label, "The server."),
    OPTIONS,
    INHERITS,
    PARTITION_OF,
    VALUES,
    Key::new("column", Shape::Children(&COLUMN), "The columns, in their order."),
    Key::new("check", Shape::Children(&CHECK), "The conditions on every row, by name."),
    Key::new("trigger", Shape::Children(&TRIGGER), "The triggers, by name."),
]);
section!(pub(super) PUBLICATION, "publication", "publication", Publication, PG, "What is sent to subscribers.", [], &[
    Key::field("all_tables", Shape::Bool, "Whether all tables are."),
    Key::field("tables", Shape::Records(PUBLISHED), "The tables: \"a\", or { table = \"b\", columns = [\"id\"], where = \"x > 0\" }."),
    Key::field("schemas", Shape::Names, "The schemas whose tables are."),
    Key::field("with", Shape::Settings, "Further parameters."),
]);
static PUBLISHED: &[Key] = &[
    Key::field("table", Shape::Table, "The table."),
    Key::field("columns", Shape::Names, "Its columns that are sent."),
    Key::field("where", Shape::Sql, "Which of its rows are sent."),
];
section!(pub(super) SUBSCRIPTION, "subscription", "subscription", Subscription, PG, "What is received from a publication.", [], &[
    Key::field("connection", Shape::Setting, "How the publisher is reached: { env = \"VARIABLE\" }."),
    Key::field("publications", Shape::Texts, "What is received."),
    Key::new("enabled", Shape::Not, "Whether it works.").stored_as("disabled"),
    Key::field("with", Shape::Settings, "Further parameters."),
]);
