//! Types of a file's own schema, which its SQL names without it: the server prints them with the schema, and so does
//! the catalog.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Kind, Name, Object, ObjectId, Range, Sql};

use super::tokens::{Token, significant};
use super::{canonical, types};

/// The types by their schemas, the default one aside.
struct Home<'c>(BTreeMap<&'c str, BTreeSet<&'c str>>);

impl<'c> Home<'c> {
    fn of(catalog: &'c Catalog) -> Self {
        let mut home: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (id, entry) in catalog.iter() {
            let (Some(schema), true) = (id.schema(), is_type(id)) else { continue };
            let names = home.entry(schema.as_str()).or_default();
            names.insert(id.name().as_str());
            if let Object::Range(Range { multirange: Some(name), .. }) = &entry.object {
                names.insert(name.as_str());
            }
        }
        Self(home)
    }

    /// A type with its schema, where it is one of this schema.
    fn with_schema(&self, schema: &Name, text: &str) -> Option<String> {
        types::in_schema(text, schema.as_str(), &|name| {
            self.0.get(schema.as_str()).is_some_and(|names| names.contains(name))
        })
    }

    fn change(&self, schema: &Name, ty: &mut Sql) {
        if let Some(text) = self.with_schema(schema, ty.as_str()) {
            *ty = canonical::type_name(&text);
        }
    }
}

/// A list of types, as it identifies a routine or an aggregate, each put otherwise.
pub(super) fn each_type(list: &str, one: &dyn Fn(&str) -> String) -> String {
    let several = |list: &str| list.split(", ").map(one).collect::<Vec<_>>().join(", ");
    list.split("order by ").map(several).collect::<Vec<_>>().join("order by ")
}

/// Whether it is a type, or has one of its rows.
pub(super) fn is_type(id: &ObjectId) -> bool {
    matches!(
        id.kind(),
        Kind::Enum | Kind::Domain | Kind::Composite | Kind::Range | Kind::Table | Kind::ForeignTable | Kind::View
    ) && id.parent().is_none()
}

/// The id of a type of this kind that is written so, without a modifier and no array.
pub(super) fn written(kind: Kind, ty: &str) -> Option<ObjectId> {
    let tokens: Vec<Token> = significant(ty).collect();
    let name = |token: &Token| token.identifier(ty).map(Name::exact);
    match tokens.as_slice() {
        [own] => Some(ObjectId::top(kind, None, name(own)?)),
        [schema, dot, own] if dot.text(ty) == "." => {
            let schema = name(schema).filter(|schema| schema.as_str() != "public");
            Some(ObjectId::top(kind, schema, name(own)?))
        }
        _ => None,
    }
}

/// Writes the schemas of types where they are left out.
pub(super) fn write_schemas(catalog: &mut Catalog) {
    if Home::of(catalog).0.is_empty() {
        return;
    }
    let written = catalog.clone();
    let home = Home::of(&written);
    for (id, entry) in written.iter() {
        let Some(schema) = &entry.in_schema else { continue };
        let mut object = entry.object.clone();
        match &mut object {
            Object::Column(it) => it.ty.iter_mut().for_each(|ty| home.change(schema, ty)),
            Object::Attribute(it) => it.ty.iter_mut().for_each(|ty| home.change(schema, ty)),
            Object::Domain(it) => it.ty.iter_mut().for_each(|ty| home.change(schema, ty)),
            Object::Table(it) => it.of_type.iter_mut().for_each(|ty| home.change(schema, ty)),
            Object::Range(it) => it.subtype.iter_mut().for_each(|ty| home.change(schema, ty)),
            _ => {}
        }
        if object != entry.object
            && let Some(entry) = catalog.get_mut(id)
        {
            entry.object = object;
        }
    }
}

/// What is told apart by types that are written without their schema: its id as written, and with it.
pub(super) fn resigned(catalog: &Catalog) -> Vec<(ObjectId, ObjectId)> {
    let home = Home::of(catalog);
    let signed = catalog
        .iter()
        .filter(|(id, _)| matches!(id.kind(), Kind::Function | Kind::Procedure | Kind::Aggregate | Kind::Operator));
    let changed = signed.filter_map(|(id, entry)| {
        let schema = entry.in_schema.as_ref()?;
        let (name, list) = id.name().as_str().split_once('(')?;
        let list = list.strip_suffix(')')?;
        let one = |ty: &str| home.with_schema(schema, ty).unwrap_or_else(|| ty.to_owned());
        let list = each_type(list, &one);
        let new = ObjectId::top(id.kind(), id.schema().cloned(), Name::exact(format!("{name}({list})")));
        (new != *id).then(|| (id.clone(), new))
    });
    changed.collect()
}
