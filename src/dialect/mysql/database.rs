//! The connection to a live MySQL or MariaDB database.

use std::collections::BTreeMap;

use mysql::{Conn, Opts};

use crate::apply::Progress;
use crate::catalog::{Catalog, ObjectId};
use crate::database::{ApplyOptions, Database, Elaborated, Live, OpenOptions, Probed, Size, Target};
use crate::dialect::Dialect;
use crate::diff::Deltas;
use crate::error::Result;
use crate::plan::{Plan, Probe, Rules};

use super::connect::{self, Flavour, Opened, Server, Session};
use super::dialect::Mysql;
use super::query::Link;
use super::{apply, elaborate, inherited, introspect, probe, renames, rules, size};

/// A connection to a live MySQL or MariaDB database.
#[derive(Debug)]
pub struct MysqlDatabase {
    pub(super) conn: Conn,
    opts: Opts,
    url: String,
    location: String,
    pub(super) server: Server,
    pub(super) session: Session,
    dialect: &'static Mysql,
    /// What a plan renames, which has its old name on the server while the plan is made.
    renames: Vec<(ObjectId, ObjectId)>,
}

impl MysqlDatabase {
    /// Opens the database of a URL.
    pub fn open(url: &str, options: &OpenOptions) -> Result<Self> {
        let Opened { conn, opts, url, location, server, session } = connect::open(url, options)?;
        let dialect = Mysql::of(&server, session.lower_case_table_names);
        Ok(Self { conn, opts, url, location, server, session, dialect, renames: Vec::new() })
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
            notes: Vec::new(),
        }
    }

    fn version(&self) -> u32 {
        let (major, minor, patch) = self.server.version;
        u32::from(major) * 10_000 + u32::from(minor) * 100 + u32::from(patch)
    }

    fn introspect(&mut self) -> Result<Live> {
        self.renames.clear();
        let link = Link { conn: &mut self.conn, url: &self.url };
        introspect::introspect(link, self.dialect, &self.session.database)
    }

    fn after_renames(&mut self, live: &Live, renames: &[(ObjectId, ObjectId)]) -> Result<Catalog> {
        self.renames = renames.to_vec();
        Ok(renames::after(&live.catalog, renames, self.dialect))
    }

    fn in_new_surroundings(&mut self, live: &Catalog, desired: &Catalog) -> Result<Option<Catalog>> {
        inherited::under_new_defaults(&mut Link { conn: &mut self.conn, url: &self.url }, live, desired)
    }

    fn elaborate(&mut self, live: &Catalog, desired: &Catalog, deltas: &Deltas) -> Result<Elaborated> {
        let link = Link { conn: &mut self.conn, url: &self.url };
        let session = (&self.server, &self.session);
        elaborate::elaborate(link, self.dialect, session, live, desired, (deltas, &self.renames))
    }

    fn rules(&self) -> &'static dyn Rules {
        match self.server.flavour {
            Flavour::Mysql => &rules::MYSQL,
            Flavour::Mariadb => &rules::MARIADB,
        }
    }

    fn sizes(&mut self, tables: &[ObjectId]) -> Result<BTreeMap<ObjectId, Size>> {
        size::of(&mut Link { conn: &mut self.conn, url: &self.url }, self.dialect, tables)
    }

    fn probe(&mut self, probe: &Probe) -> Result<Probed> {
        probe::ask(&mut self.conn, self.server.flavour, probe)
    }

    fn apply(&mut self, plan: &Plan, options: &ApplyOptions, progress: &mut dyn Progress) -> Result<()> {
        apply::apply(self, plan, options, progress)
    }
}

impl apply::Connected for MysqlDatabase {
    fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }

    fn server(&self) -> &Server {
        &self.server
    }

    fn canceller(&self) -> Box<dyn Fn() + Send> {
        let (opts, connection) = (self.opts.clone(), self.conn.connection_id());
        Box::new(move || connect::cancel(&opts, connection))
    }
}
