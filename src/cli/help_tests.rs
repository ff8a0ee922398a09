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
    insta::assert_snapshot!(help(""), @r"
    Make a database match the TOML that describes it

    Usage: trueup [OPTIONS] <COMMAND>

    Commands:
      plan         Say what would change; changes nothing
      apply        Make the changes, after showing them and asking
      import       Write the live database as TOML, or update the TOML that is there
      validate     Check the TOML without a database
      fmt          Format the TOML; comments are kept
      show         Show a saved plan as text, SQL, JSON or Markdown
      graph        Draw the order of a plan, or how objects refer to each other
      json-schema  Print the JSON Schema of the TOML, for editors
      init         Make a trueup.toml and a first schema file, from a database when one is named
      completions  Print completions for a shell

    Options:
      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version

    Output:
      -q, --quiet
              Say nothing on stderr but errors

      -v, --verbose
              Show also what goes without saying
              
              The columns of a new table, the statements of each step while it runs.

          --color <WHEN>
              When to use colours
              
              `auto` looks whether the output is a terminal, and heeds NO_COLOR and CLICOLOR_FORCE.
              
              [default: auto]
              [possible values: auto, always, never]

          --no-progress
              Show no progress

    Examples:
      trueup init                                       a trueup.toml and a first schema file
      trueup import --database sqlite:shop.db           writes what the database holds to schema/
      trueup plan --database sqlite:shop.db             says what would change
      trueup apply --database sqlite:shop.db            changes it, after asking

    Exit codes:
      0  done; with `plan --detailed-exitcode`: nothing to change
      1  an error: bad input, no connection, a step that failed
      2  `plan --detailed-exitcode`: something differs
      3  refused, and nothing was changed: data would be lost, the plan is stale, an object is
         protected, nobody approved, or somebody else is applying
    ");
}

