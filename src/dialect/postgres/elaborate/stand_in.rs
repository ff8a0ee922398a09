//! The temporary objects that stand for what differs, and what is read back of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::catalog::{
    Catalog, Column, Deferrable, Entry, Kind, Name, Object, ObjectId, Options, Parameters, Part, Publication, Routine,
    Settings, Statistics, View,
};
use crate::diff::Delta;
use crate::error::Result;

use super::super::session::Session;
use super::super::sql::{closed, default_value, name, parenthesised, qualified, quote, string};
use super::super::{canonical, render};
use super::{Against, inherited};

/// What of an object is made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// What is there already and differs.
    Altered,
    /// What is new too.
    AlteredAndNew,
    /// What differs of that which stands on a materialized view whose query differs itself: a temporary view has no indexes.
    OnKept,
}

/// What stands for one object on its own and what belongs to it.
pub(super) struct StandIn {
    pub(super) root: ObjectId,
    /// Makes what the parts need: a table of the same columns.
    pub(super) base: Option<String>,
    pub(super) parts: Vec<StandInPart>,
}

/// One object that is judged.
pub(super) struct StandInPart {
    pub(super) id: ObjectId,
    /// The attribute of the TOML that is at fault if it fails.
    pub(super) attribute: Option<&'static str>,
    pub(super) sql: String,
    /// A column of the type alone, for what comes after it where its default fails.
    pub(super) bare: Option<String>,
    /// The table without the column, for what comes after it where not even that can be made: its type comes with the plan.
    pub(super) without: Option<String>,
}

/// What was read of a function: arguments, result, body of SQL's own.
pub(super) type Routines = BTreeMap<String, (String, Option<String>, Option<String>)>;

/// The object of the same name in the temporary schema.
fn temporary(root: &ObjectId) -> ObjectId {
    ObjectId::top(root.kind(), Some(Name::exact("pg_temp")), root.name().clone())
}

impl StandIn {
    /// None where there is nothing that the server could say more of.
    pub(super) fn of(
        against: &Against<'_>,
        root: &ObjectId,
        renames: &[(ObjectId, ObjectId)],
        which: Which,
    ) -> Option<Self> {
        let Against { live, desired, deltas, .. } = *against;
        let old_root = before(renames, root);
        let temp = temporary(root);
        // What is rendered looks its neighbours up.
        let stand_in: Catalog =
            desired.within(root).map(|(id, entry)| (id.renamed(root, &temp), entry.clone())).collect();
        let kept = match desired.object(root) {
            Some(Object::View(view)) if view.materialized => Some(view),
            _ => None,
        };
        let is_of_kept = kept.is_some_and(|view| {
            deltas.get(root) == Some(&Delta::Alter)
                && !matches!(live.object(root), Some(Object::View(old)) if old.query == view.query)
        });
        let wanted = |id: &ObjectId| match which {
            Which::OnKept => is_of_kept && id != root,
            Which::Altered => !is_of_kept || id == root,
            Which::AlteredAndNew => true,
        };
        let mut parts = Vec::new();
        let mut later = Vec::new();
        for (id, entry) in desired.within(root).filter(|(id, _)| wanted(id)) {
            let differs = match deltas.get(id) {
                Some(Delta::Alter) => live.object(id) != Some(&entry.object),
                Some(Delta::Create) => which == Which::AlteredAndNew,
                _ => false,
            };
            if !differs {
                continue;
            }
            let made = id.renamed(root, &temp);
            let of_new = || (which == Which::AlteredAndNew).then(|| new_statement(&stand_in, &made, &entry.object))?;
            if matches!(&entry.object, Object::Publication(of) if has_other_columns(against, of)) {
                continue;
            }
            let Some((attribute, sql)) = statement(&stand_in, &made, &entry.object).or_else(of_new) else { continue };
            let bare = bare_column(&made, &entry.object);
            let without =
                matches!(&entry.object, Object::Column(column) if column.ty.is_some()).then(|| without(&made));
            let part = StandInPart { id: id.clone(), attribute, sql, bare, without };
            // What is generated needs the other columns, and keys need all.
            match &entry.object {
                _ if id == root => parts.insert(0, part),
                Object::Column(column) if column.generated.is_none() => parts.push(part),
                Object::Column(_) => later.insert(0, part),
                _ => later.push(part),
            }
        }
        parts.extend(later);
        if parts.is_empty() {
            return None;
        }
        let of_table = parts.iter().any(|part| part.id != *root);
        let base = match root.kind() {
            Kind::Table if of_table && !live.contains(root) => Some(new_table(against, root, &temp)?),
            Kind::Table | Kind::ForeignTable if of_table => {
                let mut sql = copy(renames, root, &qualified(&temp));
                sql.push_str(&inherited::changes(against, root, &temp));
                Some(sql)
            }
            Kind::Domain if of_table && parts.iter().all(|part| part.id != *root) => match desired.object(root) {
                Some(Object::Domain(domain)) => {
                    Some(format!("create domain {} as {}", qualified(&temp), domain.ty.as_ref()?.as_str()))
                }
                _ => None,
            },
            Kind::View if of_table && parts.iter().all(|part| part.id != *root) => {
                // Only a table can have indexes and statistics as a materialized view has them.
                let (made, of) = (qualified(&temp), qualified(&old_root));
                Some(match kept {
                    Some(view) if which == Which::OnKept => filled_by(&made, view),
                    Some(_) => copy(renames, root, &made),
                    None => format!("create temp view {made} as select * from {of}"),
                })
            }
            _ => None,
        };
        Some(Self { root: root.clone(), base, parts })
    }
}

