//! Columns: every difference in place; only a generated column, whose values follow from others, may be made anew.

use crate::catalog::{Column, Entry, Identity, Kind, Name, Object, ObjectId, OptionKey, Parameters, Settings};
use crate::diff::Delta;
use crate::plan::{Draft, Hazard, HazardKind, Probe, ProbeKind, Refusal, Resource};

use super::super::render::{collation, comment_target, definition, identity_options, relation};
use super::super::sql::{
    changed_options, closed, in_schema, made_up_name, name, parameter, parameters, parenthesised, qualified, quote,
    string,
};
use super::of_domain::{self, Domains};
use super::rows_then::Value;
use super::{
    Alter, Cx, Drafts, heirs, in_place, kept, merged, not_null, partitioning, place, probes, refusal, retype,
    rows_then, users, volatile,
};

/// The first version that sets another expression of a generated column.
const EXPRESSIONS_SET: u32 = 17;

pub(super) fn create(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    let Some(new) = column(cx.desired.object(id)) else { return Ok(Vec::new()) };
    if is_of_another(cx, id) {
        let old = inherited(cx, id);
        let computed = computed_anew(cx, id, &old, new)?;
        let probe = if old.null && !new.null { probes::nulls(cx, id) } else { None };
        let set = Draft::of(id, format!("set what {id} has of its own"), changes(cx, id, &old, new)).asking(probe);
        let set = set.consuming(above(cx, id)).risking(computed);
        return Ok(not_null::renamed_within(cx, id).into_iter().chain([set]).collect());
    }
    let backfill = cx.intent.backfill_of(id).filter(|_| new.generated.is_none() && new.identity.is_none());
    let domains = Domains::of(cx.desired, id, new);
    let mut bare = new.clone();
    if backfill.is_some() {
        bare.null = true;
        bare.default = None;
        bare.not_null = None;
        // Not even for a moment is there a NULL in a domain without.
        if domains.forbid_null() {
            bare.ty = domains.base().cloned();
        }
    }
    let mut sql = vec![format!("{} ADD COLUMN {}", alter_table(id), definition(id, &bare))];
    if let Some(value) = backfill {
        sql.push(format!("UPDATE {} SET {} = {}", relation(id), name(id), parenthesised(value.as_str())));
        if bare.ty != new.ty
            && let Some(ty) = &new.ty
        {
            sql.push(format!("{} TYPE {}", alter_column(id), closed(ty.as_str())));
        }
    }
    sql.extend(changes(cx, id, &as_added(&Column { ty: new.ty.clone(), ..bare }), new));
    let computed = match rows_then::value(cx, id) {
        Value::Sql(value) if new.generated.is_some() => Some(value),
        _ => None,
    };
    let evaluated = computed.as_ref().and_then(|value| probes::computable(cx, id, value));
    let probe = match backfill {
        None if let Some(value) = &computed => (!new.null).then(|| probes::nulls_of(cx, id, value)).flatten(),
        None => without_value(cx, id, new),
        Some(value) => (!new.null).then(|| probes::nulls_of(cx, id, value.as_str())).flatten(),
    };
    // New columns stand in the order in which they are written.
    let table = id.parent().unwrap_or(id);
    let columns = cx.desired.columns(table).into_iter().map(|(other, _)| other);
    let before = columns.take_while(|other| *other != id).filter(|other| cx.delta(other) == Some(Delta::Create)).last();
    let is_stored = new.generated.as_ref().is_some_and(|generated| generated.stored);
    let differs = new.identity.is_some() || new.default.as_ref().is_some_and(|sql| volatile::is_volatile(cx, id, sql));
    let rewrites = (is_stored || differs || domains.have_constraints(cx.desired)) && cx.live.contains(table);
    let valued = match rows_then::value(cx, id) {
        Value::Sql(value) if new.generated.is_none() => of_domain::refused(cx, id, &value),
        _ => Vec::new(),
    };
    // Before 17 another expression makes another column.
    let remade = new.generated.is_some() && cx.live.contains(id);
    Ok(vec![
        Draft::of(id, format!("add {id}"), sql)
            .asking(probe)
            .asking(valued)
            .asking(evaluated)
            .asking(remade.then(|| rows_then::broken(cx, id, new)).into_iter().flatten())
            .risking(rewrites.then(|| rewrite(id)))
            .joining((!is_stored && backfill.is_none()).then(|| alter_table(id)))
            .preferring([heirs::room_for(id)])
            .preferring(before.map(|other| Resource::New(other.clone()))),
    ])
}

