//! `trueup plan`: what would change.

use trueup::error::Result;
use trueup::plan::Plan;
use trueup::report::json::Report;
use trueup::report::markdown::Markdown;
use trueup::report::sql::Script;
use trueup::report::text::{self, Text};

use super::args::{self, PlanFormat};
use super::config::Config;
use super::output::Output;
use super::planning::{self, Request};
use super::{DIFFERS, DONE, plan_file};

pub(crate) fn run(args: &args::Plan, config: &Config, output: &Output) -> Result<u8> {
    let request =
        Request { database: &args.database, schema: &args.schema, selection: &args.selection, probe: args.probe };
    let planned = planning::make(&request, config, output)?;
    if let Some(path) = &args.out {
        plan_file::write(path, &planned.plan)?;
    }
    print(&planned.plan, args.format, &planned.shown, output)?;
    if let Some(path) = &args.out {
        output.say(&format!("The plan is in {0}: `trueup apply {0}` makes just these changes.\n", path.display()));
    }
    let differs = args.detailed_exitcode && !planned.plan.is_clean();
    // The process is at its end: to take large catalogs apart piece by piece would only take time.
    std::mem::forget((planned.plan, planned.made_from));
    Ok(if differs { DIFFERS } else { DONE })
}

/// Prints a plan.
pub(crate) fn print(plan: &Plan, format: PlanFormat, shown: &text::Options, output: &Output) -> Result<()> {
    match format {
        PlanFormat::Text => output.print(&Text::new(plan, shown).to_string()),
        PlanFormat::Json => output.print_json(&Report::new(plan)),
        PlanFormat::Sql => output.print(&Script(plan).to_string()),
        PlanFormat::Markdown => output.print(&Markdown { plan, schema: &shown.schema }.to_string()),
    }
}