/// What the server knows an object by: it has the old names still.
fn before(renames: &[(ObjectId, ObjectId)], id: &ObjectId) -> ObjectId {
    renames.iter().rev().fold(id.clone(), |id, (from, to)| if id == *to { from.clone() } else { id })
}

/// Makes a temporary table with the columns that a table has once it is renamed.
pub(super) fn copy(renames: &[(ObjectId, ObjectId)], table: &ObjectId, temp: &str) -> String {
    let mut sql = format!("create temp table {temp} (like {})", qualified(&before(renames, table)));
    for (from, to) in renames.iter().filter(|(_, to)| to.kind() == Kind::Column && to.parent() == Some(table)) {
        let _ = write!(sql, "; alter table {temp} rename column {} to {}", name(from), name(to));
    }
    sql
}

/// An empty table with the columns that a query has.
fn filled_by(temp: &str, view: &View) -> String {
    let names: Vec<String> = view.column_names.iter().map(|name| quote(name.as_str())).collect();
    let names = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
    format!("create temp table {temp}{names} as {} with no data", closed(view.query.as_str()))
}

/// The table that the columns of a new one are added to, with those of its parents: a parent that is new or has others
/// has a stand-in.
fn new_table(against: &Against<'_>, root: &ObjectId, temp: &ObjectId) -> Option<String> {
    let Some(Object::Table(table)) = against.desired.object(root) else { return None };
    if table.of_type.is_some() {
        return None;
    }
    let changes = |parent: &ObjectId| against.deltas.keys().any(|id| id.kind() == Kind::Column && id.is_within(parent));
    let above = table.inherits.iter().chain(&table.partition_of).map(|parent| {
        let is_there = against.live.contains(parent) && !changes(parent);
        if is_there { qualified(parent) } else { qualified(&temporary(parent)) }
    });
    let columns: Vec<String> = above.map(|parent| format!("like {parent}")).collect();
    Some(format!("create temp table {} ({})", qualified(temp), columns.join(", ")))
}

/// What has no text to be compared, and is made for what rests on it.
fn new_statement(catalog: &Catalog, id: &ObjectId, object: &Object) -> Option<(Option<&'static str>, String)> {
    Some(match object {
        Object::Enum(of) => (Some("values"), render::types::enumeration(id, of)),
        Object::Composite(_) => (None, render::types::composite(catalog, id)),
        Object::Range(range) => (Some("subtype"), render::types::range(id, range)),
        Object::Sequence(sequence) => (None, render::sequence(id, sequence, false)),
        _ => return None,
    })
}