/// The rows that are there, where a new column gives them no value and needs one.
pub(super) fn without_value(cx: &Cx<'_>, id: &ObjectId, new: &Column) -> Option<Probe> {
    let domains = Domains::of(cx.desired, id, new);
    let filled = new.default.is_some() || new.generated.is_some() || new.identity.is_some() || domains.have_default();
    let empty = !filled && (!new.null || domains.forbid_null());
    if empty { probes::any_row(cx, id) } else { None }
}

pub(super) fn drop(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    let Some(old) = column(cx.live.object(id)) else { return Ok(Vec::new()) };
    if is_of_another(cx, id) {
        if goes_with_another(cx, id) {
            return Ok(Vec::new());
        }
        let mut new = inherited(cx, id);
        // A NOT NULL that comes or goes above in this plan does so here.
        let mut above = heirs::ancestors(cx.desired, id.root()).into_iter();
        let comes_down =
            |table: &ObjectId| cx.delta(&table.child(Kind::Column, id.name().clone())) == Some(Delta::Alter);
        if old.null != new.null && above.any(|(table, _)| comes_down(&table)) {
            (new.null, new.not_null) = (old.null, old.not_null.clone());
        }
        let mut sql = changes(cx, id, old, &new);
        if cx.live.get(id).is_some_and(|entry| entry.comment.is_some()) {
            sql.push(format!("COMMENT ON {} IS NULL", comment_target(cx.live, id)));
        }
        let set = Draft::of(id, format!("set {id} back"), sql).risking(computed_anew(cx, id, old, &new)?);
        return Ok(not_null::renamed_within(cx, id).into_iter().chain([set]).collect());
    }
    let probe = if old.generated.is_none() { probes::values_lost(cx, id) } else { None };
    let mut sql = vec![format!("{} DROP COLUMN {}", alter_table(id), name(id))];
    // Without ONLY the tables that inherit the column lose it with their parent.
    if let Some(others) = heirs::leaving(cx, id) {
        sql = vec![format!("ALTER TABLE ONLY {} DROP COLUMN {}", relation(id), name(id))];
        sql.extend(others.iter().map(|other| format!("{} DROP COLUMN {}", alter_table(other), name(other))));
    }
    // A table with one column left keeps it until the others are there.
    let table = id.parent().unwrap_or(id);
    let added = cx.desired.children(table).filter(|(other, _)| other.kind() == Kind::Column);
    let added = added.filter(|(other, _)| cx.delta(other) == Some(Delta::Create));
    let moved = cx.renames.remade.values().any(|other| other == id);
    let added: Vec<Resource> = added.map(|(other, _)| Resource::New(other.clone())).collect();
    Ok(vec![Draft::of(id, format!("drop {id}"), sql).asking(probe.filter(|_| !moved)).guessing(added)])
}

pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let (Some(old), Some(new)) = (column(cx.live.object(id)), column(cx.desired.object(id))) else {
        return Alter::Recreate;
    };
    match (&old.generated, &new.generated) {
        (None, Some(_)) => return Alter::Recreate,
        (Some(was), Some(is)) => {
            let same_way = was.stored == is.stored;
            let is_fixed = cx.major < EXPRESSIONS_SET || old.ty != new.ty || (!is.stored && keeps_expressions(cx, id));
            if !same_way || (was.sql != is.sql && is_fixed) {
                return Alter::Recreate;
            }
        }
        (Some(was), None) if !was.stored => {
            let advice = "add another column, fill it, and drop this one";
            return Alter::Refuse(refusal(id, "a virtual generated column cannot become a plain one", advice));
        }
        (Some(_) | None, None) => {}
    }
    if is_retyped(cx, id) {
        if let Some(whole) = partitioning::parted_by(cx, id) {
            return partitioning::alter(cx, whole);
        }
        if let Some(refused) = held_as_rows(cx, id) {
            return refused;
        }
    }
    if let Some(above) = merged::retyped_above(cx, id) {
        let sql = changes(cx, id, &merged::after(cx, &above, old), new);
        let draft = Draft::of(id, format!("alter {id}"), sql).consuming([Resource::New(above)]);
        return Alter::InPlace(if draft.step.sql.is_empty() { Vec::new() } else { not_null::steps(cx, id, draft) });
    }
    let mut drafts = Vec::new();
    let is_identity = |column: &Column| column.identity.is_some();
    if is_identity(old) && !is_identity(new) {
        let end = format!("{} DROP IDENTITY", alter_column(id));
        let sql = place::remember(cx, id).into_iter().chain([end]).collect();
        let freed = sequence_name(id, old);
        drafts.push(Draft::of(id, format!("end the identity of {id}"), sql).destroying(freed));
    }
    let sql = changes(cx, id, old, new);
    if !sql.is_empty() {
        let retyped = is_retyped(cx, id);
        let mut draft = Draft::of(id, format!("alter {id}"), sql);
        if retyped {
            // What looks at the column is gone before, and comes after.
            draft = draft.destroying([Resource::Old(id.clone())]).preferring(gone_beside(cx, id));
            draft = draft.risking(in_place::cost(id, old, new));
            let is_plain = old.identity == new.identity && new.generated.is_none();
            let is_written = draft.step.hazards.contains(&rewrite(id));
            let using = cx.intent.using_of(id).filter(|_| id.root().kind() != Kind::ForeignTable);
            draft = draft.risking((using.is_some() && !is_written).then(|| rewrite(id)));
            // In one statement each expression sees the row as it was, in another what a column has become.
            draft = draft.joining((is_plain && (is_written || using.is_some())).then(|| alter_table(id)));
            if let Some(using) = using {
                draft = draft.asking(probes::convertible(cx, id, using.as_str()));
            } else {
                draft = draft.risking(retype::in_another_zone(id, old, new));
                draft = draft.asking(retype::probes(cx, id, old, new));
                draft = draft.asking(of_domain::refused(cx, id, &of_domain::below(cx, id, old, new)));
            }
        }
        if !retyped && new.generated.as_ref().is_some_and(|is| is.stored && old.generated.as_ref() != Some(is)) {
            draft = draft.risking([rewrite(id)]);
        }
        if !retyped && !old.null && new.null {
            // The key that forbids nulls goes before.
            draft = draft.destroying([Resource::Old(id.clone())]);
        }
        let said = cx.intent.using_of(id).is_some() || cx.intent.backfill_of(id).is_some();
        let loses = draft.step.probes.iter().any(|probe| probe.kind == ProbeKind::Loss);
        if said || loses || new.generated.is_some() {
            draft = draft.asking(rows_then::broken(cx, id, new));
        }
        if old.null && !new.null && cx.intent.backfill_of(id).is_none() && !is_not_valid(new) {
            draft = draft.asking(match cx.intent.using_of(id).filter(|_| retyped) {
                Some(using) => probes::nulls_of(cx, id, using.as_str()),
                None => probes::nulls(cx, id),
            });
        }
        drafts.extend(not_null::steps(cx, id, draft));
    }
    if let (false, Some(identity)) = (is_identity(old), &new.identity) {
        drafts.push(add_identity(cx, id, new, identity));
    }
    drafts.extend(not_null::renamed_within(cx, id));
    // What changes above goes down to it.
    let above: Vec<Resource> = if is_of_another(cx, id) { above(cx, id).collect() } else { Vec::new() };
    Alter::InPlace(drafts.into_iter().map(|draft| draft.preferring(above.iter().cloned())).collect())
}

/// What of the table goes in this plan and the server would make anew for a column of another type. It may look at the row
/// as a whole.
fn gone_beside(cx: &Cx<'_>, id: &ObjectId) -> Vec<Resource> {
    let parts = cx.live.children(id.root()).map(|(part, _)| part).filter(|part| cx.delta(part) == Some(Delta::Drop));
    let parts =
        parts.filter(|part| matches!(part.kind(), Kind::Index | Kind::Check | Kind::Exclusion | Kind::Statistics));
    parts.cloned().map(Resource::New).collect()
}

/// Whether the server sets no other expression of a virtual column, since it is in a table with a check or in a publication
/// (`ATExecSetExpression`).
fn keeps_expressions(cx: &Cx<'_>, id: &ObjectId) -> bool {
    let table = id.parent().unwrap_or(id);
    let has_check = cx.live.children(table).any(|(part, _)| part.kind() == Kind::Check);
    let publishes = |(publication, entry): (&ObjectId, &Entry)| match &entry.object {
        Object::Publication(_) => entry.references(publication).contains(table),
        _ => false,
    };
    has_check || cx.live.iter().any(publishes)
}

