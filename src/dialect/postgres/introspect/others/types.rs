//! Types that people define, and what comes along with them.

use std::collections::HashMap;

use crate::catalog::{Attribute, Composite, Domain, Entry, Enum, Kind, Name, Object, ObjectId, Range};
use crate::error::Result;

use super::super::super::sql::made_up_multirange_name;
use super::super::class;
use super::super::reader::{Reader, relation_key};
use super::super::row::Row;
use super::owned;

const ENUMS: &str = include_str!("../../queries/enums.sql");
const DOMAINS: &str = include_str!("../../queries/domains.sql");
const DOMAIN_CONSTRAINTS: &str = include_str!("../../queries/domain_constraints.sql");
const COMPOSITES: &str = include_str!("../../queries/composites.sql");
const ATTRIBUTES: &str = include_str!("../../queries/attributes.sql");
const RANGES: &str = include_str!("../../queries/ranges.sql");
const TYPE_PARTS: &str = include_str!("../../queries/type_parts.sql");

pub(super) fn enums(reader: &mut Reader<'_>) -> Result<()> {
    for row in reader.run(ENUMS)? {
        let Some(id) = type_id(reader, Kind::Enum, &row)? else { continue };
        take(reader, &row, id, Object::Enum(Enum { values: row.texts("values")? }))?;
    }
    Ok(())
}

pub(super) fn domains(reader: &mut Reader<'_>) -> Result<()> {
    for row in reader.run(DOMAINS)? {
        let Some(id) = type_id(reader, Kind::Domain, &row)? else { continue };
        let domain = Domain {
            ty: row.type_name("type")?,
            default: row.expression("default")?,
            not_null: row.flag("not_null")?,
            collation: row.maybe_name("collation")?,
        };
        take(reader, &row, id, Object::Domain(domain))?;
    }
    for row in reader.run(DOMAIN_CONSTRAINTS)? {
        if let Some(domain) = reader.object((class::TYPE, row.oid("domain")?, 0)).cloned() {
            reader.hide((class::CONSTRAINT, row.oid("oid")?, 0), domain);
        }
    }
    Ok(())
}

pub(super) fn composites(reader: &mut Reader<'_>) -> Result<()> {
    let mut attributes: HashMap<u32, Vec<(i32, Name, Attribute)>> = HashMap::new();
    for row in reader.run(ATTRIBUTES)? {
        let attribute = Attribute { ty: row.type_name("type")?, collation: row.maybe_name("collation")? };
        attributes.entry(row.oid("relation")?).or_default().push((row.get("number")?, row.name("name")?, attribute));
    }
    for row in reader.run(COMPOSITES)? {
        let Some(id) = type_id(reader, Kind::Composite, &row)? else { continue };
        let relation = row.oid("relation")?;
        let attributes = attributes.remove(&relation).unwrap_or_default();
        let order = attributes.iter().map(|(_, name, _)| name.clone()).collect();
        take(reader, &row, id.clone(), Object::Composite(Composite { order }))?;
        reader.hide(relation_key(relation), id.clone());
        for (number, name, attribute) in attributes {
            let position = u32::try_from(number).unwrap_or_default();
            let entry = Entry::new(Object::Attribute(attribute), position);
            reader.insert((class::CLASS, relation, number), id.child(Kind::Attribute, name), entry);
        }
    }
    Ok(())
}

pub(super) fn ranges(reader: &mut Reader<'_>) -> Result<()> {
    for row in reader.run(RANGES)? {
        let Some(id) = type_id(reader, Kind::Range, &row)? else { continue };
        let multirange = row.name("multirange")?;
        let made_up = made_up_multirange_name(id.name().as_str());
        let range = Range {
            subtype: row.type_name("subtype")?,
            opclass: row.expression("opclass")?,
            collation: row.maybe_name("collation")?,
            canonical: row.expression("canonical")?,
            subtype_diff: row.expression("subtype_diff")?,
            multirange: (multirange.as_str() != made_up).then_some(multirange),
        };
        take(reader, &row, id.clone(), Object::Range(range))?;
        for part in ["multirange_oid", "multirange_array"] {
            reader.hide((class::TYPE, row.oid(part)?, 0), id.clone());
        }
    }
    Ok(())
}

/// Says of row types and arrays what they are made from.
pub(super) fn parts(reader: &mut Reader<'_>) -> Result<()> {
    for row in reader.run(TYPE_PARTS)? {
        let (relation, element) = (row.oid("relation")?, row.oid("element")?);
        let whole = if relation == 0 {
            reader.object((class::TYPE, element, 0)).cloned()
        } else {
            reader.resolve(relation_key(relation)).cloned()
        };
        let key = (class::TYPE, row.oid("oid")?, 0);
        if let Some(whole) = whole
            && reader.object(key).is_none()
        {
            reader.hide(key, whole);
        }
    }
    Ok(())
}

fn type_id(reader: &Reader<'_>, kind: Kind, row: &Row) -> Result<Option<ObjectId>> {
    let id = reader.in_schema(kind, row.oid("namespace")?, row.name("name")?);
    Ok(id.filter(|_| row.oid("oid").is_ok_and(|oid| !reader.is_member(class::TYPE, oid))))
}

fn take(reader: &mut Reader<'_>, row: &Row, id: ObjectId, object: Object) -> Result<()> {
    let entry = owned(object, reader.role(row.oid("owner")?));
    reader.insert((class::TYPE, row.oid("oid")?, 0), id, entry);
    Ok(())
}
