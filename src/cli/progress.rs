//! What is told on stderr while a plan runs: a drawn line on a terminal, plain lines elsewhere.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use trueup::apply::Progress;
use trueup::plan::Step;
use trueup::report::style::{self, clean, clean_lines, paint};

use super::output::Output;

/// Tells what runs.
pub(crate) struct Told<'a> {
    output: &'a Output,
    bar: Option<ProgressBar>,
    running: Option<(String, Instant)>,
}

impl<'a> Told<'a> {
    /// Tells nothing where the output is to be quiet.
    pub(crate) fn new(output: &'a Output) -> Self {
        let bar = output.draws_progress().then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        });
        Self { output, bar, running: None }
    }

    /// Says that the step at hand is over.
    pub(crate) fn finish(&mut self) {
        if let (Some((line, since)), Some(_)) = (self.running.take(), &self.bar) {
            let time = since.elapsed();
            // Only what took time is worth a number.
            let time =
                if time < Duration::from_millis(100) { String::new() } else { format!("  {:.1}s", time.as_secs_f64()) };
            self.line(&format!("{line}{}", paint(style::DIM, time)));
        }
    }

    fn line(&self, line: &str) {
        if !self.output.tells_progress() {
            return;
        }
        let say = || self.output.say(&format!("{line}\n"));
        match &self.bar {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }
}

impl Progress for Told<'_> {
    fn step(&mut self, index: usize, of: usize, step: &Step) {
        self.finish();
        let line = format!("  {} {}", paint(style::DIM, format_args!("{}/{of}", index + 1)), clean(&step.summary));
        match &self.bar {
            Some(bar) => {
                bar.set_message(clean(&step.summary).into_owned());
                bar.reset_elapsed();
            }
            None => self.line(&line),
        }
        if self.output.verbose {
            for sql in &step.sql {
                for sql in clean_lines(sql).lines() {
                    self.line(&format!("      {}", paint(style::DIM, sql)));
                }
            }
        }
        self.running = Some((line, Instant::now()));
    }

    fn doing(&mut self, what: &str) {
        match &self.bar {
            Some(bar) => bar.set_message(clean(what).into_owned()),
            None => self.line(&format!("  {}", clean(what))),
        }
    }
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
