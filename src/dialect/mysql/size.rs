//! How large tables are, by the server's statistics.

use std::collections::BTreeMap;

use crate::catalog::{Kind, ObjectId};
use crate::database::Size;
use crate::error::Result;

use super::dialect::Mysql;
use super::query::Link;
use super::sql;

const SIZES: &str = include_str!("queries/sizes.sql");

/// The sizes of these tables, as far as the server knows them.
pub(super) fn of(link: &mut Link<'_>, dialect: &Mysql, tables: &[ObjectId]) -> Result<BTreeMap<ObjectId, Size>> {
    if tables.is_empty() {
        return Ok(BTreeMap::new());
    }
    let names: Vec<String> = tables.iter().map(|id| sql::string(id.name().as_str())).collect();
    let rows = link.rows(&format!("{} ({})", SIZES.trim_end(), names.join(", ")))?;
    let size = |row: Vec<Option<String>>| {
        let [Some(name), Some(rows), Some(bytes)] = row.as_slice() else { return None };
        Some((dialect.top(Kind::Table, name), Size { rows: rows.parse().ok()?, bytes: bytes.parse().ok()? }))
    };
    Ok(rows.into_iter().filter_map(size).collect())
}
