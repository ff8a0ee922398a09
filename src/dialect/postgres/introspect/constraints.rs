//! Constraints of tables and domains.

use crate::catalog::{
    Action, Check, Deferrable, Entry, Exclusion, ForeignKey, Kind, Object, ObjectId, OptionKey, Options, PrimaryKey,
    Sql, Unique,
};
use crate::error::Result;

use super::super::options::set_text;
use super::super::sql::made_up_name;
use super::class;
use super::columns::ColumnNames;
use super::indexes::{IndexRead, Indexes};
use super::reader::{Reader, relation_key};
use super::row::Row;

const CONSTRAINTS: &str = include_str!("../queries/constraints.sql");

/// Reads the constraints. What comes from the table above is no object.
pub(super) fn read(reader: &mut Reader<'_>, columns: &ColumnNames, indexes: &Indexes) -> Result<()> {
    for row in reader.run(CONSTRAINTS)? {
        let oid = row.oid("oid")?;
        let key = (class::CONSTRAINT, oid, 0);
        let of = match row.oid("relation")? {
            0 => (class::TYPE, row.oid("domain")?, 0),
            relation => relation_key(relation),
        };
        let Some(of) = reader.object(of).cloned() else { continue };
        let index_oid = row.oid("index")?;
        let kind = row.letter("kind")?;
        // A foreign key to a partitioned table has more of itself for each partition; they are local, some of them.
        let is_own = if kind == 'f' { row.oid("parent")? == 0 } else { row.flag("is_local")? };
        let object = match (is_own, indexes.get(&index_oid)) {
            (false, _) => None,
            (true, Some(index)) if kind == 'p' => Some(primary_key(&row, &of, index)?),
            (true, Some(index)) if kind == 'u' => Some(unique(&row, &of, index)?),
            (true, Some(index)) if kind == 'x' => Some(exclusion(&row, &of, index)?),
            (true, _) if kind == 'f' => foreign_key(reader, &row, &of, columns)?,
            (true, _) if kind == 'c' => Some(check(&row, &of)?),
            (true, _) => None,
        };
        // What comes from above stays unknown: that this table refers to its parent's key is no reference of its own.
        let Some((id, object)) = object else { continue };
        if kind != 'f' && index_oid != 0 {
            reader.hide(relation_key(index_oid), id.clone());
        }
        reader.insert(key, id, Entry::new(object, 0));
    }
    Ok(())
}

type Found = (ObjectId, Object);

fn deferrable(row: &Row) -> Result<Deferrable> {
    Ok(match (row.flag("deferrable")?, row.flag("deferred")?) {
        (_, true) => Deferrable::Deferred,
        (true, false) => Deferrable::Immediate,
        (false, false) => Deferrable::No,
    })
}

fn options(kind: Kind, index: &IndexRead) -> Options {
    let mut options = Options::default();
    set_text(&mut options, kind, OptionKey::Tablespace, index.tablespace.clone());
    options
}

fn primary_key(row: &Row, table: &ObjectId, index: &IndexRead) -> Result<Found> {
    let made_up = made_up_name(table.name().as_str(), "", "pkey");
    let key = PrimaryKey {
        name: Some(row.name("name")?).filter(|name| name.as_str() != made_up),
        columns: index.columns.clone(),
        include: index.include.clone(),
        without_overlaps: row.flag("period")?,
        deferrable: deferrable(row)?,
        with: index.with.clone(),
        options: options(Kind::PrimaryKey, index),
    };
    Ok((table.primary_key(), Object::PrimaryKey(key)))
}

fn unique(row: &Row, table: &ObjectId, index: &IndexRead) -> Result<Found> {
    let unique = Unique {
        unnamed: false,
        columns: index.columns.clone(),
        include: index.include.clone(),
        without_overlaps: row.flag("period")?,
        nulls_not_distinct: index.nulls_not_distinct,
        deferrable: deferrable(row)?,
        with: index.with.clone(),
        options: options(Kind::Unique, index),
    };
    Ok((table.child(Kind::Unique, row.name("name")?), Object::Unique(unique)))
}

fn exclusion(row: &Row, table: &ObjectId, index: &IndexRead) -> Result<Found> {
    let mut columns = index.columns.clone();
    for (part, operator) in columns.iter_mut().zip(row.texts("operators")?) {
        part.operator = Some(Sql::new(operator.as_str(), operator.as_str()));
    }
    let exclusion = Exclusion {
        method: index.method.clone(),
        columns,
        include: index.include.clone(),
        predicate: index.predicate.clone(),
        deferrable: deferrable(row)?,
        with: index.with.clone(),
        options: options(Kind::Exclusion, index),
    };
    Ok((table.child(Kind::Exclusion, row.name("name")?), Object::Exclusion(exclusion)))
}

fn check(row: &Row, of: &ObjectId) -> Result<Found> {
    let enforced = row.flag("enforced")?;
    let check = Check {
        unnamed: false,
        sql: row.expression("condition")?.unwrap_or_default(),
        no_inherit: row.flag("no_inherit")? && of.kind() != Kind::Domain,
        // What is not enforced is never validated either.
        not_valid: enforced && !row.flag("validated")?,
        not_enforced: !enforced,
    };
    Ok((of.child(Kind::Check, row.name("name")?), Object::Check(check)))
}

fn foreign_key(reader: &Reader<'_>, row: &Row, table: &ObjectId, names: &ColumnNames) -> Result<Option<Found>> {
    let (relation, referred) = (row.oid("relation")?, row.oid("references")?);
    let Some(references) = reader.relation(referred).cloned() else { return Ok(None) };
    let numbers = |column: &str| row.get::<Option<Vec<i16>>>(column).map(Option::unwrap_or_default);
    let enforced = row.flag("enforced")?;
    let key = ForeignKey {
        unnamed: false,
        columns: names.of(relation, &numbers("columns")?),
        references,
        ref_columns: names.of(referred, &numbers("ref_columns")?),
        on_delete: action(row.letter("on_delete")?),
        on_update: action(row.letter("on_update")?),
        matching: (row.letter("matching")? == 'f').then(|| "full".to_owned()),
        deferrable: deferrable(row)?,
        on_delete_columns: names.of(relation, &numbers("on_delete_columns")?),
        not_valid: enforced && !row.flag("validated")?,
        not_enforced: !enforced,
        period: row.flag("period")?,
    };
    Ok(Some((table.child(Kind::ForeignKey, row.name("name")?), Object::ForeignKey(key))))
}

fn action(letter: char) -> Action {
    match letter {
        'r' => Action::Restrict,
        'c' => Action::Cascade,
        'n' => Action::SetNull,
        'd' => Action::SetDefault,
        _ => Action::NoAction,
    }
}
