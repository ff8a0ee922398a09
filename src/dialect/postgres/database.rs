//! The connection to a live PostgreSQL database.

use std::collections::BTreeMap;

use crate::apply::Progress;
use crate::catalog::{Catalog, ObjectId};
use crate::database::{ApplyOptions, Database, Elaborated, Live, OpenOptions, Probed, Target};
use crate::dialect::{Dialect, DialectName};
use crate::diff::Deltas;
use crate::error::Result;
use crate::plan::{Plan, Probe, Rules};

use super::dialect::POSTGRES;
use super::rules::PostgresRules;
use super::session::Session;
use super::{apply, connect, elaborate, introspect, probe, renames};

/// A connection to a live PostgreSQL database.
pub struct PostgresDatabase {
    session: Session,
    target: Target,
}

impl PostgresDatabase {
    /// Opens a database.
    pub fn open(url: &str, options: &OpenOptions) -> Result<Self> {
        let opened = connect::open(url, options)?;
        Ok(Self {
            session: Session {
                client: opened.client,
                named: opened.named,
                version: opened.server.number,
                variables: options.environment.variables.clone(),
                granted_first: BTreeMap::new(),
                renames: Vec::new(),
            },
            target: Target {
                dialect: DialectName::Postgres,
                url: opened.url,
                location: opened.location,
                server: opened.server.text,
                notes: opened.notes,
            },
        })
    }
}

impl Database for PostgresDatabase {
    fn dialect(&self) -> &'static dyn Dialect {
        &POSTGRES
    }

    fn target(&self) -> Target {
        self.target.clone()
    }

    fn version(&self) -> u32 {
        self.session.version
    }

    fn introspect(&mut self) -> Result<Live> {
        self.session.renames.clear();
        let live = introspect::introspect(&mut self.session.client, self.session.version)?;
        self.session.granted_first.clone_from(&live.granted_first);
        Ok(live)
    }

    fn after_renames(&mut self, live: &Live, renames: &[(ObjectId, ObjectId)]) -> Result<Catalog> {
        self.session.renames = renames.to_vec();
        Ok(renames::after(&live.catalog, renames, self.session.version))
    }

    fn in_new_surroundings(&mut self, live: &Catalog, desired: &Catalog) -> Result<Option<Catalog>> {
        renames::with_moved_extensions(&mut self.session, live, desired)
    }

    fn elaborate(&mut self, live: &Catalog, desired: &Catalog, deltas: &Deltas) -> Result<Elaborated> {
        elaborate::elaborate(&mut self.session, live, desired, deltas)
    }

    fn rules(&self) -> &'static dyn Rules {
        &PostgresRules
    }

    fn probe(&mut self, probe: &Probe) -> Result<Probed> {
        probe::ask(&mut self.session, probe)
    }

    fn apply(&mut self, plan: &Plan, options: &ApplyOptions, progress: &mut dyn Progress) -> Result<()> {
        self.session.renames.clear();
        apply::apply(&mut self.session, plan, options, progress)
    }
}