fn statement(catalog: &Catalog, id: &ObjectId, object: &Object) -> Option<(Option<&'static str>, String)> {
    let table = id.parent().map(qualified).unwrap_or_default();
    Some(match object {
        Object::Column(column) => {
            let attribute = if column.generated.is_some() {
                "generated"
            } else if column.default.is_some() {
                "default"
            } else {
                "type"
            };
            (Some(attribute), column_statement(&table, id, column))
        }
        Object::Check(_) if id.root().kind() == Kind::Domain => {
            (Some("sql"), format!("alter domain {table} add {}", render::constraint(catalog, id)?))
        }
        Object::Check(_) | Object::Exclusion(_) => {
            let constraint = render::constraint(catalog, id)?;
            let attribute = if id.kind() == Kind::Check { Some("sql") } else { None };
            (attribute, format!("alter table {table} add {constraint}"))
        }
        Object::Index(index) => {
            let plain = crate::catalog::Index {
                part_of: None,
                with: Parameters::new(),
                options: Options::default(),
                ..index.clone()
            };
            (Some("columns"), render::index(id, &plain))
        }
        Object::Trigger(trigger) => (Some("when"), render::trigger(id, trigger, false)),
        Object::Policy(policy) => {
            (Some(if policy.using.is_some() { "using" } else { "with_check" }), render::policy(id, policy))
        }
        Object::Rule(rule) => (Some("do"), render::rule(id, rule)),
        Object::Statistics(statistics) => (Some("columns"), statistics_statement(id, statistics)),
        Object::View(view) => {
            let plain = View {
                materialized: false,
                without_data: false,
                cluster_on: None,
                with: Parameters::new(),
                options: Options::default(),
                ..view.clone()
            };
            (Some("query"), render::view(id, &plain, false))
        }
        Object::Function(routine) | Object::Procedure(routine) => (None, routine_statement(id, routine)?),
        Object::Aggregate(aggregate) => (None, render::routine::aggregate(id, aggregate, false)),
        Object::Publication(publication) => (Some("tables"), predicates(id, publication)?),
        Object::Domain(domain) => {
            let ty = domain.ty.as_ref()?.as_str();
            let default = domain.default.as_ref().map(|sql| format!(" default {}", default_value(sql.as_str())));
            (Some("default"), format!("create domain {} as {ty}{}", qualified(id), default.unwrap_or_default()))
        }
        _ => return None,
    })
}

/// The statistics in the temporary schema, wherever they are to be.
fn statistics_statement(id: &ObjectId, statistics: &Statistics) -> String {
    let plain = Statistics { in_schema: None, ..statistics.clone() };
    let alone = [(id.clone(), Entry::new(Object::Statistics(plain), 0))].into_iter().collect();
    render::statistics(&alone, id, statistics)
}

/// Whether columns of the tables come with the plan or get other types, so that a condition means something else to them as
/// they are.
fn has_other_columns(against: &Against<'_>, publication: &Publication) -> bool {
    let ty = |catalog: &Catalog, id: &ObjectId| match catalog.object(id) {
        Some(Object::Column(column)) => column.ty.clone(),
        _ => None,
    };
    let changes = |id: &ObjectId| ty(against.live, id) != ty(against.desired, id);
    let is_over = |table: &ObjectId| {
        against.deltas.keys().any(|id| id.kind() == Kind::Column && id.is_within(table) && changes(id))
    };
    publication.tables.iter().any(|published| published.predicate.is_some() && is_over(&published.table))
}

/// Tables with the predicates of a publication as checks.
fn predicates(id: &ObjectId, publication: &Publication) -> Option<String> {
    let made = publication.tables.iter().enumerate().filter_map(|(at, published)| {
        let condition = parenthesised(published.predicate.as_ref()?.as_str());
        let (stand_in, table) = (quote(predicate_table(id, at).as_str()), qualified(&published.table));
        Some(format!(
            "create temp table {stand_in} (like {table}); alter table pg_temp.{stand_in} add constraint w check {condition}"
        ))
    });
    let made: Vec<String> = made.collect();
    (!made.is_empty()).then(|| made.join("; "))
}

/// The name of the table that stands for the one at this place of a publication.
fn predicate_table(id: &ObjectId, at: usize) -> Name {
    let own: String = id.name().as_str().chars().take(10).collect();
    Name::exact(format!("{own} {at}"))
}

