//! The command line of trueup.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
