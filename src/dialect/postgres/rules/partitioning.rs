//! A table that becomes partitioned, or is no longer: the server has no way between, so the rows move.
//!
//! They wait in a table of their own while the table is made again. It is no temporary one: a plan may have to commit in
//! between, and rows are never where the end of a session ends them. A row for which no partition is there stops it all.

use crate::catalog::{Catalog, Column, Kind, Name, Object, ObjectId, Table};
use crate::plan::{Draft, Hazard, HazardKind, Probe, Resource};

use super::super::sql::{in_schema, made_up_name, name, qualified, string};
use super::{Alter, Cx, Drafts, create, drop, probes, refusal};

/// What is done where a table is partitioned otherwise than it was.
pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let stays = partitions(cx, id).find(|part| cx.desired.contains(part));
    match stays {
        Some(part) if cx.live.object(id).is_some_and(is_partitioned) => {
            let advice = "make a new table, move the rows, and rename both";
            let reason = format!("how a table is partitioned cannot be changed while {part} keeps its rows");
            Alter::Refuse(refusal(id, reason, advice))
        }
        _ => Alter::Recreate,
    }
}

fn is_partitioned(object: &Object) -> bool {
    matches!(object, Object::Table(Table { partition_by: Some(_), .. }))
}

/// The partitions that there are.
fn partitions<'c>(cx: &'c Cx<'_>, id: &'c ObjectId) -> impl Iterator<Item = &'c ObjectId> {
    cx.heirs_of(id).filter(|heir| cx.live.object(heir).is_some_and(|object| is_partition_of(object, id)))
}

fn is_partition_of(object: &Object, id: &ObjectId) -> bool {
    match object {
        Object::Table(table) => table.partition_of.as_ref() == Some(id),
        Object::ForeignTable(table) => table.partition_of.as_ref() == Some(id),
        _ => false,
    }
}

/// The steps: the rows aside, the table away, the table again, its rows again.
pub(super) fn again(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    let aside = in_schema(id.schema(), &made_up_name(id.name().as_str(), "trueup", "rows"));
    let waiting = || Resource::Name("rows aside", Name::exact(id.address()));
    let message = "copies every row into a new table".to_owned();
    let kept = columns(cx, id);
    let list = kept.iter().map(|(column, _)| {
        let own = name(column);
        if needs_text(cx, column) { format!("{own}::text AS {own}") } else { own }
    });
    let list = list.collect::<Vec<_>>().join(", ");
    let copy = format!("CREATE TABLE {aside} AS SELECT {list} FROM {}", qualified(id));
    let copy = Draft::new(id, format!("set the rows of {id} aside"), copy)
        .risking([Hazard { kind: HazardKind::Rewrite, id: id.clone(), message }])
        .consuming(partitions(cx, id).cloned().map(Resource::Old))
        .consuming([Resource::Old(id.clone())])
        .producing([waiting()]);
    let lost: Vec<Probe> = cx
        .live
        .columns(id)
        .into_iter()
        .filter(|(column, old)| !cx.desired.contains(column) && old.generated.is_none())
        .filter_map(|(column, _)| probes::values_lost(cx, column))
        .collect();
    let gone = drop(cx, id)?.into_iter().map(|mut draft| {
        // Its rows are not lost, but for the columns that do not come again.
        draft.step.probes.clear();
        draft.asking(lost.clone()).consuming([waiting()])
    });
    let mut drafts: Vec<Draft> = std::iter::once(copy).chain(gone).collect();
    drafts.extend(create(cx, id)?);
    let wanted = cx.desired.iter().filter(|(_, entry)| is_partition_of(&entry.object, id));
    let needs: Vec<Resource> = wanted.map(|(part, _)| Resource::New(part.clone())).collect();
    let fill = Draft::of(id, format!("give {id} its rows again"), fill(cx, id, &aside));
    let is_to_be = cx.desired.object(id).is_some_and(is_partitioned);
    let homeless = is_to_be.then(|| probes::homeless(cx, id)).flatten();
    drafts.push(fill.consuming(needs).consuming([Resource::New(id.clone()), waiting()]).asking(homeless));
    Ok(drafts)
}

/// The columns whose values move: those of before that are not computed.
fn columns<'a>(cx: &Cx<'a>, id: &'a ObjectId) -> Vec<(&'a ObjectId, &'a Column)> {
    let desired: &'a Catalog = cx.plan.desired;
    let columns = desired.columns(id).into_iter();
    columns.filter(|(column, new)| cx.live.contains(column) && new.generated.is_none()).collect()
}

/// Whether the values wait as text: their type changes, or is one that may go meanwhile.
fn needs_text(cx: &Cx<'_>, column: &ObjectId) -> bool {
    let (old, new) = (cx.live_entry(column), cx.desired_entry(column));
    let (Some(old), Some(new)) = (old, new) else { return false };
    let ty = |object: &Object| match object {
        Object::Column(column) => column.ty.clone(),
        _ => None,
    };
    let made = |other: &ObjectId| matches!(other.kind(), Kind::Enum | Kind::Domain | Kind::Range | Kind::Composite);
    ty(&old.object) != ty(&new.object) || old.references(column).iter().any(made)
}

fn fill(cx: &Cx<'_>, id: &ObjectId, aside: &str) -> Vec<String> {
    let columns = columns(cx, id);
    let values: Vec<String> = columns
        .iter()
        .map(|(column, new)| {
            let ty = new.ty.as_ref().filter(|_| needs_text(cx, column)).map(|ty| format!("::{}", ty.as_str()));
            name(column) + &ty.unwrap_or_default()
        })
        .collect();
    let values = values.join(", ");
    let names: Vec<String> = columns.iter().map(|(column, _)| name(column)).collect();
    let list = names.join(", ");
    let mut sql = Vec::new();
    if !names.is_empty() {
        sql.push(format!(
            "INSERT INTO {} ({list}) OVERRIDING SYSTEM VALUE SELECT {values} FROM {aside}",
            qualified(id)
        ));
    }
    let counted = columns
        .iter()
        .filter(|(_, new)| new.identity.as_ref().is_some_and(|identity| identity.numbering.increment.unwrap_or(1) > 0));
    sql.extend(counted.map(|(column, _)| {
        format!(
            "SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence({}, {}), max({own})) FROM {} HAVING max({own}) > 0",
            string(&qualified(id)),
            string(column.name().as_str()),
            qualified(id),
            own = name(column),
        )
    }));
    sql.push(format!("DROP TABLE {aside}"));
    sql
}
