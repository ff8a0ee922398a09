//! `trueup graph`: what depends on what.

use trueup::catalog::{Catalog, Kind};
use trueup::error::Result;
use trueup::report::graph::Graph;

use super::args::{self, GraphFormat, GraphOf};
use super::config::Config;
use super::output::Output;
use super::planning::{self, Request};
use super::{DONE, library, schema, validate};

pub(crate) fn run(args: &args::Graph, config: &Config, output: &Output) -> Result<u8> {
    let graph = match args.of {
        GraphOf::Schema => {
            let dialect = match config.named(&args.database)? {
                Some(connection) => library::dialect_of(&connection.url)?,
                None => validate::dialect(config)?,
            };
            Graph::of_objects(&schema::load(&args.schema, config, dialect, output)?.desired.catalog, args.all)
        }
        GraphOf::Database => Graph::of_objects(&live(args, config)?, args.all),
        GraphOf::Plan => {
            let selection = args::Selection::default();
            let request =
                Request { database: &args.database, schema: &args.schema, selection: &selection, probe: false };
            let plan = planning::make(&request, config, output)?.plan;
            Graph::of_steps(&plan, plan.edges.clone())
        }
    };
    match args.format {
        GraphFormat::Dot => output.print(&graph.dot().to_string())?,
        GraphFormat::Mermaid => output.print(&graph.mermaid().to_string())?,
    }
    Ok(DONE)
}

fn live(args: &args::Graph, config: &Config) -> Result<Catalog> {
    let connection = config.connection(&args.database)?;
    let mut database = library::open(&connection.url, connection.lock_timeout)?;
    let manage = config.manage(database.dialect().folding(Kind::Table))?;
    Ok(manage.filter(&database.introspect()?.catalog))
}
