//! `trueup apply`: makes the changes, after showing them and asking.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;
use trueup::catalog::{Kind, ObjectId};
use trueup::database::ApplyOptions;
use trueup::dialect::DialectName;
use trueup::error::{Error, Refused, Result};
use trueup::manage::Patterns;
use trueup::plan::Plan;
use trueup::report::style::{self, clean, paint};
use trueup::report::text::{self, Text};
use trueup::report::{Counts, json};

use super::args::{self, Format};
use super::config::{Config, Connection};
use super::library::{self, Leave};
use super::output::Output;
use super::planning::{self, Planned, Request};
use super::progress::Told;
use super::{DONE, FAILED, plan_file, signals};

pub(crate) fn run(args: &args::Apply, config: &Config, output: &Output) -> Result<u8> {
    let Planned { connection, mut database, plan, mut shown, made_from } = if let Some(path) = &args.plan {
        saved(path, args, config, output)?
    } else {
        let request =
            Request { database: &args.database, schema: &args.schema, selection: &args.selection, probe: true };
        planning::make(&request, config, output)?
    };
    let folding = database.dialect().folding(Kind::Table);
    let leave = Patterns::new(&args.allow, folding, "--allow")?;
    planning::warn_of_lonely("--allow", &leave, &[&plan.live, &plan.desired], output)?;
    let destructive = plan.destructive();
    let allowed = |id: &&ObjectId| args.allow_destructive || leave.matches(id);
    shown.allowed = destructive.iter().filter(allowed).cloned().collect();

    let text = Text::new(&plan, &shown).to_string();
    match args.format {
        Format::Text if !output.quiet || !args.auto_approve => output.print(&text)?,
        Format::Json if !args.auto_approve => output.say(&text),
        Format::Text | Format::Json => {}
    }
    let leave = Leave { all: args.allow_destructive, some: destructive.iter().filter(allowed).cloned().collect() };
    let plan = match &made_from {
        Some((schema, scope)) if args.skip_destructive => {
            library::without_losses(&mut *database, &schema.desired, &schema.sources, scope, plan, &leave)?
        }
        _ => plan,
    };
    trueup::plan::check(&plan, &leave)?;
    let left_out = left_out(&destructive, &plan, args, output);
    if plan.steps.is_empty() {
        return report(&plan, false, &shown, args, output);
    }
    approve(args.auto_approve, &connection, output)?;

    let mut progress = Told::new(output);
    let options = ApplyOptions { lock_timeout: connection.lock_timeout, ..ApplyOptions::default() };
    signals::catch(&options.interrupt, output);
    library::apply(&mut *database, &plan, &options, &mut progress).map_err(|error| match &made_from {
        Some((schema, _)) => trueup::plan::written(error, &schema.desired, &schema.sources, database.dialect()),
        None => error,
    })?;
    progress.finish();
    drop(progress);
    shown.selected |= left_out;
    report(&plan, true, &shown, args, output)
}

/// A plan from a file, for the database that the flags name, or else for its own.
fn saved(path: &Path, args: &args::Apply, config: &Config, output: &Output) -> Result<Planned> {
    let saved = plan_file::read(path)?;
    let mut flags = args.database.clone();
    if flags.database.is_none() && flags.env.is_none() {
        // What a server's location leaves out, the user and how the connection is encrypted, stands in the URL;
        // a file is found from anywhere by its location.
        let target = &saved.target;
        let url = if target.dialect == DialectName::Sqlite { &target.location } else { &target.url };
        flags.database = Some(url.clone());
    }
    let connection = config.connection(&flags)?;
    let mut database = library::open(&connection.url, connection.lock_timeout)?;
    let manage = config.manage(database.dialect().folding(Kind::Table))?;
    let plan = trueup::apply::revive(&mut *database, &saved, &|id| manage.protects(id))?;
    let shown =
        text::Options { schema: path.display().to_string(), verbose: output.verbose, ..text::Options::default() };
    Ok(Planned { connection, database, plan, shown, made_from: None })
}

/// Says what `--skip-destructive` leaves out; whether there is anything.
fn left_out(destructive: &[ObjectId], plan: &Plan, args: &args::Apply, output: &Output) -> bool {
    let kept: BTreeSet<_> = plan.destructive().into_iter().collect();
    let rest: Vec<_> = destructive.iter().filter(|id| !kept.contains(id)).map(ToString::to_string).collect();
    if rest.is_empty() {
        return false;
    }
    let list: Vec<_> = rest.iter().map(|id| clean(id)).collect();
    let line = format!("{} {}\n", paint(style::HEADING, "Left out:"), list.join(", "));
    match args.format {
        // What remains to be done is part of the answer.
        Format::Text if output.print(&line).is_ok() => {}
        Format::Text | Format::Json => output.say(&line),
    }
    true
}

fn approve(already: bool, connection: &Connection, output: &Output) -> Result<()> {
    if already {
        return Ok(());
    }
    let refuse = |message: String| Err(Error::from(Refused::NotApproved(message)));
    if !Output::can_ask() {
        return refuse("nobody can be asked to approve, since this is not a terminal; nothing was changed".to_owned());
    }
    if output.ask("Apply these changes?") {
        return Ok(());
    }
    refuse(format!("not approved; {} was not changed", clean(&connection.url)))
}

/// What `apply --format json` prints.
#[derive(Serialize)]
struct Done<'a> {
    version: u32,
    applied: bool,
    plan: json::Report<'a>,
}

fn report(plan: &Plan, applied: bool, shown: &text::Options, args: &args::Apply, output: &Output) -> Result<u8> {
    match args.format {
        Format::Json => {
            output.print_json(&Done { version: json::VERSION, applied, plan: json::Report::new(plan) })?;
        }
        // The plan has said that there is nothing to do.
        Format::Text if !applied => {}
        Format::Text => {
            let all = !shown.selected && plan.unknown.is_empty() && plan.needed.is_empty() && args.plan.is_none();
            let matches = if all {
                format!(" {} matches {}.", clean(&plan.target.url), clean(&shown.schema))
            } else {
                String::new()
            };
            output.print(&format!("{} {}.{matches}\n", paint(style::ADD, "Applied:"), Counts::of(plan).done()))?;
        }
    }
    if plan.unknown.is_empty() {
        return Ok(DONE);
    }
    let list: Vec<_> = plan.unknown.iter().map(|unknown| clean(&unknown.id.to_string()).into_owned()).collect();
    output.say(&format!("{} not compared, and left as it is: {}\n", paint(style::DANGER, "error:"), list.join(", ")));
    Ok(FAILED)
}
