//! Tables and foreign tables. No table is ever made again, but where it becomes partitioned (see `partitioning`).

use crate::catalog::{
    Catalog, ForeignTable, Kind, Object, ObjectId, OptionKey, Parameters, ReplicaIdentity, Sql, Table,
};
use crate::plan::{Draft, Hazard, HazardKind, Resource};

use super::super::render::{self, bound, drop_statement};
use super::super::sql::{changed_options, parameter, parameters, qualified, quote};
use super::column::after_table;
use super::{
    Alter, Cx, Drafts, by_index, circle, heirs, moving, not_null, partitioning, persistence, probes, refusal, typed,
};

pub(super) fn create(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    let catalog = circle::without(cx, id);
    let mut sql = match cx.desired.object(id) {
        Some(Object::Table(table)) => vec![render::table(&catalog, id, table)],
        Some(Object::ForeignTable(table)) => vec![render::foreign_table(cx.desired, id, table)],
        _ => return Ok(Vec::new()),
    };
    sql.extend(after_table(cx, id));
    sql.extend(not_valid_checks(&catalog, id));
    let Some(Object::Table(table)) = cx.desired.object(id) else {
        return Ok(vec![Draft::of(id, format!("create {id}"), sql)]);
    };
    sql.extend(security(id, &Table::default(), table));
    let of = table.partition_of.as_ref();
    sql.extend(
        of.into_iter().flat_map(|parent| not_null::names_of_its_own(cx, id, parent, &bound(table.values.as_ref()))),
    );
    let later = by_index::named(cx, id, None);
    let parent = table.partition_of.iter().flat_map(|parent| cx.desired.children(parent));
    let parent: Vec<Resource> =
        parent.filter(|(id, _)| id.kind() != Kind::Index).map(|(id, _)| Resource::New(id.clone())).collect();
    let displaced = table.partition_of.as_ref().and_then(|parent| probes::in_default(cx, id, parent));
    let room = table.partition_of.iter().flat_map(|parent| moving::room(cx, id, parent));
    let made = Draft::of(id, format!("create {id}"), sql).preferring(parent).preferring(room).asking(displaced);
    let mut drafts = vec![made];
    drafts.extend(later);
    Ok(drafts)
}

/// The checks that the rows of a table need not have passed, and that no CREATE says so.
pub(super) fn not_valid_checks(catalog: &Catalog, id: &ObjectId) -> Vec<String> {
    let not_valid = catalog.children(id).filter(|(_, entry)| match &entry.object {
        Object::Check(check) => check.not_valid,
        _ => false,
    });
    let constraints = not_valid.filter_map(|(id, _)| render::constraint(catalog, id));
    constraints.map(|text| format!("ALTER TABLE {} ADD {text}", qualified(id))).collect()
}

pub(super) fn drop(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    // A partitioned table has no rows of its own; its partitions tell of theirs.
    let has_rows = matches!(cx.live.object(id), Some(Object::Table(table)) if table.partition_by.is_none());
    let lost = has_rows.then(|| probes::rows_lost(cx, id));
    // A partition of a table that a foreign key refers to has to leave it first: the key depends on both.
    let parent = cx.live.object(id).and_then(Object::partition_of);
    let parent = parent.filter(|_| !moving::keys_above(cx, id).is_empty());
    let detach = parent.map(|parent| format!("ALTER TABLE {} DETACH PARTITION {}", qualified(parent), qualified(id)));
    let sql = detach.into_iter().chain([drop_statement(cx.live, id)]).collect();
    Ok(vec![Draft::of(id, format!("drop {id}"), sql).asking(lost)])
}

pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    match (cx.live.object(id), cx.desired.object(id)) {
        (Some(Object::Table(old)), Some(Object::Table(new))) => alter_table(cx, id, old, new),
        (Some(Object::ForeignTable(old)), Some(Object::ForeignTable(new))) => alter_foreign(cx, id, old, new),
        _ => Alter::Recreate,
    }
}

