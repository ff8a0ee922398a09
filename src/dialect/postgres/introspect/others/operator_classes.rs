//! Operator classes and families.

use std::collections::BTreeMap;

use crate::catalog::{Kind, Name, Object, ObjectId, OperatorClass, OperatorFamily, Sql};
use crate::error::Result;

use super::super::class;
use super::super::reader::Reader;
use super::super::row::Row;
use super::super::text;
use super::owned;

const OPERATOR_FAMILIES: &str = include_str!("../../queries/operator_families.sql");
const OPERATOR_CLASSES: &str = include_str!("../../queries/operator_classes.sql");
const MEMBERS: &str = include_str!("../../queries/operator_family_members.sql");

struct Class {
    id: ObjectId,
    owner: Name,
    family: u32,
    of_type: u32,
    object: OperatorClass,
}

struct Family {
    id: ObjectId,
    owner: Name,
    object: OperatorFamily,
}

/// All of them by their oids.
struct Found {
    classes: BTreeMap<u32, Class>,
    families: BTreeMap<u32, Family>,
    /// The class that a family was made with.
    implied: BTreeMap<u32, u32>,
}

pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    let mut found = Found { classes: classes(reader)?, families: BTreeMap::new(), implied: BTreeMap::new() };
    for row in reader.run(OPERATOR_FAMILIES)? {
        let oid = row.oid("oid")?;
        let Some(id) = id(reader, Kind::OperatorFamily, class::OPFAMILY, &row)? else { continue };
        let implied = row.oid("implied")?;
        if let Some(class) = found.classes.get(&implied) {
            reader.hide((class::OPFAMILY, oid, 0), class.id.clone());
            found.implied.insert(oid, implied);
        } else {
            let owner = reader.role(row.oid("owner")?);
            found.families.insert(oid, Family { id, owner, object: OperatorFamily::default() });
        }
    }
    if found.classes.is_empty() && found.families.is_empty() {
        return Ok(());
    }
    for row in reader.run(MEMBERS)? {
        if let Some(id) = found.take(&row)? {
            reader.hide((row.oid("classid")?, row.oid("oid")?, 0), id);
        }
    }
    for (oid, class) in found.classes {
        reader.insert((class::OPCLASS, oid, 0), class.id, owned(Object::OperatorClass(class.object), class.owner));
    }
    for (oid, family) in found.families {
        reader.insert((class::OPFAMILY, oid, 0), family.id, owned(Object::OperatorFamily(family.object), family.owner));
    }
    Ok(())
}

fn classes(reader: &mut Reader<'_>) -> Result<BTreeMap<u32, Class>> {
    let mut classes = BTreeMap::new();
    for row in reader.run(OPERATOR_CLASSES)? {
        let Some(id) = id(reader, Kind::OperatorClass, class::OPCLASS, &row)? else { continue };
        let object = OperatorClass {
            for_type: row.type_name("type")?.unwrap_or_default(),
            default: row.flag("default")?,
            family: row.expression("family")?,
            storage: row.type_name("storage")?,
            ..OperatorClass::default()
        };
        let owner = reader.role(row.oid("owner")?);
        let (family, of_type) = (row.oid("family_oid")?, row.oid("type_oid")?);
        classes.insert(row.oid("oid")?, Class { id, owner, family, of_type, object });
    }
    Ok(classes)
}

/// The id, unless it belongs to an extension.
fn id(reader: &Reader<'_>, kind: Kind, classid: u32, row: &Row) -> Result<Option<ObjectId>> {
    if reader.is_member(classid, row.oid("oid")?) {
        return Ok(None);
    }
    let name = Name::exact(format!("{} using {}", row.text("name")?, row.text("method")?));
    Ok(reader.in_schema(kind, row.oid("namespace")?, name))
}

impl Found {
    /// Puts an operator or a function where it belongs: into its class, into the only class of the family that is for
    /// its type, into the class that the family was made with, else into the family.
    fn take(&mut self, row: &Row) -> Result<Option<ObjectId>> {
        let (family, left, right) = (row.oid("family")?, row.oid("left")?, row.oid("right")?);
        let is_operator = row.oid("classid")? == class::AMOP;
        let mut of_type = self.classes.iter().filter(|(_, class)| class.family == family && class.of_type == left);
        let only = of_type.next().map(|(oid, _)| *oid).filter(|_| of_type.next().is_none());
        let held = Some(row.oid("class")?).filter(|oid| self.classes.contains_key(oid));
        let class = held.or(only).or_else(|| self.implied.get(&family).copied());
        if let Some(class) = class.and_then(|oid| self.classes.get_mut(&oid)) {
            let own = left == class.of_type && right == class.of_type;
            let list = if is_operator { &mut class.object.operators } else { &mut class.object.functions };
            list.push(member(row, is_operator, own)?);
            return Ok(Some(class.id.clone()));
        }
        let Some(family) = self.families.get_mut(&family) else { return Ok(None) };
        let list = if is_operator { &mut family.object.operators } else { &mut family.object.functions };
        list.push(member(row, is_operator, false)?);
        Ok(Some(family.id.clone()))
    }
}

/// As it is written in CREATE OPERATOR CLASS, without the first word; the types stand where they are not the class's.
fn member(row: &Row, is_operator: bool, own: bool) -> Result<Sql> {
    let (number, what): (i32, _) = (row.get("number")?, row.text("what")?);
    let types = if own { String::new() } else { format!("({})", row.text("types")?) };
    let mut sql = match (is_operator, own) {
        (true, _) => format!("{number} {what}{types}"),
        (false, true) => format!("{number} {what}"),
        (false, false) => format!("{number} {types} {what}"),
    };
    if let Some(family) = row.maybe_text("sort_family")? {
        sql.push_str(" for order by ");
        sql.push_str(&family);
    }
    Ok(text::expression(&sql))
}
