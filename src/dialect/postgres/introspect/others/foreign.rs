//! Foreign-data wrappers, servers and user mappings.

use crate::catalog::{Entry, ForeignDataWrapper, ForeignServer, Kind, Object, ObjectId, UserMapping};
use crate::error::Result;

use super::super::class;
use super::super::reader::Reader;
use super::owned;
use super::secret::settings;

const WRAPPERS: &str = include_str!("../../queries/foreign_data_wrappers.sql");
const SERVERS: &str = include_str!("../../queries/foreign_servers.sql");
const USER_MAPPINGS: &str = include_str!("../../queries/user_mappings.sql");

pub(super) fn wrappers(reader: &mut Reader<'_>) -> Result<()> {
    if !reader.is_whole() {
        return Ok(());
    }
    for row in reader.run(WRAPPERS)? {
        let key = (class::FOREIGN_DATA_WRAPPER, row.oid("oid")?, 0);
        if reader.is_member(key.0, key.1) {
            continue;
        }
        let name = row.name("name")?;
        let wrapper = ForeignDataWrapper {
            handler: row.expression("handler")?,
            validator: row.expression("validator")?,
            options: settings(&[name.as_str()], &row.texts("options")?),
        };
        let entry = owned(Object::ForeignDataWrapper(wrapper), reader.role(row.oid("owner")?));
        reader.insert(key, ObjectId::top(Kind::ForeignDataWrapper, None, name), entry);
    }
    Ok(())
}

pub(super) fn servers(reader: &mut Reader<'_>) -> Result<()> {
    if !reader.is_whole() {
        return Ok(());
    }
    for row in reader.run(SERVERS)? {
        let key = (class::FOREIGN_SERVER, row.oid("oid")?, 0);
        if reader.is_member(key.0, key.1) {
            continue;
        }
        let name = row.name("name")?;
        let server = ForeignServer {
            wrapper: row.name("wrapper")?,
            ty: row.maybe_text("type")?,
            version: row.maybe_text("version")?,
            options: settings(&[name.as_str()], &row.texts("options")?),
        };
        let entry = owned(Object::ForeignServer(server), reader.role(row.oid("owner")?));
        reader.insert(key, ObjectId::top(Kind::ForeignServer, None, name), entry);
    }
    Ok(())
}

pub(super) fn user_mappings(reader: &mut Reader<'_>) -> Result<()> {
    if !reader.is_whole() {
        return Ok(());
    }
    for row in reader.run(USER_MAPPINGS)? {
        let Some(server) = reader.object((class::FOREIGN_SERVER, row.oid("server")?, 0)).cloned() else { continue };
        let role = row.name("role")?;
        let options = settings(&[server.name().as_str(), role.as_str()], &row.texts("options")?);
        let id = server.child(Kind::UserMapping, role);
        if !row.flag("readable")? {
            let why = "its options are shown to its own role and the owner of the server only".to_owned();
            reader.live.not_understood.insert(id.clone(), why);
        }
        let entry = Entry::new(Object::UserMapping(UserMapping { options }), 0);
        reader.insert((class::USER_MAPPING, row.oid("oid")?, 0), id, entry);
    }
    Ok(())
}
