//! Indexes, and the parts of keys that constraints have from theirs.

use std::collections::BTreeMap;

use crate::catalog::{
    Entry, Index, Kind, Name, Nulls, Object, ObjectId, OptionKey, Order, Parameters, Part, PartOf, Sql,
};
use crate::error::Result;

use super::super::options::set_text;
use super::super::sql::{made_up_name, string};
use super::reader::{Reader, relation_key};
use super::relations::{Parents, mark};
use super::row::Row;
use super::text;

const INDEXES: &str = include_str!("../queries/indexes.sql");
const INDEX_PARTS: &str = include_str!("../queries/index_parts.sql");

/// The indexes by oid.
pub(super) type Indexes = BTreeMap<u32, IndexRead>;

/// One index as the server has it.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the catalog")]
pub(super) struct IndexRead {
    relation: u32,
    name: Name,
    /// The access method, unless it is btree.
    pub(super) method: Option<String>,
    pub(super) columns: Vec<Part>,
    pub(super) include: Vec<Name>,
    pub(super) predicate: Option<Sql>,
    pub(super) nulls_not_distinct: bool,
    pub(super) with: Parameters,
    pub(super) tablespace: Option<String>,
    is_unique: bool,
    is_invalid: bool,
    is_clustered: bool,
    is_replica_identity: bool,
    of_constraint: bool,
    has_comment: bool,
    /// The names of its own columns, of which the server makes up the names of parts.
    own_columns: Vec<String>,
}

/// Reads all indexes, those of constraints too.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<Indexes> {
    let mut indexes = Indexes::new();
    for row in reader.run(INDEXES)? {
        indexes.insert(row.oid("oid")?, index(&row)?);
    }
    for row in reader.run(INDEX_PARTS)? {
        let Some(index) = indexes.get_mut(&row.oid("index")?) else { continue };
        index.own_columns.push(row.text("index_column")?);
        if row.flag("is_included")? {
            index.include.extend(row.maybe_name("column")?);
        } else {
            index.columns.push(part(&row)?);
        }
    }
    Ok(indexes)
}

fn index(row: &Row) -> Result<IndexRead> {
    Ok(IndexRead {
        relation: row.oid("relation")?,
        name: row.name("name")?,
        method: row.maybe_text("method")?.filter(|method| method != "btree"),
        predicate: row.expression("condition")?,
        nulls_not_distinct: row.flag("nulls_not_distinct")?,
        with: text::parameters(&row.texts("options")?),
        tablespace: row.maybe_text("tablespace")?,
        is_unique: row.flag("is_unique")?,
        // That of a partitioned table is not until all partitions have theirs.
        is_invalid: !row.flag("is_valid")?,
        is_clustered: row.flag("is_clustered")?,
        is_replica_identity: row.flag("is_replica_identity")?,
        of_constraint: row.oid("constraint")? != 0,
        has_comment: row.flag("has_comment")?,
        ..IndexRead::default()
    })
}

const DESCENDING: i16 = 1;
const NULLS_FIRST: i16 = 2;

fn part(row: &Row) -> Result<Part> {
    let of = match row.maybe_name("column")? {
        Some(name) => PartOf::Column(name),
        None => PartOf::Sql(row.expression("expression")?.unwrap_or_default()),
    };
    let mut part = Part::of(of);
    part.collation = row.maybe_name("collation")?;
    let flags: i16 = row.get("flags")?;
    if row.flag("is_ordered")? {
        let (descending, first) = (flags & DESCENDING != 0, flags & NULLS_FIRST != 0);
        if descending {
            part.order = Order::Desc;
        }
        part.nulls = (first != descending).then_some(if first { Nulls::First } else { Nulls::Last });
    }
    let parameters: Vec<String> = text::parameters(&row.texts("opclass_options")?)
        .into_iter()
        .map(|(name, value)| format!("{name}={}", string(&value)))
        .collect();
    part.opclass = row.maybe_text("opclass")?.map(|class| {
        let sql = if parameters.is_empty() { class } else { format!("{class} ({})", parameters.join(", ")) };
        Sql::new(sql.as_str(), sql.as_str())
    });
    Ok(part)
}

/// Takes in the indexes that are no constraint's, and tells the tables which index sorts and identifies their rows.
pub(super) fn insert(reader: &mut Reader<'_>, indexes: &Indexes, parents: &Parents) {
    let id_of = |reader: &Reader<'_>, index: &IndexRead| -> Option<ObjectId> {
        let table = reader.object(relation_key(index.relation))?;
        Some(table.child(Kind::Index, index.name.clone()))
    };
    for (oid, index) in indexes {
        mark(reader, index.relation, index.is_clustered, index.is_replica_identity, &index.name);
        if index.of_constraint {
            continue;
        }
        let Some(id) = id_of(reader, index) else { continue };
        let parent = parents.get(oid).and_then(|parents| parents.first()).and_then(|parent| indexes.get(parent));
        // It stays unknown: that the table refers to its parent's index is no reference of its own.
        let is_apart = parent.is_some_and(|parent| index.with != parent.with);
        let is_named = index.has_comment || index.is_clustered || index.is_replica_identity || is_apart;
        if parent.is_some() && !is_named && index.has_made_up_name(id.root().name()) {
            continue;
        }
        let mut object = Index {
            columns: index.columns.clone(),
            unique: index.is_unique,
            predicate: index.predicate.clone(),
            method: index.method.clone(),
            include: index.include.clone(),
            nulls_not_distinct: index.nulls_not_distinct,
            with: index.with.clone(),
            part_of: parent.and_then(|parent| id_of(reader, parent)),
            invalid: index.is_invalid,
            ..Index::default()
        };
        set_text(&mut object.options, Kind::Index, OptionKey::Tablespace, index.tablespace.clone());
        reader.insert(relation_key(*oid), id, Entry::new(Object::Index(object), 0));
    }
}

impl IndexRead {
    /// Whether it is called what the server calls the part of a partitioned index: `t_a_b_idx`, numbered where
    /// that was taken. An index keeps the names that its columns had when it was made.
    fn has_made_up_name(&self, table: &Name) -> bool {
        let now = self.columns.iter().map(Part::as_column).chain(self.include.iter().map(Some));
        let now = now.zip(&self.own_columns).map(|(column, own)| column.map_or(own.as_str(), Name::as_str));
        let now = now.collect::<Vec<_>>().join("_");
        self.is_made_up_of(table, &self.own_columns.join("_")) || self.is_made_up_of(table, &now)
    }

    fn is_made_up_of(&self, table: &Name, columns: &str) -> bool {
        let mut length = columns.len().min(63);
        while !columns.is_char_boundary(length) {
            length -= 1;
        }
        let columns = columns.get(..length).unwrap_or_default();
        let name = self.name.as_str();
        let number = name.rsplit_once("_idx").map_or("", |(_, number)| number);
        number.bytes().all(|b| b.is_ascii_digit())
            && name == made_up_name(table.as_str(), columns, &format!("idx{number}"))
    }
}
