//! Statements that wait for somebody else's lock: tried again, and who holds it is said.

use std::thread::sleep;
use std::time::{Duration, Instant};

use mysql::prelude::Queryable as _;

use crate::apply::Progress;
use crate::database::ApplyOptions;
use crate::error::{Error, Result};
use crate::plan::Step;

use super::super::connect::statement_error;
use super::{Connected, alter};

/// Runs one statement of a step; while a lock is not to be had, again, until the time is over.
pub(super) fn run(
    db: &mut dyn Connected,
    step: &Step,
    sql: &str,
    options: &ApplyOptions,
    progress: &mut dyn Progress,
) -> Result<()> {
    let url = db.target().url;
    let flavour = db.server().flavour;
    let until = Instant::now() + options.lock_timeout;
    let mut pause = Duration::from_millis(200);
    loop {
        let Err(error) = alter::run(db.conn(), flavour, sql) else { return Ok(()) };
        let error = statement_error(&url, &error, sql);
        match error {
            Error::Busy { .. } if Instant::now() + pause < until => {
                progress.doing(&format!("{} waits for a lock", step.summary));
                sleep(pause);
                pause = (pause * 2).min(Duration::from_secs(5));
            }
            Error::Busy { database, reason } => {
                let holders = holders(db);
                let who = if holders.is_empty() { String::new() } else { format!("; held by {}", holders.join("; ")) };
                return Err(Error::Busy { database, reason: format!("{reason}{who}") });
            }
            other => return Err(other),
        }
    }
}

/// The sessions that are inside a transaction or a statement here, as far as this role may see them.
fn holders(db: &mut dyn Connected) -> Vec<String> {
    let rows: Vec<(u64, String, u64, Option<String>)> =
        db.conn().query(include_str!("../queries/holders.sql")).unwrap_or_default();
    rows.into_iter()
        .map(|(id, user, seconds, info)| {
            let what = info.unwrap_or_else(|| "an open transaction".to_owned());
            let what: String = what.chars().take(80).collect();
            format!("session {id} of {user} for {seconds} s ({what})")
        })
        .collect()
}
