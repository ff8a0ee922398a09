//! Partitions.

use std::fmt::Write as _;

use crate::catalog::{Catalog, Object, ObjectId, Partition, Subpartition, Table};

use super::super::sql::{quote, string};
use super::of_table;

/// `PARTITION BY range (id) (PARTITION p0 VALUES LESS THAN (10), ...)`, where the table is partitioned.
pub(in super::super) fn partition_by(catalog: &Catalog, id: &ObjectId, table: &Table) -> Option<String> {
    let mut out = format!("PARTITION BY {}", table.partition_by.as_ref()?);
    if let Some(by) = &table.subpartition_by {
        let _ = write!(out, "\nSUBPARTITION BY {by}");
    }
    let list = partitions(catalog, id);
    if !list.is_empty() {
        let list: Vec<String> = list.into_iter().map(|(id, it, comment)| partition(id, it, comment)).collect();
        let _ = write!(out, "\n({})", list.join(",\n "));
    }
    Some(out)
}

/// The partitions of a table in their order.
pub(in super::super) fn partitions<'a>(
    catalog: &'a Catalog,
    table: &'a ObjectId,
) -> Vec<(&'a ObjectId, &'a Partition, Option<&'a str>)> {
    let mut list: Vec<_> = catalog
        .children(table)
        .filter_map(|(id, entry)| match &entry.object {
            Object::Partition(partition) => Some((id, partition, entry.comment.as_deref())),
            _ => None,
        })
        .collect();
    list.sort_by_key(|(id, partition, _)| (partition.position, *id));
    list
}

/// `PARTITION p0 VALUES LESS THAN (10)`
pub(in super::super) fn partition(id: &ObjectId, partition: &Partition, comment: Option<&str>) -> String {
    let mut out = format!("PARTITION {}", quote(id.name().as_str()));
    if let Some(values) = &partition.values {
        // MariaDB: some have no VALUES.
        let bare = matches!(values.canonical(), "history" | "current" | "default");
        let _ = write!(out, "{} {values}", if bare { "" } else { " VALUES" });
    }
    out.push_str(&tail(&of_table(&partition.options), comment));
    if !partition.subpartitions.is_empty() {
        let sub = |it: &Subpartition| {
            let tail = tail(&of_table(&it.options), it.comment.as_deref());
            format!("SUBPARTITION {}{tail}", quote(it.name.as_str()))
        };
        let list: Vec<String> = partition.subpartitions.iter().map(sub).collect();
        let _ = write!(out, "\n  ({})", list.join(",\n   "));
    }
    out
}

fn tail(options: &[String], comment: Option<&str>) -> String {
    let comment = comment.map(|comment| format!("COMMENT = {}", string(comment)));
    options.iter().cloned().chain(comment).flat_map(|option| [" ".to_owned(), option]).collect()
}
