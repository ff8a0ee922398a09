//! Objects as the statements that make them.

mod column;
mod constraint;
mod index;
mod options;
mod partition;
mod programs;
mod table;

pub(super) use column::{column, has_expression_as_default, is_text, modified_column};
pub(super) use constraint::{check, foreign_key};
pub(super) use index::{index, primary_key};
pub(super) use options::{of_table, reset_of_table};
pub(super) use partition::{partition, partition_by, partitions};
pub(super) use programs::{
    can_say_not_preserve, characteristics, database, event, grant, routine, sequence, trigger, view,
};
pub(super) use table::{add_period, period_name, table};

use crate::catalog::{ObjectId, OptionKey, Options};

use super::sql::{qualified, quote, string};

/// The name of a table, with its database where that is another.
pub(super) fn name(id: &ObjectId) -> String {
    match id.schema() {
        Some(database) => qualified(database.as_str(), id.name().as_str()),
        None => quote(id.name().as_str()),
    }
}

/// What engines keep with a column or a key.
fn attributes(options: &Options) -> String {
    let words = [
        (OptionKey::EngineAttribute, "ENGINE_ATTRIBUTE"),
        (OptionKey::SecondaryEngineAttribute, "SECONDARY_ENGINE_ATTRIBUTE"),
    ];
    let said = words.into_iter().filter_map(|(key, word)| Some(format!(" {word} {}", string(options.word(key)?))));
    said.collect()
}
