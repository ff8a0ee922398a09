//! Schemas, extensions and collations.

use crate::catalog::{Collation, Extension, Kind, Object, ObjectId, Schema};
use crate::error::Result;

use super::super::class;
use super::super::reader::Reader;
use super::owned;

const SCHEMAS: &str = include_str!("../../queries/schemas.sql");
const EXTENSIONS: &str = include_str!("../../queries/extensions.sql");
const COLLATIONS: &str = include_str!("../../queries/collations.sql");

pub(super) fn schemas(reader: &mut Reader<'_>) -> Result<()> {
    for row in reader.run(SCHEMAS)? {
        let key = (class::NAMESPACE, row.oid("oid")?, 0);
        if reader.is_member(key.0, key.1) {
            continue;
        }
        let id = ObjectId::top(Kind::Schema, None, row.name("name")?);
        let entry = owned(Object::Schema(Schema {}), reader.role(row.oid("owner")?));
        if row.flag("counts")? {
            reader.insert(key, id, entry);
        }
    }
    Ok(())
}

pub(super) fn extensions(reader: &mut Reader<'_>) -> Result<()> {
    if !reader.is_whole() {
        return Ok(());
    }
    for row in reader.run(EXTENSIONS)? {
        let key = (class::EXTENSION, row.oid("oid")?, 0);
        let id = ObjectId::top(Kind::Extension, None, row.name("name")?);
        let extension = Extension {
            in_schema: Some(row.name("in_schema")?),
            version: Some(row.text("version")?),
            is_fixed: row.flag("is_fixed")?,
            own_comment: row.maybe_text("own_comment")?,
        };
        let entry = owned(Object::Extension(extension), reader.role(row.oid("owner")?));
        reader.insert(key, id, entry);
    }
    Ok(())
}

pub(super) fn collations(reader: &mut Reader<'_>) -> Result<()> {
    for row in reader.run(COLLATIONS)? {
        let key = (class::COLLATION, row.oid("oid")?, 0);
        let Some(id) = reader.in_schema(Kind::Collation, row.oid("namespace")?, row.name("name")?) else { continue };
        if reader.is_member(key.0, key.1) {
            continue;
        }
        let (lc_collate, lc_ctype) = (row.maybe_text("lc_collate")?, row.maybe_text("lc_ctype")?);
        let mut collation = Collation {
            provider: match row.letter("provider")? {
                'i' => Some("icu".to_owned()),
                'b' => Some("builtin".to_owned()),
                _ => None,
            },
            locale: row.maybe_text("locale")?,
            nondeterministic: !row.flag("deterministic")?,
            rules: row.maybe_text("rules")?,
            ..Collation::default()
        };
        // Of libc, and of ICU before 15, the locale stands twice.
        if collation.locale.is_none() {
            if lc_collate == lc_ctype {
                collation.locale = lc_collate;
            } else {
                (collation.lc_collate, collation.lc_ctype) = (lc_collate, lc_ctype);
            }
        }
        let entry = owned(Object::Collation(collation), reader.role(row.oid("owner")?));
        reader.insert(key, id, entry);
    }
    Ok(())
}