/// The column anew: its neighbours are there already, as they are live.
fn column_statement(table: &str, id: &ObjectId, column: &Column) -> String {
    if column.ty.is_none() {
        return match &column.default {
            Some(default) => {
                format!("alter table {table} alter column {} set default {}\n", name(id), default.as_str())
            }
            None => "select 1".to_owned(),
        };
    }
    let plain = Column {
        null: true,
        not_null: None,
        identity: None,
        settings: Settings::new(),
        with: Parameters::new(),
        options: Options::default(),
        ..column.clone()
    };
    format!("{}; alter table {table} add column {}", without(id), render::definition(id, &plain))
}

fn without(column: &ObjectId) -> String {
    let table = column.parent().map(qualified).unwrap_or_default();
    format!("alter table {table} drop column if exists {}", name(column))
}

fn bare_column(id: &ObjectId, object: &Object) -> Option<String> {
    let Object::Column(column) = object else { return None };
    column.ty.as_ref()?;
    let has_more = column.default.is_some() || column.generated.is_some();
    let bare = Column { default: None, generated: None, ..column.clone() };
    has_more.then(|| column_statement(&id.parent().map(qualified).unwrap_or_default(), id, &bare))
}

fn routine_statement(id: &ObjectId, routine: &Routine) -> Option<String> {
    if routine.library.is_some() {
        return None;
    }
    let kind = if id.kind() == Kind::Procedure { "procedure" } else { "function" };
    let bare = id.name().as_str().split('(').next().unwrap_or_default();
    let returns = routine.returns.as_ref().map(|sql| format!(" returns {}\n", sql.as_str())).unwrap_or_default();
    let window = if routine.window { " window" } else { "" };
    let text = routine.body.as_ref().map_or("", |sql| sql.as_str());
    let body = if is_parsed(routine) { text.to_owned() } else { format!("as {}", string(text)) };
    let arguments = routine.arguments.as_str();
    let language = quote(&routine.language);
    Some(format!("create {kind} pg_temp.{}({arguments}\n){returns} language {language}{window} {body}", quote(bare)))
}

/// Whether the server reads the body when the routine is made.
fn is_parsed(routine: &Routine) -> bool {
    let text = routine.body.as_ref().map_or("", |sql| sql.as_str()).trim_start().to_ascii_lowercase();
    routine.language.eq_ignore_ascii_case("sql") && (text.starts_with("begin atomic") || text.starts_with("return"))
}

/// What the server says of the functions in the temporary schema.
pub(super) fn routines(session: &mut Session) -> Result<Routines> {
    let sql = "select p.proname || '(' || oidvectortypes(p.proargtypes) || ')', pg_get_function_arguments(p.oid), \
               pg_get_function_result(p.oid), \
               case when current_setting('server_version_num')::int >= 140000 then pg_get_function_sqlbody(p.oid) end \
               from pg_proc p where p.pronamespace = pg_my_temp_schema() and p.prokind in ('f', 'p', 'w')";
    let mut routines = Routines::new();
    for row in session.rows(sql)? {
        let text = |at: usize| row.try_get(at).ok().flatten().map(str::to_owned);
        routines.insert(text(0).unwrap_or_default(), (text(1).unwrap_or_default(), text(2), text(3)));
    }
    Ok(routines)
}

/// The desired object with what the server made of its texts.
pub(super) fn read_back(read: &Catalog, routines: &Routines, id: &ObjectId, desired: &Object) -> Option<Object> {
    if let Object::Function(routine) | Object::Procedure(routine) = desired {
        let (arguments, returns, body) = routines.get(id.name().as_str())?;
        let mut routine = routine.clone();
        // Each as the reader of the database takes it.
        routine.arguments = canonical::expression(arguments);
        // That of a function is what comes out, where nothing else is said.
        if routine.returns.is_some() || id.kind() == Kind::Function {
            routine.returns = returns.as_deref().map(canonical::type_name);
        }
        if is_parsed(&routine) {
            routine.body = body.as_deref().map(canonical::query);
        }
        return Some(if id.kind() == Kind::Procedure { Object::Procedure(routine) } else { Object::Function(routine) });
    }
    if let Object::Publication(publication) = desired {
        let mut publication = publication.clone();
        for (at, published) in publication.tables.iter_mut().enumerate() {
            let Some(predicate) = &mut published.predicate else { continue };
            let table = ObjectId::top(Kind::Table, None, predicate_table(id, at));
            let Some(Object::Check(check)) = read.object(&table.child(Kind::Check, Name::exact("w"))) else {
                return None;
            };
            predicate.clone_from(&check.sql);
        }
        return Some(Object::Publication(publication));
    }
    merged(desired, found(read, id)?)
}

