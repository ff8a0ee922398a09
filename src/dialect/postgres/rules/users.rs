//! Who holds values of a type, and questions to their rows.

use crate::catalog::{Entry, Name, Object, ObjectId, Sql};
use crate::plan::{Probe, ProbeKind};

use super::super::sql::{name, qualified, quote};
use super::Cx;
use super::again::is_of_type;

/// How a value of a type stands in a value of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// As an element of an array.
    Elements,
    /// As an attribute of a composite type.
    Attribute(Name),
    /// As the bounds of a range.
    Bounds,
}

/// A live column of a table with values of a type, itself or somewhere in its values.
#[derive(Debug, Clone)]
pub(super) struct Holder<'a> {
    pub(super) column: &'a ObjectId,
    /// The way from a value of the column to one of the type.
    pub(super) path: Vec<Step>,
}

impl Holder<'_> {
    /// The same one attribute further in.
    pub(super) fn attribute(mut self, attribute: &Name) -> Self {
        self.path.push(Step::Attribute(attribute.clone()));
        self
    }

    /// A condition that is true where `condition` is for a value of the type that the column holds.
    pub(super) fn any(&self, column: &str, condition: &dyn Fn(&str) -> String) -> Option<String> {
        any(&self.path, 0, column, condition)
    }
}

fn any(path: &[Step], depth: usize, value: &str, condition: &dyn Fn(&str) -> String) -> Option<String> {
    match path.split_first() {
        None => Some(condition(value)),
        Some((Step::Attribute(name), rest)) => {
            let inner = any(rest, depth, &format!("({value}).{}", quote(name.as_str())), condition)?;
            // A row that is not there has no attribute; one of NULLs alone has.
            Some(format!("(({value})::text IS NOT NULL AND {inner})"))
        }
        Some((Step::Elements, rest)) => {
            // Elements that are rows are the row of the call itself.
            let (alias, element) = match rest.first() {
                Some(Step::Attribute(_)) => (format!("e{depth}"), format!("e{depth}")),
                _ => (format!("e{depth} (value)"), format!("e{depth}.value")),
            };
            let inner = any(rest, depth + 1, &element, condition)?;
            Some(format!("EXISTS (SELECT FROM unnest({value}) AS {alias} WHERE {inner})"))
        }
        Some((Step::Bounds, rest)) => {
            let bound = |function: &str| any(rest, depth, &format!("{function}({value})"), condition);
            Some(format!("({} OR {})", bound("lower")?, bound("upper")?))
        }
    }
}

/// The live columns of tables that hold values of a type.
pub(super) fn holders<'a>(cx: &Cx<'a>, ty: &ObjectId) -> Vec<Holder<'a>> {
    let ways = ways(cx, ty);
    let live = cx.plan.live;
    let of = |(id, entry): (&'a ObjectId, &'a Entry)| match &entry.object {
        // A view's columns hold no rows.
        Object::Column(column) if matches!(live.object(id.root()), Some(Object::Table(_))) => {
            Some((id, column.ty.as_ref()?.as_str()))
        }
        _ => None,
    };
    let columns = live.iter().filter_map(of);
    columns.flat_map(|(column, text)| into(&ways, text).into_iter().map(move |path| Holder { column, path })).collect()
}

/// The ways into each live type that is made of others, and into the type itself.
fn ways<'a>(cx: &Cx<'a>, ty: &ObjectId) -> Vec<(&'a ObjectId, Vec<Step>)> {
    let live = cx.plan.live;
    let mut ways: Vec<(&ObjectId, Vec<Step>)> = Vec::new();
    ways.extend(live.get_key_value(ty).map(|(id, _)| (id, Vec::new())));
    // Types cannot contain themselves, so this ends.
    let mut done = 0;
    while let Some((inner, path)) = ways.get(done).cloned() {
        done += 1;
        for (id, entry) in live.iter() {
            let (owner, step, part) = match &entry.object {
                Object::Attribute(attribute) => {
                    (id.root(), Some(Step::Attribute(id.name().clone())), attribute.ty.as_ref())
                }
                // A table is a type too.
                Object::Column(column) => (id.root(), Some(Step::Attribute(id.name().clone())), column.ty.as_ref()),
                Object::Domain(domain) => (id, None, domain.ty.as_ref()),
                Object::Range(range) => (id, Some(Step::Bounds), range.subtype.as_ref()),
                _ => continue,
            };
            let Some(text) = part.map(Sql::as_str).filter(|text| is_of_type(text, inner)) else { continue };
            let elements = text.ends_with(']').then_some(Step::Elements);
            let way = step.into_iter().chain(elements).chain(path.iter().cloned());
            ways.push((owner, way.collect()));
        }
    }
    ways
}

fn into(ways: &[(&ObjectId, Vec<Step>)], text: &str) -> Vec<Vec<Step>> {
    let elements = text.ends_with(']').then_some(Step::Elements);
    let of = ways.iter().filter(|(id, _)| is_of_type(text, id));
    of.map(|(_, path)| elements.iter().cloned().chain(path.iter().cloned()).collect()).collect()
}

/// A question to the rows of a column. `condition` is made with the name that the column has now.
pub(super) fn probe(
    cx: &Cx<'_>,
    holder: &Holder<'_>,
    kind: ProbeKind,
    condition: &dyn Fn(&str) -> String,
    meaning: &str,
    advice: &str,
) -> Option<Probe> {
    let now = |id: &ObjectId| cx.renames.origins.get(id).cloned().unwrap_or_else(|| id.clone());
    let (table, own) = (qualified(&now(holder.column.root())), name(&now(holder.column)));
    let from = format!("FROM {table} WHERE {}", holder.any(&own, condition)?);
    Some(Probe {
        kind,
        id: holder.column.clone(),
        count: format!("SELECT count(*) {from}"),
        examples: (kind == ProbeKind::Obstacle).then(|| format!("SELECT {own}::text {from} LIMIT 3")),
        otherwise: None,
        meaning: meaning.to_owned(),
        advice: advice.to_owned(),
    })
}
