//! The connection to a live MySQL or MariaDB database.

use mysql::Conn;

use crate::apply::Progress;
use crate::catalog::{Catalog, ObjectId};
use crate::database::{ApplyOptions, Database, Elaborated, Live, OpenOptions, Probed, Target};
use crate::dialect::Dialect;
use crate::diff::Deltas;
use crate::error::{Error, Result};
use crate::plan::{Plan, Probe, Rules};

use super::connect::{self, Opened, Server, Session};
use super::dialect::Mysql;
use super::{elaborate, introspect, renames};

/// A connection to a live MySQL or MariaDB database.
#[derive(Debug)]
pub struct MysqlDatabase {
    pub(super) conn: Conn,
    url: String,
    location: String,
    pub(super) server: Server,
    pub(super) session: Session,
    dialect: &'static Mysql,
}

impl MysqlDatabase {
    /// Opens the database of a URL.
    pub fn open(url: &str, options: &OpenOptions) -> Result<Self> {
        let Opened { conn, url, location, server, session } = connect::open(url, options)?;
        let dialect = Mysql::of(&server, session.lower_case_table_names);
        Ok(Self { conn, url, location, server, session, dialect })
    }
}

impl Database for MysqlDatabase {
    fn dialect(&self) -> &'static dyn Dialect {
        self.dialect
    }

    fn target(&self) -> Target {
        Target {
            dialect: self.dialect.name(),
            url: self.url.clone(),
            location: self.location.clone(),
            server: self.server.text.clone(),
        }
    }

    fn introspect(&mut self) -> Result<Live> {
        introspect::introspect(&mut self.conn, self.dialect, &self.session.database)
    }

    fn after_renames(&mut self, live: &Live, renames: &[(ObjectId, ObjectId)]) -> Result<Catalog> {
        Ok(renames::after(&live.catalog, renames, self.dialect))
    }

    fn elaborate(&mut self, live: &Catalog, desired: &Catalog, deltas: &Deltas) -> Result<Elaborated> {
        elaborate::elaborate(&mut self.conn, self.dialect, live, desired, deltas)
    }

    fn rules(&self) -> &'static dyn Rules {
        RULES
    }

    fn probe(&mut self, _: &Probe) -> Result<Probed> {
        Err(Error::usage("this version of trueup cannot look at rows of MySQL and MariaDB yet"))
    }

    fn apply(&mut self, _: &Plan, _: &ApplyOptions, _: &mut dyn Progress) -> Result<()> {
        Err(Error::usage("this version of trueup cannot change MySQL and MariaDB yet"))
    }
}
