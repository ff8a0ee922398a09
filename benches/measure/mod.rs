//! Runs the program and says how long it took and how much memory it had.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Runs the program, which has to end with this code; gives its time and its peak of memory in kilobytes.
pub(crate) fn run(folder: &Path, code: i32, arguments: &[&str]) -> (Duration, Option<u64>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trueup"));
    command.args(arguments).current_dir(folder).env_remove("DATABASE_URL");
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let start = Instant::now();
    let mut peak = None;
    let status = loop {
        // The kernel keeps the peak for as long as the process lives, so the last look is the best one.
        peak = peak_of(child.id()).or(peak);
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let took = start.elapsed();
    if status.code() != Some(code) {
        let output = child.wait_with_output().unwrap();
        panic!("{arguments:?}: {status}, not {code}\n{}", String::from_utf8_lossy(&output.stderr));
    }
    (took, peak)
}

/// The peak of a process's memory in kilobytes, where the system tells (Linux).
fn peak_of(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
