//! Conditions that hand the whole row on, `f(t.*)`: a stand-in's rows have another type, so that the server is asked by a
//! view over the table itself.

use crate::catalog::{Kind, Object, ObjectId, PartOf, Sql};
use crate::error::Result;

use super::super::canonical::expression;
use super::super::session::Session;
use super::super::sql::qualified;
use super::super::tokens::significant;
use super::{Against, attempt};

/// What the server makes of an object's conditions over the rows of its table; none where the columns change, or where
/// it takes them there no more than on the stand-in.
pub(super) fn shown(session: &mut Session, against: &Against<'_>, id: &ObjectId) -> Result<Option<Object>> {
    let table = id.root();
    let stays = matches!(table.kind(), Kind::Table | Kind::ForeignTable)
        && against.live.contains(table)
        && !against.deltas.keys().any(|other| other.kind() == Kind::Column && other.parent() == Some(table));
    let Some(mut object) = against.desired.object(id).filter(|_| stays).cloned() else { return Ok(None) };
    let rows = match object {
        Object::Trigger(_) => format!("{0} as old, {0} as new", qualified(table)),
        _ => qualified(table),
    };
    for condition in conditions(&mut object) {
        let asked = format!("create temp view whole_row as select ({}\n) as told from {rows}", condition.as_str());
        if attempt(session, &against.path(id), &asked)?.is_err() {
            return Ok(None);
        }
        // The path of the reader, which says what is shown with its schema.
        session.run("set local search_path = public, pg_temp")?;
        let views = session.rows(
            "select pg_get_viewdef(oid) from pg_class where relname = 'whole_row' and relnamespace = pg_my_temp_schema()",
        )?;
        session.run("drop view pg_temp.whole_row")?;
        let view = views.first().and_then(|row| row.try_get(0).ok().flatten());
        let Some((told, _)) = view.and_then(|view| view.trim_start().strip_prefix("SELECT ")?.rsplit_once(" AS told"))
        else {
            return Ok(None);
        };
        *condition = if matches!(id.kind(), Kind::Trigger) { expression(&of_trigger(told)) } else { expression(told) };
    }
    Ok(Some(object))
}

/// Up to 15 a view has rows `old` and `new` of its own, beside which others are shown as `old_1` and `new_1`.
fn of_trigger(told: &str) -> String {
    let (mut out, mut from) = (String::with_capacity(told.len()), 0);
    for pair in significant(told).collect::<Vec<_>>().windows(2) {
        let [row, dot] = pair else { continue };
        if dot.text(told) == "." && matches!(row.text(told), "old_1" | "new_1") {
            let end = row.end - "_1".len();
            out.push_str(told.get(from..end).unwrap_or_default());
            from = row.end;
        }
    }
    out.push_str(told.get(from..).unwrap_or_default());
    out
}

/// The texts over a row of the table.
fn conditions(object: &mut Object) -> Vec<&mut Sql> {
    match object {
        Object::Check(check) => vec![&mut check.sql],
        Object::Policy(policy) => policy.using.iter_mut().chain(&mut policy.with_check).collect(),
        Object::Trigger(trigger) => trigger.when.iter_mut().collect(),
        Object::Index(index) => {
            let parts = index.columns.iter_mut().filter_map(|part| match &mut part.of {
                PartOf::Sql(sql) => Some(sql),
                PartOf::Column(_) => None,
            });
            parts.chain(&mut index.predicate).collect()
        }
        _ => Vec::new(),
    }
}