/// What stands for an object, as it was read.
pub(super) fn found<'c>(read: &'c Catalog, id: &ObjectId) -> Option<&'c Object> {
    let within = |kind: Kind| id.renamed(id.root(), &ObjectId::top(kind, None, id.root().name().clone()));
    // A plain table stands for a foreign one, and for the view on which there are indexes.
    let plain = || matches!(id.root().kind(), Kind::ForeignTable | Kind::View).then(|| within(Kind::Table));
    read.object(&within(id.root().kind())).or_else(|| read.object(&plain()?))
}

/// The desired object with the texts of what was made of it.
pub(super) fn merged(desired: &Object, found: &Object) -> Option<Object> {
    Some(match (desired, found) {
        (Object::Column(wanted), Object::Column(found)) => {
            let mut column = wanted.clone();
            if column.ty.is_some() {
                column.ty.clone_from(&found.ty);
            }
            column.default.clone_from(&found.default);
            column.generated.clone_from(&found.generated);
            column.collation.clone_from(&found.collation);
            Object::Column(column)
        }
        (Object::Check(wanted), Object::Check(found)) => {
            Object::Check(crate::catalog::Check { sql: found.sql.clone(), ..wanted.clone() })
        }
        (Object::Exclusion(wanted), Object::Exclusion(found)) => {
            let mut exclusion = wanted.clone();
            exclusion.columns.clone_from(&found.columns);
            exclusion.predicate.clone_from(&found.predicate);
            exclusion.method.clone_from(&found.method);
            Object::Exclusion(exclusion)
        }
        (Object::Index(wanted), Object::Index(found)) => {
            let mut index = wanted.clone();
            index.columns = parts(&wanted.columns, &found.columns);
            index.predicate.clone_from(&found.predicate);
            index.method.clone_from(&found.method);
            Object::Index(index)
        }
        (Object::Trigger(wanted), Object::Trigger(found)) => {
            let mut trigger = wanted.clone();
            trigger.when.clone_from(&found.when);
            trigger.execute.clone_from(&found.execute);
            trigger.for_each = found.for_each;
            trigger.events.clone_from(&found.events);
            if trigger.deferrable == Deferrable::No {
                trigger.deferrable = found.deferrable;
            }
            Object::Trigger(trigger)
        }
        (Object::Policy(wanted), Object::Policy(found)) => {
            let mut policy = wanted.clone();
            policy.using.clone_from(&found.using);
            policy.with_check.clone_from(&found.with_check);
            Object::Policy(policy)
        }
        (Object::Rule(wanted), Object::Rule(found)) => {
            let mut rule = wanted.clone();
            rule.predicate.clone_from(&found.predicate);
            rule.action.clone_from(&found.action);
            Object::Rule(rule)
        }
        (Object::Statistics(wanted), Object::Statistics(found)) => {
            let mut statistics = wanted.clone();
            statistics.columns.clone_from(&found.columns);
            statistics.kinds.clone_from(&found.kinds);
            Object::Statistics(statistics)
        }
        // All that it is made of, as there is nothing else.
        (Object::Aggregate(_), Object::Aggregate(found)) => Object::Aggregate(found.clone()),
        (Object::View(wanted), Object::View(found)) => {
            let mut view = wanted.clone();
            view.query.clone_from(&found.query);
            view.column_names.clone_from(&found.column_names);
            Object::View(view)
        }
        (Object::Domain(wanted), Object::Domain(found)) => {
            let mut domain = wanted.clone();
            domain.ty.clone_from(&found.ty);
            domain.default.clone_from(&found.default);
            Object::Domain(domain)
        }
        _ => return None,
    })
}

/// The parts as the server reads them.
fn parts(wanted: &[Part], found: &[Part]) -> Vec<Part> {
    if wanted.len() == found.len() { found.to_vec() } else { wanted.to_vec() }
}
