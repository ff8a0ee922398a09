//! The live catalog as it reads once extensions have moved to other schemas: all that belongs to one is there then, and
//! every text names it so.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Kind, Name, Object, ObjectId};
use crate::error::Result;

use super::super::session::Session;
use super::super::sql::string;
use super::{Rename, of_those};

const MOVES: &str = include_str!("../queries/extension_moves.sql");

/// An extension that moves.
struct Move<'a> {
    extension: &'a ObjectId,
    from: Option<Name>,
    to: Option<Name>,
}

/// What moves with it.
struct Member<'a> {
    extension: &'a ObjectId,
    from: ObjectId,
    to: ObjectId,
}

/// The live catalog after the moves; none where no extension moves. The session knows the moves from then on.
pub(in super::super) fn with_moved_extensions(
    session: &mut Session,
    live: &Catalog,
    desired: &Catalog,
) -> Result<Option<Catalog>> {
    let moves: Vec<Move<'_>> = moves(live, desired).collect();
    if moves.is_empty() {
        return Ok(None);
    }
    let members = members(session, &moves)?;
    let mut catalog = live.clone();
    for member in &members {
        let rename = Rename { from: &member.from, to: &member.to };
        let is_signed_by_it = |other: &ObjectId| rename.id(other) != *other;
        catalog = of_those(&catalog, &rename, |id, entry| {
            let named = || entry.references(id).iter().any(is_signed_by_it);
            entry.mentions.contains(member.extension) || is_signed_by_it(id) || named()
        });
    }
    name_operators(&mut catalog, desired, &members);
    session.renames.extend(members.into_iter().map(|member| (member.from, member.to)));
    Ok(Some(catalog))
}

fn moves<'a>(live: &'a Catalog, desired: &'a Catalog) -> impl Iterator<Item = Move<'a>> {
    live.iter().filter_map(|(id, entry)| {
        let (Object::Extension(old), Some(Object::Extension(new))) = (&entry.object, desired.object(id)) else {
            return None;
        };
        // Objects of the default schema say none.
        let schema = |name: &Option<Name>| name.clone().filter(|name| name.as_str() != "public");
        let moves = !old.is_fixed && new.in_schema.is_some() && old.in_schema != new.in_schema;
        moves.then(|| Move { extension: id, from: schema(&old.in_schema), to: schema(&new.in_schema) })
    })
}

/// What of the extensions something refers to.
fn members<'a>(session: &mut Session, moves: &[Move<'a>]) -> Result<Vec<Member<'a>>> {
    let names: Vec<String> = moves.iter().map(|one| string(one.extension.name().as_str())).collect();
    let rows = session.rows(&MOVES.replace("/* names */", &names.join(", ")))?;
    let members = rows.iter().filter_map(|row| {
        let text = |at: usize| row.try_get(at).ok().flatten();
        let one = moves.iter().find(|one| text(0) == Some(one.extension.name().as_str()))?;
        let kind = match text(1)? {
            // Of which kind a type is makes no difference to a text.
            "type" => Kind::Domain,
            "function" => Kind::Function,
            "operator" => Kind::Operator,
            "operator class" => Kind::OperatorClass,
            _ => Kind::Table,
        };
        let of = |schema: &Option<Name>| Some(ObjectId::top(kind, schema.clone(), Name::exact(text(2)?)));
        Some(Member { extension: one.extension, from: of(&one.from)?, to: of(&one.to)? })
    });
    Ok(members.collect())
}

/// In the default schema operators stand without it, and nothing in a text tells one of an extension from a built-in one of
/// its name. Where that is all in which an object differs from the desired one, the names are those.
fn name_operators(catalog: &mut Catalog, desired: &Catalog, members: &[Member<'_>]) {
    let entered = members.iter().filter(|member| member.from.kind() == Kind::Operator && member.to.schema().is_some());
    let bare: Vec<_> = entered
        .filter(|member| member.from.schema().is_none())
        .map(|member| (member.extension, &member.to, &member.from))
        .collect();
    let extensions: BTreeSet<&ObjectId> = bare.iter().map(|(extension, ..)| *extension).collect();
    let concerned = catalog.iter().filter(|(_, entry)| entry.mentions.iter().any(|other| extensions.contains(other)));
    let concerned: Vec<ObjectId> = concerned.map(|(id, _)| id.clone()).collect();
    for id in concerned {
        let (Some(entry), Some(named)) = (catalog.get_mut(&id), desired.object(&id)) else { continue };
        let mut plain = named.clone();
        for (_, from, to) in &bare {
            Rename { from, to }.object(&id, &mut plain);
        }
        if plain == entry.object {
            entry.object = named.clone();
        }
    }
}