fn alter_table(cx: &Cx<'_>, id: &ObjectId, old: &Table, new: &Table) -> Alter {
    if old.partition_by != new.partition_by {
        return partitioning::alter(cx, id);
    }
    if let Some(altered) = typed::alter(cx, id, old, new) {
        return altered;
    }
    let table = format!("ALTER TABLE {}", qualified(id));
    let mut sql = Vec::new();
    let mut hazards = Vec::new();
    let mut rewrite = |message: &str| {
        hazards.push(Hazard { kind: HazardKind::Rewrite, id: id.clone(), message: message.to_owned() });
    };
    let option = |key: OptionKey| {
        let words = (old.options.word(key), new.options.word(key));
        (words.0 != words.1).then_some(words.1)
    };
    if let Some(method) = option(OptionKey::AccessMethod) {
        if cx.major < 15 {
            let advice = "make a new table, move the rows, and rename both";
            return Alter::Refuse(refusal(id, "PostgreSQL 14 cannot change how a table is kept", advice));
        }
        sql.push(format!("{table} SET ACCESS METHOD {}", quote(method.unwrap_or("heap"))));
        rewrite("writes the whole table anew");
    }
    if let Some(tablespace) = option(OptionKey::Tablespace) {
        sql.push(format!("{table} SET TABLESPACE {}", quote(tablespace.unwrap_or("pg_default"))));
        rewrite("copies the whole table");
    }
    sql.extend(storage(&table, &old.with, &new.with));
    if old.of_type != new.of_type {
        sql.extend(new.of_type.as_ref().map(|ty| format!("{table} OF {}", ty.as_str())));
    }
    sql.extend(security(id, old, new));
    let mut drafts = lineage(
        cx,
        id,
        (&old.inherits, old.partition_of.as_ref(), old.values.as_ref()),
        (&new.inherits, new.partition_of.as_ref(), new.values.as_ref()),
    );
    if !sql.is_empty() {
        drafts.push(Draft::of(id, format!("alter {id}"), sql).risking(hazards));
    }
    drafts.extend(persistence::alter(cx, id, old, new));
    drafts.extend(by_index::named(cx, id, cx.live.object(id)));
    Alter::InPlace(drafts)
}

fn alter_foreign(cx: &Cx<'_>, id: &ObjectId, old: &ForeignTable, new: &ForeignTable) -> Alter {
    if old.server != new.server {
        return Alter::Recreate;
    }
    let mut drafts = lineage(
        cx,
        id,
        (&old.inherits, old.partition_of.as_ref(), old.values.as_ref()),
        (&new.inherits, new.partition_of.as_ref(), new.values.as_ref()),
    );
    let options = changed_options(&old.options, &new.options);
    let options = options.map(|options| format!("ALTER FOREIGN TABLE {} {options}", qualified(id)));
    drafts.extend(options.map(|sql| Draft::new(id, format!("alter {id}"), sql)));
    Alter::InPlace(drafts)
}

type Lineage<'a> = (&'a [ObjectId], Option<&'a ObjectId>, Option<&'a Sql>);

