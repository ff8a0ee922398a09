//! Whether the names in the queries of new views mean something, and one thing only. PREPARE tells without anything
//! being made: what a query reads stands before it in a WITH, by the names that it will have.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Kind, Name, Object, ObjectId, OptionKey, View};
use crate::database::Elaborated;
use crate::diff::Delta;
use crate::error::Result;

use super::super::connect::code;
use super::super::mentions::{named_by_with, read_from};
use super::super::query::Link;
use super::super::tokens::{Token, TokenKind, significant};
use super::super::{render, sql};
use super::table::said;
use super::{Judged, own_key};

/// What is refused of the views that are made or changed.
pub(super) fn views(link: &mut Link<'_>, cx: &Judged<'_>, elaborated: &mut Elaborated) -> Result<()> {
    let refused: BTreeSet<&ObjectId> = elaborated.refused.iter().map(|(id, ..)| id).collect();
    let differ = cx.deltas.iter().filter(|(id, delta)| id.kind() == Kind::View && **delta != Delta::Drop);
    let differ = differ.map(|(id, _)| id).filter(|id| !elaborated.equal.contains(*id) && !refused.contains(*id));
    let asked: Vec<(&ObjectId, Reading<'_>)> = differ.filter_map(|id| Some((id, Reading::of(cx, id)?))).collect();
    if asked.is_empty() {
        return Ok(());
    }
    let mut statements: Vec<String> = asked.iter().map(|(_, reading)| reading.statement()).collect();
    statements.push("DEALLOCATE PREPARE trueup_view".to_owned());
    let answers = link.batch(&statements)?;
    let mut found = Vec::new();
    for ((id, reading), answer) in asked.into_iter().zip(answers) {
        let fault = || answer.err().filter(|error| is_fault(cx, error)).map(|error| in_words(&error));
        let variable = has_variable(cx.desired, id).then(|| "a view cannot name a variable".to_owned());
        let gone = gone(cx, reading.view).map(|gone| format!("it reads {gone}, which is not in the TOML"));
        found.extend(variable.or(gone).or_else(fault).map(|fault| (id.clone(), reading, fault)));
    }
    // What reads a view that is refused is refused for the same reason; one word on it is enough.
    let wrong: BTreeSet<ObjectId> =
        found.iter().map(|(id, ..)| id.clone()).chain(refused.into_iter().cloned()).collect();
    let own = found.into_iter().filter(|(_, reading, _)| !reading.relations.iter().any(|other| wrong.contains(*other)));
    elaborated.refused.extend(own.map(|(id, _, message)| (id, Some("query"), message)));
    Ok(())
}

/// A view with all that it reads, directly or through other views: each behind what it reads itself.
struct Reading<'a> {
    desired: &'a Catalog,
    relations: Vec<&'a ObjectId>,
    view: &'a View,
}

impl<'a> Reading<'a> {
    /// Nothing where the names of the stand-ins would not tell.
    fn of(cx: &Judged<'a>, id: &'a ObjectId) -> Option<Self> {
        let mut relations = Vec::new();
        collect(cx, id, &mut relations, &mut BTreeSet::new())?;
        relations.retain(|other| *other != id);
        let Some(Object::View(view)) = cx.desired.object(id) else { return None };
        Some(Self { desired: cx.desired, relations, view })
    }

    fn statement(&self) -> String {
        let mut with: Vec<String> = self
            .relations
            .iter()
            .filter_map(|id| match self.desired.object(id)? {
                Object::View(view) => Some(named(&sql::quote(id.name().as_str()), view)),
                _ => stand_in(self.desired, id),
            })
            .collect();
        with.push(named("trueup_view", self.view));
        let query = format!("WITH {} SELECT * FROM trueup_view", with.join(", "));
        format!("PREPARE trueup_view FROM {}", sql::string(&query))
    }
}

/// A view as a part of a WITH.
fn named(name: &str, view: &View) -> String {
    let names = sql::quote_list(view.column_names.iter().map(Name::as_str));
    let names = if names.is_empty() { names } else { format!(" ({names})") };
    format!("{name}{names} AS ({})", sql::closed(view.query.as_str()))
}