/// Whether columns hold rows of the table: the server changes no type in these ("uses its row type").
fn held_as_rows(cx: &Cx<'_>, id: &ObjectId) -> Option<Alter> {
    let table = id.parent().filter(|table| cx.is_row_type(table))?;
    let stays = |holder: &users::Holder<'_>| {
        let ty = |object| column(object).and_then(|column| column.ty.clone());
        ty(cx.desired.object(holder.column)) == ty(cx.live.object(holder.column))
    };
    let holder = users::holders(cx, table).into_iter().find(stays)?;
    let reason = format!("{} holds rows of {table}, in which no column changes its type", holder.column);
    Some(Alter::Refuse(refusal(
        id,
        reason,
        "add another column and move the values, or give the other a type of its own",
    )))
}

/// What is said of a change that copies the table.
pub(super) fn rewrite(id: &ObjectId) -> Hazard {
    Hazard { kind: HazardKind::Rewrite, id: id.clone(), message: "writes every row of the table anew".to_owned() }
}

fn add_identity(cx: &Cx<'_>, id: &ObjectId, new: &Column, identity: &Identity) -> Draft {
    let words = identity.generation.words().to_ascii_uppercase();
    let add = format!("{} ADD GENERATED {words} AS IDENTITY{}", alter_column(id), identity_options(id, identity));
    let place = place::go_on(cx, id, &place::serial_sequence(id), &identity.numbering);
    let sql = std::iter::once(add).chain(place).collect();
    Draft::of(id, format!("make {id} an identity"), sql).producing(sequence_name(id, new))
}

/// The name of the sequence behind an identity column.
fn sequence_name(id: &ObjectId, column: &Column) -> Vec<Resource> {
    let Some(identity) = &column.identity else { return Vec::new() };
    let made_up = || made_up_name(id.root().name().as_str(), id.name().as_str(), "seq");
    let name = identity.name.as_ref().map_or_else(made_up, |name| name.as_str().to_owned());
    vec![Resource::Name("relation", Name::exact(in_schema(id.root().schema(), &name)))]
}

/// The statements that take a column from one state to the other, but for the coming and going of an identity.
pub(super) fn changes(cx: &Cx<'_>, id: &ObjectId, old: &Column, new: &Column) -> Vec<String> {
    let column = alter_column(id);
    let mut sql = Vec::new();
    let retyped = differ_in_type(old, new);
    let mut default = old.default.clone();
    if old.generated.is_some() && new.generated.is_none() {
        sql.push(format!("{column} DROP EXPRESSION"));
    }
    let numbers = match (&old.identity, &new.identity) {
        (Some(was), Some(is)) => identity_changes(id, was, is),
        _ => Vec::new(),
    };
    // Bounds that the new type cannot hold go before it, bounds that only it can hold come after.
    let narrows = match (&old.identity, &new.identity) {
        (Some(was), Some(is)) => is.numbering.maxvalue < was.numbering.maxvalue,
        _ => false,
    };
    if narrows {
        sql.extend(numbers.iter().cloned());
    }
    if retyped {
        if default.take().is_some() {
            sql.push(format!("{column} DROP DEFAULT"));
        }
        let ty = new.ty.as_ref().or(old.ty.as_ref()).map_or("", |ty| ty.as_str());
        let collate = new.collation.as_ref().map_or(String::new(), |name| format!(" COLLATE {}", collation(name)));
        let using = conversion(cx, id, old, new).filter(|_| new.generated.is_none());
        let using = using.map_or(String::new(), |text| retype::using_clause(id, &text));
        sql.push(format!("{column} TYPE {ty}{collate}{using}"));
    }
    if let (Some(was), Some(is)) = (&old.generated, &new.generated)
        && was.sql != is.sql
    {
        sql.push(format!("{column} SET EXPRESSION AS {}", parenthesised(is.sql.as_str())));
    }
    if default != new.default {
        sql.push(match &new.default {
            Some(value) => format!("{column} SET DEFAULT {}", closed(value.as_str())),
            None => format!("{column} DROP DEFAULT"),
        });
    }
    sql.extend(not_null::changes(cx, id, old, new));
    if !narrows {
        sql.extend(numbers);
    }
    let option = |key: OptionKey| {
        // Another type begins with its own (`ATExecAlterColumnType`).
        let is_reset = retyped && matches!(key, OptionKey::Storage | OptionKey::Compression);
        let had = old.options.get(key).filter(|_| !is_reset).map(ToString::to_string);
        let has = new.options.get(key).map(ToString::to_string);
        (had != has).then_some(has)
    };
    if let Some(storage) = option(OptionKey::Storage) {
        // DEFAULT is a word of PostgreSQL 16.
        let word = storage.map_or_else(|| default_storage(cx, new), |word| word.to_ascii_uppercase());
        sql.push(format!("{column} SET STORAGE {word}"));
    }
    if let Some(compression) = option(OptionKey::Compression) {
        sql.push(format!("{column} SET COMPRESSION {}", compression.as_deref().map_or("default".to_owned(), quote)));
    }
    if let Some(target) = option(OptionKey::StatisticsTarget) {
        let only = format!("ALTER TABLE ONLY {} ALTER COLUMN {}", relation(id), name(id));
        sql.push(format!("{only} SET STATISTICS {}", target.as_deref().unwrap_or("-1")));
    }
    let gone: Vec<String> =
        old.with.keys().filter(|key| !new.with.contains_key(*key)).map(|key| parameter(key)).collect();
    if !gone.is_empty() {
        sql.push(format!("{column} RESET ({})", gone.join(", ")));
    }
    if new.with.iter().any(|(key, value)| old.with.get(key) != Some(value)) {
        sql.push(format!("{column} SET {}", parameters(&new.with)));
    }
    sql.extend(changed_options(&old.settings, &new.settings).map(|options| format!("{column} {options}")));
    sql
}

