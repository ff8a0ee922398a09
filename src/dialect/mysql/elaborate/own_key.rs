//! MySQL: the primary key that the server gives to a table without one (`sql_generate_invisible_primary_key`). Nobody
//! said it, so it is not dropped for being absent; it goes where the TOML says another key.

use crate::catalog::{Catalog, Kind, Name, Object, ObjectId, OptionKey, Part};

use super::super::dialect::Mysql;

pub(super) const NAME: &str = "my_row_id";

/// Whether a column or a key that is not declared is the server's own.
pub(super) fn is_own(live: &Catalog, desired: &Catalog, id: &ObjectId, dialect: &Mysql) -> bool {
    let Some(table) = id.parent().filter(|table| desired.contains(table)) else { return false };
    let column = table.child(Kind::Column, dialect.called(Kind::Column, NAME));
    let is_part = id.kind() == Kind::PrimaryKey || *id == column;
    is_part && desired.primary_key(table).is_none() && !desired.contains(&column) && has_own(live, table, &column)
}

/// Whether a column is the key that the server gave to the table.
pub(super) fn has_own(live: &Catalog, table: &ObjectId, id: &ObjectId) -> bool {
    let Some(Object::Column(column)) = live.object(id).filter(|_| id.name().key() == NAME) else { return false };
    let is_number = column.ty.as_ref().is_some_and(|ty| ty.canonical() == "bigint unsigned");
    let options = [OptionKey::AutoIncrement, OptionKey::Invisible];
    let key = live.primary_key(table).map(|key| key.columns.iter().map(Part::as_column).collect::<Vec<_>>());
    let alone: Vec<Option<&Name>> = vec![Some(id.name())];
    is_number && options.iter().all(|key| column.options.is_on(*key)) && key == Some(alone)
}
