//! How MySQL and MariaDB make each difference true. All differences of one table are one ALTER TABLE; foreign keys
//! come off before it and on after it, since the server compares both ends.

mod algorithm;
mod alter;
mod becoming;
mod checks;
mod computed;
mod fill;
mod fits;
mod foreign_key;
mod letters;
mod order;
mod parting;
mod placing;
mod probes;
mod programs;
mod rename;
mod stale;
mod table;
mod users;
mod versioning;

use crate::catalog::{Kind, ObjectId, Sql};
use crate::diff::Delta;
use crate::plan::{Context, Draft, Refusal, Resource, Rules, Way};

use super::connect::Flavour;
use super::render;
use super::sql::{parenthesised, quote};
use algorithm::Cost;

/// The rules of one flavour.
#[derive(Debug)]
pub(super) struct MysqlRules {
    flavour: Flavour,
}

/// MySQL.
pub(super) static MYSQL: MysqlRules = MysqlRules { flavour: Flavour::Mysql };
/// MariaDB.
pub(super) static MARIADB: MysqlRules = MysqlRules { flavour: Flavour::Mariadb };

impl Rules for MysqlRules {
    fn renames_in_place(&self, from: &ObjectId, to: &ObjectId) -> bool {
        from.kind() == to.kind()
            && matches!(from.kind(), Kind::Table | Kind::Column | Kind::Index | Kind::View | Kind::Sequence)
    }

    fn trial(&self, _: &Context<'_>, table: &ObjectId, expression: &Sql) -> Option<String> {
        let expression = parenthesised(expression.as_str());
        Some(format!("SELECT count(*) FROM {} WHERE {expression} IS NULL AND FALSE", render::name(table)))
    }

    fn names_indexes_by_table(&self) -> bool {
        true
    }

    fn rename(&self, cx: &Context<'_>, from: &ObjectId, to: &ObjectId) -> Draft {
        let (old, new) = (quote(from.name().as_str()), quote(to.name().as_str()));
        let table = to.parent().map(render::name).unwrap_or_default();
        let (sql, cost) = match from.kind() {
            Kind::Column => {
                let (sql, cost) = rename::column(cx, from, to, self.flavour);
                (sql, Some(cost))
            }
            Kind::Index => {
                let sql = format!("ALTER TABLE {table} RENAME INDEX {old} TO {new}");
                (vec![sql], Some(Cost::metadata(self.flavour)))
            }
            _ => (vec![format!("RENAME TABLE {old} TO {new}")], None),
        };
        let origin = cx.renames.origins.get(to).unwrap_or(from);
        let draft = Draft::of(to, format!("rename {origin} to {}", to.name()), sql);
        draft.risking(cost.map(|cost| cost.hazard(to, self.flavour))).risking(users::under_an_old_name(cx, from, to))
    }

    fn way(&self, cx: &Context<'_>, id: &ObjectId, delta: Delta) -> Way {
        let parent = id.parent().and_then(|parent| cx.delta(parent));
        match id.kind() {
            Kind::Table => table::way(cx, id, delta, self.flavour),
            Kind::ForeignKey => foreign_key::way(cx, id, delta, self.flavour),
            Kind::Column
                if delta == Delta::Alter && cx.intent.using_of(id).is_some() && alter::changes_type(cx, id) =>
            {
                Way::Refuse(Refusal {
                    id: id.clone(),
                    reason: "its `using` is not run: MySQL and MariaDB convert a type in their own way only".to_owned(),
                    advice: "remove `using` if that way is right; else add a column, fill it, and drop this one after"
                        .to_owned(),
                })
            }
            Kind::Column if delta == Delta::Alter && alter::has_no_way(cx, id, self.flavour) => Way::Refuse(Refusal {
                id: id.clone(),
                reason: "MariaDB has no way from its type to the new one, with rows or without (error 4078)".to_owned(),
                advice: "add another column, fill it, and drop this one".to_owned(),
            }),
            Kind::Column if versioning::is_fixed(cx, id) => Way::Refuse(Refusal {
                id: id.clone(),
                reason: "MariaDB alters no column that bounds the time of the rows of a table (error 4134)".to_owned(),
                advice:
                    "leave it as it is; else take `system_versioning` away, which loses the history, and add it again"
                        .to_owned(),
            }),
            Kind::Column | Kind::PrimaryKey | Kind::Index | Kind::Check => match (parent, delta) {
                (Some(Delta::Create), _) | (Some(Delta::Drop), Delta::Drop) => Way::Within,
                _ => Way::Together,
            },
            Kind::Partition => match (parent, delta) {
                (Some(Delta::Create), _) | (Some(Delta::Drop), Delta::Drop) => Way::Within,
                _ => Way::Together,
            },
            Kind::Trigger if parent == Some(Delta::Drop) && delta == Delta::Drop => Way::Within,
            Kind::View
            | Kind::Trigger
            | Kind::Function
            | Kind::Procedure
            | Kind::Event
            | Kind::Sequence
            | Kind::Database => programs::way(cx, id, delta, self.flavour),
            _ => Way::Refuse(Refusal {
                id: id.clone(),
                reason: format!("there is no {} here", id.kind().noun()),
                advice: "remove it from the TOML, or keep it to other databases with `only`".to_owned(),
            }),
        }
    }

    fn together(&self, cx: &Context<'_>, table: &ObjectId) -> Vec<Draft> {
        let anew = parting::whole(cx, table);
        let altered = alter::alter(cx, table, self.flavour, anew.as_deref());
        let apart = if altered.is_some() && anew.is_some() { None } else { parting::parting(cx, table, self.flavour) };
        let first = checks::without_traded(cx, table);
        first.into_iter().chain(altered).chain(apart).collect()
    }

    fn rebuild(&self, _: &Context<'_>, _: &ObjectId) -> Vec<Draft> {
        Vec::new()
    }

    fn surroundings(&self, cx: &Context<'_>, _: &[Draft], _: &[ObjectId]) -> Vec<(ObjectId, String, Vec<Draft>)> {
        let mut around = foreign_key::around(cx, self.flavour);
        around.extend(programs::behind(cx, self.flavour));
        around
    }
}

/// The name that an object takes in the database.
fn name(id: &ObjectId) -> Resource {
    let space = match id.kind() {
        Kind::Table | Kind::View | Kind::Sequence => "table",
        Kind::Trigger => "trigger",
        Kind::Function => "function",
        Kind::Procedure => "procedure",
        Kind::ForeignKey => "foreign key",
        Kind::Check => "check",
        _ => "event",
    };
    Resource::Name(space, id.name().clone())
}

/// What an object refers to as it is desired.
fn needs(cx: &Context<'_>, id: &ObjectId) -> Vec<Resource> {
    let Some(entry) = cx.desired.get(id) else { return Vec::new() };
    let mut ids = entry.references(id);
    // A program that names a table may name any of its columns.
    let tables: Vec<ObjectId> = ids.iter().filter(|id| id.kind() == Kind::Table).cloned().collect();
    for table in &tables {
        ids.extend(cx.desired.children(table).map(|(id, _)| id).filter(|id| id.kind() == Kind::Column).cloned());
    }
    ids.into_iter().map(Resource::New).collect()
}
