//! What `--help` says, and which lines are taken.
#![allow(clippy::unwrap_used)]

use clap::{CommandFactory, Parser};

use super::args::Cli;

#[test]
fn the_declaration_is_sound() {
    Cli::command().debug_assert();
}

fn help(command: &str) -> String {
    let mut cli = Cli::command().term_width(100).color(clap::ColorChoice::Never);
    cli.build();
    let command = if command.is_empty() { &mut cli } else { cli.find_subcommand_mut(command).unwrap() };
    command.render_long_help().to_string()
}

#[test]
fn help_of_all() {
    insta::assert_snapshot!(help(""), @"");
}

#[test]
fn help_of_plan() {
    insta::assert_snapshot!(help("plan"), @"");
}

#[test]
fn help_of_apply() {
    insta::assert_snapshot!(help("apply"), @"");
}

#[test]
fn help_of_the_others() {
    let others = ["import", "validate", "fmt", "show", "graph", "json-schema", "init", "completions"];
    let text = others.map(help).join("\n----\n");
    insta::assert_snapshot!(text, @"");
}

#[test]
fn what_pipelines_rely_on() {
    for line in [
        "trueup import --database sqlite:a.db --schema db",
        "trueup plan --database sqlite:a.db --schema db --detailed-exitcode",
        "trueup apply --database sqlite:a.db --schema db --auto-approve --allow-destructive",
    ] {
        assert!(Cli::try_parse_from(line.split(' ')).is_ok(), "{line}");
    }
}

#[test]
fn what_contradicts_is_refused() {
    for line in ["trueup plan --database x --env y", "trueup apply p --target t", "trueup -q -v fmt"] {
        assert!(Cli::try_parse_from(line.split(' ')).is_err(), "{line}");
    }
}
