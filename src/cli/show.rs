//! `trueup show`: a saved plan.

use trueup::error::Result;
use trueup::report::text;

use super::output::Output;
use super::{DONE, args, plan, plan_file};

pub(crate) fn run(args: &args::Show, output: &Output) -> Result<u8> {
    let made = plan_file::read(&args.plan)?;
    let shown = text::Options {
        schema: "the TOML it was made for".into(),
        verbose: output.verbose,
        ..text::Options::default()
    };
    plan::print(&made, args.format, &shown, output)?;
    Ok(DONE)
}
