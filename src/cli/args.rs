//! The commands and their flags.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use trueup::dialect::DialectName;

use super::duration;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Make a database match the TOML that describes it
#[derive(Debug, Parser)]
#[command(
    name = "trueup",
    version,
    styles = STYLES,
    max_term_width = 100,
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Start with `trueup init`, or with `trueup import` where there is a database already.\n\
                  `trueup COMMAND --help` says more about a command.",
    after_long_help = "\
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
     protected, nobody approved, or somebody else is applying"
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Global {
    /// Say nothing on stderr but errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Show also what goes without saying
    ///
    /// The columns of a new table, the statements of each step while it runs.
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
    /// When to use colours
    ///
    /// `auto` looks whether the output is a terminal, and heeds NO_COLOR and CLICOLOR_FORCE.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
    /// Show no progress
    #[arg(long, global = true)]
    pub(crate) no_progress: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Say what would change; changes nothing
    #[command(after_long_help = "\
Examples:
  trueup plan --database sqlite:shop.db
  trueup plan --env production --detailed-exitcode        exits 2 if anything differs
  trueup plan --env production --out change.plan          to look at, and to apply just this
  trueup plan --format markdown                           for a merge request
  trueup plan --target table.order                        only this table and what belongs to it")]
    Plan(Plan),
    /// Make the changes, after showing them and asking
    #[command(after_long_help = "\
Examples:
  trueup apply --database sqlite:shop.db
  trueup apply --env staging --auto-approve               without asking, for pipelines
  trueup apply --allow table.coupon_2019                  leave to drop this table with its rows
  trueup apply change.plan                                just what `plan --out change.plan` showed")]
    Apply(Apply),
    /// Write the live database as TOML, or update the TOML that is there
    #[command(after_long_help = "\
Comments, order and spacing of what does not differ stay as they are.

Examples:
  trueup import --database sqlite:shop.db
  trueup import --database sqlite:shop.db --schema db --layout by-object")]
    Import(Import),
    /// Check the TOML without a database
    Validate(Validate),
    /// Format the TOML; comments are kept
    #[command(after_long_help = "\
Prints the files that it changed; with --check, those that it would change.

Examples:
  trueup fmt
  trueup fmt --check            for pipelines and hooks: exits 1 if a file is not formatted")]
    Fmt(Fmt),
    /// Show a saved plan as text, SQL, JSON or Markdown
    Show(Show),
    /// Draw the order of a plan, or how objects refer to each other
    #[command(after_long_help = "\
Examples:
  trueup graph | dot -Tsvg > schema.svg
  trueup graph --format mermaid
  trueup graph plan --database sqlite:shop.db")]
    Graph(Graph),
    /// Print the JSON Schema of the TOML, for editors
    #[command(after_long_help = "\
Editors that know TOML use it through a first line in each file:
  #:schema ../trueup.schema.json

Example:
  trueup json-schema > trueup.schema.json")]
    JsonSchema,
    /// Make a trueup.toml and a first schema file, from a database when one is named
    #[command(after_long_help = "\
Nothing that is there is overwritten.

Examples:
  trueup init
  trueup init --database sqlite:shop.db")]
    Init(Init),
    /// Print completions for a shell
    #[command(after_long_help = "\
Example:
  trueup completions bash > ~/.local/share/bash-completion/completions/trueup")]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

/// Which database.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Database")]
#[expect(clippy::struct_field_names, reason = "the flag is --database")]
pub(crate) struct Database {
    /// The database: postgres://user@host/db, mysql://user@host/db, sqlite:file.db
    ///
    /// MariaDB is mysql:// or mariadb://. A password may stand in the URL, for PostgreSQL in .pgpass or PGPASSWORD too; it is
    /// never printed. Else the URL of --env, the variable DATABASE_URL, or trueup.toml where it has just one
    /// [env.NAME].
    #[arg(long, short, value_name = "URL", conflicts_with = "env")]
    pub(crate) database: Option<String>,
    /// The database of [env.NAME] in trueup.toml
    #[arg(long, short, value_name = "NAME")]
    pub(crate) env: Option<String>,
    /// How long to wait for what somebody else has locked: a table, or the whole file of SQLite
    ///
    /// A number with ms, s, m or h. Else what trueup.toml says for the environment, else 3s.
    #[arg(long, value_name = "TIME", value_parser = duration::parse)]
    pub(crate) lock_timeout: Option<Duration>,
}

/// Where the TOML is.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Schema")]
pub(crate) struct Schema {
    /// The TOML: a folder or a file
    ///
    /// Else the variable TRUEUP_SCHEMA, `schema` in trueup.toml, or the folder schema.
    #[arg(long, short, value_name = "PATH")]
    pub(crate) schema: Option<PathBuf>,
    /// Take a schema without objects to mean that the database shall have none
    #[arg(long)]
    pub(crate) allow_empty: bool,
}

/// What of it.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Selection")]
pub(crate) struct Selection {
    /// Only this object and what belongs to it; may be repeated and have wildcards
    #[arg(long, short, value_name = "ADDRESS")]
    pub(crate) target: Vec<String>,
    /// All but this object and what belongs to it; may be repeated and have wildcards
    #[arg(long, short = 'x', value_name = "ADDRESS")]
    pub(crate) exclude: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Plan {
    /// Ask the data whether risky steps would fail or lose something
    #[arg(long)]
    pub(crate) probe: bool,
    /// Exit with 2 if anything differs, is refused or could not be compared
    #[arg(long)]
    pub(crate) detailed_exitcode: bool,
    /// Write the plan to a file, for `show` and `apply`
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// How to show it
    #[arg(long, short, value_enum, default_value_t)]
    pub(crate) format: PlanFormat,
    #[command(flatten)]
    pub(crate) database: Database,
    #[command(flatten)]
    pub(crate) schema: Schema,
    #[command(flatten)]
    pub(crate) selection: Selection,
}

#[derive(Debug, Args)]
pub(crate) struct Apply {
    /// A plan that `plan --out` wrote; refused if the database has changed since
    #[arg(conflicts_with_all = ["schema", "allow_empty", "target", "exclude"])]
    pub(crate) plan: Option<PathBuf>,
    /// Do not ask
    #[arg(long, help_heading = "Leave")]
    pub(crate) auto_approve: bool,
    /// Give leave to lose data, wherever the plan says so
    #[arg(long, help_heading = "Leave")]
    pub(crate) allow_destructive: bool,
    /// Give leave to lose the data of this object; may be repeated and have wildcards
    #[arg(long, value_name = "ADDRESS", help_heading = "Leave")]
    pub(crate) allow: Vec<String>,
    /// Leave out what would lose data and has no leave, and do the rest
    #[arg(long, help_heading = "Leave")]
    pub(crate) skip_destructive: bool,
    /// How to say what is done
    #[arg(long, short, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) database: Database,
    #[command(flatten)]
    pub(crate) schema: Schema,
    #[command(flatten)]
    pub(crate) selection: Selection,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The TOML: a folder, which may be missing or empty, or a file
    #[arg(long, short, value_name = "PATH")]
    pub(crate) schema: Option<PathBuf>,
    /// Which files new objects go to
    #[arg(long, value_enum, default_value_t)]
    pub(crate) layout: Layout,
    /// How to say what was written
    #[arg(long, short, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) database: Database,
}

#[derive(Debug, Args)]
pub(crate) struct Validate {
    /// Check it for this database
    ///
    /// Else for that of DATABASE_URL or trueup.toml, else for sqlite.
    #[arg(long, value_parser = dialect)]
    pub(crate) dialect: Option<DialectName>,
    /// How to say what was found
    #[arg(long, short, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) schema: Schema,
}

#[derive(Debug, Args)]
pub(crate) struct Fmt {
    /// The TOML: a folder or a file
    #[arg(long, short, value_name = "PATH")]
    pub(crate) schema: Option<PathBuf>,
    /// Change nothing; exit with 1 if a file is not formatted
    #[arg(long)]
    pub(crate) check: bool,
    /// How to say what was changed
    #[arg(long, short, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The file that `plan --out` wrote
    pub(crate) plan: PathBuf,
    /// How to show it
    #[arg(long, short, value_enum, default_value_t)]
    pub(crate) format: PlanFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Graph {
    /// Of what
    #[arg(value_enum, default_value_t)]
    pub(crate) of: GraphOf,
    /// Draw columns, constraints and the like too, not only what stands on its own
    #[arg(long)]
    pub(crate) all: bool,
    /// The language of the drawing
    #[arg(long, short, value_enum, default_value_t)]
    pub(crate) format: GraphFormat,
    #[command(flatten)]
    pub(crate) database: Database,
    #[command(flatten)]
    pub(crate) schema: Schema,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// Where the TOML shall be
    #[arg(long, short, value_name = "PATH")]
    pub(crate) schema: Option<PathBuf>,
    /// Which files the objects go to
    #[arg(long, value_enum, default_value_t)]
    pub(crate) layout: Layout,
    #[command(flatten)]
    pub(crate) database: Database,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// For programs; stable, see docs/cli.md
    Json,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlanFormat {
    /// For people
    #[default]
    Text,
    /// For programs; stable, see docs/cli.md
    Json,
    /// The statements in order, to run by hand
    Sql,
    /// For merge requests
    Markdown,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphFormat {
    /// Graphviz
    #[default]
    Dot,
    /// Mermaid
    Mermaid,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphOf {
    /// How the objects of the TOML refer to each other
    #[default]
    Schema,
    /// How the objects of the live database refer to each other
    Database,
    /// Which step of the plan comes before which
    Plan,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layout {
    /// One file per schema and group of objects
    #[default]
    Grouped,
    /// One file for all
    Single,
    /// One file per kind of object
    ByKind,
    /// One file per object
    ByObject,
}

impl Command {
    /// Whether errors are for programs.
    pub(crate) fn is_for_programs(&self) -> bool {
        match self {
            Self::Plan(Plan { format, .. }) | Self::Show(Show { format, .. }) => *format == PlanFormat::Json,
            Self::Apply(Apply { format, .. })
            | Self::Import(Import { format, .. })
            | Self::Validate(Validate { format, .. })
            | Self::Fmt(Fmt { format, .. }) => *format == Format::Json,
            Self::Graph(_) | Self::JsonSchema | Self::Init(_) | Self::Completions { .. } => false,
        }
    }
}

fn dialect(word: &str) -> Result<DialectName, String> {
    DialectName::from_word(word).ok_or_else(|| {
        let words: Vec<_> = DialectName::ALL.into_iter().map(DialectName::word).collect();
        format!("not a database that trueup knows; there are {}", words.join(", "))
    })
}
