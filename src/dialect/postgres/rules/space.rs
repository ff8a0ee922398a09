//! Schemas, extensions and collations.

use crate::catalog::{Entry, Kind, Name, Object, ObjectId};
use crate::diff::Delta;
use crate::plan::{Draft, Resource};

use super::super::render::space;
use super::super::sql::{name, quote, string};
use super::others::{of, pair};
use super::{Alter, Cx, dispatch, partitioning, refusal};

/// The extensions of the distribution that need others (`requires` of their control files).
const REQUIRED: [(&str, &str); 14] = [
    ("earthdistance", "cube"),
    ("hstore_plperl", "hstore"),
    ("hstore_plperlu", "hstore"),
    ("hstore_plpython3u", "hstore"),
    ("ltree_plpython3u", "ltree"),
    ("postgis_raster", "postgis"),
    ("postgis_sfcgal", "postgis"),
    ("postgis_tiger_geocoder", "postgis"),
    ("postgis_tiger_geocoder", "fuzzystrmatch"),
    ("postgis_topology", "postgis"),
    ("address_standardizer_data_us", "address_standardizer"),
    ("pgrouting", "postgis"),
    ("pgtap_core", "pgtap"),
    ("vectorscale", "vector"),
];

/// The default schema is always there.
pub(in super::super) fn is_standing(id: &ObjectId) -> bool {
    id.kind() == Kind::Schema && id.name().as_str() == "public"
}

pub(super) fn create_schema(id: &ObjectId) -> Vec<Draft> {
    if is_standing(id) {
        return Vec::new();
    }
    vec![Draft::new(id, format!("create {id}"), space::schema(id))]
}

/// The default schema only loses its comment.
pub(super) fn drop_schema(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    if !is_standing(id) {
        return vec![dispatch::dropped(cx, id)];
    }
    let commented = cx.live_entry(id).is_some_and(|entry| entry.comment.is_some());
    // What initdb says of it.
    let sql = || format!("COMMENT ON SCHEMA {} IS {}", name(id), string("standard public schema"));
    if commented { vec![Draft::new(id, format!("give {id} its first comment"), sql())] } else { Vec::new() }
}

pub(super) fn create_extension(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(extension) = of!(cx.desired.object(id), Extension) else { return Vec::new() };
    let needs = REQUIRED.iter().filter(|(one, _)| *one == id.name().as_str());
    let needs = needs.map(|(_, other)| Resource::New(ObjectId::top(Kind::Extension, None, Name::exact(other))));
    vec![Draft::new(id, format!("create {id}"), space::extension(id, extension)).preferring(needs)]
}

pub(super) fn alter_extension(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let Some((old, new)) = pair!(cx, id, Extension) else { return Alter::InPlace(Vec::new()) };
    let moves = old.in_schema != new.in_schema && new.in_schema.is_some();
    let steps_back = match (&old.version, &new.version) {
        (Some(old), Some(new)) => number(new) < number(old),
        _ => false,
    };
    if (moves && old.is_fixed) || steps_back {
        let reason = if steps_back {
            "PostgreSQL does not take an extension back to an older version"
        } else {
            "PostgreSQL cannot move this extension"
        };
        return match cx.live.iter().find(|(_, entry)| keeps_values(entry) && entry.references(id).contains(id)) {
            Some((user, _)) => {
                let advice = "leave it as it is, or move what uses it away first";
                Alter::Refuse(refusal(id, format!("{reason}, and {user} uses it"), advice))
            }
            None => Alter::Recreate,
        };
    }
    let target = format!("ALTER EXTENSION {}", name(id));
    let mut drafts = Vec::new();
    if let (true, Some(schema)) = (old.in_schema != new.in_schema, &new.in_schema) {
        let sql = format!("{target} SET SCHEMA {}", quote(schema.as_str()));
        let schema = Resource::New(ObjectId::top(Kind::Schema, None, schema.clone()));
        let left = old.in_schema.clone().map(|left| Resource::Old(ObjectId::top(Kind::Schema, None, left)));
        // Renames name the types of routines as they were.
        let renamed = cx.renames.steps.len().checked_sub(1).map(Resource::Renamed);
        let draft = Draft::new(id, format!("move {id}"), sql).consuming([schema]).consuming(left).consuming(renamed);
        drafts.push(draft.producing([moved()]));
    }
    if let (true, Some(version)) = (old.version != new.version, &new.version) {
        let sql = format!("{target} UPDATE TO {}", string(version));
        drafts.push(Draft::new(id, format!("update {id} to {version}"), sql));
    }
    Alter::InPlace(drafts)
}

/// That the extensions are in the schemas where all other statements name what belongs to them.
const fn moved() -> Resource {
    Resource::Barrier("extensions moved")
}

/// Whether extensions move that stay.
pub(super) fn moves_extensions(cx: &Cx<'_>) -> bool {
    let altered = cx.deltas.iter().filter(|(id, delta)| id.kind() == Kind::Extension && **delta == Delta::Alter);
    let mut pairs = altered.filter_map(|(id, _)| pair!(cx, id, Extension));
    pairs.any(|(old, new)| old.in_schema != new.in_schema)
}

/// Statements once the extensions have moved, but for what the moves need themselves.
pub(super) fn after_moves(drafts: &mut [Draft]) {
    drafts.iter_mut().filter(|draft| !draft.produces.contains(&moved())).for_each(|draft| draft.prefers.push(moved()));
}

/// Whether an object holds values of rows, so that it is never made again.
fn keeps_values(entry: &Entry) -> bool {
    matches!(
        entry.object,
        Object::Column(_) | Object::Table(_) | Object::Sequence(_) | Object::Domain(_) | Object::Attribute(_)
    )
}

/// A version as extensions count theirs: numbers with dots between.
fn number(version: &str) -> Vec<u64> {
    version.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

pub(super) fn create_collation(cx: &Cx<'_>, id: &ObjectId) -> Vec<Draft> {
    let Some(collation) = of!(cx.desired.object(id), Collation) else { return Vec::new() };
    vec![Draft::new(id, format!("create {id}"), space::collation(id, collation))]
}

/// A collation never changes: it is made again, and the columns have none meanwhile, but for what rows are parted by.
pub(super) fn alter_collation(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let parts = |(column, entry): &(&ObjectId, &Entry)| {
        entry.mentions.contains(id) && partitioning::parted_by(cx, column).is_some()
    };
    let columns = cx.live.iter().filter(|(column, _)| column.kind() == Kind::Column);
    match columns.into_iter().find(parts) {
        Some((column, _)) => Alter::Refuse(refusal(
            id,
            format!("PostgreSQL cannot change a collation, and the rows of {column} are parted by it"),
            "make a collation of another name and give it to the columns",
        )),
        None => Alter::Recreate,
    }
}
