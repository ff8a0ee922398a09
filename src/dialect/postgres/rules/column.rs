//! Columns.

use crate::catalog::{Column, Object, ObjectId};
use crate::plan::Draft;

use super::super::render::relation;
use super::super::sql::{closed, name, parenthesised};
use super::{Alter, Cx, Drafts, refusal};

pub(super) fn create(_cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    Err(refusal(id, "not managed yet", ""))
}

pub(super) fn drop(_cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    Err(refusal(id, "not managed yet", ""))
}

pub(super) fn alter(_cx: &Cx<'_>, id: &ObjectId) -> Alter {
    Alter::Refuse(refusal(id, "not managed yet", ""))
}

/// Whether the type or the collation of a column differs.
pub(super) fn is_retyped(cx: &Cx<'_>, id: &ObjectId) -> bool {
    match (column(cx.live.object(id)), column(cx.desired.object(id))) {
        (Some(old), Some(new)) => old.ty != new.ty || old.collation != new.collation,
        _ => false,
    }
}

/// A column without its default for a while.
pub(super) fn drop_default(_cx: &Cx<'_>, id: &ObjectId) -> Draft {
    Draft::new(id, format!("take the default of {id} aside"), format!("{} DROP DEFAULT", alter_column(id)))
}

/// Its default again.
pub(super) fn set_default(cx: &Cx<'_>, id: &ObjectId) -> Option<Draft> {
    let default = column(cx.desired.object(id))?.default.as_ref()?;
    let sql = format!("{} SET DEFAULT {}", alter_column(id), closed(default.as_str()));
    Some(Draft::new(id, format!("set the default of {id} again"), sql))
}

/// A column as text, while its type is made again.
pub(super) fn to_text(cx: &Cx<'_>, id: &ObjectId) -> Draft {
    let mut sql = Vec::new();
    if column(cx.live.object(id)).is_some_and(|column| column.default.is_some()) {
        sql.push(format!("{} DROP DEFAULT", alter_column(id)));
    }
    sql.push(format!("{} TYPE {}", alter_column(id), text_for(column(cx.live.object(id)), name(id).as_str())));
    Draft::of(id, format!("keep {id} as text meanwhile"), sql)
}

/// The column with its type again.
pub(super) fn from_text(cx: &Cx<'_>, id: &ObjectId) -> Draft {
    let mut sql = Vec::new();
    if let Some(new) = column(cx.desired.object(id)) {
        let ty = new.ty.as_ref().map_or("", |ty| ty.as_str());
        sql.push(format!("{} TYPE {ty} USING {}::{ty}", alter_column(id), name(id)));
        let default = new.default.as_ref().map(|sql| sql.as_str());
        sql.extend(default.map(|default| format!("{} SET DEFAULT {}", alter_column(id), closed(default))));
    }
    Draft::of(id, format!("give {id} its type again"), sql)
}

fn text_for(_column: Option<&Column>, name: &str) -> String {
    format!("text USING {}::text", parenthesised(name))
}

pub(super) fn column(object: Option<&Object>) -> Option<&Column> {
    match object {
        Some(Object::Column(column)) => Some(column),
        _ => None,
    }
}

/// `ALTER TABLE t ALTER COLUMN c`.
pub(super) fn alter_column(id: &ObjectId) -> String {
    format!("ALTER TABLE {} ALTER COLUMN {}", relation(id), name(id))
}