#[test]
fn help_of_plan() {
    insta::assert_snapshot!(help("plan"), @r"
    Say what would change; changes nothing

    Usage: trueup plan [OPTIONS]

    Options:
          --probe
              Ask the data whether risky steps would fail or lose something

          --detailed-exitcode
              Exit with 2 if anything differs, is refused or could not be compared

      -o, --out <FILE>
              Write the plan to a file, for `show` and `apply`

      -f, --format <FORMAT>
              How to show it

              Possible values:
              - text:     For people
              - json:     For programs; stable, see docs/cli.md
              - sql:      The statements in order, to run by hand
              - markdown: For merge requests
              
              [default: text]

      -h, --help
              Print help (see a summary with '-h')

    Database:
      -d, --database <URL>
              The database: sqlite:path/to/file.db
              
              Else the URL of --env, the variable DATABASE_URL, or trueup.toml where it has just one
              [env.NAME].

      -e, --env <NAME>
              The database of [env.NAME] in trueup.toml

          --lock-timeout <TIME>
              How long to wait for a database that somebody else is writing to
              
              A number with ms, s, m or h. Else what trueup.toml says for the environment, else 3s.

          --load-extension <FILE>
              Load an SQLite extension first: functions, collations and modules that the schema uses

    Schema:
      -s, --schema <PATH>
              The TOML: a folder or a file
              
              Else the variable TRUEUP_SCHEMA, `schema` in trueup.toml, or the folder schema.

          --allow-empty
              Take a schema without objects to mean that the database shall have none

    Selection:
      -t, --target <ADDRESS>
              Only this object and what belongs to it; may be repeated and have wildcards

      -x, --exclude <ADDRESS>
              All but this object and what belongs to it; may be repeated and have wildcards

    Output:
      -q, --quiet
              Say nothing on stderr but errors

      -v, --verbose
              Show also what goes without saying
              
              The columns of a new table, the statements of each step while it runs.

          --color <WHEN>
              When to use colours
              
              `auto` looks whether the output is a terminal, and heeds NO_COLOR and CLICOLOR_FORCE.
              
              [default: auto]
              [possible values: auto, always, never]

          --no-progress
              Show no progress

    Examples:
      trueup plan --database sqlite:shop.db
      trueup plan --env production --detailed-exitcode        exits 2 if anything differs
      trueup plan --env production --out change.plan          to look at, and to apply just this
      trueup plan --format markdown                           for a merge request
      trueup plan --target table.order                        only this table and what belongs to it
    ");
}

#[test]
fn help_of_apply() {
    insta::assert_snapshot!(help("apply"), @r"
    Make the changes, after showing them and asking

    Usage: trueup apply [OPTIONS] [PLAN]

    Arguments:
      [PLAN]
              A plan that `plan --out` wrote; refused if the database has changed since

    Options:
      -f, --format <FORMAT>
              How to say what is done

              Possible values:
              - text: For people
              - json: For programs; stable, see docs/cli.md
              
              [default: text]

      -h, --help
              Print help (see a summary with '-h')

    Leave:
          --auto-approve
              Do not ask

          --allow-destructive
              Give leave to lose data, wherever the plan says so

          --allow <ADDRESS>
              Give leave to lose the data of this object; may be repeated and have wildcards

          --skip-destructive
              Leave out what would lose data and has no leave, and do the rest

    Database:
      -d, --database <URL>
              The database: sqlite:path/to/file.db
              
              Else the URL of --env, the variable DATABASE_URL, or trueup.toml where it has just one
              [env.NAME].

      -e, --env <NAME>
              The database of [env.NAME] in trueup.toml

          --lock-timeout <TIME>
              How long to wait for a database that somebody else is writing to
              
              A number with ms, s, m or h. Else what trueup.toml says for the environment, else 3s.

          --load-extension <FILE>
              Load an SQLite extension first: functions, collations and modules that the schema uses

    Schema:
      -s, --schema <PATH>
              The TOML: a folder or a file
              
              Else the variable TRUEUP_SCHEMA, `schema` in trueup.toml, or the folder schema.

          --allow-empty
              Take a schema without objects to mean that the database shall have none

    Selection:
      -t, --target <ADDRESS>
              Only this object and what belongs to it; may be repeated and have wildcards

      -x, --exclude <ADDRESS>
              All but this object and what belongs to it; may be repeated and have wildcards

    Output:
      -q, --quiet
              Say nothing on stderr but errors

      -v, --verbose
              Show also what goes without saying
              
              The columns of a new table, the statements of each step while it runs.

          --color <WHEN>
              When to use colours
              
              `auto` looks whether the output is a terminal, and heeds NO_COLOR and CLICOLOR_FORCE.
              
              [default: auto]
              [possible values: auto, always, never]

          --no-progress
              Show no progress

    Examples:
      trueup apply --database sqlite:shop.db
      trueup apply --env staging --auto-approve               without asking, for pipelines
      trueup apply --allow table.coupon_2019                  leave to drop this table with its rows
      trueup apply change.plan                                just what `plan --out change.plan` showed
    ");
}

#[test]
fn help_of_the_others() {
    let others = ["import", "validate", "fmt", "show", "graph", "json-schema", "init", "completions"];
    let text = others.map(help).join("\n----\n");
    insta::assert_snapshot!(text, @r"
    Write the live database as TOML, or update the TOML that is there

    Usage: trueup import [OPTIONS]

    Options:
      -s, --schema <PATH>
              The TOML: a folder, which may be missing or empty, or a file

          --layout <LAYOUT>
              Which files new objects go to

              Possible values:
              - grouped:   One file per schema and group of objects
              - single:    One file for all
              - by-kind:   One file per kind of object
              - by-object: One file per object
              
              [default: grouped]

      -f, --format <FORMAT>
              How to say what was written

              Possible values:
              - text: For people
              - json: For programs; stable, see docs/cli.md
              
              [default: text]

      -h, --help
              Print help (see a summary with '-h')

    Database:
      -d, --database <URL>
              The database: sqlite:path/to/file.db
              
              Else the URL of --env, the variable DATABASE_URL, or trueup.toml where it has just one
              [env.NAME].

      -e, --env <NAME>
              The database of [env.NAME] in trueup.toml

          --lock-timeout <TIME>
              How long to wait for a database that somebody else is writing to
              
              A number with ms, s, m or h. Else what trueup.toml says for the environment, else 3s.

          --load-extension <FILE>
              Load an SQLite extension first: functions, collations and modules that the schema uses

    Output:
      -q, --quiet
              Say nothing on stderr but errors

      -v, --verbose
              Show also what goes without saying
              
              The columns of a new table, the statements of each step while it runs.

          --color <WHEN>
              When to use colours
              
              `auto` looks whether the output is a terminal, and heeds NO_COLOR and CLICOLOR_FORCE.
              
              [default: auto]
              [possible values: auto, always, never]

          --no-progress
              Show no progress

    Comments, order and spacing of what does not differ stay as they are.

    Examples:
      trueup import --database sqlite:shop.db
      trueup import --database sqlite:shop.db --schema db --layout by-object

    ----
    Check the TOML without a database

    Usage: trueup validate [OPTIONS]

    Options:
          --dialect <DIALECT>
              Check it for this database
              
              Else for that of DATABASE_URL or trueup.toml, else for sqlite.

      -f, --format <FORMAT>
              How to say what was found

              Possible values:
              - text: For people
              - json: For programs; stable, see docs/cli.md
              
              [default: text]

      -h, --help
              Print help (see a summary with '-h')

    Schema:
      -s, --schema <PATH>
              The TOML: a folder or a file
              
              Else the variable TRUEUP_SCHEMA, `schema` in trueup.toml, or the folder schema.

          --allow-empty
              Take a schema without objects to mean that the database shall have none

    Output:
      -q, --quiet
              Say nothing on stderr but errors

      -v, --verbose
              Show also what goes without saying
              
              The columns of a new table, the statements of each step while it runs.

          --color <WHEN>
              When to use colours
              
              `auto` looks whether the output is a terminal, and heeds NO_COLOR and CLICOLOR_FORCE.
              
              [default: auto]
              [possible values: auto, always, never]

          --no-progress
              Show no progress

    ----
    Format the TOML; comments are kept

    Usage: trueup fmt [OPTIONS]

    Options:
      -s, --schema <PATH>
              The TOML: a folder or a file

          --check
              Change nothing; exit with 1 if a file is not formatted

      -f, --format <FORMAT>
              How to say what was changed

              Possible values:
              - text: For people
              - json: For programs; stable, see docs/cli.md
              
              [default: text]

      -h, --help
              Print help (see a summary with '-h')

    Output:
      -q, --quiet
              Say nothing on stderr but errors

      -v, --verbose
              Show also what goes without saying
              
              The columns of a new table, the statements of each step while it runs.

          --color <WHEN>
              When to use colours
              
              `auto` looks whether the output is a terminal, and heeds NO_COLOR and CLICOLOR_FORCE.
              
              [default: auto]
              [possible values: auto, always, never]

          --no-progress
              Show no progress

    Prints the files that it changed; with --check, those that it would change.

    Examples:
      trueup fmt
      trueup fmt --check            for pipelines and hooks: exits 1 if a file is not formatted

    ----
    Show a saved plan as text, SQL, JSON or Markdown

    Usage: trueup show [OPTIONS] <PLAN>

    Arguments:
      <PLAN>
              The file that `plan --out` wrote

    Options:
      -f, --format <FORMAT>
              How to show it

              Possible values:
              - text:     For people
              - json:     For programs; stable, see docs/cli.md
              - sql:      The statements in order, to run by hand
              - markdown: For merge requests
              
              [default: text]

      -h, --help
              Print help (see a summary with '-h')

    Output:
      -q, --quiet
              Say nothing on stderr but errors

      -v, --verbose
              Show also what goes without saying
              
              The columns of a new table, the statements of each step while it runs.

          --color <WHEN>
              When to use colours
              
              `auto` looks whether the output is a terminal, and heeds NO_COLOR and CLICOLOR_FORCE.
              
              [default: auto]
              [possible values: auto, always, never]

          --no-progress
              Show no progress

    ----
    Draw the order of a plan, or how objects refer to each other

    Usage: trueup graph [OPTIONS] [OF]

    Arguments:
      [OF]
              Of what

              Possible values:
              - schema:   How the objects of the TOML refer to each other
              - database: How the objects of the live database refer to each other
              - plan:     Which step of the plan comes before which
              
              [default: schema]

    Options:
          --all
              Draw columns, constraints and the like too, not only what stands on its own

      -f, --format <FORMAT>
              The language of the drawing

              Possible values:
              - dot:     Graphviz
              - mermaid: Mermaid
              
              [default: dot]

      -h, --help
              Print help (see a summary with '-h')

    Database:
      -d, --database <URL>
              The database: sqlite:path/to/file.db
              
              Else the URL of --env, the variable DATABASE_URL, or trueup.toml where it has just one
              [env.NAME].

      -e, --env <NAME>
              The database of [env.NAME] in trueup.toml

          --lock-timeout <TIME>
              How long to wait for a database that somebody else is writing to
              
              A number with ms, s, m or h. Else what trueup.toml says for the environment, else 3s.

          --load-extension <FILE>
              Load an SQLite extension first: functions, collations and modules that the schema uses

    Schema:
      -s, --schema <PATH>
              The TOML: a folder or a file
              
              Else the variable TRUEUP_SCHEMA, `schema` in trueup.toml, or the folder schema.

          --allow-empty
              Take a schema without objects to mean that the database shall have none

    Output:
      -q, --quiet
              Say nothing on stderr but errors

      -v, --verbose
              Show also what goes without saying
              
              The columns of a new table, the statements of each step while it runs.

          --color <WHEN>
              When to use colours
              
              `auto` looks whether the output is a terminal, and heeds NO_COLOR and CLICOLOR_FORCE.
              
              [default: auto]
              [possible values: auto, always, never]

          --no-progress
              Show no progress

    Examples:
      trueup graph | dot -Tsvg > schema.svg
      trueup graph --format mermaid
      trueup graph plan --database sqlite:shop.db

    ----
    Print the JSON Schema of the TOML, for editors

    Usage: trueup json-schema [OPTIONS]

    Options:
      -h, --help
              Print help (see a summary with '-h')

    Output:
      -q, --quiet
              Say nothing on stderr but errors

      -v, --verbose
              Show also what goes without saying
              
              The columns of a new table, the statements of each step while it runs.

          --color <WHEN>
              When to use colours
              
              `auto` looks whether the output is a terminal, and heeds NO_COLOR and CLICOLOR_FORCE.
              
              [default: auto]
              [possible values: auto, always, never]

          --no-progress
              Show no progress

    Editors that know TOML use it through a first line in each file:
      #:schema ../trueup.schema.json

    Example:
      trueup json-schema > trueup.schema.json

    ----
    Make a trueup.toml and a first schema file, from a database when one is named

    Usage: trueup init [OPTIONS]

    Options:
      -s, --schema <PATH>
              Where the TOML shall be

          --layout <LAYOUT>
              Which files the objects go to

              Possible values:
              - grouped:   One file per schema and group of objects
              - single:    One file for all
              - by-kind:   One file per kind of object
              - by-object: One file per object
              
              [default: grouped]

      -h, --help
              Print help (see a summary with '-h')

    Database:
      -d, --database <URL>
              The database: sqlite:path/to/file.db
              
              Else the URL of --env, the variable DATABASE_URL, or trueup.toml where it has just one
              [env.NAME].

      -e, --env <NAME>
              The database of [env.NAME] in trueup.toml

          --lock-timeout <TIME>
              How long to wait for a database that somebody else is writing to
              
              A number with ms, s, m or h. Else what trueup.toml says for the environment, else 3s.

          --load-extension <FILE>
              Load an SQLite extension first: functions, collations and modules that the schema uses

    Output:
      -q, --quiet
              Say nothing on stderr but errors

      -v, --verbose
              Show also what goes without saying
              
              The columns of a new table, the statements of each step while it runs.

          --color <WHEN>
              When to use colours
              
              `auto` looks whether the output is a terminal, and heeds NO_COLOR and CLICOLOR_FORCE.
              
              [default: auto]
              [possible values: auto, always, never]

          --no-progress
              Show no progress

    Nothing that is there is overwritten.

    Examples:
      trueup init
      trueup init --database sqlite:shop.db

    ----
    Print completions for a shell

    Usage: trueup completions [OPTIONS] <SHELL>

    Arguments:
      <SHELL>
              The shell
              
              [possible values: bash, elvish, fish, powershell, zsh]

    Options:
      -h, --help
              Print help (see a summary with '-h')

    Output:
      -q, --quiet
              Say nothing on stderr but errors

      -v, --verbose
              Show also what goes without saying
              
              The columns of a new table, the statements of each step while it runs.

          --color <WHEN>
              When to use colours
              
              `auto` looks whether the output is a terminal, and heeds NO_COLOR and CLICOLOR_FORCE.
              
              [default: auto]
              [possible values: auto, always, never]

          --no-progress
              Show no progress

    Example:
      trueup completions bash > ~/.local/share/bash-completion/completions/trueup
    ");
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