fn identity_changes(id: &ObjectId, was: &Identity, is: &Identity) -> Vec<String> {
    let column = alter_column(id);
    let mut sql = Vec::new();
    if was.generation != is.generation {
        sql.push(format!("{column} SET GENERATED {}", is.generation.words().to_ascii_uppercase()));
    }
    if was.numbering != is.numbering {
        let words = super::sequence::numbering_changes(&was.numbering, &is.numbering);
        let of =
            format!("pg_catalog.pg_get_serial_sequence({}, {})", string(&relation(id)), string(id.name().as_str()));
        let (before, restart) =
            super::sequence::beyond_bounds(&was.numbering, &is.numbering, &format!("{of}::regclass"));
        sql.extend(before);
        let restart = restart.map(|word| format!(" {word}")).unwrap_or_default();
        sql.push(format!(
            "{column} {}",
            words.iter().map(|word| format!("SET {word}")).collect::<Vec<_>>().join(" ") + &restart
        ));
    }
    if was.name != is.name {
        let made_up = || made_up_name(id.root().name().as_str(), id.name().as_str(), "seq");
        let own = |identity: &Identity| identity.name.as_ref().map_or_else(made_up, |name| name.as_str().to_owned());
        let from = in_schema(id.root().schema(), &own(was));
        sql.push(format!("ALTER SEQUENCE {from} RENAME TO {}", quote(&own(is))));
    }
    sql
}

/// The expression that converts the values, where the server would not do it unasked.
pub(super) fn conversion(cx: &Cx<'_>, id: &ObjectId, old: &Column, new: &Column) -> Option<String> {
    if let Some(using) = cx.intent.using_of(id) {
        return Some(closed(using.as_str()));
    }
    let ty = retype::of(new);
    let (from, to) = (kept::innermost(cx.plan.live, retype::of(old)), kept::innermost(cx.plan.desired, ty));
    let domains = Domains::of(cx.desired, id, new);
    if let Some(value) = cx.intent.backfill_of(id).filter(|_| domains.forbid_null()) {
        let (kept, value) = (of_domain::below(cx, id, old, new), parenthesised(value.as_str()));
        return Some(format!("coalesce({kept}, {value})::{ty}"));
    }
    // By the type below a domain: numbers go to it as numbers.
    let converted = retype::conversion(&name(id), &from, &to)?;
    Some(if to == ty { converted } else { format!("{converted}::{ty}") })
}

fn is_not_valid(column: &Column) -> bool {
    column.not_null.as_ref().is_some_and(|not_null| not_null.not_valid)
}

