//! Ctrl-C, and what asks a program to end, while an apply runs.

use std::process::exit;

use trueup::apply::Interrupt;

use super::output::Output;

/// The exit code of a program that a signal ended, as shells count it.
const AT_ONCE: i32 = 130;

/// The first one has the apply stop, which then reports what is done; the second one quits at once.
pub(crate) fn catch(interrupt: &Interrupt, output: &Output) {
    let (interrupt, quiet) = (interrupt.clone(), output.quiet);
    let caught = ctrlc::set_handler(move || {
        if interrupt.is_requested() {
            exit(AT_ONCE);
        }
        if !quiet {
            eprintln!("stopping: the statement that runs is cancelled (once more to quit at once)");
        }
        interrupt.request();
    });
    if let Err(error) = caught {
        output.say(&format!("Ctrl-C cannot be caught ({error}): it quits at once\n"));
    }
}