/// What a table comes from: tables that it inherits from, or the one that it is a partition of.
fn lineage(cx: &Cx<'_>, id: &ObjectId, old: Lineage<'_>, new: Lineage<'_>) -> Vec<Draft> {
    let own = qualified(id);
    let mut drafts = Vec::new();
    for parent in old.0.iter().filter(|parent| !new.0.contains(parent)) {
        let sql = format!("ALTER TABLE {own} NO INHERIT {}", qualified(parent));
        let draft = Draft::new(id, format!("end the inheritance of {id} from {}", parent.name()), sql);
        drafts.push(draft.consuming([Resource::Old(parent.clone())]).producing([heirs::left(id, parent)]));
        drafts.extend(heirs::left_behind(cx, id, parent));
    }
    let fits = |parent: &ObjectId| {
        // Both have to have the same columns and constraints by then, the parent from further above too.
        let above = heirs::ancestors(cx.desired, parent);
        let tables = above.iter().map(|(table, _)| table).chain([parent, id]);
        let parts = tables.flat_map(|table| cx.desired.children(table)).map(|(part, _)| part);
        let parts = parts.filter(|part| part.kind().is_part_of_table() && part.kind() != Kind::ForeignKey);
        let mut needs: Vec<Resource> = parts.map(|part| Resource::New(part.clone())).collect();
        needs.push(Resource::New(parent.clone()));
        // A column that the parent has not goes before, and a trigger or a check, whose name the parent's may have.
        let there = heirs::column_names(cx.desired, parent);
        let more = cx.live.children(id).map(|(part, _)| part).filter(|part| !cx.desired.contains(part));
        let more = more.filter(|part| match part.kind() {
            Kind::Column => !there.contains(part.name()),
            kind => matches!(kind, Kind::Trigger | Kind::Check),
        });
        needs.extend(more.cloned().map(Resource::New));
        // So does what the parent itself loses: it would have to be here too.
        let above = heirs::ancestors(cx.live, parent);
        let tables = above.iter().map(|(table, _)| table).chain([parent]);
        let lost = tables.flat_map(|table| cx.live.children(table)).map(|(part, _)| part);
        let lost = lost.filter(|part| matches!(part.kind(), Kind::Column | Kind::Check) && !cx.desired.contains(part));
        needs.extend(lost.cloned().map(Resource::New));
        needs
    };
    // One that only gets other bounds goes along with all that its table becomes, and leaves it for a moment then.
    let (moves, stays) = (heirs::is_detached(cx, id), old.1 == new.1 && !not_null::keeps_from_renaming(cx, id));
    if let Some(parent) = old.1.filter(|_| moves) {
        let sql = format!("ALTER TABLE {} DETACH PARTITION {own}", qualified(parent));
        let keys = moving::keys_above(cx, id).into_iter().map(|key| persistence::gone(&key));
        let draft = Draft::new(id, format!("detach {id} from {}", parent.name()), sql).consuming(keys);
        let draft = draft.consuming(if stays { fits(parent) } else { Vec::new() });
        drafts.push(draft.consuming([Resource::Old(parent.clone())]).producing([heirs::left(id, parent)]));
        drafts.extend(heirs::left_behind(cx, id, parent).filter(|_| !stays));
    }
    for parent in new.0.iter().filter(|parent| !old.0.contains(parent)) {
        let mut draft = heirs::made_to_fit(cx, id, parent, None);
        draft.step.sql.push(format!("ALTER TABLE {own} INHERIT {}", qualified(parent)));
        draft.step.summary = format!("let {id} inherit from {}", parent.name());
        drafts.push(draft.consuming(fits(parent)));
    }
    if let Some(parent) = new.1.filter(|_| moves) {
        let mut draft = if stays {
            Draft::of(id, String::new(), not_null::take_names_again(cx, id, parent))
        } else {
            let mut draft = heirs::made_to_fit(cx, id, parent, old.1);
            draft.step.sql.extend(not_null::take_names(cx, id));
            draft
        };
        draft.step.sql.push(format!("ALTER TABLE {} ATTACH PARTITION {own} {}", qualified(parent), bound(new.2)));
        draft.step.summary = format!("attach {id} to {}", parent.name());
        let rows = [probes::outside(cx, id, parent), probes::in_default(cx, id, parent)];
        let draft = draft.asking(rows.into_iter().flatten());
        let back = moving::above(cx, id).into_iter().map(moving::attached_again);
        drafts.push(draft.consuming(fits(parent)).preferring(moving::room(cx, id, parent)).producing(back));
    }
    drafts
}

/// Storage parameters, changed.
pub(super) fn storage(alter: &str, old: &Parameters, new: &Parameters) -> Vec<String> {
    let mut sql = Vec::new();
    let gone: Vec<String> = old.keys().filter(|key| !new.contains_key(*key)).map(|key| parameter(key)).collect();
    if !gone.is_empty() {
        sql.push(format!("{alter} RESET ({})", gone.join(", ")));
    }
    let changed: Parameters = new
        .iter()
        .filter(|(key, value)| old.get(*key) != Some(*value))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    if !changed.is_empty() {
        sql.push(format!("{alter} SET {}", parameters(&changed)));
    }
    sql
}

/// Row level security, and what identifies a row without an index.
fn security(id: &ObjectId, old: &Table, new: &Table) -> Vec<String> {
    let table = format!("ALTER TABLE {}", qualified(id));
    let turned = |key: OptionKey| {
        let (was, is) = (old.options.is_on(key), new.options.is_on(key));
        (was != is).then_some(is)
    };
    let mut sql = Vec::new();
    sql.extend(
        turned(OptionKey::RowLevelSecurity)
            .map(|on| format!("{table} {} ROW LEVEL SECURITY", if on { "ENABLE" } else { "DISABLE" })),
    );
    sql.extend(
        turned(OptionKey::ForceRowLevelSecurity)
            .map(|on| format!("{table} {} ROW LEVEL SECURITY", if on { "FORCE" } else { "NO FORCE" })),
    );
    if old.replica_identity != new.replica_identity {
        sql.extend(match &new.replica_identity {
            ReplicaIdentity::Default => Some(format!("{table} REPLICA IDENTITY DEFAULT")),
            ReplicaIdentity::Full => Some(format!("{table} REPLICA IDENTITY FULL")),
            ReplicaIdentity::Nothing => Some(format!("{table} REPLICA IDENTITY NOTHING")),
            ReplicaIdentity::Index(_) => None,
        });
    }
    sql
}