/// The storage of a type, where it is not said: PostgreSQL 16 has a word for it.
fn default_storage(cx: &Cx<'_>, column: &Column) -> String {
    if cx.major >= 16 {
        return "DEFAULT".to_owned();
    }
    let ty = retype::base(retype::of(column));
    let word = match ty {
        "numeric" | "inet" | "cidr" => "MAIN",
        "smallint" | "integer" | "bigint" | "boolean" | "real" | "double precision" | "date" | "uuid" | "name" => {
            "PLAIN"
        }
        _ if ty.starts_with("time") || ty == "interval" => "PLAIN",
        _ => "EXTENDED",
    };
    word.to_owned()
}

/// What ADD COLUMN, or the definition in CREATE TABLE, makes of a column: the rest is altered after.
pub(super) fn as_added(new: &Column) -> Column {
    let mut added = Column { with: Parameters::new(), ..new.clone() };
    added.options = crate::catalog::Options::default();
    if is_not_valid(new) {
        added.null = true;
        added.not_null = None;
    }
    added
}

/// Whether the column comes from another table, and the object only says what it has of its own.
pub(super) fn is_of_another(cx: &Cx<'_>, id: &ObjectId) -> bool {
    let entry = column(cx.desired.object(id)).or_else(|| column(cx.live.object(id)));
    let partition = |object: Option<&Object>| match object {
        Some(Object::Table(table)) => table.partition_of.is_some() || table.of_type.is_some(),
        Some(Object::ForeignTable(table)) => table.partition_of.is_some(),
        _ => false,
    };
    let parent = id.parent();
    let view = parent.is_some_and(|parent| parent.kind() == Kind::View);
    let typeless = entry.is_some_and(|column| column.ty.is_none());
    view || typeless || parent.is_some_and(|parent| partition(cx.desired.object(parent)) && typeless)
}

/// The columns that a column comes from, as they are to be.
fn above<'c>(cx: &Cx<'c>, id: &'c ObjectId) -> impl Iterator<Item = Resource> + 'c {
    let table = id.parent().and_then(|table| cx.plan.desired.object(table));
    let parents = table.into_iter().flat_map(Object::parents);
    parents.map(|parent| Resource::New(parent.child(Kind::Column, id.name().clone())))
}

/// Whether it is a parent's column that the table has no longer: it went with that of the parent, or when the table left it.
fn goes_with_another(cx: &Cx<'_>, id: &ObjectId) -> bool {
    let has_parents = |table: &ObjectId| cx.live.object(table).is_some_and(|table| table.parents().next().is_some());
    id.parent().is_some_and(|table| has_parents(table) && !heirs::column_names(cx.desired, table).contains(id.name()))
}

/// What a column is without what its object says: as the table that it comes from has it.
fn inherited(cx: &Cx<'_>, id: &ObjectId) -> Column {
    let parents = |table: &ObjectId| -> Vec<ObjectId> {
        cx.desired.object(table).into_iter().flat_map(Object::parents).cloned().collect()
    };
    // A partition of a partition has it from further above, where the one between says nothing of its own.
    let mut above = id.parent().map(&parents).unwrap_or_default();
    let mut found = None;
    let mut at = 0;
    while let Some(table) = above.get(at).cloned() {
        found = column(cx.desired.object(&table.child(Kind::Column, id.name().clone()))).cloned();
        if found.is_some() {
            break;
        }
        let further: Vec<ObjectId> = parents(&table).into_iter().filter(|parent| !above.contains(parent)).collect();
        above.extend(further);
        at += 1;
    }
    let mut found = found.unwrap_or(Column { null: true, ..Column::default() });
    found.ty = None;
    found.collation = None;
    // What is said of the rows of the other alone.
    found.with = Parameters::new();
    found.settings = Settings::new();
    found.options.clear(OptionKey::StatisticsTarget);
    let own = column(cx.desired.object(id)).or_else(|| column(cx.live.object(id)));
    // These it cannot have otherwise than the other, but for another expression, since 16.
    if let Some(own) = own {
        if own.generated.is_none() || found.generated.is_none() {
            found.generated.clone_from(&own.generated);
        }
        found.identity.clone_from(&own.identity);
        found.collation.clone_from(&own.collation);
    }
    found
}

