//! What a table and a function have from the database where they say no collation of their own. They keep it when the
//! database gets another one, so what goes without saying now has to be said then.

use crate::catalog::{Catalog, Object, ObjectId, OptionKey, OptionValue, Routine, Sql};
use crate::error::Result;

use super::introspect::{Defaults, database_id, defaults};
use super::parse::charset_of;
use super::query::Link;
use super::render;

/// The defaults that are desired.
pub(super) fn desired(defaults: &Defaults, desired: &Catalog) -> Defaults {
    let Some(collation) = collation(desired, defaults) else { return defaults.clone() };
    Defaults { charset: charset_of(&collation).to_owned(), collation, ..defaults.clone() }
}

/// The collation of a database as its options say it.
fn collation(catalog: &Catalog, defaults: &Defaults) -> Option<String> {
    let Some(Object::Database(database)) = catalog.object(&database_id()) else { return None };
    defaults.collation_of(&database.options)
}

/// The live catalog as it reads once the database has the collation that is desired; none where it has it.
pub(super) fn under_new_defaults(link: &mut Link<'_>, live: &Catalog, desired: &Catalog) -> Result<Option<Catalog>> {
    let database = database_id();
    if live.object(&database) == desired.object(&database) {
        return Ok(None);
    }
    let defaults = defaults(link)?;
    let (Some(was), Some(is)) = (collation(live, &defaults), collation(desired, &defaults)) else { return Ok(None) };
    if was == is {
        return Ok(None);
    }
    let mut restated = live.clone();
    let ids: Vec<ObjectId> = live.iter().map(|(id, _)| id).filter(|id| id.parent().is_none()).cloned().collect();
    for id in ids {
        match restated.get_mut(&id).map(|entry| &mut entry.object) {
            Some(Object::Table(table)) => match table.options.word(OptionKey::Collation) {
                Some(own) if own == is => {
                    table.options.clear(OptionKey::Collation);
                }
                Some(_) => {}
                None => table.options.put(OptionKey::Collation, OptionValue::Text(was.clone())),
            },
            Some(Object::Function(Routine { returns: Some(returns), .. })) if says_no_charset(returns) => {
                let text = format!("{} CHARSET {} COLLATE {was}", returns.as_str(), charset_of(&was));
                *returns = Sql::new(text.as_str(), text.to_lowercase());
            }
            _ => {}
        }
    }
    Ok(Some(restated))
}

fn says_no_charset(returns: &Sql) -> bool {
    let text = returns.canonical();
    render::is_text(text) && !text.contains(" char") && !text.contains(" collate ")
}
