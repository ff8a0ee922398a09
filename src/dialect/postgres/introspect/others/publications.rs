//! Publications, with the tables and schemas in them.

use std::collections::BTreeMap;

use crate::catalog::{Kind, Name, Object, ObjectId, Publication, Published, Setting, Settings};
use crate::error::Result;

use super::super::class;
use super::super::reader::Reader;
use super::super::row::Row;
use super::owned;

const PUBLICATIONS: &str = include_str!("../../queries/publications.sql");
const TABLES: &str = include_str!("../../queries/publication_tables.sql");
const SCHEMAS: &str = include_str!("../../queries/publication_schemas.sql");

pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    if !reader.is_whole() {
        return Ok(());
    }
    let mut publications = BTreeMap::new();
    for row in reader.run(PUBLICATIONS)? {
        let oid = row.oid("oid")?;
        if reader.is_member(class::PUBLICATION, oid) {
            continue;
        }
        let publication =
            Publication { all_tables: row.flag("all_tables")?, with: with(&row)?, ..Publication::default() };
        let id = ObjectId::top(Kind::Publication, None, row.name("name")?);
        publications.insert(oid, (id, reader.role(row.oid("owner")?), publication));
    }
    if publications.is_empty() {
        return Ok(());
    }
    for row in reader.run(TABLES)? {
        let Some((id, _, publication)) = publications.get_mut(&row.oid("publication")?) else { continue };
        let Some(table) = reader.relation(row.oid("relation")?).cloned() else { continue };
        let columns = row.texts("columns")?.into_iter().map(Name::exact).collect();
        publication.tables.push(Published { table, columns, predicate: row.expression("predicate")? });
        reader.hide((class::PUBLICATION_REL, row.oid("oid")?, 0), id.clone());
    }
    if reader.major >= 15 {
        for row in reader.run(SCHEMAS)? {
            let Some((id, _, publication)) = publications.get_mut(&row.oid("publication")?) else { continue };
            publication.schemas.push(row.name("name")?);
            reader.hide((class::PUBLICATION_NAMESPACE, row.oid("oid")?, 0), id.clone());
        }
    }
    for (oid, (id, owner, mut publication)) in publications {
        publication.tables.sort();
        publication.schemas.sort();
        reader.insert((class::PUBLICATION, oid, 0), id, owned(Object::Publication(publication), owner));
    }
    Ok(())
}

/// The parameters that have not their defaults.
fn with(row: &Row) -> Result<Settings> {
    let mut with = Settings::new();
    let mut set = |parameter: &str, value: String| with.insert(parameter.to_owned(), Setting::Plain(value));
    let publish = row.texts("publish")?;
    if publish.len() < 4 {
        set("publish", publish.join(", "));
    }
    if row.flag("via_root")? {
        set("publish_via_partition_root", "true".to_owned());
    }
    if row.letter("generated")? == 's' {
        set("publish_generated_columns", "stored".to_owned());
    }
    Ok(with)
}
