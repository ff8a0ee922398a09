//! What is computed of a column, and is not computed again where the column only compares or shows its values otherwise:
//! stored columns, indexes over virtual ones and expressions, and the partition of a row (MariaDB). Both servers change a
//! collation in place and leave these as they were, so rows are no longer found by them; with a copy of the table all
//! is right.

use crate::catalog::{Index, Kind, Name, Object, ObjectId, PartOf, Sql};
use crate::plan::Context;

use super::super::tokens::significant;
use super::letters;

/// Whether the table has to be copied for a change that the server would do in place.
pub(super) fn needs_copy(cx: &Context<'_>, table: &ObjectId) -> bool {
    let columns = cx.desired.columns(table).into_iter().map(|(id, _)| id);
    let changed: Vec<&Name> = columns.filter(|id| is_otherwise(cx, id)).map(ObjectId::name).collect();
    if changed.is_empty() {
        return false;
    }
    let names = |sql: &Sql| {
        let text = sql.as_str();
        significant(text).any(|token| {
            token
                .identifier(text)
                .is_some_and(|name| changed.iter().any(|column| column.as_str().eq_ignore_ascii_case(&name)))
        })
    };
    let is_parted = match cx.desired.object(table) {
        Some(Object::Table(table)) => table.partition_by.iter().chain(&table.subpartition_by).any(&names),
        _ => false,
    };
    let computed = cx.desired.children(table).filter(|(id, _)| cx.live.contains(id));
    is_parted
        || computed.into_iter().any(|(id, entry)| match &entry.object {
            Object::Column(column) if id.kind() == Kind::Column => {
                column.generated.as_ref().is_some_and(|generated| names(&generated.sql))
            }
            Object::Index(Index { columns, .. }) => {
                columns.iter().any(|part| matches!(&part.of, PartOf::Sql(sql) if names(sql)))
            }
            _ => false,
        })
}

/// Whether a column keeps its values and compares or shows them otherwise.
fn is_otherwise(cx: &Context<'_>, id: &ObjectId) -> bool {
    let (Some(Object::Column(live)), Some(Object::Column(desired))) = (cx.live.object(id), cx.desired.object(id))
    else {
        return false;
    };
    let ty = |ty: &Option<Sql>| ty.as_ref().map(|ty| ty.canonical().to_ascii_lowercase()).unwrap_or_default();
    let (was, is) = (ty(&live.ty), ty(&desired.ty));
    let is_filled = was.contains("zerofill") || is.contains("zerofill");
    letters::change(cx, id) || (was != is && is_filled)
}