/// A table as a part of a WITH: its columns, with a text for each that is one.
fn stand_in(desired: &Catalog, id: &ObjectId) -> Option<String> {
    let columns = desired.columns(id);
    let names = sql::quote_list(columns.iter().map(|(column, _)| column.name().as_str()));
    let is_text = |ty: &crate::catalog::Sql| render::is_text(ty.as_str());
    let values: Vec<&str> =
        columns.iter().map(|(_, column)| if column.ty.as_ref().is_some_and(is_text) { "''" } else { "NULL" }).collect();
    (!columns.is_empty())
        .then(|| format!("{} ({names}) AS (SELECT {})", sql::quote(id.name().as_str()), values.join(", ")))
}

fn collect<'a>(
    cx: &Judged<'a>,
    id: &'a ObjectId,
    out: &mut Vec<&'a ObjectId>,
    seen: &mut BTreeSet<&'a ObjectId>,
) -> Option<()> {
    if !seen.insert(id) {
        return Some(());
    }
    let (id, entry) = cx.desired.get_key_value(id)?;
    match &entry.object {
        Object::View(view) => {
            if says_more_than_names(view.query.as_str(), &cx.defaults.database) {
                return None;
            }
            // MariaDB takes the stand-in for what the query itself names so.
            let own = named_by_with(view.query.as_str());
            for other in entry.mentions.iter().filter(|other| matches!(other.kind(), Kind::Table | Kind::View)) {
                if own.iter().any(|name| name.eq_ignore_ascii_case(other.name().as_str())) {
                    return None;
                }
                collect(cx, other, out, seen)?;
            }
        }
        _ if has_hidden_columns(cx, id) => return None,
        _ => {}
    }
    out.push(id);
    Some(())
}

/// Whether a query says the database before a table, which is then never a stand-in; or a key by MySQL's own name for it.
fn says_more_than_names(query: &str, database: &str) -> bool {
    let mut names = significant(query).filter_map(|token| token.identifier(query));
    names.any(|name| name.eq_ignore_ascii_case(database) || name.eq_ignore_ascii_case("_rowid"))
}

/// Whether a query can name columns of a table that `*` leaves out.
fn has_hidden_columns(cx: &Judged<'_>, table: &ObjectId) -> bool {
    let invisible = cx.desired.columns(table).into_iter().any(|(_, column)| column.options.is_on(OptionKey::Invisible));
    let versioned = match cx.desired.object(table) {
        Some(Object::Table(table)) => table.options.is_on(OptionKey::SystemVersioning),
        _ => true,
    };
    let own = table.child(Kind::Column, Name::exact(own_key::NAME));
    invisible || versioned || cx.needs_key || cx.live.contains(&own)
}

/// What shares one set of names.
const RELATIONS: [Kind; 3] = [Kind::Table, Kind::View, Kind::Sequence];

/// A table or a view that a query reads and that goes.
fn gone(cx: &Judged<'_>, view: &View) -> Option<ObjectId> {
    let names = read_from(view.query.as_str());
    let named = |name: &String, kind| cx.dialect.top(kind, name);
    let stays = |name: &&String| RELATIONS.into_iter().any(|kind| cx.desired.contains(&named(name, kind)));
    let mut ids = names.iter().filter(|name| !stays(name)).flat_map(|name| RELATIONS.map(|kind| named(name, kind)));
    ids.find(|id| cx.deltas.contains_key(id))
}

fn has_variable(desired: &Catalog, id: &ObjectId) -> bool {
    let Some(Object::View(view)) = desired.object(id) else { return false };
    significant(view.query.as_str()).any(|token: Token| token.kind == TokenKind::Variable)
}

/// The servers say this one of a WITH, which people have not written.
fn in_words(error: &mysql::Error) -> String {
    match code(error) {
        Some(1353 | 4002) => "it gives another number of columns than `column_names` has".to_owned(),
        _ => said(error),
    }
}

/// The errors of names and lists of columns, which no stand-in can be the cause of.
fn is_fault(cx: &Judged<'_>, error: &mysql::Error) -> bool {
    match code(error) {
        Some(1052 | 1054 | 1060 | 1066 | 1111 | 1222 | 1241 | 1247 | 1248 | 1353 | 1582 | 4002) => true,
        // `Table 'shop.t' doesn't exist`, `FUNCTION shop.f does not exist`: this plan may be to make it.
        Some(1146 | 1305 | 1630) => {
            let message = said(error).to_lowercase();
            let named = |name: &str| message.contains(&format!(".{}", name.to_lowercase()));
            let of_its_own = [Kind::Table, Kind::View, Kind::Sequence, Kind::Function];
            !cx.desired.iter().any(|(id, _)| of_its_own.contains(&id.kind()) && named(id.name().as_str()))
        }
        _ => false,
    }
}
