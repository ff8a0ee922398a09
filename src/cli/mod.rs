//! The command line: arguments, configuration, and one file a command.

mod apply;
mod args;
mod config;
mod config_file;
mod duration;
mod environment;
mod files;
mod fmt;
mod graph;
mod import;
mod init;
mod library;
mod output;
mod plan;
mod plan_file;
mod planning;
mod progress;
mod schema;
mod show;
mod signals;
mod validate;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use trueup::error::Result;
use trueup::report::error::{FAILED, exit_code};

use args::{Cli, Command};
use config::Config;
use output::Output;

/// All is well.
const DONE: u8 = 0;
/// `plan --detailed-exitcode`: something differs.
const DIFFERS: u8 = 2;

/// Runs the command line.
pub(crate) fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // 2 would mean "there are changes" to a pipeline, so a wrong flag is not 2.
            let code = if error.use_stderr() { FAILED } else { DONE };
            let _ = error.print();
            return code.into();
        }
    };
    let output = Output::new(&cli.global, cli.command.is_for_programs());
    let code = run(&cli.command, &output).unwrap_or_else(|error| {
        output.error(&error);
        exit_code(&error)
    });
    code.into()
}

fn run(command: &Command, output: &Output) -> Result<u8> {
    match command {
        Command::JsonSchema => {
            output.print_json(&library::json_schema())?;
            return Ok(DONE);
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "trueup", &mut script);
            output.print(&String::from_utf8_lossy(&script))?;
            return Ok(DONE);
        }
        Command::Show(args) => return show::run(args, output),
        Command::Init(args) => return init::run(args, output),
        Command::Plan(_)
        | Command::Apply(_)
        | Command::Import(_)
        | Command::Validate(_)
        | Command::Fmt(_)
        | Command::Graph(_) => {}
    }
    let config = Config::find()?;
    match command {
        Command::Plan(args) => plan::run(args, &config, output),
        Command::Apply(args) => apply::run(args, &config, output),
        Command::Import(args) => import::run(args, &config, output),
        Command::Validate(args) => validate::run(args, &config, output),
        Command::Fmt(args) => fmt::run(args, &config, output),
        Command::Graph(args) => graph::run(args, &config, output),
        Command::Show(_) | Command::Init(_) | Command::JsonSchema | Command::Completions { .. } => Ok(DONE),
    }
}
