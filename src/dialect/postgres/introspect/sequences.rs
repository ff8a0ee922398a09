//! Sequences, and what fills identity columns.

use std::collections::HashMap;

use crate::catalog::{Entry, Generation, Identity, Kind, Numbering, Object, ObjectId, Sequence};
use crate::error::Result;

use super::super::sql::made_up_name;
use super::super::written_out::shorten_numbering;
use super::class;
use super::reader::{Reader, relation_key};
use super::row::Row;

const SEQUENCES: &str = include_str!("../queries/sequences.sql");

/// What fills identity columns, by table and number; whether a row may bring its own stands at the column.
pub(super) type Identities = HashMap<(u32, i16), Identity>;

/// Reads the sequences; those of identity columns are returned.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<Identities> {
    let mut identities = Identities::new();
    for row in reader.run(SEQUENCES)? {
        let (oid, table) = (row.oid("oid")?, row.oid("table")?);
        let column = row.maybe_name("column")?;
        let owner: Option<ObjectId> = reader
            .relation(table)
            .zip(column.as_ref())
            .map(|(table, column)| table.child(Kind::Column, column.clone()));
        let numbering = numbering(&row)?;
        if row.letter("owned")? == 'i' {
            let Some(owner) = owner else { continue };
            let (table_name, column_name) = (owner.root().name().as_str(), owner.name().as_str());
            let made_up = made_up_name(table_name, column_name, "seq");
            let name = Some(row.name("name")?).filter(|name| name.as_str() != made_up);
            let identity = Identity { generation: Generation::Always, name, numbering };
            identities.insert((table, row.get("column_number")?), identity);
            reader.hide(relation_key(oid), owner);
            continue;
        }
        let Some(id) = reader.in_schema(Kind::Sequence, row.oid("namespace")?, row.name("name")?) else { continue };
        reader.note_relation(oid, id.clone());
        if reader.is_member(class::CLASS, oid) {
            continue;
        }
        // The sequence of an unlogged table's column is made unlogged with it, since 15.
        let unlogged = row.letter("persistence")? == 'u';
        let with_table = row.letter("table_persistence")? == 'u' && reader.major >= 15;
        let sequence = Sequence {
            ty: row.type_name("type")?.filter(|ty| ty.as_str() != "bigint"),
            numbering,
            owned_by: owner,
            unlogged: (unlogged != with_table).then_some(unlogged),
        };
        let mut entry = Entry::new(Object::Sequence(sequence), 0);
        entry.owner = Some(reader.role(row.oid("owner")?));
        reader.insert(relation_key(oid), id, entry);
    }
    Ok(identities)
}

/// What is not the default for the type and the direction.
fn numbering(row: &Row) -> Result<Numbering> {
    let mut numbering = Numbering {
        start: Some(row.get("start")?),
        increment: Some(row.get("increment")?),
        minvalue: Some(row.get("minimum")?),
        maxvalue: Some(row.get("maximum")?),
        cache: Some(row.get("cache")?),
        cycle: row.flag("cycle")?,
    };
    shorten_numbering(&mut numbering, &row.text("type")?);
    Ok(numbering)
}
