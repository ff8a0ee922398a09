//! Tables, foreign tables and views; what belongs to them is read after them.

use std::collections::HashMap;

use crate::catalog::{
    Entry, ForeignTable, Kind, Name, Object, ObjectId, OptionKey, Parameters, ReplicaIdentity, Table, View,
};
use crate::error::Result;

use super::super::options::{set_bool, set_text};
use super::others::settings;
use super::reader::{Reader, relation_key};
use super::row::Row;
use super::{class, columns, constraints, indexes, policies, rewrite, sequences, statistics, text, triggers};

const RELATIONS: &str = include_str!("../queries/relations.sql");
const INHERITS: &str = include_str!("../queries/inherits.sql");

/// Which relation takes over from which, in order; indexes too.
pub(super) type Parents = HashMap<u32, Vec<u32>>;

/// Reads all relations and what belongs to them.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    let mut parents = Parents::new();
    for row in reader.run(INHERITS)? {
        parents.entry(row.oid("child")?).or_default().push(row.oid("parent")?);
    }
    let rows = reader.run(RELATIONS)?;
    for row in &rows {
        let kind = match row.letter("kind")? {
            'f' => Kind::ForeignTable,
            'v' | 'm' => Kind::View,
            _ => Kind::Table,
        };
        if let Some(id) = reader.in_schema(kind, row.oid("namespace")?, row.name("name")?) {
            reader.note_relation(row.oid("oid")?, id);
        }
    }
    for row in &rows {
        relation(reader, row, &parents)?;
    }
    let identities = sequences::read(reader)?;
    let columns = columns::read(reader, &parents, identities)?;
    let indexes = indexes::read(reader)?;
    constraints::read(reader, &columns, &indexes)?;
    indexes::insert(reader, &indexes, &parents);
    statistics::read(reader)?;
    rewrite::read(reader)?;
    triggers::read(reader, &columns)?;
    policies::read(reader)
}

fn relation(reader: &mut Reader<'_>, row: &Row, parents: &Parents) -> Result<()> {
    let oid = row.oid("oid")?;
    let Some(id) = reader.relation(oid).cloned() else { return Ok(()) };
    if reader.is_member(class::CLASS, oid) {
        return Ok(());
    }
    let above: Vec<ObjectId> =
        parents.get(&oid).into_iter().flatten().filter_map(|parent| reader.relation(*parent)).cloned().collect();
    let is_partition = row.flag("is_partition")?;
    let (inherits, partition_of) = if is_partition { (Vec::new(), above.into_iter().next()) } else { (above, None) };
    let values = row.maybe_text("bound")?.map(|bound| text::partition(&bound));
    let mut with = text::parameters(&row.texts("options")?);
    with.extend(
        text::parameters(&row.texts("toast_options")?).into_iter().map(|(key, value)| (format!("toast.{key}"), value)),
    );
    let object = match row.letter("kind")? {
        'f' => Object::ForeignTable(ForeignTable {
            server: row.maybe_name("server")?.unwrap_or_default(),
            options: settings(&[id.name().as_str()], &row.texts("foreign_options")?),
            inherits,
            partition_of,
            values,
        }),
        kind @ ('v' | 'm') => Object::View(view(row, kind == 'm', with)?),
        _ => Object::Table(table(row, Table { inherits, partition_of, values, with, ..Table::default() })?),
    };
    let mut entry = Entry::new(object, 0);
    entry.owner = Some(reader.role(row.oid("owner")?));
    for hidden in [row.oid("row_type")?, row.oid("row_array_type")?] {
        if hidden != 0 {
            reader.hide((class::TYPE, hidden, 0), id.clone());
        }
    }
    reader.insert(relation_key(oid), id, entry);
    Ok(())
}

fn table(row: &Row, mut table: Table) -> Result<Table> {
    table.of_type = row.type_name("of_type")?;
    table.partition_by = row.maybe_text("partition_by")?.map(|key| text::partition(&key));
    table.replica_identity = match row.letter("replica_identity")? {
        'f' => ReplicaIdentity::Full,
        'n' => ReplicaIdentity::Nothing,
        // The index is filled in when it is read.
        _ => ReplicaIdentity::Default,
    };
    let options = &mut table.options;
    set_bool(options, Kind::Table, OptionKey::Unlogged, row.letter("persistence")? == 'u');
    set_bool(options, Kind::Table, OptionKey::RowLevelSecurity, row.flag("row_security")?);
    set_bool(options, Kind::Table, OptionKey::ForceRowLevelSecurity, row.flag("force_row_security")?);
    set_text(options, Kind::Table, OptionKey::AccessMethod, row.maybe_text("access_method")?);
    set_text(options, Kind::Table, OptionKey::Tablespace, row.maybe_text("tablespace")?);
    Ok(table)
}

fn view(row: &Row, materialized: bool, mut with: Parameters) -> Result<View> {
    let check_option = with.shift_remove("check_option");
    let mut view = View { query: text::query(&row.text("query")?), materialized, with, ..View::default() };
    set_text(&mut view.options, Kind::View, OptionKey::CheckOption, check_option);
    if materialized {
        set_text(&mut view.options, Kind::View, OptionKey::AccessMethod, row.maybe_text("access_method")?);
        set_text(&mut view.options, Kind::View, OptionKey::Tablespace, row.maybe_text("tablespace")?);
    }
    Ok(view)
}

/// The object that something belongs to, unless that is not read or an extension's.
pub(super) fn owner_of(reader: &Reader<'_>, row: &Row) -> Result<Option<ObjectId>> {
    Ok(reader.object(relation_key(row.oid("relation")?)).cloned())
}

/// Says of a table or a materialized view what an index of it says.
pub(super) fn mark(reader: &mut Reader<'_>, relation: u32, clustered: bool, identity: bool, index: &Name) {
    let Some(entry) = reader.entry_mut(relation_key(relation)) else { return };
    if let Object::Table(table) = &mut entry.object {
        if clustered {
            table.cluster_on = Some(index.clone());
        }
        if identity && table.replica_identity == ReplicaIdentity::Default {
            table.replica_identity = ReplicaIdentity::Index(index.clone());
        }
    } else if let (Object::View(view), true) = (&mut entry.object, clustered) {
        view.cluster_on = Some(index.clone());
    }
}