/// What it takes to have the column of a partition computed otherwise, or as that of the whole again.
fn computed_anew(cx: &Cx<'_>, id: &ObjectId, old: &Column, new: &Column) -> Result<Option<Hazard>, Refusal> {
    let (Some(was), Some(is)) = (&old.generated, &new.generated) else { return Ok(None) };
    if was.sql == is.sql {
        return Ok(None);
    }
    if cx.major < EXPRESSIONS_SET {
        let reason = "PostgreSQL before 17 sets no other expression of a generated column";
        return Err(refusal(id, reason, "detach the partition, drop the column there and add it again, and attach it"));
    }
    Ok(is.stored.then(|| rewrite(id)))
}

/// What a new table's columns need said after its CREATE.
pub(super) fn after_table(cx: &Cx<'_>, table: &ObjectId) -> Vec<String> {
    let columns = cx.desired.columns(table).into_iter();
    columns
        .flat_map(|(id, new)| {
            let defined = !is_of_another(cx, id) && new.ty.is_some() && !is_partition(cx, table);
            let old = if defined { as_added(new) } else { inherited(cx, id) };
            // It stands in the definition.
            let old = Column { generated: new.generated.clone(), ..old };
            let mut new = new.clone();
            if !defined {
                new.ty = None;
            }
            changes(cx, id, &old, &new)
        })
        .collect()
}

fn is_partition(cx: &Cx<'_>, table: &ObjectId) -> bool {
    match cx.desired.object(table) {
        Some(Object::Table(table)) => table.partition_of.is_some() || table.of_type.is_some(),
        Some(Object::ForeignTable(table)) => table.partition_of.is_some(),
        _ => false,
    }
}

/// Whether the type or the collation of a column differs.
pub(super) fn is_retyped(cx: &Cx<'_>, id: &ObjectId) -> bool {
    match (column(cx.live.object(id)), column(cx.desired.object(id))) {
        (Some(old), Some(new)) => differ_in_type(old, new),
        _ => false,
    }
}

/// What has no type says only what it has otherwise than the column that it comes from.
fn differ_in_type(old: &Column, new: &Column) -> bool {
    let said = old.ty.is_some() && new.ty.is_some();
    said && (old.ty != new.ty || old.collation != new.collation)
}

/// A column without its default for a while.
pub(super) fn drop_default(_cx: &Cx<'_>, id: &ObjectId) -> Draft {
    Draft::new(id, format!("take the default of {id} aside"), format!("{} DROP DEFAULT", alter_column(id)))
}

/// Its default again.
pub(super) fn set_default(cx: &Cx<'_>, id: &ObjectId) -> Option<Draft> {
    let entry = cx.desired_entry(id)?;
    let default = column(Some(&entry.object))?.default.as_ref()?;
    let sql = format!("{} SET DEFAULT {}", alter_column(id), closed(default.as_str()));
    let needs = entry.references(id).into_iter().map(Resource::New);
    let draft = Draft::new(id, format!("set the default of {id} again"), sql);
    Some(draft.consuming(needs).in_schema(entry.in_schema.as_ref()))
}

/// The type that the column has in the database.
pub(super) fn old_type<'c>(cx: &Cx<'c>, id: &ObjectId) -> &'c str {
    column(cx.live.object(id)).and_then(|column| column.ty.as_ref()).map_or("", |ty| ty.as_str())
}

pub(super) fn column(object: Option<&Object>) -> Option<&Column> {
    match object {
        Some(Object::Column(column)) => Some(column),
        _ => None,
    }
}

/// Renames a constraint of a column: ALTER FOREIGN TABLE has no words for it, ALTER TABLE takes both.
pub(super) fn rename_constraint(column: &ObjectId, from: &str, to: &str) -> String {
    format!("ALTER TABLE {} RENAME CONSTRAINT {} TO {}", relation(column), quote(from), quote(to))
}

/// `ALTER TABLE t`, for the table that a column or a constraint belongs to.
pub(super) fn alter_table(id: &ObjectId) -> String {
    let kind = match id.parent().unwrap_or(id).kind() {
        Kind::ForeignTable => "FOREIGN TABLE",
        Kind::Domain => "DOMAIN",
        _ => "TABLE",
    };
    format!("ALTER {kind} {}", qualified(id.parent().unwrap_or(id)))
}

/// `ALTER TABLE t ALTER COLUMN c`.
pub(super) fn alter_column(id: &ObjectId) -> String {
    format!("{} ALTER COLUMN {}", alter_table(id), name(id))
}
